//! Training: from the code lists and titles that somebody has read to a model.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::code::{Codes, IscoCode, Lang, SkillIx};
use domain::text::nfc;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::calibration::Curve;
use crate::classes::Classes;
use crate::features::features;
use crate::learn::{Example, learn, mix};
use crate::model::{Corrections, Model};
use crate::occupation::raw_levels;
use crate::skills::SkillReader;
use crate::title;
use crate::weights::Weights;

/// The share of the first of several codes of a title.
const FIRST: f32 = 0.75;
/// What the words of occupation_words.csv count beside read titles.
const WORDS_COUNT: f32 = 0.7;
/// What the names of the groups count.
const NAMES_COUNT: f32 = 0.4;
/// Parts into which the titles are split to see how often the model is right.
const FOLDS: u64 = 4;
/// Answers that are taken together for one point of a curve.
const POOL: usize = 60;

/// Titles that must name a skill for it to be implied.
const LEAST_NAMED: usize = 4;
/// The share of titles, in thousandths, that must name it.
const LEAST_SHARE: usize = 350;

/// What a model is trained from beside the code lists.
#[derive(Debug, Clone, Copy)]
pub struct TrainingFiles<'a> {
    /// `config/classifier/occupation_titles.csv`: phrase, isco (several parted by `|`, the main
    /// one first), source.
    pub occupation_titles: &'a str,
}

/// Why nothing can be learnt.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A line of a training file cannot be read.
    #[error("occupation_titles.csv, line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// There is no title at all.
    #[error("there is nothing to learn from")]
    Empty,
}

#[derive(Deserialize)]
struct Line {
    phrase: String,
    isco: String,
}

/// A phrase, its codes, how much it counts, and whether it shows how good the model is.
struct Read {
    phrase: String,
    codes: Vec<IscoCode>,
    weight: f32,
    is_title: bool,
}

impl Model {
    /// Learns from the code lists and the files, always the same from the same.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn train(codes: &Codes, files: &TrainingFiles<'_>) -> Result<Self, TrainError> {
        let read = read_all(codes, files)?;
        let classes = Classes::new(read.iter().flat_map(|read| read.codes.iter().copied()));
        let examples: Vec<Example> = read.iter().map(|read| example(&classes, read)).collect();
        if examples.is_empty() {
            return Err(TrainError::Empty);
        }
        let curves = calibrate(&classes, &read, &examples);
        let rows = learn(&classes, &examples);
        Ok(Self {
            trained_from: digest(codes, files),
            weights: Weights::from_rows(&rows, &classes),
            classes,
            curves,
            implied: implied(codes, &read),
            corrections: Corrections::default(),
        })
    }
}

/// SHA-256 over what a model is trained from, as [`Model::trained_from`] has it.
#[must_use]
pub fn digest_of(codes: &Codes, files: &TrainingFiles<'_>) -> String {
    let digest = digest(codes, files);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest(codes: &Codes, files: &TrainingFiles<'_>) -> [u8; 32] {
    let mut texts = Sha256::new();
    for (phrase, code) in codes.occupations.words() {
        texts.update(format!("{phrase}\n{code}\n"));
    }
    for code in codes.occupations.codes() {
        for lang in [Lang::Vi, Lang::En] {
            let name = codes.occupations.name(code, lang).unwrap_or_default();
            texts.update(format!("{code}\n{name}\n"));
        }
    }
    for (_, skill) in codes.skills.all().filter(|(_, skill)| !skill.vi.is_empty()) {
        texts.update(format!(
            "{}\n{}\n{}\n",
            skill.code,
            skill.vi,
            skill.alt.join("\n")
        ));
    }
    texts.update(files.occupation_titles);
    texts.finalize().into()
}

fn read_all(codes: &Codes, files: &TrainingFiles<'_>) -> Result<Vec<Read>, TrainError> {
    let mut all = titles(files.occupation_titles)?;
    let said: HashSet<String> = all.iter().flat_map(|read| trades(&read.phrase)).collect();
    let words = codes.occupations.words().iter();
    // Where somebody has read a title, that counts, and not the list of words.
    let words =
        words.filter(|(phrase, _)| trades(phrase).iter().all(|trade| !said.contains(trade)));
    all.extend(words.map(|(phrase, code)| Read {
        phrase: phrase.clone(),
        codes: vec![*code],
        weight: WORDS_COUNT,
        is_title: false,
    }));
    for code in codes.occupations.codes().filter(|code| code.digits() == 4) {
        for lang in [Lang::Vi, Lang::En] {
            all.extend(codes.occupations.name(code, lang).map(|name| Read {
                phrase: name.to_owned(),
                codes: vec![code],
                weight: NAMES_COUNT,
                is_title: false,
            }));
        }
    }
    Ok(all)
}

/// What a title begins with, with "nhân viên" or "chuyên viên" and without.
fn trades(phrase: &str) -> Vec<String> {
    let words = title::read(&nfc(phrase)).into_iter();
    let first = words.take_while(|word| word.segment == 0);
    let whole: Vec<String> = first.map(|word| word.folded).collect();
    let whole = whole.join(" ");
    let bare = ["nhan vien ", "chuyen vien "]
        .iter()
        .find_map(|rank| whole.strip_prefix(rank))
        .map(str::to_owned);
    bare.into_iter().chain([whole]).collect()
}

fn titles(file: &str) -> Result<Vec<Read>, TrainError> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut titles = Vec::new();
    for record in reader.records() {
        let (line, read) = match record {
            Ok(record) => (
                record.position().map_or(0, csv::Position::line),
                record.deserialize::<Line>(Some(&headers)),
            ),
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(error)),
        };
        let wrong = |what: String| TrainError::Line { line, what };
        let read = read.map_err(|error| wrong(error.to_string()))?;
        let codes: Result<Vec<IscoCode>, _> = read.isco.split('|').map(str::parse).collect();
        titles.push(Read {
            phrase: read.phrase,
            codes: codes.map_err(|_| wrong(format!("\"{}\" is no ISCO-08 code", read.isco)))?,
            weight: 1.0,
            is_title: true,
        });
    }
    Ok(titles)
}

fn example(classes: &Classes, read: &Read) -> Example {
    #[expect(clippy::cast_precision_loss, reason = "a handful of codes")]
    let others = read.codes.len().saturating_sub(1) as f32;
    let first = if others > 0.0 { FIRST } else { 1.0 };
    let truth = read.codes.iter().enumerate().filter_map(|(at, &code)| {
        let share = if at == 0 {
            first
        } else {
            (1.0 - first) / others
        };
        Some((classes.index(code)?, share))
    });
    Example {
        features: features(&title::read(&nfc(&read.phrase)), true),
        truth: truth.collect(),
        weight: read.weight,
    }
}

/// For each unit group the skill that its titles name most often, where enough of them name one
/// and enough of these name it.
fn implied(codes: &Codes, read: &[Read]) -> Vec<(IscoCode, String, u16)> {
    let reader = SkillReader::new(codes);
    let mut named: BTreeMap<IscoCode, (usize, BTreeMap<SkillIx, usize>)> = BTreeMap::new();
    for read in read.iter().filter(|read| read.is_title) {
        let Some(&code) = read.codes.first() else {
            continue;
        };
        let skills: BTreeSet<SkillIx> = reader
            .in_title(&read.phrase)
            .into_iter()
            .map(|(skill, _, _)| skill)
            .collect();
        let (titles, counts) = named.entry(code).or_default();
        *titles += usize::from(!skills.is_empty());
        for skill in skills {
            *counts.entry(skill).or_default() += 1;
        }
    }
    let mut implied = Vec::new();
    for (code, (titles, counts)) in named {
        // Of equals the first of the list.
        let most = counts
            .iter()
            .max_by_key(|&(&skill, &count)| (count, Reverse(skill)));
        let Some((&skill, &count)) = most else {
            continue;
        };
        let share = (count * 1_000).checked_div(titles).unwrap_or(0);
        if let Some(skill) = codes.skills.get(skill)
            && count >= LEAST_NAMED
            && share >= LEAST_SHARE
        {
            let share = u16::try_from(share).unwrap_or(1_000);
            implied.push((code, skill.code.clone(), share));
        }
    }
    implied
}

/// How often the model is right on titles that it has not seen, by what it says.
fn calibrate(classes: &Classes, read: &[Read], examples: &[Example]) -> Vec<Curve> {
    let mut answers: Vec<Vec<(f32, bool)>> = vec![Vec::new(); 4];
    for fold in 0..FOLDS {
        let is_out =
            |at: usize| mix(at as u64) % FOLDS == fold && read.get(at).is_some_and(|r| r.is_title);
        let kept: Vec<Example> = (0..)
            .zip(examples)
            .filter(|&(at, _)| !is_out(at))
            .map(|(_, example)| example.clone())
            .collect();
        let weights = Weights::from_rows(&learn(classes, &kept), classes);
        for ((at, example), read) in (0..).zip(examples).zip(read) {
            if is_out(at) {
                let shares = weights.shares(classes, &example.features);
                for (said, answers) in raw_levels(classes, &shares).iter().zip(&mut answers) {
                    answers.push((said.1, is_right(said.0, &read.codes)));
                }
            }
        }
    }
    answers
        .into_iter()
        .map(|answers| Curve::fit(answers, POOL))
        .collect()
}

/// Whether one of the codes is this group, in it, or around it.
fn is_right(said: IscoCode, codes: &[IscoCode]) -> bool {
    codes
        .iter()
        .any(|&code| code.is_in(said) || said.is_in(code))
}
