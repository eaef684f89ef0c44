//! Occupation: how many digits of ISCO-08 the best pair of codes has in common.

use domain::code::IscoCode;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::{ONE, PartFit, Rules};
use crate::settings::Part;

/// Whether a code says anything for matching.
///
/// Major group 1 (managers) is cut differently in VSCO and ISCO-08: its codes match whole or
/// not at all, so one known to fewer than four digits counts as none.
pub fn usable(code: IscoCode) -> bool {
    code.digits() == 4 || !is_manager(code)
}

fn is_manager(code: IscoCode) -> bool {
    code.prefix(1).is_some_and(|major| major.value() == 1)
}

/// The digits that two codes have in common, 0 to 4, never more than either is known to.
pub fn common_digits(one: IscoCode, other: IscoCode) -> u8 {
    if !usable(one) || !usable(other) {
        return 0;
    }
    if is_manager(one) {
        return if one == other { 4 } else { 0 };
    }
    (1..=4)
        .rev()
        .find(|&digits| one.prefix(digits).is_some() && one.prefix(digits) == other.prefix(digits))
        .unwrap_or(0)
}

/// What so many common digits are worth.
pub const fn worth(digits: u8) -> u64 {
    match digits {
        4 => ONE,
        3 => ONE / 10 * 7,
        2 => ONE / 10 * 4,
        1 => ONE / 10,
        _ => 0,
    }
}

/// The groups whose people are candidates: minor groups (whole codes in group 1), and where the
/// vacancy names no skill, what is known of a shorter code.
pub fn candidate_codes(offer: &Offer) -> impl Iterator<Item = IscoCode> + '_ {
    let without_skill = offer.skills.required().is_none_or(Vec::is_empty);
    offer.occupations.iter().filter_map(move |&code| {
        if !usable(code) {
            None
        } else if is_manager(code) {
            Some(code)
        } else if code.digits() >= 3 {
            code.prefix(3)
        } else if without_skill {
            Some(code)
        } else {
            None
        }
    })
}

/// Whether a code lies in a group of [`candidate_codes`].
pub fn shares_group(group: IscoCode, code: IscoCode) -> bool {
    usable(code) && code.prefix(group.digits()) == Some(group)
}

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    let asked = offer
        .occupations
        .iter()
        .copied()
        .filter(|&code| usable(code));
    let has = || {
        seeker
            .occupations
            .iter()
            .copied()
            .filter(|&code| usable(code))
    };
    let best = asked
        .flat_map(|one| has().map(move |other| common_digits(one, other)))
        .max();
    best.map_or_else(
        || PartFit::neutral(rules.neutral(Part::Occupation)),
        |digits| PartFit::known(worth(digits)),
    )
}
