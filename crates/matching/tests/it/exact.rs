//! 1. The engine's list of people is the scan's, ties included, for any k and any page, after
//!    any interleaving of puts, removals, seals and folds.
//! 2. Pages follow each other without a gap or a double.
//! 3. Good lists are found without looking at everybody: counted, not timed.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::SeekerId;
use domain::seeker::Seeker;
use matching::engine::people::People;
use matching::scan::{self, Page, PersonPlace};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::{day, offer, person, rules, stats};

#[derive(Debug, Clone)]
enum Step {
    Put(Box<Seeker>),
    Remove(u128),
    Seal,
    Fold,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => person().prop_map(|seeker| Step::Put(Box::new(seeker))),
        2 => (0_u128..60).prop_map(Step::Remove),
        1 => Just(Step::Seal),
        1 => Just(Step::Fold),
    ]
}

fn page(k: usize, after: Option<PersonPlace>) -> Page<PersonPlace> {
    Page {
        as_of: day(),
        k,
        after,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test] // 1, 2
    fn the_index_has_the_list_of_the_scan(
        stats in stats(),
        start in vec(person(), 0..60),
        steps in vec(step(), 0..30),
        offers in vec(offer(), 1..4),
        k in 1_usize..8,
    ) {
        let rules = rules(stats);
        let mut truth: BTreeMap<SeekerId, Seeker> = BTreeMap::new();
        for seeker in start {
            truth.insert(seeker.id, seeker);
        }
        let mut people = People::new(truth.values().cloned().collect(), Arc::clone(&rules.geo));
        for step in steps {
            match step {
                Step::Put(seeker) => {
                    truth.insert(seeker.id, (*seeker).clone());
                    people.put(*seeker);
                }
                Step::Remove(id) => {
                    truth.remove(&SeekerId::from_u128(id));
                    people.remove(SeekerId::from_u128(id));
                }
                Step::Seal => people.seal(),
                Step::Fold => people.fold(),
            }
        }
        prop_assert_eq!(people.len(), truth.len());
        for seeker in truth.values() {
            let found = people.find(seeker.id);
            prop_assert_eq!(found.as_ref(), Some(seeker));
        }
        for offer in &offers {
            let all = scan::people(&rules, offer, truth.values(), page(1_000, None));
            let mut after = None;
            let mut paged = Vec::new();
            loop {
                let (list, _) = people.rank(&rules, offer, page(k, after));
                let expected = scan::people(&rules, offer, truth.values(), page(k, after));
                prop_assert_eq!(&list, &expected);
                after = list.last().copied();
                paged.extend(list);
                if after.is_none() {
                    break;
                }
            }
            prop_assert_eq!(paged, all);
        }
    }
}

#[test] // 3
fn few_people_are_looked_at_where_good_ones_are_near() {
    use domain::code::{CommuneIx, SkillIx};
    use domain::vacancy::{Asked, AskedSkill, Confidence, Workplace};
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let stats = stats().new_tree(&mut runner).unwrap().current();
    let rules = rules(stats);
    let seekers: Vec<Seeker> = (0..20_000)
        .map(|id| {
            let mut seeker = person().new_tree(&mut runner).unwrap().current();
            seeker.id = SeekerId::from_u128(id);
            seeker
        })
        .collect();
    let mut wanted = offer().new_tree(&mut runner).unwrap().current();
    wanted.filled = 0;
    wanted.abroad = false;
    wanted.remote = false;
    wanted.workplaces = vec![Workplace::Commune(CommuneIx(2))];
    wanted.occupations = vec!["7212".parse().unwrap()];
    wanted.skills = Asked::Required(
        [0, 9]
            .map(|skill| AskedSkill {
                skill: SkillIx(skill),
                essential: true,
                confidence: Confidence::SURE,
            })
            .to_vec(),
    );
    let expected = scan::people(&rules, &wanted, &seekers, page(50, None));
    let people = People::new(seekers, Arc::clone(&rules.geo));
    let (list, effort) = people.rank(&rules, &wanted, page(50, None));
    assert_eq!(list, expected);
    assert!(
        effort.rows < 1_000 && effort.scores < 300,
        "a bound was lost: {effort:?}"
    );
}
