//! The tables of one seeker: every part becomes a look-up.

use chrono::NaiveDate;
use domain::code::{IscoCode, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::Asked;

use super::super::row::days;
use super::basis::{Basis, Families};
use super::classes::{Code, Digits, Schooling};
use super::layout::trade;
use super::segment::Segment;
use super::words::{Nearness, Words};
use crate::definition::{Credit, ONE, Rules, location, occupation, training, usable};
use crate::settings::Part;

/// Memory that is used again by the next query.
#[derive(Default)]
pub(super) struct Tables {
    /// By skill: tenths of its share that the person has; 0 between queries.
    pub(super) credits: Vec<u8>,
    /// By class of codes.
    occupations: Vec<Option<Trade>>,
    /// By class of level and field.
    trainings: Vec<u32>,
}

/// What the person brings for a set of codes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trade {
    /// What occupation is worth, to 1e9.
    pub(super) worth: u32,
    /// Months of work in the sub-major groups.
    pub(super) months: u16,
    /// Whether some sub-major group is known.
    pub(super) has_groups: bool,
    /// Makes a candidate.
    pub(super) is_candidate: bool,
    /// Makes a candidate where no skill is named.
    pub(super) is_candidate_without_skill: bool,
}

/// A skill that a vacancy may ask for, of which the person has something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// The skill.
    pub(super) skill: u32,
    /// Tenths of its share.
    pub(super) tenths: u64,
}

pub(super) struct Query<'a> {
    pub(super) rules: &'a Rules,
    pub(super) seeker: &'a Seeker,
    pub(super) as_of: NaiveDate,
    pub(super) day: i32,
    pub(super) tables: Tables,
    /// Own skills, then those for which they stand.
    pub(super) terms: Vec<Term>,
    /// The families of these.
    pub(super) families: Families,
    /// Codes that say something.
    pub(super) codes: Vec<IscoCode>,
    digits: Vec<Digits>,
    /// Trades of past work, with the months.
    pub(super) worked: Vec<(u8, u16)>,
    /// What location brings in the segment is the most of these.
    pub(super) near: Vec<&'a Nearness>,
    /// Contracts that the person takes.
    pub(super) contracts: u8,
    /// The most that terms can bring, weighted.
    pub(super) terms_most: u64,
}

impl<'a> Query<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        basis: &Basis,
        seeker: &'a Seeker,
        as_of: NaiveDate,
        tables: Tables,
    ) -> Self {
        let codes = seeker.occupations.iter().copied();
        let codes: Vec<IscoCode> = codes.filter(|&code| usable(code)).collect();
        let mut query = Self {
            rules,
            seeker,
            as_of,
            day: days(as_of),
            tables,
            terms: Vec::with_capacity(64),
            families: Families::default(),
            digits: codes.iter().map(|&code| Digits::new(code)).collect(),
            codes,
            worked: seeker
                .worked
                .iter()
                .map(|worked| (trade(worked.group), worked.months))
                .collect(),
            near: Vec::new(),
            contracts: !seeker.excluded_contracts.bits(),
            terms_most: terms_most(rules, seeker),
        };
        query.fill_terms(basis);
        query
    }

    fn fill_terms(&mut self, basis: &Basis) {
        let term = |skill: u32, credit: Credit| Term {
            skill,
            tenths: credit.tenths(),
        };
        let own = &self.seeker.skills;
        self.terms
            .extend(own.iter().map(|skill| term(skill.0, Credit::Own)));
        let mut wanted: Vec<u32> = own
            .iter()
            .filter_map(|skill| basis.stands_for.get(skill.index()))
            .flatten()
            .copied()
            .filter(|&wanted| own.binary_search(&SkillIx(wanted)).is_err())
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        self.terms
            .extend(wanted.iter().map(|&skill| term(skill, Credit::Relative)));
        let credits = &mut self.tables.credits;
        credits.resize(self.rules.codes.skills.len(), 0);
        for term in &self.terms {
            if let Some(credit) = credits.get_mut(term.skill as usize) {
                *credit = term.tenths as u8;
            }
            self.families = self.families | basis.family(term.skill);
        }
    }

    /// Gets the tables ready for a segment.
    pub(super) fn enter(&mut self, segment: &'a Segment) {
        self.fill_near(&segment.layout.words);
        let tables = &mut self.tables;
        tables.occupations.clear();
        tables
            .occupations
            .resize(segment.classes.sets_of_codes(), None);
        let mut trainings = std::mem::take(&mut tables.trainings);
        trainings.clear();
        let asked = segment.classes.trainings.iter();
        trainings.extend(asked.map(|asked| self.look_up_training(asked)));
        self.tables.trainings = trainings;
    }

    fn fill_near(&mut self, words: &'a Words) {
        let near = &mut self.near;
        near.clear();
        near.push(&words.fixed);
        if self.seeker.anywhere {
            near.push(&words.anywhere);
            return;
        }
        let points = location::points(self.seeker);
        near.extend(points.filter_map(|commune| words.of_commune(self.rules, commune)));
        if near.len() == 1 {
            near.push(&words.unknown);
        }
        let wished = self.seeker.wished_provinces.iter();
        near.extend(wished.filter_map(|province| words.of_province(self.rules, province.index())));
    }

    /// What a site brings for location, to 1e9.
    #[inline]
    pub(super) fn location_at(&self, site: u32) -> u32 {
        let near = self.near.iter();
        let near = near.filter_map(|table| table.sites.get(site as usize));
        near.copied().max().unwrap_or(0)
    }

    pub(super) fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    /// Whether the person is too young for all but what suits minors.
    pub(super) fn is_minor(&self) -> bool {
        self.as_of < self.seeker.turns_18
    }

    /// Whether past work lies in a trade.
    pub(super) fn has_worked_in(&self, of: u8) -> bool {
        self.worked.iter().any(|&(trade, _)| trade == of)
    }

    /// What a class of codes is worth.
    pub(super) fn trade(&mut self, segment: &Segment, class: u16) -> Trade {
        if let Some(Some(trade)) = self.tables.occupations.get(usize::from(class)) {
            return *trade;
        }
        let codes = segment.classes.codes_of(class);
        let trade = self.look_up_trade(codes);
        if let Some(place) = self.tables.occupations.get_mut(usize::from(class)) {
            *place = Some(trade);
        }
        trade
    }

    fn look_up_trade(&self, codes: &[Code]) -> Trade {
        let mut best = None;
        let mut is_short = false;
        for asked in codes {
            for &held in &self.digits {
                let common = asked.code.in_common(held);
                is_short |= common == asked.code.known;
                best = best.max(Some(common));
            }
        }
        let worth = best.map_or(self.rules.neutral(Part::Occupation), occupation::worth);
        let groups = || codes.iter().filter_map(|code| code.trade);
        let worked = self.worked.iter();
        let months = worked
            .filter(|&&(trade, _)| groups().any(|group| group == trade))
            .map(|&(_, months)| months)
            .max();
        let is_candidate = best.is_some_and(|digits| digits >= 3);
        Trade {
            worth: worth as u32,
            months: months.unwrap_or(0),
            has_groups: groups().next().is_some(),
            is_candidate,
            is_candidate_without_skill: is_candidate || is_short,
        }
    }

    /// The value of a class of level and field, not weighted.
    pub(super) fn training(&self, class: u16) -> u32 {
        let value = self.tables.trainings.get(usize::from(class));
        value.copied().unwrap_or(0)
    }

    fn look_up_training(&self, asked: &Schooling) -> u32 {
        if asked.level == Asked::NotRequired && asked.field.is_none() {
            return ONE as u32;
        }
        let pairs = self.seeker.trainings.iter();
        pairs
            .filter_map(|&has| training::worth(&asked.level, asked.field, has))
            .max()
            .unwrap_or_else(|| self.rules.neutral(Part::Training)) as u32
    }

    /// Gives the memory back.
    pub(super) fn into_tables(mut self) -> Tables {
        for term in &self.terms {
            if let Some(credit) = self.tables.credits.get_mut(term.skill as usize) {
                *credit = 0;
            }
        }
        self.tables
    }
}

fn terms_most(rules: &Rules, seeker: &Seeker) -> u64 {
    let said = |is: bool| if is { ONE } else { rules.neutral(Part::Terms) };
    let terms = said(seeker.wished_wage.is_some())
        + said(!seeker.contracts.is_empty())
        + said(!seeker.shifts.is_empty());
    rules.settings.weights.of(Part::Terms) * terms.div_ceil(3)
}
