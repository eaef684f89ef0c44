//! 1. Pages by cursor, and pages by skipping, give each vacancy once, in the order of one long page.
//! 2. While others come and go, pages by cursor give each that stays once, in the same order.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::vacancy::Vacancy;
use search::TextIndex;
use search::ask::{Ask, Place, Sort, Start};

use crate::world::{Draft, commune, day, id, index};

const SORTS: usize = 4;

fn sort(at: usize) -> Sort {
    let home = commune("Phường Kon Tum");
    [Sort::Fit, Sort::Newest, Sort::Wage, Sort::Nearest(home)][at]
}

fn vacancy(number: u32) -> Arc<Vacancy> {
    let titles = ["Lái xe tải", "Lái xe", "Cần người lái xe ban đêm", "Phụ xe"];
    Draft::new(number, titles[(number % 4) as usize])
        .wage(u64::from(number % 3 + 5))
        .with(|vacancy| {
            vacancy.description = "Có bằng lái xe".to_owned();
            vacancy.published = Some(day(u64::from(number % 5)));
        })
        .done()
}

fn world(count: u32) -> TextIndex {
    let all: Vec<_> = (0..count).map(vacancy).collect();
    index(&all)
}

fn page(index: &TextIndex, sort: Sort, start: Start, limit: usize) -> (Vec<Place>, bool) {
    let mut ask = Ask::new("lái xe", limit);
    ask.sort = sort;
    ask.start = start;
    let answer = index.search(ask);
    (answer.places, answer.has_more)
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let index = world(60);
    for sort in (0..SORTS).map(sort) {
        let (long, has_more) = page(&index, sort, Start::Skip(0), 1_000);
        assert_eq!((long.len(), has_more), (60, false));
        for limit in [1, 7, 60] {
            let (mut by_cursor, mut by_skip): (Vec<Place>, Vec<Place>) = Default::default();
            loop {
                let start = by_cursor
                    .last()
                    .map_or(Start::Skip(0), |&last| Start::After(last));
                let (places, has_more) = page(&index, sort, start, limit);
                by_cursor.extend(places);
                let (places, more_skip) = page(&index, sort, Start::Skip(by_skip.len()), limit);
                by_skip.extend(places);
                assert_eq!(has_more, more_skip);
                assert_eq!(has_more, by_cursor.len() < 60);
                if !has_more {
                    break;
                }
            }
            assert_eq!(by_cursor, long, "{sort:?} {limit}");
            assert_eq!(by_skip, long, "{sort:?} {limit}");
        }
    }
}

#[test]
fn who_stays_is_given_once_while_others_come_and_go() {
    for sort in (0..SORTS).map(sort) {
        let mut index = world(60);
        let (before, _) = page(&index, sort, Start::Skip(0), 1_000);
        let mut given: Vec<Place> = Vec::new();
        let mut turn = 0;
        loop {
            let start = given
                .last()
                .map_or(Start::Skip(0), |&last| Start::After(last));
            let (places, has_more) = page(&index, sort, start, 7);
            given.extend(places);
            if !has_more {
                break;
            }
            // Numbers that are divisible by 6 go, others come.
            index.change(&[vacancy(100 + turn), vacancy(200 + turn)], &[id(turn * 6)]);
            turn += 1;
        }
        let stays = |place: &&Place| {
            let number = place.id.0.as_u128();
            number < 60 && !number.is_multiple_of(6)
        };
        let times = given.iter().fold(BTreeMap::new(), |mut all, place| {
            *all.entry(place.id.0).or_insert(0) += 1;
            all
        });
        assert!(times.values().all(|&times| times == 1), "{sort:?}");
        assert!(given.is_sorted());
        let expected: Vec<_> = before.iter().filter(stays).collect();
        assert_eq!(
            given.iter().filter(stays).collect::<Vec<_>>(),
            expected,
            "{sort:?}"
        );
    }
}
