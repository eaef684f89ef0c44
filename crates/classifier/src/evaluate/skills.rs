//! Skills: which of the labelled phrases are found, and which of the found are labelled.

use std::collections::{HashMap, HashSet};
use std::fmt;

use domain::code::{Codes, SkillIx};
use domain::text::fold;
use serde::Deserialize;

use super::{LabelError, Share, is_tuned};
use crate::{FoundSkill, Model, SkillReader};

/// The files of the yardstick.
#[derive(Debug, Clone, Copy)]
pub struct SkillFiles<'a> {
    /// ref, title, skills, optional (phrases parted by `|`).
    pub labels: &'a [u8],
    /// ref, title, text; for the rows that have a text.
    pub texts: &'a [u8],
    /// phrase, codes: the skills of the list that a labelled phrase means, parted by `|`; none
    /// where the list has none.
    pub map: &'a [u8],
}

/// How good the skills of some rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SkillScore {
    /// Rows with at least one skill that is right, of those that have any to be found.
    pub titles: Share,
    /// Labelled phrases that are found.
    pub recall: Share,
    /// As above, of those alone for which the list has a skill.
    pub listed: Share,
    /// Skills that were found and are labelled; optional ones are left out.
    pub precision: Share,
    /// As above, but where the labels of a text stop (at about ten phrases) another skill that the
    /// text names in words, and that belongs to the job, is left out as well, and not counted as
    /// wrong.
    pub precision_named: Share,
}

/// Titles alone, titles with texts, and all, for both halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SkillReport {
    /// The tuned half: titles, texts.
    pub tuned: [SkillScore; 2],
    /// The untouched half: titles, texts.
    pub untouched: [SkillScore; 2],
}

#[derive(Deserialize)]
struct Label {
    r#ref: String,
    title: String,
    skills: String,
    optional: String,
}

#[derive(Deserialize)]
struct Text {
    r#ref: String,
    text: String,
}

#[derive(Deserialize)]
struct Mapped {
    phrase: String,
    codes: String,
}

/// One row: what it was scored, and what differs from its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRow {
    /// As in the labels.
    pub reference: String,
    /// As in the labels.
    pub title: String,
    /// Of this row alone.
    pub score: SkillScore,
    /// Whether it is a whole text.
    pub has_text: bool,
    /// Labelled phrases that are not found.
    pub missed: Vec<String>,
    /// Found and asked for.
    pub right: Vec<FoundSkill>,
    /// Found, and not labelled.
    pub wrong: Vec<FoundSkill>,
}

/// Finds the skills of each row and compares.
///
/// # Errors
/// Where a file cannot be read.
pub fn skills(
    model: &Model,
    reader: &SkillReader,
    codes: &Codes,
    files: &SkillFiles<'_>,
) -> Result<SkillReport, LabelError> {
    let mut report = SkillReport::default();
    for row in skill_rows(model, reader, codes, files)? {
        let half = if is_tuned(&row.reference) {
            &mut report.tuned
        } else {
            &mut report.untouched
        };
        let [titles, whole] = half;
        let score = if row.has_text { whole } else { titles };
        *score = score.and(row.score);
    }
    Ok(report)
}

/// As [`skills`], row by row; those of the untouched half are not to be read.
///
/// # Errors
/// Where a file cannot be read.
pub fn skill_rows(
    model: &Model,
    reader: &SkillReader,
    codes: &Codes,
    files: &SkillFiles<'_>,
) -> Result<Vec<SkillRow>, LabelError> {
    let known = known(codes, files.map)?;
    let texts: Vec<Text> = rows(files.texts)?;
    let texts: HashMap<&str, &str> = texts
        .iter()
        .map(|row| (row.r#ref.as_str(), row.text.as_str()))
        .collect();
    let compare = |row: Label| {
        let text = texts.get(row.r#ref.as_str()).copied();
        let found = reader.skills(model, &row.title, text);
        row.compared(found, text.is_some(), &known)
    };
    Ok(rows(files.labels)?.into_iter().map(compare).collect())
}

impl Label {
    fn compared(self, found: Vec<FoundSkill>, has_text: bool, known: &Known) -> SkillRow {
        let asked = meant(&self.skills, known);
        let optional = meant(&self.optional, known);
        let all: HashSet<SkillIx> = found.iter().map(|found| found.skill).collect();
        let mut score = SkillScore::default();
        let beside = if is_full(has_text, &asked, &optional) {
            let likely = found
                .iter()
                .filter(|found| found.confidence.get() >= LIKELY);
            likely.map(|found| found.skill).collect()
        } else {
            HashSet::new()
        };
        score.count(&all, &asked, &optional, &beside);
        let is_labelled = |found: &FoundSkill| {
            let mut phrases = asked.iter().chain(&optional);
            phrases.any(|(_, skills)| skills.contains(&found.skill))
        };
        let missed = asked
            .iter()
            .filter(|(_, skills)| skills.is_disjoint(&all))
            .map(|(phrase, _)| (*phrase).to_owned())
            .collect();
        let (labelled, wrong): (Vec<_>, Vec<_>) = found.into_iter().partition(is_labelled);
        let is_asked = |found: &FoundSkill| {
            let mut phrases = asked.iter();
            phrases.any(|(_, skills)| skills.contains(&found.skill))
        };
        let right = labelled.into_iter().filter(is_asked).collect();
        SkillRow {
            reference: self.r#ref,
            score,
            has_text,
            missed,
            right,
            wrong,
            title: self.title,
        }
    }
}

/// Phrases at which the labels of a text stop.
const STOP: usize = 9;

/// How sure the program is at least of a skill that belongs to the job, and is not only named.
const LIKELY: u16 = 600;

/// Whether so much of a text is labelled that the labels may have stopped before its end.
fn is_full(has_text: bool, asked: &[Meant<'_>], optional: &[Meant<'_>]) -> bool {
    has_text && asked.len() + optional.len() >= STOP
}

/// A phrase, and the skills that it means.
type Meant<'a> = (&'a str, HashSet<SkillIx>);

/// The skills that each folded phrase means.
type Known = HashMap<String, HashSet<SkillIx>>;

/// The phrases of a cell, and the skills that each means.
fn meant<'a>(phrases: &'a str, known: &Known) -> Vec<Meant<'a>> {
    let phrases = phrases.split('|').filter(|phrase| !phrase.is_empty());
    phrases
        .map(|phrase| {
            (
                phrase,
                known.get(&fold(phrase)).cloned().unwrap_or_default(),
            )
        })
        .collect()
}

/// The skills that a phrase means: as the map says, else those that are called so.
fn known(codes: &Codes, map: &[u8]) -> Result<Known, LabelError> {
    let mut known = Known::new();
    for (at, skill) in codes.skills.all() {
        for phrase in [&skill.vi].into_iter().chain(&skill.alt) {
            known.entry(fold(phrase)).or_default().insert(at);
        }
    }
    for (line, row) in (2..).zip(rows::<Mapped>(map)?) {
        let named = row.codes.split('|').filter(|code| !code.is_empty());
        let skills: Option<HashSet<SkillIx>> =
            named.map(|code| codes.skills.by_code(code)).collect();
        let skills = skills.ok_or_else(|| LabelError::Line {
            line,
            what: format!("\"{}\" has a code that is none", row.codes),
        })?;
        known.insert(fold(&row.phrase), skills);
    }
    Ok(known)
}

fn rows<T: for<'de> Deserialize<'de>>(file: &[u8]) -> Result<Vec<T>, LabelError> {
    let mut reader = csv::Reader::from_reader(file);
    let rows = (2..).zip(reader.deserialize());
    rows.map(|(line, row)| {
        row.map_err(|error| LabelError::Line {
            line,
            what: error.to_string(),
        })
    })
    .collect()
}

impl SkillScore {
    fn count(
        &mut self,
        found: &HashSet<SkillIx>,
        asked: &[Meant<'_>],
        optional: &[Meant<'_>],
        beside: &HashSet<SkillIx>,
    ) {
        for (_, phrase) in asked {
            let is_found = !phrase.is_disjoint(found);
            self.recall.count(is_found);
            if !phrase.is_empty() {
                self.listed.count(is_found);
            }
        }
        let is_asked = |skill: &SkillIx| asked.iter().any(|(_, phrase)| phrase.contains(skill));
        let is_optional =
            |skill: &SkillIx| optional.iter().any(|(_, phrase)| phrase.contains(skill));
        if !asked.is_empty() {
            self.titles.count(found.iter().any(is_asked));
        }
        for skill in found {
            if is_asked(skill) || !is_optional(skill) {
                self.precision.count(is_asked(skill));
                if is_asked(skill) || !beside.contains(skill) {
                    self.precision_named.count(is_asked(skill));
                }
            }
        }
    }

    /// Of both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let sum = |one: Share, other: Share| Share {
            right: one.right + other.right,
            all: one.all + other.all,
        };
        Self {
            titles: sum(self.titles, other.titles),
            recall: sum(self.recall, other.recall),
            listed: sum(self.listed, other.listed),
            precision: sum(self.precision, other.precision),
            precision_named: sum(self.precision_named, other.precision_named),
        }
    }
}

impl SkillReport {
    /// Titles and texts of the tuned half together.
    #[must_use]
    pub fn all_tuned(&self) -> SkillScore {
        let [titles, texts] = self.tuned;
        titles.and(texts)
    }

    /// Titles and texts of the untouched half together.
    #[must_use]
    pub fn all_untouched(&self) -> SkillScore {
        let [titles, texts] = self.untouched;
        titles.and(texts)
    }
}

impl fmt::Display for SkillReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let halves = [
            ("tuned", self.tuned, self.all_tuned()),
            ("untouched", self.untouched, self.all_untouched()),
        ];
        for (name, [titles, texts], all) in halves {
            for (what, score) in [("titles", titles), ("texts", texts), ("all", all)] {
                writeln!(
                    f,
                    "{name} {what}: recall {} of {} phrases ({} of those in the list), precision \
                     {} of {} skills (strict; {} of {} without what a text of nine labels or \
                     more names beside them), {} of {} rows with a right one (all in thousandths)",
                    score.recall.thousandths(),
                    score.recall.all,
                    score.listed.thousandths(),
                    score.precision.thousandths(),
                    score.precision.all,
                    score.precision_named.thousandths(),
                    score.precision_named.all,
                    score.titles.thousandths(),
                    score.titles.all,
                )?;
            }
        }
        Ok(())
    }
}
