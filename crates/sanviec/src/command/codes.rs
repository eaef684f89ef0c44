//! `sanviec codes check`.

use store::SchemaState;

use super::say;
use crate::failure::Failure;
use crate::house::{House, connect, must_be_there};

/// Looks all code lists through, and whether they know the codes that are stored; what cannot be read
/// has failed before.
pub(crate) fn check(house: &House) -> Result<(), Failure> {
    let findings = domain::code::check(&house.codes);
    for finding in &findings {
        say(format_args!(
            "{} {}: {}",
            finding.file, finding.code, finding.what
        ))?;
    }
    let stored = stored(house)?;
    if let Some(unknown) = &stored {
        say(format_args!("{unknown}"))?;
    }
    if findings.is_empty() && stored.is_none() {
        let codes = &house.codes;
        return say(format_args!(
            "{} communes, {} occupations, {} skills: nothing found",
            codes.units.communes().len(),
            codes.occupations.codes().count(),
            codes.skills.len()
        ));
    }
    let count = findings.len() + usize::from(stored.is_some());
    let noun = if count == 1 { "finding" } else { "findings" };
    Err(Failure::Configuration(format!("{count} {noun}")))
}

/// Codes that are stored and that no list knows, where there is a database of this version.
fn stored(house: &House) -> Result<Option<String>, Failure> {
    if must_be_there(&house.database).is_err() {
        return Ok(None);
    }
    let pool = connect(&house.config)?;
    let conn = &mut *pool.get()?;
    if store::schema_state(conn)? != SchemaState::default() {
        return Ok(None);
    }
    Ok(super::doctor::stored_codes(conn, &house.codes)?.err())
}
