//! What somebody said of a vacancy, and what was filled in because nobody did.

use chrono::NaiveDate;
use domain::vacancy::Vacancy;

/// Openings and days, as far as somebody said them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) positions: Option<u32>,
    pub(super) posted: Option<NaiveDate>,
    pub(super) closes: Option<NaiveDate>,
    /// The day on which it was taken from elsewhere.
    pub(super) fetched: Option<NaiveDate>,
}

/// What the import filled in is not shown as what an employer said.
pub(super) fn said(vacancy: &Vacancy) -> Said {
    let (offer, assumed) = (&vacancy.offer, vacancy.assumed);
    Said {
        positions: Some(offer.positions).filter(|_| !assumed.positions),
        posted: vacancy.published.filter(|_| !assumed.published),
        closes: offer.closes.filter(|_| !assumed.closes),
        fetched: vacancy.published.filter(|_| assumed.published),
    }
}
