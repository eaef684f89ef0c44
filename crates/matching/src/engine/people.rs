//! People for a vacancy: segments of tiles, and a delta for what has changed since.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::SeekerId;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::best::Best;
use super::query::{Query, Term};
use super::segment::{Run, Segment};
use crate::definition::{Geo, ONE, Rules};
use crate::scan::{MOST, Page, PersonPlace, ranked};

/// So many changes are gone through one by one before they are sealed into a segment.
const MOST_UNSEALED: usize = 1_024;
/// When the sealed changes are more than one in so many, all is laid out anew.
const FOLD_AT: usize = 20;

/// What a query had to look at: the same on every machine, for tests without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Runs (term and tile) that were opened.
    pub runs: usize,
    /// Rows that were named by a run.
    pub postings: usize,
    /// Rows whose parts were computed at least in part.
    pub rows: usize,
    /// Rows whose whole score was computed.
    pub scores: usize,
}

/// All people, as they stand at one moment. Cheap to clone; a clone does not change.
#[derive(Clone)]
pub struct People {
    geo: Arc<Geo>,
    pub(super) shards: Vec<Shard>,
    /// Changes since the last seal, gone through one by one.
    pub(super) unsealed: BTreeMap<SeekerId, Arc<Seeker>>,
    scratch: Arc<Mutex<Vec<Scratch>>>,
}

#[derive(Clone)]
pub(super) struct Shard {
    pub(super) segment: Arc<Segment>,
    /// A bit per row: it has changed or gone.
    gone: Arc<Vec<u64>>,
    live: usize,
}

impl Shard {
    fn new(segment: Segment) -> Self {
        Self {
            gone: Arc::new(vec![0; segment.len().div_ceil(64)]),
            live: segment.len(),
            segment: Arc::new(segment),
        }
    }

    pub(super) fn is_gone(&self, row: u32) -> bool {
        self.gone
            .get(row as usize / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    fn mark_gone(&mut self, id: SeekerId) {
        let Some(row) = self.segment.find(id).filter(|&row| !self.is_gone(row)) else {
            return;
        };
        if let Some(word) = Arc::make_mut(&mut self.gone).get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
            self.live -= 1;
        }
    }

    fn find(&self, id: SeekerId) -> Option<Seeker> {
        let row = self.segment.find(id).filter(|&row| !self.is_gone(row))?;
        self.segment.seeker(row)
    }

    fn seekers(&self) -> impl Iterator<Item = Seeker> + '_ {
        (0..self.segment.len() as u32)
            .filter(|&row| !self.is_gone(row))
            .filter_map(|row| self.segment.seeker(row))
    }
}

/// Marks of rows that were looked at, reused between queries.
#[derive(Default)]
struct Scratch {
    seen: Vec<u32>,
    epoch: u32,
}

impl Scratch {
    fn start(&mut self, rows: usize) {
        if self.seen.len() < rows || self.epoch == u32::MAX {
            self.seen = vec![0; rows];
            self.epoch = 0;
        }
        self.epoch += 1;
    }

    /// Marks a row; false if it was marked before.
    fn mark(&mut self, row: usize) -> bool {
        match self.seen.get_mut(row) {
            Some(mark) if *mark == self.epoch => false,
            Some(mark) => {
                *mark = self.epoch;
                true
            }
            None => false,
        }
    }
}

struct Task {
    shard: usize,
    list: usize,
    run: Run,
    bound: u64,
}

impl People {
    /// Lays everybody out.
    pub fn new(seekers: Vec<Seeker>, geo: Arc<Geo>) -> Self {
        Self {
            shards: vec![Shard::new(Segment::new(seekers, &geo))],
            unsealed: BTreeMap::new(),
            scratch: Arc::new(Mutex::new(Vec::new())),
            geo,
        }
    }

    /// How many people there are.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.live).sum::<usize>() + self.unsealed.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The person with this id, as last put in.
    pub fn find(&self, id: SeekerId) -> Option<Seeker> {
        self.unsealed
            .get(&id)
            .map(|seeker| Seeker::clone(seeker))
            .or_else(|| self.shards.iter().find_map(|shard| shard.find(id)))
    }

    /// Puts a new or changed person in.
    pub fn put(&mut self, seeker: Seeker) {
        self.remove(seeker.id);
        self.unsealed.insert(seeker.id, Arc::new(seeker));
        if self.unsealed.len() >= MOST_UNSEALED {
            self.seal();
        }
    }

    /// Takes a person out.
    pub fn remove(&mut self, id: SeekerId) {
        self.unsealed.remove(&id);
        for shard in &mut self.shards {
            shard.mark_gone(id);
        }
    }

    /// Lays the changes out as a segment of their own; all of them when they have become many.
    pub fn seal(&mut self) {
        if self.unsealed.is_empty() {
            return;
        }
        let seekers = std::mem::take(&mut self.unsealed)
            .into_values()
            .map(Arc::unwrap_or_clone)
            .collect();
        self.shards
            .push(Shard::new(Segment::new(seekers, &self.geo)));
        let base = self.shards.first().map_or(0, |shard| shard.segment.len());
        let sealed: usize = self
            .shards
            .iter()
            .skip(1)
            .map(|shard| shard.segment.len())
            .sum();
        if sealed > base / FOLD_AT + 8 * MOST_UNSEALED {
            self.fold();
        }
    }

    /// Lays everybody out anew, in one segment.
    pub fn fold(&mut self) {
        let everybody = self.seekers().collect();
        self.shards = vec![Shard::new(Segment::new(everybody, &self.geo))];
        self.unsealed.clear();
    }

    /// Everybody, in no order that means anything.
    pub fn seekers(&self) -> impl Iterator<Item = Seeker> + '_ {
        self.shards
            .iter()
            .flat_map(Shard::seekers)
            .chain(self.unsealed.values().map(|seeker| Seeker::clone(seeker)))
    }

    /// The people for a vacancy, exactly as [`crate::scan::people`] has them.
    pub fn rank(
        &self,
        rules: &Rules,
        offer: &Offer,
        page: Page<PersonPlace>,
    ) -> (Vec<PersonPlace>, Effort) {
        let k = page.k.min(MOST);
        let mut best = Best::new(k, page.after);
        let mut effort = Effort::default();
        if k == 0 || !offer.is_open(page.as_of) {
            return (Vec::new(), effort);
        }
        for seeker in self.unsealed.values() {
            if let Some(fit) = ranked(rules, offer, seeker, page.as_of) {
                best.offer(PersonPlace::new(
                    fit.thousandths(),
                    seeker.registered_at.timestamp_micros(),
                    seeker.id,
                ));
            }
        }
        let query = Query::new(rules, offer, page.as_of);
        let mut scratch = self.take_scratch();
        for task in self.tasks(&query) {
            if best
                .worst()
                .is_some_and(|worst| task.bound / ONE < u64::from(worst.thousandths()))
            {
                break;
            }
            self.run(&query, &task, &mut best, &mut scratch, &mut effort);
        }
        self.give_back(scratch);
        (best.into_sorted(), effort)
    }

    /// All runs of all lists, highest bound first; equal bounds in the order of the lists, on
    /// which the bounds of the lists rest.
    fn tasks(&self, query: &Query<'_>) -> Vec<Task> {
        let mut tasks = Vec::new();
        for (shard_at, shard) in self.shards.iter().enumerate() {
            let bounds: Vec<Option<u32>> = shard
                .segment
                .tiles
                .iter()
                .map(|tile| query.tile_bound(tile))
                .collect();
            for (list_at, list) in query.lists.iter().enumerate() {
                let runs = match list.term {
                    Term::Skill(term) => shard.segment.by_skill.runs(term),
                    Term::Code(term) => shard.segment.by_code.runs(term),
                };
                tasks.extend(runs.iter().filter_map(|&run| {
                    let location = (*bounds.get(usize::from(run.tile))?)?;
                    Some(Task {
                        shard: shard_at,
                        list: list_at,
                        run,
                        bound: query.bound(list.skill_bound, location),
                    })
                }));
            }
        }
        tasks.sort_by(|one, other| {
            (other.bound / ONE)
                .cmp(&(one.bound / ONE))
                .then(one.list.cmp(&other.list))
        });
        tasks
    }

    fn run(
        &self,
        query: &Query<'_>,
        task: &Task,
        best: &mut Best<PersonPlace>,
        scratch: &mut Scratch,
        effort: &mut Effort,
    ) {
        let (Some(shard), Some(list)) = (self.shards.get(task.shard), query.lists.get(task.list))
        else {
            return;
        };
        let segment = &*shard.segment;
        let first_row: usize = self
            .shards
            .iter()
            .take(task.shard)
            .map(|shard| shard.segment.len())
            .sum();
        let rows = match list.term {
            Term::Skill(_) => segment.by_skill.rows(task.run),
            Term::Code(_) => segment.by_code.rows(task.run),
        };
        effort.runs += 1;
        effort.postings += rows.len();
        for &at in rows {
            let Some(row) = segment.rows.get(at as usize) else {
                continue;
            };
            let must = best
                .worst()
                .map_or(0, |worst| u64::from(worst.thousandths()) * ONE);
            let place = if row.is_spilled() {
                place_of_spilled(query, segment, at)
            } else {
                effort.rows += 1;
                query
                    .sum(segment, row, list.skill_bound, must)
                    .and_then(|sum| place_of(segment, at, sum))
            };
            if let Some(place) = place
                && !shard.is_gone(at)
                && scratch.mark(first_row + at as usize)
            {
                effort.scores += 1;
                best.offer(place);
            }
        }
    }

    fn take_scratch(&self) -> Scratch {
        let mut scratch = self
            .scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .unwrap_or_default();
        scratch.start(self.shards.iter().map(|shard| shard.segment.len()).sum());
        scratch
    }

    fn give_back(&self, scratch: Scratch) {
        self.scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(scratch);
    }
}

fn place_of(segment: &Segment, at: u32, sum: u64) -> Option<PersonPlace> {
    Some(PersonPlace::new(
        u16::try_from(sum / ONE).ok()?,
        *segment.registered.get(at as usize)?,
        *segment.ids.get(at as usize)?,
    ))
}

fn place_of_spilled(query: &Query<'_>, segment: &Segment, at: u32) -> Option<PersonPlace> {
    let seeker = segment.spilled(at)?;
    let fit = ranked(query.rules, query.offer, seeker, query.as_of)?;
    Some(PersonPlace::new(
        fit.thousandths(),
        seeker.registered_at.timestamp_micros(),
        seeker.id,
    ))
}
