//! One seeker in one segment: blocks by what can be had there, then the rows of who passes their
//! planes; in between, who asks for the rare skills.

use std::ops::Range;

use super::super::best::Best;
use super::super::lines::{BLOCK, WORDS};
use super::super::vector::{Bounds, Budgets, bound_of, prefetch, widely};
use super::Effort;
use super::bits::{AllBounds, Block, Survivors};
use super::layout::COUNTRY;
use super::memory::{Found, Memory, Passed, Visit};
use super::plan::Plan;
use super::query::Query;
use super::segment::Segment;
use super::shard::Shard;
use super::words::{PER_THOUSANDTH, Words, units};
use crate::definition::ONE;
use crate::scan::{VacancyPlace, ranked};
use crate::settings::Part;

/// So many of the blocks in which most can be had begin the list.
const NEAREST: usize = 20;
/// The list begins with the bound of so many times its length.
const BEGIN_WITH: usize = 8;
/// So many thousandths lower each time, until the list is full.
const STEP_DOWN: i16 = 64;
/// The lines of a block are asked for while so many others are gone through.
const AHEAD: usize = 3;
/// So many lines of steps are asked for ahead.
const PREFETCHED_LINES: usize = 8;
/// What a row refers to is asked for while so many others are looked at; the row itself while
/// twice as many are.
const AHEAD_ROWS: usize = 8;

/// A query on its way through a segment.
pub(super) struct Search<'s, 'q> {
    pub(super) query: &'s mut Query<'q>,
    pub(super) shard: &'q Shard,
    pub(super) best: &'s mut Best<VacancyPlace>,
    pub(super) memory: &'s mut Memory,
    pub(super) effort: &'s mut Effort,
    pub(super) plan: Plan,
}

impl<'s, 'q> Search<'s, 'q> {
    pub(super) fn new(
        query: &'s mut Query<'q>,
        shard: &'q Shard,
        best: &'s mut Best<VacancyPlace>,
        memory: &'s mut Memory,
        effort: &'s mut Effort,
    ) -> Self {
        query.enter(&shard.segment);
        memory.start(&shard.segment);
        for table in &query.near {
            table.sites.iter().step_by(16).for_each(prefetch);
        }
        Self {
            plan: Plan::new(query, &shard.segment),
            query,
            shard,
            best,
            memory,
            effort,
        }
    }

    /// Offers all that may have a place.
    pub(super) fn run(mut self) {
        let segment = &*self.shard.segment;
        self.odd(segment);
        self.collect(&segment.layout.words);
        if self.best.worst().is_none() {
            self.begin(segment);
        }
        self.rare_skills(segment);
        for at in 0..self.memory.visits.len() {
            self.visit(segment, at, 0);
        }
        self.score(segment);
    }

    /// What the last on the list has, in thousandths.
    pub(super) fn worst(&self) -> i16 {
        let worst = self.best.worst();
        worst.map_or(0, |worst| worst.thousandths() as i16)
    }

    /// Fills in what location brings to some words.
    fn fill_near(&mut self, range: Range<usize>) {
        let Some(near) = self.memory.near.get_mut(range.clone()) else {
            return;
        };
        for table in &self.query.near {
            let table = table.words.get(range.clone()).unwrap_or_default();
            for (near, &other) in near.iter_mut().zip(table) {
                *near = other.max(*near);
            }
        }
    }

    /// What all but location, trade and skill brings at most, in units.
    fn others(&self) -> u16 {
        units(
            self.query.terms_most
                + (self.query.weight(Part::Training) + self.query.weight(Part::Experience)) * ONE,
        )
    }

    /// The blocks, with what can be had there: those of near trades, and the country.
    fn collect(&mut self, words: &Words) {
        self.memory.near.clear();
        self.memory.near.resize(words.trades.len(), 0);
        for (trade, run) in &words.runs {
            let bring = if *trade == COUNTRY {
                self.plan.far_trade
            } else if self.plan.is_near(*trade) {
                self.plan.brings(*trade)
            } else {
                continue;
            };
            let run = run.clone();
            self.fill_near(run.clone());
            self.collect_run(words, run, bring + self.others());
        }
    }

    fn collect_run(&mut self, words: &Words, run: Range<usize>, bring: u16) {
        let mut first = run.start;
        while first < run.end {
            let end = (first / WORDS + 1) * WORDS;
            let range = first..end.min(run.end);
            let near = self.memory.near.get(range.clone()).unwrap_or_default();
            let skill = words.skill.get(range).unwrap_or_default();
            let reach = near.iter().zip(skill).map(|(near, skill)| near + skill);
            let reach = ((reach.max().unwrap_or(0) + bring) / PER_THOUSANDTH) as i16;
            let block = (first / WORDS) as u32;
            match self.memory.visits.last_mut() {
                Some(last) if last.block == block => last.reach = last.reach.max(reach),
                _ => self.memory.visits.push(Visit { reach, block }),
            }
            first = end;
        }
    }

    /// Begins the list with who can have most in the blocks in which most can be had.
    fn begin(&mut self, segment: &Segment) {
        let visits = &mut self.memory.visits;
        let nearest = NEAREST.min(visits.len());
        if nearest < visits.len() {
            visits.select_nth_unstable_by_key(nearest, |visit| (-visit.reach, visit.block));
        }
        let mut all: Vec<Bounds> = Vec::with_capacity(nearest);
        for visit in self.memory.visits.iter().take(nearest) {
            let (budgets, is_near) = self.budgets(&segment.layout.words, visit.block, 0);
            let block = self.block(segment, visit.block, &budgets, is_near);
            all.push(widely(AllBounds(block)));
        }
        let mut least = bound_of(&mut all, BEGIN_WITH * self.best.k());
        loop {
            for at in 0..nearest {
                self.visit(segment, at, least);
            }
            self.score(segment);
            if least == 0 || self.best.worst().is_some() {
                break;
            }
            least = (least - STEP_DOWN).max(0);
        }
    }

    fn block<'a>(
        &'a self,
        segment: &'a Segment,
        block: u32,
        budgets: &'a Budgets,
        is_near: bool,
    ) -> Block<'a> {
        Block {
            plan: &self.plan,
            planes: &segment.planes,
            block: block as usize,
            budgets,
            is_near,
        }
    }

    /// What may be lost in the words of a block, and whether the block is near.
    fn budgets(&self, words: &Words, block: u32, least: i16) -> (Budgets, bool) {
        let first = block as usize * WORDS;
        let of = |table: &[u16], at: usize| table.get(first + at).copied().unwrap_or(0);
        let trade = |at: usize| words.trades.get(first + at).copied().unwrap_or(COUNTRY);
        let is_near = trade(0) != COUNTRY;
        let others = self.others();
        let all = units(self.query.weight(Part::Skill) * ONE);
        let budgets = std::array::from_fn(|at| {
            let near = of(&self.memory.near, at) + others;
            let (exact, bring) = if is_near {
                let trade = trade(at);
                if !self.plan.is_near(trade) {
                    return -1;
                }
                let trade = usize::from(trade);
                let of = |table: &[u16]| table.get(trade).copied().unwrap_or(0);
                (of(&self.plan.trades), of(&self.plan.near_trades))
            } else {
                (self.plan.far_trade, self.plan.far_trade)
            };
            let reach = (near + exact + of(&words.skill, at)) / PER_THOUSANDTH;
            if (reach as i16) < least {
                return -1;
            }
            ((near + bring + all) / PER_THOUSANDTH) as i16 - least
        });
        (budgets, is_near)
    }

    /// Asks for the lines of a block that will be visited.
    fn prefetch(&self, segment: &Segment, at: usize) {
        let Some(visit) = self.memory.visits.get(at) else {
            return;
        };
        let block = visit.block as usize;
        for &slot in &self.plan.slots {
            let share = segment.planes.share(slot, block);
            share.into_iter().flatten().for_each(prefetch);
        }
        let trade = segment.layout.words.trades.get(block * WORDS);
        let kind = if trade == Some(&COUNTRY) {
            &self.plan.far
        } else {
            &self.plan.near
        };
        let lines = kind.first_planes(PREFETCHED_LINES);
        let lines = lines
            .iter()
            .filter_map(|&plane| segment.planes.line(plane, block));
        lines.for_each(prefetch);
    }

    /// Looks at who of a block can have `least` thousandths and a place on the list.
    fn visit(&mut self, segment: &Segment, at: usize, least: i16) {
        let Some(&visit) = self.memory.visits.get(at) else {
            return;
        };
        let least = least.max(self.worst());
        if visit.reach < least {
            return;
        }
        self.prefetch(segment, at + AHEAD);
        let (budgets, is_near) = self.budgets(&segment.layout.words, visit.block, least);
        let block = self.block(segment, visit.block, &budgets, is_near);
        let found = widely(Survivors(block));
        self.effort.blocks += 1;
        self.effort.lines += found.lines;
        // Where those of the blocks before are has come from memory by now.
        self.locate(segment);
        for (word, &bits) in found.alive.0.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let bit = bits.trailing_zeros();
                bits &= bits - 1;
                let place = visit.block as usize * BLOCK + word * 64 + bit as usize;
                if let Some(entry) = segment.layout.entry(place) {
                    prefetch(entry);
                }
                self.memory.found.push(Found {
                    place: place as u32,
                    bound: found.left(word, bit) as i16 + least,
                });
            }
        }
    }

    /// Passes those on that can reach the list from their exact site.
    fn locate(&mut self, segment: &Segment) {
        let worst = self.worst();
        let mut passed = std::mem::take(&mut self.memory.passed);
        for one in &self.memory.found {
            let place = one.place as usize;
            let near = self.memory.near.get(place / 64).copied().unwrap_or(0);
            if let Some(entry) = segment.layout.entry(place) {
                let lost = near.saturating_sub(self.brings(entry.site)) / PER_THOUSANDTH;
                let bound = one.bound - lost as i16;
                if bound >= worst {
                    passed.push(Passed::new(bound as u16, entry.row));
                }
            }
        }
        self.memory.passed = passed;
        self.memory.found.clear();
    }

    /// Looks at all that were found.
    fn score(&mut self, segment: &Segment) {
        self.locate(segment);
        self.look(segment);
    }

    /// What a site brings, in units.
    pub(super) fn brings(&self, site: u32) -> u16 {
        let f = self.query.location_at(site);
        units(self.query.weight(Part::Location) * u64::from(f))
    }

    /// Scores who has passed, the highest bounds first. What must be read lies all over the
    /// memory: it is asked for of many, before any is needed.
    fn look(&mut self, segment: &Segment) {
        let mut passed = std::mem::take(&mut self.memory.passed);
        passed.sort_unstable();
        passed.dedup();
        let row = |at: usize| {
            let one = passed.get(at)?;
            segment.rows.get(one.row() as usize)
        };
        (0..2 * AHEAD_ROWS).filter_map(row).for_each(prefetch);
        for (at, one) in passed.iter().enumerate() {
            if one.bound() < self.worst() as u16 {
                break;
            }
            if let Some(row) = row(at + 2 * AHEAD_ROWS) {
                prefetch(row);
            }
            if let Some(row) = row(at + AHEAD_ROWS) {
                segment.prefetch_more(row);
            }
            if self.memory.mark(one.row())
                && let Some(row) = row(at)
            {
                self.effort.rows += 1;
                let must = u64::from(self.worst() as u16) * ONE;
                if let Some(sum) = self.query.sum(segment, row, must) {
                    self.offer(segment, one.row(), (sum / ONE) as u16);
                }
            }
        }
        passed.clear();
        self.memory.passed = passed;
    }

    fn offer(&mut self, segment: &Segment, at: u32, thousandths: u16) {
        if !self.shard.is_gone(at)
            && !self.is_blocked(segment, at)
            && let Some(&id) = segment.ids.get(at as usize)
        {
            self.effort.scores += 1;
            let pressure = self.shard.pressure(at);
            self.best
                .offer(VacancyPlace::new(thousandths, pressure, id));
        }
    }

    fn is_blocked(&self, segment: &Segment, at: u32) -> bool {
        let blocked = &self.query.seeker.blocked;
        let offer = || segment.offers.get(at as usize);
        !blocked.is_empty()
            && offer().is_some_and(|offer| blocked.binary_search(&offer.employer).is_ok())
    }

    /// Those that do not fit into a row.
    fn odd(&mut self, segment: &Segment) {
        for &at in &segment.odd {
            let query = &*self.query;
            if let Some(offer) = segment.offers.get(at as usize)
                && let Some(fit) = ranked(query.rules, offer, query.seeker, query.as_of)
            {
                self.effort.rows += 1;
                self.offer(segment, at, fit.thousandths());
            }
        }
    }
}
