//! What is counted: thousands and millions, and in which money.

use super::amount::word;
use crate::reading::token::Token;

/// Which money is meant, where that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Currency {
    Dong,
    Dollar,
    /// Yen, won, euro: no figure for us.
    Other,
}

pub(super) fn is_thousand(word: &str) -> bool {
    matches!(word, "k" | "nghin" | "ngan")
}

/// "Ba trăm" of money are three hundred thousand.
pub(super) const HUNDRED: u64 = 100_000;

/// What a word counts, as people write and say it.
pub(super) fn scale_of(word: &str) -> Option<u64> {
    plain_scale_of(word).or_else(|| is_misspelt_million(word).then_some(1_000_000))
}

/// What a word counts, where it is spelt as it should be.
pub(super) fn plain_scale_of(word: &str) -> Option<u64> {
    Some(match word {
        "trieu" | "trieudong" | "tr" | "trd" | "trvnd" | "m" | "mil" | "mio" | "mill"
        | "million" | "millions" | "cu" | "chai" => 1_000_000,
        "ty" | "ti" => 1_000_000_000,
        "tram" | "lit" | "xi" => HUNDRED,
        "k" | "kd" | "kvnd" | "nghin" | "ngan" | "nghing" | "nghi" | "n" | "ng" | "thousand" => {
            1_000
        }
        _ => return None,
    })
}

/// "tiệu", "trieệu", "trệu", "tirệu": a letter of "triệu" too many, too few, or two in the wrong
/// order.
fn is_misspelt_million(word: &str) -> bool {
    matches!(
        word,
        "tieu"
            | "rieu"
            | "treu"
            | "triu"
            | "trie"
            | "trieeu"
            | "triieu"
            | "trrieu"
            | "trieuu"
            | "ttrieu"
            | "tireu"
            | "rtieu"
            | "treiu"
            | "triue"
            | "trieju"
            | "trieuj"
            | "tricu"
            | "triwu"
            | "trjeu"
            | "triwj"
            | "tryeu"
    )
}

pub(super) fn currency_of(word: &str) -> Option<Currency> {
    Some(match word {
        "d" | "vnd" | "vn" | "dong" => Currency::Dong,
        "usd" | "us" | "dollar" | "dollars" => Currency::Dollar,
        "yen" | "jpy" | "man" | "won" | "krw" | "ntd" | "twd" | "nt" | "te" | "ndt" | "rmb"
        | "cny" | "eur" | "euro" | "sgd" | "myr" | "ringgit" | "baht" | "thb" | "kip" | "aud"
        | "cad" | "gbp" | "ron" | "zloty" | "riel" | "bath" | "rub" | "peso" | "dinar" | "aed"
        | "huf" | "forint" | "leu" | "rm" => Currency::Other,
        _ => return None,
    })
}

fn sign_of(token: &Token) -> Option<Currency> {
    match token {
        Token::Sign('$') => Some(Currency::Dollar),
        Token::Sign('€' | '¥' | '₩' | '£') => Some(Currency::Other),
        _ => None,
    }
}

/// `directly`: the number stands just before, so that "đô" cannot be another word.
pub(super) fn currency_after(tokens: &[Token], at: usize, directly: bool) -> Option<Currency> {
    match tokens.get(at)? {
        Token::Word(word) if directly && word == "do" => Some(Currency::Dollar),
        Token::Word(word) if matches!(word.as_str(), "la" | "my") => {
            // "Đô la Mỹ", after the "đô".
            let before = at.checked_sub(1).and_then(|at| self::word(tokens, at));
            matches!(before, Some("do" | "la")).then_some(Currency::Dollar)
        }
        Token::Word(word) if word == "dai" => {
            (self::word(tokens, at.saturating_add(1)) == Some("te")).then_some(Currency::Other)
        }
        Token::Word(word) => currency_of(word),
        sign => sign_of(sign),
    }
}

/// The money written before a number, and the token where it starts: "$800", "VND 8,000,000",
/// "NT$ 29,500".
pub(super) fn currency_before(tokens: &[Token], at: usize) -> Option<(Currency, usize)> {
    let before = at.checked_sub(1)?;
    let token = tokens.get(before)?;
    let currency = match token {
        Token::Word(word)
            if matches!(
                word.as_str(),
                "vnd" | "usd" | "jpy" | "krw" | "ntd" | "twd" | "eur"
            ) =>
        {
            currency_of(word)
        }
        Token::Word(_) => None,
        sign => sign_of(sign),
    }?;
    let prefix = before.checked_sub(1).and_then(|at| word(tokens, at));
    match prefix {
        Some("nt" | "s" | "hk" | "a" | "au" | "sg" | "c") if currency == Currency::Dollar => {
            Some((Currency::Other, before.saturating_sub(1)))
        }
        _ => Some((currency, before)),
    }
}
