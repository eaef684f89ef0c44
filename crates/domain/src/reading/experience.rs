//! Experience: "1 năm", "Dưới 1 năm", "Không yêu cầu", "3 - 5 năm", "6 tháng".

mod length;
mod words;

use std::fmt;

use super::token::{Token, tokens};
use crate::vacancy::Asked;
use words::Words;

/// The text says nothing about experience that can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not understood as experience: expected such as 1 năm, 6 tháng, không yêu cầu")]
pub struct ExperienceUnclear;

/// Characters; longer texts are not read.
const LONGEST: usize = 300;
/// Months; nobody asks for more.
const MOST: u64 = 60 * 12;

/// Months of experience: one or two ends, the lower first, none of them nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length(Ends);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Ends {
    Some,
    From(u16),
    UpTo(u16),
    Between(u16, u16),
}

impl Length {
    /// Some experience, how long is not said.
    pub const SOME: Self = Self(Ends::Some);

    /// A length of these ends in months, turned round where the upper stands first; `None` where
    /// one of them is nought.
    pub fn new(from: Option<u16>, to: Option<u16>) -> Option<Self> {
        if from == Some(0) || to == Some(0) {
            return None;
        }
        Some(Self(match (from, to) {
            (None, None) => Ends::Some,
            (Some(from), None) => Ends::From(from),
            (None, Some(to)) => Ends::UpTo(to),
            (Some(one), Some(other)) => Ends::Between(one.min(other), one.max(other)),
        }))
    }

    /// The lower end.
    pub const fn from(self) -> Option<u16> {
        match self.0 {
            Ends::From(from) | Ends::Between(from, _) => Some(from),
            Ends::Some | Ends::UpTo(_) => None,
        }
    }

    /// The upper end.
    pub const fn to(self) -> Option<u16> {
        match self.0 {
            Ends::UpTo(to) | Ends::Between(_, to) => Some(to),
            Ends::Some | Ends::From(_) => None,
        }
    }
}

/// What a text says about experience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Experience {
    /// Nothing.
    NotSaid,
    /// None is required, or it is only preferred.
    NotRequired,
    /// So much is required.
    Required(Length),
}

impl Experience {
    /// The row `kind;from_months;to_months` of the yardstick.
    pub fn row(self) -> String {
        let end = |end: Option<u16>| end.map_or_else(String::new, |end| end.to_string());
        match self {
            Self::NotSaid => "not_said;;".to_owned(),
            Self::NotRequired => "none_required;;".to_owned(),
            Self::Required(length) => {
                format!("required;{};{}", end(length.from()), end(length.to()))
            }
        }
    }

    /// The least that is asked, in months, as the engine compares it.
    ///
    /// "Dưới 1 năm" (less than a year) and "tối đa 2 năm" (two years at most) are bands whose lower
    /// end is nothing: somebody without any is taken. Experience without a length is one month.
    pub fn least(self) -> Asked<u16> {
        match self {
            Self::NotSaid => Asked::NotSaid,
            Self::NotRequired => Asked::NotRequired,
            Self::Required(length) => match (length.from(), length.to()) {
                (Some(from), _) => Asked::Required(from),
                (None, Some(_)) => Asked::NotRequired,
                (None, None) => Asked::Required(1),
            },
        }
    }
}

/// In Vietnamese, in the form that reading gives back: "từ 12 tháng".
impl fmt::Display for Experience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match self {
            Self::NotSaid => return Ok(()),
            Self::NotRequired => return f.write_str("không yêu cầu"),
            Self::Required(length) => length,
        };
        match (length.from(), length.to()) {
            (None, None) => f.write_str("có kinh nghiệm"),
            (Some(from), None) => write!(f, "từ {from} tháng"),
            (None, Some(to)) => write!(f, "dưới {to} tháng"),
            (Some(from), Some(to)) if from == to => write!(f, "{from} tháng"),
            (Some(from), Some(to)) => write!(f, "{from} - {to} tháng"),
        }
    }
}

/// Reads months of experience: the lower end of the band, see [`Experience::least`].
///
/// # Errors
/// Where neither a number with years or months nor a known phrase is found.
pub fn parse_experience(text: &str) -> Result<Asked<u16>, ExperienceUnclear> {
    read_experience(text).map(Experience::least)
}

/// Reads what a text says about experience.
///
/// # Errors
/// Where neither a number with years or months nor a known phrase is found.
pub fn read_experience(text: &str) -> Result<Experience, ExperienceUnclear> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(ExperienceUnclear);
    }
    let tokens = tokens(text);
    if tokens.iter().all(|token| token.is_sign('-')) {
        return Ok(Experience::NotSaid);
    }
    let words = Words::of(&tokens);
    if words.is_not_required() {
        return Ok(Experience::NotRequired);
    }
    match length::length(&tokens)? {
        Some(found) if words.is_preferred_before(found.start) => Ok(Experience::NotRequired),
        Some(found) => Ok(found
            .length
            .map_or(Experience::NotRequired, Experience::Required)),
        None if words.is_preferred() => Ok(Experience::NotRequired),
        None if words.asks_for_some() => Ok(Experience::Required(Length::SOME)),
        None => Err(ExperienceUnclear),
    }
}

fn is_word(token: Option<&Token>, wanted: &[&str]) -> bool {
    token
        .and_then(Token::word)
        .is_some_and(|word| wanted.contains(&word))
}

#[cfg(test)]
mod tests;
