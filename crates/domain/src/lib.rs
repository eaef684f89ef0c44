//! Types and rules of the job exchange.
//!
//! No I/O, no clock, no database, no web: everything else stands on this crate.
// A sum of what somebody typed neither wraps around nor panics.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod actor;
pub mod change;
pub mod code;
pub mod employer;
pub mod error;
pub mod id;
pub mod import;
pub mod moderation;
pub mod reading;
pub mod seeker;
pub mod skill_stats;
pub mod text;
pub mod time;
pub mod vacancy;
