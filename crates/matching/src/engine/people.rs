//! People for a vacancy: segments of people laid out by place, and a delta for what has changed
//! since.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use domain::code::Codes;
use domain::id::SeekerId;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::best::Best;
use super::layout::Spots;
use super::query::Query;
use super::search::{Scratch, Search};
use super::segment::Segment;
pub use super::shard::Effort;
use super::shard::Shard;
use crate::definition::{Geo, Rules};
use crate::scan::{MOST, Page, PersonPlace, ranked};

/// So many changes are gone through one by one before they are sealed into a segment.
const MOST_UNSEALED: usize = 1_024;
/// When the sealed changes are more than one in so many, all is laid out anew.
const FOLD_AT: usize = 20;

/// All people, as they stand at one moment. Cheap to clone; a clone does not change.
#[derive(Clone)]
pub struct People {
    spots: Arc<Spots>,
    /// Of which the families of skills are known.
    codes: Option<Arc<Codes>>,
    shards: Vec<Shard>,
    /// Changes since the last seal, gone through one by one.
    unsealed: BTreeMap<SeekerId, Arc<Seeker>>,
    scratch: Arc<Mutex<Vec<Scratch>>>,
}

impl People {
    /// Lays everybody out.
    pub fn new(seekers: Vec<Seeker>, geo: Arc<Geo>) -> Self {
        Self::lay_out(&seekers, Arc::new(Spots::new(&geo)), None)
    }

    /// Lays everybody out, with planes for the families of skills that these rules know: lists
    /// are the same as from [`Self::new`], and sooner there.
    pub fn with_families(seekers: &[Seeker], rules: &Rules) -> Self {
        let spots = Arc::new(Spots::new(&rules.geo));
        Self::lay_out(seekers, spots, Some(Arc::clone(&rules.codes)))
    }

    fn lay_out(seekers: &[Seeker], spots: Arc<Spots>, codes: Option<Arc<Codes>>) -> Self {
        let mut people = Self {
            shards: Vec::new(),
            unsealed: BTreeMap::new(),
            scratch: Arc::new(Mutex::new(Vec::new())),
            spots,
            codes,
        };
        people.shards = vec![people.shard(seekers)];
        people
    }

    fn shard(&self, seekers: &[Seeker]) -> Shard {
        let skills = self.codes.as_deref().map(|codes| &codes.skills);
        Shard::new(Segment::new(seekers, &self.spots, skills))
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

    /// Everybody, in no order.
    pub fn seekers(&self) -> impl Iterator<Item = Seeker> + '_ {
        self.shards
            .iter()
            .flat_map(Shard::seekers)
            .chain(self.unsealed.values().map(|seeker| Seeker::clone(seeker)))
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
        let mut seekers: Vec<Seeker> = std::mem::take(&mut self.unsealed)
            .into_values()
            .map(Arc::unwrap_or_clone)
            .collect();
        // Segments double from the last to the first, so that they stay few.
        while let Some(last) = self.shards.pop_if(|last| last.live <= 2 * seekers.len()) {
            seekers.extend(last.seekers());
        }
        let shard = self.shard(&seekers);
        self.shards.push(shard);
        let sizes = || self.shards.iter().map(|shard| shard.segment.len());
        let base = sizes().max().unwrap_or(0);
        let changed = sizes().sum::<usize>() - base;
        if changed > base / FOLD_AT + 8 * MOST_UNSEALED {
            self.fold();
        }
    }

    /// Lays everybody out anew, in one segment.
    pub fn fold(&mut self) {
        let everybody: Vec<Seeker> = self.seekers().collect();
        self.shards = vec![self.shard(&everybody)];
        self.unsealed.clear();
    }

    /// The people for a vacancy, exactly as [`crate::scan::people`] has them.
    pub fn rank(
        &self,
        rules: &Rules,
        offer: &Offer,
        page: Page<PersonPlace>,
    ) -> (Vec<PersonPlace>, Effort) {
        let best = Best::new(page.k.min(MOST), page.after);
        let (best, effort) = self.search(rules, offer, page.as_of, best, |search, best| {
            search.run(best)
        });
        (best.into_sorted(), effort)
    }

    /// Everybody with at least so many thousandths, in no order.
    pub(super) fn everybody(
        &self,
        rules: &Rules,
        offer: &Offer,
        as_of: NaiveDate,
        least: u16,
    ) -> (Vec<PersonPlace>, Effort) {
        // The last place of that fit, which nobody has.
        let last = PersonPlace::new(least, i64::MIN, SeekerId::from_u128(u128::MAX));
        let best = Best::all_before(last);
        let (best, effort) = self.search(rules, offer, as_of, best, |search, best| {
            search.run_for_all(best)
        });
        (best.into_places(), effort)
    }

    fn search(
        &self,
        rules: &Rules,
        offer: &Offer,
        as_of: NaiveDate,
        mut best: Best<PersonPlace>,
        run: impl FnOnce(Search<'_>, &mut Best<PersonPlace>),
    ) -> (Best<PersonPlace>, Effort) {
        let mut effort = Effort::default();
        if best.k() == 0 || !offer.is_open(as_of) {
            return (best, effort);
        }
        for seeker in self.unsealed.values() {
            if let Some(fit) = ranked(rules, offer, seeker, as_of) {
                best.offer(PersonPlace::new(
                    fit.thousandths(),
                    seeker.registered_at.timestamp_micros(),
                    seeker.id,
                ));
            }
        }
        let mut scratch = self.take_scratch();
        let tables = std::mem::take(&mut scratch.tables);
        let query = Query::new(rules, offer, as_of, &self.spots, tables);
        let search = Search::new(&query, &self.spots, &self.shards, &mut scratch, &mut effort);
        run(search, &mut best);
        scratch.tables = query.into_tables();
        self.give_back(scratch);
        (best, effort)
    }

    fn take_scratch(&self) -> Scratch {
        self.scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .unwrap_or_default()
    }

    fn give_back(&self, scratch: Scratch) {
        self.scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(scratch);
    }
}
