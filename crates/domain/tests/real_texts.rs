//! How much of what employers really wrote is understood.
//!
//! The sheet is not part of the repository: `SANVIEC_REAL_DATA` names its folder (default
//! `../shared/data` beside the workspace). Without it nothing is tested, and that is said; with
//! `SANVIEC_REQUIRE_REAL_DATA=1` that is a failure.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use domain::code::Codes;
use domain::reading::date::parse_date;
use domain::reading::experience::parse_experience;
use domain::reading::headings::{Field, field};
use domain::reading::place::Gazetteer;
use domain::reading::wage::{Period, Wage, parse_wage};

const USD: u64 = 26_300;

/// The sheet's text; `None` where there is none.
fn sheet() -> Option<String> {
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("SANVIEC_REAL_DATA")
        .map_or_else(|| workspace.join("../shared/data"), PathBuf::from);
    let text = std::fs::read_to_string(folder.join("vacancies_2025_10.csv")).ok();
    if text.is_none() {
        let required = std::env::var("SANVIEC_REQUIRE_REAL_DATA").is_ok_and(|value| value == "1");
        assert!(!required, "no real data in {}", folder.display());
        println!("NOT RUN: no real data in {}", folder.display());
    }
    text
}

/// The cells of a column that are not empty.
fn column(sheet: &str, wanted: Field) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let at = headings
        .iter()
        .position(|heading| field(heading) == Some(wanted))
        .unwrap_or_else(|| panic!("no column {}", wanted.as_str()));
    reader
        .records()
        .map(|record| record.unwrap().get(at).unwrap_or("").to_owned())
        .filter(|cell| !cell.is_empty())
        .collect()
}

/// At least so many of a thousand cells are understood; the others are shown with their counts.
fn assert_understood(cells: &[String], of_thousand: usize, is_understood: impl Fn(&str) -> bool) {
    let mut unclear: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| !is_understood(cell)) {
        *unclear.entry(cell).or_default() += 1;
    }
    let understood = cells.len() - unclear.values().sum::<usize>();
    println!(
        "{understood} of {} understood; not: {unclear:?}",
        cells.len()
    );
    assert!(
        cells.len() > 5_000 && understood * 1_000 >= cells.len() * of_thousand,
        "{understood} of {} understood; not: {unclear:?}",
        cells.len()
    );
}

#[test]
fn wages_are_understood() {
    let Some(sheet) = sheet() else { return };
    let cells = column(&sheet, Field::Wage);
    assert_understood(&cells, 995, |text| parse_wage(text, USD).is_ok());
}

/// The commonest form, read here by other means: "7.5 - 10 triệu".
#[test]
fn ranges_of_millions_are_what_they_say() {
    let Some(sheet) = sheet() else { return };
    let mut ranges = 0;
    for text in column(&sheet, Field::Wage) {
        let ends = text
            .strip_suffix(" triệu")
            .and_then(|ends| ends.split_once(" - "));
        let Some((from, to)) = ends else { continue };
        let vnd = |end: &str| (end.parse::<f64>().unwrap() * 1e6).round() as u64;
        if let Ok(wage) = parse_wage(&text, USD) {
            // Nobody earns so little a month.
            let period = if vnd(to) < 1_000_000 {
                Period::Day
            } else {
                Period::Month
            };
            assert_eq!(wage, Wage::Range(vnd(from), vnd(to), period), "{text}");
            ranges += 1;
        }
    }
    assert!(ranges > 2_000, "{ranges}");
}

#[test]
fn experience_is_understood() {
    let Some(sheet) = sheet() else { return };
    let cells = column(&sheet, Field::Experience);
    assert_understood(&cells, 1_000, |text| parse_experience(text).is_ok());
}

#[test]
fn days_are_understood() {
    let Some(sheet) = sheet() else { return };
    for field in [Field::Posted, Field::Closes] {
        for text in column(&sheet, field) {
            assert!(parse_date(&text).is_ok(), "{text}");
        }
    }
}

#[test]
fn places_are_understood() {
    let Some(sheet) = sheet() else { return };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    let codes = Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let gazetteer = Gazetteer::new(&codes.units);
    let read = |text: &str| gazetteer.read(text);
    let cells = column(&sheet, Field::Place);
    assert_understood(&cells, 990, |text| read(text).is_understood());
    // The sheet lists provinces: each name must be one, and none may be made up.
    let is_whole = |text: &str| {
        let places = read(text);
        let names = text.split([',', '&']).count();
        let said = places.areas.len() + places.abroad.len() + usize::from(places.more);
        places.unclear.is_empty() && said == names && places.more == text.contains("nơi khác")
    };
    assert_understood(&cells, 990, is_whole);
    let addresses = column(&sheet, Field::Address);
    for address in &addresses {
        let places = read(address);
        assert!(places.is_understood(), "{address}: {places:?}");
    }
}
