//! 1. However vacancies came, changed and went, who is found, how many, the facets and every place
//!    in the list are those of an index that was laid out with them, as long as nothing was laid
//!    out anew: how much a word tells does not move.
//! 2. What is gone is found no more, and what has changed is found by its new words only.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::vacancy::{Vacancy, Workplace};
use proptest::prelude::*;
use search::TextIndex;
use search::ask::Ask;
use search::facet::Facet;

use crate::world::{Draft, day, found, id, index, province};

const JOBS: [&str; 6] = [
    "Lái xe tải hạng C",
    "Kế toán kho",
    "Nhân viên bán hàng",
    "Phụ hồ công trình",
    "Kế toán trưởng",
    "Lái xe khách",
];

fn vacancy(number: u32, version: u32) -> Arc<Vacancy> {
    let job = JOBS[((number + version) % 6) as usize];
    let places = [province("Quảng Ngãi"), province("Gia Lai")];
    let draft = Draft::new(number, &format!("{job} số {number}"))
        .at(Workplace::Province(places[(number % 2) as usize]));
    let draft = draft.wage(u64::from(5 + number % 7));
    draft
        .with(|vacancy| vacancy.published = Some(day(u64::from(number % 9))))
        .done()
}

/// What may not depend on how the index came about. The list is all of it: more are there than
/// are given near ones for.
fn answer(index: &TextIndex, text: &str) -> impl PartialEq + std::fmt::Debug {
    let answer = index.search(Ask::new(text, 1_000));
    let counts: Vec<Vec<(u8, u32)>> = Facet::ALL
        .iter()
        .map(|&facet| answer.counts.of(facet).collect())
        .collect();
    let exact: Vec<_> = answer
        .places
        .into_iter()
        .filter(|place| !place.is_near)
        .collect();
    (answer.total, counts, exact)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn changes_one_by_one_are_the_same_as_all_at_once(
        changes in proptest::collection::vec((0_u32..30, prop::option::of(0_u32..6)), 1..40),
    ) {
        let first: Vec<_> = (0..20).map(|number| vacancy(number, 0)).collect();
        let base = index(&first);
        let mut now: BTreeMap<u32, Arc<Vacancy>> = (0..20).zip(first).collect();
        let mut changed = base.clone();
        for (number, version) in changes {
            match version {
                Some(version) => {
                    let fresh = vacancy(number, version);
                    changed.change(std::slice::from_ref(&fresh), &[]);
                    now.insert(number, fresh);
                }
                None => {
                    changed.change(&[], &[id(number)]);
                    now.remove(&number);
                }
            }
        }
        // The statistics of the base, with all vacancies of now taken in at once.
        let mut at_once = base;
        let all: Vec<_> = now.values().cloned().collect();
        let before: Vec<_> = (0..20).map(id).collect();
        at_once.change(&all, &before);
        prop_assert_eq!(changed.len(), now.len());
        for text in ["", "lái xe", "ke toan", "kế toán gia lai", "nhân viên bán hàng trên 7tr"] {
            prop_assert_eq!(answer(&changed, text), answer(&at_once, text), "{}", text);
        }
        // Who is found does not depend on the statistics either.
        let fresh = index(&all);
        for text in ["", "lái xe", "ke toan", "kế toán gia lai"] {
            let (mut one, mut other) = (found(&changed, text), found(&fresh, text));
            one.sort_unstable();
            other.sort_unstable();
            prop_assert_eq!(one, other, "{}", text);
        }
    }
}

#[test]
fn a_changed_vacancy_is_found_by_its_new_words_only() {
    let mut all = index(&[
        Draft::new(1, "Thợ hàn").done(),
        Draft::new(2, "Thợ xây").done(),
    ]);
    all.change(&[Draft::new(1, "Bảo vệ").done()], &[]);
    assert_eq!(found(&all, "bảo vệ"), [1]);
    assert_eq!(found(&all, "thợ hàn"), []);
    assert_eq!(all.get(id(1)).unwrap().title, "Bảo vệ");
    all.change(&[], &[id(1)]);
    assert_eq!(found(&all, "bảo vệ"), []);
    assert!(all.get(id(1)).is_none() && all.len() == 1 && !all.is_empty());
}

#[test]
fn many_changes_are_laid_out_anew_and_nothing_is_lost() {
    let mut all = index(&[Draft::new(0, "Thợ hàn").done()]);
    let fresh: Vec<_> = (1..=1_200).map(|number| vacancy(number, 0)).collect();
    for some in fresh.chunks(300) {
        all.change(some, &[]);
    }
    assert_eq!(all.len(), 1_201);
    assert_eq!(found(&all, "thợ hàn"), [0]);
    assert_eq!(all.search(Ask::new("lái xe", 10)).total, 400);
}
