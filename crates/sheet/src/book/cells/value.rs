//! What a cell says, as somebody reads it off the screen.

use calamine::{DataRef, ExcelDateTime};

/// The days that Excel shows: 1 January 1900 to 31 December 9999.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

/// The text of a cell; `None` where nothing is written in it.
pub(super) fn text(value: &DataRef<'_>) -> Option<String> {
    let text = match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::DateTime(time) => day(time),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Error(error) => error.to_string(),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A number with the fifteen digits that Excel keeps: 1, 7.5, 0.3.
fn decimal(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded.abs() >= 1e15 {
        format!("{rounded:e}")
    } else {
        format!("{rounded}")
    }
}

/// A day as 2025-10-22; a time of the day as 07:30; what is no day as its number.
fn day(time: &ExcelDateTime) -> String {
    let number = time.as_f64();
    let (year, month, day, hour, minute, _, _) = time.to_ymd_hms_milli();
    if time.is_datetime() && DAYS.contains(&number) {
        format!("{year:04}-{month:02}-{day:02}")
    } else if (0.0..1.0).contains(&number) && number > 0.0 {
        format!("{hour:02}:{minute:02}")
    } else {
        decimal(number)
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn said(value: &DataRef<'_>) -> String {
        text(value).unwrap_or_default()
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        let numbers = [
            1.0,
            7.5,
            0.1 + 0.2,
            5_900_123_451.0,
            -0.0,
            1e308,
            f64::NAN,
            12_000_000.0,
        ];
        let texts = numbers.map(|number| said(&DataRef::Float(number)));
        let expected = [
            "1",
            "7.5",
            "0.3",
            "5900123451",
            "-0",
            "1e308",
            "NaN",
            "12000000",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_day_is_a_day_and_what_is_none_its_number() {
        let time = |number, is_1904| {
            let kind = ExcelDateTimeType::DateTime;
            said(&DataRef::DateTime(ExcelDateTime::new(
                number, kind, is_1904,
            )))
        };
        assert_eq!(time(45_952.0, false), "2025-10-22");
        assert_eq!(time(45_952.9, false), "2025-10-22");
        assert_eq!(time(45_952.0 - 1_462.0, true), "2025-10-22");
        assert_eq!(time(0.3125, false), "07:30");
        for number in [0.0, -1.0, 1e308, f64::NAN, f64::INFINITY] {
            assert!(
                !time(number, false).contains(['-', ':']) || number < 0.0,
                "{number}"
            );
        }
        assert_eq!(time(-1.0, false), "-1");
    }

    #[test]
    fn empty_cells_say_nothing() {
        assert_eq!(text(&DataRef::Empty), None);
        assert_eq!(text(&DataRef::String("  ".to_owned())), None);
        assert_eq!(said(&DataRef::Bool(true)), "TRUE");
    }
}
