//! What was measured, as a page of Markdown.

use std::fmt::Write;

use crate::people::{
    ARRAYS, BOOLEAN, Built, ENGINE, MAX_SCORE, NORMALISED, SCAN, SCAN_OF_VACANCIES,
};
use crate::timing::{Series, Took};

/// A class of queries and what the peers took for it.
pub(crate) struct Measured {
    pub(crate) name: String,
    pub(crate) series: Vec<Series>,
}

impl Measured {
    fn of(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.name == name)
    }

    /// So many percent of the engine's queries against so many of a peer's.
    fn ratio(&self, engine: usize, peer: &str, percent: usize) -> Option<f64> {
        Some(self.of(ENGINE)?.cpu(engine) / self.of(peer)?.cpu(percent))
    }
}

/// One run.
pub(crate) struct Results {
    pub(crate) date: String,
    pub(crate) machine: String,
    pub(crate) command: String,
    pub(crate) world: String,
    /// By the order of [`bench_world::Class::ALL`], then the rare ones.
    pub(crate) people: Vec<Measured>,
    pub(crate) databases: Option<Measured>,
    pub(crate) vacancies: Measured,
    pub(crate) changes: Measured,
    pub(crate) built: Built,
    /// Of a process that holds the engine with everybody: now, and at its highest.
    pub(crate) resident_mb: (u64, u64),
}

const HEAD: &str = "# The engine beside its peers

Written by `tests/peers`; see `performance.md` of the design for what the targets are. Every peer
computes the full definition of fit, in one thread, top 50; every list was compared for equality with
the engine's (ids, thousandths, order) before anything was timed. Peers run by turns in blocks of 20
queries; of each query the best of the rounds counts.

The machine is shared, so **ratios are of time on the processor** (of the thread; for PostgreSQL the
time of its backend is added); the time on the wall stands beside it. Neighbours still take caches and
bandwidth of memory from all alike: only compare figures of one run.
";

const NOTES: &str = "## What is timed

* engine: `People::rank` / `Vacancies::rank`, tables of the query included.
* scan: filling the tables of the query (weights multiplied in), then every row; 64 bytes a row with all
  skills in it, cheap parts first, a row is left as soon as it cannot reach the 50th place.
* (c): tables as for the scan; tantivy's postings by list, the list that adds most first, each person once,
  the same early leaving over the same rows in memory; it ends at the first list that cannot reach the
  50th place.
* (a): tables as for the scan; a `BooleanQuery` of all terms that make candidates; a collector of our own
  that reads fast fields, the location first and the skills last, and leaves a document as early.
* databases: filling the tables, writing the statement, and running it; one statement finds the
  candidates, scores them with the tables of the query (arrays in PostgreSQL, a function of the
  connection in SQLite), sorts, and gives 50 lines. Everything is in the cache; one process, no parallel
  plan, no compilation of expressions; `work_mem` 512 MB.
* one change: the engine's is a new snapshot with the change in it while the one before is still served,
  seals included, without the database and the tailing of its change log; tantivy's is delete, add, commit and reload.
* build: from people in memory to an engine that answers; from rows in memory to a committed index of one
  segment with a reader. All threads of the process count.
";

impl Results {
    /// The page.
    pub(crate) fn page(&self) -> String {
        let mut page = HEAD.to_owned();
        let mut add = |text: std::fmt::Arguments<'_>| {
            // Writing to a string does not fail.
            let _ = page.write_fmt(text);
        };
        add(format_args!(
            "\n| | |\n|---|---|\n| date | {} |\n| machine | {} |\n| command | `{}` |\n| world | {} |\n",
            self.date, self.machine, self.command, self.world
        ));
        add(format_args!("\n## People for a vacancy\n"));
        for class in &self.people {
            add(format_args!("{}", races(class)));
        }
        match &self.databases {
            Some(databases) => add(format_args!("{}", races(databases))),
            None => add(format_args!("\nDatabases: not run.\n")),
        }
        add(format_args!(
            "\n## Vacancies for a seeker\n{}",
            races(&self.vacancies)
        ));
        add(format_args!(
            "\n## Building and changing\n{}",
            races(&self.changes)
        ));
        if let Some(engine) = self.changes.of(ENGINE) {
            let longest = engine.wall(100);
            add(format_args!(
                "\nThe engine's longest change, a seal, took {longest:.1} ms.\n"
            ));
        }
        add(format_args!("{}", self.building()));
        add(format_args!("\n## Targets\n\n{}\n{NOTES}", self.targets()));
        page
    }

    fn building(&self) -> String {
        let line = |name: &str, took: &Took| {
            format!(
                "| {name} | {:.2} | {:.2} |\n",
                took.cpu.as_secs_f64(),
                took.wall.as_secs_f64()
            )
        };
        format!(
            "\n| build | processor s | wall s |\n|---|---|---|\n{}{}\nThe index takes {} MB on disk. A process \
             that holds the engine with everybody has {} MB of memory resident ({} MB at its highest, while \
             it was built from a list of everybody).\n",
            line(ENGINE, &self.built.engine),
            line("tantivy, one segment", &self.built.tantivy),
            self.built.tantivy_bytes / 1_000_000,
            self.resident_mb.0,
            self.resident_mb.1
        )
    }

    fn targets(&self) -> String {
        let class = |at: usize| self.people.get(at);
        let ratio = |at, engine, peer, percent| class(at)?.ratio(engine, peer, percent);
        let tail = class(0).and_then(|class| class.of(ENGINE));
        let tail = tail.map(|engine| engine.cpu(99) / engine.cpu(50));
        let best = self.databases.as_ref().and_then(|databases| {
            let ratios = [ARRAYS, NORMALISED].map(|peer| databases.ratio(50, peer, 50));
            ratios.into_iter().flatten().max_by(f64::total_cmp)
        });
        let build = self.built.engine.cpu.as_secs_f64() / self.built.tantivy.cpu.as_secs_f64();
        let change = self.changes.of(ENGINE).map(|engine| engine.cpu(50));
        let lines = [
            (
                "skill and place: p50 / (c)",
                0.06,
                0.03,
                ratio(0, 50, MAX_SCORE, 50),
            ),
            (
                "skill and place: p50 / (a)",
                0.02,
                0.008,
                ratio(0, 50, BOOLEAN, 50),
            ),
            (
                "skill and place: p50 / scan (with vector code; 1/30 without)",
                1.0 / 45.0,
                0.01,
                ratio(0, 50, SCAN, 50),
            ),
            (
                "without skill: p50 / scan",
                1.0 / 80.0,
                1.0 / 200.0,
                ratio(1, 50, SCAN, 50),
            ),
            (
                "without place: p50 / scan",
                1.0 / 15.0,
                1.0 / 40.0,
                ratio(2, 50, SCAN, 50),
            ),
            ("skill and place: p99 / p50", 4.0, 2.5, tail),
            (
                "without place: p99 / p50 of the scan",
                0.4,
                0.2,
                ratio(2, 99, SCAN, 50),
            ),
            (
                "without skill: p99 / p50 of the scan",
                0.07,
                0.03,
                ratio(1, 99, SCAN, 50),
            ),
            ("p50 / best PostgreSQL statement", 0.001, 0.0004, best),
            (
                "vacancies for a seeker: p50 / scan",
                1.0 / 30.0,
                0.01,
                self.vacancies.ratio(50, SCAN_OF_VACANCIES, 50),
            ),
            ("build / tantivy's build", 0.35, 0.15, Some(build)),
            ("one change until visible, ms p50", 20.0, 2.0, change),
        ];
        let mut table = "| | reach | dream | reached | |\n|---|---|---|---|---|\n".to_owned();
        for (name, reach, dream, reached) in lines {
            let verdict = match reached {
                None => "not measured",
                Some(reached) if reached <= dream => "dream",
                Some(reached) if reached <= reach => "reach",
                Some(_) => "not yet",
            };
            let reached = reached.map_or_else(|| "-".to_owned(), number);
            table += &format!(
                "| {name} | {} | {} | {reached} | {verdict} |\n",
                number(reach),
                number(dream)
            );
        }
        table
    }
}

/// A small ratio also as one in so many.
fn number(value: f64) -> String {
    if value < 0.1 {
        format!("{value:.4} (1/{:.0})", 1.0 / value)
    } else {
        format!("{value:.2}")
    }
}

fn races(class: &Measured) -> String {
    let questions = class.series.first().map_or(0, Series::len);
    let mut table = format!(
        "\n**{}** ({questions})\n\n| | processor p50 ms | p99 | wall p50 ms | p99 | engine's p50 against it |\n\
         |---|---|---|---|---|---|\n",
        class.name
    );
    for series in &class.series {
        let against = class.ratio(50, series.name, 50).unwrap_or(0.0);
        table += &format!(
            "| {} | {:.3} | {:.3} | {:.3} | {:.3} | {} |\n",
            series.name,
            series.cpu(50),
            series.cpu(99),
            series.wall(50),
            series.wall(99),
            number(against)
        );
    }
    table
}
