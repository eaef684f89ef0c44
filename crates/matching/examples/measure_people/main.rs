//! Measures the engine against a scan with per-query tables, in one process:
//! `cargo run --release -p matching --example measure_people -- [PEOPLE] [--no-scan]`.
//!
//! Times are the thread's own (CPU), so that neighbours on the machine disturb little; only
//! ratios inside one run count.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement, run by hand"
)]

mod scan;

use std::sync::Arc;

use bench_world::{Class, World};
use chrono::NaiveDate;
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::Rules;
use matching::engine::people::People;
use matching::scan::Page;
use matching::settings::Settings;
use rustix::time::{ClockId, clock_gettime};

const SEED: u64 = 1;
const K: usize = 50;
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments
        .iter()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(1_000_000);
    let with_scan = !arguments.iter().any(|argument| argument == "--no-scan");
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let codes = Arc::new(bench_world::codes().unwrap());
    let world = World::new(&codes, SEED, today);
    let seekers: Vec<Seeker> = world.seekers(count).collect();
    let stats = Arc::new(bench_world::skill_stats(&codes, &seekers));
    let settings = Settings::parse(&bench_world::settings().unwrap()).unwrap();
    let rules = Rules::new(settings, Arc::clone(&codes), stats);
    let everybody = with_scan.then(|| scan::Everybody::new(&seekers));
    let changed: Vec<Seeker> = seekers.iter().take(5_000).cloned().collect();
    let before = resident_mb();
    let (people, build) = timed(|| People::with_families(&seekers, &rules));
    println!(
        "people {count}, build {:.0} ms, resident {before} -> {} MB",
        build / 1e3,
        resident_mb()
    );
    for (name, class, many) in [
        ("skill and place", Class::SkillAndPlace, 200),
        ("without skill", Class::WithoutSkill, 100),
        ("without place", Class::WithoutPlace, 100),
    ] {
        let offers: Vec<Offer> = world
            .vacancies_of(class, many)
            .map(|vacancy| vacancy.offer)
            .collect();
        measure(name, &rules, &offers, &people, everybody.as_ref(), today);
    }
    changes(people, changed);
}

fn measure(
    name: &str,
    rules: &Rules,
    offers: &[Offer],
    people: &People,
    everybody: Option<&scan::Everybody>,
    today: NaiveDate,
) {
    let page = Page {
        as_of: today,
        k: K,
        after: None,
    };
    let mut times = vec![Vec::new(); offers.len()];
    let mut efforts = Vec::new();
    for round in 0..ROUNDS {
        for (offer, times) in offers.iter().zip(&mut times) {
            let ((list, effort), time) = timed(|| people.rank(rules, offer, page));
            times.push(time);
            if round == 0 {
                efforts.push((format!("{effort:?}"), list.len()));
            }
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!(
        "{name}: {} vacancies, p50 {p50:.1} us, p99 {p99:.1}, mean {mean:.1}, p99/p50 {:.1}",
        offers.len(),
        p99 / p50
    );
    if std::env::args().any(|argument| argument == "--efforts") {
        for (time, (effort, found)) in times.iter().zip(&efforts) {
            println!("  {time:8.1} {found} {effort}");
        }
    }
    if let Some(everybody) = everybody {
        let mut scans = Vec::new();
        for offer in offers {
            let (expected, time) = timed(|| everybody.rank(rules, offer, today, K));
            let found = people.rank(rules, offer, page).0;
            if let Some((one, other)) = found
                .iter()
                .zip(&expected)
                .find(|(one, other)| one != other)
            {
                panic!(
                    "{offer:?}\nengine {one:?} {:?}\nscan {other:?} {:?}",
                    people.find(one.id()),
                    people.find(other.id())
                );
            }
            assert_eq!(found.len(), expected.len());
            scans.push(time);
        }
        let (scan50, scan99) = (percentile(&scans, 50), percentile(&scans, 99));
        println!(
            "  scan p50 {:.2} ms, p99 {:.2}: 1/{:.0}, p99 against the scan's p50 {:.3}",
            scan50 / 1e3,
            scan99 / 1e3,
            scan50 / p50,
            p99 / scan50
        );
    }
}

/// A change until it is found: put and look up, over and over, folds and seals included.
fn changes(mut people: People, changed: Vec<Seeker>) {
    let mut times: Vec<f64> = changed
        .into_iter()
        .map(|seeker| {
            let mut next = people.clone();
            let ((), time) = timed(|| {
                next.put(seeker);
            });
            people = next;
            time
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "one change: p50 {:.1} us, p99 {:.1}, most {:.0}",
        percentile(&times, 50),
        percentile(&times, 99),
        percentile(&times, 100)
    );
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let before = cpu_micros();
    let done = work();
    (done, cpu_micros() - before)
}

fn cpu_micros() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 * 1e6 + now.tv_nsec as f64 / 1e3
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: u64 = status
        .split(' ')
        .nth(1)
        .and_then(|pages| pages.parse().ok())
        .unwrap_or(0);
    pages * 4_096 / 1_000_000
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn percentile(times: &[f64], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) * percent).div_ceil(100)]
}
