//! Ranking by going through everybody: the definition of a list, and the yardstick of the engine.

use std::cmp::Reverse;

use chrono::NaiveDate;
use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use crate::definition::{Fit, Rules, candidate, eligible, score};

/// The place of a person on an employer's list: the fit in thousandths, then the more recent
/// registration, then the id. Smaller stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonPlace {
    thousandths: Reverse<u16>,
    registered_micros: Reverse<i64>,
    id: SeekerId,
}

impl PersonPlace {
    /// The place of this person with this fit.
    pub const fn new(thousandths: u16, registered_micros: i64, id: SeekerId) -> Self {
        Self {
            thousandths: Reverse(thousandths),
            registered_micros: Reverse(registered_micros),
            id,
        }
    }

    /// The fit in thousandths.
    pub const fn thousandths(&self) -> u16 {
        self.thousandths.0
    }

    /// When they registered.
    pub const fn registered_micros(&self) -> i64 {
        self.registered_micros.0
    }

    /// Who.
    pub const fn id(&self) -> SeekerId {
        self.id
    }
}

/// The place of a vacancy on a seeker's list: the fit in thousandths, then fewer applications
/// per opening in the last 14 days, then the id. Smaller stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VacancyPlace {
    thousandths: Reverse<u16>,
    pressure: u32,
    id: VacancyId,
}

impl VacancyPlace {
    /// The place of this vacancy; `pressure` in thousandths of an application per opening.
    pub const fn new(thousandths: u16, pressure: u32, id: VacancyId) -> Self {
        Self {
            thousandths: Reverse(thousandths),
            pressure,
            id,
        }
    }

    /// The fit in thousandths.
    pub const fn thousandths(&self) -> u16 {
        self.thousandths.0
    }

    /// Thousandths of an application per opening.
    pub const fn pressure(&self) -> u32 {
        self.pressure
    }

    /// Which.
    pub const fn id(&self) -> VacancyId {
        self.id
    }
}

/// What list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Page<Place> {
    /// The day in Viet Nam; part of the answer.
    pub as_of: NaiveDate,
    /// How many, at most [`MOST`].
    pub k: usize,
    /// Go on after this place.
    pub after: Option<Place>,
}

/// The longest list that one call gives.
pub const MOST: usize = 1_000;

/// The fit of the pair if it is ranked at all.
pub fn ranked(rules: &Rules, offer: &Offer, seeker: &Seeker, as_of: NaiveDate) -> Option<Fit> {
    (eligible(offer, seeker, as_of) && candidate(rules, offer, seeker))
        .then(|| score(rules, offer, seeker))
}

/// The people for a vacancy.
pub fn people<'a>(
    rules: &Rules,
    offer: &Offer,
    seekers: impl IntoIterator<Item = &'a Seeker>,
    page: Page<PersonPlace>,
) -> Vec<PersonPlace> {
    first(
        seekers.into_iter().filter_map(|seeker| {
            ranked(rules, offer, seeker, page.as_of).map(|fit| {
                PersonPlace::new(
                    fit.thousandths(),
                    seeker.registered_at.timestamp_micros(),
                    seeker.id,
                )
            })
        }),
        page,
    )
}

/// The vacancies for a seeker.
pub fn vacancies<'a>(
    rules: &Rules,
    seeker: &Seeker,
    offers: impl IntoIterator<Item = (&'a Offer, u32)>,
    page: Page<VacancyPlace>,
) -> Vec<VacancyPlace> {
    first(
        offers.into_iter().filter_map(|(offer, pressure)| {
            ranked(rules, offer, seeker, page.as_of)
                .map(|fit| VacancyPlace::new(fit.thousandths(), pressure, offer.id))
        }),
        page,
    )
}

fn first<Place: Ord + Copy>(places: impl Iterator<Item = Place>, page: Page<Place>) -> Vec<Place> {
    let mut list: Vec<Place> = places
        .filter(|place| page.after.is_none_or(|after| *place > after))
        .collect();
    list.sort_unstable();
    list.truncate(page.k.min(MOST));
    list
}
