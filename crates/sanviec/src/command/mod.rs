//! The commands, one file each.

pub(crate) mod audit;
pub(crate) mod bench_data;
pub(crate) mod codes;
pub(crate) mod config;
pub(crate) mod doctor;
mod finding;
pub(crate) mod import;
pub(crate) mod index;
pub(crate) mod jobs;
pub(crate) mod match_all;
pub(crate) mod rank;
pub(crate) mod serve;

use std::fmt::Arguments;
use std::io::Write;

use crate::failure::Failure;

/// Writes a line to standard output.
fn say(line: Arguments<'_>) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(Failure::io("writing the answer"))
}
