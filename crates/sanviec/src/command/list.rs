//! `sanviec list`: who and what is there, with the ids that other commands take.

use domain::actor::Actor;
use domain::code::Lang;
use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Vacancy;
use serde_json::{Value, json};

use super::rank::read_id;
use super::say;
use crate::arguments::Listing;
use crate::failure::Failure;
use crate::house::House;

/// Everybody who is registered, in the order of ids.
pub(crate) fn seekers(house: &House, ask: &Listing) -> Result<(), Failure> {
    let after: Option<SeekerId> = after(ask)?;
    let conn = &mut *house.open_existing()?.get()?;
    let list = store::seeker::list(conn, &house.codes, Actor::Operator, after, limit(ask))?;
    for seeker in &list {
        let names = occupations(house, ask, seeker);
        let (id, status) = (seeker.id, seeker.status.as_str());
        if ask.json {
            let codes: Vec<String> = seeker.occupations.iter().map(ToString::to_string).collect();
            say_json(&json!({
                "type": "seeker", "id": id.to_string(), "status": status,
                "occupations": codes, "names": names,
            }))?;
        } else {
            say(format_args!("{id}  {status:<16}  {}", names.join(", ")))?;
        }
    }
    say_way_on(
        ask,
        list.len(),
        list.last().map(|seeker| seeker.id.to_string()),
    )
}

/// Every vacancy, in the order of ids.
pub(crate) fn vacancies(house: &House, ask: &Listing) -> Result<(), Failure> {
    let after: Option<VacancyId> = after(ask)?;
    let conn = &mut *house.open_existing()?.get()?;
    let list = store::vacancy::list(conn, &house.codes, Actor::Operator, after, limit(ask))?;
    for vacancy in &list {
        let Vacancy {
            offer,
            title,
            employer_name,
            ..
        } = vacancy;
        let (id, status) = (offer.id, offer.status.as_str());
        if ask.json {
            say_json(&json!({
                "type": "vacancy", "id": id.to_string(), "status": status,
                "title": title, "employer": employer_name,
            }))?;
        } else {
            say(format_args!(
                "{id}  {status:<16}  {title} — {employer_name}"
            ))?;
        }
    }
    let last = list.last().map(|vacancy| vacancy.offer.id.to_string());
    say_way_on(ask, list.len(), last)
}

fn after<Id: std::str::FromStr<Err = domain::id::NotAnId>>(
    ask: &Listing,
) -> Result<Option<Id>, Failure> {
    ask.after.as_deref().map(read_id).transpose()
}

fn limit(ask: &Listing) -> i64 {
    i64::try_from(ask.limit).unwrap_or(i64::MAX)
}

fn occupations(house: &House, ask: &Listing, seeker: &Seeker) -> Vec<String> {
    let lang = if ask.english { Lang::En } else { Lang::Vi };
    seeker
        .occupations
        .iter()
        .map(|&code| {
            let name = house.codes.occupations.name(code, lang);
            name.map_or_else(|| code.to_string(), str::to_owned)
        })
        .collect()
}

/// Where the list goes on, after a full page; that there is nothing, on an empty one.
fn say_way_on(ask: &Listing, count: usize, last: Option<String>) -> Result<(), Failure> {
    match last {
        Some(last) if count == ask.limit && ask.json => {
            say_json(&json!({ "type": "next", "after": last }))
        }
        Some(last) if count == ask.limit => {
            say(format_args!("xem tiếp / to go on: --after {last}"))
        }
        Some(_) => Ok(()),
        None if ask.json => say_json(&json!({ "type": "empty", "reason": "end" })),
        None => say(format_args!("không còn mục nào / nothing more")),
    }
}

fn say_json(line: &Value) -> Result<(), Failure> {
    say(format_args!("{line}"))
}
