//! Who of a block can still reach a list: the losses of 512 people at once.
//!
//! What each may still lose is kept bit by bit over planes: the subtraction of a loss from all
//! that lack a thing is a handful of operations on 512 bits. It is one plain function, which the
//! compiler also builds for wide registers; which of them runs is chosen at run time.

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

/// Asks for the first lines that a block will need.
pub(super) fn prefetch_lines(plan: &Plan, planes: &Planes, block: usize, lines: usize) {
    for &plane in plan.lines.iter().take(lines) {
        if let Some(line) = planes.line(plane, block) {
            prefetch(line);
        }
    }
}

/// Who of those in `start` loses no more than their word may, by the planes.
pub(super) fn survivors(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    start: Line,
) -> (Line, usize) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
            #[expect(unsafe_code, reason = "the wide registers are there")]
            // SAFETY: the features that the function is built for were found a line above.
            return unsafe { survivors_avx512(plan, planes, block, budgets, start) };
        }
        if is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "the wide registers are there")]
            // SAFETY: the feature that the function is built for was found a line above.
            return unsafe { survivors_avx2(plan, planes, block, budgets, start) };
        }
    }
    survivors_plain(plan, planes, block, budgets, start)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,avx512cd,popcnt,bmi1,bmi2")]
fn survivors_avx512(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    start: Line,
) -> (Line, usize) {
    survivors_plain(plan, planes, block, budgets, start)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,popcnt,bmi1,bmi2")]
fn survivors_avx2(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    start: Line,
) -> (Line, usize) {
    survivors_plain(plan, planes, block, budgets, start)
}

#[inline(always)]
fn survivors_plain(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    start: Line,
) -> (Line, usize) {
    let most = budgets.iter().fold(0, |most, &budget| most.max(budget)) as u16;
    let mut alive = start;
    for (word, &budget) in alive.0.iter_mut().zip(budgets) {
        if budget < 0 {
            *word = 0;
        }
    }
    // Small budgets need few bits.
    if most < 1 << 6 {
        subtract::<6>(plan, planes, block, budgets, most, alive)
    } else if most < 1 << 8 {
        subtract::<8>(plan, planes, block, budgets, most, alive)
    } else {
        subtract::<BITS>(plan, planes, block, budgets, most, alive)
    }
}

#[inline(always)]
fn subtract<const MANY: usize>(
    plan: &Plan,
    planes: &Planes,
    block: usize,
    budgets: &Budgets,
    most: u16,
    mut alive: Line,
) -> (Line, usize) {
    let mut left: [Line; MANY] = std::array::from_fn(|bit| {
        Line(std::array::from_fn(|word| {
            (budgets[word] as u64 >> bit & 1).wrapping_neg()
        }))
    });
    if let Some(step) = plan
        .candidates
        .as_ref()
        .filter(|_| most >= plan.without_candidates)
    {
        alive = and(alive, who_has(plan, planes, block, step));
    }
    let mut lines = 0;
    for step in &plan.steps {
        lines += plan.planes(step).len();
        let has = who_has(plan, planes, block, step);
        if step.in_all > most {
            alive = and(alive, has);
        } else {
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
            alive = Line(std::array::from_fn(|word| alive.0[word] & !borrow.0[word]));
        }
        if alive.0.iter().fold(0, |any, word| any | word) == 0 {
            break;
        }
    }
    (alive, lines)
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
            has = Line(std::array::from_fn(|word| has.0[word] | line.0[word]));
        }
    }
    has
}
