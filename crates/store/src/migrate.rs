//! Brings the schema up to date.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use domain::error::Error;

use crate::conn::POSTGRES_SETTINGS;
use crate::fault::internal;
use crate::{Conn, write};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
/// Two servers that start at once: one migrates, the other waits.
const MIGRATION_LOCK: i64 = 0x5AE7_316A;

/// Runs the steps that this database has not seen; the number of them.
///
/// # Errors
/// Where a step fails; each step is whole or not there.
pub fn migrate(conn: &mut Conn) -> Result<usize, Error> {
    let failed = |cause| Error::Internal {
        doing: "migrating the database",
        cause,
    };
    match conn {
        Conn::Sqlite(_) => write(conn, |tx| match tx {
            Conn::Sqlite(inner) => inner
                .run_pending_migrations(SQLITE)
                .map(|steps| steps.len())
                .map_err(failed),
            Conn::Postgres(_) => Ok(0),
        }),
        Conn::Postgres(inner) => {
            // A step over a large table, and the wait for another server, take their time.
            set(inner, "SET statement_timeout = 0; SET lock_timeout = 0")?;
            lock(inner, "SELECT pg_advisory_lock($1)")?;
            let steps = inner
                .run_pending_migrations(POSTGRES)
                .map(|steps| steps.len())
                .map_err(failed);
            lock(inner, "SELECT pg_advisory_unlock($1)")?;
            set(inner, POSTGRES_SETTINGS)?;
            steps
        }
    }
}

fn set(conn: &mut PgConnection, sql: &str) -> Result<(), Error> {
    conn.batch_execute(sql)
        .map_err(internal("preparing the migration"))
}

fn lock(conn: &mut PgConnection, sql: &str) -> Result<(), Error> {
    diesel::sql_query(sql)
        .bind::<BigInt, _>(MIGRATION_LOCK)
        .execute(conn)
        .map(|_| ())
        .map_err(internal("waiting for another server's migration"))
}
