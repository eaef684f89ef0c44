//! Where the words of a query stand in one vacancy.

use std::collections::HashMap;

use crate::segment::Term;

/// What of a query has been seen in a vacancy.
pub(crate) struct Seen {
    credits: Vec<u32>,
    /// Weights of words that were meant in place of those that were typed.
    weights: Vec<Option<u32>>,
    /// The places in the title, a bit each.
    pub(super) places: Vec<u64>,
    /// The places of other ways to say it.
    pub(super) similar: u64,
    /// How much words of titles count for those that were asked for, as they were met.
    likeness: HashMap<(usize, Term), u32>,
}

impl Seen {
    pub(super) fn new(slots: usize) -> Self {
        Self {
            credits: vec![0; slots],
            weights: vec![None; slots],
            places: vec![0; slots],
            similar: 0,
            likeness: HashMap::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.credits.fill(0);
        self.weights.fill(None);
        self.places.fill(0);
        self.similar = 0;
    }

    pub(super) fn credit(&self, at: usize) -> u32 {
        self.credits.get(at).copied().unwrap_or(0)
    }

    pub(super) fn raise(&mut self, at: usize, credit: u32) {
        if let Some(known) = self.credits.get_mut(at) {
            *known = (*known).max(credit);
        }
    }

    pub(super) fn weight(&self, at: usize) -> Option<u32> {
        self.weights.get(at).copied().flatten()
    }

    pub(super) fn weigh(&mut self, at: usize, weight: u32) {
        if let Some(known) = self.weights.get_mut(at) {
            *known = Some(weight);
        }
    }

    pub(super) fn damp(&mut self, at: usize, share: u32) {
        if let Some(known) = self.credits.get_mut(at) {
            *known = *known * share / 1_000;
        }
        if let Some(places) = self.places.get_mut(at) {
            *places = 0;
        }
    }

    /// Whether each word stands in the title.
    pub(crate) fn has_all(&self) -> bool {
        self.places.iter().all(|places| *places != 0)
    }

    /// Whether these words all stand in the title, but not one after the other.
    pub(super) fn is_scattered(&self, slots: std::ops::Range<usize>) -> bool {
        let places = self.places.get(slots).unwrap_or_default();
        let follows = |pair: &[u64]| matches!(pair, [one, other] if (one << 1) & other != 0);
        places.iter().all(|places| *places != 0) && !places.windows(2).all(follows)
    }

    /// How much a word of a title counts for one that was asked for: the same words stand in many
    /// titles.
    pub(super) fn likeness(&mut self, at: usize, word: Term, reckon: impl FnOnce() -> u32) -> u32 {
        *self.likeness.entry((at, word)).or_insert_with(reckon)
    }

    pub(super) fn mark(&mut self, at: usize, place: usize) {
        if let Some(places) = self.places.get_mut(at) {
            *places |= bit(place);
        }
    }
}

/// The bit of a place in a title.
pub(super) fn bit(place: usize) -> u64 {
    1_u64
        .checked_shl(u32::try_from(place).unwrap_or(64))
        .unwrap_or(0)
}
