//! The yardstick: every vacancy in turn, every part a look-up in a table of the seeker, over rows
//! of 64 bytes with the skills filled up to the same length, so that next to nothing branches.

mod tables;

use std::collections::{BinaryHeap, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::code::{CommuneIx, LegacyProvinceIx, ProvinceIx, SkillIx, TrainingField};
use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer, Workplace};
use matching::definition::{ONE, Reach, Rules, location, ratio, shares, terms};
use matching::scan::VacancyPlace;
use matching::settings::Part;
use tables::{codes, experience, near, training_table};

/// Skills in the row; of the few that ask for more the others follow in a list.
const HELD: usize = 6;
const NO_SKILL: u16 = u16::MAX;
/// Levels asked: not said, not required, and nine ranks.
const LEVELS: usize = 11;
/// A code that no vacancy has.
const NO_CODE: u16 = 10_000;

const MINORS: u8 = 1;
const ABROAD: u8 = 1 << 1;
const REMOTE: u8 = 1 << 2;
const NOWHERE: u8 = 1 << 3;

/// What scoring needs of a vacancy.
#[repr(align(64))]
struct Row {
    shares: [u32; HELD],
    skills: [u16; HELD],
    places: [u16; 4],
    code: u16,
    training: u16,
    /// By months asked, not said and not required.
    months: u8,
    wage: u8,
    contracts: u8,
    shifts: u8,
    flags: u8,
    /// Further skills, at so many in the list.
    more: u8,
    more_at: u32,
    closes: i32,
}

/// Vacancies, and what is the same for all queries.
pub(crate) struct All<'r> {
    rules: &'r Rules,
    day: NaiveDate,
    rows: Vec<Row>,
    ids: Vec<VacancyId>,
    more: Vec<(u16, u32)>,
    wages: Vec<Option<u64>>,
    fields: Vec<Option<TrainingField>>,
    months: Vec<Asked<u16>>,
    stands_for: Vec<Vec<SkillIx>>,
    places: Vec<Workplace>,
    any: Offer,
}

impl<'r> All<'r> {
    pub(crate) fn new(rules: &'r Rules, offers: &[Offer], day: NaiveDate) -> Self {
        let mut stands_for = vec![Vec::new(); rules.codes.skills.len()];
        for (wanted, _) in rules.codes.skills.all() {
            for held in rules.codes.skills.relatives(wanted) {
                stands_for[held.index()].push(wanted);
            }
        }
        let communes = (0..rules.geo.communes() as u16).map(|at| Workplace::Commune(CommuneIx(at)));
        let provinces =
            (0..rules.geo.provinces() as u8).map(|at| Workplace::Province(ProvinceIx(at)));
        let legacy = 0..rules.codes.units.legacy_provinces().len() as u8;
        let legacy = legacy.map(|at| Workplace::LegacyProvince(LegacyProvinceIx(at)));
        let mut all = Self {
            rules,
            day,
            rows: Vec::with_capacity(offers.len()),
            ids: offers.iter().map(|offer| offer.id).collect(),
            more: Vec::new(),
            wages: Vec::new(),
            fields: Vec::new(),
            months: Vec::new(),
            stands_for,
            places: communes.chain(provinces).chain(legacy).collect(),
            any: offers[0].clone(),
        };
        let places = all.places.iter().copied().zip(0..).collect();
        for offer in offers {
            let row = all.row(offer, &places);
            all.rows.push(row);
        }
        all
    }

    fn row(&mut self, offer: &Offer, places: &HashMap<Workplace, u16>) -> Row {
        let (mut row_shares, mut skills) = ([0; HELD], [NO_SKILL; HELD]);
        let shares = shares(self.rules, offer);
        for (at, shared) in shares.iter().take(HELD).enumerate() {
            row_shares[at] = shared.share as u32;
            skills[at] = shared.skill.0 as u16;
        }
        let more_at = self.more.len() as u32;
        let more = shares.iter().skip(HELD);
        self.more
            .extend(more.map(|shared| (shared.skill.0 as u16, shared.share as u32)));
        assert!(offer.occupations.len() <= 1 && offer.workplaces.len() <= 4);
        // The same place again changes no maximum. Lodging has tables of its own.
        let reach = u16::from(location::reach(offer) == Reach::Lodged) * self.places.len() as u16;
        let place = |place: &Workplace| places[place] + reach;
        let first = offer.workplaces.first().map_or(0, place);
        let mut stands = [first; 4];
        for (to, from) in stands.iter_mut().zip(&offer.workplaces) {
            *to = place(from);
        }
        let level = match offer.level {
            Asked::NotSaid => 0,
            Asked::NotRequired => 1,
            Asked::Required(rank) => usize::from(rank.get()) + 2,
        };
        let field = number(&mut self.fields, offer.field);
        Row {
            shares: row_shares,
            skills,
            places: stands,
            code: offer
                .occupations
                .first()
                .map_or(NO_CODE, |code| code.value()),
            training: (field * LEVELS + level) as u16,
            months: number(&mut self.months, offer.months.clone()) as u8,
            wage: u8::try_from(number(&mut self.wages, offer.wage)).unwrap(),
            contracts: offer.contracts.bits(),
            shifts: offer.shifts.bits(),
            flags: [
                (offer.suits_minors && !offer.abroad, MINORS),
                (offer.abroad, ABROAD),
                (offer.remote, REMOTE),
                (offer.workplaces.is_empty(), NOWHERE),
            ]
            .into_iter()
            .fold(0, |flags, (is, flag)| if is { flags | flag } else { flags }),
            more: (self.more.len() as u32 - more_at) as u8,
            more_at,
            closes: offer.closes.map_or(i32::MAX, |day| day.num_days_from_ce()),
        }
    }

    pub(crate) fn rank(&self, seeker: &Seeker, k: usize) -> Vec<VacancyPlace> {
        let tables = Tables::new(self, seeker);
        let day = self.day.num_days_from_ce();
        let mut best = BinaryHeap::with_capacity(k + 1);
        let mut least = 0;
        for (row, &id) in self.rows.iter().zip(&self.ids) {
            if tables.refused[usize::from(row.flags)]
                || day > row.closes
                || (row.contracts != 0 && row.contracts & tables.contracts_taken == 0)
            {
                continue;
            }
            let Some(sum) = tables.sum(self, row, least) else {
                continue;
            };
            let place = VacancyPlace::new((sum / ONE) as u16, 0, id);
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

/// The number of a thing that repeats.
fn number<T: PartialEq>(known: &mut Vec<T>, thing: T) -> usize {
    known
        .iter()
        .position(|other| *other == thing)
        .unwrap_or_else(|| {
            known.push(thing);
            known.len() - 1
        })
}

/// The tables of one seeker; all but those of skills have their weights in them.
struct Tables {
    /// Tenths.
    credit: Box<[u8; 1 << 16]>,
    /// By code.
    occupation: Vec<u64>,
    is_candidate: Vec<bool>,
    training: Vec<u64>,
    near: Vec<u64>,
    ends: [u64; 2],
    /// By months asked and the first two digits of the code.
    experience: Vec<[u64; 101]>,
    wage: Vec<u64>,
    contracts: [u64; 256],
    shifts: [u64; 256],
    skill: u64,
    without_skill: [u64; 2],
    terms: u64,
    /// The most that training, location, experience and terms can be; without the first two.
    rest: [u64; 2],
    /// By flags.
    refused: [bool; 16],
    contracts_taken: u8,
}

impl Tables {
    fn new(all: &All<'_>, seeker: &Seeker) -> Self {
        let rules = all.rules;
        let w = |part| rules.settings.weights.of(part);
        let neutral = |part| rules.neutral(part);
        let mut credit = vec![0; 1 << 16];
        for held in &seeker.skills {
            for wanted in &all.stands_for[held.index()] {
                let credit: &mut u8 = &mut credit[wanted.index()];
                *credit = 6.max(*credit);
            }
            credit[held.index()] = 10;
        }
        let wished = |wished: u8| {
            std::array::from_fn(|offered| {
                terms::one_of(offered as u32, wished.into()).unwrap_or(neutral(Part::Terms))
            })
        };
        let (occupation, is_candidate) = codes(rules, seeker);
        let wage = all.wages.iter().map(|offered| {
            let said = offered.zip(seeker.wished_wage);
            said.map_or(neutral(Part::Terms), |(offered, wished)| {
                ratio(offered, wished)
            })
        });
        let (of_15, of_18) = (all.day >= seeker.turns_15, all.day >= seeker.turns_18);
        Self {
            credit: credit.into_boxed_slice().try_into().unwrap(),
            occupation,
            is_candidate,
            training: training_table(all, seeker),
            near: near(all, seeker),
            ends: [ONE, neutral(Part::Location)].map(|f| w(Part::Location) * f),
            experience: all
                .months
                .iter()
                .map(|asked| experience(rules, seeker, asked))
                .collect(),
            wage: wage.collect(),
            contracts: wished(seeker.contracts.bits()),
            shifts: wished(seeker.shifts.bits()),
            skill: w(Part::Skill),
            without_skill: [neutral(Part::Skill), ONE],
            terms: w(Part::Terms),
            rest: [
                (w(Part::Training) + w(Part::Location) + w(Part::Experience) + w(Part::Terms))
                    * ONE,
                (w(Part::Experience) + w(Part::Terms)) * ONE,
            ],
            refused: std::array::from_fn(|flags| {
                let flags = flags as u8;
                let of_age = if flags & MINORS == 0 { of_18 } else { of_15 };
                !of_age || (flags & ABROAD != 0 && !seeker.abroad)
            }),
            contracts_taken: !seeker.excluded_contracts.bits(),
        }
    }

    fn sum(&self, all: &All<'_>, row: &Row, least: u64) -> Option<u64> {
        let mut tenths = 0;
        for (&skill, &share) in row.skills.iter().zip(&row.shares) {
            tenths += u64::from(share) * u64::from(self.credit[usize::from(skill)]);
        }
        if row.more != 0 {
            let start = row.more_at as usize;
            for &(skill, share) in &all.more[start..start + usize::from(row.more)] {
                tenths += u64::from(share) * u64::from(self.credit[usize::from(skill)]);
            }
        }
        let code = usize::from(row.code);
        if tenths == 0 && !self.is_candidate[code] {
            return None;
        }
        let skill = if row.skills[0] == NO_SKILL {
            // The world asks for skills, or says nothing of them.
            self.without_skill[0]
        } else {
            tenths / 10
        };
        let mut sum = self.skill * skill + self.occupation[code];
        if sum + self.rest[0] < least {
            return None;
        }
        sum += self.training[usize::from(row.training)];
        sum += if row.flags & (REMOTE | NOWHERE) == 0 {
            let near = row.places.map(|place| self.near[usize::from(place)]);
            near.into_iter().fold(0, u64::max)
        } else {
            self.ends[usize::from(row.flags & REMOTE == 0)]
        };
        if sum + self.rest[1] < least {
            return None;
        }
        sum += self.experience[usize::from(row.months)][code / 100];
        let terms = self.wage[usize::from(row.wage)]
            + self.contracts[usize::from(row.contracts)]
            + self.shifts[usize::from(row.shifts)];
        Some(sum + self.terms * (terms / 3))
    }
}
