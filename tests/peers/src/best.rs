//! The best k so far.

use std::collections::BinaryHeap;

use matching::definition::ONE;

/// Keeps the k smallest places.
pub(crate) struct Best<Place> {
    heap: BinaryHeap<Place>,
    k: usize,
}

impl<Place: Ord + Copy> Best<Place> {
    pub(crate) fn new(k: usize) -> Self {
        Self {
            heap: BinaryHeap::with_capacity(k + 1),
            k,
        }
    }

    pub(crate) fn offer(&mut self, place: Place) {
        if self.heap.len() == self.k {
            if self.heap.peek().is_none_or(|worst| place >= *worst) {
                return;
            }
            self.heap.pop();
        }
        self.heap.push(place);
    }

    /// The sum that the next one must reach.
    pub(crate) fn must(&self, thousandths: impl Fn(&Place) -> u16) -> u64 {
        match self.heap.peek() {
            Some(worst) if self.heap.len() == self.k => u64::from(thousandths(worst)) * ONE,
            Some(_) | None => 0,
        }
    }

    pub(crate) fn into_sorted(self) -> Vec<Place> {
        self.heap.into_sorted_vec()
    }
}
