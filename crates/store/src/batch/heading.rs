//! What a person said of the headings of a source.

use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::error::Error;
use domain::reading::headings::{Field, Mapping};

use crate::Conn;
use crate::dialect::write;
use crate::fault::internal;
use crate::log::ask;
use crate::schema::import_heading;

/// The headings of this source as somebody once named them.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn headings(conn: &mut Conn, actor: Actor, source: &str) -> Result<Mapping, Error> {
    ask(actor, Act::ImportVacancies)?;
    let rows: Vec<(String, String)> = import_heading::table
        .filter(import_heading::source.eq(source))
        .order(import_heading::heading)
        .select((import_heading::heading, import_heading::field))
        .load(conn)
        .map_err(internal("reading what headings mean"))?;
    Ok(rows
        .into_iter()
        // A field that is known no more is as good as not named.
        .filter(|(_, field)| field.is_empty() || Field::parse(field).is_some())
        .fold(Mapping::default(), |mapping, (heading, field)| {
            mapping.with(&heading, Field::parse(&field))
        }))
}

/// Keeps what somebody said of the headings of a source.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn keep_headings(
    conn: &mut Conn,
    actor: Actor,
    source: &str,
    mapping: &Mapping,
) -> Result<(), Error> {
    ask(actor, Act::ImportVacancies)?;
    let failed = internal("keeping what headings mean");
    write(conn, |tx| {
        for (heading, field) in mapping.given() {
            let field = field.map_or("", Field::as_str);
            let known = import_heading::table.find((source, heading));
            let changed = diesel::update(known)
                .set(import_heading::field.eq(field))
                .execute(tx)
                .map_err(&failed)?;
            if changed == 0 {
                diesel::insert_into(import_heading::table)
                    .values((
                        import_heading::source.eq(source),
                        import_heading::heading.eq(heading),
                        import_heading::field.eq(field),
                    ))
                    .execute(tx)
                    .map_err(&failed)?;
            }
        }
        Ok(())
    })
}
