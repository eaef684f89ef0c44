//! The tables of one seeker: every part becomes a look-up.

use chrono::{Datelike, NaiveDate};
use domain::code::{CommuneIx, IscoCode};
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};

use super::super::row::{CODES, code_place, code_range};
use super::layout::{NOWHERE, ODD, REMOTE, nearness, number};
use super::postings::units;
use super::row::Row;
use super::segment::{NO_GROUP, Segment, group_part};
use crate::definition::{Credit, ONE, Rules, location, occupation, ratio, terms, training, usable};
use crate::settings::Part;

/// Not looked up yet.
const UNSET: u32 = u32::MAX;
/// Nothing is known on one of the sides.
const UNKNOWN: u8 = u8::MAX;

/// Memory that is used again by the next query.
#[derive(Default)]
pub(super) struct Tables {
    /// By skill: tenths of its share that the person has.
    credits: Vec<u8>,
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
    months: u16,
    digits: u8,
    has_groups: bool,
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
}

pub(super) struct Query<'a> {
    pub(super) rules: &'a Rules,
    pub(super) seeker: &'a Seeker,
    pub(super) as_of: NaiveDate,
    day: i32,
    tables: Tables,
    /// Own skills, then those for which they stand.
    pub(super) terms: Vec<Term>,
    /// The parts by sub-major group in which the person has a code, and that of vacancies
    /// without a code; none where the person has no code.
    pub(super) groups: Vec<u16>,
    /// The groups of the person's codes, of every length, by their places.
    pub(super) codes: Vec<u32>,
    points: Vec<(CommuneIx, &'a [u32])>,
    provinces: u64,
    has_codes: bool,
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
    /// The weight of skill.
    pub(super) skill_weight: u32,
}

impl<'a> Query<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        stands_for: &[Vec<u32>],
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
            groups: Vec::new(),
            codes: Vec::new(),
            points,
            provinces: seeker
                .wished_provinces
                .iter()
                .filter(|province| province.index() < 64)
                .fold(0, |bits, province| bits | 1 << province.index()),
            has_codes: seeker.occupations.iter().any(|&code| usable(code)),
            most: most(rules, seeker),
        };
        query.fill_credits(stands_for);
        query.fill_codes();
        query
    }

    fn fill_credits(&mut self, stands_for: &[Vec<u32>]) {
        self.tables.credits.resize(self.rules.codes.skills.len(), 0);
        let mut raise = |skill: u32, credit: Credit| {
            if let Some(value) = self.tables.credits.get_mut(skill as usize)
                && *value == 0
            {
                *value = credit.tenths() as u8;
                self.terms.push(Term { skill });
            }
        };
        for skill in &self.seeker.skills {
            raise(skill.0, Credit::Own);
        }
        for skill in &self.seeker.skills {
            for &wanted in stands_for.get(skill.index()).into_iter().flatten() {
                raise(wanted, Credit::Relative);
            }
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
        for list in [&mut self.groups] {
            list.sort_unstable();
            list.dedup();
        }
        self.codes.sort_unstable();
        self.codes.dedup();
    }

    /// Gets the tables ready for a segment.
    pub(super) fn enter(&mut self, segment: &Segment) {
        let tables = &mut self.tables;
        tables.occupations.clear();
        tables
            .occupations
            .resize(segment.occupations.len(), Trade::UNSET);
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
        let mut tiles: Vec<(u32, u16)> = self
            .tables
            .tiles
            .iter()
            .enumerate()
            .map(|(at, &bound)| (bound, number(at) - number(0)))
            .collect();
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
        let codes = segment
            .occupations
            .get(usize::from(class))
            .map_or(&[][..], Vec::as_slice);
        let digits = codes
            .iter()
            .filter_map(|&code| self.tables.common.get(usize::from(code_place(code))))
            .max()
            .filter(|_| self.has_codes)
            .copied()
            .unwrap_or(UNKNOWN);
        let groups = || codes.iter().filter_map(|code| code.prefix(2));
        let is_near = if codes.is_empty() {
            self.has_codes
        } else {
            groups().any(|group| self.groups.contains(&group_part(group)))
        };
        let months = self
            .seeker
            .worked
            .iter()
            .filter(|worked| groups().any(|group| group == worked.group))
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

    fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    fn occupation(&self, digits: u8) -> u64 {
        if digits == UNKNOWN {
            self.rules.neutral(Part::Occupation)
        } else {
            occupation::worth(digits)
        }
    }

    /// The value of a class of level and field, not weighted.
    fn training(&mut self, segment: &Segment, class: u16) -> u32 {
        match self.tables.trainings.get(usize::from(class)) {
            Some(&value) if value != UNSET => value,
            Some(_) => {
                let value = segment
                    .trainings
                    .get(usize::from(class))
                    .and_then(|&row| segment.offers.get(row as usize))
                    .map_or(0, |offer| self.look_up_training(offer));
                if let Some(place) = self.tables.trainings.get_mut(usize::from(class)) {
                    *place = value;
                }
                value
            }
            None => ONE as u32,
        }
    }

    fn look_up_training(&self, offer: &Offer) -> u32 {
        training::fit(self.rules, offer, self.seeker).f as u32
    }

    /// The bound of a class of level and field, weighted, in units.
    pub(super) fn training_bound(&mut self, segment: &Segment, class: u16) -> u32 {
        let value = self.training(segment, class);
        units(self.weight(Part::Training) * u64::from(value))
    }

    /// S of a row that is not odd, unless it is not eligible or does not reach `must`.
    pub(super) fn sum(&mut self, segment: &Segment, row: &Row, must: u64) -> Option<u64> {
        let trade = self.trade(segment, row.occupation);
        let training = u64::from(self.training(segment, row.training));
        let known = self.weight(Part::Skill) * self.skill(segment, row)
            + self.weight(Part::Occupation) * self.occupation(trade.digits)
            + self.weight(Part::Training) * training;
        let rest = self.weight(Part::Experience) + self.weight(Part::Terms);
        let open = (self.weight(Part::Location) + rest) * ONE;
        if known + open < must || !self.is_eligible(row) {
            return None;
        }
        let known = known + self.weight(Part::Location) * self.location(segment, row);
        if known + rest * ONE < must {
            return None;
        }
        let sum = known
            + self.weight(Part::Experience) * self.experience(row, trade)
            + self.weight(Part::Terms) * self.terms(row);
        (sum >= must).then_some(sum)
    }

    fn skill(&self, segment: &Segment, row: &Row) -> u64 {
        let shares = segment.skills_of(row);
        if shares.is_empty() {
            return if row.asks_no_skills() {
                ONE
            } else {
                self.rules.neutral(Part::Skill)
            };
        }
        let tenths: u64 = shares
            .iter()
            .filter_map(|shared| {
                let credit = self.tables.credits.get(shared.skill.index())?;
                Some(shared.share * u64::from(*credit))
            })
            .sum();
        tenths / 10
    }

    fn is_eligible(&self, row: &Row) -> bool {
        let of_age = if row.takes_minors() {
            self.seeker.turns_15
        } else {
            self.seeker.turns_18
        };
        row.is_open(self.day)
            && self.as_of >= of_age
            && (row.contracts == 0 || row.contracts & !self.seeker.excluded_contracts.bits() != 0)
            && (!row.is_abroad() || self.seeker.abroad)
    }

    fn location(&self, segment: &Segment, row: &Row) -> u64 {
        if row.is_remote() {
            return ONE;
        }
        let places = segment.places_of(row);
        let neutral = self.rules.neutral(Part::Location);
        if places.is_empty() {
            return neutral;
        }
        if self.seeker.anywhere || row.provinces & self.provinces != 0 {
            return ONE;
        }
        let reach = row.reach();
        self.points
            .iter()
            .flat_map(|&(from, distances)| {
                places
                    .iter()
                    .map(move |&place| nearness(self.rules, distances, from, place, reach))
            })
            .max()
            .map_or(neutral, u64::from)
    }

    fn experience(&self, row: &Row, trade: Trade) -> u64 {
        match row.months() {
            Asked::NotRequired => ONE,
            Asked::Required(asked) if self.seeker.work_told && trade.has_groups => {
                ratio(u64::from(trade.months), u64::from(asked))
            }
            Asked::NotSaid | Asked::Required(_) => self.rules.neutral(Part::Experience),
        }
    }

    fn terms(&self, row: &Row) -> u64 {
        let neutral = self.rules.neutral(Part::Terms);
        let seeker = self.seeker;
        let wage = row
            .wage()
            .zip(seeker.wished_wage)
            .map(|(offered, wished)| ratio(u64::from(offered), wished));
        let said = [
            wage,
            terms::one_of(row.contracts.into(), seeker.contracts.bits().into()),
            terms::one_of(row.shifts.into(), seeker.shifts.bits().into()),
        ];
        said.into_iter()
            .map(|part| part.unwrap_or(neutral))
            .sum::<u64>()
            / 3
    }

    /// Gives the memory back, with the credits of this person taken out.
    pub(super) fn into_tables(mut self) -> Tables {
        for term in &self.terms {
            if let Some(value) = self.tables.credits.get_mut(term.skill as usize) {
                *value = 0;
            }
        }
        self.tables
    }
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
        skill_weight: weight(Part::Skill) as u32,
    }
}
