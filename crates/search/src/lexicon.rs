//! All words that some vacancy has.

use std::collections::BTreeMap;

use crate::segment::{Dictionary, Segment, Shape};

/// The words of several segments together.
pub(crate) struct Lexicon<'s> {
    pub(crate) segments: Vec<&'s Segment>,
}

impl<'s> Lexicon<'s> {
    /// How many have this folded word, anywhere.
    pub(crate) fn folded(&self, word: &str) -> u64 {
        self.anywhere(word, |segment| &segment.folded)
    }

    /// How many have this word as it is said, anywhere.
    pub(crate) fn said(&self, word: &str) -> u64 {
        self.anywhere(word, |segment| &segment.said)
    }

    fn anywhere(&self, word: &str, of: impl Fn(&Segment) -> &Dictionary) -> u64 {
        let found = self
            .segments
            .iter()
            .filter_map(|segment| of(segment).of(word));
        found.map(|postings| postings.any.len()).sum()
    }

    /// How many have these folded words side by side in a title or a name.
    pub(crate) fn pair(&self, one: &str, other: &str) -> u64 {
        let found = self.segments.iter().filter_map(|segment| {
            segment.pair(segment.folded.get(one)?, segment.folded.get(other)?)
        });
        found.map(|rows| rows.len()).sum()
    }

    /// Ways to say a folded word, with how many have them in a title or a name.
    pub(crate) fn ways(&self, folded: &str) -> BTreeMap<&'s str, u64> {
        let mut ways = BTreeMap::new();
        for segment in &self.segments {
            let term = segment.folded.get(folded);
            for said in term.into_iter().flat_map(|term| segment.forms.said(term)) {
                *ways.entry(segment.said.word(said)).or_default() += segment.said.having(said);
            }
        }
        ways
    }

    /// The folded words that begin so.
    pub(crate) fn beginning(&self, prefix: &str) -> Vec<&'s str> {
        let mut found: Vec<&str> = Vec::new();
        for segment in &self.segments {
            let terms = segment.forms.beginning(prefix, &segment.folded);
            found.extend(terms.map(|term| segment.folded.word(term)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Folded words at most so many slips from this one that somebody has in a title or a name:
    /// the slips, and how many have it.
    pub(crate) fn near(&self, word: &str, reach: usize) -> BTreeMap<&'s str, (usize, u64)> {
        let mut near = BTreeMap::new();
        for segment in &self.segments {
            for term in segment.forms.within(Shape::of(word), reach) {
                let known = segment.folded.word(term);
                let slips = strsim::osa_distance(word, known);
                if slips <= reach && segment.folded.having(term) > 0 {
                    near.entry(known).or_insert((slips, 0)).1 += segment.folded.having(term);
                }
            }
        }
        near
    }
}
