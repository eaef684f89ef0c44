//! An upper bound of age: "18 - 35 tuổi", "không quá 40 tuổi", "sinh năm 1990 trở lại".

use std::sync::LazyLock;

use super::lists::EQUAL;
use super::phrases::all;
use super::words::{Phrase, Words};
use super::{Concern, Finding, Ground};

/// Words looked at on either side of "tuổi".
const AROUND: usize = 5;
/// Ages of somebody who works. Below they are those of children looked after; from the upper end on
/// nobody is kept out who has not retired.
const WORKING: std::ops::Range<u32> = 18..60;

struct Lists {
    age: Phrase,
    born: Vec<Phrase>,
    upper: Vec<Phrase>,
    lower: Vec<Phrase>,
    others: Vec<Phrase>,
    equal: Vec<Phrase>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    age: Phrase::of("tuổi"),
    born: all(&["sinh năm", "sinh từ năm", "sn"]),
    upper: all(&[
        "dưới",
        "không quá",
        "tối đa",
        "đến",
        "tới",
        "chưa quá",
        "không trên",
    ]),
    lower: all(&["từ", "trên", "đủ", "tối thiểu", "ít nhất", "hơn"]),
    others: all(&[
        "trẻ",
        "bé",
        "học sinh",
        "khách",
        "con",
        "công ty",
        "học viên",
        "người già",
        "cụ",
    ]),
    equal: all(&EQUAL),
});

/// All that keep the older out.
pub(super) fn find(words: &Words) -> Vec<Finding> {
    let lists = &*LISTS;
    (0..words.len())
        .filter_map(|at| {
            if words.is(at, &lists.age) {
                around(words, lists, at)
            } else if words.is_any(at, &lists.born) {
                born(words, at)
            } else {
                None
            }
        })
        .collect()
}

fn around(words: &Words, lists: &Lists, at: usize) -> Option<Finding> {
    let next = at.saturating_add(1);
    let first = at.saturating_sub(AROUND);
    let is_equal = words.has_before(at, AROUND, &lists.equal);
    if is_equal || words.has_before(at, AROUND, &lists.others) {
        return None;
    }
    let number = |at: usize| words.get(at).and_then(super::words::Word::number);
    let same = |from: usize, end: usize| words.is_one_clause(from, end);
    let before: Vec<usize> = (first..at)
        .filter(|&from| same(from, next) && number(from).is_some())
        .collect();
    let numbers: Vec<usize> = if before.is_empty() {
        (next..next.saturating_add(AROUND))
            .filter(|&after| same(at, after.saturating_add(1)) && number(after).is_some())
            .collect()
    } else {
        before
    };
    let last = *numbers.last()?;
    let oldest = number(last).filter(|age| WORKING.contains(age))?;
    let is_youth = numbers.len() > 1
        && numbers
            .iter()
            .all(|&at| number(at).is_some_and(|age| age <= oldest));
    let bound = (last.saturating_sub(3)..last)
        .find(|&from| same(from, last.saturating_add(1)) && words.is_any(from, &lists.upper));
    let is_lower = numbers.len() == 1
        && bound.is_none()
        && (last.saturating_sub(3)..last).any(|from| words.is_any(from, &lists.lower));
    if is_lower || !(is_youth || bound.is_some()) {
        return None;
    }
    let from = numbers
        .first()
        .copied()
        .into_iter()
        .chain(bound)
        .min()?
        .min(at);
    words.finding(
        Concern::Discrimination(Ground::Age),
        from,
        last.max(at).saturating_add(1),
    )
}

/// "Sinh năm 1990 - 2005": years of birth that are asked.
fn born(words: &Words, at: usize) -> Option<Finding> {
    let year = |at: usize| {
        let number = words.get(at).and_then(super::words::Word::number);
        number.is_some_and(|year| (1_940..2_015).contains(&year))
    };
    let end = at.saturating_add(AROUND);
    let last = (at..end)
        .rev()
        .find(|&after| year(after) && words.is_one_clause(at, after.saturating_add(1)))?;
    words.finding(
        Concern::Discrimination(Ground::Age),
        at,
        last.saturating_add(1),
    )
}
