//! Ranks seekers against a vacancy, and vacancies for a seeker: exactly, and with reasons.
//!
//! * [`definition`] says what fit is, in plain code: `score`, `eligible`, `candidate`, the order.
//! * [`scan`] ranks by going through everything: slow, and the yardstick.
//! * [`engine`] finds the same lists through tiles in memory.
//! * [`batch`] ranks for all vacancies, on several threads.
//! * [`change`] says which small change would bring how many more.
//! * [`explain`] says in words why a fit is what it is.
//! * [`index`] keeps durably what the engine is built from.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod batch;
pub mod change;
pub mod definition;
pub mod engine;
pub mod explain;
pub mod index;
pub mod scan;
pub mod settings;
