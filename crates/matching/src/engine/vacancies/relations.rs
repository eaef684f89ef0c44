//! Which skills stand for which, the way a seeker needs it.

use super::runs::Families;
use crate::definition::Rules;

/// By skill.
pub(super) struct Relations {
    /// Those that may be asked for, and for which it stands.
    pub(super) stands_for: Vec<Vec<u32>>,
    /// A bit, the same for all that are related over any number of steps.
    pub(super) families: Vec<Families>,
}

impl Relations {
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
            .map(|skill| Families(1 << (spread(head(&heads, skill)) >> 27)))
            .collect();
        Self {
            stands_for,
            families,
        }
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
