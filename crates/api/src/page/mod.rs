//! The pages: each handler makes finished values, its template only places them.

mod about;
mod asset;
mod card;
mod error;
mod facet;
mod frame;
mod home;
pub(crate) mod link;
mod results;
mod vacancy;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue, VARY};
use askama::Template;

use crate::assets::fingerprint;
use crate::problem::Problem;
use crate::visit::Visit;

pub(crate) use about::about;
pub(crate) use asset::asset;
pub(crate) use error::error;
pub(crate) use home::home;
pub(crate) use results::results;
pub(crate) use vacancy::vacancy;

use card::Card;
use frame::{Frame, Section};

/// A page that may be kept for a short while, or 304 where the reader has it already.
fn answer(visit: &Visit, page: &impl Template) -> Result<HttpResponse, Problem> {
    let html = page
        .render()
        .map_err(|error| Problem::Internal(error.into()))?;
    let etag = format!("W/\"{:016x}\"", fingerprint(html.as_bytes()));
    let mut answer = if visit.has(&etag) {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(html)
    };
    let headers = answer.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=60"),
    );
    headers.append(VARY, HeaderValue::from_static("save-data"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    Ok(answer)
}
