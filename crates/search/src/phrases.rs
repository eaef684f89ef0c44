//! Phrases of a query that say something about the work but are no words of a job.

use std::collections::HashMap;

use crate::words::{Word, may_be, words};

/// Words of a phrase at most.
const LONGEST: usize = 10;

/// What a phrase speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Nothing: "tìm việc", "giúp em".
    Noise,
    /// What follows is not wanted.
    Negation,
    /// Shifts; the value is a code, or several parted by "|".
    Shift,
    /// Lodging.
    Lodging,
    /// Meals.
    Meal,
    /// A shuttle bus.
    Shuttle,
    /// Another benefit, by its code.
    Benefit,
    /// No certificate is needed.
    NoDegree,
    /// No experience is needed.
    NoExperience,
    /// Contracts, by code.
    Contract,
    /// Near the person.
    NearMe,
    /// A training level, by code.
    Level,
    /// A priority group, by code.
    Group,
    /// A wage of at least, at most or about what follows or stands before.
    WageMore,
    /// A wage of at most.
    WageLess,
    /// Abroad; the value is the code of a country.
    Abroad,
    /// From anywhere.
    Remote,
    /// The newest, or to begin at once.
    Today,
}

impl Kind {
    const ALL: [(Self, &'static str); 18] = [
        (Self::Noise, "noise"),
        (Self::Negation, "negation"),
        (Self::Shift, "shift"),
        (Self::Lodging, "lodging"),
        (Self::Meal, "meal"),
        (Self::Shuttle, "shuttle"),
        (Self::Benefit, "benefit"),
        (Self::NoDegree, "no_degree"),
        (Self::NoExperience, "no_experience"),
        (Self::Contract, "contract"),
        (Self::NearMe, "near_me"),
        (Self::Level, "level"),
        (Self::Group, "group"),
        (Self::WageMore, "wage_more"),
        (Self::WageLess, "wage_less"),
        (Self::Abroad, "abroad"),
        (Self::Remote, "remote"),
        (Self::Today, "today"),
    ];

    fn parse(word: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, known)| *known == word).map(|(kind, _)| kind)
    }

    /// The word in the list and the API.
    pub fn as_str(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }
}

/// A line of the list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadPhrases {
    /// A line is wrong.
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

/// What a phrase means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Meaning {
    pub(crate) kind: Kind,
    pub(crate) value: String,
}

struct Entry {
    said: Vec<String>,
    meaning: Meaning,
}

/// The phrases and what they mean.
#[derive(Default)]
pub struct Phrases {
    /// By folded words.
    phrases: HashMap<Vec<String>, Vec<Entry>>,
    /// All ways to say the same, folded.
    ways: HashMap<Meaning, Vec<Vec<String>>>,
}

impl Phrases {
    /// Reads lines `phrase,kind,value`.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn read(csv: &str) -> Result<Self, BadPhrases> {
        let mut phrases = Self::default();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        for (line, record) in (2..).zip(reader.records()) {
            let record = record?;
            let bad = |problem| BadPhrases::Line { line, problem };
            let cell = |at| record.get(at).unwrap_or_default();
            let words = words(cell(0), LONGEST + 1);
            if words.is_empty() || words.len() > LONGEST {
                return Err(bad("the phrase has no word, or too many"));
            }
            let meaning = Meaning {
                kind: Kind::parse(cell(1)).ok_or_else(|| bad("the kind is not known"))?,
                value: cell(2).to_owned(),
            };
            phrases.add(&words, meaning);
        }
        Ok(phrases)
    }

    fn add(&mut self, words: &[Word], meaning: Meaning) {
        let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
        self.ways
            .entry(meaning.clone())
            .or_default()
            .push(folded.clone());
        let said = words.iter().map(|word| word.said.clone()).collect();
        self.phrases
            .entry(folded)
            .or_default()
            .push(Entry { said, meaning });
    }

    /// The longest phrase with which these words begin, and how many it has. Accents count where
    /// any were typed; in a query without any, a single word that loses its accents is no phrase.
    pub(crate) fn longest(&self, words: &[Word]) -> Option<(usize, &Meaning)> {
        (1..=LONGEST.min(words.len())).rev().find_map(|count| {
            let words = words.get(..count)?;
            let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
            let mut entries = self.phrases.get(&folded)?.iter();
            let entry = entries.find(|entry| {
                let is_said = entry.said.iter().eq(words.iter().map(|word| &word.said));
                is_said || count > 1 && may_be(words, &entry.said)
            })?;
            Some((count, &entry.meaning))
        })
    }

    /// All ways to say the same.
    pub(crate) fn ways(&self, meaning: &Meaning) -> &[Vec<String>] {
        self.ways.get(meaning).map_or(&[], Vec::as_slice)
    }
}
