//! Who of a part may be shown and passes the filters.

use domain::code::AdminUnits;
use roaring::RoaringBitmap;

use crate::ask::Ask;
use crate::drops::{PLACE, WORDS};
use crate::facet::{Counts, Facet, Values};
use crate::part::Part;

/// The vacancies of a part, by what they pass.
pub(super) struct Passing {
    /// Those that may be shown.
    open: RoaringBitmap,
    /// Who passes each condition that is asked for beside the words: the bit of the condition, and
    /// who.
    conditions: Vec<(u16, RoaringBitmap)>,
    /// Who may be shown and passes all.
    all: RoaringBitmap,
}

impl Passing {
    pub(super) fn new(part: &Part, ask: &Ask<'_>, units: &AdminUnits) -> Self {
        let facets = Facet::ALL
            .into_iter()
            .filter(|&facet| ask.filters.has(facet));
        let mut conditions: Vec<(u16, RoaringBitmap)> = facets
            .map(|facet| (1 << facet as u16, part.laid.values.any(facet, &ask.filters)))
            .collect();
        if let Some(place) = ask.place {
            conditions.push((PLACE, part.laid.there(place, units).yes));
        }
        let open = part.open(ask.today);
        let mut all = open.clone();
        for (_, passing) in &conditions {
            all &= passing;
        }
        Self {
            open,
            conditions,
            all,
        }
    }

    pub(super) const fn open(&self) -> &RoaringBitmap {
        &self.open
    }

    pub(super) const fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// Counts these for each facet under the other conditions.
    pub(super) fn count(&self, rows: &RoaringBitmap, values: &Values, counts: &mut Counts) {
        let passing = rows & &self.all;
        for facet in Facet::ALL {
            let own = 1 << facet as u16;
            if self
                .conditions
                .iter()
                .any(|&(condition, _)| condition == own)
            {
                let mut under = rows & &self.open;
                for (_, passing) in self
                    .conditions
                    .iter()
                    .filter(|&&(condition, _)| condition != own)
                {
                    under &= passing;
                }
                values.count(facet, &under, counts);
            } else {
                values.count(facet, &passing, counts);
            }
        }
    }

    /// For each set of conditions that fail together, a bit each, how many that may be shown fail
    /// just these; the words are one where it is said who has them.
    pub(super) fn failures(&self, words: Option<&RoaringBitmap>) -> Vec<(u16, u64)> {
        let mut sets = vec![(0, self.open.clone())];
        let conditions = self
            .conditions
            .iter()
            .map(|(condition, passing)| (*condition, passing));
        for (condition, passing) in conditions.chain(words.map(|words| (WORDS, words))) {
            let parted = sets.into_iter().flat_map(|(failed, rows)| {
                let fails = &rows - passing;
                [(failed, rows & passing), (failed | condition, fails)]
            });
            sets = parted.filter(|(_, rows)| !rows.is_empty()).collect();
        }
        sets.into_iter()
            .map(|(failed, rows)| (failed, rows.len()))
            .collect()
    }
}
