//! `sanviec match all`: the people for every open vacancy, into a file.
//!
//! Lines go into FILE.part. After each chunk that file is made safe, and FILE.state then says up
//! to which byte and which vacancy it is whole: a run that was killed goes on from there and ends
//! with the same file, as long as nothing has changed in the database.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::id::VacancyId;
use domain::vacancy::Offer;
use indicatif::{ProgressBar, ProgressStyle};
use matching::batch::{Batch, List, Progress};
use matching::scan::PersonPlace;
use serde::{Deserialize, Serialize};

use super::say;
use crate::arguments::RankingAll;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use crate::live::Snapshot;

/// How far a file is whole, and what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    as_of: NaiveDate,
    limit: usize,
    /// The place in the change log.
    changes: i64,
    /// The version of the skill statistics.
    statistics: i64,
    /// The last vacancy that is in the file.
    after: Option<String>,
    bytes: u64,
    vacancies: u64,
}

#[derive(Serialize)]
struct Line {
    vacancy: String,
    seekers: Vec<Seeker>,
}

#[derive(Serialize)]
struct Seeker {
    seeker: String,
    thousandths: u16,
}

/// Ranks for all open vacancies.
pub(crate) fn run(house: &House, ask: &RankingAll) -> Result<(), Failure> {
    let live = house.live()?;
    let snapshot = live.snapshot();
    let mut target = Target::open(ask, &snapshot)?;
    let as_of = target.state.as_of;
    let after = target.after()?;
    let open: Vec<&Offer> = snapshot
        .vacancies
        .offers()
        .map(|offer| &**offer)
        .filter(|offer| offer.is_open(as_of))
        .collect();
    let bar = ProgressBar::new(open.len() as u64).with_style(style());
    bar.set_position(target.state.vacancies);
    let mut batch =
        Batch::new(&snapshot.people, &snapshot.rules, as_of, ask.limit).chunk(ask.chunk);
    if let Some(threads) = ask.threads {
        batch = batch.threads(threads);
    }
    batch.run(&open, after, &Progress::default(), |lists| {
        target.write(&lists)?;
        bar.set_position(target.state.vacancies);
        Ok::<(), Failure>(())
    })?;
    bar.finish_and_clear();
    let vacancies = target.state.vacancies;
    target.finish()?;
    say(format_args!(
        "{}: {vacancies} vacancies, up to {} people each, as of {as_of}, skill statistics version {}",
        ask.out.display(),
        ask.limit,
        snapshot.rules.stats.version
    ))
}

fn style() -> ProgressStyle {
    let template = "{bar:40} {human_pos}/{human_len} vacancies, {per_sec}, {eta} left";
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The file on its way.
struct Target {
    out: PathBuf,
    part: BufWriter<File>,
    state: State,
}

impl Target {
    fn open(ask: &RankingAll, snapshot: &Snapshot) -> Result<Self, Failure> {
        let fresh = State {
            as_of: ask.as_of.unwrap_or_else(|| stamp().today()),
            limit: ask.limit,
            changes: snapshot.seq,
            statistics: snapshot.rules.stats.version,
            after: None,
            bytes: 0,
            vacancies: 0,
        };
        let state = if ask.resume {
            resumed(ask, &fresh)?
        } else {
            fresh
        };
        let path = beside(&ask.out, "part");
        let mut part = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(!ask.resume)
            .open(&path)
            .map_err(failed(&path))?;
        let length = part.metadata().map_err(failed(&path))?.len();
        if length < state.bytes {
            return Err(Failure::Failed(format!(
                "{}: {length} bytes, expected {} or more; start anew without --resume",
                path.display(),
                state.bytes
            )));
        }
        // What came after the last safe chunk may be half a line.
        part.set_len(state.bytes).map_err(failed(&path))?;
        part.seek(SeekFrom::End(0)).map_err(failed(&path))?;
        let target = Self {
            out: ask.out.clone(),
            part: BufWriter::new(part),
            state,
        };
        target.save()?;
        Ok(target)
    }

    fn after(&self) -> Result<Option<VacancyId>, Failure> {
        let id = self.state.after.as_ref().map(|id| id.parse());
        id.transpose()
            .map_err(|error| Failure::Failed(format!("{}: {error}", self.state_path().display())))
    }

    fn write(&mut self, lists: &[List]) -> Result<(), Failure> {
        for list in lists {
            let line = Line {
                vacancy: list.vacancy.to_string(),
                seekers: list.people.iter().map(seeker).collect(),
            };
            let mut text = serde_json::to_string(&line)
                .map_err(|error| Failure::Failed(format!("writing a line: {error}")))?;
            text.push('\n');
            self.part
                .write_all(text.as_bytes())
                .map_err(failed(&self.out))?;
            self.state.bytes += text.len() as u64;
            self.state.vacancies += 1;
            self.state.after = Some(line.vacancy);
        }
        self.part.flush().map_err(failed(&self.out))?;
        self.part.get_ref().sync_data().map_err(failed(&self.out))?;
        self.save()
    }

    /// Replaces the state in one step: it is never half written.
    fn save(&self) -> Result<(), Failure> {
        let path = self.state_path();
        let new = beside(&self.out, "state.new");
        let text = serde_json::to_string(&self.state)
            .map_err(|error| Failure::Failed(format!("writing the state: {error}")))?;
        let mut file = File::create(&new).map_err(failed(&new))?;
        file.write_all(text.as_bytes()).map_err(failed(&new))?;
        file.sync_data().map_err(failed(&new))?;
        std::fs::rename(&new, &path).map_err(failed(&path))
    }

    fn state_path(&self) -> PathBuf {
        beside(&self.out, "state")
    }

    fn finish(self) -> Result<(), Failure> {
        std::fs::rename(beside(&self.out, "part"), &self.out).map_err(failed(&self.out))?;
        let state = self.state_path();
        std::fs::remove_file(&state).map_err(failed(&state))
    }
}

/// The state of the run that is resumed, or a fresh one where there was none.
fn resumed(ask: &RankingAll, fresh: &State) -> Result<State, Failure> {
    let path = beside(&ask.out, "state");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(fresh.clone()),
        Err(error) => return Err(failed(&path)(error)),
    };
    let state: State = serde_json::from_str(&text)
        .map_err(|error| Failure::Failed(format!("{}: {error}", path.display())))?;
    let differs = [
        ("--limit", ask.limit != state.limit),
        ("--as-of", ask.as_of.is_some_and(|day| day != state.as_of)),
        ("the database", fresh.changes != state.changes),
        ("the skill statistics", fresh.statistics != state.statistics),
    ];
    match differs.into_iter().find(|(_, differs)| *differs) {
        None => Ok(state),
        Some((what, _)) => Err(Failure::Failed(format!(
            "{}: {what} is not what it was when the run began; start anew without --resume",
            path.display()
        ))),
    }
}

fn seeker(place: &PersonPlace) -> Seeker {
    Seeker {
        seeker: place.id().to_string(),
        thousandths: place.thousandths(),
    }
}

/// FILE.ending, beside FILE.
fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Failure + use<> {
    let path = path.display().to_string();
    move |error| Failure::Failed(format!("{path}: {error}"))
}
