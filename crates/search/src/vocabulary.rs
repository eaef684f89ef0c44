//! What queries are understood with, besides the vacancies themselves.

use std::collections::HashMap;

use domain::code::{Codes, ProvinceIx};

use crate::phrases::{BadPhrases, Phrases};
use crate::place::{BadPlaces, PlaceNames};
use crate::synonyms::{BadSynonyms, Synonyms};
use crate::words::{Word, may_be, words};

/// Words of a phrase of a job at most.
const LONGEST: usize = 6;
/// Words of a compound at most: "lập trình viên".
const COMPOUND: usize = 3;

/// The texts of the lists.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'t> {
    /// `one,other,direction,weight`.
    pub synonyms: &'t str,
    /// `phrase,kind,value`.
    pub phrases: &'t str,
    /// `name,places`.
    pub places: &'t str,
    /// `word,read_as,why`.
    pub ambiguous: &'t str,
}

/// A list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadVocabulary {
    /// Synonyms.
    #[error("synonyms.csv: {0}")]
    Synonyms(#[from] BadSynonyms),
    /// Phrases.
    #[error("phrases.csv: {0}")]
    Phrases(#[from] BadPhrases),
    /// Names of places.
    #[error("places.csv or ambiguous.csv: {0}")]
    Places(#[from] BadPlaces),
}

/// Synonyms, phrases, places and words of jobs.
pub struct Vocabulary {
    pub(crate) synonyms: Synonyms,
    pub(crate) phrases: Phrases,
    pub(crate) places: PlaceNames,
    /// Phrases of jobs as they are said, by their folded words.
    jobs: HashMap<Vec<String>, Vec<Vec<String>>>,
}

impl Vocabulary {
    /// Reads the lists; `home` is the Centre's own province.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn read(
        texts: Texts<'_>,
        home: Option<ProvinceIx>,
        codes: &Codes,
    ) -> Result<Self, BadVocabulary> {
        let mut vocabulary = Self {
            synonyms: Synonyms::read(texts.synonyms)?,
            phrases: Phrases::read(texts.phrases)?,
            places: PlaceNames::read(texts.places, texts.ambiguous, home, &codes.units)?,
            jobs: HashMap::new(),
        };
        for (phrase, _) in codes.occupations.words() {
            vocabulary.add_job(phrase);
        }
        for (_, skill) in codes.skills.all() {
            vocabulary.add_job(&skill.vi);
            for other in &skill.alt {
                vocabulary.add_job(other);
            }
        }
        Ok(vocabulary)
    }

    fn add_job(&mut self, phrase: &str) {
        let words = words(phrase, LONGEST + 1);
        if (2..=LONGEST).contains(&words.len()) {
            let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
            let said = words.into_iter().map(|word| word.said).collect();
            self.jobs.entry(folded).or_default().push(said);
        }
    }

    /// How many words the longest phrase of a job has with which these begin; 0 for none.
    pub(crate) fn job(&self, words: &[Word]) -> usize {
        self.phrase(words, LONGEST)
    }

    /// As [`Self::job`], but short: "lập trình viên java" is two things.
    pub(crate) fn compound(&self, words: &[Word]) -> usize {
        self.phrase(words, COMPOUND)
    }

    fn phrase(&self, words: &[Word], most: usize) -> usize {
        let longest = (2..=most.min(words.len())).rev().find(|&count| {
            let words = words.get(..count).unwrap_or_default();
            let folded: Vec<String> = words.iter().map(|word| word.folded.clone()).collect();
            let known = self.jobs.get(&folded);
            known.is_some_and(|known| known.iter().any(|said| may_be(words, said)))
        });
        longest.unwrap_or(0)
    }
}
