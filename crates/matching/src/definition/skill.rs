//! Skill: Σ over the skills asked of share · credit.

use domain::code::{Codes, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};

use super::{ONE, PartFit, Rules};
use crate::settings::Part;

/// At most this many skills of a vacancy count.
pub const MOST_SKILLS: usize = 16;

/// What the person brings for a skill that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Credit {
    /// Not named: not there.
    None,
    /// A relative of it: six tenths.
    Relative,
    /// The skill itself.
    Own,
}

impl Credit {
    /// In tenths.
    pub const fn tenths(self) -> u64 {
        match self {
            Self::None => 0,
            Self::Relative => 6,
            Self::Own => 10,
        }
    }
}

/// A skill that counts, with its share of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedSkill {
    /// Which.
    pub skill: SkillIx,
    /// Of 1e9; the shares add up to 1e9.
    pub share: u64,
}

impl SharedSkill {
    /// What somebody with these skills (sorted) brings for it.
    pub fn credit(&self, codes: &Codes, has: &[SkillIx]) -> Credit {
        if has.binary_search(&self.skill).is_ok() {
            return Credit::Own;
        }
        let relatives = codes.skills.relatives(self.skill);
        if relatives
            .iter()
            .any(|skill| has.binary_search(skill).is_ok())
        {
            Credit::Relative
        } else {
            Credit::None
        }
    }
}

/// The skills that count and their shares, largest first, then by id.
///
/// v = round(u · confidence · idf · 1e9), u = 1 essential, .5 desirable; the 16 largest v count;
/// share = floor(1e9 · v / Σv), what is left over to the first.
pub fn shares(rules: &Rules, offer: &Offer) -> Vec<SharedSkill> {
    let Asked::Required(asked) = &offer.skills else {
        return Vec::new();
    };
    let mut valued: Vec<(u64, SkillIx)> = asked
        .iter()
        .map(|asked| {
            let u = if asked.essential { 1.0 } else { 0.5 };
            let confidence = f64::from(asked.confidence.get()) / 1_000.0;
            let v = libm::floor(u * confidence * rules.idf(asked.skill) * ONE as f64 + 0.5);
            (v as u64, asked.skill)
        })
        .collect();
    valued.sort_by(|(v, skill), (other_v, other)| other_v.cmp(v).then(skill.cmp(other)));
    valued.truncate(MOST_SKILLS);
    let total: u128 = valued.iter().map(|&(v, _)| u128::from(v)).sum();
    if total == 0 {
        return Vec::new();
    }
    let mut shared: Vec<SharedSkill> = valued
        .into_iter()
        .map(|(v, skill)| SharedSkill {
            skill,
            share: u64::try_from(u128::from(ONE) * u128::from(v) / total).unwrap_or(ONE),
        })
        .collect();
    let given: u64 = shared.iter().map(|skill| skill.share).sum();
    if let Some(first) = shared.first_mut() {
        first.share += ONE - given;
    }
    shared
}

pub(crate) fn fit(rules: &Rules, offer: &Offer, seeker: &Seeker) -> PartFit {
    match offer.skills {
        Asked::NotRequired => PartFit::known(ONE),
        Asked::NotSaid => PartFit::neutral(rules.neutral(Part::Skill)),
        Asked::Required(_) => {
            let counted = shares(rules, offer);
            if counted.is_empty() {
                return PartFit::neutral(rules.neutral(Part::Skill));
            }
            let tenths: u64 = counted
                .iter()
                .map(|asked| asked.share * asked.credit(&rules.codes, &seeker.skills).tenths())
                .sum();
            PartFit::known(tenths / 10)
        }
    }
}
