//! Numbers in words: "bảy triệu", "ba trăm năm mươi nghìn".

use super::amount::is_joint;
use super::money::plain_scale_of as scale_of;
use crate::reading::token::{Number, Token};

/// One to nine in folded words.
pub(super) fn digit(word: &str) -> Option<u64> {
    Some(match word {
        "mot" => 1,
        "hai" => 2,
        "ba" => 3,
        "bon" => 4,
        "nam" => 5,
        "sau" => 6,
        "bay" => 7,
        "tam" => 8,
        "chin" => 9,
        _ => return None,
    })
}

/// The tokens with numbers in words as numbers, where they count money.
pub(super) fn with_numbers(tokens: &[Token]) -> Vec<Token> {
    let mut result = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let number = number(tokens, at)
            .filter(|&(_, end)| counts_money(tokens, end) && !is_harvest(tokens, at, end));
        if let Some((value, end)) = number {
            result.push(Token::Number(Number {
                thousandths: value.saturating_mul(1_000),
                digits: None,
            }));
            at = end;
        } else {
            result.push(token.clone());
            at = at.saturating_add(1);
        }
    }
    result
}

/// "Hái củ": no two million.
fn is_harvest(tokens: &[Token], at: usize, end: usize) -> bool {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    word(at) == Some("hai") && matches!(word(end), Some("cu" | "chai"))
}

/// A scale follows, or another number in words with a scale: "bảy đến tám triệu".
fn counts_money(tokens: &[Token], end: usize) -> bool {
    let is_scale = |at: usize| {
        // Whole words only: "ba m" is no money.
        let word = tokens.get(at).and_then(Token::word);
        word.is_some_and(|word| word.len() > 1 && scale_of(word).is_some())
    };
    let joins = tokens.get(end).is_some_and(|token| {
        token.is_sign('-') || token.is_sign(',') || token.word().is_some_and(is_joint)
    });
    is_scale(end)
        || joins && number(tokens, end.saturating_add(1)).is_some_and(|(_, end)| is_scale(end))
}

/// A number below a thousand at this token, and the token after it.
fn number(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let next = at.saturating_add(1);
    let after = at.saturating_add(2);
    if let (Some(hundreds), Some("tram")) = (word(at).and_then(digit), word(next)) {
        let linked = after.saturating_add(usize::from(matches!(word(after), Some("le" | "linh"))));
        let (rest, end) = tens(tokens, linked).unwrap_or((0, after));
        let value = hundreds.saturating_mul(100).saturating_add(rest);
        // Without a scale after it "trăm" is the scale.
        if word(end).is_some_and(|word| scale_of(word).is_some()) {
            return Some((value, end));
        }
        return Some((hundreds, next));
    }
    tens(tokens, at)
}

fn tens(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    let next = at.saturating_add(1);
    let ones = |at: usize| match word(at)? {
        "lam" | "nham" => Some(5),
        "tu" => Some(4),
        other => digit(other),
    };
    let (tens, ones_at) = match (word(at)?, word(next)) {
        ("muoi", _) => (1, next),
        (first, Some("muoi")) => (digit(first)?, at.saturating_add(2)),
        (first, _) => return Some((digit(first)?, next)),
    };
    let value = u64::saturating_mul(tens, 10);
    Some(match ones(ones_at) {
        Some(ones) => (value.saturating_add(ones), ones_at.saturating_add(1)),
        None => (value, ones_at),
    })
}
