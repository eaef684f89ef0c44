//! Row by row: understood or refused, taken, and said.

use domain::import::{About, Context, Interpreter, Note, RawRow, Work, employer_id};
use domain::reading::wage::Rates;
use sheet::{Column, Next, Refused, Row, Table};
use store::vacancy::Incoming;

use super::mend::Mend;
use super::outcome::{self, Counts};
use super::progress::Progress;
use super::stop::Stop;
use super::target::{Target, Verdict};
use crate::arguments::ImportFile;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use crate::work::RowReader;

/// Rows of one transaction: a stop loses no more than these, and the next run takes them.
const BATCH: usize = 200;
/// Rows of a kind that are shown one by one.
const SHOWN: u64 = 50;

const STOPPED: &str = "dừng theo yêu cầu: các dòng đã nhận vẫn còn, chạy lại lệnh này để nhận \
                       tiếp / stopped: what was taken stays, run the same command again to go on";

/// A row that waits for its transaction.
struct Waiting {
    line: u64,
    incoming: Incoming,
    read: Read,
}

/// What was read in a row beside the vacancy.
struct Read {
    notes: Vec<Note>,
    work: Work,
}

/// A file that is being taken.
pub(super) struct Taking<'h> {
    house: &'h House,
    interpreter: Interpreter<'h>,
    columns: Vec<Column>,
    source: String,
    target: Target,
    mend: Mend,
    waiting: Vec<Waiting>,
    /// Refused since the last transaction.
    refused: u64,
    shows_all: bool,
    is_dry: bool,
    counts: Counts,
}

impl<'h> Taking<'h> {
    pub(super) fn new(
        house: &'h House,
        ask: &ImportFile,
        source: String,
        table: &Table,
        target: Target,
        work: &'h RowReader<'h>,
    ) -> Self {
        let wage = house.settings.wage;
        let rates = Rates {
            hours: wage.hours_per_month.into(),
            days: wage.days_per_month.into(),
            up_to: wage.up_to.into(),
        };
        let counts = Counts {
            batch: target.batch().map(|batch| batch.to_string()),
            dry_run: ask.dry_run,
            ..Counts::default()
        };
        let interpreter = Interpreter::new(&house.codes, rates, wage.usd_vnd)
            .at(house.home.clone())
            .with_work(work);
        Self {
            house,
            interpreter,
            columns: table.columns().to_vec(),
            source,
            target,
            mend: Mend::new(ask, table.columns()),
            waiting: Vec::with_capacity(BATCH),
            refused: 0,
            shows_all: ask.show,
            is_dry: ask.dry_run,
            counts,
        }
    }

    /// Takes row by row; why it ended before the end, where it did. What was read by then is taken.
    pub(super) fn all(
        &mut self,
        table: &mut Table,
        progress: &Progress,
        stop: &Stop,
    ) -> Result<Option<String>, Failure> {
        let broken = loop {
            if stop.is_asked() {
                break Some(STOPPED.to_owned());
            }
            let next = match table.next_row() {
                Ok(next) => next,
                Err(error) => break Some(format!("reading the file: {error}")),
            };
            match next {
                Next::End => break None,
                Next::Row(row) => self.row(&row)?,
                Next::Refused(refused) => self.refuse_raw(&refused)?,
                Next::Broken(refused) => {
                    self.refuse_raw(&refused)?;
                    let line = refused.row.line;
                    break Some(format!("dòng {line} / line {line}: {}", refused.reason));
                }
            }
            if self.waiting.len() >= BATCH {
                self.flush()?;
                progress.rows(self.counts.rows);
            }
        };
        self.flush()?;
        Ok(broken)
    }

    /// Ends it; whether the whole file was read.
    pub(super) fn finish(mut self, whole: bool) -> Result<Counts, Failure> {
        self.counts.refused_file = self.mend.finish()?.map(|path| path.display().to_string());
        self.target.end(whole)?;
        Ok(self.counts)
    }

    fn row(&mut self, row: &Row) -> Result<(), Failure> {
        self.counts.rows += 1;
        let stamp = stamp();
        let context = Context {
            source: self.source.clone(),
            today: stamp.today(),
            line: row.line,
        };
        let cells = self.columns.iter().zip(&row.cells);
        let cells = cells.filter_map(|(column, cell)| Some((column.field?, cell.clone())));
        match self.interpreter.interpret(&RawRow::new(cells), &context) {
            Ok(mut understood) => {
                self.counts.wages_understood += u64::from(understood.wage_understood);
                self.counts.places_understood += u64::from(understood.place_understood);
                self.counts.occupations += u64::from(understood.work.occupation.is_some());
                self.counts.with_skills += u64::from(!understood.work.skills.is_empty());
                let row_hash = understood
                    .hash
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                let employer = employer_id(understood.employer_name());
                self.waiting.push(Waiting {
                    line: row.line,
                    read: Read {
                        notes: std::mem::take(&mut understood.notes),
                        work: std::mem::take(&mut understood.work),
                    },
                    incoming: Incoming {
                        vacancy: understood.into_vacancy(stamp.fresh(), employer),
                        row_hash,
                    },
                });
                Ok(())
            }
            Err(errors) => {
                let said = outcome::reasons(&errors, &self.columns);
                let comment = self.mend.comment(&errors);
                self.refuse(row, &said, &comment)
            }
        }
    }

    fn refuse_raw(&mut self, refused: &Refused) -> Result<(), Failure> {
        self.counts.rows += 1;
        self.refuse(&refused.row, &refused.reason, &refused.reason)
    }

    fn refuse(&mut self, row: &Row, said: &str, comment: &str) -> Result<(), Failure> {
        self.counts.refused += 1;
        self.refused += 1;
        self.mend.put(row, comment)?;
        if self.shows_all || self.counts.refused <= SHOWN {
            outcome::say_refused(row.line, said)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Failure> {
        if self.waiting.is_empty() && self.refused == 0 {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let (rows, rest): (Vec<Incoming>, Vec<_>) = waiting
            .into_iter()
            .map(|row| (row.incoming, (row.line, row.read)))
            .unzip();
        let verdicts = self.target.take(&self.house.codes, &rows, self.refused)?;
        self.refused = 0;
        for ((incoming, verdict), (line, read)) in rows.iter().zip(&verdicts).zip(&rest) {
            match verdict {
                Verdict::New => self.counts.new += 1,
                Verdict::Changed(_) => self.counts.changed += 1,
                Verdict::Same => self.counts.same += 1,
            }
            self.note(&read.notes);
            let is_news = self.is_dry && matches!(verdict, Verdict::Changed(_));
            if self.shows_all || (is_news && self.counts.changed <= SHOWN) {
                outcome::say_row(*line, incoming, verdict, &self.house.codes)?;
            }
            if self.shows_all {
                outcome::say_work(&read.work, &self.house.codes)?;
            }
            if self.shows_all || self.counts.noted <= SHOWN {
                outcome::say_notes(*line, &read.notes, &self.columns)?;
            }
        }
        Ok(())
    }

    fn note(&mut self, notes: &[Note]) {
        let has = |about| u64::from(notes.iter().any(|note| note.about == about));
        self.counts.noted += u64::from(!notes.is_empty());
        self.counts.below_minimum += has(About::BelowMinimum);
        self.counts.wording += has(About::Wording);
    }
}
