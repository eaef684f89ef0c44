//! Measures what would change it against one ranking, and all pairs in batch on one and two
//! threads, in one process:
//! `cargo run --release -p matching --example measure_changes -- [PEOPLE] [VACANCIES]`.
//!
//! Wall-clock times: of the batch, two threads are the point.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measurement, run by hand"
)]

use std::sync::Arc;
use std::time::Instant;

use bench_world::{Class, World};
use chrono::NaiveDate;
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::batch::Batch;
use matching::change::{
    seeker::{Openings, add},
    vacancy::relax,
};
use matching::definition::Rules;
use matching::engine::people::People;
use matching::engine::vacancies::Vacancies;
use matching::scan::Page;
use matching::settings::Settings;

const SEED: u64 = 1;
const K: usize = 50;
const ROUNDS: usize = 5;
/// So many vacancies are a batch.
const BATCH: usize = 2_000;

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok());
    let people = numbers.next().unwrap_or(1_000_000);
    let vacancies = numbers.next().unwrap_or(100_000);
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let codes = Arc::new(bench_world::codes().unwrap());
    let world = World::new(&codes, SEED, today);
    let seekers: Vec<Seeker> = world.seekers(people).collect();
    let stats = Arc::new(bench_world::skill_stats(&codes, &seekers));
    let settings = Settings::parse(&bench_world::settings().unwrap()).unwrap();
    let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), stats));
    let few: Vec<Seeker> = seekers.iter().take(100).cloned().collect();
    let everybody = People::with_families(&seekers, &rules);
    drop(seekers);
    for class in Class::ALL {
        let offers: Vec<Offer> = world
            .vacancies_of(class, 100)
            .map(|vacancy| vacancy.offer)
            .collect();
        let ranking = micros(&offers, |offer| {
            everybody.rank(&rules, offer, page(today)).0.len()
        });
        let changes = micros(&offers, |offer| relax(&rules, &everybody, offer, today).now);
        let mut reached: Vec<usize> = Vec::new();
        let mut many = 0;
        for offer in &offers {
            let relaxed = relax(&rules, &everybody, offer, today);
            reached.push(relaxed.now);
            many += relaxed.gains.len();
        }
        reached.sort_unstable();
        println!(
            "people for a vacancy, {}: ranking {ranking:.0} us, what would change it {changes:.0} us ({:.1} rankings), \
             {:.1} changes, reached p50 {} most {}",
            class.name(),
            changes / ranking,
            many as f64 / offers.len() as f64,
            reached[reached.len() / 2],
            reached[reached.len() - 1]
        );
    }
    let offers: Vec<Offer> = world
        .vacancies(vacancies)
        .map(|vacancy| vacancy.offer)
        .collect();
    batch(&everybody, &rules, &offers, today);
    let all = Vacancies::from(Arc::clone(&rules), offers);
    let began = Instant::now();
    let openings = Openings::new(&rules, &all.all());
    println!(
        "vacancies laid out for additions: {:.0} ms",
        began.elapsed().as_secs_f64() * 1e3
    );
    let ranking = micros(&few, |seeker| all.rank(seeker, page(today)).0.len());
    let changes = micros(&few, |seeker| add(&rules, &openings, seeker, today).now);
    println!(
        "vacancies for a seeker: ranking {ranking:.0} us, what would change it {changes:.0} us ({:.1} rankings)",
        changes / ranking
    );
}

/// Some of all pairs: one by one, and in batch.
fn batch(everybody: &People, rules: &Rules, offers: &[Offer], today: NaiveDate) {
    let some: Vec<&Offer> = offers.iter().take(BATCH).collect();
    let seconds = |work: &dyn Fn() -> usize| {
        (0..ROUNDS)
            .map(|_| {
                let began = Instant::now();
                std::hint::black_box(work());
                began.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min)
    };
    let singly = seconds(&|| {
        let lists = some
            .iter()
            .map(|offer| everybody.rank(rules, offer, page(today)).0.len());
        lists.sum()
    });
    for threads in [1, 2] {
        let batch = Batch::new(everybody, rules, today, K).threads(threads.try_into().unwrap());
        let together = seconds(&|| batch.lists(&some).len());
        println!(
            "batch of {} vacancies on {threads} thread(s): {:.2} s, singly {singly:.2} s: 1/{:.2}",
            some.len(),
            together,
            singly / together
        );
    }
}

const fn page<Place>(as_of: NaiveDate) -> Page<Place> {
    Page {
        as_of,
        k: K,
        after: None,
    }
}

/// The median over all of them of the least of some rounds.
fn micros<T>(all: &[T], work: impl Fn(&T) -> usize) -> f64 {
    let mut times: Vec<f64> = all
        .iter()
        .map(|one| {
            (0..ROUNDS)
                .map(|_| {
                    let began = Instant::now();
                    std::hint::black_box(work(one));
                    began.elapsed().as_secs_f64() * 1e6
                })
                .fold(f64::MAX, f64::min)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
