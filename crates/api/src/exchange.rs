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
    /// Where nothing was found: how many there would be without a condition.
    pub wider: Wider,
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

/// Counts that a reader would get with one condition fewer; `None`: not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wider {
    /// Without the words.
    pub without_words: Option<u64>,
    /// Without the place.
    pub without_place: Option<u64>,
    /// Without the trade.
    pub without_trade: Option<u64>,
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
