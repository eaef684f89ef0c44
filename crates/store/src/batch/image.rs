//! A vacancy as it stood before a batch changed it.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::error::Error;
use serde::{Deserialize, Serialize};

use crate::Conn;
use crate::fault::{corrupt, internal};
use crate::schema::vacancy;

/// All columns but the id. It goes into a column of text and back, nowhere else.
#[derive(Queryable, Selectable, AsChangeset, Serialize, Deserialize)]
#[diesel(table_name = vacancy, treat_none_as_null = true)]
pub(crate) struct Image {
    employer_id: String,
    origin: String,
    source: Option<String>,
    external_ref: Option<String>,
    row_hash: Option<String>,
    status: String,
    title: String,
    description: String,
    folded: String,
    wage_text: String,
    place_text: String,
    published: NaiveDate,
    closes: Option<NaiveDate>,
    positions: i32,
    filled: i32,
    offer: String,
    pub(crate) revision: i32,
}

impl Image {
    /// The vacancy with this id as it is.
    pub(crate) fn of(conn: &mut Conn, id: &str) -> Result<Self, Error> {
        vacancy::table
            .find(id)
            .select(Self::as_select())
            .first(conn)
            .map_err(internal("reading a vacancy before it is changed"))
    }

    pub(crate) fn to_text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|error| corrupt("keeping a vacancy as it was", error))
    }

    pub(crate) fn from_text(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|error| corrupt("reading a vacancy as it was", error))
    }
}
