//! What has been found so far, under the filters, and how it becomes a page.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use roaring::RoaringBitmap;

use super::passing::Passing;
use super::rank::rank;
use crate::ask::{Answer, Ask, Place, Sort, Start};
use crate::drops::Failures;
use crate::facet::Counts;
use crate::index::TextIndex;
use crate::part::Entry;
use crate::segment::Row;

/// How a vacancy was found; the best is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// All words stand in its title.
    Title,
    /// It has all that was asked for.
    Words,
    /// It has most.
    Near,
}

/// One that may stand on the page.
struct Hit {
    part: usize,
    row: Row,
    tier: Tier,
    score: u32,
}

/// What has been found in a part.
struct Within {
    passing: Passing,
    /// Who has all that was asked for.
    exact: RoaringBitmap,
    near: RoaringBitmap,
}

/// What has been found.
pub(super) struct Found<'i> {
    index: &'i TextIndex,
    ask: Ask<'i>,
    parts: Vec<Within>,
    hits: Vec<Hit>,
    has_title: bool,
}

impl<'i> Found<'i> {
    pub(super) fn new(index: &'i TextIndex, ask: Ask<'i>) -> Self {
        let parts = index.parts.iter().map(|part| Within {
            passing: Passing::new(part, &ask, &index.codes.units),
            exact: RoaringBitmap::new(),
            near: RoaringBitmap::new(),
        });
        Self {
            parts: parts.collect(),
            index,
            ask,
            hits: Vec::new(),
            has_title: false,
        }
    }

    /// Whether nothing has been found, whatever the filters let through.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.iter().all(|within| within.exact.is_empty())
    }

    /// Whether all words stand in some title.
    pub(super) const fn has_title(&self) -> bool {
        self.has_title
    }

    /// How many have all that was asked for and pass the filters.
    pub(super) fn total(&self) -> u64 {
        let parts = self.parts.iter();
        parts
            .map(|within| within.exact.intersection_len(within.passing.all()))
            .sum()
    }

    /// Those of these rows that may be shown and were not found yet.
    pub(super) fn fresh(&self, part: usize, rows: RoaringBitmap) -> RoaringBitmap {
        match self.parts.get(part) {
            Some(within) => (rows & within.passing.open()) - &within.exact - &within.near,
            None => RoaringBitmap::new(),
        }
    }

    /// Adds those of these rows that are fresh; how many. The score is reckoned only of those that
    /// the list needs it of.
    pub(super) fn add(
        &mut self,
        part: usize,
        rows: RoaringBitmap,
        tier: Tier,
        mut score: impl FnMut(Row) -> u32,
    ) -> u64 {
        let rows = self.fresh(part, rows);
        let is_ranked = self.ask.sort == Sort::Fit;
        let is_listed = tier != Tier::Words || self.is_short_of_titles();
        let Some(within) = self.parts.get_mut(part) else {
            return 0;
        };
        match tier {
            Tier::Near => within.near |= &rows,
            Tier::Title | Tier::Words => within.exact |= &rows,
        }
        self.has_title |= tier == Tier::Title && !rows.is_empty();
        let count = rows.len();
        if is_listed {
            let hits = (rows & within.passing.all()).into_iter().map(|row| Hit {
                part,
                row,
                tier,
                score: if is_ranked { score(row) } else { 0 },
            });
            self.hits.extend(hits);
        }
        count
    }

    /// Adds vacancies with their scores, or puts them where they stand better than they did.
    pub(super) fn raise(&mut self, part: usize, scores: &HashMap<Row, u32>, tier: Tier) {
        for hit in self.hits.iter_mut().filter(|hit| hit.part == part) {
            let score = scores.get(&hit.row).copied();
            let is_better = |score: &u32| (tier, Reverse(*score)) < (hit.tier, Reverse(hit.score));
            if let Some(score) = score.filter(is_better) {
                hit.tier = tier;
                hit.score = score;
            }
        }
        let rows = scores.keys().copied().collect();
        self.add(part, rows, tier, |row| {
            scores.get(&row).copied().unwrap_or(0)
        });
    }

    /// Whether this page reaches beyond those that have all words in their titles, so that it
    /// matters how the others stand.
    fn is_short_of_titles(&self) -> bool {
        let titles = self.hits.iter().filter(|hit| hit.tier == Tier::Title);
        let before = match self.ask.start {
            _ if self.ask.sort != Sort::Fit => return true,
            Start::Skip(count) => return titles.count() <= count.saturating_add(self.ask.limit),
            Start::After(last) => last,
        };
        let places = titles.filter_map(|hit| self.place(hit));
        places.filter(|place| *place > before).count() <= self.ask.limit
    }

    pub(super) fn answer(self) -> Answer {
        let mut counts = Counts::default();
        for (within, part) in self.parts.iter().zip(&self.index.parts) {
            within
                .passing
                .count(&within.exact, &part.laid.values, &mut counts);
        }
        let mut places: Vec<Place> = self.hits.iter().filter_map(|hit| self.place(hit)).collect();
        let begin = match self.ask.start {
            Start::Skip(count) => {
                order(&mut places, count.saturating_add(self.ask.limit));
                count
            }
            Start::After(last) => {
                places.retain(|place| *place > last);
                order(&mut places, self.ask.limit);
                0
            }
        };
        let total = self.total();
        let hits = places.iter().filter(|place| !place.is_near).count();
        Answer {
            has_more: hits > begin.saturating_add(self.ask.limit),
            drops: if total == 0 { self.drops() } else { Vec::new() },
            places: places
                .into_iter()
                .skip(begin)
                .take(self.ask.limit)
                .collect(),
            total,
            counts,
            ..Answer::default()
        }
    }

    fn place(&self, hit: &Hit) -> Option<Place> {
        let entry = self.index.parts.get(hit.part)?.laid.entry(hit.row)?;
        let Entry { id, published, .. } = *entry;
        let pressures: Option<&HashMap<_, _>> = self.ask.pressures;
        let by_fit = || {
            let tier = hit.tier as u64;
            tier << 32 | u64::from(1_000_u32.saturating_sub(hit.score))
        };
        let units = &self.index.codes.units;
        Some(Place {
            rank: rank(self.ask.sort, &entry.vacancy, units).unwrap_or_else(by_fit),
            pressure: pressures
                .and_then(|known| known.get(&id))
                .copied()
                .unwrap_or(0),
            published: Reverse(published.unwrap_or(NaiveDate::MIN)),
            id: Reverse(id),
            is_near: hit.tier == Tier::Near,
        })
    }

    /// Which conditions are in the way, over all that may be shown.
    fn drops(&self) -> Vec<crate::ask::Drop> {
        let has_words = !self.ask.text.trim().is_empty();
        let mut failures = Failures::default();
        for within in &self.parts {
            let exact = has_words.then_some(&within.exact);
            for (failed, count) in within.passing.failures(exact) {
                failures.take(failed, count);
            }
        }
        failures.drops()
    }
}

/// Brings the first so many into their order, and one more than that is left behind them.
fn order(places: &mut [Place], count: usize) {
    if count < places.len() {
        places.select_nth_unstable(count);
        let first = places.get_mut(..count);
        first.unwrap_or_default().sort_unstable();
    } else {
        places.sort_unstable();
    }
}
