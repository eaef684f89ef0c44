//! R4.

use hammer::drive::statements::fail_each;
use hammer::place::On;

#[test]
fn a_failing_statement_leaves_nothing_half_on_sqlite() {
    let figures = fail_each(&On::Sqlite);
    figures.must_hold();
    assert!(figures.get("faults") > 50, "{figures}");
}

#[test]
fn a_failing_statement_leaves_nothing_half_on_postgres() {
    let Some(on) = On::postgres() else { return };
    let figures = fail_each(&on);
    figures.must_hold();
    assert!(figures.get("faults") > 50, "{figures}");
}
