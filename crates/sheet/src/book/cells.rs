//! The rows of a sheet, cell by cell: never the range that it claims to have.

mod merged;
mod value;

use std::io::{self, Cursor, Write};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use domain::reading::headings::Mapping;

use super::archive::DAMAGED;
use super::frame::{Frame, Request};
use crate::limits::{HEADING_ROWS, MOST_COLUMNS, MOST_LINE, MOST_SHEET_ROWS};
use crate::row::{letters, wrong_cell};
use crate::table::are_headings;
use merged::Merged;
use value::text;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

const NO_SHEET: &str =
    "sổ Excel không có trang nào hiện ra / the workbook has no sheet that can be seen";

/// Where rows go.
pub(super) struct Sink<W>(W);

impl<W: Write> Sink<W> {
    pub(super) const fn new(output: W) -> Self {
        Self(output)
    }

    pub(super) fn say(&mut self, frame: &Frame) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, frame)?;
        self.0.write_all(b"\n")
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Reads the sheet that is wanted, or else the first that can be seen and has headings.
///
/// # Errors
/// What is wrong with the workbook.
pub(super) fn read<W: Write>(
    bytes: Vec<u8>,
    request: &Request,
    sink: &mut Sink<W>,
) -> Result<(), String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let seen: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let chosen = match &request.sheet {
        Some(wanted) => seen
            .iter()
            .find(|name| name.trim() == wanted.trim())
            .ok_or_else(|| no_such_sheet(wanted, &seen))?,
        None => with_headings(&mut book, &seen, &request.mapping())?,
    };
    let others = seen
        .iter()
        .filter(|name| *name != chosen)
        .cloned()
        .collect();
    let heading = Frame::Sheet {
        name: chosen.clone(),
        others,
    };
    sink.say(&heading).map_err(|error| error.to_string())?;
    each_row(&mut book, chosen, |frame| {
        sink.say(&frame).map_err(|error| error.to_string())?;
        Ok(!matches!(frame, Frame::Broken { .. }))
    })
}

fn damaged(_: XlsxError) -> String {
    DAMAGED.to_owned()
}

fn no_such_sheet(wanted: &str, seen: &[String]) -> String {
    format!(
        "không có trang {wanted:?}; có: {all} / no sheet {wanted:?}; there are: {all}",
        all = seen.join(", ")
    )
}

/// The first sheet with headings; where none has any, the first with anything.
fn with_headings<'s>(
    book: &mut Workbook,
    seen: &'s [String],
    mapping: &Mapping,
) -> Result<&'s String, String> {
    let mut first_with_rows = None;
    for name in seen {
        let mut rows = 0;
        let mut found = false;
        each_row(book, name, |frame| {
            if let Frame::Row { cells, .. } = &frame {
                rows += 1;
                found = are_headings(cells, mapping);
            }
            let goes_on = !found && rows < HEADING_ROWS;
            Ok(goes_on && !matches!(frame, Frame::Broken { .. }))
        })?;
        if found {
            return Ok(name);
        }
        if rows > 0 && first_with_rows.is_none() {
            first_with_rows = Some(name);
        }
    }
    first_with_rows
        .or(seen.first())
        .ok_or_else(|| NO_SHEET.to_owned())
}

/// Hands over the rows of a sheet with anything in them until nobody wants more.
fn each_row(
    book: &mut Workbook,
    name: &str,
    mut take: impl FnMut(Frame) -> Result<bool, String>,
) -> Result<(), String> {
    let mut merged = Merged::new(book.merge_cells_by_sheet_name(name).unwrap_or_default());
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut row = Gathered::default();
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        let (at, column) = cell.get_position();
        let Some(written) = text(cell.get_value()) else {
            continue;
        };
        if at != row.at && !row.is_empty() {
            if at < row.at {
                return Err(DAMAGED.to_owned());
            }
            if !take(row.finish(&mut merged))? {
                return Ok(());
            }
        }
        row.at = at;
        if at >= MOST_SHEET_ROWS {
            take(too_many_rows(at))?;
            return Ok(());
        }
        row.put(column, written);
    }
    if !row.is_empty() {
        take(row.finish(&mut merged))?;
    }
    Ok(())
}

fn too_many_rows(at: u32) -> Frame {
    Frame::Broken {
        line: u64::from(at).saturating_add(1),
        reason: format!(
            "trang có hơn {MOST_SHEET_ROWS} dòng: chia nhỏ hoặc lưu thành CSV UTF-8 / the sheet has more \
             than {MOST_SHEET_ROWS} rows: split it, or save it as CSV UTF-8"
        ),
    }
}

/// A row as its cells come.
#[derive(Default)]
struct Gathered {
    at: u32,
    cells: Vec<String>,
    bytes: usize,
    fault: Option<(Option<usize>, String)>,
}

impl Gathered {
    const fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.fault.is_none()
    }

    fn put(&mut self, column: u32, written: String) {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= MOST_COLUMNS {
            let at = letters(column);
            let reason = format!(
                "ô ở cột {at}, quá {MOST_COLUMNS} cột / a cell in column {at}, beyond {MOST_COLUMNS} columns"
            );
            self.fault.get_or_insert((Some(column), reason));
            return;
        }
        self.bytes = self.bytes.saturating_add(written.len());
        if self.bytes > MOST_LINE {
            let at = letters(column);
            let most = MOST_LINE >> 10;
            let reason = format!(
                "dòng dài hơn {most} KiB (đến cột {at}) / the row has more than {most} KiB (up to column {at})"
            );
            self.fault.get_or_insert((Some(column), reason));
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = written;
        }
    }

    fn finish(&mut self, merged: &mut Merged) -> Frame {
        let line = u64::from(self.at).saturating_add(1);
        let mut cells = std::mem::take(&mut self.cells);
        self.bytes = 0;
        merged.fill(self.at, &mut cells);
        let fault = self
            .fault
            .take()
            .or_else(|| wrong_cell(&cells).map(|(column, reason)| (Some(column), reason)));
        match fault {
            None => Frame::Row { line, cells },
            Some((column, reason)) => Frame::Refused {
                line,
                cells,
                column,
                reason,
            },
        }
    }
}
