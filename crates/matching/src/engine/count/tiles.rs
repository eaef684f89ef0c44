//! The people of a segment, tile by tile: who can reach the fit under one of the offers.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::{Count, Source};
use crate::definition::ONE;
use crate::engine::people::Shard;
use crate::engine::query::{Query, Term};
use crate::engine::row::Row;
use crate::engine::segment::{Run, Segment, Tile};
use crate::settings::Part;

/// Nearness is taken in steps of this, rounded up.
const LOCATION_STEP: u64 = ONE / 64;

/// Reading one row costs as much as so many entries of a list: a closed list is gone through for
/// who is touched already where that is likely to spare rows.
const CHEAPER: usize = 16;

/// Memory for so many counts at once is kept.
const MOST_KEPT: usize = 4;
static KEPT: Mutex<Vec<Scratch>> = Mutex::new(Vec::new());

/// A list of rows with one term, tile by tile.
struct List<'s> {
    term: Term,
    bits: u64,
    runs: std::iter::Peekable<std::slice::Iter<'s, Run>>,
    length: usize,
}

impl<'s> List<'s> {
    fn new(segment: &'s Segment, source: &Source) -> Self {
        let runs = match source.term {
            Term::Skill(term) => segment.by_skill.runs(term),
            Term::Code(term) => segment.by_code.runs(term),
        };
        Self {
            term: source.term,
            bits: source.bits,
            length: runs
                .iter()
                .map(|&run| rows_of(segment, source.term, run).len())
                .sum(),
            runs: runs.iter().peekable(),
        }
    }

    /// The rows in a tile; tiles are asked for in order.
    fn rows_in(&mut self, segment: &'s Segment, tile: u16) -> Option<&'s [u32]> {
        while self.runs.next_if(|run| run.tile < tile).is_some() {}
        let run = self.runs.next_if(|run| run.tile == tile)?;
        Some(rows_of(segment, self.term, *run))
    }
}

/// Memory of a count, kept for the next one: fresh memory would cost more than the count.
#[derive(Default)]
struct Scratch {
    /// Per row; all 0 between tiles.
    masks: Vec<u64>,
    /// Per row a bit: it has been counted. Somebody stands in several tiles, and counts once.
    done: Vec<u64>,
    touched: Vec<u32>,
}

enum Looked {
    /// It cannot reach the fit by what it has in this tile.
    NotEnough,
    Done,
}

impl Scratch {
    fn take(rows: usize) -> Self {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = kept.pop().unwrap_or_default();
        scratch.masks.resize(rows, 0);
        scratch.done.clear();
        scratch.done.resize(rows.div_ceil(64), 0);
        scratch
    }

    fn give_back(self) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(self);
        }
    }

    fn note(&mut self, rows: &[u32], bits: u64) {
        for &row in rows {
            if let Some(mask) = self.masks.get_mut(row as usize) {
                if *mask == 0 {
                    self.touched.push(row);
                }
                *mask |= bits;
            }
        }
    }

    /// Notes the bits for rows that are touched already.
    fn complete(&mut self, rows: &[u32], bits: u64) {
        for &row in rows {
            if let Some(mask) = self.masks.get_mut(row as usize).filter(|mask| **mask != 0) {
                *mask |= bits;
            }
        }
    }

    fn drain(&mut self, mut look: impl FnMut(u32, u64) -> Looked) {
        for row in self.touched.drain(..) {
            let Some(mask) = self.masks.get_mut(row as usize).map(std::mem::take) else {
                continue;
            };
            let bit = 1 << (row % 64);
            if let Some(done) = self.done.get_mut(row as usize / 64)
                && *done & bit == 0
                && matches!(look(row, mask), Looked::Done)
            {
                *done |= bit;
            }
        }
    }
}

impl<'a> Count<'a> {
    pub(super) fn add_shard(&mut self, shard: &Shard) {
        let segment = &*shard.segment;
        let mut scratch = Scratch::take(segment.len());
        let mut lists = self.lists(segment);
        let mut closed: Vec<(&[u32], u64)> = Vec::new();
        let mut plans: BTreeMap<u64, Vec<bool>> = BTreeMap::new();
        for (tile_at, tile) in (0..).zip(&segment.tiles) {
            let Some(location) = self.location_of_tile(tile) else {
                continue;
            };
            let plan = plans
                .entry(location)
                .or_insert_with(|| self.plan(&lists, location));
            closed.clear();
            for (&open, list) in plan.iter().zip(&mut lists) {
                let Some(rows) = list.rows_in(segment, tile_at) else {
                    continue;
                };
                if open {
                    self.effort.postings += rows.len();
                    scratch.note(rows, list.bits);
                } else {
                    closed.push((rows, list.bits));
                }
            }
            let mut unknown = 0;
            for &(rows, bits) in &closed {
                if rows.len() <= CHEAPER * scratch.touched.len() {
                    self.effort.postings += rows.len();
                    scratch.complete(rows, bits);
                } else {
                    unknown |= bits;
                }
            }
            scratch.drain(|row, mask| {
                let mask = mask | unknown;
                if self.ceiling.sum(mask) + location < self.must || shard.is_gone(row) {
                    Looked::NotEnough
                } else {
                    self.add_row(segment, row, mask);
                    Looked::Done
                }
            });
        }
        scratch.give_back();
    }

    /// The lists that lead to any of the offers, longest first.
    fn lists<'s>(&self, segment: &'s Segment) -> Vec<List<'s>> {
        let mut lists: Vec<List<'s>> = self
            .sources
            .iter()
            .map(|source| List::new(segment, source))
            .collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.length));
        lists
    }

    /// Which lists are opened in a tile with this bound for location. Who stands in none of the
    /// others cannot reach the fit by what those bring all together: long lists of frequent
    /// skills, which weigh little, stay closed.
    fn plan(&self, lists: &[List<'_>], location: u64) -> Vec<bool> {
        let mut skipped = 0;
        lists
            .iter()
            .map(|list| {
                let open = self.ceiling.sum(skipped | list.bits) + location >= self.must;
                if !open {
                    skipped |= list.bits;
                }
                open
            })
            .collect()
    }

    /// The most that location can bring in a tile, weighted; `None`: nobody there needs to be
    /// looked at.
    fn location_of_tile(&self, tile: &Tile) -> Option<u64> {
        let most = self
            .queries_of(Part::Location)
            .filter_map(|query| query.tile_bound(tile))
            .max()?;
        // In steps, so that many tiles share a plan.
        let most = u64::from(most).div_ceil(LOCATION_STEP) * LOCATION_STEP;
        Some(self.weight(Part::Location) * most.min(ONE))
    }

    fn add_row(&mut self, segment: &Segment, at: u32, mask: u64) {
        let Some(row) = segment.rows.get(at as usize) else {
            return;
        };
        self.effort.rows += 1;
        if row.is_spilled() {
            if let Some(seeker) = segment.spilled(at) {
                self.add_seeker(seeker);
            }
        } else if self.query.is_eligible(row) && self.can_reach(mask, &of_row(row)) {
            let mask = self.mask_of(segment.skills_of(row), row.codes());
            self.add_pair(mask, of_row(row));
        }
    }
}

/// What the parts of a row are worth.
fn of_row<'q>(row: &Row) -> impl Fn(&Query<'q>, Part) -> u64 {
    move |query, part| match part {
        Part::Location => u64::from(query.location(row)),
        Part::Occupation => query.occupation(row),
        Part::Training => query.training(row),
        Part::Experience => query.experience(row),
        Part::Terms => query.terms(row),
        // By the mask.
        Part::Skill => 0,
    }
}

fn rows_of(segment: &Segment, term: Term, run: Run) -> &[u32] {
    match term {
        Term::Skill(_) => segment.by_skill.rows(run),
        Term::Code(_) => segment.by_code.rows(run),
    }
}
