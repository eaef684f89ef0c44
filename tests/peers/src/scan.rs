//! The scan: every row, through the tables of the query.

use matching::scan::PersonPlace;

use crate::best::Best;
use crate::row::{ANYWHERE, Columns};
use crate::tables::Tables;

/// The first k people for a vacancy.
pub(crate) fn rank(columns: &Columns, tables: &Tables, k: usize) -> Vec<PersonPlace> {
    let mut best = Best::new(k);
    if !tables.is_open() {
        return Vec::new();
    }
    let most = tables.most;
    let mut must = 0;
    for (at, row) in columns.rows.iter().enumerate() {
        if !tables.is_eligible(row.flags, row.excluded, row.turns_15, row.turns_18) {
            continue;
        }
        let mask = tables.brought(row.skills.into_iter().map(usize::from));
        let (occupation, by_code) = tables.common(row.codes.into_iter().map(usize::from));
        if mask == 0 && !by_code {
            continue;
        }
        let mut sum = tables.skill(mask) + occupation;
        if sum + most.location + most.others < must {
            continue;
        }
        sum += tables.location(
            row.flags & ANYWHERE != 0,
            row.provinces.into_iter(),
            row.commune,
        );
        if sum + most.others < must {
            continue;
        }
        sum += tables.others(row);
        if sum >= must {
            best.offer(columns.place(at, sum));
            must = best.must(PersonPlace::thousandths);
        }
    }
    best.into_sorted()
}
