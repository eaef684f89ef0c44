//! Many vacancies, laid out by place, with who asks for which skill and code.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use domain::code::{CommuneIx, IscoCode, TrainingField, TrainingRank};
use domain::id::VacancyId;
use domain::vacancy::{Asked, Offer, Workplace};

use super::super::row::code_place;
use super::layout::{Layout, ODD, Tile, nearness_of_tiles};
use super::postings::{Entry, Posting, Postings, step};
use super::row::{Links, NO_CLASS, Row};
use crate::definition::{ONE, Rules, SharedSkill, candidate_codes, shares, usable};
use crate::settings::Part;

/// The part of vacancies without a code, among the parts by sub-major group.
pub(super) const NO_GROUP: u16 = 0;

/// The part of a sub-major group.
pub(super) const fn group_part(group: IscoCode) -> u16 {
    group.value() + 1
}

/// Vacancies that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    pub(super) offers: Vec<Arc<Offer>>,
    pub(super) rows: Vec<Row>,
    skills: Vec<SharedSkill>,
    places: Vec<Workplace>,
    by_id: Vec<u32>,
    pub(super) tiles: Vec<Tile>,
    /// By class of codes: the usable ones.
    pub(super) occupations: Vec<Vec<IscoCode>>,
    /// By class of level and field: a row that has them.
    pub(super) trainings: Vec<u32>,
    /// By skill that counts and tile.
    pub(super) by_place: Postings,
    /// By skill that counts and sub-major group.
    pub(super) by_group: Postings,
    /// By group whose people are candidates.
    pub(super) by_code: Postings,
    nearness: Vec<OnceLock<Box<[u32]>>>,
}

impl Segment {
    /// Lays these vacancies out.
    pub(super) fn new(offers: Vec<Arc<Offer>>, rules: &Rules) -> Self {
        let layout = Layout::new(offers.iter().map(|offer| &**offer), &rules.geo);
        let mut placed: Vec<(Vec<u16>, Arc<Offer>)> = offers
            .into_iter()
            .map(|offer| (layout.tiles_of(&offer), offer))
            .collect();
        // Neighbours in a tile with like codes stand together: their rows share cache lines.
        placed.sort_by(|(tiles, offer), (other_tiles, other)| {
            (tiles.first(), offer.occupations.first(), offer.id).cmp(&(
                other_tiles.first(),
                other.occupations.first(),
                other.id,
            ))
        });
        let mut builder = Builder::default();
        for (tiles, offer) in placed {
            builder.push(rules, &tiles, offer);
        }
        builder.finish(layout.into_tiles(), rules.geo.communes())
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of a vacancy.
    pub(super) fn find(&self, id: VacancyId) -> Option<u32> {
        self.by_id
            .binary_search_by_key(&Some(id), |&row| {
                self.rows.get(row as usize).map(|row| row.id)
            })
            .ok()
            .and_then(|at| self.by_id.get(at).copied())
    }

    /// The skills of a row that count.
    pub(super) fn skills_of(&self, row: &Row) -> &[SharedSkill] {
        let start = row.skills_start as usize;
        self.skills
            .get(start..start + usize::from(row.skills_len))
            .unwrap_or(&[])
    }

    /// The known workplaces of a row.
    pub(super) fn places_of(&self, row: &Row) -> &[Workplace] {
        let start = row.places_start as usize;
        self.places
            .get(start..start + usize::from(row.places_len))
            .unwrap_or(&[])
    }

    /// For each tile of known workplaces: the most for location from that commune.
    pub(super) fn nearness(&self, rules: &Rules, from: CommuneIx) -> &[u32] {
        self.nearness.get(from.index()).map_or(&[], |cell| {
            cell.get_or_init(|| nearness_of_tiles(rules, &self.tiles, from))
        })
    }
}

/// Numbers for things that repeat.
struct Classes<Key> {
    numbers: HashMap<Key, u16>,
}

impl<Key: Eq + Hash> Classes<Key> {
    /// The number of this thing, and whether it is new; `None` when there are too many.
    fn number(&mut self, key: Key) -> Option<(u16, bool)> {
        let next = u16::try_from(self.numbers.len())
            .ok()
            .filter(|&next| next != NO_CLASS);
        if let Some(&number) = self.numbers.get(&key) {
            return Some((number, false));
        }
        self.numbers.insert(key, next?);
        Some((next?, true))
    }
}

impl<Key> Default for Classes<Key> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
        }
    }
}

#[derive(Default)]
struct Builder {
    offers: Vec<Arc<Offer>>,
    rows: Vec<Row>,
    skills: Vec<SharedSkill>,
    places: Vec<Workplace>,
    occupations: Vec<Vec<IscoCode>>,
    trainings: Vec<u32>,
    codes: Classes<Vec<IscoCode>>,
    levels: Classes<(Option<Option<TrainingRank>>, Option<TrainingField>)>,
    by_place: Vec<Entry>,
    by_group: Vec<Entry>,
    by_code: Vec<Entry>,
}

impl Builder {
    fn push(&mut self, rules: &Rules, tiles: &[u16], offer: Arc<Offer>) {
        let shares = shares(rules, &offer);
        let links = Links {
            skills_start: self.skills.len() as u32,
            places_start: self.places.len() as u32,
            occupation: self.class_of_codes(&offer),
            training: self.class_of_training(&offer),
        };
        let row = Row::new(rules, &offer, shares.len(), links);
        // Whoever can never be applied for stands on no list.
        if offer.status.is_shown() && offer.filled < offer.positions {
            let tiles = if row.is_odd() { &[ODD] } else { tiles };
            for &tile in tiles {
                self.post(rules, &offer, &row, tile, &shares);
            }
        }
        self.skills.extend(shares);
        self.places.extend(&offer.workplaces);
        self.rows.push(row);
        self.offers.push(offer);
    }

    fn post(&mut self, rules: &Rules, offer: &Offer, row: &Row, tile: u16, shares: &[SharedSkill]) {
        let posting = |tail: u64| Posting {
            row: self.rows.len() as u32,
            occupation: row.occupation,
            training: row.training,
            tile,
            tail: step(tail),
        };
        let groups = groups(offer);
        let mut tail = ONE;
        for shared in shares {
            let (term, posting) = (shared.skill.0, posting(tail));
            self.by_place.push(Entry {
                term,
                part: tile,
                posting,
            });
            // An odd vacancy is found through its tile only.
            if tile != ODD {
                self.by_group.extend(groups.iter().map(|&part| Entry {
                    term,
                    part,
                    posting,
                }));
            }
            tail -= shared.share;
        }
        let without = without_skill(rules, offer, shares);
        for code in candidate_codes(offer) {
            self.by_code.push(Entry {
                term: u32::from(code_place(code)),
                part: 0,
                posting: posting(without),
            });
        }
    }

    fn class_of_codes(&mut self, offer: &Offer) -> Option<u16> {
        let mut codes: Vec<IscoCode> = offer
            .occupations
            .iter()
            .copied()
            .filter(|&code| usable(code))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let (number, is_new) = self.codes.number(codes.clone())?;
        if is_new {
            self.occupations.push(codes);
        }
        Some(number)
    }

    fn class_of_training(&mut self, offer: &Offer) -> Option<u16> {
        let level = match &offer.level {
            Asked::NotSaid => None,
            Asked::NotRequired => Some(None),
            Asked::Required(level) => Some(Some(*level)),
        };
        let (number, is_new) = self.levels.number((level, offer.field))?;
        if is_new {
            self.trainings.push(self.rows.len() as u32);
        }
        Some(number)
    }

    fn finish(self, tiles: Vec<Tile>, communes: usize) -> Segment {
        let rows = &self.rows;
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|&row| rows.get(row as usize).map(|row| row.id));
        Segment {
            by_id,
            offers: self.offers,
            rows: self.rows,
            skills: self.skills,
            places: self.places,
            tiles,
            occupations: self.occupations,
            trainings: self.trainings,
            by_place: Postings::new(self.by_place),
            by_group: Postings::new(self.by_group),
            by_code: Postings::new(self.by_code),
            nearness: (0..communes).map(|_| OnceLock::new()).collect(),
        }
    }
}

/// The parts by sub-major group in which a vacancy stands: none where all that is known of its
/// codes is the first digit.
fn groups(offer: &Offer) -> Vec<u16> {
    let codes = || offer.occupations.iter().filter(|&&code| usable(code));
    if codes().next().is_none() {
        return vec![NO_GROUP];
    }
    let mut groups: Vec<u16> = codes()
        .filter_map(|code| code.prefix(2))
        .map(group_part)
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// What somebody has for skill who has none of those that count.
fn without_skill(rules: &Rules, offer: &Offer, shares: &[SharedSkill]) -> u64 {
    match offer.skills {
        Asked::NotRequired => ONE,
        Asked::NotSaid | Asked::Required(_) if shares.is_empty() => rules.neutral(Part::Skill),
        Asked::NotSaid | Asked::Required(_) => 0,
    }
}
