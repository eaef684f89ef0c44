//! The yardstick: everybody in turn, every part but skill a look-up in a table of the vacancy,
//! over rows of 64 bytes.

use chrono::{Datelike, NaiveDate};
use domain::code::{CommuneIx, IscoCode};
use domain::id::SeekerId;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};
use matching::definition::{Reach, Rules, candidate_codes, shares, shares_group, usable};
use matching::scan::PersonPlace;
use matching::settings::Part;
use std::collections::BinaryHeap;

const ONE: u64 = 1_000_000_000;
const NONE: u16 = u16::MAX;
const CANDIDATE: u8 = 8;

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Row {
    provinces: u64,
    wage: u32,
    turns_18: i32,
    codes: [u16; 5],
    points: [u16; 3],
    months: [u16; 5],
    groups: [u8; 5],
    level: u8,
    field: u8,
    contracts: u8,
    excluded: u8,
    shifts: u8,
    anywhere: bool,
    abroad: bool,
    told: bool,
}

pub(crate) struct Everybody {
    rows: Vec<Row>,
    /// By row, filled up with a skill that nobody asks for: always as many, so that nothing branches.
    skills: Vec<[u16; 12]>,
    ids: Vec<SeekerId>,
    registered: Vec<i64>,
    fields: Vec<u16>,
}

impl Everybody {
    pub(crate) fn new(seekers: &[Seeker]) -> Self {
        let mut all = Self {
            rows: Vec::new(),
            skills: Vec::new(),
            ids: seekers.iter().map(|seeker| seeker.id).collect(),
            registered: seekers
                .iter()
                .map(|seeker| seeker.registered_at.timestamp_micros())
                .collect(),
            fields: Vec::new(),
        };
        for seeker in seekers {
            let row = all.row(seeker);
            all.rows.push(row);
            let mut skills = [NONE; 12];
            assert!(seeker.skills.len() <= skills.len());
            for (to, from) in skills.iter_mut().zip(&seeker.skills) {
                *to = from.0 as u16;
            }
            all.skills.push(skills);
        }
        all
    }

    fn row(&mut self, seeker: &Seeker) -> Row {
        let training = seeker.trainings.first();
        let field = training.and_then(|pair| pair.field).map(|field| {
            let known = self.fields.iter().position(|&other| other == field.value());
            known.unwrap_or_else(|| {
                self.fields.push(field.value());
                self.fields.len() - 1
            })
        });
        let mut points = [NONE; 3];
        let places = seeker.residence.iter().chain(&seeker.wished_communes);
        points
            .iter_mut()
            .zip(places)
            .for_each(|(to, from)| *to = from.0);
        let mut codes = [NONE; 5];
        codes
            .iter_mut()
            .zip(&seeker.occupations)
            .for_each(|(to, from)| *to = from.value());
        let (mut groups, mut months) = ([0; 5], [0; 5]);
        for (at, worked) in seeker.worked.iter().take(5).enumerate() {
            groups[at] = worked.group.value() as u8;
            months[at] = worked.months;
        }
        Row {
            provinces: seeker
                .wished_provinces
                .iter()
                .fold(0, |bits, province| bits | 1 << province.0),
            wage: seeker.wished_wage.map_or(u32::MAX, |wage| wage as u32),
            turns_18: seeker.turns_18.num_days_from_ce(),
            codes,
            points,
            months,
            groups,
            level: training.map_or(10, |pair| pair.level.map_or(9, |level| level.get())),
            field: field.map_or(u8::MAX, |field| field as u8),
            contracts: seeker.contracts.bits(),
            excluded: seeker.excluded_contracts.bits(),
            shifts: seeker.shifts.bits(),
            anywhere: seeker.anywhere,
            abroad: seeker.abroad,
            told: seeker.work_told,
        }
    }

    pub(crate) fn rank(
        &self,
        rules: &Rules,
        offer: &Offer,
        day: NaiveDate,
        k: usize,
    ) -> Vec<PersonPlace> {
        let tables = Tables::new(self, rules, offer);
        let offered = offer.contracts.bits();
        let day = day.num_days_from_ce();
        let mut best = BinaryHeap::with_capacity(k + 1);
        let mut least = 0;
        for (at, row) in self.rows.iter().enumerate() {
            if day < row.turns_18
                || (offered != 0 && offered & !row.excluded == 0)
                || (offer.abroad && !row.abroad)
            {
                continue;
            }
            let Some(sum) = tables.sum(row, &self.skills[at], least) else {
                continue;
            };
            let place = PersonPlace::new((sum / ONE) as u16, self.registered[at], self.ids[at]);
            if best.len() < k {
                best.push(place);
            } else if place < *best.peek().unwrap() {
                best.pop();
                best.push(place);
            }
            if best.len() == k {
                least = u64::from(best.peek().unwrap().thousandths()) * ONE;
            }
        }
        best.into_sorted_vec()
    }
}

struct Tables {
    skill: Box<[u32; 1 << 16]>,
    own: [[u64; 256]; 2],
    relative: [[u64; 256]; 2],
    without_skill: Option<u64>,
    /// By code: what it is worth, in order, and a bit for who is a candidate by it.
    codes: Vec<u8>,
    worth: [u64; 5],
    is_code_asked: bool,
    no_code: u64,
    near: Vec<u64>,
    far: Option<u64>,
    nowhere: u64,
    provinces: u64,
    training: Vec<[u64; 11]>,
    groups: Vec<u8>,
    months: Vec<u64>,
    not_told: u64,
    wage: Option<u64>,
    contracts: [u64; 256],
    shifts: [u64; 256],
    neutral_terms: u64,
    w: [u64; 6],
}

impl Tables {
    fn new(all: &Everybody, rules: &Rules, offer: &Offer) -> Self {
        let w = Part::ALL.map(|part| rules.settings.weights.of(part));
        let neutral = |part| rules.neutral(part);
        let shares = shares(rules, offer);
        let mut skill = vec![0_u32; 1 << 16];
        for (bit, asked) in shares.iter().enumerate() {
            skill[asked.skill.index()] |= 1 << bit;
            for relative in rules.codes.skills.relatives(asked.skill) {
                skill[relative.index()] |= 1 << (bit + 16);
            }
        }
        let pieces = |tenths: u64| {
            [0, 8].map(|from| {
                std::array::from_fn(|bits| {
                    (0..8)
                        .filter(|bit| bits >> bit & 1 == 1)
                        .filter_map(|bit| shares.get(from + bit))
                        .map(|asked| asked.share * tenths)
                        .sum()
                })
            })
        };
        let asked_codes = offer.occupations.iter().any(|&code| usable(code));
        let remote = offer.remote.then_some(ONE);
        let months = match &offer.months {
            Asked::Required(asked) => (0..=1_200)
                .map(|have| ratio(have, u64::from(*asked)))
                .collect(),
            _ => Vec::new(),
        };
        let one_of = |offered: u8| {
            std::array::from_fn(|wished| {
                if offered == 0 || wished == 0 {
                    neutral(Part::Terms)
                } else if usize::from(offered) & wished != 0 {
                    ONE
                } else {
                    0
                }
            })
        };
        Self {
            own: pieces(10),
            relative: pieces(6),
            without_skill: match offer.skills {
                Asked::NotRequired => Some(ONE),
                _ if shares.is_empty() => Some(neutral(Part::Skill)),
                _ => None,
            },
            skill: skill.try_into().unwrap(),
            no_code: w[1] * neutral(Part::Occupation),
            codes: codes(rules, offer),
            worth: [0, 1, 4, 7, 10].map(|tenths| w[1] * (ONE / 10) * tenths),
            is_code_asked: asked_codes,
            near: near(rules, offer),
            far: remote.or(offer.workplaces.is_empty().then(|| neutral(Part::Location))),
            nowhere: neutral(Part::Location),
            provinces: offer
                .workplaces
                .iter()
                .filter_map(|&place| rules.geo.province_of_workplace(place))
                .fold(0, |bits, province| bits | 1 << province.0),
            training: training(all, rules, offer),
            groups: offer
                .occupations
                .iter()
                .filter_map(|code| code.prefix(2))
                .map(|group| group.value() as u8)
                .collect(),
            not_told: match offer.months {
                Asked::NotRequired => ONE,
                _ => neutral(Part::Experience),
            },
            months,
            wage: offer.wage,
            contracts: one_of(offer.contracts.bits()),
            shifts: one_of(offer.shifts.bits()),
            neutral_terms: neutral(Part::Terms),
            w,
        }
    }

    fn sum(&self, row: &Row, skills: &[u16; 12], least: u64) -> Option<u64> {
        let mut mask = 0;
        if self.without_skill.is_none() {
            for &skill in skills {
                mask |= self.skill[usize::from(skill)];
            }
        }
        let is_candidate = mask != 0;
        let mut best = 0;
        let mut seen = 0;
        for code in row.codes {
            if code == NONE {
                break;
            }
            let code = self.codes[usize::from(code)];
            best = (code & 7).max(best);
            seen |= code;
        }
        if !is_candidate && seen & CANDIDATE == 0 {
            return None;
        }
        let occupation = if row.codes[0] == NONE || !self.is_code_asked {
            self.no_code
        } else {
            self.worth[usize::from(best)]
        };
        let skill = self.without_skill.unwrap_or_else(|| {
            let own = mask as usize & 0xffff;
            let relative = (mask >> 16) as usize & !own;
            (self.own[0][own & 255]
                + self.own[1][own >> 8]
                + self.relative[0][relative & 255]
                + self.relative[1][relative >> 8])
                / 10
        });
        let mut sum = self.w[0] * skill + occupation;
        if sum + (self.w[2] + self.w[3] + self.w[4] + self.w[5]) * ONE < least {
            return None;
        }
        sum += self.w[2]
            * self.training[usize::from(row.field.wrapping_add(1))][usize::from(row.level)];
        let location = self.far.unwrap_or_else(|| {
            if row.anywhere || row.provinces & self.provinces != 0 {
                return ONE;
            }
            let near = row.points.iter().take_while(|&&point| point != NONE);
            near.map(|&point| self.near[usize::from(point)])
                .max()
                .unwrap_or(self.nowhere)
        });
        sum += self.w[3] * location;
        if sum + (self.w[4] + self.w[5]) * ONE < least {
            return None;
        }
        let experience = if self.months.is_empty() || !row.told {
            self.not_told
        } else {
            let months = row.groups.iter().zip(row.months);
            let months = months.filter(|(group, _)| self.groups.contains(group));
            self.months[usize::from(months.map(|(_, months)| months).max().unwrap_or(0))]
        };
        let wage = match self.wage {
            Some(offered) if row.wage != u32::MAX => ratio(offered, u64::from(row.wage)),
            _ => self.neutral_terms,
        };
        let terms = wage
            + self.contracts[usize::from(row.contracts)]
            + self.shifts[usize::from(row.shifts)];
        Some(sum + self.w[4] * experience + self.w[5] * (terms / 3))
    }
}

fn ratio(have: u64, want: u64) -> u64 {
    if have >= want {
        ONE
    } else {
        (2 * have * ONE + want) / (2 * want)
    }
}

fn codes(rules: &Rules, offer: &Offer) -> Vec<u8> {
    let mut codes = vec![0; 10_000];
    let units = rules.codes.occupations.codes();
    for code in units.filter(|code| code.digits() == 4) {
        let common = |asked: &IscoCode| {
            let common = (1..=4).rev().find(|&digits| {
                asked.prefix(digits).is_some() && asked.prefix(digits) == code.prefix(digits)
            });
            match common {
                Some(4) => 4,
                _ if (1_000..2_000).contains(&code.value()) => 0,
                other => other.unwrap_or(0),
            }
        };
        let best = offer.occupations.iter().map(common).max().unwrap_or(0);
        let candidate = candidate_codes(offer).any(|group| shares_group(group, code));
        codes[usize::from(code.value())] = best | if candidate { CANDIDATE } else { 0 };
    }
    codes
}

fn near(rules: &Rules, offer: &Offer) -> Vec<u64> {
    let reach = if offer.lodging || offer.shuttle {
        Reach::Lodged
    } else {
        Reach::Daily
    };
    let inside = rules.neutral(Part::Location);
    (0..rules.geo.communes())
        .map(|at| CommuneIx(at as u16))
        .map(|from| {
            let places = offer.workplaces.iter();
            let near = places.map(|&place| {
                let near = rules.geo.nearness(from, place, reach);
                if rules.geo.lies_in(from, place) {
                    near.max(inside)
                } else {
                    near
                }
            });
            near.max().unwrap_or(0)
        })
        .collect()
}

/// By field (the first: none) and level (9: none, 10: no training).
fn training(all: &Everybody, rules: &Rules, offer: &Offer) -> Vec<[u64; 11]> {
    let neutral = rules.neutral(Part::Training);
    std::iter::once(None)
        .chain(all.fields.iter().copied().map(Some))
        .map(|has| {
            let factor = offer.field.map_or(10, |asked| match has {
                Some(has) if has == asked.value() => 10,
                Some(has) if has / 100 != u16::from(asked.broad()) => 8,
                _ => 9,
            });
            std::array::from_fn(|level| match (&offer.level, level) {
                (Asked::NotRequired, _) if offer.field.is_none() => ONE,
                (_, 10) => neutral,
                (Asked::Required(_), 9) => ONE / 2,
                (Asked::Required(asked), level) => {
                    let worth = match level as i64 - i64::from(asked.get()) {
                        above @ 0.. => ONE - ONE / 20 * above.min(4) as u64,
                        -1 => ONE / 2,
                        _ => 0,
                    };
                    worth * factor / 10
                }
                _ if has.is_none() && level == 9 => neutral,
                _ => offer.field.map_or(neutral, |_| ONE * factor / 10),
            })
        })
        .collect()
}
