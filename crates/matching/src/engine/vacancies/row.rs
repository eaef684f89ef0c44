//! A vacancy in one cache line.

use domain::vacancy::{Asked, Offer};

use super::super::row::days;
use crate::definition::{MOST_SKILLS, SharedSkill};

/// So many skills stand in the row itself.
pub(super) const HELD: usize = 6;
/// A row can have so many sites.
const MOST_SITES: usize = 8;
/// So many bits hold how many skills count.
const SKILLS_BITS: u32 = 5;
/// What stands for "any day".
const ALWAYS: u16 = u16::MAX;
/// What stands for "not said".
const NO_WAGE: u32 = u32::MAX;

const FLAG_ABROAD: u8 = 1 << 2;
const FLAG_MINORS: u8 = 1 << 3;
const FLAG_MONTHS_NOT_REQUIRED: u8 = 1 << 4;
const FLAG_NO_SKILL_ASKED: u8 = 1 << 5;
const FLAG_NO_SKILL_NAMED: u8 = 1 << 6;

/// What scoring needs of a vacancy.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub(super) struct Row {
    /// What the first skills that count weigh, of 1e9; 0 where there is none.
    pub(super) shares: [u32; HELD],
    pub(super) skills: [u16; HELD],
    /// Where the others begin.
    pub(super) more_sites_start: u32,
    closes: u16,
    wage: u32,
    /// Where the others begin.
    pub(super) more_start: u32,
    /// The first site.
    pub(super) site: u32,
    months: u16,
    pub(super) occupation: u16,
    pub(super) training: u16,
    /// How many skills count, and above, how many further sites there are.
    lengths: u8,
    pub(super) contracts: u8,
    pub(super) shifts: u8,
    flags: u8,
}

/// What of a row stands in the lists of its segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links {
    /// The class of its codes.
    pub(super) occupation: u16,
    /// The class of its level and field.
    pub(super) training: u16,
}

impl Row {
    /// The row of a vacancy; `None` where it does not fit into one.
    pub(super) fn new(offer: &Offer, shared: &[SharedSkill], links: Links) -> Option<Self> {
        let wage = match offer.wage {
            None => NO_WAGE,
            Some(wage) => u32::try_from(wage).ok().filter(|&wage| wage != NO_WAGE)?,
        };
        let (mut shares, mut skills) = ([0; HELD], [0; HELD]);
        for ((share, skill), one) in shares.iter_mut().zip(&mut skills).zip(shared) {
            *share = one.share as u32;
            *skill = u16::try_from(one.skill.0).ok()?;
        }
        if offer.workplaces.len() > MOST_SITES {
            return None;
        }
        let named = offer
            .skills
            .required()
            .is_some_and(|named| !named.is_empty());
        let flags = [
            (offer.abroad, FLAG_ABROAD),
            (offer.suits_minors && !offer.abroad, FLAG_MINORS),
            (offer.months == Asked::NotRequired, FLAG_MONTHS_NOT_REQUIRED),
            (offer.skills == Asked::NotRequired, FLAG_NO_SKILL_ASKED),
            (!named, FLAG_NO_SKILL_NAMED),
        ];
        Some(Self {
            shares,
            skills,
            closes: match offer.closes {
                None => ALWAYS,
                Some(last) => u16::try_from(days(last).max(0))
                    .ok()
                    .filter(|&day| day != ALWAYS)?,
            },
            wage,
            more_start: 0,
            site: 0,
            months: offer.months.required().copied().unwrap_or(0),
            occupation: links.occupation,
            training: links.training,
            lengths: shared.len().min(MOST_SKILLS) as u8,
            more_sites_start: 0,
            contracts: offer.contracts.bits(),
            shifts: offer.shifts.bits(),
            flags: flags
                .into_iter()
                .filter(|(is, _)| *is)
                .fold(0, |flags, (_, flag)| flags | flag),
        })
    }

    /// How many skills count.
    pub(super) const fn skills_len(&self) -> usize {
        (self.lengths & ((1 << SKILLS_BITS) - 1)) as usize
    }

    /// How many sites there are but the first.
    pub(super) const fn more_sites(&self) -> usize {
        (self.lengths >> SKILLS_BITS) as usize
    }

    /// Sets the sites; the others but the first begin at `start`.
    pub(super) fn set_sites(&mut self, sites: &[u32], start: u32) {
        self.site = sites.first().copied().unwrap_or(0);
        self.more_sites_start = start;
        let more = sites.len().saturating_sub(1).min(MOST_SITES - 1) as u8;
        self.lengths |= more << SKILLS_BITS;
    }

    /// Whether it is work abroad.
    pub(super) const fn is_abroad(&self) -> bool {
        self.flags & FLAG_ABROAD != 0
    }

    /// Whether people of 15 to 17 may do it.
    pub(super) const fn suits_minors(&self) -> bool {
        self.flags & FLAG_MINORS != 0
    }

    /// Whether it expressly asks for no skill.
    pub(super) const fn asks_no_skill(&self) -> bool {
        self.flags & FLAG_NO_SKILL_ASKED != 0
    }

    /// Whether it names no skill.
    pub(super) const fn names_no_skill(&self) -> bool {
        self.flags & FLAG_NO_SKILL_NAMED != 0
    }

    /// Whether the deadline has not passed on that day.
    pub(super) const fn is_open(&self, day: i32) -> bool {
        self.closes == ALWAYS || day <= self.closes as i32
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

#[cfg(test)]
mod tests {
    #[test]
    fn a_row_is_one_cache_line() {
        assert_eq!(size_of::<super::Row>(), 64);
    }
}
