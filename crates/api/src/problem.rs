//! What goes wrong with a request. [`crate::answer`] makes an answer of it.

use actix_web::ResponseError;
use actix_web::http::StatusCode;
use domain::error::{Cause, FieldError};

use crate::exchange::{Trouble, Unready};
use crate::texts::Texts;

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
    /// This cursor was not given out here.
    #[error("a strange cursor")]
    StrangeCursor(String),
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

    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Invalid(_) | Self::StrangeCursor(_) => StatusCode::BAD_REQUEST,
            Self::UrlTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyCut => StatusCode::REQUEST_TIMEOUT,
            Self::Busy | Self::Late | Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "urn:sanviec:problem:not-found",
            Self::MethodNotAllowed => "urn:sanviec:problem:method-not-allowed",
            Self::Invalid(_) | Self::StrangeCursor(_) => "urn:sanviec:problem:invalid",
            Self::UrlTooLong(_) => "urn:sanviec:problem:url-too-long",
            Self::BodyTooLarge(_) => "urn:sanviec:problem:body-too-large",
            Self::BodyCut => "urn:sanviec:problem:body-cut",
            Self::Busy => "urn:sanviec:problem:busy",
            Self::Late => "urn:sanviec:problem:late",
            Self::Unavailable { .. } => "urn:sanviec:problem:unavailable",
            Self::Internal(_) => "urn:sanviec:problem:internal",
        }
    }

    pub(crate) fn title(&self, t: Texts) -> String {
        match self {
            Self::NotFound => t.t("problem-not-found-title"),
            Self::MethodNotAllowed => t.t("problem-method-title"),
            Self::Invalid(_) | Self::StrangeCursor(_) => t.t("problem-invalid-title"),
            Self::UrlTooLong(_) => t.t("problem-url-title"),
            Self::BodyTooLarge(_) => t.t("problem-body-large-title"),
            Self::BodyCut => t.t("problem-body-cut-title"),
            Self::Busy | Self::Late => t.t("problem-busy-title"),
            Self::Unavailable { .. } => t.t("problem-unavailable-title"),
            Self::Internal(_) => t.t("problem-internal-title"),
        }
    }

    pub(crate) fn detail(&self, t: Texts) -> String {
        match self {
            Self::NotFound => t.t("problem-not-found"),
            Self::MethodNotAllowed => t.t("problem-method"),
            Self::Invalid(_) | Self::StrangeCursor(_) => t.t("problem-invalid"),
            Self::UrlTooLong(most) => t.count("problem-url", *most as u64),
            Self::BodyTooLarge(most) => t.count("problem-body-large", *most as u64),
            Self::BodyCut => t.t("problem-body-cut"),
            Self::Busy | Self::Late => t.t("problem-busy"),
            Self::Unavailable { .. } => t.t("problem-unavailable"),
            Self::Internal(_) => t.t("problem-internal"),
        }
    }

    pub(crate) const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Busy | Self::Late => Some(BUSY_RETRY),
            Self::Unavailable { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    /// Whether the connection is of no use afterwards: part of a body may still be on its way.
    pub(crate) const fn ends_connection(&self) -> bool {
        matches!(self, Self::BodyTooLarge(_) | Self::BodyCut)
    }

    /// What cannot be taken, in the language of the answer.
    pub(crate) fn fields(&self, t: Texts) -> Vec<FieldError> {
        match self {
            Self::Invalid(fields) => fields.clone(),
            Self::StrangeCursor(cursor) => {
                vec![field_error("cursor", cursor, t.t("expected-cursor"))]
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn reasons(&self) -> &[Unready] {
        match self {
            Self::Unavailable { reasons, .. } => reasons,
            _ => &[],
        }
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotFound => Self::NotFound,
            Trouble::StrangeCursor(cursor) => Self::StrangeCursor(cursor),
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
