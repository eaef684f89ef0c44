//! Databases of one's own, on SQLite and on PostgreSQL.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::SimpleConnection;
use store::{DatabaseUrl, Pool};
use tempfile::TempDir;

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// A file.
    Sqlite,
    /// A server in which databases may be made.
    Postgres(String),
}

impl On {
    /// PostgreSQL where a server for tests is named; else says that this was not run.
    pub fn postgres() -> Option<Self> {
        let server = std::env::var("SANVIEC_TEST_POSTGRES").ok();
        if server.is_none() {
            assert_ne!(
                std::env::var("SANVIEC_REQUIRE_POSTGRES").as_deref(),
                Ok("1"),
                "SANVIEC_TEST_POSTGRES names no server"
            );
            eprintln!("NOT RUN: SANVIEC_TEST_POSTGRES names no server");
        }
        server.map(|url| Self::Postgres(url.trim_end_matches('/').to_owned()))
    }

    /// The name of the dialect.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// A database that goes away when it is dropped.
pub struct Database {
    /// Where it is, as the command line takes it.
    pub url: String,
    folder: TempDir,
    on_server: Option<(String, String)>,
}

static NEXT: AtomicU64 = AtomicU64::new(1);

impl Database {
    /// An empty one.
    pub fn bare(on: &On) -> Self {
        let folder = in_memory();
        let (url, on_server) = match on {
            On::Sqlite => (sqlite_url(folder.path()), None),
            On::Postgres(server) => {
                let number = NEXT.fetch_add(1, Ordering::Relaxed);
                let name = format!("hammer_{}_{number}", std::process::id());
                on_server(server, &format!("CREATE DATABASE {name}"));
                (format!("{server}/{name}"), Some((server.clone(), name)))
            }
        };
        Self {
            url,
            folder,
            on_server,
        }
    }

    /// One with all tables.
    pub fn new(on: &On) -> Self {
        let database = Self::bare(on);
        store::migrate(&mut database.pool(1).get().unwrap()).unwrap();
        database
    }

    /// A folder that lives as long as the database; a SQLite file is in it.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    /// Connections to it.
    pub fn pool(&self, size: u32) -> Pool {
        pool(&self.url, size)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.on_server {
            on_server(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// A folder that is in memory where the system has such. What a kill leaves there is the same as on
/// a disk, and more is written before it.
pub fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// The URL of the database that the program keeps in a data folder.
pub fn sqlite_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("sanviec.db").display())
}

/// Connections to the database at `url`.
pub fn pool(url: &str, size: u32) -> Pool {
    let url: DatabaseUrl = url.parse().unwrap();
    Pool::open(&url, size).unwrap()
}

fn on_server(server: &str, sql: &str) {
    let pool = pool(&format!("{server}/postgres"), 1);
    pool.get().unwrap().batch_execute(sql).unwrap();
}
