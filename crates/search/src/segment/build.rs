//! How a segment is laid out.

use std::collections::HashMap;

use roaring::RoaringBitmap;

use super::{Dictionary, Forms, Postings, Row, Segment, Term, TitleWord};
use crate::document::Document;
use crate::words::{Word, hash};

/// Where a word stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Where {
    Title,
    Names,
    Text,
}

/// Takes vacancies one after the other.
#[derive(Default)]
pub(crate) struct Builder {
    segment: Segment,
    said: Lists,
    folded: Lists,
    /// The folded word of each word as it is said.
    folds: Vec<Term>,
    pairs: HashMap<(Term, Term), Vec<Row>>,
}

/// The rows of each word, ascending.
#[derive(Default)]
struct Lists {
    ids: HashMap<Box<str>, Term>,
    words: Vec<Box<str>>,
    rows: Vec<[Vec<Row>; 3]>,
}

impl Lists {
    fn term(&mut self, word: &str) -> Term {
        if let Some(&known) = self.ids.get(word) {
            return known;
        }
        let fresh = u32::try_from(self.words.len()).unwrap_or(Term::MAX);
        self.ids.insert(word.into(), fresh);
        self.words.push(word.into());
        self.rows.push(Default::default());
        fresh
    }

    fn add(&mut self, word: &str, row: Row, at: Where) -> Term {
        let term = self.term(word);
        if let Some(lists) = self.rows.get_mut(term as usize) {
            for list in lists.iter_mut().skip(at as usize) {
                if list.last() != Some(&row) {
                    list.push(row);
                }
            }
        }
        term
    }

    fn finish(self) -> Dictionary {
        let postings = self.rows.into_iter().map(|[title, names, any]| Postings {
            title: bitmap(title),
            names: bitmap(names),
            any: bitmap(any),
        });
        Dictionary {
            ids: self.ids,
            words: self.words,
            postings: postings.collect(),
        }
    }
}

fn bitmap(ascending: Vec<Row>) -> RoaringBitmap {
    // Rows are taken one after the other, so they ascend; were they not, what was in order stays.
    RoaringBitmap::from_sorted_iter(ascending.iter().copied()).unwrap_or_default()
}

impl Builder {
    /// Takes a vacancy; its row is the number of those before it.
    pub(crate) fn add(&mut self, document: &Document) {
        let row = u32::try_from(self.segment.ids.len()).unwrap_or(Row::MAX);
        self.segment.ids.push(document.id);
        self.segment.rows.insert(document.id, row);
        let start = self.segment.titles.len();
        self.segment
            .starts
            .push(u32::try_from(start).unwrap_or(u32::MAX));
        let title = self.line(&document.title, row, Where::Title);
        self.segment.titles.extend(title);
        for name in &document.names {
            self.line(name, row, Where::Names);
        }
        for word in &document.text {
            self.word(word, row, Where::Text);
        }
    }

    fn word(&mut self, word: &Word, row: Row, at: Where) -> TitleWord {
        let said = self.said.add(&word.said, row, at);
        let folded = self.folded.add(&word.folded, row, at);
        if self.folds.len() == said as usize {
            self.folds.push(folded);
        }
        TitleWord {
            said,
            folded,
            spelled: hash(&word.spelled),
        }
    }

    fn line(&mut self, words: &[Word], row: Row, at: Where) -> Vec<TitleWord> {
        let line: Vec<TitleWord> = words.iter().map(|word| self.word(word, row, at)).collect();
        for pair in line.windows(2) {
            let [one, other] = pair else { continue };
            let list = self.pairs.entry((one.folded, other.folded)).or_default();
            if list.last() != Some(&row) {
                list.push(row);
            }
        }
        line
    }

    pub(crate) fn finish(self) -> Segment {
        let mut segment = self.segment;
        let end = u32::try_from(segment.titles.len()).unwrap_or(u32::MAX);
        segment.starts.push(end);
        segment.said = self.said.finish();
        segment.folded = self.folded.finish();
        segment.forms = Forms::new(&segment.folded, &self.folds);
        let pairs = self.pairs.into_iter();
        segment.pairs = pairs.map(|(pair, rows)| (pair, bitmap(rows))).collect();
        segment
    }
}
