//! The pages and the API of the job exchange.
//!
//! Everything here translates: a request becomes a question to the [`Exchange`](exchange::Exchange)
//! below, its answer becomes a page or JSON in the reader's language. Start with `routes.rs` for
//! what there is, `door` for what happens to every request, and `page` or `rest` for the answers.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod answer;
mod app;
mod ask;
mod assets;
mod config;
mod door;
pub mod exchange;
mod number;
mod page;
mod problem;
mod rest;
mod routes;
mod server;
mod texts;
mod trade;
mod visit;
pub mod words;

pub use config::{Centre, ServeConfig};
pub use server::{serve, serve_until};
