//! Numbers, words and signs of a text, without accents and case.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_unseen;

/// A number, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value times a thousand.
    pub(super) thousandths: u64,
    /// The digits, where it was written with digits alone: "7tr5" needs to know "5" from "05".
    pub(super) digits: Option<u8>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number that can be read.
    Number(Number),
    /// Letters.
    Word(String),
    /// Anything else but a space.
    Sign(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Number(_) | Self::Sign(_) => None,
        }
    }

    pub(super) const fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Word(_) | Self::Sign(_) => None,
        }
    }

    pub(super) const fn is_sign(&self, sign: char) -> bool {
        matches!(self, Self::Sign(this) if *this == sign)
    }
}

/// The pieces of a text. A number that cannot be read is left as a sign, so that what follows
/// it does not count as its neighbour.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let plain = plain(text);
    let mut tokens = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if let Some(after) = after_telephone(rest) {
            (Token::Sign('?'), after)
        } else if first.is_ascii_digit() {
            let (written, after) = number_at(rest);
            match after_exponent(after) {
                Some(after) => (Token::Sign('?'), after),
                None => (
                    number(written).map_or(Token::Sign('?'), Token::Number),
                    after,
                ),
            }
        } else if first.is_alphabetic() {
            let (word, after) = split_where(rest, |c| !c.is_alphabetic());
            (Token::Word(word.to_owned()), after)
        } else {
            (
                Token::Sign(first),
                rest.get(first.len_utf8()..).unwrap_or(""),
            )
        };
        rest = after;
        if token != Token::Sign(' ') {
            tokens.push(token);
        }
    }
    tokens
}

/// Small letters without accents; punctuation stays, since it parts numbers.
fn plain(text: &str) -> String {
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|&c| !('\u{300}'..='\u{36f}').contains(&c) && !is_unseen(c))
        .map(|c| match c {
            'đ' | 'ð' | '₫' => 'd',
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '→' | '÷' => '-',
            '≤' => '<',
            '≥' => '>',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// What follows a telephone number at the start of the text: "0900 000 123", "0900.000.123".
fn after_telephone(text: &str) -> Option<&str> {
    let mut second = text.chars().skip(1);
    if !text.starts_with('0') || !second.next().is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let (run, _) = split_where(text, |c| {
        !(c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'))
    });
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let end = run.trim_end_matches([' ', '.', '-']).len();
    (9..=11)
        .contains(&digits)
        .then(|| text.get(end..))
        .flatten()
}

/// What follows the exponent of "1e999", which nobody writes for money.
fn after_exponent(text: &str) -> Option<&str> {
    let exponent = text.strip_prefix('e')?;
    let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (_, after) = split_where(digits, |c| !c.is_ascii_digit());
    (after.len() < digits.len()).then_some(after)
}

fn split_where(text: &str, stop: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(stop).unwrap_or(text.len()))
}

/// A number at the start of the text and what follows: "10.000", "7,5", "12 000 000".
fn number_at(text: &str) -> (&str, &str) {
    let (run, _) = split_where(text, |c| !(c.is_ascii_digit() || c == '.' || c == ','));
    let mut end = run.trim_end_matches(['.', ',']).len();
    let bare = run.len() == end && run.bytes().all(|byte| byte.is_ascii_digit());
    while bare && run.len() <= 3 && end <= 15 {
        let group = text.get(end..).and_then(|rest| rest.strip_prefix(' '));
        let Some(group) = group else { break };
        let (digits, _) = split_where(group, |c| !(c.is_ascii_digit() || c == '.' || c == ','));
        let digits = digits.trim_end_matches(['.', ',']);
        if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        end = end.saturating_add(4);
    }
    text.split_at(end)
}

/// Groups of three after each separator are thousands, unless they follow a lone nought; else a
/// last separator that is no other's equal is the decimal sign.
fn number(written: &str) -> Option<Number> {
    if written.len() > 24 {
        return None;
    }
    let digits = written
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| u8::try_from(written.len()).ok())
        .flatten();
    let (whole, decimals) = match written.rfind(['.', ',']) {
        None => (written, ""),
        Some(at) => {
            let (whole, tail) = written.split_at(at);
            let decimals = tail.get(1..)?;
            let other = whole.contains(['.', ',']);
            let mixed = other && !whole.contains(tail.chars().next()?);
            if decimals.len() == 3 && whole != "0" && !mixed {
                (written, "")
            } else if other && !mixed {
                return None;
            } else {
                (whole, decimals)
            }
        }
    };
    let mut groups = whole.split(['.', ',', ' ']);
    let first = groups.next()?;
    if first.is_empty() || (whole.len() > first.len() && first.len() > 3) {
        return None;
    }
    let mut value: u64 = first.parse().ok()?;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        value = value.checked_mul(1_000)?.checked_add(group.parse().ok()?)?;
    }
    let fraction = match decimals.len() {
        0 => 0,
        1 => decimals.parse::<u64>().ok()?.checked_mul(100)?,
        2 => decimals.parse::<u64>().ok()?.checked_mul(10)?,
        3 => decimals.parse().ok()?,
        _ => return None,
    };
    Some(Number {
        thousandths: value.checked_mul(1_000)?.checked_add(fraction)?,
        digits,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn thousandths(text: &str) -> Option<u64> {
        match tokens(text).as_slice() {
            [Token::Number(number)] => Some(number.thousandths),
            _ => None,
        }
    }

    #[test]
    fn separators_part_thousands_or_decimals() {
        for (text, value) in [
            ("7", 7_000),
            ("7,5", 7_500),
            ("7.25", 7_250),
            ("0.250", 250),
            ("1,000", 1_000_000),
            ("10.000.000", 10_000_000_000),
            ("10 000 000", 10_000_000_000),
            ("12.000,50", 12_000_500),
            ("１２", 12_000),
        ] {
            assert_eq!(thousandths(text), Some(value), "{text}");
        }
        for text in ["1.2.3", "1234.567.89", "99999999999999999999", "1.2345"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }

    #[test]
    fn letters_and_digits_part_without_a_space() {
        let word = |word: &str| Token::Word(word.to_owned());
        let found = tokens("Từ 7tr5/tháng, 2 – 3");
        assert_eq!(found[0], word("tu"));
        assert_eq!(found[2], word("tr"));
        assert!(found[4].is_sign('/') && found[6].is_sign(',') && found[8].is_sign('-'));
        assert_eq!(found.len(), 10);
    }

    proptest! {
        #[test]
        fn any_text_has_tokens_without_a_panic(text in "\\PC{0,80}|[0-9., ]{0,40}") {
            let _ = tokens(&text);
        }

        #[test]
        fn grouped_numbers_come_back(value in 0_u64..1_000_000_000_000, sign in "[., ]") {
            let digits = value.to_string();
            let mut grouped = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at) % 3 == 0 {
                    grouped.push_str(&sign);
                }
                grouped.push(digit);
            }
            prop_assert_eq!(thousandths(&grouped), Some(value * 1_000));
        }
    }
}
