//! R1: kill -9 under writes loses nothing that was acknowledged.

use std::time::Duration;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::place::{Database, On};
use crate::process::{PATIENCE, Programs, Writer, until, wait};
use crate::stream::Dice;
use crate::world;

/// A database takes so many kills before the next one is made.
const KILLS_OF_A_DATABASE: u64 = 20;

/// Kills a writing process so often, each time at another moment.
pub fn kill(programs: &Programs, on: &On, kills: u64, seed: u64) -> Figures {
    let mut figures = Figures::of("R1 kill -9 under writes", on.name());
    let codes = world::codes();
    let mut dice = Dice(seed);
    let mut left = kills;
    while left > 0 {
        let database = Database::new(on);
        let history = new_history();
        for run in 0..left.min(KILLS_OF_A_DATABASE) {
            let before = history.acks();
            let writer = Writer::start(programs, &database.url, run, &history, |_| {});
            let begun = until(PATIENCE, || history.acks() > before);
            figures.hold(begun.is_some(), || format!("run {run} wrote nothing"));
            wait(Duration::from_millis(dice.below(400)));
            writer.kill();
            let report = check(&database.pool(1), &codes, &history.with(|h| h.clone()));
            figures.wrong.extend(report.wrong);
            left -= 1;
            figures.add("kills", 1);
        }
        let history = history.with(|history| history.clone());
        figures.take(check(&database.pool(1), &codes, &history));
        figures.add("reads", history.reads);
        let faults = history.faults();
        figures.hold(faults.is_empty() && history.bad_reads == 0, || {
            format!("{} bad reads; {faults:?}", history.bad_reads)
        });
    }
    figures
}
