//! The engine against the definition.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod by_hand;
mod change;
mod exact;
mod explain;
mod index;
mod properties;
mod world;
