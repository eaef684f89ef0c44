//! Why a command did not do what it was told.

use std::fmt::Write;
use std::process::ExitCode;

use domain::error::Error;

use crate::embedded::ConfigError;

/// Why, by what the caller does next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The configuration or the command line is wrong: exit 2.
    #[error("{0}")]
    Configuration(String),
    /// It could not be done: exit 1.
    #[error("{0}")]
    Failed(String),
}

impl Failure {
    /// The exit code.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Configuration(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::FAILURE,
        }
    }

    /// An error of reading or writing, with what was being done.
    pub(crate) fn io(doing: &str) -> impl Fn(std::io::Error) -> Self + '_ {
        move |error| Self::Failed(format!("{doing}: {error}"))
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Configuration(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut text = error.to_string();
        if let Error::Invalid(fields) = &error {
            for field in fields {
                let _ = write!(
                    text,
                    "; {} {:?}: expected {}",
                    field.field, field.value, field.expected
                );
            }
        }
        let mut cause = std::error::Error::source(&error);
        while let Some(deeper) = cause {
            let _ = write!(text, ": {deeper}");
            cause = deeper.source();
        }
        Self::Failed(text)
    }
}
