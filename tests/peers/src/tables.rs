//! The tables of one vacancy, by which every peer scores: each part of the definition becomes a
//! look-up, already weighted.

use chrono::NaiveDate;
use domain::code::{SkillIx, TrainingField, TrainingRank};
use domain::seeker::Training;
use domain::vacancy::{Asked, Offer};
use matching::definition::{
    ONE, Rules, candidate_codes, experience, location, occupation, ratio, shares, shares_group,
    terms, training, usable,
};
use matching::settings::Part;

use crate::row::{
    ABROAD, ANYWHERE, CODES, Columns, LEVELS, LOOKING, Row, TOLD, code_place, day_number,
};

/// Of a code: digits in common and 1 more below, whether it makes a candidate above.
pub(crate) const DIGITS: u8 = 15;
/// The code makes its people candidates.
pub(crate) const CANDIDATE: u8 = 1 << 7;

/// A skill that makes its people candidates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    pub(crate) skill: SkillIx,
    /// A bit below for each skill asked that it is, a bit 16 higher for each that it is a relative of.
    pub(crate) brings: u32,
}

/// The most that each part can bring, weighted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Most {
    pub(crate) location: u64,
    pub(crate) occupation: u64,
    /// Training, experience and terms together.
    pub(crate) others: u64,
}

/// The tables.
pub(crate) struct Tables {
    pub(crate) day: u16,
    pub(crate) minors: bool,
    pub(crate) abroad: bool,
    pub(crate) offered: u8,
    open: bool,
    /// Skills that count or are relatives of one, with what they bring.
    pub(crate) terms: Vec<Term>,
    /// Places of the groups whose people are candidates, with the codes in each.
    pub(crate) groups: Vec<(u16, Vec<u16>)>,
    pub(crate) brings: Vec<u32>,
    pub(crate) sums: [[u64; 256]; 4],
    pub(crate) skill_same: Option<u64>,
    pub(crate) skill_weight: u64,
    pub(crate) same_place: Option<u64>,
    /// By commune; the last is for nobody's.
    pub(crate) by_commune: Vec<u64>,
    pub(crate) province: [bool; 256],
    pub(crate) location_one: u64,
    pub(crate) codes: Vec<u8>,
    pub(crate) occupation: [u64; 6],
    pub(crate) training: Vec<u64>,
    pub(crate) experience_same: Option<u64>,
    pub(crate) experience_neutral: u64,
    pub(crate) group: [bool; 256],
    pub(crate) months: [u64; 256],
    pub(crate) wage: Vec<u64>,
    pub(crate) contracts: [u64; 256],
    pub(crate) shifts: [u64; 256],
    pub(crate) terms_weight: u64,
    pub(crate) most: Most,
}

impl Tables {
    /// The tables of a vacancy on that day.
    pub(crate) fn new(rules: &Rules, offer: &Offer, as_of: NaiveDate, columns: &Columns) -> Self {
        let weight = |part| rules.settings.weights.of(part);
        let neutral = |part| weight(part) * rules.neutral(part);
        let mut tables = Self {
            day: day_number(as_of),
            minors: offer.suits_minors && !offer.abroad,
            abroad: offer.abroad,
            offered: offer.contracts.bits(),
            open: offer.is_open(as_of),
            terms: Vec::new(),
            groups: Vec::new(),
            brings: vec![0; rules.codes.skills.len() + 1],
            sums: [[0; 256]; 4],
            skill_same: None,
            skill_weight: weight(Part::Skill),
            same_place: None,
            by_commune: Vec::new(),
            province: [false; 256],
            location_one: weight(Part::Location) * ONE,
            codes: vec![0; usize::from(CODES) + 1],
            occupation: [neutral(Part::Occupation); 6],
            training: Vec::new(),
            experience_same: None,
            experience_neutral: neutral(Part::Experience),
            group: [false; 256],
            months: [0; 256],
            wage: Vec::new(),
            contracts: [0; 256],
            shifts: [0; 256],
            terms_weight: weight(Part::Terms),
            most: Most {
                location: 0,
                occupation: 0,
                others: 0,
            },
        };
        tables.fill_skills(rules, offer);
        tables.fill_location(rules, offer);
        tables.fill_occupation(rules, offer);
        tables.fill_training(rules, offer, columns);
        tables.fill_experience(rules, offer);
        tables.fill_terms(rules, offer, columns);
        tables.fill_most();
        tables
    }

    fn fill_skills(&mut self, rules: &Rules, offer: &Offer) {
        let shares = shares(rules, offer);
        let weight = rules.settings.weights.of(Part::Skill);
        if shares.is_empty() {
            let f = match offer.skills {
                Asked::NotRequired => ONE,
                Asked::NotSaid | Asked::Required(_) => rules.neutral(Part::Skill),
            };
            self.skill_same = Some(weight * f);
            return;
        }
        for (bit, asked) in shares.iter().enumerate() {
            self.bring(asked.skill, 1 << bit);
            for &relative in rules.codes.skills.relatives(asked.skill) {
                self.bring(relative, 1 << (bit + 16));
            }
        }
        for (piece, table) in self.sums.iter_mut().enumerate() {
            let tenths = if piece < 2 { 10 } else { 6 };
            for (mask, sum) in table.iter_mut().enumerate() {
                let held = shares.iter().skip(piece % 2 * 8).take(8).enumerate();
                *sum = held
                    .filter(|(bit, _)| mask >> bit & 1 == 1)
                    .map(|(_, asked)| asked.share * tenths)
                    .sum();
            }
        }
    }

    fn bring(&mut self, skill: SkillIx, bits: u32) {
        self.brings[skill.index()] |= bits;
        match self.terms.iter_mut().find(|term| term.skill == skill) {
            Some(term) => term.brings |= bits,
            None => self.terms.push(Term {
                skill,
                brings: bits,
            }),
        }
    }

    fn fill_location(&mut self, rules: &Rules, offer: &Offer) {
        let weight = rules.settings.weights.of(Part::Location);
        let neutral = rules.neutral(Part::Location);
        if offer.remote {
            self.same_place = Some(weight * ONE);
        } else if offer.workplaces.is_empty() {
            self.same_place = Some(weight * neutral);
        }
        if self.same_place.is_some() {
            return;
        }
        let mut near = vec![0_u32; rules.geo.communes()];
        let reach = location::reach(offer);
        for &place in &offer.workplaces {
            rules
                .geo
                .raise_nearness(place, reach, neutral as u32, &mut near);
            if let Some(province) = rules.geo.province_of_workplace(place) {
                self.province[province.index()] = true;
            }
        }
        self.by_commune = near.into_iter().map(|f| weight * u64::from(f)).collect();
        self.by_commune.push(weight * neutral);
    }

    fn fill_occupation(&mut self, rules: &Rules, offer: &Offer) {
        let weight = rules.settings.weights.of(Part::Occupation);
        if !offer.occupations.iter().any(|&code| usable(code)) {
            return;
        }
        for digits in 0..=4 {
            self.occupation[usize::from(digits) + 1] = weight * occupation::worth(digits);
        }
        let groups: Vec<_> = candidate_codes(offer).collect();
        self.groups = groups
            .iter()
            .map(|&group| (code_place(group), Vec::new()))
            .collect();
        for code in rules.codes.occupations.codes().filter(|&code| usable(code)) {
            let common = offer
                .occupations
                .iter()
                .map(|&asked| occupation::common_digits(asked, code))
                .max();
            let value = &mut self.codes[usize::from(code_place(code))];
            *value = common.unwrap_or(0) + 1;
            for (at, &group) in groups.iter().enumerate() {
                if shares_group(group, code) {
                    *value |= CANDIDATE;
                    self.groups[at].1.push(code_place(code));
                }
            }
        }
    }

    fn fill_training(&mut self, rules: &Rules, offer: &Offer, columns: &Columns) {
        let weight = rules.settings.weights.of(Part::Training);
        let not_asked = offer.level == Asked::NotRequired && offer.field.is_none();
        let fields = std::iter::once(None).chain(columns.dictionary.fields.iter().map(Some));
        for field in fields {
            for level in 0..LEVELS {
                let pair = Training {
                    level: level
                        .checked_sub(1)
                        .and_then(|rank| TrainingRank::new(rank as u8)),
                    field: field.and_then(|&field| TrainingField::new(field)),
                };
                let known = pair.level.is_some() || pair.field.is_some();
                let f = if not_asked {
                    ONE
                } else {
                    let worth = known.then(|| training::pair_worth(offer, pair)).flatten();
                    worth.unwrap_or_else(|| rules.neutral(Part::Training))
                };
                self.training.push(weight * f);
            }
        }
    }

    fn fill_experience(&mut self, rules: &Rules, offer: &Offer) {
        let weight = rules.settings.weights.of(Part::Experience);
        for group in experience::groups(offer) {
            self.group[usize::from(group.value())] = true;
        }
        match offer.months {
            Asked::NotRequired => self.experience_same = Some(weight * ONE),
            Asked::Required(asked) if experience::groups(offer).next().is_some() => {
                for (months, value) in self.months.iter_mut().enumerate() {
                    *value = weight * ratio(months as u64, u64::from(asked));
                }
            }
            Asked::NotSaid | Asked::Required(_) => {
                self.experience_same = Some(self.experience_neutral);
            }
        }
    }

    fn fill_terms(&mut self, rules: &Rules, offer: &Offer, columns: &Columns) {
        let neutral = rules.neutral(Part::Terms);
        let wages = columns.dictionary.wages.iter().map(|&wage| Some(wage));
        self.wage = std::iter::once(None)
            .chain(wages)
            .map(|wished| terms::wage(offer, wished).unwrap_or(neutral))
            .collect();
        let offered = [offer.contracts.bits(), offer.shifts.bits()].map(u32::from);
        for (wished, (contracts, shifts)) in
            (0..).zip(self.contracts.iter_mut().zip(&mut self.shifts))
        {
            *contracts = terms::one_of(offered[0], wished).unwrap_or(neutral);
            *shifts = terms::one_of(offered[1], wished).unwrap_or(neutral);
        }
    }

    fn fill_most(&mut self) {
        let most = |values: &[u64]| values.iter().copied().max().unwrap_or(0);
        let experience = self
            .experience_same
            .unwrap_or_else(|| most(&self.months).max(self.experience_neutral));
        self.most = Most {
            location: self.same_place.unwrap_or(self.location_one),
            occupation: most(&self.occupation),
            others: most(&self.training)
                + experience
                + self.terms_weight * ((most(&self.wage) + 2 * ONE) / 3),
        };
    }

    /// The most for occupation of somebody who has no code in the groups of candidates.
    pub(crate) fn most_outside_groups(&self) -> u64 {
        let codes = self.codes.iter().filter(|&&code| code & CANDIDATE == 0);
        let digits = codes.map(|&code| usize::from(code & DIGITS));
        digits
            .map(|digits| self.occupation[digits])
            .max()
            .unwrap_or(0)
    }

    /// Whether anybody may be ranked.
    pub(crate) const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether the pair may be ranked, as far as these facts go.
    pub(crate) const fn is_eligible(
        &self,
        flags: u8,
        excluded: u8,
        turns_15: u16,
        turns_18: u16,
    ) -> bool {
        flags & LOOKING != 0
            && self.day >= if self.minors { turns_15 } else { turns_18 }
            && (self.offered == 0 || self.offered & !excluded != 0)
            && (!self.abroad || flags & ABROAD != 0)
    }

    /// What these skills bring.
    pub(crate) fn brought(&self, skills: impl Iterator<Item = usize>) -> u32 {
        skills.fold(0, |mask, skill| mask | self.brings[skill])
    }

    /// The part for skill.
    pub(crate) fn skill(&self, mask: u32) -> u64 {
        if let Some(same) = self.skill_same {
            return same;
        }
        let relative = mask >> 16 & !mask;
        let tenths = self.sums[0][(mask & 255) as usize]
            + self.sums[1][(mask >> 8 & 255) as usize]
            + self.sums[2][(relative & 255) as usize]
            + self.sums[3][(relative >> 8 & 255) as usize];
        tenths / 10 * self.skill_weight
    }

    /// The best of some codes, and whether one of them makes a candidate.
    pub(crate) fn common(&self, codes: impl Iterator<Item = usize>) -> (u64, bool) {
        let (best, flags) = codes.fold((0, 0), |(best, flags), code| {
            let value = self.codes[code];
            (best.max(value & DIGITS), flags | value)
        });
        (self.occupation[usize::from(best)], flags & CANDIDATE != 0)
    }

    /// The part for location.
    pub(crate) fn location(
        &self,
        anywhere: bool,
        mut provinces: impl Iterator<Item = u8>,
        commune: u16,
    ) -> u64 {
        if let Some(same) = self.same_place {
            return same;
        }
        if anywhere || provinces.any(|province| self.province[usize::from(province)]) {
            return self.location_one;
        }
        let at = usize::from(commune).min(self.by_commune.len() - 1);
        self.by_commune[at]
    }

    /// The part for experience, from (group, months).
    pub(crate) fn experience(&self, told: bool, worked: impl Iterator<Item = (u8, u8)>) -> u64 {
        if let Some(same) = self.experience_same {
            return same;
        }
        if !told {
            return self.experience_neutral;
        }
        let months = worked
            .filter(|&(group, _)| self.group[usize::from(group)])
            .map(|(_, months)| months);
        self.months[usize::from(months.max().unwrap_or(0))]
    }

    /// The part for terms.
    pub(crate) fn terms(&self, wage: u8, contracts: u8, shifts: u8) -> u64 {
        let sum = self.wage[usize::from(wage)]
            + self.contracts[usize::from(contracts)]
            + self.shifts[usize::from(shifts)];
        sum / 3 * self.terms_weight
    }

    /// The sum of a row that is known to be a candidate, unless it cannot reach `must`; `skill` is
    /// the most that it can have for skill.
    pub(crate) fn sum(&self, row: &Row, skill: u64, must: u64) -> Option<u64> {
        if !self.is_eligible(row.flags, row.excluded, row.turns_15, row.turns_18) {
            return None;
        }
        let mut sum = self.location(
            row.flags & ANYWHERE != 0,
            row.provinces.into_iter(),
            row.commune,
        );
        if sum + skill + self.most.occupation + self.most.others < must {
            return None;
        }
        sum += self.common(row.codes.into_iter().map(usize::from)).0;
        if sum + skill + self.most.others < must {
            return None;
        }
        sum += self.others(row);
        if sum + skill < must {
            return None;
        }
        sum += self.skill(self.brought(row.skills.into_iter().map(usize::from)));
        (sum >= must).then_some(sum)
    }

    /// Training, experience and terms of a row.
    pub(crate) fn others(&self, row: &Row) -> u64 {
        let worked = row.groups.into_iter().zip(row.months);
        self.training[usize::from(row.training)]
            + self.experience(row.flags & TOLD != 0, worked)
            + self.terms(row.wage, row.contracts, row.shifts)
    }
}
