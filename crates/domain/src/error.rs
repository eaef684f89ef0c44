//! What can go wrong in a use case: few kinds, by what the caller does next.

/// A field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, as in the request, file or configuration.
    pub field: String,
    /// What was given, shortened.
    pub value: String,
    /// What would be taken.
    pub expected: String,
}

/// The cause of an internal error, kept for the log.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a use case did nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or not to be seen by this actor.
    #[error("not found")]
    NotFound,
    /// The actor may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Some fields cannot be taken; all of them are named.
    #[error("{} field(s) cannot be taken", .0.len())]
    Invalid(Vec<FieldError>),
    /// Somebody else has changed it meanwhile.
    #[error("changed by somebody else meanwhile")]
    Conflict,
    /// Not now: the caller may try again.
    #[error("not available now: {0}")]
    Unavailable(#[source] Cause),
    /// Our fault.
    #[error("{doing} failed")]
    Internal {
        /// What was being done.
        doing: &'static str,
        /// What happened.
        #[source]
        cause: Cause,
    },
}
