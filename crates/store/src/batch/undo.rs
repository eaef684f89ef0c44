//! Undoes a batch: what was new goes, what was changed is as it was. What somebody has changed since
//! is left, and said.

use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::change::Entity;
use domain::error::Error;
use domain::id::BatchId;
use domain::time::Stamp;

use super::{Image, State};
use crate::Conn;
use crate::dialect::change;
use crate::fault::internal;
use crate::log::{Deed, ask, record};
use crate::schema::{import_batch, import_row, vacancy};

/// Rows of one transaction.
const PORTION: i64 = 200;

/// A vacancy that was not put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its id.
    pub id: String,
    /// Its title; none where it has been removed since.
    pub title: Option<String>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    /// New ones that are gone.
    pub removed: u64,
    /// Changed ones that are as they were.
    pub restored: u64,
    /// Those that somebody has changed or removed since.
    pub left: Vec<Left>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = import_row)]
struct Row {
    vacancy_id: String,
    was: Option<String>,
    was_revision: i32,
    revision: i32,
}

/// Undoes a batch, portion by portion: where it is stopped, it goes on from there the next time.
///
/// # Errors
/// Forbidden; NotFound where there is no such batch; Conflict where it has been undone; or what the
/// database says.
pub fn undo(conn: &mut Conn, actor: Actor, batch: BatchId, stamp: &Stamp) -> Result<Undone, Error> {
    ask(actor, Act::ImportVacancies)?;
    let id = batch.to_string();
    let state: String = import_batch::table
        .find(&id)
        .select(import_batch::state)
        .first(conn)
        .map_err(internal("looking an import up"))?;
    if state == State::Undone.as_str() {
        return Err(Error::Conflict);
    }
    let mut undone = Undone::default();
    loop {
        let (portion, is_all) = change(conn, |tx| portion(tx, actor, &id, stamp))?;
        undone.removed += portion.removed;
        undone.restored += portion.restored;
        undone.left.extend(portion.left);
        if is_all {
            return Ok(undone);
        }
    }
}

/// Puts some back; whether those were the last, and the batch is undone.
fn portion(
    tx: &mut Conn,
    actor: Actor,
    batch: &str,
    stamp: &Stamp,
) -> Result<(Undone, bool), Error> {
    // First, so that a program that still takes rows of it is refused.
    end(tx, batch, stamp)?;
    let rows: Vec<Row> = import_row::table
        .filter(import_row::batch_id.eq(batch))
        .filter(import_row::outcome.is_null())
        .order(import_row::vacancy_id)
        .limit(PORTION)
        .select(Row::as_select())
        .load(tx)
        .map_err(internal("reading what an import changed"))?;
    let is_all = i64::try_from(rows.len()).is_ok_and(|count| count < PORTION);
    let mut undone = Undone::default();
    for row in rows {
        let outcome = put_back(tx, actor, &row, stamp)?;
        let word = match &outcome {
            Outcome::Removed => "removed",
            Outcome::Restored => "restored",
            Outcome::Left(_) => "left",
        };
        diesel::update(import_row::table.find((batch, &row.vacancy_id)))
            .set(import_row::outcome.eq(word))
            .execute(tx)
            .map_err(internal("keeping what was undone"))?;
        match outcome {
            Outcome::Removed => undone.removed += 1,
            Outcome::Restored => undone.restored += 1,
            Outcome::Left(left) => undone.left.push(left),
        }
    }
    if is_all {
        set_state(tx, batch, State::Undone)?;
    }
    Ok((undone, is_all))
}

fn end(tx: &mut Conn, batch: &str, stamp: &Stamp) -> Result<(), Error> {
    let running = import_batch::table
        .find(batch)
        .filter(import_batch::state.eq(State::Running.as_str()));
    diesel::update(running)
        .set((
            import_batch::state.eq(State::Stopped.as_str()),
            import_batch::ended_at.eq(stamp.now().timestamp_micros()),
        ))
        .execute(tx)
        .map(|_| ())
        .map_err(internal("ending an import"))
}

fn set_state(tx: &mut Conn, batch: &str, state: State) -> Result<(), Error> {
    diesel::update(import_batch::table.find(batch))
        .set(import_batch::state.eq(state.as_str()))
        .execute(tx)
        .map(|_| ())
        .map_err(internal("ending the undoing of an import"))
}

enum Outcome {
    Removed,
    Restored,
    Left(Left),
}

fn put_back(tx: &mut Conn, actor: Actor, row: &Row, stamp: &Stamp) -> Result<Outcome, Error> {
    let id = row.vacancy_id.as_str();
    let found: Option<(i32, String)> = vacancy::table
        .find(id)
        .select((vacancy::revision, vacancy::title))
        .first(tx)
        .optional()
        .map_err(internal("reading a vacancy that is put back"))?;
    let title = match found {
        Some((revision, _)) if revision == row.revision => None,
        Some((_, title)) => Some(Some(title)),
        None => Some(None),
    };
    if let Some(title) = title {
        let id = id.to_owned();
        return Ok(Outcome::Left(Left { id, title }));
    }
    let outcome = match &row.was {
        None => remove(tx, id)?,
        Some(was) => restore(tx, row, was)?,
    };
    let deed = Deed {
        actor,
        act: "undo import",
        entity: Entity::Vacancy,
        id,
    };
    record(tx, &deed, stamp)?;
    Ok(outcome)
}

fn remove(tx: &mut Conn, id: &str) -> Result<Outcome, Error> {
    diesel::delete(vacancy::table.find(id))
        .execute(tx)
        .map(|_| Outcome::Removed)
        .map_err(internal("removing a vacancy of an import"))
}

fn restore(tx: &mut Conn, row: &Row, was: &str) -> Result<Outcome, Error> {
    let failed = internal("putting a vacancy back");
    let id = row.vacancy_id.as_str();
    let mut image = Image::from_text(was)?;
    image.revision = row.revision.saturating_add(1);
    diesel::update(vacancy::table.find(id))
        .set(&image)
        .execute(tx)
        .map_err(&failed)?;
    // What an earlier batch made of it stands there again: that batch can be undone, too.
    let earlier = import_row::table
        .filter(import_row::vacancy_id.eq(id))
        .filter(import_row::revision.eq(row.was_revision))
        .filter(import_row::outcome.is_null());
    diesel::update(earlier)
        .set(import_row::revision.eq(image.revision))
        .execute(tx)
        .map_err(failed)?;
    Ok(Outcome::Restored)
}
