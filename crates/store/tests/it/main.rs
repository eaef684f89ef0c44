//! The store on both databases; `use_cases` proves:
//!
//! 1. What is saved is found as it was, with its audit entry and its row of the change log.
//! 2. An import can be run again.
//! 3. A refused or failed write leaves nothing.
//! 4. The second of two who change the same is told.
//! 5. Many who read and then write all succeed.
//! 6. The order of the change log is the order of commits.
//! 7. Pages follow each other.
//! 8. Both dialects have the same tables.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods
)]

mod batch;
mod correction;
mod job;
mod listing;
mod schema;
mod seeker;
mod support;
mod transaction;
mod vacancy;
