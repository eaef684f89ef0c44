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

/// How many connections there are, and how long anything waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolLimits {
    /// Connections at most; more wait.
    pub connections: u32,
    /// So long is waited for a free connection, or for a new one.
    pub connect: Duration,
    /// SQLite: so long is waited for another process that writes.
    pub busy: Duration,
    /// PostgreSQL: a statement is cut off by then.
    pub statement: Duration,
    /// PostgreSQL: so long is waited for what another transaction holds.
    pub lock: Duration,
    /// PostgreSQL: a transaction in which nothing happens is cut off by then.
    pub idle_in_transaction: Duration,
}

impl Default for PoolLimits {
    fn default() -> Self {
        Self {
            connections: 10,
            connect: Duration::from_secs(5),
            busy: Duration::from_secs(7),
            statement: Duration::from_secs(15),
            lock: Duration::from_secs(10),
            idle_in_transaction: Duration::from_secs(30),
        }
    }
}

/// A connection lent by the pool.
pub type Pooled = PooledConnection<Manager>;

/// Opens and checks connections of a pool.
pub struct Manager {
    url: DatabaseUrl,
    limits: PoolLimits,
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        match &self.url {
            DatabaseUrl::Sqlite(path) => sqlite(path, &self.limits),
            DatabaseUrl::Postgres(url) => postgres(url, &self.limits),
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

fn sqlite(path: &Path, limits: &PoolLimits) -> Result<Conn, diesel::r2d2::Error> {
    let mut conn = SqliteConnection::establish(&path.to_string_lossy())
        .map_err(diesel::r2d2::Error::ConnectionError)?;
    // Whoever waits for a writer of five seconds waits for its other waiters, too.
    // FULL: nothing that was acknowledged is lost when the power fails; measured, NORMAL loses.
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout = {};
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;",
        limits.busy.as_millis()
    ))
    .map_err(diesel::r2d2::Error::QueryError)?;
    Ok(Conn::Sqlite(conn))
}

/// Nobody waits for ever, and nobody keeps others waiting for ever.
fn postgres(url: &str, limits: &PoolLimits) -> Result<Conn, diesel::r2d2::Error> {
    let mut conn = PgConnection::establish(url).map_err(diesel::r2d2::Error::ConnectionError)?;
    conn.batch_execute(&format!(
        "SET statement_timeout = {};
         SET lock_timeout = {};
         SET idle_in_transaction_session_timeout = {};
         SET TIME ZONE 'UTC';",
        limits.statement.as_millis(),
        limits.lock.as_millis(),
        limits.idle_in_transaction.as_millis()
    ))
    .map_err(diesel::r2d2::Error::QueryError)?;
    Ok(Conn::Postgres(conn))
}

/// A bounded pool of connections.
#[derive(Clone)]
pub struct Pool(r2d2::Pool<Manager>);

impl Pool {
    /// Opens at most `size` connections to the database, with the usual limits else.
    ///
    /// # Errors
    /// As [`open_within`](Self::open_within).
    pub fn open(url: &DatabaseUrl, size: u32) -> Result<Self, Error> {
        let limits = PoolLimits {
            connections: size,
            ..PoolLimits::default()
        };
        Self::open_within(url, limits)
    }

    /// Opens connections to the database; a SQLite file is made where its folder is there.
    ///
    /// # Errors
    /// Unavailable where no connection can be made.
    pub fn open_within(url: &DatabaseUrl, limits: PoolLimits) -> Result<Self, Error> {
        r2d2::Pool::builder()
            .max_size(limits.connections)
            .min_idle(Some(1))
            .connection_timeout(limits.connect)
            // Who waits for a connection is told why there is none; a line of the log for each try
            // would tell it again, and may repeat a malformed URL with the password in it.
            .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
            .build(Manager {
                url: url.clone(),
                limits,
            })
            .map(Self)
            .map_err(unavailable)
    }

    /// A connection.
    ///
    /// # Errors
    /// Unavailable where none is free within the time that the limits give.
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
