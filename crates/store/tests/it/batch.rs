//! 1. A batch counts its rows; what it did is undone: new ones go, changed ones are as they were.
//! 2. What somebody has changed or removed since is left, and named.
//! 3. Batches are undone one after the other, the last first; each only once.
//! 4. A batch that was undone or has ended takes no more rows.
//! 5. Each change of an undoing is in the change log and the audit log.
//! 6. What was said of headings is kept by source.
//! 7. A visitor does nothing of this.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::actor::Actor;
use domain::error::Error;
use domain::id::{BatchId, VacancyId};
use domain::reading::headings::{Field, Mapping};
use domain::vacancy::{Origin, Vacancy};
use rstest::rstest;
use store::Conn;
use store::batch::{State, Tally, begin, end, headings, keep_headings, list, take, undo};
use store::vacancy::{Compared, Incoming, Taken, all, compare, find, remove, save};

use crate::support::{Backend, Database, codes, stamp, vacancy, with_employer};

const WHO: Actor = Actor::Operator;

fn row(id: u128, reference: &str, title: &str) -> Incoming {
    let mut vacancy = vacancy(id, title);
    vacancy.origin = Origin::Imported;
    vacancy.source = Some("phiếu".to_owned());
    vacancy.external_ref = Some(reference.to_owned());
    Incoming {
        vacancy,
        row_hash: format!("hash of {title}"),
    }
}

fn taken(conn: &mut Conn, rows: &[Incoming]) -> (BatchId, Vec<Taken>) {
    let batch = begin(conn, WHO, "phiếu", "phiếu.xlsx", &stamp()).unwrap();
    let taken = take(conn, codes(), WHO, batch, rows, 1, &stamp()).unwrap();
    end(conn, WHO, batch, State::Done, &stamp()).unwrap();
    (batch, taken)
}

/// Titles with what stands in every other column, by id; revisions do not count.
fn stands(conn: &mut Conn) -> Vec<Vacancy> {
    let all = all(conn, codes()).unwrap();
    all.into_iter()
        .map(|vacancy| Vacancy {
            revision: 0,
            ..vacancy
        })
        .collect()
}

fn audited(conn: &mut Conn) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query("SELECT count(*) AS count FROM audit_log WHERE act = 'undo import'")
        .get_result::<Count>(conn)
        .unwrap()
        .count
}

#[rstest] // 1, 3, 5
fn batches_are_undone_the_last_first(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let conn = &mut *database.conn();
    let (first, came) = taken(conn, &[row(1, "a", "Thợ hàn"), row(2, "b", "Kế toán")]);
    assert_eq!(came, [Taken::New; 2]);
    let after_first = stands(conn);
    let rows = [
        row(11, "a", "Thợ hàn TIG"),
        row(12, "b", "Kế toán"),
        row(13, "c", "Phụ hồ"),
        // The same vacancy twice in a file.
        row(14, "a", "Thợ hàn MIG"),
        row(15, "c", "Phụ hồ giỏi"),
    ];
    let (second, came) = taken(conn, &rows);
    assert_eq!(
        came,
        [
            Taken::Changed,
            Taken::Same,
            Taken::New,
            Taken::Changed,
            Taken::Changed
        ]
    );
    let listed = list(conn, WHO, 10).unwrap();
    assert_eq!(
        listed.iter().map(|batch| batch.id).collect::<Vec<_>>(),
        [second, first]
    );
    assert_eq!(
        listed[0].tally,
        Tally {
            new: 1,
            changed: 3,
            same: 1,
            refused: 1
        }
    );
    assert_eq!(
        (listed[0].state, listed[0].file.as_str()),
        (State::Done, "phiếu.xlsx")
    );

    let changes = database.changes().len();
    let undone = undo(conn, WHO, second, &stamp()).unwrap();
    assert_eq!(
        (undone.removed, undone.restored, undone.left.len()),
        (1, 1, 0)
    );
    assert_eq!(stands(conn), after_first);
    assert_eq!(database.changes().len() - changes, 2);
    assert_eq!(audited(conn), 2);
    // The row of before is known again as what it was.
    assert_eq!(
        compare(conn, codes(), WHO, &row(9, "a", "Thợ hàn")).unwrap(),
        Compared::Same
    );

    assert!(matches!(
        undo(conn, WHO, second, &stamp()),
        Err(Error::Conflict)
    ));
    let undone = undo(conn, WHO, first, &stamp()).unwrap();
    assert_eq!(
        (undone.removed, undone.restored, undone.left.len()),
        (2, 0, 0)
    );
    assert_eq!(stands(conn), []);
    let states: Vec<State> = list(conn, WHO, 10)
        .unwrap()
        .iter()
        .map(|batch| batch.state)
        .collect();
    assert_eq!(states, [State::Undone; 2]);
}

#[rstest] // 2
fn what_was_changed_since_is_left(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let conn = &mut *database.conn();
    taken(conn, &[row(1, "a", "Thợ hàn"), row(2, "b", "Kế toán")]);
    let rows = [
        row(11, "a", "Thợ hàn TIG"),
        row(12, "b", "Kế toán trưởng"),
        row(3, "c", "Phụ hồ"),
        row(4, "d", "Tạp vụ"),
    ];
    let (batch, _) = taken(conn, &rows);
    let mut mine = find(conn, codes(), WHO, VacancyId::from_u128(1)).unwrap();
    mine.title = "Thợ hàn 3G".to_owned();
    save(conn, codes(), WHO, &[mine], &stamp()).unwrap();
    remove(conn, WHO, VacancyId::from_u128(3), &stamp()).unwrap();

    let undone = undo(conn, WHO, batch, &stamp()).unwrap();
    assert_eq!((undone.removed, undone.restored), (1, 1));
    let left: Vec<Option<&str>> = undone
        .left
        .iter()
        .map(|left| left.title.as_deref())
        .collect();
    assert_eq!(left, [Some("Thợ hàn 3G"), None]);
    let titles: Vec<String> = stands(conn)
        .into_iter()
        .map(|vacancy| vacancy.title)
        .collect();
    assert_eq!(titles, ["Thợ hàn 3G", "Kế toán"]);
}

#[rstest] // 2
fn a_change_in_the_middle_of_a_batch_is_left(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let conn = &mut *database.conn();
    let batch = begin(conn, WHO, "phiếu", "a.csv", &stamp()).unwrap();
    take(
        conn,
        codes(),
        WHO,
        batch,
        &[row(1, "a", "Thợ hàn")],
        0,
        &stamp(),
    )
    .unwrap();
    let mut mine = find(conn, codes(), WHO, VacancyId::from_u128(1)).unwrap();
    mine.title = "Thợ hàn 3G".to_owned();
    save(conn, codes(), WHO, &[mine], &stamp()).unwrap();
    take(
        conn,
        codes(),
        WHO,
        batch,
        &[row(2, "a", "Thợ hàn TIG")],
        0,
        &stamp(),
    )
    .unwrap();
    let undone = undo(conn, WHO, batch, &stamp()).unwrap();
    assert_eq!(
        (undone.removed, undone.restored, undone.left.len()),
        (0, 0, 1)
    );
}

#[rstest] // 4
fn a_batch_that_was_undone_takes_no_more(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let conn = &mut *database.conn();
    // One that nobody ended: the program was killed.
    let batch = begin(conn, WHO, "phiếu", "a.csv", &stamp()).unwrap();
    take(
        conn,
        codes(),
        WHO,
        batch,
        &[row(1, "a", "Thợ hàn")],
        0,
        &stamp(),
    )
    .unwrap();
    assert_eq!(list(conn, WHO, 1).unwrap()[0].state, State::Running);
    undo(conn, WHO, batch, &stamp()).unwrap();
    let more = take(
        conn,
        codes(),
        WHO,
        batch,
        &[row(2, "b", "Kế toán")],
        0,
        &stamp(),
    );
    assert!(matches!(more, Err(Error::Conflict)));
    assert_eq!(stands(conn), []);
    end(conn, WHO, batch, State::Done, &stamp()).unwrap();
    assert_eq!(list(conn, WHO, 1).unwrap()[0].state, State::Undone);
    let nobody = BatchId::from_u128(7);
    assert!(matches!(
        undo(conn, WHO, nobody, &stamp()),
        Err(Error::NotFound)
    ));
}

#[rstest] // 6
fn headings_are_kept_by_source(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let conn = &mut *database.conn();
    let said = Mapping::default()
        .with("Tên việc", Some(Field::Title))
        .with("Ghi chú", Some(Field::Wage));
    keep_headings(conn, WHO, "xã A", &said).unwrap();
    keep_headings(conn, WHO, "xã A", &Mapping::default().with("GHI CHÚ", None)).unwrap();
    let kept = headings(conn, WHO, "xã A").unwrap();
    assert_eq!(kept.field("tên việc"), Some(Field::Title));
    assert_eq!(kept.field("Ghi chú"), None);
    assert_eq!(kept.given().count(), 2);
    assert_eq!(headings(conn, WHO, "xã B").unwrap(), Mapping::default());
}

#[test] // 7
fn a_visitor_does_nothing_of_this() {
    let database = Database::new(Backend::Sqlite).unwrap();
    let conn = &mut *database.conn();
    let who = Actor::Visitor;
    let batch = BatchId::from_u128(1);
    let refused = [
        begin(conn, who, "a", "a.csv", &stamp()).err(),
        take(conn, codes(), who, batch, &[], 0, &stamp()).err(),
        end(conn, who, batch, State::Done, &stamp()).err(),
        undo(conn, who, batch, &stamp()).err(),
        list(conn, who, 1).err(),
        headings(conn, who, "a").err(),
        keep_headings(conn, who, "a", &Mapping::default()).err(),
        compare(conn, codes(), who, &row(1, "a", "x")).err(),
    ];
    assert!(
        refused
            .iter()
            .all(|error| matches!(error, Some(Error::Forbidden))),
        "{refused:?}"
    );
}
