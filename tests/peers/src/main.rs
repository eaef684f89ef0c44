//! The yardstick of speed: the engine beside what else could rank people, on the same generated
//! world, by the same definition, every list compared for equality.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]
#![expect(
    clippy::indexing_slicing,
    reason = "a measuring tool: a wrong index ends the run, and its lists are compared"
)]

mod best;
mod change;
mod inverted;
mod people;
mod report;
mod row;
mod scan;
mod sql;
mod tables;
mod timing;
mod vacancies;

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;

use chrono::NaiveDate;
use clap::Parser;
use domain::code::{Codes, SkillIx};
use domain::seeker::Seeker;
use matching::definition::Rules;
use matching::engine::people::People;

use people::{Asked, Everybody, Size};
use report::{Measured, Results};
use sql::postgres::Postgres;
use sql::sqlite::Sqlite;

/// Whatever ends a run.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs all peers over one world and prints what they took.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many people there are.
    #[arg(long, default_value_t = 1_000_000)]
    seekers: u64,
    /// Vacancies that are ranked for people.
    #[arg(long, default_value_t = 100_000)]
    vacancies: u64,
    /// Queries of each class.
    #[arg(long, default_value_t = 200)]
    queries: usize,
    /// Queries of the class "skill and place" that the databases answer; 0 leaves them out.
    #[arg(long, default_value_t = 20)]
    databases: usize,
    /// Rounds; of each query the best counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The seed of the world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The day on which the world is as it is.
    #[arg(long, default_value = "2026-11-25")]
    day: NaiveDate,
    /// The date of the run; today if it is not given.
    #[arg(long)]
    date: Option<NaiveDate>,
    /// Writes the page there too.
    #[arg(long)]
    results: Option<PathBuf>,
    /// Only builds the engine and prints the memory that is resident: "now,highest" in MB.
    #[arg(long, hide = true)]
    memory: bool,
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
    let size = Size {
        seekers: ask.seekers,
        queries: ask.queries,
        seed: ask.seed,
        day: ask.day,
    };
    let codes = Arc::new(bench_world::codes()?);
    let mut out = std::io::stdout();
    if ask.memory {
        let (now, highest) = memory(&codes, &size)?;
        writeln!(out, "{now},{highest}")?;
        return Ok(());
    }
    let page = measure(ask, &codes, &size)?.page();
    out.write_all(page.as_bytes())?;
    if let Some(path) = &ask.results {
        std::fs::write(path, page)?;
    }
    Ok(())
}

/// Memory of a process with the engine, and nothing else.
fn memory(codes: &Arc<Codes>, size: &Size) -> Result<(u64, u64), Failure> {
    let (rules, seekers) = people::draw(codes, size)?;
    let engine = People::with_families(&seekers, &rules);
    let resident = change::resident()?;
    if engine.len() as u64 == size.seekers {
        Ok(resident)
    } else {
        Err("somebody is missing".into())
    }
}

fn memory_of_child(ask: &Arguments) -> Result<(u64, u64), Failure> {
    let [seekers, seed] = [ask.seekers, ask.seed].map(|number| number.to_string());
    let output = Command::new(std::env::current_exe()?)
        .args(["--memory", "--seekers", &seekers, "--seed", &seed])
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let (now, highest) = text.trim().split_once(',').ok_or("no memory was printed")?;
    Ok((now.parse()?, highest.parse()?))
}

fn measure(ask: &Arguments, codes: &Arc<Codes>, size: &Size) -> Result<Results, Failure> {
    let resident_mb = memory_of_child(ask)?;
    let (rules, seekers) = people::draw(codes, size)?;
    let everybody = Everybody::new(Arc::clone(&rules), &seekers, size.day)?;
    let world = world(ask, codes, &seekers);
    say("vacancies for a seeker");
    let vacancies = vacancies_for_seekers(ask, &rules, &seekers, size)?;
    say("building");
    let folder = tempfile::tempdir()?;
    let (engine, inverted, built) = people::build(&everybody, seekers, folder.path())?;
    let queries = people::queries(codes, size);
    let mut measured = Vec::new();
    for asked in &queries {
        say(asked.name);
        let mut peers = people::in_process(&everybody, &engine, &inverted);
        measured.push(Measured {
            name: asked.name.to_owned(),
            series: timing::race(&mut peers, &asked.offers, ask.rounds)?,
        });
    }
    let databases = databases(ask, &everybody, &engine, &queries, folder.path())?;
    say("changes");
    let changes = Measured {
        name: "one change until it is seen".to_owned(),
        series: change::race(&everybody, codes, size, engine, &inverted)?,
    };
    Ok(Results {
        date: ask.date.map_or_else(today, |date| date.to_string()),
        machine: machine()?,
        command: command(),
        world,
        people: measured,
        databases,
        vacancies,
        changes,
        built,
        resident_mb,
    })
}

/// The world in a line, with how many skills of its people have relatives.
fn world(ask: &Arguments, codes: &Codes, seekers: &[Seeker]) -> String {
    let named = || seekers.iter().flat_map(|seeker| &seeker.skills).copied();
    let has_relatives = |skill: &SkillIx| !codes.skills.relatives(*skill).is_empty();
    let different: HashSet<SkillIx> = named().collect();
    let with = different
        .iter()
        .filter(|skill| has_relatives(skill))
        .count();
    let named_with = named().filter(has_relatives).count();
    format!(
        "{} people, {} vacancies, seed {}, as of {}; {} different skills named, {with} of them with relatives: \
         {} % of what is named",
        ask.seekers,
        ask.vacancies,
        ask.seed,
        ask.day,
        different.len(),
        named_with * 100 / named().count().max(1)
    )
}

fn vacancies_for_seekers(
    ask: &Arguments,
    rules: &Arc<Rules>,
    seekers: &[Seeker],
    size: &Size,
) -> Result<Measured, Failure> {
    let offers = vacancies::draw(&rules.codes, size.seed, size.day, ask.vacancies);
    let engine = vacancies::engine(rules, &offers);
    let packed = vacancies::Offers::new(rules, &offers, size.day)?;
    let questions = seekers.get(..ask.queries).unwrap_or(seekers);
    let mut peers = vacancies::peers(&packed, &engine);
    Ok(Measured {
        name: format!("{} vacancies", ask.vacancies),
        series: timing::race(&mut peers, questions, ask.rounds)?,
    })
}

fn databases(
    ask: &Arguments,
    everybody: &Everybody,
    engine: &People,
    queries: &[Asked],
    folder: &Path,
) -> Result<Option<Measured>, Failure> {
    let asked = queries.first().filter(|_| ask.databases > 0);
    let Some(asked) = asked else { return Ok(None) };
    let offers = asked.offers.get(..ask.databases).unwrap_or(&asked.offers);
    let communes = everybody.rules.geo.communes();
    say("filling SQLite");
    let mut sqlite = Sqlite::build(folder, &everybody.columns, communes)?;
    say("filling PostgreSQL");
    let postgres = Postgres::start(folder, &everybody.columns, communes)?.map(RefCell::new);
    if postgres.is_none() {
        say("PostgreSQL is not installed: NOT RUN");
    }
    say("databases");
    let mut peers = people::with_databases(everybody, engine, &mut sqlite, postgres.as_ref());
    Ok(Some(Measured {
        name: format!("databases: the first of {}", asked.name),
        series: timing::race(&mut peers, offers, ask.rounds.min(2))?,
    }))
}

/// Where the run is.
fn say(what: &str) {
    // Whoever does not listen misses nothing.
    let _ = writeln!(std::io::stderr(), "== {what}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read here, for the head of the page"
)]
fn today() -> String {
    chrono::Utc::now().date_naive().to_string()
}

fn machine() -> Result<String, Failure> {
    let cpus = std::fs::read_to_string("/proc/cpuinfo")?;
    let models = || cpus.lines().filter(|line| line.starts_with("model name"));
    let model = models().next().and_then(|line| line.split_once(": "));
    let memory = std::fs::read_to_string("/proc/meminfo")?;
    let kilobytes = memory.split_whitespace().nth(1).unwrap_or("0");
    let vector = if cpus.contains("avx512f") {
        ", AVX-512"
    } else {
        ""
    };
    Ok(format!(
        "{}, {} processors{vector}, {} GB",
        model.map_or("unknown", |(_, model)| model),
        models().count(),
        kilobytes.parse::<u64>()? / 1_000_000
    ))
}

fn command() -> String {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let command = format!("cargo run --release -p peers -- {}", arguments.join(" "));
    command.trim_end_matches([' ', '-']).to_owned()
}
