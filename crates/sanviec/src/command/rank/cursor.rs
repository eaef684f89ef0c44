//! Where a page of a ranking ended, as text that the next one begins with.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use matching::scan::{PersonPlace, VacancyPlace};

/// A place on either list.
pub(super) trait Place: Copy {
    /// The fit in thousandths.
    fn thousandths(self) -> u16;
    /// What orders places with the same fit, before the id.
    fn tie(self) -> i64;
    /// Who or which, as text.
    fn id(self) -> String;
    /// The place with these; `None` where they are not of this list.
    fn read(thousandths: u16, tie: i64, id: &str) -> Option<Self>;
}

impl Place for PersonPlace {
    fn thousandths(self) -> u16 {
        Self::thousandths(&self)
    }

    fn tie(self) -> i64 {
        self.registered_micros()
    }

    fn id(self) -> String {
        Self::id(&self).to_string()
    }

    fn read(thousandths: u16, tie: i64, id: &str) -> Option<Self> {
        Some(Self::new(thousandths, tie, id.parse().ok()?))
    }
}

impl Place for VacancyPlace {
    fn thousandths(self) -> u16 {
        Self::thousandths(&self)
    }

    fn tie(self) -> i64 {
        self.pressure().into()
    }

    fn id(self) -> String {
        Self::id(&self).to_string()
    }

    fn read(thousandths: u16, tie: i64, id: &str) -> Option<Self> {
        Some(Self::new(
            thousandths,
            u32::try_from(tie).ok()?,
            id.parse().ok()?,
        ))
    }
}

/// The end of a page, and what the list stood on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor<P> {
    /// The day of the list.
    pub(super) as_of: NaiveDate,
    /// The version of the skill statistics.
    pub(super) stats_version: i64,
    /// How many stood on all pages so far.
    pub(super) shown: usize,
    /// The last of them.
    pub(super) last: P,
}

impl<P: Place> fmt::Display for Cursor<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}.{}.{}.{}.{}",
            self.as_of,
            self.stats_version,
            self.shown,
            self.last.thousandths(),
            self.last.tie(),
            self.last.id()
        )
    }
}

impl<P: Place> FromStr for Cursor<P> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let read = || {
            let mut parts = text.split('.');
            let cursor = Self {
                as_of: parts.next()?.parse().ok()?,
                stats_version: parts.next()?.parse().ok()?,
                shown: parts.next()?.parse().ok()?,
                last: P::read(
                    parts.next()?.parse().ok()?,
                    parts.next()?.parse().ok()?,
                    parts.next()?,
                )?,
            };
            parts.next().is_none().then_some(cursor)
        };
        read().ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{SeekerId, VacancyId};

    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let person = Cursor {
            as_of: "2026-11-25".parse().unwrap(),
            stats_version: 7,
            shown: 2_000,
            last: PersonPlace::new(612, -5, SeekerId::from_u128(3)),
        };
        assert_eq!(person.to_string().parse(), Ok(person));
        let vacancy = Cursor {
            as_of: person.as_of,
            stats_version: 0,
            shown: 1,
            last: VacancyPlace::new(0, u32::MAX, VacancyId::from_u128(u128::MAX)),
        };
        assert_eq!(vacancy.to_string().parse(), Ok(vacancy));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let good = "2026-11-25.7.10.612.5.00000000-0000-0000-0000-000000000003";
        assert!(good.parse::<Cursor<VacancyPlace>>().is_ok());
        for (from, to) in [
            ("2026", "x"),
            (".612.", ".70000."),
            (".5.", ".-5."),
            ("0003", "0003.1"),
        ] {
            let wrong = good.replace(from, to);
            assert!(wrong.parse::<Cursor<VacancyPlace>>().is_err(), "{wrong}");
        }
        assert!("".parse::<Cursor<PersonPlace>>().is_err());
    }
}
