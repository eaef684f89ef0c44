//! What a list can be narrowed by, and how many there would be.

use std::collections::HashMap;

use domain::code::{AdminUnits, IscoCode};
use domain::vacancy::{Asked, Origin, Vacancy, Workplace};
use roaring::RoaringBitmap;

use crate::segment::Row;

/// Values of a facet at most.
pub const VALUES: usize = 64;

/// The upper ends of the bands of wages, in VND a month; from the last on is a band of its own.
pub const WAGE_BANDS: [u64; 5] = [5_000_000, 8_000_000, 12_000_000, 20_000_000, 30_000_000];
/// The upper ends of the bands of experience, in months; from the last on is a band of its own.
pub const EXPERIENCE_BANDS: [u16; 4] = [1, 12, 36, 60];

/// Something to narrow by. Its values are numbers below [`VALUES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The province of 2025, by its place in the list of units.
    Province,
    /// The trade, as the caller numbers them.
    Trade,
    /// The training level, by rank.
    Level,
    /// The band of the wage, by its place in [`WAGE_BANDS`].
    Wage,
    /// The band of the experience, by its place in [`EXPERIENCE_BANDS`]; 0 is none.
    Experience,
    /// Contracts, by the bits of the code list.
    Contract,
    /// Shifts, by the bits of the code list.
    Shift,
    /// Benefits, by the bits of the code list.
    Benefit,
    /// Where the record comes from, by its place in [`Origin::ALL`].
    Origin,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Province,
        Self::Trade,
        Self::Level,
        Self::Wage,
        Self::Experience,
        Self::Contract,
        Self::Shift,
        Self::Benefit,
        Self::Origin,
    ];
}

/// How trades are numbered.
pub type Trades = dyn Fn(IscoCode) -> Option<u8> + Send + Sync;

/// The values that a vacancy has, a bit each, by facet; 0 where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Facts([u64; Facet::ALL.len()]);

impl Facts {
    pub(crate) fn of(vacancy: &Vacancy, units: &AdminUnits, trades: &Trades) -> Self {
        let offer = &vacancy.offer;
        let bit = |at: usize| {
            1_u64
                .checked_shl(u32::try_from(at).unwrap_or(64))
                .unwrap_or(0)
        };
        let provinces = offer.workplaces.iter().filter_map(|place| match *place {
            Workplace::Commune(at) => units.commune(at).map(|unit| unit.province),
            Workplace::Province(at) => Some(at),
            Workplace::LegacyProvince(at) => units.legacy_province(at).map(|unit| unit.province),
        });
        let trade = offer.occupations.first().and_then(|&code| trades(code));
        let level = match offer.level {
            Asked::Required(rank) => bit(rank.get().into()),
            Asked::NotRequired => bit(0),
            Asked::NotSaid => 0,
        };
        let experience = match offer.months {
            Asked::Required(months) => bit(band(&EXPERIENCE_BANDS, months)),
            Asked::NotRequired => bit(0),
            Asked::NotSaid => 0,
        };
        let origin = Origin::ALL
            .iter()
            .position(|&known| known == vacancy.origin);
        Self([
            provinces.fold(0, |all, at| all | bit(at.index())),
            trade.map_or(0, |at| bit(at.into())),
            level,
            offer.wage.map_or(0, |wage| bit(band(&WAGE_BANDS, wage))),
            experience,
            offer.contracts.bits().into(),
            offer.shifts.bits().into(),
            vacancy.benefits.bits().into(),
            origin.map_or(0, bit),
        ])
    }

    pub(crate) fn values(&self, facet: Facet) -> u64 {
        self.0.get(facet as usize).copied().unwrap_or(0)
    }
}

fn band<T: PartialOrd + Copy>(ends: &[T], value: T) -> usize {
    ends.iter().take_while(|&&end| value >= end).count()
}

/// What a list is narrowed to: for each facet the values of which one must be there; none: all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filters([u64; Facet::ALL.len()]);

impl Filters {
    /// Lets this value through, too.
    #[must_use]
    pub fn with(mut self, facet: Facet, value: u8) -> Self {
        if let Some(values) = self.0.get_mut(facet as usize) {
            *values |= 1_u64.checked_shl(value.into()).unwrap_or(0);
        }
        self
    }

    fn lets(&self, facet: Facet, value: u8) -> bool {
        let bit = 1_u64.checked_shl(value.into()).unwrap_or(0);
        self.0
            .get(facet as usize)
            .is_some_and(|&values| values & bit != 0)
    }

    /// Whether the list is narrowed by this facet.
    pub fn has(&self, facet: Facet) -> bool {
        self.0
            .get(facet as usize)
            .is_some_and(|&values| values != 0)
    }
}

/// Who has each value of each facet.
#[derive(Default)]
pub(crate) struct Values(HashMap<(Facet, u8), RoaringBitmap>);

impl Values {
    pub(crate) fn add(&mut self, row: Row, facts: &Facts) {
        for facet in Facet::ALL {
            let mut values = facts.values(facet);
            while values != 0 {
                let value = u8::try_from(values.trailing_zeros()).unwrap_or(u8::MAX);
                self.0.entry((facet, value)).or_default().insert(row);
                values &= values - 1;
            }
        }
    }

    /// Who has a value of this facet that the filters let through.
    pub(crate) fn any(&self, facet: Facet, filters: &Filters) -> RoaringBitmap {
        let having = self
            .0
            .iter()
            .filter(|((of, value), _)| *of == facet && filters.lets(facet, *value));
        having.fold(RoaringBitmap::new(), |all, (_, rows)| all | rows)
    }

    /// Counts these rows by the values of a facet.
    pub(crate) fn count(&self, facet: Facet, rows: &RoaringBitmap, counts: &mut Counts) {
        for ((_, value), having) in self.0.iter().filter(|((of, _), _)| *of == facet) {
            let count = rows.intersection_len(having);
            counts.add(facet, *value, u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
}

/// For each value of each facet, how many there would be with it under the other filters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts(Vec<[u32; VALUES]>);

impl Default for Counts {
    fn default() -> Self {
        Self(vec![[0; VALUES]; Facet::ALL.len()])
    }
}

impl Counts {
    /// The values of a facet that somebody has, with how many.
    pub fn of(&self, facet: Facet) -> impl Iterator<Item = (u8, u32)> {
        let counts = self.0.get(facet as usize).into_iter().flatten();
        (0..).zip(counts.copied()).filter(|&(_, count)| count > 0)
    }

    fn add(&mut self, facet: Facet, value: u8, count: u32) {
        let counts = self.0.get_mut(facet as usize);
        if let Some(known) = counts.and_then(|counts| counts.get_mut(usize::from(value))) {
            *known += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_half_open() {
        assert_eq!(band(&WAGE_BANDS, 0), 0);
        assert_eq!(band(&WAGE_BANDS, 4_999_999), 0);
        assert_eq!(band(&WAGE_BANDS, 5_000_000), 1);
        assert_eq!(band(&WAGE_BANDS, 30_000_000), 5);
        assert_eq!(band(&EXPERIENCE_BANDS, 12), 2);
    }
}
