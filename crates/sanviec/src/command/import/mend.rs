//! The refused rows as a file to mend: it opens in a spreadsheet, says at each row what is expected,
//! and can be taken as it is once it is mended.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use domain::error::FieldError;
use domain::reading::headings::Field;
use sheet::{Column, Row, letters};

use super::source::REFUSED;
use crate::arguments::ImportFile;
use crate::failure::Failure;

/// The heading of the first column; it names no field.
const COMMENT: &str = "Cần sửa gì / What to mend";
/// The mark by which Excel knows UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// So many files of refused rows of one file may lie side by side.
const MOST_FILES: u32 = 1_000;

/// The file of refused rows; it is made with the first of them.
pub(super) struct Mend {
    wanted: Option<Wanted>,
    columns: Vec<Column>,
    /// Columns of the file that was taken which are comments of an earlier time.
    comments: Vec<usize>,
    open: Option<Open>,
}

/// Where it is to be.
enum Wanted {
    /// Here, whatever is there.
    Here(PathBuf),
    /// Beside this file, over nothing that is there: somebody may be mending it.
    Beside(PathBuf),
}

struct Open {
    writer: csv::Writer<File>,
    /// Where it is until it is whole.
    part: PathBuf,
}

impl Mend {
    pub(super) fn new(ask: &ImportFile, columns: &[Column]) -> Self {
        let wanted = match &ask.refused {
            Some(path) => Some(Wanted::Here(path.clone())),
            // A dry run leaves nothing behind that nobody asked for.
            None if ask.dry_run => None,
            None => Some(Wanted::Beside(ask.file.clone())),
        };
        let comments = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.heading == COMMENT)
            .map(|(place, _)| place)
            .collect();
        Self {
            wanted,
            columns: columns.to_vec(),
            comments,
            open: None,
        }
    }

    /// What is to be mended in a row: the cells as the file of refused rows has them.
    pub(super) fn comment(&self, errors: &[FieldError]) -> String {
        errors
            .iter()
            .map(|error| {
                let field = Field::parse(&error.field);
                let found = self
                    .kept()
                    .zip(1..)
                    .find(|((_, column), _)| column.field == field);
                let cell = found.filter(|_| field.is_some()).map_or_else(
                    || error.field.clone(),
                    |((_, column), place)| format!("cột {} «{}»", letters(place), column.heading),
                );
                format!("{cell} {:?}: cần {}", error.value, error.expected)
            })
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn kept(&self) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(place, _)| !self.comments.contains(place))
    }

    /// Writes a refused row.
    pub(super) fn put(&mut self, row: &Row, comment: &str) -> Result<(), Failure> {
        if self.open.is_none() {
            self.begin()?;
        }
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let cells = row.cells.iter().enumerate();
        let cells = cells.filter(|(place, _)| !self.comments.contains(place));
        let cells = cells.map(|(_, cell)| safe(cell));
        // As many cells as headings, or what is missing would look like a separator too few.
        let missing = self.columns.len().saturating_sub(row.cells.len());
        let record = std::iter::once(safe(comment))
            .chain(cells)
            .chain(std::iter::repeat_n(String::new(), missing));
        let failed = |error: csv::Error| unwritten(&open.part, &error.to_string());
        open.writer.write_record(record).map_err(failed)
    }

    fn begin(&mut self) -> Result<(), Failure> {
        let path = match &self.wanted {
            None => return Ok(()),
            Some(Wanted::Here(path)) => path.clone(),
            Some(Wanted::Beside(file)) => beside(file, 1),
        };
        let mut part = path.into_os_string();
        part.push(".part");
        let part = PathBuf::from(part);
        let failed = |error: std::io::Error| unwritten(&part, &error.to_string());
        let mut file = File::create(&part).map_err(failed)?;
        file.write_all(MARK).map_err(failed)?;
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
        let headings = self.kept().map(|(_, column)| safe(&column.heading));
        let record = std::iter::once(COMMENT.to_owned()).chain(headings);
        let failed = |error: csv::Error| unwritten(&part, &error.to_string());
        writer.write_record(record).map_err(failed)?;
        self.open = Some(Open { writer, part });
        Ok(())
    }

    /// Where the file is, if any row was refused.
    pub(super) fn finish(self) -> Result<Option<PathBuf>, Failure> {
        let Some(Open { mut writer, part }) = self.open else {
            return Ok(None);
        };
        let failed = |error: std::io::Error| unwritten(&part, &error.to_string());
        writer.flush().map_err(failed)?;
        drop(writer);
        let path = match self.wanted {
            None => return Ok(None),
            Some(Wanted::Here(path)) => path,
            Some(Wanted::Beside(file)) => match free_place(&file, &part)? {
                Place::Free(path) => path,
                Place::Same(path) => {
                    fs::remove_file(&part).map_err(failed)?;
                    return Ok(Some(path));
                }
            },
        };
        fs::rename(&part, &path).map_err(failed)?;
        Ok(Some(path))
    }
}

fn unwritten(path: &Path, error: &str) -> Failure {
    let path = path.display();
    Failure::Failed(format!(
        "không ghi được các dòng không nhận vào {path}; chọn chỗ khác bằng --refused / the refused rows \
         cannot be written to {path}, name another place with --refused: {error}"
    ))
}

/// FILE.refused.csv, or the same with a number.
fn beside(file: &Path, number: u32) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    // The file of what was refused of such a file lies beside both.
    let stem = stem
        .split_once(REFUSED)
        .map_or(&*stem, |(before, _)| before);
    match number {
        1 => file.with_file_name(format!("{stem}{REFUSED}.csv")),
        _ => file.with_file_name(format!("{stem}{REFUSED}-{number}.csv")),
    }
}

enum Place {
    /// Nothing is there.
    Free(PathBuf),
    /// The same rows were refused before.
    Same(PathBuf),
}

/// The first place where nothing is, or where the very same is.
fn free_place(file: &Path, part: &Path) -> Result<Place, Failure> {
    for number in 1..=MOST_FILES {
        let path = beside(file, number);
        if !path.exists() {
            return Ok(Place::Free(path));
        }
        if is_same(&path, part) {
            return Ok(Place::Same(path));
        }
    }
    Err(unwritten(&beside(file, 1), "there are too many of them"))
}

/// What cannot be read is another.
fn is_same(one: &Path, other: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|data| data.len()).ok();
    let (Some(left), Some(right)) = (length(one), length(other)) else {
        return false;
    };
    left == right
        && File::open(one)
            .and_then(|one| Ok((one, File::open(other)?)))
            .is_ok_and(|(one, other)| {
                BufReader::new(one)
                    .bytes()
                    .map(Result::ok)
                    .eq(BufReader::new(other).bytes().map(Result::ok))
            })
}

/// A cell with which no spreadsheet reckons. Taken again, it is as it was.
pub(crate) fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}
