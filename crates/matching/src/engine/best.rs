//! The best k places so far.

use std::collections::BinaryHeap;

/// Keeps the k smallest places after a given one.
pub(super) struct Best<Place> {
    heap: BinaryHeap<Place>,
    k: usize,
    after: Option<Place>,
}

impl<Place: Ord + Copy> Best<Place> {
    pub(super) fn new(k: usize, after: Option<Place>) -> Self {
        Self {
            heap: BinaryHeap::with_capacity(k + 1),
            k,
            after,
        }
    }

    /// How many are kept.
    pub(super) const fn k(&self) -> usize {
        self.k
    }

    /// The worst place that is kept, once there are k.
    pub(super) fn worst(&self) -> Option<&Place> {
        if self.heap.len() < self.k {
            None
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
        match self.worst() {
            Some(worst) if place >= *worst => return,
            Some(_) => {
                self.heap.pop();
            }
            None => {}
        }
        self.heap.push(place);
    }

    pub(super) fn into_sorted(self) -> Vec<Place> {
        self.heap.into_sorted_vec()
    }
}
