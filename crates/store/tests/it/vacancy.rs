//! 1. A vacancy is read back as written; two people never overwrite each other unseen.
//! 2. An import taken twice changes nothing; a changed row keeps its id; what was changed by hand
//!    stays; employers are known by name.
//! 3. A visitor writes nothing and does not see drafts.
//! 4. A row of before confidences were kept is read without one.

use domain::actor::Actor;
use domain::error::Error;
use domain::id::{EmployerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::vacancy::{Asked, Origin, Status, Vacancy};
use rstest::rstest;
use store::Conn;
use store::vacancy::{Incoming, Taken, all, find, import, remove, save, save_employers};

use crate::support::{Backend, Database, codes, employer, stamp, vacancy, with_employer};

#[rstest]
fn a_vacancy_is_read_back_as_written(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let mut conn = database.conn();
    let full = vacancy(1, "Thợ hàn");
    let mut poor = vacancy(2, "Phụ hồ");
    poor.offer.skills = Asked::NotSaid;
    poor.offer.level = Asked::NotRequired;
    poor.offer.months = Asked::Required(12);
    poor.offer.field = None;
    poor.offer.wage = None;
    poor.offer.closes = None;
    poor.offer.workplaces.clear();
    poor.wage = Wage::UpTo(300_000, Period::Day);
    save(
        &mut conn,
        codes(),
        Actor::Operator,
        &[full.clone(), poor.clone()],
        &stamp(),
    )
    .unwrap();

    for written in [full, poor] {
        let found = find(&mut conn, codes(), Actor::Visitor, written.offer.id).unwrap();
        assert_eq!(found.revision, 1);
        assert_eq!(
            Vacancy {
                revision: 0,
                ..found
            },
            written
        );
    }
}

#[test] // 4
fn a_row_of_before_is_read_without_a_confidence() {
    let database = Database::new(Backend::Sqlite).unwrap();
    with_employer(&database);
    let mut conn = database.conn();
    let written = vacancy(1, "Thợ hàn");
    let stored = std::slice::from_ref(&written);
    save(&mut conn, codes(), Actor::Operator, stored, &stamp()).unwrap();
    let older = "UPDATE vacancy SET offer = json_remove(offer, '$.occupation_confidence')";
    diesel::RunQueryDsl::execute(diesel::sql_query(older), &mut conn).unwrap();
    let found = find(&mut conn, codes(), Actor::Operator, written.offer.id).unwrap();
    assert_eq!(found.occupation_confidence, None);
    assert_eq!(found.offer, written.offer);
}

#[rstest]
fn who_read_an_older_revision_is_told(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let mut conn = database.conn();
    let mut write = |vacancy: &Vacancy| {
        let one = std::slice::from_ref(vacancy);
        save(&mut conn, codes(), Actor::Operator, one, &stamp())
    };
    write(&vacancy(1, "Thợ hàn")).unwrap();
    let read = Vacancy {
        revision: 1,
        ..vacancy(1, "Thợ hàn TIG")
    };
    write(&read).unwrap();
    assert!(matches!(write(&read), Err(Error::Conflict)));
    // The same id once more, as if it were new.
    assert!(matches!(
        write(&vacancy(1, "Thợ tiện")),
        Err(Error::Conflict)
    ));
    let found = find(&mut database.conn(), codes(), Actor::System, read.offer.id).unwrap();
    assert_eq!((found.title.as_str(), found.revision), ("Thợ hàn TIG", 2));
}

fn incoming(id: u128, reference: &str, title: &str) -> Incoming {
    let mut vacancy = vacancy(id, title);
    vacancy.origin = Origin::Imported;
    vacancy.source = Some("a.csv".to_owned());
    vacancy.external_ref = Some(reference.to_owned());
    Incoming {
        vacancy,
        row_hash: format!("hash of {title}"),
    }
}

#[rstest]
fn an_import_taken_twice_changes_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let mut take =
        |batch: &[Incoming]| import(&mut conn, codes(), Actor::Operator, batch, &stamp()).unwrap();
    let first = [
        incoming(1, "a", "Thợ hàn"),
        incoming(2, "b", "Kế toán"),
        incoming(3, "a", "Thợ hàn"),
    ];
    assert_eq!(take(&first), [Taken::New, Taken::New, Taken::Same]);
    let after_first = database.changes();
    assert_eq!(take(&first), [Taken::Same; 3]);
    assert_eq!(database.changes(), after_first);

    let other = [
        incoming(7, "a", "Thợ hàn"),
        incoming(8, "b", "Kế toán trưởng"),
    ];
    assert_eq!(take(&other), [Taken::Same, Taken::Changed]);
    let id = VacancyId::from_u128(2);
    let found = find(&mut database.conn(), codes(), Actor::Operator, id).unwrap();
    assert_eq!(
        (found.title.as_str(), found.revision),
        ("Kế toán trưởng", 2)
    );
    let ids: Vec<String> = database.changes()[after_first.len()..]
        .iter()
        .map(|change| change.id.clone())
        .collect();
    assert_eq!(ids, [id.to_string()]);
}

#[rstest]
fn what_was_changed_by_hand_outlives_the_same_row(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let row = [incoming(1, "a", "Thợ hàn")];
    let take = |conn: &mut Conn| import(conn, codes(), Actor::Operator, &row, &stamp()).unwrap();
    take(&mut conn);
    let mut read = find(&mut conn, codes(), Actor::Operator, row[0].vacancy.offer.id).unwrap();
    read.title = "Thợ hàn 3G".to_owned();
    save(&mut conn, codes(), Actor::Operator, &[read], &stamp()).unwrap();
    assert_eq!(take(&mut conn), [Taken::Same]);
    let titles: Vec<String> = all(&mut conn, codes())
        .unwrap()
        .into_iter()
        .map(|vacancy| vacancy.title)
        .collect();
    assert_eq!(titles, ["Thợ hàn 3G"]);
}

#[rstest]
fn an_employer_of_a_file_is_known_by_name(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    // The Centre's own employer has the same name, and is another.
    let mut own = employer();
    own.id = EmployerId::from_u128(77);
    let mut conn = database.conn();
    save_employers(&mut conn, Actor::Operator, &[own], &stamp()).unwrap();
    let mut rows = [
        incoming(1, "a", "Thợ hàn"),
        incoming(2, "b", "Thợ tiện"),
        incoming(3, "c", "Kế toán"),
    ];
    rows[1].vacancy.offer.employer = EmployerId::from_u128(10);
    rows[2].vacancy.offer.employer = EmployerId::from_u128(11);
    rows[2].vacancy.employer_name = "Công ty Trà Bồng".to_owned();
    import(&mut conn, codes(), Actor::Operator, &rows, &stamp()).unwrap();
    let employers: Vec<u128> = all(&mut conn, codes())
        .unwrap()
        .into_iter()
        .map(|vacancy| vacancy.offer.employer.as_u128())
        .collect();
    assert_eq!(employers, [9, 9, 11]);
}

#[rstest]
fn a_visitor_writes_nothing_and_sees_no_draft(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::new(on) else {
        return;
    };
    with_employer(&database);
    let mut conn = database.conn();
    let mut draft = vacancy(1, "Thợ hàn");
    draft.offer.status = Status::Draft;
    let one = [draft];
    save(&mut conn, codes(), Actor::Operator, &one, &stamp()).unwrap();
    let before = database.changes();
    let refused = [
        save(&mut conn, codes(), Actor::Visitor, &one, &stamp()),
        remove(&mut conn, Actor::Visitor, one[0].offer.id, &stamp()),
        import(
            &mut conn,
            codes(),
            Actor::Visitor,
            &[incoming(5, "x", "Y")],
            &stamp(),
        )
        .map(|_| ()),
    ];
    for result in refused {
        assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    }
    assert_eq!(database.changes(), before);
    let hidden = find(&mut conn, codes(), Actor::Visitor, one[0].offer.id);
    assert!(matches!(hidden, Err(Error::NotFound)));
    remove(&mut conn, Actor::Operator, one[0].offer.id, &stamp()).unwrap();
    let gone = remove(&mut conn, Actor::Operator, one[0].offer.id, &stamp());
    assert!(matches!(gone, Err(Error::NotFound)));
}
