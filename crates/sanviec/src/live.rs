//! What is kept in memory of the database, and kept up by its change log: the engine's index and
//! the list of what is shown to the public.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::actor::Actor;
use domain::change::{ChangeFeed, Entity};
use domain::code::Codes;
use domain::error::Error;
use domain::id::VacancyId;
use domain::text::fold;
use domain::vacancy::Vacancy;
use matching::definition::Rules;
use matching::engine::people::People;
use matching::engine::vacancies::Vacancies;
use matching::settings::Settings;
use store::{Feed, Pool};

/// More changes than this at once, and all is read anew.
const MOST_CHANGES: usize = 20_000;

/// A vacancy, and the words it is found by.
pub(crate) struct Shown {
    /// The vacancy.
    pub(crate) vacancy: Vacancy,
    /// Title and employer, folded.
    pub(crate) words: String,
}

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
    pub(crate) shown: HashMap<VacancyId, Arc<Shown>>,
}

/// The snapshot that is served now; a reader keeps the one that it took.
pub(crate) struct Live {
    pool: Pool,
    codes: Arc<Codes>,
    now: RwLock<Arc<Snapshot>>,
}

impl Live {
    /// Reads the whole database.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn open(pool: Pool, codes: Arc<Codes>, settings: Settings) -> Result<Self, Error> {
        let rules = Rules::new(settings, Arc::clone(&codes), Arc::default());
        let snapshot = read_all(&pool, &codes, &rules)?;
        Ok(Self {
            pool,
            codes,
            now: RwLock::new(Arc::new(snapshot)),
        })
    }

    /// What is served now.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The pool of the database.
    pub(crate) const fn pool(&self) -> &Pool {
        &self.pool
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
        let before = self.snapshot();
        let changes = Feed(self.pool.clone()).after(before.seq, MOST_CHANGES)?;
        let Some(last) = changes.last().map(|change| change.seq) else {
            return Ok(false);
        };
        let is_statistics = changes
            .iter()
            .any(|change| change.entity == Entity::SkillStats);
        let next = if is_statistics || changes.len() == MOST_CHANGES {
            read_all(&self.pool, &self.codes, &before.rules)?
        } else {
            let mut next = Snapshot::clone(&before);
            for change in &changes {
                self.take_in(&mut next, change.entity, &change.id)?;
            }
            next.seq = last;
            next
        };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(true)
    }

    fn take_in(&self, next: &mut Snapshot, entity: Entity, id: &str) -> Result<(), Error> {
        let conn = &mut *self.pool.get()?;
        match entity {
            Entity::Vacancy => {
                let Ok(id) = id.parse() else { return Ok(()) };
                match store::vacancy::find(conn, &self.codes, Actor::System, id) {
                    Ok(vacancy) => {
                        next.vacancies.put(vacancy.offer.clone());
                        next.shown.insert(id, shown(vacancy));
                    }
                    Err(Error::NotFound) => {
                        next.vacancies.remove(id);
                        next.shown.remove(&id);
                    }
                    Err(error) => return Err(error),
                }
            }
            Entity::Seeker => {
                let Ok(id) = id.parse() else { return Ok(()) };
                match store::seeker::find(conn, &self.codes, id) {
                    Ok(seeker) => next.people.put(seeker),
                    Err(Error::NotFound) => next.people.remove(id),
                    Err(error) => return Err(error),
                }
            }
            Entity::Employer | Entity::SkillStats => {}
        }
        Ok(())
    }
}

fn read_all(pool: &Pool, codes: &Codes, rules: &Rules) -> Result<Snapshot, Error> {
    // The place is read first: what changes while reading is read twice, never missed.
    let seq = Feed(pool.clone()).last()?;
    let conn = &mut *pool.get()?;
    let stats = store::skill_stats::latest(conn, codes)?;
    let rules = Arc::new(rules.with_stats(Arc::new(stats)));
    let people = People::new(store::seeker::all(conn, codes)?, Arc::clone(&rules.geo));
    let all = store::vacancy::all(conn, codes)?;
    let offers = all.iter().map(|vacancy| vacancy.offer.clone()).collect();
    let vacancies = Vacancies::from(Arc::clone(&rules), offers);
    Ok(Snapshot {
        seq,
        rules,
        people,
        vacancies,
        shown: all
            .into_iter()
            .map(|vacancy| (vacancy.offer.id, shown(vacancy)))
            .collect(),
    })
}

fn shown(vacancy: Vacancy) -> Arc<Shown> {
    let words = fold(&format!("{} {}", vacancy.title, vacancy.employer_name));
    Arc::new(Shown { vacancy, words })
}
