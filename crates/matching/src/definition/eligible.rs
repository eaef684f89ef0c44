//! Who may be ranked for what, before any score.

use chrono::NaiveDate;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

/// What stands between a person and a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Not published, past its deadline, or full.
    VacancyClosed,
    /// The person is not looking.
    NotLooking,
    /// Below the legal age for this work: 15, or 18 unless it is marked as suitable
    /// (Labour Code 45/2019, art. 143-147).
    TooYoung,
    /// Every contract offered is one that the person does not take.
    Contract,
    /// One side has blocked the other.
    Blocked,
    /// Abroad, which the person does not wish.
    Abroad,
}

/// Whether the pair may be ranked on that day (in Viet Nam).
pub fn eligible(offer: &Offer, seeker: &Seeker, as_of: NaiveDate) -> bool {
    obstacles(offer, seeker, as_of).next().is_none()
}

/// All that stands between them on that day.
pub fn obstacles(
    offer: &Offer,
    seeker: &Seeker,
    as_of: NaiveDate,
) -> impl Iterator<Item = Obstacle> {
    let offered = offer.contracts.bits();
    let of_age = as_of
        >= if offer.suits_minors && !offer.abroad {
            seeker.turns_15
        } else {
            seeker.turns_18
        };
    [
        (!offer.is_open(as_of), Obstacle::VacancyClosed),
        (!seeker.status.is_looking(), Obstacle::NotLooking),
        (!of_age, Obstacle::TooYoung),
        (
            offered != 0 && offered & !seeker.excluded_contracts.bits() == 0,
            Obstacle::Contract,
        ),
        (
            seeker.blocked.binary_search(&offer.employer).is_ok(),
            Obstacle::Blocked,
        ),
        (offer.abroad && !seeker.abroad, Obstacle::Abroad),
    ]
    .into_iter()
    .filter_map(|(stands, obstacle)| stands.then_some(obstacle))
}
