//! 1. The engine's list of vacancies is the scan's, ties included, for any k and any page, after
//!    any interleaving of puts, removals, seals and folds.
//! 2. Pages follow each other without a gap or a double.
//! 3. A clone does not change with what it was cloned from.
//! 4. A new table of applications takes effect at once and changes nothing but the order of ties.
//! 5. Bounds hold where they prune: in a larger world, and with extreme weights.
//! 6. Good lists are found without looking at everything: counted, not timed, in a world with few
//!    codes and in that of the benches, with frequent and rare skills; there the lists are the
//!    scan's, too.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::{self, Offer};
use matching::engine::vacancies::{Effort, Pressures, Vacancies};
use matching::scan::{self, Page, VacancyPlace};
use proptest::collection::{hash_map, vec};
use proptest::option;
use proptest::prelude::*;

use crate::world::{day, offer, person, rules, stats};

/// Ids are few, so that a change often meets what it changes.
const IDS: u128 = 60;

#[derive(Debug, Clone)]
enum Step {
    Put(Box<Offer>),
    Remove(u128),
    Seal,
    Fold,
    Pressures(Pressures),
}

/// An offer as the world makes it, sometimes closed, and sometimes with what no row can hold.
fn any_offer() -> impl Strategy<Value = Offer> {
    let odd = prop_oneof![
        6 => Just(None),
        1 => Just(Some(u64::from(u32::MAX))),
        1 => Just(Some(9_000_000_000)),
    ];
    (
        offer(),
        0..IDS,
        option::weighted(0.2, -2_i64..3),
        odd,
        0_usize..40,
    )
        .prop_map(|(offer, id, closes, odd, status)| Offer {
            id: VacancyId::from_u128(id),
            closes: closes.map(|days| day() + chrono::TimeDelta::days(days)),
            wage: odd.or(offer.wage),
            status: vacancy::Status::ALL
                .get(status)
                .copied()
                .unwrap_or(vacancy::Status::Published),
            ..offer
        })
}

fn pressures() -> impl Strategy<Value = Pressures> {
    hash_map((0..IDS).prop_map(VacancyId::from_u128), 0_u32..3, 0..60).prop_map(|thousandths| {
        Pressures {
            version: 1,
            thousandths,
        }
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => any_offer().prop_map(|offer| Step::Put(Box::new(offer))),
        2 => (0..IDS).prop_map(Step::Remove),
        1 => Just(Step::Seal),
        1 => Just(Step::Fold),
        1 => pressures().prop_map(Step::Pressures),
    ]
}

fn page(k: usize, after: Option<VacancyPlace>) -> Page<VacancyPlace> {
    Page {
        as_of: day(),
        k,
        after,
    }
}

struct Truth {
    offers: BTreeMap<VacancyId, Offer>,
    pressures: Arc<Pressures>,
}

impl Truth {
    fn rank(
        &self,
        rules: &matching::definition::Rules,
        seeker: &Seeker,
        page: Page<VacancyPlace>,
    ) -> Vec<VacancyPlace> {
        let offers = self.offers.values();
        let offers = offers.map(|offer| (offer, self.pressures.of(offer.id)));
        scan::vacancies(rules, seeker, offers, page)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test] // 1, 2, 3, 4
    fn a_seeker_sees_the_vacancies_of_the_scan(
        stats in stats(),
        start in vec(any_offer(), 0..60),
        steps in vec(step(), 0..60),
        seekers in vec(person(), 1..4),
        k in 1_usize..8,
    ) {
        let rules = Arc::new(rules(stats));
        let mut vacancies = Vacancies::from(Arc::clone(&rules), start.clone());
        let mut truth = Truth {
            offers: start.into_iter().map(|offer| (offer.id, offer)).collect(),
            pressures: Arc::default(),
        };
        let untouched = vacancies.clone();
        let before: Vec<_> = seekers.iter().map(|seeker| untouched.rank(seeker, page(50, None))).collect();
        for step in steps {
            match step {
                Step::Put(offer) => {
                    truth.offers.insert(offer.id, (*offer).clone());
                    vacancies.put(*offer);
                }
                Step::Remove(id) => {
                    truth.offers.remove(&VacancyId::from_u128(id));
                    vacancies.remove(VacancyId::from_u128(id));
                }
                Step::Seal => vacancies.seal(),
                Step::Fold => vacancies.fold(),
                Step::Pressures(pressures) => {
                    truth.pressures = Arc::new(pressures);
                    vacancies = vacancies.with_pressures(Arc::clone(&truth.pressures));
                }
            }
        }
        prop_assert_eq!(vacancies.len(), truth.offers.len());
        for offer in truth.offers.values() {
            prop_assert_eq!(vacancies.find(offer.id), Some(offer));
        }
        for seeker in &seekers {
            let all = truth.rank(&rules, seeker, page(1_000, None));
            let mut after = None;
            let mut paged = Vec::new();
            loop {
                let (list, _) = vacancies.rank(seeker, page(k, after));
                prop_assert_eq!(&list, &truth.rank(&rules, seeker, page(k, after)));
                after = list.last().copied();
                paged.extend(list);
                if after.is_none() {
                    break;
                }
            }
            prop_assert_eq!(paged, all);
        }
        let after: Vec<_> = seekers.iter().map(|seeker| untouched.rank(seeker, page(50, None))).collect();
        prop_assert_eq!(before, after);
    }
}

#[test] // 5
fn a_larger_world_has_the_lists_of_the_scan() {
    use domain::code::Codes;
    use matching::definition::Rules;
    use matching::settings::Settings;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    const DEFAULT: &str = include_str!("../../../../config/matching.toml");
    let mut runner = TestRunner::deterministic();
    let stats = Arc::new(stats().new_tree(&mut runner).unwrap().current());
    let offers: Vec<Offer> = (0..3_000)
        .map(|id| Offer {
            id: VacancyId::from_u128(id),
            ..any_offer().new_tree(&mut runner).unwrap().current()
        })
        .collect();
    let seekers: Vec<Seeker> = (0..40)
        .map(|_| person().new_tree(&mut runner).unwrap().current())
        .collect();
    let codes: Arc<Codes> = Arc::new(crate::world::codes());
    let weights = [
        [400, 150, 150, 200, 50, 50],
        [0, 0, 0, 1_000, 0, 0],
        [1_000, 0, 0, 0, 0, 0],
        [0, 500, 0, 0, 0, 500],
        [10, 10, 500, 10, 460, 10],
    ];
    for weights in weights {
        let names = [
            "skill",
            "occupation",
            "training",
            "location",
            "experience",
            "terms",
        ];
        let defaults = [400, 150, 150, 200, 50, 50];
        let (head, neutral) = DEFAULT.split_once("[neutral]").unwrap();
        let mut head = head.to_owned();
        for ((name, default), weight) in names.into_iter().zip(defaults).zip(weights) {
            let was = format!("{name} = {default}");
            assert!(head.contains(&was), "{head}");
            head = head.replace(&was, &format!("{name} = {weight}"));
        }
        let settings = Settings::parse(&format!("{head}[neutral]{neutral}")).unwrap();
        let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), Arc::clone(&stats)));
        let vacancies = Vacancies::from(Arc::clone(&rules), offers.clone());
        for seeker in &seekers {
            for k in [1, 30] {
                let with_none = offers.iter().map(|offer| (offer, 0));
                let expected = scan::vacancies(&rules, seeker, with_none, page(k, None));
                assert_eq!(vacancies.rank(seeker, page(k, None)).0, expected);
            }
        }
    }
}

#[test] // 6
fn few_vacancies_are_looked_at_where_good_ones_are_near() {
    use domain::code::{CommuneIx, SkillIx};
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let stats = stats().new_tree(&mut runner).unwrap().current();
    let rules = Arc::new(rules(stats));
    let offers: Vec<Offer> = (0..20_000)
        .map(|id| Offer {
            id: VacancyId::from_u128(id),
            ..offer().new_tree(&mut runner).unwrap().current()
        })
        .collect();
    let mut seeker = person().new_tree(&mut runner).unwrap().current();
    seeker.status = domain::seeker::Status::Looking;
    seeker.turns_18 = day();
    seeker.residence = Some(CommuneIx(2));
    seeker.wished_communes.clear();
    seeker.wished_provinces.clear();
    seeker.anywhere = false;
    seeker.blocked.clear();
    seeker.occupations = vec!["7212".parse().unwrap()];
    seeker.skills = vec![SkillIx(0), SkillIx(9)];
    let with_none = offers.iter().map(|offer| (offer, 0));
    let expected = scan::vacancies(&rules, &seeker, with_none, page(50, None));
    let vacancies = Vacancies::from(Arc::clone(&rules), offers);
    let (list, effort) = vacancies.rank(&seeker, page(50, None));
    assert_eq!(list, expected);
    assert_eq!(vacancies.rank(&seeker, page(50, None)).1, effort);
    assert!(
        effort.blocks < 30 && effort.lines < 1_200 && effort.rows < 180 && effort.scores < 100,
        "a bound was lost: {effort:?}"
    );
}

#[test] // 5, 6
fn a_country_of_vacancies_is_mostly_passed_over() {
    use bench_world::World;
    use matching::definition::Rules;
    use matching::settings::Settings;

    let codes = Arc::new(bench_world::codes().unwrap());
    let world = World::new(&codes, 1, day());
    let everybody: Vec<Seeker> = world.seekers(4_000).collect();
    let stats = Arc::new(bench_world::skill_stats(&codes, &everybody));
    let settings = Settings::parse(&bench_world::settings().unwrap()).unwrap();
    let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), stats));
    let offers: Vec<Offer> = world
        .vacancies(12_000)
        .map(|vacancy| vacancy.offer)
        .collect();
    let vacancies = Vacancies::from(Arc::clone(&rules), offers.clone());
    let seekers = everybody
        .iter()
        .filter(|seeker| seeker.turns_18 <= day())
        .take(40);
    let mut sum = Effort::default();
    for (at, seeker) in seekers.enumerate() {
        let (list, effort) = vacancies.rank(seeker, page(50, None));
        if at < 6 {
            let with_none = offers.iter().map(|offer| (offer, 0));
            let expected = scan::vacancies(&rules, seeker, with_none, page(50, None));
            assert_eq!(list, expected);
        }
        sum.blocks += effort.blocks;
        sum.lines += effort.lines;
        sum.postings += effort.postings;
        sum.rows += effort.rows;
        sum.scores += effort.scores;
    }
    assert!(
        sum.blocks < 2_400
            && sum.lines < 67_000
            && sum.postings < 6_000
            && sum.rows < 6_200
            && sum.scores < 2_800,
        "a bound was lost: {sum:?}"
    );
}
