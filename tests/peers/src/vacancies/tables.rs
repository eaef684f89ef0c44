//! The tables of one seeker, by which the scan of vacancies scores.

use domain::code::TrainingRank;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Workplace};
use matching::definition::{Credit, ONE, Reach, Rules, occupation, ratio, terms, training, usable};
use matching::settings::Part;

use super::{
    ABROAD, AskedCode, LEVELS, LODGED, MINORS, NO_MONTHS_ASKED, NO_SKILL_ASKED, Offers, Places,
    REMOTE, Row, slice,
};
use crate::row::{CODES, code_place, day_number};

/// The tables of one seeker.
pub(super) struct Tables {
    weights: [u64; 6],
    neutral: [u64; 6],
    of_15: bool,
    of_18: bool,
    abroad: bool,
    excluded: u8,
    /// In tenths.
    credit: Vec<u8>,
    digits: Vec<u8>,
    group: Vec<bool>,
    has_codes: bool,
    training: Vec<u64>,
    /// By reach and place.
    near: [Vec<u32>; 2],
    somewhere: bool,
    anywhere: bool,
    told: bool,
    months: [u8; 256],
    wage: Vec<u64>,
    contracts: [u64; 256],
    shifts: [u64; 256],
    training_most: u64,
}

impl Tables {
    pub(super) fn new(offers: &Offers<'_>, seeker: &Seeker) -> Self {
        let rules = offers.rules;
        let terms_neutral = rules.neutral(Part::Terms);
        let day = day_number(offers.day);
        let wished = |wished: u8| {
            std::array::from_fn(|offered| {
                terms::one_of(offered as u32, wished.into()).unwrap_or(terms_neutral)
            })
        };
        let training = training_table(offers, seeker);
        let mut tables = Self {
            weights: Part::ALL.map(|part| rules.settings.weights.of(part)),
            neutral: Part::ALL.map(|part| rules.neutral(part)),
            of_15: day >= day_number(seeker.turns_15),
            of_18: day >= day_number(seeker.turns_18),
            abroad: seeker.abroad,
            excluded: seeker.excluded_contracts.bits(),
            credit: vec![0; rules.codes.skills.len()],
            digits: vec![0; usize::from(CODES)],
            group: vec![false; usize::from(CODES)],
            has_codes: seeker.occupations.iter().any(|&code| usable(code)),
            training_most: training.iter().copied().max().unwrap_or(0),
            training,
            near: [Reach::Daily, Reach::Lodged].map(|reach| near_table(rules, seeker, reach)),
            somewhere: seeker.residence.is_some() || !seeker.wished_communes.is_empty(),
            anywhere: seeker.anywhere,
            told: seeker.work_told,
            months: [0; 256],
            wage: offers
                .wages
                .iter()
                .map(|&offered| match (offered, seeker.wished_wage) {
                    (Some(offered), Some(wished)) => ratio(offered, wished),
                    _ => terms_neutral,
                })
                .collect(),
            contracts: wished(seeker.contracts.bits()),
            shifts: wished(seeker.shifts.bits()),
        };
        for held in &seeker.skills {
            for wanted in &offers.stands_for[held.index()] {
                let credit = &mut tables.credit[wanted.index()];
                *credit = (*credit).max(Credit::Relative.tenths() as u8);
            }
            tables.credit[held.index()] = Credit::Own.tenths() as u8;
        }
        for worked in &seeker.worked {
            let months = &mut tables.months[usize::from(worked.group.value())];
            *months = (*months).max(worked.months as u8);
        }
        tables.fill_codes(rules, seeker);
        tables
    }

    fn fill_codes(&mut self, rules: &Rules, seeker: &Seeker) {
        let held: Vec<_> = seeker
            .occupations
            .iter()
            .filter(|&&code| usable(code))
            .collect();
        for code in rules.codes.occupations.codes() {
            let common = held
                .iter()
                .map(|&&held| occupation::common_digits(held, code))
                .max();
            self.digits[usize::from(code_place(code))] = common.unwrap_or(0);
            self.group[usize::from(code_place(code))] = held.iter().any(|held| held.is_in(code));
        }
    }

    /// The sum of a vacancy, unless it is none for this person or cannot reach `must`.
    pub(super) fn sum(&self, offers: &Offers<'_>, row: &Row, must: u64) -> Option<u64> {
        let [skill, occupation, training, location, experience, terms] = self.weights;
        let of_age = if row.flags & MINORS != 0 {
            self.of_15
        } else {
            self.of_18
        };
        let contract = row.contracts == 0 || row.contracts & !self.excluded != 0;
        let abroad = row.flags & ABROAD == 0 || self.abroad;
        if !of_age || !contract || !abroad {
            return None;
        }
        let tenths: u64 = slice(&offers.skills, row.skills)
            .iter()
            .map(|&(skill, share)| u64::from(share) * u64::from(self.credit[skill as usize]))
            .sum();
        let codes = slice(&offers.codes, row.codes);
        let by_code = || {
            let groups = codes.iter().filter_map(|code| code.group);
            groups.map(usize::from).any(|group| self.group[group])
        };
        if tenths == 0 && !by_code() {
            return None;
        }
        let mut sum = skill * self.skill(row, tenths) + occupation * self.occupation(codes);
        if sum + training * self.training_most + (location + experience + terms) * ONE < must {
            return None;
        }
        sum += training * self.training[usize::from(row.training)];
        sum += location * self.location(offers, row);
        if sum + (experience + terms) * ONE < must {
            return None;
        }
        sum += experience * self.experience(offers, row, codes);
        let terms_sum = self.wage[usize::from(row.wage)]
            + self.contracts[usize::from(row.contracts)]
            + self.shifts[usize::from(row.shifts)];
        sum += terms * (terms_sum / 3);
        (sum >= must).then_some(sum)
    }

    fn skill(&self, row: &Row, tenths: u64) -> u64 {
        if row.skills.1 > 0 {
            tenths / 10
        } else if row.flags & NO_SKILL_ASKED != 0 {
            ONE
        } else {
            self.neutral[0]
        }
    }

    fn occupation(&self, codes: &[AskedCode]) -> u64 {
        if codes.is_empty() || !self.has_codes {
            return self.neutral[1];
        }
        let digits = codes
            .iter()
            .map(|code| self.digits[usize::from(code.place)]);
        occupation::worth(digits.max().unwrap_or(0))
    }

    fn location(&self, offers: &Offers<'_>, row: &Row) -> u64 {
        if row.flags & REMOTE != 0 {
            return ONE;
        }
        let places = slice(&offers.places, row.places);
        if places.is_empty() {
            return self.neutral[3];
        }
        if self.anywhere {
            return ONE;
        }
        let near = &self.near[usize::from(row.flags & LODGED != 0)];
        let best = places.iter().map(|&place| near[usize::from(place)]).max();
        match best {
            // Of somebody without a commune only wished provinces are in the table.
            Some(f) if self.somewhere || f > 0 => f.into(),
            Some(_) | None => self.neutral[3],
        }
    }

    fn experience(&self, offers: &Offers<'_>, row: &Row, codes: &[AskedCode]) -> u64 {
        if row.flags & NO_MONTHS_ASKED != 0 {
            return ONE;
        }
        let groups = || codes.iter().filter_map(|code| code.sub_major);
        if row.months == 0 || !self.told || groups().next().is_none() {
            return self.neutral[4];
        }
        let months = groups().map(|group| self.months[usize::from(group)]).max();
        offers.ratios[usize::from(row.months)][usize::from(months.unwrap_or(0))].into()
    }
}

fn training_table(offers: &Offers<'_>, seeker: &Seeker) -> Vec<u64> {
    let neutral = offers.rules.neutral(Part::Training);
    let mut asked = offers.any.clone();
    let mut table = Vec::with_capacity(offers.fields.len() * LEVELS);
    for field in &offers.fields {
        for level in 0..LEVELS {
            if level == 1 && field.is_none() {
                table.push(ONE);
                continue;
            }
            asked.field = *field;
            asked.level = match level {
                0 => Asked::NotSaid,
                1 => Asked::NotRequired,
                rank => TrainingRank::new(rank as u8 - 2).map_or(Asked::NotSaid, Asked::Required),
            };
            let pairs = seeker.trainings.iter();
            let best = pairs
                .filter_map(|&has| training::pair_worth(&asked, has))
                .max();
            table.push(best.unwrap_or(neutral));
        }
    }
    table
}

/// Nearness of every place, and 1 where its province is wished.
fn near_table(rules: &Rules, seeker: &Seeker, reach: Reach) -> Vec<u32> {
    let neutral = rules.neutral(Part::Location) as u32;
    let places = rules.all_places();
    let mut near = vec![0; places.len()];
    for &home in seeker.residence.iter().chain(&seeker.wished_communes) {
        let communes = rules.geo.communes();
        // Distances are the same both ways.
        rules
            .geo
            .raise_nearness(Workplace::Commune(home), reach, 0, &mut near[..communes]);
        for (value, &place) in near.iter_mut().zip(&places).skip(communes) {
            let mean = rules.geo.nearness(home, place, reach) as u32;
            let inside = if rules.geo.lies_in(home, place) {
                neutral
            } else {
                0
            };
            *value = mean.max(inside).max(*value);
        }
    }
    for (value, &place) in near.iter_mut().zip(&places) {
        let province = rules.geo.province_of_workplace(place);
        if province.is_some_and(|province| seeker.wished_provinces.contains(&province)) {
            *value = ONE as u32;
        }
    }
    near
}
