//! Which conditions are in the way where nothing is found.

use std::collections::BTreeMap;

use crate::ask::{Condition, Drop};
use crate::facet::Facet;

/// The bits of conditions beside those of facets.
pub(crate) const PLACE: u16 = 1 << Facet::ALL.len();
pub(crate) const WORDS: u16 = PLACE << 1;

/// For each set of conditions that fail together, how many vacancies fail just these.
#[derive(Default)]
pub(crate) struct Failures(BTreeMap<u16, u64>);

impl Failures {
    /// So many fail just these.
    pub(crate) fn take(&mut self, failed: u16, count: u64) {
        *self.0.entry(failed).or_default() += count;
    }

    /// The smallest sets of conditions without which something is found, the most first.
    pub(crate) fn drops(&self) -> Vec<Drop> {
        let sets = self.0.keys();
        let is_least = |set: &u16| {
            !self
                .0
                .keys()
                .any(|other| other != set && other & set == *other)
        };
        let least = sets.filter(|set| is_least(set));
        let mut drops: Vec<Drop> = least
            .map(|&set| {
                let within = self
                    .0
                    .iter()
                    .filter(|(failed, _)| *failed & set == **failed);
                Drop {
                    conditions: conditions(set),
                    count: within.map(|(_, count)| count).sum(),
                }
            })
            .collect();
        drops.sort_by(|one, other| {
            let by_size = one.conditions.len().cmp(&other.conditions.len());
            by_size
                .then(other.count.cmp(&one.count))
                .then(one.conditions.cmp(&other.conditions))
        });
        drops
    }
}

fn conditions(set: u16) -> Vec<Condition> {
    let facets = Facet::ALL.into_iter().enumerate();
    let filters = facets.filter(|(at, _)| set >> at & 1 == 1);
    let words = (set & WORDS != 0).then_some(Condition::Words);
    let place = (set & PLACE != 0).then_some(Condition::Place);
    let own = words.into_iter().chain(place);
    own.chain(filters.map(|(_, facet)| Condition::Filter(facet)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The definition: a set is given if something is found without it, and nothing without
        /// fewer of it; its number is what is found without it.
        #[test]
        fn the_sets_are_the_smallest(failed in proptest::collection::vec(1_u16..32, 0..12)) {
            let mut failures = Failures::default();
            failed.iter().for_each(|&set| failures.take(set, 1));
            let found = |without: u16| failed.iter().filter(|&&set| set & without == set).count();
            let expected: BTreeSet<(Vec<Condition>, u64)> = (1_u16..32)
                .filter(|&set| found(set) > 0)
                .filter(|&set| (1..set).all(|part| part & set != part || found(part) == 0))
                .map(|set| (conditions(set), found(set) as u64))
                .collect();
            let drops = failures.drops();
            prop_assert_eq!(drops.len(), expected.len());
            let given: BTreeSet<_> = drops.into_iter().map(|drop| (drop.conditions, drop.count)).collect();
            prop_assert_eq!(given, expected);
        }
    }
}
