//! The skills that a title and a text ask for.

mod clauses;
mod fits;
mod phrases;
mod sharing;

use std::cmp::Reverse;
use std::collections::HashMap;

use domain::code::{Codes, IscoCode, SkillIx};
use domain::text::{nfc, shorten};
use domain::vacancy::Confidence;

use crate::model::Model;
use crate::title;
use clauses::{Clause, clauses};
use fits::{Fits, Ground};
use phrases::{Hit, Phrases, TextWord, has_accents, words};
use sharing::{joined, with_verb_of};

/// What follows in a longer text is not read.
const MOST_CHARACTERS: usize = 8_000;
/// Skills of one vacancy at most.
const MOST_SKILLS: usize = 24;

/// A skill that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSkill {
    /// Which.
    pub skill: SkillIx,
    /// How sure it is that the vacancy asks for it.
    pub confidence: Confidence,
    /// The words that it was found by.
    pub because: String,
}

/// A skill, the words that name it, and how many these are.
type Named = (SkillIx, String, usize);

/// Reads skills with the phrases of the code lists.
#[derive(Debug)]
pub struct SkillReader {
    phrases: Phrases,
    /// Those of languages alone: "tiếng Trung" is asked for in "phiên dịch tiếng Trung" too.
    languages: Phrases,
    by_code: HashMap<String, SkillIx>,
    fits: Fits,
}

impl SkillReader {
    /// Ready to read, with the labels and synonyms of the code lists.
    #[must_use]
    pub fn new(codes: &Codes) -> Self {
        Self {
            phrases: Phrases::new(codes, |_| true),
            languages: Phrases::new(codes, |skill| skill.parent.starts_with("lang")),
            by_code: codes
                .skills
                .all()
                .map(|(at, skill)| (skill.code.clone(), at))
                .collect(),
            fits: Fits::new(codes),
        }
    }

    /// The skills that a title and a text ask for, the surest first; where the title names none,
    /// the one that its occupation mostly asks for.
    #[must_use]
    pub fn skills(&self, model: &Model, title: &str, text: Option<&str>) -> Vec<FoundSkill> {
        let mut found = Vec::new();
        for (skill, because, count) in self.in_title(title) {
            add(&mut found, skill, in_title(count), because);
        }
        if found.is_empty() {
            found.extend(self.implied(model, title, text));
        }
        if let Some(text) = text {
            let job = model
                .occupation(title, Some(text))
                .and_then(|said| said.code());
            let named: Vec<SkillIx> = found.iter().map(|found| found.skill).collect();
            for (skill, because, count) in self.in_text(text, job, &named) {
                let ground = self.fits.ground(skill, job, &named);
                add(&mut found, skill, in_text(ground, count), because);
            }
        }
        self.fits.leave_out_wider(&mut found);
        found.sort_by_key(|found| Reverse(found.confidence.get()));
        found.truncate(MOST_SKILLS);
        found
    }

    /// The skills that a title names, with their words.
    pub(crate) fn in_title(&self, title: &str) -> Vec<Named> {
        let read = title::read(&nfc(title));
        let all: Vec<TextWord> = read.iter().map(|word| TextWord::new(&word.shown)).collect();
        let with_accents = has_accents(&all);
        let segments = read.chunk_by(|one, other| one.segment == other.segment);
        let mut found = Vec::new();
        let mut from = 0;
        for segment in segments {
            let words = all.get(from..from + segment.len()).unwrap_or_default();
            from += segment.len();
            for phrases in [&self.phrases, &self.languages] {
                let mut hits = phrases.find(words, with_accents);
                hits.retain(|hit| !is_for_others(words, hit.from));
                found.extend(with_words(words, &hits));
            }
        }
        found
    }

    /// The skills that a text asks for, with their words.
    fn in_text(&self, text: &str, job: Option<IscoCode>, named: &[SkillIx]) -> Vec<Named> {
        let text = shorten(&nfc(text), MOST_CHARACTERS);
        let with_accents = has_accents(&words(&text));
        let clauses = clauses(&text);
        let mut found = Vec::new();
        for (at, clause) in clauses.iter().enumerate() {
            if !clause.asks() {
                continue;
            }
            let mut hits = self.phrases.find(&clause.words, with_accents);
            hits.retain(|hit| self.is_asked(clause, hit, job, named));
            found.extend(with_words(&clause.words, &hits));
            let before = at.checked_sub(1).and_then(|before| clauses.get(before));
            let before = before.filter(|before| before.sentence == clause.sentence);
            let mut shared = joined(&self.phrases, clause, with_accents);
            if let Some(before) = before {
                shared.extend(with_verb_of(&self.phrases, before, clause, with_accents));
            }
            shared.retain(|shared| self.fits.fits_closely(shared.hit.skill, job, named));
            found.extend(shared.into_iter().map(|shared| {
                let count = shared.hit.count + 1;
                (shared.hit.skill, shared.because, count)
            }));
            let gaps = self.with_gaps(clause, &hits, with_accents);
            let gaps: Vec<Hit> = gaps
                .into_iter()
                .filter(|hit| self.fits.fits_closely(hit.skill, job, named))
                .filter(|hit| self.is_asked(clause, hit, job, named))
                .collect();
            found.extend(with_words(&clause.words, &gaps));
        }
        found
    }

    /// Phrases with a word between, where no other phrase begins.
    fn with_gaps(&self, clause: &Clause, hits: &[Hit], with_accents: bool) -> Vec<Hit> {
        let is_taken = |at: usize| {
            hits.iter()
                .any(|hit| (hit.from..hit.from + hit.count).contains(&at))
        };
        let begins = (0..clause.words.len()).filter(|&at| !is_taken(at));
        begins
            .filter_map(|from| {
                let rest = clause.words.get(from..)?;
                let hit = self.phrases.begins_with_gap(rest, with_accents)?;
                Some(Hit { from, ..hit })
            })
            .collect()
    }

    fn is_asked(
        &self,
        clause: &Clause,
        hit: &Hit,
        job: Option<IscoCode>,
        named: &[SkillIx],
    ) -> bool {
        let is_tool = hit.count == 1
            && clause
                .words
                .get(hit.from)
                .is_some_and(|word| word.shown.is_ascii());
        if !clause.asks_at(hit.from) || clause.is_somebody(hit.from, hit.count) {
            return false;
        }
        if self.fits.is_language(hit.skill) {
            return clause.is_mastered(hit.from, hit.count);
        }
        let may_be_beside = is_tool || clause.is_task(hit.from);
        !self.fits.is_beside(hit.skill, job)
            && (self.fits.fits(hit.skill, job, named)
                || may_be_beside
                    && (hit.count > 2 || self.fits.fits_loosely(hit.skill, job, named)))
    }

    fn implied(&self, model: &Model, title: &str, text: Option<&str>) -> Option<FoundSkill> {
        let occupation = model.occupation(title, text)?;
        let (code, sure) = occupation.sure(1)?;
        let (skill, share) = model.implied_skill(code)?;
        let thousandths = u32::from(sure) * u32::from(share) / 1_000;
        Some(FoundSkill {
            skill: *self.by_code.get(skill)?,
            confidence: Confidence::thousandths(u16::try_from(thousandths).ok()?)?,
            because: occupation.because.join(", "),
        })
    }
}

/// "Nấu cơm cho thợ hồ" looks for no mason.
fn is_for_others(words: &[TextWord], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    before.is_some_and(|word| word.shown == "cho")
}

fn with_words(words: &[TextWord], hits: &[Hit]) -> Vec<Named> {
    let phrase = |hit: &Hit| {
        let run = words.iter().skip(hit.from).take(hit.count);
        run.map(|word| word.shown.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    hits.iter()
        .map(|hit| (hit.skill, phrase(hit), hit.count))
        .collect()
}

fn add(found: &mut Vec<FoundSkill>, skill: SkillIx, confidence: Confidence, because: String) {
    if found.iter().all(|known| known.skill != skill) {
        found.push(FoundSkill {
            skill,
            confidence,
            because,
        });
    }
}

/// How often what a title names in so many words is asked for.
fn in_title(words: usize) -> Confidence {
    confidence(if words == 1 { 820 } else { 880 })
}

/// How often what a text names in so many words is asked for, by what it has to do with the job:
/// as counted on texts that were read while tuning, a little lower for those that were not.
fn in_text(ground: Ground, words: usize) -> Confidence {
    confidence(match (ground, words) {
        (Ground::Anybodys, _) => 730,
        (Ground::Job, 0..=2) => 700,
        (Ground::Job, _) => 790,
        (Ground::Near, 0..=2) => 610,
        (Ground::Near, 3) => 710,
        (Ground::Near, _) => 820,
        (Ground::Beside, 0..=2) => 500,
        (Ground::Beside, 3) => 570,
        (Ground::Beside, _) => 700,
    })
}

fn confidence(thousandths: u16) -> Confidence {
    Confidence::thousandths(thousandths).unwrap_or(Confidence::LOOKED_UP)
}
