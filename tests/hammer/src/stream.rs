//! A stream of real use cases from several threads; each thread changes only what it made itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::TimeDelta;
use domain::actor::Actor;
use domain::code::Codes;
use domain::employer::Employer;
use domain::error::Error;
use domain::id::{SeekerId, VacancyId};
use domain::time::Stamp;
use domain::vacancy::Origin;
use store::job::{Job, NewJob};
use store::vacancy::{Incoming, Taken};
use store::{Conn, Pool, job, seeker, skill_stats, vacancy};

use crate::history::{Growing, Line, Sent};
use crate::world;

/// A thread holds so many people, and so many vacancies; then it removes before it makes more.
const MOST_HELD: usize = 60;
/// Where the rows of imports come from.
pub const SOURCE: &str = "hammer";
/// Who leases jobs.
const SERVER: &str = "hammer";

/// Where a stream says what happens.
pub type Sink = Arc<dyn Fn(Line) + Send + Sync>;

/// What a stream works with.
#[derive(Clone)]
pub struct Tools {
    /// Connections to the database.
    pub pool: Pool,
    /// Code lists.
    pub codes: Arc<Codes>,
    /// Where it says what happens.
    pub sink: Sink,
}

impl Tools {
    /// Tools that write into a history.
    pub fn noting(pool: Pool, codes: &Arc<Codes>, history: &Arc<Growing>) -> Self {
        let history = Arc::clone(history);
        Self {
            pool,
            codes: Arc::clone(codes),
            sink: Arc::new(move |line| history.take(line)),
        }
    }
}

struct Held {
    id: VacancyId,
    revision: i32,
    /// The reference that imports know it by.
    external_ref: Option<String>,
}

/// One thread's part of the stream, and what it has made.
pub struct Hand {
    /// The number of its last use case.
    op: u64,
    dice: Dice,
    employer: Option<Employer>,
    /// A vacancy that is never changed again: what is read while nothing can be written.
    landmark: Option<VacancyId>,
    seekers: Vec<SeekerId>,
    vacancies: Vec<Held>,
    job: Option<(u64, Option<Job>)>,
}

impl Hand {
    /// The hand of a thread; no two of one database have the same run and thread.
    pub fn new(run: u64, thread: u64) -> Self {
        assert!(run < 1 << 20 && thread < 64);
        let op = run << 30 | thread << 24;
        Self {
            op,
            dice: Dice(op + 1),
            employer: None,
            landmark: None,
            seekers: Vec::new(),
            vacancies: Vec::new(),
            job: None,
        }
    }

    /// Runs the next use case or reads something; whether it went well.
    pub fn step(&mut self, tools: &Tools) -> bool {
        self.op += 1;
        let Some(employer) = self.employer.clone() else {
            return self.begin(tools);
        };
        let Some(landmark) = self.landmark else {
            return self.set_landmark(tools, &employer);
        };
        let is_full = (
            self.seekers.len() > MOST_HELD,
            self.vacancies.len() > MOST_HELD,
        );
        match (self.dice.below(40), is_full) {
            (0..12, (false, _)) => self.new_seekers(tools),
            (0..12, (true, _)) | (12, _) => self.remove_seeker(tools),
            (13..20, _) => self.change_seeker(tools),
            (20..26, (_, false)) => self.new_vacancies(tools, &employer),
            (20..26, (_, true)) | (26, _) => self.remove_vacancy(tools),
            (27..31, _) => self.change_vacancy(tools, &employer),
            (31..34, _) => self.import(tools, &employer),
            (34..37, _) => self.job(tools),
            (37, _) if self.dice.below(10) == 0 => self.statistics(tools),
            _ => read(tools, landmark),
        }
    }

    /// Says what is sent, does it, and says what came of it.
    fn run<T>(
        &self,
        tools: &Tools,
        (what, entries, of): (&str, usize, u64),
        act: impl FnOnce(&mut Conn, &Stamp) -> Result<T, Error>,
    ) -> Option<T> {
        let op = self.op;
        (tools.sink)(Line::Sent(Sent {
            op,
            what: what.to_owned(),
            entries,
            of,
        }));
        let got = tools.pool.get();
        match got.and_then(|mut conn| act(&mut conn, &world::stamp(op))) {
            Ok(value) => {
                (tools.sink)(Line::Acked(op));
                Some(value)
            }
            Err(error) => {
                (tools.sink)(Line::Failed(op, with_causes(&error)));
                None
            }
        }
    }

    fn begin(&mut self, tools: &Tools) -> bool {
        let employer = world::employer(world::id(self.op, 0), Origin::Own);
        let written = self.run(tools, ("employer", 1, 0), |conn, stamp| {
            let one = std::slice::from_ref(&employer);
            vacancy::save_employers(conn, Actor::Operator, one, stamp)
        });
        self.employer = written.map(|()| employer);
        self.employer.is_some()
    }

    fn set_landmark(&mut self, tools: &Tools, employer: &Employer) -> bool {
        let id = world::id(self.op, 0);
        let landmark = world::vacancy(id, employer, self.op, 0);
        let saved = self.run(tools, ("landmark", 1, 0), |conn, stamp| {
            vacancy::save(conn, &tools.codes, Actor::Operator, &[landmark], stamp)
        });
        self.landmark = saved.map(|()| id);
        self.landmark.is_some()
    }

    fn new_seekers(&mut self, tools: &Tools) -> bool {
        let ids: Vec<SeekerId> = (0..=self.dice.below(4))
            .map(|nth| world::id(self.op, nth))
            .collect();
        let saved = self.save_seekers(tools, "new-seekers", &ids);
        if saved {
            self.seekers.extend(ids);
        }
        saved
    }

    fn change_seeker(&mut self, tools: &Tools) -> bool {
        let Some(id) = self.dice.take(&mut self.seekers) else {
            return self.new_seekers(tools);
        };
        // What failed may be there or not: it is left alone from then on.
        let saved = self.save_seekers(tools, "change-seeker", &[id]);
        if saved {
            self.seekers.push(id);
        }
        saved
    }

    fn save_seekers(&self, tools: &Tools, what: &str, ids: &[SeekerId]) -> bool {
        let people: Vec<_> = ids.iter().map(|id| world::seeker(*id, self.op)).collect();
        self.run(tools, (what, ids.len(), 0), |conn, stamp| {
            seeker::save(conn, &tools.codes, Actor::Operator, &people, stamp)
        })
        .is_some()
    }

    fn remove_seeker(&mut self, tools: &Tools) -> bool {
        let Some(id) = self.dice.take(&mut self.seekers) else {
            return self.new_seekers(tools);
        };
        self.run(tools, ("remove-seeker", 1, 0), |conn, stamp| {
            seeker::remove(conn, Actor::Operator, id, stamp)
        })
        .is_some()
    }

    fn new_vacancies(&mut self, tools: &Tools, employer: &Employer) -> bool {
        let count = self.dice.below(3) + 1;
        let new: Vec<_> = (0..count)
            .map(|nth| world::vacancy(world::id(self.op, nth), employer, self.op, 0))
            .collect();
        let what = ("new-vacancies", new.len(), 0);
        let saved = self.run(tools, what, |conn, stamp| {
            vacancy::save(conn, &tools.codes, Actor::Operator, &new, stamp)
        });
        if saved.is_some() {
            self.vacancies.extend(new.iter().map(|new| Held {
                id: new.offer.id,
                revision: 1,
                external_ref: None,
            }));
        }
        saved.is_some()
    }

    fn change_vacancy(&mut self, tools: &Tools, employer: &Employer) -> bool {
        let own = |held: &Held| held.external_ref.is_none();
        let Some(mut held) = self.dice.take_where(&mut self.vacancies, own) else {
            return self.new_vacancies(tools, employer);
        };
        let changed = world::vacancy(held.id, employer, self.op, held.revision);
        let saved = self.run(tools, ("change-vacancy", 1, 0), |conn, stamp| {
            vacancy::save(conn, &tools.codes, Actor::Operator, &[changed], stamp)
        });
        if saved.is_some() {
            held.revision += 1;
            self.vacancies.push(held);
        }
        saved.is_some()
    }

    fn remove_vacancy(&mut self, tools: &Tools) -> bool {
        let Some(held) = self.dice.take(&mut self.vacancies) else {
            return self.statistics(tools);
        };
        self.run(tools, ("remove-vacancy", 1, 0), |conn, stamp| {
            vacancy::remove(conn, Actor::Operator, held.id, stamp)
        })
        .is_some()
    }

    /// A batch: a row of a new employer, and one that is known by now with another content.
    fn import(&mut self, tools: &Tools, own: &Employer) -> bool {
        let who = world::employer(world::id(self.op, 9), Origin::Imported);
        let mut batch = vec![self.incoming(&who, world::id(self.op, 0), format!("{}", self.op))];
        let mut expected = vec![Taken::New];
        let known = self
            .dice
            .take_where(&mut self.vacancies, |held| held.external_ref.is_some());
        if let Some(Held {
            id,
            external_ref: Some(reference),
            ..
        }) = &known
        {
            batch.push(self.incoming(&who, *id, reference.clone()));
            expected.push(Taken::Changed);
        }
        let what = ("import", batch.len() + 1, 0);
        let taken = self.run(tools, what, |conn, stamp| {
            vacancy::import(conn, &tools.codes, Actor::Operator, &batch, stamp)
        });
        let Some(taken) = taken else { return false };
        assert_eq!(taken, expected, "import {} of {}", self.op, own.id);
        self.vacancies.extend(known.into_iter().map(|held| Held {
            revision: held.revision + 1,
            ..held
        }));
        self.vacancies.push(Held {
            id: batch[0].vacancy.offer.id,
            revision: 1,
            external_ref: batch[0].vacancy.external_ref.clone(),
        });
        true
    }

    fn incoming(&self, who: &Employer, id: VacancyId, reference: String) -> Incoming {
        let mut vacancy = world::vacancy(id, who, self.op, 0);
        vacancy.source = Some(SOURCE.to_owned());
        vacancy.external_ref = Some(reference);
        Incoming {
            vacancy,
            row_hash: self.op.to_string(),
        }
    }

    /// Puts a job in line, leases it or ends it, one after the other.
    fn job(&mut self, tools: &Tools) -> bool {
        let (key, leased) = match self.job.take() {
            None => return self.enqueue(tools),
            Some(job) => job,
        };
        let kind = job_kind(key);
        if let Some(leased) = leased {
            return self
                .run(tools, ("job-finish", 0, key), |conn, _| {
                    job::finish(conn, &leased, SERVER)
                })
                .is_some();
        }
        let length = TimeDelta::hours(1);
        let leased = self.run(tools, ("job-lease", 0, key), |conn, stamp| {
            job::lease(conn, Actor::System, &[&kind], SERVER, length, stamp)
        });
        let Some(leased) = leased else { return false };
        self.job = Some((key, Some(leased.expect("the job that was put in line"))));
        true
    }

    fn enqueue(&mut self, tools: &Tools) -> bool {
        let key = self.op;
        let (kind, once) = (job_kind(key), key.to_string());
        let new = NewJob {
            kind: &kind,
            payload: &once,
            once: Some(&once),
        };
        let put = self.run(tools, ("job-put", 0, key), |conn, stamp| {
            job::enqueue(conn, Actor::System, &new, stamp)
        });
        if put == Some(false) {
            panic!("the key of job {key} was known already");
        }
        self.job = put.map(|_| (key, None));
        self.job.is_some()
    }

    fn statistics(&self, tools: &Tools) -> bool {
        self.run(tools, ("statistics", 1, 0), |conn, stamp| {
            skill_stats::compute(conn, &tools.codes, Actor::System, stamp)
        })
        .is_some()
    }
}

fn read(tools: &Tools, landmark: VacancyId) -> bool {
    let found = tools
        .pool
        .get()
        .and_then(|mut conn| vacancy::find(&mut conn, &tools.codes, Actor::Visitor, landmark));
    let well = found.is_ok_and(|found| found.revision == 1);
    (tools.sink)(Line::Read(well));
    well
}

/// The kind of a job: each has one of its own, so that a hand leases its own.
fn job_kind(key: u64) -> String {
    format!("hammer {key}")
}

fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

/// Threads that go on until they are told to stop.
pub struct Writers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<Hand>>,
}

impl Writers {
    /// Starts one thread for each hand; after each step it waits for `pause`, and after a failure
    /// for at least ten milliseconds.
    pub fn start(tools: &Tools, hands: Vec<Hand>, pause: Duration) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let threads = hands
            .into_iter()
            .map(|mut hand| {
                let (tools, stop) = (tools.clone(), Arc::clone(&stop));
                std::thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let least = if hand.step(&tools) { 0 } else { 10 };
                        std::thread::sleep(pause.max(Duration::from_millis(least)));
                    }
                    hand
                })
            })
            .collect();
        Self { stop, threads }
    }

    /// Waits for them: they end with the process.
    pub fn join(self) {
        for thread in self.threads {
            thread.join().unwrap();
        }
    }

    /// Ends them; the hands can go on later.
    pub fn stop(self) -> Vec<Hand> {
        self.stop.store(true, Ordering::Relaxed);
        let hands = self.threads.into_iter();
        hands.map(|thread| thread.join().unwrap()).collect()
    }
}

/// Hands of one run.
pub fn hands(run: u64, threads: u64) -> Vec<Hand> {
    (0..threads).map(|thread| Hand::new(run, thread)).collect()
}

/// Numbers that look random and are the same each time (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    fn take<T>(&mut self, from: &mut Vec<T>) -> Option<T> {
        self.take_where(from, |_| true)
    }

    fn take_where<T>(&mut self, from: &mut Vec<T>, fits: impl Fn(&T) -> bool) -> Option<T> {
        if from.is_empty() {
            return None;
        }
        let begin = usize::try_from(self.below(from.len() as u64)).unwrap();
        let at = (begin..from.len())
            .chain(0..begin)
            .find(|at| fits(&from[*at]))?;
        Some(from.swap_remove(at))
    }
}
