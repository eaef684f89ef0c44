//! Wages: "17 - 25 triệu", "Tới 3,000 USD", "450k/ngày", "Thoả thuận".

mod amount;

use super::token::{Token, tokens};
use amount::{Amount, Per, amounts, is_joint};

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

/// Why a text is not understood as a wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WageUnclear {
    /// Neither an amount nor a known word.
    #[error(
        "not understood as a wage: expected such as 8 - 10 triệu, 300k/ngày, 500 USD, thoả thuận"
    )]
    NoAmount,
    /// An amount that nobody earns in that time: a unit or the period is missing or wrong.
    #[error("{vnd} VND a {} is no believable wage: expected a unit and a period, such as 300k/ngày", .per.as_str())]
    Unbelievable {
        /// The amount, as far as it was understood.
        vnd: u64,
        /// The period, as far as it was understood.
        per: Period,
    },
    /// Too long to be read.
    #[error("too long for a wage: expected at most {LONGEST} characters")]
    TooLong,
}

/// Characters; longer texts are not read.
const LONGEST: usize = 300;

/// What is believable, by period: from, where the period is only supposed; from, where it is
/// written; to. The upper ends fit into 32 bits when brought to a month.
const fn believable(period: Period) -> (u64, u64, u64) {
    match period {
        // Less a month is an allowance, or a day's wage without "a day".
        Period::Month => (500_000, 100_000, 4_000_000_000),
        Period::Day => (20_000, 20_000, 100_000_000),
        Period::Hour => (5_000, 5_000, 10_000_000),
    }
}

/// Reads a wage; `usd_vnd` is the price of a US dollar.
///
/// Of several amounts the first counts, with the second where the two are the ends of a range:
/// what follows is a bonus. A fixed part "+ commission" is a lower end. Without a period a month
/// is meant.
///
/// # Errors
/// Where no amount and no known word is found, or the amounts cannot be meant.
pub fn parse_wage(text: &str, usd_vnd: u64) -> Result<Wage, WageUnclear> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(WageUnclear::TooLong);
    }
    let tokens = tokens(text);
    let words = Words::of(&tokens);
    let amounts = amounts(&tokens, usd_vnd);
    let Some(first) = amounts.first() else {
        return without_amount(&tokens, &words);
    };
    let second = amounts
        .get(1)
        .filter(|second| are_joined(&tokens, first, second));
    let last = second.unwrap_or(first);
    let (period, is_said) = match last.per.or(first.per) {
        Some(Per::Piece) => return Ok(Wage::Piece),
        Some(Per::Period(period)) => (period, true),
        Some(Per::Week | Per::Year) => (Period::Month, true),
        None => words.period().map_or((Period::Month, false), |p| (p, true)),
    };
    let monthly = |vnd: u64| match last.per.or(first.per) {
        Some(Per::Week) => vnd.saturating_mul(52) / 12,
        Some(Per::Year) => vnd / 12,
        _ => vnd,
    };
    let lower = monthly(vnd(first, second, period).ok_or(WageUnclear::NoAmount)?);
    let wage = match second {
        None => match bound(&tokens, &words, first) {
            Bound::Least => Wage::From(lower, period),
            Bound::Most => Wage::UpTo(lower, period),
            Bound::Is => Wage::Range(lower, lower, period),
        },
        Some(second) => {
            let upper = monthly(vnd(second, Some(first), period).ok_or(WageUnclear::NoAmount)?);
            // "500 - 1 triệu": the unit of the second is not the first one's.
            let lower = if first.unit.is_none() && lower > upper && lower / 1_000 < upper {
                lower / 1_000
            } else {
                lower
            };
            match (lower.min(upper), lower.max(upper)) {
                (0, to) => Wage::UpTo(to, period),
                (from, to) => Wage::Range(from, to, period),
            }
        }
    };
    believe(wage, is_said)
}

fn believe(wage: Wage, period_is_said: bool) -> Result<Wage, WageUnclear> {
    let (least, most, per) = match wage {
        Wage::NotSaid | Wage::Negotiable | Wage::Piece => return Ok(wage),
        Wage::From(vnd, per) | Wage::UpTo(vnd, per) => (vnd, vnd, per),
        Wage::Range(from, to, per) => (from, to, per),
    };
    let (supposed, written, to) = believable(per);
    // Of a range the upper end tells which period is meant.
    if least < written || most < if period_is_said { written } else { supposed } {
        return Err(WageUnclear::Unbelievable { vnd: least, per });
    }
    if most > to {
        return Err(WageUnclear::Unbelievable { vnd: most, per });
    }
    Ok(wage)
}

fn without_amount(tokens: &[Token], words: &Words) -> Result<Wage, WageUnclear> {
    const AGREED: [&str; 14] = [
        "thoa thuan",
        "thuong luong",
        "canh tranh",
        "negotiable",
        "negotiation",
        "negotiate",
        "deal",
        "trao doi",
        "hap dan",
        "theo nang luc",
        "competitive",
        "attractive",
        "xung dang",
        "theo quy dinh",
    ];
    const PIECE: [&str; 6] = [
        "san pham",
        "hoa hong",
        "khoan",
        "commission",
        "doanh so",
        "doanh thu",
    ];
    if words.any(&AGREED) {
        Ok(Wage::Negotiable)
    } else if words.any(&PIECE) {
        Ok(Wage::Piece)
    } else if tokens
        .iter()
        .all(|token| matches!(token, Token::Sign(sign) if *sign != '?' && !sign.is_numeric()))
    {
        // Nothing, or a dash in its place.
        Ok(Wage::NotSaid)
    } else {
        Err(WageUnclear::NoAmount)
    }
}

fn are_joined(tokens: &[Token], first: &Amount, second: &Amount) -> bool {
    tokens.get(first.end..second.start).is_some_and(|between| {
        between.iter().all(|token| match token {
            Token::Word(word) => is_joint(word),
            Token::Sign(sign) => matches!(sign, '-' | '>' | '<' | '/' | ',' | '.'),
            Token::Number(_) => false,
        })
    })
}

/// An amount in VND; one without a unit takes that of the other end of its range.
fn vnd(amount: &Amount, other: Option<&Amount>, period: Period) -> Option<u64> {
    // Written out in full: no unit can be meant.
    let in_full = amount.thousandths >= 100_000_000;
    let unit = match (amount.unit, other.and_then(|other| other.unit)) {
        (Some(unit), _) => unit,
        (None, Some(unit)) if !in_full => unit,
        _ => usual_unit(amount.thousandths, period)?,
    };
    Some(amount.at(unit))
}

/// What a bare number counts: "8 - 10" a month are millions, "300/ngày" are thousands. Between
/// the two nothing is sure.
const fn usual_unit(thousandths: u64, period: Period) -> Option<u64> {
    match (thousandths / 1_000, period) {
        (0..=300, Period::Month) => Some(1_000_000),
        (0..1_000, Period::Day | Period::Hour) => Some(1_000),
        (10_000.., _) => Some(1),
        _ => None,
    }
}

enum Bound {
    Least,
    Most,
    Is,
}

/// Whether a lone amount is a lower end, an upper end, or the wage: by the nearest word before it,
/// or by what follows.
fn bound(tokens: &[Token], words: &Words, amount: &Amount) -> Bound {
    for at in (amount.start.saturating_sub(4)..amount.start).rev() {
        let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).and_then(Token::word);
        match tokens.get(at) {
            Some(Token::Sign('<')) => return Bound::Most,
            Some(Token::Sign('>')) => return Bound::Least,
            Some(Token::Word(this)) => match (word(at.checked_sub(1)), this.as_str()) {
                // "Trên dưới 10 triệu": about.
                (Some("tren"), "duoi") => return Bound::Is,
                (Some("khong"), "duoi" | "it")
                | (Some("toi"), "thieu")
                | (Some("it"), "nhat")
                | (Some("co"), "ban") => {
                    return Bound::Least;
                }
                (Some("toi"), "da") | (Some("khong"), "qua") | (Some("up"), "to") => {
                    return Bound::Most;
                }
                (_, "tu" | "tren" | "hon" | "from" | "min" | "cung" | "over" | "least") => {
                    return Bound::Least;
                }
                (_, "toi" | "den" | "upto" | "max" | "duoi" | "under") => return Bound::Most,
                _ => {}
            },
            Some(Token::Sign(':')) => {}
            _ => break,
        }
    }
    let follows = tokens.get(amount.end);
    if follows.is_some_and(|token| token.is_sign('+') || token.word() == Some("up"))
        || words.any(&["tro len", "khong gioi han", "unlimited"])
    {
        Bound::Least
    } else if words.any(&["tro xuong"]) {
        Bound::Most
    } else {
        Bound::Is
    }
}

/// The words of a text, to look for phrases.
struct Words(String);

impl Words {
    fn of(tokens: &[Token]) -> Self {
        let words = tokens.iter().filter_map(Token::word);
        Self(words.fold(" ".to_owned(), |all, word| all + word + " "))
    }

    fn any(&self, phrases: &[&str]) -> bool {
        phrases
            .iter()
            .any(|phrase| self.0.contains(&format!(" {phrase} ")))
    }

    /// The period, where it does not stand with the amount: "Lương ngày: 300k".
    fn period(&self) -> Option<Period> {
        if self.any(&[
            "luong gio",
            "theo gio",
            "luong theo gio",
            "hourly",
            "per hour",
        ]) {
            Some(Period::Hour)
        } else if self.any(&["luong ngay", "theo ngay", "daily", "per day", "cong nhat"]) {
            Some(Period::Day)
        } else if self.any(&[
            "luong thang",
            "theo thang",
            "hang thang",
            "monthly",
            "per month",
        ]) {
            Some(Period::Month)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests;
