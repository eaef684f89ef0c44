//! R20: for a long time under the whole mix, memory, file handles and the write-ahead log stay
//! where they are.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::http::Client;
use crate::place::{pool, sqlite_url};
use crate::process::{Programs, wait};
use crate::server::{Server, command};
use crate::stream::{Dice, Tools, Writers, hands};
use crate::world;

const CLIENTS: u64 = 4;
/// Of one client: together 100 requests a second, whether the last was answered or not.
const EVERY: Duration = Duration::from_millis(40);
/// Between two writes of each of two threads.
const WRITE_EVERY: Duration = Duration::from_millis(200);
const IMPORT_EVERY: Duration = Duration::from_secs(20);
const ROWS: usize = 200;
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// The slope says something from this time on.
const LONG: Duration = Duration::from_secs(55 * 60);
const WORDS: [&str; 5] = ["tho", "han", "cong+nhan", "ke+toan", "may"];

/// What was seen of the server at one time.
struct Look {
    hours: f64,
    rss_kib: u64,
    handles: u64,
    wal_bytes: u64,
}

/// Serves the made-up province for so long.
pub fn soak(programs: &Programs, time: Duration) -> Figures {
    let mut figures = Figures::of("R20 soak", "sqlite");
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(folder.path());
    let mut server = Server::start(programs, &url, folder.path(), &["--demo"]);
    let history = new_history();
    let tools = Tools::noting(pool(&url, 3), &world::codes(), &history);
    let writers = Writers::start(&tools, hands(1, 2), WRITE_EVERY);
    let load = Load::default();
    let looks = std::thread::scope(|threads| {
        for client in 0..CLIENTS {
            let (load, address) = (&load, server.address.clone());
            threads.spawn(move || load.client(&address, client));
        }
        let importer = (&load, &url, folder.path());
        threads.spawn(move || importer.0.import(programs, importer.1, importer.2));
        let looks = look(&server, folder.path(), time);
        load.over.store(true, Ordering::Relaxed);
        looks
    });
    writers.stop();
    server.tell_to_stop();
    let ended = server.ended(Duration::from_secs(15));
    figures.hold(ended.is_some_and(|(status, _)| status.success()), || {
        format!("it ended as {ended:?}")
    });
    tell(&mut figures, &looks, time);
    load.tell(&mut figures);
    figures.note("use_cases", history.acks());
    let history = history.with(|history| history.clone());
    figures.hold(history.failed.is_empty(), || {
        format!("{:?}", history.failed)
    });
    // What the demonstration and the imports wrote is not of these hands.
    let strange = |what: &String| what.contains("lost") || what.contains("half");
    let found = check(&tools.pool, &tools.codes, &history).wrong;
    figures.wrong.extend(found.into_iter().filter(strange));
    figures
}

fn look(server: &Server, folder: &Path, time: Duration) -> Vec<Look> {
    let started = Instant::now();
    let mut looks = Vec::new();
    while started.elapsed() < time {
        wait(LOOK_EVERY);
        let process = PathBuf::from(format!("/proc/{}", server.id()));
        let status = std::fs::read_to_string(process.join("status")).unwrap();
        let rss = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next());
        let wal = std::fs::metadata(folder.join("sanviec.db-wal"));
        looks.push(Look {
            hours: started.elapsed().as_secs_f64() / 3_600.0,
            rss_kib: rss.unwrap().parse().unwrap(),
            handles: std::fs::read_dir(process.join("fd")).unwrap().count() as u64,
            wal_bytes: wal.map_or(0, |file| file.len()),
        });
    }
    looks
}

/// MiB an hour, by least squares.
fn slope(looks: &[Look]) -> f64 {
    let count = looks.len() as f64;
    let x = looks.iter().map(|look| look.hours).sum::<f64>() / count;
    let y = looks.iter().map(|look| mib(look.rss_kib)).sum::<f64>() / count;
    let (mut above, mut below) = (0.0, 0.0);
    for look in looks {
        above += (look.hours - x) * (mib(look.rss_kib) - y);
        below += (look.hours - x).powi(2);
    }
    above / below
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1_024.0
}

fn tell(figures: &mut Figures, looks: &[Look], time: Duration) {
    let half = &looks[looks.len() / 2..];
    let slope = slope(half);
    let handles = half.iter().map(|look| look.handles);
    let (least, most) = (handles.clone().min().unwrap(), handles.max().unwrap());
    let wal = looks.iter().map(|look| look.wal_bytes).max().unwrap();
    let rss = |look: Option<&Look>| look.map_or(0.0, |look| mib(look.rss_kib).round());
    figures.note("minutes", time.as_secs() / 60);
    figures.note(
        "rss_mib",
        json!([rss(looks.first()), rss(half.first()), rss(looks.last())]),
    );
    figures.note(
        "rss_mib_per_hour_of_last_half",
        (slope * 100.0).round() / 100.0,
    );
    figures.note("handles_of_last_half", json!([least, most]));
    figures.note("largest_wal_mib", wal >> 20);
    figures.hold(wal <= 64 << 20, || {
        format!("write-ahead log of {wal} bytes")
    });
    figures.hold(most - least <= 2 * CLIENTS, || {
        format!("handles {least}-{most}")
    });
    if time >= LONG {
        figures.hold(slope <= 1.0, || format!("memory grows by {slope:.2} MiB/h"));
    }
}

#[derive(Default)]
struct Load {
    over: AtomicBool,
    micros: Mutex<Vec<u32>>,
    wrong: Mutex<Vec<String>>,
    imports: Mutex<u64>,
}

impl Load {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    fn client(&self, address: &str, number: u64) {
        let mut dice = Dice(number);
        let mut client = Client::connect(address).unwrap();
        let started = Instant::now();
        for nth in 0.. {
            if self.is_over() {
                return;
            }
            // Late answers count from when the request was due.
            let due = started + EVERY * nth;
            wait(due.saturating_duration_since(Instant::now()));
            let word = WORDS[usize::try_from(dice.below(5)).unwrap()];
            let path = match dice.below(10) {
                0 => "/".to_owned(),
                1..5 => format!("/viec-lam?q={word}"),
                5 => "/api/v1/ready".to_owned(),
                _ => format!("/api/v1/vacancies?q={word}&limit=20"),
            };
            match client.get(&path) {
                Ok(answer) => {
                    if answer.status != 200 {
                        self.fault(format!("{path}: {}", answer.status));
                    }
                    let took = u32::try_from(due.elapsed().as_micros()).unwrap_or(u32::MAX);
                    self.micros.lock().unwrap().push(took);
                    if answer.closes {
                        client = Client::connect(address).unwrap();
                    }
                }
                Err(broken) => {
                    self.fault(format!("{path}: {broken:?}"));
                    client = Client::connect(address).unwrap();
                }
            }
        }
    }

    fn fault(&self, what: String) {
        self.wrong.lock().unwrap().push(what);
    }

    /// The same sheet again and again, with other wages each time.
    fn import(&self, programs: &Programs, url: &str, folder: &Path) {
        let sheet = folder.join("sheet.csv");
        let mut due = Instant::now();
        for nth in 0_usize.. {
            wait(
                due.saturating_duration_since(Instant::now())
                    .min(LOOK_EVERY),
            );
            if self.is_over() {
                return;
            }
            if Instant::now() < due {
                continue;
            }
            due += IMPORT_EVERY;
            let mut text = "title,employer,work_place,salary\n".to_owned();
            for row in 0..ROWS {
                text += &format!("Thợ may {row},Xưởng may,Kon Tum,{} triệu\n", 8 + nth % 5);
            }
            std::fs::write(&sheet, text).unwrap();
            let status = command(programs, url, folder)
                .args(["import", "vacancies"])
                .arg(&sheet)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            if !status.unwrap().success() {
                self.fault("an import failed".to_owned());
            }
            *self.imports.lock().unwrap() += 1;
        }
    }

    fn tell(self, figures: &mut Figures) {
        let mut micros = self.micros.into_inner().unwrap();
        micros.sort_unstable();
        let part = |share: usize| {
            let at = micros.len() * share / 1_000;
            micros.get(at.min(micros.len().saturating_sub(1))).copied()
        };
        figures.note("requests", micros.len());
        figures.note(
            "p50_ms",
            part(500).map(|micros| f64::from(micros) / 1_000.0),
        );
        figures.note(
            "p99_ms",
            part(990).map(|micros| f64::from(micros) / 1_000.0),
        );
        figures.note("imports", self.imports.into_inner().unwrap());
        figures.wrong.extend(self.wrong.into_inner().unwrap());
    }
}
