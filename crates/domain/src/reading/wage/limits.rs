//! What nobody earns: a unit or the time is missing or wrong.

use super::{Band, Money, Period, Unit, WageUnclear};

/// Đồng that a dollar counts at least, to judge whether dollars can be meant.
const DOLLAR: u64 = 25_000;

/// What is believable: from, where the unit is only supposed; from, where it is written; to. The
/// upper ends fit into 32 bits when brought to a month.
const fn believable(unit: Unit) -> (u64, u64, u64) {
    match unit {
        // Less a month is an allowance, or a day's wage without "a day".
        Unit::Month => (500_000, 100_000, 900_000_000),
        Unit::Week => (100_000, 100_000, 100_000_000),
        Unit::Day => (20_000, 20_000, 20_000_000),
        Unit::Hour => (5_000, 5_000, 3_000_000),
        Unit::Piece => (1, 1, 1_000_000_000),
    }
}

/// Whether somebody may earn this.
///
/// # Errors
/// Where nobody does.
pub(super) fn check(
    band: Band,
    unit: Unit,
    money: Money,
    unit_is_said: bool,
) -> Result<(), WageUnclear> {
    let vnd = |end: u64| match money {
        Money::Dong => end,
        Money::Dollar => end.saturating_mul(DOLLAR),
    };
    let (least, most) = (vnd(band.least()), vnd(band.most()));
    let (supposed, written, to) = believable(unit);
    let per = match unit {
        Unit::Month | Unit::Week | Unit::Piece => Period::Month,
        Unit::Day => Period::Day,
        Unit::Hour => Period::Hour,
    };
    // Of a range the upper end tells which period is meant.
    if least < written || most < if unit_is_said { written } else { supposed } {
        return Err(WageUnclear::Unbelievable { vnd: least, per });
    }
    if most > to {
        return Err(WageUnclear::Unbelievable { vnd: most, per });
    }
    Ok(())
}
