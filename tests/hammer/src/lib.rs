//! Breaks the exchange in every way it can, and looks at what is left.
//!
//! A stream of real use cases runs against a database ([`stream`]) and says of each when it was
//! sent and when it was acknowledged ([`history`]). Meanwhile something is broken ([`drive`]); then
//! the database is looked through ([`check`]): nothing that was acknowledged is missing, nothing is
//! there that was not sent, and every use case is there as a whole or not at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test tool: it stops at the first thing that is not as it must be"
)]

pub mod check;
pub mod drive;
pub mod history;
pub mod http;
pub mod place;
pub mod process;
pub mod server;
pub mod shim;
pub mod stream;
pub mod world;
