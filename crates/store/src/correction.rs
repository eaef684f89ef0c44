//! What officers have put right of what was read from words.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::change::Entity;
use domain::code::IscoCode;
use domain::error::Error;
use domain::text::clean;
use domain::time::Stamp;

use crate::Conn;
use crate::dialect::change;
use crate::fault::{corrupt, internal};
use crate::log::{Deed, ask, record};
use crate::schema::occupation_correction;

/// Their table.
pub const TABLE: &str = "occupation_correction";

/// The occupation that a title names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The title, as it was written.
    pub title: String,
    /// The code.
    pub code: IscoCode,
    /// When that was said.
    pub at: DateTime<Utc>,
}

/// Keeps which occupation a title names; the last word on a title counts. Accents
/// part titles, capitals do not.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn save(
    conn: &mut Conn,
    actor: Actor,
    title: &str,
    code: IscoCode,
    stamp: &Stamp,
) -> Result<(), Error> {
    ask(actor, Act::WriteVacancy)?;
    let key = clean(title).to_lowercase();
    let failed = internal("keeping a correction");
    change(conn, |tx| {
        diesel::delete(occupation_correction::table.find(&key))
            .execute(tx)
            .map_err(&failed)?;
        diesel::insert_into(occupation_correction::table)
            .values((
                occupation_correction::title_key.eq(&key),
                occupation_correction::title.eq(title),
                occupation_correction::code.eq(code.to_string()),
                occupation_correction::at.eq(stamp.now().timestamp_micros()),
            ))
            .execute(tx)
            .map_err(&failed)?;
        let deed = Deed {
            actor,
            act: "correct",
            entity: Entity::Correction,
            id: &key,
        };
        record(tx, &deed, stamp)
    })
}

/// All of them, the oldest first.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn all(conn: &mut Conn, actor: Actor) -> Result<Vec<Correction>, Error> {
    const DOING: &str = "reading corrections";
    ask(actor, Act::List)?;
    let rows: Vec<(String, String, i64)> = occupation_correction::table
        .order((occupation_correction::at, occupation_correction::title_key))
        .select((
            occupation_correction::title,
            occupation_correction::code,
            occupation_correction::at,
        ))
        .load(conn)
        .map_err(internal(DOING))?;
    rows.into_iter()
        .map(|(title, code, at)| {
            Ok(Correction {
                title,
                code: code.parse().map_err(|error| corrupt(DOING, error))?,
                at: DateTime::from_timestamp_micros(at).unwrap_or_default(),
            })
        })
        .collect()
}
