//! One line or list of a text: its pieces, and what they name.

use std::cell::Cell;

use super::Places;
use super::area::Area;
use super::country::abroad;
use super::kind::is_kind_alone;
use super::names::Names;
use super::part::{Mention, Reader, Text};
use super::phrases::{HOUSES, MORE, NATIONWIDE, REMOTE};
use super::resolve::resolve;
use crate::code::ProvinceIx;
use crate::text::{clean, fold, toned, words};

/// The names of a segment, in its order.
#[derive(Default)]
pub(super) struct Segment<'n> {
    mentions: Vec<Mention<'n>>,
    /// "Việt Nam" and nothing else is anywhere.
    pub(super) names_country: bool,
}

/// A mark that says as when a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Old,
    New,
}

impl<'n> Segment<'n> {
    /// Reads a segment; what is no unit goes into `places`.
    pub(super) fn read(
        written: &str,
        names: &'n Names,
        home: &'n [ProvinceIx],
        comparisons: &'n Cell<u8>,
        places: &mut Places,
    ) -> Self {
        let reader = Reader {
            names,
            home,
            comparisons,
        };
        let mut segment = Self::default();
        for piece in pieces(written, &reader) {
            segment.take(piece, &reader, places);
        }
        segment
    }

    /// The units meant.
    pub(super) fn areas(&self, home: &[ProvinceIx]) -> Vec<Area> {
        resolve(&self.mentions, home)
            .into_iter()
            .flatten()
            .collect()
    }

    fn take(&mut self, written: &str, reader: &Reader<'n>, places: &mut Places) {
        let folded = fold(written);
        if folded.is_empty() || is_kind_alone(&folded) {
            return;
        }
        if matches!(folded.as_str(), "viet nam" | "vietnam" | "vn") {
            self.names_country = true;
            return;
        }
        let whole: Vec<&str> = words(&folded).collect();
        // "Chợ Mới" is a name.
        let (name, mark) = if reader.knows(&whole) {
            (folded.as_str(), None)
        } else {
            unmarked(&folded)
        };
        if name.is_empty() {
            if let Some(last) = self.mentions.last_mut() {
                last.is_old = mark == Some(Mark::Old);
            }
            return;
        }
        let all: Vec<&str> = words(name).collect();
        if let Some((from, to)) = flagged(&all, places) {
            for rest in [all.get(..from), all.get(to..)].into_iter().flatten() {
                let said: Vec<String> = rest.iter().map(|&word| word.to_owned()).collect();
                let text = Text {
                    folded: rest,
                    said: &said,
                };
                self.mentions.extend(reader.units(text).unwrap_or_default());
            }
            return;
        }
        if let Some(place) = abroad(name) {
            if !places.abroad.contains(&place) {
                places.abroad.push(place);
            }
            return;
        }
        let (folded, said) = numbered(&all, &toned(written));
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let text = Text {
            folded: &folded,
            said: &said,
        };
        match reader.units(text) {
            Some(mut mentions) => {
                if let Some(last) = mentions.last_mut() {
                    last.is_old = mark == Some(Mark::Old);
                }
                self.mentions.append(&mut mentions);
            }
            None => places.unclear.push(clean(written)),
        }
    }
}

/// The pieces between separators. A dash parts them too, unless it stands within a name.
fn pieces<'t>(segment: &'t str, reader: &Reader<'_>) -> Vec<&'t str> {
    const DASHES: [char; 4] = ['-', '–', '—', '−'];
    let mut all = Vec::new();
    let separators = |c: char| ",&/():+•·、[]→>".contains(c);
    for piece in segment.split(separators) {
        let folded = fold(piece);
        let name: Vec<&str> = words(&folded).collect();
        if !piece.contains(DASHES) || reader.knows(&name) {
            conjuncts(piece, &mut all);
        } else {
            for part in piece.split(DASHES) {
                conjuncts(part, &mut all);
            }
        }
    }
    all
}

/// The texts between "và", "hoặc", "and", "or"; at the ends such a word belongs to a name.
fn conjuncts<'t>(text: &'t str, all: &mut Vec<&'t str>) {
    let text = text.trim();
    let mut from = 0;
    let mut at = 0_usize;
    for word in text.split_inclusive(char::is_whitespace) {
        let next = at.saturating_add(word.len());
        let parts = at > from && next < text.len();
        if parts && matches!(fold(word).as_str(), "va" | "and" | "hoac" | "or") {
            all.extend(text.get(from..at));
            from = next;
        }
        at = next;
    }
    all.extend(text.get(from..));
}

/// "q7" as "q 7", "p01" as "p 01", in the folded words and in those as they are said.
fn numbered(folded: &[&str], said: &[String]) -> (Vec<String>, Vec<String>) {
    let mut all: (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for (at, word) in folded.iter().enumerate() {
        let digits = word.strip_prefix(['q', 'p', 'f']).unwrap_or("");
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            for part in [word.get(..1).unwrap_or_default(), digits] {
                all.0.push(part.to_owned());
                all.1.push(part.to_owned());
            }
        } else {
            all.0.push((*word).to_owned());
            all.1.push(said.get(at).cloned().unwrap_or_default());
        }
    }
    all
}

/// Notes what is said of the whole: anywhere, from home, more places; and which words say so.
fn flagged(all: &[&str], places: &mut Places) -> Option<(usize, usize)> {
    let find = |phrases: &[&str]| phrases.iter().find_map(|phrase| position(all, phrase));
    if let Some(found) = find(&MORE) {
        places.more = true;
        // "2 nơi khác", "các tỉnh lân cận".
        let from = found.0;
        let counts = |word: &&str| {
            word.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(
                    *word,
                    "cac" | "va" | "nhieu" | "mot" | "so" | "vung" | "tinh" | "khu"
                )
        };
        let before = all.get(..from).unwrap_or_default();
        let kept = before.iter().rposition(|word| !counts(word));
        return Some((kept.map_or(0, |at| at.saturating_add(1)), found.1));
    }
    if let Some(found) = find(&NATIONWIDE) {
        places.nationwide = true;
        return Some(found);
    }
    let found =
        find(&REMOTE).filter(|&(_, to)| !all.get(to).is_some_and(|next| HOUSES.contains(next)))?;
    places.remote = true;
    Some(found)
}

/// Where the words of a phrase stand.
fn position(all: &[&str], phrase: &str) -> Option<(usize, usize)> {
    let wanted: Vec<&str> = words(phrase).collect();
    let from = all
        .windows(wanted.len())
        .position(|window| window == wanted)?;
    Some((from, from.saturating_add(wanted.len())))
}

/// What stands before a mark that a name is meant as it was until 2025, or as it is since: "cũ",
/// "trước đây", "trước 1/7/2025", "trước sáp nhập", "mới".
fn unmarked(folded: &str) -> (&str, Option<Mark>) {
    let cut = |mark: &str| {
        let before = folded.strip_suffix(mark)?;
        (before.is_empty() || before.ends_with(' ')).then(|| before.trim_end())
    };
    let dated = || {
        let (before, day) = folded.rsplit_once("truoc ")?;
        let day = day.strip_prefix("ngay ").unwrap_or(day);
        let is_day = day.starts_with(|c: char| c.is_ascii_digit());
        (is_day && (before.is_empty() || before.ends_with(' '))).then(|| before.trim_end())
    };
    const OLD: [&str; 7] = [
        "tinh cu",
        "huyen cu",
        "xa cu",
        "cu",
        "truoc day",
        "truoc khi sap nhap",
        "truoc sap nhap",
    ];
    const NEW: [&str; 3] = ["tinh moi", "moi", "sau sap nhap"];
    if let Some(name) = OLD.into_iter().find_map(cut).or_else(dated) {
        (name, Some(Mark::Old))
    } else if let Some(name) = NEW.into_iter().find_map(cut) {
        (name, Some(Mark::New))
    } else {
        (folded, None)
    }
}
