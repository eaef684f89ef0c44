//! How good a search is, on queries with known answers.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::id::VacancyId;

/// A query and what should be found.
#[derive(Debug, Clone)]
pub struct KnownItem {
    /// The id of its row.
    pub id: String,
    /// How it was made.
    pub kind: String,
    /// The words.
    pub query: String,
    /// Each as good an answer.
    pub wanted: Vec<VacancyId>,
}

/// How well queries of one kind did.
#[derive(Debug, Clone, Default)]
pub struct Success {
    /// Queries.
    pub queries: usize,
    first: usize,
    first_ten: usize,
    reciprocals: f64,
    times: Vec<Duration>,
}

impl Success {
    /// The share whose first answer is a wanted one.
    pub fn at_1(&self) -> f64 {
        share(self.first, self.queries)
    }

    /// The share with a wanted one among the first ten.
    pub fn at_10(&self) -> f64 {
        share(self.first_ten, self.queries)
    }

    /// The mean of 1 / place of the first wanted one; 0 where there is none among those given.
    pub fn mrr(&self) -> f64 {
        self.reciprocals / count(self.queries.max(1))
    }

    /// The time within which so many thousandths of the queries were answered.
    pub fn quantile(&self, thousandths: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        let last = times.len().saturating_sub(1);
        times
            .get(last * thousandths / 1_000)
            .copied()
            .unwrap_or_default()
    }

    fn take(&mut self, wanted: &[VacancyId], found: &[VacancyId], time: Duration) {
        let place = found.iter().position(|id| wanted.contains(id));
        self.queries += 1;
        self.first += usize::from(place == Some(0));
        self.first_ten += usize::from(place.is_some_and(|place| place < 10));
        self.reciprocals += place.map_or(0.0, |place| 1.0 / count(place + 1));
        self.times.push(time);
    }
}

/// Asks all queries; by kind.
pub fn known_items<'q>(
    queries: impl IntoIterator<Item = &'q KnownItem>,
    mut search: impl FnMut(&str) -> (Vec<VacancyId>, Duration),
) -> BTreeMap<String, Success> {
    let mut kinds: BTreeMap<String, Success> = BTreeMap::new();
    for query in queries {
        let (found, time) = search(&query.query);
        let kind = kinds.entry(query.kind.clone()).or_default();
        kind.take(&query.wanted, &found, time);
    }
    kinds
}

/// The discounted gain of the first ten answers against the best that the grades allow (Järvelin
/// and Kekäläinen, 2002; gain 2^grade - 1). What was not judged counts 0; `None` where nothing is
/// wanted.
pub fn ndcg(found: &[VacancyId], grades: &BTreeMap<VacancyId, u8>) -> Option<f64> {
    let gain = |grade: u8| f64::from((1_u32 << grade.min(8)) - 1);
    let sum = |grades: &mut dyn Iterator<Item = u8>| -> f64 {
        let discounted = grades.take(10).zip(2_u32..);
        discounted
            .map(|(grade, place)| gain(grade) / f64::from(place).log2())
            .sum()
    };
    let mut best: Vec<u8> = grades.values().copied().collect();
    best.sort_unstable_by(|one, other| other.cmp(one));
    let best = sum(&mut best.into_iter());
    let mut found = found
        .iter()
        .map(|id| grades.get(id).copied().unwrap_or_default());
    (best > 0.0).then(|| sum(&mut found) / best)
}

fn share(part: usize, whole: usize) -> f64 {
    count(part) / count(whole.max(1))
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 queries")]
const fn count(number: usize) -> f64 {
    number as f64
}
