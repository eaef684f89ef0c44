//! The API: JSON for other programs, the same answers as the pages.

mod health;
mod vacancies;
mod view;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, ETAG, HeaderValue, VARY};
use serde::Serialize;

use crate::assets::fingerprint;
use crate::problem::Problem;
use crate::visit::Visit;

pub(crate) use health::{health, ready};
pub(crate) use vacancies::{suggest, vacancies, vacancy};

/// JSON that may be kept for a short while, or 304 where the caller has it already.
fn answer(visit: &Visit, value: &impl Serialize) -> Result<HttpResponse, Problem> {
    let body = serde_json::to_vec(value).map_err(|error| Problem::Internal(error.into()))?;
    let etag = format!("W/\"{:016x}\"", fingerprint(&body));
    let mut answer = if visit.has(&etag) {
        HttpResponse::NotModified().finish()
    } else {
        HttpResponse::Ok()
            .content_type("application/json")
            .body(body)
    };
    let headers = answer.headers_mut();
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=15"),
    );
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, etag);
    }
    Ok(answer)
}
