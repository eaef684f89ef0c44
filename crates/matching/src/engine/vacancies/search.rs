//! One seeker in one segment.

use super::super::best::Best;
use super::Effort;
use super::layout::ODD;
use super::query::{Query, Term};
use super::runs::{Hint, Posting, View, of_step, units, whole_units};
use super::segment::{Segment, Without};
use super::shard::Shard;
use crate::definition::ONE;
use crate::scan::{VacancyPlace, ranked};
use crate::settings::Part;

/// So many of the nearest tiles are gone through before the others are weighed.
const NEAREST: usize = 6;
/// More steps than there are.
const NEVER: u8 = u8::MAX;
/// So many rows are fetched together.
const BATCH: usize = 24;
/// So many of what a step finds are looked at before the others are weighed again.
const FIRST_LOOK: usize = 64;
/// How many parts by sub-major group there may be.
const GROUPS: usize = 101;

/// Memory that is used again by the next query.
#[derive(Default)]
pub(super) struct Memory {
    /// By row: the last query that looked at it.
    marks: Vec<u32>,
    epoch: u32,
    /// By place in a view: tenths of shares that the person has; 0 between queries.
    sums: Vec<u64>,
    /// Places whose sums were touched.
    touched: Vec<u32>,
    found: Vec<Found>,
    /// By part: the least that a person must have for skill there, in steps; [`NEVER`] where
    /// nothing is enough.
    needs: Vec<u8>,
}

/// A vacancy that may stand on the list.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// The most that it can reach, in units.
    bound: u32,
    row: u32,
    /// What the person has for skill, where that is known.
    skill: Option<u64>,
}

/// Reads things that will be needed soon, all at once: then their ways from memory overlap.
fn touch(things: impl Iterator<Item = u32>) {
    std::hint::black_box(things.fold(0, |all, one| all ^ one));
}

impl Memory {
    pub(super) fn start(&mut self, segment: &Segment) {
        if self.marks.len() < segment.len() || self.epoch == u32::MAX {
            self.marks = vec![0; segment.len()];
            self.epoch = 0;
        }
        self.epoch += 1;
        let places = segment.by_group.hints.len();
        if self.sums.len() < places {
            self.sums.resize(places, 0);
        }
    }

    /// Marks a row; false if it was marked before.
    fn mark(&mut self, row: u32) -> bool {
        match self.marks.get_mut(row as usize) {
            Some(mark) if *mark != self.epoch => {
                *mark = self.epoch;
                true
            }
            _ => false,
        }
    }

    /// Adds up what the person has for skill in the wanted parts.
    fn add_up(&mut self, view: &View, terms: &[Term], effort: &mut Effort) {
        let needs = &self.needs;
        let is_wanted = |part: u16, _| {
            needs
                .get(usize::from(part))
                .is_some_and(|&need| need != NEVER)
        };
        for term in terms {
            for (_, run) in view.skills.of(term.skill, is_wanted) {
                effort.runs += 1;
                effort.postings += run.len();
                for posting in run {
                    if let Some(sum) = self.sums.get_mut(posting.at as usize) {
                        if *sum == 0 {
                            self.touched.push(posting.at);
                        }
                        *sum += u64::from(posting.share) * term.tenths;
                    }
                }
            }
        }
    }
}

pub(super) struct Search<'s, 'q> {
    pub(super) query: &'s mut Query<'q>,
    pub(super) shard: &'s Shard,
    pub(super) best: &'s mut Best<VacancyPlace>,
    pub(super) memory: &'s mut Memory,
    pub(super) effort: &'s mut Effort,
}

impl Search<'_, '_> {
    pub(super) fn run(&mut self) {
        let shard = self.shard;
        let segment = &*shard.segment;
        self.query.enter(segment);
        self.near_trades(segment);
        self.codes(segment);
        let tiles = self.query.tiles();
        let (nearest, others) = tiles.split_at(NEAREST.min(tiles.len()));
        self.near_places(segment, nearest);
        self.near_places(segment, others);
    }

    /// What S must reach at least.
    fn must(&self) -> u64 {
        self.best
            .worst()
            .map_or(0, |worst| u64::from(worst.thousandths()) * ONE)
    }

    fn near_trades(&mut self, segment: &Segment) {
        let needs = &mut self.memory.needs;
        needs.clear();
        needs.resize(GROUPS, NEVER);
        for &group in &self.query.groups {
            if let Some(need) = needs.get_mut(usize::from(group)) {
                *need = 0;
            }
        }
        let view = &segment.by_group;
        self.memory.add_up(view, &self.query.terms, self.effort);
        let must = whole_units(self.must());
        let touched = std::mem::take(&mut self.memory.touched);
        touch(
            touched
                .iter()
                .filter_map(|&at| Some(view.hints.get(at as usize)?.row)),
        );
        for &at in &touched {
            let Some(sum) = self.memory.sums.get_mut(at as usize) else {
                continue;
            };
            let skill = std::mem::take(sum) / 10;
            if let Some(&hint) = view.hints.get(at as usize) {
                self.weigh(segment, hint, skill, Some(skill), must);
            }
        }
        self.memory.touched = touched;
        self.memory.touched.clear();
        self.evaluate_found(segment);
    }

    fn near_places(&mut self, segment: &Segment, tiles: &[(u32, u16)]) {
        if !self.set_needs(tiles) {
            return;
        }
        let must = whole_units(self.must());
        let needs = std::mem::take(&mut self.memory.needs);
        let mut runs: Vec<(u16, &[Posting])> = Vec::with_capacity(256);
        let families = self.query.families;
        let need = |tile: u16| needs.get(usize::from(tile)).copied().unwrap_or(NEVER);
        for at in 0..self.query.terms.len() {
            let Some(term) = self.query.terms.get(at).copied() else {
                break;
            };
            runs.clear();
            runs.extend(
                segment
                    .by_tile
                    .of(term.skill, |tile, most| most >= need(tile)),
            );
            touch(
                runs.iter()
                    .filter_map(|(_, run)| Some(u32::from(run.first()?.share))),
            );
            for &(tile, run) in &runs {
                let need = need(tile);
                self.effort.runs += 1;
                for posting in run {
                    if posting.tail.0 < need {
                        break;
                    }
                    self.effort.postings += 1;
                    let most = if posting.after.meet(families) || tile == ODD {
                        posting.tail.0
                    } else {
                        term.most(posting.share)
                    };
                    let hint = posting.hint(tile);
                    if most >= need && !self.query.trade(segment, hint.occupation).is_near {
                        self.weigh(segment, hint, of_step(most), None, must);
                    }
                }
            }
        }
        self.memory.needs = needs;
        self.evaluate_found(segment);
    }

    /// What is needed for skill in these tiles; false where nothing is enough in any.
    fn set_needs(&mut self, tiles: &[(u32, u16)]) -> bool {
        let must = whole_units(self.must());
        let most = self.query.most;
        let needs = &mut self.memory.needs;
        needs.clear();
        let mut any = false;
        for &(location, tile) in tiles {
            let trade = if tile == ODD {
                most.trade
            } else {
                most.far_trade
            };
            let others = location + trade + most.training + most.rest;
            if others + most.skill < must {
                continue;
            }
            let need = self.query.skill_for(must.saturating_sub(others));
            let tile = usize::from(tile);
            if needs.len() <= tile {
                needs.resize(tile + 1, NEVER);
            }
            if let Some(place) = needs.get_mut(tile) {
                *place = need;
                any = true;
            }
        }
        any
    }

    /// Notes a vacancy for a closer look if it can reach `must` with `most` for skill.
    fn weigh(&mut self, segment: &Segment, hint: Hint, most: u64, skill: Option<u64>, must: u32) {
        if !self.query.is_eligible(hint.limits) {
            return;
        }
        let most = if hint.tile == ODD { ONE } else { most };
        let bound = units(self.query.weight(Part::Skill) * most)
            + self.query.tile(hint.tile)
            + self.query.trade(segment, hint.occupation).bound
            + self.query.training_bound(segment, hint.training)
            + self.query.most.rest;
        if bound >= must {
            self.memory.found.push(Found {
                bound,
                row: hint.row,
                skill,
            });
        }
    }

    fn codes(&mut self, segment: &Segment) {
        for without in Without::EACH {
            let skill = without.value(self.query.rules);
            let must = whole_units(self.must());
            let most = self.query.most;
            let open = units(self.query.weight(Part::Skill) * skill)
                + most.trade
                + most.training
                + most.rest;
            for at in 0..self.query.codes.len() {
                let Some(&code) = self.query.codes.get(at) else {
                    break;
                };
                for (tile, run) in segment.by_code.of(without.term(code), |_, _| true) {
                    if tile != ODD && open + self.query.tile(tile) < must {
                        continue;
                    }
                    self.effort.runs += 1;
                    self.effort.postings += run.len();
                    for &hint in run {
                        self.weigh(segment, hint, skill, Some(skill), must);
                    }
                }
            }
            self.evaluate_found(segment);
        }
    }

    /// Looks at the rows that were found, the highest bounds first.
    fn evaluate_found(&mut self, segment: &Segment) {
        let mut found = std::mem::take(&mut self.memory.found);
        let by_bound = |one: &Found, other: &Found| other.bound.cmp(&one.bound);
        if found.len() > 2 * FIRST_LOOK {
            // The first few raise the last fit of the list above most of the others.
            found.select_nth_unstable_by(FIRST_LOOK, by_bound);
            let rest = found.split_off(FIRST_LOOK);
            self.evaluate_all(segment, &found);
            let must = whole_units(self.must());
            found.clear();
            found.extend(rest.into_iter().filter(|found| found.bound >= must));
        }
        found.sort_unstable_by(by_bound);
        self.evaluate_all(segment, &found);
        found.clear();
        self.memory.found = found;
    }

    fn evaluate_all(&mut self, segment: &Segment, found: &[Found]) {
        for batch in found.chunks(BATCH) {
            let must = whole_units(self.must());
            let open = || batch.iter().filter(|found| found.bound >= must);
            touch(open().map(|found| segment.touch_row(found.row)));
            touch(open().map(|found| segment.touch_skills(found.row)));
            for found in batch {
                if found.bound >= whole_units(self.must()) && self.memory.mark(found.row) {
                    self.evaluate(segment, found);
                }
            }
        }
    }

    fn evaluate(&mut self, segment: &Segment, found: &Found) {
        let at = found.row;
        let Some(row) = segment.rows.get(at as usize) else {
            return;
        };
        self.effort.rows += 1;
        let must = self.must();
        let thousandths = if row.is_odd() {
            segment.offers.get(at as usize).and_then(|offer| {
                let query = &*self.query;
                ranked(query.rules, offer, query.seeker, query.as_of).map(|fit| fit.thousandths())
            })
        } else {
            self.query
                .sum(segment, row, found.skill, must)
                .filter(|_| !self.is_blocked(segment, at))
                .and_then(|sum| u16::try_from(sum / ONE).ok())
        };
        if let Some(thousandths) = thousandths
            && !self.shard.is_gone(at)
        {
            self.effort.scores += 1;
            let pressure = self.shard.pressure(at);
            self.best
                .offer(VacancyPlace::new(thousandths, pressure, row.id));
        }
    }

    fn is_blocked(&self, segment: &Segment, at: u32) -> bool {
        let blocked = &self.query.seeker.blocked;
        !blocked.is_empty()
            && segment
                .offers
                .get(at as usize)
                .is_some_and(|offer| blocked.binary_search(&offer.employer).is_ok())
    }
}
