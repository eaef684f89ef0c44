//! Codes that are stored and that the lists do not know: reading passes over them without a word.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::code::Codes;
use domain::error::Error;

use crate::Conn;
use crate::codec::{OfferText, ProfileText};
use crate::fault::internal;
use crate::schema::{seeker, vacancy};

/// How many rows are read at a time.
const BATCH: i64 = 1_000;

/// The file of a list and a code that is not in it, and how many vacancies and people name it.
pub type UnknownCodes = BTreeMap<(&'static str, String), usize>;

/// Looks for them in all vacancies and people. Rows that cannot be read at all are passed over.
///
/// # Errors
/// What the database says.
pub fn unknown_codes(conn: &mut Conn, codes: &Codes) -> Result<UnknownCodes, Error> {
    let mut found = UnknownCodes::new();
    let mut count = |unknown: Vec<(&'static str, String)>| {
        for code in unknown {
            *found.entry(code).or_default() += 1;
        }
    };
    each(|after| {
        let rows: Vec<(String, String)> = vacancy::table
            .filter(vacancy::id.gt(after))
            .order(vacancy::id)
            .limit(BATCH)
            .select((vacancy::id, vacancy::offer))
            .load(conn)
            .map_err(internal("reading vacancies"))?;
        for (_, text) in &rows {
            let offer = serde_json::from_str::<OfferText>(text);
            count(offer.map_or_else(|_| Vec::new(), |offer| offer.unknown(codes)));
        }
        Ok(rows.into_iter().last().map(|(id, _)| id))
    })?;
    each(|after| {
        let rows: Vec<(String, String)> = seeker::table
            .filter(seeker::id.gt(after))
            .order(seeker::id)
            .limit(BATCH)
            .select((seeker::id, seeker::profile))
            .load(conn)
            .map_err(internal("reading seekers"))?;
        for (_, text) in &rows {
            let profile = serde_json::from_str::<ProfileText>(text);
            count(profile.map_or_else(|_| Vec::new(), |profile| profile.unknown(codes)));
        }
        Ok(rows.into_iter().last().map(|(id, _)| id))
    })?;
    Ok(found)
}

/// Reads batch after batch: each begins after an id and gives its last one.
fn each(mut batch: impl FnMut(&str) -> Result<Option<String>, Error>) -> Result<(), Error> {
    let mut after = String::new();
    while let Some(last) = batch(&after)? {
        after = last;
    }
    Ok(())
}
