//! Who of a block can still reach a list: the losses of 512 people at once.
//!
//! What each may still lose is kept bit by bit over planes: the subtraction of a loss from all
//! that lack a thing is a handful of operations on 512 bits. It is one plain function, which the
//! compiler also builds for wide registers; which of them runs is chosen at run time.

#![expect(
    clippy::indexing_slicing,
    reason = "words of lines and bits of bounds, by numbers below their count"
)]

use std::sync::LazyLock;

use super::plan::{BITS, Plan, Step};
use super::planes::{Line, Planes, WORDS};

/// What the people of a block may lose, by word; less than 0: nobody there is looked at.
pub(super) type Budgets = [i16; WORDS];

/// Asks the memory for something that will be read soon.
#[inline(always)]
pub(super) fn prefetch<T>(what: &T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        #[expect(unsafe_code, reason = "a hint to the memory, which changes nothing")]
        // SAFETY: the address is that of something that is borrowed here.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(what).cast());
        }
    }
}

/// What everybody in a block can have at most, bit by bit.
pub(super) struct Bounds {
    alive: Line,
    left: [Line; BITS],
}

/// A function of a block, built for several instruction sets; which runs is chosen at run time.
macro_rules! built_wide {
    ($(#[$doc:meta])* $name:ident, $body:path, $start:ty, $result:ty) => {
        $(#[$doc])*
        pub(super) fn $name(
            plan: &Plan,
            planes: &Planes,
            block: usize,
            budgets: &Budgets,
            start: $start,
        ) -> $result {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,popcnt")]
                fn avx512(
                    plan: &Plan,
                    planes: &Planes,
                    block: usize,
                    budgets: &Budgets,
                    start: $start,
                ) -> $result {
                    $body(plan, planes, block, budgets, start)
                }
                #[target_feature(enable = "avx2,popcnt")]
                fn avx2(
                    plan: &Plan,
                    planes: &Planes,
                    block: usize,
                    budgets: &Budgets,
                    start: $start,
                ) -> $result {
                    $body(plan, planes, block, budgets, start)
                }
                match *INSTRUCTIONS {
                    Instructions::Avx512 => {
                        #[expect(unsafe_code, reason = "only where the processor has them")]
                        // SAFETY: all the features it is built for were found.
                        return unsafe { avx512(plan, planes, block, budgets, start) };
                    }
                    Instructions::Avx2 => {
                        #[expect(unsafe_code, reason = "only where the processor has them")]
                        // SAFETY: all the features it is built for were found.
                        return unsafe { avx2(plan, planes, block, budgets, start) };
                    }
                    Instructions::Plain => {}
                }
            }
            $body(plan, planes, block, budgets, start)
        }
    };
}

enum Instructions {
    Plain,
    Avx2,
    Avx512,
}

static INSTRUCTIONS: LazyLock<Instructions> = LazyLock::new(|| {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("popcnt")
        {
            return Instructions::Avx512;
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("popcnt") {
            return Instructions::Avx2;
        }
    }
    Instructions::Plain
});

built_wide!(
    /// Who of those in `start` loses no more than their word may, by the planes; and how many
    /// lines were read to see it.
    survivors,
    survivors_plain,
    Line,
    (Line, usize)
);

built_wide!(
    /// What everybody in a block can have at most; the budgets are what can be had there.
    bounds,
    bounds_plain,
    (),
    Bounds
);

#[inline(always)]
fn survivors_plain(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    start: Line,
) -> (Line, usize) {
    let most = most(budgets);
    let start = and(start, open(budgets));
    // Small budgets need few bits.
    if most < 1 << 6 {
        survivors_by::<6>(plan, planes, block, budgets, most, start)
    } else if most < 1 << 8 {
        survivors_by::<8>(plan, planes, block, budgets, most, start)
    } else if most < 1 << 9 {
        survivors_by::<9>(plan, planes, block, budgets, most, start)
    } else {
        survivors_by::<BITS>(plan, planes, block, budgets, most, start)
    }
}

#[inline(always)]
fn survivors_by<const MANY: usize>(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    most: u16,
    mut alive: Line,
) -> (Line, usize) {
    let mut left = in_bits::<MANY>(budgets);
    if most >= plan.without_candidates {
        alive = and(alive, who_has(plan, planes, block, &plan.candidates));
    }
    let mut lines = 0;
    for step in &plan.steps {
        lines += plan.planes(step).len();
        let has = who_has(plan, planes, block, step);
        alive = and(alive, has_or_pays(&mut left, step, most, has));
        if alive.0.iter().fold(0, |any, word| any | word) == 0 {
            return (alive, lines);
        }
    }
    for (_, step) in &plan.confirmations {
        for line in plan
            .planes(step)
            .iter()
            .filter_map(|&plane| planes.line(plane, block))
        {
            prefetch(line);
        }
    }
    for (first, step) in &plan.confirmations {
        if let Some(line) = planes.line(*first, block) {
            let has = who_has(plan, planes, block, step);
            let has = Line(std::array::from_fn(|word| has.0[word] | !line[word]));
            alive = and(alive, has_or_pays(&mut left, step, most, has));
        }
    }
    (alive, lines)
}

#[inline(always)]
fn bounds_plain(plan: &Plan, planes: &Planes, block: usize, budgets: &Budgets, (): ()) -> Bounds {
    let most = most(budgets);
    let mut left = in_bits::<BITS>(budgets);
    let mut alive = and(
        open(budgets),
        who_has(plan, planes, block, &plan.candidates),
    );
    for step in &plan.steps {
        let has = who_has(plan, planes, block, step);
        alive = and(alive, has_or_pays(&mut left, step, most, has));
    }
    Bounds { alive, left }
}

/// What the person of that rank, counted from the best, can have at most; 0: there are fewer.
pub(super) fn bound_of(bounds: &mut [Bounds], rank: usize) -> i16 {
    let mut bound = 0;
    let mut above = 0;
    for bit in (0..BITS).rev() {
        let with = |one: &Bounds| {
            let words = one.alive.0.iter().zip(&one.left[bit].0);
            words
                .map(|(alive, left)| (alive & left).count_ones() as usize)
                .sum::<usize>()
        };
        let many: usize = bounds.iter().map(with).sum();
        let is_set = above + many >= rank;
        if is_set {
            bound |= 1 << bit;
        } else {
            above += many;
        }
        for one in &mut *bounds {
            for (alive, &left) in one.alive.0.iter_mut().zip(&one.left[bit].0) {
                *alive &= if is_set { left } else { !left };
            }
        }
    }
    bound
}

/// Takes the loss of a step from all that lack it; gives back who has the thing or could pay.
#[inline(always)]
fn has_or_pays<const MANY: usize>(
    left: &mut [Line; MANY],
    step: &Step,
    most: u16,
    has: Line,
) -> Line {
    if step.in_all > most {
        return has;
    }
    let mut borrow = Line::default();
    for (left, &loss) in left.iter_mut().zip(&step.bits) {
        *left = Line(std::array::from_fn(|word| {
            let lost = !has.0[word] & loss;
            let before = left.0[word];
            let carried = borrow.0[word];
            borrow.0[word] = (!before & (lost | carried)) | (lost & carried);
            before ^ lost ^ carried
        }));
    }
    Line(borrow.0.map(|word| !word))
}

#[inline(always)]
fn most(budgets: &Budgets) -> u16 {
    budgets.iter().fold(0, |most, &budget| most.max(budget)) as u16
}

/// The words in which somebody may be looked at.
#[inline(always)]
fn open(budgets: &Budgets) -> Line {
    Line(budgets.map(|budget| if budget < 0 { 0 } else { u64::MAX }))
}

#[inline(always)]
fn in_bits<const MANY: usize>(budgets: &Budgets) -> [Line; MANY] {
    std::array::from_fn(|bit| Line(budgets.map(|budget| (budget as u64 >> bit & 1).wrapping_neg())))
}

#[inline(always)]
fn and(one: Line, other: Line) -> Line {
    Line(std::array::from_fn(|word| one.0[word] & other.0[word]))
}

#[inline(always)]
fn who_has(plan: &Plan, planes: &Planes, block: usize, step: &Step) -> Line {
    let mut has = Line::default();
    for &plane in plan.planes(step) {
        if let Some(line) = planes.line(plane, block) {
            has = Line(std::array::from_fn(|word| has.0[word] | line[word]));
        }
    }
    has
}

#[cfg(test)]
mod tests {
    //! What the processor has and the plain build both agree with one person after the other.

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::plan::ALL;
    use super::*;

    fn line() -> impl Strategy<Value = Line> {
        proptest::array::uniform8(any::<u64>()).prop_map(Line)
    }

    fn steps() -> impl Strategy<Value = Vec<(Vec<u16>, u16)>> {
        let loss = prop_oneof![1_u16..40, 1_u16..400, Just(ALL)];
        vec((vec(0_u16..8, 0..3), loss), 0..12)
    }

    fn is_in(line: &Line, person: usize) -> bool {
        line.0[person / 64] >> (person % 64) & 1 == 1
    }

    fn lost(lines: &[Line], steps: &[(Vec<u16>, u16)], person: usize) -> i32 {
        let lacks = |planes: &[u16]| {
            !planes
                .iter()
                .any(|&plane| is_in(&lines[usize::from(plane)], person))
        };
        steps
            .iter()
            .filter(|(planes, _)| lacks(planes))
            .map(|&(_, loss)| i32::from(loss))
            .sum()
    }

    proptest! {
        #[test]
        fn survivors_are_those_who_can_pay(
            lines in vec(line(), 8),
            steps in steps(),
            budgets in proptest::array::uniform8(-50_i16..1_000),
            start in line(),
        ) {
            let (plan, planes) = (Plan::of_steps(&steps), Planes::of_lines(&lines));
            let (wide, _) = survivors(&plan, &planes, 0, &budgets, start);
            let (plain, _) = survivors_plain(&plan, &planes, 0, &budgets, start);
            prop_assert_eq!(wide, plain);
            for person in 0..512 {
                let budget = i32::from(budgets[person / 64]);
                let can_pay = budget >= 0 && lost(&lines, &steps, person) <= budget;
                prop_assert_eq!(is_in(&plain, person), is_in(&start, person) && can_pay);
            }
        }

        #[test]
        fn bounds_are_found_by_rank(
            lines in vec(line(), 8),
            steps in steps(),
            budgets in proptest::array::uniform8(-50_i16..1_000),
            rank in 1_usize..600,
        ) {
            let (plan, planes) = (Plan::of_steps(&steps), Planes::of_lines(&lines));
            let mut all: Vec<i32> = (0..512)
                .filter(|&person| lines.iter().any(|line| is_in(line, person)))
                .map(|person| i32::from(budgets[person / 64]) - lost(&lines, &steps, person))
                .filter(|&bound| bound >= 0)
                .collect();
            all.sort_unstable_by(|one, other| other.cmp(one));
            let expected = all.get(rank - 1).copied().unwrap_or(0);
            for found in [
                bounds(&plan, &planes, 0, &budgets, ()),
                bounds_plain(&plan, &planes, 0, &budgets, ()),
            ] {
                prop_assert_eq!(i32::from(bound_of(&mut [found], rank)), expected);
            }
        }
    }
}
