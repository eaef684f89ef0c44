//! Blocks of places: which are visited, in which order, and who of them passes the planes.

use super::super::best::Best;
use super::super::lines::{BLOCK, Line, WORDS};
use super::super::segment::Segment;
use super::super::summary::GROUPS;
use super::super::vector::{Budgets, FineBudgets, prefetch, survivors};
use super::{AHEAD, PER_CLASS, Passed, Scratch, Search, Visit};
use crate::scan::PersonPlace;

/// So many rows are asked for at once.
const BATCH: usize = 32;
/// Classes of blocks.
const CLASSES: usize = 1_000 / PER_CLASS as usize + 1;

impl Search<'_> {
    /// The blocks, by what can be had there, in the order of memory where it is about the same.
    pub(super) fn collect(&mut self) {
        let class = |visit: &Visit| CLASSES - 1 - (visit.reach / PER_CLASS) as usize;
        let mut next = [0; CLASSES + 1];
        for (part, one) in (0..).zip(&self.parts) {
            let ranges = &one.shard.segment.layout.blocks;
            for (block, &range) in (0..).zip(ranges) {
                let reach = self.query.reach(range);
                self.scratch.reaches.push(reach);
                self.scratch.open.push(u32::MAX);
                if reach >= 0 {
                    let visit = Visit { reach, part, block };
                    if let Some(count) = next.get_mut(class(&visit) + 1) {
                        *count += 1;
                    }
                    self.scratch.visits.push(visit);
                }
            }
        }
        let mut sum = 0;
        for count in &mut next {
            sum += *count;
            *count = sum;
        }
        let visits = &self.scratch.visits;
        self.scratch.sorted.resize(visits.len(), Visit::default());
        for &visit in visits {
            if let Some(at) = next.get_mut(class(&visit)) {
                if let Some(place) = self.scratch.sorted.get_mut(*at) {
                    *place = visit;
                }
                *at += 1;
            }
        }
    }

    /// Closes the words of blocks in which, by the summaries, nobody has `least` thousandths and a
    /// place on the list.
    pub(super) fn open_blocks(&mut self, least: i16, best: &Best<PersonPlace>) {
        let least = Self::least(least, best);
        let Scratch { reaches, open, .. } = &mut *self.scratch;
        for part in &self.parts {
            let segment = &*part.shard.segment;
            let (Some(summary), Some(plan)) = (&segment.summary, &part.summary_plan) else {
                continue;
            };
            let blocks = part.first_block..part.first_block + segment.layout.blocks.len();
            let (Some(reaches), Some(open)) = (reaches.get(blocks.clone()), open.get_mut(blocks))
            else {
                continue;
            };
            let reaches = reaches.chunks(BLOCK / GROUPS);
            let open = open.chunks_mut(BLOCK / GROUPS);
            for ((at, reaches), open) in (0..).zip(reaches).zip(open) {
                let mut budgets: FineBudgets = [[-1; 8]; WORDS];
                for (budgets, reach) in budgets
                    .as_flattened_mut()
                    .chunks_mut(GROUPS / 8)
                    .zip(reaches)
                {
                    budgets.fill(reach - least);
                }
                let everybody = Line([u64::MAX; WORDS]);
                let (alive, lines) = survivors(plan, &summary.lines, at, &budgets, everybody);
                self.effort.summaries += 1;
                self.effort.lines += lines;
                for (at, open) in open.iter_mut().enumerate() {
                    let bit = at * GROUPS;
                    let word = alive.0.get(bit / 64).copied().unwrap_or(u64::MAX);
                    *open = (word >> (bit % 64)) as u32;
                }
            }
        }
        let Scratch {
            sorted,
            order,
            open,
            ..
        } = &mut *self.scratch;
        order.clear();
        for (at, visit) in (0..).zip(sorted.iter()) {
            if let Some(part) = self.parts.get(usize::from(visit.part))
                && visit.reach >= least
                && open.get(part.first_block + visit.block as usize) != Some(&0)
            {
                order.push(at);
            }
        }
    }

    /// Visits the blocks in their order.
    pub(super) fn visit_all(&mut self, least: i16, best: &mut Best<PersonPlace>) {
        let order = std::mem::take(&mut self.scratch.order);
        for (at, &place) in order.iter().enumerate() {
            if at.is_multiple_of(AHEAD) {
                self.prefetch(ahead(&order, at).iter().copied(), self.lines + 2);
            }
            self.visit(place, least, best);
        }
        self.scratch.order = order;
        self.score(best);
    }

    /// Asks for the first lines of blocks, plane by plane: neighbours lie together in memory.
    pub(super) fn prefetch(&self, places: impl Iterator<Item = u32> + Clone, many: usize) {
        let visits = places.filter_map(|at| self.scratch.sorted.get(at as usize));
        let Some(part) = visits
            .clone()
            .next()
            .and_then(|visit| self.parts.get(usize::from(visit.part)))
        else {
            return;
        };
        let planes = &part.shard.segment.planes.lines;
        for &plane in part.plan.lines.iter().take(many) {
            for visit in visits.clone() {
                if let Some(line) = planes.line(plane, visit.block as usize) {
                    prefetch(line);
                }
            }
        }
    }

    /// What must be had at least to be looked at.
    fn least(least: i16, best: &Best<PersonPlace>) -> i16 {
        let worst = best.worst().map_or(0, |worst| worst.thousandths() as i16);
        least.max(worst)
    }

    pub(super) fn budgets(
        &self,
        segment: &Segment,
        block: usize,
        least: i16,
        start: &Line,
    ) -> Budgets {
        let range = segment.layout.blocks.get(block);
        if let Some(&range) = range.filter(|range| range.first == range.last) {
            return [self.query.reach(range) - least; WORDS];
        }
        let mut budgets: Budgets = [-1; WORDS];
        let words = segment.layout.words_of(block).iter().zip(start.0);
        for (budget, (&range, start)) in budgets.iter_mut().zip(words) {
            if start != 0 {
                *budget = self.query.reach(range) - least;
            }
        }
        budgets
    }

    /// Offers who of a block can have `least` thousandths and a place on the list.
    fn visit(&mut self, at: u32, least: i16, best: &mut Best<PersonPlace>) {
        let Some(&visit) = self.scratch.sorted.get(at as usize) else {
            return;
        };
        let least = Self::least(least, best);
        if visit.reach < least {
            return;
        }
        let Some(part) = self.parts.get(usize::from(visit.part)) else {
            return;
        };
        let segment = &*part.shard.segment;
        let block = visit.block as usize;
        let open = self.scratch.open.get(part.first_block + block);
        let open = open.copied().unwrap_or(u32::MAX);
        let mut start = places_of(open);
        let budgets = self.budgets(segment, block, least, &start);
        let mut done = self.scratch.done.get_mut(at as usize);
        if let Some(done) = &done {
            for (start, done) in start.0.iter_mut().zip(done.0) {
                *start &= !done;
            }
        }
        let (alive, lines) = survivors(&part.plan, &segment.planes.lines, block, &budgets, start);
        self.lines = lines;
        self.effort.blocks += 1;
        self.effort.lines += lines;
        if let Some(done) = &mut done {
            for (done, alive) in done.0.iter_mut().zip(alive.0) {
                *done |= alive;
            }
        }
        for (word, &bits) in alive.0.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let place = block * BLOCK + word * (BLOCK / WORDS) + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if let Some(entry) = segment.layout.entry(place) {
                    prefetch(entry);
                }
                self.scratch.passed.push(Passed {
                    part: visit.part,
                    place: place as u32,
                });
            }
        }
        if self.scratch.passed.len() >= BATCH {
            self.score(best);
        }
    }
}

/// The places that are in these groups of a block.
fn places_of(groups: u32) -> Line {
    if groups == u32::MAX {
        return Line([u64::MAX; WORDS]);
    }
    Line(std::array::from_fn(|word| {
        let groups = u64::from(groups >> (word * GROUPS / WORDS));
        let spread = groups & 1 | (groups & 2) << 15 | (groups & 4) << 30 | (groups & 8) << 45;
        spread * 0xFFFF
    }))
}

/// Of what is gone through so many at a time, what comes after that; at the beginning all.
fn ahead<T>(all: &[T], at: usize) -> &[T] {
    let from = if at == 0 { 0 } else { at + AHEAD };
    let to = (at + 2 * AHEAD).min(all.len());
    all.get(from..to).unwrap_or_default()
}
