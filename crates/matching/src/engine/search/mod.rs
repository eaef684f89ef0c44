//! One query over all segments: blocks by nearness, then the rows of who passes their planes.
//!
//! The order of things is here, [`blocks`] goes through planes, and [`rows`] reads who passed.

mod blocks;
mod rows;

use super::best::Best;
use super::layout::Spots;
use super::lines::{Line, WORDS};
use super::plan::Plan;
use super::query::{Query, Tables};
use super::shard::{Effort, Shard};
use super::vector::{bound_of, bounds};
use crate::scan::PersonPlace;

/// The nearest blocks, at most so many and an eighth of all, are gone through first, so that the list begins with good
/// people.
const MOST_NEAREST: usize = 40;
/// So many thousandths lower each time, until the list is full.
const STEP_DOWN: i16 = 64;
/// Blocks are ordered in classes of so many thousandths.
const PER_CLASS: i16 = 32;
/// The lines of so many blocks are asked for at once.
const AHEAD: usize = 8;

/// What a search needs of memory, kept between searches.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) tables: Tables,
    seen: Vec<u32>,
    epoch: u32,
    visits: Vec<Visit>,
    sorted: Vec<Visit>,
    /// The places in `sorted` of the blocks to be visited.
    order: Vec<u32>,
    done: Vec<Line>,
    /// By block of all segments: the most that anybody there can have.
    reaches: Vec<i16>,
    /// By block of all segments: the groups in which somebody may be, a bit each.
    open: Vec<u32>,
    passed: Vec<Passed>,
    read: Vec<Read>,
}

impl Scratch {
    fn start(&mut self, rows: usize) {
        if self.seen.len() < rows || self.epoch == u32::MAX {
            self.seen = vec![0; rows];
            self.epoch = 0;
        }
        self.epoch += 1;
        self.visits.clear();
        self.done.clear();
        self.reaches.clear();
        self.open.clear();
    }

    /// Marks a row; false if it was marked before.
    fn mark(&mut self, row: usize) -> bool {
        match self.seen.get_mut(row) {
            Some(mark) if *mark == self.epoch => false,
            Some(mark) => {
                *mark = self.epoch;
                true
            }
            None => false,
        }
    }
}

/// Somebody who has passed the planes.
#[derive(Debug, Clone, Copy)]
struct Passed {
    part: u16,
    place: u32,
}

/// Somebody whose row is read.
#[derive(Debug, Clone, Copy)]
struct Read {
    part: u16,
    spot: u16,
    at: u32,
    sum: u64,
}

/// A block, with the most that anybody in it can have.
#[derive(Debug, Clone, Copy, Default)]
struct Visit {
    reach: i16,
    part: u16,
    block: u32,
}

/// A segment, as the query sees it.
struct Segmented<'s> {
    shard: &'s Shard,
    plan: Plan,
    /// For its summary, if it has one.
    summary_plan: Option<Plan>,
    first_row: usize,
    first_block: usize,
}

/// A query on its way.
pub(super) struct Search<'s> {
    query: &'s Query<'s>,
    spots: &'s Spots,
    parts: Vec<Segmented<'s>>,
    scratch: &'s mut Scratch,
    effort: &'s mut Effort,
    /// So many lines were read of the last block whose losses were added up.
    lines: usize,
}

impl<'s> Search<'s> {
    pub(super) fn new(
        query: &'s Query<'s>,
        spots: &'s Spots,
        shards: &'s [Shard],
        scratch: &'s mut Scratch,
        effort: &'s mut Effort,
    ) -> Self {
        let (mut rows, mut blocks) = (0, 0);
        let parts = shards
            .iter()
            .map(|shard| {
                let segment = &*shard.segment;
                let (first_row, first_block) = (rows, blocks);
                rows += segment.len();
                blocks += segment.layout.blocks.len();
                let summary = segment.summary.as_ref();
                Segmented {
                    shard,
                    plan: Plan::new(query, &segment.planes),
                    summary_plan: summary.map(|summary| Plan::of_groups(query, summary)),
                    first_row,
                    first_block,
                }
            })
            .collect();
        scratch.start(rows);
        Self {
            query,
            spots,
            parts,
            scratch,
            effort,
            lines: 0,
        }
    }

    /// Offers everybody who may have a place.
    pub(super) fn run(mut self, best: &mut Best<PersonPlace>) {
        self.collect();
        let nearest = self.nearest();
        self.scratch.done.resize(nearest, Line::default());
        let mut least = self.first_least(nearest, best.k());
        self.scratch.order.clear();
        self.scratch.order.extend(0..nearest as u32);
        loop {
            self.visit_all(least, best);
            if least == 0 || best.worst().is_some() {
                break;
            }
            least = (least - STEP_DOWN).max(0);
        }
        let all = self.scratch.sorted.len();
        if let Some(hopeful) = self.hopeful(nearest, best) {
            self.scratch.done.resize(all, Line::default());
            self.open_blocks(hopeful, best);
            self.visit_all(hopeful, best);
            if best
                .worst()
                .is_some_and(|worst| worst.thousandths() as i16 >= hopeful)
            {
                return;
            }
        }
        self.open_blocks(0, best);
        self.visit_all(0, best);
    }

    /// Offers everybody who can have what `best` asks for from the start.
    pub(super) fn run_for_all(mut self, best: &mut Best<PersonPlace>) {
        self.collect();
        self.open_blocks(0, best);
        self.visit_all(0, best);
    }

    fn nearest(&self) -> usize {
        let sorted = &self.scratch.sorted;
        let first = sorted.first().map_or(0, |visit| visit.reach);
        sorted
            .iter()
            .take(MOST_NEAREST.min(sorted.len().div_ceil(8)))
            .take_while(|visit| visit.reach > first - PER_CLASS)
            .count()
    }

    /// What the last on the list will probably have at least, where the nearest blocks are a fair
    /// sample of all: where place does not tell. If it comes true, nobody below it needed to be
    /// looked at.
    fn hopeful(&self, nearest: usize, best: &Best<PersonPlace>) -> Option<i16> {
        let sorted = &self.scratch.sorted;
        let (first, last) = (sorted.first()?, sorted.last()?);
        if sorted.len() < 2 * nearest || last.reach <= first.reach - PER_CLASS {
            return None;
        }
        let rank = best.k() * nearest / sorted.len();
        let place = best.nth(6 + 3 * rank)?;
        Some(place.thousandths() as i16)
    }

    /// What so many people of the nearest blocks can have at most: with those the list begins.
    fn first_least(&self, nearest: usize, k: usize) -> i16 {
        let mut all: Vec<_> = self
            .scratch
            .sorted
            .iter()
            .take(nearest)
            .enumerate()
            .filter_map(|(at, visit)| {
                if at.is_multiple_of(AHEAD) {
                    let next = (at + AHEAD) as u32;
                    self.prefetch(next..next + AHEAD as u32, usize::MAX);
                }
                let part = self.parts.get(usize::from(visit.part))?;
                let segment = &*part.shard.segment;
                let block = visit.block as usize;
                let everybody = Line([u64::MAX; WORDS]);
                let budgets = self.budgets(segment, block, 0, &everybody);
                Some(bounds(&part.plan, &segment.planes.lines, block, &budgets))
            })
            .collect();
        bound_of(&mut all, 3 * k)
    }
}
