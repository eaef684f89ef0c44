//! Keeps the durable index beside what is served: behind it by seconds, never ahead of it.
//!
//! What the index holds is remembered as the snapshot that was written: its records are what is
//! replaced by the next one. When the index is damaged it is built anew from the snapshot that is
//! served, which owes nothing to the damaged files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use domain::change::{ChangeFeed, Entity};
use domain::error::Error;
use domain::id::{SeekerId, VacancyId};
use matching::index::{Damage, Place, WriteError, Writer};
use store::Feed;

use crate::config::IndexConfig;
use crate::live::{Live, Snapshot, Written};

/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// More changes than this, and all is written anew.
const MOST_CHANGES: usize = 100_000;

/// Why the index is not up to date.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotKept {
    /// The folder.
    #[error(transparent)]
    Index(#[from] WriteError),
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Keeps the index of one folder.
pub(crate) struct Keeper {
    dir: PathBuf,
    writer: Option<Writer>,
    /// What the index holds; `None` where it is to be built anew.
    written: Option<Written>,
}

impl Keeper {
    /// The keeper of a folder that holds this, or nothing that can be trusted.
    pub(crate) const fn new(dir: PathBuf, written: Option<Written>) -> Self {
        Self {
            dir,
            writer: None,
            written,
        }
    }

    /// Brings the index up to what is served; whether there was anything to do.
    ///
    /// # Errors
    /// Busy where another process keeps it; what disk or database say. The index then stands where
    /// it stood, or is built anew the next time.
    pub(crate) fn keep(&mut self, live: &Live) -> Result<bool, NotKept> {
        let now = live.snapshot();
        let done = match self.written.take() {
            None => self.write_all(live, &now),
            Some(written) if written.snapshot.seq == now.seq => {
                self.written = Some(written);
                return Ok(false);
            }
            Some(written) => self
                .write_changes(live, &written, &now)
                .inspect_err(|error| {
                    // The last commit still stands unless it is the index that is at fault.
                    if !matches!(error, NotKept::Index(WriteError::Damaged(_))) {
                        self.written = Some(written);
                    }
                }),
        };
        match done {
            Ok(place) => {
                self.written = Some(Written {
                    place,
                    snapshot: now,
                });
                Ok(true)
            }
            Err(error) => {
                self.writer = None;
                Err(error)
            }
        }
    }

    fn write_all(&mut self, live: &Live, now: &Snapshot) -> Result<Place, NotKept> {
        // The old writer's lock and threads go first.
        self.writer = None;
        let mut writer = Writer::create(&self.dir, &live.codes().edition)?;
        for person in now.people.seekers() {
            writer.put_seeker(None, Some(&person))?;
        }
        for offer in now.vacancies.offers() {
            writer.put_offer(None, Some(offer))?;
        }
        writer.commit(now.seq, &Feed(live.pool().clone()).history(now.seq)?)?;
        let place = writer.place().clone();
        self.writer = Some(writer);
        Ok(place)
    }

    fn write_changes(
        &mut self,
        live: &Live,
        written: &Written,
        now: &Snapshot,
    ) -> Result<Place, NotKept> {
        let mut feed = Feed(live.pool().clone());
        let changes = feed.after(written.place.seq, MOST_CHANGES)?;
        if changes.len() == MOST_CHANGES {
            return self.write_all(live, now);
        }
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(open(&self.dir, &live.codes().edition, &written.place)?),
        };
        let before = &written.snapshot;
        let changed: BTreeSet<(&str, &str)> = changes
            .iter()
            .filter(|change| change.seq <= now.seq)
            .map(|change| (change.entity.as_str(), &*change.id))
            .collect();
        for (entity, id) in changed {
            match entity.parse() {
                Ok(Entity::Seeker) => {
                    let Ok(id) = id.parse::<SeekerId>() else {
                        continue;
                    };
                    let (before, now) = (before.people.find(id), now.people.find(id));
                    writer.put_seeker(before.as_ref(), now.as_ref())?;
                }
                Ok(Entity::Vacancy) => {
                    let Ok(id) = id.parse::<VacancyId>() else {
                        continue;
                    };
                    writer.put_offer(before.vacancies.find(id), now.vacancies.find(id))?;
                }
                Ok(Entity::Employer | Entity::SkillStats | Entity::Correction) | Err(_) => {}
            }
        }
        writer.commit(now.seq, &feed.history(now.seq)?)?;
        Ok(writer.place().clone())
    }

    /// Takes the folder, and looks whether it is as it was left: what it held is forgotten where it
    /// is not.
    fn look_after(&mut self, live: &Live) {
        let Some(written) = &self.written else { return };
        let looked = match &mut self.writer {
            Some(writer) => writer.look_after().map_err(WriteError::from),
            none => open(&self.dir, &live.codes().edition, &written.place)
                .map(|writer| *none = Some(writer)),
        };
        if let Err(WriteError::Damaged(damage)) = looked {
            tracing::warn!(%damage, "the index is built anew");
            self.writer = None;
            self.written = None;
        }
    }

    /// Keeps the index until the sender is gone, and once more then.
    pub(crate) fn run(mut self, live: &Live, commits: IndexConfig, stopped: &Receiver<()>) {
        let mut kept = Instant::now();
        let mut said = false;
        loop {
            let ends = stopped.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout);
            self.look_after(live);
            let waiting = self
                .written
                .as_ref()
                .map(|written| live.snapshot().seq - written.place.seq);
            let is_time = kept.elapsed() > commits.commit_every;
            let is_due = match waiting {
                // What has just failed is not tried again every second: on a full disk that would
                // write the whole index each time.
                _ if said => is_time,
                None => true,
                Some(waiting) => {
                    waiting.unsigned_abs() >= commits.commit_after_changes || waiting > 0 && is_time
                }
            };
            if is_due || ends {
                kept = Instant::now();
                let is_good = self.keep_saying(live, said);
                said = !is_good;
            }
            if ends {
                return self.close();
            }
        }
    }

    /// Whether it went well; what goes wrong again and again is said once.
    fn keep_saying(&mut self, live: &Live, said: bool) -> bool {
        match self.keep(live) {
            Ok(_) => true,
            Err(NotKept::Index(WriteError::Busy)) => {
                if !said {
                    tracing::warn!(
                        "another process keeps the index; the ranking goes on in memory"
                    );
                }
                false
            }
            Err(error) => {
                if !said {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the index could not be written; trying again"
                    );
                }
                false
            }
        }
    }

    /// Lets go of the folder when merges under way are done.
    pub(crate) fn close(self) {
        if let Some(writer) = self.writer
            && let Err(error) = writer.close()
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "ending the index");
        }
    }
}

/// The writer of an index that holds what it is believed to hold: another process may have written
/// to it since it was read.
fn open(dir: &Path, basis: &str, place: &Place) -> Result<Writer, WriteError> {
    let writer = Writer::open(dir, basis)?;
    if writer.place() == place {
        Ok(writer)
    } else {
        Err(Damage::OtherHistory.into())
    }
}
