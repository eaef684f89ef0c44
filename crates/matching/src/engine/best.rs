//! The best k places so far.

use std::collections::BinaryHeap;

/// Keeps the k smallest places after a given one, or all before a given one.
pub(super) struct Best<Place> {
    heap: BinaryHeap<Place>,
    k: usize,
    after: Option<Place>,
    before: Option<Place>,
}

impl<Place: Ord + Copy> Best<Place> {
    pub(super) fn new(k: usize, after: Option<Place>) -> Self {
        Self {
            heap: BinaryHeap::with_capacity(k + 1),
            k,
            after,
            before: None,
        }
    }

    /// Keeps all places before this one.
    pub(super) const fn all_before(place: Place) -> Self {
        Self {
            heap: BinaryHeap::new(),
            k: usize::MAX,
            after: None,
            before: Some(place),
        }
    }

    /// How many are kept.
    pub(super) const fn k(&self) -> usize {
        self.k
    }

    /// What a place must come before to be kept: the worst that is kept, once there are k.
    pub(super) fn worst(&self) -> Option<&Place> {
        if self.heap.len() < self.k {
            self.before.as_ref()
        } else {
            self.heap.peek()
        }
    }

    /// The place of that rank among those kept, counted from the best.
    pub(super) fn nth(&self, rank: usize) -> Option<Place> {
        let mut places: Vec<Place> = self.heap.iter().copied().collect();
        if rank >= places.len() {
            return None;
        }
        Some(*places.select_nth_unstable(rank).1)
    }

    pub(super) fn offer(&mut self, place: Place) {
        if self.k == 0 || self.after.is_some_and(|after| place <= after) {
            return;
        }
        if self.worst().is_some_and(|worst| place >= *worst) {
            return;
        }
        if self.heap.len() >= self.k {
            self.heap.pop();
        }
        self.heap.push(place);
    }

    /// All that are kept, in no order.
    pub(super) fn into_places(self) -> Vec<Place> {
        self.heap.into_vec()
    }

    pub(super) fn into_sorted(self) -> Vec<Place> {
        self.heap.into_sorted_vec()
    }
}
