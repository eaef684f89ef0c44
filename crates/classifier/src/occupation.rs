//! The occupation of a title: a code of four digits, how sure each digit is, and why.

use domain::code::IscoCode;
use domain::text::nfc;

use crate::classes::{Classes, major_of};
use crate::features::{Feature, features};
use crate::model::Model;
use crate::title::{self, Word};

/// Phrases that are named as reasons.
const MOST_REASONS: usize = 3;
/// What a phrase must pull to be named, as a share of the strongest.
const STRONG_ENOUGH: f32 = 0.3;
/// What the text counts beside the title.
const TEXT_SHARE: f32 = 0.15;

/// How often, in thousandths, two people who read titles chose the same one to four digits
/// (tests/yardsticks): what was learnt from one reading is right for another no more often.
const AGREEMENT: [u32; 4] = [964, 964, 950, 934];

/// What a title was understood to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    /// The groups from the major group down, each in the one before, with the confidence in
    /// thousandths that it is right. A deeper one is never surer.
    pub levels: Vec<(IscoCode, u16)>,
    /// The words that spoke most for it, as they stand in the title.
    pub because: Vec<String>,
}

impl Occupation {
    /// The whole code, however unsure.
    #[must_use]
    pub fn code(&self) -> Option<IscoCode> {
        self.levels.last().map(|&(code, _)| code)
    }

    /// The longest part that is at least as sure, in thousandths.
    #[must_use]
    pub fn sure(&self, at_least: u16) -> Option<(IscoCode, u16)> {
        let sure = self.levels.iter().rev();
        sure.copied()
            .find(|&(_, confidence)| confidence >= at_least)
    }
}

impl Model {
    /// The occupation that a title names, better with the text; `None` where there is no word.
    #[must_use]
    pub fn occupation(&self, title: &str, text: Option<&str>) -> Option<Occupation> {
        let words = title::read(&nfc(title));
        if words.is_empty() {
            return None;
        }
        if let Some(corrected) = self.corrected(&words) {
            return Some(corrected);
        }
        let seen = features(&words, true);
        let mut shares = self.weights.shares(&self.classes, &seen);
        if let Some(text) = text {
            self.hear(text, &mut shares);
        }
        let levels = self.levels(&raw_levels(&self.classes, &shares));
        let because = levels
            .last()
            .map(|&(code, _)| self.reasons(&words, &seen, code))
            .unwrap_or_default();
        Some(Occupation { levels, because })
    }

    /// The confidences that were found to be right so often.
    fn levels(&self, raw: &[(IscoCode, f32)]) -> Vec<(IscoCode, u16)> {
        let mut least = 1_000;
        let curves = self.curves.iter();
        raw.iter()
            .zip(curves)
            .zip(AGREEMENT)
            .map(|((&(code, share), curve), agreed)| {
                let right = u32::from(curve.read(share)) * agreed / 1_000;
                least = u16::try_from(right).unwrap_or(u16::MAX).clamp(1, least);
                (code, least)
            })
            .collect()
    }

    /// The beginning of the text has a small say: it tells what the title left open.
    fn hear(&self, text: &str, shares: &mut [f32]) {
        let words = title::read(&nfc(text));
        if words.is_empty() {
            return;
        }
        let heard = self.weights.shares(&self.classes, &features(&words, true));
        for (share, heard) in shares.iter_mut().zip(heard) {
            *share = (1.0 - TEXT_SHARE) * *share + TEXT_SHARE * heard;
        }
    }

    /// The phrases that pull most towards a code, none over another.
    fn reasons(&self, words: &[Word], seen: &[Feature], code: IscoCode) -> Vec<String> {
        let Some(class) = self.classes.index(code) else {
            return Vec::new();
        };
        let pull = |feature: &Feature| self.weights.pull(feature, major_of(code), class);
        let mut pulls: Vec<(f32, &Feature)> = seen
            .iter()
            .filter(|feature| feature.count > 0)
            .map(|feature| (pull(feature), feature))
            .filter(|&(pull, _)| pull > 0.0)
            .collect();
        pulls.sort_by(|one, other| {
            other
                .0
                .total_cmp(&one.0)
                .then(one.1.from.cmp(&other.1.from))
                .then(other.1.count.cmp(&one.1.count))
        });
        let mut taken: Vec<(f32, &Feature)> = Vec::new();
        for (pull, feature) in pulls {
            let is_strong = taken
                .first()
                .is_none_or(|(most, _)| pull >= most * STRONG_ENOUGH);
            if is_strong && taken.iter().all(|(_, other)| is_apart(feature, other)) {
                taken.push((pull, feature));
            }
        }
        phrases(words, taken)
    }
}

/// What was taken, as phrases: neighbours together, those that pull most first.
fn phrases(words: &[Word], mut taken: Vec<(f32, &Feature)>) -> Vec<String> {
    taken.sort_by_key(|(_, feature)| feature.from);
    let neighbours = taken.chunk_by(|(_, one), (_, other)| one.from + one.count == other.from);
    let mut phrases: Vec<(f32, String)> = neighbours
        .map(|run| {
            let from = run.first().map_or(0, |(_, feature)| feature.from.into());
            let count = run.iter().map(|(_, feature)| usize::from(feature.count));
            let pull = run.iter().map(|(pull, _)| pull).sum();
            (pull, phrase(words, from, count.sum()))
        })
        .collect();
    phrases.sort_by(|one, other| other.0.total_cmp(&one.0));
    phrases.truncate(MOST_REASONS);
    phrases.into_iter().map(|(_, phrase)| phrase).collect()
}

const fn is_apart(one: &Feature, other: &Feature) -> bool {
    one.from + one.count <= other.from || other.from + other.count <= one.from
}

fn phrase(words: &[Word], from: usize, count: usize) -> String {
    let words = words.iter().skip(from).take(count);
    let shown: Vec<&str> = words.map(|word| word.shown.as_str()).collect();
    shown.join(" ")
}

/// From the major group down: the group with the largest share within the one before.
pub(crate) fn raw_levels(classes: &Classes, shares: &[f32]) -> Vec<(IscoCode, f32)> {
    let mut levels: Vec<(IscoCode, f32)> = Vec::new();
    for digits in 1..=4 {
        let above = levels.last().map(|&(code, _)| code);
        let mut groups: Vec<(IscoCode, f32)> = Vec::new();
        for (&code, &share) in classes.codes().iter().zip(shares) {
            let Some(group) = code.prefix(digits) else {
                continue;
            };
            if above.is_some_and(|above| !code.is_in(above)) {
                continue;
            }
            match groups.last_mut() {
                Some((known, sum)) if *known == group => *sum += share,
                _ => groups.push((group, share)),
            }
        }
        // Of equals the first.
        let best = groups
            .into_iter()
            .reduce(|best, other| if other.1 > best.1 { other } else { best });
        let Some(best) = best else { break };
        levels.push(best);
    }
    levels
}
