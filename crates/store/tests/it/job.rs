//! 1. A job is run by one server at a time, however many ask.
//! 2. A lease that ran out is taken by another, and the first one is told.
//! 3. A failed job waits longer each time and is given up in the end.

use chrono::TimeDelta;
use domain::actor::Actor;
use domain::error::Error;
use domain::time::Stamp;
use rstest::rstest;
use store::Conn;
use store::job::{Job, NewJob, State, enqueue, fail, finish, lease, list};

use crate::support::{Backend, Database, stamp, stamp_after};

const MINUTE: TimeDelta = TimeDelta::minutes(1);

fn put(conn: &mut Conn, once: Option<&str>) -> bool {
    let new = NewJob {
        kind: "expire",
        payload: "{}",
        once,
    };
    enqueue(conn, Actor::System, &new, &stamp()).unwrap()
}

fn take(conn: &mut Conn, by: &str, at: &Stamp) -> Option<Job> {
    lease(conn, Actor::System, &["expire"], by, MINUTE, at).unwrap()
}

#[rstest]
fn a_job_is_run_by_one_server_at_a_time(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    for _ in 0..20 {
        assert!(put(&mut conn, None));
    }
    assert!(put(&mut conn, Some("today")));
    assert!(!put(&mut conn, Some("today")));
    let other = lease(&mut conn, Actor::System, &["digest"], "a", MINUTE, &stamp()).unwrap();
    assert_eq!(other, None);

    let mut taken: Vec<String> = std::thread::scope(|threads| {
        let servers: Vec<_> = (0..6)
            .map(|server| {
                let database = &database;
                threads.spawn(move || {
                    let mut conn = database.conn();
                    let by = format!("server {server}");
                    let mut mine = Vec::new();
                    while let Some(job) = take(&mut conn, &by, &stamp()) {
                        finish(&mut conn, &job, &by).unwrap();
                        mine.push(job.id);
                    }
                    mine
                })
            })
            .collect();
        servers
            .into_iter()
            .flat_map(|server| server.join().unwrap())
            .collect()
    });
    assert_eq!(taken.len(), 21);
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 21);
    let left = list(&mut conn, Actor::Operator, 50).unwrap();
    assert!(
        left.iter()
            .all(|job| job.state == State::Done && job.attempts == 1)
    );
    assert!(!put(&mut conn, Some("today")));
}

#[rstest]
fn who_is_late_loses_the_lease(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    put(&mut conn, None);
    let first = take(&mut conn, "a", &stamp()).unwrap();
    assert_eq!(take(&mut conn, "b", &stamp_after(MINUTE)), None);
    let second = take(&mut conn, "b", &stamp_after(MINUTE * 2)).unwrap();
    assert_eq!((&second.id, second.attempts), (&first.id, 2));
    assert!(matches!(
        finish(&mut conn, &first, "a"),
        Err(Error::Conflict)
    ));
    finish(&mut conn, &second, "b").unwrap();
    assert!(matches!(
        finish(&mut conn, &second, "b"),
        Err(Error::Conflict)
    ));
}

#[rstest]
fn a_failed_job_waits_and_is_given_up(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    put(&mut conn, None);
    let mut passed = TimeDelta::zero();
    for (attempt, minutes) in (1..).zip([1, 5, 25, 125, 0]) {
        let at = stamp_after(passed);
        let job = take(&mut conn, "a", &at).unwrap();
        assert_eq!(job.attempts, attempt);
        fail(&mut conn, &job, "a", "no room", &at).unwrap();
        passed += TimeDelta::minutes(minutes);
        let early = stamp_after(passed - TimeDelta::seconds(1));
        assert_eq!(take(&mut conn, "a", &early), None);
    }
    assert_eq!(
        take(&mut conn, "a", &stamp_after(TimeDelta::days(30))),
        None
    );
    let given_up = list(&mut conn, Actor::System, 1).unwrap().remove(0);
    assert_eq!(given_up.state, State::Failed);
    assert_eq!(given_up.problem.as_deref(), Some("no room"));
    let refused = list(&mut conn, Actor::Visitor, 1);
    assert!(matches!(refused, Err(Error::Forbidden)));
}

#[rstest]
fn a_job_tells_its_times(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    assert!(put(&mut conn, None));
    let of_list = |conn: &mut Conn| list(conn, Actor::Operator, 1).unwrap().remove(0);
    let waiting = of_list(&mut conn);
    assert_eq!((waiting.due_at, waiting.lease_until), (stamp().now(), None));
    let job = take(&mut conn, "a", &stamp()).unwrap();
    assert_eq!(job.lease_until, Some(stamp().now() + MINUTE));
    finish(&mut conn, &job, "a").unwrap();
    let done = of_list(&mut conn);
    assert_eq!((done.due_at, done.lease_until), (stamp().now(), None));
}
