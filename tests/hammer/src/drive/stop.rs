//! R21: told to stop under load, the server answers what it took and ends.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::drive::{Figures, new_history};
use crate::http::{Broken, Client};
use crate::place::{Database, On};
use crate::process::{PATIENCE, Programs, until, wait};
use crate::server::Server;
use crate::stream::{Dice, Tools, Writers, hands};
use crate::world;

/// It ends within this.
const ENDS_WITHIN: Duration = Duration::from_secs(15);
const CLIENTS: usize = 16;
const PATHS: [&str; 4] = [
    "/api/v1/vacancies?q=&limit=100",
    "/viec-lam?q=tho",
    "/",
    "/api/v1/ready",
];

/// Stops it so often under clients that keep their connections.
pub fn stop(programs: &Programs, stops: u64, seed: u64) -> Figures {
    let mut figures = Figures::of("R21 stop under load", "sqlite");
    let database = Database::new(&On::Sqlite);
    fill(&database);
    let mut dice = Dice(seed);
    for round in 0..stops {
        let mut server = Server::start(programs, &database.url, &database.folder(), &[]);
        let load = Load::default();
        std::thread::scope(|threads| {
            for client in 0..CLIENTS {
                let (load, address) = (&load, server.address.clone());
                threads.spawn(move || load.client(&address, client));
            }
            wait(Duration::from_millis(100 + dice.below(300)));
            *load.told.lock().unwrap() = Some(Instant::now());
            server.tell_to_stop();
            match server.ended(ENDS_WITHIN) {
                Some((status, took)) => {
                    figures.hold(status.success(), || format!("round {round}: {status}"));
                    let took = u64::try_from(took.as_millis()).unwrap();
                    figures.most("longest_end_ms", took);
                }
                None => figures.fail(format!("round {round}: still there after 15 s")),
            }
            load.over.store(true, Ordering::Relaxed);
        });
        let counts = load.counts.into_inner().unwrap();
        figures.add("answered", counts.answered);
        figures.add("not_taken", counts.not_taken);
        figures.add("refused", counts.refused);
        figures.hold(counts.answered > 0, || format!("round {round}: no load"));
        figures.hold(counts.broken.is_empty(), || {
            format!("round {round}: {:?}", counts.broken)
        });
        figures.add("stops", 1);
    }
    figures
}

fn fill(database: &Database) {
    let history = new_history();
    let tools = Tools::noting(database.pool(2), &world::codes(), &history);
    let writers = Writers::start(&tools, hands(1, 2), Duration::ZERO);
    assert!(until(PATIENCE, || history.acks() > 200).is_some());
    writers.stop();
}

#[derive(Default)]
struct Counts {
    answered: usize,
    /// Closed without a byte and not read, or sent after it was told to stop.
    not_taken: usize,
    /// Answered by another status than 200.
    refused: usize,
    broken: Vec<String>,
}

#[derive(Default)]
struct Load {
    told: Mutex<Option<Instant>>,
    over: AtomicBool,
    counts: Mutex<Counts>,
}

impl Load {
    fn client(&self, address: &str, number: usize) {
        let mut kept: Option<Client> = None;
        for request in number.. {
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let Some(mut client) = kept.take().or_else(|| Client::connect(address).ok()) else {
                continue;
            };
            let path = PATHS[request % PATHS.len()];
            if client.send(path).is_err() {
                self.note(|counts| counts.not_taken += 1);
                continue;
            }
            let sent = Instant::now();
            match client.receive() {
                Ok(answer) => {
                    self.note(|counts| {
                        counts.answered += 1;
                        counts.refused += usize::from(answer.status != 200);
                    });
                    kept = (!answer.closes).then_some(client);
                }
                Err(broken) => self.broken(path, sent, broken),
            }
        }
    }

    fn note(&self, note: impl FnOnce(&mut Counts)) {
        note(&mut self.counts.lock().unwrap());
    }

    /// What it had read before it was told to stop must be answered, and no answer may end in the
    /// middle. Otherwise the connection may close without a byte, and a client sends that again.
    fn broken(&self, path: &str, sent: Instant, broken: Broken) {
        let told = *self.told.lock().unwrap();
        let before = told.is_none_or(|told| sent < told);
        self.note(|counts| {
            if broken == Broken::Cut || (before && broken == Broken::NoAnswer) {
                let when = told.map(|told| (sent.max(told) - told, told.max(sent) - sent));
                counts.broken.push(format!("{path}: {broken:?}, {when:?}"));
            } else {
                counts.not_taken += 1;
            }
        });
    }
}
