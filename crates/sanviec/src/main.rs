//! The command line: `sanviec serve`, `import`, `match` and the rest.

mod arguments;
mod bench_data;
mod clock;
mod command;
mod demo;
mod embedded;
mod exchange;
mod failure;
mod house;
mod live;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Audit, CodesAct, Command, Import, Match};
use failure::Failure;
use house::House;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    start_log();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing more can be done where even this cannot be written.
            let _ = writeln!(std::io::stderr(), "sanviec: {failure}");
            failure.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let house = House::new(&arguments.place)?;
    match &arguments.command {
        Command::Serve(serve) => command::serve::run(&house, serve),
        Command::Migrate => house.open().map(|_| ()),
        Command::Import(Import::Vacancies(import)) => command::import::run(&house, import),
        Command::Match(Match::Seeker(ask)) => command::rank::seeker(&house, ask),
        Command::Match(Match::Vacancy(ask)) => command::rank::vacancy(&house, ask),
        Command::Match(Match::All(ask)) => command::match_all::run(&house, ask),
        Command::Audit(Audit::Ranking(ask)) => command::audit::ranking(&house, ask),
        Command::Codes(CodesAct::Check) => command::codes::check(&house),
        Command::BenchData(ask) => command::bench_data::run(&house, ask),
        Command::Doctor => command::doctor::run(&house),
    }
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("SANVIEC_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
