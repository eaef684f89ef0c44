//! What an amount is paid for: "/tháng", "một ngày", "/người/tháng", "/kg cà phê tươi".

use super::Unit;
use super::amount::word;
use crate::reading::token::Token;

/// What an amount is paid for, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Per {
    /// A unit of a wage.
    Unit(Unit),
    /// Twelve months.
    Year,
}

/// Things by which work is counted and paid.
pub(super) const PIECES: [&str; 52] = [
    "sp", "san", "don", "kg", "ky", "ki", "kilo", "kilogam", "tan", "ta", "cai", "chiec", "bo",
    "hop", "bai", "to", "chuyen", "suat", "video", "piece", "pcs", "cay", "goc", "met", "ha",
    "hecta", "sao", "mau", "bao", "khach", "luot", "con", "thung", "sot", "cuon", "tam", "doi",
    "ho", "ao", "khoi", "order", "trip", "cuoc", "hang", "tour", "quan", "bong", "qua", "vien",
    "bau", "canh", "lan",
];

/// Who is paid, and other words after a slash that are no unit.
fn is_nobody(word: &str) -> bool {
    matches!(
        word,
        "nguoi" | "nv" | "ban" | "ld" | "net" | "gross" | "thang13" | "va" | "hoac"
    )
}

/// What stands after an amount, and the token after it. `is_small`: thousands or less, which are
/// hardly paid a month.
pub(super) fn per_after(tokens: &[Token], at: usize, is_small: bool) -> (Option<Per>, usize) {
    let is_slash = |at: usize| tokens.get(at).is_some_and(|token| token.is_sign('/'));
    let mut name = at;
    let slash = is_slash(at);
    if slash {
        name = name.saturating_add(1);
        if word(tokens, name).is_some_and(is_nobody) {
            name = name.saturating_add(1);
            let again = is_slash(name) || matches!(word(tokens, name), Some("mot" | "moi"));
            if !again {
                return per_after(tokens, name, is_small);
            }
            name = name.saturating_add(1);
        }
    }
    let said = slash
        || matches!(
            word(tokens, name),
            Some("mot" | "moi" | "per" | "a" | "cho")
        );
    if said
        && matches!(
            word(tokens, name),
            Some("mot" | "moi" | "per" | "a" | "cho")
        )
    {
        name = name.saturating_add(1);
    }
    let number = tokens.get(name).and_then(Token::number);
    let days = slash && matches!(word(tokens, name.saturating_add(1)), Some("ngay" | "cong"));
    if days && number.is_some_and(|number| number.thousandths > 20_000) {
        // "7 triệu/26 ngày công".
        return (Some(Per::Unit(Unit::Month)), name.saturating_add(2));
    }
    let one = number.is_some_and(|number| number.thousandths == 1_000);
    if one {
        name = name.saturating_add(1);
    }
    let Some(first) = word(tokens, name) else {
        return (None, at);
    };
    let after = name.saturating_add(1);
    let is_metre = tokens
        .get(after)
        .and_then(Token::number)
        .is_some_and(|number| matches!(number.thousandths, 2_000 | 3_000));
    if said && first == "m" && (is_metre || is_small) {
        let end = after.saturating_add(usize::from(is_metre));
        return (Some(Per::Unit(Unit::Piece)), end);
    }
    // "5 triệu cộng tiền sản phẩm" is no day's pay.
    let adds = first == "cong" && !said && !one && (slash || !is_small);
    let per = per_of(first, said || one).filter(|_| !adds).or_else(|| {
        (slash && !is_nobody(first) || (said || one) && PIECES.contains(&first))
            .then_some(Per::Unit(Unit::Piece))
    });
    let second = word(tokens, after);
    let has_second = matches!(
        (first, second),
        ("san", Some("pham")) | ("ngay", Some("cong")) | ("gio", Some("cong"))
    );
    match per {
        Some(_) => (per, after.saturating_add(usize::from(has_second))),
        None => (None, at),
    }
}

/// `said`: a slash or "per" stands before it, so that one letter is enough.
fn per_of(word: &str, said: bool) -> Option<Per> {
    Some(match word {
        "thang" | "month" | "months" | "mth" | "monthly" => Per::Unit(Unit::Month),
        "ngay" | "day" | "cong" | "daily" => Per::Unit(Unit::Day),
        "gio" | "hour" | "tieng" | "hr" | "hourly" => Per::Unit(Unit::Hour),
        "tuan" | "week" | "weekly" => Per::Unit(Unit::Week),
        // "8 triệu năm đầu" says when.
        "nam" if said => Per::Year,
        "year" | "annum" => Per::Year,
        "t" | "th" | "m" | "mo" if said => Per::Unit(Unit::Month),
        "n" | "ng" | "d" | "ca" | "buoi" | "dem" | "c" | "shift" if said => Per::Unit(Unit::Day),
        "h" | "g" | "tiet" if said => Per::Unit(Unit::Hour),
        _ => return None,
    })
}

fn is_word(token: Option<&Token>, wanted: &str) -> bool {
    token.and_then(Token::word) == Some(wanted)
}

/// What stands just before an amount: "1 ngày 350k", "ngày công 320.000", "mỗi kg 1.200đ".
pub(super) fn per_before(tokens: &[Token], start: usize) -> Option<Per> {
    let skip = |at: &usize| {
        tokens.get(*at).is_some_and(|token| {
            token.is_sign(':') || matches!(token.word(), Some("la" | "duoc" | "tu" | "khoang"))
        })
    };
    let at = (0..start).rev().find(|at| !skip(at))?;
    let last = word(tokens, at)?;
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_each = before.is_some_and(|token| {
        token
            .number()
            .is_some_and(|number| number.thousandths == 1_000)
            || matches!(token.word(), Some("moi" | "mot" | "theo"))
    });
    if is_each && PIECES.contains(&last)
        || last == "pham" && word(tokens, at.saturating_sub(1)) == Some("san")
    {
        return Some(Per::Unit(Unit::Piece));
    }
    let is_counted = before.is_some_and(|token| {
        token
            .number()
            .is_some_and(|number| number.thousandths != 1_000)
    });
    if is_counted {
        return None;
    }
    match last {
        "nhat" if !is_word(before, "cong") => None,
        "ca" | "nhat" | "buoi" => Some(Per::Unit(Unit::Day)),
        _ => per_of(last, false).filter(|per| *per != Per::Year),
    }
}
