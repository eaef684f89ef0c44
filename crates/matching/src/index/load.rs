//! Reading an index whole, and finding out whether it is.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use domain::seeker::Seeker;
use domain::vacancy::Offer;
use tantivy::columnar::Column as Values;
use tantivy::directory::ManagedDirectory;
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::{Index, SegmentReader};

use super::fields::Fields;
use super::folder::Folder;
use super::place::Place;
use super::record::{Column, Record, Thing};

/// Why an index is not to be trusted, and is built anew.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// There is none, or one that was begun and has nothing in it yet.
    #[error("there is no index")]
    Missing,
    /// A file is missing, cut short or changed.
    #[error("{} is damaged", .0.display())]
    File(PathBuf),
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// It can be read, but does not hold what it should.
    #[error("it does not hold what it should")]
    Content,
    /// It was built by another version, or from other code lists.
    #[error("it was built by another version or from other code lists")]
    OtherBasis,
    /// It was built from another database, or from one that was put back to an older state.
    #[error("it was built from another database or an older state of it")]
    OtherHistory,
}

/// All that an index holds.
pub struct Loaded {
    /// How far it has come.
    pub place: Place,
    /// People.
    pub people: Vec<Seeker>,
    /// Vacancies.
    pub offers: Vec<Offer>,
}

/// Reads the index of this folder, whole or not at all.
///
/// # Errors
/// What is wrong with it. While another process writes to it, a file may vanish under the reader:
/// then trying again helps.
pub fn load(dir: &Path, basis: &str) -> Result<Loaded, Damage> {
    // Check sums are looked at before anything is read; should damage get past them all the same,
    // it must not take the process with it.
    catch_unwind(AssertUnwindSafe(|| read(dir, basis)))
        .unwrap_or_else(|_| Err(Damage::Unreadable("reading it broke off".to_owned())))
}

fn read(dir: &Path, basis: &str) -> Result<Loaded, Damage> {
    let index = open(dir)?;
    let place = place(&index)?;
    if place.basis != basis {
        return Err(Damage::OtherBasis);
    }
    let mut loaded = Loaded {
        people: Vec::with_capacity(usize::try_from(place.records).unwrap_or(0)),
        offers: Vec::new(),
        place,
    };
    let (mut records, mut digest) = (0_u64, 0_u128);
    for segment in index.searchable_segments().map_err(unreadable)? {
        check_files(index.directory(), segment.meta(), &mut HashSet::new())?;
        let reader = SegmentReader::open(&segment).map_err(unreadable)?;
        each(&reader, |record| {
            records += 1;
            digest = digest.wrapping_add(record.digest());
            match record.unpack().ok_or(Damage::Content)? {
                Thing::Seeker(person) => loaded.people.push(person),
                Thing::Offer(offer) => loaded.offers.push(offer),
            }
            Ok(())
        })?;
    }
    if (records, digest) != (loaded.place.records, loaded.place.digest) {
        return Err(Damage::Content);
    }
    Ok(loaded)
}

/// Opens the index of this folder, if its fields are the ones of this version.
pub(super) fn open(dir: &Path) -> Result<Index, Damage> {
    if !dir.join("meta.json").is_file() {
        return Err(Damage::Missing);
    }
    if !dir.join(".managed.json").is_file() {
        return Err(Damage::File(".managed.json".into()));
    }
    let folder = Folder::open(dir).map_err(|error| unreadable_text(&error))?;
    let index = Index::open(folder).map_err(unreadable)?;
    if index.schema() == Fields::new().schema {
        Ok(index)
    } else {
        Err(Damage::OtherBasis)
    }
}

/// How far the last commit had come.
pub(super) fn place(index: &Index) -> Result<Place, Damage> {
    let metas = index.load_metas().map_err(unreadable)?;
    // Begun, and broken off before the first commit.
    if metas.payload.is_none() && metas.segments.is_empty() {
        return Err(Damage::Missing);
    }
    metas
        .payload
        .as_deref()
        .and_then(Place::read)
        .ok_or_else(|| Damage::File("meta.json".into()))
}

/// Holds every file of a segment against its check sum, but for those that are `known`.
pub(super) fn check_files(
    folder: &ManagedDirectory,
    segment: &SegmentMeta,
    known: &mut HashSet<PathBuf>,
) -> Result<(), Damage> {
    let parts = [
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::Terms,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Store,
    ];
    let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
    for part in parts.into_iter().chain(deletes) {
        let file = segment.relative_path(part);
        if known.contains(&file) {
            continue;
        }
        match folder.validate_checksum(&file) {
            Ok(true) => known.insert(file),
            Ok(false) | Err(_) => return Err(Damage::File(file)),
        };
    }
    Ok(())
}

/// Hands over every record of a segment that is not deleted.
fn each(
    reader: &SegmentReader,
    mut take: impl FnMut(&Record) -> Result<(), Damage>,
) -> Result<(), Damage> {
    let columns = Column::ALL
        .into_iter()
        .map(|column| {
            let values = reader.fast_fields().column_opt(column.name());
            Ok((column, values.map_err(unreadable)?))
        })
        .collect::<Result<Vec<(Column, Option<Values<u64>>)>, Damage>>()?;
    let columns: Vec<(Column, Values<u64>)> = columns
        .into_iter()
        .filter_map(|(column, values)| Some((column, values?)))
        .collect();
    if columns
        .iter()
        .any(|(_, values)| values.num_docs() != reader.max_doc())
    {
        return Err(Damage::Content);
    }
    let mut record = Record::default();
    for document in reader.doc_ids_alive() {
        record.clear();
        for (column, values) in &columns {
            record.put(*column, values.values_for_doc(document));
        }
        take(&record)?;
    }
    Ok(())
}

fn unreadable(error: tantivy::TantivyError) -> Damage {
    unreadable_text(&error)
}

/// The longest text of an error that is repeated: some hold the whole damaged file.
const LONGEST: usize = 120;

fn unreadable_text(error: &dyn std::error::Error) -> Damage {
    let said = error.to_string();
    let mut text = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    Damage::Unreadable(text)
}
