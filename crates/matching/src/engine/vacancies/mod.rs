//! Vacancies for a seeker: segments laid out by trade and place, and a delta for what has changed
//! since.
//!
//! A vacancy is a candidate through a skill that counts in it and of which the person has
//! something, or through a group of one of their codes. Which skills count, and with what shares,
//! depends on the statistics: so the lists belong to one version of the rules.
//!
//! [`layout`] stands vacancies by trade and place, so that 64 of them have a tight bound
//! ([`words`]). [`planes`] say what each asks for, a bit for each, and what frequent skills weigh
//! in it; [`plan`] is what they tell for one person, and [`bits`] works it out for 512 at once.
//! Rare skills have [`postings`]: whoever asks for one that the person has is looked at there,
//! and the planes need to find the others only. [`search`] reads the rows of who remains.

mod basis;
mod bits;
mod classes;
mod layout;
mod memory;
mod plan;
mod planes;
mod postings;
mod pressures;
mod query;
mod rare;
mod row;
mod search;
mod segment;
mod shard;
mod sum;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

pub use pressures::Pressures;

use super::best::Best;
use crate::definition::Rules;
use crate::scan::{MOST, Page, VacancyPlace, ranked};
use basis::Basis;
use memory::Memory;
use query::{Query, Tables};
use search::Search;
use segment::Segment;
use shard::Shard;

/// So many changes are gone through one by one before they are sealed into a segment.
const MOST_UNSEALED: usize = 32;
/// A sealed segment joins the one before it unless that is so many times as large.
const GROWTH: usize = 3;
/// When the sealed changes are more than one in so many, all is laid out anew.
const FOLD_AT: usize = 20;
/// So many sealed changes are never too many.
const FEW_SEALED: usize = 4_096;

/// What a query had to look at: the same on every machine, for tests without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Times that the planes of a block were gone through.
    pub blocks: usize,
    /// Lines of planes (a cache line each) that were read.
    pub lines: usize,
    /// Postings of rare skills that were read.
    pub postings: usize,
    /// Vacancies whose rows were looked at.
    pub rows: usize,
    /// Of those, vacancies whose whole score was computed.
    pub scores: usize,
}

/// All vacancies, as they stand at one moment. Cheap to clone; a clone does not change.
#[derive(Clone)]
pub struct Vacancies {
    rules: Arc<Rules>,
    pressures: Arc<Pressures>,
    basis: Arc<Basis>,
    shards: Vec<Shard>,
    /// Changes since the last seal, gone through one by one.
    unsealed: BTreeMap<VacancyId, Arc<Offer>>,
    scratch: Arc<Mutex<Vec<Scratch>>>,
}

#[derive(Default)]
struct Scratch {
    tables: Tables,
    memory: Memory,
}

impl Vacancies {
    /// No vacancies, under these rules.
    pub fn new(rules: Arc<Rules>) -> Self {
        Self::from(rules, Vec::new())
    }

    /// Lays these vacancies out, under these rules; of two with the same id the later counts.
    pub fn from(rules: Arc<Rules>, offers: Vec<Offer>) -> Self {
        let offers: BTreeMap<VacancyId, Arc<Offer>> = offers
            .into_iter()
            .map(|offer| (offer.id, Arc::new(offer)))
            .collect();
        let pressures = Arc::default();
        let basis = Basis::new(&rules);
        let offers = offers.into_values().collect();
        let segment = Segment::new(offers, &rules, &basis);
        Self {
            basis: Arc::new(basis),
            shards: vec![Shard::new(segment, &pressures)],
            unsealed: BTreeMap::new(),
            scratch: Arc::default(),
            pressures,
            rules,
        }
    }

    /// The same vacancies, with how much each is asked for.
    #[must_use]
    pub fn with_pressures(&self, pressures: Arc<Pressures>) -> Self {
        let mut new = self.clone();
        for shard in &mut new.shards {
            shard.set_pressures(&pressures);
        }
        new.pressures = pressures;
        new
    }

    /// How much each vacancy is asked for.
    pub const fn pressures(&self) -> &Arc<Pressures> {
        &self.pressures
    }

    /// How many vacancies there are.
    pub fn len(&self) -> usize {
        self.shards.iter().map(Shard::live).sum::<usize>() + self.unsealed.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The vacancy with this id, as last put in.
    pub fn find(&self, id: VacancyId) -> Option<&Offer> {
        self.unsealed
            .get(&id)
            .or_else(|| self.shards.iter().find_map(|shard| shard.find(id)))
            .map(|offer| &**offer)
    }

    /// All vacancies, by id.
    pub fn all(&self) -> Vec<Arc<Offer>> {
        let mut all: Vec<Arc<Offer>> = self.offers().cloned().collect();
        all.sort_unstable_by_key(|offer| offer.id);
        all
    }

    /// All vacancies, in no order.
    pub fn offers(&self) -> impl Iterator<Item = &Arc<Offer>> {
        let sealed = self.shards.iter().flat_map(Shard::offers);
        sealed.chain(self.unsealed.values())
    }

    /// Puts a new or changed vacancy in.
    pub fn put(&mut self, offer: Offer) {
        self.remove(offer.id);
        self.unsealed.insert(offer.id, Arc::new(offer));
        if self.unsealed.len() >= MOST_UNSEALED {
            self.seal();
        }
    }

    /// Takes a vacancy out.
    pub fn remove(&mut self, id: VacancyId) {
        self.unsealed.remove(&id);
        for shard in &mut self.shards {
            shard.mark_gone(id);
        }
    }

    /// Lays the changes out as a segment of their own, with earlier ones that are not much
    /// larger; all of them when they have become many.
    pub fn seal(&mut self) {
        if self.unsealed.is_empty() {
            return;
        }
        let mut offers: Vec<Arc<Offer>> =
            std::mem::take(&mut self.unsealed).into_values().collect();
        while self.shards.len() > 1
            && let Some(last) = self
                .shards
                .pop_if(|shard| shard.live() < GROWTH * offers.len())
        {
            offers.extend(last.offers().cloned());
        }
        self.push(offers);
        let base = self.shards.first().map_or(0, Shard::len);
        let sealed: usize = self.shards.iter().skip(1).map(Shard::len).sum();
        if sealed > base / FOLD_AT + FEW_SEALED {
            self.fold();
        }
    }

    /// Lays all vacancies out anew, in one segment.
    pub fn fold(&mut self) {
        let all = self.offers().cloned().collect();
        self.shards.clear();
        self.unsealed.clear();
        self.push(all);
    }

    fn push(&mut self, offers: Vec<Arc<Offer>>) {
        let segment = Segment::new(offers, &self.rules, &self.basis);
        self.shards.push(Shard::new(segment, &self.pressures));
    }

    /// The vacancies for a seeker, exactly as [`crate::scan::vacancies`] has them, and what had
    /// to be looked at.
    pub fn rank(&self, seeker: &Seeker, page: Page<VacancyPlace>) -> (Vec<VacancyPlace>, Effort) {
        let k = page.k.min(MOST);
        if k == 0 || !seeker.status.is_looking() || page.as_of < seeker.turns_15 {
            return (Vec::new(), Effort::default());
        }
        let mut best = Best::new(k, page.after);
        for offer in self.unsealed.values() {
            if let Some(fit) = ranked(&self.rules, offer, seeker, page.as_of) {
                let pressure = self.pressures.of(offer.id);
                best.offer(VacancyPlace::new(fit.thousandths(), pressure, offer.id));
            }
        }
        let Scratch { tables, mut memory } = self.take_scratch();
        let mut query = Query::new(&self.rules, &self.basis, seeker, page.as_of, tables);
        let mut effort = Effort::default();
        for shard in self.shards.iter().filter(|shard| shard.live() > 0) {
            Search::new(&mut query, shard, &mut best, &mut memory, &mut effort).run();
        }
        self.give_back(Scratch {
            tables: query.into_tables(),
            memory,
        });
        (best.into_sorted(), effort)
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
