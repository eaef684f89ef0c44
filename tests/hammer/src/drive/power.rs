//! R2: a power cut, after which nothing is left but what was synced, loses nothing that was
//! acknowledged.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::check::check;
use crate::drive::{Figures, copy_folder, new_history};
use crate::place::{in_memory, pool, sqlite_url};
use crate::process::{PATIENCE, Programs, Writer, until, wait};
use crate::shim::Shim;
use crate::stream::Dice;
use crate::world;

/// Cuts the power of a process that writes to SQLite so often; each next one goes on from what the
/// disk held.
pub fn cut(programs: &Programs, cuts: u64, seed: u64) -> Figures {
    let mut figures = Figures::of("R2 power cut", "sqlite");
    let codes = world::codes();
    let mut dice = Dice(seed);
    let top = in_memory();
    let folder = top.path().canonicalize().unwrap();
    let stage = |cut: u64, what: &str| -> PathBuf {
        let path = folder.join(format!("{what}-{cut}"));
        std::fs::create_dir_all(&path).unwrap();
        path
    };
    let history = new_history();
    let mut live = stage(0, "live");
    let mut shadow = stage(0, "shadow");
    let shim = Shim::new(live.clone(), &folder).with_shadow(shadow.clone());
    let mut migrate = Command::new(&programs.hammer);
    migrate.args(["migrate", "--database", &sqlite_url(&live)]);
    migrate.stdout(Stdio::null());
    shim.preload(&mut migrate);
    assert!(migrate.status().unwrap().success());

    for cut in 1..=cuts {
        let shim = Shim::new(live.clone(), &folder).with_shadow(shadow.clone());
        let before = history.acks();
        let writer = Writer::start(programs, &sqlite_url(&live), cut, &history, |command| {
            shim.preload(command);
        });
        let begun = until(PATIENCE, || history.acks() > before);
        figures.hold(begun.is_some(), || format!("cut {cut}: wrote nothing"));
        wait(Duration::from_millis(dice.below(400)));
        writer.kill();

        let disk = stage(cut, "live");
        copy_folder(&shadow, &disk);
        // A copy of its own: the look mends the database, and the next process is to do that.
        let looked_at = tempfile::tempdir_in(&folder).unwrap();
        copy_folder(&shadow, looked_at.path());
        let report = check(
            &pool(&sqlite_url(looked_at.path()), 1),
            &codes,
            &history.with(|h| h.clone()),
        );
        let wrong = report.wrong.iter().map(|what| format!("cut {cut}: {what}"));
        figures.wrong.extend(wrong);
        figures.add("cuts", 1);
        let next = stage(cut, "shadow");
        copy_folder(&disk, &next);
        std::fs::remove_dir_all(std::mem::replace(&mut live, disk)).unwrap();
        std::fs::remove_dir_all(std::mem::replace(&mut shadow, next)).unwrap();
    }
    let history = history.with(|history| history.clone());
    let faults = history.faults();
    figures.hold(faults.is_empty(), || format!("{faults:?}"));
    figures.take(check(&pool(&sqlite_url(&live), 1), &codes, &history));
    figures
}
