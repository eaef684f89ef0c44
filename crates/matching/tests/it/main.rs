//! The engine against the definition.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod batch;
mod by_hand;
mod change;
mod empty;
mod exact;
mod exact_vacancies;
mod explain;
mod index;
mod properties;
mod world;
