//! R22: the process dies at each step of bringing a database up to date, several do so at once, and
//! the database is none or of another version.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::check::check;
use crate::drive::{Figures, new_history};
use crate::place::{Database, On, pool, sqlite_url};
use crate::process::{PATIENCE, Programs, until};
use crate::server::command;
use crate::shim::{Fault, Shim};
use crate::stream::{Tools, Writers, hands};
use crate::world;

const CALLS: &str = "write,fsync,fdatasync,ftruncate,unlink,open";
/// More steps than any of these has.
const MOST: u64 = 5_000;

fn migrate(programs: &Programs, url: &str) -> Command {
    let mut command = Command::new(&programs.hammer);
    command
        .args(["migrate", "--database", url])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Kills it at each of its system calls that change something, or on PostgreSQL ends its
/// connection before and after each statement that makes something; then it must go on.
pub fn kill_at_each_step(programs: &Programs, on: &On) -> Figures {
    let mut figures = Figures::of("R22 kill while migrating", on.name());
    for nth in 1..MOST {
        let database = Database::bare(on);
        let ended = match on {
            On::Sqlite => killed_at_call(programs, &database, nth),
            On::Postgres(_) => killed_at_statement(programs, &database, nth),
        };
        if ended.success() {
            figures.hold(nth > 20, || {
                format!("only {nth} steps were there to die at")
            });
            return figures;
        }
        figures.add("kills", 1);
        let again = migrate(programs, &database.url).status().unwrap();
        figures.hold(again.success(), || {
            format!("killed at step {nth}, the next start does not go on")
        });
        for wrong in in_use(&database.url) {
            figures.fail(format!("killed at step {nth}: {wrong}"));
        }
    }
    figures.fail("it never came to its end");
    figures
}

fn killed_at_call(programs: &Programs, database: &Database, nth: u64) -> ExitStatus {
    let beside = tempfile::tempdir().unwrap();
    let shim = Shim::new(database.folder(), beside.path());
    shim.arm(Fault {
        calls: CALLS,
        errno: 0,
        first: nth,
        last: nth,
    });
    let mut command = migrate(programs, &database.url);
    shim.preload(&mut command);
    command.status().unwrap()
}

fn killed_at_statement(programs: &Programs, database: &Database, nth: u64) -> ExitStatus {
    let pool = database.pool(1);
    let mut conn = pool.get().unwrap();
    // A sequence counts on whatever becomes of the transaction.
    conn.batch_execute(&format!(
        "CREATE SEQUENCE steps;
         CREATE FUNCTION die() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
             IF nextval('steps') = {nth} THEN
                 PERFORM pg_terminate_backend(pg_backend_pid());
             END IF;
         END $$;
         CREATE EVENT TRIGGER before_each ON ddl_command_start EXECUTE FUNCTION die();
         CREATE EVENT TRIGGER after_each ON ddl_command_end EXECUTE FUNCTION die();
         SELECT setval('steps', 1, false);"
    ))
    .unwrap();
    let status = migrate(programs, &database.url).status().unwrap();
    conn.batch_execute("DROP EVENT TRIGGER before_each; DROP EVENT TRIGGER after_each;")
        .unwrap();
    status
}

/// Some use cases, and what is wrong after them.
fn in_use(url: &str) -> Vec<String> {
    let history = new_history();
    let codes = world::codes();
    let tools = Tools::noting(pool(url, 2), &codes, &history);
    let writers = Writers::start(&tools, hands(1, 1), Duration::ZERO);
    let written = until(PATIENCE, || history.acks() >= 5);
    writers.stop();
    let mut wrong = check(&tools.pool, &codes, &history.with(|h| h.clone())).wrong;
    if written.is_none() {
        wrong.push("nothing can be written".to_owned());
    }
    wrong
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Three processes at once, so often: one brings a new database up to date, the others wait.
pub fn at_once(programs: &Programs, on: &On, rounds: u64) -> Figures {
    let mut figures = Figures::of("R22 several migrate at once", on.name());
    for round in 0..rounds {
        let database = Database::bare(on);
        let starting: Vec<_> = (0..3)
            .map(|_| {
                let mut command = migrate(programs, &database.url);
                command.stdout(Stdio::piped()).stderr(Stdio::piped());
                command.spawn().unwrap()
            })
            .collect();
        let mut steps = 0;
        for child in starting {
            let output = child.wait_with_output().unwrap();
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            figures.hold(output.status.success(), || {
                format!("round {round}: {errors}")
            });
            let said = String::from_utf8_lossy(&output.stdout).trim().parse();
            steps += said.unwrap_or(0_i64);
        }
        let sql = "SELECT count(*) AS n FROM __diesel_schema_migrations";
        let mut conn = database.pool(1).get().unwrap();
        let known: Count = diesel::sql_query(sql).get_result(&mut *conn).unwrap();
        figures.hold(steps == known.n, || {
            format!("round {round}: {steps} steps were taken of {}", known.n)
        });
        figures.add("rounds", 1);
    }
    figures
}

/// What is no database, and a database that a newer version has been at.
pub fn wrong_schema(programs: &Programs, on: &On) -> Figures {
    let mut figures = Figures::of("R22 wrong schema", on.name());
    if *on == On::Sqlite {
        not_a_database(programs, &mut figures);
    }
    let database = Database::new(on);
    database
        .pool(1)
        .get()
        .unwrap()
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000001')")
        .unwrap();
    let output = command(programs, &database.url, &database.folder())
        .arg("migrate")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    figures.note("newer", last_line(&said));
    figures.hold(output.status.code() == Some(3), || {
        format!("newer: {:?}", output.status)
    });
    figures.hold(said.contains("99991231000001"), || {
        format!("newer: {said:?}")
    });
    let wrong = in_use(&database.url);
    figures.hold(wrong.is_empty(), || format!("newer: {wrong:?}"));
    figures
}

/// What a person reads; the lines before are the log's.
fn last_line(said: &str) -> &str {
    said.trim().lines().last().unwrap_or_default()
}

fn not_a_database(programs: &Programs, figures: &mut Figures) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sanviec.db");
    let text = "This is a letter, not a database. ".repeat(100);
    std::fs::write(&path, &text).unwrap();
    let output = command(
        programs,
        &sqlite_url(folder.path()),
        Path::new(folder.path()),
    )
    .arg("migrate")
    .output()
    .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    figures.hold(output.status.code() == Some(1), || {
        format!("a letter: {:?}", output.status)
    });
    figures.hold(said.contains("not a database"), || {
        format!("a letter: {said}")
    });
    figures.note("not_a_database", last_line(&said));
    let is_unchanged = std::fs::read_to_string(&path).is_ok_and(|now| now == text);
    figures.hold(is_unchanged, || "the letter was changed".to_owned());
}
