//! The issue's own: `sanviec serve` is killed while others write, and afterwards serves what is in
//! the database, all of it and nothing else.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use domain::code::Codes;
use domain::seeker::Seeker;
use domain::vacancy::{Offer, Vacancy};
use matching::definition::Rules;
use matching::scan::{self, Page};
use store::Pool;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::place::{Database, On};
use crate::process::{Programs, until, wait};
use crate::server::{Server, command};
use crate::stream::{Dice, Tools, Writers, hands};
use crate::world;

/// What was written is served within this.
const SEEN_WITHIN: Duration = Duration::from_secs(5);
/// Between two use cases of a thread: the dose is 200 writes a second.
const PAUSE: Duration = Duration::from_millis(5);
/// How long the lists are that are compared.
const LIST: usize = 50;

/// Kills the server so often, each time at another moment; after every `ranked_every`-th kill it
/// also looks at rankings.
pub fn kill(programs: &Programs, on: &On, kills: u64, ranked_every: u64, seed: u64) -> Figures {
    let mut figures = Figures::of("R1, R3 kill -9 of the server", on.name());
    let database = Database::new(on);
    let (url, data) = (database.url.clone(), database.folder());
    let codes = world::codes();
    let history = new_history();
    let tools = Tools::noting(database.pool(6), &codes, &history);
    let mut dice = Dice(seed);
    let mut hands = hands(1, 3);
    let mut server = Server::start(programs, &url, &data, &[]);
    for round in 0..kills {
        let writers = Writers::start(&tools, hands, PAUSE);
        wait(Duration::from_millis(dice.below(500)));
        server.kill();
        let killed = Instant::now();
        server = Server::start(programs, &url, &data, &[]);
        figures.most("longest_start_ms", millis(killed.elapsed()));
        wait(Duration::from_millis(dice.below(100)));
        hands = writers.stop();

        let stock = Stock::read(&tools.pool, &codes);
        let mut served = Vec::new();
        let seen = until(SEEN_WITHIN, || {
            served = server.vacancies();
            served.sort_unstable();
            served == stock.shown
        });
        match seen {
            Some(lag) => figures.most("longest_lag_ms", millis(lag)),
            None => figures.fail(format!(
                "round {round}: {} served, {} in the database",
                served.len(),
                stock.shown.len()
            )),
        }
        if round % ranked_every == 0 {
            let differences = differences(programs, &url, &data, &stock, &mut dice);
            let told = differences.into_iter();
            let told = told.map(|what| format!("round {round}: {what}"));
            figures.wrong.extend(told);
            figures.add("rankings_compared", 2);
        }
        figures.add("kills", 1);
        figures.most("most_vacancies", stock.vacancies.len() as u64);
    }
    server.kill();
    let history = history.with(|history| history.clone());
    let faults = history.faults();
    figures.hold(faults.is_empty(), || format!("{faults:?}"));
    figures.take(check(&database.pool(1), &codes, &history));
    figures
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// All that is in the database.
struct Stock {
    rules: Rules,
    vacancies: Vec<Vacancy>,
    seekers: Vec<Seeker>,
    /// Id and title of what visitors see, sorted.
    shown: Vec<(String, String)>,
}

impl Stock {
    fn read(pool: &Pool, codes: &Arc<Codes>) -> Self {
        let conn = &mut *pool.get().unwrap();
        let vacancies = store::vacancy::all(conn, codes).unwrap();
        let mut shown: Vec<_> = vacancies
            .iter()
            .filter(|vacancy| vacancy.offer.is_open(today()))
            .map(|vacancy| (vacancy.offer.id.to_string(), vacancy.title.clone()))
            .collect();
        shown.sort_unstable();
        let stats = Arc::new(store::skill_stats::latest(conn, codes).unwrap());
        Self {
            rules: Rules::new(world::settings(), Arc::clone(codes), stats),
            seekers: store::seeker::all(conn, codes).unwrap(),
            vacancies,
            shown,
        }
    }
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

const fn page<Place>(as_of: NaiveDate) -> Page<Place> {
    Page {
        as_of,
        k: LIST,
        after: None,
    }
}

/// `sanviec match` in both directions against going through everybody, and `sanviec doctor`, which
/// also looks at whatever else is kept beside the database.
fn differences(
    programs: &Programs,
    url: &str,
    data: &Path,
    stock: &Stock,
    dice: &mut Dice,
) -> Vec<String> {
    let mut pick = |count: usize| usize::try_from(dice.below(count.max(1) as u64)).unwrap();
    let offer = stock.vacancies.get(pick(stock.vacancies.len()));
    let seeker = stock.seekers.get(pick(stock.seekers.len()));
    let mut asked: Vec<(Vec<String>, Option<Vec<String>>)> = vec![(vec!["doctor".into()], None)];
    if let Some(vacancy) = offer {
        let expected = people(stock, &vacancy.offer);
        asked.push((
            words("vacancy", vacancy.offer.id.to_string()),
            Some(expected),
        ));
    }
    if let Some(seeker) = seeker {
        let expected = vacancies(stock, seeker);
        asked.push((words("seeker", seeker.id.to_string()), Some(expected)));
    }
    let running: Vec<_> = asked
        .into_iter()
        .map(|(words, expected)| {
            let mut command = command(programs, url, data);
            command.args(&words).stdout(Stdio::piped());
            let child = command.stderr(Stdio::piped()).spawn().unwrap();
            (words, expected, child)
        })
        .collect();
    let mut wrong = Vec::new();
    for (words, expected, child) in running {
        let output = child.wait_with_output().unwrap();
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            wrong.push(format!("{words:?}: {errors}"));
        } else if let Some(expected) = expected {
            let found = places(&String::from_utf8_lossy(&output.stdout));
            if found != expected {
                wrong.push(format!("{words:?}: {found:?}, not {expected:?}"));
            }
        }
    }
    wrong
}

fn words(what: &str, id: String) -> Vec<String> {
    let limit = LIST.to_string();
    let day = today().to_string();
    ["match", what, &id, "--limit", &limit, "--as-of", &day]
        .map(str::to_owned)
        .to_vec()
}

fn people(stock: &Stock, offer: &Offer) -> Vec<String> {
    scan::people(&stock.rules, offer, &stock.seekers, page(today()))
        .iter()
        .map(|place| format!("{}% {}", place.thousandths() / 10, place.id()))
        .collect()
}

fn vacancies(stock: &Stock, seeker: &Seeker) -> Vec<String> {
    let offers = stock.vacancies.iter().map(|vacancy| (&vacancy.offer, 0));
    scan::vacancies(&stock.rules, seeker, offers, page(today()))
        .iter()
        .map(|place| format!("{}% {}", place.thousandths() / 10, place.id()))
        .collect()
}

/// The lines "place, fit, id, ..." of a list.
fn places(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            words.next()?.parse::<usize>().ok()?;
            let fit = words.next().filter(|fit| fit.ends_with('%'))?;
            Some(format!("{fit} {}", words.next()?))
        })
        .collect()
}
