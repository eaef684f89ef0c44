//! Days: "2025-10-22", "22/10/2025", "ngày 5 tháng 1 năm 2026", "hết tháng 11/2025", "Dec 5, 2025".

mod parts;

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use crate::text::is_unseen;
use parts::{Part, parts};

/// The text is no day, or there is no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day: expected such as 22/10/2025 or 2025-10-22")]
pub struct NotADay;

/// Characters; longer texts are not read.
const LONGEST: usize = 80;
/// Years that are believed.
const YEARS: std::ops::RangeInclusive<i32> = 1_900..=2_100;
/// The serial days of spreadsheets that are believed: 2009 to 2064.
const SERIAL: std::ops::RangeInclusive<u32> = 40_000..=60_000;
/// Days from the first day of our era to the nought of spreadsheets, 30 December 1899.
const SERIAL_NOUGHT: i32 = 693_594;

/// Reads a day; day before month unless the year stands first. A time is left out; of a span the
/// end counts; "hết tháng 11/2025" is its last day.
///
/// # Errors
/// Where the text is no day, or there is no such day.
pub fn parse_date(text: &str) -> Result<NaiveDate, NotADay> {
    read(text, None)
}

/// Reads a day that may lack its year, as in "hết ngày 5/11": it is then a day of `year`.
///
/// # Errors
/// Where the text is no day, or there is no such day.
pub fn parse_date_of(text: &str, year: i32) -> Result<NaiveDate, NotADay> {
    read(text, Some(year))
}

fn read(text: &str, year: Option<i32>) -> Result<NaiveDate, NotADay> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(NotADay);
    }
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|&c| !('\u{300}'..='\u{36f}').contains(&c) && !is_unseen(c))
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            '–' | '—' | '−' | '~' | '→' => '-',
            '\\' => '/',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    if let Some(day) = serial(plain.trim()) {
        return Ok(day);
    }
    if let Some((year, month, day)) = bare(plain.trim()) {
        return date(year, month, day);
    }
    // "30 ngày kể từ 1/12/2025" names another day than it means.
    if plain.contains("ke tu") {
        return Err(NotADay);
    }
    let mut last = None;
    for part in parts(&plain) {
        last = match part {
            // Without its year a day does not hide one that has it.
            Part::Day { year: None, .. } if year.is_none() => last,
            part => Some(part),
        };
    }
    match last.ok_or(NotADay)? {
        Part::Day {
            year: said,
            month,
            day,
        } => date(said.or(year).ok_or(NotADay)?, month, day),
        Part::EndOfMonth { year: said, month } => {
            let year = said.or(year).ok_or(NotADay)?;
            let first = date(year, month, 1)?;
            let next = first.checked_add_months(chrono::Months::new(1));
            next.and_then(|next| next.pred_opt()).ok_or(NotADay)
        }
        Part::EndOfYear(year) => date(year, 12, 31),
    }
}

/// "20251231", "31122025", "31 12 2025": eight digits, the year first or last.
fn bare(text: &str) -> Option<(i32, u32, u32)> {
    let digits = text.replace(' ', "");
    let is_bare = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let year = |from: usize, to: usize| {
        let year = i32::try_from(number(from, to)?).ok()?;
        (2_000..=2_100).contains(&year).then_some(year)
    };
    let first = || Some((year(0, 4)?, number(4, 6)?, number(6, 8)?));
    let last = || Some((year(4, 8)?, number(2, 4)?, number(0, 2)?));
    let is_day = |&(_, month, _): &(i32, u32, u32)| (1..=12).contains(&month);
    is_bare
        .then(|| first().filter(is_day).or_else(last))
        .flatten()
}

/// A whole number of days, or one with a time as its fraction.
fn serial(text: &str) -> Option<NaiveDate> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let days = whole.parse().ok().filter(|days| SERIAL.contains(days))?;
    NaiveDate::from_num_days_from_ce_opt(SERIAL_NOUGHT.checked_add(i32::try_from(days).ok()?)?)
}

fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, NotADay> {
    let year = if (0..100).contains(&year) {
        year.saturating_add(2_000)
    } else {
        year
    };
    Some(year)
        .filter(|year| YEARS.contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .filter(|day| day.year() == year)
        .ok_or(NotADay)
}

#[cfg(test)]
mod tests;
