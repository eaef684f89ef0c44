//! Who of a block can still reach a list: the losses of 512 people at once.
//!
//! What each may still lose is kept bit by bit over planes: the subtraction of a loss from all
//! that lack a thing is a handful of operations on 512 bits. The functions are written once, over
//! [`Wide`]; which instructions run is chosen at run time.

#![expect(
    clippy::indexing_slicing,
    reason = "words of lines and bits of bounds, by numbers below their count"
)]

use std::sync::LazyLock;

use super::lines::{Line, Lines, WORDS};
use super::plan::{BITS, Plan, Step};
#[cfg(any(test, not(target_arch = "x86_64")))]
use super::wide::Plain;
use super::wide::Wide;
#[cfg(target_arch = "x86_64")]
use super::wide::{Avx2, Avx512, Sse2};

/// What those in the places of a block may lose, by so many places; less than 0: nobody there is
/// looked at.
pub(super) trait Allowance {
    /// The most that anybody may lose.
    fn most(&self) -> u16;
    /// The places in which somebody may be looked at.
    fn open(&self) -> Line;
    /// What each may lose, bit by bit.
    fn in_bits<const MANY: usize, W: Wide>(&self) -> [W; MANY];
}

/// What 64 places each may lose.
pub(super) type Budgets = [i16; WORDS];

impl Allowance for Budgets {
    #[inline(always)]
    fn most(&self) -> u16 {
        self.iter().fold(0, |most, &budget| most.max(budget)) as u16
    }

    #[inline(always)]
    fn open(&self) -> Line {
        Line(self.map(|budget| if budget < 0 { 0 } else { u64::MAX }))
    }

    #[inline(always)]
    fn in_bits<const MANY: usize, W: Wide>(&self) -> [W; MANY] {
        let budgets = W::of(&self.map(|budget| budget as u64));
        let mut bits = [W::all(0); MANY];
        for (bit, all) in (0..).zip(&mut bits) {
            *all = W::all(0).minus(budgets.down(bit).and(W::all(1)));
        }
        bits
    }
}

/// What eight places each may lose.
pub(super) type FineBudgets = [[i16; 8]; WORDS];

impl Allowance for FineBudgets {
    #[inline(always)]
    fn most(&self) -> u16 {
        self.iter()
            .flatten()
            .fold(0, |most, &budget| most.max(budget)) as u16
    }

    #[inline(always)]
    fn open(&self) -> Line {
        Line(self.map(|eight| {
            u64::from_le_bytes(eight.map(|budget| if budget < 0 { 0 } else { u8::MAX }))
        }))
    }

    #[inline(always)]
    fn in_bits<const MANY: usize, W: Wide>(&self) -> [W; MANY] {
        let bytes =
            |byte: usize| {
                W::of(&self.map(|eight| {
                    u64::from_le_bytes(eight.map(|budget| budget.to_le_bytes()[byte]))
                }))
            };
        let (low, high) = (bytes(0), bytes(1));
        let mut bits = [W::all(0); MANY];
        for (bit, all) in (0..).zip(&mut bits) {
            let byte = if bit < 8 { low } else { high };
            let ones = byte.down(bit % 8).and(W::all(0x0101_0101_0101_0101));
            *all = ones.up(8).minus(ones);
        }
        bits
    }
}

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
    pub(super) alive: Line,
    pub(super) left: [Line; BITS],
}

/// Work on lines, over registers of some size.
pub(super) trait Work {
    /// What comes of it.
    type Output;
    /// Does it; must always be inlined, so that it is built for the registers of its caller.
    fn run<W: Wide>(self) -> Self::Output;
}

/// Does a work with the widest registers that the processor has.
pub(super) fn widely<T: Work>(work: T) -> T::Output {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512dq,popcnt")]
        fn avx512<T: Work>(work: T) -> T::Output {
            work.run::<Avx512>()
        }
        #[target_feature(enable = "avx2,popcnt")]
        fn avx2<T: Work>(work: T) -> T::Output {
            work.run::<Avx2>()
        }
        match *INSTRUCTIONS {
            Instructions::Avx512 => {
                #[expect(unsafe_code, reason = "only where the processor has them")]
                // SAFETY: all the features it is built for were found.
                return unsafe { avx512(work) };
            }
            Instructions::Avx2 => {
                #[expect(unsafe_code, reason = "only where the processor has them")]
                // SAFETY: all the features it is built for were found.
                return unsafe { avx2(work) };
            }
            Instructions::Least => {}
        }
        work.run::<Sse2>()
    }
    #[cfg(not(target_arch = "x86_64"))]
    work.run::<Plain>()
}

enum Instructions {
    Least,
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
    Instructions::Least
});

/// A block, as a query looks at it.
struct Block<'a, A> {
    plan: &'a Plan,
    lines: &'a Lines,
    block: usize,
    budgets: &'a A,
}

/// Who of those in `start` loses no more than their places may, by the planes; and how many lines
/// were read to see it.
pub(super) fn survivors<A: Allowance>(
    plan: &Plan,
    lines: &Lines,
    block: usize,
    budgets: &A,
    start: Line,
) -> (Line, usize) {
    let block = Block {
        plan,
        lines,
        block,
        budgets,
    };
    widely(Survivors { block, start })
}

/// What everybody in a block can have at most; the budgets are what can be had there.
pub(super) fn bounds(plan: &Plan, lines: &Lines, block: usize, budgets: &Budgets) -> Bounds {
    widely(AllBounds(Block {
        plan,
        lines,
        block,
        budgets,
    }))
}

struct Survivors<'a, A> {
    block: Block<'a, A>,
    start: Line,
}

impl<A: Allowance> Work for Survivors<'_, A> {
    type Output = (Line, usize);

    #[inline(always)]
    fn run<W: Wide>(self) -> Self::Output {
        let Self { block, start } = self;
        let most = block.budgets.most();
        let alive = W::of(&start.0).and(W::of(&block.budgets.open().0));
        // Small budgets need few bits.
        let (alive, read) = if most < 1 << 6 {
            block.survivors::<6, W>(most, alive)
        } else if most < 1 << 8 {
            block.survivors::<8, W>(most, alive)
        } else if most < 1 << 9 {
            block.survivors::<9, W>(most, alive)
        } else {
            block.survivors::<BITS, W>(most, alive)
        };
        (Line(alive.words()), read)
    }
}

struct AllBounds<'a>(Block<'a, Budgets>);

impl Work for AllBounds<'_> {
    type Output = Bounds;

    #[inline(always)]
    fn run<W: Wide>(self) -> Bounds {
        let Block { plan, budgets, .. } = self.0;
        let most = budgets.most();
        let mut left = budgets.in_bits::<BITS, W>();
        let mut alive = W::of(&budgets.open().0).and(self.0.who_has(&plan.candidates));
        for step in &plan.steps {
            let has = self.0.who_has(step);
            alive = alive.and(has_or_pays(&mut left, step, most, has));
        }
        Bounds {
            alive: Line(alive.words()),
            left: left.map(|left| Line(left.words())),
        }
    }
}

impl<A: Allowance> Block<'_, A> {
    #[inline(always)]
    fn survivors<const MANY: usize, W: Wide>(&self, most: u16, mut alive: W) -> (W, usize) {
        let Self {
            plan, lines, block, ..
        } = *self;
        let mut left = self.budgets.in_bits::<MANY, W>();
        if most >= plan.without_candidates {
            alive = alive.and(self.who_has(&plan.candidates));
        }
        let mut read = 0;
        for step in &plan.steps {
            read += plan.planes(step).len();
            let has = self.who_has(step);
            alive = alive.and(has_or_pays(&mut left, step, most, has));
            if alive.is_empty() {
                return (alive, read);
            }
        }
        for (_, step) in &plan.confirmations {
            let planes = plan.planes(step).iter();
            for line in planes.filter_map(|&plane| lines.line(plane, block)) {
                prefetch(line);
            }
        }
        for (first, step) in &plan.confirmations {
            if let Some(line) = lines.line(*first, block) {
                let has = self.who_has::<W>(step).or(not(W::of(line)));
                alive = alive.and(has_or_pays(&mut left, step, most, has));
            }
        }
        (alive, read)
    }

    #[inline(always)]
    fn who_has<W: Wide>(&self, step: &Step) -> W {
        let mut has = W::all(0);
        for &plane in self.plan.planes(step) {
            if let Some(line) = self.lines.line(plane, self.block) {
                has = has.or(W::of(line));
            }
        }
        has
    }
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
fn has_or_pays<const MANY: usize, W: Wide>(
    left: &mut [W; MANY],
    step: &Step,
    most: u16,
    has: W,
) -> W {
    if step.in_all > most {
        return has;
    }
    pays(left, &step.bits, has)
}

/// Takes a loss (bit by bit, all ones or none) from all that lack a thing; gives back who has it or
/// could pay.
#[inline(always)]
pub(super) fn pays<const MANY: usize, W: Wide>(
    left: &mut [W; MANY],
    loss: &[u64; BITS],
    has: W,
) -> W {
    let lacks = not(has);
    let mut borrow = W::all(0);
    for (left, &loss) in left.iter_mut().zip(loss) {
        let lost = lacks.and(W::all(loss));
        let before = *left;
        *left = before.xor(lost).xor(borrow);
        borrow = lost.or(borrow).and_not(before).or(lost.and(borrow));
    }
    not(borrow)
}

#[inline(always)]
fn not<W: Wide>(bits: W) -> W {
    W::all(u64::MAX).and_not(bits)
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

    /// Lines of one block with these bits.
    fn planes_of(lines: &[Line]) -> Lines {
        let mut planes = Lines::new(lines.len(), 512);
        for (plane, line) in lines.iter().enumerate() {
            planes.write(plane, 0, line);
        }
        planes
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
            let (plan, planes) = (Plan::of_steps(&steps), planes_of(&lines));
            let (wide, _) = survivors(&plan, &planes, 0, &budgets, start);
            let block = Block { plan: &plan, lines: &planes, block: 0, budgets: &budgets };
            let (plain, _) = Survivors { block, start }.run::<Plain>();
            prop_assert_eq!(wide, plain);
            for person in 0..512 {
                let budget = i32::from(budgets[person / 64]);
                let can_pay = budget >= 0 && lost(&lines, &steps, person) <= budget;
                prop_assert_eq!(is_in(&plain, person), is_in(&start, person) && can_pay);
            }
        }

        #[test]
        fn eight_places_may_have_a_budget_each(
            lines in vec(line(), 8),
            steps in steps(),
            budgets in proptest::array::uniform8(proptest::array::uniform8(-50_i16..1_000)),
            start in line(),
        ) {
            let (plan, planes) = (Plan::of_steps(&steps), planes_of(&lines));
            let (wide, _) = survivors(&plan, &planes, 0, &budgets, start);
            let block = Block { plan: &plan, lines: &planes, block: 0, budgets: &budgets };
            let (plain, _) = Survivors { block, start }.run::<Plain>();
            prop_assert_eq!(wide, plain);
            for place in 0..512 {
                let budget = i32::from(budgets[place / 64][place % 64 / 8]);
                let can_pay = budget >= 0 && lost(&lines, &steps, place) <= budget;
                prop_assert_eq!(is_in(&plain, place), is_in(&start, place) && can_pay);
            }
        }

        #[test]
        fn bounds_are_found_by_rank(
            lines in vec(line(), 8),
            steps in steps(),
            budgets in proptest::array::uniform8(-50_i16..1_000),
            rank in 1_usize..600,
        ) {
            let (plan, planes) = (Plan::of_steps(&steps), planes_of(&lines));
            let mut all: Vec<i32> = (0..512)
                .filter(|&person| lines.iter().any(|line| is_in(line, person)))
                .map(|person| i32::from(budgets[person / 64]) - lost(&lines, &steps, person))
                .filter(|&bound| bound >= 0)
                .collect();
            all.sort_unstable_by(|one, other| other.cmp(one));
            let expected = all.get(rank - 1).copied().unwrap_or(0);
            let block = Block { plan: &plan, lines: &planes, block: 0, budgets: &budgets };
            for found in [
                bounds(&plan, &planes, 0, &budgets),
                AllBounds(block).run::<Plain>(),
            ] {
                prop_assert_eq!(i32::from(bound_of(&mut [found], rank)), expected);
            }
        }
    }
}
