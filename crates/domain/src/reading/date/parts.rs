//! The days, months and years that a text names.

/// A day, or the end of a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Day {
        year: Option<i32>,
        month: u32,
        day: u32,
    },
    EndOfMonth {
        year: Option<i32>,
        month: u32,
    },
    EndOfYear(i32),
}

/// A number with its digits, a word, or a sign; `glued`: no space stands before it.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    glued: bool,
}

impl<'t> Piece<'t> {
    fn number(self) -> Option<(u32, usize)> {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.then(|| self.text.parse().ok()).flatten()?;
        Some((value, self.text.len()))
    }

    fn is_separator(self) -> bool {
        matches!(self.text, "/" | "-" | ".")
    }

    fn is(self, words: &[&str]) -> bool {
        words.contains(&self.text)
    }
}

/// All that are named, in the order of the text.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let rest = pieces.get(at..).unwrap_or_default();
        let before = pieces.get(..at).unwrap_or_default();
        let named = by_signs(rest, before)
            .or_else(|| in_words(rest))
            .or_else(|| in_english(rest))
            .or_else(|| end_of(rest, before));
        if let Some((part, used)) = named {
            found.push(part);
            at = at.saturating_add(used);
        } else {
            at = at.saturating_add(1);
        }
    }
    found
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut glued = false;
    while let Some(first) = rest.chars().next() {
        let ends = |c: char| {
            if first.is_ascii_digit() {
                !c.is_ascii_digit()
            } else {
                !c.is_alphabetic()
            }
        };
        let end = if first.is_alphanumeric() {
            rest.find(ends).unwrap_or(rest.len()).max(first.len_utf8())
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(end);
        if first == ' ' {
            glued = false;
        } else {
            pieces.push(Piece { text: piece, glued });
            glued = true;
        }
        rest = after;
    }
    pieces
}

/// "22/10/2025", "2025-10-22", "10/ 12/2025", "5/11"; the same sign twice.
fn by_signs(rest: &[Piece<'_>], before: &[Piece<'_>]) -> Option<(Part, usize)> {
    let [first, sign, second, tail @ ..] = rest else {
        return None;
    };
    let (one, digits) = first.number()?;
    let (two, two_digits) = second.number()?;
    // The digits of a longer chain, or a number with a sign, are none.
    let goes_on = |last: &Piece<'_>| last.text == sign.text || last.is(&["+"]);
    if first.glued && before.last().is_some_and(goes_on)
        || !sign.is_separator()
        || digits > 4
        || two_digits > 2
    {
        return None;
    }
    let third = match tail {
        [again, third, ..] if again.text == sign.text => third.number(),
        _ => None,
    };
    let chain_goes_on = |used: usize, any: bool| {
        let next = rest
            .get(used)
            .filter(|next| next.glued && next.is_separator());
        let number = rest.get(used.saturating_add(1));
        next.is_some_and(|next| next.text == sign.text || any && next.text != ".")
            && number.is_some_and(|number| number.glued && number.number().is_some())
    };
    if let Some((three, three_digits)) = third {
        if chain_goes_on(5, false) {
            return None;
        }
        let year = |value: u32| i32::try_from(value).ok();
        let part = match (digits, three_digits) {
            (4, 1..=2) => Part::Day {
                year: year(one),
                month: two,
                day: three,
            },
            (1..=2, 2 | 4) => Part::Day {
                year: year(three),
                month: two,
                day: one,
            },
            _ => return None,
        };
        return Some((part, 5));
    }
    if chain_goes_on(3, true) || digits > 2 || sign.text == "." && !second.glued {
        return None;
    }
    // "Ngày 10/12 năm 2025".
    let (year, used) = year_after(tail).map_or((None, 3), |(year, used)| {
        (Some(year), used.saturating_add(3))
    });
    Some((
        Part::Day {
            year,
            month: two,
            day: one,
        },
        used,
    ))
}

/// "năm 2025".
fn year_after(rest: &[Piece<'_>]) -> Option<(i32, usize)> {
    match rest {
        [word, year, ..] if word.is(&["nam"]) => Some((full_year(*year)?, 2)),
        [comma, word, year, ..] if comma.is(&[","]) && word.is(&["nam"]) => {
            Some((full_year(*year)?, 3))
        }
        _ => None,
    }
}

fn full_year(piece: Piece<'_>) -> Option<i32> {
    let (year, digits) = piece.number()?;
    (digits == 4).then(|| i32::try_from(year).ok()).flatten()
}

/// The month in digits or words, and how many pieces say so: "12", "mười hai", "giêng".
fn month(rest: &[Piece<'_>]) -> Option<(u32, usize)> {
    const WORDS: [&str; 13] = [
        "mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "", "chap", "gieng",
    ];
    let first = rest.first()?;
    if let Some((month, digits)) = first.number() {
        return (digits <= 2).then_some((month, 1));
    }
    match rest {
        [ten, one, ..] if ten.is(&["muoi"]) && one.is(&["mot"]) => return Some((11, 2)),
        [ten, two, ..] if ten.is(&["muoi"]) && two.is(&["hai"]) => return Some((12, 2)),
        // "Tháng năm": May, unless a year follows.
        [five, year, ..] if five.is(&["nam"]) && full_year(*year).is_some() => return None,
        _ => {}
    }
    let at = WORDS.iter().position(|word| *word == first.text)?;
    let month = if at == 12 {
        1
    } else {
        u32::try_from(at).ok()?.checked_add(1)?
    };
    Some((month, 1))
}

/// "5 tháng 1 năm 2026", "10 tháng 12/2025", "9 tháng 3, 2026".
fn in_words(rest: &[Piece<'_>]) -> Option<(Part, usize)> {
    let [day, word, tail @ ..] = rest else {
        return None;
    };
    let (day, digits) = day.number()?;
    if digits > 2 || !word.is(&["thang", "thg"]) {
        return None;
    }
    let (month, words) = month(tail)?;
    let (year, used) = month_year(tail.get(words..).unwrap_or_default());
    let used = used.saturating_add(words).saturating_add(2);
    Some((Part::Day { year, month, day }, used))
}

/// The year after a month: "/2025", "năm 2025", ", 2025"; and how many pieces say so.
fn month_year(tail: &[Piece<'_>]) -> (Option<i32>, usize) {
    if let Some((year, used)) = year_after(tail) {
        return (Some(year), used);
    }
    match tail {
        [sign, year, ..] if sign.is(&["/", "-", ".", ","]) => {
            full_year(*year).map_or((None, 0), |year| (Some(year), 2))
        }
        [year, ..] => full_year(*year).map_or((None, 0), |year| (Some(year), 1)),
        [] => (None, 0),
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const MONTHS_IN_FULL: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn english_month(piece: Piece<'_>) -> Option<u32> {
    let at = |names: &[&str; 12]| names.iter().position(|name| *name == piece.text);
    let at = at(&MONTHS)
        .or_else(|| at(&MONTHS_IN_FULL))
        .or_else(|| (piece.text == "sept").then_some(8))?;
    u32::try_from(at).ok()?.checked_add(1)
}

/// "30-Nov-25", "5 January 2026", "Dec 5, 2025", "5th of January 2026".
fn in_english(rest: &[Piece<'_>]) -> Option<(Part, usize)> {
    let is_filler =
        |piece: &Piece<'_>| piece.is(&["-", "/", ".", ",", "st", "nd", "rd", "th", "of"]);
    let mut wanted = rest
        .iter()
        .enumerate()
        .filter(|(_, piece)| !is_filler(piece));
    let (first_at, first) = wanted.next()?;
    let (_, second) = wanted.next()?;
    let (last, third) = wanted.next()?;
    if first_at != 0 {
        return None;
    }
    let (month, day) = match english_month(*first) {
        Some(month) => (month, second.number()?),
        None => (english_month(*second)?, first.number()?),
    };
    let (year, digits) = third.number()?;
    if !matches!(digits, 2 | 4) || day.1 > 2 {
        return None;
    }
    let year = i32::try_from(year).ok();
    let day = day.0;
    Some((Part::Day { year, month, day }, last.saturating_add(1)))
}

/// "hết tháng 11/2025", "cuối tháng 11 năm 2025", "hết năm 2025", "cuối năm 2025".
fn end_of(rest: &[Piece<'_>], before: &[Piece<'_>]) -> Option<(Part, usize)> {
    let is_end = before
        .last()
        .is_some_and(|word| word.is(&["het", "cuoi", "ngay"]))
        && before
            .iter()
            .rev()
            .take(4)
            .any(|word| word.is(&["het", "cuoi"]));
    if !is_end {
        return None;
    }
    match rest {
        [word, tail @ ..] if word.is(&["thang", "thg", "t"]) => {
            let (month, words) = month(tail)?;
            let (year, used) = month_year(tail.get(words..).unwrap_or_default());
            let used = used.saturating_add(words).saturating_add(1);
            Some((Part::EndOfMonth { year, month }, used))
        }
        [word, year, ..] if word.is(&["nam"]) => Some((Part::EndOfYear(full_year(*year)?), 2)),
        _ => None,
    }
}
