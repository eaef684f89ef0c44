//! Rows of real sheets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::borrow::Cow;
use std::path::PathBuf;

use chrono::NaiveDate;
use domain::code::Codes;
use domain::id::{EmployerId, VacancyId};
use domain::import::{Context, Interpreter, RawRow};
use domain::reading::headings::field;
use domain::reading::wage::Rates;

fn codes() -> Codes {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn interpreter(codes: &Codes) -> Interpreter<'_> {
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    Interpreter::new(codes, rates, 26_300)
}

fn context() -> Context {
    Context {
        source: "sheet".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        line: 1,
    }
}

#[test]
fn real_advertisements_are_understood() {
    let folder = std::env::var_os("SANVIEC_REAL_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let Ok(mut reader) = csv::Reader::from_path(folder.join("vacancies_2025_10.csv")) else {
        assert!(
            std::env::var_os("SANVIEC_REQUIRE_REAL_DATA").is_none(),
            "no real data"
        );
        eprintln!("NOT RUN: no real data in {}", folder.display());
        return;
    };
    let codes = codes();
    let interpreter = interpreter(&codes);
    let headings = reader.headers().unwrap().clone();
    let (mut rows, mut taken, mut wages, mut places, mut occupations) = (0, 0, 0, 0, 0);
    for record in reader.records() {
        let record = record.unwrap();
        let row = RawRow::new(
            headings
                .iter()
                .zip(&record)
                .filter_map(|(heading, cell)| Some((field(heading)?, cell.to_owned()))),
        );
        rows += 1;
        let Ok(understood) = interpreter.interpret(&row, &context()) else {
            continue;
        };
        taken += 1;
        wages += usize::from(understood.wage_understood);
        places += usize::from(understood.place_understood);
        let id = VacancyId::from_u128(1);
        let vacancy = understood.into_vacancy(id, EmployerId::from_u128(1));
        occupations += usize::from(!vacancy.offer.occupations.is_empty());
    }
    eprintln!(
        "rows {rows}, taken {taken}, wages {wages}, places {places}, occupations {occupations}"
    );
    assert!(taken * 1_000 >= rows * 995);
    assert!(wages * 100 >= rows * 97);
    assert!(places * 100 >= rows * 95);
}
