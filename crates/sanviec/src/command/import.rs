//! `sanviec import vacancies FILE`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::time::Duration;

use domain::actor::Actor;
use domain::error::FieldError;
use domain::import::{Context, Interpreter, RawRow, employer_id};
use domain::reading::headings::{Field, field};
use domain::reading::wage::Rates;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use store::vacancy::{Incoming, Taken};

use super::say;
use crate::arguments::ImportFile;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;

/// Rows of one transaction: a stop loses no more than these, and the next run takes them.
const BATCH: usize = 200;
/// Refused rows that are shown one by one.
const SHOWN: u64 = 50;

#[derive(Default, Serialize)]
struct Counts {
    rows: u64,
    new: u64,
    changed: u64,
    same: u64,
    refused: u64,
    wages_understood: u64,
    places_understood: u64,
}

/// Takes the rows of a CSV file, batch by batch. Run again, it knows each row by source and
/// reference: what was taken before is "same".
pub(crate) fn run(house: &House, ask: &ImportFile) -> Result<(), Failure> {
    let name = ask.file.display();
    let file = File::open(&ask.file).map_err(Failure::io(&format!("opening {name}")))?;
    let length = file.metadata().map_or(0, |data| data.len());
    let bar = ProgressBar::new(length).with_style(style());
    bar.enable_steady_tick(Duration::from_millis(200));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(bar.wrap_read(BufReader::new(file)));
    let columns = columns(&mut reader, &name.to_string())?;
    let mut import = Taking::new(house, ask)?;
    let counts = import.all(&mut reader, &columns)?;
    bar.finish_and_clear();
    say(format_args!(
        "{} rows: {} new, {} changed, {} same, {} refused; wages understood {}, places {}",
        counts.rows,
        counts.new,
        counts.changed,
        counts.same,
        counts.refused,
        counts.wages_understood,
        counts.places_understood
    ))?;
    if ask.json {
        let line = serde_json::to_string(counts)
            .map_err(|error| Failure::Failed(format!("writing the answer: {error}")))?;
        say(format_args!("{line}"))?;
    }
    Ok(())
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// The field of each column; a BOM before the first heading is no part of it.
fn columns<R: Read>(
    reader: &mut csv::Reader<R>,
    name: &str,
) -> Result<Vec<Option<Field>>, Failure> {
    let headings = reader
        .headers()
        .map_err(|error| Failure::Failed(format!("{name}: {error}")))?;
    let columns: Vec<Option<Field>> = headings
        .iter()
        .map(|heading| field(heading.trim_start_matches('\u{feff}')))
        .collect();
    for needed in [Field::Title, Field::Employer] {
        if !columns.contains(&Some(needed)) {
            return Err(Failure::Failed(format!(
                "{name}: no column for {:?}; its headings are: {}",
                needed.as_str(),
                headings.iter().collect::<Vec<_>>().join(", ")
            )));
        }
    }
    Ok(columns)
}

struct Taking<'h> {
    house: &'h House,
    pool: store::Pool,
    interpreter: Interpreter<'h>,
    source: String,
    batch: Vec<Incoming>,
    counts: Counts,
}

impl<'h> Taking<'h> {
    fn new(house: &'h House, ask: &ImportFile) -> Result<Self, Failure> {
        let wage = house.settings.wage;
        let rates = Rates {
            hours: wage.hours_per_month.into(),
            days: wage.days_per_month.into(),
            up_to: wage.up_to.into(),
        };
        let file_name = || {
            ask.file
                .file_stem()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        };
        Ok(Self {
            house,
            pool: house.open()?,
            interpreter: Interpreter::new(&house.codes, rates, wage.usd_vnd),
            source: ask.source.clone().unwrap_or_else(file_name),
            batch: Vec::with_capacity(BATCH),
            counts: Counts::default(),
        })
    }

    fn all<R: Read>(
        &mut self,
        reader: &mut csv::Reader<R>,
        columns: &[Option<Field>],
    ) -> Result<&Counts, Failure> {
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => self.row(&record, columns)?,
                Err(error) if error.is_io_error() => {
                    return Err(Failure::Failed(format!("reading the file: {error}")));
                }
                Err(error) => {
                    self.counts.rows += 1;
                    self.refuse(
                        error.position().map_or(0, csv::Position::line),
                        &error.to_string(),
                    )?;
                }
            }
            if self.batch.len() >= BATCH {
                self.flush()?;
            }
        }
        self.flush()?;
        Ok(&self.counts)
    }

    fn row(
        &mut self,
        record: &csv::StringRecord,
        columns: &[Option<Field>],
    ) -> Result<(), Failure> {
        self.counts.rows += 1;
        let cells = columns
            .iter()
            .zip(record)
            .filter_map(|(field, cell)| Some(((*field)?, cell.to_owned())));
        let stamp = stamp();
        let context = Context {
            source: self.source.clone(),
            today: stamp.today(),
            line: record.position().map_or(0, csv::Position::line),
        };
        match self.interpreter.interpret(&RawRow::new(cells), &context) {
            Ok(row) => {
                self.counts.wages_understood += u64::from(row.wage_understood);
                self.counts.places_understood += u64::from(row.place_understood);
                let row_hash = row.hash.iter().map(|byte| format!("{byte:02x}")).collect();
                let employer = employer_id(row.employer_name());
                self.batch.push(Incoming {
                    vacancy: row.into_vacancy(stamp.fresh(), employer),
                    row_hash,
                });
                Ok(())
            }
            Err(errors) => self.refuse(context.line, &reasons(&errors)),
        }
    }

    fn refuse(&mut self, line: u64, reason: &str) -> Result<(), Failure> {
        self.counts.refused += 1;
        if self.counts.refused <= SHOWN {
            say(format_args!("line {line}: refused: {reason}"))?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let conn = &mut *self.pool.get()?;
        let taken = store::vacancy::import(
            conn,
            &self.house.codes,
            Actor::Operator,
            &self.batch,
            &stamp(),
        )?;
        for taken in taken {
            match taken {
                Taken::New => self.counts.new += 1,
                Taken::Changed => self.counts.changed += 1,
                Taken::Same => self.counts.same += 1,
            }
        }
        self.batch.clear();
        Ok(())
    }
}

fn reasons(errors: &[FieldError]) -> String {
    errors
        .iter()
        .map(|error| {
            format!(
                "{} {:?}: expected {}",
                error.field, error.value, error.expected
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}
