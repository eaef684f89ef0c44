//! What differs between the databases, and the one door for writing.

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use domain::error::Error;
use parking_lot::{FairMutex, FairMutexGuard};

use crate::Conn;
use crate::fault::{internal, is_read_only, is_worth_a_retry, unavailable};

/// How often a transaction is tried that PostgreSQL asks to be run again.
const TRIES: u32 = 5;
/// The advisory lock that appends to the change log hold to the end of their transaction.
const CHANGE_LOG_LOCK: i64 = 0x5AE7_10C0;
/// So long a writer of SQLite stands in line behind others of this process.
const IN_LINE: Duration = Duration::from_secs(7);

/// The line of those who want to write to SQLite, first come first served. SQLite itself lets
/// whoever asks at the right moment go first, so that under load somebody waits until the time for
/// waiting is over.
static LINE: FairMutex<()> = FairMutex::new(());

/// Others write, and more wait.
#[derive(Debug, thiserror::Error)]
#[error("database is locked: {} s in line behind other writers", IN_LINE.as_secs())]
struct Crowded;

type Manager = <Conn as Connection>::TransactionManager;

/// The only way into a writing transaction: all or nothing.
///
/// On SQLite it begins IMMEDIATE: a deferred one that reads first and then writes fails with
/// "database is locked" at once, whatever the timeout.
///
/// # Errors
/// Whatever `work` says; it has then left nothing behind.
pub fn write<T>(conn: &mut Conn, work: impl Fn(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
    let mut tries = 1;
    loop {
        match once(conn, &work) {
            Err(error) if tries < TRIES && is_worth_a_retry(&error) => tries += 1,
            Err(error) if is_read_only(&error) => {
                give_up(conn);
                return Err(error);
            }
            result => return result,
        }
    }
}

/// Has the pool open another connection. SQLite opens a file for reading where the disk refuses
/// anything else at that moment, and such a connection would stay so when the disk is well again.
fn give_up(conn: &mut Conn) {
    if let Conn::Sqlite(inner) = conn {
        AnsiTransactionManager::transaction_manager_status_mut(inner).set_in_error();
    }
}

/// The turn of a writer of SQLite, until it is dropped; PostgreSQL has its own.
fn turn(conn: &Conn) -> Result<Option<FairMutexGuard<'static, ()>>, Error> {
    match conn {
        Conn::Sqlite(_) => {
            let turn = LINE.try_lock_for(IN_LINE);
            turn.map(Some).ok_or_else(|| unavailable(Crowded))
        }
        Conn::Postgres(_) => Ok(None),
    }
}

fn once<T>(conn: &mut Conn, work: &impl Fn(&mut Conn) -> Result<T, Error>) -> Result<T, Error> {
    let doing = internal("opening a transaction");
    let _turn = turn(conn)?;
    match conn {
        Conn::Sqlite(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")
                .map_err(doing)?;
        }
        Conn::Postgres(_) => Manager::begin_transaction(conn).map_err(doing)?,
    }
    match work(conn) {
        Ok(value) => {
            Manager::commit_transaction(conn).map_err(internal("committing"))?;
            Ok(value)
        }
        Err(error) => {
            // The connection is given up where even this fails; the first error tells more.
            if let Err(worse) = Manager::rollback_transaction(conn) {
                tracing::error!(error = %worse, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}

/// [`write`] for what goes into the change log.
///
/// # Errors
/// As [`write`].
pub(crate) fn change<T>(
    conn: &mut Conn,
    work: impl Fn(&mut Conn) -> Result<T, Error>,
) -> Result<T, Error> {
    write(conn, |tx| {
        // Before any row is locked: two that took rows first would wait for each other.
        hold_change_log(tx)?;
        work(tx)
    })
}

/// Makes the order of the change log the order of commits: on PostgreSQL a number is drawn before
/// its transaction commits, so that a reader could pass over one that commits later.
fn hold_change_log(conn: &mut Conn) -> Result<(), Error> {
    match conn {
        Conn::Postgres(inner) => diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(CHANGE_LOG_LOCK)
            .execute(inner)
            .map(|_| ())
            .map_err(internal("waiting for the change log")),
        // One writer at a time anyway.
        Conn::Sqlite(_) => Ok(()),
    }
}
