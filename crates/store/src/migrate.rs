//! Brings the schema up to date.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use domain::error::Error;

use crate::Conn;

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
        Conn::Sqlite(inner) => inner
            .run_pending_migrations(SQLITE)
            .map(|steps| steps.len())
            .map_err(failed),
        Conn::Postgres(inner) => {
            lock(inner, "SELECT pg_advisory_lock($1)")?;
            let steps = inner
                .run_pending_migrations(POSTGRES)
                .map(|steps| steps.len())
                .map_err(failed);
            lock(inner, "SELECT pg_advisory_unlock($1)")?;
            steps
        }
    }
}

fn lock(conn: &mut diesel::PgConnection, sql: &str) -> Result<(), Error> {
    use diesel::prelude::*;
    diesel::sql_query(sql)
        .bind::<diesel::sql_types::BigInt, _>(MIGRATION_LOCK)
        .execute(conn)
        .map(|_| ())
        .map_err(crate::fault::internal(
            "waiting for another server's migration",
        ))
}
