//! `sanviec evaluate occupations`: the code of a title, digit by digit, and what its confidence is
//! worth.

use classifier::evaluate::{Half, Share, occupations};
use serde_json::{Map, Value, json};

use super::{json as say_json, percent, say, share};
use crate::arguments::Measured;
use crate::command::sheets;
use crate::failure::Failure;
use crate::house::House;

/// One to four digits.
const LEVELS: [&str; 4] = ["major", "sub_major", "minor", "unit"];

pub(super) fn run(house: &House, ask: &Measured) -> Result<(), Failure> {
    let model = &house.classifier.get()?.model;
    let report = occupations(model, &sheets::bytes(&ask.file)?)
        .map_err(|error| Failure::Failed(format!("{}: {error}", ask.file.display())))?;
    let halves = [&report.tuned, &report.untouched];
    if ask.json {
        let mut all = as_json(&report.all);
        for (name, half) in ["tuned", "untouched"].into_iter().zip(halves) {
            all.insert(name.to_owned(), Value::Object(as_json(half)));
        }
        return say_json(&Value::Object(all));
    }
    let names = [
        "tất cả / all",
        "nửa chỉnh / tuned",
        "nửa chưa đụng / untouched",
    ];
    for (name, half) in names.into_iter().zip([&report.all, halves[0], halves[1]]) {
        show(name, half)?;
    }
    Ok(())
}

fn rows(half: &Half) -> usize {
    half.levels.first().map_or(0, |level| level.strict.all)
}

fn show(name: &str, half: &Half) -> Result<(), Failure> {
    say(format_args!("{name}: {} dòng / rows", rows(half)))?;
    for (digits, level) in (1..).zip(&half.levels) {
        say(format_args!(
            "  {digits} chữ số / digits: đúng mã / strict {}, chấp nhận được / tolerant {}",
            percent(level.strict.right, level.strict.all),
            percent(level.tolerant.right, level.tolerant.all)
        ))?;
    }
    for (digits, bins) in (1..).zip(&half.bins) {
        let points: Vec<String> = bins
            .iter()
            .filter(|(_, found)| found.all > 0)
            .map(|(sum, found)| {
                let right = percent(found.right, found.all);
                format!("{} % → {right} ({})", sum / found.all / 10, found.all)
            })
            .collect();
        say(format_args!(
            "  {digits} chữ số, tin cậy → đúng / digits, said → right: {}",
            points.join(", ")
        ))?;
    }
    Ok(())
}

fn as_json(half: &Half) -> Map<String, Value> {
    let of = |found: Share| share(found.right, found.all);
    let by_level = |values: [Value; 4]| -> Value {
        let named = LEVELS.into_iter().map(str::to_owned).zip(values);
        Value::Object(named.collect())
    };
    let curve = |bins: &[(usize, Share)]| -> Value {
        let bins = bins.iter().filter(|(_, found)| found.all > 0);
        bins.map(|(sum, found)| {
            json!({
                "said": share(*sum, found.all * 1_000), "right": of(*found), "rows": found.all,
            })
        })
        .collect()
    };
    let mut map = Map::new();
    map.insert("rows".to_owned(), rows(half).into());
    let strict = half.levels.map(|level| of(level.strict));
    map.insert("strict".to_owned(), by_level(strict));
    let tolerant = half.levels.map(|level| of(level.tolerant));
    map.insert("tolerant".to_owned(), by_level(tolerant));
    let curves = half.bins.map(|bins| curve(&bins));
    map.insert("calibration".to_owned(), by_level(curves));
    map
}
