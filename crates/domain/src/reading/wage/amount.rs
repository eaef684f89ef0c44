//! Amounts of money in a text, with what stands around them.

use super::Period;
use crate::reading::token::{Number, Token};

/// What an amount is paid for, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Per {
    /// A period of [`Period`].
    Period(Period),
    /// Seven days.
    Week,
    /// Twelve months.
    Year,
    /// A piece, an order, a kilogram.
    Piece,
}

/// A number and the unit that stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// In thousandths of the unit.
    pub(super) thousandths: u64,
    /// What one of it is in VND; `None` where nothing was written.
    pub(super) unit: Option<u64>,
    /// What it is paid for, where that stands with it.
    pub(super) per: Option<Per>,
    /// The first token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
}

impl Amount {
    /// VND at this price of the unit.
    pub(super) fn at(&self, unit: u64) -> u64 {
        let vnd = u128::from(self.thousandths).saturating_mul(u128::from(unit)) / 1_000;
        u64::try_from(vnd).unwrap_or(u64::MAX)
    }
}

/// The amounts of a text. Numbers that count something else ("tháng 13", "85%", "8h", "26 ngày",
/// "22/10") are left out.
pub(super) fn amounts(tokens: &[Token], usd_vnd: u64) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let amount = token
            .number()
            .and_then(|number| amount(tokens, at, number, usd_vnd));
        let next = at.saturating_add(1);
        at = amount.map_or(next, |amount| amount.end.max(next));
        found.extend(amount);
    }
    found
}

fn amount(tokens: &[Token], at: usize, number: Number, usd_vnd: u64) -> Option<Amount> {
    let mut thousandths = number.thousandths;
    let mut end = at.saturating_add(1);
    let mut start = at;
    let mut unit = word(tokens, end).and_then(|word| unit_of(word, usd_vnd));
    if dollar(tokens, end) {
        unit = Some(usd_vnd);
    }
    if let Some(one) = unit {
        end = end.saturating_add(1);
        if one == 1_000_000 {
            let (more, used) = after_million(tokens, end);
            thousandths = thousandths.saturating_add(more);
            end = end.saturating_add(used);
        }
        if one != usd_vnd && dollar(tokens, end) {
            unit = Some(usd_vnd.saturating_mul(one));
        }
        while word(tokens, end).is_some_and(is_currency) || dollar(tokens, end) {
            end = end.saturating_add(1);
        }
    } else if let Some(before) = at.checked_sub(1)
        && (dollar(tokens, before) || word(tokens, before).is_some_and(is_currency))
    {
        start = before;
        unit = Some(if word(tokens, before).is_some_and(is_dong) {
            1
        } else {
            usd_vnd
        });
    }
    let (per, after) = per(tokens, end);
    let amount = Amount {
        thousandths,
        unit,
        per,
        start,
        end: after,
    };
    (unit.is_some() || may_stand_alone(tokens, at, end, per.is_some())).then_some(amount)
}

/// Whether a number without a unit may be meant as money.
fn may_stand_alone(tokens: &[Token], at: usize, end: usize, per: bool) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let counted_before = before.is_some_and(|token| {
        token.is_sign('/') || matches!(token.word(), Some("thang" | "thu" | "ngay" | "ca" | "nam"))
    });
    let follows = match tokens.get(end) {
        None => true,
        Some(Token::Sign(sign)) => per || !matches!(sign, '%' | '/' | '?' | ':'),
        Some(Token::Word(word)) => is_joint(word),
        Some(Token::Number(_)) => false,
    };
    !counted_before && follows
}

/// Words that may stand between the two ends of a range.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "den" | "toi" | "to" | "len" | "up" | "upto" | "da" | "max" | "tren" | "hon"
    )
}

/// "7tr5", "7 triệu rưỡi", "7 triệu 500 nghìn": thousandths of a million, and how many tokens say
/// so.
fn after_million(tokens: &[Token], at: usize) -> (u64, usize) {
    if word(tokens, at) == Some("ruoi") {
        return (500, 1);
    }
    let Some(number) = tokens.get(at).and_then(Token::number) else {
        return (0, 0);
    };
    let whole = number.thousandths / 1_000;
    let after = at.saturating_add(1);
    let next = tokens.get(after);
    if number.digits.is_some() && matches!(word(tokens, after), Some("k" | "nghin" | "ngan")) {
        return (whole.min(999), 2);
    }
    // "10 triệu 13 tháng", "10 triệu 5%": the number counts something else.
    let ends = next.is_none_or(|next| {
        next.word()
            .map_or(!next.is_sign('%') && next.number().is_none(), is_joint)
    });
    match number.digits {
        Some(1) if ends => (whole.saturating_mul(100), 1),
        Some(2) if ends => (whole.saturating_mul(10), 1),
        Some(3) if ends => (whole, 1),
        _ => (0, 0),
    }
}

/// What stands after an amount: "/tháng", "một ngày", "per hour"; and the token after it.
fn per(tokens: &[Token], at: usize) -> (Option<Per>, usize) {
    let slash = tokens.get(at).is_some_and(|token| token.is_sign('/'));
    let said = slash || matches!(word(tokens, at), Some("mot" | "moi" | "per" | "a"));
    let mut name = at.saturating_add(usize::from(said));
    let one = tokens
        .get(name)
        .and_then(Token::number)
        .is_some_and(|number| number.thousandths == 1_000);
    if one || slash && matches!(word(tokens, name), Some("mot" | "moi")) {
        name = name.saturating_add(1);
    }
    match word(tokens, name).and_then(|word| per_of(word, said || one)) {
        Some(per) => (Some(per), name.saturating_add(1)),
        None => (None, at),
    }
}

/// `said`: a slash or "per" stands before it, so that one letter is enough.
fn per_of(word: &str, said: bool) -> Option<Per> {
    Some(match word {
        "thang" | "month" | "months" | "mth" => Per::Period(Period::Month),
        "ngay" | "day" | "cong" => Per::Period(Period::Day),
        "gio" | "hour" | "tieng" | "hr" => Per::Period(Period::Hour),
        "tuan" | "week" => Per::Week,
        "nam" | "year" | "annum" => Per::Year,
        "t" | "th" | "m" | "mo" if said => Per::Period(Period::Month),
        "n" | "d" | "ca" if said => Per::Period(Period::Day),
        "h" | "g" if said => Per::Period(Period::Hour),
        "sp" | "san" | "don" | "kg" | "bo" | "cai" | "chiec" | "hop" | "bai" | "to" | "tan"
        | "chuyen" | "suat" | "video" | "piece"
            if said =>
        {
            Per::Piece
        }
        _ => return None,
    })
}

fn unit_of(word: &str, usd_vnd: u64) -> Option<u64> {
    Some(match word {
        "trieu" | "trieudong" | "tr" | "trd" | "trvnd" | "m" | "mil" | "mio" | "mill"
        | "million" | "millions" | "cu" => 1_000_000,
        "ty" | "ti" => 1_000_000_000,
        "k" | "kd" | "kvnd" | "nghin" | "ngan" | "n" | "ng" | "thousand" => 1_000,
        "usd" | "us" | "dollar" | "dollars" | "do" => usd_vnd,
        word if is_dong(word) => 1,
        _ => return None,
    })
}

fn is_dong(word: &str) -> bool {
    matches!(word, "d" | "vnd" | "vn" | "dong")
}

/// Words that may follow a unit, or stand before a number, and say which money is meant.
fn is_currency(word: &str) -> bool {
    is_dong(word) || matches!(word, "usd" | "us" | "la" | "my")
}

fn dollar(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        token.is_sign('$') || matches!(token.word(), Some("usd" | "us" | "dollar"))
    })
}

fn word(tokens: &[Token], at: usize) -> Option<&str> {
    tokens.get(at).and_then(Token::word)
}
