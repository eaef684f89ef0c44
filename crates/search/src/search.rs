//! A search: from what everybody has who has all words, to what is nearest.

mod found;
mod passing;
pub(crate) mod rank;
mod reading;

use std::collections::HashMap;

use domain::text::shorten;
use roaring::RoaringBitmap;

use crate::ask::{Answer, Ask};
use crate::bound::{Accents, Bound, Field, Loosely};
use crate::index::TextIndex;
use crate::lexicon::Lexicon;
use crate::part::Part;
use crate::query::{Asked, MOST_WORDS};
use crate::segment::Row;
use crate::spell;
use crate::wishes::Conditions;
use crate::words::{Word, spelled, words};
use found::{Found, Tier};
use rank::{kinship, nearness};
use reading::Reading;

/// Letters of a query that are looked at; so many words have fewer.
const MOST_LETTERS: usize = 1_000;
/// How many are looked at where too few have all words.
const NEAR: usize = 300;
/// Where fewer have all words, those that have most are added.
const ENOUGH: u64 = 10;
/// From so many words on a query may be a whole title, mistyped.
const TITLE: usize = 2;
/// The score from which on a title is nearly what was typed, in thousandths.
const NEARLY: u32 = 820;
/// What is left of the score of who has not all words.
const NEAR_SHARE: u32 = 900;
/// The score of what fits where a query has no words of a job.
const NO_WORDS: u32 = 800;
/// What is left of the score of who has all words but another occupation.
const WORDS_LEAST: u32 = 800;
/// How much words count where not all are there; the rest is for the occupation.
const OF_WORDS: u32 = 800;
/// Occupations at least as near are looked at where not all words are there.
const KIN: u32 = 900;

/// A question that is being answered.
pub(crate) struct Search<'i> {
    index: &'i TextIndex,
    lexicon: Lexicon<'i>,
    ask: Ask<'i>,
}

impl<'i> Search<'i> {
    pub(crate) fn new(index: &'i TextIndex, ask: Ask<'i>) -> Self {
        Self {
            lexicon: index.lexicon(),
            index,
            ask,
        }
    }

    pub(crate) fn answer(&self) -> Answer {
        let mut found = Found::new(self.index, self.ask);
        let typed = words(&shorten(self.ask.text, MOST_LETTERS), MOST_WORDS);
        if typed.is_empty() {
            self.everything(&mut found);
            return found.answer();
        }
        let typed = spell::meant(&typed, &self.lexicon).unwrap_or(typed);
        let mut reading = Reading::new(typed, self.index, &self.lexicon);
        self.exactly(&reading, Accents::Count, &mut found);
        // Without accents both are the same.
        if found.is_empty() && reading.whole.has_accents() {
            self.exactly(&reading, Accents::Fold, &mut found);
        }
        let mut corrected = None;
        if found.is_empty()
            && let Some(words) = spell::corrected(&reading.words, &self.lexicon)
        {
            corrected = Some(spelled(&words));
            reading = Reading::new(words, self.index, &self.lexicon);
            self.exactly(&reading, Accents::Fold, &mut found);
        }
        self.nearly(&reading, &mut found);
        if found.total() < ENOUGH {
            self.nearest(&reading, &mut found);
        }
        Answer {
            chips: reading.chips(),
            corrected,
            ..found.answer()
        }
    }

    fn everything(&self, found: &mut Found<'_>) {
        for (at, part) in self.parts() {
            found.add(at, part.rows(), Tier::Words, |_| NO_WORDS);
        }
    }

    fn loosely(&self, asked: &Asked) -> Asked {
        let mut asked = asked.clone();
        let words: Vec<Word> = asked.words().cloned().collect();
        for (at, word) in words.iter().enumerate() {
            asked.widen(at, spell::neighbours(word, &self.lexicon));
        }
        asked
    }

    fn parts(&self) -> impl Iterator<Item = (usize, &'i Part)> {
        self.index.parts.iter().enumerate()
    }

    fn conditions<'q>(&'q self, reading: &'q Reading<'_>, part: &Part) -> Conditions<'q> {
        let phrases = &self.index.vocabulary.phrases;
        Conditions::new(&reading.read, &self.index.codes, phrases, &part.laid)
    }

    fn exactly(&self, reading: &Reading<'_>, accents: Accents, found: &mut Found<'_>) {
        self.literal(reading, accents, found);
        for (at, part) in self.parts() {
            self.understood(reading, accents, at, part, found);
        }
    }

    /// Those whose titles have all that was typed; where there is none, the last word may be
    /// only begun.
    fn literal(&self, reading: &Reading<'_>, accents: Accents, found: &mut Found<'_>) {
        if self.in_title(&reading.whole, accents, found) {
            return;
        }
        if let [.., before, last] = &*reading.words {
            let completions = spell::completions(before, last, &self.lexicon);
            if !completions.is_empty() {
                let mut asked = reading.whole.clone();
                asked.widen(reading.words.len() - 1, completions);
                self.in_title(&asked, accents, found);
            }
        }
    }

    fn in_title(&self, asked: &Asked, accents: Accents, found: &mut Found<'_>) -> bool {
        let mut any = false;
        for (at, part) in self.parts() {
            let bound = Bound::new(asked, &part.laid.segment);
            let mut seen = bound.blank();
            let rows = bound.all(Field::Title, accents);
            let score = |row| bound.rate(row, &mut seen).score();
            any |= found.add(at, rows, Tier::Title, score) > 0;
        }
        any
    }

    /// Those that have the words of a job and fit what else was said.
    fn understood(
        &self,
        reading: &Reading<'_>,
        accents: Accents,
        at: usize,
        part: &Part,
        found: &mut Found<'_>,
    ) {
        let asked = &reading.job;
        let bound = Bound::new(asked, &part.laid.segment);
        let conditions = self.conditions(reading, part);
        let all = if asked.is_empty() {
            part.rows()
        } else {
            bound.all(Field::Any, accents)
        };
        let standing = |row| {
            let entry = part.laid.entry(row)?;
            Some((entry, conditions.standing(row, entry)))
        };
        let mut rows = found.fresh(at, conditions.possible(all));
        if conditions.may_fail() {
            let fits = |row: &Row| standing(*row).is_some_and(|(_, standing)| standing.fits);
            rows = rows.into_iter().filter(fits).collect();
        }
        let mut seen = bound.blank();
        let score = |row| {
            let Some((entry, standing)) = standing(row) else {
                return 0;
            };
            let score = if asked.is_empty() {
                NO_WORDS
            } else {
                let kinship = kinship(reading.trade(), &entry.vacancy).max(WORDS_LEAST);
                bound.rate(row, &mut seen).score() * kinship / 1_000
            };
            score * standing.share / 1_000
        };
        found.add(at, rows, Tier::Words, score);
    }

    /// Titles that are nearly what was typed, where none is just that.
    fn nearly(&self, reading: &Reading<'_>, found: &mut Found<'_>) {
        if reading.words.len() < TITLE || found.has_title() {
            return;
        }
        let any = found.is_empty();
        let asked = self.loosely(&reading.whole);
        for (at, part) in self.parts() {
            let bound = Bound::new(&asked, &part.laid.segment);
            let mut loosely = Loosely::new(&bound, any);
            let rows = bound.most(&part.open(self.ask.today), NEAR).into_iter();
            let scores = rows.filter_map(|row| {
                let score = loosely.rate(row).score();
                (score >= NEARLY && loosely.has_all()).then_some((row, score))
            });
            let near: HashMap<Row, u32> = scores.collect();
            found.raise(at, &near, Tier::Title);
        }
    }

    /// Those that have most of the words or work in a near occupation, or miss a condition.
    fn nearest(&self, reading: &Reading<'_>, found: &mut Found<'_>) {
        let asked = self.loosely(&reading.job);
        let trade = reading.trade();
        for (at, part) in self.parts() {
            let bound = Bound::new(&asked, &part.laid.segment);
            let conditions = self.conditions(reading, part);
            let open = found.fresh(at, part.rows()) - conditions.not();
            let kin = part.kin(|code| trade.is_some_and(|trade| nearness(trade, code) >= KIN));
            let most: RoaringBitmap = bound.most(&open, NEAR).into_iter().collect();
            let mut seen = bound.blank();
            let score = |row| {
                let Some(entry) = part.laid.entry(row) else {
                    return 0;
                };
                let words = bound.rate_partly(row, &mut seen).score();
                let kinship = kinship(trade, &entry.vacancy);
                let score = (words * OF_WORDS + kinship * (1_000 - OF_WORDS)) / 1_000;
                let share = conditions.standing(row, entry).share;
                score * share / 1_000 * NEAR_SHARE / 1_000
            };
            found.add(at, most | (kin & open), Tier::Near, score);
        }
    }
}
