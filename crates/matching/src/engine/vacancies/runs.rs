//! Lists by term, each cut into parts that stand together: "skill j in tile t" is a slice.

use std::cmp::Reverse;

/// Weighted bounds are counted in units of 2^20, rounded up.
pub(super) const UNIT_BITS: u32 = 20;

/// A weighted value in units, rounded up.
pub(super) const fn units(weighted: u64) -> u32 {
    weighted.div_ceil(1 << UNIT_BITS) as u32
}

/// A weighted value in units, rounded down.
pub(super) const fn whole_units(weighted: u64) -> u32 {
    (weighted >> UNIT_BITS) as u32
}

/// What bounds the fit of a vacancy without a look at its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hint {
    /// The row.
    pub(super) row: u32,
    /// Its set of codes, by class.
    pub(super) occupation: u16,
    /// Its level and field, by class.
    pub(super) training: u16,
    /// The tile through which it is seen.
    pub(super) tile: u16,
    /// Whom it can take at all.
    pub(super) limits: Limits,
}

/// What of eligibility does not depend on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Limits {
    /// Contracts offered; 0: not said.
    pub(super) contracts: u8,
    /// [`ADULTS`] or [`MINORS`], and [`ABROAD`].
    pub(super) flags: u8,
}

/// Only for people of 18 and above.
pub(super) const ADULTS: u8 = 1;
/// For people of 15 and above.
pub(super) const MINORS: u8 = 1 << 2;
/// Only for people who wish to go abroad.
pub(super) const ABROAD: u8 = 1 << 1;

/// Values of a part, 0 to 1e9, are rounded to steps of 2^22 where they only bound.
const STEP_BITS: u32 = 22;

/// The step at or above a value of a part.
pub(super) const fn step(value: u64) -> u8 {
    value.div_ceil(1 << STEP_BITS) as u8
}

/// The value at that step.
pub(super) const fn of_step(step: u8) -> u64 {
    (step as u64) << STEP_BITS
}

/// A vacancy under a skill, to be added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Summand {
    /// Where its hint stands.
    pub(super) at: u32,
    /// What the skill weighs in it, of 1e9.
    pub(super) share: u32,
}

/// A vacancy under a skill, to be weighed; the highest tail first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    /// In steps, the most that somebody has for skill who has none of the skills before this one.
    pub(super) tail: Reverse<u8>,
    /// In steps, what this skill weighs.
    pub(super) share: u8,
    /// Whom it can take at all.
    pub(super) limits: Limits,
    /// The families of the skills after this one.
    pub(super) after: Families,
    /// The row.
    pub(super) row: u32,
    /// Its set of codes, by class.
    pub(super) occupation: u16,
    /// Its level and field, by class.
    pub(super) training: u16,
}

impl Posting {
    /// What bounds its fit in that tile.
    pub(super) const fn hint(&self, tile: u16) -> Hint {
        Hint {
            row: self.row,
            occupation: self.occupation,
            training: self.training,
            tile,
            limits: self.limits,
        }
    }
}

/// Families of skills as bits: what has no bit in common has neither a skill in common nor a
/// relative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Families(pub(super) u32);

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

/// Lists by term and part.
pub(super) struct Runs<Item> {
    /// Per term: where its runs begin; one more at the end.
    terms: Vec<u32>,
    /// Per run: its part, and what bounds its items.
    parts: Vec<(u16, u8)>,
    /// Per run: where its items begin; one more at the end.
    starts: Vec<u32>,
    items: Vec<Item>,
}

/// What bounds the items of a run from above.
pub(super) trait Bounded {
    /// That of the first item holds for the whole run.
    fn most(&self) -> u8;
}

impl Bounded for Posting {
    fn most(&self) -> u8 {
        self.tail.0
    }
}

impl Bounded for Summand {
    fn most(&self) -> u8 {
        u8::MAX
    }
}

impl Bounded for Hint {
    fn most(&self) -> u8 {
        u8::MAX
    }
}

impl<Item: Copy + Ord + Bounded> Runs<Item> {
    /// Lays out items with their terms and parts.
    pub(super) fn new(mut entries: Vec<(u32, u16, Item)>) -> Self {
        entries.sort_unstable();
        let mut runs = Self {
            terms: Vec::new(),
            parts: Vec::new(),
            starts: Vec::new(),
            items: Vec::with_capacity(entries.len()),
        };
        let mut last = None;
        for (term, part, item) in entries {
            if last != Some((term, part)) {
                runs.terms
                    .resize(term as usize + 1, runs.parts.len() as u32);
                runs.parts.push((part, item.most()));
                runs.starts.push(runs.items.len() as u32);
                last = Some((term, part));
            }
            runs.items.push(item);
        }
        runs.terms.push(runs.parts.len() as u32);
        runs.starts.push(runs.items.len() as u32);
        runs
    }

    /// The runs of a term in the parts that are wanted, by the bound of their items.
    pub(super) fn of<'a>(
        &'a self,
        term: u32,
        is_wanted: impl Fn(u16, u8) -> bool + 'a,
    ) -> impl Iterator<Item = (u16, &'a [Item])> + 'a {
        let at = |term: usize| self.terms.get(term).copied().unwrap_or(0) as usize;
        let runs = at(term as usize)..at(term as usize + 1);
        let first = runs.start;
        self.parts
            .get(runs)
            .unwrap_or(&[])
            .iter()
            .enumerate()
            .filter(move |&(_, &(part, most))| is_wanted(part, most))
            .map(move |(at, &(part, _))| (part, self.items_of(first + at)))
    }

    fn items_of(&self, run: usize) -> &[Item] {
        let at = |run: usize| self.starts.get(run).copied().unwrap_or(0) as usize;
        self.items.get(at(run)..at(run + 1)).unwrap_or(&[])
    }
}

/// Vacancies in an order in which those that are asked for together stand together.
pub(super) struct View {
    /// In that order.
    pub(super) hints: Vec<Hint>,
    /// By skill that counts, and part.
    pub(super) skills: Runs<Summand>,
}

/// A vacancy on its way into a view: its part, its hint, and its skills with their shares.
pub(super) struct Placed {
    pub(super) part: u16,
    pub(super) hint: Hint,
    pub(super) shares: Vec<(u32, u32)>,
}

impl View {
    /// Lays these out.
    pub(super) fn new(mut placed: Vec<Placed>) -> Self {
        placed.sort_by_key(|placed| (placed.part, placed.hint.row));
        let mut entries = Vec::new();
        for (at, placed) in (0_u32..).zip(&placed) {
            let summands = placed.shares.iter();
            entries.extend(
                summands.map(|&(skill, share)| (skill, placed.part, Summand { at, share })),
            );
        }
        Self {
            hints: placed.into_iter().map(|placed| placed.hint).collect(),
            skills: Runs::new(entries),
        }
    }
}
