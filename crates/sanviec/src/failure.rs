//! Why a command did not do what it was told.

use std::fmt::Write;
use std::process::ExitCode;

use domain::error::Error;

use store::MigrateError;

use crate::config::Faults;
use crate::embedded::BadLists;
use crate::work::NoModel;

/// Why, by what the caller does next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The configuration or the command line is wrong: exit 2.
    #[error("{0}")]
    Configuration(String),
    /// The database was made by a newer program: exit 3.
    #[error("{0}")]
    NewerDatabase(String),
    /// It could not be done: exit 1.
    #[error("{0}")]
    Failed(String),
    /// Who read the answer has gone, such as `head`: nothing is wrong, and nothing is said. Exit 141,
    /// as of a program that SIGPIPE has ended.
    #[error("nobody reads the answer any more")]
    Unheard,
}

impl Failure {
    /// The exit code.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Configuration(_) => ExitCode::from(2),
            Self::NewerDatabase(_) => ExitCode::from(3),
            Self::Failed(_) => ExitCode::FAILURE,
            Self::Unheard => ExitCode::from(141),
        }
    }

    /// An error of reading or writing, with what was being done.
    pub(crate) fn io(doing: &str) -> impl Fn(std::io::Error) -> Self + '_ {
        move |error| Self::Failed(format!("{doing}: {error}"))
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::Configuration(faults.to_string())
    }
}

impl From<BadLists> for Failure {
    fn from(error: BadLists) -> Self {
        Self::Configuration(error.to_string())
    }
}

impl From<NoModel> for Failure {
    fn from(error: NoModel) -> Self {
        Self::Configuration(error.to_string())
    }
}

impl From<MigrateError> for Failure {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Newer(steps) => Self::NewerDatabase(newer(&steps)),
            MigrateError::Database(error) => error.into(),
        }
    }
}

/// What to do where the database has seen steps that this program does not know.
pub(crate) fn newer(steps: &[String]) -> String {
    format!(
        "cơ sở dữ liệu mới hơn chương trình này (phiên bản {version}); không đụng tới nó\n  \
         Cách sửa: chạy bản chương trình mới hơn, hoặc phục hồi bản sao lưu trước khi nâng cấp.\n  \
         The database is newer than this program (version {version}); it was not touched.\n  \
         It has seen: {}. Mend: run the newer program, or restore the backup from before the upgrade.",
        steps.join(", "),
        version = env!("CARGO_PKG_VERSION"),
    )
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
            // Some errors say their cause themselves.
            let deeper_text = deeper.to_string();
            if !text.ends_with(&deeper_text) {
                let _ = write!(text, ": {deeper_text}");
            }
            cause = deeper.source();
        }
        Self::Failed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the disk is away")]
    struct Away;

    #[test]
    fn a_cause_is_said_once() {
        let unavailable = Failure::from(Error::Unavailable(Box::new(Away)));
        assert_eq!(
            unavailable.to_string(),
            "not available now: the disk is away"
        );
        let internal = Failure::from(Error::Internal {
            doing: "reading",
            cause: Box::new(Away),
        });
        assert_eq!(internal.to_string(), "reading failed: the disk is away");
    }
}
