//! Reads a file as the program does, and says what came of it.

use std::io::{BufReader, Cursor};
use std::time::Duration;

use domain::reading::headings::Mapping;
use sheet::{Next, Opening, Program, Table};

pub(crate) fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_read-sheet"), []).within(Duration::from_secs(20))
}

/// What was read of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The line and the cells of each row.
    pub(crate) rows: Vec<(u64, String)>,
    /// Rows that are refused, and what broke the file off: line, column, reason.
    pub(crate) refused: Vec<(u64, Option<usize>, String)>,
    /// Why nothing of it is read.
    pub(crate) wrong: Option<String>,
}

impl Found {
    /// Everything that was said against the file.
    pub(crate) fn said(&self) -> String {
        let refused = self.refused.iter().map(|(_, _, reason)| reason.as_str());
        let all: Vec<&str> = self.wrong.as_deref().into_iter().chain(refused).collect();
        all.join("; ")
    }
}

pub(crate) fn open(bytes: &[u8], mapping: &Mapping, sheet: Option<&str>) -> Result<Table, String> {
    let input = BufReader::with_capacity(64 << 10, Cursor::new(bytes.to_vec()));
    let program = program();
    let ask = Opening {
        mapping,
        program: &program,
        encoding: None,
        separator: None,
        sheet,
    };
    Table::open(input, &ask)
}

/// At most so many rows are kept.
const KEPT: usize = 200;

pub(crate) fn all(mut table: Table) -> Found {
    let mut found = Found::default();
    loop {
        match table.next_row().unwrap() {
            Next::Row(row) if found.rows.len() < KEPT => {
                found.rows.push((row.line, row.cells.join("|")))
            }
            Next::Row(_) => {}
            Next::Refused(refused) => {
                found
                    .refused
                    .push((refused.row.line, refused.column, refused.reason))
            }
            Next::Broken(refused) => {
                found
                    .refused
                    .push((refused.row.line, refused.column, refused.reason));
                return found;
            }
            Next::End => return found,
        }
    }
}

/// Reads all of a file.
pub(crate) fn read(bytes: &[u8]) -> Found {
    match open(bytes, &Mapping::default(), None) {
        Ok(table) => all(table),
        Err(reason) => Found {
            wrong: Some(reason),
            ..Found::default()
        },
    }
}
