//! Speed of ranking, on the world of `bench-world`; ratios between engines are in `tests/peers`.
//!
//! `cargo bench -p matching -- [NAME] [--seekers N] [--seed N]`: only benches whose name contains
//! NAME; 100,000 people unless told otherwise.

use std::cell::Cell;
use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use bench_world::{Class, World};
use chrono::NaiveDate;
use clap::Parser;
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion};
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::Rules;
use matching::engine::people::People;
use matching::engine::vacancies::Vacancies;
use matching::scan::{self, Page, PersonPlace, VacancyPlace};
use matching::settings::Settings;

/// Queries of each class.
const QUERIES: usize = 100;
/// People for one vacancy.
const SEEKERS_A_VACANCY: u64 = 10;
/// Changes that the engine keeps unsealed.
const UNSEALED: usize = 1_000;

#[derive(Parser)]
struct Arguments {
    /// Only benches whose name contains this.
    name: Option<String>,
    /// How many people there are.
    #[arg(long, default_value_t = 100_000)]
    seekers: u64,
    /// The seed of the world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What cargo says to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Everything that is drawn once.
struct Setting {
    rules: Arc<Rules>,
    seekers: Vec<Seeker>,
    people: People,
    classes: Vec<(Class, Vec<Offer>)>,
    offers: Vec<Offer>,
    /// Other facts for the first people.
    changed: Vec<Seeker>,
    day: NaiveDate,
}

fn main() -> Result<(), Box<dyn Error>> {
    let ask = Arguments::parse();
    let setting = Setting::new(&ask)?;
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    if let Some(name) = &ask.name {
        criterion = criterion.with_filter(name);
    }
    people(&mut criterion, &setting);
    delta(&mut criterion, &setting);
    vacancies(&mut criterion, &setting);
    changing(&mut criterion, &setting);
    scanning(&mut criterion, &setting);
    criterion.final_summary();
    Ok(())
}

impl Setting {
    fn new(ask: &Arguments) -> Result<Self, Box<dyn Error>> {
        let codes = Arc::new(bench_world::codes()?);
        let day = NaiveDate::from_ymd_opt(2026, 11, 25).ok_or("no such day")?;
        let world = World::new(&codes, ask.seed, day);
        let seekers: Vec<Seeker> = world.seekers(ask.seekers).collect();
        let offer = |vacancy: domain::vacancy::Vacancy| vacancy.offer;
        let classes = Class::ALL
            .into_iter()
            .map(|class| {
                (
                    class,
                    world.vacancies_of(class, QUERIES).map(offer).collect(),
                )
            })
            .collect();
        let offers = world
            .vacancies(ask.seekers / SEEKERS_A_VACANCY)
            .map(offer)
            .collect();
        let others = World::new(&codes, ask.seed + 1, day);
        let changed = others
            .seekers(UNSEALED as u64)
            .zip(&seekers)
            .map(|(facts, seeker)| Seeker {
                id: seeker.id,
                ..facts
            })
            .collect();
        let stats = bench_world::skill_stats(&codes, &seekers);
        let settings = Settings::parse(&bench_world::settings()?)?;
        let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), Arc::new(stats)));
        let people = People::with_families(&seekers, &rules);
        Ok(Self {
            rules,
            seekers,
            people,
            classes,
            offers,
            changed,
            day,
        })
    }

    const fn page<Place>(&self, k: usize, after: Option<Place>) -> Page<Place> {
        Page {
            as_of: self.day,
            k,
            after,
        }
    }

    /// The vacancies of the class that is asked most.
    fn usual(&self) -> &[Offer] {
        self.classes.first().map_or(&[], |(_, offers)| offers)
    }
}

/// One question after the other, each once in a turn.
fn by_turns<Question, Answer>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    questions: &[Question],
    mut answer: impl FnMut(&Question) -> Answer,
) {
    group.bench_function(name, |bencher| {
        let turn = Cell::new(0);
        bencher.iter(|| {
            let at = turn.get();
            turn.set(at + 1);
            questions.get(at % questions.len()).map(&mut answer)
        });
    });
}

fn people(criterion: &mut Criterion, setting: &Setting) {
    let mut group = criterion.benchmark_group("people for a vacancy");
    let rank = |offer: &Offer, page| setting.people.rank(&setting.rules, offer, page).0;
    for (class, offers) in &setting.classes {
        by_turns(&mut group, class.name(), offers, |offer| {
            rank(offer, setting.page(50, None))
        });
    }
    by_turns(&mut group, "the first 1,000", setting.usual(), |offer| {
        rank(offer, setting.page(1_000, None))
    });
    let deep: Vec<(&Offer, Option<PersonPlace>)> = setting
        .usual()
        .iter()
        .map(|offer| (offer, rank(offer, setting.page(1_000, None)).pop()))
        .collect();
    by_turns(
        &mut group,
        "50 after the first 1,000",
        &deep,
        |&(offer, after)| rank(offer, setting.page(50, after)),
    );
    group.finish();
}

fn delta(criterion: &mut Criterion, setting: &Setting) {
    let mut group = criterion.benchmark_group("people for a vacancy, unsealed changes");
    for unsealed in [0, UNSEALED] {
        let mut people = setting.people.clone();
        for seeker in setting.changed.iter().take(unsealed) {
            people.put(seeker.clone());
        }
        by_turns(
            &mut group,
            &unsealed.to_string(),
            setting.usual(),
            |offer| people.rank(&setting.rules, offer, setting.page(50, None)),
        );
    }
    group.finish();
}

fn vacancies(criterion: &mut Criterion, setting: &Setting) {
    let mut group = criterion.benchmark_group("vacancies for a seeker");
    let engine = Vacancies::from(Arc::clone(&setting.rules), setting.offers.clone());
    let page: Page<VacancyPlace> = setting.page(50, None);
    let seekers = setting.seekers.get(..QUERIES).unwrap_or(&setting.seekers);
    by_turns(&mut group, "engine", seekers, |seeker| {
        engine.rank(seeker, page)
    });
    by_turns(&mut group, "definition, everything", seekers, |seeker| {
        let offers = setting.offers.iter().map(|offer| (offer, 0));
        scan::vacancies(&setting.rules, seeker, offers, page)
    });
    group.finish();
}

fn changing(criterion: &mut Criterion, setting: &Setting) {
    let mut group = criterion.benchmark_group("building and changing");
    let mut people = setting.people.clone();
    by_turns(
        &mut group,
        "one change, a new snapshot",
        &setting.changed,
        |seeker| {
            let mut next = people.clone();
            next.put(seeker.clone());
            people = next;
        },
    );
    group.sample_size(10).bench_function("build", |bencher| {
        bencher.iter_batched(
            || setting.seekers.clone(),
            |seekers| People::with_families(&seekers, &setting.rules),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn scanning(criterion: &mut Criterion, setting: &Setting) {
    let mut group = criterion.benchmark_group("definition, everybody");
    group.sample_size(10);
    by_turns(
        &mut group,
        "people for a vacancy",
        setting.usual(),
        |offer| {
            black_box(scan::people(
                &setting.rules,
                offer,
                &setting.seekers,
                setting.page(50, None),
            ))
        },
    );
    group.finish();
}
