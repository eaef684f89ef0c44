//! Persistence: the only crate that knows SQL.
//!
//! [`Pool`] opens SQLite or PostgreSQL by the scheme of the URL; [`write`] is the one door to a
//! transaction; each use case asks for permission and writes its audit entry and its row of the
//! change log together with what it changes.
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
mod codec;
mod conn;
pub mod correction;
mod dialect;
mod fault;
mod feed;
pub mod job;
mod log;
mod migrate;
mod schema;
pub mod seeker;
pub mod skill_stats;
mod unknown;
pub mod vacancy;

pub use conn::{BadUrl, Conn, DatabaseUrl, Pool, PoolLimits, Pooled};
pub use dialect::write;
pub use feed::Feed;
pub use migrate::{MigrateError, SchemaState, migrate, missing_tables, schema_state};
pub use unknown::{UnknownCodes, unknown_codes};
