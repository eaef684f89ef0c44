//! What a query says beside the words of a job: where, for how much, when, what not.

mod figure;

use domain::code::AdminUnits;
use domain::reading::place::Area;

use crate::level::{Level, languages};
use crate::phrases::{Kind, Meaning};
use crate::place::PlaceAsked;
use crate::vocabulary::Vocabulary;
use crate::words::Word;

/// Words that are not wanted at most, after "không phải".
const MOST_NOT: usize = 3;

/// Something that the work should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) meaning: Meaning,
    /// The words that said so.
    pub(crate) span: Span,
}

/// Words of a query: from, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: usize,
    pub(crate) count: usize,
}

/// A query, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Understood {
    /// The words of a job that are left.
    pub(crate) words: Vec<Word>,
    pub(crate) wishes: Vec<Wish>,
    /// Words that are not wanted.
    pub(crate) not: Vec<Vec<Word>>,
    /// Conditions that are not wanted.
    pub(crate) unwanted: Vec<Meaning>,
    pub(crate) place: Option<PlaceAsked>,
    /// The least wage, in VND a month.
    pub(crate) wage: Option<u64>,
    /// The experience that somebody has, in months.
    pub(crate) months: Option<u16>,
    /// The languages that are named, as [`languages`] has them.
    pub(crate) languages: u16,
    /// For whom the words are.
    pub(crate) level: Option<Level>,
    pub(crate) spans: Vec<(Said, Span)>,
}

/// What some words of a query were understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    Wish(Kind),
    Not,
    Place,
    Wage,
    Months,
}

/// What a query is understood with.
pub(crate) struct Reader<'r> {
    pub(crate) vocabulary: &'r Vocabulary,
    pub(crate) units: &'r AdminUnits,
}

impl Reader<'_> {
    pub(crate) fn read(&self, words: &[Word]) -> Understood {
        let mut read = Understood::default();
        let mut areas: Vec<Area> = Vec::new();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            at += self.step(at, rest, &mut areas, &mut read);
        }
        if !areas.is_empty() {
            read.place = Some(PlaceAsked::new(areas, self.units));
        }
        read.level = Some(Level::of_words(words));
        read.languages = languages(words);
        read
    }

    /// Reads on; how many words were read.
    fn step(
        &self,
        at: usize,
        rest: &[Word],
        areas: &mut Vec<Area>,
        read: &mut Understood,
    ) -> usize {
        if let Some((count, figure)) = figure::begin(rest) {
            match figure {
                figure::Figure::Wage(least) => {
                    read.wage = Some(least);
                    read.note(Said::Wage, at, count);
                }
                figure::Figure::Months(months) => {
                    read.months = Some(months);
                    read.note(Said::Months, at, count);
                }
                figure::Figure::Age => {}
            }
            return count;
        }
        let job = self.vocabulary.job(rest);
        let phrase = self.vocabulary.phrases.longest(rest);
        let longest = phrase.map_or(0, |(count, _)| count);
        let place = self.vocabulary.places.begin(rest, self.units);
        if let Some(place) = place.filter(|place| place.count > longest && place.count > job) {
            areas.extend(place.areas);
            read.note(Said::Place, at, place.count);
            return place.count;
        }
        match phrase.filter(|_| longest >= job) {
            Some((count, meaning)) if meaning.kind == Kind::Negation => {
                self.negation(at, rest, count, meaning, read)
            }
            Some((count, meaning)) => {
                if is_wish(meaning.kind) {
                    read.wishes.push(Wish {
                        meaning: meaning.clone(),
                        span: Span { from: at, count },
                    });
                    read.note(Said::Wish(meaning.kind), at, count);
                }
                if is_word_too(meaning) {
                    read.words.extend(rest.iter().take(count).cloned());
                }
                count
            }
            None => {
                let count = job.max(1);
                read.words.extend(rest.iter().take(count).cloned());
                count
            }
        }
    }

    /// Reads what follows a negation: words that are not wanted, or a condition that is turned off.
    fn negation(
        &self,
        at: usize,
        rest: &[Word],
        count: usize,
        meaning: &Meaning,
        read: &mut Understood,
    ) -> usize {
        let after = rest.get(count..).unwrap_or_default();
        if let Some((more, other)) = self.vocabulary.phrases.longest(after) {
            if matches!(other.kind, Kind::Shift | Kind::Contract | Kind::Remote) {
                read.unwanted.push(other.clone());
                read.note(Said::Not, at, count + more);
            }
            return count + more;
        }
        let not = self.unwanted(after, meaning.value == "not");
        let all = count + not.len();
        if !not.is_empty() {
            read.not.push(not);
            read.note(Said::Not, at, all);
        }
        all
    }

    /// What follows a negation: up to the next phrase or place; a phrase of a job where `any` word
    /// may not follow.
    fn unwanted(&self, rest: &[Word], any: bool) -> Vec<Word> {
        let job = self.vocabulary.job(rest);
        if job > 0 {
            return rest.iter().take(job).cloned().collect();
        }
        let mut not = Vec::new();
        let most = if any { MOST_NOT } else { 1 };
        for (at, word) in rest.iter().enumerate().take(most) {
            let after = rest.get(at..).unwrap_or_default();
            let ends = self.vocabulary.phrases.longest(after).is_some()
                || self.vocabulary.places.begin(after, self.units).is_some();
            if ends {
                break;
            }
            not.push(word.clone());
        }
        not
    }
}

const fn is_wish(kind: Kind) -> bool {
    !matches!(kind, Kind::Noise | Kind::WageMore | Kind::WageLess)
}

/// Titles say these, too: who asks for an internship finds it by the word.
fn is_word_too(meaning: &Meaning) -> bool {
    meaning.kind == Kind::Contract && meaning.value == "internship"
}

impl Understood {
    fn note(&mut self, said: Said, from: usize, count: usize) {
        self.spans.push((said, Span { from, count }));
    }

    /// Whether work for these is asked for.
    pub(crate) fn asks_level(&self, level: Level) -> bool {
        self.level == Some(level)
    }
}
