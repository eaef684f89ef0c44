//! Wages: "17 - 25 triệu", "Tới 3,000 USD", "450k/ngày", "Thoả thuận".

use unicode_normalization::UnicodeNormalization;

/// What a wage is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
}

impl Period {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// The period with this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Month, Self::Day, Self::Hour]
            .into_iter()
            .find(|period| period.as_str() == word)
    }
}

/// A wage as understood; amounts in VND.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wage {
    /// Nothing was said.
    NotSaid,
    /// By agreement.
    Negotiable,
    /// By piece or commission alone.
    Piece,
    /// From an amount on.
    From(u64, Period),
    /// Up to an amount.
    UpTo(u64, Period),
    /// Between two amounts, the lower first; the same twice where one was said.
    Range(u64, u64, Period),
}

/// How other wages are brought to VND a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Hours of a month.
    pub hours: u64,
    /// Days of a month.
    pub days: u64,
    /// What "up to" counts, in thousandths.
    pub up_to: u64,
}

impl Wage {
    /// VND a month: the middle of a range, a lone "from" as it is, a lone "up to" at its share;
    /// `None` where no amount is known.
    pub fn monthly(self, rates: Rates) -> Option<u64> {
        let (amount, period) = match self {
            Self::NotSaid | Self::Negotiable | Self::Piece => return None,
            Self::From(from, period) => (from, period),
            Self::UpTo(to, period) => (to.saturating_mul(rates.up_to) / 1_000, period),
            Self::Range(from, to, period) => (from.midpoint(to), period),
        };
        Some(match period {
            Period::Month => amount,
            Period::Day => amount.saturating_mul(rates.days),
            Period::Hour => amount.saturating_mul(rates.hours),
        })
    }
}

/// The text is no wage that can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not understood as a wage: expected such as 8 - 10 triệu, 300k/ngày, 500 USD, thoả thuận")]
pub struct WageUnclear;

/// Longer texts are not read.
const LONGEST: usize = 300;
/// No wage is higher: 4 billion VND, so that it fits into 32 bits wherever it is kept.
const HIGHEST: u64 = 4_000_000_000;

/// Reads a wage; `usd_vnd` is the price of a US dollar.
///
/// # Errors
/// Where no amount and no known word is found, or the amounts cannot be meant.
pub fn parse_wage(text: &str, usd_vnd: u64) -> Result<Wage, WageUnclear> {
    let plain = plain(text);
    if plain.trim().is_empty() {
        return Ok(Wage::NotSaid);
    }
    if plain.len() > LONGEST {
        return Err(WageUnclear);
    }
    let amounts = amounts(&plain, usd_vnd);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let period = if has(&["gio", "hour", "/h"]) {
        Period::Hour
    } else if has(&["ngay", "day"]) {
        Period::Day
    } else {
        Period::Month
    };
    match amounts.as_slice() {
        [] if has(&[
            "thoa thuan",
            "thuong luong",
            "canh tranh",
            "negotia",
            "trao doi",
            "deal",
            "hap dan",
        ]) =>
        {
            Ok(Wage::Negotiable)
        }
        [] if has(&["san pham", "hoa hong", "khoan", "commission", "doanh so"]) => Ok(Wage::Piece),
        [] => Err(WageUnclear),
        &[one] if !(1..=HIGHEST).contains(&one) => Err(WageUnclear),
        &[one]
            if has(&["toi da", "up to", "upto", "den ", "toi ", "duoi", "<"])
                && !has(&["toi thieu"]) =>
        {
            Ok(Wage::UpTo(one, period))
        }
        &[one]
            if has(&[
                "tu ",
                "tren",
                "from",
                "toi thieu",
                "it nhat",
                ">",
                "cung",
                "co ban",
            ]) =>
        {
            Ok(Wage::From(one, period))
        }
        &[one] => Ok(Wage::Range(one, one, period)),
        &[one, other, ..] => {
            let (from, to) = (one.min(other), one.max(other));
            if from == 0 || to > HIGHEST {
                Err(WageUnclear)
            } else {
                Ok(Wage::Range(from, to, period))
            }
        }
    }
}

/// Small letters without accents; punctuation stays, since it parts numbers.
fn plain(text: &str) -> String {
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'đ' => 'd',
            '–' | '—' | '~' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Amount {
    thousandths: u64,
    unit: Option<u64>,
}

/// The amounts of the text in VND. A number without a unit takes that of the next.
fn amounts(text: &str, usd_vnd: u64) -> Vec<u64> {
    let mut found: Vec<Amount> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest.get(..start).unwrap_or("");
        let number = rest.get(start..).unwrap_or("");
        let end = number
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        if let Some(thousandths) = thousandths(digits.trim_end_matches(['.', ','])) {
            let unit = if before.ends_with('$') {
                Some(usd_vnd)
            } else {
                unit(after, usd_vnd)
            };
            found.push(Amount { thousandths, unit });
        }
        rest = after;
    }
    let mut next = None;
    let mut amounts: Vec<u64> = found
        .into_iter()
        .rev()
        .map(|amount| {
            next = amount.unit.or(next);
            let unit = next.unwrap_or_else(|| usual_unit(amount.thousandths));
            u64::try_from(u128::from(amount.thousandths) * u128::from(unit) / 1_000)
                .unwrap_or(u64::MAX)
        })
        .collect();
    amounts.reverse();
    amounts
}

/// What a bare number of a wage counts: small ones are millions.
const fn usual_unit(thousandths: u64) -> u64 {
    if thousandths < 1_000_000 {
        1_000_000
    } else {
        1
    }
}

fn unit(after: &str, usd_vnd: u64) -> Option<u64> {
    let after = after.trim_start();
    let word_end = after
        .find(|c: char| !(c.is_alphabetic() || c == '$'))
        .unwrap_or(after.len());
    match after.get(..word_end)? {
        "trieu" | "tr" | "m" | "million" | "mil" | "trvnd" | "cu" => Some(1_000_000),
        "k" | "nghin" | "ngan" | "n" => Some(1_000),
        "usd" | "$" | "us" => Some(usd_vnd),
        "d" | "vnd" | "dong" => Some(1),
        _ => None,
    }
}

/// The number in thousandths. Groups of three after each separator are thousands; else one
/// separator is the decimal comma.
fn thousandths(digits: &str) -> Option<u64> {
    let mut parts = digits.split(['.', ',']);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    if first.len() > 12 || rest.len() > 4 {
        return None;
    }
    if rest.iter().all(|part| part.len() == 3) {
        let whole: String = std::iter::once(first).chain(rest.iter().copied()).collect();
        return whole.parse::<u64>().ok()?.checked_mul(1_000);
    }
    match rest.as_slice() {
        [decimals] if !decimals.is_empty() && decimals.len() <= 2 => {
            let scale = if decimals.len() == 1 { 100 } else { 10 };
            let fraction = decimals.parse::<u64>().ok()? * scale;
            first
                .parse::<u64>()
                .ok()?
                .checked_mul(1_000)?
                .checked_add(fraction)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Period::{Day, Hour, Month};

    const USD: u64 = 25_000;

    #[test]
    fn what_employers_write_is_understood() {
        for (text, wage) in [
            ("17 - 25 triệu", Wage::Range(17_000_000, 25_000_000, Month)),
            ("Tới 3,000 USD", Wage::UpTo(75_000_000, Month)),
            ("Trên 10 triệu", Wage::From(10_000_000, Month)),
            ("Từ 8 triệu", Wage::From(8_000_000, Month)),
            ("Up to 30M", Wage::UpTo(30_000_000, Month)),
            ("Thoả thuận", Wage::Negotiable),
            ("Thỏa thuận", Wage::Negotiable),
            ("450k/ngày", Wage::Range(450_000, 450_000, Day)),
            ("30.000đ/giờ", Wage::Range(30_000, 30_000, Hour)),
            ("7,5tr-9tr/tháng", Wage::Range(7_500_000, 9_000_000, Month)),
            (
                "10.000.000 - 12.000.000 VNĐ",
                Wage::Range(10_000_000, 12_000_000, Month),
            ),
            (
                "1,000 - 1,500 USD",
                Wage::Range(25_000_000, 37_500_000, Month),
            ),
            ("lương cứng 6tr + hoa hồng", Wage::From(6_000_000, Month)),
            ("Theo sản phẩm", Wage::Piece),
            ("8 triệu", Wage::Range(8_000_000, 8_000_000, Month)),
            ("", Wage::NotSaid),
        ] {
            assert_eq!(parse_wage(text, USD), Ok(wage), "{text}");
        }
        for text in ["xem mô tả", "0 triệu", "9999999999 triệu"] {
            assert_eq!(parse_wage(text, USD), Err(WageUnclear), "{text}");
        }
    }

    #[test]
    fn a_month_is_reckoned_as_the_definition_says() {
        let rates = Rates {
            hours: 208,
            days: 26,
            up_to: 750,
        };
        assert_eq!(Wage::Range(8, 11, Month).monthly(rates), Some(9));
        assert_eq!(
            Wage::UpTo(10_000_000, Month).monthly(rates),
            Some(7_500_000)
        );
        assert_eq!(Wage::From(300_000, Day).monthly(rates), Some(7_800_000));
        assert_eq!(
            Wage::Range(30_000, 30_000, Hour).monthly(rates),
            Some(6_240_000)
        );
        assert_eq!(Wage::Piece.monthly(rates), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,80}") {
            let _ = parse_wage(&text, USD);
        }

        #[test]
        fn ranges_of_millions_come_back(from in 1_u64..200, more in 0_u64..200) {
            let to = from + more;
            let wage = parse_wage(&format!("{from} - {to} triệu"), USD);
            prop_assert_eq!(wage, Ok(Wage::Range(from * 1_000_000, to * 1_000_000, Month)));
        }
    }
}
