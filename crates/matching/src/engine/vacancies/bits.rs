//! Who of a block can still reach a list: what 512 vacancies bring and lose, at once.
//!
//! What each may still lose is kept bit by bit over planes, as for people: the subtraction of a
//! loss from all that lack a thing is a handful of operations on 512 bits. What the skills of the
//! person weigh is added up the same way. All is written over [`Wide`] registers and run by
//! [`widely`](super::super::vector::widely).

use super::super::lines::Line;
use super::super::plan::BITS;
use super::super::vector::{Allowance, Bounds, Budgets, Work, pays};
use super::super::wide::Wide;
use super::plan::{Kind, Plan, Step};
use super::planes::{NO_SKILL_ASKED, Planes, SHARE_BITS, SKILL_NOT_SAID};

/// A block, as a query looks at it.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) plan: &'a Plan,
    pub(super) planes: &'a Planes,
    pub(super) block: usize,
    /// What may be lost by who brings everything, by word.
    pub(super) budgets: &'a Budgets,
    pub(super) is_near: bool,
}

/// Who loses no more than their word may.
pub(super) struct Found {
    pub(super) alive: Line,
    /// What each may still lose, bit by bit.
    left: [Line; BITS],
    /// How many lines were read.
    pub(super) lines: usize,
}

impl Found {
    /// What one of them may still lose, in thousandths.
    pub(super) fn left(&self, word: usize, bit: u32) -> u16 {
        let lines = self.left.iter().rev();
        lines.fold(0, |left, line| {
            let bits = line.0.get(word).copied().unwrap_or(0);
            left << 1 | (bits >> bit & 1) as u16
        })
    }
}

/// Who loses no more than their word may.
pub(super) struct Survivors<'a>(pub(super) Block<'a>);

impl Work for Survivors<'_> {
    type Output = Found;

    #[inline(always)]
    fn run<W: Wide>(self) -> Found {
        let most = self.0.budgets.most();
        if most < 1 << 8 {
            self.0.survivors::<8, W>(most)
        } else if most < 1 << 9 {
            self.0.survivors::<9, W>(most)
        } else {
            self.0.survivors::<BITS, W>(most)
        }
    }
}

/// What everybody in a block can have at most; the budgets are what can be had there.
pub(super) struct AllBounds<'a>(pub(super) Block<'a>);

impl Work for AllBounds<'_> {
    type Output = Bounds;

    #[inline(always)]
    fn run<W: Wide>(self) -> Bounds {
        let of = self.0;
        let most = of.budgets.most();
        let mut left = of.budgets.in_bits::<BITS, W>();
        let (gain, any) = of.gain::<W>();
        let mut alive = W::of(&of.budgets.open().0).and(any);
        for (step, &has) in of.plan.shares.iter().zip(&gain).rev() {
            alive = alive.and(has_or_pays(&mut left, step, most, has));
        }
        for step in &of.kind().steps {
            let has = of.who_has(of.kind().planes(step));
            alive = alive.and(has_or_pays(&mut left, step, most, has));
        }
        Bounds {
            alive: Line(alive.words()),
            left: left.map(|left| Line(left.words())),
        }
    }
}

impl Block<'_> {
    #[inline(always)]
    fn kind(&self) -> &Kind {
        if self.is_near {
            &self.plan.near
        } else {
            &self.plan.far
        }
    }

    #[inline(always)]
    fn survivors<const MANY: usize, W: Wide>(&self, most: u16) -> Found {
        let kind = self.kind();
        let (gain, any) = self.gain::<W>();
        let mut found = Found {
            alive: Line::default(),
            left: [Line::default(); BITS],
            lines: SHARE_BITS * self.plan.slots.len() + kind.candidates.len(),
        };
        let mut alive = W::of(&self.budgets.open().0).and(any);
        if alive.is_empty() {
            return found;
        }
        let mut left = self.budgets.in_bits::<MANY, W>();
        for (step, &has) in self.plan.shares.iter().zip(&gain).rev() {
            alive = alive.and(has_or_pays(&mut left, step, most, has));
        }
        for step in &kind.steps {
            if alive.is_empty() {
                return found;
            }
            let planes = kind.planes(step);
            found.lines += planes.len();
            let has = self.who_has(planes);
            alive = alive.and(has_or_pays(&mut left, step, most, has));
        }
        found.alive = Line(alive.words());
        for (to, from) in found.left.iter_mut().zip(left) {
            *to = Line(from.words());
        }
        found
    }

    /// What frequent skills bring, bit by bit, and who is a candidate by them or, near by, by a
    /// code.
    #[inline(always)]
    fn gain<W: Wide>(&self) -> ([W; SHARE_BITS], W) {
        let mut gain = [W::all(0); SHARE_BITS];
        let mut over = W::all(0);
        for &slot in &self.plan.slots {
            let Some(share) = self.planes.share(slot, self.block) else {
                continue;
            };
            let mut carry = W::all(0);
            for (gain, share) in gain.iter_mut().zip(share) {
                let (before, more) = (*gain, W::of(&share.0));
                *gain = before.xor(more).xor(carry);
                carry = before.and(more).or(carry.and(before.or(more)));
            }
            over = over.or(carry);
        }
        let mut any = over;
        for gain in &mut gain {
            *gain = gain.or(over);
            any = any.or(*gain);
        }
        if self.is_near {
            any = any.or(self.who_has(&self.plan.near.candidates));
            let all: W = self.who_has(&[NO_SKILL_ASKED]);
            let some: W = self.who_has(&[SKILL_NOT_SAID]);
            for (gain, &unsaid) in gain.iter_mut().zip(&self.plan.unsaid) {
                *gain = gain.or(all).or(some.and(W::all(unsaid)));
            }
        }
        (gain, any)
    }

    #[inline(always)]
    fn who_has<W: Wide>(&self, planes: &[u16]) -> W {
        let mut has = W::all(0);
        for &plane in planes {
            if let Some(line) = self.planes.line(plane, self.block) {
                has = has.or(W::of(&line.0));
            }
        }
        has
    }
}

/// Takes the loss of a step from all that lack it; gives back who has the thing or could pay.
#[inline(always)]
fn has_or_pays<const MANY: usize, W: Wide>(
    left: &mut [W; MANY],
    step: &Step,
    most: u16,
    has: W,
) -> W {
    if step.loss > most {
        return has;
    }
    pays(left, &step.bits, has)
}

#[cfg(test)]
mod tests {
    //! What the processor has and the plain build both agree with one vacancy after the other.

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::super::vector::{bound_of, widely};
    use super::super::super::wide::Plain;
    use super::super::planes::{NO_CONTRACT, SHARE_STEPS};
    use super::*;

    fn line() -> impl Strategy<Value = Line> {
        proptest::array::uniform8(any::<u64>()).prop_map(Line)
    }

    fn is_in(line: &Line, place: usize) -> bool {
        line.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// What the vacancy in a place can have at most of its budget; `None`: it is no candidate.
    fn left(
        plan: &Plan,
        lines: &[Line],
        shares: &[Line],
        place: usize,
        budget: i32,
    ) -> Option<i32> {
        let share = |slot: u16| {
            let of = &shares[usize::from(slot) * SHARE_BITS..][..SHARE_BITS];
            (0..SHARE_BITS)
                .map(|bit| u64::from(is_in(&of[bit], place)) << bit)
                .sum::<u64>()
        };
        let gain: u64 = plan.slots.iter().map(|&slot| share(slot)).sum();
        if gain == 0 || budget < 0 {
            return None;
        }
        let gain = gain.min(SHARE_STEPS);
        let shares = (0..SHARE_BITS).filter(|bit| gain >> bit & 1 == 0);
        let of_shares: i32 = shares.map(|bit| i32::from(plan.shares[bit].loss)).sum();
        let lacks = |step: &&Step| {
            let mut planes = plan.far.planes(step).iter();
            !planes.any(|&plane| is_in(&lines[usize::from(plane)], place))
        };
        let steps = plan.far.steps.iter().filter(lacks);
        let of_steps: i32 = steps.map(|step| i32::from(step.loss)).sum();
        Some(budget - of_shares - of_steps)
    }

    proptest! {
        #[test]
        fn survivors_are_those_who_can_pay(
            lines in vec(line(), usize::from(NO_CONTRACT)),
            shares in vec(line(), 3 * SHARE_BITS),
            steps in vec((vec(0..NO_CONTRACT, 0..3), 1_u16..300), 0..8),
            budgets in proptest::array::uniform8(-50_i16..1_000),
            rank in 1_usize..600,
        ) {
            let plan = Plan::of_steps(3, &steps);
            let planes = Planes::of_lines(&lines, &shares);
            let block = Block {
                plan: &plan,
                planes: &planes,
                block: 0,
                budgets: &budgets,
                is_near: false,
            };
            let all: Vec<Option<i32>> = (0..512)
                .map(|place| left(&plan, &lines, &shares, place, budgets[place / 64].into()))
                .collect();
            for found in [Survivors(block).run::<Plain>(), widely(Survivors(block))] {
                for (place, left) in all.iter().enumerate() {
                    let survives = left.is_some_and(|left| left >= 0);
                    prop_assert_eq!(is_in(&found.alive, place), survives);
                    if let Some(left) = left.filter(|_| survives) {
                        let bound = found.left(place / 64, place as u32 % 64);
                        prop_assert!(i32::from(bound) >= left);
                    }
                }
            }
            let mut bounds: Vec<i32> = all.into_iter().flatten().filter(|&left| left >= 0).collect();
            bounds.sort_unstable_by(|one, other| other.cmp(one));
            let expected = bounds.get(rank - 1).copied().unwrap_or(0);
            for found in [AllBounds(block).run::<Plain>(), widely(AllBounds(block))] {
                prop_assert_eq!(i32::from(bound_of(&mut [found], rank)), expected);
            }
        }
    }
}
