//! A segment of people with what has changed of it since, and what a query had to look at.

use std::sync::Arc;

use domain::id::SeekerId;
use domain::seeker::Seeker;

use super::segment::Segment;

/// What a query had to look at: the same on every machine, for tests without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Times that the planes of a block were gone through.
    pub blocks: usize,
    /// Times that the summary of 512 groups of places was gone through.
    pub summaries: usize,
    /// Lines of planes (a cache line each) that were read.
    pub lines: usize,
    /// People who passed the planes, so that their rows were read.
    pub rows: usize,
    /// People whose score was enough for the list as it then was.
    pub scores: usize,
}

impl Effort {
    /// Adds what another query had to look at.
    pub(super) const fn add(&mut self, more: Self) {
        self.blocks += more.blocks;
        self.summaries += more.summaries;
        self.lines += more.lines;
        self.rows += more.rows;
        self.scores += more.scores;
    }
}

/// A segment, with who of it has changed or gone.
#[derive(Clone)]
pub(super) struct Shard {
    pub(super) segment: Arc<Segment>,
    /// A bit per row: it has changed or gone.
    gone: Arc<Vec<u64>>,
    pub(super) live: usize,
}

impl Shard {
    pub(super) fn new(segment: Segment) -> Self {
        Self {
            gone: Arc::new(vec![0; segment.len().div_ceil(64)]),
            live: segment.len(),
            segment: Arc::new(segment),
        }
    }

    pub(super) fn is_gone(&self, row: u32) -> bool {
        self.gone
            .get(row as usize / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(super) fn mark_gone(&mut self, id: SeekerId) {
        let Some(row) = self.segment.find(id).filter(|&row| !self.is_gone(row)) else {
            return;
        };
        if let Some(word) = Arc::make_mut(&mut self.gone).get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
            self.live -= 1;
        }
    }

    pub(super) fn find(&self, id: SeekerId) -> Option<Seeker> {
        let row = self.segment.find(id).filter(|&row| !self.is_gone(row))?;
        self.segment.seeker(row)
    }

    pub(super) fn seekers(&self) -> impl Iterator<Item = Seeker> + '_ {
        (0..self.segment.len() as u32)
            .filter(|&row| !self.is_gone(row))
            .filter_map(|row| self.segment.seeker(row))
    }
}
