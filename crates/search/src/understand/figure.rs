//! Figures of a query: "lương trên 15tr", "7-8 triệu", "2 năm kinh nghiệm".

use crate::words::Word;

/// A figure that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// The least wage, in VND a month.
    Wage(u64),
    /// Months of experience.
    Months(u16),
    /// Somebody's age, which is no condition.
    Age,
}

/// Words before a wage, folded.
const BEFORE: [&str; 18] = [
    "upto", "up", "len", "den", "cung", "luong", "muc", "thu", "nhap", "tren", "tu", "toi",
    "thieu", "khoang", "tam", "hon", "co", "duoi",
];
/// Words after a wage.
const AFTER: [&str; 4] = ["tro", "len", "thang", "vnd"];

/// The figure with which these words begin, and how many words it has.
pub(super) fn begin(words: &[Word]) -> Option<(usize, Figure)> {
    experience(words)
        .or_else(|| age(words))
        .or_else(|| wage(words))
}

/// "nữ 45 tuổi".
fn age(words: &[Word]) -> Option<(usize, Figure)> {
    let lead = words
        .iter()
        .take_while(|word| matches!(word.folded.as_str(), "nu" | "nam" | "tren"));
    let lead = lead.count();
    let [years, unit, ..] = words.get(lead..)? else {
        return None;
    };
    let is_age = unit.folded == "tuoi" && number(years).is_some();
    is_age.then_some((lead + 2, Figure::Age))
}

fn wage(words: &[Word]) -> Option<(usize, Figure)> {
    let lead = words
        .iter()
        .take_while(|word| BEFORE.contains(&word.folded.as_str()))
        .count();
    let rest = words.get(lead..)?;
    let (mut used, least) = amount(rest)?;
    let after = rest.get(used..).unwrap_or_default();
    used += after
        .iter()
        .take_while(|word| AFTER.contains(&word.folded.as_str()))
        .count();
    Some((lead + used, Figure::Wage(least)))
}

/// An amount or a span, in millions: the lower end.
fn amount(words: &[Word]) -> Option<(usize, u64)> {
    let (first, unit) = number(words.first()?)?;
    if let Some(unit) = unit {
        return Some((1, first.checked_mul(unit)?));
    }
    // "7 8 triệu", "7 triệu", "7-8tr".
    for (at, word) in words.iter().enumerate().skip(1).take(3) {
        if let Some(unit) = unit_of(&word.folded) {
            return Some((at + 1, first.checked_mul(unit)?));
        }
        let (_, unit) = number(word).or_else(|| (word.folded == "den").then_some((0, None)))?;
        if let Some(unit) = unit {
            return Some((at + 1, first.checked_mul(unit)?));
        }
    }
    None
}

/// Digits, and the unit that is written with them.
fn number(word: &Word) -> Option<(u64, Option<u64>)> {
    let end = word
        .folded
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.folded.len());
    let (digits, unit) = word.folded.split_at_checked(end)?;
    let value = digits.parse().ok()?;
    if unit.is_empty() {
        return Some((value, None));
    }
    Some((value, Some(unit_of(unit)?)))
}

fn unit_of(word: &str) -> Option<u64> {
    matches!(word, "tr" | "trieu" | "m" | "cu" | "chai").then_some(1_000_000)
}

fn experience(words: &[Word]) -> Option<(usize, Figure)> {
    let [years, unit, rest @ ..] = words else {
        return None;
    };
    let (years, None) = number(years)? else {
        return None;
    };
    let folded = |at: usize| rest.get(at).map_or("", |word| word.folded.as_str());
    let used = match (unit.folded.as_str(), folded(0), folded(1)) {
        ("nam", "kinh", "nghiem") => 4,
        ("nam", "kn" | "exp", _) => 3,
        _ => return None,
    };
    let months = u16::try_from(years.checked_mul(12)?).ok()?;
    Some((used, Figure::Months(months)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn figures_are_read() {
        for (text, expected) in [
            ("lương trên 15tr", Some((3, Figure::Wage(15_000_000)))),
            (
                "15 triệu trở lên hà nội",
                Some((4, Figure::Wage(15_000_000))),
            ),
            ("7-8 triệu", Some((3, Figure::Wage(7_000_000)))),
            ("lương 7 đến 8 triệu", Some((5, Figure::Wage(7_000_000)))),
            ("2 năm kinh nghiệm", Some((4, Figure::Months(24)))),
            ("3 năm kn", Some((3, Figure::Months(36)))),
            ("2 ca", None),
            ("quận 7", None),
            ("99999999999999999999tr", None),
        ] {
            assert_eq!(begin(&words(text, 20)), expected, "{text}");
        }
    }
}
