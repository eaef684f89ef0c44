//! A person who looks for work, as the engine sees them: a pseudonymous row with what
//! `score` and `eligible` need, and nothing more.

use chrono::{DateTime, NaiveDate, Utc};

use crate::code::{
    CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use crate::id::{EmployerId, SeekerId};

/// Where a seeker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Out of work and looking.
    Looking,
    /// In work and looking.
    EmployedLooking,
    /// Not looking for a while.
    Paused,
    /// Found work through the Centre.
    Placed,
    /// Took the registration back.
    Withdrawn,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Looking,
        Self::EmployedLooking,
        Self::Paused,
        Self::Placed,
        Self::Withdrawn,
    ];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::EmployedLooking => "employed_looking",
            Self::Paused => "paused",
            Self::Placed => "placed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The status with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether the person may be ranked and counts in the skill statistics.
    pub const fn is_looking(self) -> bool {
        matches!(self, Self::Looking | Self::EmployedLooking)
    }
}

/// A training that the person has: the level, the field, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Training {
    /// The level's rank.
    pub level: Option<TrainingRank>,
    /// The field.
    pub field: Option<TrainingField>,
}

/// Months of work in one sub-major group (ISCO-08, 2 digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Worked {
    /// The sub-major group, two digits.
    pub group: IscoCode,
    /// Whole months, overlaps once.
    pub months: u16,
}

/// What the engine sees of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeker {
    /// The pseudonym.
    pub id: SeekerId,
    /// Where they stand.
    pub status: Status,
    /// When they registered: the more recent stands first among equals.
    pub registered_at: DateTime<Utc>,
    /// The day of turning 15.
    pub turns_15: NaiveDate,
    /// The day of turning 18.
    pub turns_18: NaiveDate,
    /// What they can do; sorted, each once.
    pub skills: Vec<SkillIx>,
    /// Wished and past occupations; sorted, each once.
    pub occupations: Vec<IscoCode>,
    /// Trainings; pairs with neither level nor field do not exist.
    pub trainings: Vec<Training>,
    /// Months by sub-major group.
    pub worked: Vec<Worked>,
    /// Whether the person said anything about past work, be it "no experience".
    pub work_told: bool,
    /// Where they live.
    pub residence: Option<CommuneIx>,
    /// Communes where they would work.
    pub wished_communes: Vec<CommuneIx>,
    /// Provinces (of 2025) where they would work.
    pub wished_provinces: Vec<ProvinceIx>,
    /// Would work anywhere.
    pub anywhere: bool,
    /// Would work abroad.
    pub abroad: bool,
    /// The wage wished, in VND a month; 0 says "any".
    pub wished_wage: Option<u64>,
    /// Contracts wished; empty: not said.
    pub contracts: Contracts,
    /// Contracts that the person does not take.
    pub excluded_contracts: Contracts,
    /// Shifts wished; empty: not said.
    pub shifts: Shifts,
    /// Employers blocked, in either direction; sorted.
    pub blocked: Vec<EmployerId>,
}
