//! Records of CSV from bytes: no record is endless, and an open quotation mark is found.

use std::io::{self, BufRead};

use crate::limits::{MOST_LINE, MOST_SKIPPED};

/// Where a reader of CSV stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    RecordStarts,
    CellStarts,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell: its end, or the first of two.
    MaybeEnd,
}

/// How a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// All of it is there.
    Whole,
    /// It is too long; the next one can be read.
    TooLong,
    /// It is so long that nothing more is read; whether a quotation mark was open.
    Endless {
        /// Whether it was.
        quoted: bool,
    },
    /// The file ends within a quotation.
    Unclosed,
    /// There was none.
    End,
}

/// The records of a file.
pub(super) struct Records<R> {
    input: R,
    separator: u8,
    /// The line that is being read.
    line: u64,
    /// The last byte was a carriage return: a line feed behind it belongs to it.
    after_return: bool,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The line on which the last record begins.
    began: u64,
}

impl<R: BufRead> Records<R> {
    /// The records of `input`, whose cells stand between these bytes.
    pub(super) const fn new(input: R, separator: u8) -> Self {
        Self {
            input,
            separator,
            line: 1,
            after_return: false,
            bytes: Vec::new(),
            ends: Vec::new(),
            began: 1,
        }
    }

    /// The line on which the last record begins.
    pub(super) const fn began(&self) -> u64 {
        self.began
    }

    /// The cells of the last record.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, &end)| self.bytes.get(start..end).unwrap_or_default())
    }

    /// Reads a record; lines with nothing on them are passed over.
    pub(super) fn next(&mut self) -> io::Result<Ended> {
        self.bytes.clear();
        self.ends.clear();
        let mut stands = Stands::RecordStarts;
        let mut length = 0_usize;
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                return Ok(self.end_of_file(stands, length));
            }
            let mut taken = 0;
            let mut is_over = false;
            for &byte in buffer {
                taken += 1;
                let is_second = std::mem::take(&mut self.after_return) && byte == b'\n';
                self.after_return = byte == b'\r';
                let ends_line = matches!(byte, b'\n' | b'\r');
                if ends_line && !is_second {
                    self.line += 1;
                }
                if stands == Stands::RecordStarts {
                    if ends_line {
                        continue;
                    }
                    self.began = self.line;
                }
                length += 1;
                let keeps = length <= MOST_LINE;
                let step = step(stands, byte, self.separator);
                stands = step.stands;
                if let Some(letter) = step.letter.filter(|_| keeps) {
                    self.bytes.push(letter);
                }
                if step.ends_cell && keeps {
                    self.ends.push(self.bytes.len());
                }
                if stands == Stands::RecordStarts || length > MOST_SKIPPED {
                    is_over = true;
                    break;
                }
            }
            self.input.consume(taken);
            if is_over {
                return Ok(match length {
                    0..=MOST_LINE => Ended::Whole,
                    _ if stands == Stands::RecordStarts => Ended::TooLong,
                    _ => Ended::Endless {
                        quoted: stands == Stands::Quoted,
                    },
                });
            }
        }
    }

    fn end_of_file(&mut self, stands: Stands, length: usize) -> Ended {
        if stands == Stands::RecordStarts {
            return Ended::End;
        }
        self.ends.push(self.bytes.len());
        match stands {
            Stands::Quoted => Ended::Unclosed,
            _ if length > MOST_LINE => Ended::TooLong,
            _ => Ended::Whole,
        }
    }
}

/// What one byte does.
struct Step {
    stands: Stands,
    letter: Option<u8>,
    ends_cell: bool,
}

const fn step(stands: Stands, byte: u8, separator: u8) -> Step {
    let (stands, letter, ends_cell) = match (stands, byte) {
        (Stands::RecordStarts | Stands::CellStarts, b'"') => (Stands::Quoted, None, false),
        (Stands::MaybeEnd, b'"') => (Stands::Quoted, Some(b'"'), false),
        (Stands::Quoted, b'"') => (Stands::MaybeEnd, None, false),
        (Stands::Quoted, _) => (Stands::Quoted, Some(byte), false),
        (_, b'\n' | b'\r') => (Stands::RecordStarts, None, true),
        _ if byte == separator => (Stands::CellStarts, None, true),
        _ => (Stands::Plain, Some(byte), false),
    };
    Step {
        stands,
        letter,
        ends_cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(bytes: &[u8], separator: u8) -> Vec<(u64, Vec<String>, Ended)> {
        let mut records = Records::new(bytes, separator);
        let mut all = Vec::new();
        loop {
            let ended = records.next().unwrap();
            if ended == Ended::End {
                return all;
            }
            let cells = records
                .cells()
                .map(|cell| String::from_utf8_lossy(cell).into_owned())
                .collect();
            all.push((records.began(), cells, ended));
            if matches!(ended, Ended::Endless { .. }) {
                return all;
            }
        }
    }

    #[test]
    fn lines_are_counted_within_quotations_and_over_empty_lines() {
        let found = all(b"a;b\r\n\r\n\"c\r\nd\";\"e\"\"f\"\ng;\n;\rh", b';');
        let short: Vec<_> = found
            .iter()
            .map(|(line, cells, _)| (*line, cells.join("|")))
            .collect();
        let expected = [
            (1, "a|b"),
            (3, "c\r\nd|e\"f"),
            (5, "g|"),
            (6, "|"),
            (7, "h"),
        ];
        assert_eq!(short, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_long_record_is_passed_over_and_an_endless_one_is_not_read() {
        let long = |count: usize| "x".repeat(count);
        let text = format!(
            "a,b\n{},c\nd,e\n{}",
            long(MOST_LINE),
            long(3 * MOST_SKIPPED)
        );
        let found = all(text.as_bytes(), b',');
        let ends: Vec<_> = found
            .iter()
            .map(|(line, _, ended)| (*line, *ended))
            .collect();
        let expected = [
            (1, Ended::Whole),
            (2, Ended::TooLong),
            (3, Ended::Whole),
            (4, Ended::Endless { quoted: false }),
        ];
        assert_eq!(ends, expected);
        assert!(
            found
                .iter()
                .all(|(_, cells, _)| cells.concat().len() <= MOST_LINE)
        );
        let open = all(b"a,b\nc,\"d\ne,f\n", b',');
        assert_eq!(
            open.last().map(|last| (last.0, last.2)),
            Some((2, Ended::Unclosed))
        );
        let open = all(format!("a\n\"{}", long(2 * MOST_SKIPPED)).as_bytes(), b',');
        assert_eq!(open[1].2, Ended::Endless { quoted: true });
    }

    proptest! {
        #[test]
        fn records_are_those_of_another_reader(
            text in "([a-cđ]|,|\"|\"\"|\n|\r\n|,\"[a-c,\n]{0,3}\",){0,40}",
        ) {
            let found: Vec<_> = all(text.as_bytes(), b',').into_iter().map(|(_, cells, _)| cells).collect();
            let expected: Vec<Vec<String>> = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn what_was_written_is_read(
            rows in proptest::collection::vec(proptest::collection::vec("[a-cđ \",;\n\r]{0,6}", 2..5), 0..6),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).delimiter(b';').from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let found: Vec<_> = all(&bytes, b';').into_iter().map(|(_, cells, _)| cells).collect();
            prop_assert_eq!(found, rows);
        }
    }
}
