//! What is nearest where nothing has all words.

use roaring::RoaringBitmap;

use super::Bound;
use super::rate::Match;
use super::seen::Seen;
use crate::segment::{Row, Segment, Term, TitleWord};

/// Credits for words that are nearly the same, in thousandths.
const JOINED: u32 = 960;
const BEGUN: u32 = 850;
const ONE_SLIP: u32 = 760;
const TWO_SLIPS: u32 = 560;
/// What is left of a credit where the mistyped word is a word.
const KNOWN: u32 = 600;

impl Bound<'_> {
    /// Those of these that have the most of the words, at most so many.
    pub(crate) fn most(&self, of: &RoaringBitmap, count: usize) -> Vec<Row> {
        let mut sums = vec![0_u32; self.segment.len()];
        for slot in &self.slots {
            let mut having = RoaringBitmap::new();
            for choice in &slot.choices {
                let folded = choice
                    .folded
                    .and_then(|term| self.segment.folded.postings(term));
                if let Some(postings) = folded {
                    having |= &postings.names;
                }
            }
            Self::add(&mut sums, &having, slot.weight);
        }
        for (group, synonyms) in self.asked.groups.iter().zip(&self.synonyms) {
            let slots = self.slots.iter().skip(group.first).take(group.count);
            let weight: u32 = slots.map(|slot| slot.weight).sum();
            for synonym in synonyms {
                Self::add(&mut sums, &synonym.having, weight * synonym.weight / 1_000);
            }
        }
        let falling = sums.iter().rev().copied();
        Self::first(falling.zip((0..self.segment.rows()).rev()), of, count)
    }

    /// The most of these, which come by falling rows: of as many, those that come first.
    fn first(sums: impl Iterator<Item = (u32, Row)>, of: &RoaringBitmap, count: usize) -> Vec<Row> {
        let mut best: Vec<(u32, Row)> = Vec::with_capacity(2 * count);
        let mut least = 0;
        for (sum, row) in sums {
            if sum <= least || !of.contains(row) {
                continue;
            }
            best.push((sum, row));
            if best.len() >= 2 * count {
                least = Self::keep(&mut best, count);
            }
        }
        Self::keep(&mut best, count);
        best.into_iter().map(|(_, row)| row).collect()
    }

    /// Keeps so many; the least sum of them.
    fn keep(best: &mut Vec<(u32, Row)>, count: usize) -> u32 {
        let Some(last) = count.checked_sub(1).filter(|_| best.len() > count) else {
            return 0;
        };
        let (_, &mut (least, _), _) =
            best.select_nth_unstable_by(last, |one, other| other.cmp(one));
        best.truncate(count);
        least
    }

    fn add(sums: &mut [u32], having: &RoaringBitmap, weight: u32) {
        for row in having {
            if let Some(sum) = sums.get_mut(row as usize) {
                *sum += weight;
            }
        }
    }
}

/// What a slot is compared with where its word is not in a title.
struct Loose<'b> {
    asked: &'b str,
    is_known: bool,
    is_last: bool,
    /// Two words that are this one where they are written together.
    joins: Vec<(Term, Term)>,
}

/// A query that is held against titles in which words may be mistyped.
pub(crate) struct Loosely<'b, 's> {
    bound: &'b Bound<'s>,
    slots: Vec<Loose<'b>>,
    seen: Seen,
    /// Also words that are words as they stand may be mistyped.
    any: bool,
}

impl<'b, 's> Loosely<'b, 's> {
    /// Whether each word stands in the title of the vacancy that was rated last.
    pub(crate) fn has_all(&self) -> bool {
        self.seen.has_all()
    }

    pub(crate) fn new(bound: &'b Bound<'s>, any: bool) -> Self {
        let folded = &bound.segment.folded;
        let words = bound.asked.words().map(|word| word.folded.as_str());
        let slots = words.enumerate().map(|(at, asked)| {
            let places = asked.char_indices().map(|(at, _)| at).skip(1);
            let joins = places.filter_map(|at| {
                let (one, other) = asked.split_at_checked(at)?;
                folded.get(one).zip(folded.get(other))
            });
            Loose {
                joins: joins.collect(),
                is_known: folded.get(asked).is_some(),
                is_last: at + 1 == bound.slots.len(),
                asked,
            }
        });
        Self {
            slots: slots.collect(),
            seen: bound.blank(),
            bound,
            any,
        }
    }

    /// How well a vacancy has the words.
    pub(crate) fn rate(&mut self, row: Row) -> Match {
        let Self { bound, seen, .. } = self;
        let title = bound.segment.title(row);
        bound.see_all(row, seen);
        let taken = seen.places.iter().fold(0, |all, places| all | places);
        for (at, (slot, loose)) in bound.slots.iter().zip(&self.slots).enumerate() {
            if seen.credit(at) == 0 && (!loose.is_known || self.any || loose.is_last) {
                loose.see(at, bound.segment, title, taken, seen);
            }
            if seen.credit(at) == 0 {
                seen.raise(at, bound.elsewhere(slot, row));
            }
        }
        bound.sum(seen, row)
    }
}

impl Loose<'_> {
    fn see(&self, at: usize, segment: &Segment, title: &[TitleWord], taken: u64, seen: &mut Seen) {
        for (place, word) in title.iter().enumerate() {
            if taken >> place & 1 == 1 {
                continue;
            }
            let credit = seen.likeness(at, word.folded, || {
                likeness(self.asked, segment.folded.word(word.folded), self.is_last)
            });
            // What is a word may be meant as it stands.
            let credit = if self.is_known {
                credit * KNOWN / 1_000
            } else {
                credit
            };
            if credit > seen.credit(at) {
                seen.raise(at, credit);
                seen.weigh(at, segment.weight(word.folded));
            }
            if credit > 0 {
                seen.mark(at, place);
            }
        }
        if self.joins.is_empty() {
            return;
        }
        for (place, pair) in title.windows(2).enumerate() {
            if let [one, other] = pair
                && self.joins.contains(&(one.folded, other.folded))
            {
                seen.raise(at, JOINED);
                seen.mark(at, place);
                seen.mark(at, place + 1);
            }
        }
    }
}

/// How much a word counts for another, in thousandths; 0: it is another word.
fn likeness(asked: &str, known: &str, is_last: bool) -> u32 {
    if is_last && asked.len() >= 2 && known.starts_with(asked) {
        return BEGUN;
    }
    let lengths = (asked.chars().count(), known.chars().count());
    let shorter = lengths.0.min(lengths.1);
    if shorter < 2 || lengths.0.abs_diff(lengths.1) > 2 {
        return 0;
    }
    match strsim::osa_distance(asked, known) {
        0 => 1_000,
        1 if shorter >= 3 || lengths.0 + lengths.1 >= 5 => ONE_SLIP,
        2 if shorter >= 6 => TWO_SLIPS,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_most_are_those_of_a_sort(
            sums in proptest::collection::vec(0_u32..6, 0..60),
            of in proptest::collection::btree_set(0_u32..60, 0..60),
            count in 1_usize..8,
        ) {
            let rows = || (0..).zip(sums.clone());
            let falling: Vec<(u32, Row)> = rows().map(|(row, sum)| (sum, row)).collect();
            let of: RoaringBitmap = of.into_iter().collect();
            let mut found = Bound::first(falling.into_iter().rev(), &of, count);
            let mut all: Vec<(u32, Row)> = rows()
                .filter(|&(row, sum)| sum > 0 && of.contains(row))
                .map(|(row, sum)| (sum, row))
                .collect();
            all.sort_unstable_by(|one, other| other.cmp(one));
            let mut expected: Vec<Row> = all.into_iter().take(count).map(|(_, row)| row).collect();
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
