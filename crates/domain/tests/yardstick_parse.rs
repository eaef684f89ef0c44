//! How many texts of the yardstick are read exactly as it says.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test"
)]

use std::borrow::Cow;

use domain::code::{Codes, ProvinceIx};
use domain::reading::place::Gazetteer;
use domain::reading::yardstick::{Half, Kind, evaluate};

/// Of a hundred texts that are read exactly.
const TARGET: u32 = 97;

/// The Centre's seat and the provinces of the highlands around it, from which names are read.
fn centre(codes: &Codes) -> Vec<ProvinceIx> {
    ["51", "52", "66", "68"]
        .into_iter()
        .map(|code| codes.units.province_by_code(code).unwrap())
        .collect()
}

#[test]
fn the_yardstick_is_read_as_it_says() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{root}config/codes/{name}"))
            .ok()
            .map(Cow::Owned)
    };
    let codes = Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let yardstick = std::fs::read(format!("{root}tests/yardsticks/parse.csv")).unwrap();
    let gazetteer = Gazetteer::at(&codes.units, centre(&codes));
    let report = evaluate(&yardstick, &gazetteer, &codes.units).unwrap();
    println!("{report}");
    for half in [Half::Tuned, Half::Untouched] {
        let all = report.whole(half);
        assert!(all.total > 200, "{half:?}: {all}");
        assert!(all.right * 100 >= all.total * TARGET, "{half:?}: {all}");
    }
    for (kind, half, tally) in report.tallies() {
        let is_met = tally.right * 100 >= tally.total * TARGET;
        assert!(is_met, "{kind:?}, {half:?}: {tally}");
    }
    let kinds = report.tallies().map(|(kind, ..)| kind);
    assert_eq!(kinds.filter(|kind| *kind == Kind::Place).count(), 2);
    // Nothing but totals of the untouched half.
    let misses = report.misses().iter();
    assert!(
        misses
            .map(|miss| Half::of(&miss.id))
            .all(|half| half == Half::Tuned)
    );
}
