//! All vacancies against all seekers: the people for each vacancy, on several threads.
//!
//! The lists are those of [`People::rank`] to the bit. They are handed out in chunks in the order
//! of the vacancies' ids, so that whoever keeps the last id of a chunk can go on from there after
//! a stop. Inside a chunk vacancies are taken in the order of their places and trades: like
//! vacancies look at the same tiles one after the other, while these are near in memory.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use chrono::NaiveDate;
use domain::id::VacancyId;
use domain::vacancy::Offer;

use crate::definition::Rules;
use crate::engine::people::People;
use crate::scan::{Page, PersonPlace};

/// So many vacancies are handed out together.
const CHUNK: NonZeroUsize = NonZeroUsize::new(1_024).unwrap();
/// A thread takes so many like vacancies at once.
const ROW: usize = 16;

/// The people for one vacancy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The vacancy.
    pub vacancy: VacancyId,
    /// Its people, the best first.
    pub people: Vec<PersonPlace>,
}

/// How a batch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// All vacancies are done.
    Finished,
    /// It was stopped; what was handed out is whole.
    Stopped,
}

/// Seen and steered from outside while a batch runs.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    stop: AtomicBool,
}

impl Progress {
    /// Vacancies that were ranked so far, be they handed out or not.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Stops the batch after the vacancies that are being ranked.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What is ranked, and how.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    people: &'a People,
    rules: &'a Rules,
    as_of: NaiveDate,
    k: usize,
    threads: NonZeroUsize,
    chunk: NonZeroUsize,
}

impl<'a> Batch<'a> {
    /// The first k of these people for each vacancy, as of that day, on all processors.
    pub fn new(people: &'a People, rules: &'a Rules, as_of: NaiveDate, k: usize) -> Self {
        Self {
            people,
            rules,
            as_of,
            k,
            threads: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            chunk: CHUNK,
        }
    }

    /// The same on so many threads.
    #[must_use]
    pub const fn threads(self, threads: NonZeroUsize) -> Self {
        Self { threads, ..self }
    }

    /// The same with so many vacancies handed out together.
    #[must_use]
    pub const fn chunk(self, chunk: NonZeroUsize) -> Self {
        Self { chunk, ..self }
    }

    /// Ranks for these vacancies, those after an id, and hands the lists to `take` in the order
    /// of ids, while the next ones are being ranked.
    ///
    /// # Errors
    /// What `take` says; nothing is handed out after that.
    pub fn run<E: Send>(
        &self,
        offers: &[&Offer],
        after: Option<VacancyId>,
        progress: &Progress,
        mut take: impl FnMut(Vec<List>) -> Result<(), E>,
    ) -> Result<End, E> {
        let mut offers: Vec<&Offer> = offers
            .iter()
            .copied()
            .filter(|offer| after.is_none_or(|after| offer.id > after))
            .collect();
        offers.sort_unstable_by_key(|offer| offer.id);
        let mut ready = Vec::new();
        for chunk in offers.chunks(self.chunk.get()) {
            let work = Work::new(self, chunk, progress);
            let taken = thread::scope(|scope| {
                for _ in 0..self.threads.get() {
                    scope.spawn(|| work.rank());
                }
                hand_out(std::mem::take(&mut ready), &mut take)
            });
            taken?;
            if progress.is_stopped() {
                return Ok(End::Stopped);
            }
            ready = work.into_lists();
        }
        hand_out(ready, &mut take)?;
        Ok(End::Finished)
    }

    /// All lists at once, in the order of ids.
    pub fn lists(&self, offers: &[&Offer]) -> Vec<List> {
        let mut all = Vec::with_capacity(offers.len());
        let Ok(_) = self.run(offers, None, &Progress::default(), |lists| {
            all.extend(lists);
            Ok::<(), Infallible>(())
        });
        all
    }
}

fn hand_out<E>(
    lists: Vec<List>,
    take: &mut impl FnMut(Vec<List>) -> Result<(), E>,
) -> Result<(), E> {
    if lists.is_empty() {
        Ok(())
    } else {
        take(lists)
    }
}

/// One chunk, from which threads take rows of like vacancies.
struct Work<'a> {
    batch: &'a Batch<'a>,
    /// By place and trade.
    offers: Vec<&'a Offer>,
    next: AtomicUsize,
    lists: Mutex<Vec<List>>,
    progress: &'a Progress,
}

impl<'a> Work<'a> {
    fn new(batch: &'a Batch<'a>, chunk: &[&'a Offer], progress: &'a Progress) -> Self {
        let mut offers = chunk.to_vec();
        offers.sort_by_key(|offer| {
            let lodged = offer.lodging || offer.shuttle;
            (offer.workplaces.first(), lodged, offer.occupations.first())
        });
        Self {
            batch,
            lists: Mutex::new(Vec::with_capacity(offers.len())),
            offers,
            next: AtomicUsize::new(0),
            progress,
        }
    }

    fn rank(&self) {
        let page = Page {
            as_of: self.batch.as_of,
            k: self.batch.k,
            after: None,
        };
        while !self.progress.is_stopped() {
            let start = self.next.fetch_add(ROW, Ordering::Relaxed);
            let offers = self.offers.iter().skip(start).take(ROW);
            let lists: Vec<List> = offers
                .map(|offer| List {
                    vacancy: offer.id,
                    people: self.batch.people.rank(self.batch.rules, offer, page).0,
                })
                .collect();
            if lists.is_empty() {
                break;
            }
            self.progress.done.fetch_add(lists.len(), Ordering::Relaxed);
            self.lists
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(lists);
        }
    }

    fn into_lists(self) -> Vec<List> {
        let lists = self.lists.into_inner();
        let mut lists = lists.unwrap_or_else(PoisonError::into_inner);
        lists.sort_unstable_by_key(|list| list.vacancy);
        lists
    }
}
