//! Files as people send them, and as nobody should.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests"
)]

mod book;
mod hostile;
mod read;
mod sheets;
mod workbooks;
