//! `sanviec evaluate`: how much is understood and found, on files whose answers people have given.
//!
//! A row is of the tuned half if the first byte of the SHA-256 of its id is even, else of the
//! untouched one, which nobody looks at while tuning.

mod intents;
mod known;
mod occupations;
mod parse;
mod searched;
mod skills;

use serde_json::Value;

use super::say;
use crate::arguments::Evaluate;
use crate::failure::Failure;
use crate::house::House;

/// Measures.
pub(crate) fn run(house: &House, ask: &Evaluate) -> Result<(), Failure> {
    match ask {
        Evaluate::Parse(ask) => parse::run(house, ask),
        Evaluate::Occupations(ask) => occupations::run(house, ask),
        Evaluate::Skills(ask) => skills::run(house, ask),
        Evaluate::Search(ask) => match &ask.grades {
            Some(grades) => intents::run(house, &ask.queries, grades),
            None => known::run(house, &ask.queries),
        },
    }
}

/// A part of a whole, 0 to 1, to four places; nothing of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn share(right: usize, all: usize) -> Value {
    match all {
        0 => Value::Null,
        _ => rounded(right as f64 / all as f64),
    }
}

fn rounded(value: f64) -> Value {
    (libm::round(value * 10_000.0) / 10_000.0).into()
}

/// "91.2 %".
#[expect(clippy::cast_precision_loss, reason = "counts of rows")]
fn percent(right: usize, all: usize) -> String {
    match all {
        0 => "–".to_owned(),
        _ => format!("{:.1} %", right as f64 * 100.0 / all as f64),
    }
}

fn json(value: &Value) -> Result<(), Failure> {
    say(format_args!("{value}"))
}
