//! What work a vacancy is about, by its words.

use crate::code::IscoCode;
use crate::vacancy::{AskedSkill, Confidence};

/// Reads from a title and a text what work they are about.
pub trait WorkReader: Sync {
    /// The work; the text is empty where there is none.
    fn read(&self, title: &str, text: &str) -> Work;
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// The occupation, where any part of it is sure enough.
    pub occupation: Option<ReadOccupation>,
    /// The skills, each once, in the order of the list.
    pub skills: Vec<ReadSkill>,
}

/// An occupation that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOccupation {
    /// The longest part of its code that is at least .5 sure.
    pub code: IscoCode,
    /// How sure that is.
    pub confidence: Confidence,
    /// The words that spoke most for it.
    pub because: Vec<String>,
}

/// A skill that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSkill {
    /// The skill and how sure it is that it is asked for.
    pub asked: AskedSkill,
    /// The words that it was found by.
    pub because: String,
}

/// Reads nothing from any words.
pub(super) struct Nothing;

impl WorkReader for Nothing {
    fn read(&self, _: &str, _: &str) -> Work {
        Work::default()
    }
}
