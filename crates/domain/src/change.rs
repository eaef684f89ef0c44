//! The change log: what later steps (index, statistics) hang on.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// What kind of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A vacancy.
    Vacancy,
    /// A seeker.
    Seeker,
    /// An employer.
    Employer,
    /// A version of the skill statistics.
    SkillStats,
    /// The occupation of a title, as an officer has said.
    Correction,
}

impl Entity {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vacancy => "vacancy",
            Self::Seeker => "seeker",
            Self::Employer => "employer",
            Self::SkillStats => "skill_stats",
            Self::Correction => "correction",
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word names no kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown entity {0:?}")]
pub struct UnknownEntity(String);

impl FromStr for Entity {
    type Err = UnknownEntity;

    fn from_str(word: &str) -> Result<Self, UnknownEntity> {
        [
            Self::Vacancy,
            Self::Seeker,
            Self::Employer,
            Self::SkillStats,
            Self::Correction,
        ]
        .into_iter()
        .find(|entity| entity.as_str() == word)
        .ok_or_else(|| UnknownEntity(word.to_owned()))
    }
}

/// One row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place; grows, with gaps.
    pub seq: i64,
    /// What kind of thing changed.
    pub entity: Entity,
    /// Its id.
    pub id: String,
}

/// Where the changes come from: the store implements it, the index tails it.
pub trait ChangeFeed {
    /// The changes after `seq`, in order, at most `limit`. None that commits later
    /// ever has a lower place than one that was handed out.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn after(&mut self, seq: i64, limit: usize) -> Result<Vec<Change>, Error>;

    /// The last place.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn last(&mut self) -> Result<i64, Error>;

    /// What tells the log up to `seq` from the log of another database, or of this one put back to
    /// an older state: one word. An index that remembers another word is built anew.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn history(&mut self, seq: i64) -> Result<String, Error>;
}
