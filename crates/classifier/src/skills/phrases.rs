//! The labels and synonyms of skills, found in a text.

use std::collections::HashMap;

use domain::code::{Codes, Skill, SkillIx};
use domain::text::{fold, toned};

use crate::title::one_spelling;

/// Words of the longest phrase that is looked for.
const LONGEST: usize = 8;

/// Phrases by their folded words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_words: HashMap<String, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    said: Vec<String>,
    skill: SkillIx,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextWord {
    /// As it stands there, small letters.
    pub(crate) shown: String,
    said: String,
    folded: String,
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it stands for.
    pub(crate) skill: SkillIx,
    /// Its first word.
    pub(crate) from: usize,
    /// How many words it has.
    pub(crate) count: usize,
}

impl TextWord {
    /// A word in small letters.
    pub(crate) fn new(shown: &str) -> Self {
        Self {
            shown: shown.to_owned(),
            said: toned(shown).concat(),
            folded: one_spelling(fold(shown)),
        }
    }

    /// Without accents.
    pub(crate) fn folded(&self) -> &str {
        &self.folded
    }

    /// "các", "30": what says nothing of a task.
    fn is_filler(&self) -> bool {
        const FILLERS: [&str; 10] = [
            "cac", "nhung", "duoc", "cho", "moi", "them", "tot", "tung", "mot", "ca",
        ];
        FILLERS.contains(&self.folded()) || self.folded.chars().all(|c| c.is_ascii_digit())
    }

    fn has_accent(&self) -> bool {
        !self.said.is_ascii()
    }
}

impl Phrases {
    /// The phrases of the skills that are said in Vietnamese and wanted.
    pub(crate) fn new(codes: &Codes, is_wanted: impl Fn(&Skill) -> bool) -> Self {
        let mut phrases = Self::default();
        // What is only in ESCO has English labels, which no advertisement uses.
        let said = codes
            .skills
            .all()
            .filter(|(_, skill)| !skill.vi.is_empty() && is_wanted(skill));
        for (at, skill) in said {
            for phrase in [&skill.vi].into_iter().chain(&skill.alt) {
                phrases.add(phrase, at);
            }
        }
        phrases
    }

    fn add(&mut self, phrase: &str, skill: SkillIx) {
        let words: Vec<TextWord> = words(phrase);
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        let known = self.by_words.entry(key(&words)).or_default();
        known.push(Phrase {
            said: words.into_iter().map(|word| word.said).collect(),
            skill,
        });
    }

    /// What is found from left to right, at each place the longest. A text with accents is taken at
    /// its word; one without may mean each phrase of more than one word. One that begins within
    /// another and ends behind it is found as well, or alone where the other names nothing more:
    /// "kế toán nội bộ" in "nhân viên kế toán nội bộ".
    pub(crate) fn find(&self, words: &[TextWord], with_accents: bool) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let Some(hit) = self.begins_at(words, from, with_accents) else {
                from += 1;
                continue;
            };
            let ends = from + hit.count;
            let names = from + rank(words.get(from..ends).unwrap_or_default());
            let next = self.begins_at(words, ends, with_accents);
            let crossing = (from + 1..ends).filter(|_| next.is_none()).find_map(|at| {
                let later = self.begins_at(words, at, with_accents)?;
                (at + later.count > ends).then_some(later)
            });
            // What names nothing that the other does not is no second skill.
            hits.extend(Some(hit).filter(|_| crossing.is_none_or(|other| other.from > names)));
            from = crossing.map_or(ends, |other| other.from);
        }
        hits
    }

    fn begins_at(&self, words: &[TextWord], from: usize, with_accents: bool) -> Option<Hit> {
        let hit = self.begins(words.get(from..)?, with_accents)?;
        Some(Hit { from, ..hit })
    }

    /// The longest phrase that some words begin with.
    pub(crate) fn begins(&self, words: &[TextWord], with_accents: bool) -> Option<Hit> {
        let most = LONGEST.min(words.len());
        (1..=most).rev().find_map(|count| {
            let skill = self.at(words.get(..count)?, with_accents)?;
            Some(Hit {
                skill,
                from: 0,
                count,
            })
        })
    }

    /// The phrase that some words begin with where one of them is left out, neither the first nor
    /// the last: "lau cửa kính".
    pub(crate) fn begins_with_gap(&self, words: &[TextWord], with_accents: bool) -> Option<Hit> {
        let most = (LONGEST + 1).min(words.len());
        (3..=most).rev().find_map(|count| {
            let run = words.get(..count)?;
            (1..count - 1).find_map(|left_out| {
                // Another word between two changes what they say: "nhận đơn hàng".
                let is_filler = run.get(left_out).is_some_and(TextWord::is_filler);
                if count == 3 && !is_filler {
                    return None;
                }
                let mut run = run.to_vec();
                run.remove(left_out);
                let skill = self.at(&run, with_accents)?;
                Some(Hit {
                    skill,
                    from: 0,
                    count,
                })
            })
        })
    }

    fn at(&self, run: &[TextWord], with_accents: bool) -> Option<SkillIx> {
        let phrases = self.by_words.get(&key(run))?.iter();
        let is_meant = |phrase: &&Phrase| {
            let same = phrase
                .said
                .iter()
                .zip(run)
                .all(|(said, word)| *said == word.said);
            same || (!with_accents && run.len() > 1) || one_way_or_the_other(&phrase.said, run)
        };
        phrases
            .into_iter()
            .find(is_meant)
            .map(|phrase| phrase.skill)
    }
}

/// How many words at the beginning say who does it, and not what.
fn rank(words: &[TextWord]) -> usize {
    const RANKS: [[&str; 2]; 7] = [
        ["nhan", "vien"],
        ["chuyen", "vien"],
        ["cong", "nhan"],
        ["can", "bo"],
        ["ki", "su"],
        ["tu", "van"],
        ["truong", "phong"],
    ];
    let begins = |rank: &[&str; 2]| {
        words.len() > rank.len()
            && rank
                .iter()
                .zip(words)
                .all(|(one, word)| *one == word.folded)
    };
    if RANKS.iter().any(begins) { 2 } else { 0 }
}

/// "kỹ sư" and "kĩ sư" are said alike.
fn one_way_or_the_other(said: &[String], run: &[TextWord]) -> bool {
    let one = |word: &str| word.replace('y', "i");
    said.iter()
        .zip(run)
        .all(|(said, word)| one(said) == one(&word.said))
}

fn key(words: &[TextWord]) -> String {
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    folded.join(" ")
}

/// The words of a piece of text.
pub(crate) fn words(text: &str) -> Vec<TextWord> {
    let is_apart = |c: char| !(c.is_alphanumeric() || c == '+' || c == '#' || is_mark(c));
    let parts = text.split(is_apart).filter(|word| !word.is_empty());
    parts
        .map(|word| TextWord::new(&word.to_lowercase()))
        .filter(|word| word.folded.chars().any(char::is_alphanumeric))
        .collect()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a text is written with accents: one word in eight has one.
pub(crate) fn has_accents(words: &[TextWord]) -> bool {
    let accented = words.iter().filter(|word| word.has_accent()).count();
    accented * 8 > words.len()
}
