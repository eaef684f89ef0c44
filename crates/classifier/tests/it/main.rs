//! The classifier on the files of the repository.
#![expect(clippy::unwrap_used, reason = "a test fails where a file is missing")]

mod answers;
mod files;
mod model;
mod yardsticks;
