//! R4: the n-th statement that writes fails, n = 1, 2, 3 ... until the use case is done, and then
//! the commit: nothing is half there, and the next call works.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::actor::Actor;
use domain::code::Codes;
use domain::employer::Employer;
use domain::error::Error;
use domain::id::{BatchId, SeekerId, VacancyId};
use domain::reading::headings::{Field, Mapping};
use domain::vacancy::Origin;
use store::job::{Job, NewJob, State};
use store::vacancy::Incoming;
use store::{Conn, batch, job, seeker, skill_stats, vacancy};

use crate::drive::Figures;
use crate::place::{Database, On};
use crate::world;

/// Each table with what is seen of its rows.
const TABLES: [(&str, &str); 10] = [
    ("employer", "id, name"),
    ("vacancy", "id, title, revision, status, row_hash"),
    ("seeker", "id, registered_at, profile"),
    ("skill_stats", "version, people"),
    ("change_log", "seq, entity, entity_id"),
    ("audit_log", "id, at, act, entity_id"),
    ("job", "id, state, attempts, due_at, leased_by, problem"),
    (
        "import_batch",
        "id, state, rows_new, rows_changed, rows_refused",
    ),
    ("import_row", "batch_id, vacancy_id, revision, outcome"),
    ("import_heading", "source, heading, field"),
];
/// What the failing statement says: what a disk says in such a case.
const WORDS: &str = "disk I/O error, made up";

type Run = fn(&mut Conn, &Codes, u64) -> Result<(), Error>;

/// Each use case; the number says whose things it works on, so that it can be run again.
const USE_CASES: [(&str, Run); 15] = [
    ("save employers", |conn, _, n| {
        vacancy::save_employers(conn, Actor::Operator, &[employer(n)], &world::stamp(n))
    }),
    ("save new vacancies", |conn, codes, n| {
        let two = [vacancy_of(2 * n, n, 0), vacancy_of(2 * n + 1, n, 0)];
        vacancy::save(conn, codes, Actor::Operator, &two, &world::stamp(n))
    }),
    ("change a vacancy", |conn, codes, n| {
        let changed = [vacancy_of(2 * n, n, 1)];
        vacancy::save(
            conn,
            codes,
            Actor::Operator,
            &changed,
            &world::stamp(n + 10),
        )
    }),
    ("import", |conn, codes, n| import(conn, codes, n, "first")),
    ("import a changed row and a new one", |conn, codes, n| {
        import(conn, codes, n, "second")
    }),
    ("put a batch in", |conn, codes, n| {
        let batch = batch_of(conn, n)?;
        let rows = rows(n, "third", 4);
        let stamp = &world::stamp(n);
        batch::take(conn, codes, Actor::Operator, batch, &rows, 1, stamp)?;
        batch::end(conn, Actor::Operator, batch, batch::State::Done, stamp)
    }),
    ("undo a batch", |conn, _, n| {
        let batch = batch_of(conn, n)?;
        batch::undo(conn, Actor::Operator, batch, &world::stamp(n)).map(|_| ())
    }),
    ("keep headings", |conn, _, n| {
        let mapping = Mapping::default()
            .with("việc", Some(Field::Title))
            .with("ghi chú", None);
        let source = n.to_string();
        batch::keep_headings(conn, Actor::Operator, &source, &mapping)
    }),
    ("remove a vacancy", |conn, _, n| {
        let id: VacancyId = world::id(2 * n + 1, 0);
        vacancy::remove(conn, Actor::Operator, id, &world::stamp(n))
    }),
    ("save new people", |conn, codes, n| {
        let two = [2 * n, 2 * n + 1].map(|op| world::seeker(world::id(op, 1), op));
        seeker::save(conn, codes, Actor::Operator, &two, &world::stamp(n))
    }),
    ("change a person", |conn, codes, n| {
        let changed = [world::seeker(world::id(2 * n, 1), n + 100)];
        seeker::save(conn, codes, Actor::Operator, &changed, &world::stamp(n))
    }),
    ("remove a person", |conn, _, n| {
        let id: SeekerId = world::id(2 * n, 1);
        seeker::remove(conn, Actor::Operator, id, &world::stamp(n))
    }),
    ("compute statistics", |conn, codes, n| {
        skill_stats::compute(conn, codes, Actor::System, &world::stamp(n)).map(|_| ())
    }),
    ("put, lease and finish a job", |conn, _, n| {
        let job = put_and_lease(conn, n)?;
        job::finish(conn, &job, "a")
    }),
    ("put, lease and fail a job", |conn, _, n| {
        let job = put_and_lease(conn, n + 50)?;
        job::fail(conn, &job, "a", "made up", &world::stamp(n))
    }),
];

fn employer(n: u64) -> Employer {
    world::employer(world::id(n, 2), Origin::Own)
}

fn vacancy_of(op: u64, employer_of: u64, revision: i32) -> domain::vacancy::Vacancy {
    world::vacancy(world::id(op, 0), &employer(employer_of), op, revision)
}

fn import(conn: &mut Conn, codes: &Codes, n: u64, hash: &str) -> Result<(), Error> {
    // The second time the first row is known with another content, and the last is new.
    let count = if hash == "first" { 2 } else { 3 };
    let batch = rows(n, hash, count);
    vacancy::import(conn, codes, Actor::Operator, &batch, &world::stamp(n)).map(|_| ())
}

/// Rows of a file, of which the first has this content.
fn rows(n: u64, hash: &str, count: u64) -> Vec<Incoming> {
    let who = world::employer(world::id(n, 3), Origin::Imported);
    (0..count)
        .map(|row| {
            let mut vacancy = world::vacancy(world::id(n, 10 + row), &who, n, 0);
            vacancy.source = Some("made up".to_owned());
            vacancy.external_ref = Some(format!("{n}.{row}"));
            let row_hash = if row == 0 { hash } else { "same" }.to_owned();
            Incoming { vacancy, row_hash }
        })
        .collect()
}

/// The batch of this number, begun where it is not there.
fn batch_of(conn: &mut Conn, n: u64) -> Result<BatchId, Error> {
    let name = n.to_string();
    let known = batch::list(conn, Actor::Operator, 1_000)?;
    match known.into_iter().find(|batch| batch.source == name) {
        Some(batch) => Ok(batch.id),
        None => batch::begin(conn, Actor::Operator, &name, "made up", &world::stamp(n)),
    }
}

/// Each of its steps is a use case of its own: what is done of them stays, and the next call goes
/// on from there.
fn put_and_lease(conn: &mut Conn, n: u64) -> Result<Job, Error> {
    let kind = format!("made up {n}");
    let new = NewJob {
        kind: &kind,
        payload: "{}",
        once: Some(&kind),
    };
    let (actor, stamp) = (Actor::System, world::stamp(n));
    job::enqueue(conn, actor, &new, &stamp)?;
    let length = TimeDelta::hours(1);
    if let Some(job) = job::lease(conn, actor, &[&kind], "a", length, &stamp)? {
        return Ok(job);
    }
    let known = job::list(conn, actor, 1_000)?;
    let leased = known.into_iter().find(|job| job.kind == kind);
    leased
        .filter(|job| job.state == State::Running)
        .ok_or(Error::NotFound)
}

/// Fails each statement of each use case in turn.
pub fn fail_each(on: &On) -> Figures {
    let mut figures = Figures::of("R4 the n-th statement fails", on.name());
    let database = Database::new(on);
    let pool = database.pool(1);
    let codes = world::codes();
    set_up(&mut pool.get().unwrap(), on);
    for (name, run) in USE_CASES {
        let steps_stay = name.starts_with("put");
        let try_once = |figures: &mut Figures, n: u64, fault: &str| {
            let mut conn = pool.get().unwrap();
            arm(&mut conn, fault);
            let before = all_rows(&mut conn);
            let result = run(&mut conn, &codes, n);
            arm(&mut conn, "n = 0, at_commit = 0");
            let Err(error) = result else { return true };
            figures.add("faults", 1);
            let is_unchanged = steps_stay || all_rows(&mut conn) == before;
            figures.hold(is_unchanged, || format!("{name}, {fault}: left something"));
            let is_told = fault.contains("at_commit") || matches!(error, Error::Unavailable(_));
            figures.hold(is_told, || format!("{name}, {fault}: {error:?}"));
            false
        };
        let done = (1..100).find(|nth| try_once(&mut figures, 1, &format!("n = {nth}")));
        figures.hold(done.is_some_and(|nth| nth > 2), || {
            format!("{name}: {done:?} statements")
        });
        let committed = try_once(&mut figures, 2, "at_commit = 1");
        figures.hold(!committed, || format!("{name}: the commit did not fail"));
        let again = try_once(&mut figures, 2, "n = 0");
        figures.hold(again, || format!("{name}: the next call does not work"));
        figures.add("use_cases", 1);
    }
    figures
}

fn arm(conn: &mut Conn, fault: &str) {
    conn.batch_execute(&format!("UPDATE fault SET {fault}"))
        .unwrap();
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

fn all_rows(conn: &mut Conn) -> Vec<String> {
    let mut all = Vec::new();
    for (table, columns) in TABLES {
        let seen: Vec<String> = columns
            .split(", ")
            .map(|column| format!("coalesce(CAST({column} AS TEXT), '-')"))
            .collect();
        let sql = format!(
            "SELECT '{table} ' || {} AS word FROM {table} ORDER BY 1",
            seen.join(" || ' ' || ")
        );
        let rows: Vec<Word> = diesel::sql_query(sql).load(conn).unwrap();
        all.extend(rows.into_iter().map(|row| row.word));
    }
    all
}

/// Triggers that count the statements down; a rolled back transaction takes its count along.
fn set_up(conn: &mut Conn, on: &On) {
    let mut sql = "CREATE TABLE fault (n INTEGER NOT NULL, at_commit INTEGER NOT NULL);
         INSERT INTO fault VALUES (0, 0);"
        .to_owned();
    match on {
        On::Sqlite => {
            sql += "CREATE TABLE nobody (id INTEGER PRIMARY KEY);
                 CREATE TABLE orphan (of INTEGER REFERENCES nobody (id) DEFERRABLE INITIALLY DEFERRED);";
            for (table, _) in TABLES {
                for event in ["INSERT", "UPDATE", "DELETE"] {
                    sql += &format!(
                        "CREATE TRIGGER fault_{table}_{event} BEFORE {event} ON {table} BEGIN
                             UPDATE fault SET n = n - 1;
                             SELECT RAISE(ABORT, '{WORDS}') FROM fault WHERE n = 0;
                             INSERT INTO orphan SELECT 1 FROM fault WHERE at_commit = 1;
                         END;"
                    );
                }
            }
        }
        On::Postgres(_) => {
            sql += &format!(
                "CREATE FUNCTION count_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                     UPDATE fault SET n = n - 1;
                     IF (SELECT n FROM fault) = 0 THEN RAISE EXCEPTION '{WORDS}'; END IF;
                     RETURN coalesce(NEW, OLD);
                 END $$;
                 CREATE FUNCTION fail_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                     IF (SELECT at_commit FROM fault) = 1 THEN RAISE EXCEPTION '{WORDS}'; END IF;
                     RETURN NULL;
                 END $$;"
            );
            for (table, _) in TABLES {
                sql += &format!(
                    "CREATE TRIGGER fault BEFORE INSERT OR UPDATE OR DELETE ON {table}
                         FOR EACH ROW EXECUTE FUNCTION count_down();
                     CREATE CONSTRAINT TRIGGER late AFTER INSERT OR UPDATE OR DELETE ON {table}
                         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_late();"
                );
            }
        }
    }
    conn.batch_execute(&sql).unwrap();
}
