//! From when until when something holds.

use chrono::NaiveDate;

use super::CodeError;
use super::table::Row;

/// The days on which an entry holds, both included; open where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Dated {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

impl Dated {
    /// Whether it holds on that day.
    pub fn valid_on(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day on which it holds.
    pub fn is_in_order(self) -> bool {
        match (self.from, self.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        }
    }

    /// Whether both hold on some day.
    pub fn overlaps(self, other: Self) -> bool {
        let starts = |a: Self, b: Self| a.to.is_none_or(|to| b.from.is_none_or(|from| from <= to));
        starts(self, other) && starts(other, self)
    }

    pub(super) fn read(row: &Row<'_>) -> Result<Self, CodeError> {
        let day = |column: &str| match row.text(column) {
            "" => Ok(None),
            _ => row.value(column, "a day, such as 2025-07-01").map(Some),
        };
        Ok(Self {
            from: day("valid_from")?,
            to: day("valid_to")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn both_ends_are_included_and_open_ends_hold() {
        let year = Dated {
            from: day("2026-01-01"),
            to: day("2026-12-31"),
        };
        for (text, holds) in [
            ("2025-12-31", false),
            ("2026-01-01", true),
            ("2026-12-31", true),
            ("2027-01-01", false),
        ] {
            assert_eq!(year.valid_on(day(text).unwrap()), holds, "{text}");
            assert!(Dated::default().valid_on(day(text).unwrap()));
        }
    }

    #[test]
    fn spans_overlap_where_they_share_a_day() {
        let span = |from: &str, to: &str| Dated {
            from: day(from),
            to: day(to),
        };
        let before = span("2024-07-01", "2025-12-31");
        assert!(!before.overlaps(span("2026-01-01", "")));
        assert!(before.overlaps(span("2025-12-31", "")));
        assert!(span("", "").overlaps(before));
        assert!(before.is_in_order() && !span("2026-01-02", "2026-01-01").is_in_order());
    }
}
