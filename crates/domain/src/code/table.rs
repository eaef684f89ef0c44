//! A code list as a table, with errors that name file, line and column.

use std::borrow::Cow;
use std::cell::RefCell;
use std::str::FromStr;

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
}

impl<'s, 'a> Files<'s, 'a> {
    pub(super) fn new(source: Source<'s, 'a>) -> Self {
        Self {
            source,
            errors: RefCell::new(Vec::new()),
        }
    }

    pub(super) fn into_errors(self) -> Vec<CodeError> {
        self.errors.into_inner()
    }

    /// Reads each row with `read`; rows that it refuses are left out and named.
    pub(super) fn rows<T>(
        &self,
        file: &str,
        columns: &[&str],
        mut read: impl FnMut(&Row<'_>) -> Result<T, CodeError>,
    ) -> Vec<T> {
        let Some(text) = (self.source)(file) else {
            self.wrong(file, "file", "missing", "a CSV file with headings");
            return Vec::new();
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let Ok(headings) = reader.headers().cloned() else {
            self.wrong(file, "headings", "unreadable", "UTF-8 CSV");
            return Vec::new();
        };
        for column in columns {
            if !headings.iter().any(|heading| heading == *column) {
                self.wrong(file, column, "missing", "a column of this name");
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Err(error) => self.wrong(file, "row", &error.to_string(), "UTF-8 CSV"),
                Ok(record) => {
                    let row = Row {
                        file,
                        headings: &headings,
                        record: &record,
                    };
                    match read(&row) {
                        Ok(value) => rows.push(value),
                        Err(error) => self.errors.borrow_mut().push(error),
                    }
                }
            }
        }
        rows
    }

    fn wrong(&self, file: &str, column: &str, value: &str, expected: &str) {
        self.errors.borrow_mut().push(CodeError {
            file: file.to_owned(),
            line: 0,
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
