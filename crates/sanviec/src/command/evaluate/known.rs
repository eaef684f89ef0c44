//! `sanviec evaluate search`: whether what somebody looks for comes first.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use domain::id::VacancyId;
use search::evaluate::{KnownItem, Success, known_items};
use serde_json::{Map, Value, json};

use super::searched::{Searched, is_tuned};
use super::{json as say_json, rounded, say};
use crate::arguments::Measured;
use crate::command::sheets::{Sheet, cell};
use crate::failure::Failure;
use crate::house::House;

/// Queries and what they look for.
struct Queries {
    known: Vec<KnownItem>,
    /// References that no imported vacancy bears.
    unknown: usize,
}

/// What was found for a query, and how long it took.
type Answer = (Vec<VacancyId>, Duration);

/// What both searches said.
struct Answers<'q> {
    ours: HashMap<&'q str, Answer>,
    plain: HashMap<&'q str, Answer>,
}

/// How both searches did, by kind.
struct Results {
    ours: BTreeMap<String, Success>,
    plain: BTreeMap<String, Success>,
}

pub(super) fn run(house: &House, ask: &Measured) -> Result<(), Failure> {
    let sheet = Sheet::read(&ask.file)?;
    let searched = Searched::read(house)?;
    let queries = read(&sheet, &searched)?;
    let answers = Answers::of(&queries.known, &searched);
    let all: Vec<&KnownItem> = queries.known.iter().collect();
    let (tuned, untouched): (Vec<_>, Vec<_>) = all.iter().partition(|query| is_tuned(&query.id));
    let whole = answers.judged(&all);
    let halves = [
        ("tuned", answers.judged(&tuned)),
        ("untouched", answers.judged(&untouched)),
    ];
    if ask.json {
        let mut answer = as_json(&whole);
        answer.insert("vacancies".to_owned(), searched.vacancies.into());
        answer.insert("unknown_refs".to_owned(), queries.unknown.into());
        for (name, half) in &halves {
            answer.insert((*name).to_owned(), Value::Object(as_json(half)));
        }
        return say_json(&Value::Object(answer));
    }
    say(format_args!(
        "{} tin đã nhận, {} câu hỏi, {} mã không có tin nào / imported vacancies, queries, refs that no \
         vacancy bears",
        searched.vacancies,
        queries.known.len(),
        queries.unknown
    ))?;
    show("tất cả / all", &whole)?;
    let names = ["nửa chỉnh / tuned", "nửa chưa đụng / untouched"];
    for (name, (_, half)) in names.into_iter().zip(&halves) {
        show(name, half)?;
    }
    Ok(())
}

fn read(sheet: &Sheet, searched: &Searched) -> Result<Queries, Failure> {
    let (query, refs) = (sheet.need("query")?, sheet.need("refs")?);
    let (kind, id) = (sheet.column("kind"), sheet.column("id"));
    let mut queries = Queries {
        known: Vec::new(),
        unknown: 0,
    };
    for (_, row) in sheet.rows() {
        let names = || {
            let names = cell(row, Some(refs)).split('|').map(str::trim);
            names.filter(|name| !name.is_empty())
        };
        let known: Vec<&[_]> = names().map(|name| searched.named(name)).collect();
        queries.unknown += known.iter().filter(|ids| ids.is_empty()).count();
        // All spellings of a title are of the same half: what stands before the colon.
        let own = cell(row, id).split(':').next().unwrap_or_default();
        let id = if own.is_empty() {
            names().next().unwrap_or_default()
        } else {
            own
        };
        let kind = match cell(row, kind) {
            "" => "query",
            kind => kind,
        };
        queries.known.push(KnownItem {
            id: id.to_owned(),
            kind: kind.to_owned(),
            query: cell(row, Some(query)).to_owned(),
            wanted: known.into_iter().flatten().copied().collect(),
        });
    }
    Ok(queries)
}

impl<'q> Answers<'q> {
    /// Asks each query once.
    fn of(queries: &'q [KnownItem], searched: &Searched) -> Self {
        let texts = queries.iter().map(|query| query.query.as_str());
        Self {
            ours: texts
                .clone()
                .map(|query| (query, searched.ours(query)))
                .collect(),
            plain: texts.map(|query| (query, searched.plain(query))).collect(),
        }
    }

    fn judged(&self, queries: &[&KnownItem]) -> Results {
        let again = |answers: &HashMap<&str, Answer>, query: &str| {
            answers.get(query).cloned().unwrap_or_default()
        };
        let queries = || queries.iter().copied();
        Results {
            ours: known_items(queries(), |query| again(&self.ours, query)),
            plain: known_items(queries(), |query| again(&self.plain, query)),
        }
    }
}

fn show(name: &str, results: &Results) -> Result<(), Failure> {
    say(format_args!(
        "{name}\n  {:28} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8} {:>8}",
        "loại / kind", "số/n", "@1 %", "BM25 %", "@10 %", "MRR", "p50 ms", "p99 ms"
    ))?;
    for (kind, ours) in &results.ours {
        let plain = results.plain.get(kind).map_or(0.0, Success::at_1);
        say(format_args!(
            "  {kind:28} {:>6} {:>7.1} {:>7.1} {:>7.1} {:>7.3} {:>8.2} {:>8.2}",
            ours.queries,
            ours.at_1() * 100.0,
            plain * 100.0,
            ours.at_10() * 100.0,
            ours.mrr(),
            milliseconds(ours.quantile(500)),
            milliseconds(ours.quantile(990))
        ))?;
    }
    Ok(())
}

fn as_json(results: &Results) -> Map<String, Value> {
    let kinds: Map<String, Value> = results
        .ours
        .iter()
        .map(|(kind, ours)| {
            let mut value = scored(ours);
            if let Some(plain) = results.plain.get(kind) {
                value.insert("bm25".to_owned(), Value::Object(scored(plain)));
            }
            (kind.clone(), Value::Object(value))
        })
        .collect();
    let queries: usize = results.ours.values().map(|ours| ours.queries).sum();
    let mut map = Map::new();
    map.insert("queries".to_owned(), queries.into());
    map.insert("kinds".to_owned(), Value::Object(kinds));
    map
}

fn scored(success: &Success) -> Map<String, Value> {
    let value = json!({
        "queries": success.queries,
        "success_at_1": rounded(success.at_1()),
        "success_at_10": rounded(success.at_10()),
        "mrr": rounded(success.mrr()),
        "p50_ms": rounded(milliseconds(success.quantile(500))),
        "p99_ms": rounded(milliseconds(success.quantile(990))),
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
