//! Where a page of a ranking ended, as text that the next one of the same list begins with.

use chrono::NaiveDate;
use matching::scan::{PersonPlace, VacancyPlace};
use sha2::{Digest, Sha256};

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

impl<P: Place> Cursor<P> {
    /// The text for the next page of this list, such as `vacancy ID`. Its last part binds it to that
    /// list: on another one, or changed by hand, it is refused.
    pub(super) fn text(&self, list: &str) -> String {
        let place = self.place();
        let sum = sum(list, &place);
        format!("{place}.{sum}")
    }

    /// Reads what [`Self::text`] gave for the same list.
    pub(super) fn read(text: &str, list: &str) -> Option<Self> {
        let (place, sum_given) = text.rsplit_once('.')?;
        let mut parts = place.split('.');
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
        let is_whole = parts.next().is_none() && sum(list, place) == sum_given;
        is_whole.then_some(cursor)
    }

    fn place(&self) -> String {
        format!(
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

/// Eight digits that a place has on one list only.
fn sum(list: &str, place: &str) -> String {
    let digest = Sha256::new()
        .chain_update(list)
        .chain_update([0])
        .chain_update(place)
        .finalize();
    let first = digest.iter().take(4);
    first.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use domain::id::{SeekerId, VacancyId};

    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_on_the_same_list() {
        let person = Cursor {
            as_of: "2026-11-25".parse().unwrap(),
            stats_version: 7,
            shown: 2_000,
            last: PersonPlace::new(612, -5, SeekerId::from_u128(3)),
        };
        let text = person.text("vacancy 1");
        assert_eq!(Cursor::read(&text, "vacancy 1"), Some(person));
        for other in ["vacancy 2", "seeker 1", ""] {
            assert_eq!(Cursor::<PersonPlace>::read(&text, other), None, "{other}");
        }
        let vacancy = Cursor {
            as_of: person.as_of,
            stats_version: 0,
            shown: 1,
            last: VacancyPlace::new(0, u32::MAX, VacancyId::from_u128(u128::MAX)),
        };
        let text = vacancy.text("seeker 1");
        assert_eq!(Cursor::read(&text, "seeker 1"), Some(vacancy));
    }

    #[test]
    fn what_is_no_cursor_or_was_changed_is_refused() {
        let good = Cursor {
            as_of: "2026-11-25".parse().unwrap(),
            stats_version: 7,
            shown: 10,
            last: VacancyPlace::new(612, 5, VacancyId::from_u128(3)),
        };
        let good = good.text("seeker 1");
        assert!(Cursor::<VacancyPlace>::read(&good, "seeker 1").is_some());
        for (from, to) in [
            ("2026", "x"),
            ("2026", "2025"),
            (".7.", ".8."),
            (".10.", ".1000000000."),
            (".612.", ".70000."),
            (".612.", ".613."),
            (".5.", ".-5."),
            ("0003.", "0003.1."),
        ] {
            let wrong = good.replacen(from, to, 1);
            assert_ne!(wrong, good, "{from}");
            let read = Cursor::<VacancyPlace>::read(&wrong, "seeker 1");
            assert!(read.is_none(), "{wrong}");
        }
        assert!(Cursor::<PersonPlace>::read("", "seeker 1").is_none());
    }
}
