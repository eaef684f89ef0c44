//! What of a vacancy the planes of a segment can tell: step by step, what somebody who lacks a
//! thing loses at least.
//!
//! The best that anybody could have for a vacancy, less the losses, is a bound. Losses are whole
//! thousandths, rounded down; where the losses of a person are more than the distance of that
//! best from the 50th on the list, the person need not be looked at.

use domain::code::IscoCode;
use domain::vacancy::Asked;

use super::planes::{
    self, ABROAD, NO_CODE, NO_CONTRACT, NO_FIELD, NO_LEVEL, NO_PAIR, NO_SHIFT, NOT_TOLD, Planes,
    WAGE_BOUNDS,
};
use super::query::{AskedHere, Query};
use super::skill_planes::{Pair, SkillPlanes};
use super::summary::{self, Summary};
use crate::definition::{ONE, occupation, usable};
use crate::settings::Part;

/// Who lacks it is out, whatever else they have.
pub(super) const ALL: u16 = 1_024;

/// So many bits hold what somebody may lose.
pub(super) const BITS: usize = 10;

/// One thing that one has or lacks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    /// The planes: who stands in none of them lacks it.
    first_plane: u32,
    planes: u32,
    /// What one loses who lacks it, in thousandths.
    loss: u16,
    /// The same, bit by bit: all ones or none.
    pub(super) bits: [u64; BITS],
    /// What one loses at least with all that one lacks with it.
    pub(super) in_all: u16,
}

/// The steps of a query in a segment.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    planes: Vec<u16>,
    /// For who has passed all steps: those in the plane, but in none of the step's.
    pub(super) confirmations: Vec<(u16, Step)>,
    /// The planes of all steps, in their order.
    pub(super) lines: Vec<u16>,
    /// Who stands in none of the planes of this step is no candidate.
    pub(super) candidates: Step,
    /// Who is no candidate loses so much by the other steps.
    pub(super) without_candidates: u16,
}

/// Which planes codes have.
struct CodePlanes {
    of: fn(IscoCode) -> u16,
    /// Of who has none.
    none: u16,
}

impl Plan {
    pub(super) fn new(query: &Query<'_>, all: &Planes) -> Self {
        let codes = CodePlanes {
            of: planes::code,
            none: NO_CODE,
        };
        let mut plan = Self::of_skills_and_codes(query, &all.skills, &codes);
        plan.training(query);
        plan.experience(query);
        plan.terms(query);
        if query.offer.abroad {
            plan.push([ABROAD], ALL, ALL);
        }
        plan.sort(|planes| all.lacking(planes));
        plan
    }

    /// The plan for the groups of a summary, which tells of fewer things.
    pub(super) fn of_groups(query: &Query<'_>, summary: &Summary) -> Self {
        let codes = CodePlanes {
            of: summary::code,
            none: summary::NO_CODE,
        };
        let mut plan = Self::of_skills_and_codes(query, &summary.skills, &codes);
        plan.sort(|planes| summary.lacking(planes));
        plan
    }

    fn of_skills_and_codes(query: &Query<'_>, skills: &SkillPlanes, codes: &CodePlanes) -> Self {
        let mut plan = Self::default();
        plan.candidates(query, skills, codes);
        plan.skills(query, skills);
        plan.without_candidates = plan.steps.iter().map(|step| step.loss).sum();
        plan.occupation(query, codes);
        plan
    }

    /// What costs people most for each line that is read comes first.
    fn sort(&mut self, lacking: impl Fn(&[u16]) -> u64) {
        let mut steps = std::mem::take(&mut self.steps);
        steps.sort_by_cached_key(|step| {
            let planes = self.planes(step);
            let loss = u64::from(step.loss) * lacking(planes);
            std::cmp::Reverse(loss / planes.len().max(1) as u64)
        });
        self.steps = steps;
        self.lines = self
            .steps
            .iter()
            .flat_map(|step| self.planes(step))
            .copied()
            .collect();
    }

    /// A plan of these steps only.
    #[cfg(test)]
    pub(super) fn of_steps(steps: &[(Vec<u16>, u16)]) -> Self {
        let mut plan = Self::default();
        for (planes, loss) in steps {
            plan.push(planes.iter().copied(), *loss, *loss);
        }
        plan.without_candidates = ALL;
        plan.candidates = plan.step(0..8, ALL, ALL);
        plan
    }

    /// The planes of a step.
    pub(super) fn planes(&self, step: &Step) -> &[u16] {
        let first = step.first_plane as usize;
        self.planes
            .get(first..first + step.planes as usize)
            .unwrap_or_default()
    }

    fn step(&mut self, planes: impl IntoIterator<Item = u16>, loss: u16, in_all: u16) -> Step {
        let first = self.planes.len();
        for plane in planes {
            if !self.planes.iter().skip(first).any(|&other| other == plane) {
                self.planes.push(plane);
            }
        }
        Step {
            first_plane: first as u32,
            planes: (self.planes.len() - first) as u32,
            loss,
            bits: std::array::from_fn(|bit| (u64::from(loss) >> bit & 1).wrapping_neg()),
            in_all,
        }
    }

    fn push(&mut self, planes: impl IntoIterator<Item = u16>, loss: u16, in_all: u16) {
        if loss > 0 {
            let step = self.step(planes, loss, in_all);
            self.steps.push(step);
        }
    }

    fn candidates(&mut self, query: &Query<'_>, planes: &SkillPlanes, codes: &CodePlanes) {
        let skills = query.skills.iter().flat_map(|asked| any(planes, asked).0);
        let codes = crate::definition::candidate_codes(query.offer).map(codes.of);
        self.candidates = self.step(skills.chain(codes), ALL, ALL);
    }

    fn skills(&mut self, query: &Query<'_>, planes: &SkillPlanes) {
        let weight = query.weight(Part::Skill);
        for asked in &query.skills {
            let own = planes.own(asked.skill);
            let first = own.map(|pair| pair.first);
            if asked.relatives.is_empty() {
                let loss = thousandths(weight, asked.share);
                self.push(first, loss, loss);
                self.confirm(own, loss);
                continue;
            }
            let (any, family) = any(planes, asked);
            let without_own = thousandths(weight, asked.share / 10 * 4);
            let without_any = thousandths(weight, asked.share / 10 * 6);
            self.push(any, without_any, without_any + without_own);
            self.push(first, without_own, without_own);
            self.confirm(family, without_any);
            self.confirm(own, without_own);
        }
    }

    /// Who stands in the first plane of a pair, but not in the second, lacks the thing too.
    fn confirm(&mut self, pair: Option<Pair>, loss: u16) {
        if let Some(pair) = pair.filter(|pair| pair.first != pair.second && loss > 0) {
            let step = self.step([pair.second], loss, loss);
            self.confirmations.push((pair.first, step));
        }
    }

    fn occupation(&mut self, query: &Query<'_>, planes: &CodePlanes) {
        let weight = query.weight(Part::Occupation);
        let neutral = query.rules.neutral(Part::Occupation);
        let codes: Vec<IscoCode> = query
            .offer
            .occupations
            .iter()
            .copied()
            .filter(|&code| usable(code))
            .collect();
        let Some(digits) = codes.iter().map(|code| code.digits()).max() else {
            return;
        };
        let top = occupation::worth(digits);
        if neutral > top {
            let loss = thousandths(weight, neutral - top);
            self.push([planes.none], loss, loss);
        }
        let mut below_is = 0;
        let mut in_all = 0;
        for common in (1..=digits).rev() {
            let below = occupation::worth(common - 1);
            let loss = thousandths(weight, occupation::worth(common) - below);
            below_is += loss;
            let prefixes = codes.iter().filter_map(|&code| {
                let is_manager = code.prefix(1).is_some_and(|major| major.value() == 1);
                code.prefix(if is_manager { 4 } else { common })
            });
            let without = (neutral > below).then_some(planes.none);
            in_all = below_is;
            self.push(prefixes.map(planes.of).chain(without), loss, in_all);
        }
        debug_assert!(in_all <= thousandths(weight, top));
    }

    fn training(&mut self, query: &Query<'_>) {
        let weight = query.weight(Part::Training);
        let offer = query.offer;
        // Who has no training stands at neutral: in the planes of every step that could put them
        // below it.
        let least_neutral = query.rules.neutral(Part::Training) <= ONE / 2;
        let tenth = thousandths(weight, ONE / 10);
        if let Some(field) = offer.field {
            let is_level_asked = offer.level.required().is_some();
            // A training without level counts half, whatever its field.
            let level = is_level_asked.then_some(NO_LEVEL);
            let others = [NO_PAIR].into_iter().chain(level);
            let same = [planes::field(field)];
            self.push(same.into_iter().chain(others.clone()), tenth, tenth);
            let like = [planes::broad_field(field), NO_FIELD];
            self.push(like.into_iter().chain(others), tenth, 2 * tenth);
        }
        let Asked::Required(rank) = offer.level else {
            return;
        };
        // With a field, level counts eight tenths here and the field the rest: never too much.
        let share = if offer.field.is_some() { 8 } else { 10 };
        let part = |twentieths: u64| thousandths(weight, ONE / 200 * twentieths * share);
        let from = |rank: u8| [planes::level_from(rank)].into_iter();
        let rank = rank.get();
        let always = (!least_neutral).then_some(NO_PAIR);
        let [below, none] = [part(10), part(10)];
        self.push(from(rank).chain(always), below, below);
        self.push(
            from(rank.saturating_sub(1)).chain([NO_LEVEL, NO_PAIR]),
            none,
            below + none,
        );
    }

    fn experience(&mut self, query: &Query<'_>) {
        if !matches!(query.offer.months, Asked::Required(_)) || query.groups.is_empty() {
            return;
        }
        let weight = query.weight(Part::Experience);
        let neutral = query.rules.neutral(Part::Experience);
        let groups = || crate::definition::experience::groups(query.offer).map(planes::worked);
        let not_told = thousandths(weight, ONE - neutral);
        let nothing = thousandths(weight, neutral);
        self.push(groups(), not_told, not_told);
        self.push(groups().chain([NOT_TOLD]), nothing, not_told + nothing);
    }

    fn terms(&mut self, query: &Query<'_>) {
        let weight = query.weight(Part::Terms);
        let neutral = query.rules.neutral(Part::Terms);
        let third = |f: u64| thousandths(weight, f / 3);
        let offer = query.offer;
        let not_said = third(ONE - neutral);
        let other = third(neutral);
        let contracts = || planes::contracts(offer.contracts.bits());
        if !offer.contracts.is_empty() {
            self.push(contracts(), not_said, not_said);
            self.push(contracts().chain([NO_CONTRACT]), other, not_said + other);
        }
        let shifts = || planes::shifts(offer.shifts.bits());
        if !offer.shifts.is_empty() {
            self.push(shifts(), not_said, not_said);
            self.push(shifts().chain([NO_SHIFT]), other, not_said + other);
        }
        self.wage(query);
    }

    /// Who wishes more than a bound above what is offered has less than the offer to the bound.
    fn wage(&mut self, query: &Query<'_>) {
        let Some(offered) = query.offer.wage else {
            return;
        };
        let weight = query.weight(Part::Terms);
        let mut before = 0;
        for (at, bound) in WAGE_BOUNDS.into_iter().enumerate() {
            let bound = bound * 1_000_000;
            if bound < offered {
                continue;
            }
            // Rounded up: a rounded ratio is at most one above.
            let at_most = u128::from(offered) * u128::from(ONE) / u128::from(bound) + 1;
            let at_most = u64::try_from(at_most).unwrap_or(ONE).min(ONE);
            let loss = thousandths(weight, (ONE - at_most) / 3);
            if loss >= before + 3 {
                self.push([planes::wage(at)], loss - before, loss);
                before = loss;
            }
        }
    }
}

/// The planes of who has a skill or may stand for it; with their pair, if it is one.
fn any(planes: &SkillPlanes, asked: &AskedHere<'_>) -> (Vec<u16>, Option<Pair>) {
    match planes.family(asked.skill, asked.relatives) {
        Some(pair) => (vec![pair.first], Some(pair)),
        None => {
            let all = std::iter::once(asked.skill).chain(asked.relatives.iter().copied());
            let all = all.filter_map(|skill| planes.own(skill));
            (all.map(|pair| pair.first).collect(), None)
        }
    }
}

/// A part of 1e9 in whole thousandths of the fit, rounded down.
const fn thousandths(weight: u64, f: u64) -> u16 {
    (weight * f / ONE) as u16
}
