//! `sanviec evaluate parse`: wages, places, experience and days.

use domain::reading::place::Gazetteer;
use domain::reading::yardstick::{Half, Kind, Report, Tally, evaluate};
use serde_json::{Map, Value, json};

use super::{json as say_json, percent, say, share};
use crate::arguments::Measured;
use crate::command::sheets;
use crate::failure::Failure;
use crate::house::House;

const KINDS: [Kind; 4] = [Kind::Wage, Kind::Place, Kind::Experience, Kind::Date];
const HALVES: [Half; 2] = [Half::Tuned, Half::Untouched];

pub(super) fn run(house: &House, ask: &Measured) -> Result<(), Failure> {
    let units = &house.codes.units;
    let gazetteer = Gazetteer::at(units, house.home.clone());
    let report = evaluate(&sheets::bytes(&ask.file)?, &gazetteer, units)
        .map_err(|error| Failure::Failed(format!("{}: {error}", ask.file.display())))?;
    if ask.json {
        return say_json(&as_json(&report));
    }
    say(format_args!(
        "Đọc đúng hoàn toàn / read exactly: cả hai nửa, nửa chỉnh, nửa chưa đụng / all, tuned half, \
         untouched half"
    ))?;
    let kinds = KINDS.map(|kind| (name(kind), of_kind(&report, kind)));
    let all = (
        "tất cả / all",
        HALVES.map(|half| counts(report.whole(half))),
    );
    for (name, halves) in kinds.into_iter().chain([all]) {
        let [tuned, untouched] = halves.map(|(right, all)| percent(right, all));
        let (right, all) = both(halves);
        say(format_args!(
            "{name:28} {right}/{all}  {}  {tuned}  {untouched}",
            percent(right, all)
        ))?;
    }
    for miss in report.misses() {
        say(format_args!(
            "  {} {:?}: cần / expected {:?}, đọc ra / read {:?}",
            miss.id, miss.text, miss.expected, miss.found
        ))?;
    }
    Ok(())
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Wage => "lương / wages",
        Kind::Place => "nơi làm / places",
        Kind::Experience => "kinh nghiệm / experience",
        Kind::Date => "ngày / days",
    }
}

fn of_kind(report: &Report, wanted: Kind) -> [(usize, usize); 2] {
    HALVES.map(|half| {
        let mut tallies = report.tallies();
        let found = tallies.find(|(kind, this, _)| (*kind, *this) == (wanted, half));
        counts(found.map_or_else(Tally::default, |(.., tally)| tally))
    })
}

const fn counts(tally: Tally) -> (usize, usize) {
    (tally.right as usize, tally.total as usize)
}

fn both([tuned, untouched]: [(usize, usize); 2]) -> (usize, usize) {
    (tuned.0 + untouched.0, tuned.1 + untouched.1)
}

fn as_json(report: &Report) -> Value {
    let scored = |(right, all)| json!({ "right": right, "rows": all, "exact": share(right, all) });
    let halves = |halves: [(usize, usize); 2]| {
        let (right, all) = both(halves);
        let [tuned, untouched] = halves.map(scored);
        json!({
            "right": right, "rows": all, "exact": share(right, all),
            "tuned": tuned, "untouched": untouched,
        })
    };
    let kinds: Map<String, Value> = KINDS
        .into_iter()
        .map(|kind| (kind.as_str().to_owned(), halves(of_kind(report, kind))))
        .collect();
    json!({ "kinds": kinds, "all": halves(HALVES.map(|half| counts(report.whole(half)))) })
}
