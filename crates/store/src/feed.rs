//! The change log, read in order.

use diesel::prelude::*;
use domain::change::{Change, ChangeFeed};
use domain::error::Error;
use sha2::{Digest, Sha256};

use crate::fault::{corrupt, internal};
use crate::schema::change_log;
use crate::{Conn, Pool};

/// So many rows tell one log from another: ids are not given twice.
const HISTORY: i64 = 64;

/// The change log of a database.
pub struct Feed(pub Pool);

impl ChangeFeed for Feed {
    fn after(&mut self, seq: i64, limit: usize) -> Result<Vec<Change>, Error> {
        let conn: &mut Conn = &mut *self.0.get()?;
        let rows: Vec<(i64, String, String)> = change_log::table
            .filter(change_log::seq.gt(seq))
            .order(change_log::seq)
            .limit(i64::try_from(limit).unwrap_or(i64::MAX))
            .load(conn)
            .map_err(internal("reading the change log"))?;
        rows.into_iter()
            .map(|(seq, entity, id)| {
                Ok(Change {
                    seq,
                    entity: entity
                        .parse()
                        .map_err(|error| corrupt("reading the change log", error))?,
                    id,
                })
            })
            .collect()
    }

    fn last(&mut self) -> Result<i64, Error> {
        let conn: &mut Conn = &mut *self.0.get()?;
        change_log::table
            .select(change_log::seq)
            .order(change_log::seq.desc())
            .first(conn)
            .optional()
            .map(|last| last.unwrap_or(0))
            .map_err(internal("reading the change log"))
    }

    fn history(&mut self, seq: i64) -> Result<String, Error> {
        let conn: &mut Conn = &mut *self.0.get()?;
        let rows: Vec<(i64, String, String)> = change_log::table
            .filter(change_log::seq.le(seq))
            .order(change_log::seq.desc())
            .limit(HISTORY)
            .load(conn)
            .map_err(internal("reading the change log"))?;
        let mut digest = Sha256::new();
        for (seq, entity, id) in rows {
            digest.update(format!("{seq} {entity} {id}\n"));
        }
        Ok(digest
            .finalize()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }
}
