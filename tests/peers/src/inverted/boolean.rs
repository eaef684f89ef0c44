//! (a): a collector that scores what a BooleanQuery finds, from fast fields.

use std::sync::Arc;

use domain::id::SeekerId;
use matching::definition::ONE;
use matching::scan::PersonPlace;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, ColumnValues};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::best::Best;
use crate::row::{ANYWHERE, TOLD};
use crate::tables::Tables;

/// Collects the best k.
pub(super) struct FitCollector {
    pub(super) tables: Arc<Tables>,
    pub(super) k: usize,
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

pub(super) struct FitSegment {
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
