//! People and vacancies that say which use case wrote them.

use std::borrow::Cow;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, Utc};
use domain::code::{Benefits, Codes, CommuneIx, Contracts, Shifts, SkillIx, TrainingRank};
use domain::employer::Employer;
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::seeker::{self, Seeker};
use domain::time::Stamp;
use domain::vacancy::{
    Asked, AskedSkill, Assumed, Confidence, Offer, Origin, Status, Vacancy, Workplace,
};
use matching::settings::Settings;

/// The instant of use case 0, in microseconds: 25 November 2026, morning in Viet Nam.
const BEGIN: i64 = 1_795_568_400_000_000;
/// So many people have a skill of their own before skills come again.
const SKILLS: u64 = 40;

/// The code lists that ship.
pub fn codes() -> Arc<Codes> {
    static CODES: LazyLock<Arc<Codes>> = LazyLock::new(|| {
        let read = |name: &str| {
            let text = std::fs::read_to_string(config().join("codes").join(name));
            text.ok().map(Cow::Owned)
        };
        Arc::new(Codes::from_texts(&read).unwrap_or_else(|errors| panic!("{errors:?}")))
    });
    Arc::clone(&CODES)
}

/// The settings that ship.
pub fn settings() -> Settings {
    Settings::parse(&std::fs::read_to_string(config().join("matching.toml")).unwrap()).unwrap()
}

fn config() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config"))
}

/// The instant that a use case is stamped with.
pub fn instant(op: u64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(BEGIN + i64::try_from(op).unwrap()).unwrap()
}

/// The use case that was stamped with this instant.
pub fn op_at(micros: i64) -> Option<u64> {
    u64::try_from(micros - BEGIN).ok()
}

/// The stamp of a use case.
pub fn stamp(op: u64) -> Stamp {
    Stamp::new(instant(op), fresh)
}

/// Two use cases never have the same instant, so its number and a count are an id of one's own.
fn fresh(at: DateTime<Utc>) -> uuid::Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let micros = u128::try_from(at.timestamp_micros()).unwrap();
    uuid::Uuid::from_u128(micros << 64 | u128::from(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// An id that begins with the use case that made the thing.
pub fn id<Id: From<uuid::Uuid>>(op: u64, nth: u64) -> Id {
    uuid::Uuid::from_u128(u128::from(op) << 64 | u128::from(nth)).into()
}

/// The day of publication of every vacancy here.
pub fn published() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

/// The person `id` as use case `op` writes them.
pub fn seeker(id: SeekerId, op: u64) -> Seeker {
    let commune = CommuneIx(u16::try_from(op % 900).unwrap());
    Seeker {
        id,
        status: seeker::Status::Looking,
        registered_at: instant(op),
        turns_15: NaiveDate::from_ymd_opt(2010, 1, 1).unwrap(),
        turns_18: NaiveDate::from_ymd_opt(2013, 1, 1).unwrap(),
        skills: vec![skill(op)],
        occupations: vec!["7212".parse().unwrap()],
        trainings: Vec::new(),
        worked: Vec::new(),
        work_told: false,
        residence: Some(commune),
        wished_communes: vec![commune],
        wished_provinces: Vec::new(),
        anywhere: false,
        abroad: false,
        wished_wage: None,
        contracts: Contracts::EMPTY,
        excluded_contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        blocked: Vec::new(),
    }
}

fn skill(op: u64) -> SkillIx {
    SkillIx(u32::try_from(op % SKILLS).unwrap())
}

/// The employer `id`, as its vacancies name it.
pub fn employer(id: EmployerId, origin: Origin) -> Employer {
    Employer {
        id,
        name: format!("Xưởng {id}"),
        origin,
        verified: false,
    }
}

/// The title of a vacancy that use case `op` wrote.
pub fn title(op: u64) -> String {
    format!("Thợ hàn {op}")
}

/// The vacancy `id` as use case `op` writes it over `revision`.
pub fn vacancy(id: VacancyId, who: &Employer, op: u64, revision: i32) -> Vacancy {
    Vacancy {
        offer: Offer {
            id,
            employer: who.id,
            status: Status::Published,
            positions: 3,
            filled: 0,
            closes: None,
            skills: Asked::Required(vec![AskedSkill {
                skill: skill(op),
                essential: true,
                confidence: Confidence::LOOKED_UP,
            }]),
            occupations: vec!["7212".parse().unwrap()],
            level: Asked::Required(TrainingRank::new(2).unwrap()),
            field: None,
            workplaces: vec![Workplace::Commune(CommuneIx(
                u16::try_from(op % 900).unwrap(),
            ))],
            remote: false,
            lodging: false,
            shuttle: false,
            abroad: false,
            months: Asked::NotRequired,
            wage: Some(9_000_000),
            contracts: Contracts::EMPTY,
            shifts: Shifts::EMPTY,
            suits_minors: false,
        },
        occupation_confidence: Some(Confidence::SURE),
        title: title(op),
        // Longer than a page of the database.
        description: format!("{op} ").repeat(400),
        employer_name: who.name.clone(),
        origin: who.origin,
        source: None,
        external_ref: None,
        wage: Wage::Range(8_000_000, 10_000_000, Period::Month),
        wage_text: "8 - 10 triệu".to_owned(),
        place_text: "Đăk Hà".to_owned(),
        benefits: Benefits::EMPTY,
        published: Some(published()),
        assumed: Assumed::default(),
        revision,
    }
}
