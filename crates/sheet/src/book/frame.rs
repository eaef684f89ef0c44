//! What the two processes say to each other: lines of JSON.

use std::io::{BufRead, Read};

use domain::reading::headings::{Field, Mapping};
use serde::{Deserialize, Serialize};

/// What is asked of the process, before the bytes of the file.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    /// The sheet that is wanted.
    pub(super) sheet: Option<String>,
    /// Headings with the names of their fields.
    headings: Vec<(String, Option<String>)>,
}

impl Request {
    pub(super) fn new(mapping: &Mapping, sheet: Option<&str>) -> Self {
        Self {
            sheet: sheet.map(str::to_owned),
            headings: mapping
                .given()
                .map(|(heading, field)| {
                    let field = field.map(|field| field.as_str().to_owned());
                    (heading.to_owned(), field)
                })
                .collect(),
        }
    }

    pub(super) fn mapping(&self) -> Mapping {
        self.headings
            .iter()
            .fold(Mapping::default(), |mapping, (heading, field)| {
                mapping.with(heading, field.as_deref().and_then(Field::parse))
            })
    }
}

/// What the process answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Frame {
    /// The sheet that is read.
    Sheet { name: String, others: Vec<String> },
    /// A row.
    Row { line: u64, cells: Vec<String> },
    /// A row that cannot be taken.
    Refused {
        line: u64,
        cells: Vec<String>,
        column: Option<usize>,
        reason: String,
    },
    /// From this row on nothing can be read.
    Broken { line: u64, reason: String },
    /// The workbook cannot be read.
    Wrong(String),
    /// That was all.
    Done,
}

/// The next line; `None` at the end, or where it is none of these or too long.
pub(super) fn read(input: &mut impl BufRead, most: usize) -> Option<Frame> {
    let mut line = Vec::new();
    let most = u64::try_from(most).ok()?;
    input.take(most).read_until(b'\n', &mut line).ok()?;
    serde_json::from_slice(line.strip_suffix(b"\n")?).ok()
}
