use chrono::{DateTime, NaiveDate};
use diesel::connection::{SimpleConnection, TransactionManager};
use diesel::prelude::*;
use domain::actor::Actor;
use domain::change::{ChangeFeed, Entity};
use domain::code::{Benefits, CommuneIx, Contracts, Shifts, SkillIx, TrainingField, TrainingRank};
use domain::employer::Employer;
use domain::error::Error;
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::vacancy::{self, Asked, AskedSkill, Confidence, Offer, Origin, Vacancy, Workplace};
use rstest::rstest;
use store::vacancy::{Incoming, Search, Taken};
use store::{Conn, Feed};

use crate::backend::{Backend, CODES, Db, stamp};

fn day() -> NaiveDate {
    stamp().today()
}

fn employer() -> Employer {
    Employer {
        id: EmployerId::from_u128(7),
        name: "Hợp tác xã Măng Đen".to_owned(),
        origin: Origin::Own,
        verified: true,
    }
}

fn vacancy(id: u128) -> Vacancy {
    Vacancy {
        offer: Offer {
            id: VacancyId::from_u128(id),
            employer: employer().id,
            status: vacancy::Status::Published,
            positions: 3,
            filled: 1,
            closes: Some(day()),
            skills: Asked::Required(vec![AskedSkill {
                skill: SkillIx(5),
                essential: true,
                confidence: Confidence::LOOKED_UP,
            }]),
            occupations: vec!["5120".parse().unwrap()],
            level: Asked::Required(TrainingRank::new(3).unwrap()),
            field: TrainingField::new(1013),
            workplaces: vec![Workplace::Commune(CommuneIx(4))],
            remote: false,
            lodging: true,
            shuttle: false,
            abroad: false,
            months: Asked::NotRequired,
            wage: Some(9_000_000),
            contracts: Contracts::EMPTY.with("seasonal").unwrap(),
            shifts: Shifts::EMPTY.with("day").unwrap(),
            suits_minors: false,
        },
        title: "Đầu bếp".to_owned(),
        description: "Nấu món Việt.".to_owned(),
        employer_name: employer().name,
        origin: Origin::Own,
        source: None,
        external_ref: None,
        wage: Wage::Range(8_000_000, 10_000_000, Period::Month),
        wage_text: "8 - 10 triệu".to_owned(),
        place_text: "Măng Đen".to_owned(),
        benefits: Benefits::EMPTY.with("meals").unwrap(),
        published: Some(day()),
        revision: 0,
    }
}

fn person(id: u128) -> Seeker {
    Seeker {
        id: SeekerId::from_u128(id),
        status: seeker::Status::EmployedLooking,
        registered_at: DateTime::from_timestamp_micros(1_790_000_000_123_456).unwrap(),
        turns_15: day() - chrono::TimeDelta::days(4_000),
        turns_18: day() - chrono::TimeDelta::days(3_000),
        skills: vec![SkillIx(1), SkillIx(5)],
        occupations: vec!["5120".parse().unwrap(), "941".parse().unwrap()],
        trainings: vec![Training {
            level: None,
            field: TrainingField::new(1013),
        }],
        worked: vec![Worked {
            group: "51".parse().unwrap(),
            months: 20,
        }],
        work_told: true,
        residence: Some(CommuneIx(9)),
        wished_communes: vec![CommuneIx(4)],
        wished_provinces: vec![domain::code::ProvinceIx(3)],
        anywhere: false,
        abroad: true,
        wished_wage: Some(0),
        contracts: Contracts::all(),
        excluded_contracts: Contracts::EMPTY.with("internship").unwrap(),
        shifts: Shifts::EMPTY,
        blocked: vec![EmployerId::from_u128(99)],
    }
}

fn with_employer(db: &Db) {
    store::vacancy::save_employers(
        &mut db.pool.get().unwrap(),
        Actor::System,
        &[employer()],
        &stamp(),
    )
    .unwrap();
}

macro_rules! db {
    ($on:expr) => {
        match Db::on($on) {
            Some(db) => db,
            None => return,
        }
    };
}

#[rstest] // 1
fn what_is_saved_is_found_as_it_was(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let db = db!(on);
    with_employer(&db);
    let conn: &mut Conn = &mut db.pool.get().unwrap();
    let (job, somebody) = (vacancy(1), person(2));
    store::vacancy::save(
        conn,
        &CODES,
        Actor::System,
        std::slice::from_ref(&job),
        &stamp(),
    )
    .unwrap();
    store::seeker::save(
        conn,
        &CODES,
        Actor::System,
        std::slice::from_ref(&somebody),
        &stamp(),
    )
    .unwrap();

    let found = store::vacancy::find(conn, &CODES, Actor::Visitor, job.offer.id).unwrap();
    assert_eq!(
        found,
        Vacancy {
            revision: 1,
            ..job.clone()
        }
    );
    assert_eq!(store::vacancy::offers(conn, &CODES).unwrap(), [job.offer]);
    assert_eq!(
        store::seeker::find(conn, &CODES, somebody.id).unwrap(),
        somebody
    );
    assert_eq!(store::seeker::all(conn, &CODES).unwrap(), [somebody]);
    let changes = Feed(db.pool.clone()).after(0, 10).unwrap();
    let entities: Vec<Entity> = changes.iter().map(|change| change.entity).collect();
    assert_eq!(
        entities,
        [Entity::Employer, Entity::Vacancy, Entity::Seeker]
    );
    assert_eq!(db.count("audit_log"), 3);
}

#[rstest] // 2
fn an_import_can_be_run_again(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let db = db!(on);
    let conn: &mut Conn = &mut db.pool.get().unwrap();
    let row = |id, reference: &str, hash: &str| {
        let mut vacancy = vacancy(id);
        vacancy.source = Some("sheet".to_owned());
        vacancy.external_ref = Some(reference.to_owned());
        Incoming {
            vacancy,
            row_hash: hash.to_owned(),
        }
    };
    let batch = [row(1, "a", "x"), row(2, "b", "x"), row(3, "a", "x")];
    let taken = store::vacancy::import(conn, &CODES, Actor::Operator, &batch, &stamp()).unwrap();
    assert_eq!(taken, [Taken::New, Taken::New, Taken::Same]);
    let again = [row(4, "a", "x"), row(5, "b", "y")];
    let taken = store::vacancy::import(conn, &CODES, Actor::Operator, &again, &stamp()).unwrap();
    assert_eq!(taken, [Taken::Same, Taken::Changed]);
    assert_eq!(db.count("vacancy"), 2);
    let changed = store::vacancy::find(conn, &CODES, Actor::Visitor, VacancyId::from_u128(2));
    assert_eq!(changed.unwrap().revision, 2);
}

#[rstest] // 3
fn a_refused_or_failed_write_leaves_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let db = db!(on);
    let conn: &mut Conn = &mut db.pool.get().unwrap();
    let refused = store::seeker::save(conn, &CODES, Actor::Visitor, &[person(1)], &stamp());
    assert!(matches!(refused, Err(Error::Forbidden)));
    // The second has no employer in the database: the first must go with it.
    let mut orphan = vacancy(2);
    orphan.offer.employer = EmployerId::from_u128(1_234);
    with_employer(&db);
    let (changes, entries) = (db.count("change_log"), db.count("audit_log"));
    let failed = store::vacancy::save(conn, &CODES, Actor::System, &[vacancy(1), orphan], &stamp());
    assert!(failed.is_err());
    assert_eq!(db.count("vacancy"), 0);
    assert_eq!(
        (db.count("change_log"), db.count("audit_log")),
        (changes, entries)
    );
}

#[rstest] // 4
fn the_second_of_two_who_change_the_same_is_told(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let db = db!(on);
    with_employer(&db);
    let conn: &mut Conn = &mut db.pool.get().unwrap();
    store::vacancy::save(conn, &CODES, Actor::System, &[vacancy(1)], &stamp()).unwrap();
    let seen = store::vacancy::find(conn, &CODES, Actor::System, VacancyId::from_u128(1)).unwrap();
    let first = Vacancy {
        title: "Bếp trưởng".to_owned(),
        ..seen.clone()
    };
    store::vacancy::save(conn, &CODES, Actor::System, &[first], &stamp()).unwrap();
    let second = store::vacancy::save(conn, &CODES, Actor::System, &[seen], &stamp());
    assert!(matches!(second, Err(Error::Conflict)));
    let kept = store::vacancy::find(conn, &CODES, Actor::System, VacancyId::from_u128(1)).unwrap();
    assert_eq!(kept.title, "Bếp trưởng");
}

#[rstest] // 5
fn many_who_read_and_then_write_all_succeed(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let db = db!(on);
    std::thread::scope(|scope| {
        for thread in 0..8_u128 {
            let pool = db.pool.clone();
            scope.spawn(move || {
                for turn in 0..10 {
                    let conn: &mut Conn = &mut pool.get().unwrap();
                    store::write(conn, |tx| {
                        store::seeker::all(tx, &CODES)?;
                        Ok(())
                    })
                    .unwrap();
                    let people = [person(thread * 100 + turn)];
                    store::seeker::save(conn, &CODES, Actor::System, &people, &stamp()).unwrap();
                }
            });
        }
    });
    assert_eq!(db.count("seeker"), 80);
    assert_eq!(db.count("change_log"), 80);
}

#[test] // 6
fn a_number_that_was_drawn_first_commits_first() {
    let db = db!(Backend::Postgres);
    let slow: &mut Conn = &mut db.pool.get().unwrap();
    type Manager = <Conn as Connection>::TransactionManager;
    Manager::begin_transaction(slow).unwrap();
    store::seeker::save(slow, &CODES, Actor::System, &[person(1)], &stamp()).unwrap();
    // Another transaction would draw the next number and commit before: it must wait.
    let pool = db.pool.clone();
    let waits = std::thread::spawn(move || {
        let quick: &mut Conn = &mut pool.get().unwrap();
        quick.batch_execute("SET lock_timeout = '300ms'").unwrap();
        store::seeker::save(quick, &CODES, Actor::System, &[person(2)], &stamp()).is_err()
    });
    assert!(waits.join().unwrap(), "a later number was committed first");
    Manager::commit_transaction(slow).unwrap();
    let seen = Feed(db.pool.clone()).after(0, 10).unwrap();
    assert_eq!(seen.len(), 1);
}

#[rstest] // 7
fn pages_follow_each_other(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let db = db!(on);
    with_employer(&db);
    let conn: &mut Conn = &mut db.pool.get().unwrap();
    let many: Vec<Vacancy> = (1..=7)
        .map(|id| Vacancy {
            published: Some(day() - chrono::TimeDelta::days(i64::try_from(id % 2).unwrap())),
            ..vacancy(id)
        })
        .collect();
    store::vacancy::save(conn, &CODES, Actor::System, &many, &stamp()).unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let ask = Search {
            words: "dau BEP măng".to_owned(),
            as_of: day(),
            limit: 3,
            after,
        };
        let found = store::vacancy::search(conn, &CODES, &ask).unwrap();
        assert_eq!(found.total, 7);
        after = found
            .items
            .last()
            .map(|last| (last.published.unwrap(), last.offer.id));
        seen.extend(found.items.iter().map(|item| item.offer.id.as_u128()));
        if !found.more {
            break;
        }
    }
    assert_eq!(seen, [6, 4, 2, 7, 5, 3, 1]);
    let none = Search {
        words: "hàn".to_owned(),
        as_of: day(),
        limit: 3,
        after: None,
    };
    assert_eq!(
        store::vacancy::search(conn, &CODES, &none).unwrap().total,
        0
    );
    let late = Search {
        as_of: day() + chrono::TimeDelta::days(1),
        limit: 3,
        ..Search::default()
    };
    assert_eq!(
        store::vacancy::search(conn, &CODES, &late).unwrap().total,
        0
    );
}

#[test] // 8
fn both_dialects_have_the_same_tables() {
    let (Some(sqlite), Some(postgres)) = (Db::on(Backend::Sqlite), Db::on(Backend::Postgres))
    else {
        return;
    };
    #[derive(QueryableByName, Debug, PartialEq)]
    struct Column {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let conn: &mut Conn = &mut sqlite.pool.get().unwrap();
    let Conn::Sqlite(conn) = conn else {
        panic!("SQLite")
    };
    let one: Vec<Column> = diesel::sql_query(
        "SELECT m.name || '.' || c.name || ' ' || (CASE c.\"notnull\" WHEN 1 THEN 'NO' ELSE 'YES' END) AS name
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
         ORDER BY 1",
    )
    .load(conn)
    .unwrap();
    let conn: &mut Conn = &mut postgres.pool.get().unwrap();
    let Conn::Postgres(conn) = conn else {
        panic!("PostgreSQL")
    };
    let other: Vec<Column> = diesel::sql_query(
        "SELECT table_name || '.' || column_name || ' ' || is_nullable AS name
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
    )
    .load(conn)
    .unwrap();
    let sorted = |columns: Vec<Column>| {
        let mut names: Vec<String> = columns.into_iter().map(|column| column.name).collect();
        names.sort();
        names
    };
    let (one, other) = (sorted(one), sorted(other));
    assert!(one.len() > 30);
    assert_eq!(one, other);
}
