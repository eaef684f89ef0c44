//! R1 and R3 of the server itself, R21, R22.

use hammer::drive::{migrate, served, stop};
use hammer::place::On;

use crate::programs;

#[test] // R1, R3
fn a_killed_server_serves_what_is_in_the_database() {
    let figures = served::kill(&programs(), &On::Sqlite, 20, 4, 1);
    figures.must_hold();
    assert_eq!(figures.get("kills"), 20);
    assert!(figures.get("most_vacancies") > 100, "{figures}");
}

#[test] // R1, R3
fn a_killed_server_serves_what_is_in_postgres() {
    let Some(on) = On::postgres() else { return };
    let figures = served::kill(&programs(), &on, 5, 4, 2);
    figures.must_hold();
    assert_eq!(figures.get("kills"), 5);
}

#[test] // R21
fn a_server_that_is_told_to_stop_answers_what_it_took() {
    let figures = stop::stop(&programs(), 5, 1);
    figures.must_hold();
    assert_eq!(figures.get("stops"), 5);
}

#[test] // R22
fn a_migration_that_is_killed_goes_on_with_the_next_start() {
    migrate::kill_at_each_step(&programs(), &On::Sqlite).must_hold();
}

#[test] // R22
fn a_migration_that_is_cut_off_goes_on_with_the_next_start() {
    if let Some(on) = On::postgres() {
        migrate::kill_at_each_step(&programs(), &on).must_hold();
    }
}

#[test] // R22
fn of_several_that_migrate_at_once_one_does() {
    migrate::at_once(&programs(), &On::Sqlite, 5).must_hold();
    if let Some(on) = On::postgres() {
        migrate::at_once(&programs(), &on, 5).must_hold();
    }
}

#[test] // R22
fn a_wrong_schema_is_said_or_does_no_harm() {
    migrate::wrong_schema(&programs(), &On::Sqlite).must_hold();
    if let Some(on) = On::postgres() {
        migrate::wrong_schema(&programs(), &on).must_hold();
    }
}
