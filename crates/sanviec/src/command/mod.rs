//! The commands, one file each.

pub(crate) mod audit;
pub(crate) mod bench_data;
pub(crate) mod classify;
pub(crate) mod codes;
pub(crate) mod config;
pub(crate) mod correct;
pub(crate) mod doctor;
pub(crate) mod evaluate;
mod finding;
pub(crate) mod import;
pub(crate) mod index;
pub(crate) mod jobs;
pub(crate) mod list;
pub(crate) mod match_all;
pub(crate) mod rank;
pub(crate) mod serve;
mod sheets;
pub(crate) mod train;

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

use crate::failure::Failure;
pub(crate) use finding::finding;

/// Writes a line to standard output.
fn say(line: Arguments<'_>) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::Unheard,
        _ => Failure::io("writing the answer")(error),
    })
}
