//! Who asks for a rare skill: few enough to go through one by one.

use domain::vacancy::{Asked, Offer};

use super::basis::Families;
use crate::definition::{ONE, experience};

/// Values of a part, 0 to 1e9, are rounded up to steps of 2^22 where they only bound.
const STEP_BITS: u32 = 22;

/// The step at or above a value of a part.
pub(super) const fn step(value: u64) -> u8 {
    value.div_ceil(1 << STEP_BITS) as u8
}

/// The value at that step.
pub(super) const fn of_step(step: u8) -> u64 {
    let value = (step as u64) << STEP_BITS;
    if value > ONE { ONE } else { value }
}

/// A vacancy at a site, under a rare skill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// The families of its frequent skills, and of the rare ones that weigh less.
    pub(super) others: Families,
    pub(super) row: u32,
    pub(super) site: u32,
    /// Its level and field, by class.
    pub(super) training: u16,
    /// In steps, the most for skill that somebody has who has none of the rare skills before it.
    pub(super) tail: u8,
    /// In steps, what this skill weighs.
    pub(super) share: u8,
    /// Its trade; the country where it has several.
    pub(super) trade: u8,
    pub(super) months: Months,
    pub(super) suits_minors: bool,
}

/// Which months a vacancy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Months {
    /// Expressly none.
    None,
    /// Not said, or not known in which trade.
    NotSaid,
    /// So many in its trade.
    Some,
}

impl Months {
    /// Those of a vacancy.
    pub(super) fn of(offer: &Offer) -> Self {
        match offer.months {
            Asked::NotRequired => Self::None,
            Asked::Required(_) if experience::groups(offer).next().is_some() => Self::Some,
            Asked::Required(_) | Asked::NotSaid => Self::NotSaid,
        }
    }
}

/// Lists by rare skill.
#[derive(Default)]
pub(super) struct Postings {
    /// By skill: where its list begins; one more at the end.
    starts: Vec<u32>,
    items: Vec<Posting>,
}

impl Postings {
    /// Lays out postings with their skills.
    pub(super) fn new(mut entries: Vec<(u32, Posting)>) -> Self {
        entries.sort_by_key(|&(skill, posting)| (skill, posting.row));
        let mut postings = Self {
            starts: Vec::new(),
            items: Vec::with_capacity(entries.len()),
        };
        for (skill, posting) in entries {
            let begun = postings.items.len() as u32;
            if postings.starts.len() <= skill as usize {
                postings.starts.resize(skill as usize + 1, begun);
            }
            postings.items.push(posting);
        }
        postings.starts.push(postings.items.len() as u32);
        postings
    }

    /// The list of a skill.
    pub(super) fn of(&self, skill: u32) -> &[Posting] {
        let at = |skill: usize| self.starts.get(skill).map(|&start| start as usize);
        let start = at(skill as usize).unwrap_or(self.items.len());
        let end = at(skill as usize + 1).unwrap_or(self.items.len());
        self.items.get(start..end).unwrap_or_default()
    }
}
