//! One query over all segments: blocks by nearness, then the rows of who passes their planes.

use domain::seeker::Seeker;

use super::best::Best;
use super::layout::Spots;
use super::people::{Effort, Shard};
use super::plan::Plan;
use super::planes::{BLOCK, Line, WORDS};
use super::query::{Query, Tables};
use super::row::Row;
use super::segment::Segment;
use super::vector::{Budgets, bound_of, bounds, prefetch, survivors};
use crate::definition::ONE;
use crate::scan::{PersonPlace, ranked};

/// The nearest blocks, at most so many and an eighth of all, are gone through first, so that the list begins with good
/// people.
const MOST_NEAREST: usize = 40;
/// So many thousandths lower each time, until the list is full.
const STEP_DOWN: i16 = 64;
/// The lines of so many blocks are asked for at once.
const AHEAD: usize = 8;
/// So many rows are asked for at once.
const BATCH: usize = 32;
/// Blocks are ordered in classes of so many thousandths.
const PER_CLASS: i16 = 32;
const CLASSES: usize = 1_000 / PER_CLASS as usize + 1;

/// What a search needs of memory, kept between searches.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) tables: Tables,
    seen: Vec<u32>,
    epoch: u32,
    visits: Vec<Visit>,
    sorted: Vec<Visit>,
    done: Vec<Line>,
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
    first_row: usize,
}

/// A query on its way.
pub(super) struct Search<'s> {
    query: &'s Query<'s>,
    spots: &'s Spots,
    parts: Vec<Segmented<'s>>,
    scratch: &'s mut Scratch,
    effort: &'s mut Effort,
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
        let mut rows = 0;
        let parts = shards
            .iter()
            .map(|shard| {
                let first_row = rows;
                rows += shard.segment.len();
                Segmented {
                    shard,
                    plan: Plan::new(query, &shard.segment.planes),
                    first_row,
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
        loop {
            for at in 0..nearest {
                self.visit(at, least, best);
            }
            self.score(best);
            if least == 0 || best.worst().is_some() {
                break;
            }
            least = (least - STEP_DOWN).max(0);
        }
        let all = self.scratch.sorted.len();
        if let Some(hopeful) = self.hopeful(nearest, best) {
            self.scratch.done.resize(all, Line::default());
            for at in 0..all {
                self.visit(at, hopeful, best);
            }
            self.score(best);
            if best
                .worst()
                .is_some_and(|worst| worst.thousandths() as i16 >= hopeful)
            {
                return;
            }
        }
        for at in 0..all {
            self.visit(at, 0, best);
        }
        self.score(best);
    }

    /// Offers everybody who can have what `best` asks for from the start.
    pub(super) fn run_for_all(mut self, best: &mut Best<PersonPlace>) {
        self.collect();
        for at in 0..self.scratch.sorted.len() {
            self.visit(at, 0, best);
        }
        self.score(best);
    }

    /// The blocks, by what can be had there, in the order of memory where it is about the same.
    fn collect(&mut self) {
        let class = |visit: &Visit| CLASSES - 1 - (visit.reach / PER_CLASS) as usize;
        let mut next = [0; CLASSES + 1];
        for (part, one) in (0..).zip(&self.parts) {
            let ranges = &one.shard.segment.layout.blocks;
            for (block, &range) in (0..).zip(ranges) {
                let reach = self.query.reach(range);
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
                    self.prefetch(at + AHEAD, AHEAD, usize::MAX);
                }
                let part = self.parts.get(usize::from(visit.part))?;
                let segment = &*part.shard.segment;
                let block = visit.block as usize;
                let budgets = self.budgets(segment, block, 0);
                Some(bounds(&part.plan, &segment.planes, block, &budgets, ()))
            })
            .collect();
        bound_of(&mut all, 3 * k)
    }

    /// Asks for the first lines of blocks that will be visited, plane by plane: neighbours lie
    /// together in memory.
    fn prefetch(&self, at: usize, many: usize, lines: usize) {
        let visits = self.scratch.sorted.get(at..).unwrap_or_default();
        let visits = visits.get(..many).unwrap_or(visits);
        let Some(part) = visits
            .first()
            .and_then(|visit| self.parts.get(usize::from(visit.part)))
        else {
            return;
        };
        let planes = &part.shard.segment.planes;
        for &plane in part.plan.lines.iter().take(lines) {
            for visit in visits {
                if let Some(line) = planes.line(plane, visit.block as usize) {
                    prefetch(line);
                }
            }
        }
    }

    fn budgets(&self, segment: &Segment, block: usize, least: i16) -> Budgets {
        let range = segment.layout.blocks.get(block);
        if let Some(&range) = range.filter(|range| range.first == range.last) {
            return [self.query.reach(range) - least; WORDS];
        }
        let mut budgets: Budgets = [-1; WORDS];
        for (budget, &range) in budgets.iter_mut().zip(segment.layout.words_of(block)) {
            *budget = self.query.reach(range) - least;
        }
        budgets
    }

    /// Offers who of a block can have `least` thousandths and a place on the list.
    fn visit(&mut self, at: usize, least: i16, best: &mut Best<PersonPlace>) {
        let Some(&visit) = self.scratch.sorted.get(at) else {
            return;
        };
        let worst = best.worst().map_or(0, |worst| worst.thousandths() as i16);
        let least = least.max(worst);
        if visit.reach < least {
            return;
        }
        let Some(part) = self.parts.get(usize::from(visit.part)) else {
            return;
        };
        let segment = &*part.shard.segment;
        let block = visit.block as usize;
        let budgets = self.budgets(segment, block, least);
        let done = self.scratch.done.get(at).copied().unwrap_or_default();
        let start = Line(done.0.map(|word| !word));
        if at.is_multiple_of(AHEAD) {
            self.prefetch(at + AHEAD, AHEAD, self.lines + 2);
        }
        let (alive, lines) = survivors(&part.plan, &segment.planes, block, &budgets, start);
        self.lines = lines;
        self.effort.blocks += 1;
        self.effort.lines += lines;
        if let Some(done) = self.scratch.done.get_mut(at) {
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

    /// Scores who has passed. What must be read lies all over the memory: each kind is asked for
    /// of all of them, before any is needed.
    fn score(&mut self, best: &mut Best<PersonPlace>) {
        let mut read = std::mem::take(&mut self.scratch.read);
        read.clear();
        for one in &self.scratch.passed {
            let Some(part) = self.parts.get(usize::from(one.part)) else {
                continue;
            };
            let segment = &*part.shard.segment;
            let place = one.place as usize;
            if let Some(at) = segment.layout.row(place)
                && let Some(row) = segment.rows.get(at as usize)
                && let Some(range) = segment.layout.words.get(place / 64)
            {
                prefetch(row);
                let spot = range.first;
                read.push(Read {
                    part: one.part,
                    spot,
                    at,
                    sum: 0,
                });
            }
        }
        self.scratch.passed.clear();
        read.retain(|one| self.is_looked_at(one));
        self.effort.rows += read.len();
        let must = best
            .worst()
            .map_or(0, |worst| u64::from(worst.thousandths()) * ONE);
        read.retain_mut(|one| self.sum(one, must));
        for one in &read {
            self.offer(one, best);
        }
        self.scratch.read = read;
    }

    fn row(&self, one: &Read) -> Option<(&'s Segment, &'s Row)> {
        let segment = &*self.parts.get(usize::from(one.part))?.shard.segment;
        Some((segment, segment.rows.get(one.at as usize)?))
    }

    fn is_looked_at(&self, one: &Read) -> bool {
        let Some((segment, row)) = self.row(one) else {
            return false;
        };
        let skills = segment.skills_of(row);
        for end in [skills.first(), skills.last()].into_iter().flatten() {
            prefetch(end);
        }
        self.query.is_looked_at(row, self.spots, one.spot.into())
    }

    /// Works the sum out; false: it is not enough.
    fn sum(&self, one: &mut Read, must: u64) -> bool {
        let Some((segment, row)) = self.row(one) else {
            return false;
        };
        let sum = if row.is_spilled() {
            segment
                .spilled(one.at)
                .and_then(|seeker| self.sum_of_spilled(seeker))
        } else {
            self.query.sum(segment, row, must)
        };
        if let Some(who) = segment.who.get(one.at as usize) {
            prefetch(who);
        }
        one.sum = sum.unwrap_or(0);
        sum.is_some_and(|sum| sum >= must)
    }

    fn sum_of_spilled(&self, seeker: &Seeker) -> Option<u64> {
        let query = self.query;
        let fit = ranked(query.rules, query.offer, seeker, query.as_of)?;
        Some(u64::from(fit.thousandths()) * ONE)
    }

    fn offer(&mut self, one: &Read, best: &mut Best<PersonPlace>) {
        let Some(part) = self.parts.get(usize::from(one.part)) else {
            return;
        };
        let Some((segment, row)) = self.row(one) else {
            return;
        };
        let Some(&(registered, id)) = segment.who.get(one.at as usize) else {
            return;
        };
        if !part.shard.is_gone(one.at)
            && (!row.has_several_points() || self.scratch.mark(part.first_row + one.at as usize))
        {
            self.effort.scores += 1;
            let thousandths = (one.sum / ONE) as u16;
            best.offer(PersonPlace::new(thousandths, registered, id));
        }
    }
}
