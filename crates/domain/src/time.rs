//! Time comes in as an argument: nothing here reads a clock.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use uuid::Uuid;

/// Seconds that Viet Nam (Asia/Ho_Chi_Minh) is ahead of UTC; no summer time since 1975.
const VIET_NAM_OFFSET: i32 = 7 * 3600;

/// When a use case runs, and the source of the ids it gives out.
///
/// Instants are UTC; days are days in Viet Nam.
#[derive(Debug, Clone)]
pub struct Stamp {
    now: DateTime<Utc>,
    fresh: fn(DateTime<Utc>) -> Uuid,
}

impl Stamp {
    /// A stamp at `now`, drawing ids from `fresh`.
    pub const fn new(now: DateTime<Utc>, fresh: fn(DateTime<Utc>) -> Uuid) -> Self {
        Self { now, fresh }
    }

    /// The instant.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The day in Viet Nam.
    pub fn today(&self) -> NaiveDate {
        day_in_viet_nam(self.now)
    }

    /// An id that no other thing has.
    pub fn fresh<Id: From<Uuid>>(&self) -> Id {
        (self.fresh)(self.now).into()
    }
}

/// The day it is in Viet Nam at that instant.
pub fn day_in_viet_nam(at: DateTime<Utc>) -> NaiveDate {
    time_in_viet_nam(at).date()
}

/// What the clocks of Viet Nam show at that instant.
pub fn time_in_viet_nam(at: DateTime<Utc>) -> NaiveDateTime {
    FixedOffset::east_opt(VIET_NAM_OFFSET).map_or_else(
        || at.naive_utc(),
        |zone| at.with_timezone(&zone).naive_local(),
    )
}

/// The day on which somebody born on `born` turns `years`.
///
/// Born on 29 February: 1 March in years without that day (Civil Code 2015, art. 148:
/// a term of years ends on the same day of the last year).
pub fn birthday(born: NaiveDate, years: u32) -> Option<NaiveDate> {
    use chrono::Datelike;
    let year = born.year().checked_add(i32::try_from(years).ok()?)?;
    born.with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// The day `days` later, or the last day that can be said.
pub fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_day_turns_at_seventeen_hours_utc() {
        let before = Utc.with_ymd_and_hms(2026, 11, 25, 16, 59, 59).unwrap();
        let after = Utc.with_ymd_and_hms(2026, 11, 25, 17, 0, 0).unwrap();
        assert_eq!(day_in_viet_nam(before).to_string(), "2026-11-25");
        assert_eq!(day_in_viet_nam(after).to_string(), "2026-11-26");
    }

    #[test]
    fn a_stamp_is_of_its_day_in_viet_nam() {
        let late = Utc.with_ymd_and_hms(2026, 11, 25, 17, 0, 0).unwrap();
        let stamp = Stamp::new(late, |_| Uuid::nil());
        assert_eq!(stamp.today().to_string(), "2026-11-26");
    }

    #[test]
    fn a_leap_day_child_comes_of_age_on_the_first_of_march() {
        let born = NaiveDate::from_ymd_opt(2008, 2, 29).unwrap();
        assert_eq!(birthday(born, 18).unwrap().to_string(), "2026-03-01");
        assert_eq!(birthday(born, 16).unwrap().to_string(), "2024-02-29");
    }
}
