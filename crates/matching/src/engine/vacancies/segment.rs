//! Many vacancies, laid out by place, with who asks for which skill and code.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use domain::code::{CommuneIx, IscoCode, TrainingField, TrainingRank};
use domain::id::VacancyId;
use domain::vacancy::{Asked, Offer, Workplace};

use super::super::row::code_place;
use super::layout::{Layout, ODD, Tile, nearness_of_tiles};
use super::row::{Links, NO_CLASS, Row};
use super::runs::{Families, Hint, Placed, Posting, Runs, View, step};
use crate::definition::{ONE, Rules, SharedSkill, candidate_codes, shares, usable};
use crate::settings::Part;

/// The part of vacancies without a code, among the parts by sub-major group.
pub(super) const NO_GROUP: u16 = 0;

/// The part of a sub-major group.
pub(super) const fn group_part(group: IscoCode) -> u16 {
    group.value() + 1
}

/// What somebody has for skill who has none of those that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    /// Skills count, and there is none.
    Nothing,
    /// None is known to count.
    Neutral,
    /// Expressly none is asked.
    All,
}

impl Without {
    pub(super) const EACH: [Self; 3] = [Self::Nothing, Self::Neutral, Self::All];

    fn of(offer: &Offer, shares: &[SharedSkill]) -> Self {
        match offer.skills {
            Asked::NotRequired => Self::All,
            Asked::NotSaid | Asked::Required(_) if shares.is_empty() => Self::Neutral,
            Asked::NotSaid | Asked::Required(_) => Self::Nothing,
        }
    }

    /// The value of the part.
    pub(super) const fn value(self, rules: &Rules) -> u64 {
        match self {
            Self::Nothing => 0,
            Self::Neutral => rules.neutral(Part::Skill),
            Self::All => ONE,
        }
    }

    /// The term of those with this code.
    pub(super) const fn term(self, code: u32) -> u32 {
        code * 3 + self as u32
    }
}

/// A code that says something, by its place and its sub-major group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub(super) place: u16,
    pub(super) group: Option<u16>,
}

impl Code {
    fn new(code: IscoCode) -> Self {
        Self {
            place: code_place(code),
            group: code.prefix(2).map(group_part),
        }
    }
}

/// Which level and field are asked.
#[derive(Debug, Clone)]
pub(super) struct Schooling {
    pub(super) level: Asked<TrainingRank>,
    pub(super) field: Option<TrainingField>,
}

/// Vacancies that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    pub(super) offers: Vec<Arc<Offer>>,
    pub(super) rows: Vec<Row>,
    skills: Vec<SharedSkill>,
    places: Vec<Workplace>,
    by_id: Vec<u32>,
    pub(super) tiles: Vec<Tile>,
    /// By class of codes: the one that says something; none or several stand in `code_sets`.
    pub(super) codes: Vec<Option<Code>>,
    /// By class of codes, where they are none or several.
    code_sets: HashMap<u16, Vec<Code>>,
    /// By class of level and field.
    pub(super) trainings: Vec<Schooling>,
    /// By sub-major group.
    pub(super) by_group: View,
    /// By skill that counts, and tile.
    pub(super) by_tile: Runs<Posting>,
    /// By group whose people are candidates, and tile.
    pub(super) by_code: Runs<Hint>,
    nearness: Vec<OnceLock<Box<[u32]>>>,
}

impl Segment {
    /// Lays these vacancies out.
    pub(super) fn new(offers: Vec<Arc<Offer>>, rules: &Rules, families: &[Families]) -> Self {
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
            builder.push(rules, families, &tiles, offer);
        }
        builder.finish(layout.into_tiles(), rules.geo.communes())
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Something of a row.
    pub(super) fn touch_row(&self, row: u32) -> u32 {
        self.rows
            .get(row as usize)
            .map_or(0, |row| row.skills_start)
    }

    /// Something of its skills and workplaces.
    pub(super) fn touch_skills(&self, row: u32) -> u32 {
        self.rows.get(row as usize).map_or(0, |row| {
            let skills = self.skills.get(row.skills_start as usize);
            let places = self.places.get(row.places_start as usize);
            skills.map_or(0, |shared| shared.skill.0)
                ^ u32::from(places.is_some_and(|place| matches!(place, Workplace::Commune(_))))
        })
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

    /// The codes of a class that say something.
    pub(super) fn codes_of(&self, class: u16) -> &[Code] {
        match self.codes.get(usize::from(class)) {
            Some(Some(code)) => std::slice::from_ref(code),
            _ => self.code_sets.get(&class).map_or(&[], Vec::as_slice),
        }
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
    codes: Vec<Option<Code>>,
    code_sets: HashMap<u16, Vec<Code>>,
    trainings: Vec<Schooling>,
    classes_of_codes: Classes<Vec<IscoCode>>,
    classes_of_training: Classes<(Option<Option<TrainingRank>>, Option<TrainingField>)>,
    by_group: Vec<Placed>,
    by_tile: Vec<(u32, u16, Posting)>,
    by_code: Vec<(u32, u16, Hint)>,
}

impl Builder {
    fn push(&mut self, rules: &Rules, families: &[Families], tiles: &[u16], offer: Arc<Offer>) {
        let links = Links {
            skills_start: self.skills.len() as u32,
            places_start: self.places.len() as u32,
            occupation: self.class_of_codes(&offer),
            training: self.class_of_training(&offer),
        };
        let shared = shares(rules, &offer);
        let row = Row::new(rules, &offer, shared.len(), links);
        // Whoever can never be applied for stands on no list.
        if offer.status.is_shown() && offer.filled < offer.positions {
            let tiles = if row.is_odd() { &[ODD] } else { tiles };
            for &tile in tiles {
                self.post(families, &offer, &row, tile, &shared);
            }
        }
        self.skills.extend(shared);
        self.places.extend(&offer.workplaces);
        self.rows.push(row);
        self.offers.push(offer);
    }

    fn post(
        &mut self,
        families: &[Families],
        offer: &Offer,
        row: &Row,
        tile: u16,
        shared: &[SharedSkill],
    ) {
        let hint = Hint {
            row: self.rows.len() as u32,
            occupation: row.occupation,
            training: row.training,
            tile,
            limits: row.limits(),
        };
        let without = Without::of(offer, shared);
        let postings: Vec<(u32, u32)> = shared
            .iter()
            .map(|shared| (shared.skill.0, shared.share as u32))
            .collect();
        // An odd vacancy is found through its tile only.
        if tile != ODD && !postings.is_empty() {
            for part in groups(offer) {
                self.by_group.push(Placed {
                    part,
                    hint,
                    shares: postings.clone(),
                });
            }
        }
        let (mut tail, mut after) = (0, Families::default());
        for shared in shared.iter().rev() {
            tail += shared.share;
            let posting = Posting {
                tail: Reverse(step(tail)),
                share: step(shared.share),
                limits: hint.limits,
                after,
                row: hint.row,
                occupation: hint.occupation,
                training: hint.training,
            };
            self.by_tile.push((shared.skill.0, tile, posting));
            after = after
                | families
                    .get(shared.skill.index())
                    .copied()
                    .unwrap_or_default();
        }
        let codes = candidate_codes(offer).map(|code| u32::from(code_place(code)));
        self.by_code
            .extend(codes.map(|code| (without.term(code), tile, hint)));
    }

    fn class_of_codes(&mut self, offer: &Offer) -> Option<u16> {
        let usable = |code: &IscoCode| usable(*code);
        let mut codes: Vec<IscoCode> = offer.occupations.iter().copied().filter(usable).collect();
        codes.sort_unstable();
        codes.dedup();
        let (number, is_new) = self.classes_of_codes.number(codes.clone())?;
        if is_new {
            let codes: Vec<Code> = codes.into_iter().map(Code::new).collect();
            if let [code] = codes[..] {
                self.codes.push(Some(code));
            } else {
                self.codes.push(None);
                self.code_sets.insert(number, codes);
            }
        }
        Some(number)
    }

    fn class_of_training(&mut self, offer: &Offer) -> Option<u16> {
        let level = match &offer.level {
            Asked::NotSaid => None,
            Asked::NotRequired => Some(None),
            Asked::Required(level) => Some(Some(*level)),
        };
        let (number, is_new) = self.classes_of_training.number((level, offer.field))?;
        if is_new {
            self.trainings.push(Schooling {
                level: offer.level.clone(),
                field: offer.field,
            });
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
            codes: self.codes,
            code_sets: self.code_sets,
            trainings: self.trainings,
            by_group: View::new(self.by_group),
            by_tile: Runs::new(self.by_tile),
            by_code: Runs::new(self.by_code),
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
