//! How well a vacancy has the words of a query.

use super::seen::{Seen, bit};
use super::{Bound, BoundSlot, BoundSynonym};
use crate::query::Group;
use crate::segment::{Row, Term, TitleWord};

/// Credits for where a word is found, in thousandths.
mod credit {
    pub(super) const SAID: u32 = 1_000;
    /// Accents were typed for none of the words.
    pub(super) const FOLDED: u32 = 990;
    /// Other accents than these were typed.
    pub(super) const OTHER_ACCENTS: u32 = 820;
    pub(super) const NAMES: u32 = 650;
    pub(super) const TEXT: u32 = 350;
}

/// What is left of a credit outside the title where not all words are there, in thousandths.
const ELSEWHERE: u32 = 500;
/// How much more the first words count, in thousandths.
const FIRST: u32 = 2_000;
/// What is left of the credit of a word whose phrase is not whole, in thousandths.
const PART: u32 = 300;
/// What is left where the words of a phrase stand apart in the title, in thousandths.
const SCATTERED: u32 = 700;
/// How much of a title another way to say it counts for, in thousandths.
const SIMILAR: u64 = 700;

/// How well a vacancy has the words, each in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Match {
    /// Of what is asked, how much it has.
    pub(crate) coverage: u32,
    /// Of words that follow each other in the query, how many do in the title.
    pub(crate) order: u32,
    /// Of its title, how much is asked for.
    pub(crate) focus: u32,
}

impl Match {
    /// As one number, in thousandths.
    pub(crate) const fn score(self) -> u32 {
        (self.coverage * 700 + self.order * 60 + self.focus * 240) / 1_000
    }
}

impl Bound<'_> {
    /// How well a vacancy has the words.
    pub(crate) fn rate(&self, row: Row, seen: &mut Seen) -> Match {
        self.see_all(row, seen);
        for (at, slot) in self.slots.iter().enumerate() {
            if seen.credit(at) == 0 {
                seen.raise(at, self.elsewhere(slot, row));
            }
        }
        for group in self.asked.groups.iter().filter(|group| group.count > 1) {
            let slots = group.first..group.first + group.count;
            if seen.is_scattered(slots.clone()) {
                slots.for_each(|at| seen.damp(at, SCATTERED));
            }
        }
        self.sum(seen, row)
    }

    /// How well a vacancy has some of the words: part of a phrase is little of it.
    pub(crate) fn rate_partly(&self, row: Row, seen: &mut Seen) -> Match {
        self.see_all(row, seen);
        for (at, slot) in self.slots.iter().enumerate() {
            if seen.credit(at) == 0 {
                seen.raise(at, self.elsewhere(slot, row) * ELSEWHERE / 1_000);
            }
        }
        for group in self.asked.groups.iter().filter(|group| group.count > 1) {
            let slots = group.first..group.first + group.count;
            if slots.clone().any(|at| seen.credit(at) == 0) {
                slots.for_each(|at| seen.damp(at, PART));
            }
        }
        // What stands first is the job; what follows says more of it.
        if let Some(first) = self.asked.groups.first() {
            for at in 0..first.count {
                let weight = self.slots.get(at).map_or(0, |slot| slot.weight);
                seen.weigh(at, weight * FIRST / 1_000);
            }
        }
        self.sum(seen, row)
    }

    /// The words that stand in the title, and other ways to say them there or in a name.
    pub(super) fn see_all(&self, row: Row, seen: &mut Seen) {
        let title = self.segment.title(row);
        seen.clear();
        for (at, slot) in self.slots.iter().enumerate() {
            self.see(at, slot, title, seen);
        }
        for (group, synonyms) in self.asked.groups.iter().zip(&self.synonyms) {
            self.see_synonyms(group, synonyms, row, title, seen);
        }
    }

    /// Where one vacancy after the other is seen.
    pub(crate) fn blank(&self) -> Seen {
        Seen::new(self.slots.len())
    }

    fn see(&self, at: usize, slot: &BoundSlot, title: &[TitleWord], seen: &mut Seen) {
        for (place, word) in title.iter().enumerate() {
            for choice in &slot.choices {
                if choice.folded != Some(word.folded) {
                    continue;
                }
                let credit = if choice.said == Some(word.said) {
                    let is_other = choice.spelled != word.spelled;
                    credit::SAID - u32::from(is_other)
                } else if self.has_accents {
                    credit::OTHER_ACCENTS
                } else {
                    credit::FOLDED
                };
                seen.raise(at, credit * choice.weight / 1_000);
                seen.mark(at, place);
            }
        }
    }

    fn see_synonyms(
        &self,
        group: &Group,
        synonyms: &[BoundSynonym],
        row: Row,
        title: &[TitleWord],
        seen: &mut Seen,
    ) {
        for synonym in synonyms
            .iter()
            .filter(|synonym| synonym.having.contains(row))
        {
            let place = synonym
                .terms
                .as_deref()
                .and_then(|terms| sequence(title, terms));
            let credit = match place {
                Some((from, count)) => {
                    for place in from..from + count {
                        seen.similar |= bit(place);
                    }
                    credit::SAID
                }
                None => credit::NAMES,
            };
            for at in group.first..group.first + group.count {
                seen.raise(at, credit * synonym.weight / 1_000);
            }
        }
    }

    pub(super) fn elsewhere(&self, slot: &BoundSlot, row: Row) -> u32 {
        let credits = slot.choices.iter().filter_map(|choice| {
            let said = choice
                .said
                .and_then(|term| self.segment.said.postings(term));
            let folded = choice
                .folded
                .and_then(|term| self.segment.folded.postings(term));
            let as_said = said.filter(|_| self.has_accents).or(folded);
            let credit = if as_said.is_some_and(|known| known.names.contains(row)) {
                credit::NAMES
            } else if as_said.is_some_and(|known| known.any.contains(row)) {
                credit::TEXT
            } else if folded.is_some_and(|known| known.any.contains(row)) {
                credit::TEXT / 2
            } else {
                return None;
            };
            Some(credit * choice.weight / 1_000)
        });
        credits.max().unwrap_or(0)
    }

    pub(super) fn sum(&self, seen: &Seen, row: Row) -> Match {
        let title = self.segment.title(row);
        let (mut had, mut total) = (0_u64, 0_u64);
        for (at, slot) in self.slots.iter().enumerate() {
            let weight = u64::from(seen.weight(at).unwrap_or(slot.weight));
            had += weight * u64::from(seen.credit(at));
            total += weight;
        }
        let steps = seen.places.windows(2);
        let kept = steps.filter(|pair| matches!(pair, [one, other] if (one << 1) & other != 0));
        let kept = kept.count();
        let most = self.slots.len().saturating_sub(1);
        let marked = seen.places.iter().fold(0, |all, places| all | places);
        let (mut asked, mut whole) = (0_u64, 0_u64);
        for (place, word) in title.iter().enumerate() {
            let weight = u64::from(self.segment.weight(word.folded));
            whole += weight;
            if marked >> place & 1 == 1 {
                asked += weight;
            } else if seen.similar >> place & 1 == 1 {
                asked += weight * SIMILAR / 1_000;
            }
        }
        Match {
            coverage: small(had / total.max(1)),
            order: if most == 0 || marked == 0 && seen.similar != 0 {
                u32::from(marked | seen.similar != 0) * 1_000
            } else {
                small(kept as u64 * 1_000 / most as u64)
            },
            focus: small(asked * 1_000 / whole.max(1)),
        }
    }
}

fn small(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Where these words stand one after the other.
fn sequence(title: &[TitleWord], terms: &[Term]) -> Option<(usize, usize)> {
    let mut windows = title.windows(terms.len().max(1));
    let from = windows.position(|window| {
        let folded = window.iter().map(|word| word.folded);
        folded.eq(terms.iter().copied())
    })?;
    Some((from, terms.len()))
}
