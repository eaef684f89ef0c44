//! A CSV file as it comes: whole rows, none of them endless.
//!
//! A file may be anything that somebody picked by mistake. Its beginning tells what it is; after
//! that a record holds at most 1 MiB, whatever the file's size.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{Position, StringRecord};
use domain::reading::headings::{Field, field};
use domain::text::{fold, shorten};

/// What a record, or the line of headings, may hold.
const MOST_BYTES: usize = 1 << 20;
/// How much of headings is shown.
const SHOWN: usize = 120;

/// Where a reader of CSV stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    CellStarts,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell: its end, or the first of two.
    MaybeEnd,
}

impl Stands {
    const fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::CellStarts, b'"') | (Self::MaybeEnd, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::MaybeEnd,
            (Self::Quoted, _) => Self::Quoted,
            (_, b',' | b'\n' | b'\r') => Self::CellStarts,
            _ => Self::Plain,
        }
    }
}

/// What the parser may still read for this record, and where it stands: the parser owns the reader.
struct Watch {
    left: Cell<usize>,
    stands: Cell<Stands>,
    is_over: Cell<bool>,
}

struct Bounded<R> {
    inner: R,
    watch: Rc<Watch>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.watch.left.get();
        if left == 0 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "record too long",
            ));
        }
        let most = buffer.len().min(left);
        let Some(room) = buffer.get_mut(..most) else {
            return Ok(0);
        };
        let count = self.inner.read(room)?;
        let read = room.get(..count).unwrap_or_default();
        let stands = self.watch.stands.get();
        let now = read.iter().fold(stands, |stands, &byte| stands.after(byte));
        self.watch.stands.set(now);
        self.watch.is_over.set(count == 0);
        self.watch.left.set(left.saturating_sub(count));
        Ok(count)
    }
}

/// A file with its headings.
pub(super) struct Sheet<R> {
    reader: csv::Reader<Bounded<R>>,
    watch: Rc<Watch>,
    /// The field of each column.
    columns: Vec<Option<Field>>,
    /// Columns but for those at the end without a heading.
    named: usize,
}

/// What came next.
pub(super) enum Next {
    /// A row of as many cells as there are headings.
    Row(Vec<(Field, String)>),
    /// A row that cannot be taken.
    Refused(String),
    /// The last row: its quotation mark is not closed, so that it holds all that follows.
    Unclosed,
    /// A row of more than 1 MiB; what follows cannot be read.
    TooLong(String),
    /// There is nothing more.
    End,
}

impl<R: BufRead> Sheet<R> {
    /// A file whose headings are understood.
    ///
    /// # Errors
    /// What is wrong with it as a whole.
    pub(super) fn open(mut inner: R) -> Result<Self, String> {
        let start = inner.fill_buf().map_err(|error| error.to_string())?;
        if let Some(hint) = no_csv(start) {
            return Err(hint.to_owned());
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            inner.consume(3);
        }
        let watch = Rc::new(Watch {
            left: Cell::new(MOST_BYTES),
            stands: Cell::new(Stands::CellStarts),
            is_over: Cell::new(false),
        });
        let mut reader = csv::ReaderBuilder::new()
            // The number of cells is looked at here: the words of the parser say too little.
            .flexible(true)
            .from_reader(Bounded {
                inner,
                watch: Rc::clone(&watch),
            });
        let headings = reader.headers().map_err(|error| match error.kind() {
            csv::ErrorKind::Io(_) if watch.left.get() == 0 => too_long(1, &watch),
            csv::ErrorKind::Utf8 { .. } => NOT_UTF_8.to_owned(),
            _ => error.to_string(),
        })?;
        let columns = columns(headings)?;
        let named = headings
            .iter()
            .zip(1..)
            .filter(|(heading, _)| !heading.trim().is_empty())
            .map(|(_, count)| count)
            .last()
            .unwrap_or(0);
        Ok(Self {
            reader,
            watch,
            columns,
            named,
        })
    }

    /// The line on which what came last begins.
    pub(super) fn next(&mut self) -> Result<(u64, Next), io::Error> {
        self.watch.left.set(MOST_BYTES);
        let mut record = StringRecord::new();
        let at = self.reader.position().line();
        let next = match self.reader.read_record(&mut record) {
            Ok(false) => Next::End,
            Ok(true) if self.is_unclosed() => Next::Unclosed,
            Ok(true) => self.row(&record),
            Err(_) if self.watch.left.get() == 0 => Next::TooLong(too_long(at, &self.watch)),
            Err(error) => match error.into_kind() {
                csv::ErrorKind::Io(error) => return Err(error),
                // The last row of a file that ends inside a quotation.
                csv::ErrorKind::Utf8 { .. } if self.is_unclosed() => Next::Unclosed,
                csv::ErrorKind::Utf8 { pos, .. } => {
                    let line = pos.as_ref().map_or(at, Position::line);
                    return Ok((line, Next::Refused(NOT_UTF_8.to_owned())));
                }
                other => Next::Refused(format!("{other:?}")),
            },
        };
        Ok((record.position().map_or(at, Position::line), next))
    }

    fn is_unclosed(&self) -> bool {
        self.watch.is_over.get() && self.watch.stands.get() == Stands::Quoted
    }

    fn row(&self, record: &StringRecord) -> Next {
        let is_shifted = record.len() < self.named
            || record
                .iter()
                .skip(self.columns.len())
                .any(|cell| !cell.trim().is_empty());
        if is_shifted {
            let (cells, named) = (record.len(), self.named);
            return Next::Refused(format!(
                "có {cells} ô nhưng có {named} cột; kiểm tra dấu phẩy và ngoặc kép / \
                 {cells} cells under {named} headings; look for a comma too many or too few, \
                 or a missing quotation mark"
            ));
        }
        let cells = self.columns.iter().zip(record);
        Next::Row(
            cells
                .filter_map(|(field, cell)| Some(((*field)?, cell.to_owned())))
                .collect(),
        )
    }
}

const NOT_UTF_8: &str = "chữ không phải UTF-8: hãy lưu tệp thành CSV UTF-8 / \
                         the text is not UTF-8: save the file as CSV UTF-8";
const UTF_16: &str = "tệp là UTF-16: hãy lưu thành CSV UTF-8 / \
                      the file is UTF-16: save it as CSV UTF-8";
const NO_TEXT: &str = "tệp không phải văn bản: hãy lưu thành CSV UTF-8 / \
                       the file is no text: save it as CSV UTF-8";
const WORKBOOK: &str = "tệp là sổ Excel: hãy lưu thành CSV UTF-8 / \
                        the file is a workbook: save it as CSV UTF-8";
const EMPTY: &str = "tệp trống / the file is empty";

/// What the first bytes are where they are not those of a CSV file.
fn no_csv(start: &[u8]) -> Option<&'static str> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    // Latin letters in UTF-16 without a mark: every second byte is nought.
    let halves = start.iter().take(64).filter(|&&byte| byte == 0).count();
    match start {
        _ if text.iter().all(u8::is_ascii_whitespace) => Some(EMPTY),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(UTF_16),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(WORKBOOK),
        _ if halves > 0 && halves < start.len().min(64) => Some(UTF_16),
        _ if start.contains(&0) => Some(NO_TEXT),
        _ => None,
    }
}

fn too_long(line: u64, watch: &Watch) -> String {
    let quoted = if watch.stands.get() == Stands::Quoted {
        "; có lẽ ngoặc kép chưa đóng / perhaps a quotation mark is not closed"
    } else {
        ""
    };
    format!(
        "dòng {line} dài hơn 1 MiB, phần sau không đọc được / \
         line {line}: the row that begins here has more than 1 MiB, what follows is not read{quoted}"
    )
}

/// The field of each column.
fn columns(headings: &StringRecord) -> Result<Vec<Option<Field>>, String> {
    let columns: Vec<Option<Field>> = headings.iter().map(field).collect();
    for needed in [Field::Title, Field::Employer] {
        if !columns.contains(&Some(needed)) {
            return Err(missing(needed, headings));
        }
    }
    let mut seen = Vec::new();
    for (heading, _) in headings
        .iter()
        .zip(&columns)
        .filter(|(_, field)| field.is_some())
    {
        let folded = fold(heading);
        if seen.contains(&folded) {
            let shown = shorten(heading, SHOWN);
            return Err(format!(
                "tiêu đề cột {shown:?} có hai lần / the heading {shown:?} is there twice"
            ));
        }
        seen.push(folded);
    }
    Ok(columns)
}

fn missing(needed: Field, headings: &StringRecord) -> String {
    let all = headings.iter().collect::<Vec<_>>().join(", ");
    let hint = match headings.get(0).filter(|_| headings.len() == 1) {
        Some(line) if line.contains(';') => {
            "; các cột cách nhau bằng dấu chấm phẩy: hãy lưu thành CSV dùng dấu phẩy / \
             its columns are separated by semicolons: save it with commas"
        }
        Some(line) if line.contains('\t') => {
            "; các cột cách nhau bằng dấu tab: hãy lưu thành CSV dùng dấu phẩy / \
             its columns are separated by tabs: save it with commas"
        }
        _ => "",
    };
    format!(
        "thiếu cột {needed:?} / no column for {needed:?}; its headings are: {}{hint}",
        shorten(&all, SHOWN),
        needed = needed.as_str(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> Vec<String> {
        let mut sheet = match Sheet::open(bytes) {
            Ok(sheet) => sheet,
            Err(reason) => return vec![reason],
        };
        let mut all = Vec::new();
        loop {
            let (line, next) = sheet.next().unwrap();
            let text = match next {
                Next::Row(cells) => cells
                    .into_iter()
                    .map(|(_, cell)| cell)
                    .collect::<Vec<_>>()
                    .join("|"),
                Next::Refused(reason) => format!("refused {reason}"),
                Next::Unclosed => "unclosed".to_owned(),
                Next::TooLong(reason) => {
                    all.push(reason);
                    return all;
                }
                Next::End => return all,
            };
            all.push(format!("{line} {text}"));
        }
    }

    #[test]
    fn rows_have_as_many_cells_as_there_are_headings() {
        let all =
            said(b"title,employer,wage,\na,b,c,\na,b,c,,,\na,b,\na,b,c\na,b,c,d,e\n\"a,1\",b,c,\n");
        assert_eq!(all[0], "2 a|b|c");
        assert_eq!(all[1], "3 a|b|c");
        assert_eq!(all[2], "4 a|b|");
        assert_eq!(all[3], "5 a|b|c");
        assert!(
            all[4].contains("6 refused") && all[4].contains("5 cells under 3 headings"),
            "{}",
            all[4]
        );
        assert_eq!(all[5], "7 a,1|b|c");
        assert!(said(b"title,employer,wage\na,b\n")[0].contains("2 cells under 3"));
    }

    #[test]
    fn an_open_quotation_is_found_where_its_row_begins() {
        let all = said(b"title,employer\na,b\n\"a \"\"x\"\"\",5\" b\n\"c,d\ne,f\ng,h\n");
        assert_eq!(all[..2], ["2 a|b", "3 a \"x\"|5\" b"]);
        assert_eq!(all[2..], ["4 unclosed"]);
        assert_eq!(said(b"title,employer\na,\"b\""), ["2 a|b"]);
    }

    #[test]
    fn a_row_holds_at_most_a_mebibyte_and_is_not_shown() {
        let mut bytes = b"title,employer\na,b\n".to_vec();
        for _ in 0..4 {
            bytes.extend(std::iter::repeat_n(b'x', MOST_BYTES / 2));
            bytes.extend(b",y\n");
        }
        assert_eq!(said(&bytes).len(), 5);
        bytes.extend(std::iter::repeat_n(b'x', 2 * MOST_BYTES));
        let all = said(&bytes);
        let last = all.last().unwrap();
        assert!(last.contains("line 7") && last.len() < 300, "{last}");
        assert!(said(&vec![b'x'; 2 * MOST_BYTES])[0].contains("line 1"));
    }

    #[test]
    fn what_is_no_csv_is_told_what_it_is() {
        let wide = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
        };
        for (bytes, word) in [
            (b"".to_vec(), "empty"),
            (b"\xef\xbb\xbf \n".to_vec(), "empty"),
            (wide("\u{feff}title"), "UTF-16"),
            (wide("title,employer"), "UTF-16"),
            (vec![0; 9_000], "no text"),
            (b"PK\x03\x04xx".to_vec(), "workbook"),
            (b"title;employer\na;b\n".to_vec(), "semicolons"),
            (b"title\temployer\n".to_vec(), "tabs"),
            (
                b"title,employer,Title \n".to_vec(),
                "\"Title \" is there twice",
            ),
            (b"title,employer\xff\n".to_vec(), "not UTF-8"),
        ] {
            let all = said(&bytes);
            assert!(all[0].contains(word), "{word}: {all:?}");
        }
        let long = format!("{},x\n", "h".repeat(5_000));
        assert!(said(long.as_bytes())[0].len() < 400);
    }
}
