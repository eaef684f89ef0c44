//! Speed of the search over 100,000 vacancies: offers of `bench-world`, titles made of the titles
//! and the words of `config`.
//!
//! `cargo bench -p search -- [NAME] [--vacancies N] [--seed N]`: only benches whose name contains
//! NAME. Before them, p50, p99 and the longest of each kind of query, each asked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a program that measures"
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bench_world::World;
use bench_world::draw::{Draw, Weighted};
use chrono::NaiveDate;
use clap::Parser;
use criterion::Criterion;
use domain::code::Codes;
use domain::text::{fold, shorten, words};
use domain::vacancy::Vacancy;
use search::ask::{Ask, Sort};
use search::facet::{Facet, Filters};
use search::vocabulary::{Texts, Vocabulary};
use search::{Means, TextIndex};

/// Queries of a kind.
const QUERIES: usize = 200;
/// A stream of draws, apart from those of the world.
const TITLE_STREAM: u64 = 700;
/// What is found at once.
const PAGE: usize = 10;

#[derive(Parser)]
struct Arguments {
    /// Only benches whose name contains this.
    name: Option<String>,
    /// How many vacancies there are.
    #[arg(long, default_value_t = 100_000)]
    vacancies: u64,
    /// The seed of the world.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let arguments = Arguments::parse();
    let codes = Arc::new(bench_world::codes().unwrap());
    let all = vacancies(&codes, &arguments);
    let begun = Instant::now();
    let index = TextIndex::new(&all, means(&codes));
    println!("{} vacancies laid out in {:?}", all.len(), begun.elapsed());
    let kinds = queries(&all, arguments.seed);
    let is_wanted = |name: &str| {
        arguments
            .name
            .as_ref()
            .is_none_or(|part| name.contains(part))
    };
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(3));
    for (name, queries) in kinds.iter().filter(|(name, _)| is_wanted(name)) {
        report(name, queries, |query| ask(&index, name, query));
    }
    for (name, queries) in kinds.iter().filter(|(name, _)| is_wanted(name)) {
        let mut queries = queries.iter().cycle();
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| ask(&index, name, black_box(queries.next().unwrap())));
        });
    }
    if is_wanted("change") {
        let changed = &all[..1];
        criterion.bench_function("change", |bencher| {
            bencher.iter_batched(
                || index.clone(),
                |mut index| index.change(changed, &[]),
                criterion::BatchSize::SmallInput,
            );
        });
    }
}

/// Asks what a kind of query is about; how many answers there are.
fn ask(index: &TextIndex, kind: &str, text: &str) -> usize {
    if kind == "suggest" {
        return index.suggest(text, None, PAGE).len();
    }
    let mut ask = Ask::new(text, PAGE);
    if kind == "narrowed" {
        ask.filters = Filters::default()
            .with(Facet::Wage, 2)
            .with(Facet::Shift, 0);
    }
    if kind == "newest" {
        ask.sort = Sort::Newest;
    }
    index.search(ask).places.len()
}

fn report(name: &str, queries: &[String], ask: impl Fn(&str) -> usize) {
    let timed = queries.iter().map(|query| {
        let begun = Instant::now();
        black_box(ask(query));
        (begun.elapsed(), query)
    });
    let mut times: Vec<_> = timed.collect();
    times.sort_unstable();
    let at = |thousandths: usize| &times[(times.len() - 1) * thousandths / 1_000];
    println!(
        "{name}: p50 {:?}, p99 {:?}, longest {:?}",
        at(500).0,
        at(990).0,
        at(1_000)
    );
}

fn means(codes: &Arc<Codes>) -> Means {
    let texts = Texts {
        synonyms: &config("search/synonyms.csv"),
        phrases: &config("search/phrases.csv"),
        places: &config("search/places.csv"),
        ambiguous: &config("search/ambiguous.csv"),
    };
    let home = codes.units.province_by_code("51");
    let titles = config("classifier/occupation_titles.csv");
    let files = classifier::TrainingFiles {
        occupation_titles: &titles,
    };
    let model = classifier::Model::train(codes, &files).unwrap();
    Means {
        vocabulary: Arc::new(Vocabulary::read(texts, home, codes).unwrap()),
        codes: Arc::clone(codes),
        trade: Arc::new(move |words| {
            let found = model.occupation(words, None)?;
            found.sure(500).map(|(code, _)| code)
        }),
        trades: Arc::new(|code| u8::try_from(code.prefix(1)?.value()).ok()),
    }
}

fn config(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// Offers of the world with titles as employers write them, and texts of some length.
fn vacancies(codes: &Codes, arguments: &Arguments) -> Vec<Arc<Vacancy>> {
    let today = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let world = World::new(codes, arguments.seed, today);
    let mut draw = Draw::new(arguments.seed, TITLE_STREAM);
    let mut titles: Vec<String> = titles();
    draw.shuffle(&mut titles);
    let weights = (1_u64..).map(|rank| 1_000_000_000 / (rank + 20));
    let titles = Weighted::new(titles.into_iter().zip(weights));
    let all = world.vacancies(arguments.vacancies).map(|mut vacancy| {
        let job = titles.draw(&mut draw).unwrap();
        vacancy.title = title(job, &vacancy, &mut draw);
        let more: Vec<&str> = (0..8)
            .filter_map(|_| titles.draw(&mut draw))
            .map(String::as_str)
            .collect();
        vacancy.description = format!("{}. {}", vacancy.description, more.join(", "));
        Arc::new(vacancy)
    });
    all.collect()
}

fn titles() -> Vec<String> {
    let text = config("classifier/occupation_titles.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect()
}

fn title(job: &str, vacancy: &Vacancy, draw: &mut Draw) -> String {
    let before = ["", "", "", "Tuyển gấp ", "Tuyển dụng ", "Nhân viên "];
    let after = [
        "",
        "",
        " - đi làm ngay",
        " có kinh nghiệm",
        " làm ca đêm",
        " lương cao",
    ];
    let (before, after) = (draw.pick(&before).unwrap(), draw.pick(&after).unwrap());
    let place = vacancy.place_text.split(',').next().unwrap_or_default();
    if draw.chance(300) {
        format!("{before}{job} tại {place}{after}")
    } else {
        format!("{before}{job}{after}")
    }
}

/// Queries from titles that are there, by kind.
fn queries(all: &[Arc<Vacancy>], seed: u64) -> Vec<(&'static str, Vec<String>)> {
    let mut draw = Draw::new(seed, TITLE_STREAM + 1);
    let titles: Vec<&str> = (0..QUERIES)
        .map(|_| draw.pick(all).unwrap().title.as_str())
        .collect();
    let mut of = |make: &dyn Fn(&str, &mut Draw) -> String| -> Vec<String> {
        titles.iter().map(|title| make(title, &mut draw)).collect()
    };
    vec![
        ("as written", of(&|title, _| title.to_owned())),
        ("no accents", of(&|title, _| fold(title))),
        ("two words", of(&|title, draw| some_words(title, 2, draw))),
        ("one word", of(&|title, draw| some_words(title, 1, draw))),
        (
            "begun",
            of(&|title, _| shorten(title, title.chars().count().saturating_sub(2))),
        ),
        ("one slip", of(&slip)),
        (
            "with a place",
            of(&|title, draw| some_words(title, 2, draw) + " quảng ngãi"),
        ),
        ("narrowed", of(&|title, draw| some_words(title, 2, draw))),
        ("newest", of(&|title, draw| some_words(title, 2, draw))),
        ("everything", vec![String::new()]),
        (
            "suggest",
            of(&|title, draw| shorten(title, usize::try_from(draw.between(2, 12)).unwrap())),
        ),
    ]
}

/// Words that stand together.
fn some_words(title: &str, count: usize, draw: &mut Draw) -> String {
    let all: Vec<&str> = title.split_whitespace().collect();
    let last = all.len().saturating_sub(count) as u64;
    let from = usize::try_from(draw.between(0, last)).unwrap();
    all[from..(from + count).min(all.len())].join(" ")
}

/// A letter of the longest word is doubled.
fn slip(title: &str, draw: &mut Draw) -> String {
    let folded = fold(title);
    let longest = words(&folded)
        .max_by_key(|word| word.len())
        .unwrap_or_default();
    let at = usize::try_from(draw.below(longest.len().max(1) as u64)).unwrap();
    let mut mistyped: Vec<char> = longest.chars().collect();
    if let Some(&letter) = mistyped.get(at) {
        mistyped.insert(at, letter);
    }
    folded.replacen(longest, &mistyped.into_iter().collect::<String>(), 1)
}
