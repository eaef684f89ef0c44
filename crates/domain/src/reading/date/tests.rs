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

#[test]
fn words_spans_and_serial_days_are_read() {
    for (text, expected) in [
        ("ngày 31 tháng mười hai năm 2025", "2025-12-31"),
        ("5 Tháng Một, 2026", "2026-01-05"),
        ("hết tháng 2/2028", "2028-02-29"),
        ("cuối tháng 11 năm 2025", "2025-11-30"),
        ("đến hết năm 2025", "2025-12-31"),
        ("01-15/12/2025", "2025-12-15"),
        ("20/12/2025–31/12/2025", "2025-12-31"),
        ("từ 1/12 đến 15/12/2025", "2025-12-15"),
        ("5th of January 2026", "2026-01-05"),
        ("30/Nov/2025", "2025-11-30"),
        ("45992", "2025-12-01"),
        ("45992.75", "2025-12-01"),
        ("20251231", "2025-12-31"),
        ("31 12 2025", "2025-12-31"),
        ("\u{200f}31/12\u{200b}/2025\u{0}", "2025-12-31"),
    ] {
        let day = parse_date(text).map(|day| day.to_string());
        assert_eq!(day.as_deref(), Ok(expected), "{text}");
    }
    for text in [
        "39999",
        "60001",
        "tháng 12/2025",
        "giữa tháng 12/2025",
        "12/31/2025",
        "15 ngày kể từ 01/12/2025",
        "20/12/2025-31/11/2025",
    ] {
        assert_eq!(parse_date(text), Err(NotADay), "{text}");
    }
    for piece in ["1/", "2025", "-", "\u{0}", "hết tháng ", "\u{301}"] {
        assert_eq!(parse_date(&piece.repeat(10_000)), Err(NotADay));
        let _ = parse_date(&piece.repeat(8));
    }
}
