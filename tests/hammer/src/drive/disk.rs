//! R5, R6, R7: the disk fails, is full, or may not be written.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::history::{Growing, History};
use crate::place::{Database, On, pool, sqlite_url};
use crate::process::{PATIENCE, Programs, Writer, until, wait};
use crate::shim::{Fault, Shim};
use crate::stream::{Dice, Tools, Writers, hands};
use crate::world;

const EIO: i32 = 5;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const EDQUOT: i32 = 122;
/// After the trouble has gone, writing goes on within this.
const HEALED_WITHIN: Duration = Duration::from_secs(10);
/// Goes on so many times, it has come back.
const BACK: usize = 20;

/// Calls that happen all the time while writing, and those of opening.
const CALLS: [&str; 4] = ["write", "fsync,fdatasync", "write,fsync,fdatasync", "read"];
const CALLS_OF_OPENING: [&str; 4] = ["open", "mmap", "unlink,rename", "ftruncate"];

/// R5: one system call after another fails, once or for a while, under a process that writes.
pub fn errors(programs: &Programs, points: u64, seed: u64) -> Figures {
    let mut figures = Figures::of("R5 system calls fail", "sqlite");
    let database = Database::new(&On::Sqlite);
    let beside = tempfile::tempdir().unwrap();
    let shim = Shim::new(database.folder(), beside.path());
    let history = new_history();
    let mut dice = Dice(seed);
    let mut writer: Option<Writer> = None;
    for point in 0..points {
        let fault = |calls, first, last| Fault {
            calls,
            errno: [EIO, ENOSPC, EDQUOT][usize::try_from(point % 3).unwrap()],
            first,
            last,
        };
        let first = dice.below(12) + 1;
        let last = [first, u64::from(u32::MAX)][usize::try_from(point / 3 % 2).unwrap()];
        let nth = usize::try_from(point / 6 % 4).unwrap();
        if point % 5 == 4 {
            // At the start: it begins to serve, or ends and says why.
            if let Some(running) = writer.take() {
                running.kill();
            }
            shim.arm(fault(CALLS_OF_OPENING[nth], first, last));
            let mut starting = start(programs, &database, &shim, point, &history);
            let acks = history.acks();
            until(Duration::from_millis(300), || {
                !starting.is_alive() || history.acks() > acks + BACK
            });
            shim.heal();
            if starting.is_alive() {
                writer = Some(starting);
            } else {
                let code = starting.end().code();
                figures.add("ended_at_start", 1);
                figures.hold(code == Some(1), || {
                    format!("point {point}: ended at start with {code:?}")
                });
            }
        }
        let running = writer
            .get_or_insert_with(|| start(programs, &database, &shim, points + point, &history));
        back(&mut figures, running, &history, "before the fault");
        let failed = history.with(|history| history.failed.len());
        shim.arm(fault(CALLS[nth], first, last));
        until(Duration::from_millis(80), || {
            !running.is_alive() || history.with(|history| history.failed.len()) > failed + 2
        });
        shim.heal();
        if history.with(|history| history.failed.len()) > failed {
            figures.add("points_that_failed_a_use_case", 1);
        }
        back(&mut figures, running, &history, "after the fault");
        figures.add("points", 1);
        if !running.is_alive() {
            writer = None;
        }
    }
    if let Some(running) = writer {
        running.kill();
    }
    close(&mut figures, &database.url, &history);
    figures
}

fn start(
    programs: &Programs,
    database: &Database,
    shim: &Shim,
    run: u64,
    history: &Arc<Growing>,
) -> Writer {
    Writer::start(programs, &database.url, run, history, |command| {
        shim.preload(command);
        command.stderr(Stdio::null());
    })
}

/// It must write again by itself.
fn back(figures: &mut Figures, writer: &mut Writer, history: &Growing, when: &str) {
    let acks = history.acks();
    let took = until(HEALED_WITHIN, || {
        history.acks() >= acks + BACK || !writer.is_alive()
    });
    let is_alive = writer.is_alive();
    figures.hold(is_alive, || format!("{when}: the process ended"));
    match took {
        Some(took) => figures.most("longest_healing_ms", millis(took)),
        None => {
            let last = history.with(|history| history.failed.values().next_back().cloned());
            figures.fail(format!(
                "{when}: no writes within {HEALED_WITHIN:?}: {last:?}"
            ));
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// What every one of these ends with.
fn close(figures: &mut Figures, url: &str, history: &Growing) {
    let history = history.with(|history| history.clone());
    figures.note("failed", history.failed.len());
    figures.note("failures", by_words(&history));
    figures.note("reads", history.reads);
    let faults = history.faults();
    figures.hold(faults.is_empty(), || {
        format!("{} not \"try again\": {:?}", faults.len(), faults.first())
    });
    figures.take(check(&pool(url, 1), &world::codes(), &history));
}

/// How often each failure was told, without what is of one use case only.
fn by_words(history: &History) -> serde_json::Value {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for why in history.failed.values() {
        *counts.entry(why).or_default() += 1;
    }
    serde_json::json!(counts)
}

/// R6: the disk is full to the last byte; nothing where no small disk can be mounted.
pub fn full(rounds: u64, megabytes: u64) -> Option<Figures> {
    let mut figures = Figures::of("R6 disk full", "sqlite");
    let disk = SmallDisk::mount(megabytes)?;
    let url = sqlite_url(disk.folder.path());
    store::migrate(&mut pool(&url, 1).get().unwrap()).unwrap();
    let history = new_history();
    let tools = Tools::noting(pool(&url, 8), &world::codes(), &history);
    let writers = Writers::start(&tools, hands(1, 4), Duration::ZERO);
    for round in 0..rounds {
        let acks = history.acks();
        let begun = until(PATIENCE, || history.acks() > acks + BACK);
        figures.hold(begun.is_some(), || format!("round {round}: no writes"));
        let before = history.with(|history| (history.failed.len(), history.bad_reads));
        let filler = disk.folder.path().join("filler");
        fill(&filler, || {
            history.with(|history| history.failed.len() >= before.0 + 40)
        });
        let reads = history.with(|history| history.reads);
        let read = until(PATIENCE, || {
            history.with(|history| history.reads) > reads + 5
        });
        figures.hold(read.is_some(), || {
            format!("round {round}: no reads when full")
        });
        let bad = history.with(|history| history.bad_reads) - before.1;
        figures.hold(bad == 0, || {
            format!("round {round}: {bad} bad reads when full")
        });
        std::fs::remove_file(&filler).unwrap();
        let acks = history.acks();
        match until(HEALED_WITHIN, || history.acks() >= acks + BACK) {
            Some(took) => figures.most("longest_healing_ms", millis(took)),
            None => figures.fail(format!("round {round}: no writes after there was room")),
        }
        figures.add("rounds", 1);
    }
    writers.stop();
    drop(tools);
    close(&mut figures, &url, &history);
    Some(figures)
}

/// Takes every byte that is free, also what becomes free, until it is enough.
fn fill(path: &Path, mut is_enough: impl FnMut() -> bool) {
    let mut file = std::fs::File::create(path).unwrap();
    let (large, small) = ([0_u8; 65_536], [0_u8; 512]);
    let done = until(PATIENCE, || {
        while file.write_all(&large).is_ok() {}
        while file.write_all(&small).is_ok() {}
        is_enough()
    });
    assert!(done.is_some(), "the disk does not get full");
}

struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount(megabytes: u64) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self { folder });
        }
        eprintln!("NOT RUN: a small disk cannot be mounted by this user");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.folder.path())
            .status();
    }
}

/// R7: the disk may not be written for a while, as after `remount -o ro`.
pub fn read_only(programs: &Programs, rounds: u64) -> Figures {
    let mut figures = Figures::of("R7 read-only disk", "sqlite");
    let database = Database::new(&On::Sqlite);
    let beside = tempfile::tempdir().unwrap();
    let shim = Shim::new(database.folder(), beside.path());
    let history = new_history();
    let mut writer = start(programs, &database, &shim, 1, &history);
    for round in 0..rounds {
        back(
            &mut figures,
            &mut writer,
            &history,
            "before it is read-only",
        );
        let (failed, bad, reads) =
            history.with(|history| (history.failed.len(), history.bad_reads, history.reads));
        shim.arm(Fault {
            calls: "write,fsync,fdatasync,ftruncate,unlink,rename",
            errno: EROFS,
            first: 1,
            last: u64::from(u32::MAX),
        });
        let refused = until(PATIENCE, || {
            history.with(|history| history.failed.len() > failed + 40 && history.reads > reads + 5)
        });
        figures.hold(refused.is_some(), || {
            format!("round {round}: nothing was refused")
        });
        wait(Duration::from_millis(50));
        let bad = history.with(|history| history.bad_reads) - bad;
        figures.hold(bad == 0, || format!("round {round}: {bad} bad reads"));
        shim.heal();
        back(
            &mut figures,
            &mut writer,
            &history,
            "after it was read-only",
        );
        figures.add("rounds", 1);
    }
    writer.kill();
    close(&mut figures, &database.url, &history);
    figures
}
