//! What a person looks at before a vacancy is shown: wording that discriminates, money or papers
//! asked of the worker, a wage below the minimum.
//!
//! Nothing is refused for it, and no finding is a judgement: law allows reasons that a text does
//! not tell, and an officer decides. A wrong alarm costs that officer's trust, so that what says
//! the opposite ("không thu phí", "không phân biệt nam nữ") and what is the work itself ("nhân viên
//! thu phí", "thời trang nữ") is none.

mod age;
mod lists;
mod phrases;
mod sex;
mod wage;
mod words;

use std::ops::Range;

pub use wage::{BelowMinimum, below_minimum};
use words::Words;

/// Characters; what follows in a longer text is not looked at.
const LONGEST: usize = 20_000;

/// A ground on which nobody may be treated differently (Labour Code 45/2019/QH14, art. 3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Colour of the skin.
    Colour,
    /// The region, country or class from which somebody comes.
    Origin,
    /// The people to which somebody belongs.
    Ethnicity,
    /// Sex.
    Sex,
    /// Age.
    Age,
    /// Pregnancy, or the wish for children.
    Pregnancy,
    /// Being married or not.
    Marriage,
    /// Religion or belief.
    Religion,
    /// Political opinion.
    Politics,
    /// Disability.
    Disability,
    /// Duties in the family.
    FamilyDuties,
    /// HIV.
    Hiv,
    /// Membership in a union.
    Union,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// The wording discriminates.
    Discrimination(Ground),
    /// Money is asked of the worker (Labour Code, art. 11).
    Fee,
    /// Originals of papers are asked (Labour Code, art. 17).
    OriginalPapers,
    /// Who applies is to move to a messenger at once.
    Messenger,
}

impl Concern {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Discrimination(ground) => match ground {
                Ground::Colour => "colour",
                Ground::Origin => "origin",
                Ground::Ethnicity => "ethnicity",
                Ground::Sex => "sex",
                Ground::Age => "age",
                Ground::Pregnancy => "pregnancy",
                Ground::Marriage => "marriage",
                Ground::Religion => "religion",
                Ground::Politics => "politics",
                Ground::Disability => "disability",
                Ground::FamilyDuties => "family_duties",
                Ground::Hiv => "hiv",
                Ground::Union => "union",
            },
            Self::Fee => "fee",
            Self::OriginalPapers => "original_papers",
            Self::Messenger => "messenger",
        }
    }
}

/// Words for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What they are about.
    pub concern: Concern,
    /// Where they stand, in bytes.
    pub span: Range<usize>,
}

impl Finding {
    /// The words, in the text in which they were found.
    pub fn words<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.clone()).unwrap_or_default()
    }
}

/// All findings in a text, in its order; of two for the same words and the same concern the
/// longer.
pub fn findings(text: &str) -> Vec<Finding> {
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    let words = Words::of(text.get(..end).unwrap_or_default());
    let mut found = phrases::find(&words);
    found.extend(sex::find(&words));
    found.extend(age::find(&words));
    found.sort_by_key(|finding| {
        let Range { start, end } = finding.span;
        (start, std::cmp::Reverse(end), finding.concern)
    });
    let mut kept: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        let is_within = kept
            .iter()
            .rev()
            .any(|other| other.concern == finding.concern && finding.span.start < other.span.end);
        if !is_within {
            kept.push(finding);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
