//! A file that is taken: what it did to each vacancy, so that it can be undone.

mod heading;
mod image;
mod undo;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::code::Codes;
use domain::error::Error;
use domain::id::BatchId;
use domain::time::Stamp;

use crate::Conn;
use crate::dialect::{change, write};
use crate::fault::{corrupt, internal};
use crate::log::ask;
use crate::schema::{import_batch, import_row};
use crate::vacancy::{Imported, Incoming, Taken, import_one};

pub use heading::{headings, keep_headings};
pub(crate) use image::Image;
pub use undo::{Left, Undone, undo};

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Rows are being taken, or the program ended while they were.
    Running,
    /// The whole file was taken.
    Done,
    /// It was stopped, or the file could not be read to its end.
    Stopped,
    /// It was undone.
    Undone,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Running, Self::Done, Self::Stopped, Self::Undone];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Undone => "undone",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Were not known.
    pub new: u64,
    /// Were known with another content.
    pub changed: u64,
    /// Were known as they are.
    pub same: u64,
    /// Were refused.
    pub refused: u64,
}

/// One taking of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// The name under which its rows are known.
    pub source: String,
    /// The name of the file.
    pub file: String,
    /// Where it stands.
    pub state: State,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// What became of its rows.
    pub tally: Tally,
}

/// Begins a batch.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn begin(
    conn: &mut Conn,
    actor: Actor,
    source: &str,
    file: &str,
    stamp: &Stamp,
) -> Result<BatchId, Error> {
    ask(actor, Act::ImportVacancies)?;
    let id: BatchId = stamp.fresh();
    write(conn, |tx| {
        diesel::insert_into(import_batch::table)
            .values((
                import_batch::id.eq(id.to_string()),
                import_batch::source.eq(source),
                import_batch::file.eq(file),
                import_batch::state.eq(State::Running.as_str()),
                import_batch::started_at.eq(stamp.now().timestamp_micros()),
                import_batch::rows_new.eq(0),
                import_batch::rows_changed.eq(0),
                import_batch::rows_same.eq(0),
                import_batch::rows_refused.eq(0),
            ))
            .execute(tx)
            .map_err(internal("beginning an import"))
    })?;
    Ok(id)
}

/// Takes some rows of a batch, all or none, and counts those that were refused among them.
///
/// # Errors
/// Forbidden; Conflict where the batch has ended or was undone meanwhile; or what the database says.
pub fn take(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    batch: BatchId,
    rows: &[Incoming],
    refused: u64,
    stamp: &Stamp,
) -> Result<Vec<Taken>, Error> {
    ask(actor, Act::ImportVacancies)?;
    let id = batch.to_string();
    change(conn, |tx| {
        let mut all = Vec::with_capacity(rows.len());
        for incoming in rows {
            let imported = import_one(tx, codes, actor, incoming, stamp)?;
            keep(tx, &id, &imported)?;
            all.push(imported.taken);
        }
        count(tx, &id, &all, refused)?;
        Ok(all)
    })
}

/// Keeps what stood there before.
fn keep(tx: &mut Conn, batch: &str, imported: &Imported) -> Result<(), Error> {
    let failed = internal("keeping what an import changed");
    let was_revision = match (imported.taken, &imported.was) {
        (Taken::Same, _) => return Ok(()),
        (Taken::New, _) | (Taken::Changed, None) => 0,
        (Taken::Changed, Some(was)) => was.revision,
    };
    let revision = was_revision.saturating_add(1);
    let row = import_row::table.find((batch, &imported.id));
    let known: Option<i32> = row
        .select(import_row::revision)
        .first(tx)
        .optional()
        .map_err(&failed)?;
    match known {
        // A file may name a vacancy twice: what stood there before the first time counts.
        Some(known) if known == was_revision => {
            return diesel::update(row)
                .set(import_row::revision.eq(revision))
                .execute(tx)
                .map(|_| ())
                .map_err(failed);
        }
        // Somebody changed it in between: it is left when the batch is undone.
        Some(_) => return Ok(()),
        None => {}
    }
    let was = imported.was.as_ref().map(Image::to_text).transpose()?;
    diesel::insert_into(import_row::table)
        .values((
            import_row::batch_id.eq(batch),
            import_row::vacancy_id.eq(&imported.id),
            import_row::was.eq(was),
            import_row::was_revision.eq(was_revision),
            import_row::revision.eq(revision),
        ))
        .execute(tx)
        .map(|_| ())
        .map_err(failed)
}

fn count(tx: &mut Conn, batch: &str, all: &[Taken], refused: u64) -> Result<(), Error> {
    let of = |kind: Taken| {
        let count = all.iter().filter(|taken| **taken == kind).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    let refused = i64::try_from(refused).unwrap_or(i64::MAX);
    let running = import_batch::table
        .find(batch)
        .filter(import_batch::state.eq(State::Running.as_str()));
    let counted = diesel::update(running)
        .set((
            import_batch::rows_new.eq(import_batch::rows_new + of(Taken::New)),
            import_batch::rows_changed.eq(import_batch::rows_changed + of(Taken::Changed)),
            import_batch::rows_same.eq(import_batch::rows_same + of(Taken::Same)),
            import_batch::rows_refused.eq(import_batch::rows_refused + refused),
        ))
        .execute(tx)
        .map_err(internal("counting the rows of an import"))?;
    if counted == 0 {
        return Err(Error::Conflict);
    }
    Ok(())
}

/// Ends a batch: the whole file was taken, or it was stopped.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn end(
    conn: &mut Conn,
    actor: Actor,
    batch: BatchId,
    state: State,
    stamp: &Stamp,
) -> Result<(), Error> {
    ask(actor, Act::ImportVacancies)?;
    write(conn, |tx| {
        let running = import_batch::table
            .find(batch.to_string())
            .filter(import_batch::state.eq(State::Running.as_str()));
        diesel::update(running)
            .set((
                import_batch::state.eq(state.as_str()),
                import_batch::ended_at.eq(stamp.now().timestamp_micros()),
            ))
            .execute(tx)
            .map(|_| ())
            .map_err(internal("ending an import"))
    })
}

/// The batches, the newest first.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn list(conn: &mut Conn, actor: Actor, limit: i64) -> Result<Vec<Batch>, Error> {
    ask(actor, Act::ImportVacancies)?;
    let rows: Vec<Row> = import_batch::table
        // Two may begin at once: the id keeps the order.
        .order((import_batch::started_at.desc(), import_batch::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(conn)
        .map_err(internal("listing imports"))?;
    rows.into_iter().map(Row::read).collect()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_batch)]
struct Row {
    id: String,
    source: String,
    file: String,
    state: String,
    started_at: i64,
    rows_new: i64,
    rows_changed: i64,
    rows_same: i64,
    rows_refused: i64,
}

impl Row {
    fn read(self) -> Result<Batch, Error> {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        Ok(Batch {
            id: self
                .id
                .parse()
                .map_err(|error| corrupt("listing imports", error))?,
            source: self.source,
            file: self.file,
            // A word of a newer program: nothing is known of it.
            state: State::parse(&self.state).unwrap_or(State::Running),
            started_at: DateTime::from_timestamp_micros(self.started_at).unwrap_or_default(),
            tally: Tally {
                new: count(self.rows_new),
                changed: count(self.rows_changed),
                same: count(self.rows_same),
                refused: count(self.rows_refused),
            },
        })
    }
}
