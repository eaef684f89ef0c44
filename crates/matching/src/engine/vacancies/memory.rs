//! What a search needs of memory, kept between searches.

use super::segment::Segment;

/// Memory that is used again by the next query.
#[derive(Default)]
pub(super) struct Memory {
    /// By row, a bit: it was looked at.
    marks: Vec<u64>,
    /// By word: the most that location brings, in units.
    pub(super) near: Vec<u16>,
    pub(super) visits: Vec<Visit>,
    /// Who passed the planes.
    pub(super) found: Vec<Found>,
    /// Rows to be looked at, with what each can have at most, in thousandths.
    pub(super) passed: Vec<Passed>,
}

impl Memory {
    pub(super) fn start(&mut self, segment: &Segment) {
        self.marks.clear();
        self.marks.resize(segment.len().div_ceil(64), 0);
        self.visits.clear();
        self.found.clear();
        self.passed.clear();
    }

    /// Marks a row; false if it was marked before.
    pub(super) fn mark(&mut self, row: u32) -> bool {
        let Some(marks) = self.marks.get_mut(row as usize / 64) else {
            return false;
        };
        let is_new = *marks >> (row % 64) & 1 == 0;
        *marks |= 1 << (row % 64);
        is_new
    }
}

/// A row with the most that can be had there, in thousandths; the order is that of looking at
/// them, the most first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passed(u64);

impl Passed {
    pub(super) const fn new(bound: u16, row: u32) -> Self {
        Self(((u16::MAX - bound) as u64) << 32 | row as u64)
    }

    pub(super) const fn bound(self) -> u16 {
        u16::MAX - (self.0 >> 32) as u16
    }

    pub(super) const fn row(self) -> u32 {
        self.0 as u32
    }
}

/// A block, with the most that can be had in it, in thousandths.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Visit {
    pub(super) reach: i16,
    pub(super) block: u32,
}

/// Somebody who passed the planes, with what can be had there at most, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) place: u32,
    pub(super) bound: i16,
}
