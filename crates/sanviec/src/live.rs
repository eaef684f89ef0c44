//! What is kept in memory of the database, and kept up by its change log: the engine's tiles and
//! the list of what is shown to the public.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::actor::Actor;
use domain::change::{Change, ChangeFeed, Entity};
use domain::code::Codes;
use domain::error::Error;
use domain::id::VacancyId;
use domain::vacancy::{Offer, Vacancy};
use matching::definition::Rules;
use matching::engine::people::People;
use matching::engine::vacancies::Vacancies;
use matching::index::{Damage, Loaded, Place, load};
use matching::settings::Settings;
use search::{Means, TextIndex};
use store::{Feed, Pool};

/// More changes than this at once, and all is read anew.
const MOST_CHANGES: usize = 20_000;
/// How often an index is read that another process may be writing.
const TRIES: usize = 3;

/// Everything as it stands at one place of the change log.
#[derive(Clone)]
pub(crate) struct Snapshot {
    /// The place.
    pub(crate) seq: i64,
    /// The rules, with the statistics of that place.
    pub(crate) rules: Arc<Rules>,
    /// People.
    pub(crate) people: People,
    /// Vacancies.
    pub(crate) vacancies: Vacancies,
    /// All vacancies in full.
    pub(crate) shown: HashMap<VacancyId, Arc<Vacancy>>,
    /// Their words; none where nobody searches.
    pub(crate) text: Option<TextIndex>,
}

/// What an index holds.
#[derive(Clone)]
pub(crate) struct Written {
    /// How far it has come.
    pub(crate) place: Place,
    /// What it was written from.
    pub(crate) snapshot: Arc<Snapshot>,
}

/// The snapshot that is served now; a reader keeps the one that it took.
pub(crate) struct Live {
    pool: Pool,
    codes: Arc<Codes>,
    now: RwLock<Arc<Snapshot>>,
    /// When the snapshot was last found to hold all changes; `None` before it is filled.
    fresh: Mutex<Option<Instant>>,
}

impl Live {
    /// Nothing yet: see [`Self::fill`].
    pub(crate) fn new(
        pool: Pool,
        codes: Arc<Codes>,
        settings: Settings,
        means: Option<Means>,
    ) -> Self {
        let rules = Arc::new(Rules::new(settings, Arc::clone(&codes), Arc::default()));
        let nothing = Snapshot {
            seq: 0,
            people: People::with_families(&[], &rules),
            vacancies: Vacancies::new(Arc::clone(&rules)),
            shown: HashMap::new(),
            text: means.map(|means| TextIndex::new(&[], means)),
            rules,
        };
        Self {
            pool,
            codes,
            now: RwLock::new(Arc::new(nothing)),
            fresh: Mutex::new(None),
        }
    }

    /// Takes in what the index in this folder holds and what has changed since; where it cannot be
    /// trusted, all that the database holds. Gives what the index held.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn fill(&self, index: &Path) -> Result<Option<Written>, Error> {
        match self.held(index)? {
            Ok(loaded) => {
                let place = loaded.place.clone();
                let snapshot = Arc::new(self.read_index(loaded)?);
                self.serve(Arc::clone(&snapshot));
                while self.catch_up()? {}
                Ok(Some(Written { place, snapshot }))
            }
            Err(damage) => {
                if damage != Damage::Missing {
                    tracing::warn!(%damage, "the index is built anew");
                }
                self.fill_from_database().map(|()| None)
            }
        }
    }

    /// Takes in all that the database holds.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn fill_from_database(&self) -> Result<(), Error> {
        let all = self.read_all(&self.snapshot())?;
        self.serve(Arc::new(all));
        while self.catch_up()? {}
        Ok(())
    }

    /// What the index in this folder holds, if it can be trusted.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn held(&self, index: &Path) -> Result<Result<Loaded, Damage>, Error> {
        // A file may vanish under the reader while a server writes: it is there the next time.
        let tries = (0..TRIES).map(|_| load(index, &self.codes.edition));
        let held = tries
            .reduce(|before, now| before.or(now))
            .unwrap_or(Err(Damage::Missing));
        Ok(match held {
            Ok(loaded) if !self.is_of_this_log(&loaded.place)? => Err(Damage::OtherHistory),
            held => held,
        })
    }

    fn is_of_this_log(&self, place: &Place) -> Result<bool, Error> {
        let mut feed = Feed(self.pool.clone());
        Ok(place.seq <= feed.last()? && place.history == feed.history(place.seq)?)
    }

    /// What is served now; nothing before it is filled.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn serve(&self, next: Arc<Snapshot>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = next;
    }

    /// Whether there is something to serve.
    pub(crate) fn is_filled(&self) -> bool {
        self.fresh_at().is_some()
    }

    /// Whether what is served may be older than this.
    pub(crate) fn is_older_than(&self, age: Duration) -> bool {
        self.fresh_at().is_none_or(|at| at.elapsed() > age)
    }

    fn fresh_at(&self) -> Option<Instant> {
        *self.fresh.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pool of the database.
    pub(crate) const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The code lists.
    pub(crate) const fn codes(&self) -> &Arc<Codes> {
        &self.codes
    }

    /// How many changes are not in the snapshot yet.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn behind(&self) -> Result<i64, Error> {
        Ok(Feed(self.pool.clone()).last()? - self.snapshot().seq)
    }

    /// Takes in what has changed since; whether anything had.
    ///
    /// # Errors
    /// What the database says; then the snapshot stays as it was.
    pub(crate) fn catch_up(&self) -> Result<bool, Error> {
        let asked = Instant::now();
        let before = self.snapshot();
        let changes = Feed(self.pool.clone()).after(before.seq, MOST_CHANGES)?;
        if let Some(last) = changes.last() {
            let next = if changes.len() == MOST_CHANGES {
                self.read_all(&before)?
            } else {
                let mut next = Snapshot::clone(&before);
                let mut changed = BTreeSet::new();
                for change in &changes {
                    changed.extend(self.take_in(&mut next, change)?);
                }
                Self::take_in_words(&mut next, &changed);
                next.seq = last.seq;
                next
            };
            self.serve(Arc::new(next));
        }
        // What is committed after this moment is seen next time.
        *self.fresh.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked);
        Ok(!changes.is_empty())
    }

    fn read_index(&self, loaded: Loaded) -> Result<Snapshot, Error> {
        let before = self.snapshot();
        let rules = Arc::clone(&before.rules);
        let conn = &mut *self.pool.get()?;
        let stats = store::skill_stats::latest(conn, &self.codes)?;
        let rules = Arc::new(rules.with_stats(Arc::new(stats)));
        let mut all = HashMap::new();
        store::vacancy::each(conn, &self.codes, |vacancy| {
            all.insert(vacancy.offer.id, Arc::new(vacancy));
            Ok(())
        })?;
        Ok(Snapshot {
            text: Self::words_of(&before, &all),
            seq: loaded.place.seq,
            people: People::with_families(&loaded.people, &rules),
            vacancies: Vacancies::from(Arc::clone(&rules), loaded.offers),
            shown: all,
            rules,
        })
    }

    /// The words of all vacancies.
    fn words_of(before: &Snapshot, all: &HashMap<VacancyId, Arc<Vacancy>>) -> Option<TextIndex> {
        let means = before.text.as_ref()?.means();
        let mut all: Vec<Arc<Vacancy>> = all.values().map(Arc::clone).collect();
        // The same vacancies always lie in the same order.
        all.sort_unstable_by_key(|vacancy| vacancy.offer.id);
        Some(TextIndex::new(&all, means))
    }

    fn take_in_words(next: &mut Snapshot, changed: &BTreeSet<VacancyId>) {
        let Some(text) = next.text.as_mut().filter(|_| !changed.is_empty()) else {
            return;
        };
        let (now, gone): (Vec<VacancyId>, Vec<VacancyId>) =
            changed.iter().partition(|id| next.shown.contains_key(id));
        let now = now
            .iter()
            .filter_map(|id| next.shown.get(id).map(Arc::clone));
        let now: Vec<Arc<Vacancy>> = now.collect();
        text.change(&now, &gone);
    }

    /// The vacancy that has changed, if it was one.
    fn take_in(&self, next: &mut Snapshot, change: &Change) -> Result<Option<VacancyId>, Error> {
        self.take_in_one(next, change).inspect_err(|error| {
            let (entity, id) = (change.entity, &*change.id);
            tracing::error!(%error, %entity, id, "a change cannot be taken in");
        })
    }

    fn take_in_one(
        &self,
        next: &mut Snapshot,
        change: &Change,
    ) -> Result<Option<VacancyId>, Error> {
        let conn = &mut *self.pool.get()?;
        match change.entity {
            Entity::Vacancy => {
                let Ok(id) = change.id.parse() else {
                    return Ok(None);
                };
                match store::vacancy::find(conn, &self.codes, Actor::System, id) {
                    Ok(vacancy) => {
                        next.vacancies.put(vacancy.offer.clone());
                        next.shown.insert(id, Arc::new(vacancy));
                    }
                    Err(Error::NotFound) => {
                        next.vacancies.remove(id);
                        next.shown.remove(&id);
                    }
                    Err(error) => return Err(error),
                }
                return Ok(Some(id));
            }
            Entity::Seeker => {
                let Ok(id) = change.id.parse() else {
                    return Ok(None);
                };
                match store::seeker::find(conn, &self.codes, id) {
                    Ok(seeker) => next.people.put(seeker),
                    Err(Error::NotFound) => next.people.remove(id),
                    Err(error) => return Err(error),
                }
            }
            Entity::SkillStats => {
                let stats = store::skill_stats::latest(conn, &self.codes)?;
                next.rules = Arc::new(next.rules.with_stats(Arc::new(stats)));
                let offers = next.vacancies.offers().map(|offer| Offer::clone(offer));
                next.vacancies = Vacancies::from(Arc::clone(&next.rules), offers.collect());
            }
            Entity::Employer | Entity::Correction => {}
        }
        Ok(None)
    }

    fn read_all(&self, before: &Snapshot) -> Result<Snapshot, Error> {
        // The place is read first: what changes while reading is read twice, never missed.
        let seq = Feed(self.pool.clone()).last()?;
        let conn = &mut *self.pool.get()?;
        let codes = &self.codes;
        let stats = store::skill_stats::latest(conn, codes)?;
        let rules = Arc::new(before.rules.with_stats(Arc::new(stats)));
        let people = People::with_families(&store::seeker::all(conn, codes)?, &rules);
        let all = store::vacancy::all(conn, codes)?;
        let offers = all.iter().map(|vacancy| vacancy.offer.clone()).collect();
        let all = all
            .into_iter()
            .map(|vacancy| (vacancy.offer.id, Arc::new(vacancy)));
        let shown = all.collect();
        Ok(Snapshot {
            seq,
            vacancies: Vacancies::from(Arc::clone(&rules), offers),
            rules,
            people,
            text: Self::words_of(before, &shown),
            shown,
        })
    }
}
