//! Cells that reach over several rows: what is written in the first holds for all.

use calamine::Dimensions;

use crate::limits::{MOST_COLUMNS, MOST_MERGED};

/// The regions of a sheet that reach down.
pub(super) struct Merged {
    /// In the order of their first rows, the last first.
    ahead: Vec<Dimensions>,
    /// For each column the last row of the region that is open, and what is written in it.
    open: Vec<Option<(u32, String)>>,
}

impl Merged {
    pub(super) fn new(mut regions: Vec<Dimensions>) -> Self {
        regions.retain(|region| region.end.0 > region.start.0);
        regions.truncate(MOST_MERGED);
        regions.sort_unstable_by_key(|region| std::cmp::Reverse(region.start));
        Self {
            ahead: regions,
            open: vec![None; MOST_COLUMNS],
        }
    }

    /// Writes into the cells of a row what reaches down to them. Rows come in order.
    pub(super) fn fill(&mut self, at: u32, cells: &mut Vec<String>) {
        while let Some(region) = self.ahead.pop_if(|region| region.start.0 <= at) {
            let Ok(column) = usize::try_from(region.start.1) else {
                continue;
            };
            // A region whose first row has nothing in it says nothing.
            let written = cells.get(column).filter(|_| region.start.0 == at);
            if let Some((place, text)) = self.open.get_mut(column).zip(written) {
                *place = Some((region.end.0, text.clone()));
            }
        }
        for (column, place) in self.open.iter_mut().enumerate() {
            if place.as_ref().is_some_and(|(last, _)| *last < at) {
                *place = None;
            }
            let Some((_, text)) = place else { continue };
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column).filter(|cell| cell.is_empty()) {
                cell.clone_from(text);
            }
        }
    }
}
