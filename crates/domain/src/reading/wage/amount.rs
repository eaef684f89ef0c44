//! Amounts of money in a text, with what stands around them.

use super::money::{Currency, HUNDRED, currency_after, currency_before, is_thousand, scale_of};
use super::per::{Per, per_after};
use crate::reading::token::{Number, Token};

/// A number and what stands with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    /// In thousandths of the scale.
    pub(super) thousandths: u64,
    /// How many one of it counts; `None` where nothing was written.
    pub(super) scale: Option<u64>,
    /// The money; `None` where nothing was written.
    pub(super) currency: Option<Currency>,
    /// What it is paid for, where that stands with it.
    pub(super) per: Option<Per>,
    /// The first token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
}

impl Amount {
    /// What it counts at this scale.
    pub(super) fn at(&self, scale: u64) -> u64 {
        let value = u128::from(self.thousandths).saturating_mul(u128::from(scale)) / 1_000;
        u64::try_from(value).unwrap_or(u64::MAX)
    }

    /// A number alone: neither a scale nor money is written with it.
    pub(super) const fn is_bare(&self) -> bool {
        self.scale.is_none() && self.currency.is_none()
    }
}

/// The amounts of a text. Numbers that count something else ("tháng 13", "85%", "8h", "26 ngày",
/// "22/10", "18-35 tuổi") are left out.
pub(super) fn amounts(tokens: &[Token]) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut left_out = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = at.saturating_add(1);
        let Some(number) = token.number() else {
            at = next;
            continue;
        };
        if is_height(tokens, at) {
            at = at.saturating_add(3);
            continue;
        }
        let amount = amount(tokens, at, number);
        let follows_other = left_out.is_some_and(|other| is_range(tokens, other, at));
        if amount.is_bare() && (follows_other || !may_stand_alone(tokens, &amount, at)) {
            // "18 - 35 tuổi": the first is no wage either.
            found.pop_if(|last| last.is_bare() && is_range(tokens, last.end, at));
            left_out = Some(next);
            at = next;
            continue;
        }
        left_out = None;
        at = amount.end.max(next);
        found.push(amount);
    }
    found
}

/// Whether nothing but a dash or a joint stands between.
fn is_range(tokens: &[Token], from: usize, to: usize) -> bool {
    let mut between = tokens.get(from..to).unwrap_or_default().iter();
    match (between.next(), between.next()) {
        // "Tháng 13, 14", "thứ 2 và 4".
        (Some(one), None) => {
            one.is_sign('-')
                || one.is_sign(',')
                || one
                    .word()
                    .is_some_and(|word| is_joint(word) || word == "va")
        }
        _ => false,
    }
}

fn amount(tokens: &[Token], at: usize, number: Number) -> Amount {
    let mut amount = Amount {
        thousandths: number.thousandths,
        scale: None,
        currency: None,
        per: None,
        start: at,
        end: at.saturating_add(1),
    };
    // "500 (nghìn/ngày)".
    let opened = tokens
        .get(amount.end)
        .is_some_and(|token| token.is_sign('('));
    let name = amount.end.saturating_add(usize::from(opened));
    if let Some(scale) = word(tokens, name).and_then(scale_of) {
        amount.scale = Some(scale);
        amount.end = name.saturating_add(1);
        // "Nghìn tỷ".
        let times =
            word(tokens, amount.end).filter(|_| is_thousand(word(tokens, name).unwrap_or("")));
        if let Some(times @ 1_000_000..) = times.and_then(scale_of) {
            amount.scale = Some(scale.saturating_mul(times));
            amount.end = amount.end.saturating_add(1);
        }
        if scale == HUNDRED && word(tokens, amount.end).is_some_and(is_thousand) {
            amount.end = amount.end.saturating_add(1);
        }
        if matches!(scale, 1_000_000 | HUNDRED | 1_000) {
            let (more, used) = after_million(tokens, amount.end);
            amount.thousandths = amount.thousandths.saturating_add(more);
            amount.end = amount.end.saturating_add(used);
        }
    }
    while let Some(currency) = currency_after(
        tokens,
        amount.end,
        amount.scale.is_none_or(|scale| scale == 1_000),
    ) {
        // "đồng Đài tệ", "US$": the second tells more.
        amount.currency = match amount.currency {
            None | Some(Currency::Dong) => Some(currency),
            said => said,
        };
        amount.end = amount.end.saturating_add(1);
    }
    if let Some((currency, start)) = currency_before(tokens, at) {
        amount.currency = amount.currency.or(Some(currency));
        amount.start = start;
    }
    let is_small = amount.scale.is_none_or(|scale| scale < 1_000_000);
    let (per, end) = per_after(tokens, amount.end, is_small);
    amount.per = per;
    amount.end = end;
    amount
}

/// Words before a number by which it counts something else.
const COUNTED_BEFORE: [&str; 29] = [
    "thang", "thu", "ngay", "ca", "nam", "lop", "tuoi", "so", "sl", "bac", "lh", "sdt", "dt",
    "tuyen", "can", "doi", "tang", "x", "hang", "nu", "quy", "vung", "t", "cn", "kv", "loai", "km",
    "nghi", "nhom",
];

/// What is numbered rather than counted.
fn is_label(word: &str) -> bool {
    matches!(word, "nam" | "lh" | "sdt" | "dt" | "so")
}

/// Whether a number without a unit may be meant as money.
fn may_stand_alone(tokens: &[Token], amount: &Amount, at: usize) -> bool {
    if tokens.get(at).and_then(Token::number).is_none() {
        return false;
    }
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    if is_in_chain(tokens, at) {
        return false;
    }
    if before(1).is_some_and(|token| token.is_sign('/') || token.is_sign('?')) {
        return false;
    }
    let counted = (1..=4)
        .map_while(|back| before(back).and_then(Token::word))
        .find(|word| !is_joint(word) && !matches!(*word, "tu" | "duoi" | "khoang" | "tam"));
    // Nobody counts so many days or shifts: "hái cà 1.000 đến 1.300".
    let is_many = amount.thousandths >= 200_000;
    if counted.is_some_and(|word| COUNTED_BEFORE.contains(&word) && (!is_many || is_label(word))) {
        return false;
    }
    let is_each = matches!(
        word(tokens, at.saturating_add(1)),
        Some("mot" | "moi" | "per")
    );
    match tokens.get(at.saturating_add(1)) {
        None => true,
        Some(Token::Sign('/')) => amount.per.is_some(),
        Some(Token::Sign(sign)) => !matches!(sign, '%' | '?' | ':' | '('),
        Some(Token::Word(word)) => is_joint(word) || is_each && amount.per.is_some(),
        Some(Token::Number(_)) => false,
    }
}

/// One of three numbers with dashes between: a day.
fn is_in_chain(tokens: &[Token], at: usize) -> bool {
    (0..=4).step_by(2).any(|back| {
        let chain = at
            .checked_sub(back)
            .and_then(|from| tokens.get(from..from.saturating_add(5)));
        matches!(
            chain,
            Some([
                Token::Number(_),
                Token::Sign('-'),
                Token::Number(_),
                Token::Sign('-'),
                Token::Number(_)
            ])
        )
    })
}

/// "Cao 1m6": a height.
fn is_height(tokens: &[Token], at: usize) -> bool {
    let number = |at: usize| tokens.get(at).and_then(Token::number);
    let is_one = number(at).is_some_and(|number| number.thousandths == 1_000);
    is_one
        && word(tokens, at.saturating_add(1)) == Some("m")
        && number(at.saturating_add(2)).is_some_and(|number| number.digits.is_some())
}

/// Words that may stand between the two ends of a range.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "den" | "toi" | "to" | "len" | "up" | "upto" | "da" | "max" | "tren" | "hon" | "hoac"
    )
}

/// Nothing, a sign or a unit of time stands after a digit in words: "bảy triệu hai".
fn closes(next: Option<&Token>) -> bool {
    next.is_none_or(|next| match next {
        Token::Word(word) => is_joint(word) || matches!(word.as_str(), "mot" | "moi"),
        Token::Sign(sign) => *sign != '%',
        Token::Number(_) => false,
    })
}

/// What is counted by a number that stands after an amount.
const COUNTED_AFTER: [&str; 16] = [
    "thang", "ngay", "gio", "nguoi", "cong", "nam", "tuan", "bua", "ca", "h", "buoi", "tieng",
    "lan", "con", "nv", "ban",
];

/// "7tr5", "7 triệu rưỡi", "7 triệu 500 nghìn", "bảy triệu hai": thousandths of a million, and how
/// many tokens say so.
fn after_million(tokens: &[Token], at: usize) -> (u64, usize) {
    let after = at.saturating_add(1);
    let next = tokens.get(after);
    let one_of = tokens
        .get(at.saturating_add(2))
        .and_then(Token::word)
        .is_some_and(|word| COUNTED_AFTER.contains(&word));
    let ends = next.is_none_or(|next| match next {
        // "10 triệu 13 tháng", "10 triệu 5%": the number counts something else.
        Token::Word(word) => !COUNTED_AFTER.contains(&word.as_str()),
        Token::Sign(sign) => *sign != '%',
        // "1tr5 1 tuần".
        Token::Number(number) => number.thousandths == 1_000 && one_of,
    });
    if let Some(word) = word(tokens, at) {
        return match super::spelled::digit(word) {
            _ if word == "ruoi" => (500, 1),
            // "Nam" is a year as well as five, "sau" is after as well as six.
            Some(digit) if !matches!(word, "nam" | "sau") && closes(next) => {
                (digit.saturating_mul(100), 1)
            }
            _ => (0, 0),
        };
    }
    let Some(number) = tokens.get(at).and_then(Token::number) else {
        return (0, 0);
    };
    let whole = number.thousandths / 1_000;
    if word(tokens, after).is_some_and(is_thousand) {
        return (whole.min(999), 2);
    }
    match number.digits {
        Some(1) if ends => (whole.saturating_mul(100), 1),
        Some(2) if ends => (whole.saturating_mul(10), 1),
        Some(3) if ends => (whole, 1),
        _ => (0, 0),
    }
}

pub(super) fn word(tokens: &[Token], at: usize) -> Option<&str> {
    tokens.get(at).and_then(Token::word)
}
