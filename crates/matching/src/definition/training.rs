//! Training: level against level, field against field.

use domain::code::{TrainingField, TrainingRank};
use domain::seeker::{Seeker, Training};
use domain::vacancy::{Asked, Offer};

use super::{ONE, PartFit, Rules, tenths};
use crate::settings::Part;

/// A rank above is worth a little less: .05 each, four at most.
pub(crate) const fn level_worth(asked: TrainingRank, has: TrainingRank) -> u64 {
    let above = has.get() as i32 - asked.get() as i32;
    match above {
        -1 => ONE / 2,
        i32::MIN..=-2 => 0,
        0..=3 => ONE - ONE / 20 * above as u64,
        _ => ONE - ONE / 20 * 4,
    }
}

/// 1 for the same field, .9 for the same broad field or none known, .8 for another; in tenths.
pub(crate) fn field_tenths(asked: TrainingField, has: Option<TrainingField>) -> u64 {
    match has {
        Some(has) if has == asked => 10,
        Some(has) if has.broad() != asked.broad() => 8,
        Some(_) | None => 9,
    }
}

/// What one pair of (level, field) is worth; `None`: neutral.
pub fn pair_worth(offer: &Offer, has: Training) -> Option<u64> {
    worth(&offer.level, offer.field, has)
}

/// What one pair is worth where this level and field are asked; `None`: neutral.
pub(crate) fn worth(
    level: &Asked<TrainingRank>,
    field: Option<TrainingField>,
    has: Training,
) -> Option<u64> {
    let factor = field.map_or(10, |asked| field_tenths(asked, has.field));
    match (level, has.level) {
        (Asked::Required(asked), Some(level)) => Some(tenths(level_worth(*asked, level), factor)),
        // The level is not known: .5, without a factor.
        (Asked::Required(_), None) => Some(ONE / 2),
        (Asked::NotSaid | Asked::NotRequired, _) => field.map(|_| tenths(ONE, factor)),
    }
}

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    if offer.level == Asked::NotRequired && offer.field.is_none() {
        return PartFit::known(ONE);
    }
    seeker
        .trainings
        .iter()
        .filter_map(|&pair| pair_worth(offer, pair))
        .max()
        .map_or_else(
            || PartFit::neutral(rules.neutral(Part::Training)),
            PartFit::known,
        )
}
