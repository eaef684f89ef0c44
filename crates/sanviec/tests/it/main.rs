//! The program as a process.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests"
)]

mod arrows;
mod commands;
mod config;
mod doctor;
mod evaluate;
mod import;
mod index;
mod match_all;
mod mutations;
mod postgres;
mod rank;
mod search;
mod serve;
mod world;
