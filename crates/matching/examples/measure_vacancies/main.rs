//! Measures the engine for vacancies against a scan with per-query tables, in one process:
//! `cargo run --release -p matching --example measure_vacancies -- [--vacancies N] [--no-scan]`.
//!
//! Times are the thread's own (CPU), so that neighbours on the machine disturb little; only
//! ratios inside one run count. All lists are compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a measurement, run by hand"
)]

mod scan;

use std::collections::BTreeMap;
use std::sync::Arc;

use bench_world::World;
use chrono::NaiveDate;
use clap::Parser;
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::Rules;
use matching::engine::vacancies::Vacancies;
use matching::scan::Page;
use matching::settings::Settings;
use rustix::time::{ClockId, clock_gettime};

const K: usize = 50;
/// People of whom the statistics are made; the first of them are those who look for vacancies.
const PEOPLE: u64 = 100_000;

#[derive(Parser)]
struct Arguments {
    /// How many vacancies there are.
    #[arg(long, default_value_t = 100_000)]
    vacancies: u64,
    /// How many people look for them.
    #[arg(long, default_value_t = 200)]
    seekers: usize,
    /// The median of so many rounds counts for each.
    #[arg(long, default_value_t = 7)]
    rounds: usize,
    /// Measure the engine only.
    #[arg(long)]
    no_scan: bool,
    /// Say what each query took.
    #[arg(long)]
    efforts: bool,
    /// The seed of the world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() {
    let ask = Arguments::parse();
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let codes = Arc::new(bench_world::codes().unwrap());
    let world = World::new(&codes, ask.seed, today);
    let everybody: Vec<Seeker> = world.seekers(PEOPLE).collect();
    let stats = Arc::new(bench_world::skill_stats(&codes, &everybody));
    let offers: Vec<Offer> = world
        .vacancies(ask.vacancies)
        .map(|vacancy| vacancy.offer)
        .collect();
    let settings = Settings::parse(&bench_world::settings().unwrap()).unwrap();
    let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), stats));
    let before = resident_mb();
    let (vacancies, build) = timed(|| Vacancies::from(Arc::clone(&rules), offers.to_vec()));
    println!(
        "vacancies {}, build {:.0} ms, resident {before} -> {} MB",
        ask.vacancies,
        build / 1e3,
        resident_mb()
    );
    let seekers = &everybody[..ask.seekers.min(everybody.len())];
    let p50 = engine(&ask, &vacancies, seekers, today);
    if !ask.no_scan {
        scan(&ask, &rules, &offers, &vacancies, seekers, p50, today);
    }
    let others = World::new(&codes, ask.seed + 1, today);
    let changed = others.vacancies(2_000).zip(&offers);
    changes(
        vacancies,
        changed
            .map(|(new, old)| Offer {
                id: old.id,
                ..new.offer
            })
            .collect(),
    );
}

const fn page(today: NaiveDate) -> Page<matching::scan::VacancyPlace> {
    Page {
        as_of: today,
        k: K,
        after: None,
    }
}

fn engine(ask: &Arguments, vacancies: &Vacancies, seekers: &[Seeker], today: NaiveDate) -> f64 {
    let mut times = vec![Vec::new(); seekers.len()];
    let mut efforts = Vec::new();
    for round in 0..ask.rounds {
        for (seeker, times) in seekers.iter().zip(&mut times) {
            let ((list, effort), time) = timed(|| vacancies.rank(seeker, page(today)));
            times.push(time);
            if round == 0 {
                efforts.push((list.last().copied(), format!("{effort:?}")));
            }
        }
    }
    let times: Vec<f64> = times.into_iter().map(median).collect();
    let (p50, p99) = (percentile(&times, 50), percentile(&times, 99));
    println!(
        "engine: {} people, p50 {p50:.1} us, p99 {p99:.1}, mean {:.1}, p99/p50 {:.1}",
        seekers.len(),
        times.iter().sum::<f64>() / times.len() as f64,
        p99 / p50
    );
    println!("  in the mean: {}", means(&efforts));
    if ask.efforts {
        for (time, (last, effort)) in times.iter().zip(&efforts) {
            let last = last.map_or(0, |last| last.thousandths());
            println!("  {time:8.1} us, last fit {last}, {effort}");
        }
    }
    p50
}

/// The mean of each count of the efforts.
fn means<Place>(efforts: &[(Place, String)]) -> String {
    let mut sums: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (_, effort) in efforts {
        let counts = effort
            .split([' ', ',', '{', '}'])
            .filter(|word| !word.is_empty());
        let counts: Vec<&str> = counts.skip(1).collect();
        for (at, pair) in counts.chunks(2).enumerate() {
            let sum = sums
                .entry(pair[0].trim_end_matches(':'))
                .or_insert((at, 0.0));
            sum.1 += pair[1].parse::<f64>().unwrap_or(0.0);
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|&(_, (at, _))| at);
    let means = sums
        .iter()
        .map(|(name, (_, sum))| format!("{name} {:.0}", sum / efforts.len() as f64));
    means.collect::<Vec<_>>().join(", ")
}

fn scan(
    ask: &Arguments,
    rules: &Rules,
    offers: &[Offer],
    vacancies: &Vacancies,
    seekers: &[Seeker],
    p50: f64,
    today: NaiveDate,
) {
    let all = scan::All::new(rules, offers, today);
    let mut scans = Vec::new();
    for seeker in seekers {
        let rounds = (0..ask.rounds.min(3)).map(|_| timed(|| all.rank(seeker, K)));
        let rounds: Vec<_> = rounds.collect();
        let expected = &rounds[0].0;
        let found = vacancies.rank(seeker, page(today)).0;
        assert_eq!(&found, expected, "{seeker:?}");
        scans.push(median(rounds.iter().map(|round| round.1).collect()));
    }
    let (scan50, scan99) = (percentile(&scans, 50), percentile(&scans, 99));
    println!(
        "scan: p50 {scan50:.0} us, p99 {scan99:.0}; engine's p50 1/{:.1}, all lists equal",
        scan50 / p50
    );
}

/// A change until it is found: a new snapshot each, seals and folds included.
fn changes(mut vacancies: Vacancies, changed: Vec<Offer>) {
    let times: Vec<f64> = changed
        .into_iter()
        .map(|offer| {
            let mut next = vacancies.clone();
            let ((), time) = timed(|| next.put(offer));
            vacancies = next;
            time
        })
        .collect();
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
