//! Terms: the mean of wage, contract and shift.

use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::{ONE, PartFit, Rules, ratio};
use crate::settings::Part;

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    let said = [
        wage(offer, seeker.wished_wage),
        one_of(
            offer.contracts.bits().into(),
            seeker.contracts.bits().into(),
        ),
        one_of(offer.shifts.bits().into(), seeker.shifts.bits().into()),
    ];
    let neutral = rules.neutral(Part::Terms);
    let sum: u64 = said.iter().map(|part| part.unwrap_or(neutral)).sum();
    PartFit {
        f: sum / 3,
        known: said.iter().any(Option::is_some),
    }
}

/// min(1, offered / wished), so 1 where 0 was wished: any wage will do. `None`: one of the two is not
/// known, and the part is neutral. That comes first: a wish of 0 says nothing about a wage that the
/// vacancy does not name.
pub fn wage(offer: &Offer, wished: Option<u64>) -> Option<u64> {
    Some(ratio(offer.wage?, wished?))
}

/// 1 if one of the wished is offered, else 0; an empty set says nothing.
pub const fn one_of(offered: u32, wished: u32) -> Option<u64> {
    if offered == 0 || wished == 0 {
        None
    } else if offered & wished != 0 {
        Some(ONE)
    } else {
        Some(0)
    }
}
