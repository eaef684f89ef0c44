//! Where rows go: into the database, or nowhere.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use domain::actor::Actor;
use domain::code::Codes;
use domain::id::BatchId;
use domain::reading::headings::Mapping;
use domain::vacancy::Vacancy;
use store::batch::{self, State};
use store::vacancy::{Compared, Incoming, Taken};
use store::{DatabaseUrl, Pool};

use crate::clock::stamp;
use crate::failure::{Failure, newer};
use crate::house::{House, connect};

/// What became of a row, or would.
pub(super) enum Verdict {
    New,
    /// With the vacancy as it was, where that is known.
    Changed(Option<Box<Vacancy>>),
    Same,
}

/// Where rows go.
pub(super) enum Target {
    /// Into the database, under this batch.
    Real { pool: Pool, batch: BatchId },
    /// Nowhere: what would be done is said.
    Dry(Dry),
}

/// What a dry run compares with: the database, and what came earlier in the file.
pub(super) struct Dry {
    known: Option<Pool>,
    /// Digests of references, each with that of the row: two numbers a row, whatever it holds.
    seen: HashMap<u64, u64>,
}

impl Target {
    pub(super) fn dry(known: Option<Pool>) -> Self {
        Self::Dry(Dry {
            known,
            seen: HashMap::new(),
        })
    }

    /// Opens the database and begins a batch. What was said of headings is kept.
    pub(super) fn real(
        house: &House,
        source: &str,
        file: &Path,
        said: &Mapping,
    ) -> Result<Self, Failure> {
        let pool = house.open()?;
        let name = file.file_name().unwrap_or(file.as_os_str());
        let conn = &mut *pool.get()?;
        let who = Actor::Operator;
        batch::keep_headings(conn, who, source, said)?;
        let batch = batch::begin(conn, who, source, &name.to_string_lossy(), &stamp())?;
        Ok(Self::Real { pool, batch })
    }

    /// The batch under which rows are taken.
    pub(super) const fn batch(&self) -> Option<BatchId> {
        match self {
            Self::Real { batch, .. } => Some(*batch),
            Self::Dry(_) => None,
        }
    }

    /// What became of these rows, one after the other.
    pub(super) fn take(
        &mut self,
        codes: &Codes,
        rows: &[Incoming],
        refused: u64,
    ) -> Result<Vec<Verdict>, Failure> {
        match self {
            Self::Real { pool, batch } => {
                let conn = &mut *pool.get()?;
                let who = Actor::Operator;
                let taken = batch::take(conn, codes, who, *batch, rows, refused, &stamp())?;
                Ok(taken.into_iter().map(verdict).collect())
            }
            Self::Dry(dry) => rows.iter().map(|row| dry.compare(codes, row)).collect(),
        }
    }

    /// Ends the batch; whether the whole file was taken.
    pub(super) fn end(&mut self, whole: bool) -> Result<(), Failure> {
        if let Self::Real { pool, batch } = self {
            let state = if whole { State::Done } else { State::Stopped };
            batch::end(&mut *pool.get()?, Actor::Operator, *batch, state, &stamp())?;
        }
        Ok(())
    }
}

const fn verdict(taken: Taken) -> Verdict {
    match taken {
        Taken::New => Verdict::New,
        Taken::Changed => Verdict::Changed(None),
        Taken::Same => Verdict::Same,
    }
}

impl Dry {
    fn compare(&mut self, codes: &Codes, row: &Incoming) -> Result<Verdict, Failure> {
        let reference = digest(&row.vacancy.external_ref);
        let content = digest(&row.row_hash);
        match self.seen.insert(reference, content) {
            Some(before) if before == content => return Ok(Verdict::Same),
            Some(_) => return Ok(Verdict::Changed(None)),
            None => {}
        }
        let Some(pool) = &self.known else {
            return Ok(Verdict::New);
        };
        let compared = store::vacancy::compare(&mut *pool.get()?, codes, Actor::Operator, row)?;
        Ok(match compared {
            Compared::New => Verdict::New,
            Compared::Changed(was) => Verdict::Changed(Some(was)),
            Compared::Same => Verdict::Same,
        })
    }
}

fn digest(text: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The database as it is, where there is one: nothing is made or brought up to date.
pub(crate) fn existing(house: &House) -> Result<Option<Pool>, Failure> {
    if matches!(&house.database, DatabaseUrl::Sqlite(path) if !path.is_file()) {
        return Ok(None);
    }
    let pool = connect(&house.config)?;
    let conn = &mut *pool.get()?;
    let unknown = store::schema_state(conn)?.unknown;
    if !unknown.is_empty() {
        return Err(Failure::NewerDatabase(newer(&unknown)));
    }
    let is_begun = !store::missing_tables(conn)?.contains(&"vacancy");
    Ok(is_begun.then(|| pool.clone()))
}
