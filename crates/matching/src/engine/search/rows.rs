//! Rows of who has passed the planes.

use domain::seeker::Seeker;

use super::super::best::Best;
use super::super::row::Row;
use super::super::segment::Segment;
use super::super::vector::prefetch;
use super::{Read, Search};
use crate::definition::ONE;
use crate::scan::{PersonPlace, ranked};

impl<'s> Search<'s> {
    /// Scores who has passed. What must be read lies all over the memory: each kind is asked for
    /// of all of them, before any is needed.
    pub(super) fn score(&mut self, best: &mut Best<PersonPlace>) {
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
