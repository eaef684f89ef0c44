//! A sheet with its headings.

use std::io::{self, BufRead};

use domain::reading::headings::{Field, Mapping};
use domain::text::{fold, shorten};

use crate::book::{Book, Program};
use crate::csv::Csv;
use crate::encoding::Encoding;
use crate::kind::{Kind, kind};
use crate::limits::{HEADING_ROWS, MOST_LINE};
use crate::row::{Next, Refused, Row, letters};

/// How much of headings is shown.
const SHOWN: usize = 120;
/// What a sheet of vacancies cannot be without.
const NEEDED: [Field; 2] = [Field::Title, Field::Employer];

/// How a file is to be opened.
pub struct Opening<'a> {
    /// Which heading names which field.
    pub mapping: &'a Mapping,
    /// The program that reads workbooks.
    pub program: &'a Program,
    /// The encoding, where the file's own is not to be guessed.
    pub encoding: Option<Encoding>,
    /// The separator, where it is not to be guessed.
    pub separator: Option<u8>,
    /// The sheet of a workbook, where it is not the first with headings.
    pub sheet: Option<&'a str>,
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// CSV.
    Csv {
        /// How letters are written.
        encoding: Encoding,
        /// What stands between cells.
        separator: char,
    },
    /// A sheet of a workbook.
    Workbook {
        /// The name of the sheet.
        sheet: String,
        /// Other sheets that can be seen and are not read.
        others: Vec<String>,
    },
}

/// A column with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading as written.
    pub heading: String,
    /// What it names, if anything that is read.
    pub field: Option<Field>,
}

/// A file whose headings are understood, row by row.
pub struct Table {
    rows: Rows,
    columns: Vec<Column>,
    /// Columns but for those at the end without a heading.
    named: usize,
    heading_line: u64,
}

enum Rows {
    Csv(Csv),
    Book(Book),
}

impl Rows {
    fn next(&mut self) -> io::Result<Next> {
        match self {
            Self::Csv(csv) => csv.next(),
            Self::Book(book) => Ok(book.next()),
        }
    }
}

impl Table {
    /// Opens a file and looks for its headings.
    ///
    /// # Errors
    /// In words, what is wrong with it as a whole.
    pub fn open(mut input: impl BufRead + 'static, ask: &Opening<'_>) -> Result<Self, String> {
        let start = input.fill_buf().map_err(|error| error.to_string())?;
        let rows = match kind(start)? {
            Kind::Zip => Rows::Book(Book::open(input, ask)?),
            Kind::Text(seen) => Rows::Csv(Csv::open(
                Box::new(input),
                seen,
                ask.encoding,
                ask.separator,
                &|cells| known(cells, ask.mapping),
            )?),
        };
        Self::with_headings(rows, ask.mapping)
    }

    fn with_headings(mut rows: Rows, mapping: &Mapping) -> Result<Self, String> {
        let mut seen: Vec<Row> = Vec::new();
        while seen.len() < HEADING_ROWS {
            let row = match rows.next().map_err(|error| error.to_string())? {
                Next::Row(row) if row.is_blank() => continue,
                Next::Row(row) => row,
                Next::Refused(refused) | Next::Broken(refused) if seen.is_empty() => {
                    return Err(refused.reason);
                }
                // A title may be as long as it likes.
                Next::Refused(_) => continue,
                Next::Broken(refused) => return Err(refused.reason),
                Next::End => break,
            };
            if are_headings(&row.cells, mapping) {
                return Self::under(rows, &row, mapping);
            }
            seen.push(row);
        }
        Err(missing(&seen, mapping))
    }

    fn under(rows: Rows, headings: &Row, mapping: &Mapping) -> Result<Self, String> {
        let columns: Vec<Column> = headings
            .cells
            .iter()
            .map(|heading| Column {
                heading: heading.split_whitespace().collect::<Vec<_>>().join(" "),
                field: mapping.field(heading),
            })
            .collect();
        if headings.cells.iter().map(String::len).sum::<usize>() > MOST_LINE {
            return Err("tiêu đề quá dài / the headings are too long".to_owned());
        }
        twice(&columns)?;
        let named = columns
            .iter()
            .rposition(|column| !column.heading.is_empty())
            .map_or(0, |last| last + 1);
        Ok(Self {
            rows,
            columns,
            named,
            heading_line: headings.line,
        })
    }

    /// What was found out about the file.
    pub fn form(&self) -> Form {
        match &self.rows {
            Rows::Csv(csv) => Form::Csv {
                encoding: csv.encoding(),
                separator: csv.separator(),
            },
            Rows::Book(book) => Form::Workbook {
                sheet: book.sheet().to_owned(),
                others: book.others().to_vec(),
            },
        }
    }

    /// Its columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The line of the headings.
    pub const fn heading_line(&self) -> u64 {
        self.heading_line
    }

    /// The next row with anything in it. Headings that are repeated and the numbers of columns below
    /// them are no rows.
    ///
    /// # Errors
    /// What the system says of the file.
    pub fn next_row(&mut self) -> io::Result<Next> {
        loop {
            match self.rows.next()? {
                Next::Row(row) if row.is_blank() || self.repeats(&row) => {}
                Next::Row(row) => return Ok(self.row(row)),
                other => return Ok(other),
            }
        }
    }

    fn row(&self, mut row: Row) -> Next {
        for cell in &mut row.cells {
            plain(cell);
        }
        if matches!(self.rows, Rows::Csv(_)) && self.is_shifted(&row) {
            let (cells, named) = (row.cells.len(), self.named);
            let reason = format!(
                "có {cells} ô nhưng có {named} cột; kiểm tra dấu ngăn cách và ngoặc kép / \
                 {cells} cells under {named} headings; look for a separator too many or too few, \
                 or a missing quotation mark"
            );
            return Next::Refused(Refused {
                row,
                column: None,
                reason,
            });
        }
        Next::Row(row)
    }

    /// Whether cells do not stand under their headings: a separator too many or too few.
    fn is_shifted(&self, row: &Row) -> bool {
        row.cells.len() < self.named
            || row
                .cells
                .iter()
                .skip(self.columns.len())
                .any(|cell| !cell.trim().is_empty())
    }

    /// The same headings again, as on each page of a long table, or "(1)", "(2)" ... below them.
    fn repeats(&self, row: &Row) -> bool {
        NEEDED.iter().all(|needed| {
            let place = self
                .columns
                .iter()
                .position(|column| column.field == Some(*needed));
            let cell = place.and_then(|place| row.cells.get(place));
            let heading = place.and_then(|place| self.columns.get(place));
            cell.zip(heading).is_some_and(|(cell, column)| {
                fold(cell) == fold(&column.heading) || is_number_of_column(cell)
            })
        })
    }
}

/// "(3)", "3", "B".
fn is_number_of_column(cell: &str) -> bool {
    let inner = cell.trim().trim_matches(['(', ')', '[', ']']);
    let is_number = inner.len() < 3 && inner.chars().all(|c| c.is_ascii_digit());
    let is_letter = inner.len() == 1 && inner.chars().all(|c| c.is_ascii_uppercase());
    !inner.is_empty() && (is_number || is_letter)
}

/// Takes the apostrophe away that keeps a spreadsheet from reckoning with a cell.
fn plain(cell: &mut String) {
    let is_guarded = cell.strip_prefix('\'').is_some_and(|rest| {
        rest.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
    });
    if is_guarded {
        cell.remove(0);
    }
}

/// How many cells are headings, each field once.
pub(crate) fn known(cells: &[String], mapping: &Mapping) -> usize {
    let fields: Vec<Field> = cells
        .iter()
        .filter_map(|cell| mapping.field(cell))
        .collect();
    let firsts = fields
        .iter()
        .enumerate()
        .filter(|(place, field)| !fields.iter().take(*place).any(|other| other == *field));
    firsts.count()
}

/// Whether these are the headings of a sheet of vacancies.
pub(crate) fn are_headings(cells: &[String], mapping: &Mapping) -> bool {
    NEEDED.iter().all(|needed| {
        cells
            .iter()
            .any(|cell| mapping.field(cell) == Some(*needed))
    })
}

fn twice(columns: &[Column]) -> Result<(), String> {
    let mut seen = Vec::new();
    for column in columns.iter().filter(|column| column.field.is_some()) {
        let folded = fold(&column.heading);
        if seen.contains(&folded) {
            let shown = shorten(&column.heading, SHOWN);
            return Err(format!(
                "tiêu đề cột {shown:?} có hai lần / the heading {shown:?} is there twice"
            ));
        }
        seen.push(folded);
    }
    Ok(())
}

/// What is missing in the row that looks most like headings.
fn missing(seen: &[Row], mapping: &Mapping) -> String {
    let Some(closest) = seen.iter().reduce(|best, row| {
        let more = known(&row.cells, mapping) > known(&best.cells, mapping);
        if more { row } else { best }
    }) else {
        return "bảng trống / the sheet is empty".to_owned();
    };
    let needed = NEEDED
        .iter()
        .find(|needed| {
            !closest
                .cells
                .iter()
                .any(|cell| mapping.field(cell) == Some(**needed))
        })
        .map_or("", |field| field.as_str());
    let all = closest
        .cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .map(|(column, cell)| format!("{}: {}", letters(column), cell.trim()))
        .collect::<Vec<_>>()
        .join(", ");
    let (line, shown) = (closest.line, shorten(&all, SHOWN));
    format!(
        "thiếu cột {needed:?}; dòng {line} có: {shown}. Nếu cột mang tên khác: --map \"Tên cột={needed}\" / \
         no column for {needed:?}; line {line} has: {shown}. Where it has another name: \
         --map \"Heading={needed}\""
    )
}
