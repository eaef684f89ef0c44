//! The store on SQLite and on a real PostgreSQL.
//!
//! 1. What is saved is found as it was.
//! 2. The same row again is "same", another content is "changed", and nothing doubles.
//! 3. A visitor may not write, and a refused or failed write leaves nothing, not in the logs either.
//! 4. Two people who change the same thing: the second is told.
//! 5. Reading first and writing then from many threads never fails with "locked".
//! 6. The change log's order is the order of commits.
//! 7. Pages of a search follow each other without a gap or a double.
//! 8. Both dialects have the same tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod backend;
mod use_cases;
