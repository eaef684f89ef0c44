//! R1, R2.

use hammer::drive::{kill, power, power_postgres};
use hammer::place::On;

use crate::programs;

#[test] // R1
fn a_killed_process_loses_nothing_on_sqlite() {
    let figures = kill::kill(&programs(), &On::Sqlite, 20, 1);
    figures.must_hold();
    assert_eq!(figures.get("kills"), 20);
}

#[test] // R1
fn a_killed_process_loses_nothing_on_postgres() {
    let Some(on) = On::postgres() else { return };
    let figures = kill::kill(&programs(), &on, 20, 2);
    figures.must_hold();
    assert_eq!(figures.get("kills"), 20);
}

#[test] // R2
fn a_power_cut_loses_nothing() {
    let figures = power::cut(&programs(), 10, 3);
    figures.must_hold();
    assert_eq!(figures.get("cuts"), 10);
}

#[test] // R2
fn a_power_cut_of_the_server_loses_nothing() {
    let Some(figures) = power_postgres::cut(3, 4) else {
        return;
    };
    figures.must_hold();
    assert_eq!(figures.get("cuts"), 3);
}
