//! A vacancy: one occupation, one or more openings.

use chrono::NaiveDate;

use crate::code::{
    CommuneIx, Contracts, IscoCode, LegacyProvinceIx, ProvinceIx, Shifts, SkillIx, TrainingField,
    TrainingRank,
};
use crate::id::{EmployerId, VacancyId};
use crate::reading::wage::Wage;

/// Where a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Made here.
    Own,
    /// From the national exchange.
    National,
    /// From a neighbouring Centre.
    Neighbour,
    /// From a file.
    Imported,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Own, Self::National, Self::Neighbour, Self::Imported];

    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::National => "national",
            Self::Neighbour => "neighbour",
            Self::Imported => "imported",
        }
    }

    /// The origin with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == word)
    }
}

/// Where a vacancy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Waits for an officer.
    Submitted,
    /// Shown.
    Published,
    /// Hidden for a while.
    Paused,
    /// Shown no more until its employer confirms it.
    NeedsRenewing,
    /// All openings taken.
    Filled,
    /// Past its deadline.
    Expired,
    /// Refused by an officer.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Shown again.
    Reopened,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Submitted,
        Self::Published,
        Self::Paused,
        Self::NeedsRenewing,
        Self::Filled,
        Self::Expired,
        Self::Rejected,
        Self::Withdrawn,
        Self::Reopened,
    ];

    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Paused => "paused",
            Self::NeedsRenewing => "needs_renewing",
            Self::Filled => "filled",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
            Self::Reopened => "reopened",
        }
    }

    /// The status with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether the public sees it, as far as the status goes.
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Published | Self::Reopened)
    }
}

/// Three cases for what a vacancy asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<T> {
    /// Nothing was said.
    NotSaid,
    /// Expressly not asked.
    NotRequired,
    /// This is asked.
    Required(T),
}

impl<T> Asked<T> {
    /// What is asked, if anything is.
    pub const fn required(&self) -> Option<&T> {
        match self {
            Self::Required(what) => Some(what),
            Self::NotSaid | Self::NotRequired => None,
        }
    }
}

/// How sure a reading of text is, in thousandths: 1 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// Said by a person.
    pub const SURE: Self = Self(1_000);
    /// A plain look-up in the title.
    pub const LOOKED_UP: Self = Self(500);

    /// From thousandths; `None` outside 1 to 1,000.
    pub const fn thousandths(value: u16) -> Option<Self> {
        if value >= 1 && value <= 1_000 {
            Some(Self(value))
        } else {
            None
        }
    }

    /// In thousandths.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// A skill that a vacancy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedSkill {
    /// Which.
    pub skill: SkillIx,
    /// Essential, or else desirable.
    pub essential: bool,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// Where the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Workplace {
    /// In this commune.
    Commune(CommuneIx),
    /// Somewhere in this province of 2025.
    Province(ProvinceIx),
    /// Somewhere in this province as it was before July 2025.
    LegacyProvince(LegacyProvinceIx),
}

/// What `score` and `eligible` see of a vacancy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The vacancy.
    pub id: VacancyId,
    /// Its employer.
    pub employer: EmployerId,
    /// Where it stands.
    pub status: Status,
    /// Openings.
    pub positions: u32,
    /// Openings taken.
    pub filled: u32,
    /// The last day on which it is open.
    pub closes: Option<NaiveDate>,
    /// Skills; each once.
    pub skills: Asked<Vec<AskedSkill>>,
    /// Occupations, each known to 1-4 digits; one read from text is cut to the longest
    /// prefix with confidence of at least .5.
    pub occupations: Vec<IscoCode>,
    /// Training level.
    pub level: Asked<TrainingRank>,
    /// Training field.
    pub field: Option<TrainingField>,
    /// Known workplaces.
    pub workplaces: Vec<Workplace>,
    /// The work can be done from anywhere.
    pub remote: bool,
    /// Lodging is offered.
    pub lodging: bool,
    /// A shuttle is offered.
    pub shuttle: bool,
    /// The work is abroad.
    pub abroad: bool,
    /// Months of experience, the lower end of the band; at least 1 where required.
    pub months: Asked<u16>,
    /// The wage offered, in VND a month, as [`Wage::monthly`] reckons it.
    pub wage: Option<u64>,
    /// Contracts offered; empty: not said.
    pub contracts: Contracts,
    /// Shifts offered; empty: not said.
    pub shifts: Shifts,
    /// Marked as suitable for people of 15 to 17.
    pub suits_minors: bool,
}

impl Offer {
    /// Whether somebody may still apply on that day.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.status.is_shown()
            && self.filled < self.positions
            && self.closes.is_none_or(|last| today <= last)
    }
}

/// What nobody said and the import filled in, so that the engine has something to go by. A page
/// shows none of it: the employer did not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Assumed {
    /// The day of publication is the day of the import.
    pub published: bool,
    /// The last day is counted from the day of publication.
    pub closes: bool,
    /// One opening.
    pub positions: bool,
}

/// A vacancy as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// What the engine sees.
    pub offer: Offer,
    /// How sure it is that the occupations are right; `None` where nobody has said, or there is
    /// none.
    pub occupation_confidence: Option<Confidence>,
    /// The title, as written.
    pub title: String,
    /// The description, as written.
    pub description: String,
    /// Its employer's name, as written.
    pub employer_name: String,
    /// Where the record comes from.
    pub origin: Origin,
    /// The file or system that it came from.
    pub source: Option<String>,
    /// Its id there.
    pub external_ref: Option<String>,
    /// The wage, as understood.
    pub wage: Wage,
    /// The wage, as written.
    pub wage_text: String,
    /// The place, as written.
    pub place_text: String,
    /// Benefits offered.
    pub benefits: crate::code::Benefits,
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// What of this was not said.
    pub assumed: Assumed,
    /// Grows with each change: two people never overwrite each other unseen.
    pub revision: i32,
}
