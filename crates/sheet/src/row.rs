//! Rows as they come.

/// The cells of a row, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The line of the file, or the row of the sheet, on which it begins.
    pub line: u64,
    /// The cells from the first column on; there may be fewer than headings.
    pub cells: Vec<String>,
}

impl Row {
    /// Whether nothing is written in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// A row that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What of it could be read.
    pub row: Row,
    /// The column that is to blame, the first is 0.
    pub column: Option<usize>,
    /// Why, in Vietnamese and English.
    pub reason: String,
}

/// What came next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A row.
    Row(Row),
    /// A row that cannot be taken; others follow.
    Refused(Refused),
    /// From this row on nothing can be read.
    Broken(Refused),
    /// There is nothing more.
    End,
}

impl Next {
    /// Nothing can be read from this line on.
    pub(crate) fn broken(line: u64, reason: impl Into<String>) -> Self {
        Self::Broken(Refused {
            row: Row {
                line,
                cells: Vec::new(),
            },
            column: None,
            reason: reason.into(),
        })
    }
}

/// The column as spreadsheets name it: A, B ... Z, AA.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        let letter = u8::try_from(left % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        if left < 26 {
            break;
        }
        left = left / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// A cell that is too long or holds what no text holds.
pub(crate) fn wrong_cell(cells: &[String]) -> Option<(usize, String)> {
    use crate::limits::MOST_CELL;
    cells.iter().enumerate().find_map(|(column, cell)| {
        let at = letters(column);
        if cell.contains('\0') {
            return Some((
                column,
                format!("cột {at} có ký tự NUL / column {at} holds a NUL character"),
            ));
        }
        // Bytes first: a cell is as good as never that long.
        if cell.len() > MOST_CELL && cell.chars().nth(MOST_CELL).is_some() {
            return Some((
                column,
                format!(
                    "cột {at}: ô dài hơn {MOST_CELL} ký tự / \
                     column {at}: the cell has more than {MOST_CELL} characters"
                ),
            ));
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
