//! The tables of one vacancy: every part but skill becomes a look-up.

use chrono::{Datelike, NaiveDate};
use domain::vacancy::{Asked, Offer};

use super::row::{CODES, Row, code_place, code_range};
use super::segment::{Segment, Tile};
use crate::definition::{
    Credit, ONE, Rules, SharedSkill, candidate_codes, location, occupation, ratio, shares, terms,
    training, usable,
};
use crate::settings::Part;

/// A term whose people are candidates, and what they can bring for each skill that counts.
#[derive(Debug)]
pub(super) struct List {
    pub(super) term: Term,
    /// The most that somebody can have for skill who stands in no earlier list.
    pub(super) skill_bound: u64,
}

/// Where a list is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// Who has this skill.
    Skill(usize),
    /// Who has a code in this group, by its place.
    Code(usize),
}

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
    shares: Vec<SharedSkill>,
    pub(super) lists: Vec<List>,
    places: Places,
    by_commune: Vec<u32>,
    provinces: u64,
    /// By code: one more than the digits in common with the best code of the vacancy.
    common: Vec<u8>,
    has_codes: bool,
    groups: Vec<u8>,
    pub(super) most: Most,
}

/// The most that each part can bring, weighted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    pub(super) occupation: u64,
    pub(super) training: u64,
    pub(super) experience: u64,
    pub(super) terms: u64,
}

impl<'a> Query<'a> {
    pub(super) fn new(rules: &'a Rules, offer: &'a Offer, as_of: NaiveDate) -> Self {
        let shares = shares(rules, offer);
        let places = places(rules, offer);
        let provinces = offer
            .workplaces
            .iter()
            .filter_map(|&place| rules.geo.province_of_workplace(place))
            .fold(0, |bits, province| bits | 1 << (province.index() & 63));
        let mut query = Self {
            day: as_of.num_days_from_ce(),
            lists: Vec::new(),
            by_commune: Vec::new(),
            common: vec![0; CODES],
            has_codes: offer.occupations.iter().any(|&code| usable(code)),
            groups: crate::definition::experience::groups(offer)
                .filter_map(|group| u8::try_from(group.value()).ok())
                .collect(),
            most: most(rules, offer),
            rules,
            offer,
            as_of,
            shares,
            places,
            provinces,
        };
        query.fill_communes();
        query.fill_codes();
        query.lists = query.lists();
        query
    }

    fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    fn fill_communes(&mut self) {
        if self.places != Places::Known {
            return;
        }
        self.by_commune = vec![0; self.rules.geo.communes()];
        let reach = location::reach(self.offer);
        let inside = self.rules.neutral(Part::Location) as u32;
        for &place in &self.offer.workplaces {
            self.rules
                .geo
                .raise_nearness(place, reach, inside, &mut self.by_commune);
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
                    for value in self
                        .common
                        .get_mut(code_range(prefix, digits))
                        .into_iter()
                        .flatten()
                    {
                        *value = common.max(*value);
                    }
                }
            }
        }
    }

    /// Own skills by share, then relatives, then codes.
    fn lists(&self) -> Vec<List> {
        let codes = &self.rules.codes;
        let mut terms: Vec<usize> = self.shares.iter().map(|s| s.skill.index()).collect();
        for asked in &self.shares {
            for relative in codes.skills.relatives(asked.skill) {
                if !terms.contains(&relative.index()) {
                    terms.push(relative.index());
                }
            }
        }
        let brings: Vec<Vec<u64>> = terms
            .iter()
            .map(|&term| {
                self.shares
                    .iter()
                    .map(|asked| self.brings(term, asked))
                    .collect()
            })
            .collect();
        let mut lists = Vec::with_capacity(terms.len() + 4);
        let mut best = vec![0; self.shares.len()];
        for (&term, brings) in terms.iter().zip(&brings).rev() {
            for (best, &brought) in best.iter_mut().zip(brings) {
                *best = brought.max(*best);
            }
            lists.push(List {
                term: Term::Skill(term),
                skill_bound: best.iter().sum::<u64>() / 10,
            });
        }
        lists.reverse();
        let without = self.without_skill();
        lists.extend(candidate_codes(self.offer).map(|code| List {
            term: Term::Code(usize::from(code_place(code))),
            skill_bound: without,
        }));
        lists
    }

    /// Share times tenths.
    fn brings(&self, term: usize, asked: &SharedSkill) -> u64 {
        if asked.skill.index() == term {
            return asked.share * Credit::Own.tenths();
        }
        let relatives = self.rules.codes.skills.relatives(asked.skill);
        if relatives.iter().any(|relative| relative.index() == term) {
            asked.share * Credit::Relative.tenths()
        } else {
            0
        }
    }

    fn without_skill(&self) -> u64 {
        match self.offer.skills {
            Asked::NotRequired => ONE,
            _ if self.shares.is_empty() => self.rules.neutral(Part::Skill),
            _ => 0,
        }
    }

    /// The most for location in a tile; `None`: nobody there needs to be looked at.
    pub(super) fn tile_bound(&self, tile: &Tile) -> Option<u32> {
        match (self.places, tile) {
            (Places::Same(f), Tile::Communes(_) | Tile::Nowhere) => Some(f),
            (Places::Same(_), _) => None,
            (Places::Known, Tile::Communes(communes)) => Some(
                communes
                    .iter()
                    .filter_map(|&commune| self.by_commune.get(usize::from(commune)))
                    .copied()
                    .max()
                    .unwrap_or(0),
            ),
            (Places::Known, Tile::Province(province)) => {
                (self.provinces >> (province & 63) & 1 == 1).then_some(ONE as u32)
            }
            (Places::Known, Tile::Anywhere) => Some(ONE as u32),
            (Places::Known, Tile::Nowhere) => Some(self.rules.neutral(Part::Location) as u32),
        }
    }

    /// The most that somebody in a list and tile can reach.
    pub(super) fn bound(&self, skill_bound: u64, location: u32) -> u64 {
        self.weight(Part::Skill) * skill_bound
            + self.weight(Part::Location) * u64::from(location)
            + self.most.occupation
            + self.most.training
            + self.most.experience
            + self.most.terms
    }

    /// S of a row, unless it is not eligible or cannot reach `must`. `skill_bound` is the most
    /// that the row can have for skill.
    pub(super) fn sum(
        &self,
        segment: &Segment,
        row: &Row,
        skill_bound: u64,
        must: u64,
    ) -> Option<u64> {
        if !self.is_eligible(row) {
            return None;
        }
        let most = &self.most;
        let skill_most = self.weight(Part::Skill) * skill_bound;
        let mut open = skill_most + most.occupation + most.training + most.experience + most.terms;
        let mut sum = self.weight(Part::Location) * u64::from(self.location(row));
        if sum + open < must {
            return None;
        }
        sum += self.weight(Part::Occupation) * self.occupation(row);
        open -= most.occupation;
        if sum + open < must {
            return None;
        }
        sum += self.weight(Part::Training) * self.training(row);
        open -= most.training;
        if sum + open < must {
            return None;
        }
        sum += self.weight(Part::Experience) * self.experience(row)
            + self.weight(Part::Terms) * self.terms(row);
        if sum + skill_most < must {
            return None;
        }
        sum += self.weight(Part::Skill) * self.skill(segment, row);
        (sum >= must).then_some(sum)
    }

    pub(super) fn is_eligible(&self, row: &Row) -> bool {
        let of_age = if self.offer.suits_minors && !self.offer.abroad {
            row.turns_15
        } else {
            row.turns_18
        };
        let offered = self.offer.contracts.bits();
        row.is_looking()
            && self.day >= of_age
            && (offered == 0 || offered & !row.excluded != 0)
            && (!self.offer.abroad || row.abroad())
    }

    pub(super) fn location(&self, row: &Row) -> u32 {
        match self.places {
            Places::Same(f) => f,
            Places::Known if row.anywhere() || row.provinces & self.provinces != 0 => ONE as u32,
            Places::Known => row
                .points()
                .filter_map(|point| self.by_commune.get(usize::from(point)))
                .copied()
                .max()
                .unwrap_or(self.rules.neutral(Part::Location) as u32),
        }
    }

    pub(super) fn occupation(&self, row: &Row) -> u64 {
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

    pub(super) fn training(&self, row: &Row) -> u64 {
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

    pub(super) fn experience(&self, row: &Row) -> u64 {
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

    pub(super) fn terms(&self, row: &Row) -> u64 {
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

    fn skill(&self, segment: &Segment, row: &Row) -> u64 {
        if self.shares.is_empty() {
            return self.without_skill();
        }
        let has = segment.skills_of(row);
        self.shares
            .iter()
            .map(|asked| asked.share * asked.credit(&self.rules.codes, has).tenths())
            .sum::<u64>()
            / 10
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

fn most(rules: &Rules, offer: &Offer) -> Most {
    let weigh = |part: Part, f: u64| rules.settings.weights.of(part) * f;
    let neutral = |part: Part| rules.neutral(part);
    let digits = offer
        .occupations
        .iter()
        .filter(|&&code| usable(code))
        .map(|code| code.digits())
        .max()
        .unwrap_or(0);
    let trained = offer.level != Asked::NotSaid || offer.field.is_some();
    let said = offer.wage.is_some() || !offer.contracts.is_empty() || !offer.shifts.is_empty();
    Most {
        occupation: weigh(
            Part::Occupation,
            occupation::worth(digits).max(neutral(Part::Occupation)),
        ),
        training: weigh(
            Part::Training,
            if trained {
                ONE
            } else {
                neutral(Part::Training)
            },
        ),
        experience: weigh(
            Part::Experience,
            match offer.months {
                Asked::NotSaid => neutral(Part::Experience),
                Asked::NotRequired | Asked::Required(_) => ONE,
            },
        ),
        terms: weigh(Part::Terms, if said { ONE } else { neutral(Part::Terms) }),
    }
}
