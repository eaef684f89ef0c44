//! The yardstick of speed: the engine beside what else could rank people, on the same generated
//! world, by the same definition, every list compared for equality.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]
#![expect(
    clippy::indexing_slicing,
    reason = "a measuring tool: a wrong index ends the run, and its lists are compared"
)]

mod best;
mod inverted;
mod people;
mod row;
mod scan;
mod tables;
mod timing;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Parser;

use people::{Everybody, Size};

/// Whatever ends a run.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs all peers over one world and prints what they took.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many people there are.
    #[arg(long, default_value_t = 1_000_000)]
    seekers: u64,
    /// Queries of each class.
    #[arg(long, default_value_t = 200)]
    queries: usize,
    /// Rounds; of each query the best counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The seed of the world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day on which the world is as it is.
    #[arg(long, default_value = "2026-11-25")]
    day: NaiveDate,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing more can be done where even this cannot be written.
            let _ = writeln!(std::io::stderr(), "peers: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(ask: &Arguments) -> Result<(), Failure> {
    let out = &mut std::io::stdout();
    let size = Size {
        seekers: ask.seekers,
        queries: ask.queries,
        seed: ask.seed,
        day: ask.day,
    };
    let codes = Arc::new(bench_world::codes()?);
    let (rules, seekers) = people::draw(&codes, &size)?;
    let everybody = Everybody::new(rules, &seekers, size.day)?;
    let folder = tempfile::tempdir()?;
    let (engine, inverted, built) = people::build(&everybody, seekers, folder.path())?;
    writeln!(out, "{:?} {:?} {}", built.engine, built.tantivy, built.tantivy_bytes)?;
    for asked in people::queries(&codes, &size) {
        let mut peers = people::in_process(&everybody, &engine, &inverted);
        writeln!(out, "{}", asked.name)?;
        for series in timing::race(&mut peers, &asked.offers, ask.rounds)? {
            writeln!(out, "  {} {:.3} {:.3} {:.3}", series.name, series.wall(50), series.wall(99), series.cpu(50))?;
        }
    }
    Ok(())
}
