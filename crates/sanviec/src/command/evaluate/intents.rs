//! `sanviec evaluate search --grades`: whether what people mean comes first, as judges see it.

use std::collections::BTreeMap;
use std::path::Path;

use domain::id::VacancyId;
use search::evaluate::ndcg;
use serde_json::{Value, json};

use super::searched::{Searched, is_tuned};
use super::{json as say_json, rounded, say};
use crate::arguments::Measured;
use crate::command::sheets::{Sheet, cell};
use crate::failure::Failure;
use crate::house::House;

/// The highest grade.
const BEST: u8 = 3;

type Grades = BTreeMap<String, BTreeMap<VacancyId, u8>>;

/// The sums over some queries.
#[derive(Default, Clone, Copy)]
struct Sum {
    queries: u32,
    ours: f64,
    plain: f64,
}

impl Sum {
    fn and(self, other: Self) -> Self {
        Self {
            queries: self.queries.saturating_add(other.queries),
            ours: self.ours + other.ours,
            plain: self.plain + other.plain,
        }
    }

    fn means(self) -> (f64, f64) {
        let count = f64::from(self.queries.max(1));
        (self.ours / count, self.plain / count)
    }

    fn json(self) -> Value {
        let (ours, plain) = self.means();
        json!({
            "queries": self.queries,
            "ndcg_at_10": rounded(ours),
            "bm25": { "ndcg_at_10": rounded(plain) },
        })
    }
}

pub(super) fn run(house: &House, ask: &Measured, grades: &Path) -> Result<(), Failure> {
    let queries = Sheet::read(&ask.file)?;
    let judged = Sheet::read(grades)?;
    let searched = Searched::read(house)?;
    let grades = read(&judged, &searched)?;
    let (id, query) = (queries.need("id")?, queries.need("query")?);
    let mut halves = [Sum::default(); 2];
    for (_, row) in queries.rows() {
        let (id, query) = (cell(row, Some(id)), cell(row, Some(query)));
        let Some(sum) = grades
            .get(id)
            .and_then(|grades| one(query, grades, &searched))
        else {
            continue;
        };
        let [tuned, untouched] = &mut halves;
        let half = if is_tuned(id) { tuned } else { untouched };
        *half = half.and(sum);
    }
    let [tuned, untouched] = halves;
    let all = tuned.and(untouched);
    if ask.json {
        let mut value = all.json();
        if let Some(map) = value.as_object_mut() {
            map.insert("tuned".to_owned(), tuned.json());
            map.insert("untouched".to_owned(), untouched.json());
            map.insert("vacancies".to_owned(), searched.vacancies.into());
        }
        return say_json(&value);
    }
    for (name, sum) in [
        ("tất cả / all", all),
        ("nửa chỉnh / tuned", tuned),
        ("nửa chưa đụng / untouched", untouched),
    ] {
        let (ours, plain) = sum.means();
        say(format_args!(
            "{name:28} {} câu / queries, nDCG@10 {ours:.3}, BM25 {plain:.3}",
            sum.queries
        ))?;
    }
    Ok(())
}

/// Nothing where no vacancy is what was meant.
fn one(query: &str, grades: &BTreeMap<VacancyId, u8>, searched: &Searched) -> Option<Sum> {
    let ours = ndcg(&searched.ours(query).0, grades)?;
    let plain = ndcg(&searched.plain(query).0, grades)?;
    Some(Sum {
        queries: 1,
        ours,
        plain,
    })
}

fn read(sheet: &Sheet, searched: &Searched) -> Result<Grades, Failure> {
    let (id, name) = (sheet.need("id")?, sheet.need("ref")?);
    let grade = sheet.need("grade")?;
    let mut grades = Grades::new();
    for (line, row) in sheet.rows() {
        let text = cell(row, Some(grade)).trim();
        let grade = text.parse().ok().filter(|grade| *grade <= BEST);
        let grade: u8 = grade.ok_or_else(|| {
            let what = format!("{text:?}: cần 0 đến {BEST} / expected 0 to {BEST}");
            sheet.wrong(line, &what)
        })?;
        let of_query = grades.entry(cell(row, Some(id)).to_owned()).or_default();
        let vacancies = searched.named(cell(row, Some(name)).trim());
        of_query.extend(vacancies.iter().map(|&vacancy| (vacancy, grade)));
    }
    Ok(grades)
}
