//! From the text of a TOML file to the values of known keys, or all that is wrong with it.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::fault::{Fault, Place, Problem};
use super::keys::Key;
use super::kind::{Found, Value, Words};
use super::near::nearest;

/// A file is no longer than this, in bytes.
const LONGEST: u64 = 256 * 1_024;
/// Mistakes of form told at once; one often brings others along.
const MOST_OF_FORM: usize = 3;

/// A value, and the line that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: &'static str,
    pub(crate) value: Value,
    pub(crate) line: usize,
}

/// The text of a file.
///
/// # Errors
/// Where it cannot be read, is too long or not UTF-8.
#[expect(
    clippy::result_large_err,
    reason = "a fault holds all that is told of it, and ends the program"
)]
pub(crate) fn file(path: &Path) -> Result<String, Fault> {
    let fault = |line, vi: String, en: String| Fault {
        place: Place::File(path.to_owned(), line),
        key: String::new(),
        problem: Problem::Other(Words { vi, en }),
    };
    let unreadable = |error: std::io::Error| {
        fault(
            None,
            format!("Không đọc được tệp: {error}."),
            format!("The file cannot be read: {error}."),
        )
    };
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length > LONGEST {
        return Err(fault(
            None,
            format!("Tệp dài {length} byte; nhiều nhất là {LONGEST}."),
            format!("The file has {length} bytes; at most {LONGEST} are taken."),
        ));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    String::from_utf8(bytes).map_err(|error| {
        let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
        let text = String::from_utf8_lossy(error.as_bytes());
        let fault = fault(
            Some(line),
            "Tệp không phải UTF-8. Hãy lưu lại với mã UTF-8.".to_owned(),
            "The file is not UTF-8. Save it as UTF-8.".to_owned(),
        );
        Fault {
            key: key_in_line(&text, line),
            ..fault
        }
    })
}

/// Reads a text by the keys that there are.
///
/// # Errors
/// All that is wrong, each with line and key.
pub(crate) fn text(
    text: &str,
    path: &Path,
    keys: &'static [Key],
) -> Result<Vec<Entry>, Vec<Fault>> {
    // Editors on Windows begin a file with a mark that is not part of it.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading {
        text,
        path,
        keys,
        entries: Vec::new(),
        faults: Vec::new(),
    };
    if errors.is_empty() {
        reading.table(table.get_ref(), "");
    }
    for error in errors.iter().take(MOST_OF_FORM) {
        reading.form(error);
    }
    if reading.faults.is_empty() {
        Ok(reading.entries)
    } else {
        Err(reading.faults)
    }
}

struct Reading<'t> {
    text: &'t str,
    path: &'t Path,
    keys: &'static [Key],
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn table(&mut self, table: &DeTable<'_>, section: &str) {
        for (key, value) in in_order(table) {
            let name = joined(section, key.get_ref());
            let line = line_of(self.text.as_bytes(), key.span().start);
            if let Some(key) = self.keys.iter().find(|key| key.name == name) {
                self.value(key, value, line);
            } else if self.is_section(&name) {
                match value.get_ref() {
                    DeValue::Table(inner) => self.table(inner, &name),
                    _ => self.not_a_section(name, line),
                }
            } else {
                self.unknown(section, name, value, line);
            }
        }
    }

    fn value(&mut self, key: &Key, value: &Spanned<DeValue<'_>>, line: usize) {
        let found = found(value.get_ref());
        match key.kind.take(&found) {
            Some(value) => self.entries.push(Entry {
                key: key.name,
                value,
                line,
            }),
            None => self.faults.push(Fault {
                place: self.place(line),
                key: key.name.to_owned(),
                problem: refused(key, found),
            }),
        }
    }

    fn is_section(&self, name: &str) -> bool {
        self.in_section(name).next().is_some()
    }

    fn in_section(&self, section: &str) -> impl Iterator<Item = &'static str> {
        let start = format!("{section}.");
        self.keys
            .iter()
            .map(|key| key.name)
            .filter(move |name| name.starts_with(&start))
    }

    fn not_a_section(&mut self, name: String, line: usize) {
        let words = Words {
            vi: format!("Đây là một mục: hãy viết [{name}] rồi các khóa ở dưới."),
            en: format!("This is a section: write [{name}] and its keys below."),
        };
        self.faults.push(Fault {
            place: self.place(line),
            key: name,
            problem: Problem::Other(words),
        });
    }

    /// A key that nobody knows; in an unknown section each of its keys, so that every one finds the
    /// right place.
    fn unknown(&mut self, section: &str, name: String, value: &Spanned<DeValue<'_>>, line: usize) {
        if let DeValue::Table(inner) = value.get_ref()
            && !inner.is_empty()
            && section.is_empty()
            && name.len() < 100
        {
            for (key, value) in in_order(inner) {
                let line = line_of(self.text.as_bytes(), key.span().start);
                let inner_name = joined(&name, key.get_ref());
                self.unknown(&name, inner_name, value, line);
            }
            return;
        }
        let near = nearest(&name, self.keys.iter().map(|key| key.name));
        let known = self.known(section);
        self.faults.push(Fault {
            place: self.place(line),
            key: name,
            problem: Problem::UnknownKey {
                near: near.map(str::to_owned),
                known,
            },
        });
    }

    /// What there is in a section; where there is no such section, all sections.
    fn known(&self, section: &str) -> Vec<String> {
        let here: Vec<String> = self.in_section(section).map(str::to_owned).collect();
        if !here.is_empty() {
            return here;
        }
        let mut all: Vec<String> = Vec::new();
        for key in self.keys {
            let first = key.name.split_once('.').map_or_else(
                || key.name.to_owned(),
                |(section, _)| format!("[{section}]"),
            );
            if !all.contains(&first) {
                all.push(first);
            }
        }
        all
    }

    fn form(&mut self, error: &toml::de::Error) {
        let at = error
            .span()
            .map_or(0, |span| span.start.min(self.text.len()));
        // Where something is missing at the end of a line, the place is the start of the next.
        let before = self.text.get(..at).unwrap_or("");
        let at = if before.ends_with('\n') && error.message().contains("end") {
            at.saturating_sub(1)
        } else {
            at
        };
        let line = line_of(self.text.as_bytes(), at);
        self.faults.push(Fault {
            place: self.place(line),
            key: key_in_line(self.text, line),
            problem: Problem::Syntax(error.message().to_owned()),
        });
    }

    fn place(&self, line: usize) -> Place {
        Place::File(self.path.to_owned(), Some(line))
    }
}

/// The rows of a table as they stand in the file.
fn in_order<'a, 't>(
    table: &'a DeTable<'t>,
) -> Vec<(&'a Spanned<DeString<'t>>, &'a Spanned<DeValue<'t>>)> {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by_key(|(key, _)| key.span().start);
    rows
}

/// A value of a known key that is not of its kind.
pub(super) fn refused(key: &Key, found: Found) -> Problem {
    let near = match &found {
        Found::Text(text) => nearest(text, key.kind.choices().iter().copied()),
        Found::Number(_) | Found::Other(_) => None,
    };
    Problem::Value {
        near: near.filter(|_| !key.is_secret()),
        found: (!key.is_secret()).then_some(found),
        expected: key.kind.expected(),
    }
}

fn found(value: &DeValue<'_>) -> Found {
    match value {
        DeValue::String(text) => Found::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => {
            Found::Number(number.as_str().to_owned())
        }
        DeValue::Integer(number) => u128::from_str_radix(number.as_str(), number.radix())
            .map_or(Found::Other("integer"), |number| {
                Found::Number(number.to_string())
            }),
        other => Found::Other(other.type_str()),
    }
}

fn joined(section: &str, key: &str) -> String {
    let is_bare = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    // A dot inside quotes parts nothing, and must not look as if it did.
    let key = if is_bare {
        key.to_owned()
    } else {
        format!("\"{key}\"")
    };
    if section.is_empty() {
        key
    } else {
        format!("{section}.{key}")
    }
}

/// The number of the line, from 1.
fn line_of(text: &[u8], at: usize) -> usize {
    let before = text.iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// The key of a line that cannot be read, as far as it goes, with the section above it. The rest of the
/// line is not shown: it may be a password.
fn key_in_line(text: &str, line: usize) -> String {
    let mut section = "";
    for (at, row) in text.lines().enumerate() {
        let row = row.trim_start();
        if let Some(header) = row.strip_prefix('[') {
            section = bare(header.trim_start_matches('['));
        } else if at + 1 == line {
            let key = bare(row);
            return match (section, key) {
                ("", key) => key.to_owned(),
                (section, "") => section.to_owned(),
                (section, key) => format!("{section}.{key}"),
            };
        }
        if at + 1 == line {
            break;
        }
    }
    section.to_owned()
}

/// The letters with which a key begins.
fn bare(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t', '"', '\'']);
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .unwrap_or(text.len());
    text.get(..end.min(80)).unwrap_or("")
}
