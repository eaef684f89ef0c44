//! A row of a vacancy sheet as it came, and how long its cells may be.

use sha2::{Digest, Sha256};

use crate::code::IscoCode;
use crate::error::FieldError;
use crate::reading::headings::Field;
use crate::text::{clean, fold, shorten};

/// Counted into the hash of a row. To be raised when reading gets better, so that a row that was
/// taken before is read again.
const READING: &[u8] = b"sanviec row 4";
/// How much of a wrong value is shown.
const SHOWN: usize = 60;

/// The fields that are read, in the order in which they are hashed.
const FIELDS: [Field; 11] = [
    Field::Ref,
    Field::Title,
    Field::Employer,
    Field::Place,
    Field::Address,
    Field::Wage,
    Field::Experience,
    Field::Posted,
    Field::Closes,
    Field::Positions,
    Field::Description,
];

/// The cells of a row by the headings of their columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawRow {
    cells: Vec<(Field, String)>,
}

impl RawRow {
    /// A row of these cells. Where two columns mean the same field, the first that is not empty
    /// counts.
    pub fn new(cells: impl IntoIterator<Item = (Field, String)>) -> Self {
        let mut row = Self::default();
        for (field, text) in cells {
            if !text.trim().is_empty() && row.get(field).is_empty() {
                row.cells.push((field, text));
            }
        }
        row.join_wage();
        row
    }

    /// Both ends of a wage that stand in columns of their own, as one text.
    fn join_wage(&mut self) {
        let to = self.line(Field::WageTo);
        if to.is_empty() {
            return;
        }
        let from = self.line(Field::Wage);
        let both = match from.as_str() {
            "" => format!("đến {to}"),
            from if from == to => to,
            from => format!("{from} - {to}"),
        };
        self.cells.retain(|(field, _)| *field != Field::Wage);
        self.cells.push((Field::Wage, both));
    }

    /// The cell, as it came; empty where there is none.
    pub fn get(&self, field: Field) -> &str {
        self.cells
            .iter()
            .find(|(known, _)| *known == field)
            .map_or("", |(_, text)| text)
    }

    /// The cell as a single line, cleaned.
    pub(super) fn line(&self, field: Field) -> String {
        clean(self.get(field))
    }

    /// The cell with its line breaks, each line cleaned; at most one empty line in a row.
    pub(super) fn lines(&self, field: Field) -> String {
        let mut text = String::new();
        for line in self.get(field).lines().map(clean) {
            if !line.is_empty() || !text.ends_with("\n\n") {
                text.push_str(&line);
                text.push('\n');
            }
        }
        text.trim().to_owned()
    }

    /// What is too long to be read at all.
    pub(super) fn too_long(&self) -> Vec<FieldError> {
        self.cells
            .iter()
            .filter(|(field, text)| text.chars().nth(most(*field)).is_some())
            .map(|(field, text)| {
                let most = most(*field);
                let expected = format!("không quá {most} ký tự / at most {most} characters");
                wrong(*field, text, &expected)
            })
            .collect()
    }

    /// A hash of everything that is read and of the occupation that was read from it, the same on
    /// every machine: what an officer has corrected since is read again.
    pub(super) fn hash(&self, occupation: Option<IscoCode>) -> [u8; 32] {
        let code = occupation.map_or_else(String::new, |code| code.to_string());
        let cells = FIELDS.map(|field| self.lines(field));
        let parts: Vec<String> = cells.into_iter().chain([code]).collect();
        sha256(READING, &parts)
    }

    /// The id of a row in its source: its ref, or else a hash of employer, title and place, in
    /// which accents and case do not count.
    pub(super) fn reference(&self) -> String {
        let named = self.line(Field::Ref);
        if !named.is_empty() {
            return named;
        }
        let parts =
            [Field::Employer, Field::Title, Field::Place].map(|field| fold(self.get(field)));
        sha256(b"sanviec ref 1", &parts)
            .iter()
            .take(16)
            .fold("hash-".to_owned(), |text, byte| format!("{text}{byte:02x}"))
    }
}

/// How many characters a field may have.
const fn most(field: Field) -> usize {
    match field {
        Field::Title => 500,
        Field::Description => 20_000,
        _ => 1_000,
    }
}

/// A field that cannot be taken, with its value shortened.
pub(super) fn wrong(field: Field, value: &str, expected: &str) -> FieldError {
    FieldError {
        field: field.as_str().to_owned(),
        value: shorten(value, SHOWN),
        expected: expected.to_owned(),
    }
}

/// The length before each part keeps "ab", "c" apart from "a", "bc".
fn sha256(purpose: &[u8], parts: &[String]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(purpose);
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        hasher.update(length.to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
