//! Seekers: pseudonymous rows of what the engine sees.

use chrono::DateTime;
use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::change::Entity;
use domain::code::Codes;
use domain::error::{Cause, Error};
use domain::id::{NotAnId, SeekerId};
use domain::seeker::{Seeker, Status};
use domain::time::Stamp;

use crate::Conn;
use crate::codec::ProfileText;
use crate::dialect::change;
use crate::fault::{corrupt, internal, unreadable};
use crate::log::{Deed, ask, record};
use crate::schema::seeker;

/// How many rows are read at a time.
const BATCH: i64 = 1_000;

type Row = (String, String, i64, String);

/// Writes new or changed people, all or none.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn save(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    seekers: &[Seeker],
    stamp: &Stamp,
) -> Result<(), Error> {
    ask(actor, Act::WriteSeeker)?;
    change(conn, |tx| {
        for seeker in seekers {
            save_one(tx, codes, actor, seeker, stamp)?;
        }
        Ok(())
    })
}

fn save_one(
    tx: &mut Conn,
    codes: &Codes,
    actor: Actor,
    person: &Seeker,
    stamp: &Stamp,
) -> Result<(), Error> {
    let id = person.id.to_string();
    let profile = serde_json::to_string(&ProfileText::new(codes, person))
        .map_err(|error| corrupt("writing a seeker", error))?;
    let values = (
        seeker::status.eq(person.status.as_str()),
        seeker::registered_at.eq(person.registered_at.timestamp_micros()),
        seeker::profile.eq(profile),
    );
    let failed = internal("writing a seeker");
    let changed = diesel::update(seeker::table.find(&id))
        .set(values.clone())
        .execute(tx)
        .map_err(&failed)?;
    if changed == 0 {
        diesel::insert_into(seeker::table)
            .values((seeker::id.eq(&id), values.0, values.1, values.2))
            .execute(tx)
            .map_err(&failed)?;
    }
    let deed = Deed {
        actor,
        act: "save",
        entity: Entity::Seeker,
        id: &id,
    };
    record(tx, &deed, stamp)
}

/// Removes a person.
///
/// # Errors
/// Forbidden, NotFound; or what the database says.
pub fn remove(conn: &mut Conn, actor: Actor, id: SeekerId, stamp: &Stamp) -> Result<(), Error> {
    ask(actor, Act::WriteSeeker)?;
    let id = id.to_string();
    change(conn, |tx| {
        let gone = diesel::delete(seeker::table.find(&id))
            .execute(tx)
            .map_err(internal("removing a seeker"))?;
        if gone == 0 {
            return Err(Error::NotFound);
        }
        let deed = Deed {
            actor,
            act: "remove",
            entity: Entity::Seeker,
            id: &id,
        };
        record(tx, &deed, stamp)
    })
}

/// The person with this id, for the engine.
///
/// # Errors
/// NotFound; or what the database says.
pub fn find(conn: &mut Conn, codes: &Codes, id: SeekerId) -> Result<Seeker, Error> {
    let row: Row = seeker::table
        .find(id.to_string())
        .first(conn)
        .map_err(internal("reading a seeker"))?;
    read(codes, row)
}

/// Everybody, in the order of ids.
///
/// # Errors
/// What the database says.
pub fn all(conn: &mut Conn, codes: &Codes) -> Result<Vec<Seeker>, Error> {
    let mut everybody = Vec::new();
    each(conn, codes, |person| {
        everybody.push(person);
        Ok(())
    })?;
    Ok(everybody)
}

/// Some people in the order of ids, after this one.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn list(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    after: Option<SeekerId>,
    limit: i64,
) -> Result<Vec<Seeker>, Error> {
    ask(actor, Act::List)?;
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows: Vec<Row> = seeker::table
        .filter(seeker::id.gt(after))
        .order(seeker::id)
        .limit(limit)
        .load(conn)
        .map_err(internal("reading seekers"))?;
    rows.into_iter().map(|row| read(codes, row)).collect()
}

/// Hands over everybody, in the order of ids; a thousand are in memory at a time.
///
/// # Errors
/// What the database or the taker says.
pub fn each(
    conn: &mut Conn,
    codes: &Codes,
    mut take: impl FnMut(Seeker) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let rows: Vec<Row> = seeker::table
            .filter(seeker::id.gt(&after))
            .order(seeker::id)
            .limit(BATCH)
            .load(conn)
            .map_err(internal("reading seekers"))?;
        let Some((last, ..)) = rows.last() else {
            return Ok(());
        };
        after.clone_from(last);
        for row in rows {
            take(read(codes, row)?)?;
        }
    }
}

fn read(codes: &Codes, (id, status, registered_at, profile): Row) -> Result<Seeker, Error> {
    const DOING: &str = "reading a seeker";
    let failed = |cause: Cause| unreadable(DOING, &id, cause);
    let profile: ProfileText =
        serde_json::from_str(&profile).map_err(|error| failed(error.into()))?;
    let id = id.parse().map_err(|error: NotAnId| failed(error.into()))?;
    // A status that is not known is no reason to rank somebody.
    let status = Status::parse(&status).unwrap_or(Status::Withdrawn);
    let registered_at = DateTime::from_timestamp_micros(registered_at).unwrap_or_default();
    Ok(profile.read(codes, id, status, registered_at))
}
