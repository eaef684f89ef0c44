//! The words of a text with where they stand, and phrases in them.

use std::ops::Range;

use super::{Concern, Finding};
use crate::text::{fold, is_unseen, toned};

/// A word.
pub(super) struct Word {
    /// Small letters without accents.
    pub(super) folded: String,
    /// As it is said, with its tone.
    said: String,
    span: Range<usize>,
    /// Words of one clause have the same number.
    clause: usize,
    /// It begins with a capital.
    pub(super) is_name: bool,
}

impl Word {
    pub(super) fn number(&self) -> Option<u32> {
        self.folded.parse().ok()
    }
}

/// A phrase as it is compared.
pub(super) struct Phrase(Vec<(String, String)>);

impl Phrase {
    pub(super) fn of(phrase: &str) -> Self {
        let words = phrase.split(' ');
        Self(
            words
                .map(|word| (fold(word), toned(word).concat()))
                .collect(),
        )
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Signs that part no clauses.
const JOINING: &str = "-–/:\"“”'";

/// The words of a text.
pub(super) struct Words {
    all: Vec<Word>,
    /// Somebody wrote accents, so that "năm" is no "nam".
    has_accents: bool,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self {
            all: Vec::new(),
            has_accents: false,
        };
        let mut clause = 0_usize;
        let mut start = None;
        let ends = text.char_indices().chain([(text.len(), ' ')]);
        for (at, c) in ends {
            let is_inside = c.is_alphanumeric() || is_mark(c) || is_unseen(c) && start.is_some();
            match (start, is_inside) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    words.push(text, from..at, clause);
                    start = None;
                }
                _ => {}
            }
            let is_within = c != '\n' && c.is_whitespace() || JOINING.contains(c);
            clause = clause.saturating_add(usize::from(!is_inside && !is_within));
        }
        words
    }

    fn push(&mut self, text: &str, span: Range<usize>, clause: usize) {
        let written = text.get(span.clone()).unwrap_or_default();
        let folded = fold(written);
        let said = toned(written).concat();
        self.has_accents |= said != folded;
        self.all.push(Word {
            is_name: written.chars().next().is_some_and(char::is_uppercase),
            folded,
            said,
            span,
            clause,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Word> {
        self.all.get(at)
    }

    /// Whether this word is that one, as it is said where accents are written.
    pub(super) fn is(&self, at: usize, wanted: &Phrase) -> bool {
        wanted.0.iter().enumerate().all(|(nth, (folded, said))| {
            self.all.get(at.saturating_add(nth)).is_some_and(|word| {
                if self.has_accents {
                    word.said == *said
                } else {
                    word.folded == *folded
                }
            })
        }) && self.is_one_clause(at, at.saturating_add(wanted.len()))
    }

    pub(super) fn is_any(&self, at: usize, wanted: &[Phrase]) -> bool {
        wanted.iter().any(|phrase| self.is(at, phrase))
    }

    /// The words from here on are of one clause; `end` is not one of them.
    pub(super) fn is_one_clause(&self, from: usize, end: usize) -> bool {
        let clause = |at: usize| self.all.get(at).map(|word| word.clause);
        end > from && clause(from).is_some() && clause(from) == clause(end.saturating_sub(1))
    }

    /// Whether one of these stands at most so many words before, in the same clause.
    pub(super) fn has_before(&self, at: usize, most: usize, wanted: &[Phrase]) -> bool {
        (at.saturating_sub(most)..at).any(|before| {
            self.is_one_clause(before, at.saturating_add(1)) && self.is_any(before, wanted)
        })
    }

    /// Whether one of these stands at most so many words after, in the same clause.
    pub(super) fn has_after(&self, end: usize, most: usize, wanted: &[Phrase]) -> bool {
        let last = end.saturating_sub(1);
        (end..end.saturating_add(most)).any(|after| {
            self.is_one_clause(last, after.saturating_add(1)) && self.is_any(after, wanted)
        })
    }

    /// A finding of the words from here to the one before `end`.
    pub(super) fn finding(&self, concern: Concern, from: usize, end: usize) -> Option<Finding> {
        let first = self.all.get(from)?;
        let last = self.all.get(end.checked_sub(1)?)?;
        let span = first.span.start..last.span.end;
        Some(Finding { concern, span })
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
