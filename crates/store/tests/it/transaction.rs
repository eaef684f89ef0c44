//! 1. What fails leaves nothing behind, in no table.
//! 2. Reading and then writing from many threads neither fails nor loses an update.
//! 3. The order of the change log is the order of commits.
//! 4. Two logs that differ have another history, and the same log the same.
//! 5. A connection that can only read is replaced after the first write that it refused.
//! 6. Writers of one process stand in line, and do not race for SQLite's one place for writing.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::actor::Actor;
use domain::change::ChangeFeed;
use domain::error::Error;
use rstest::rstest;
use store::{Conn, Feed, Pool, PoolLimits, write};

use crate::support::{Backend, Database, codes, seeker, stamp, vacancy, with_employer};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn number(conn: &mut Conn, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Number>(conn).unwrap().n
}

fn rows_of(conn: &mut Conn, table: &str) -> i64 {
    number(conn, &format!("SELECT count(*) AS n FROM {table}"))
}

#[rstest]
fn a_failed_batch_leaves_nothing_behind(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let before = database.changes();
    let mut conn = database.conn();
    let audited = rows_of(&mut conn, "audit_log");

    let mut changed_elsewhere = vacancy(2, "Thợ hàn");
    changed_elsewhere.revision = 4;
    let batch = [vacancy(1, "Thợ tiện"), changed_elsewhere];
    let result = store::vacancy::save(&mut conn, codes(), Actor::Operator, &batch, &stamp());

    assert!(matches!(result, Err(Error::Conflict)), "{result:?}");
    assert_eq!(database.changes(), before);
    assert_eq!(rows_of(&mut conn, "audit_log"), audited);
    assert_eq!(rows_of(&mut conn, "vacancy"), 0);
}

#[test]
fn a_connection_that_can_only_read_is_replaced() {
    let database = Database::new(Backend::Sqlite).unwrap();
    let pool = Pool::open(&database.url, 1).unwrap();
    let save = |id| {
        let conn = &mut pool.get().unwrap();
        store::seeker::save(conn, codes(), Actor::System, &[seeker(id, &[])], &stamp())
    };
    diesel::sql_query("PRAGMA query_only = 1")
        .execute(&mut *pool.get().unwrap())
        .unwrap();
    let refused = save(1);
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    save(1).unwrap();
}

#[test]
fn writers_stand_in_line() {
    let database = Database::new(Backend::Sqlite).unwrap();
    // SQLite itself does not wait, so whoever comes while another writes would be refused.
    let limits = PoolLimits {
        busy: Duration::ZERO,
        ..PoolLimits::default()
    };
    let pool = Pool::open_within(&database.url, limits).unwrap();
    std::thread::scope(|threads| {
        for thread in 0..8 {
            let pool = &pool;
            threads.spawn(move || {
                for round in 0..20 {
                    let conn = &mut pool.get().unwrap();
                    let one = [seeker(thread * 100 + round, &[])];
                    store::seeker::save(conn, codes(), Actor::System, &one, &stamp()).unwrap();
                }
            });
        }
    });
    assert_eq!(rows_of(&mut database.conn(), "seeker"), 160);
}

#[rstest]
fn eight_threads_read_and_then_write(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let one = [seeker(1, &[])];
    store::seeker::save(&mut database.conn(), codes(), Actor::System, &one, &stamp()).unwrap();

    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                let mut conn = database.conn();
                for _ in 0..20 {
                    write(&mut conn, |tx| {
                        // Locks nothing on PostgreSQL but what it says; on SQLite everything.
                        let lock = match tx {
                            Conn::Sqlite(_) => "",
                            Conn::Postgres(_) => " FOR UPDATE",
                        };
                        let at =
                            number(tx, &format!("SELECT registered_at AS n FROM seeker{lock}"));
                        diesel::sql_query(format!("UPDATE seeker SET registered_at = {}", at + 1))
                            .execute(tx)
                            .unwrap();
                        Ok(())
                    })
                    .unwrap();
                }
            });
        }
    });

    let mut conn = database.conn();
    let started = one[0].registered_at.timestamp_micros();
    assert_eq!(
        number(&mut conn, "SELECT registered_at AS n FROM seeker"),
        started + 160
    );
}

#[test]
fn whoever_asks_for_a_place_in_the_change_log_later_commits_later() {
    let Some(database) = Database::new(Backend::Postgres) else {
        return;
    };
    let (holds, first_holds) = mpsc::channel();
    let (go_on, wait) = mpsc::channel::<()>();
    let save = |conn: &mut Conn, id| {
        store::seeker::save(conn, codes(), Actor::System, &[seeker(id, &[])], &stamp())
    };
    let deadline = Instant::now() + Duration::from_secs(20);

    let seen_meanwhile = std::thread::scope(|threads| {
        let wait = std::sync::Mutex::new(wait);
        let (database, save) = (&database, &save);
        threads.spawn(move || {
            write(&mut database.conn(), |tx| {
                save(tx, 1)?;
                holds.send(()).unwrap();
                wait.lock()
                    .unwrap()
                    .recv_timeout(Duration::from_secs(20))
                    .unwrap();
                Ok(())
            })
            .unwrap();
        });
        first_holds.recv_timeout(Duration::from_secs(20)).unwrap();
        let second = threads.spawn(move || save(&mut database.conn(), 2).unwrap());

        let mut conn = database.conn();
        let waiting = "SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' \
             AND NOT granted AND database = \
             (SELECT oid FROM pg_database WHERE datname = current_database())";
        while !second.is_finished() && number(&mut conn, waiting) == 0 {
            assert!(
                Instant::now() < deadline,
                "the second neither waits nor ends"
            );
            std::thread::yield_now();
        }
        let seen = Feed(database.pool.clone()).last().unwrap();
        go_on.send(()).unwrap();
        seen
    });

    let late = Feed(database.pool.clone())
        .after(seen_meanwhile, 10)
        .unwrap();
    let ids: Vec<&str> = late.iter().map(|change| change.id.as_str()).collect();
    let id = |n| seeker(n, &[]).id.to_string();
    assert_eq!(ids, [id(1), id(2)]);
}

#[rstest]
fn another_log_has_another_history(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let (Some(one), Some(other)) = (Database::new(on), Database::new(on)) else {
        return;
    };
    let mut histories = Vec::new();
    for (database, ids) in [(&one, [1, 2, 3]), (&other, [1, 2, 4])] {
        for id in ids {
            let people = [seeker(id, &[])];
            store::seeker::save(
                &mut database.conn(),
                codes(),
                Actor::System,
                &people,
                &stamp(),
            )
            .unwrap();
        }
        let mut feed = Feed(database.pool.clone());
        let last = feed.last().unwrap();
        histories.push((feed.history(last - 1).unwrap(), feed.history(last).unwrap()));
        assert_eq!(feed.history(last).unwrap(), histories.last().unwrap().1);
    }
    assert_eq!(histories[0].0, histories[1].0);
    assert_ne!(histories[0].1, histories[1].1);
    assert_ne!(histories[0].0, histories[0].1);
}
