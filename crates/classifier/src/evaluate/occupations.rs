//! Occupations: strict (one of the codes that are right) and tolerant (one that can be defended).

use std::fmt;

use domain::code::IscoCode;
use serde::Deserialize;

use super::{LabelError, Share, is_tuned};
use crate::Model;

/// Bins of the calibration curve.
const BINS: usize = 10;

/// How often one level of the code is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Level {
    /// One of `codes`.
    pub strict: Share,
    /// One of `codes` or `accepted`.
    pub tolerant: Share,
}

/// Some of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Half {
    /// One to four digits.
    pub levels: [Level; 4],
    /// For each level ten bins by what was said: the sum of the confidences in thousandths, and
    /// how often that was right (strict).
    pub bins: [[(usize, Share); BINS]; 4],
    /// The longest part at least .5 sure: by its digits (0 for none), how often it was right.
    pub sure: [Share; 5],
}

/// All rows, and both halves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OccupationReport {
    /// All.
    pub all: Half,
    /// Those that may be read while tuning.
    pub tuned: Half,
    /// The others.
    pub untouched: Half,
}

#[derive(Deserialize)]
struct Label {
    r#ref: String,
    title: String,
    codes: String,
    #[serde(default)]
    accepted: String,
}

/// Asks the model for each row of a file with the columns ref, title, codes, accepted (several
/// codes parted by `|`) and compares.
///
/// A code that is known to fewer digits than a level is compared as far as it goes.
///
/// # Errors
/// Where the file cannot be read.
pub fn occupations(model: &Model, labels: &[u8]) -> Result<OccupationReport, LabelError> {
    let mut report = OccupationReport::default();
    let mut reader = csv::Reader::from_reader(labels);
    for (line, row) in (2..).zip(reader.deserialize::<Label>()) {
        let wrong = |what: String| LabelError::Line { line, what };
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let read = |codes: &str| parse(codes).map_err(wrong);
        let strict = read(&row.codes)?;
        let tolerant = [strict.clone(), read(&row.accepted)?].concat();
        let said = model.occupation(&row.title, None);
        let said = said.map(|said| said.levels).unwrap_or_default();
        let half = if is_tuned(&row.r#ref) {
            &mut report.tuned
        } else {
            &mut report.untouched
        };
        half.count(&said, &strict, &tolerant);
        report.all.count(&said, &strict, &tolerant);
    }
    Ok(report)
}

fn parse(codes: &str) -> Result<Vec<IscoCode>, String> {
    let named = codes
        .split('|')
        .map(str::trim)
        .filter(|code| !code.is_empty());
    named
        .map(|code| {
            code.parse()
                .map_err(|_| format!("\"{code}\" is no ISCO-08 code"))
        })
        .collect()
}

impl Half {
    fn count(&mut self, said: &[(IscoCode, u16)], strict: &[IscoCode], tolerant: &[IscoCode]) {
        let levels = self.levels.iter_mut().zip(&mut self.bins);
        for (at, (level, bins)) in levels.enumerate() {
            let answer = said.get(at);
            let is_right = answer.is_some_and(|&(code, _)| is_one_of(code, strict));
            level.strict.count(is_right);
            level
                .tolerant
                .count(answer.is_some_and(|&(code, _)| is_one_of(code, tolerant)));
            if let Some(&(_, confidence)) = answer {
                let bin = usize::from(confidence) * BINS / 1_001;
                if let Some((sum, share)) = bins.get_mut(bin) {
                    *sum += usize::from(confidence);
                    share.count(is_right);
                }
            }
        }
        let sure = said
            .iter()
            .rev()
            .find(|&&(_, confidence)| confidence >= 500);
        let digits = sure.map_or(0, |(code, _)| usize::from(code.digits()));
        if let Some(share) = self.sure.get_mut(digits) {
            share.count(sure.is_some_and(|&(code, _)| is_one_of(code, strict)));
        }
    }
}

fn is_one_of(said: IscoCode, codes: &[IscoCode]) -> bool {
    codes
        .iter()
        .any(|&code| code.is_in(said) || said.is_in(code))
}

impl fmt::Display for OccupationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let halves = [
            ("all", &self.all),
            ("tuned", &self.tuned),
            ("untouched", &self.untouched),
        ];
        for (name, half) in halves {
            writeln!(f, "{name}: {} rows", half.levels[0].strict.all)?;
            write!(f, "{half}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (digits, level) in (1..).zip(&self.levels) {
            writeln!(
                f,
                "  {digits} digits  strict {}  tolerant {}",
                Percent(level.strict),
                Percent(level.tolerant)
            )?;
        }
        write!(f, "  longest part at least .5 sure, by digits:")?;
        for (digits, share) in self.sure.iter().enumerate() {
            write!(f, "  {digits}: {}/{}", share.right, share.all)?;
        }
        writeln!(f)?;
        for (digits, bins) in (1..).zip(&self.bins) {
            write!(f, "  said/right, {digits} digits:")?;
            for (sum, share) in bins.iter().filter(|(_, share)| share.all > 0) {
                let said = sum / share.all;
                write!(f, "  {said}/{} ({})", share.thousandths(), share.all)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

struct Percent(Share);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = self.0.thousandths();
        write!(f, "{}.{} %", share / 10, share % 10)
    }
}
