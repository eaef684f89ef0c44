//! Other ways to say what a query says: "tài xế" is "lái xe", "CNTT" is "công nghệ thông tin".

use std::collections::HashMap;

use crate::query::{Group, Synonym};
use crate::words::{Word, may_be, words};

/// Words of a phrase at most.
const LONGEST: usize = 8;

/// A line of the list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadSynonyms {
    /// Not a table.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong.
        problem: &'static str,
    },
    /// Not CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

struct Entry {
    said: Vec<String>,
    other: Synonym,
}

/// Phrases and what else says the same.
#[derive(Default)]
pub struct Synonyms {
    /// By the folded words of the phrase.
    phrases: HashMap<Vec<String>, Vec<Entry>>,
}

impl Synonyms {
    /// Reads lines `one,other,direction,weight`: direction is `both`, or `to` where who asks for
    /// the one is shown the other but not the reverse; weight is at most 1.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn read(csv: &str) -> Result<Self, BadSynonyms> {
        let mut synonyms = Self::default();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for (line, record) in (2..).zip(reader.records()) {
            let record = record?;
            let bad = |problem| BadSynonyms::Line { line, problem };
            let cell = |at| record.get(at).unwrap_or_default();
            let weight: f64 = cell(3)
                .parse()
                .map_err(|_| bad("the weight is no number"))?;
            if !(weight > 0.0 && weight <= 1.0) {
                return Err(bad("the weight is not above 0 and at most 1"));
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked above"
            )]
            let weight = (weight * 1_000.0).round() as u32;
            let (one, other) = (words(cell(0), LONGEST + 1), words(cell(1), LONGEST + 1));
            if [&one, &other]
                .iter()
                .any(|words| words.is_empty() || words.len() > LONGEST)
            {
                return Err(bad("a phrase has no word, or too many"));
            }
            synonyms.add(&one, &other, weight);
            match cell(2) {
                "both" => synonyms.add(&other, &one, weight),
                "to" => {}
                _ => return Err(bad("the direction is neither both nor to")),
            }
        }
        Ok(synonyms)
    }

    fn add(&mut self, one: &[Word], other: &[Word], weight: u32) {
        let folded = |words: &[Word]| words.iter().map(|word| word.folded.clone()).collect();
        let entry = Entry {
            said: one.iter().map(|word| word.said.clone()).collect(),
            other: Synonym {
                said: other.iter().map(|word| word.said.clone()).collect(),
                words: folded(other),
                weight,
                is_same: false,
            },
        };
        self.phrases.entry(folded(one)).or_default().push(entry);
    }

    /// The words in groups: a phrase with synonyms, the longest first, or so many words as `job`
    /// says belong together, or a word by itself.
    pub(crate) fn groups(&self, words: &[Word], job: impl Fn(&[Word]) -> usize) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut first = 0;
        while first < words.len() {
            let rest = words.get(first..).unwrap_or_default();
            let longest = (1..=LONGEST.min(rest.len())).rev().find_map(|count| {
                let synonyms = self.of(rest.get(..count)?);
                (!synonyms.is_empty()).then_some((count, synonyms))
            });
            let (count, synonyms) = longest.unwrap_or_else(|| (job(rest).max(1), Vec::new()));
            groups.push(Group {
                first,
                count,
                synonyms,
            });
            first += count;
        }
        groups
    }

    /// What else says the same as these words. Accents count where any were typed.
    fn of(&self, words: &[Word]) -> Vec<Synonym> {
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        let entries = self.phrases.get(&folded).into_iter().flatten();
        let meant = entries.filter(|entry| may_be(words, &entry.said));
        meant.map(|entry| entry.other.clone()).collect()
    }
}
