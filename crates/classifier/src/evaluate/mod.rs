//! How good the answers are, on titles that people have labelled.

mod occupations;
mod skills;

pub use occupations::{Half, Level, OccupationReport, occupations};
pub use skills::{SkillFiles, SkillReport, SkillRow, SkillScore, skill_rows, skills};

use sha2::{Digest, Sha256};

/// Whether a row may be read while tuning: the first byte of the SHA-256 of its `ref` is even.
#[must_use]
pub fn is_tuned(reference: &str) -> bool {
    let digest: [u8; 32] = Sha256::digest(reference).into();
    digest.first().is_some_and(|byte| byte % 2 == 0)
}

/// Why labels cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// A line that is no row of the expected columns.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Those that are right.
    pub right: usize,
    /// All.
    pub all: usize,
}

impl Share {
    /// Counts one.
    pub const fn count(&mut self, is_right: bool) {
        self.all += 1;
        if is_right {
            self.right += 1;
        }
    }

    /// In thousandths; 0 of none.
    #[must_use]
    pub const fn thousandths(self) -> usize {
        match (self.right * 1_000).checked_div(self.all) {
            Some(share) => share,
            None => 0,
        }
    }
}
