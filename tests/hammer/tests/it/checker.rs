//! The checker sees each kind of harm, on both databases.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use hammer::check::check;
use hammer::history::Growing;
use hammer::place::{Database, On};
use hammer::process::{PATIENCE, until};
use hammer::stream::{Tools, Writers, hands};
use hammer::world;
use std::sync::Arc;

/// A database after some use cases, and what is found in it after `harm`.
fn found_after(on: &On, harm: &str) -> Vec<String> {
    let database = Database::new(on);
    let history = Arc::new(Growing::default());
    let codes = world::codes();
    let tools = Tools::noting(database.pool(6), &codes, &history);
    let writers = Writers::start(&tools, hands(1, 2), Duration::ZERO);
    assert!(until(PATIENCE, || history.acks() > 60).is_some());
    writers.stop();
    let pool = database.pool(1);
    let history = history.with(|history| history.clone());
    let before = check(&pool, &codes, &history).wrong;
    assert!(before.is_empty(), "{before:?}");
    pool.get().unwrap().batch_execute(harm).unwrap();
    check(&pool, &codes, &history).wrong
}

fn sees(on: &On) {
    let one = "(SELECT min(id) FROM seeker)";
    let first = "(SELECT min(id) FROM vacancy)";
    for (harm, told) in [
        (format!("DELETE FROM seeker WHERE id = {one}"), "is missing"),
        (
            "DELETE FROM audit_log WHERE id = (SELECT min(id) FROM audit_log)".to_owned(),
            "acknowledged and lost",
        ),
        (
            "DELETE FROM change_log WHERE seq = (SELECT min(seq) FROM change_log)".to_owned(),
            "more audit entries than rows of changes",
        ),
        (
            format!("UPDATE seeker SET registered_at = registered_at - 1 WHERE id = {one}"),
            "its entries say",
        ),
        (
            format!("UPDATE vacancy SET revision = revision + 1 WHERE id = {first}"),
            "its entries say",
        ),
        (
            format!("UPDATE vacancy SET description = '' WHERE id = {first}"),
            "its entries say",
        ),
        ("DELETE FROM job".to_owned(), "job "),
        (
            "UPDATE audit_log SET at = at + 1000000000000".to_owned(),
            "not sent",
        ),
    ] {
        let found = found_after(on, &harm);
        assert!(
            found.iter().any(|what| what.contains(told)),
            "{harm}: {found:?}"
        );
    }
}

#[test]
fn harm_is_seen_on_sqlite() {
    sees(&On::Sqlite);
}

#[test]
fn harm_is_seen_on_postgres() {
    if let Some(on) = On::postgres() {
        sees(&on);
    }
}
