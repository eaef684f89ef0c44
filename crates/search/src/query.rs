//! The words of a query, each with what may stand for it.

use crate::stats::Stats;
use crate::vocabulary::Vocabulary;
use crate::words::Word;

/// Words of a query at most; what follows is not looked at.
pub(crate) const MOST_WORDS: usize = 40;

/// The credit of "c#" where "c" is asked for, in thousandths.
const LETTER: u32 = 850;

/// What may stand for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub(crate) word: Word,
    /// In thousandths.
    pub(crate) weight: u32,
}

/// A word that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The word itself first.
    pub(crate) alternatives: Vec<Alternative>,
    /// How much it tells.
    pub(crate) weight: u32,
}

/// Another way to say words that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Synonym {
    /// Folded.
    pub(crate) words: Vec<String>,
    /// As they are said; none where any accents will do.
    pub(crate) said: Vec<String>,
    /// In thousandths.
    pub(crate) weight: u32,
    /// The same words, written otherwise: where they stand in a title, all was typed.
    pub(crate) is_same: bool,
}

/// Words that stand together, and other ways to say them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) first: usize,
    pub(crate) count: usize,
    pub(crate) synonyms: Vec<Synonym>,
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) slots: Vec<Slot>,
    pub(crate) groups: Vec<Group>,
}

impl Asked {
    /// These words, and what the vocabulary knows of them.
    pub(crate) fn new(words: &[Word], stats: &Stats, vocabulary: &Vocabulary) -> Self {
        let words = words.get(..MOST_WORDS).unwrap_or(words);
        let slots = words.iter().map(|word| Slot {
            alternatives: alternatives(word),
            weight: stats.weight(&word.folded),
        });
        Self {
            slots: slots.collect(),
            groups: vocabulary
                .synonyms
                .groups(words, |rest| vocabulary.compound(rest)),
        }
    }

    /// Lets these words stand for one of the slots, too.
    pub(crate) fn widen(&mut self, at: usize, alternatives: Vec<Alternative>) {
        if let Some(slot) = self.slots.get_mut(at) {
            slot.alternatives.extend(alternatives);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// A word itself.
    pub(crate) fn word(&self, at: usize) -> Option<&Word> {
        let first = self.slots.get(at)?.alternatives.first();
        first.map(|known| &known.word)
    }

    /// The words themselves.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let first = self
            .slots
            .iter()
            .filter_map(|slot| slot.alternatives.first());
        first.map(|known| &known.word)
    }

    pub(crate) fn has_accents(&self) -> bool {
        self.words().any(Word::has_accents)
    }
}

/// The word; a letter by itself is a language of that name, too: "C" is "C++" and "C#".
fn alternatives(word: &Word) -> Vec<Alternative> {
    let mut all = vec![Alternative {
        word: word.clone(),
        weight: 1_000,
    }];
    if word.folded.len() == 1 && word.folded.is_ascii() {
        let others = ["++", "#"].into_iter().filter_map(|end| {
            let word = Word::of(format!("{}{end}", word.folded))?;
            Some(Alternative {
                word,
                weight: LETTER,
            })
        });
        all.extend(others);
    }
    all
}
