//! A database of its own for each test, and things to put into it.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use domain::actor::Actor;
use domain::change::{Change, ChangeFeed};
use domain::code::{
    Benefits, Codes, CommuneIx, Contracts, LegacyProvinceIx, ProvinceIx, Shifts, SkillIx,
    TrainingField, TrainingRank,
};
use domain::employer::Employer;
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::time::Stamp;
use domain::vacancy::{
    Asked, AskedSkill, Assumed, Confidence, Offer, Origin, Status, Vacancy, Workplace,
};
use store::{DatabaseUrl, Feed, Pool, Pooled};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// A database that goes away with the test.
pub(crate) struct Database {
    pub(crate) pool: Pool,
    pub(crate) url: DatabaseUrl,
    made: Made,
}

enum Made {
    InFolder(#[expect(dead_code, reason = "removes the folder when dropped")] tempfile::TempDir),
    OnServer { server: String, name: String },
}

static NEXT: AtomicU64 = AtomicU64::new(1);

impl Database {
    /// An empty database; `None` where there is no server to make it on.
    pub(crate) fn bare(on: Backend) -> Option<Self> {
        let (url, made) = match on {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("store.db").display());
                (url, Made::InFolder(folder))
            }
            Backend::Postgres => {
                let server = server()?;
                let name = format!(
                    "store_{}_{}",
                    std::process::id(),
                    NEXT.fetch_add(1, Ordering::Relaxed)
                );
                on_server(&server, &format!("CREATE DATABASE {name}"));
                (format!("{server}/{name}"), Made::OnServer { server, name })
            }
        };
        let url: DatabaseUrl = url.parse().unwrap();
        let pool = Pool::open(&url, 12).unwrap();
        Some(Self { pool, url, made })
    }

    /// A database with all tables.
    pub(crate) fn new(on: Backend) -> Option<Self> {
        let database = Self::bare(on)?;
        store::migrate(&mut database.conn()).unwrap();
        Some(database)
    }

    pub(crate) fn conn(&self) -> Pooled {
        self.pool.get().unwrap()
    }

    /// The change log as a whole.
    pub(crate) fn changes(&self) -> Vec<Change> {
        Feed(self.pool.clone()).after(0, 100_000).unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Made::OnServer { server, name } = &self.made {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn server() -> Option<String> {
    let server = std::env::var("SANVIEC_TEST_POSTGRES").ok();
    if server.is_none() {
        assert_ne!(
            std::env::var("SANVIEC_REQUIRE_POSTGRES").as_deref(),
            Ok("1"),
            "SANVIEC_TEST_POSTGRES names no server"
        );
        #[expect(clippy::print_stderr, reason = "a test that did not run says so")]
        {
            eprintln!("NOT RUN: SANVIEC_TEST_POSTGRES names no server");
        }
    }
    server.map(|url| url.trim_end_matches('/').to_owned())
}

fn on_server(server: &str, sql: &str) {
    let url = format!("{server}/postgres").parse().unwrap();
    Pool::open(&url, 1)
        .unwrap()
        .get()
        .unwrap()
        .batch_execute(sql)
        .unwrap();
}

/// The code lists that ship.
pub(crate) fn codes() -> &'static Codes {
    static CODES: LazyLock<Codes> = LazyLock::new(|| {
        Codes::from_texts(&|name| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
            std::fs::read_to_string(format!("{folder}{name}"))
                .ok()
                .map(Cow::Owned)
        })
        .unwrap_or_else(|errors| panic!("{errors:?}"))
    });
    &CODES
}

fn fresh(_: DateTime<Utc>) -> uuid::Uuid {
    uuid::Uuid::from_u128(u128::from(NEXT.fetch_add(1, Ordering::Relaxed)) | 0xF << 96)
}

/// The morning of 25 November 2026 in Viet Nam.
pub(crate) fn stamp() -> Stamp {
    stamp_after(TimeDelta::zero())
}

/// Some time after [`stamp`].
pub(crate) fn stamp_after(time: TimeDelta) -> Stamp {
    let now = DateTime::from_timestamp(1_795_568_400, 0).unwrap() + time;
    Stamp::new(now, fresh)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The employer of [`vacancy`].
pub(crate) fn employer() -> Employer {
    Employer {
        id: EmployerId::from_u128(9),
        name: "Xưởng cơ khí Đăk Hà".to_owned(),
        origin: Origin::Own,
        verified: true,
    }
}

/// An open vacancy with something in each of its parts.
pub(crate) fn vacancy(id: u128, title: &str) -> Vacancy {
    Vacancy {
        offer: Offer {
            id: VacancyId::from_u128(id),
            employer: EmployerId::from_u128(9),
            status: Status::Published,
            positions: 3,
            filled: 1,
            closes: Some(day("2026-12-31")),
            skills: Asked::Required(vec![AskedSkill {
                skill: SkillIx(5),
                essential: true,
                confidence: Confidence::LOOKED_UP,
            }]),
            occupations: vec!["7212".parse().unwrap(), "72".parse().unwrap()],
            level: Asked::Required(TrainingRank::new(3).unwrap()),
            field: TrainingField::new(715),
            workplaces: vec![
                Workplace::Commune(CommuneIx(17)),
                Workplace::Province(ProvinceIx(3)),
                Workplace::LegacyProvince(LegacyProvinceIx(40)),
            ],
            remote: false,
            lodging: true,
            shuttle: false,
            abroad: false,
            months: Asked::NotRequired,
            wage: Some(9_000_000),
            contracts: Contracts::from_bits(3),
            shifts: Shifts::from_bits(5),
            suits_minors: false,
        },
        occupation_confidence: Confidence::thousandths(830),
        title: title.to_owned(),
        description: "Hàn khung, có chỗ ở.".to_owned(),
        employer_name: employer().name,
        origin: Origin::Own,
        source: None,
        external_ref: None,
        wage: Wage::Range(8_000_000, 10_000_000, Period::Month),
        wage_text: "8 - 10 triệu".to_owned(),
        place_text: "Đăk Hà".to_owned(),
        benefits: Benefits::from_bits(9),
        published: Some(day("2026-11-20")),
        assumed: Assumed {
            published: false,
            closes: true,
            positions: true,
        },
        revision: 0,
    }
}

/// A person with something in each of their parts.
pub(crate) fn seeker(id: u128, skills: &[u32]) -> Seeker {
    Seeker {
        id: SeekerId::from_u128(id),
        status: seeker::Status::Looking,
        registered_at: DateTime::from_timestamp(1_790_000_000, 123_456_000).unwrap(),
        turns_15: day("2015-02-28"),
        turns_18: day("2018-02-28"),
        skills: skills.iter().copied().map(SkillIx).collect(),
        occupations: vec!["72".parse().unwrap(), "7212".parse().unwrap()],
        trainings: vec![Training {
            level: TrainingRank::new(4),
            field: None,
        }],
        worked: vec![Worked {
            group: "72".parse().unwrap(),
            months: 30,
        }],
        work_told: true,
        residence: Some(CommuneIx(8)),
        wished_communes: vec![CommuneIx(8), CommuneIx(9)],
        wished_provinces: vec![ProvinceIx(2)],
        anywhere: false,
        abroad: true,
        wished_wage: Some(0),
        contracts: Contracts::from_bits(1),
        excluded_contracts: Contracts::from_bits(32),
        shifts: Shifts::EMPTY,
        blocked: vec![EmployerId::from_u128(1), EmployerId::from_u128(2)],
    }
}

/// Writes the employer of the vacancies.
pub(crate) fn with_employer(database: &Database) {
    store::vacancy::save_employers(
        &mut database.conn(),
        Actor::Operator,
        &[employer()],
        &stamp(),
    )
    .unwrap();
}
