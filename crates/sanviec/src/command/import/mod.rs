//! `sanviec import vacancies FILE`.

mod sheet;
mod stop;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use domain::actor::Actor;
use domain::error::FieldError;
use domain::import::{Context, Interpreter, RawRow, employer_id};
use domain::reading::headings::Field;
use domain::reading::wage::Rates;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use store::vacancy::{Incoming, Taken};

use super::say;
use crate::arguments::ImportFile;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use sheet::{Next, Sheet};
use stop::Stop;

/// Rows of one transaction: a stop loses no more than these, and the next run takes them.
const BATCH: usize = 200;
/// Refused rows that are shown one by one.
const SHOWN: u64 = 50;

const STOPPED: &str = "dừng theo yêu cầu: các dòng đã nhận vẫn còn, chạy lại lệnh này để nhận \
                       tiếp / stopped: what was taken stays, run the same command again to go on";
const UNCLOSED: &str = "ngoặc kép mở ở đây chưa đóng, mọi dòng sau nằm trong ô này / a quotation \
                        mark that opens here is not closed: all that follows is part of this row";

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
    let mut sheet = Sheet::open(BufReader::new(bar.wrap_read(file)))
        .map_err(|reason| Failure::Failed(format!("{name}: {reason}")))?;
    let mut import = Taking::new(house, ask)?;
    let ended = import.all(&mut sheet, &Stop::watch()?);
    bar.finish_and_clear();
    let counts = &import.counts;
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
    match ended? {
        None if counts.rows > 0 && counts.refused == counts.rows => Err(Failure::Failed(format!(
            "{name}: không nhận dòng nào trong {rows} dòng / none of the {rows} rows was taken",
            rows = counts.rows
        ))),
        None => Ok(()),
        Some(broken) => Err(Failure::Failed(format!("{name}: {broken}"))),
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
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

    /// Takes row by row; why it ended before the end, where it did. What was read by then is taken.
    fn all<R: BufRead>(
        &mut self,
        sheet: &mut Sheet<R>,
        stop: &Stop,
    ) -> Result<Option<String>, Failure> {
        let broken = loop {
            if stop.is_asked() {
                break Some(STOPPED.to_owned());
            }
            let (line, next) = match sheet.next() {
                Ok(next) => next,
                Err(error) => break Some(format!("reading the file: {error}")),
            };
            match next {
                Next::End => break None,
                Next::Row(cells) => self.row(line, cells)?,
                Next::Refused(reason) => {
                    self.counts.rows += 1;
                    self.refuse(line, &reason)?;
                }
                Next::Unclosed => {
                    self.counts.rows += 1;
                    self.refuse(line, UNCLOSED)?;
                    break Some(format!("dòng {line} / line {line}: {UNCLOSED}"));
                }
                Next::TooLong(reason) => {
                    self.counts.rows += 1;
                    self.counts.refused += 1;
                    break Some(reason);
                }
            }
            if self.batch.len() >= BATCH {
                self.flush()?;
            }
        };
        self.flush()?;
        Ok(broken)
    }

    fn row(&mut self, line: u64, cells: Vec<(Field, String)>) -> Result<(), Failure> {
        self.counts.rows += 1;
        let stamp = stamp();
        let context = Context {
            source: self.source.clone(),
            today: stamp.today(),
            line,
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
            say(format_args!(
                "dòng {line}: không nhận / line {line}: refused: {reason}"
            ))?;
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
                "{} {:?}: cần / expected {}",
                error.field, error.value, error.expected
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}
