//! What an offer and its changes ask for, as bits of a mask.

use domain::code::{IscoCode, SkillIx};
use domain::vacancy::{Asked, Offer};

use super::{Changed, Way, changes_of_skill};
use crate::definition::{Credit, ONE, Rules, candidate_codes, occupation, shares};
use crate::engine::query::Query;
use crate::engine::row::{self, code_range};
use crate::settings::Part;

/// Bits of a mask: the skill itself from 0, a relative of it from here.
const RELATIVE: u32 = 24;
/// The person has a code in a group of the offer as it is.
const CODE: u64 = 1 << 62;
/// The person has a code in a group that leads only to an offer that asks for no skill.
const SHORT_CODE: u64 = 1 << 63;
pub(super) const CODES: u64 = CODE | SHORT_CODE;
const OWN_BITS: u64 = (1 << RELATIVE) - 1;
/// The skills that count for one offer, by their bits.
pub(super) struct Skills {
    pub(super) shares: Vec<(u32, u64)>,
    /// Who has one of these bits is a candidate.
    pub(super) leads: u64,
    /// The value where no skill counts.
    without: u64,
}

impl Skills {
    pub(super) fn value(&self, mask: u64) -> u64 {
        if self.shares.is_empty() {
            return self.without;
        }
        self.shares
            .iter()
            .map(|&(bit, share)| share * credit(mask, bit).tenths())
            .sum::<u64>()
            / 10
    }
}

const fn credit(mask: u64, bit: u32) -> Credit {
    if mask >> bit & 1 == 1 {
        Credit::Own
    } else if mask >> (bit + RELATIVE) & 1 == 1 {
        Credit::Relative
    } else {
        Credit::None
    }
}

/// The most that parts can bring under any of the offers, weighted.
pub(super) struct Ceiling {
    skill_weight: u64,
    /// Per bit: the largest share.
    shares: Vec<u64>,
    /// The value of skill where none counts, for who comes by a code.
    without: u64,
    occupation: u64,
    occupation_without_code: u64,
    /// Training, experience and terms.
    pub(super) rest: u64,
}

impl Ceiling {
    /// All parts but location.
    pub(super) fn sum(&self, mask: u64) -> u64 {
        let occupation = if mask & CODES == 0 {
            self.occupation_without_code
        } else {
            self.occupation
        };
        self.skill(mask) + occupation + self.rest
    }

    pub(super) fn skill(&self, mask: u64) -> u64 {
        let own = mask & OWN_BITS;
        let relative = mask >> RELATIVE & OWN_BITS & !own;
        let tenths = self.share(own) * Credit::Own.tenths()
            + self.share(relative) * Credit::Relative.tenths();
        let by_skill = (tenths / 10).min(ONE);
        let most = if mask & CODES == 0 {
            by_skill
        } else {
            by_skill.max(self.without)
        };
        self.skill_weight * most
    }

    fn share(&self, mut bits: u64) -> u64 {
        let mut sum = 0;
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            sum += self.shares.get(bit).unwrap_or(&0);
            bits &= bits - 1;
        }
        sum
    }
}

fn bit_of(union: &[SkillIx], skill: SkillIx) -> u32 {
    union.binary_search(&skill).unwrap_or(0) as u32
}

pub(super) fn skills(rules: &Rules, base: &Offer, offer: &Offer, union: &[SkillIx]) -> Skills {
    let shares: Vec<(u32, u64)> = shares(rules, offer)
        .iter()
        .map(|asked| (bit_of(union, asked.skill), asked.share))
        .collect();
    let by_skill = shares
        .iter()
        .fold(0, |bits, (bit, _)| bits | 1 << bit | 1 << (bit + RELATIVE));
    let has_more_groups =
        candidate_codes(offer).any(|group| candidate_codes(base).all(|other| other != group));
    Skills {
        leads: by_skill | CODE | if has_more_groups { SHORT_CODE } else { 0 },
        without: match offer.skills {
            Asked::NotRequired => ONE,
            _ if shares.is_empty() => rules.neutral(Part::Skill),
            _ => 0,
        },
        shares,
    }
}

pub(super) fn ceiling(
    rules: &Rules,
    query: &Query<'_>,
    skills: &Skills,
    ways: &[Way<'_>],
    count: usize,
) -> Ceiling {
    let all = || {
        std::iter::once(skills).chain(ways.iter().filter_map(|way| match way {
            Way::Skills(skills) => Some(skills),
            _ => None,
        }))
    };
    let mut largest = vec![0; count];
    for &(bit, share) in all().flat_map(|skills| &skills.shares) {
        if let Some(most) = largest.get_mut(bit as usize) {
            *most = share.max(*most);
        }
    }
    let weight = rules.settings.weights.of(Part::Occupation);
    let neutral = rules.neutral(Part::Occupation);
    let occupation = query.most.occupation;
    let rest = std::iter::once(query)
        .chain(ways.iter().filter_map(|way| match way {
            Way::Part(_, query) => Some(query),
            _ => None,
        }))
        .map(|query| query.most.training + query.most.experience + query.most.terms)
        .max()
        .unwrap_or(0);
    Ceiling {
        skill_weight: rules.settings.weights.of(Part::Skill),
        shares: largest,
        without: all()
            .filter(|skills| skills.shares.is_empty())
            .map(|skills| skills.without)
            .max()
            .unwrap_or(0),
        // Who has no code in a minor group in common has two digits at most.
        occupation_without_code: occupation.min(weight * occupation::worth(2).max(neutral)),
        occupation,
        rest,
    }
}

/// The skills that lead to any of the offers, in order, with the bits they set.
pub(super) fn skill_bits(rules: &Rules, union: &[SkillIx]) -> Vec<(usize, u64)> {
    let mut bits: Vec<(usize, u64)> = Vec::new();
    for (bit, &skill) in (0_u32..).zip(union) {
        bits.push((skill.index(), 1 << bit));
        let relatives = rules.codes.skills.relatives(skill).iter();
        bits.extend(relatives.map(|other| (other.index(), 1 << (bit + RELATIVE))));
    }
    bits.sort_unstable();
    bits.dedup_by(|(later, more), (term, bits)| {
        let is_same = later == term;
        if is_same {
            *bits |= *more;
        }
        is_same
    });
    bits
}

/// The groups of codes that lead to any of the offers, with the bit they set.
pub(super) fn group_bits(offer: &Offer, changes: &[Changed]) -> Vec<(IscoCode, u64)> {
    let mut groups: Vec<(IscoCode, u64)> =
        candidate_codes(offer).map(|group| (group, CODE)).collect();
    for group in changes_of_skill(changes).flat_map(candidate_codes) {
        if groups.iter().all(|(other, _)| *other != group) {
            groups.push((group, SHORT_CODE));
        }
    }
    groups
}

pub(super) fn code_table(groups: &[(IscoCode, u64)]) -> Vec<u64> {
    let mut table = vec![0; row::CODES];
    for &(group, bit) in groups {
        for digits in group.digits()..=4 {
            let places = table.get_mut(code_range(group, digits));
            for bits in places.into_iter().flatten() {
                *bits |= bit;
            }
        }
    }
    table
}
