//! Brings the schema up to date, and keeps off one that a newer program has made.

use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use domain::error::Error;

use crate::fault::{corrupt, internal};
use crate::schema::TABLES;
use crate::{Conn, write};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
/// Two servers that start at once: one migrates, the other waits.
const MIGRATION_LOCK: i64 = 0x5AE7_316A;

/// How the schema of a database stands to this program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SchemaState {
    /// Steps that the program knows and the database has not seen.
    pub pending: Vec<String>,
    /// Steps that the database has seen and the program does not know: a newer program made them.
    pub unknown: Vec<String>,
}

/// Why the schema was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database is newer than the program; it was not touched.
    #[error(
        "the database is newer than this program: it has seen {}",
        .0.join(", ")
    )]
    Newer(Vec<String>),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] Error),
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Runs the steps that this database has not seen; the number of them.
///
/// # Errors
/// Where the database is newer, or a step fails; each step is whole or not there.
pub fn migrate(conn: &mut Conn) -> Result<usize, MigrateError> {
    match conn {
        Conn::Sqlite(_) => write(conn, run)?,
        Conn::Postgres(_) => {
            // A step over a large table, and the wait for another server, take their time.
            let usual = timeouts(conn)?;
            set(conn, ["0".to_owned(), "0".to_owned()])?;
            lock(conn, "SELECT pg_advisory_lock($1)")?;
            let steps = run(conn);
            lock(conn, "SELECT pg_advisory_unlock($1)")?;
            set(conn, usual)?;
            steps?
        }
    }
}

/// What the database has seen and what it has not; changes nothing.
///
/// # Errors
/// What the database says.
pub fn schema_state(conn: &mut Conn) -> Result<SchemaState, Error> {
    let is_begun = match conn {
        Conn::Sqlite(_) => words(
            conn,
            "SELECT name AS word FROM sqlite_master WHERE name = '__diesel_schema_migrations'",
        )?,
        Conn::Postgres(_) => words(
            conn,
            "SELECT relname::text AS word FROM pg_class
             WHERE oid = to_regclass('__diesel_schema_migrations')",
        )?,
    };
    let seen = if is_begun.is_empty() {
        Vec::new()
    } else {
        words(
            conn,
            "SELECT version AS word FROM __diesel_schema_migrations ORDER BY version",
        )?
    };
    let known = match conn {
        Conn::Sqlite(_) => steps::<diesel::sqlite::Sqlite>(&SQLITE)?,
        Conn::Postgres(_) => steps::<diesel::pg::Pg>(&POSTGRES)?,
    };
    Ok(SchemaState {
        pending: known
            .iter()
            .filter(|(version, _)| !seen.contains(version))
            .map(|(_, name)| name.clone())
            .collect(),
        unknown: seen
            .into_iter()
            .filter(|seen| !known.iter().any(|(version, _)| version == seen))
            .collect(),
    })
}

/// The tables of the schema that this database does not have, though it has seen all steps.
///
/// # Errors
/// What the database says.
pub fn missing_tables(conn: &mut Conn) -> Result<Vec<&'static str>, Error> {
    let there = match conn {
        Conn::Sqlite(_) => words(
            conn,
            "SELECT name AS word FROM sqlite_master WHERE type = 'table'",
        )?,
        Conn::Postgres(_) => words(
            conn,
            "SELECT relname::text AS word FROM pg_class
             WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)",
        )?,
    };
    let is_missing = |table: &&str| !there.iter().any(|name| name == table);
    Ok(TABLES.into_iter().filter(is_missing).collect())
}

/// Runs the steps, unless a newer program was here: the inner error.
fn run(conn: &mut Conn) -> Result<Result<usize, MigrateError>, Error> {
    let unknown = schema_state(conn)?.unknown;
    if !unknown.is_empty() {
        return Ok(Err(MigrateError::Newer(unknown)));
    }
    let done = match conn {
        Conn::Sqlite(inner) => inner.run_pending_migrations(SQLITE).map(|done| done.len()),
        Conn::Postgres(inner) => inner
            .run_pending_migrations(POSTGRES)
            .map(|done| done.len()),
    };
    done.map(Ok).map_err(|cause| Error::Internal {
        doing: "migrating the database",
        cause,
    })
}

/// Version and name of the steps that are built in, in order.
fn steps<Db: diesel::backend::Backend>(
    source: &EmbeddedMigrations,
) -> Result<Vec<(String, String)>, Error> {
    let steps: Vec<Box<dyn Migration<Db>>> =
        source.migrations().map_err(|cause| Error::Internal {
            doing: "reading the built-in migrations",
            cause,
        })?;
    let mut names: Vec<_> = steps
        .iter()
        .map(|step| (step.name().version().to_string(), step.name().to_string()))
        .collect();
    names.sort_unstable();
    Ok(names)
}

fn words(conn: &mut Conn, sql: &str) -> Result<Vec<String>, Error> {
    let rows: Vec<Word> = diesel::sql_query(sql)
        .load(conn)
        .map_err(internal("asking for the migrations"))?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Settings of the connection that a migration lifts.
const TIMEOUTS: [&str; 2] = ["statement_timeout", "lock_timeout"];

fn timeouts(conn: &mut Conn) -> Result<[String; 2], Error> {
    let mut usual = TIMEOUTS.map(String::from);
    for value in &mut usual {
        let found = words(conn, &format!("SELECT current_setting('{value}') AS word"))?;
        *value = found
            .into_iter()
            .next()
            .ok_or_else(|| corrupt("asking for a timeout", diesel::result::Error::NotFound))?;
    }
    Ok(usual)
}

fn set(conn: &mut Conn, values: [String; 2]) -> Result<(), Error> {
    for (name, value) in TIMEOUTS.iter().zip(values) {
        conn.batch_execute(&format!("SET {name} = '{value}'"))
            .map_err(internal("preparing the migration"))?;
    }
    Ok(())
}

fn lock(conn: &mut Conn, sql: &str) -> Result<(), Error> {
    diesel::sql_query(sql)
        .bind::<BigInt, _>(MIGRATION_LOCK)
        .execute(conn)
        .map(|_| ())
        .map_err(internal("waiting for another server's migration"))
}
