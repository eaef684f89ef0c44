//! One seeker in one segment.

use super::super::best::Best;
use super::super::people::Effort;
use super::layout::ODD;
use super::postings::{Posting, UNIT_BITS, weighted_step};
use super::query::Query;
use super::segment::Segment;
use super::shard::Shard;
use crate::definition::ONE;
use crate::scan::{VacancyPlace, ranked};

/// Rows that were looked at, reused between queries.
#[derive(Default)]
pub(super) struct Seen {
    marks: Vec<u32>,
    epoch: u32,
}

impl Seen {
    pub(super) fn start(&mut self, rows: usize) {
        if self.marks.len() < rows || self.epoch == u32::MAX {
            self.marks = vec![0; rows];
            self.epoch = 0;
        }
        self.epoch += 1;
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
}

/// How the postings of a run are to be read.
#[derive(Clone, Copy)]
struct Reading {
    /// The most for all parts but skill, weighted, in units.
    most: u32,
    /// Leave out what is found through its trade.
    far_only: bool,
}

pub(super) struct Search<'s, 'q> {
    pub(super) query: &'s mut Query<'q>,
    pub(super) shard: &'s Shard,
    pub(super) best: &'s mut Best<VacancyPlace>,
    pub(super) seen: &'s mut Seen,
    pub(super) effort: &'s mut Effort,
}

impl Search<'_, '_> {
    pub(super) fn run(&mut self) {
        let shard = self.shard;
        let segment = &*shard.segment;
        self.query.enter(segment);
        let tiles = self.query.tiles();
        let most = self.query.most;
        let nearest = tiles.first().map_or(0, |&(bound, _)| bound);
        let near = Reading {
            most: nearest + most.trade + most.training + most.rest,
            far_only: false,
        };
        for at in 0..self.query.terms.len() {
            let Some(term) = self.query.terms.get(at).copied() else {
                break;
            };
            for group in 0..self.query.groups.len() {
                if let Some(&group) = self.query.groups.get(group) {
                    self.read(segment, segment.by_group.run(term.skill, group), near);
                }
            }
        }
        for at in 0..self.query.codes.len() {
            if let Some(&code) = self.query.codes.get(at) {
                self.read(segment, segment.by_code.run(code, 0), near);
            }
        }
        for (location, tile) in tiles {
            let trade = if tile == ODD {
                most.trade
            } else {
                most.far_trade
            };
            let far = Reading {
                most: location + trade + most.training + most.rest,
                far_only: true,
            };
            if far.most + weighted_step(most.skill_weight, u16::MAX) < self.must_units() {
                // The tiles after this one have lower bounds, but for that of odd vacancies.
                continue;
            }
            for at in 0..self.query.terms.len() {
                if let Some(term) = self.query.terms.get(at).copied() {
                    self.read(segment, segment.by_place.run(term.skill, tile), far);
                }
            }
        }
    }

    /// What S must reach at least.
    fn must(&self) -> u64 {
        self.best
            .worst()
            .map_or(0, |worst| u64::from(worst.thousandths()) * ONE)
    }

    fn must_units(&self) -> u32 {
        (self.must() >> UNIT_BITS) as u32
    }

    fn read(&mut self, segment: &Segment, run: &[Posting], reading: Reading) {
        if run.is_empty() {
            return;
        }
        self.effort.runs += 1;
        let most = self.query.most;
        let mut must = self.must_units();
        for posting in run {
            let skill = weighted_step(most.skill_weight, posting.tail);
            if skill + reading.most < must {
                break;
            }
            self.effort.postings += 1;
            let trade = self.query.trade(segment, posting.occupation);
            if reading.far_only && trade.is_near {
                continue;
            }
            let bound = skill
                + self.query.tile(posting.tile)
                + trade.bound
                + self.query.training_bound(segment, posting.training)
                + most.rest;
            if bound >= must && self.seen.mark(posting.row) {
                self.evaluate(segment, posting.row);
                must = self.must_units();
            }
        }
    }

    fn evaluate(&mut self, segment: &Segment, at: u32) {
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
                .sum(segment, row, must)
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
