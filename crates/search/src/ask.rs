//! A question and its answer.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;
use domain::code::CommuneIx;
use domain::id::VacancyId;

use crate::facet::{Counts, Facet, Filters};
use crate::place::PlaceAsked;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The words as they were typed; empty: all.
    pub text: &'a str,
    /// What the list is narrowed to.
    pub filters: Filters,
    /// Where the work should be.
    pub place: Option<&'a PlaceAsked>,
    /// Only what may be applied for on this day; `None`: all there are.
    pub today: Option<NaiveDate>,
    /// The order.
    pub sort: Sort,
    /// Where to begin.
    pub start: Start,
    /// How many at most.
    pub limit: usize,
    /// Applications per opening in thousandths, where there are any: of vacancies that are equally
    /// good the one with fewer comes first.
    pub pressures: Option<&'a HashMap<VacancyId, u32>>,
}

impl<'a> Ask<'a> {
    /// The best for these words, at most so many.
    pub fn new(text: &'a str, limit: usize) -> Self {
        Self {
            text,
            filters: Filters::default(),
            place: None,
            today: None,
            sort: Sort::Fit,
            start: Start::Skip(0),
            limit,
            pressures: None,
        }
    }
}

/// Orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// How well the words fit.
    #[default]
    Fit,
    /// The newest first.
    Newest,
    /// The highest wage first; unknown ones last.
    Wage,
    /// The nearest to this commune first; unknown ones last.
    Nearest(CommuneIx),
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// After so many.
    Skip(usize),
    /// After this place.
    After(Place),
}

/// Where a vacancy stands in a list: the first is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// By the order that was asked for.
    pub rank: u64,
    /// Applications per opening, in thousandths.
    pub pressure: u32,
    /// The newer first.
    pub published: Reverse<NaiveDate>,
    /// The newer first.
    pub id: Reverse<VacancyId>,
    /// Whether it has not all that was asked for.
    pub is_near: bool,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// This page.
    pub places: Vec<Place>,
    /// How many have all that was asked for; those that are only near do not count.
    pub total: u64,
    /// Whether more follow this page.
    pub has_more: bool,
    /// How many there would be with each value of each facet.
    pub counts: Counts,
    /// What of the words was understood as something else.
    pub chips: Vec<Chip>,
    /// What was searched for in place of what was typed.
    pub corrected: Option<String>,
    /// Where nothing has all that was asked for: the fewest conditions to give up.
    pub drops: Vec<Drop>,
}

/// Some words of a query that were understood as a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// The kind of condition.
    pub kind: ChipKind,
    /// The words.
    pub text: String,
    /// The query without them.
    pub without: String,
}

/// Kinds of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipKind {
    /// Something from the list of phrases.
    Phrase(crate::phrases::Kind),
    /// Words that are not wanted.
    Not,
    /// A place.
    Place,
    /// The least wage.
    Wage,
    /// Experience.
    Experience,
}

/// A condition of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// The words.
    Words,
    /// The place.
    Place,
    /// The filter of a facet.
    Filter(Facet),
}

/// Conditions that are in the way together: without them, and not without fewer of them, there
/// are so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drop {
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// How many there are without them.
    pub count: u64,
}
