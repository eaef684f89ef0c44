//! CSV: which encoding, which separator, and its rows.

mod records;
mod utf16;

use std::io::{self, BufRead, BufReader, Cursor, Read};

use domain::text::shorten;

use crate::encoding::{Encoding, guess};
use crate::limits::{HEADING_ROWS, MOST_COLUMNS, MOST_LINE, MOST_SKIPPED, SAMPLE};
use crate::row::{Next, Refused, Row, letters, wrong_cell};
use records::{Ended, Records};
use utf16::Utf16;

/// What may stand between cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a cell that cannot be read is shown.
const SHOWN: usize = 200;

const UNCLOSED: &str = "ngoặc kép mở ở đây chưa đóng, mọi dòng sau nằm trong ô này / a quotation \
                        mark that opens here is not closed: all that follows is part of this row";
const UNKNOWN: &str = "chữ không phải UTF-8 và cũng không phải Windows-1258, TCVN3 (ABC), VNI: hãy lưu \
                       tệp thành .xlsx hoặc CSV UTF-8 / the text is not UTF-8, and none of \
                       Windows-1258, TCVN3 (ABC), VNI: save the file as .xlsx or CSV UTF-8";

/// A CSV file.
pub(crate) struct Csv {
    records: Records<Box<dyn BufRead>>,
    encoding: Encoding,
    separator: u8,
}

impl Csv {
    /// A file that begins with text. `marks` says how many of the cells are headings.
    ///
    /// # Errors
    /// What is wrong with it as a whole.
    pub(crate) fn open(
        input: Box<dyn BufRead>,
        seen: Option<Encoding>,
        given: Option<Encoding>,
        separator: Option<u8>,
        marks: &dyn Fn(&[String]) -> usize,
    ) -> Result<Self, String> {
        let wide = given
            .or(seen)
            .filter(|encoding| matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be));
        let input: Box<dyn BufRead> = match wide {
            Some(encoding) => Box::new(BufReader::with_capacity(
                SAMPLE,
                Utf16::new(input, encoding),
            )),
            None => input,
        };
        let (sample, mut input) = peek(input).map_err(|error| error.to_string())?;
        if sample.starts_with(b"\xef\xbb\xbf") {
            input.consume(3);
        }
        let sample = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&sample);
        let encoding = wide.or(given).or_else(|| guess(sample)).ok_or(UNKNOWN)?;
        let told = told_separator(sample);
        if let Some((_, length)) = told {
            input.consume(length);
        }
        let separator = separator
            .or(told.map(|(separator, _)| separator))
            .unwrap_or_else(|| likely_separator(sample, encoding, marks));
        Ok(Self {
            records: Records::new(input, separator),
            encoding,
            separator,
        })
    }

    /// How its letters are written.
    pub(crate) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What stands between its cells.
    pub(crate) const fn separator(&self) -> char {
        self.separator as char
    }

    /// What comes next.
    pub(crate) fn next(&mut self) -> io::Result<Next> {
        let ended = self.records.next()?;
        let line = self.records.began();
        let row = || Row {
            line,
            cells: self.shown(),
        };
        Ok(match ended {
            Ended::End => Next::End,
            Ended::Whole => self.whole(line),
            Ended::TooLong => Next::Refused(Refused {
                row: row(),
                column: None,
                reason: too_long(line),
            }),
            Ended::Endless { quoted } => Next::broken(line, endless(line, quoted)),
            Ended::Unclosed => Next::Broken(Refused {
                row: row(),
                column: None,
                reason: UNCLOSED.to_owned(),
            }),
        })
    }

    fn whole(&self, line: u64) -> Next {
        let decoded: Option<Vec<String>> = self
            .records
            .cells()
            .map(|cell| self.encoding.decode(cell))
            .collect();
        let Some(mut cells) = decoded else {
            return self.unreadable(line);
        };
        while cells.len() > MOST_COLUMNS && cells.last().is_some_and(|cell| cell.trim().is_empty())
        {
            cells.pop();
        }
        let fault = if cells.len() > MOST_COLUMNS {
            let reason = format!("có hơn {MOST_COLUMNS} cột / more than {MOST_COLUMNS} columns");
            cells.truncate(MOST_COLUMNS);
            Some((None, reason))
        } else {
            wrong_cell(&cells).map(|(column, reason)| (Some(column), reason))
        };
        let row = Row { line, cells };
        match fault {
            None => Next::Row(row),
            Some((column, reason)) => Next::Refused(Refused {
                row,
                column,
                reason,
            }),
        }
    }

    fn unreadable(&self, line: u64) -> Next {
        let column = self
            .records
            .cells()
            .position(|cell| self.encoding.decode(cell).is_none());
        let at = column.map_or_else(String::new, letters);
        let name = self.encoding.as_str();
        Next::Refused(Refused {
            row: Row {
                line,
                cells: self.shown(),
            },
            column,
            reason: format!(
                "cột {at}: chữ không phải {name}; hãy lưu tệp thành .xlsx hoặc CSV UTF-8 / column {at}: \
                 the text is not {name}; save the file as .xlsx or CSV UTF-8"
            ),
        })
    }

    /// The beginnings of the cells of a row that is not taken.
    fn shown(&self) -> Vec<String> {
        self.records
            .cells()
            .take(MOST_COLUMNS)
            .map(|cell| shorten(&String::from_utf8_lossy(cell), SHOWN))
            .collect()
    }
}

/// The beginning of a file, at least a line of it, and the file as if nothing had been read.
fn peek(mut input: Box<dyn BufRead>) -> io::Result<(Vec<u8>, Box<dyn BufRead>)> {
    let mut sample = Vec::new();
    while sample.len() < SAMPLE && !sample.contains(&b'\n') {
        let bytes = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if bytes.is_empty() {
            break;
        }
        let count = bytes.len().min(SAMPLE);
        sample.extend_from_slice(bytes.get(..count).unwrap_or_default());
        input.consume(count);
    }
    let again = Cursor::new(sample.clone()).chain(input);
    Ok((sample, Box::new(again)))
}

/// "sep=;" on the first line, as Excel has it, and how many bytes that line holds.
fn told_separator(sample: &[u8]) -> Option<(u8, usize)> {
    let line = sample.split_inclusive(|&byte| byte == b'\n').next()?;
    match line.trim_ascii_end() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] => Some((*separator, line.len())),
        // A tab at the end of the line was taken for white space.
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'='] => Some((b'\t', line.len())),
        _ => None,
    }
}

/// The separator under which the most headings are found; where none are, that which the first line
/// has most of.
fn likely_separator(sample: &[u8], encoding: Encoding, marks: &dyn Fn(&[String]) -> usize) -> u8 {
    let found = |separator: u8| {
        let mut records = Records::new(sample, separator);
        let mut most = 0;
        for _ in 0..HEADING_ROWS {
            match records.next() {
                Ok(Ended::Whole | Ended::TooLong) => {}
                _ => break,
            }
            let cells: Vec<String> = records
                .cells()
                .take(MOST_COLUMNS)
                .filter_map(|cell| encoding.decode(cell))
                .collect();
            most = most.max(marks(&cells));
        }
        most
    };
    let first = sample
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let in_first = |separator: u8| first.iter().filter(|&&byte| byte == separator).count();
    SEPARATORS
        .into_iter()
        .map(|separator| (found(separator), in_first(separator), separator))
        .reduce(|best, other| {
            if (other.0, other.1) > (best.0, best.1) {
                other
            } else {
                best
            }
        })
        .map_or(b',', |(_, _, separator)| separator)
}

fn too_long(line: u64) -> String {
    let most = MOST_LINE >> 10;
    format!(
        "dòng {line} dài hơn {most} KiB / line {line}: the row that begins here has more than {most} KiB"
    )
}

fn endless(line: u64, quoted: bool) -> String {
    let most = MOST_SKIPPED >> 20;
    let hint = if quoted {
        "; có lẽ ngoặc kép chưa đóng / perhaps a quotation mark is not closed"
    } else {
        ""
    };
    format!(
        "dòng {line} dài hơn {most} MiB, phần sau không đọc được / \
         line {line}: the row that begins here has more than {most} MiB, what follows is not read{hint}"
    )
}
