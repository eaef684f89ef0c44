//! A code list as a table, with errors that name file, line and column.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::str::FromStr;

use super::Dated;

/// Something in a code list that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {column} {value:?}: expected {expected}")]
pub struct CodeError {
    /// The file's name.
    pub file: String,
    /// The line; 0 where the file as a whole is meant.
    pub line: u64,
    /// The column's heading.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What could stand there.
    pub expected: String,
}

type Source<'s, 'a> = &'s dyn Fn(&str) -> Option<Cow<'a, str>>;

/// The files, and what was found wrong in them so far.
pub(super) struct Files<'s, 'a> {
    source: Source<'s, 'a>,
    errors: RefCell<Vec<CodeError>>,
    missing: RefCell<Vec<&'static str>>,
}

impl<'s, 'a> Files<'s, 'a> {
    pub(super) fn new(source: Source<'s, 'a>) -> Self {
        Self {
            source,
            errors: RefCell::new(Vec::new()),
            missing: RefCell::new(Vec::new()),
        }
    }

    /// What is wrong, or else the lists that are not there.
    pub(super) fn finish(self) -> Result<Vec<&'static str>, Vec<CodeError>> {
        let errors = self.errors.into_inner();
        if errors.is_empty() {
            Ok(self.missing.into_inner())
        } else {
            Err(errors)
        }
    }

    /// Reads each row with `read`; rows that it refuses are left out and named.
    pub(super) fn rows<T>(
        &self,
        file: &str,
        columns: &[&str],
        read: impl FnMut(&Row<'_>) -> Result<T, CodeError>,
    ) -> Vec<T> {
        if let Some(text) = (self.source)(file) {
            self.parse(file, &text, columns, read)
        } else {
            self.wrong(
                file,
                0,
                "file",
                "",
                "tệp CSV có dòng tiêu đề / a CSV file with headings",
            );
            Vec::new()
        }
    }

    /// As [`rows`](Self::rows); a list without which the rest still works may be missing.
    pub(super) fn optional_rows<T>(
        &self,
        file: &'static str,
        columns: &[&str],
        read: impl FnMut(&Row<'_>) -> Result<T, CodeError>,
    ) -> Vec<T> {
        if let Some(text) = (self.source)(file) {
            self.parse(file, &text, columns, read)
        } else {
            self.missing.borrow_mut().push(file);
            Vec::new()
        }
    }

    /// Notes a list that is longer than its index can tell apart.
    pub(super) fn at_most(&self, file: &str, rows: usize, most: usize) {
        if rows > most {
            let expected = format!("at most {most} rows");
            self.wrong(file, 0, "file", &format!("{rows} rows"), &expected);
        }
    }

    fn parse<T>(
        &self,
        file: &str,
        text: &str,
        columns: &[&str],
        mut read: impl FnMut(&Row<'_>) -> Result<T, CodeError>,
    ) -> Vec<T> {
        // Spreadsheets begin a file with a mark that would become part of the first heading.
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let Ok(headings) = reader.headers().cloned() else {
            self.wrong(file, 1, "headings", "unreadable", "UTF-8 CSV");
            return Vec::new();
        };
        for column in columns {
            if !headings.iter().any(|heading| heading == *column) {
                self.wrong(
                    file,
                    1,
                    column,
                    "",
                    "một cột tên này / a column of this name",
                );
            }
        }
        let mut rows = Vec::new();
        let mut seen = HashMap::new();
        for record in reader.records() {
            match record {
                Err(error) => self.unreadable(file, &error, headings.len()),
                Ok(record) => {
                    let row = Row {
                        file,
                        headings: &headings,
                        record: &record,
                    };
                    let value = row.is_clean().and_then(|()| row.is_first(&mut seen));
                    match value.and_then(|()| read(&row)) {
                        Ok(value) => rows.push(value),
                        Err(error) => self.errors.borrow_mut().push(error),
                    }
                }
            }
        }
        rows
    }

    fn unreadable(&self, file: &str, error: &csv::Error, cells: usize) {
        let line = error.position().map_or(0, csv::Position::line);
        let value = match error.kind() {
            csv::ErrorKind::UnequalLengths { len, .. } => format!("{len} cells"),
            _ => error.to_string(),
        };
        self.wrong(
            file,
            line,
            "row",
            &value,
            &format!("{cells} cells, as in the headings"),
        );
    }

    fn wrong(&self, file: &str, line: u64, column: &str, value: &str, expected: &str) {
        self.errors.borrow_mut().push(CodeError {
            file: file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        });
    }
}

/// One row.
pub(super) struct Row<'r> {
    file: &'r str,
    headings: &'r csv::StringRecord,
    record: &'r csv::StringRecord,
}

impl Row<'_> {
    /// The text of a column; empty where there is none.
    pub(super) fn text(&self, column: &str) -> &str {
        self.headings
            .iter()
            .position(|heading| heading == column)
            .and_then(|at| self.record.get(at))
            .unwrap_or("")
    }

    /// No cell has a character that nobody sees and that makes another code of a code.
    fn is_clean(&self) -> Result<(), CodeError> {
        let has_control = |cell: &str| cell.contains(|c: char| c.is_control() && c != '\n');
        match self.record.iter().position(has_control) {
            None => Ok(()),
            Some(at) => {
                let column = self.headings.get(at).unwrap_or("row");
                Err(self.wrong(column, "text without control characters"))
            }
        }
    }

    /// The whole row does not stand further up already.
    fn is_first(&self, seen: &mut HashMap<String, u64>) -> Result<(), CodeError> {
        let cells: Vec<&str> = self.record.iter().collect();
        let line = self.record.position().map_or(0, csv::Position::line);
        match seen.insert(cells.join("\u{1f}"), line) {
            None => Ok(()),
            Some(before) => {
                let expected = format!("a row that does not stand in line {before} already");
                let column = self.headings.get(0).unwrap_or("row");
                Err(self.wrong(column, &expected))
            }
        }
    }

    /// The code of the row, which may not be empty.
    pub(super) fn code(&self) -> Result<String, CodeError> {
        match self.text("code") {
            "" => Err(self.wrong("code", "a code")),
            code => Ok(code.to_owned()),
        }
    }

    /// The days on which the row holds.
    pub(super) fn dated(&self) -> Result<Dated, CodeError> {
        Dated::read(self)
    }

    /// The parts of a cell that holds several, separated by semicolons.
    pub(super) fn parts(&self, column: &str) -> impl Iterator<Item = &str> {
        self.text(column)
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }

    /// The value of a column.
    pub(super) fn value<T: FromStr>(&self, column: &str, expected: &str) -> Result<T, CodeError> {
        self.text(column)
            .parse()
            .map_err(|_| self.wrong(column, expected))
    }

    pub(super) fn wrong(&self, column: &str, expected: &str) -> CodeError {
        CodeError {
            file: self.file.to_owned(),
            line: self.record.position().map_or(0, csv::Position::line),
            column: column.to_owned(),
            value: self.text(column).chars().take(80).collect(),
            expected: expected.to_owned(),
        }
    }
}
