//! Vacancies laid out for searching: for each word who has it, and the words of each title.

mod build;
mod forms;

use std::collections::HashMap;

use domain::id::VacancyId;
use roaring::RoaringBitmap;

pub(crate) use build::Builder;
pub(crate) use forms::{Forms, Shape};

use crate::stats::Stats;

/// The number of a word in a segment.
pub(crate) type Term = u32;
/// The place of a vacancy in a segment.
pub(crate) type Row = u32;

/// Who has a word.
#[derive(Default)]
pub(crate) struct Postings {
    /// In the title.
    pub(crate) title: RoaringBitmap,
    /// In the title or a name.
    pub(crate) names: RoaringBitmap,
    /// Anywhere.
    pub(crate) any: RoaringBitmap,
}

/// Words of one form.
#[derive(Default)]
pub(crate) struct Dictionary {
    ids: HashMap<Box<str>, Term>,
    words: Vec<Box<str>>,
    postings: Vec<Postings>,
}

impl Dictionary {
    pub(crate) fn get(&self, word: &str) -> Option<Term> {
        self.ids.get(word).copied()
    }

    pub(crate) fn postings(&self, term: Term) -> Option<&Postings> {
        self.postings.get(term as usize)
    }

    /// Who has the word.
    pub(crate) fn of(&self, word: &str) -> Option<&Postings> {
        self.postings(self.get(word)?)
    }

    pub(crate) fn word(&self, term: Term) -> &str {
        self.words.get(term as usize).map_or("", |word| word)
    }

    pub(crate) fn words(&self) -> impl Iterator<Item = (Term, &str)> {
        (0..).zip(self.words.iter().map(|word| &**word))
    }

    /// How many have the word in a title or a name.
    pub(crate) fn having(&self, term: Term) -> u64 {
        self.postings(term).map_or(0, |known| known.names.len())
    }
}

/// A word of a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TitleWord {
    pub(crate) said: Term,
    pub(crate) folded: Term,
    /// A hash of how it is spelled.
    pub(crate) spelled: u32,
}

/// Vacancies that are not changed any more; who is gone is known elsewhere.
#[derive(Default)]
pub(crate) struct Segment {
    pub(crate) said: Dictionary,
    pub(crate) folded: Dictionary,
    pub(crate) forms: Forms,
    /// Neighbours in a title or a name, folded.
    pairs: HashMap<(Term, Term), RoaringBitmap>,
    ids: Vec<VacancyId>,
    rows: HashMap<VacancyId, Row>,
    titles: Vec<TitleWord>,
    /// Where the title of a row begins; one more than there are rows.
    starts: Vec<u32>,
    /// How much each folded word tells.
    weights: Vec<u32>,
}

impl Segment {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> Row {
        Row::try_from(self.ids.len()).unwrap_or(Row::MAX)
    }

    pub(crate) fn row(&self, id: VacancyId) -> Option<Row> {
        self.rows.get(&id).copied()
    }

    pub(crate) fn title(&self, row: Row) -> &[TitleWord] {
        let at = row as usize;
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        bounds
            .and_then(|(&from, &to)| self.titles.get(from as usize..to as usize))
            .unwrap_or_default()
    }

    /// How much a folded word tells.
    pub(crate) fn weight(&self, folded: Term) -> u32 {
        self.weights.get(folded as usize).copied().unwrap_or(0)
    }

    /// Weighs its words.
    pub(crate) fn weigh(&mut self, stats: &Stats) {
        let words = self.folded.words();
        self.weights = words.map(|(_, word)| stats.weight(word)).collect();
    }

    /// Who has these two folded words side by side.
    pub(crate) fn pair(&self, one: Term, other: Term) -> Option<&RoaringBitmap> {
        self.pairs.get(&(one, other))
    }

    /// Who has this phrase in a title or a name.
    pub(crate) fn phrase(&self, words: &[String]) -> RoaringBitmap {
        let terms: Option<Vec<Term>> = words.iter().map(|word| self.folded.get(word)).collect();
        let Some(terms) = terms else {
            return RoaringBitmap::new();
        };
        if let [alone] = *terms {
            let postings = self.folded.postings(alone);
            return postings
                .map(|known| known.names.clone())
                .unwrap_or_default();
        }
        let mut pairs = terms.windows(2).map(|pair| match *pair {
            [one, other] => self.pair(one, other),
            _ => None,
        });
        let mut found = pairs.next().flatten().cloned().unwrap_or_default();
        for pair in pairs {
            match pair {
                Some(pair) => found &= pair,
                None => return RoaringBitmap::new(),
            }
        }
        found
    }
}
