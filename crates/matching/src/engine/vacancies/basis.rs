//! What is the same for all segments: which skills stand for which, the way a seeker needs it, and
//! how communes lie along the curve.

use super::super::layout::Spots;
use crate::definition::Rules;

pub(super) struct Basis {
    /// By skill: those that may be asked for, and for which it stands.
    pub(super) stands_for: Vec<Vec<u32>>,
    /// By skill: a bit, the same for all that are related over any number of steps.
    pub(super) families: Vec<Families>,
    /// By commune: its place on the curve through the country.
    pub(super) curve: Vec<u16>,
}

/// Families of skills as bits: what has no bit in common has neither a skill in common nor a
/// relative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Families(u64);

impl Families {
    pub(super) const fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Families {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Basis {
    pub(super) fn new(rules: &Rules) -> Self {
        let skills = &rules.codes.skills;
        let mut stands_for = vec![Vec::new(); skills.len()];
        let mut heads: Vec<u32> = (0..skills.len() as u32).collect();
        for (wanted, _) in skills.all() {
            for has in skills.relatives(wanted) {
                if let Some(list) = stands_for.get_mut(has.index()) {
                    list.push(wanted.0);
                }
                let (one, other) = (head(&heads, wanted.0), head(&heads, has.0));
                if let Some(place) = heads.get_mut(one.max(other) as usize) {
                    *place = one.min(other);
                }
            }
        }
        let families = (0..skills.len() as u32)
            .map(|skill| Families(1 << (spread(head(&heads, skill)) >> 26)))
            .collect();
        let mut curve = vec![0; rules.geo.communes()];
        for (at, &commune) in (0..).zip(&Spots::new(&rules.geo).communes) {
            if let Some(place) = curve.get_mut(usize::from(commune)) {
                *place = at;
            }
        }
        Self {
            stands_for,
            families,
            curve,
        }
    }

    /// The family of a skill.
    pub(super) fn family(&self, skill: u32) -> Families {
        self.families
            .get(skill as usize)
            .copied()
            .unwrap_or_default()
    }
}

/// The smallest skill known to be related.
fn head(heads: &[u32], mut skill: u32) -> u32 {
    while let Some(&next) = heads.get(skill as usize)
        && next != skill
    {
        skill = next;
    }
    skill
}

/// Neighbours in the list come apart (D. Knuth, The Art of Computer Programming, vol. 3, 6.4:
/// multiplicative hashing by the golden ratio).
const fn spread(skill: u32) -> u32 {
    skill.wrapping_mul(0x9e37_79b9)
}
