//! Vacancies for a seeker: the scan with tables over compact rows, beside the engine.

use std::collections::HashMap;
use std::sync::Arc;

use bench_world::World;
use chrono::NaiveDate;
use domain::code::{
    Codes, CommuneIx, LegacyProvinceIx, ProvinceIx, SkillIx, TrainingField, TrainingRank,
};
use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer, Workplace};
use matching::definition::{
    Credit, ONE, Reach, Rules, candidate_codes, location, occupation, ratio, shares, terms,
    training, usable,
};
use matching::engine::vacancies::Vacancies;
use matching::scan::{Page, VacancyPlace};
use matching::settings::Part;

use crate::Failure;
use crate::best::Best;
use crate::people::K;
use crate::row::{code_place, day_number};
use crate::timing::Peer;

/// Levels asked: not said, not required, and nine ranks.
const LEVELS: usize = 11;
/// Months asked, at most; the world asks for no more.
const MOST_MONTHS: usize = 128;

const MINORS: u8 = 1;
const ABROAD: u8 = 1 << 1;
const LODGED: u8 = 1 << 2;
const REMOTE: u8 = 1 << 3;
const NO_SKILL_ASKED: u8 = 1 << 4;
const NO_MONTHS_ASKED: u8 = 1 << 5;

/// What scoring needs of a vacancy; its skills, codes and places are slices of lists.
struct Row {
    skills: (u32, u8),
    codes: (u32, u8),
    places: (u32, u8),
    /// By level and field.
    training: u16,
    wage: u16,
    /// 0: not asked.
    months: u8,
    contracts: u8,
    shifts: u8,
    flags: u8,
}

/// A code of a vacancy, and the group through which it makes candidates.
struct AskedCode {
    place: u16,
    group: Option<u16>,
    sub_major: Option<u8>,
}

/// Open vacancies.
pub(crate) struct Offers<'r> {
    rules: &'r Rules,
    day: NaiveDate,
    rows: Vec<Row>,
    ids: Vec<VacancyId>,
    skills: Vec<(u32, u32)>,
    codes: Vec<AskedCode>,
    places: Vec<u16>,
    wages: Vec<Option<u64>>,
    fields: Vec<Option<TrainingField>>,
    /// By skill held: for which skills it may stand.
    stands_for: Vec<Vec<SkillIx>>,
    /// min(1, months / asked), by asked and months.
    ratios: Vec<[u32; 256]>,
    /// What is not asked in a table of trainings is as here.
    any: Offer,
}

impl<'r> Offers<'r> {
    /// Packs those that are open on that day.
    pub(crate) fn new(rules: &'r Rules, offers: &[Offer], day: NaiveDate) -> Result<Self, Failure> {
        let any = offers.first().ok_or("no vacancies")?.clone();
        let mut stands_for = vec![Vec::new(); rules.codes.skills.len()];
        for (wanted, _) in rules.codes.skills.all() {
            for held in rules.codes.skills.relatives(wanted) {
                stands_for[held.index()].push(wanted);
            }
        }
        let ratios = (0..MOST_MONTHS as u64)
            .map(|asked| std::array::from_fn(|months| ratio(months as u64, asked) as u32))
            .collect();
        let mut packed = Self {
            rules,
            day,
            rows: Vec::with_capacity(offers.len()),
            ids: Vec::new(),
            skills: Vec::new(),
            codes: Vec::new(),
            places: Vec::new(),
            wages: vec![None],
            fields: vec![None],
            stands_for,
            ratios,
            any,
        };
        let mut wages = HashMap::new();
        for offer in offers.iter().filter(|offer| offer.is_open(day)) {
            packed.push(offer, &mut wages)?;
        }
        Ok(packed)
    }

    fn push(&mut self, offer: &Offer, wages: &mut HashMap<u64, u16>) -> Result<(), Failure> {
        let skills = self.skills.len();
        let shares = shares(self.rules, offer);
        self.skills
            .extend(shares.iter().map(|one| (one.skill.0, one.share as u32)));
        let codes = self.codes.len();
        let groups: Vec<_> = candidate_codes(offer).collect();
        for code in offer.occupations.iter().filter(|&&code| usable(code)) {
            let group = groups.iter().find(|&&group| code.is_in(group));
            self.codes.push(AskedCode {
                place: code_place(*code),
                group: group.map(|&group| code_place(group)),
                sub_major: code.prefix(2).map(|group| group.value() as u8),
            });
        }
        let places = self.places.len();
        self.places.extend(
            offer
                .workplaces
                .iter()
                .map(|&place| self.rules.place(place)),
        );
        let field = match self.fields.iter().position(|&field| field == offer.field) {
            Some(at) => at,
            None => {
                self.fields.push(offer.field);
                self.fields.len() - 1
            }
        };
        let level = match offer.level {
            Asked::NotSaid => 0,
            Asked::NotRequired => 1,
            Asked::Required(rank) => usize::from(rank.get()) + 2,
        };
        let wage = match offer.wage {
            None => 0,
            Some(wage) => *wages.entry(wage).or_insert_with(|| {
                self.wages.push(Some(wage));
                (self.wages.len() - 1) as u16
            }),
        };
        let months = match offer.months {
            Asked::Required(months) => u8::try_from(months)?,
            Asked::NotSaid | Asked::NotRequired => 0,
        };
        self.rows.push(Row {
            skills: (u32::try_from(skills)?, shares.len() as u8),
            codes: (u32::try_from(codes)?, (self.codes.len() - codes) as u8),
            places: (u32::try_from(places)?, offer.workplaces.len() as u8),
            training: u16::try_from(field * LEVELS + level)?,
            wage,
            months,
            contracts: offer.contracts.bits(),
            shifts: offer.shifts.bits(),
            flags: flags(offer),
        });
        self.ids.push(offer.id);
        Ok(())
    }

    /// The first k for a person.
    pub(crate) fn rank(&self, seeker: &Seeker, k: usize) -> Vec<VacancyPlace> {
        let mut best = Best::new(k);
        if !seeker.status.is_looking() {
            return Vec::new();
        }
        let tables = Tables::new(self, seeker);
        let mut must = 0;
        for (row, &id) in self.rows.iter().zip(&self.ids) {
            if let Some(sum) = tables.sum(self, row, must) {
                best.offer(VacancyPlace::new((sum / ONE) as u16, 0, id));
                must = best.must(VacancyPlace::thousandths);
            }
        }
        best.into_sorted()
    }
}

fn slice<T>(all: &[T], (start, length): (u32, u8)) -> &[T] {
    &all[start as usize..start as usize + usize::from(length)]
}

fn flags(offer: &Offer) -> u8 {
    [
        (offer.suits_minors && !offer.abroad, MINORS),
        (offer.abroad, ABROAD),
        (location::reach(offer) == Reach::Lodged, LODGED),
        (offer.remote, REMOTE),
        (offer.skills == Asked::NotRequired, NO_SKILL_ASKED),
        (offer.months == Asked::NotRequired, NO_MONTHS_ASKED),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |flags, (_, flag)| flags | flag)
}

/// Communes, provinces of 2025 and provinces of before as one list of places.
trait Places {
    fn place(&self, place: Workplace) -> u16;
    fn all_places(&self) -> Vec<Workplace>;
}

impl Places for Rules {
    fn place(&self, place: Workplace) -> u16 {
        let communes = self.geo.communes();
        let provinces = self.geo.provinces();
        let at = match place {
            Workplace::Commune(commune) => commune.index(),
            Workplace::Province(province) => communes + province.index(),
            Workplace::LegacyProvince(province) => communes + provinces + province.index(),
        };
        at as u16
    }

    fn all_places(&self) -> Vec<Workplace> {
        let communes = (0..self.geo.communes() as u16).map(|at| Workplace::Commune(CommuneIx(at)));
        let provinces =
            (0..self.geo.provinces() as u8).map(|at| Workplace::Province(ProvinceIx(at)));
        let legacy = 0..self.codes.units.legacy_provinces().len() as u8;
        let legacy = legacy.map(|at| Workplace::LegacyProvince(LegacyProvinceIx(at)));
        communes.chain(provinces).chain(legacy).collect()
    }
}

/// The tables of one seeker.
struct Tables {
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
    fn new(offers: &Offers<'_>, seeker: &Seeker) -> Self {
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
            digits: vec![0; usize::from(crate::row::CODES)],
            group: vec![false; usize::from(crate::row::CODES)],
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
    fn sum(&self, offers: &Offers<'_>, row: &Row, must: u64) -> Option<u64> {
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

/// Engine and scan.
pub(crate) fn peers<'p>(
    offers: &'p Offers<'p>,
    engine: &'p Vacancies,
) -> Vec<Peer<'p, Seeker, Vec<VacancyPlace>>> {
    let page = Page {
        as_of: offers.day,
        k: K,
        after: None,
    };
    vec![
        Peer::new(crate::people::ENGINE, move |seeker: &Seeker| {
            Ok(engine.rank(seeker, page))
        }),
        Peer::new(crate::people::SCAN, move |seeker: &Seeker| {
            Ok(offers.rank(seeker, K))
        }),
    ]
}

/// The vacancies of the world.
pub(crate) fn draw(codes: &Codes, seed: u64, day: NaiveDate, count: u64) -> Vec<Offer> {
    let world = World::new(codes, seed, day);
    world
        .vacancies(count)
        .map(|vacancy| vacancy.offer)
        .collect()
}

/// The engine with these vacancies.
pub(crate) fn engine(rules: &Arc<Rules>, offers: &[Offer]) -> Vacancies {
    let mut engine = Vacancies::new(Arc::clone(rules));
    for offer in offers {
        engine.put(offer.clone());
    }
    engine
}
