//! Connections: SQLite or PostgreSQL, by the scheme of the URL.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection, PooledConnection, R2D2Connection};
use domain::error::Error;

use crate::fault::{internal, unavailable};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// PostgreSQL.
    Postgres(PgConnection),
    /// SQLite, embedded.
    Sqlite(SqliteConnection),
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(String),
}

/// The URL names no database that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected sqlite:PATH or postgres://USER@HOST/DATABASE")]
pub struct BadUrl;

impl FromStr for DatabaseUrl {
    type Err = BadUrl;

    fn from_str(url: &str) -> Result<Self, BadUrl> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return (!path.is_empty())
                .then(|| Self::Sqlite(PathBuf::from(path)))
                .ok_or(BadUrl);
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(BadUrl)
    }
}

impl fmt::Debug for DatabaseUrl {
    /// Without what may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://[…]"),
        }
    }
}

/// A connection lent by the pool.
pub type Pooled = PooledConnection<Manager>;

/// Opens and checks connections of a pool.
pub struct Manager(DatabaseUrl);

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        match &self.0 {
            DatabaseUrl::Sqlite(path) => sqlite(path),
            DatabaseUrl::Postgres(url) => postgres(url),
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("SELECT 1")
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        // A transaction that a panic left open would swallow what the next one commits.
        std::thread::panicking() || conn.is_broken()
    }
}

fn sqlite(path: &Path) -> Result<Conn, diesel::r2d2::Error> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(diesel::r2d2::Error::ConnectionError)?;
    // Whoever waits for a writer of five seconds waits for its other waiters, too.
    // FULL: nothing that was acknowledged is lost when the power fails; measured, NORMAL loses.
    conn.batch_execute(
        "PRAGMA busy_timeout = 7000;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;",
    )
    .map_err(diesel::r2d2::Error::QueryError)?;
    Ok(Conn::Sqlite(conn))
}

/// Nobody waits for ever, and nobody keeps others waiting for ever.
pub(crate) const POSTGRES_SETTINGS: &str = "SET statement_timeout = '15s';
     SET lock_timeout = '10s';
     SET idle_in_transaction_session_timeout = '30s';
     SET TIME ZONE 'UTC';";

fn postgres(url: &str) -> Result<Conn, diesel::r2d2::Error> {
    let mut conn = PgConnection::establish(url).map_err(diesel::r2d2::Error::ConnectionError)?;
    conn.batch_execute(POSTGRES_SETTINGS)
        .map_err(diesel::r2d2::Error::QueryError)?;
    Ok(Conn::Postgres(conn))
}

/// A bounded pool of connections.
#[derive(Clone)]
pub struct Pool(r2d2::Pool<Manager>);

impl Pool {
    /// Opens at most `size` connections to the database; a SQLite file is made where its folder
    /// is there.
    ///
    /// # Errors
    /// Unavailable where no connection can be made.
    pub fn open(url: &DatabaseUrl, size: u32) -> Result<Self, Error> {
        r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(5))
            .build(Manager(url.clone()))
            .map(Self)
            .map_err(unavailable)
    }

    /// A connection.
    ///
    /// # Errors
    /// Unavailable where none is free within five seconds.
    pub fn get(&self) -> Result<Pooled, Error> {
        self.0.get().map_err(unavailable)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Unavailable where it does not.
    pub fn ping(&self) -> Result<(), Error> {
        self.get()?
            .batch_execute("SELECT 1")
            .map_err(internal("asking the database"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_chooses_and_nothing_is_guessed() {
        assert!(matches!("sqlite:x.db".parse(), Ok(DatabaseUrl::Sqlite(_))));
        assert!(matches!(
            "postgres://a@b/c".parse(),
            Ok(DatabaseUrl::Postgres(_))
        ));
        for url in ["x.db", "sqlite:", "mysql://a", "", "/tmp/x.db"] {
            assert_eq!(url.parse::<DatabaseUrl>(), Err(BadUrl), "{url}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let url: DatabaseUrl = "postgres://a:secret@b/c".parse().unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
