//! Open vacancies, and one of them.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use domain::error::FieldError;

use super::answer;
use super::view::{
    QueryJson, SuggestionJson, SuggestionsJson, UnderstoodJson, VacanciesJson, VacancyDetailJson,
    VacancyJson,
};
use crate::app::App;
use crate::ask::Query;
use crate::exchange::{Facet, FacetCounts, Narrow, PlaceRead, SearchAsk, Sort, Start, Trade};
use crate::problem::{Problem, field_error};
use crate::texts::Texts;
use crate::visit::Visit;

const FIELDS: [&str; 14] = [
    "q",
    "place",
    "trade",
    "limit",
    "cursor",
    "sort",
    "province",
    "wage",
    "experience",
    "level",
    "contract",
    "shift",
    "benefit",
    "origin",
];
const LIMITS: (u32, u32) = (1, 100);
const USUAL_LIMIT: u32 = 20;
const LONGEST_CURSOR: usize = 500;
const SUGGESTIONS: (u32, u32) = (1, 20);
const USUAL_SUGGESTIONS: u32 = 8;

/// `GET /api/v1/vacancies?q=&place=&trade=&limit=&cursor=&sort=`, and a value of each facet
pub(crate) async fn vacancies(app: Data<App>, visit: Visit) -> Result<HttpResponse, Problem> {
    let ask = read(&visit.query, visit.texts()).map_err(Problem::Invalid)?;
    let found = app.ask(move |exchange| exchange.search(&ask)).await?;
    let items = found.items.into_iter();
    answer(
        &visit,
        &VacanciesJson {
            items: items.map(|row| VacancyJson::of(row, visit.lang)).collect(),
            total: found.total,
            next_cursor: found.next_cursor,
            query: QueryJson {
                corrected: found.corrected,
                understood: found
                    .understood
                    .into_iter()
                    .map(UnderstoodJson::of)
                    .collect(),
            },
            facets: facets(&found.facets),
            place: match found.place {
                PlaceRead::Known(places) => {
                    let names: Vec<String> = places.into_iter().map(|place| place.name).collect();
                    Some(names.join("; "))
                }
                PlaceRead::Anywhere | PlaceRead::Unknown => None,
            },
        },
    )
}

/// `GET /api/v1/suggest?q=&limit=`
pub(crate) async fn suggest(app: Data<App>, visit: Visit) -> Result<HttpResponse, Problem> {
    let t = visit.texts();
    let query = Query::parse(&visit.query, t).map_err(|error| Problem::Invalid(vec![error]))?;
    let mut wrong = query.strangers(&["q", "limit"], t);
    let q = query.text("q", t).unwrap_or_else(|error| {
        wrong.push(error);
        String::new()
    });
    let limit = query
        .number("limit", SUGGESTIONS, USUAL_SUGGESTIONS, t)
        .unwrap_or_else(|error| {
            wrong.push(error);
            0
        });
    if !wrong.is_empty() {
        return Err(Problem::Invalid(wrong));
    }
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    let found = app.ask(move |exchange| exchange.suggest(&q, limit)).await?;
    let items = found.into_iter().map(SuggestionJson::of).collect();
    answer(&visit, &SuggestionsJson { items })
}

/// `GET /api/v1/vacancies/{id}`
pub(crate) async fn vacancy(
    app: Data<App>,
    visit: Visit,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let query =
        Query::parse(&visit.query, visit.texts()).map_err(|error| Problem::Invalid(vec![error]))?;
    let wrong = query.strangers(&[], visit.texts());
    if !wrong.is_empty() {
        return Err(Problem::Invalid(wrong));
    }
    let detail = app.ask(move |exchange| exchange.vacancy(&id)).await?;
    answer(&visit, &VacancyDetailJson::of(detail, visit.lang))
}

/// By facet and value, how many there would be.
fn facets(counts: &[FacetCounts]) -> BTreeMap<&'static str, BTreeMap<String, u64>> {
    let of = |facet: &FacetCounts| {
        let values = facet.values.iter();
        values
            .map(|value| (value.value.clone(), value.count))
            .collect()
    };
    let facets = counts.iter();
    facets
        .map(|facet| (facet.facet.as_str(), of(facet)))
        .collect()
}

/// All that is wrong at once.
fn read(raw: &str, t: Texts) -> Result<SearchAsk, Vec<FieldError>> {
    let query = Query::parse(raw, t).map_err(|error| vec![error])?;
    let mut wrong = query.strangers(&FIELDS, t);
    let mut ask = SearchAsk {
        q: String::new(),
        place: String::new(),
        trade: None,
        narrow: Vec::new(),
        sort: Sort::Fit,
        limit: 0,
        start: Start::First,
    };
    match query.text("q", t) {
        Ok(q) => ask.q = q,
        Err(error) => wrong.push(error),
    }
    match query.text("place", t) {
        Ok(place) => ask.place = place,
        Err(error) => wrong.push(error),
    }
    match query.choice("trade", Trade::parse, &Trade::ALL.map(Trade::as_str), t) {
        Ok(trade) => ask.trade = trade,
        Err(error) => wrong.push(error),
    }
    match query.choice("sort", Sort::parse, &Sort::ALL.map(Sort::as_str), t) {
        Ok(sort) => ask.sort = sort.unwrap_or_default(),
        Err(error) => wrong.push(error),
    }
    for facet in Facet::ALL
        .into_iter()
        .filter(|facet| *facet != Facet::Trade)
    {
        match query.text(facet.as_str(), t) {
            Ok(value) if value.is_empty() => {}
            Ok(value) => ask.narrow.push(Narrow { facet, value }),
            Err(error) => wrong.push(error),
        }
    }
    match query.number("limit", LIMITS, USUAL_LIMIT, t) {
        Ok(limit) => ask.limit = u16::try_from(limit).unwrap_or(u16::MAX),
        Err(error) => wrong.push(error),
    }
    match cursor(&query, t) {
        Ok(start) => ask.start = start,
        Err(error) => wrong.push(error),
    }
    if wrong.is_empty() {
        Ok(ask)
    } else {
        Err(wrong)
    }
}

fn cursor(query: &Query, t: Texts) -> Result<Start, FieldError> {
    let given = query.get("cursor").unwrap_or_default();
    if given.is_empty() {
        return Ok(Start::First);
    }
    let is_ours = given.len() <= LONGEST_CURSOR
        && given
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_ours {
        Ok(Start::After(given.to_owned()))
    } else {
        Err(field_error("cursor", given, t.t("expected-cursor")))
    }
}
