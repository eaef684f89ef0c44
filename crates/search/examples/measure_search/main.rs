//! How good the search is on the yardsticks, tuned and untouched half, beside plain BM25.
//!
//! `cargo run --release -p search --example measure_search -- known [FILE.csv] | intents | QUERY`,
//! with `--misses` for what the tuned half misses, and `--unjudged` for pairs of a query and a
//! vacancy that nobody has judged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    unreachable_pub,
    missing_docs,
    reason = "a program that measures"
)]

mod world;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use domain::id::VacancyId;
use search::ask::{Ask, Place};
use search::evaluate::{KnownItem, known_items, ndcg};
use world::{World, is_tuned, table};

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    let world = World::real();
    println!(
        "{} vacancies laid out in {:?}",
        world.by_id.len(),
        world.laid_out
    );
    match what.as_str() {
        "known" => known(&world),
        "intents" => intents(&world),
        query => show(&world, query),
    }
}

fn is_asked(option: &str) -> bool {
    std::env::args().any(|argument| argument == option)
}

fn show(world: &World, query: &str) {
    let answer = world.index.search(Ask::new(query, 15));
    println!("{} {:?} {:?}", answer.total, answer.corrected, answer.chips);
    answer
        .places
        .iter()
        .for_each(|place| line(world, place, None));
}

fn line(world: &World, place: &Place, grade: Option<u8>) {
    let vacancy = &world.by_id[&place.id.0];
    println!(
        "    {grade:?} near {:?} rank {} {} | {} | {} | {:?}",
        place.is_near,
        place.rank,
        vacancy.title,
        vacancy.place_text,
        vacancy.wage_text,
        vacancy.offer.months
    );
}

fn known(world: &World) {
    let file = std::env::args()
        .nth(2)
        .filter(|name| name.ends_with(".csv"));
    let rows = table(file.as_deref().unwrap_or("known_items.csv")).into_iter();
    let queries = rows.map(|row| KnownItem {
        id: row[0].split(':').next().unwrap().to_owned(),
        kind: row[1].to_owned(),
        query: row[2].to_owned(),
        wanted: row[3].split('|').map(|name| world.ids[name]).collect(),
    });
    let (tuned, untouched): (Vec<_>, Vec<_>) = queries.partition(|query| is_tuned(&query.id));
    for (half, queries) in [("tuned", &tuned), ("untouched", &untouched)] {
        let ours = known_items(queries, timed(|query| world.search(query)));
        let theirs = known_items(queries, timed(|query| world.plain.search(query, 10)));
        println!("{half}: kind, queries, success at 1, BM25, at 10, mrr, p50, p99");
        for (kind, ours) in &ours {
            println!(
                "{kind:28} {} {:.1} {:.1} {:.1} {:.3} {:?} {:?}",
                ours.queries,
                ours.at_1() * 100.0,
                theirs[kind].at_1() * 100.0,
                ours.at_10() * 100.0,
                ours.mrr(),
                ours.quantile(500),
                ours.quantile(990)
            );
        }
    }
    if is_asked("--misses") {
        tuned.iter().for_each(|query| missed_item(world, query));
    }
}

fn timed(
    search: impl Fn(&str) -> Vec<VacancyId>,
) -> impl FnMut(&str) -> (Vec<VacancyId>, std::time::Duration) {
    move |query| {
        let begun = Instant::now();
        let found = search(query);
        (found, begun.elapsed())
    }
}

fn missed_item(world: &World, query: &KnownItem) {
    let found = world.index.search(Ask::new(&query.query, 3)).places;
    if found
        .first()
        .is_none_or(|place| !query.wanted.contains(&place.id.0))
    {
        println!("- {} {:?}", query.kind, query.query);
        println!("    wanted {:?}", world.by_id[&query.wanted[0]].title);
        found.iter().for_each(|place| line(world, place, None));
    }
}

fn intents(world: &World) {
    let mut grades: BTreeMap<String, BTreeMap<VacancyId, u8>> = BTreeMap::new();
    for row in table("intents_grades.csv") {
        let grades = grades.entry(row[0].to_owned()).or_default();
        grades.insert(world.ids[&row[1]], row[2].parse().unwrap());
    }
    let mut sums: BTreeMap<bool, [f64; 4]> = BTreeMap::new();
    for row in table("intents.csv") {
        let (id, query) = (&row[0], &row[1]);
        let Some(grades) = grades.get(id) else {
            continue;
        };
        let found = world.search(query);
        let Some(ours) = ndcg(&found, grades) else {
            continue;
        };
        let theirs = ndcg(&world.plain.search(query, 10), grades).unwrap_or(0.0);
        let unjudged: Vec<_> = found.iter().filter(|id| !grades.contains_key(id)).collect();
        if is_asked("--unjudged") {
            export(world, id, &unjudged);
        }
        let sum = sums.entry(is_tuned(id)).or_default();
        for (sum, value) in sum
            .iter_mut()
            .zip([1.0, ours, theirs, unjudged.len() as f64])
        {
            *sum += value;
        }
        if is_asked("--misses") && is_tuned(id) && ours < 0.85 {
            println!("- {id} {query}: {ours:.2} (BM25 {theirs:.2})");
            missed_intent(world, query, &found, grades);
        }
    }
    for (tuned, [queries, ours, theirs, unjudged]) in sums {
        println!(
            "{}: {queries} queries, nDCG at 10 {:.3}, BM25 {:.3}, not judged {:.1} of 10",
            if tuned { "tuned" } else { "untouched" },
            ours / queries,
            theirs / queries,
            unjudged / queries
        );
    }
}

fn export(world: &World, query: &str, unjudged: &[&VacancyId]) {
    let refs: HashMap<VacancyId, &String> =
        world.ids.iter().map(|(name, id)| (*id, name)).collect();
    unjudged
        .iter()
        .for_each(|id| println!("+{query},{}", refs[id]));
}

fn missed_intent(
    world: &World,
    query: &str,
    found: &[VacancyId],
    grades: &BTreeMap<VacancyId, u8>,
) {
    let missed = grades
        .iter()
        .filter(|(id, grade)| **grade > 1 && !found.contains(id));
    let mut missed: Vec<_> = missed.collect();
    missed.sort_by_key(|(_, grade)| Reverse(**grade));
    for (id, grade) in missed.into_iter().take(5) {
        println!("    missed {grade} {}", world.by_id[id].title);
    }
    for place in world.index.search(Ask::new(query, 10)).places {
        line(world, &place, grades.get(&place.id.0).copied());
    }
}
