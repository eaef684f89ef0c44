//! 1. The engine's list of people is the scan's, ties included, for any k and any page, after
//!    any interleaving of puts, removals, seals and folds.
//! 2. Pages follow each other without a gap or a double.
//! 3. So it is among many people, for vacancies that each lean on another bound: relatives, many
//!    skills, no skill, several workplaces, provinces only, no place, abroad, ties.
//! 4. Good lists are found without looking at everybody: counted, not timed.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::code::{CommuneIx, LegacyProvinceIx, ProvinceIx, SkillIx};
use domain::id::SeekerId;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, AskedSkill, Confidence, Offer, Workplace};
use matching::engine::people::People;
use matching::scan::{self, Page, PersonPlace};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::{SKILLS, day, offer, person, rules, stats};

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
        with_families: bool,
    ) {
        let rules = rules(stats);
        let mut truth: BTreeMap<SeekerId, Seeker> = BTreeMap::new();
        for seeker in start {
            truth.insert(seeker.id, seeker);
        }
        let start: Vec<Seeker> = truth.values().cloned().collect();
        let mut people = if with_families {
            People::with_families(&start, &rules)
        } else {
            People::new(start, Arc::clone(&rules.geo))
        };
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

/// Some hundred blocks of people, who are the same each time.
fn many_people(runner: &mut TestRunner) -> Vec<Seeker> {
    (0..20_000)
        .map(|id| {
            let mut seeker = person().new_tree(runner).unwrap().current();
            seeker.id = SeekerId::from_u128(id);
            seeker
        })
        .collect()
}

fn asked(skills: impl IntoIterator<Item = u32>) -> Asked<Vec<AskedSkill>> {
    let asked = skills.into_iter().map(|skill| AskedSkill {
        skill: SkillIx(skill),
        essential: skill % 3 != 2,
        confidence: Confidence::SURE,
    });
    Asked::Required(asked.collect())
}

/// Vacancies that each lean on another bound.
fn telling_offers(runner: &mut TestRunner) -> Vec<Offer> {
    let mut some = || {
        let mut offer = offer().new_tree(runner).unwrap().current();
        offer.filled = 0;
        offer
    };
    let mut offers: Vec<Offer> = (0..16).map(|_| some()).collect();
    let changes: [fn(&mut Offer); 12] = [
        |offer| offer.skills = asked([0, 1, 2, 3]),
        |offer| offer.skills = asked([7]),
        |offer| offer.skills = asked(0..SKILLS),
        |offer| {
            offer.skills = Asked::NotRequired;
            offer.occupations = vec!["7212".parse().unwrap()];
        },
        |offer| {
            offer.skills = Asked::NotSaid;
            offer.occupations = vec!["1120".parse().unwrap()];
        },
        |offer| {
            offer.skills = Asked::NotSaid;
            offer.occupations = vec!["5".parse().unwrap(), "72".parse().unwrap()];
        },
        |offer| offer.workplaces = Vec::new(),
        |offer| offer.remote = true,
        |offer| {
            offer.workplaces = (0..4)
                .map(|at| Workplace::Commune(CommuneIx(2 * at)))
                .collect()
        },
        |offer| offer.workplaces = vec![Workplace::Province(ProvinceIx(1))],
        |offer| {
            offer.workplaces = vec![
                Workplace::LegacyProvince(LegacyProvinceIx(0)),
                Workplace::Province(ProvinceIx(1)),
            ];
        },
        |offer| {
            offer.level = Asked::NotSaid;
            offer.field = None;
            offer.months = Asked::NotRequired;
            offer.wage = None;
        },
    ];
    for change in changes {
        for abroad in [false, true] {
            let mut offer = some();
            (offer.abroad, offer.remote) = (abroad, false);
            change(&mut offer);
            offers.push(offer);
        }
    }
    offers
}

#[test] // 3
fn among_many_people_every_bound_keeps_the_list() {
    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let seekers = many_people(&mut runner);
    let plain = People::new(seekers.clone(), Arc::clone(&rules.geo));
    let mut changed = People::with_families(&seekers[3_000..], &rules);
    for seeker in &seekers[..3_500] {
        changed.put(seeker.clone());
    }
    assert_eq!(changed.seekers().count(), seekers.len());
    for offer in telling_offers(&mut runner) {
        for k in [1, 50, 400] {
            let page = page(k, None);
            let expected = scan::people(&rules, &offer, &seekers, page);
            assert_eq!(plain.rank(&rules, &offer, page).0, expected, "{offer:?}");
            assert_eq!(changed.rank(&rules, &offer, page).0, expected, "{offer:?}");
        }
    }
}

#[test]
fn blocks_without_a_rare_skill_are_passed_over() {
    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let relatives = rules.codes.skills.relatives(SkillIx(0));
    let mut seekers = many_people(&mut runner);
    for (at, seeker) in seekers.iter_mut().enumerate() {
        seeker
            .skills
            .retain(|skill| skill.0 != 0 && !relatives.contains(skill));
        if at.is_multiple_of(2_000) {
            seeker.skills.insert(0, SkillIx(0));
        }
    }
    let mut wanted = offer().new_tree(&mut runner).unwrap().current();
    wanted.filled = 0;
    wanted.abroad = false;
    wanted.remote = true;
    wanted.occupations = Vec::new();
    wanted.skills = asked([0]);
    let people = People::with_families(&seekers, &rules);
    let (found, effort) = people.rank(&rules, &wanted, page(5, None));
    assert_eq!(
        found,
        scan::people(&rules, &wanted, &seekers, page(5, None))
    );
    assert!(
        effort.summaries > 0 && effort.blocks < 30,
        "the summary tells nothing: {effort:?}"
    );
}

#[test]
fn whoever_stands_at_several_places_is_listed_once() {
    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let relatives = rules.codes.skills.relatives(SkillIx(0));
    let mut seekers = many_people(&mut runner);
    for (at, seeker) in seekers.iter_mut().enumerate() {
        seeker
            .skills
            .retain(|skill| skill.0 != 0 && !relatives.contains(skill));
        seeker.anywhere = at.is_multiple_of(200);
        if seeker.anywhere {
            seeker.skills.insert(0, SkillIx(0));
        }
    }
    let people = People::with_families(&seekers, &rules);
    let mut wanted = offer().new_tree(&mut runner).unwrap().current();
    wanted.filled = 0;
    wanted.abroad = false;
    wanted.occupations = Vec::new();
    wanted.skills = asked([0]);
    for (remote, workplaces) in [
        (true, Vec::new()),
        (false, Vec::new()),
        (false, vec![Workplace::Commune(CommuneIx(2))]),
    ] {
        wanted.remote = remote;
        wanted.workplaces = workplaces;
        for k in [10, 400] {
            let page = page(k, None);
            let expected = scan::people(&rules, &wanted, &seekers, page);
            assert_eq!(people.rank(&rules, &wanted, page).0, expected);
        }
    }
}

#[test] // 4
fn few_people_are_looked_at_where_good_ones_are_near() {
    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let seekers = many_people(&mut runner);
    let mut wanted = offer().new_tree(&mut runner).unwrap().current();
    wanted.filled = 0;
    wanted.abroad = false;
    wanted.remote = false;
    wanted.workplaces = vec![Workplace::Commune(CommuneIx(2))];
    wanted.occupations = vec!["7212".parse().unwrap()];
    wanted.skills = asked([0, 9]);
    let people = People::with_families(&seekers, &rules);
    let (_, effort) = people.rank(&rules, &wanted, page(50, None));
    assert!(
        effort.blocks < 60 && effort.lines < 1_700 && effort.rows < 530 && effort.scores < 140,
        "a bound was lost: {effort:?}"
    );
}
