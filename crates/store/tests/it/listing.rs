//! 1. People and vacancies are listed in the order of ids, page after page; a visitor lists neither.
//! 2. Stored codes that no list knows are counted; known ones are not.
//! 3. A table that is gone is named, and nothing else is.

use diesel::connection::SimpleConnection;
use domain::actor::Actor;
use domain::error::Error;
use domain::seeker::Seeker;
use rstest::rstest;
use store::{missing_tables, seeker as seekers, unknown_codes, vacancy as vacancies};

use crate::support::{Backend, Database, codes, seeker, stamp};

#[rstest] // 1
fn everybody_is_listed_page_after_page(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let all: Vec<Seeker> = (1..=3).map(|id| seeker(id, &[0])).collect();
    seekers::save(&mut conn, codes(), Actor::Operator, &all, &stamp()).unwrap();
    let mut page =
        |after, limit| seekers::list(&mut conn, codes(), Actor::Operator, after, limit).unwrap();
    assert_eq!(page(None, 2), all[..2]);
    assert_eq!(page(Some(all[1].id), 2), all[2..]);
    assert_eq!(page(Some(all[2].id), 2), []);
    let visitor = seekers::list(&mut conn, codes(), Actor::Visitor, None, 2);
    assert!(matches!(visitor, Err(Error::Forbidden)));
    let visitor = vacancies::list(&mut conn, codes(), Actor::Visitor, None, 2);
    assert!(matches!(visitor, Err(Error::Forbidden)));
    let none = vacancies::list(&mut conn, codes(), Actor::Operator, None, 2).unwrap();
    assert!(none.is_empty());
}

#[rstest] // 2
fn codes_that_no_list_knows_are_counted(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let two = [seeker(1, &[0]), seeker(2, &[0])];
    seekers::save(&mut conn, codes(), Actor::Operator, &two, &stamp()).unwrap();
    let before = unknown_codes(&mut conn, codes()).unwrap();
    conn.batch_execute(
        "UPDATE seeker SET profile = replace(profile, '\"skills\":[', '\"skills\":[\"gone\",')",
    )
    .unwrap();
    let mut after = unknown_codes(&mut conn, codes()).unwrap();
    assert_eq!(after.remove(&("skills.csv", "gone".to_owned())), Some(2));
    assert_eq!(after, before);
}

#[rstest] // 3
fn a_table_that_is_gone_is_named(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    assert!(missing_tables(&mut conn).unwrap().is_empty());
    conn.batch_execute("DROP TABLE job").unwrap();
    assert_eq!(missing_tables(&mut conn).unwrap(), ["job"]);
}
