//! tantivy: the same people as documents, ranked in two ways.

mod boolean;
mod max_score;

use std::path::Path;
use std::sync::Arc;

use matching::scan::PersonPlace;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::Failure;
use crate::row::{CODES, Columns, NONE, Row};
use crate::tables::{Tables, Term as SkillTerm};
use boolean::FitCollector;
pub(crate) use max_score::Seen;

/// Enough for a million in one segment.
const WRITER_BYTES: usize = 2_000_000_000;
/// Codes lie in groups of one to four digits: the first place of each length.
const BASES: [u16; 4] = [0, 10, 110, 1_110];

/// What is indexed (the first two) or stored in columns.
#[derive(Clone, Copy)]
struct Fields {
    skill: Field,
    group: Field,
    code: Field,
    number: Field,
    commune: Field,
    turns_15: Field,
    turns_18: Field,
    training: Field,
    wage: Field,
    worked: Field,
    provinces: Field,
    contracts: Field,
    excluded: Field,
    shifts: Field,
    flags: Field,
    registered: Field,
    id_high: Field,
    id_low: Field,
}

/// The index.
pub(crate) struct Inverted {
    index: Index,
    fields: Fields,
    reader: IndexReader,
}

impl Inverted {
    /// Indexes everybody in a folder, in one segment, with one thread of writing.
    pub(crate) fn build(folder: &Path, columns: &Columns) -> Result<Self, Failure> {
        let (schema, fields) = schema();
        let index = Index::create_in_dir(folder, schema)?;
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for at in 0..columns.rows.len() {
            writer.add_document(document(fields, columns, at))?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            index,
            fields,
            reader,
        })
    }

    /// Bytes on disk of the searchable segments.
    pub(crate) fn bytes(&self) -> Result<u64, Failure> {
        Ok(self.reader.searcher().space_usage()?.total().get_bytes())
    }

    /// Documents are numbered as the rows are: what MaxScore with columns in memory stands on.
    pub(crate) fn check_numbers(&self) -> Result<(), Failure> {
        let searcher = self.reader.searcher();
        let [segment] = searcher.segment_readers() else {
            return Err("expected one segment".into());
        };
        let number = segment.fast_fields().u64("number")?;
        let straight = (0..segment.max_doc()).all(|doc| number.first(doc) == Some(doc.into()));
        if straight {
            Ok(())
        } else {
            Err("documents are not in the order of the rows".into())
        }
    }

    /// Changes one person as a server would: delete, add, commit, reload.
    pub(crate) fn change(
        &self,
        writer: &mut IndexWriter,
        columns: &Columns,
        at: usize,
    ) -> Result<(), Failure> {
        writer.delete_term(Term::from_field_u64(self.fields.number, at as u64));
        writer.add_document(document(self.fields, columns, at))?;
        writer.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// A writer for [`Self::change`].
    pub(crate) fn writer(&self) -> Result<IndexWriter, Failure> {
        Ok(self.index.writer_with_num_threads(1, 50_000_000)?)
    }

    /// (a): a BooleanQuery of what makes candidates, and a collector of our own on fast fields.
    pub(crate) fn boolean(
        &self,
        tables: Arc<Tables>,
        k: usize,
    ) -> Result<Vec<PersonPlace>, Failure> {
        if !tables.is_open() {
            return Ok(Vec::new());
        }
        let skills = tables.terms.iter().map(|term| self.skill_term(term));
        let groups = tables
            .groups
            .iter()
            .map(|(group, _)| self.group_term(*group));
        let clauses = skills.chain(groups).map(|term| {
            let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
            (Occur::Should, query)
        });
        let query = BooleanQuery::new(clauses.collect());
        Ok(self
            .reader
            .searcher()
            .search(&query, &FitCollector { tables, k })?)
    }

    fn skill_term(&self, term: &SkillTerm) -> Term {
        Term::from_field_u64(self.fields.skill, u64::from(term.skill.0))
    }

    fn group_term(&self, group: u16) -> Term {
        Term::from_field_u64(self.fields.group, u64::from(group))
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let fields = Fields {
        skill: schema.add_u64_field("skill", INDEXED | FAST),
        group: schema.add_u64_field("group", INDEXED),
        code: schema.add_u64_field("code", FAST),
        number: schema.add_u64_field("number", INDEXED | FAST),
        commune: schema.add_u64_field("commune", FAST),
        turns_15: schema.add_u64_field("turns_15", FAST),
        turns_18: schema.add_u64_field("turns_18", FAST),
        training: schema.add_u64_field("training", FAST),
        wage: schema.add_u64_field("wage", FAST),
        worked: schema.add_u64_field("worked", FAST),
        provinces: schema.add_u64_field("provinces", FAST),
        contracts: schema.add_u64_field("contracts", FAST),
        excluded: schema.add_u64_field("excluded", FAST),
        shifts: schema.add_u64_field("shifts", FAST),
        flags: schema.add_u64_field("flags", FAST),
        registered: schema.add_i64_field("registered", FAST),
        id_high: schema.add_u64_field("id_high", FAST),
        id_low: schema.add_u64_field("id_low", FAST),
    };
    (schema.build(), fields)
}

fn document(fields: Fields, columns: &Columns, at: usize) -> TantivyDocument {
    let row = &columns.rows[at];
    let mut document = TantivyDocument::new();
    for &skill in row.skills.iter().filter(|&&skill| columns.is_skill(skill)) {
        document.add_u64(fields.skill, skill.into());
    }
    let codes = row.codes.iter().filter(|&&code| code != CODES);
    let mut groups = Vec::new();
    for &code in codes {
        document.add_u64(fields.code, code.into());
        groups.extend(groups_of(code));
    }
    groups.sort_unstable();
    groups.dedup();
    for group in groups {
        document.add_u64(fields.group, group.into());
    }
    for (&group, &months) in row.groups.iter().zip(&row.months) {
        if group != NONE {
            document.add_u64(fields.worked, u64::from(group) << 8 | u64::from(months));
        }
    }
    let provinces = row.provinces.iter().filter(|&&province| province != NONE);
    let provinces = provinces.fold(0, |bits, province| bits | 1_u64 << province);
    let id = columns.ids[at].as_u128();
    for (field, value) in [
        (fields.number, at as u64),
        (fields.commune, row.commune.into()),
        (fields.provinces, provinces),
        (fields.turns_15, row.turns_15.into()),
        (fields.turns_18, row.turns_18.into()),
        (fields.training, row.training.into()),
        (fields.wage, row.wage.into()),
        (fields.contracts, row.contracts.into()),
        (fields.excluded, row.excluded.into()),
        (fields.shifts, row.shifts.into()),
        (fields.flags, row.flags.into()),
        (fields.id_high, (id >> 64) as u64),
        (fields.id_low, id as u64),
    ] {
        document.add_u64(field, value);
    }
    document.add_i64(fields.registered, columns.registered[at]);
    document
}

/// The places of the groups in which a code of four digits lies, itself included.
pub(crate) fn groups_of(code: u16) -> impl Iterator<Item = u16> {
    let value = code - BASES[3];
    [1000, 100, 10, 1]
        .into_iter()
        .zip(BASES)
        .map(move |(width, base)| base + value / width)
}

/// Rows are read by document number.
const _: () = assert!(size_of::<Row>() == 64);
