//! The tables of one vacancy: every part becomes a look-up.

use chrono::NaiveDate;
use domain::code::SkillIx;
use domain::vacancy::{Asked, Offer};

use super::layout::{Range, Spots};
use super::row::{CODES, Row, code_range, days};
use super::segment::Segment;
use crate::definition::{
    ONE, Rules, candidate_codes, location, occupation, ratio, shares, terms, training, usable,
};
use crate::settings::Part;

/// A skill that counts, with its share and who may stand for it.
#[derive(Debug)]
pub(super) struct AskedHere<'a> {
    pub(super) skill: SkillIx,
    pub(super) share: u64,
    pub(super) relatives: &'a [SkillIx],
}

/// What a query needs of memory, kept between queries.
#[derive(Default)]
pub(super) struct Tables {
    /// By skill: a bit for each skill asked that it is (low half) or is a relative of (high).
    skills: Vec<u32>,
}

/// Where the bits of relatives begin.
const RELATIVE: u32 = 16;
/// Nobody at this spot is looked at there.
const CLOSED: i16 = -1;

/// Who stands where, as far as location goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Places {
    /// The same for everybody: the work is remote, or no workplace is known.
    Same(u32),
    /// By commune and wish.
    Known,
}

pub(super) struct Query<'a> {
    pub(super) rules: &'a Rules,
    pub(super) offer: &'a Offer,
    pub(super) as_of: NaiveDate,
    day: i32,
    pub(super) skills: Vec<AskedHere<'a>>,
    tables: Tables,
    places: Places,
    /// By commune.
    near: Vec<u32>,
    /// By spot: the most that anybody there can have, in thousandths; less than 0: who stands
    /// there is looked at elsewhere.
    reach: Vec<i16>,
    provinces: u64,
    /// By code: the digits in common with the best code of the vacancy.
    common: Vec<u8>,
    /// By code: whether it makes a candidate.
    candidate: Vec<u8>,
    has_codes: bool,
    pub(super) groups: Vec<u8>,
    /// The most that anybody can have, location aside.
    most: u64,
}

impl<'a> Query<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        offer: &'a Offer,
        as_of: NaiveDate,
        spots: &Spots,
        tables: Tables,
    ) -> Self {
        let mut query = Self {
            day: days(as_of),
            skills: shares(rules, offer)
                .into_iter()
                .map(|asked| AskedHere {
                    skill: asked.skill,
                    share: asked.share,
                    relatives: rules.codes.skills.relatives(asked.skill),
                })
                .collect(),
            tables,
            near: Vec::new(),
            reach: Vec::new(),
            common: vec![0; CODES],
            candidate: vec![0; CODES],
            has_codes: offer.occupations.iter().any(|&code| usable(code)),
            groups: crate::definition::experience::groups(offer)
                .filter_map(|group| u8::try_from(group.value()).ok())
                .collect(),
            places: places(rules, offer),
            provinces: offer
                .workplaces
                .iter()
                .filter_map(|&place| rules.geo.province_of_workplace(place))
                .fold(0, |bits, province| bits | 1 << (province.index() & 63)),
            most: 0,
            rules,
            offer,
            as_of,
        };
        query.fill_communes();
        query.fill_codes();
        query.mark_skills(true);
        query.most = query.most();
        query.fill_reach(spots);
        query
    }

    /// Gives the memory back, clean.
    pub(super) fn into_tables(mut self) -> Tables {
        self.mark_skills(false);
        self.tables
    }

    pub(super) fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    fn mark_skills(&mut self, set: bool) {
        let table = &mut self.tables.skills;
        if table.len() < self.rules.codes.skills.len() {
            table.resize(self.rules.codes.skills.len(), 0);
        }
        let mut mark = |skill: SkillIx, bit: u32| {
            if let Some(bits) = table.get_mut(skill.index()) {
                *bits = if set { *bits | 1 << bit } else { 0 };
            }
        };
        for (bit, asked) in (0_u32..).zip(&self.skills) {
            mark(asked.skill, bit);
            for &relative in asked.relatives {
                mark(relative, bit + RELATIVE);
            }
        }
    }

    fn fill_reach(&mut self, spots: &Spots) {
        let weight = self.weight(Part::Location);
        let reach = |location: u64| ((self.most + weight * location) / ONE) as i16;
        let mut reaches = match self.places {
            Places::Same(f) => vec![reach(f.into()); spots.communes.len()],
            Places::Known => spots
                .communes
                .iter()
                .map(|&commune| self.near.get(usize::from(commune)))
                .map(|near| near.map_or(CLOSED, |&near| reach(near.into())))
                .collect(),
        };
        reaches.resize(spots.nowhere() + 1, CLOSED);
        let mut open = |spot: usize, location: u64| {
            if let Some(place) = reaches.get_mut(spot) {
                *place = reach(location);
            }
        };
        match self.places {
            Places::Same(f) => open(spots.nowhere(), f.into()),
            Places::Known => {
                open(spots.nowhere(), self.rules.neutral(Part::Location));
                open(spots.anywhere(), ONE);
                for province in (0..64).filter(|bit| self.provinces >> bit & 1 == 1) {
                    open(spots.first_province() + province, ONE);
                }
            }
        }
        self.reach = reaches;
    }

    /// The most that anybody in some places can have, in thousandths; less than 0: nobody there
    /// needs to be looked at.
    #[inline]
    pub(super) fn reach(&self, range: Range) -> i16 {
        self.reach
            .get(usize::from(range.first)..=usize::from(range.last))
            .unwrap_or_default()
            .iter()
            .fold(CLOSED, |most, &reach| most.max(reach))
    }

    /// Whether a row is looked at where it stands at this spot, or at another one: who wishes a
    /// province of the vacancy at the first of them, else who would go anywhere there.
    pub(super) fn is_looked_at(&self, row: &Row, spots: &Spots, spot: usize) -> bool {
        if self.places != Places::Known {
            return true;
        }
        let hit = row.provinces & self.provinces;
        if spot == spots.anywhere() {
            hit == 0
        } else if (spots.first_province()..spots.anywhere()).contains(&spot) {
            hit.trailing_zeros() as usize == spot - spots.first_province()
        } else {
            hit == 0 && !row.anywhere()
        }
    }

    fn fill_communes(&mut self) {
        if self.places != Places::Known {
            return;
        }
        self.near = vec![0; self.rules.geo.communes()];
        let reach = location::reach(self.offer);
        let inside = self.rules.neutral(Part::Location) as u32;
        for &place in &self.offer.workplaces {
            self.rules
                .geo
                .raise_nearness(place, reach, inside, &mut self.near);
        }
    }

    fn fill_codes(&mut self) {
        for &code in self.offer.occupations.iter().filter(|&&code| usable(code)) {
            let is_manager = code.prefix(1).is_some_and(|major| major.value() == 1);
            for common in if is_manager { 4..=4 } else { 1..=code.digits() } {
                let Some(prefix) = code.prefix(common) else {
                    continue;
                };
                for digits in common..=4 {
                    let range = self.common.get_mut(code_range(prefix, digits));
                    for value in range.into_iter().flatten() {
                        *value = common.max(*value);
                    }
                }
            }
        }
        for group in candidate_codes(self.offer) {
            for digits in group.digits()..=4 {
                let range = self.candidate.get_mut(code_range(group, digits));
                range.into_iter().flatten().for_each(|is| *is = 1);
            }
        }
    }

    fn without_skill(&self) -> u64 {
        match self.offer.skills {
            Asked::NotRequired => ONE,
            _ if self.skills.is_empty() => self.rules.neutral(Part::Skill),
            _ => 0,
        }
    }

    /// S of a row, unless it is not eligible, is no candidate, or cannot reach `must`.
    pub(super) fn sum(&self, segment: &Segment, row: &Row, must: u64) -> Option<u64> {
        if !self.is_eligible(row) {
            return None;
        }
        let weigh = |part: Part, f: u64| self.weight(part) * f;
        let sum = weigh(Part::Location, self.location(row).into())
            + weigh(Part::Occupation, self.occupation(row))
            + weigh(Part::Training, self.training(row))
            + weigh(Part::Experience, self.experience(row))
            + weigh(Part::Terms, self.terms(row));
        if sum + weigh(Part::Skill, ONE) < must {
            return None;
        }
        let sum = sum + weigh(Part::Skill, self.skill(segment, row)?);
        (sum >= must).then_some(sum)
    }

    fn is_eligible(&self, row: &Row) -> bool {
        let of_age = if self.offer.suits_minors && !self.offer.abroad {
            row.turns_15
        } else {
            row.turns_18
        };
        let offered = self.offer.contracts.bits();
        self.day >= i32::from(of_age)
            && (offered == 0 || offered & !row.excluded != 0)
            && (!self.offer.abroad || row.abroad())
    }

    fn location(&self, row: &Row) -> u32 {
        match self.places {
            Places::Same(f) => f,
            Places::Known if row.anywhere() || row.provinces & self.provinces != 0 => ONE as u32,
            Places::Known => row
                .points()
                .filter_map(|point| self.near.get(usize::from(point)))
                .copied()
                .max()
                .unwrap_or(self.rules.neutral(Part::Location) as u32),
        }
    }

    fn occupation(&self, row: &Row) -> u64 {
        if !self.has_codes {
            return self.rules.neutral(Part::Occupation);
        }
        row.codes()
            .filter_map(|code| self.common.get(usize::from(code)))
            .max()
            .map_or_else(
                || self.rules.neutral(Part::Occupation),
                |&digits| occupation::worth(digits),
            )
    }

    fn training(&self, row: &Row) -> u64 {
        if self.offer.level == Asked::NotRequired && self.offer.field.is_none() {
            return ONE;
        }
        row.pairs
            .into_iter()
            .filter_map(super::row::Pair::training)
            .filter_map(|pair| training::pair_worth(self.offer, pair))
            .max()
            .unwrap_or_else(|| self.rules.neutral(Part::Training))
    }

    fn experience(&self, row: &Row) -> u64 {
        match self.offer.months {
            Asked::NotRequired => ONE,
            Asked::Required(asked) if row.told() && !self.groups.is_empty() => {
                let months = row
                    .groups
                    .iter()
                    .zip(row.months)
                    .filter(|(group, _)| self.groups.contains(group))
                    .map(|(_, months)| months)
                    .max()
                    .unwrap_or(0);
                ratio(u64::from(months), u64::from(asked))
            }
            Asked::NotSaid | Asked::Required(_) => self.rules.neutral(Part::Experience),
        }
    }

    fn terms(&self, row: &Row) -> u64 {
        let neutral = self.rules.neutral(Part::Terms);
        let said = [
            terms::wage(self.offer, row.wished_wage()),
            terms::one_of(self.offer.contracts.bits().into(), row.contracts.into()),
            terms::one_of(self.offer.shifts.bits().into(), row.shifts.into()),
        ];
        said.into_iter()
            .map(|part| part.unwrap_or(neutral))
            .sum::<u64>()
            / 3
    }

    /// `None`: no candidate.
    fn skill(&self, segment: &Segment, row: &Row) -> Option<u64> {
        let is_candidate_by_code = || {
            row.codes()
                .any(|code| self.candidate.get(usize::from(code)) == Some(&1))
        };
        if self.skills.is_empty() {
            return is_candidate_by_code().then(|| self.without_skill());
        }
        let bits = segment
            .skills_of(row)
            .iter()
            .filter_map(|skill| self.tables.skills.get(skill.index()))
            .fold(0, |bits, &some| bits | some);
        if bits == 0 && !is_candidate_by_code() {
            return None;
        }
        let own = bits & ((1 << RELATIVE) - 1);
        let relative = (bits >> RELATIVE) & !own;
        let tenths: u64 = (0_u32..)
            .zip(&self.skills)
            .map(|(bit, asked)| {
                let credit = 10 * (own >> bit & 1) + 6 * (relative >> bit & 1);
                asked.share * u64::from(credit)
            })
            .sum();
        Some(tenths / 10)
    }

    fn most(&self) -> u64 {
        let offer = self.offer;
        let neutral = |part: Part| self.rules.neutral(part);
        let skill = if self.skills.is_empty() {
            self.without_skill()
        } else {
            ONE
        };
        let digits = offer
            .occupations
            .iter()
            .filter(|&&code| usable(code))
            .map(|code| code.digits())
            .max();
        let occupation = digits.map_or(0, occupation::worth);
        let trained = offer.level != Asked::NotSaid || offer.field.is_some();
        let experience = match offer.months {
            Asked::NotRequired => ONE,
            Asked::Required(_) if !self.groups.is_empty() => ONE,
            Asked::NotSaid | Asked::Required(_) => neutral(Part::Experience),
        };
        let said = [
            offer.wage.is_some(),
            !offer.contracts.is_empty(),
            !offer.shifts.is_empty(),
        ];
        let terms: u64 = said
            .into_iter()
            .map(|said| if said { ONE } else { neutral(Part::Terms) })
            .sum();
        [
            (Part::Skill, skill),
            (Part::Occupation, occupation.max(neutral(Part::Occupation))),
            (
                Part::Training,
                if trained {
                    ONE
                } else {
                    neutral(Part::Training)
                },
            ),
            (Part::Experience, experience),
            (Part::Terms, terms / 3),
        ]
        .into_iter()
        .map(|(part, f)| self.weight(part) * f)
        .sum()
    }
}

fn places(rules: &Rules, offer: &Offer) -> Places {
    if offer.remote {
        Places::Same(ONE as u32)
    } else if offer.workplaces.is_empty() {
        Places::Same(rules.neutral(Part::Location) as u32)
    } else {
        Places::Known
    }
}
