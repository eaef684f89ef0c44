//! Small doses of what `tests/release.sh` does for hours; the numbers are those of the goals.
//!
//! - R1: kill -9 under writes loses nothing that was acknowledged and leaves nothing half.
//! - R2: nor does a power cut.
//! - R3: a server that is killed serves the same as is in the database when it is there again.
//! - R4: the n-th statement fails: nothing is half there, and the next call works.
//! - R5, R6, R7, R8: a disk that fails, is full or may not be written, and a database that is
//!   busy: use cases say "try again", reads go on, and it heals by itself.
//! - R21, R22: a stop breaks nothing that was taken; a start goes on wherever the last one died.
//! - And the checker sees each kind of harm.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod checker;
mod disk;
mod kill;
mod serve;
mod statements;

use std::path::Path;

use hammer::process::Programs;

fn programs() -> Programs {
    Programs::beside(Path::new(env!("CARGO_BIN_EXE_hammer")))
}
