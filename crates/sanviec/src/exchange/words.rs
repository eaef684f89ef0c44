//! The words that a vacancy is found by: whole words, with their accents or folded.

use domain::code::{Codes, Lang};
use domain::text::{clean, fold};
use domain::vacancy::Vacancy;
use unicode_normalization::UnicodeNormalization;

/// The tones of Vietnamese, as combining marks.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The words of a vacancy.
pub(crate) struct FoundBy {
    title: Line,
    /// Employer, occupations and skills.
    other: Line,
}

/// Words with a space on either side of each, as written and folded, in the same order.
struct Line {
    written: String,
    folded: String,
}

/// How well a vacancy has the words of a search; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    /// All in the title, one after the other.
    Sequence,
    /// All in the title.
    Title,
    /// Some only elsewhere.
    Elsewhere,
}

impl Tier {
    pub(crate) const ALL: [Self; 3] = [Self::Sequence, Self::Title, Self::Elsewhere];
}

/// The words of a search; none: everything is found.
pub(crate) struct Asked(Vec<Word>);

/// A word of a search.
struct Word {
    /// With a space on either side.
    spaced: String,
    /// Compared as written, or else folded.
    as_written: bool,
}

impl FoundBy {
    pub(crate) fn of(vacancy: &Vacancy, codes: &Codes) -> Self {
        let mut other = vacancy.employer_name.clone();
        let mut add = |name: &str| {
            other.push(' ');
            other.push_str(name);
        };
        let offer = &vacancy.offer;
        for lang in [Lang::Vi, Lang::En] {
            for &code in &offer.occupations {
                add(codes.occupations.name(code, lang).unwrap_or_default());
            }
            for asked in offer.skills.required().into_iter().flatten() {
                add(codes.skills.label(asked.skill, lang));
            }
        }
        Self {
            title: Line::of(&vacancy.title),
            other: Line::of(&other),
        }
    }
}

impl Line {
    fn of(text: &str) -> Self {
        let mut line = Self {
            written: " ".to_owned(),
            folded: " ".to_owned(),
        };
        for (written, folded) in words(text) {
            line.written.push_str(&written);
            line.written.push(' ');
            line.folded.push_str(&folded);
            line.folded.push(' ');
        }
        line
    }

    fn has(&self, word: &Word) -> bool {
        let line = if word.as_written {
            &self.written
        } else {
            &self.folded
        };
        line.contains(&word.spaced)
    }

    fn has_sequence(&self, asked: &[Word]) -> bool {
        let written = self.written.split(' ');
        let pairs: Vec<(&str, &str)> = written.zip(self.folded.split(' ')).collect();
        pairs.windows(asked.len().max(1)).any(|window| {
            let mut both = window.iter().zip(asked);
            both.all(|((written, folded), word)| {
                word.spaced.trim() == if word.as_written { *written } else { *folded }
            })
        })
    }
}

impl Asked {
    /// How a search may be meant, the likeliest first. Whoever types accents means those and, with
    /// "may", not "máy"; only where nothing is found, a word without accents may be any.
    pub(crate) fn readings(text: &str) -> Vec<Self> {
        let all: Vec<(String, String)> = words(text).collect();
        let read = |strict: bool| {
            let word = |(written, folded): &(String, String)| {
                let as_written = strict || written != folded;
                let text = if as_written { written } else { folded };
                Word {
                    spaced: format!(" {text} "),
                    as_written,
                }
            };
            Self(all.iter().map(word).collect())
        };
        let accented = all.iter().filter(|(written, folded)| written != folded);
        let is_mixed = (1..all.len()).contains(&accented.count());
        if is_mixed {
            vec![read(true), read(false)]
        } else {
            vec![read(false)]
        }
    }

    /// How well the vacancy has the words; `None` where one is missing.
    pub(crate) fn tier(&self, found_by: &FoundBy) -> Option<Tier> {
        let FoundBy { title, other } = found_by;
        if self.0.iter().all(|word| title.has(word)) {
            let is_sequence = title.has_sequence(&self.0);
            return Some(if is_sequence {
                Tier::Sequence
            } else {
                Tier::Title
            });
        }
        let mut words = self.0.iter();
        words
            .all(|word| title.has(word) || other.has(word))
            .then_some(Tier::Elsewhere)
    }
}

/// Each word as written and folded.
fn words(text: &str) -> impl Iterator<Item = (String, String)> {
    let text = clean(text).to_lowercase();
    let parts: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#')))
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    parts
        .into_iter()
        .map(|part| (written(&part), fold(&part).replace(' ', "")))
        .filter(|(_, folded)| !folded.is_empty())
}

/// The tone behind the letters: "hoà" and "hòa" are the same word.
fn written(word: &str) -> String {
    let (tones, mut letters): (String, String) = word.nfd().partition(|c| TONES.contains(c));
    letters.push_str(&tones);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(title: &str, other: &str, asked: &str) -> Option<Tier> {
        let found_by = FoundBy {
            title: Line::of(title),
            other: Line::of(other),
        };
        let mut readings = Asked::readings(asked).into_iter();
        readings.find_map(|asked| asked.tier(&found_by))
    }

    #[test]
    fn only_whole_words_are_found() {
        for (title, asked) in [
            ("Nhân viên nhà hàng", "hàn"),
            ("Công nhân chế biến", "hàn"),
            ("Lễ tân khách sạn, phụ trách hồ sơ", "phụ hồng"),
            ("Thợ hàn", "ho han"),
        ] {
            assert_eq!(tier(title, "", asked), None, "{asked} in {title}");
        }
        assert_eq!(tier("Phụ hồ", "", "phụ hồ"), Some(Tier::Sequence));
        assert_eq!(tier("Lập trình C++, C#", "", "c#"), Some(Tier::Sequence));
    }

    #[test]
    fn accents_count_where_they_are_typed() {
        assert_eq!(tier("Hạn chót", "", "hàn"), None);
        assert_eq!(tier("Hạn chót", "", "han"), Some(Tier::Sequence));
        assert_eq!(tier("Hoà Phát", "", "hòa phát"), Some(Tier::Sequence));
        let mixed = Asked::readings("thợ may");
        let machine = FoundBy {
            title: Line::of("Thợ máy"),
            other: Line::of(""),
        };
        let tiers: Vec<_> = mixed.iter().map(|asked| asked.tier(&machine)).collect();
        assert_eq!(tiers, [None, Some(Tier::Sequence)]);
    }

    #[test]
    fn words_in_the_title_one_after_the_other_come_first() {
        let other = "Công ty Hàn Việt";
        assert_eq!(tier("Thợ hàn", other, "thợ hàn"), Some(Tier::Sequence));
        assert_eq!(tier("Thợ phụ hàn", other, "thợ hàn"), Some(Tier::Title));
        assert_eq!(tier("Thợ phụ", other, "thợ hàn"), Some(Tier::Elsewhere));
        assert_eq!(tier("Phụ bếp", other, "thợ hàn"), None);
        assert_eq!(tier("Phụ bếp", other, ""), Some(Tier::Sequence));
    }
}
