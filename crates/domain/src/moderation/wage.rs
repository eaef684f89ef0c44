//! Wages below the minimum of their region.

use chrono::NaiveDate;

use crate::code::{Codes, CommuneIx, MinimumWage};
use crate::reading::wage::{Period, Wage};
use crate::vacancy::Workplace;

/// Hours of a working day, where a wage is by the day.
const HOURS_OF_A_DAY: u64 = 8;

/// A wage that is less than the minimum where the work is.
#[derive(Debug, Clone, Copy)]
pub struct BelowMinimum<'c> {
    /// The least that is offered, in VND for the period.
    pub offered: u64,
    /// The least that may be, in VND for the period.
    pub minimum: u64,
    /// The period.
    pub period: Period,
    /// The minimum wage in force, with its decree.
    pub rule: &'c MinimumWage,
}

/// Whether a wage is below the minimum on that day at one of these places; of several the highest
/// minimum counts, as the wage is to hold at each of them.
///
/// Of a province its lowest region counts, and without a place the lowest of all: nothing more is
/// sure. A day counts as eight hours. What is paid by the piece or by agreement is not known.
pub fn below_minimum<'c>(
    wage: Wage,
    places: &[Workplace],
    day: NaiveDate,
    codes: &'c Codes,
) -> Option<BelowMinimum<'c>> {
    let (offered, period) = match wage {
        Wage::NotSaid | Wage::Negotiable | Wage::Piece => return None,
        Wage::From(from, period) | Wage::Range(from, _, period) => (from, period),
        Wage::UpTo(to, period) => (to, period),
    };
    let per = |rule: &MinimumWage| match period {
        Period::Month => rule.month,
        Period::Day => rule.hour.saturating_mul(HOURS_OF_A_DAY),
        Period::Hour => rule.hour,
    };
    let least = |communes: &[CommuneIx]| {
        let rules = communes.iter().filter_map(|&at| codes.wages.at(at, day));
        rules.min_by_key(|rule| rule.month)
    };
    let at = |place: &Workplace| match *place {
        Workplace::Commune(at) => codes.wages.at(at, day),
        Workplace::Province(at) => least(codes.units.communes_of(at)),
        Workplace::LegacyProvince(at) => least(codes.units.communes_of_legacy(at)),
    };
    let rule = if places.is_empty() {
        let in_force = codes
            .wages
            .wages()
            .iter()
            .filter(|rule| rule.dated.valid_on(day));
        in_force.min_by_key(|rule| rule.month)
    } else {
        places.iter().filter_map(at).max_by_key(|rule| rule.month)
    }?;
    let minimum = per(rule);
    (offered < minimum).then_some(BelowMinimum {
        offered,
        minimum,
        period,
        rule,
    })
}
