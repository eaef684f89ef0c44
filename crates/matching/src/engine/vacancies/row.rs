//! A vacancy in one cache line.

use chrono::Datelike;
use domain::id::VacancyId;
use domain::vacancy::{Asked, Offer};

use super::layout::provinces;
use super::runs::{ABROAD, ADULTS, Limits, MINORS};
use crate::definition::{Reach, Rules, location};

/// What stands for "any day".
const ALWAYS: i32 = i32::MAX;
/// What stands for "not said".
const NO_WAGE: u32 = u32::MAX;
/// What stands for the classes of a vacancy that does not fit: its bounds are the highest.
pub(super) const NO_CLASS: u16 = u16::MAX;

const FLAG_REMOTE: u8 = 1;
const FLAG_LODGED: u8 = 1 << 1;
const FLAG_ABROAD: u8 = 1 << 2;
const FLAG_MINORS: u8 = 1 << 3;
const FLAG_MONTHS_NOT_REQUIRED: u8 = 1 << 4;
const FLAG_ODD: u8 = 1 << 5;

/// What scoring needs of a vacancy.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(super) struct Row {
    pub(super) id: VacancyId,
    /// The provinces of its workplaces, a bit each.
    pub(super) provinces: u64,
    closes: i32,
    wage: u32,
    pub(super) skills_start: u32,
    pub(super) places_start: u32,
    months: u16,
    pub(super) occupation: u16,
    pub(super) training: u16,
    pub(super) skills_len: u8,
    pub(super) places_len: u8,
    pub(super) contracts: u8,
    pub(super) shifts: u8,
    flags: u8,
}

/// Where in the lists of its segment the parts of a row stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links {
    pub(super) skills_start: u32,
    pub(super) places_start: u32,
    /// The class of its codes, if there is room for one more.
    pub(super) occupation: Option<u16>,
    /// The class of its level and field, if there is room for one more.
    pub(super) training: Option<u16>,
}

impl Row {
    pub(super) fn new(rules: &Rules, offer: &Offer, skills: usize, links: Links) -> Self {
        let wage = offer.wage.map_or(Some(NO_WAGE), |wage| {
            u32::try_from(wage).ok().filter(|&wage| wage != NO_WAGE)
        });
        let skills_len = u8::try_from(skills).ok();
        let places_len = u8::try_from(offer.workplaces.len()).ok();
        let has_far_province = offer
            .workplaces
            .iter()
            .filter_map(|&place| rules.geo.province_of_workplace(place))
            .any(|province| province.index() >= 64);
        let is_odd = wage.is_none()
            || skills_len.is_none()
            || places_len.is_none()
            || links.occupation.is_none()
            || links.training.is_none()
            || has_far_province;
        let class = |class: Option<u16>| class.filter(|_| !is_odd).unwrap_or(NO_CLASS);
        let flags = [
            (offer.remote, FLAG_REMOTE),
            (location::reach(offer) == Reach::Lodged, FLAG_LODGED),
            (offer.abroad, FLAG_ABROAD),
            (offer.suits_minors && !offer.abroad, FLAG_MINORS),
            (offer.months == Asked::NotRequired, FLAG_MONTHS_NOT_REQUIRED),
            (is_odd, FLAG_ODD),
        ];
        Self {
            id: offer.id,
            provinces: provinces(&rules.geo, &offer.workplaces),
            closes: offer.closes.map_or(ALWAYS, |last| last.num_days_from_ce()),
            wage: wage.unwrap_or(NO_WAGE),
            skills_start: links.skills_start,
            places_start: links.places_start,
            months: offer.months.required().copied().unwrap_or(0),
            occupation: class(links.occupation),
            training: class(links.training),
            skills_len: skills_len.unwrap_or(0),
            places_len: places_len.unwrap_or(0),
            contracts: offer.contracts.bits(),
            shifts: offer.shifts.bits(),
            flags: flags
                .into_iter()
                .filter(|(is, _)| *is)
                .fold(0, |flags, (_, flag)| flags | flag),
        }
    }

    /// Whether the row does not say all: who reads it must take the vacancy itself.
    pub(super) const fn is_odd(&self) -> bool {
        self.flags & FLAG_ODD != 0
    }

    pub(super) const fn is_remote(&self) -> bool {
        self.flags & FLAG_REMOTE != 0
    }

    /// Whom it can take at all.
    pub(super) const fn limits(&self) -> Limits {
        let adults = if self.flags & FLAG_MINORS == 0 {
            ADULTS
        } else {
            MINORS
        };
        let abroad = if self.flags & FLAG_ABROAD == 0 {
            0
        } else {
            ABROAD
        };
        Limits {
            contracts: self.contracts,
            flags: adults | abroad,
        }
    }

    pub(super) const fn reach(&self) -> Reach {
        if self.flags & FLAG_LODGED == 0 {
            Reach::Daily
        } else {
            Reach::Lodged
        }
    }

    /// Whether the deadline has not passed on that day.
    pub(super) const fn is_open(&self, day: i32) -> bool {
        day <= self.closes
    }

    /// Months of experience.
    pub(super) const fn months(&self) -> Asked<u16> {
        if self.flags & FLAG_MONTHS_NOT_REQUIRED != 0 {
            Asked::NotRequired
        } else if self.months == 0 {
            Asked::NotSaid
        } else {
            Asked::Required(self.months)
        }
    }

    /// VND a month.
    pub(super) const fn wage(&self) -> Option<u32> {
        if self.wage == NO_WAGE {
            None
        } else {
            Some(self.wage)
        }
    }
}
