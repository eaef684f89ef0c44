//! 1. The last word on a title counts, accents part titles, and each is in both logs.
//! 2. A visitor corrects and lists nothing.

use domain::actor::Actor;
use domain::change::Entity;
use domain::code::IscoCode;
use domain::error::Error;
use rstest::rstest;
use store::correction::{all, save};

use crate::support::{Backend, Database, stamp};

fn code(text: &str) -> IscoCode {
    text.parse().unwrap()
}

#[rstest] // 1
fn the_last_word_on_a_title_counts(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    for (title, isco) in [
        ("Thợ may", "7531"),
        ("Thợ máy", "7231"),
        ("thợ  MAY", "8153"),
    ] {
        save(&mut conn, Actor::Operator, title, code(isco), &stamp()).unwrap();
    }
    let known = all(&mut conn, Actor::Operator).unwrap();
    let mut known: Vec<_> = known
        .into_iter()
        .map(|known| (known.title, known.code))
        .collect();
    known.sort();
    let expected = [("Thợ máy", "7231"), ("thợ  MAY", "8153")];
    assert_eq!(
        known,
        expected.map(|(title, isco)| (title.to_owned(), code(isco)))
    );
    let changes = database.changes();
    assert_eq!(changes.len(), 3);
    assert!(
        changes
            .iter()
            .all(|change| change.entity == Entity::Correction)
    );
}

#[rstest] // 2
fn a_visitor_corrects_nothing(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let refused = save(&mut conn, Actor::Visitor, "Thợ", code("7"), &stamp());
    assert!(matches!(refused, Err(Error::Forbidden)));
    assert!(matches!(
        all(&mut conn, Actor::Visitor),
        Err(Error::Forbidden)
    ));
    assert!(database.changes().is_empty());
}
