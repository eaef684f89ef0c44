//! R8: somebody outside holds SQLite's one place for writing.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::place::{Database, On};
use crate::process::{PATIENCE, until, wait};
use crate::stream::{Tools, Writers, hands};
use crate::world;

/// Whoever holds it so long makes others late and nothing else.
const LATE_ONLY: Duration = Duration::from_secs(5);
/// After it was held, writers go on within this.
const BACK_WITHIN: Duration = Duration::from_secs(5);

/// Holds it for each of these times, so often.
pub fn busy(times: &[Duration], rounds: u64) -> Figures {
    let mut figures = Figures::of("R8 SQLite busy", "sqlite");
    let database = Database::new(&On::Sqlite);
    let codes = world::codes();
    let history = new_history();
    let tools = Tools::noting(database.pool(8), &codes, &history);
    let writers = Writers::start(&tools, hands(1, 4), Duration::from_millis(1));
    let outside = database.pool(1);
    for (round, time) in (0..rounds).flat_map(|round| times.iter().map(move |time| (round, *time)))
    {
        let acks = history.acks();
        let begun = until(PATIENCE, || history.acks() > acks + 20);
        figures.hold(begun.is_some(), || format!("round {round}: no writes"));
        let failed = history.with(|history| history.failed.len());
        let mut holder = outside.get().unwrap();
        holder.batch_execute("BEGIN IMMEDIATE").unwrap();
        let held = Instant::now();
        wait(time);
        holder.batch_execute("ROLLBACK").unwrap();
        figures.most(
            "longest_hold_ms",
            u64::try_from(held.elapsed().as_millis()).unwrap(),
        );
        let acks = history.acks();
        let back = until(BACK_WITHIN, || history.acks() > acks + 20);
        figures.hold(back.is_some(), || format!("{time:?}: no writes afterwards"));
        let failed = history.with(|history| history.failed.len()) - failed;
        if time <= LATE_ONLY {
            figures.hold(failed == 0, || {
                format!("{time:?}: {failed} use cases failed")
            });
        } else {
            figures.hold(failed > 0, || {
                format!("{time:?}: nobody was told to try again")
            });
            figures.add("told_to_try_again", failed);
        }
        figures.add("holds", 1);
    }
    writers.stop();
    let history = history.with(|history| history.clone());
    let faults = history.faults();
    figures.hold(faults.is_empty(), || format!("{faults:?}"));
    figures.note("reads", history.reads);
    figures.hold(history.bad_reads == 0, || {
        format!("{} bad reads", history.bad_reads)
    });
    figures.take(check(&database.pool(1), &codes, &history));
    figures
}
