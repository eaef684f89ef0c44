//! Small files of CSV that a command is given whole.

use std::path::Path;

use csv::StringRecord;

use crate::failure::Failure;

/// Nothing that people have labelled is as long, in bytes.
const LONGEST: u64 = 64 * 1_024 * 1_024;
/// The mark by which Excel knows UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes of a file, without a mark.
///
/// # Errors
/// Where it cannot be read, is too long, or is no UTF-8 text.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let place = path.display();
    let failed = |error: std::io::Error| Failure::Failed(format!("{place}: {error}"));
    let data = path.metadata().map_err(failed)?;
    if data.len() > LONGEST {
        return Err(Failure::Failed(format!(
            "{place}: tệp dài quá {LONGEST} byte / longer than {LONGEST} bytes"
        )));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    if std::str::from_utf8(&bytes).is_err() {
        return Err(Failure::Failed(format!(
            "{place}: cần tệp CSV mã UTF-8 / expected CSV in UTF-8"
        )));
    }
    Ok(bytes
        .strip_prefix(MARK)
        .map_or_else(|| bytes.clone(), <[u8]>::to_vec))
}

/// A file by the names of its columns.
pub(super) struct Sheet {
    place: String,
    headings: StringRecord,
    rows: Vec<StringRecord>,
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it cannot be read, with the line.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let place = path.display().to_string();
        let bytes = bytes(path)?;
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(bytes.as_slice());
        let failed = |error: csv::Error| Failure::Failed(format!("{place}: {error}"));
        let headings = reader.headers().map_err(failed)?.clone();
        let rows = reader.records().collect::<Result<_, _>>().map_err(failed)?;
        Ok(Self {
            headings,
            rows,
            place,
        })
    }

    /// Where this column is, if there is one.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let mut names = self.headings.iter().map(str::trim);
        names.position(|heading| heading.eq_ignore_ascii_case(name))
    }

    /// Where this column is.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn need(&self, name: &str) -> Result<usize, Failure> {
        self.column(name).ok_or_else(|| {
            let there: Vec<&str> = self.headings.iter().collect();
            Failure::Failed(format!(
                "{}: thiếu cột \"{name}\"; có: {there} / there is no column \"{name}\" but: {there}",
                self.place,
                there = there.join(", ")
            ))
        })
    }

    /// The rows, each with its line.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u64, &StringRecord)> {
        self.rows
            .iter()
            .map(|row| (row.position().map_or(0, csv::Position::line), row))
    }

    /// What is wrong in a line.
    pub(super) fn wrong(&self, line: u64, what: &str) -> Failure {
        Failure::Failed(format!("{}: dòng / line {line}: {what}", self.place))
    }
}

/// A cell; empty where there is none.
pub(super) fn cell(row: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|at| row.get(at)).unwrap_or_default()
}
