//! Jobs: rows with leases, each run by one server at a time.
//!
//! A server that dies loses its lease, and another takes the job again: a job must bear being
//! run twice.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::error::Error;
use domain::time::Stamp;
use uuid::Uuid;

use crate::fault::{corrupt, internal};
use crate::log::ask;
use crate::schema::job;
use crate::{Conn, write};

/// A job that failed is tried again after 1, 5, 25 and 125 minutes, then given up.
const TRIES: u32 = 5;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// For its time, or for another try.
    Waiting,
    /// Leased.
    Running,
    /// Done.
    Done,
    /// Given up.
    Failed,
}

impl State {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Waiting, Self::Running, Self::Done, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

/// What is to be done.
pub struct NewJob<'a> {
    /// Which function runs it.
    pub kind: &'a str,
    /// What the function needs, such as JSON.
    pub payload: &'a str,
    /// With this key there is one job only, such as "expire 2026-11-25".
    pub once: Option<&'a str>,
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Which function runs it.
    pub kind: String,
    /// What the function needs.
    pub payload: String,
    /// Where it stands.
    pub state: State,
    /// How often it was begun.
    pub attempts: u32,
    /// When it was, or is, to be done.
    pub due_at: DateTime<Utc>,
    /// While it is being done: the server that does it has until then.
    pub lease_until: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub problem: Option<String>,
}

/// Puts a job in line; `false` where one with its key is known already.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn enqueue(
    conn: &mut Conn,
    actor: Actor,
    new: &NewJob<'_>,
    stamp: &Stamp,
) -> Result<bool, Error> {
    ask(actor, Act::RunJobs)?;
    let id: Uuid = stamp.fresh();
    let row = (
        job::id.eq(id.to_string()),
        job::kind.eq(new.kind),
        job::once.eq(new.once),
        job::payload.eq(new.payload),
        job::state.eq(State::Waiting.as_str()),
        job::attempts.eq(0),
        job::due_at.eq(stamp.now().timestamp_micros()),
    );
    let taken = |error| match error {
        diesel::result::Error::DatabaseError(
            diesel::result::DatabaseErrorKind::UniqueViolation,
            _,
        ) if new.once.is_some() => Error::Conflict,
        other => internal("putting a job in line")(other),
    };
    let result = write(conn, |tx| {
        diesel::insert_into(job::table)
            .values(row.clone())
            .execute(tx)
            .map_err(taken)
    });
    match result {
        Ok(_) => Ok(true),
        Err(Error::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes the job of one of these kinds that is due longest, for as long as said; also one whose
/// server let its lease run out.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn lease(
    conn: &mut Conn,
    actor: Actor,
    kinds: &[&str],
    by: &str,
    length: TimeDelta,
    stamp: &Stamp,
) -> Result<Option<Job>, Error> {
    ask(actor, Act::RunJobs)?;
    let now = stamp.now().timestamp_micros();
    let until = now.saturating_add(length.num_microseconds().unwrap_or(i64::MAX));
    write(conn, |tx| {
        loop {
            let due: Option<(String, i32)> = job::table
                .filter(job::kind.eq_any(kinds.iter().copied()))
                .filter(free(now))
                .order((job::due_at, job::id))
                .select((job::id, job::attempts))
                .first(tx)
                .optional()
                .map_err(internal("looking for a job"))?;
            let Some((id, attempts)) = due else {
                return Ok(None);
            };
            // Another server may have been faster since the look: then this changes nothing.
            let mine = diesel::update(job::table.find(&id).filter(free(now)))
                .set((
                    job::state.eq(State::Running.as_str()),
                    job::attempts.eq(attempts + 1),
                    job::leased_by.eq(by),
                    job::lease_until.eq(until),
                ))
                .execute(tx)
                .map_err(internal("leasing a job"))?;
            if mine == 1 {
                return find(tx, &id).map(Some);
            }
        }
    })
}

#[diesel::dsl::auto_type(no_type_alias)]
fn free(now: i64) -> _ {
    job::state
        .eq("waiting")
        .and(job::due_at.le(now))
        .or(job::state
            .eq("running")
            .and(job::lease_until.lt(now).assume_not_null()))
}

/// Says that a leased job is done.
///
/// # Errors
/// Conflict where the lease ran out and another has it; or what the database says.
pub fn finish(conn: &mut Conn, job: &Job, by: &str) -> Result<(), Error> {
    write(conn, |tx| end(tx, job, by, State::Done, None, None))
}

/// Says that a leased job failed: it waits for another try, or is given up.
///
/// # Errors
/// Conflict where the lease ran out and another has it; or what the database says.
pub fn fail(
    conn: &mut Conn,
    job: &Job,
    by: &str,
    problem: &str,
    stamp: &Stamp,
) -> Result<(), Error> {
    let (state, due) = if job.attempts >= TRIES {
        (State::Failed, None)
    } else {
        let minutes = 5_i64.saturating_pow(job.attempts.saturating_sub(1));
        let due = stamp.now() + TimeDelta::minutes(minutes);
        (State::Waiting, Some(due.timestamp_micros()))
    };
    write(conn, |tx| end(tx, job, by, state, Some(problem), due))
}

fn end(
    tx: &mut Conn,
    ended: &Job,
    by: &str,
    state: State,
    problem: Option<&str>,
    due: Option<i64>,
) -> Result<(), Error> {
    let mine = job::table
        .find(&ended.id)
        .filter(job::state.eq(State::Running.as_str()))
        .filter(job::leased_by.eq(by))
        .filter(job::attempts.eq(i32::try_from(ended.attempts).unwrap_or(i32::MAX)));
    let changed = diesel::update(mine)
        .set((
            job::state.eq(state.as_str()),
            job::leased_by.eq(None::<String>),
            job::lease_until.eq(None::<i64>),
            job::problem.eq(problem),
            due.map(|due| job::due_at.eq(due)),
        ))
        .execute(tx)
        .map_err(internal("ending a job"))?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Error::Conflict)
    }
}

/// The jobs, the newest first.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn list(conn: &mut Conn, actor: Actor, limit: i64) -> Result<Vec<Job>, Error> {
    ask(actor, Act::RunJobs)?;
    let rows: Vec<Row> = job::table
        .order(job::id.desc())
        .limit(limit)
        .select(COLUMNS)
        .load(conn)
        .map_err(internal("reading jobs"))?;
    rows.into_iter().map(read).collect()
}

type Row = (
    String,
    String,
    String,
    String,
    i32,
    i64,
    Option<i64>,
    Option<String>,
);
const COLUMNS: (
    job::id,
    job::kind,
    job::payload,
    job::state,
    job::attempts,
    job::due_at,
    job::lease_until,
    job::problem,
) = (
    job::id,
    job::kind,
    job::payload,
    job::state,
    job::attempts,
    job::due_at,
    job::lease_until,
    job::problem,
);

fn find(tx: &mut Conn, id: &str) -> Result<Job, Error> {
    job::table
        .find(id)
        .select(COLUMNS)
        .first(tx)
        .map_err(internal("reading a job"))
        .and_then(read)
}

/// The word in the database is no state.
#[derive(Debug, thiserror::Error)]
#[error("unknown state {0:?}")]
struct UnknownState(String);

fn read(row: Row) -> Result<Job, Error> {
    let (id, kind, payload, state, attempts, due_at, lease_until, problem) = row;
    Ok(Job {
        id,
        kind,
        payload,
        state: State::parse(&state).ok_or_else(|| corrupt("reading a job", UnknownState(state)))?,
        attempts: u32::try_from(attempts).unwrap_or(0),
        due_at: DateTime::from_timestamp_micros(due_at).unwrap_or_default(),
        lease_until: lease_until.and_then(DateTime::from_timestamp_micros),
        problem,
    })
}
