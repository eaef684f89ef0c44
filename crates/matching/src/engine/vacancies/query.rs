//! The tables of one seeker: every part becomes a look-up.

use chrono::{Datelike, NaiveDate};
use domain::code::{CommuneIx, IscoCode, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::Asked;

use super::super::row::{CODES, code_place, code_range};
use super::layout::{NOWHERE, ODD, REMOTE};
use super::relations::Relations;
use super::runs::{ABROAD, ADULTS, Families, MINORS, UNIT_BITS, step, units};
use super::segment::{NO_GROUP, Schooling, Segment, group_part};
use crate::definition::{Credit, ONE, Rules, location, occupation, training, usable};
use crate::settings::Part;

/// Not looked up yet.
const UNSET: u32 = u32::MAX;
/// Nothing is known on one of the sides.
const UNKNOWN: u8 = u8::MAX;

/// Memory that is used again by the next query.
#[derive(Default)]
pub(super) struct Tables {
    /// By skill: tenths of its share that the person has; 0 between queries.
    pub(super) credits: Vec<u8>,
    /// By code: the digits in common with the best code of the person.
    common: Vec<u8>,
    occupations: Vec<Trade>,
    trainings: Vec<u32>,
    tiles: Vec<u32>,
}

/// What the person brings for a set of codes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trade {
    /// The weighted value in units; [`UNSET`] before it is asked for.
    pub(super) bound: u32,
    /// Months of work in the sub-major groups.
    pub(super) months: u16,
    pub(super) digits: u8,
    /// Whether some sub-major group is known.
    pub(super) has_groups: bool,
    /// Found through its sub-major group.
    pub(super) is_near: bool,
}

impl Trade {
    const UNSET: Self = Self {
        bound: UNSET,
        months: 0,
        digits: UNKNOWN,
        has_groups: false,
        is_near: false,
    };
}

/// A skill that a vacancy may ask for, of which the person has something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    /// The skill.
    pub(super) skill: u32,
    /// Tenths of its share.
    pub(super) tenths: u64,
}

impl Term {
    /// The most that a share brings, in steps.
    pub(super) fn most(self, share: u8) -> u8 {
        (u64::from(share) * self.tenths).div_ceil(10) as u8
    }
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
    /// The parts by sub-major group in which the person has a code, and that of vacancies
    /// without a code; none where the person has no code.
    pub(super) groups: Vec<u16>,
    /// The groups of the person's codes, of every length, by their places.
    pub(super) codes: Vec<u32>,
    /// Communes of the person, with the distances from there.
    pub(super) points: Vec<(CommuneIx, &'a [u32])>,
    /// Provinces wished, a bit each.
    pub(super) provinces: u64,
    has_codes: bool,
    /// Contracts that the person takes.
    pub(super) contracts: u8,
    /// Of the flags of [`Limits`](super::runs::Limits), those that shut the person out.
    pub(super) refused_flags: u8,
    /// Weighted, in units.
    pub(super) most: Most,
}

/// The most that parts can bring, weighted, in units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    /// Occupation outside the near groups.
    pub(super) far_trade: u32,
    /// Occupation.
    pub(super) trade: u32,
    /// Training.
    pub(super) training: u32,
    /// Experience and terms.
    pub(super) rest: u32,
    /// Skill.
    pub(super) skill: u32,
}

impl<'a> Query<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        relations: &Relations,
        seeker: &'a Seeker,
        as_of: NaiveDate,
        tables: Tables,
    ) -> Self {
        let points = location::points(seeker)
            .map(|commune| (commune, rules.geo.row(commune)))
            .collect();
        let mut query = Self {
            rules,
            seeker,
            as_of,
            day: as_of.num_days_from_ce(),
            tables,
            terms: Vec::with_capacity(64),
            families: Families::default(),
            groups: Vec::new(),
            codes: Vec::new(),
            points,
            provinces: seeker
                .wished_provinces
                .iter()
                .filter(|province| province.index() < 64)
                .fold(0, |bits, province| bits | 1 << province.index()),
            has_codes: seeker.occupations.iter().any(|&code| usable(code)),
            contracts: !seeker.excluded_contracts.bits(),
            refused_flags: refused_flags(seeker, as_of),
            most: most(rules, seeker),
        };
        query.fill_terms(relations);
        query.fill_codes();
        query
    }

    fn fill_terms(&mut self, relations: &Relations) {
        let term = |skill: u32, credit: Credit| Term {
            skill,
            tenths: credit.tenths(),
        };
        let own = &self.seeker.skills;
        self.terms
            .extend(own.iter().map(|skill| term(skill.0, Credit::Own)));
        let mut wanted: Vec<u32> = own
            .iter()
            .filter_map(|skill| relations.stands_for.get(skill.index()))
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
            let family = relations.families.get(term.skill as usize);
            self.families = self.families | family.copied().unwrap_or_default();
        }
    }

    fn fill_codes(&mut self) {
        self.tables.common.clear();
        self.tables.common.resize(CODES, 0);
        let usable = |code: &&IscoCode| usable(**code);
        for code in self.seeker.occupations.iter().filter(usable) {
            let is_manager = code.prefix(1).is_some_and(|major| major.value() == 1);
            for common in 1..=code.digits() {
                let Some(prefix) = code.prefix(common) else {
                    continue;
                };
                self.codes.push(u32::from(code_place(prefix)));
                if common == 2 {
                    self.groups.push(group_part(prefix));
                }
                if is_manager && common < 4 {
                    continue;
                }
                for digits in common..=4 {
                    let range = code_range(prefix, digits);
                    for value in self.tables.common.get_mut(range).into_iter().flatten() {
                        *value = common.max(*value);
                    }
                }
            }
        }
        if self.has_codes {
            self.groups.push(NO_GROUP);
        }
        self.groups.sort_unstable();
        self.groups.dedup();
        self.codes.sort_unstable();
        self.codes.dedup();
    }

    /// Gets the tables ready for a segment.
    pub(super) fn enter(&mut self, segment: &Segment) {
        let tables = &mut self.tables;
        tables.occupations.clear();
        tables.occupations.resize(segment.codes.len(), Trade::UNSET);
        tables.trainings.clear();
        tables.trainings.resize(segment.trainings.len(), UNSET);
        tables.tiles.clear();
        let weight = self.rules.settings.weights.of(Part::Location);
        let neutral = self.rules.neutral(Part::Location);
        let ends = [ONE, neutral, ONE];
        tables.tiles.extend(ends.map(|f| units(weight * f)));
        let nearness: Vec<&[u32]> = self
            .points
            .iter()
            .map(|&(point, _)| segment.nearness(self.rules, point))
            .collect();
        for (at, tile) in segment.tiles.iter().enumerate() {
            let f = if self.seeker.anywhere || tile.provinces & self.provinces != 0 {
                ONE
            } else {
                nearness
                    .iter()
                    .filter_map(|row| row.get(at))
                    .max()
                    .map_or(neutral, |&f| u64::from(f))
            };
            tables.tiles.push(units(weight * f));
        }
        debug_assert_eq!((REMOTE, NOWHERE, ODD), (0, 1, 2));
    }

    /// The tiles with their bounds in units, the highest first.
    pub(super) fn tiles(&self) -> Vec<(u32, u16)> {
        let bounds = self.tables.tiles.iter();
        let mut tiles: Vec<(u32, u16)> = bounds.copied().zip(0_u16..).collect();
        tiles.sort_unstable_by(|one, other| other.cmp(one));
        tiles
    }

    /// The bound of a tile for location, weighted, in units.
    pub(super) fn tile(&self, tile: u16) -> u32 {
        self.tables
            .tiles
            .get(usize::from(tile))
            .copied()
            .unwrap_or(UNSET >> 2)
    }

    /// What a class of codes is worth.
    pub(super) fn trade(&mut self, segment: &Segment, class: u16) -> Trade {
        match self.tables.occupations.get(usize::from(class)) {
            Some(trade) if trade.bound != UNSET => *trade,
            Some(_) => {
                let trade = self.look_up_trade(segment, class);
                if let Some(place) = self.tables.occupations.get_mut(usize::from(class)) {
                    *place = trade;
                }
                trade
            }
            // An odd vacancy has no class.
            None => Trade {
                bound: self.most.trade,
                ..Trade::UNSET
            },
        }
    }

    fn look_up_trade(&self, segment: &Segment, class: u16) -> Trade {
        let codes = segment.codes_of(class);
        let digits = codes
            .iter()
            .filter_map(|code| self.tables.common.get(usize::from(code.place)))
            .max()
            .filter(|_| self.has_codes)
            .copied()
            .unwrap_or(UNKNOWN);
        let groups = || codes.iter().filter_map(|code| code.group);
        let is_near = if codes.is_empty() {
            self.has_codes
        } else {
            groups().any(|group| self.groups.contains(&group))
        };
        let months = self
            .seeker
            .worked
            .iter()
            .filter(|worked| groups().any(|group| group == group_part(worked.group)))
            .map(|worked| worked.months)
            .max();
        Trade {
            bound: units(self.weight(Part::Occupation) * self.occupation(digits)),
            months: months.unwrap_or(0),
            digits,
            has_groups: groups().next().is_some(),
            is_near,
        }
    }

    /// The least for skill, in steps, that is worth so many units.
    pub(super) fn skill_for(&self, units: u32) -> u8 {
        let weight = self.weight(Part::Skill).max(1);
        // One unit and one step are let go, for what was rounded up.
        let value = (u64::from(units.saturating_sub(1)) << UNIT_BITS) / weight;
        step(value).saturating_sub(1)
    }

    pub(super) fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    /// The value of so many digits in common, not weighted.
    pub(super) fn occupation(&self, digits: u8) -> u64 {
        if digits == UNKNOWN {
            self.rules.neutral(Part::Occupation)
        } else {
            occupation::worth(digits)
        }
    }

    /// The value of a class of level and field, not weighted.
    pub(super) fn training(&mut self, segment: &Segment, class: u16) -> u32 {
        match self.tables.trainings.get(usize::from(class)) {
            Some(&value) if value != UNSET => value,
            Some(_) => {
                let value = segment
                    .trainings
                    .get(usize::from(class))
                    .map_or(0, |asked| self.look_up_training(asked));
                if let Some(place) = self.tables.trainings.get_mut(usize::from(class)) {
                    *place = value;
                }
                value
            }
            None => ONE as u32,
        }
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

    /// The bound of a class of level and field, weighted, in units.
    pub(super) fn training_bound(&mut self, segment: &Segment, class: u16) -> u32 {
        let value = self.training(segment, class);
        units(self.weight(Part::Training) * u64::from(value))
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

fn refused_flags(seeker: &Seeker, as_of: NaiveDate) -> u8 {
    [
        (as_of < seeker.turns_18, ADULTS),
        (as_of < seeker.turns_15, MINORS),
        (!seeker.abroad, ABROAD),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |flags, (_, flag)| flags | flag)
}

fn most(rules: &Rules, seeker: &Seeker) -> Most {
    let weight = |part: Part| rules.settings.weights.of(part);
    let neutral = rules.neutral(Part::Occupation);
    let has_codes = seeker.occupations.iter().any(|&code| usable(code));
    let (near, far) = if has_codes {
        (ONE.max(neutral), occupation::worth(1))
    } else {
        (neutral, neutral)
    };
    let said = |is: bool| if is { ONE } else { rules.neutral(Part::Terms) };
    let terms = (said(seeker.wished_wage.is_some())
        + said(!seeker.contracts.is_empty())
        + said(!seeker.shifts.is_empty()))
        / 3;
    Most {
        far_trade: units(weight(Part::Occupation) * far),
        trade: units(weight(Part::Occupation) * near),
        training: units(weight(Part::Training) * ONE),
        rest: units(weight(Part::Experience) * ONE + weight(Part::Terms) * terms),
        skill: units(weight(Part::Skill) * ONE),
    }
}
