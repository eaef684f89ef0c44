//! The hammer on the command line: what `tests/release.sh` runs, and the processes that get killed.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test tool: it stops at the first thing that is not as it must be"
)]

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};
use hammer::drive::{
    Figures, busy, disk, kill, migrate, power, power_postgres, served, soak, statements, stop,
};
use hammer::history::Line;
use hammer::place::On;
use hammer::process::Programs;
use hammer::stream::{Tools, Writers, hands};
use hammer::world;
use store::{DatabaseUrl, Pool};

/// Breaks a running exchange in every way it can, and looks at what is left.
#[derive(Parser)]
struct Arguments {
    /// The seed of what looks random.
    #[arg(long, global = true, default_value_t = 1)]
    seed: u64,
    /// The program that is broken; the one beside this where nothing is said.
    #[arg(long, global = true)]
    sanviec: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Brings a database up to date.
    Migrate {
        #[arg(long)]
        database: String,
    },
    /// Runs use cases until it is killed, and says so on its output.
    Write {
        #[arg(long)]
        database: String,
        /// No two runs on one database have the same number.
        #[arg(long)]
        run: u64,
    },
    /// R1.
    Kill {
        #[arg(long, default_value_t = 500)]
        rounds: u64,
    },
    /// R2.
    Power {
        #[arg(long, default_value_t = 200)]
        rounds: u64,
    },
    /// R1 and R3, of the server.
    Serve {
        #[arg(long, default_value_t = 500)]
        rounds: u64,
    },
    /// R4.
    Statements,
    /// R5.
    Errors {
        #[arg(long, default_value_t = 5_000)]
        points: u64,
    },
    /// R6.
    Full {
        #[arg(long, default_value_t = 20)]
        rounds: u64,
    },
    /// R7.
    ReadOnly {
        #[arg(long, default_value_t = 10)]
        rounds: u64,
    },
    /// R8.
    Busy {
        #[arg(long, default_value_t = 10)]
        rounds: u64,
    },
    /// R20.
    Soak {
        #[arg(long, default_value_t = 60)]
        minutes: u64,
    },
    /// R21.
    Stop {
        #[arg(long, default_value_t = 200)]
        rounds: u64,
    },
    /// R22.
    Start {
        #[arg(long, default_value_t = 100)]
        rounds: u64,
    },
}

/// Why a process ended.
type Refused = Box<dyn std::error::Error>;

/// How many threads a writing process has.
const THREADS: u64 = 4;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let seed = arguments.seed;
    let programs = || {
        let mut programs = Programs::beside(&std::env::current_exe().unwrap());
        programs.sanviec = arguments.sanviec.clone().unwrap_or(programs.sanviec);
        programs
    };
    match arguments.command {
        Command::Migrate { database } => ended(bring_up_to_date(&database)),
        Command::Write { database, run } => ended(write(&database, run)),
        Command::Kill { rounds } => both(|on| kill::kill(&programs(), on, rounds, seed)),
        Command::Power { rounds } => told(
            [power::cut(&programs(), rounds, seed)]
                .into_iter()
                .chain(power_postgres::cut(rounds, seed)),
        ),
        Command::Errors { points } => told([disk::errors(&programs(), points, seed)]),
        Command::Full { rounds } => told(disk::full(rounds, 64)),
        Command::ReadOnly { rounds } => told([disk::read_only(&programs(), rounds)]),
        Command::Busy { rounds } => {
            let times = [1, 4, 8, 30].map(Duration::from_secs);
            told([busy::busy(&times, rounds)])
        }
        Command::Serve { rounds } => both(|on| served::kill(&programs(), on, rounds, 1, seed)),
        Command::Statements => both(statements::fail_each),
        Command::Soak { minutes } => {
            told([soak::soak(&programs(), Duration::from_secs(60 * minutes))])
        }
        Command::Stop { rounds } => told([stop::stop(&programs(), rounds, seed)]),
        Command::Start { rounds } => told(dialects().iter().flat_map(|on| {
            [
                migrate::kill_at_each_step(&programs(), on),
                migrate::at_once(&programs(), on, rounds),
                migrate::wrong_schema(&programs(), on),
            ]
        })),
    }
}

fn dialects() -> Vec<On> {
    [On::Sqlite].into_iter().chain(On::postgres()).collect()
}

fn both(drive: impl FnMut(&On) -> Figures) -> ExitCode {
    told(dialects().iter().map(drive))
}

fn told(all: impl IntoIterator<Item = Figures>) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for figures in all {
        println!("{figures}");
        for wrong in figures.wrong.iter().take(50) {
            code = ExitCode::FAILURE;
            eprintln!("  {wrong}");
        }
    }
    code
}

fn ended(result: Result<(), Refused>) -> ExitCode {
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    eprintln!("{error}");
    ExitCode::FAILURE
}

fn bring_up_to_date(url: &str) -> Result<(), Refused> {
    let steps = store::migrate(&mut *open(url, 1)?.get()?)?;
    println!("{steps}");
    Ok(())
}

fn open(url: &str, size: u32) -> Result<Pool, domain::error::Error> {
    let url: DatabaseUrl = url.parse().unwrap();
    Pool::open(&url, size)
}

/// A line is one write, so that a kill cuts none in two that others follow.
fn write(url: &str, run: u64) -> Result<(), Refused> {
    let pool = open(url, 8)?;
    let tools = Tools {
        pool,
        codes: world::codes(),
        sink: Arc::new(|line: Line| {
            let text = format!("{line}\n");
            std::io::stdout().lock().write_all(text.as_bytes()).unwrap();
        }),
    };
    Writers::start(&tools, hands(run, THREADS), Duration::ZERO).join();
    Ok(())
}
