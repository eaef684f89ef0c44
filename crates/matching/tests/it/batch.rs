//! 1. The lists of a batch are those of single queries, in the order of ids, whatever the number
//!    of threads and the size of a chunk.
//! 2. A batch that goes on after any chunk gives what is missing, and nothing twice.
//! 3. A stopped batch hands out whole chunks only, and an error of the taker ends it.

use std::num::NonZeroUsize;
use std::sync::Arc;

use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::batch::{Batch, End, List, Progress};
use matching::definition::Rules;
use matching::engine::people::People;
use matching::scan::Page;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::world::{day, offer, person, rules, stats};

fn count(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

fn singly(rules: &Rules, people: &People, offers: &[Offer], k: usize) -> Vec<List> {
    let page = Page {
        as_of: day(),
        k,
        after: None,
    };
    let lists = offers.iter().map(|offer| List {
        vacancy: offer.id,
        people: people.rank(rules, offer, page).0,
    });
    lists.collect()
}

/// Everybody under ids of their own.
fn world(seekers: Vec<Seeker>, offers: Vec<Offer>) -> (Vec<Seeker>, Vec<Offer>) {
    let seekers = (0..).zip(seekers).map(|(id, seeker)| Seeker {
        id: SeekerId::from_u128(id),
        ..seeker
    });
    let offers = (0..).zip(offers).map(|(id, offer)| Offer {
        id: VacancyId::from_u128(id),
        ..offer
    });
    (seekers.collect(), offers.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test] // 1, 2, 3
    fn a_batch_is_its_single_queries(
        stats in stats(),
        seekers in vec(person(), 0..60),
        offers in vec(offer(), 0..80),
        k in 0_usize..6,
        threads in 1_usize..4,
        chunk in 1_usize..90,
        last in 0_usize..6,
        shuffled in any::<bool>(),
    ) {
        let rules = rules(stats);
        let (seekers, offers) = world(seekers, offers);
        let people = People::new(seekers, Arc::clone(&rules.geo));
        let expected = singly(&rules, &people, &offers, k);
        let mut given: Vec<&Offer> = offers.iter().collect();
        if shuffled {
            given.reverse();
        }
        let batch = Batch::new(&people, &rules, day(), k).threads(count(threads)).chunk(count(chunk));
        prop_assert_eq!(&batch.lists(&given), &expected);

        let mut first = Vec::new();
        let mut chunks = 0;
        let progress = Progress::default();
        let end = batch.run(&given, None, &progress, |lists| {
            first.extend(lists);
            chunks += 1;
            if chunks > last { Err(()) } else { Ok(()) }
        });
        prop_assert_eq!(end.is_err(), chunks > last);
        prop_assert_eq!(&first, &expected[..first.len()]);
        prop_assert!(first.len() == expected.len() || first.len() % chunk == 0);
        prop_assert!(progress.done() >= first.len());
        let after = first.last().map(|list| list.vacancy);
        let end = batch.run(&given, after, &Progress::default(), |lists| {
            first.extend(lists);
            Ok::<(), ()>(())
        });
        prop_assert_eq!(end, Ok(End::Finished));
        prop_assert_eq!(first, expected);
    }
}

#[test] // 3
fn a_stopped_batch_goes_on_where_it_stood() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let mut draw = |count| -> Vec<Offer> {
        let drawn = (0..count).map(|_| offer().new_tree(&mut runner).unwrap().current());
        drawn.collect()
    };
    let (_, offers) = world(Vec::new(), draw(200));
    let seekers = (0..200).map(|_| person().new_tree(&mut runner).unwrap().current());
    let (seekers, _) = world(seekers.collect(), Vec::new());
    let people = People::new(seekers, Arc::clone(&rules.geo));
    let given: Vec<&Offer> = offers.iter().collect();
    let batch = Batch::new(&people, &rules, day(), 5)
        .threads(count(2))
        .chunk(count(10));
    let progress = Progress::default();
    let mut lists = Vec::new();
    let end = batch.run(&given, None, &progress, |chunk| {
        lists.extend(chunk);
        if lists.len() == 50 {
            progress.stop();
        }
        Ok::<(), ()>(())
    });
    assert_eq!(end, Ok(End::Stopped));
    assert_eq!(lists.len(), 50, "what was not handed out is not counted");
    let after = lists.last().map(|list| list.vacancy);
    let rest = batch.run(&given, after, &Progress::default(), |chunk| {
        lists.extend(chunk);
        Ok::<(), ()>(())
    });
    assert_eq!(rest, Ok(End::Finished));
    assert_eq!(lists, singly(&rules, &people, &offers, 5));
}
