//! Writing an index: change by change, one commit for many.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use domain::seeker::Seeker;
use domain::vacancy::Offer;
use tantivy::directory::error::LockError;
use tantivy::{Index, IndexWriter, TantivyError, Term};

use super::fields::Fields;
use super::folder::Folder;
use super::load::{self, Damage};
use super::place::Place;
use super::record::Record;

/// Bytes that a writer may use before it lays a segment down.
const BUDGET: usize = 64 << 20;

/// Why an index could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another process writes to it.
    #[error("another process keeps this index")]
    Busy,
    /// It must be built anew first.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// The folder could not be written.
    #[error("writing the index")]
    Folder(#[source] std::io::Error),
    /// It could not be written.
    #[error("writing the index")]
    Failed(#[source] TantivyError),
}

impl From<TantivyError> for WriteError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy,
            other => Self::Failed(other),
        }
    }
}

/// What a file looked like.
type Seen = (u64, Option<SystemTime>);

/// The one writer of an index.
pub struct Writer {
    dir: PathBuf,
    index: Index,
    inner: IndexWriter,
    fields: Fields,
    place: Place,
    /// What the last commit says on the disk; `None` before the first.
    committed: Option<Place>,
    /// Files that were found whole, as they looked then.
    whole: HashMap<PathBuf, Seen>,
}

impl Writer {
    /// Goes on with the index of this folder.
    ///
    /// # Errors
    /// Busy; damaged, as far as that is seen without reading it whole; or what the disk says.
    pub fn open(dir: &Path, basis: &str) -> Result<Self, WriteError> {
        let index = load::open(dir)?;
        let place = load::place(&index)?;
        if place.basis != basis {
            return Err(Damage::OtherBasis.into());
        }
        Self::new(dir, index, place.clone(), Some(place))
    }

    /// Empties the folder, which is made where it is missing, and begins.
    ///
    /// # Errors
    /// Busy; or what the disk says.
    pub fn create(dir: &Path, basis: &str) -> Result<Self, WriteError> {
        std::fs::create_dir_all(dir).map_err(WriteError::Folder)?;
        let folder =
            || Folder::open(dir).map_err(|error| WriteError::Failed(TantivyError::from(error)));
        // Who keeps the old one keeps it; without a lock nobody empties the folder.
        let lock =
            tantivy::Directory::acquire_lock(&folder()?, &tantivy::directory::INDEX_WRITER_LOCK)
                .map_err(|error| WriteError::from(TantivyError::LockFailure(error, None)))?;
        empty(dir).map_err(WriteError::Folder)?;
        drop(lock);
        let fields = Fields::new();
        let index = Index::create(folder()?, fields.schema, tantivy::IndexSettings::default())?;
        let place = Place {
            basis: basis.to_owned(),
            ..Place::default()
        };
        Self::new(dir, index, place, None)
    }

    fn new(
        dir: &Path,
        index: Index,
        place: Place,
        committed: Option<Place>,
    ) -> Result<Self, WriteError> {
        Ok(Self {
            dir: dir.to_owned(),
            inner: index.writer_with_num_threads(1, BUDGET)?,
            index,
            fields: Fields::new(),
            place,
            committed,
            whole: HashMap::new(),
        })
    }

    /// How far the index has come with the next commit.
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// Puts a person in place of what the index held of them: `before`, as it was put.
    ///
    /// # Errors
    /// What the disk says.
    pub fn put_seeker(
        &mut self,
        before: Option<&Seeker>,
        now: Option<&Seeker>,
    ) -> Result<(), WriteError> {
        self.put(before.map(Record::from), now.map(Record::from))
    }

    /// Puts a vacancy in place of what the index held of it: `before`, as it was put.
    ///
    /// # Errors
    /// What the disk says.
    pub fn put_offer(
        &mut self,
        before: Option<&Offer>,
        now: Option<&Offer>,
    ) -> Result<(), WriteError> {
        self.put(before.map(Record::from), now.map(Record::from))
    }

    fn put(&mut self, before: Option<Record>, now: Option<Record>) -> Result<(), WriteError> {
        if let Some(before) = before {
            self.inner
                .delete_term(Term::from_field_bytes(self.fields.key, &before.key()));
            self.place.records = self.place.records.saturating_sub(1);
            self.place.digest = self.place.digest.wrapping_sub(before.digest());
        }
        if let Some(now) = now {
            self.inner.add_document(self.fields.document(&now))?;
            self.place.records += 1;
            self.place.digest = self.place.digest.wrapping_add(now.digest());
        }
        Ok(())
    }

    /// Makes everything durable that was put, together with how far it goes.
    ///
    /// # Errors
    /// What the disk says; the index stands at the commit before then, and is to be opened again.
    pub fn commit(&mut self, seq: i64, history: &str) -> Result<(), WriteError> {
        self.place.seq = seq;
        history.clone_into(&mut self.place.history);
        let mut prepared = self.inner.prepare_commit()?;
        prepared.set_payload(&self.place.write());
        prepared.commit()?;
        self.committed = Some(self.place.clone());
        Ok(())
    }

    /// Whether the folder is as it was left: what was found whole once is looked at again only
    /// when its length or its time of change is another.
    ///
    /// # Errors
    /// What is wrong.
    pub fn look_after(&mut self) -> Result<(), Damage> {
        let Some(committed) = &self.committed else {
            return Ok(());
        };
        if load::open(&self.dir).and_then(|index| load::place(&index))? != *committed {
            return Err(Damage::OtherHistory);
        }
        let mut whole = HashMap::new();
        let segments = self
            .index
            .searchable_segment_metas()
            .map_err(|error| Damage::Unreadable(error.to_string()))?;
        for segment in segments {
            let mut known: HashSet<PathBuf> = self
                .whole
                .iter()
                .filter(|(file, seen)| self.see(file).as_ref() == Some(*seen))
                .map(|(file, _)| file.clone())
                .collect();
            load::check_files(self.index.directory(), &segment, &mut known)?;
            for file in known {
                if let Some(seen) = self.see(&file) {
                    whole.insert(file, seen);
                }
            }
        }
        self.whole = whole;
        Ok(())
    }

    fn see(&self, file: &Path) -> Option<Seen> {
        let meta = self.dir.join(file).metadata().ok()?;
        Some((meta.len(), meta.modified().ok()))
    }

    /// Ends writing; what was not committed is not kept.
    ///
    /// # Errors
    /// What the disk says.
    pub fn close(self) -> Result<(), WriteError> {
        self.inner.wait_merging_threads().map_err(WriteError::from)
    }
}

/// Takes all files away but the lock; first the one without which there is no index, so that what
/// is left of a process that ends here is not taken for one.
fn empty(dir: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(dir.join("meta.json")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && entry.file_name() != ".tantivy-writer.lock" {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
