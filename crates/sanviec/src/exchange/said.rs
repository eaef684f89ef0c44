//! What somebody said of a vacancy, and what was filled in because nobody did.

use chrono::NaiveDate;
use domain::import::DAYS_SHOWN;
use domain::time::days_after;
use domain::vacancy::{Origin, Vacancy};

/// Openings and days, as far as somebody said them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) positions: Option<u32>,
    pub(super) posted: Option<NaiveDate>,
    pub(super) closes: Option<NaiveDate>,
    /// The day on which it was taken from elsewhere.
    pub(super) fetched: Option<NaiveDate>,
}

/// An imported row that says nothing of days and openings gets the day of the import, the usual time
/// and one opening: those are not shown as what its employer said.
pub(super) fn said(vacancy: &Vacancy) -> Said {
    let offer = &vacancy.offer;
    if vacancy.origin != Origin::Imported {
        return Said {
            positions: Some(offer.positions),
            posted: vacancy.published,
            closes: offer.closes,
            fetched: None,
        };
    }
    let usual = vacancy.published.map(|day| days_after(day, DAYS_SHOWN));
    Said {
        positions: Some(offer.positions).filter(|&positions| positions != 1),
        posted: None,
        closes: offer.closes.filter(|_| offer.closes != usual),
        fetched: vacancy.published,
    }
}
