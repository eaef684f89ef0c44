//! Which vacancies stand under a term, and what bounds their fit.

/// A vacancy under a term. What stands here besides the row bounds its fit without a look at it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Posting {
    /// The row.
    pub(super) row: u32,
    /// Its set of codes, by class.
    pub(super) occupation: u16,
    /// Its level and field, by class.
    pub(super) training: u16,
    /// The tile through which it is seen.
    pub(super) tile: u16,
    /// The most that a person has for skill who has none of the skills before this one:
    /// see [`step`].
    pub(super) tail: u16,
}

/// Values of a part, 0 to 1e9, are rounded up to steps of 2^14 where they only bound.
const STEP_BITS: u32 = 14;
/// Weighted bounds are counted in units of 2^20.
pub(super) const UNIT_BITS: u32 = 20;

/// The step at or above a value of a part.
pub(super) const fn step(value: u64) -> u16 {
    value.div_ceil(1 << STEP_BITS) as u16
}

/// The weight of a step, in units, rounded up.
pub(super) const fn weighted_step(weight: u32, step: u16) -> u32 {
    ((weight * step as u32) >> (UNIT_BITS - STEP_BITS)) + 1
}

/// A weighted value in units, rounded up.
pub(super) const fn units(weighted: u64) -> u32 {
    weighted.div_ceil(1 << UNIT_BITS) as u32
}

#[derive(Debug, Clone, Copy)]
struct Run {
    part: u16,
    start: u32,
    end: u32,
}

/// A posting on its way into its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Under which term.
    pub(super) term: u32,
    /// In which part of the term's list.
    pub(super) part: u16,
    /// What stands there.
    pub(super) posting: Posting,
}

/// Postings by term and part; in each run the highest tail first.
#[derive(Default)]
pub(super) struct Postings {
    /// Per term: where its runs begin; one more at the end.
    terms: Vec<u32>,
    runs: Vec<Run>,
    postings: Vec<Posting>,
}

impl Postings {
    pub(super) fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable_by_key(|entry| {
            let posting = &entry.posting;
            (
                entry.term,
                entry.part,
                u16::MAX - posting.tail,
                posting.row,
                posting.tile,
            )
        });
        let mut all = Self {
            postings: Vec::with_capacity(entries.len()),
            ..Self::default()
        };
        for entry in entries {
            let at = all.postings.len() as u32;
            let is_new_term = all.terms.len() <= entry.term as usize;
            while all.terms.len() <= entry.term as usize {
                all.terms.push(all.runs.len() as u32);
            }
            match all.runs.last_mut() {
                Some(run) if !is_new_term && run.part == entry.part => run.end = at + 1,
                _ => all.runs.push(Run {
                    part: entry.part,
                    start: at,
                    end: at + 1,
                }),
            }
            all.postings.push(entry.posting);
        }
        all.terms.push(all.runs.len() as u32);
        all
    }

    /// The postings of a term in one part.
    pub(super) fn run(&self, term: u32, part: u16) -> &[Posting] {
        let at = |term: usize| self.terms.get(term).copied().unwrap_or(0) as usize;
        let runs = self
            .runs
            .get(at(term as usize)..at(term as usize + 1))
            .unwrap_or(&[]);
        runs.binary_search_by_key(&part, |run| run.part)
            .ok()
            .and_then(|at| runs.get(at))
            .and_then(|run| self.postings.get(run.start as usize..run.end as usize))
            .unwrap_or(&[])
    }
}
