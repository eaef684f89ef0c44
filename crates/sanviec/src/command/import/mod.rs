//! `sanviec import`: files that employers and commune offices send.

mod batches;
mod heading;
mod mend;
mod outcome;
mod progress;
mod source;
mod stop;
mod taking;
mod target;
mod words;

use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

use sheet::{Opening, Program, Table};

use super::correct::corrections;
use super::say;
use crate::arguments::{ImportFile, ReadSheet};
use crate::failure::Failure;
use crate::house::House;
use crate::work::RowReader;
pub(crate) use batches::{list, undo};
pub(crate) use mend::safe;
use progress::Progress;
use stop::Stop;
use taking::Taking;
use target::Target;
pub(crate) use target::existing;

/// How much of a file is read at a time: enough to tell its encoding.
const READ: usize = 64 << 10;

/// The words that start this program as the one that reads workbooks.
const READER: &str = "read-sheet";

/// What the process does that reads a workbook.
pub(crate) fn read_workbook(ask: &ReadSheet) -> ExitCode {
    match Program::this(&[READER, "--limited"]) {
        Ok(again) => sheet::read_workbook((!ask.limited).then_some(again)),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Takes the rows of a file, batch by batch. Run again, it knows each row by source and reference:
/// what was taken before is "same".
pub(crate) fn run(house: &House, ask: &ImportFile) -> Result<(), Failure> {
    let name = ask.file.display();
    let file = File::open(&ask.file).map_err(Failure::io(&format!("opening {name}")))?;
    let length = file.metadata().map_or(0, |data| data.len());
    // Before anything is read: who stops it while the file is opened loses nothing either.
    let stop = Stop::watch()?;
    let source = source::name(ask);
    let known = existing(house)?;
    let mapping = heading::mapping(known.as_ref(), &source, &ask.map)?;
    let program = Program::this(&[READER]).map_err(Failure::io("finding this program"))?;
    let progress = Progress::over_bytes(length);
    let input = BufReader::with_capacity(READ, progress.reading(file));
    let opening = Opening {
        mapping: &mapping.all,
        program: &program,
        encoding: ask.encoding.as_deref().map(source::encoding).transpose()?,
        separator: ask
            .separator
            .as_deref()
            .map(source::separator)
            .transpose()?,
        sheet: ask.sheet.as_deref(),
    };
    let mut table = Table::open(input, &opening)
        .map_err(|reason| Failure::Failed(format!("{name}: {reason}")))?;
    let progress = progress.over(&table.form());
    heading::show(&table)?;
    let target = if ask.dry_run {
        Target::dry(known)
    } else {
        drop(known);
        Target::real(house, &source, &ask.file, &mapping.said)?
    };
    let work = RowReader::new(house.classifier.get()?, &corrections(house)?);
    let mut taking = Taking::new(house, ask, source, &table, target, &work);
    let ended = taking.all(&mut table, &progress, &stop);
    progress.finish();
    let finished = taking.finish(matches!(ended, Ok(None)));
    if let Ok(counts) = &finished {
        outcome::say_counts(counts, ask)?;
    }
    // Why it ended tells more than why it could not be ended well.
    let ended = ended?;
    let counts = finished?;
    match ended {
        None if counts.rows > 0 && counts.refused == counts.rows => Err(Failure::Failed(format!(
            "{name}: không nhận dòng nào trong {rows} dòng / none of the {rows} rows was taken",
            rows = counts.rows
        ))),
        None => Ok(()),
        Some(broken) => Err(Failure::Failed(format!("{name}: {broken}"))),
    }
}
