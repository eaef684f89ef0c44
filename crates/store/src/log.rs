//! The audit log and the change log: written by each use case, in its transaction.

use diesel::prelude::*;
use domain::actor::{Act, Actor, may};
use domain::change::Entity;
use domain::error::Error;
use domain::time::Stamp;
use uuid::Uuid;

use crate::Conn;
use crate::fault::internal;
use crate::schema::{audit_log, change_log};

/// Refuses what the actor may not do.
pub(crate) fn ask(actor: Actor, act: Act) -> Result<(), Error> {
    if may(actor, act) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

/// One thing that was done to one thing.
pub(crate) struct Deed<'a> {
    pub(crate) actor: Actor,
    pub(crate) act: &'static str,
    pub(crate) entity: Entity,
    pub(crate) id: &'a str,
}

/// Writes the audit entry and the row of the change log, within [`change`](crate::dialect::change).
pub(crate) fn record(conn: &mut Conn, deed: &Deed<'_>, stamp: &Stamp) -> Result<(), Error> {
    diesel::insert_into(change_log::table)
        .values((
            change_log::entity.eq(deed.entity.as_str()),
            change_log::entity_id.eq(deed.id),
        ))
        .execute(conn)
        .map_err(internal("writing the change log"))?;
    let id: Uuid = stamp.fresh();
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::id.eq(id.to_string()),
            audit_log::at.eq(stamp.now().timestamp_micros()),
            audit_log::actor.eq(deed.actor.to_string()),
            audit_log::act.eq(deed.act),
            audit_log::entity.eq(deed.entity.as_str()),
            audit_log::entity_id.eq(deed.id),
            audit_log::outcome.eq("done"),
        ))
        .execute(conn)
        .map(|_| ())
        .map_err(internal("writing the audit log"))
}
