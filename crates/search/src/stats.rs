//! How much a word tells: fixed for a while, so that scores do not move while vacancies come and go.

use std::collections::HashMap;

use crate::segment::Segment;

/// Weights of words, in thousandths of a natural logarithm.
#[derive(Default)]
pub(crate) struct Stats {
    weights: HashMap<Box<str>, u32>,
    /// Of a word that nobody has.
    unknown: u32,
}

impl Stats {
    /// As these vacancies use words, in titles and names: ln(1 + (N - n + .5) / (n + .5)), the
    /// inverse document frequency of BM25 (Robertson and Zaragoza, 2009).
    pub(crate) fn of(segment: &Segment) -> Self {
        let all = segment.len();
        let weights = segment.folded.words().map(|(term, word)| {
            let postings = segment.folded.postings(term);
            let having = postings.map_or(0, |known| known.names.len());
            (word.into(), weight(all, having))
        });
        Self {
            weights: weights.collect(),
            unknown: weight(all, 0),
        }
    }

    pub(crate) fn weight(&self, folded: &str) -> u32 {
        self.weights.get(folded).copied().unwrap_or(self.unknown)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a logarithm of a count is small and not negative"
)]
fn weight(all: usize, having: u64) -> u32 {
    let (all, having) = (all as f64, having as f64);
    let odds = (all - having + 0.5).max(0.5) / (having + 0.5);
    ((1.0 + odds).ln() * 1_000.0).round() as u32
}
