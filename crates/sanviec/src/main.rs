//! The command line: `sanviec serve`, `import`, `match` and the rest.

mod arguments;
mod clock;
mod command;
mod config;
mod demo;
mod embedded;
mod exchange;
mod failure;
mod house;
mod keeper;
mod live;
mod log;
mod means;
mod work;
mod worker;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use arguments::{
    Arguments, Audit, CodesAct, Command, ConfigAct, Correct, Import, Jobs, List, Match,
};
use config::Config;
use failure::Failure;
use house::House;

/// The system's keeps what each of many threads once needed: under an hour of requests a server grew from
/// 90 to 295 MiB.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::ReadSheet(ask) = &arguments.command {
        return command::import::read_workbook(ask);
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure @ Failure::Unheard) => failure.exit_code(),
        Err(failure) => {
            // Nothing more can be done where even this cannot be written.
            let _ = writeln!(std::io::stderr(), "sanviec: {failure}");
            failure.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        Command::Config(ConfigAct::Default) => command::config::default(),
        Command::Config(ConfigAct::Show) => command::config::show(&configured(arguments)?),
        Command::Doctor => command::doctor::run(configured(arguments)?),
        Command::Serve(serve) => command::serve::run(&house(arguments)?, serve),
        Command::Migrate => house(arguments)?.open().map(|_| ()),
        Command::Import(Import::Vacancies(import)) => {
            command::import::run(&house(arguments)?, import)
        }
        Command::Import(Import::List(ask)) => command::import::list(&house(arguments)?, ask),
        Command::Import(Import::Undo(ask)) => command::import::undo(&house(arguments)?, ask),
        // `main` has done it: a process that reads a workbook needs no configuration.
        Command::ReadSheet(_) => Ok(()),
        Command::Match(Match::Seeker(ask)) => command::rank::seeker(&house(arguments)?, ask),
        Command::Match(Match::Vacancy(ask)) => command::rank::vacancy(&house(arguments)?, ask),
        Command::List(List::Seekers(ask)) => command::list::seekers(&house(arguments)?, ask),
        Command::List(List::Vacancies(ask)) => command::list::vacancies(&house(arguments)?, ask),
        Command::Audit(Audit::Ranking(ask)) => command::audit::ranking(&house(arguments)?, ask),
        Command::Evaluate(ask) => command::evaluate::run(&house(arguments)?, ask),
        Command::Classify(ask) => command::classify::run(&house(arguments)?, ask),
        Command::Train(ask) => command::train::run(&house(arguments)?, ask),
        Command::Correct(Correct::Occupation(ask)) => {
            command::correct::occupation(&house(arguments)?, ask)
        }
        Command::Correct(Correct::List(ask)) => command::correct::list(&house(arguments)?, ask),
        Command::Codes(CodesAct::Check) => command::codes::check(&house(arguments)?),
        Command::BenchData(ask) => command::bench_data::run(&house(arguments)?, ask),
        Command::Jobs(Jobs::List) => command::jobs::list(&house(arguments)?),
        Command::Jobs(Jobs::Run { kind }) => command::jobs::run(&house(arguments)?, *kind),
        Command::Reindex => command::index::rebuild(&house(arguments)?),
        Command::Match(Match::All(ask)) => command::match_all::run(&house(arguments)?, ask),
    }
}

/// The configuration; from here on there is a log.
fn configured(arguments: &Arguments) -> Result<Config, Failure> {
    let config = config::load(&arguments.given(), &config::environment())?;
    log::start(&config.log);
    tracing::debug!(
        commit_every = ?config.index.commit_every,
        commit_after_changes = config.index.commit_after_changes,
        "the index on disk is committed"
    );
    Ok(config)
}

fn house(arguments: &Arguments) -> Result<House, Failure> {
    House::new(configured(arguments)?)
}
