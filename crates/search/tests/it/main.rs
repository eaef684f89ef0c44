//! Search over a small world of vacancies, from the outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod change;
mod facets;
mod highlands;
mod hostile;
mod order;
mod page;
mod similar;
mod spelling;
mod suggest;
mod understanding;
mod world;
