//! tantivy: the same people as documents, ranked in two ways.

use std::path::Path;
use std::sync::Arc;

use domain::id::SeekerId;
use matching::definition::ONE;
use matching::scan::PersonPlace;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, ColumnValues};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema};
use tantivy::{
    DocId, DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, Score, SegmentOrdinal,
    SegmentReader, TERMINATED, TantivyDocument, TantivyError, Term,
};

use crate::Failure;
use crate::best::Best;
use crate::row::{ANYWHERE, CODES, Columns, NONE, Row, TOLD};
use crate::tables::{Tables, Term as SkillTerm};

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

    /// (c): lists by what they can bring, the most first; it ends at the first whose people cannot
    /// reach the last place any more. Columns in memory.
    pub(crate) fn max_score(
        &self,
        columns: &Columns,
        tables: &Tables,
        seen: &mut Seen,
        k: usize,
    ) -> Result<Vec<PersonPlace>, Failure> {
        let mut best = Best::new(k);
        if !tables.is_open() {
            return Ok(Vec::new());
        }
        seen.start(columns.rows.len());
        let searcher = self.reader.searcher();
        let segment = searcher.segment_reader(0);
        let skills = segment.inverted_index(self.fields.skill)?;
        let groups = segment.inverted_index(self.fields.group)?;
        let mut must = 0;
        for list in lists(tables) {
            if list.most() + tables.most.location + tables.most.others < must {
                break;
            }
            let postings = match list.source {
                Source::Skill(term) => {
                    skills.read_postings(&self.skill_term(&term), IndexRecordOption::Basic)?
                }
                Source::Group(group) => {
                    groups.read_postings(&self.group_term(group), IndexRecordOption::Basic)?
                }
            };
            let Some(mut postings) = postings else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if seen.mark(doc)
                    && let Some(sum) = tables.sum(&columns.rows[doc as usize], list.skill, must)
                {
                    best.offer(columns.place(doc as usize, sum));
                    must = best.must(PersonPlace::thousandths);
                }
                doc = postings.advance();
            }
        }
        Ok(best.into_sorted())
    }

    fn skill_term(&self, term: &SkillTerm) -> Term {
        Term::from_field_u64(self.fields.skill, u64::from(term.skill.0))
    }

    fn group_term(&self, group: u16) -> Term {
        Term::from_field_u64(self.fields.group, u64::from(group))
    }
}

/// Whom a query has looked at: a bit each.
#[derive(Default)]
pub(crate) struct Seen(Vec<u64>);

impl Seen {
    fn start(&mut self, people: usize) {
        self.0.clear();
        self.0.resize(people.div_ceil(64), 0);
    }

    fn mark(&mut self, doc: DocId) -> bool {
        let word = &mut self.0[doc as usize / 64];
        let bit = 1 << (doc % 64);
        let first = *word & bit == 0;
        *word |= bit;
        first
    }
}

#[derive(Clone, Copy)]
enum Source {
    Skill(SkillTerm),
    Group(u16),
}

/// A list with the most that somebody has who stands in it and in none before it.
struct List {
    source: Source,
    skill: u64,
    occupation: u64,
}

impl List {
    const fn most(&self) -> u64 {
        self.skill + self.occupation
    }
}

/// Lists by what they add, the most first: a skill its share, a group what its people have over
/// those outside.
fn lists(tables: &Tables) -> Vec<List> {
    let outside = tables.most_outside_groups();
    let inside = tables.most.occupation;
    let mut sources: Vec<(u64, Source)> = tables
        .terms
        .iter()
        .map(|&term| (tables.skill(term.brings), Source::Skill(term)))
        .chain(
            tables
                .groups
                .iter()
                .map(|&(group, _)| (inside - outside, Source::Group(group))),
        )
        .collect();
    sources.sort_by_key(|&(adds, _)| std::cmp::Reverse(adds));
    let mut mask = 0;
    let mut occupation = outside;
    let mut lists: Vec<List> = Vec::with_capacity(sources.len());
    for &(_, source) in sources.iter().rev() {
        match source {
            Source::Skill(term) => mask |= term.brings,
            Source::Group(_) => occupation = inside,
        }
        lists.push(List {
            source,
            skill: tables.skill(mask),
            occupation,
        });
    }
    lists.reverse();
    lists
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

struct FitCollector {
    tables: Arc<Tables>,
    k: usize,
}

impl Collector for FitCollector {
    type Fruit = Vec<PersonPlace>;
    type Child = FitSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<FitSegment> {
        let fast = segment.fast_fields();
        let one = |name| Ok::<_, TantivyError>(fast.u64(name)?.first_or_default_col(0));
        Ok(FitSegment {
            tables: Arc::clone(&self.tables),
            best: Best::new(self.k),
            must: 0,
            skill: fast.u64("skill")?,
            code: fast.u64("code")?,
            commune: one("commune")?,
            turns_15: one("turns_15")?,
            turns_18: one("turns_18")?,
            training: one("training")?,
            wage: one("wage")?,
            worked: fast.u64("worked")?,
            provinces: one("provinces")?,
            contracts: one("contracts")?,
            excluded: one("excluded")?,
            shifts: one("shifts")?,
            flags: one("flags")?,
            registered: fast.i64("registered")?,
            id_high: one("id_high")?,
            id_low: one("id_low")?,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<PersonPlace>>) -> tantivy::Result<Vec<PersonPlace>> {
        let mut best = Best::new(self.k);
        fruits
            .into_iter()
            .flatten()
            .for_each(|place| best.offer(place));
        Ok(best.into_sorted())
    }
}

/// A column in which everybody has one value.
type Values = Arc<dyn ColumnValues<u64>>;

struct FitSegment {
    tables: Arc<Tables>,
    best: Best<PersonPlace>,
    must: u64,
    skill: Column<u64>,
    code: Column<u64>,
    commune: Values,
    turns_15: Values,
    turns_18: Values,
    training: Values,
    wage: Values,
    worked: Column<u64>,
    provinces: Values,
    contracts: Values,
    excluded: Values,
    shifts: Values,
    flags: Values,
    registered: Column<i64>,
    id_high: Values,
    id_low: Values,
}

fn small(column: &Values, doc: DocId) -> u8 {
    column.get_val(doc) as u8
}

fn short(column: &Values, doc: DocId) -> u16 {
    column.get_val(doc) as u16
}

/// The provinces of a column's bits.
fn wished(mut bits: u64) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let province = (bits != 0).then(|| bits.trailing_zeros() as u8)?;
        bits &= bits - 1;
        Some(province)
    })
}

impl FitSegment {
    /// Cheap parts first, skills last, as far as the last place can still be reached.
    fn sum(&self, doc: DocId) -> Option<u64> {
        let tables = &*self.tables;
        let most = tables.most;
        let skill_most = tables.skill(u32::from(u16::MAX));
        let flags = small(&self.flags, doc);
        let mut sum = tables.location(
            flags & ANYWHERE != 0,
            wished(self.provinces.get_val(doc)),
            short(&self.commune, doc),
        );
        if sum + skill_most + most.occupation + most.others < self.must {
            return None;
        }
        let eligible = tables.is_eligible(
            flags,
            small(&self.excluded, doc),
            short(&self.turns_15, doc),
            short(&self.turns_18, doc),
        );
        if !eligible {
            return None;
        }
        let codes = self.code.values_for_doc(doc).map(|code| code as usize);
        sum += tables.common(codes).0;
        if sum + skill_most + most.others < self.must {
            return None;
        }
        sum += tables.training[usize::from(short(&self.training, doc))];
        let worked = self.worked.values_for_doc(doc);
        sum += tables.experience(
            flags & TOLD != 0,
            worked.map(|one| ((one >> 8) as u8, one as u8)),
        );
        sum += tables.terms(
            small(&self.wage, doc),
            small(&self.contracts, doc),
            small(&self.shifts, doc),
        );
        if sum + skill_most < self.must {
            return None;
        }
        let skills = self.skill.values_for_doc(doc).map(|skill| skill as usize);
        sum += tables.skill(tables.brought(skills));
        (sum >= self.must).then_some(sum)
    }

    fn place(&self, doc: DocId, sum: u64) -> PersonPlace {
        let high = u128::from(self.id_high.get_val(doc)) << 64;
        let low = u128::from(self.id_low.get_val(doc));
        let registered = self.registered.first(doc).unwrap_or(0);
        PersonPlace::new(
            (sum / ONE) as u16,
            registered,
            SeekerId::from_u128(high | low),
        )
    }
}

impl SegmentCollector for FitSegment {
    type Fruit = Vec<PersonPlace>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if let Some(sum) = self.sum(doc) {
            self.best.offer(self.place(doc, sum));
            self.must = self.best.must(PersonPlace::thousandths);
        }
    }

    fn harvest(self) -> Vec<PersonPlace> {
        self.best.into_sorted()
    }
}

/// Rows are read by document number.
const _: () = assert!(size_of::<Row>() == 64);
