//! What goes wrong, and the one place where it becomes an answer.
//!
//! A reader of pages gets a page, a caller of the API gets `application/problem+json` (RFC 9457).
//! Nothing internal leaks; both carry the name that the request has in the log.

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONNECTION, RETRY_AFTER};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use domain::error::{Cause, FieldError};
use serde::Serialize;

use crate::app::App;
use crate::exchange::{Trouble, Unready};
use crate::page;
use crate::texts::Texts;
use crate::visit::Visit;

/// Seconds after which a busy server may be asked again.
const BUSY_RETRY: u32 = 2;
/// Characters of a value that are repeated to the caller.
const VALUE_SHOWN: usize = 80;

/// Why a request is not answered as asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// No such address, or nothing there for this reader.
    #[error("not found")]
    NotFound,
    /// The address is right, the method is not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Some fields cannot be taken.
    #[error("{} field(s) cannot be taken", .0.len())]
    Invalid(Vec<FieldError>),
    /// Path and query are longer than this many bytes.
    #[error("address longer than {0} bytes")]
    UrlTooLong(usize),
    /// The body is longer than this many bytes.
    #[error("body longer than {0} bytes")]
    BodyTooLarge(usize),
    /// The body did not come in time, or not whole.
    #[error("body too slow or broken")]
    BodyCut,
    /// More at once than this server answers.
    #[error("too much at once")]
    Busy,
    /// Not answered within the deadline.
    #[error("not answered in time")]
    Late,
    /// No right answer can be given now.
    #[error("not available: {reasons:?}")]
    Unavailable {
        retry_after: u32,
        reasons: Vec<Unready>,
    },
    /// Our fault.
    #[error("failed inside")]
    Internal(#[source] Cause),
}

impl Problem {
    /// Our fault, and what happened.
    pub(crate) fn inside(what: &'static str) -> Self {
        Self::Internal(what.into())
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::UrlTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyCut => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::Late | Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "urn:sanviec:problem:not-found",
            Self::MethodNotAllowed => "urn:sanviec:problem:method-not-allowed",
            Self::Invalid(_) => "urn:sanviec:problem:invalid",
            Self::UrlTooLong(_) => "urn:sanviec:problem:url-too-long",
            Self::BodyTooLarge(_) => "urn:sanviec:problem:body-too-large",
            Self::BodyCut => "urn:sanviec:problem:body-cut",
            Self::Busy => "urn:sanviec:problem:busy",
            Self::Late => "urn:sanviec:problem:late",
            Self::Unavailable { .. } => "urn:sanviec:problem:unavailable",
            Self::Internal(_) => "urn:sanviec:problem:internal",
        }
    }

    fn title(&self, t: Texts) -> String {
        match self {
            Self::NotFound => t.t("problem-not-found-title"),
            Self::MethodNotAllowed => t.t("problem-method-title"),
            Self::Invalid(_) => t.t("problem-invalid-title"),
            Self::UrlTooLong(_) => t.t("problem-url-title"),
            Self::BodyTooLarge(_) => t.t("problem-body-large-title"),
            Self::BodyCut => t.t("problem-body-cut-title"),
            Self::Busy | Self::Late => t.t("problem-busy-title"),
            Self::Unavailable { .. } => t.t("problem-unavailable-title"),
            Self::Internal(_) => t.t("problem-internal-title"),
        }
    }

    fn detail(&self, t: Texts) -> String {
        match self {
            Self::NotFound => t.t("problem-not-found"),
            Self::MethodNotAllowed => t.t("problem-method"),
            Self::Invalid(_) => t.t("problem-invalid"),
            Self::UrlTooLong(most) => t.count("problem-url", *most as u64),
            Self::BodyTooLarge(most) => t.count("problem-body-large", *most as u64),
            Self::BodyCut => t.t("problem-body-cut"),
            Self::Busy | Self::Late => t.t("problem-busy"),
            Self::Unavailable { .. } => t.t("problem-unavailable"),
            Self::Internal(_) => t.t("problem-internal"),
        }
    }

    const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Busy | Self::Late => Some(BUSY_RETRY),
            Self::Unavailable { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    /// Whether the connection is of no use afterwards: part of a body may still be on its way.
    const fn ends_connection(&self) -> bool {
        matches!(self, Self::BodyTooLarge(_) | Self::BodyCut)
    }

    fn fields(&self) -> &[FieldError] {
        match self {
            Self::Invalid(fields) => fields,
            _ => &[],
        }
    }

    fn reasons(&self) -> &[Unready] {
        match self {
            Self::Unavailable { reasons, .. } => reasons,
            _ => &[],
        }
    }

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
        points.extend(self.fields().iter().map(|field| point(t, field)));
        points.extend(self.reasons().iter().map(|reason| reason_words(t, *reason)));
        let (title, detail) = (self.title(t), self.detail(t));
        page::error(app, visit, answer, title, detail, points)
    }

    fn json(&self, mut answer: HttpResponseBuilder, visit: &Visit, t: Texts) -> HttpResponse {
        answer
            .content_type("application/problem+json")
            .json(ProblemJson {
                kind: self.kind(),
                title: self.title(t),
                status: self.status().as_u16(),
                detail: self.detail(t),
                request_id: &visit.request_id,
                errors: self.fields().iter().map(FieldJson::of).collect(),
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

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotFound => Self::NotFound,
            Trouble::Invalid(fields) => Self::Invalid(fields),
            Trouble::Unavailable {
                retry_after,
                reasons,
            } => Self::Unavailable {
                retry_after,
                reasons,
            },
            Trouble::Internal(cause) => Self::Internal(cause),
        }
    }
}

/// The door writes the answer; this only says which status it will have.
impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }
}

/// A field that cannot be taken; a long value is cut.
pub(crate) fn field_error(field: &str, value: &str, expected: String) -> FieldError {
    FieldError {
        field: domain::text::shorten(field, VALUE_SHOWN),
        value: domain::text::shorten(value, VALUE_SHOWN),
        expected,
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
