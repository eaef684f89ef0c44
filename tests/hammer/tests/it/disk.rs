//! R5, R6, R7, R8.

use std::time::Duration;

use hammer::drive::{busy, disk};

use crate::programs;

#[test] // R5
fn failing_system_calls_lose_nothing() {
    let figures = disk::errors(&programs(), 100, 1);
    figures.must_hold();
    // Most points hit a use case, else this would show nothing.
    assert!(
        figures.get("points_that_failed_a_use_case") > 50,
        "{figures}"
    );
}

#[test] // R6
fn a_full_disk_refuses_and_heals() {
    let Some(figures) = disk::full(3, 8) else {
        return;
    };
    figures.must_hold();
    assert_eq!(figures.get("rounds"), 3);
    assert!(figures.get("failed") > 100, "{figures}");
}

#[test] // R7
fn a_read_only_disk_refuses_and_heals() {
    let figures = disk::read_only(&programs(), 3);
    figures.must_hold();
    assert!(figures.get("failed") > 100, "{figures}");
}

#[test] // R8
fn a_busy_database_makes_writers_late() {
    let times = [1, 4, 8].map(Duration::from_secs);
    let figures = busy::busy(&times, 1);
    figures.must_hold();
    assert!(figures.get("longest_hold_ms") >= 8_000, "{figures}");
}
