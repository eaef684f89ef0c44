//! What somebody who types may mean: titles, skills, employers and places that vacancies have.

mod lines;
mod title;

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use roaring::RoaringBitmap;

use crate::index::TextIndex;
use crate::keyboard::{telex, vni};
use crate::lexicon::Lexicon;
use crate::part::Part;
use crate::query::MOST_WORDS;
use crate::spell;
use crate::words::{Word, words};
pub(crate) use lines::{Builder, Lines};

/// Letters from which on something is suggested.
const LEAST_LETTERS: usize = 2;
/// Letters that are looked at.
const MOST_LETTERS: usize = 200;
/// Of each kind so many are counted: those that most vacancies had when they were laid out.
const COUNTED: usize = 40;

/// Something that somebody who types may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: Kind,
    /// The text, fit to be searched for.
    pub text: String,
    /// In how many vacancies.
    pub count: u64,
}

/// Kinds of suggestions, in the order in which they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A title, without what it says of place and wage.
    Title,
    /// A skill, by its label.
    Skill,
    /// An employer.
    Employer,
    /// A commune or a province, also one of before July 2025.
    Place,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Title, Self::Skill, Self::Employer, Self::Place];
}

/// A suggestion before it is known whether there is room for it.
struct Candidate {
    begins: bool,
    suggestion: Suggestion,
}

impl TextIndex {
    /// What these words may become: the last is only begun, the others are whole. Counted are
    /// vacancies that may be applied for on that day, or all there are; half of the suggestions
    /// are titles where there are others, too.
    pub fn suggest(&self, text: &str, today: Option<NaiveDate>, limit: usize) -> Vec<Suggestion> {
        let text = domain::text::shorten(text, MOST_LETTERS);
        let typed = words(&text, MOST_WORDS);
        let letters = typed.iter().map(|word| word.folded.chars().count());
        if letters.sum::<usize>() < LEAST_LETTERS {
            return Vec::new();
        }
        let lexicon = self.lexicon();
        let found = readings(typed, &lexicon).find_map(|words| {
            let found = self.begun(&words, today);
            (!found.is_empty()).then_some(found)
        });
        share_out(found.unwrap_or_default(), limit)
    }

    fn begun(&self, words: &[Word], today: Option<NaiveDate>) -> Vec<Candidate> {
        let mut found: HashMap<(Kind, &str), (bool, &str)> = HashMap::new();
        for part in &self.parts {
            for (kind, begins, item) in part.laid.lines.begun(words, COUNTED) {
                let entry = found
                    .entry((kind, item.key()))
                    .or_insert((false, item.text()));
                entry.0 |= begins;
            }
        }
        let open: Vec<(&Part, RoaringBitmap)> = self
            .parts
            .iter()
            .map(|part| (part, part.open(today)))
            .collect();
        let count = |kind, key| {
            let rows = open.iter().filter_map(|(part, open)| {
                Some(part.laid.lines.rows(kind, key)?.intersection_len(open))
            });
            rows.sum()
        };
        let counted = found
            .into_iter()
            .map(|((kind, key), (begins, text))| Candidate {
                begins,
                suggestion: Suggestion {
                    kind,
                    text: text.to_owned(),
                    count: count(kind, key),
                },
            });
        counted
            .filter(|candidate| candidate.suggestion.count > 0)
            .collect()
    }
}

/// The words as they were typed, and as they may have been meant.
fn readings(typed: Vec<Word>, lexicon: &Lexicon<'_>) -> impl Iterator<Item = Vec<Word>> {
    let decoded = |decoder: fn(&str) -> Option<String>| -> Vec<Word> {
        let read = |word: &Word| decoder(&word.said).and_then(Word::of);
        typed
            .iter()
            .map(|word| read(word).unwrap_or_else(|| word.clone()))
            .collect()
    };
    let others = [
        spell::meant(&typed, lexicon),
        Some(decoded(telex)),
        Some(decoded(vni)),
    ];
    std::iter::once(typed).chain(others.into_iter().flatten())
}

/// The first of each kind: half of the places for titles, the rest for the others in turn, and
/// what one kind does not need for whoever has more.
fn share_out(mut found: Vec<Candidate>, limit: usize) -> Vec<Suggestion> {
    found.sort_unstable_by(|one, other| place(one).cmp(&place(other)));
    let mut kinds = Kind::ALL.map(|kind| {
        let of_kind = found
            .iter()
            .filter(move |known| known.suggestion.kind == kind);
        of_kind.map(|known| &known.suggestion)
    });
    let mut given: Vec<&Suggestion> = Vec::new();
    let [titles, skills, employers, places] = &mut kinds;
    while given.len() < limit {
        let before = given.len();
        // One of each other kind for three titles.
        given.extend(
            titles
                .take(3)
                .chain(skills.next())
                .chain(employers.next())
                .chain(places.next()),
        );
        if given.len() == before {
            break;
        }
    }
    given.truncate(limit);
    given.sort_by_key(|known| known.kind);
    given.into_iter().cloned().collect()
}

/// What begins as it was typed comes first, then what most vacancies have, then the shorter.
fn place(candidate: &Candidate) -> impl Ord + '_ {
    let Suggestion { text, count, .. } = &candidate.suggestion;
    (
        !candidate.begins,
        Reverse(*count),
        text.len(),
        text.as_str(),
    )
}
