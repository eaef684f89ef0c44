//! A database of its own for each test.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeZone, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use domain::code::Codes;
use domain::time::Stamp;
use store::{Conn, DatabaseUrl, Pool};
use uuid::{NoContext, Timestamp, Uuid};

#[derive(Debug, Clone, Copy)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

pub(crate) struct Db {
    pub(crate) pool: Pool,
    _folder: tempfile::TempDir,
}

impl Db {
    /// `None` where there is no PostgreSQL to test on, which is an error where one is required.
    pub(crate) fn on(backend: Backend) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => format!("sqlite:{}", folder.path().join("test.db").display()),
            Backend::Postgres => new_postgres()?,
        };
        let pool = Pool::open(&url.parse::<DatabaseUrl>().unwrap(), 10).unwrap();
        store::migrate(&mut pool.get().unwrap()).unwrap();
        Some(Self {
            pool,
            _folder: folder,
        })
    }

    pub(crate) fn count(&self, table: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let sql = format!("SELECT count(*) AS n FROM {table}");
        let conn: &mut Conn = &mut self.pool.get().unwrap();
        let rows: Vec<Count> = match conn {
            Conn::Sqlite(conn) => diesel::sql_query(sql).load(conn),
            Conn::Postgres(conn) => diesel::sql_query(sql).load(conn),
        }
        .unwrap();
        rows[0].n
    }
}

fn new_postgres() -> Option<String> {
    let Ok(server) = std::env::var("SANVIEC_TEST_POSTGRES") else {
        assert!(
            std::env::var("SANVIEC_REQUIRE_POSTGRES").is_err(),
            "SANVIEC_TEST_POSTGRES names no server"
        );
        eprintln!("NOT RUN: no PostgreSQL in SANVIEC_TEST_POSTGRES");
        return None;
    };
    let name = format!("t{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::establish(&format!("{server}/postgres")).unwrap();
    admin
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .unwrap();
    Some(format!("{server}/{name}"))
}

pub(crate) static CODES: LazyLock<Arc<Codes>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    Arc::new(Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}")))
});

/// 25 November 2026, 8 o'clock in Viet Nam.
pub(crate) fn stamp() -> Stamp {
    Stamp::new(Utc.with_ymd_and_hms(2026, 11, 25, 1, 0, 0).unwrap(), fresh)
}

fn fresh(at: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0))
}
