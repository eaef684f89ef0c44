//! Location: the nearest of where the person lives or wishes to work.

use domain::code::CommuneIx;
use domain::seeker::Seeker;
use domain::vacancy::{Offer, Workplace};

use super::{ONE, PartFit, Reach, Rules};
use crate::settings::Part;

/// How far a vacancy reaches: lodging or a shuttle anywhere in it counts for the whole.
pub const fn reach(offer: &Offer) -> Reach {
    if offer.lodging || offer.shuttle {
        Reach::Lodged
    } else {
        Reach::Daily
    }
}

/// The communes from which the person would go to work.
pub(crate) fn points(seeker: &Seeker) -> impl Iterator<Item = CommuneIx> + '_ {
    seeker
        .residence
        .into_iter()
        .chain(seeker.wished_communes.iter().copied())
}

/// How near somebody in that commune is to the best workplace, 0 to 1e9. In a province that is
/// all that is known of a workplace one is at least neutral.
pub(crate) fn from_commune(rules: &Rules, offer: &Offer, commune: CommuneIx) -> u64 {
    let reach = reach(offer);
    offer
        .workplaces
        .iter()
        .map(|&place| near(rules, commune, place, reach))
        .max()
        .unwrap_or(0)
}

/// How near one workplace is.
fn near(rules: &Rules, commune: CommuneIx, place: Workplace, reach: Reach) -> u64 {
    let near = rules.geo.nearness(commune, place, reach);
    if rules.geo.lies_in(commune, place) {
        near.max(rules.neutral(Part::Location))
    } else {
        near
    }
}

/// What is nearest, for the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearby {
    /// The work is remote.
    Remote,
    /// A workplace lies in a wished province, or the person would work anywhere.
    Wished,
    /// Tenths of a km between the nearest commune of the person and a workplace.
    Tenths(u32),
    /// A workplace is known by its province only.
    Province(Workplace),
    /// Not known.
    Unknown,
}

impl Nearby {
    /// What is nearest for this pair.
    pub fn of(rules: &Rules, offer: &Offer, seeker: &Seeker) -> Self {
        if offer.remote {
            return Self::Remote;
        }
        if wished(rules, offer, seeker) {
            return Self::Wished;
        }
        let reach = reach(offer);
        let nearest = points(seeker)
            .flat_map(|from| offer.workplaces.iter().map(move |&place| (from, place)))
            .max_by_key(|&(from, place)| near(rules, from, place, reach));
        match nearest {
            Some((from, Workplace::Commune(to))) => Self::Tenths(rules.geo.tenths_of_km(to, from)),
            Some((_, place)) => Self::Province(place),
            None => Self::Unknown,
        }
    }
}

fn wished(rules: &Rules, offer: &Offer, seeker: &Seeker) -> bool {
    if offer.workplaces.is_empty() {
        return false;
    }
    seeker.anywhere
        || offer.workplaces.iter().any(|&place| {
            rules
                .geo
                .province_of_workplace(place)
                .is_some_and(|province| seeker.wished_provinces.contains(&province))
        })
}

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    if offer.remote || wished(rules, offer, seeker) {
        return PartFit::known(ONE);
    }
    if offer.workplaces.is_empty() {
        return PartFit::neutral(rules.neutral(Part::Location));
    }
    points(seeker)
        .map(|commune| from_commune(rules, offer, commune))
        .max()
        .map_or_else(
            || PartFit::neutral(rules.neutral(Part::Location)),
            PartFit::known,
        )
}
