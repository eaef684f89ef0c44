//! Vacancies that were laid out together, with what is known of each.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::code::{AdminUnits, Codes, IscoCode};
use domain::id::VacancyId;
use domain::vacancy::{Offer, Vacancy, Workplace};
use roaring::RoaringBitmap;

use crate::document::Document;
use crate::facet::{Facts, Trades, Values};
use crate::fits::Holds;
use crate::place::{PlaceAsked, Stands};
use crate::segment::{Builder, Row, Segment};
use crate::stats::Stats;
use crate::suggest::{self, Lines};
use crate::wishes::Kindred;
use crate::words::Memory;

/// A vacancy as a list needs it.
pub(crate) struct Entry {
    pub(crate) vacancy: Arc<Vacancy>,
    pub(crate) id: VacancyId,
    pub(crate) published: Option<NaiveDate>,
    pub(crate) facts: Facts,
    pub(crate) kind: Kindred,
}

/// Who works at a place that is asked for.
#[derive(Default)]
pub(crate) struct There {
    pub(crate) yes: RoaringBitmap,
    likely: RoaringBitmap,
    unknown: RoaringBitmap,
}

impl There {
    pub(crate) fn holds(&self, row: Row) -> Holds {
        if self.yes.contains(row) {
            Holds::Yes
        } else if self.likely.contains(row) {
            Holds::Likely
        } else if self.unknown.contains(row) {
            Holds::Unknown
        } else {
            Holds::No
        }
    }

    /// All that may work there.
    pub(crate) fn possible(&self) -> RoaringBitmap {
        &self.yes | &self.likely | &self.unknown
    }
}

/// What is not changed any more.
#[derive(Default)]
pub(crate) struct Laid {
    pub(crate) segment: Segment,
    entries: Vec<Entry>,
    pub(crate) lines: Lines,
    /// The last day on which a row may be applied for.
    until: Vec<NaiveDate>,
    occupations: HashMap<IscoCode, RoaringBitmap>,
    workplaces: HashMap<Workplace, RoaringBitmap>,
    remote: RoaringBitmap,
    pub(crate) values: Values,
}

impl Laid {
    /// Lays out these vacancies; without statistics of their own words where there are none.
    pub(crate) fn new(
        vacancies: &[Arc<Vacancy>],
        codes: &Codes,
        trades: &Trades,
        stats: Option<&Stats>,
    ) -> Self {
        let mut builder = Builder::default();
        let mut memory = Memory::default();
        let mut lines = suggest::Builder::new(codes);
        let mut laid = Self::default();
        for (row, vacancy) in (0..).zip(vacancies) {
            let document = Document::of(vacancy, codes, &mut memory);
            builder.add(&document);
            lines.add(row, vacancy);
            laid.until.push(until(&vacancy.offer));
            let facts = Facts::of(vacancy, &codes.units, trades);
            laid.values.add(row, &facts);
            laid.entries.push(Entry {
                facts,
                kind: Kindred::of(&document.title),
                vacancy: Arc::clone(vacancy),
                id: vacancy.offer.id,
                published: vacancy.published,
            });
            for &code in &vacancy.offer.occupations {
                laid.occupations.entry(code).or_default().insert(row);
            }
            for &place in &vacancy.offer.workplaces {
                laid.workplaces.entry(place).or_default().insert(row);
            }
            if vacancy.offer.remote {
                laid.remote.insert(row);
            }
        }
        laid.segment = builder.finish();
        laid.lines = lines.finish();
        match stats {
            Some(stats) => laid.segment.weigh(stats),
            None => {
                let own = Stats::of(&laid.segment);
                laid.segment.weigh(&own);
            }
        }
        laid
    }

    /// Who works there, and who may: in the old province around it, and in the province.
    pub(crate) fn there(&self, place: &PlaceAsked, units: &AdminUnits) -> There {
        let mut there = There::default();
        if place.is_wide() {
            there.yes.clone_from(&self.remote);
        }
        for (&workplace, rows) in &self.workplaces {
            match place.stands(workplace, units) {
                Some(Stands::There) => there.yes |= rows,
                Some(Stands::InLegacyProvince) => there.likely |= rows,
                Some(Stands::InProvince) => there.unknown |= rows,
                None => {}
            }
        }
        there
    }

    pub(crate) fn entry(&self, row: Row) -> Option<&Entry> {
        self.entries.get(row as usize)
    }
}

/// A part of the index: what was laid out, and who of it is gone.
#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) laid: Arc<Laid>,
    pub(crate) gone: RoaringBitmap,
}

impl Part {
    /// The rows that are there.
    pub(crate) fn rows(&self) -> RoaringBitmap {
        let mut rows = RoaringBitmap::new();
        rows.insert_range(0..self.laid.segment.rows());
        rows - &self.gone
    }

    /// Whether a row is there, and may be applied for on that day.
    pub(crate) fn is_open(&self, row: Row, today: Option<NaiveDate>) -> bool {
        let until = self.laid.until.get(row as usize);
        let is_open = until.is_some_and(|&until| today.is_none_or(|today| today <= until));
        is_open && !self.gone.contains(row)
    }

    /// The rows that are there and may be applied for on that day.
    pub(crate) fn open(&self, today: Option<NaiveDate>) -> RoaringBitmap {
        let Some(today) = today else {
            return self.rows();
        };
        let until = (0..).zip(&self.laid.until);
        let open = until
            .filter(|&(_, &until)| today <= until)
            .map(|(row, _)| row);
        let open = RoaringBitmap::from_sorted_iter(open).unwrap_or_default();
        open - &self.gone
    }

    /// Takes a vacancy out; whether it was there.
    pub(crate) fn remove(&mut self, id: VacancyId) -> bool {
        let row = self.laid.segment.row(id);
        row.is_some_and(|row| self.gone.insert(row))
    }

    /// The vacancies that are there.
    pub(crate) fn vacancies(&self) -> impl Iterator<Item = &Arc<Vacancy>> {
        let entries = (0..).zip(&self.laid.entries);
        entries
            .filter(|(row, _)| !self.gone.contains(*row))
            .map(|(_, entry)| &entry.vacancy)
    }

    /// Who works in an occupation as near as this, in thousandths.
    pub(crate) fn kin(&self, near: impl Fn(IscoCode) -> bool) -> RoaringBitmap {
        let occupations = self.laid.occupations.iter();
        let near = occupations.filter(|(code, _)| near(**code));
        near.fold(RoaringBitmap::new(), |all, (_, rows)| all | rows) - &self.gone
    }
}

/// The last day on which somebody may apply.
fn until(offer: &Offer) -> NaiveDate {
    let last = offer.closes.unwrap_or(NaiveDate::MAX);
    if offer.is_open(last) {
        last
    } else {
        NaiveDate::MIN
    }
}
