//! Plain BM25 over folded words, any word counting: the yardstick that the order of
//! [`crate::TextIndex`] is held against.

use std::collections::HashMap;

use domain::code::Codes;
use domain::id::VacancyId;
use domain::vacancy::Vacancy;

use crate::document::Document;
use crate::query::MOST_WORDS;
use crate::words::{Memory, words};

/// The usual constants (Robertson and Zaragoza, 2009).
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Vacancies by their words.
#[derive(Default)]
pub struct Bm25 {
    ids: Vec<VacancyId>,
    lengths: Vec<f64>,
    postings: HashMap<String, HashMap<usize, f64>>,
    mean: f64,
}

impl Bm25 {
    /// The words of these vacancies: title, employer, places, occupations, skills and text.
    pub fn new<'v>(vacancies: impl IntoIterator<Item = &'v Vacancy>, codes: &Codes) -> Self {
        let mut index = Self::default();
        let mut memory = Memory::default();
        for vacancy in vacancies {
            index.add(&Document::of(vacancy, codes, &mut memory));
        }
        index.mean = index.lengths.iter().sum::<f64>() / count(index.lengths.len().max(1));
        index
    }

    fn add(&mut self, document: &Document) {
        let row = self.ids.len();
        self.ids.push(document.id);
        let names = document.names.iter().flatten();
        let mut length = 0.0;
        for word in document.title.iter().chain(names).chain(&document.text) {
            let rows = self.postings.entry(word.folded.clone()).or_default();
            *rows.entry(row).or_default() += 1.0;
            length += 1.0;
        }
        self.lengths.push(length);
    }

    /// The best for these words, at most so many.
    pub fn search(&self, text: &str, most: usize) -> Vec<VacancyId> {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for word in words(text, MOST_WORDS) {
            let Some(rows) = self.postings.get(&word.folded) else {
                continue;
            };
            let (all, having) = (count(self.ids.len()), count(rows.len()));
            let weight = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            for (&row, &often) in rows {
                let length = self.lengths.get(row).copied().unwrap_or(self.mean);
                let damped = often + K1 * (1.0 - B + B * length / self.mean);
                *scores.entry(row).or_default() += weight * often * (K1 + 1.0) / damped;
            }
        }
        let mut best: Vec<(usize, f64)> = scores.into_iter().collect();
        best.sort_unstable_by(|one, other| {
            other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0))
        });
        let ids = best.into_iter().take(most);
        ids.filter_map(|(row, _)| self.ids.get(row).copied())
            .collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 vacancies")]
const fn count(number: usize) -> f64 {
    number as f64
}
