//! Who asks for a rare skill of which a person has something: posting by posting.

use super::super::vector::prefetch;
use super::memory::Passed;
use super::postings::{Posting, of_step};
use super::query::Term;
use super::search::Search;
use super::segment::Segment;
use super::words::{PER_THOUSANDTH, units};
use crate::settings::Part;

/// So many postings of the next skill are asked for at once.
const PREFETCHED: usize = 64;

impl Search<'_, '_> {
    /// Who asks for a rare skill of which the person has something.
    pub(super) fn rare_skills(&mut self, segment: &Segment) {
        let must = self.worst() as u16 * PER_THOUSANDTH;
        let mut passed = std::mem::take(&mut self.memory.passed);
        for at in 0..self.query.terms.len() {
            let Some(&term) = self.query.terms.get(at) else {
                break;
            };
            if let Some(next) = self.query.terms.get(at + 1) {
                let ahead = segment.postings.of(next.skill).iter();
                ahead.take(PREFETCHED).step_by(2).for_each(prefetch);
            }
            let postings = segment.postings.of(term.skill);
            self.effort.postings += postings.len();
            // All are written, those that cannot reach it over each other: nothing branches.
            let first = passed.len();
            passed.resize(first + postings.len(), Passed::default());
            let mut many = first;
            for posting in postings {
                let bound = self.bound(term, posting);
                if let Some(place) = passed.get_mut(many) {
                    *place = Passed::new(bound / PER_THOUSANDTH, posting.row);
                }
                many += usize::from(bound >= must);
            }
            passed.truncate(many);
        }
        self.memory.passed = passed;
    }

    /// The most that somebody who has the term can have there, in units.
    #[inline]
    fn bound(&self, term: Term, posting: &Posting) -> u16 {
        let with_others = of_step(posting.tail);
        let alone = of_step(posting.share) * term.tenths / 10 + 1;
        let skill = if posting.others.meet(self.query.families) {
            with_others
        } else {
            alone
        };
        let weights = &self.query.rules.settings.weights;
        let training = u64::from(self.query.training(posting.training));
        let weighed = weights.of(Part::Skill) * skill
            + weights.of(Part::Training) * training
            + self.plan.experience(posting.trade, posting.months)
            + self.query.terms_most;
        let open = u16::from(posting.suits_minors || !self.query.is_minor());
        open * (units(weighed) + self.plan.brings(posting.trade) + self.brings(posting.site))
    }
}
