//! How near occupations are, and how orders become numbers.

use domain::code::{AdminUnits, CommuneIx, IscoCode};
use domain::vacancy::{Vacancy, Workplace};

use crate::ask::Sort;

/// How near an occupation is that is not known, in thousandths.
const UNKNOWN: u32 = 500;

/// How near an occupation of the vacancy is to this one, in thousandths.
pub(crate) fn kinship(trade: Option<IscoCode>, vacancy: &Vacancy) -> u32 {
    let Some(trade) = trade else {
        return UNKNOWN;
    };
    let codes = vacancy.offer.occupations.iter();
    let best = codes.map(|&code| nearness(trade, code)).max();
    best.unwrap_or(UNKNOWN)
}

/// By the digits of ISCO-08 that they share.
pub(crate) fn nearness(one: IscoCode, other: IscoCode) -> u32 {
    let shared = (1..=4).take_while(|&digits| {
        let prefix = one.prefix(digits);
        prefix.is_some() && prefix == other.prefix(digits)
    });
    match shared.count() {
        4 => 1_000,
        3 => 900,
        2 => 600,
        1 => 400,
        _ => 200,
    }
}

/// The rank in an order that does not ask for words; the least is the first.
pub(super) fn rank(sort: Sort, vacancy: &Vacancy, units: &AdminUnits) -> Option<u64> {
    match sort {
        Sort::Fit => None,
        // The order goes by the day of publication after the rank anyway.
        Sort::Newest => Some(0),
        Sort::Wage => Some(
            vacancy
                .offer
                .wage
                .map_or(u64::MAX, |wage| u64::MAX - 1 - wage),
        ),
        Sort::Nearest(from) => Some(metres(from, vacancy, units).unwrap_or(u64::MAX)),
    }
}

/// The distance to the nearest known workplace; a province is as far as the nearest of its communes.
fn metres(from: CommuneIx, vacancy: &Vacancy, units: &AdminUnits) -> Option<u64> {
    let home = units.commune(from)?;
    let places = vacancy.offer.workplaces.iter();
    let communes = places.flat_map(|place| match *place {
        Workplace::Commune(at) => vec![at],
        Workplace::Province(at) => units.communes_of(at).to_vec(),
        Workplace::LegacyProvince(at) => units.communes_of_legacy(at).to_vec(),
    });
    let distances = communes.filter_map(|at| {
        let there = units.commune(at)?;
        Some(haversine((home.lat, home.lon), (there.lat, there.lon)))
    });
    distances.min()
}

/// The great circle distance in metres, on a sphere of 6,371.0088 km.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most half the way round the earth"
)]
fn haversine(one: (f64, f64), other: (f64, f64)) -> u64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let (lat, lon) = (half(one.0, other.0), half(one.1, other.1));
    let chord = lat + one.0.to_radians().cos() * other.0.to_radians().cos() * lon;
    (2.0 * 6_371_008.8 * chord.sqrt().min(1.0).asin()).round() as u64
}
