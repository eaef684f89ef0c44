//! Numbers, wages, days and times as a reader says them.

use chrono::{Datelike, NaiveDate};
use domain::code::Lang;
use domain::reading::wage::{Period, Wage};

pub use crate::number::number;
use crate::texts::Texts;

/// Further away than this, a closing day is shown as a date.
const COUNTED_DAYS: i64 = 60;
/// VND from which on a monthly wage is said in millions.
const MILLION: u64 = 1_000_000;

const fn decimal_mark(lang: Lang) -> char {
    match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    }
}

/// A wage: `8 – 10 triệu/tháng`, `350.000 đồng/ngày`, `Lương thỏa thuận`.
///
/// ```
/// use domain::code::Lang;
/// use domain::reading::wage::{Period, Wage};
/// let wage = Wage::Range(8_000_000, 10_000_000, Period::Month);
/// assert_eq!(api::words::wage(Lang::Vi, wage), "8\u{a0}–\u{a0}10 triệu/tháng");
/// ```
pub fn wage(lang: Lang, wage: Wage) -> String {
    let t = Texts(lang);
    let said = match wage {
        Wage::NotSaid => t.t("wage-not-said"),
        Wage::Negotiable => t.t("wage-negotiable"),
        Wage::Piece => t.t("wage-piece"),
        Wage::From(from, period) => t.with(
            "wage-from",
            &[
                ("amount", &amount(lang, from, from, period)),
                ("per", &per(t, period)),
            ],
        ),
        Wage::UpTo(to, period) => t.with(
            "wage-up-to",
            &[
                ("amount", &amount(lang, to, to, period)),
                ("per", &per(t, period)),
            ],
        ),
        Wage::Range(from, to, period) => t.with(
            "wage-range",
            &[
                ("amount", &amount(lang, from, to, period)),
                ("per", &per(t, period)),
            ],
        ),
    };
    bind(&said)
}

/// Before these a wage may break.
const UNITS: [&str; 4] = ["triệu", "đồng", "million", "VND"];

/// The figures of a wage stay together; the unit after them may stand on the next line.
fn bind(said: &str) -> String {
    let count = said.split(' ').count();
    // A long sentence may break; an amount may not.
    if count <= 6 && said.chars().any(|c| c.is_ascii_digit()) {
        let bound = said.replace(' ', "\u{a0}");
        // A line too narrow for all of it breaks before a unit, not between the figures.
        UNITS.iter().fold(bound, |said, unit| {
            said.replace(&format!("\u{a0}{unit}"), &format!(" {unit}"))
        })
    } else {
        said.to_owned()
    }
}

fn per(t: Texts, period: Period) -> String {
    match period {
        Period::Month => t.t("per-month"),
        Period::Day => t.t("per-day"),
        Period::Hour => t.t("per-hour"),
    }
}

/// `8 – 10 triệu`; one figure where both ends are the same.
fn amount(lang: Lang, from: u64, to: u64, period: Period) -> String {
    let in_millions = period == Period::Month && from >= MILLION;
    let say = |n: u64| {
        if in_millions {
            millions(lang, n)
        } else {
            number(lang, n)
        }
    };
    let figures = if from == to {
        say(from)
    } else {
        format!("{} – {}", say(from), say(to))
    };
    let t = Texts(lang);
    if in_millions {
        t.with("amount-million", &[("figures", &figures)])
    } else {
        t.with("amount-dong", &[("figures", &figures)])
    }
}

/// Millions with at most two decimals: `6,5`.
fn millions(lang: Lang, dong: u64) -> String {
    let hundredths = (dong + 5_000) / 10_000;
    let whole = number(lang, hundredths / 100);
    let rest = hundredths % 100;
    let mark = decimal_mark(lang);
    match (rest, rest % 10) {
        (0, _) => whole,
        (_, 0) => format!("{whole}{mark}{}", rest / 10),
        _ => format!("{whole}{mark}{rest:02}"),
    }
}

/// How long a vacancy is still open: `Còn 5 ngày`.
pub fn days_left(lang: Lang, closes: Option<NaiveDate>, today: NaiveDate) -> String {
    let t = Texts(lang);
    let Some(closes) = closes else {
        return t.t("closes-unknown");
    };
    match (closes - today).num_days() {
        days if days < 0 => t.t("closes-past"),
        0 => t.t("closes-today"),
        1 => t.t("closes-tomorrow"),
        days if days <= COUNTED_DAYS => t.count("closes-in-days", days.unsigned_abs()),
        _ => t.with("closes-on", &[("date", &date(lang, closes))]),
    }
}

/// A day: `28/11/2026` in Vietnamese, `28 Nov 2026` in English.
pub fn date(lang: Lang, day: NaiveDate) -> String {
    match lang {
        Lang::Vi => day.format("%d/%m/%Y").to_string(),
        Lang::En => day.format("%-d %b %Y").to_string(),
    }
}

/// A day with its name: `Thứ Bảy 28/11/2026`.
pub fn date_with_weekday(lang: Lang, day: NaiveDate) -> String {
    let t = Texts(lang);
    let weekday = match day.weekday() {
        chrono::Weekday::Mon => t.t("weekday-monday"),
        chrono::Weekday::Tue => t.t("weekday-tuesday"),
        chrono::Weekday::Wed => t.t("weekday-wednesday"),
        chrono::Weekday::Thu => t.t("weekday-thursday"),
        chrono::Weekday::Fri => t.t("weekday-friday"),
        chrono::Weekday::Sat => t.t("weekday-saturday"),
        chrono::Weekday::Sun => t.t("weekday-sunday"),
    };
    format!("{weekday} {}", date(lang, day))
}

/// A span of months, in years where it comes out even: `2 năm`, `18 tháng`.
pub fn months(lang: Lang, months: u16) -> String {
    let t = Texts(lang);
    if months >= 12 && months.is_multiple_of(12) {
        t.count("years", u64::from(months / 12))
    } else {
        t.count("months", u64::from(months))
    }
}

/// The text with a capital at its beginning, for names that begin a line.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// The text with a small letter at its beginning, for the middle of a sentence; what is written in
/// capitals stays.
pub fn small_first(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !letters.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(lang: Lang, what: Wage) -> String {
        wage(lang, what).replace('\u{a0}', " ")
    }

    #[test]
    fn wages_are_said_as_people_say_them() {
        let cases = [
            (Wage::NotSaid, "Chưa ghi mức lương", "Wage not stated"),
            (Wage::Negotiable, "Lương thỏa thuận", "Wage by agreement"),
            (
                Wage::Piece,
                "Trả theo sản phẩm",
                "Paid by piece or commission",
            ),
            (
                Wage::Range(8_000_000, 10_000_000, Period::Month),
                "8 – 10 triệu/tháng",
                "8 – 10 million VND/month",
            ),
            (
                Wage::Range(7_000_000, 7_000_000, Period::Month),
                "7 triệu/tháng",
                "7 million VND/month",
            ),
            (
                Wage::From(6_500_000, Period::Month),
                "Từ 6,5 triệu/tháng",
                "From 6.5 million VND/month",
            ),
            (
                Wage::UpTo(79_050_000, Period::Month),
                "Đến 79,05 triệu/tháng",
                "Up to 79.05 million VND/month",
            ),
            (
                Wage::Range(350_000, 350_000, Period::Day),
                "350.000 đồng/ngày",
                "350,000 VND/day",
            ),
            (
                Wage::Range(25_000, 30_000, Period::Hour),
                "25.000 – 30.000 đồng/giờ",
                "25,000 – 30,000 VND/hour",
            ),
            (
                Wage::Range(800_000, 1_200_000, Period::Month),
                "800.000 – 1.200.000 đồng/tháng",
                "800,000 – 1,200,000 VND/month",
            ),
            (
                Wage::From(1_250_000_000, Period::Month),
                "Từ 1.250 triệu/tháng",
                "From 1,250 million VND/month",
            ),
        ];
        for (what, vi, en) in cases {
            assert_eq!(said(Lang::Vi, what), vi);
            assert_eq!(said(Lang::En, what), en);
        }
    }

    #[test]
    fn days_are_counted_while_they_are_few() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-25");
        let cases = [
            (None, "Không ghi hạn nộp", "No closing day given"),
            (Some("2026-11-24"), "Đã hết hạn", "Closed"),
            (Some("2026-11-25"), "Hết hạn hôm nay", "Closes today"),
            (Some("2026-11-26"), "Hết hạn ngày mai", "Closes tomorrow"),
            (Some("2026-11-30"), "Còn 5 ngày", "5 days left"),
            (Some("2027-01-24"), "Còn 60 ngày", "60 days left"),
            (
                Some("2027-01-25"),
                "Hạn nộp 25/01/2027",
                "Closes on 25 Jan 2027",
            ),
        ];
        for (closes, vi, en) in cases {
            let closes = closes.map(day);
            assert_eq!(days_left(Lang::Vi, closes, today), vi);
            assert_eq!(days_left(Lang::En, closes, today), en);
        }
        assert_eq!(
            date_with_weekday(Lang::Vi, day("2026-11-28")),
            "Thứ Bảy 28/11/2026"
        );
        assert_eq!(
            date_with_weekday(Lang::En, day("2026-11-29")),
            "Sunday 29 Nov 2026"
        );
    }

    #[test]
    fn even_years_are_said_as_years() {
        assert_eq!(months(Lang::Vi, 24), "2 năm");
        assert_eq!(months(Lang::Vi, 18), "18 tháng");
        assert_eq!(months(Lang::En, 12), "1 year");
        assert_eq!(months(Lang::En, 1), "1 month");
    }

    #[test]
    fn a_line_begins_with_a_capital() {
        assert_eq!(capitalised("đọc bản vẽ"), "Đọc bản vẽ");
        assert_eq!(capitalised(""), "");
        assert_eq!(small_first("Không cần bằng"), "không cần bằng");
        assert_eq!(small_first("TIG"), "TIG");
    }

    #[test]
    fn the_figures_of_a_wage_stand_on_one_line() {
        let range = Wage::Range(5_900_000, 7_400_000, Period::Month);
        let en = "5.9\u{a0}–\u{a0}7.4 million VND/month";
        assert_eq!(wage(Lang::En, range), en);
        let day = Wage::Range(280_000, 350_000, Period::Day);
        assert_eq!(wage(Lang::Vi, day), "280.000\u{a0}–\u{a0}350.000 đồng/ngày");
    }

    proptest! {
        #[test]
        fn a_number_keeps_its_digits(n in any::<u64>()) {
            for lang in [Lang::Vi, Lang::En] {
                let parted = number(lang, n);
                let digits: String = parted.chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(digits, n.to_string());
                prop_assert!(parted.split(['.', ',']).skip(1).all(|group| group.len() == 3));
            }
        }

        #[test]
        fn every_wage_can_be_said(from in any::<u64>(), to in any::<u64>()) {
            for period in [Period::Month, Period::Day, Period::Hour] {
                // Far above what is ever kept; what counts is that nothing overflows.
                let (from, to) = (from / 2, to / 2);
                prop_assert!(wage(Lang::Vi, Wage::Range(from, to, period)).contains('đ') || period == Period::Month);
                prop_assert!(wage(Lang::En, Wage::UpTo(to, period)).contains("VND"));
            }
        }
    }
}
