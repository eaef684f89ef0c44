//! Lengths in years and months.

use super::{ExperienceUnclear, Length, MOST, is_word};
use crate::reading::token::Token;

/// A length, and the token where it starts.
pub(super) struct Found {
    pub(super) start: usize,
    /// `None`: from nought on, so that nothing is required.
    pub(super) length: Option<Length>,
}

/// A number with its unit: where it starts and ends, and how long it is.
struct Span {
    start: usize,
    end: usize,
    /// In thousandths of the unit.
    value: u64,
    /// Months beside it, in thousandths: "1 năm 6 tháng".
    more: u64,
    /// Months of the unit; `None` where it is that of the other end.
    unit: Option<u64>,
}

impl Span {
    fn months(&self, other: Option<u64>) -> Option<u64> {
        let unit = self.unit.or(other)?;
        Some(self.value.saturating_mul(unit).saturating_add(self.more) / 1_000)
    }
}

/// The first length of a text; lengths of trials, contracts and lives are none.
pub(super) fn length(tokens: &[Token]) -> Result<Option<Found>, ExperienceUnclear> {
    for at in 0..tokens.len() {
        let Some(first) = span(tokens, at) else {
            continue;
        };
        if counts_something_else(tokens, at) {
            continue;
        }
        let second = second(tokens, &first);
        let unit = first
            .unit
            .or(second.as_ref().and_then(|second| second.unit));
        let Some(from) = first.months(unit) else {
            continue;
        };
        let to = second.as_ref().and_then(|second| second.months(unit));
        let end = second.as_ref().map_or(first.end, |second| second.end);
        let ends = match to {
            Some(to) => (Some(from), Some(to)),
            None => bounds(tokens, at, end, from),
        };
        let [from, to] = [ends.0, ends.1].map(|end| end.map(months).transpose());
        let (from, to) = (from?, to?);
        let length = if from == Some(0) {
            None
        } else {
            Length::new(from, to)
        };
        return Ok(Some(Found { start: at, length }));
    }
    Ok(None)
}

fn months(months: u64) -> Result<u16, ExperienceUnclear> {
    let within = u16::try_from(months).ok();
    within.filter(|_| months <= MOST).ok_or(ExperienceUnclear)
}

/// A number at this token, with the unit after it and the months of "1 năm 6 tháng".
fn span(tokens: &[Token], at: usize) -> Option<Span> {
    let value = thousandths(tokens.get(at)?)?;
    let mut end = at.saturating_add(1);
    let is_plus = |at: usize| tokens.get(at).is_some_and(|token| token.is_sign('+'));
    let named = end.saturating_add(usize::from(is_plus(end)));
    let named = named.saturating_add(usize::from(is_word(tokens.get(named), &["a", "cai"])));
    let unit = tokens.get(named).and_then(unit);
    if unit.is_some() {
        end = named.saturating_add(1);
    } else if thousandths_of_word(tokens.get(at)?).is_some() && !is_joint(tokens.get(end)) {
        // "Ba" and "hai" count only with their unit.
        return None;
    }
    let mut more = 0;
    if unit == Some(12) {
        let number = tokens.get(end).and_then(thousandths);
        let months = tokens.get(end.saturating_add(1)).and_then(self::unit);
        if let (Some(number), Some(1)) = (number, months) {
            more = number;
            end = end.saturating_add(2);
        } else if is_word(tokens.get(end), &["ruoi"]) {
            more = 6_000;
            end = end.saturating_add(1);
        }
    }
    Some(Span {
        start: at,
        end,
        value,
        more,
        unit,
    })
}

/// The upper end of a range.
fn second(tokens: &[Token], first: &Span) -> Option<Span> {
    let mut at = first.end;
    if tokens.get(at).is_some_and(|token| token.is_sign('+')) {
        return None;
    }
    if !is_joint(tokens.get(at)) {
        return None;
    }
    while is_joint(tokens.get(at)) {
        at = at.saturating_add(1);
    }
    span(tokens, at).filter(|second| second.start > first.start)
}

fn is_joint(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.is_sign('-') || token.is_sign('>'))
        || is_word(token, &["den", "toi", "to", "hoac"])
}

/// A lone length: which end it is.
fn bounds(tokens: &[Token], start: usize, end: usize, months: u64) -> (Option<u64>, Option<u64>) {
    let before = |back: usize| start.checked_sub(back).and_then(|at| tokens.get(at));
    let least = (Some(months), None);
    let most = (None, Some(months));
    for back in 1..=3 {
        let word = before(back).and_then(Token::word);
        let one_more = before(back.saturating_add(1)).and_then(Token::word);
        match (one_more, word) {
            (Some("tren"), Some("duoi")) => return (Some(months), Some(months)),
            (Some("khong" | "ko"), Some("duoi" | "it")) | (Some("toi"), Some("thieu")) => {
                return least;
            }
            (Some("toi"), Some("da"))
            | (Some("khong" | "ko" | "chua"), Some("qua" | "den"))
            | (Some("it" | "less"), Some("hon" | "than")) => {
                return most;
            }
            (
                _,
                Some(
                    "tu" | "tren" | "hon" | "nhat" | "least" | "over" | "than" | "min" | "minimum"
                    | "from",
                ),
            ) => {
                return least;
            }
            (_, Some("duoi" | "under" | "den" | "toi" | "max" | "maximum")) => return most,
            _ => {}
        }
        match before(back) {
            Some(Token::Sign('>' | '≥')) => return least,
            Some(Token::Sign('<' | '≤')) => return most,
            _ => {}
        }
    }
    let near = tokens.get(start..end.saturating_add(4).min(tokens.len()));
    let near = near.unwrap_or_default();
    let has = |one: &str, other: &str| {
        near.windows(2).any(|pair| {
            matches!(pair, [first, second] if first.word() == Some(one) && second.word() == Some(other))
        })
    };
    if near.iter().any(|token| token.is_sign('+'))
        || has("tro", "len")
        || has("or", "more")
        || has("do", "len")
    {
        least
    } else if has("tro", "xuong") || has("tro", "lai") {
        most
    } else {
        (Some(months), Some(months))
    }
}

/// "Thử việc 2 tháng", "hợp đồng 1 năm".
fn counts_something_else(tokens: &[Token], start: usize) -> bool {
    let from = start.saturating_sub(4);
    let before = tokens.get(from..start).unwrap_or_default();
    let nearest = before.iter().rposition(|token| {
        matches!(
            token.word(),
            Some("viec" | "dong" | "hoc" | "tuoi" | "lop" | "luong" | "cap" | "nghi" | "hop")
        )
    });
    nearest.is_some_and(|at| {
        let before_it = at.checked_sub(1).and_then(|at| before.get(at));
        match before.get(at).and_then(Token::word) {
            Some("viec") => is_word(before_it, &["thu"]),
            Some("dong") => is_word(before_it, &["hop"]),
            Some("cap") => is_word(before_it, &["trung", "so"]),
            Some("hoc") => is_word(before_it, &["dai"]) || before_it.is_none(),
            _ => true,
        }
    })
}

fn thousandths(token: &Token) -> Option<u64> {
    token
        .number()
        .map(|number| number.thousandths)
        .or_else(|| thousandths_of_word(token))
}

fn thousandths_of_word(token: &Token) -> Option<u64> {
    Some(match token.word()? {
        "nua" | "half" => 500,
        "mot" | "one" => 1_000,
        "hai" | "two" => 2_000,
        "ba" | "three" => 3_000,
        "bon" | "four" => 4_000,
        // A year as well as five: it counts only before a unit.
        "nam" | "five" => 5_000,
        "sau" | "six" => 6_000,
        "bay" | "seven" => 7_000,
        "tam" | "eight" => 8_000,
        "chin" | "nine" => 9_000,
        "muoi" | "ten" => 10_000,
        _ => return None,
    })
}

/// Months of a unit.
fn unit(token: &Token) -> Option<u64> {
    match token.word()? {
        "nam" | "year" | "years" | "yr" | "yrs" | "y" | "nm" => Some(12),
        "thang" | "month" | "months" | "mths" | "th" => Some(1),
        _ => None,
    }
}
