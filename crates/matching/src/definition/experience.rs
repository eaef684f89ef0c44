//! Experience: months of work in the vacancy's sub-major group against those asked.

use domain::code::IscoCode;
use domain::seeker::{Seeker, Worked};
use domain::vacancy::{Asked, Offer};

use super::{ONE, PartFit, Rules, ratio, usable};
use crate::settings::Part;

/// The sub-major groups (two digits) of the vacancy.
pub fn groups(offer: &Offer) -> impl Iterator<Item = IscoCode> + '_ {
    offer
        .occupations
        .iter()
        .filter(|&&code| usable(code))
        .filter_map(|code| code.prefix(2))
}

/// The most months that the person has in one of the vacancy's groups.
pub(crate) fn months_in(offer: &Offer, seeker: &Seeker) -> u16 {
    most(offer, seeker).map_or(0, |worked| worked.months)
}

/// The one of the vacancy's groups in which the person has the most months.
pub(crate) fn most(offer: &Offer, seeker: &Seeker) -> Option<Worked> {
    seeker
        .worked
        .iter()
        .copied()
        .filter(|worked| groups(offer).any(|group| group == worked.group))
        .max_by_key(|worked| worked.months)
}

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    match offer.months {
        Asked::NotRequired => PartFit::known(ONE),
        Asked::Required(asked) if seeker.work_told && groups(offer).next().is_some() => {
            PartFit::known(ratio(u64::from(months_in(offer, seeker)), u64::from(asked)))
        }
        Asked::NotSaid | Asked::Required(_) => PartFit::neutral(rules.neutral(Part::Experience)),
    }
}
