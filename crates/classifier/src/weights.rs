//! What was learnt, small enough to be carried in the binary: whole weights, the small ones left
//! out.

use std::collections::HashMap;

use crate::classes::{Classes, MAJORS};
use crate::features::Feature;
use crate::learn::{Cell, Rows, softmax};

/// Whole weights in one.
const SCALE: f32 = 20.0;

/// Weights by feature. Places 0 to 9 are the major groups, the classes follow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Weights {
    /// The numbers of the features, in order.
    pub(crate) hashes: Vec<u32>,
    /// Where the entries of each feature end.
    pub(crate) ends: Vec<u32>,
    /// Places with their whole weights, by place within a feature.
    pub(crate) entries: Vec<(u16, i8)>,
    places: HashMap<u32, u32>,
}

impl Weights {
    /// From what was learnt.
    pub(crate) fn from_rows(rows: &Rows, classes: &Classes) -> Self {
        let mut weights = Self::default();
        for (&hash, row) in rows {
            let from = weights.entries.len();
            weights.take(0, &row.majors);
            for (major, cells) in row.codes.iter().enumerate() {
                weights.take(MAJORS + classes.of_major(major).0, cells);
            }
            if weights.entries.len() > from {
                weights.close(hash);
            }
        }
        weights.indexed()
    }

    /// Adds a feature that has the entries since the last.
    pub(crate) fn close(&mut self, hash: u32) {
        self.hashes.push(hash);
        let end = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.ends.push(end);
    }

    /// Ready to be asked.
    pub(crate) fn indexed(mut self) -> Self {
        self.places = self.hashes.iter().copied().zip(0..).collect();
        self
    }

    fn take(&mut self, first: usize, cells: &[Cell]) {
        for (place, cell) in (first..).zip(cells) {
            let whole = libm::roundf(cell.weight * SCALE).clamp(-127.0, 127.0);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "rounded and within an i8 by the line above"
            )]
            let whole = whole as i8;
            let place = u16::try_from(place).unwrap_or(u16::MAX);
            if whole.unsigned_abs() >= 8 {
                self.entries.push((place, whole));
            }
        }
    }

    /// The entries of a feature.
    pub(crate) fn of(&self, hash: u32) -> &[(u16, i8)] {
        let Some(&at) = self.places.get(&hash) else {
            return &[];
        };
        let at = at as usize;
        let end = |at: usize| self.ends.get(at).map_or(0, |&end| end as usize);
        let from = at.checked_sub(1).map_or(0, end);
        self.entries.get(from..end(at)).unwrap_or_default()
    }

    /// The share of each class, in the order of the classes.
    pub(crate) fn shares(&self, classes: &Classes, features: &[Feature]) -> Vec<f32> {
        let mut scores = vec![0.0; MAJORS + classes.len()];
        for feature in features {
            let value = feature.value / SCALE;
            for &(place, whole) in self.of(feature.hash) {
                if let Some(score) = scores.get_mut(usize::from(place)) {
                    *score += value * f32::from(whole);
                }
            }
        }
        let (majors, codes) = scores.split_at_mut(MAJORS);
        for (major, score) in majors.iter_mut().enumerate() {
            if classes.of_major(major).1 == 0 {
                *score = f32::MIN;
            }
        }
        softmax(majors);
        for (major, share) in majors.iter().enumerate() {
            let (from, count) = classes.of_major(major);
            if let Some(inside) = codes.get_mut(from..from + count)
                && !inside.is_empty()
            {
                softmax(inside);
                inside.iter_mut().for_each(|code| *code *= share);
            }
        }
        codes.to_vec()
    }

    /// How much a feature speaks for a class.
    pub(crate) fn pull(&self, feature: &Feature, major: usize, class: usize) -> f32 {
        let entries = self.of(feature.hash).iter();
        let whole: i32 = entries
            .filter(|(place, _)| [major, MAJORS + class].contains(&usize::from(*place)))
            .map(|&(_, whole)| i32::from(whole))
            .sum();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let whole = whole as f32;
        feature.value * whole
    }
}
