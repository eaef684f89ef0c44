use proptest::prelude::*;

use super::Period::{Day, Hour, Month};
use super::*;

const USD: u64 = 25_000;
const M: u64 = 1_000_000;

#[test]
fn what_employers_write_is_understood() {
    for (text, wage) in [
        ("17 - 25 triệu", Wage::Range(17 * M, 25 * M, Month)),
        ("Tới 3,000 USD", Wage::UpTo(75 * M, Month)),
        ("Trên 10 triệu", Wage::From(10 * M, Month)),
        ("Từ 8 triệu", Wage::From(8 * M, Month)),
        ("Up to 30M", Wage::UpTo(30 * M, Month)),
        ("Up to $2000", Wage::UpTo(50 * M, Month)),
        ("Thu nhập lên đến 20tr/tháng", Wage::UpTo(20 * M, Month)),
        ("Tối đa: 12 triệu", Wage::UpTo(12 * M, Month)),
        (
            "Tối thiểu 8tr, tối đa 15tr",
            Wage::Range(8 * M, 15 * M, Month),
        ),
        ("từ 8 triệu đến 10 triệu", Wage::Range(8 * M, 10 * M, Month)),
        ("8tr/tháng – 10tr/tháng", Wage::Range(8 * M, 10 * M, Month)),
        ("450k/ngày", Wage::Range(450_000, 450_000, Day)),
        ("Lương ngày: 300k", Wage::Range(300_000, 300_000, Day)),
        ("350k - 400k/công", Wage::Range(350_000, 400_000, Day)),
        ("300/ngày", Wage::Range(300_000, 300_000, Day)),
        ("30.000đ/giờ", Wage::Range(30_000, 30_000, Hour)),
        ("25k-30k/h", Wage::Range(25_000, 30_000, Hour)),
        ("22k một giờ", Wage::Range(22_000, 22_000, Hour)),
        ("7,5tr-9tr/tháng", Wage::Range(7_500_000, 9 * M, Month)),
        ("7tr5", Wage::Range(7_500_000, 7_500_000, Month)),
        ("7 triệu rưỡi", Wage::Range(7_500_000, 7_500_000, Month)),
        ("7tr500k", Wage::Range(7_500_000, 7_500_000, Month)),
        (
            "10.000.000 - 12.000.000 VNĐ",
            Wage::Range(10 * M, 12 * M, Month),
        ),
        ("10 000 000 đồng", Wage::Range(10 * M, 10 * M, Month)),
        ("8.000.000 - 10 triệu", Wage::Range(8 * M, 10 * M, Month)),
        ("900k - 1,2tr", Wage::Range(900_000, 1_200_000, Month)),
        ("500 - 1 triệu", Wage::Range(500_000, M, Month)),
        ("1,000 - 1,500 USD", Wage::Range(25 * M, 37_500_000, Month)),
        ("1.5k USD", Wage::Range(37_500_000, 37_500_000, Month)),
        ("1,000 US$", Wage::Range(25 * M, 25 * M, Month)),
        ("240 triệu/năm", Wage::Range(20 * M, 20 * M, Month)),
        ("3 triệu/tuần", Wage::Range(13 * M, 13 * M, Month)),
        ("300k 1 ngày", Wage::Range(300_000, 300_000, Day)),
        ("8 triệu 1 tháng", Wage::Range(8 * M, 8 * M, Month)),
        ("25.000đ - 30.000đ /1h", Wage::Range(25_000, 30_000, Hour)),
        ("Không dưới 8tr", Wage::From(8 * M, Month)),
        ("Trên dưới 10 triệu", Wage::Range(10 * M, 10 * M, Month)),
        ("Gross 30,000,000 VND", Wage::Range(30 * M, 30 * M, Month)),
        ("$500-$800", Wage::Range(12_500_000, 20 * M, Month)),
        ("500$ - 800$", Wage::Range(12_500_000, 20 * M, Month)),
        ("20M-30M gross", Wage::Range(20 * M, 30 * M, Month)),
        (
            "TN 7-9tr, thưởng tháng 13",
            Wage::Range(7 * M, 9 * M, Month),
        ),
        ("upto 25tr", Wage::UpTo(25 * M, Month)),
        ("Lương thỏa thuận từ 8tr", Wage::From(8 * M, Month)),
        ("8-10", Wage::Range(8 * M, 10 * M, Month)),
        ("8 triệu", Wage::Range(8 * M, 8 * M, Month)),
        ("Khoảng 8 triệu", Wage::Range(8 * M, 8 * M, Month)),
        ("0 - 10 triệu", Wage::UpTo(10 * M, Month)),
        ("15 triệu trở lên", Wage::From(15 * M, Month)),
        ("10tr++", Wage::From(10 * M, Month)),
        ("lương cứng 6tr + hoa hồng", Wage::From(6 * M, Month)),
        (
            "Lương cơ bản: 5 triệu + thưởng 3 triệu",
            Wage::Range(5 * M, 5 * M, Month),
        ),
        (
            "8 - 10 triệu + thưởng tháng 13",
            Wage::Range(8 * M, 10 * M, Month),
        ),
        (
            "12 triệu, làm 26 ngày/tháng",
            Wage::Range(12 * M, 12 * M, Month),
        ),
        ("9 triệu (thử việc 85%)", Wage::Range(9 * M, 9 * M, Month)),
        (
            "Làm 8h/ngày, lương 7 triệu",
            Wage::Range(7 * M, 7 * M, Month),
        ),
    ] {
        assert_eq!(parse_wage(text, USD), Ok(wage), "{text}");
    }
}

#[test]
fn what_is_said_in_words_alone_is_understood() {
    for (text, wage) in [
        ("Thoả thuận", Wage::Negotiable),
        ("Thỏa thuận khi phỏng vấn", Wage::Negotiable),
        ("THOA THUAN", Wage::Negotiable),
        ("Lương cạnh tranh", Wage::NotSaid),
        ("Negotiable", Wage::Negotiable),
        ("Theo sản phẩm", Wage::Piece),
        ("5k/sp", Wage::Piece),
        ("Hoa hồng 10%", Wage::Piece),
        ("", Wage::NotSaid),
        (" - ", Wage::NotSaid),
    ] {
        assert_eq!(parse_wage(text, USD), Ok(wage), "{text}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    for text in [
        "xem mô tả",
        "1234",
        "22/10/2025",
        "làm việc từ thứ 2 đến thứ 6",
        "???",
        "200 EUR",
        "-5 triệu",
        "lương: -5tr",
        "−5 triệu",
        "1e999 triệu",
        "1E9 đồng",
    ] {
        assert_eq!(parse_wage(text, USD), Err(WageUnclear::NoAmount), "{text}");
    }
    for text in [
        "0 triệu",
        "0.0 - 0.0 triệu",
        "650 - 800 VND",
        "9999999999 triệu",
        "30 triệu/giờ",
        "10 - 15 USD",
    ] {
        let wage = parse_wage(text, USD);
        assert!(
            matches!(wage, Err(WageUnclear::Unbelievable { .. })),
            "{text}: {wage:?}"
        );
    }
    let long = "8 triệu ".repeat(100);
    assert_eq!(parse_wage(&long, USD), Err(WageUnclear::TooLong));
}

#[test]
fn a_month_is_reckoned_as_the_definition_says() {
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    assert_eq!(Wage::Range(8, 11, Month).monthly(rates), Some(9));
    assert_eq!(Wage::UpTo(10 * M, Month).monthly(rates), Some(7_500_000));
    assert_eq!(Wage::From(300_000, Day).monthly(rates), Some(7_800_000));
    assert_eq!(
        Wage::Range(30_000, 30_000, Hour).monthly(rates),
        Some(6_240_000)
    );
    for wage in [Wage::Piece, Wage::Negotiable, Wage::NotSaid] {
        assert_eq!(wage.monthly(rates), None);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_what_is_read_fits_a_month(
        text in "\\PC{0,80}|([0-9.,]{1,9} ?(tr|triệu|k|usd|đ|\\$)?[ /+-]{0,3}(ngày|giờ|đến|từ|tới)?){0,5}",
    ) {
        let rates = Rates { hours: 208, days: 26, up_to: 750 };
        if let Ok(wage) = parse_wage(&text, USD) {
            let month = wage.monthly(rates).unwrap_or(0);
            prop_assert!(u32::try_from(month).is_ok(), "{:?}", wage);
            if let Wage::Range(from, to, _) = wage {
                prop_assert!(0 < from && from <= to);
            }
        }
    }

    #[test]
    fn ranges_of_millions_come_back(from in 1_u64..200, more in 0_u64..200) {
        let to = from + more;
        for text in [
            format!("{from} - {to} triệu"),
            format!("{from}tr-{to}tr"),
            format!("{from}.000.000 đến {to}.000.000 đ/tháng"),
        ] {
            prop_assert_eq!(parse_wage(&text, USD), Ok(Wage::Range(from * M, to * M, Month)));
        }
    }
}

/// What a text says, as a row of the yardstick.
fn row(text: &str) -> String {
    read_wage(text).unwrap_or(SaidWage::NotSaid).row()
}

#[test]
fn what_is_said_is_kept_before_it_is_brought_to_dong() {
    for (text, expected) in [
        ("10 - 7 triệu", "month;7000000;10000000;"),
        ("<= 10tr", "month;;10000000;"),
        ("8-10tr năm đầu", "month;8000000;10000000;"),
        (
            "5 triệu tháng đầu, 7 triệu sau đó",
            "month;7000000;7000000;",
        ),
        ("5tr thử việc - 7tr chính thức", "month;7000000;7000000;"),
        ("nghỉ T7, CN, thưởng tháng 13, 14", "none;;;"),
        ("1 nghìn đô", "month;1000;1000;usd"),
        ("7tr5 bao ăn ở", "month;7500000;7500000;"),
        ("1tr5 1 tuần", "week;1500000;1500000;"),
        ("mười hai triệu rưỡi", "month;12500000;12500000;"),
        ("hai mươi lăm nghìn một giờ", "hour;25000;25000;"),
        ("6 triệu năm trăm nghìn", "month;6500000;6500000;"),
        ("8.000.000 VNÐ", "month;8000000;8000000;"),
        ("lương 450 ngàn", "day;450000;450000;"),
        (
            "thợ phụ 300, thợ chính 450 (nghìn/ngày)",
            "day;300000;450000;",
        ),
        ("bếp chính 12tr, bếp phụ 8tr", "month;8000000;12000000;"),
        ("học việc 4tr, chính thức 7tr", "month;7000000;7000000;"),
        ("8tr (thử việc 6tr5)", "month;8000000;8000000;"),
        ("8 triệu, tăng ca 45k/giờ", "month;8000000;8000000;"),
        ("bao ăn 3 bữa, 9 triệu", "month;9000000;9000000;"),
        ("7 triệu/26 ngày công", "month;7000000;7000000;"),
        ("phát cỏ 1tr5/sào", "piece;1500000;1500000;"),
        ("hái tiêu 5k/1kg", "piece;5000;5000;"),
        ("xây 550k/m2", "piece;550000;550000;"),
        ("theo tấn", "piece;;;"),
        ("trả theo ngày", "day;;;"),
        ("5 triệu + 5k/đơn", "month;5000000;5000000;plus"),
        (
            "LCB 6tr, tổng thu nhập 10-15tr",
            "month;6000000;6000000;plus",
        ),
        ("lương cứng + %", "none;;;plus"),
        ("ăn chia 4/6", "none;;;commission"),
        (
            "8 triệu (có thể thương lượng)",
            "month;8000000;8000000;negotiable",
        ),
        ("$1k - $1.5k", "month;1000;1500;usd"),
        ("180.000 yên (khoảng 30 triệu)", "month;30000000;30000000;"),
        ("8.000 tệ", "none;;;"),
        ("theo năng lực", "none;;;"),
        ("cao 1m6, 18-35 tuổi", "none;;;"),
        ("30-11-2025", "none;;;"),
        ("0900 000 123", "none;;;"),
        ("lương 1 tỷ", "none;;;"),
    ] {
        assert_eq!(row(text), expected, "{text}");
    }
}

#[test]
fn unseen_characters_do_not_hide_a_wage_and_long_texts_are_not_read() {
    for text in [
        "8\u{200b} tri\u{200d}ệu",
        "\u{200f}8 triệu\u{202e}",
        "8\u{0} triệu",
        "\u{feff}8\u{a0}triệu",
    ] {
        assert_eq!(row(text), "month;8000000;8000000;", "{text:?}");
    }
    for piece in [
        "8 ",
        "triệu ",
        "-",
        "ba trăm ",
        "(",
        "\u{0}",
        "\u{301}",
        "8tr+",
    ] {
        let text = piece.repeat(10_000);
        assert_eq!(read_wage(&text), Err(WageUnclear::TooLong), "{piece:?}");
        let text: String = text.chars().take(300).collect();
        let _ = read_wage(&text);
    }
}

fn said() -> impl Strategy<Value = SaidWage> {
    let unit = prop::sample::select(vec![
        Unit::Month,
        Unit::Week,
        Unit::Day,
        Unit::Hour,
        Unit::Piece,
    ]);
    let remark = prop::sample::select(vec![Remark::None, Remark::Negotiable, Remark::Plus]);
    let figures = (unit, any::<bool>(), 1_u64..400, 0_u64..300, 0_u8..4, remark).prop_filter_map(
        "pay by the piece has no results on top",
        |(unit, is_dollar, least, more, ends, remark)| {
            let (money, scale) = match (is_dollar, unit) {
                (true, Unit::Month | Unit::Week) => (Money::Dollar, 25),
                (true, _) => (Money::Dollar, 1),
                (false, Unit::Month | Unit::Week) => (Money::Dong, 600_000),
                (false, _) => (Money::Dong, 20_500),
            };
            let (from, to) = (least * scale, (least + more) * scale);
            let band = match ends {
                0 => Band::new(Some(from), None),
                1 => Band::new(None, Some(to)),
                2 => Band::new(Some(from), Some(from)),
                _ => Band::new(Some(to), Some(from)),
            }?;
            let is_plus = remark == Remark::Plus && unit == Unit::Piece;
            let figures = Figures {
                band,
                unit,
                money,
                remark,
            };
            let is_meant = limits::check(band, unit, money, true).is_ok();
            (!is_plus && is_meant).then_some(SaidWage::Figures(figures))
        },
    );
    let words = prop::sample::select(vec![
        SaidWage::NotSaid,
        SaidWage::Vague,
        SaidWage::Negotiable,
        SaidWage::Commission,
        SaidWage::BaseAndMore,
        SaidWage::Unpriced(Unit::Piece),
        SaidWage::Unpriced(Unit::Day),
        SaidWage::Unpriced(Unit::Hour),
        SaidWage::Unpriced(Unit::Week),
        SaidWage::Unpriced(Unit::Month),
    ]);
    prop_oneof![3 => figures, 1 => words]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(said in said()) {
        prop_assert_eq!(read_wage(&said.to_string()), Ok(said), "{}", said);
    }

    #[test]
    fn printing_what_was_read_changes_nothing_the_second_time(
        text in "(lương|từ|tới|LCB)? ?[1-9][0-9]{0,2} ?(tr|triệu|k|usd|000đ)(/ngày|/giờ|/tháng|/kg)?(, thoả thuận| \\+ hoa hồng)?",
    ) {
        if let Ok(said) = read_wage(&text) {
            prop_assert_eq!(read_wage(&said.to_string()), Ok(said), "{}", text);
        }
    }
}
