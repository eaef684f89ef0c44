//! What is known of a request before anything is asked.

use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap, IF_NONE_MATCH};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use domain::code::Lang;

use crate::door::request_id;
use crate::problem::Problem;
use crate::texts::Texts;

/// Under this the API lives; what is outside answers with pages.
pub(crate) const API_ROOT: &str = "/api/";
/// Under this the English pages live.
pub(crate) const ENGLISH_ROOT: &str = "/en";

/// A request, as far as every answer depends on it.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// The reader's language: for pages by the address, for the API by `Accept-Language`.
    pub(crate) lang: Lang,
    /// The name of this request in the log.
    pub(crate) request_id: String,
    /// Whether the answer is JSON.
    pub(crate) is_api: bool,
    /// The path without the mark of the language; begins with `/`.
    pub(crate) path: String,
    /// The query as it came.
    pub(crate) query: String,
    /// The reader pays for each byte: no font of our own.
    pub(crate) save_data: bool,
    /// What the reader has already.
    pub(crate) if_none_match: Option<String>,
}

impl Visit {
    pub(crate) fn of(req: &ServiceRequest) -> Self {
        let path = req.path();
        let headers = req.headers();
        let is_api = path.starts_with(API_ROOT);
        let (lang, path) = match path.strip_prefix(ENGLISH_ROOT) {
            Some("") => (Lang::En, "/"),
            Some(rest) if rest.starts_with('/') => (Lang::En, rest),
            _ if is_api => (accepted(headers), path),
            _ => (Lang::Vi, path),
        };
        Self {
            lang,
            request_id: request_id::of(headers),
            is_api,
            path: path.to_owned(),
            query: req.query_string().to_owned(),
            save_data: text(headers, "save-data").is_some_and(|word| word == "on"),
            if_none_match: text(headers, IF_NONE_MATCH.as_str()).map(str::to_owned),
        }
    }

    pub(crate) const fn texts(&self) -> Texts {
        Texts(self.lang)
    }

    /// Whether the reader has this version of the answer already.
    pub(crate) fn has(&self, etag: &str) -> bool {
        self.if_none_match.as_deref().is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == etag.trim_start_matches("W/"))
        })
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let visit = req.extensions().get::<Self>().cloned();
        ready(
            visit.ok_or_else(|| {
                Problem::inside("a request that did not come through the door").into()
            }),
        )
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// English where the reader prefers it to Vietnamese, else Vietnamese.
fn accepted(headers: &HeaderMap) -> Lang {
    let wanted = text(headers, ACCEPT_LANGUAGE.as_str()).unwrap_or_default();
    let mut vi = 0.0_f32;
    let mut en = 0.0_f32;
    for part in wanted.split(',').take(20) {
        let (tag, quality) = part.split_once(';').unwrap_or((part, "q=1"));
        let quality = quality
            .trim()
            .strip_prefix("q=")
            .and_then(|number| number.parse().ok())
            .unwrap_or(0.0_f32);
        match tag.trim().split('-').next() {
            Some(tag) if tag.eq_ignore_ascii_case("vi") => vi = vi.max(quality),
            Some(tag) if tag.eq_ignore_ascii_case("en") => en = en.max(quality),
            _ => {}
        }
    }
    if en > vi { Lang::En } else { Lang::Vi }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn visit(path: &str, accept: &str) -> Visit {
        let req = TestRequest::with_uri(path).insert_header((ACCEPT_LANGUAGE, accept));
        Visit::of(&req.to_srv_request())
    }

    #[test]
    fn the_address_of_a_page_says_its_language() {
        for (path, lang, rest) in [
            ("/", Lang::Vi, "/"),
            ("/viec-lam", Lang::Vi, "/viec-lam"),
            ("/en", Lang::En, "/"),
            ("/en/", Lang::En, "/"),
            ("/en/viec-lam", Lang::En, "/viec-lam"),
            ("/england", Lang::Vi, "/england"),
        ] {
            let visit = visit(path, "en");
            assert_eq!((visit.lang, visit.path.as_str()), (lang, rest), "{path}");
        }
    }

    #[test]
    fn the_api_speaks_what_the_reader_accepts() {
        for (accept, lang) in [
            ("", Lang::Vi),
            ("fr", Lang::Vi),
            ("en", Lang::En),
            ("en-GB,vi;q=0.5", Lang::En),
            ("vi, en", Lang::Vi),
            ("en;q=0.3, vi;q=0.4", Lang::Vi),
            ("en;q=x", Lang::Vi),
        ] {
            assert_eq!(visit("/api/v1/health", accept).lang, lang, "{accept}");
        }
    }
}
