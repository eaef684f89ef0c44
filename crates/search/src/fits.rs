//! Whether a vacancy has what a query wishes beside words.

use domain::reading::wage::{Period, Wage};
use domain::vacancy::{Asked, Vacancy};

use crate::understand::Understood;

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holds {
    No,
    /// It may: nobody said.
    Unknown,
    /// It may well.
    Likely,
    Yes,
}

/// The wage: the upper end reaches the least that is wished.
pub(crate) fn wage(read: &Understood, vacancy: &Vacancy) -> Holds {
    let Some(least) = read.wage else {
        return Holds::Yes;
    };
    match vacancy.wage {
        Wage::Range(from, _, Period::Month) if from >= least => Holds::Yes,
        Wage::Range(_, to, Period::Month) if to > least => Holds::Likely,
        Wage::Range(_, to, Period::Month) if to == least => Holds::Unknown,
        Wage::Range(_, _, Period::Month) => Holds::No,
        Wage::From(from, Period::Month) if from >= least => Holds::Yes,
        _ => match vacancy.offer.wage {
            Some(wage) if wage >= least => Holds::Yes,
            Some(wage) if wage < least / 5 * 4 => Holds::No,
            _ => Holds::Unknown,
        },
    }
}

/// The experience that somebody has is enough.
pub(crate) fn months(has: u16, vacancy: &Vacancy) -> Holds {
    match vacancy.offer.months {
        Asked::NotRequired => Holds::Yes,
        Asked::NotSaid => Holds::Unknown,
        Asked::Required(months) if months <= has => Holds::Yes,
        Asked::Required(months) if months <= has.saturating_add(12) => Holds::Unknown,
        Asked::Required(_) => Holds::No,
    }
}
