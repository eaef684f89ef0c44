//! The words of the command line.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, Subcommand};

use matching::scan::MOST;

use crate::config::Given;
use crate::worker::Kind;

/// A job exchange for a provincial Employment Service Centre.
#[derive(Parser)]
#[command(name = "sanviec", version)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where data and configuration are.
#[derive(Args)]
pub(crate) struct Place {
    /// Folder of the database and all else that is kept [variable: SANVIEC_DATA_DIR; default: ./data].
    #[arg(long, global = true)]
    pub(crate) data_dir: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME; a file in the data folder where
    /// nothing is said [variable: SANVIEC_DATABASE].
    #[arg(long, global = true)]
    pub(crate) database: Option<String>,
    /// The configuration [variable: SANVIEC_CONFIG; default: sanviec.toml in the data folder, if it is
    /// there]. `sanviec config default` shows every key.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Folder whose files stand above the built-in lists and ranking (matching.toml, codes/)
    /// [variable: SANVIEC_CONFIG_DIR].
    #[arg(long, global = true)]
    pub(crate) config_dir: Option<PathBuf>,
}

impl Arguments {
    /// What the command line says of the configuration.
    pub(crate) fn given(&self) -> Given {
        let place = &self.place;
        let mut options = vec![
            ("--data-dir", place.data_dir.clone().map(OsString::from)),
            ("--config-dir", place.config_dir.clone().map(OsString::from)),
            ("--database", place.database.clone().map(OsString::from)),
        ];
        if let Command::Serve(serve) = &self.command {
            options.push(("--listen", serve.listen.clone().map(OsString::from)));
            options.push(("--seed", serve.seed.clone().map(OsString::from)));
        }
        Given {
            file: place.config.clone(),
            options: options
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)))
                .collect(),
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serves pages and API.
    Serve(Serve),
    /// Brings the database up to date.
    Migrate,
    /// Takes a file in.
    #[command(subcommand)]
    Import(Import),
    /// Ranks vacancies for a seeker, or people for a vacancy.
    #[command(subcommand)]
    Match(Match),
    /// Lists who and what is there, with the ids that other commands take.
    #[command(subcommand)]
    List(List),
    /// Shows that the ranking does what it says.
    #[command(subcommand)]
    Audit(Audit),
    /// Measures how much is understood and found, on files whose answers people have given.
    #[command(subcommand)]
    Evaluate(Evaluate),
    /// Says of each title which occupation and skills it names, as CSV.
    Classify(Classify),
    /// Trains the classifier from the lists and titles, and writes the model.
    Train(Train),
    /// Keeps what an officer has put right: the next import knows it.
    #[command(subcommand)]
    Correct(Correct),
    /// Code lists.
    #[command(subcommand)]
    Codes(CodesAct),
    /// Fills an empty database with a made-up world of any size, for measurements.
    BenchData(BenchData),
    /// What is done in the background.
    #[command(subcommand)]
    Jobs(Jobs),
    /// Builds the index anew from the database.
    Reindex,
    /// Says what is wrong and how to mend it: exit 0 where all is good, 2 where the configuration or a
    /// code list is wrong, 3 where the database is newer than the program, 1 for anything else.
    Doctor,
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigAct),
    /// Reads a workbook for another process of this program.
    #[command(hide = true)]
    ReadSheet(ReadSheet),
}

#[derive(Args)]
pub(crate) struct ReadSheet {
    /// Its limits are set.
    #[arg(long)]
    pub(crate) limited: bool,
}

#[derive(Args)]
pub(crate) struct Serve {
    /// Address and port [default: 127.0.0.1:8080].
    #[arg(long)]
    pub(crate) listen: Option<String>,
    /// Fills an empty database with a made-up province.
    #[arg(long)]
    pub(crate) demo: bool,
    /// The seed of the made-up province [default: 1].
    #[arg(long)]
    pub(crate) seed: Option<String>,
}

#[derive(Args)]
pub(crate) struct BenchData {
    /// How many people.
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) seekers: u64,
    /// How many vacancies.
    #[arg(long, default_value_t = 100_000)]
    pub(crate) vacancies: u64,
    /// The same seed and day give the same world.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Subcommand)]
pub(crate) enum Import {
    /// Vacancies, from a CSV or XLSX file with headings.
    Vacancies(ImportFile),
    /// The files that were taken, the newest first, with the ids that `import undo` takes.
    List(ImportList),
    /// Undoes the taking of a file: what was new goes, what was changed is as it was, but for what
    /// somebody has changed since.
    Undo(ImportUndo),
}

#[derive(Args)]
pub(crate) struct ImportFile {
    /// The file.
    pub(crate) file: PathBuf,
    /// The name of the source; the file's name where nothing is said. The same row of the same
    /// source is known again.
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Says what would be done and does none of it.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Says of every row what was understood.
    #[arg(long)]
    pub(crate) show: bool,
    /// What a heading means, such as "Tên việc=title"; "Ghi chú=" is not read. Kept for this source.
    #[arg(long, value_name = "HEADING=FIELD")]
    pub(crate) map: Vec<String>,
    /// The sheet of a workbook; the first with headings where nothing is said.
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// UTF-8, UTF-16LE, UTF-16BE, Windows-1258, TCVN3 or VNI; guessed where nothing is said.
    #[arg(long)]
    pub(crate) encoding: Option<String>,
    /// What stands between cells: one sign, or "tab"; guessed where nothing is said.
    #[arg(long)]
    pub(crate) separator: Option<String>,
    /// Where the refused rows go, to be mended and taken again; FILE.refused.csv where nothing is
    /// said.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
    /// Ends with one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct ImportList {
    /// How many, 1 to 1000.
    #[arg(long, default_value = "20", value_parser = how_many())]
    pub(crate) limit: usize,
    /// A line of JSON for each.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct ImportUndo {
    /// The id, as `import list` shows it.
    pub(crate) batch: String,
    /// Ends with one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum Match {
    /// Vacancies for a seeker.
    Seeker(Ranking),
    /// People for a vacancy.
    Vacancy(Ranking),
    /// People for every open vacancy, into a file.
    All(RankingAll),
}

#[derive(Subcommand)]
pub(crate) enum List {
    /// Everybody who is registered: id, status, occupations.
    Seekers(Listing),
    /// Every vacancy, shown or not: id, status, title, employer.
    Vacancies(Listing),
}

#[derive(Args)]
pub(crate) struct Listing {
    /// How many, 1 to 1000.
    #[arg(long, default_value = "20", value_parser = how_many())]
    pub(crate) limit: usize,
    /// Goes on after this id.
    #[arg(long, value_name = "ID")]
    pub(crate) after: Option<String>,
    /// A line of JSON for each.
    #[arg(long)]
    pub(crate) json: bool,
    /// Names in English.
    #[arg(long)]
    pub(crate) english: bool,
}

/// As many as one list may have, and at least one.
fn how_many() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..=MOST as u64)
}

#[derive(Args)]
pub(crate) struct Ranking {
    /// The id.
    pub(crate) id: String,
    /// How many, 1 to 1000.
    #[arg(long, default_value = "10", value_parser = how_many())]
    pub(crate) limit: usize,
    /// Goes on after an earlier page: what it printed at its end.
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// What small change would bring how many more, instead of the list.
    #[arg(long)]
    pub(crate) what_if: bool,
    /// A line of JSON for each result.
    #[arg(long)]
    pub(crate) json: bool,
    /// The reasons of each.
    #[arg(long)]
    pub(crate) why: bool,
    /// The day in Viet Nam on which it is asked; today where nothing is said.
    #[arg(long)]
    pub(crate) as_of: Option<NaiveDate>,
    /// Words in English.
    #[arg(long)]
    pub(crate) english: bool,
}

#[derive(Args)]
pub(crate) struct RankingAll {
    /// How many people for each vacancy, 1 to 1000.
    #[arg(long, default_value = "50", value_parser = how_many())]
    pub(crate) limit: usize,
    /// The file: a line of JSON for each vacancy, in the order of ids. It appears when all is done.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Goes on where an earlier run was stopped.
    #[arg(long)]
    pub(crate) resume: bool,
    /// The day in Viet Nam on which it is asked; today where nothing is said, or that of the run
    /// that is resumed.
    #[arg(long)]
    pub(crate) as_of: Option<NaiveDate>,
    /// How many threads; as many as there are processors where nothing is said.
    #[arg(long)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// After so many vacancies the file is made safe: a stop loses no more than twice as many.
    #[arg(long, default_value = "1024")]
    pub(crate) chunk: NonZeroUsize,
}

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Swaps what must not matter and expects the same fits to the bit.
    Ranking(AuditRanking),
}

#[derive(Args)]
pub(crate) struct AuditRanking {
    /// How many vacancies are looked at.
    #[arg(long, default_value_t = 100)]
    pub(crate) vacancies: usize,
}

#[derive(Subcommand)]
pub(crate) enum CodesAct {
    /// Looks all code lists through.
    Check,
}

#[derive(Subcommand)]
pub(crate) enum Jobs {
    /// The jobs, the newest first.
    List,
    /// Does a job at once.
    Run {
        /// Which.
        kind: Kind,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConfigAct {
    /// What holds, and who says so; passwords are masked.
    Show,
    /// Every key with its default and what it does: the start of a file of one's own.
    Default,
}

#[derive(Subcommand)]
pub(crate) enum Evaluate {
    /// Wages, places, experience and days: a CSV file with the columns id, kind, text, expected.
    Parse(Measured),
    /// Occupations of titles: a CSV file with the columns ref, title, codes, accepted.
    Occupations(Measured),
    /// Skills of titles and texts: a CSV file with the columns ref, title, skills, optional.
    Skills(EvaluateSkills),
    /// The search over all imported vacancies, beside plain BM25: a CSV file with the columns kind,
    /// query, refs (several parted by |).
    Search(EvaluateSearch),
}

#[derive(Args)]
pub(crate) struct Measured {
    /// The file.
    pub(crate) file: PathBuf,
    /// One line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct EvaluateSkills {
    #[command(flatten)]
    pub(crate) labels: Measured,
    /// The texts of those that have one: ref, text.
    #[arg(long, value_name = "FILE")]
    pub(crate) texts: Option<PathBuf>,
    /// Which skills of the list a phrase means: phrase, codes.
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct EvaluateSearch {
    #[command(flatten)]
    pub(crate) queries: Measured,
    /// How much each vacancy is what was meant (id, ref, grade): the file of queries has the columns
    /// id and query then.
    #[arg(long, value_name = "FILE")]
    pub(crate) grades: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Classify {
    /// A CSV file with the column title, and perhaps ref and text.
    pub(crate) file: PathBuf,
    /// A line of JSON for each instead.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Train {
    /// Where the model goes; in the configuration folder it is classifier/model.bin.
    #[arg(long, value_name = "FILE", default_value = "model.bin")]
    pub(crate) out: PathBuf,
    /// Ends with one line of JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Subcommand)]
pub(crate) enum Correct {
    /// The occupation of a title, and of titles nearly the same.
    Occupation(CorrectOccupation),
    /// What was put right, the newest first.
    List(CorrectList),
}

#[derive(Args)]
pub(crate) struct CorrectOccupation {
    /// The title.
    pub(crate) title: String,
    /// Its code of ISCO-08, one to four digits.
    pub(crate) code: String,
}

#[derive(Args)]
pub(crate) struct CorrectList {
    /// A line of JSON for each.
    #[arg(long)]
    pub(crate) json: bool,
}
