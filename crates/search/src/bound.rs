//! A query against the words of one segment: who has them, and how well.

mod near;
mod rate;
mod seen;

use roaring::RoaringBitmap;

pub(crate) use near::Loosely;

use crate::query::{Alternative, Asked, Group, Synonym};
use crate::segment::{Dictionary, Postings, Segment, Term};
use crate::words::hash;

/// Where a word may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    /// Title, employer, places, occupations and skills.
    Names,
    Any,
}

/// Whether accents part words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Accents {
    /// A word is itself only: "may" is not "máy".
    Count,
    /// Folded words are compared.
    Fold,
}

struct Choice {
    said: Option<Term>,
    folded: Option<Term>,
    spelled: u32,
    weight: u32,
}

struct BoundSlot {
    choices: Vec<Choice>,
    weight: u32,
}

struct BoundSynonym {
    /// `None` where a word is in no vacancy.
    terms: Option<Vec<Term>>,
    having: RoaringBitmap,
    /// Who has it in the title, where it is the same words written otherwise.
    titles: RoaringBitmap,
    weight: u32,
}

impl BoundSynonym {
    fn new(synonym: &Synonym, segment: &Segment) -> Self {
        let mut having = segment.phrase(&synonym.words);
        // "kiểm thử" is not "kiêm thủ", and "may công nghiệp" no "máy công nghiệp".
        let has_accents = synonym.said.iter().any(|said| !said.is_ascii());
        for said in synonym.said.iter().filter(|_| has_accents) {
            match segment.said.of(said) {
                Some(known) => having &= &known.names,
                None => having.clear(),
            }
        }
        let mut titles = RoaringBitmap::new();
        if synonym.is_same {
            titles.clone_from(&having);
            for word in &synonym.words {
                let postings = segment.folded.of(word);
                titles &= postings
                    .map(|known| known.title.clone())
                    .unwrap_or_default();
            }
        }
        Self {
            terms: terms(&synonym.words, &segment.folded),
            having,
            titles,
            weight: synonym.weight,
        }
    }
}

/// The query in the numbers of a segment.
pub(crate) struct Bound<'s> {
    segment: &'s Segment,
    asked: &'s Asked,
    slots: Vec<BoundSlot>,
    synonyms: Vec<Vec<BoundSynonym>>,
    has_accents: bool,
}

impl<'s> Bound<'s> {
    pub(crate) fn new(asked: &'s Asked, segment: &'s Segment) -> Self {
        let choice = |known: &Alternative| Choice {
            said: segment.said.get(&known.word.said),
            folded: segment.folded.get(&known.word.folded),
            spelled: hash(&known.word.spelled),
            weight: known.weight,
        };
        let slots: Vec<BoundSlot> = asked
            .slots
            .iter()
            .map(|slot| BoundSlot {
                choices: slot.alternatives.iter().map(choice).collect(),
                weight: slot.weight,
            })
            .collect();
        let synonyms = asked.groups.iter().map(|group| {
            let bound = group.synonyms.iter();
            bound
                .map(|synonym| BoundSynonym::new(synonym, segment))
                .collect()
        });
        Self {
            synonyms: synonyms.collect(),
            has_accents: asked.has_accents(),
            slots,
            segment,
            asked,
        }
    }

    /// Who has all words.
    pub(crate) fn all(&self, field: Field, accents: Accents) -> RoaringBitmap {
        let mut groups: Vec<RoaringBitmap> = self
            .asked
            .groups
            .iter()
            .zip(&self.synonyms)
            .map(|(group, synonyms)| self.of_group(group, synonyms, field, accents))
            .collect();
        groups.sort_unstable_by_key(RoaringBitmap::len);
        let mut groups = groups.into_iter();
        let mut all = groups.next().unwrap_or_default();
        for group in groups {
            all &= group;
        }
        all
    }

    fn of_group(
        &self,
        group: &Group,
        synonyms: &[BoundSynonym],
        field: Field,
        accents: Accents,
    ) -> RoaringBitmap {
        let mut found = self.of_words(group, field, accents);
        if field == Field::Any && group.count == 2 {
            // Where both stand in titles and names, they stand side by side, or are other words.
            found -=
                self.of_words(group, Field::Names, accents) - self.side_by_side(group, accents);
        }
        for synonym in synonyms {
            found |= match field {
                Field::Title => &synonym.titles,
                Field::Names | Field::Any => &synonym.having,
            };
        }
        found
    }

    fn of_words(&self, group: &Group, field: Field, accents: Accents) -> RoaringBitmap {
        let slots = self.slots.iter().skip(group.first).take(group.count);
        let mut lists: Vec<RoaringBitmap> = slots
            .map(|slot| self.of_slot(slot, field, accents))
            .collect();
        lists.sort_unstable_by_key(RoaringBitmap::len);
        let mut lists = lists.into_iter();
        let mut found = lists.next().unwrap_or_default();
        for list in lists {
            found &= list;
        }
        found
    }

    /// Who has the words of a group as a phrase. A title that has them with other accents ("thợ
    /// máy") is not where they stand.
    fn side_by_side(&self, group: &Group, accents: Accents) -> RoaringBitmap {
        let slots = self.asked.slots.iter().skip(group.first).take(group.count);
        let first = slots.filter_map(|slot| slot.alternatives.first());
        let words: Vec<String> = first.map(|known| known.word.folded.clone()).collect();
        let other_accents = self.of_words(group, Field::Title, Accents::Fold)
            - self.of_words(group, Field::Title, accents);
        self.segment.phrase(&words) - other_accents
    }

    fn of_slot(&self, slot: &BoundSlot, field: Field, accents: Accents) -> RoaringBitmap {
        let mut found = RoaringBitmap::new();
        for choice in &slot.choices {
            if let Some(postings) = self.postings(choice, accents) {
                found |= match field {
                    Field::Title => &postings.title,
                    Field::Names => &postings.names,
                    Field::Any => &postings.any,
                };
            }
        }
        found
    }

    fn postings(&self, choice: &Choice, accents: Accents) -> Option<&'s Postings> {
        if accents == Accents::Count && self.has_accents {
            self.segment.said.postings(choice.said?)
        } else {
            self.segment.folded.postings(choice.folded?)
        }
    }
}

fn terms(words: &[String], folded: &Dictionary) -> Option<Vec<Term>> {
    words.iter().map(|word| folded.get(word)).collect()
}
