//! Vacancies for a seeker: the scan with tables over compact rows, beside the engine.

mod tables;

use std::collections::HashMap;
use std::sync::Arc;

use bench_world::World;
use chrono::NaiveDate;
use domain::code::{Codes, CommuneIx, LegacyProvinceIx, ProvinceIx, SkillIx, TrainingField};
use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer, Workplace};
use matching::definition::{ONE, Reach, Rules, candidate_codes, location, ratio, shares, usable};
use matching::engine::vacancies::Vacancies;
use matching::scan::{Page, VacancyPlace};

use crate::Failure;
use crate::best::Best;
use crate::people::K;
use crate::row::code_place;
use crate::timing::Peer;
use tables::Tables;

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
            Ok(engine.rank(seeker, page).0)
        }),
        Peer::new(crate::people::SCAN_OF_VACANCIES, move |seeker: &Seeker| {
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
    Vacancies::from(Arc::clone(rules), offers.to_vec())
}
