//! People for a vacancy: the world, and the peers that run in this process.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use bench_world::{Class, World};
use chrono::NaiveDate;
use domain::code::Codes;
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::Rules;
use matching::engine::people::People;
use matching::scan::{Page, PersonPlace};
use matching::settings::Settings;

use crate::Failure;
use crate::inverted::{Inverted, Seen};
use crate::row::Columns;
use crate::scan;
use crate::sql::postgres::Postgres;
use crate::sql::sqlite::Sqlite;
use crate::sql::{Line, lines};
use crate::tables::Tables;
use crate::timing::{Peer, Took, process_time};

/// How long the lists are.
pub(crate) const K: usize = 50;
/// From so many skills on a vacancy is rare.
const MANY_SKILLS: usize = 13;

/// What is measured.
pub(crate) struct Size {
    pub(crate) seekers: u64,
    pub(crate) queries: usize,
    pub(crate) seed: u64,
    pub(crate) day: NaiveDate,
}

/// A class of queries.
pub(crate) struct Asked {
    pub(crate) name: &'static str,
    pub(crate) offers: Vec<Offer>,
}

/// Rules and people.
pub(crate) struct Everybody {
    pub(crate) rules: Arc<Rules>,
    pub(crate) columns: Columns,
    pub(crate) day: NaiveDate,
}

/// The rules of the world, and its people.
pub(crate) fn draw(codes: &Arc<Codes>, size: &Size) -> Result<(Arc<Rules>, Vec<Seeker>), Failure> {
    let world = World::new(codes, size.seed, size.day);
    let seekers: Vec<Seeker> = world.seekers(size.seekers).collect();
    let stats = bench_world::skill_stats(codes, &seekers);
    let settings = Settings::parse(&bench_world::settings()?)?;
    let rules = Rules::new(settings, Arc::clone(codes), Arc::new(stats));
    Ok((Arc::new(rules), seekers))
}

impl Everybody {
    /// Packs these people into rows.
    pub(crate) fn new(
        rules: Arc<Rules>,
        seekers: &[Seeker],
        day: NaiveDate,
    ) -> Result<Self, Failure> {
        let mut columns = Columns::new(rules.codes.skills.len(), seekers.len())?;
        for seeker in seekers {
            columns.push(seeker)?;
        }
        Ok(Self {
            rules,
            columns,
            day,
        })
    }

    /// The tables of a vacancy.
    pub(crate) fn tables(&self, offer: &Offer) -> Tables {
        Tables::new(&self.rules, offer, self.day, &self.columns)
    }
}

/// The queries of each class, and the rare ones that make the tail.
pub(crate) fn queries(codes: &Codes, size: &Size) -> Vec<Asked> {
    let world = World::new(codes, size.seed, size.day);
    let mut asked: Vec<Asked> = Class::ALL
        .into_iter()
        .map(|class| Asked {
            name: class.name(),
            offers: world
                .vacancies_of(class, size.queries)
                .map(|vacancy| vacancy.offer)
                .collect(),
        })
        .collect();
    let is_rare = |offer: &Offer| {
        offer.abroad
            || offer
                .skills
                .required()
                .is_some_and(|skills| skills.len() >= MANY_SKILLS)
    };
    let vacancies = world.vacancies(u64::MAX).map(|vacancy| vacancy.offer);
    asked.push(Asked {
        name: "rare: abroad, or 13 to 16 skills",
        offers: vacancies
            .filter(is_rare)
            .take(size.queries.div_ceil(5))
            .collect(),
    });
    asked
}

/// What building took.
pub(crate) struct Built {
    pub(crate) engine: Took,
    pub(crate) tantivy: Took,
    pub(crate) tantivy_bytes: u64,
}

/// Builds engine and index; each measured with all its threads.
pub(crate) fn build(
    everybody: &Everybody,
    seekers: Vec<Seeker>,
    folder: &Path,
) -> Result<(People, Inverted, Built), Failure> {
    let (people, engine) = built(|| People::with_families(&seekers, &everybody.rules));
    drop(seekers);
    let (inverted, tantivy) = built(|| Inverted::build(folder, &everybody.columns));
    let inverted = inverted?;
    inverted.check_numbers()?;
    let built = Built {
        engine,
        tantivy,
        tantivy_bytes: inverted.bytes()?,
    };
    Ok((people, inverted, built))
}

fn built<T>(run: impl FnOnce() -> T) -> (T, Took) {
    let before = process_time();
    let (done, took) = crate::timing::timed(run);
    let cpu = process_time().saturating_sub(before);
    (done, Took { cpu, ..took })
}

/// The names under which peers stand in tables.
pub(crate) const ENGINE: &str = "(d) engine";
pub(crate) const MAX_SCORE: &str = "(c) MaxScore over tantivy's postings, columns in memory";
pub(crate) const BOOLEAN: &str = "(a) tantivy BooleanQuery, own collector on fast fields";
pub(crate) const SQLITE: &str = "SQLite, normalised";
pub(crate) const ARRAYS: &str = "PostgreSQL, int[] with GIN";
pub(crate) const NORMALISED: &str = "PostgreSQL, normalised";
pub(crate) const SCAN_OF_VACANCIES: &str = "scan with tables, compact rows in memory";
pub(crate) const TANTIVY: &str = "tantivy";
pub(crate) const SCAN: &str = "scan with tables, 64-byte rows in memory";

/// The peers that run in this process, the engine first.
pub(crate) fn in_process<'p>(
    everybody: &'p Everybody,
    people: &'p People,
    inverted: &'p Inverted,
) -> Vec<Peer<'p, Offer, Vec<PersonPlace>>> {
    let page = Page {
        as_of: everybody.day,
        k: K,
        after: None,
    };
    let mut seen = Seen::default();
    vec![
        Peer::new(ENGINE, move |offer| {
            Ok(people.rank(&everybody.rules, offer, page).0)
        }),
        Peer::new(MAX_SCORE, move |offer| {
            let tables = everybody.tables(offer);
            inverted.max_score(&everybody.columns, &tables, &mut seen, K)
        }),
        Peer::new(BOOLEAN, move |offer| {
            inverted.boolean(Arc::new(everybody.tables(offer)), K)
        }),
        Peer::new(SCAN, move |offer| {
            Ok(scan::rank(&everybody.columns, &everybody.tables(offer), K))
        }),
    ]
}

/// The engine beside the databases, which give lines without the time of registration.
pub(crate) fn with_databases<'p>(
    everybody: &'p Everybody,
    people: &'p People,
    sqlite: &'p mut Sqlite,
    postgres: Option<&'p RefCell<Postgres>>,
) -> Vec<Peer<'p, Offer, Vec<Line>>> {
    let page = Page {
        as_of: everybody.day,
        k: K,
        after: None,
    };
    let mut peers = vec![
        Peer::new(ENGINE, move |offer: &Offer| {
            Ok(lines(&people.rank(&everybody.rules, offer, page).0))
        }),
        Peer::new(SQLITE, move |offer| sqlite.list(&everybody.tables(offer))),
    ];
    if let Some(server) = postgres {
        let backend = server.borrow().backend();
        let arrays = move |offer: &Offer| server.borrow_mut().arrays(&everybody.tables(offer));
        let normalised =
            move |offer: &Offer| server.borrow_mut().normalised(&everybody.tables(offer));
        peers.push(Peer::new(ARRAYS, arrays).helped_by(backend));
        peers.push(Peer::new(NORMALISED, normalised).helped_by(backend));
    }
    peers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::race;
    use crate::vacancies;

    fn small_world() -> (Arc<Rules>, Vec<Seeker>, Size) {
        let size = Size {
            seekers: 2_000,
            queries: 20,
            seed: 3,
            day: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        };
        let (rules, seekers) = draw(&Arc::new(bench_world::codes().unwrap()), &size).unwrap();
        (rules, seekers, size)
    }

    #[test]
    fn every_peer_in_this_process_has_the_list_of_the_definition() {
        let (rules, seekers, size) = small_world();
        let codes = Arc::clone(&rules.codes);
        let everybody = Everybody::new(rules, &seekers, size.day).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (people, inverted, _) = build(&everybody, seekers.clone(), folder.path()).unwrap();
        let page = Page {
            as_of: size.day,
            k: K,
            after: None,
        };
        let mut peers = in_process(&everybody, &people, &inverted);
        let rules = &everybody.rules;
        peers.push(Peer::new("the definition", |offer| {
            Ok(matching::scan::people(rules, offer, &seekers, page))
        }));
        let asked = queries(&codes, &size);
        for asked in &asked {
            assert!(!asked.offers.is_empty());
            race(&mut peers, &asked.offers, 0).unwrap();
        }
        let communes = rules.geo.communes();
        let mut sqlite = Sqlite::build(folder.path(), &everybody.columns, communes).unwrap();
        let mut peers = with_databases(&everybody, &people, &mut sqlite, None);
        for asked in &asked {
            race(&mut peers, &asked.offers, 0).unwrap();
        }
    }

    #[test]
    fn the_scan_of_vacancies_has_the_list_of_the_definition() {
        let (rules, seekers, size) = small_world();
        let offers = vacancies::draw(&rules.codes, size.seed, size.day, 500);
        let engine = vacancies::engine(&rules, &offers);
        let packed = vacancies::Offers::new(&rules, &offers, size.day).unwrap();
        let page = Page {
            as_of: size.day,
            k: K,
            after: None,
        };
        let mut peers = vacancies::peers(&packed, &engine);
        peers.push(Peer::new("the definition", |seeker| {
            let offers = offers.iter().map(|offer| (offer, 0));
            Ok(matching::scan::vacancies(&rules, seeker, offers, page))
        }));
        race(&mut peers, &seekers[..100], 0).unwrap();
    }
}
