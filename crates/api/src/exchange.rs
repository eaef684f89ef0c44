//! What the pages and the API ask of the exchange below them.
//!
//! The values are finished: the pages only put them into words. The binary implements
//! [`Exchange`] over the database and the index.

use chrono::NaiveDate;
use domain::code::{Benefits, Contracts, Lang, Shifts};
use domain::error::Cause;
use domain::reading::wage::Wage;
use domain::vacancy::{Asked, Origin};

pub use crate::trade::Trade;

/// The exchange. Its methods block; handlers call them on the blocking pool.
pub trait Exchange: Send + Sync + 'static {
    /// Whether right answers can be given at this moment. Quick: load balancers ask often.
    fn ready(&self) -> Readiness;

    /// The day it is in Viet Nam.
    fn today(&self) -> NaiveDate;

    /// Open vacancies that fit the words, place and trade, best first.
    ///
    /// # Errors
    /// [`Trouble::StrangeCursor`] for a cursor that this exchange did not give out.
    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, Trouble>;

    /// What somebody who types this may mean, the likeliest first; nothing before two letters.
    ///
    /// # Errors
    /// Where no right answer can be given now.
    fn suggest(&self, text: &str, limit: u16) -> Result<Vec<Suggestion>, Trouble>;

    /// A vacancy that the public may see, open or closed.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] where there is none with this id, or it is not public.
    fn vacancy(&self, id: &str) -> Result<VacancyDetail, Trouble>;

    /// The figures of the home page.
    ///
    /// # Errors
    /// Where they cannot be reckoned now.
    fn overview(&self) -> Result<Overview, Trouble>;
}

/// Whether right answers can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// Yes.
    Ready,
    /// Not now.
    NotReady {
        /// All that stands in the way.
        reasons: Vec<Unready>,
        /// Seconds after which asking again makes sense.
        retry_after: u32,
    },
}

/// Something that stands in the way of right answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unready {
    /// The database does not answer.
    DatabaseUnreachable,
    /// The index has yet to take in so many changes.
    IndexBehind {
        /// Changes not yet in the index.
        changes: u64,
    },
    /// The index is being built anew.
    IndexRebuilding,
    /// The disk takes no more, so nothing can be written.
    DiskFull,
    /// The server is stopping.
    Stopping,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// It is not there, or not to be seen.
    #[error("not found")]
    NotFound,
    /// This cursor was not given out here.
    #[error("a strange cursor")]
    StrangeCursor(String),
    /// No right answer can be given now.
    #[error("not available for {retry_after} s")]
    Unavailable {
        /// Seconds after which asking again makes sense.
        retry_after: u32,
        /// What stands in the way; may be empty.
        reasons: Vec<Unready>,
    },
    /// Our fault; the cause goes to the log and nowhere else.
    #[error("failed inside")]
    Internal(#[source] Cause),
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchAsk {
    /// The words, cleaned (NFC, single spaces), at most 200 characters; empty: all.
    pub q: String,
    /// The place as the reader wrote it, cleaned the same way; empty: anywhere.
    pub place: String,
    /// Only this trade.
    pub trade: Option<Trade>,
    /// Only this value of each facet; a facet at most once, [`Facet::Trade`] never.
    pub narrow: Vec<Narrow>,
    /// The order.
    pub sort: Sort,
    /// How many at most, 1 to 100.
    pub limit: u16,
    /// Where to begin.
    pub start: Start,
}

/// Where a page of results begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// At the best.
    First,
    /// After so many.
    Skip(u32),
    /// After the place that [`SearchAnswer::next_cursor`] gave.
    After(String),
}

/// What was found.
#[derive(Debug, Clone)]
pub struct SearchAnswer {
    /// This page, best first.
    pub items: Vec<VacancyRow>,
    /// How many there are in all.
    pub total: u64,
    /// Where the next page begins; `None` after the last. Letters, digits, `-`, `_` only.
    pub next_cursor: Option<String>,
    /// How the place was understood.
    pub place: PlaceRead,
    /// Where few were found: those that have most of what was asked for, best first.
    pub near: Vec<VacancyRow>,
    /// What of the words was understood as a condition.
    pub understood: Vec<Understood>,
    /// The words that were searched for in place of mistyped ones.
    pub corrected: Option<String>,
    /// How many there would be with each value of each facet, under the other conditions.
    pub facets: Vec<FacetCounts>,
    /// Where nothing was found: the fewest conditions to give up, with how many there would be.
    pub ways_out: Vec<WayOut>,
}

/// Something a list can be narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// The province of 2025, by its code.
    Province,
    /// The trade.
    Trade,
    /// The band of the wage, from 0.
    Wage,
    /// The band of the experience, from 0.
    Experience,
    /// The training level, by rank.
    Level,
    /// A contract, by its code.
    Contract,
    /// A shift, by its code.
    Shift,
    /// A benefit, by its code.
    Benefit,
    /// Where the record comes from.
    Origin,
}

impl Facet {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Province,
        Self::Trade,
        Self::Wage,
        Self::Experience,
        Self::Level,
        Self::Contract,
        Self::Shift,
        Self::Benefit,
        Self::Origin,
    ];

    /// The name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Trade => "trade",
            Self::Wage => "wage",
            Self::Experience => "experience",
            Self::Level => "level",
            Self::Contract => "contract",
            Self::Shift => "shift",
            Self::Benefit => "benefit",
            Self::Origin => "origin",
        }
    }
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrow {
    /// The facet.
    pub facet: Facet,
    /// The value, as [`FacetValue::value`] has it; one that is not known lets nothing through.
    pub value: String,
}

/// Orders of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// What fits best.
    #[default]
    Fit,
    /// The newest first.
    Newest,
    /// The highest wage first.
    Wage,
    /// The nearest to the place asked for first, as far as it is a commune.
    Nearest,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fit, Self::Newest, Self::Wage, Self::Nearest];

    /// The word in addresses and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Newest => "newest",
            Self::Wage => "wage",
            Self::Nearest => "nearest",
        }
    }

    /// The order with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// Words that were understood as a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The words.
    pub words: String,
    /// Whether they say what is not wanted.
    pub is_not: bool,
    /// All words without them.
    pub without: String,
    /// Where nothing was found: how many there would be without them.
    pub gives: Option<u64>,
}

/// The values of a facet that some vacancy has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// The values: the most frequent first, or in their own order.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// Its name, where it is one of a code list.
    pub name: Option<Label>,
    /// How many there would be.
    pub count: u64,
}

/// Conditions to give up together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// The words.
    pub words: bool,
    /// The place.
    pub place: bool,
    /// The facets.
    pub facets: Vec<Facet>,
    /// How many there would be.
    pub count: u64,
}

/// Something that somebody who types may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// The text, fit to be searched for.
    pub text: String,
    /// In how many open vacancies.
    pub count: u64,
}

/// Kinds of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A title.
    Title,
    /// A skill.
    Skill,
    /// An employer.
    Employer,
    /// A place.
    Place,
}

/// How a place that a reader wrote was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceRead {
    /// None was asked for.
    Anywhere,
    /// These.
    Known(Vec<PlaceName>),
    /// Not at all; the search went on without it.
    Unknown,
}

/// A place by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// Its full name, with its province where that is not the place itself.
    pub name: String,
    /// For a unit of before July 2025: what became of it.
    pub now: Option<PlaceNow>,
}

/// What became of a unit of before July 2025.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceNow {
    /// The full name of the province in which it lies.
    pub province: String,
    /// Communes and wards of today.
    pub communes: u64,
}

/// A vacancy in a list.
#[derive(Debug, Clone)]
pub struct VacancyRow {
    /// Its id.
    pub id: String,
    /// The title, as written.
    pub title: String,
    /// Its employer's name, as written.
    pub employer: String,
    /// Whether an officer has verified the employer.
    pub verified: bool,
    /// Where the record comes from.
    pub origin: Origin,
    /// The file or system that it came from, fit to be shown.
    pub source: Option<String>,
    /// The wage, as understood.
    pub wage: Wage,
    /// Full names of the workplaces; empty: not known.
    pub places: Vec<String>,
    /// The work can be done from anywhere.
    pub remote: bool,
    /// Benefits offered.
    pub benefits: Benefits,
    /// Openings, where somebody said how many.
    pub positions: Option<u32>,
    /// The day of publication, where somebody said so.
    pub posted: Option<NaiveDate>,
    /// The day on which it was taken from elsewhere.
    pub fetched: Option<NaiveDate>,
    /// The last day on which it is open, where somebody said so.
    pub closes: Option<NaiveDate>,
}

/// A vacancy as a whole, as far as the public sees it.
#[derive(Debug, Clone)]
pub struct VacancyDetail {
    /// What a list shows.
    pub row: VacancyRow,
    /// Whether somebody may still apply.
    pub open: bool,
    /// The description, as written: lines; an empty line parts paragraphs, `- ` begins a list item.
    pub description: String,
    /// The wage, as written.
    pub wage_text: String,
    /// The place, as written.
    pub place_text: String,
    /// Its id in the system that it came from.
    pub external_ref: Option<String>,
    /// Occupations of ISCO-08, each by its code.
    pub occupations: Vec<Coded>,
    /// Skills asked for.
    pub skills: Asked<Vec<SkillAsked>>,
    /// Training level asked for.
    pub level: Asked<Label>,
    /// Months of experience asked for.
    pub months: Asked<u16>,
    /// Contracts offered.
    pub contracts: Contracts,
    /// Shifts offered.
    pub shifts: Shifts,
    /// Open vacancies that are most like it, the likest first.
    pub similar: Vec<VacancyRow>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Label {
    /// The name in this language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// Something of a code list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: Label,
}

/// A skill that a vacancy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillAsked {
    /// Which.
    pub skill: Coded,
    /// Essential, or else desirable.
    pub essential: bool,
    /// Nobody said so: it was read from the title.
    pub inferred: bool,
}

/// The figures of the home page.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// Open vacancies.
    pub vacancies: u64,
    /// Openings in them.
    pub positions: u64,
    /// Open vacancies by trade; a trade that is missing shows no figure.
    pub trades: Vec<(Trade, u64)>,
    /// The newest, at most a handful.
    pub newest: Vec<VacancyRow>,
    /// Full names of places to suggest.
    pub places: Vec<String>,
}
