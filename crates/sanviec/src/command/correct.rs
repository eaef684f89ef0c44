//! `sanviec correct`: what an officer has put right.

use domain::actor::Actor;
use domain::code::{IscoCode, Lang};
use domain::text::clean;
use domain::time::time_in_viet_nam;
use serde_json::json;
use store::correction::{self, Correction};

use super::import::existing;
use super::say;
use crate::arguments::{CorrectList, CorrectOccupation};
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;

/// Nobody writes longer titles.
const LONGEST: usize = 500;

/// Keeps which occupation a title names.
pub(crate) fn occupation(house: &House, ask: &CorrectOccupation) -> Result<(), Failure> {
    let title = clean(&ask.title);
    if title.is_empty() || title.chars().nth(LONGEST).is_some() {
        return Err(Failure::Configuration(format!(
            "cần tên việc, không quá {LONGEST} ký tự / expected a title of at most {LONGEST} characters"
        )));
    }
    let code: Option<IscoCode> = ask.code.parse().ok();
    let known = code.and_then(|code| Some((code, house.codes.occupations.name(code, Lang::Vi)?)));
    let Some((code, name)) = known else {
        return Err(Failure::Configuration(format!(
            "{:?}: cần mã nghề ISCO-08 từ 1 đến 4 chữ số / expected a code of ISCO-08, one to four digits",
            ask.code
        )));
    };
    let pool = house.open()?;
    let conn = &mut *pool.get()?;
    correction::save(conn, Actor::Operator, &title, code, &stamp())?;
    say(format_args!(
        "«{title}» là {name} ({code}); lần nhận tệp sau sẽ theo / the next import goes by it"
    ))
}

/// What was put right, the newest first.
pub(crate) fn list(house: &House, ask: &CorrectList) -> Result<(), Failure> {
    let pool = house.open_existing()?;
    for known in correction::all(&mut *pool.get()?, Actor::Operator)?
        .iter()
        .rev()
    {
        let Correction { title, code, at } = known;
        if ask.json {
            let at = at.to_rfc3339();
            let line = json!({ "title": title, "isco": code.to_string(), "at": at });
            say(format_args!("{line}"))?;
        } else {
            let name = house.codes.occupations.name(*code, Lang::Vi);
            say(format_args!(
                "{}  {code} {}  {title}",
                time_in_viet_nam(*at).format("%Y-%m-%d %H:%M"),
                name.unwrap_or_default()
            ))?;
        }
    }
    Ok(())
}

/// What was put right so far, the oldest first; nothing where there is no database yet.
pub(crate) fn corrections(house: &House) -> Result<Vec<(String, IscoCode)>, Failure> {
    let Some(pool) = existing(house)? else {
        return Ok(Vec::new());
    };
    let conn = &mut *pool.get()?;
    if store::missing_tables(conn)?.contains(&correction::TABLE) {
        return Ok(Vec::new());
    }
    let all = correction::all(conn, Actor::Operator)?;
    Ok(all
        .into_iter()
        .map(|known| (known.title, known.code))
        .collect())
}
