//! The one place where a problem becomes an answer.
//!
//! A reader of pages gets a page, a caller of the API gets `application/problem+json` (RFC 9457).
//! Nothing internal leaks; both carry the name that the request has in the log.

use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONNECTION, RETRY_AFTER};
use actix_web::{HttpResponse, HttpResponseBuilder};
use domain::error::FieldError;
use serde::Serialize;

use crate::app::App;
use crate::exchange::Unready;
use crate::page;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::visit::Visit;

impl Problem {
    /// The answer to the reader.
    pub(crate) fn answer(&self, app: &App, visit: &Visit) -> HttpResponse {
        let t = visit.texts();
        let mut answer = HttpResponse::build(self.status());
        answer.insert_header((CACHE_CONTROL, "no-store"));
        if matches!(self, Self::MethodNotAllowed) {
            answer.insert_header((ALLOW, "GET, HEAD"));
        }
        if let Some(seconds) = self.retry_after() {
            answer.insert_header((RETRY_AFTER, seconds));
        }
        if self.ends_connection() {
            answer.force_close().insert_header((CONNECTION, "close"));
        }
        if visit.is_api {
            return self.json(answer, visit, t);
        }
        let mut points = Vec::new();
        points.extend(self.fields(t).iter().map(|field| point(t, field)));
        points.extend(self.reasons().iter().map(|reason| reason_words(t, *reason)));
        let (title, detail) = (self.title(t), self.detail(t));
        page::error(app, visit, answer, title, detail, points)
    }

    fn json(&self, mut answer: HttpResponseBuilder, visit: &Visit, t: Texts) -> HttpResponse {
        let fields = self.fields(t);
        answer
            .content_type("application/problem+json")
            .json(ProblemJson {
                kind: self.kind(),
                title: self.title(t),
                status: self.status().as_u16(),
                detail: self.detail(t),
                request_id: &visit.request_id,
                errors: fields.iter().map(FieldJson::of).collect(),
                reasons: self
                    .reasons()
                    .iter()
                    .map(|&reason| ReasonJson {
                        code: reason_code(reason),
                        detail: reason_words(t, reason),
                    })
                    .collect(),
            })
    }
}

fn point(t: Texts, field: &FieldError) -> String {
    t.with(
        "problem-field",
        &[
            ("field", &field.field),
            ("value", &field.value),
            ("expected", &field.expected),
        ],
    )
}

const fn reason_code(reason: Unready) -> &'static str {
    match reason {
        Unready::DatabaseUnreachable => "database-unreachable",
        Unready::IndexBehind { .. } => "index-behind",
        Unready::IndexRebuilding => "index-rebuilding",
        Unready::DiskFull => "disk-full",
        Unready::Stopping => "stopping",
    }
}

fn reason_words(t: Texts, reason: Unready) -> String {
    match reason {
        Unready::DatabaseUnreachable => t.t("unready-database"),
        Unready::IndexBehind { changes } => t.count("unready-index-behind", changes),
        Unready::IndexRebuilding => t.t("unready-index-rebuilding"),
        Unready::DiskFull => t.t("unready-disk-full"),
        Unready::Stopping => t.t("unready-stopping"),
    }
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    status: u16,
    detail: String,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<ReasonJson>,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    field: &'a str,
    value: &'a str,
    expected: &'a str,
}

impl<'a> FieldJson<'a> {
    fn of(field: &'a FieldError) -> Self {
        Self {
            field: &field.field,
            value: &field.value,
            expected: &field.expected,
        }
    }
}

#[derive(Serialize)]
struct ReasonJson {
    code: &'static str,
    detail: String,
}
