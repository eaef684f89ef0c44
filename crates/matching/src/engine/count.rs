//! How many people reach a fit, now and after each of several changes of the offer.
//!
//! Each changed offer is searched for everybody from that fit on, as a ranking is, but with a least
//! fit that is known from the start; who is gained and lost is told by comparing the two lists.

use chrono::NaiveDate;
use domain::id::SeekerId;
use domain::vacancy::Offer;

use super::people::{Effort, People};
use crate::definition::{Rules, location};
use crate::scan::PersonPlace;

/// What a change brings: who reaches the fit only with it, and who only without it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Reached with the change, not without it.
    pub gained: usize,
    /// Reached without the change, not with it.
    pub lost: usize,
}

impl Moved {
    /// What is gained less what is lost.
    pub const fn net(self) -> isize {
        self.gained as isize - self.lost as isize
    }

    /// From who reached the fit before to who does after, both in order.
    fn between(before: &[SeekerId], after: &[SeekerId]) -> Self {
        let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
        let mut moved = Self::default();
        while let (Some(one), Some(other)) = (before.peek(), after.peek()) {
            match one.cmp(other) {
                std::cmp::Ordering::Less => {
                    moved.lost += 1;
                    before.next();
                }
                std::cmp::Ordering::Greater => {
                    moved.gained += 1;
                    after.next();
                }
                std::cmp::Ordering::Equal => {
                    before.next();
                    after.next();
                }
            }
        }
        moved.lost += before.count();
        moved.gained += after.count();
        moved
    }
}

/// Who reaches a fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reached {
    /// So many reach it now.
    pub(crate) now: usize,
    /// What each change brings, in the order of the changes.
    pub(crate) moved: Vec<Moved>,
    /// What had to be looked at.
    pub(crate) effort: Effort,
}

impl People {
    /// How many people reach `least` thousandths for the offer, and what each changed offer
    /// brings: exactly what counting those of [`crate::scan::people`] gives.
    pub(crate) fn count_from(
        &self,
        rules: &Rules,
        offer: &Offer,
        changed: &[Offer],
        as_of: NaiveDate,
        least: u16,
    ) -> Reached {
        let mut effort = Effort::default();
        let mut reached = |offer: &Offer| {
            let (places, more) = self.everybody(rules, offer, as_of, least);
            effort.add(more);
            let mut ids: Vec<SeekerId> = places.iter().map(PersonPlace::id).collect();
            ids.sort_unstable();
            ids
        };
        let before = reached(offer);
        let mut moved: Vec<Moved> = Vec::with_capacity(changed.len());
        for (at, after) in changed.iter().enumerate() {
            let same = changed
                .iter()
                .take(at)
                .position(|earlier| brings_the_same(earlier, after));
            moved.push(match same.and_then(|earlier| moved.get(earlier)) {
                Some(&same) => same,
                None => Moved::between(&before, &reached(after)),
            });
        }
        Reached {
            now: before.len(),
            moved,
            effort,
        }
    }
}

/// Lodging and a shuttle reach as far as each other.
fn brings_the_same(one: &Offer, other: &Offer) -> bool {
    let alike = Offer {
        lodging: other.lodging,
        shuttle: other.shuttle,
        ..one.clone()
    };
    alike == *other && location::reach(one) == location::reach(other)
}
