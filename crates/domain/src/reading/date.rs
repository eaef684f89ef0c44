//! Days: "2025-10-22", "22/10/2025", "22-10-25", "hết ngày 5/11".

use chrono::NaiveDate;

/// The text is no day, or there is no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day: expected such as 22/10/2025 or 2025-10-22")]
pub struct NotADay;

/// Characters; longer texts are not read.
const LONGEST: usize = 80;
/// Years that are believed.
const YEARS: std::ops::RangeInclusive<i32> = 1_900..=2_100;

/// Reads a day; day before month unless the year stands first. A time is left out.
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

/// The first piece between spaces that is written like a day is the day.
fn read(text: &str, year: Option<i32>) -> Result<NaiveDate, NotADay> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(NotADay);
    }
    let day = text
        .split(|c: char| c.is_whitespace() || matches!(c, 'T' | ',' | ':' | '(' | ')'))
        .map(|piece| piece.trim_matches('.'))
        .find_map(|piece| parts(piece).filter(|parts| parts.len() > 2 || year.is_some()))
        .ok_or(NotADay)?;
    match *day.as_slice() {
        [first, month, last] if first > 31 => date(first, month, last),
        [day, month, year] => date(year, month, day),
        [day, month] => {
            let year = year.and_then(|year| u32::try_from(year).ok());
            date(year.ok_or(NotADay)?, month, day)
        }
        _ => Err(NotADay),
    }
}

/// Two or three numbers with the same sign between them.
fn parts(piece: &str) -> Option<Vec<u32>> {
    let sign = piece.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(sign, '-' | '/' | '.') || piece.len() > 10 {
        return None;
    }
    let parts: Vec<u32> = piece
        .split(sign)
        .map(|part| {
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        })
        .collect::<Option<_>>()?;
    (2..=3).contains(&parts.len()).then_some(parts)
}

fn date(year: u32, month: u32, day: u32) -> Result<NaiveDate, NotADay> {
    let year = if year < 100 {
        year.saturating_add(2_000)
    } else {
        year
    };
    i32::try_from(year)
        .ok()
        .filter(|year| YEARS.contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or(NotADay)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_ways_of_writing_a_day_are_read() {
        for text in [
            "2025-10-22",
            "2025/10/22",
            "22/10/2025",
            "22-10-25",
            "22.10.2025",
            "22/10/2025.",
            "2025-10-22T08:00:00Z",
            "22/10/2025 17:30",
            "17:30, 22/10/2025",
            "Hạn: 22/10/2025",
        ] {
            assert_eq!(
                parse_date(text).unwrap().to_string(),
                "2025-10-22",
                "{text}"
            );
        }
    }

    #[test]
    fn a_day_without_its_year_needs_one() {
        for text in ["hết ngày 5/11", "05-11", "5/11.", "5/11/2025"] {
            let day = parse_date_of(text, 2025).unwrap();
            assert_eq!(day.to_string(), "2025-11-05", "{text}");
        }
        assert_eq!(parse_date("hết ngày 5/11"), Err(NotADay));
        assert_eq!(parse_date_of("29/2", 2025), Err(NotADay));
        assert!(parse_date_of("29/2", 2024).is_ok());
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "",
            "x",
            "22/10",
            "31/02/2025",
            "2025-13-01",
            "+1/1/2025",
            "1/1/1025",
            "1//2025",
            "22/10-2025",
            "10 triệu",
        ] {
            assert_eq!(parse_date(text), Err(NotADay), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_of_two_centuries_comes_back(days in 693_961_i32..767_009) {
            let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_date(&day.format("%d/%m/%Y").to_string()), Ok(day));
            prop_assert_eq!(parse_date(&day.format("%d.%m.%Y").to_string()), Ok(day));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,90}|[0-9/.-]{0,12}", year in any::<i32>()) {
            let _ = parse_date(&text);
            let _ = parse_date_of(&text, year);
        }
    }
}
