//! Vacancies like one: by title, occupation, skills and place.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::id::VacancyId;
use domain::vacancy::{Offer, Vacancy};
use roaring::RoaringBitmap;

use crate::bound::Bound;
use crate::document::TITLE_WORDS;
use crate::facet::Facet;
use crate::index::TextIndex;
use crate::part::{Entry, Part};
use crate::query::Asked;
use crate::search::rank::{kinship, nearness};
use crate::words::words;

/// So many of each part are looked at by their titles, and as many by their occupations.
const LOOKED_AT: usize = 500;
/// Occupations at least as near are looked at, in thousandths.
const KIN: u32 = 900;
/// How much each counts, in thousandths.
const TITLE: u32 = 450;
const TRADE: u32 = 250;
const SKILLS: u32 = 150;
const PLACE: u32 = 150;
/// What counts where one of the two says nothing, in thousandths.
const UNKNOWN: u32 = 300;
/// A place in the same province.
const PROVINCE: u32 = 700;

impl TextIndex {
    /// The vacancies most like this one that may be applied for on that day, or all; none where
    /// it is not there.
    pub fn similar(&self, id: VacancyId, today: Option<NaiveDate>, limit: usize) -> Vec<VacancyId> {
        let Some(one) = self.entry(id) else {
            return Vec::new();
        };
        let typed = words(&one.vacancy.title, TITLE_WORDS);
        let asked = Asked::new(&typed, &self.stats, &self.vocabulary);
        let parts = self.parts.iter();
        let mut all: Vec<_> = parts
            .flat_map(|part| like(one, &asked, part, today))
            .collect();
        all.sort_unstable_by_key(|&(score, published, id)| Reverse((score, published, id)));
        all.into_iter().take(limit).map(|(_, _, id)| id).collect()
    }
}

type Scored = (u32, Option<NaiveDate>, VacancyId);

fn like(one: &Entry, asked: &Asked, part: &Part, today: Option<NaiveDate>) -> Vec<Scored> {
    let bound = Bound::new(asked, &part.laid.segment);
    let own = one.vacancy.offer.id;
    let occupations = &one.vacancy.offer.occupations;
    let kin = part.kin(|code| occupations.iter().any(|&own| nearness(own, code) >= KIN));
    let mut rows: RoaringBitmap = bound
        .most(&part.open(today), LOOKED_AT)
        .into_iter()
        .collect();
    // The newest stand last.
    let open = kin.iter().rev().filter(|&row| part.is_open(row, today));
    rows.extend(open.take(LOOKED_AT));
    let mut seen = bound.blank();
    let rows = rows.into_iter().filter(|&row| part.is_open(row, today));
    let entries = rows.filter_map(|row| Some((row, part.laid.entry(row)?)));
    let others = entries.filter(|(_, entry)| entry.vacancy.offer.id != own);
    let scored = others.map(|(row, entry)| {
        let title = bound.rate(row, &mut seen).score();
        let score = title * TITLE + likeness(one, entry);
        (score, entry.vacancy.published, entry.vacancy.offer.id)
    });
    scored.collect()
}

/// All but the title, in millionths.
fn likeness(one: &Entry, other: &Entry) -> u32 {
    let occupations = one.vacancy.offer.occupations.iter();
    let trade = occupations
        .map(|&code| kinship(Some(code), &other.vacancy))
        .max();
    let trade = trade.unwrap_or(UNKNOWN);
    trade * TRADE + skills(&one.vacancy, &other.vacancy) * SKILLS + place(one, other) * PLACE
}

/// How many skills both ask for, of those that either does.
fn skills(one: &Vacancy, other: &Vacancy) -> u32 {
    let of = |offer: &Offer| -> Vec<_> {
        let asked = offer.skills.required().into_iter().flatten();
        asked.map(|asked| asked.skill).collect()
    };
    let (one, other) = (of(&one.offer), of(&other.offer));
    if one.is_empty() || other.is_empty() {
        return UNKNOWN;
    }
    let both = one.iter().filter(|skill| other.contains(skill)).count();
    let either = one.len() + other.len() - both;
    u32::try_from(both * 1_000 / either.max(1)).unwrap_or(0)
}

fn place(one: &Entry, other: &Entry) -> u32 {
    let (first, second) = (
        &one.vacancy.offer.workplaces,
        &other.vacancy.offer.workplaces,
    );
    if first.is_empty() || second.is_empty() {
        UNKNOWN
    } else if first.iter().any(|place| second.contains(place)) {
        1_000
    } else if one.facts.values(Facet::Province) & other.facts.values(Facet::Province) != 0 {
        PROVINCE
    } else {
        0
    }
}
