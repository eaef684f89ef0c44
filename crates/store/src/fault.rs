//! From what a database says to what a caller does next.

use diesel::result::{DatabaseErrorKind, Error as Diesel};
use domain::error::{Cause, Error};

/// What SQLite says where its file could be opened for reading only.
const READ_ONLY: &str = "attempt to write a readonly database";

/// Words of SQLite and PostgreSQL for what passes by itself or by mending the machine.
const PASSING: [&str; 8] = [
    "database is locked",
    "database or disk is full",
    READ_ONLY,
    "disk I/O error",
    "unable to open database file",
    "server closed the connection",
    "terminating connection",
    "canceling statement",
];

pub(crate) fn unavailable(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Unavailable(Box::new(cause))
}

/// Says what was being done when the database refused.
pub(crate) fn internal(doing: &'static str) -> impl Fn(Diesel) -> Error {
    move |error| {
        let passing = match &error {
            Diesel::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction,
                _,
            )
            | Diesel::BrokenTransactionManager => true,
            Diesel::DatabaseError(_, info) => {
                PASSING.iter().any(|words| info.message().contains(words))
            }
            _ => false,
        };
        if matches!(error, Diesel::NotFound) {
            Error::NotFound
        } else if passing {
            unavailable(error)
        } else {
            Error::Internal {
                doing,
                cause: Box::new(error),
            }
        }
    }
}

/// As [`internal`], but somebody else was first where the key is taken.
pub(crate) fn conflict_or_internal(doing: &'static str) -> impl Fn(Diesel) -> Error {
    move |error| match error {
        Diesel::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Error::Conflict,
        other => internal(doing)(other),
    }
}

/// A stored text that cannot be read back.
pub(crate) fn corrupt(
    doing: &'static str,
    cause: impl std::error::Error + Send + Sync + 'static,
) -> Error {
    Error::Internal {
        doing,
        cause: Box::new(cause),
    }
}

/// A row that cannot be read back.
#[derive(Debug, thiserror::Error)]
#[error("row {id}: {cause}")]
struct Unreadable {
    id: String,
    cause: Cause,
}

/// As [`corrupt`], with the row's id.
pub(crate) fn unreadable(doing: &'static str, id: &str, cause: Cause) -> Error {
    let id = id.to_owned();
    corrupt(doing, Unreadable { id, cause })
}

/// Whether the connection can read only.
pub(crate) fn is_read_only(error: &Error) -> bool {
    let Error::Unavailable(cause) = error else {
        return false;
    };
    match cause.downcast_ref::<Diesel>() {
        Some(Diesel::DatabaseError(_, info)) => info.message().contains(READ_ONLY),
        _ => false,
    }
}

/// Whether the same transaction may succeed when it is run again: PostgreSQL's 40001 and 40P01.
pub(crate) fn is_worth_a_retry(error: &Error) -> bool {
    let Error::Internal { cause, .. } = error else {
        return false;
    };
    match cause.downcast_ref::<Diesel>() {
        Some(Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(Diesel::DatabaseError(_, info)) => info.message().contains("deadlock detected"),
        _ => false,
    }
}
