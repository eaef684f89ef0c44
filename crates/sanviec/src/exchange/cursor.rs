//! Places of a list as text, for the next page.

use std::cmp::Reverse;

use search::ask::Place;

/// Letters, digits, `-` and `_` only.
pub(super) fn written(place: &Place) -> String {
    let Place {
        rank,
        pressure,
        published: Reverse(day),
        id: Reverse(id),
        ..
    } = place;
    format!("{rank:x}_{pressure}_{day}_{id}")
}

/// The place; `None` where this was not written here.
pub(super) fn read(cursor: &str) -> Option<Place> {
    let mut parts = cursor.split('_');
    let place = Place {
        rank: u64::from_str_radix(parts.next()?, 16).ok()?,
        pressure: parts.next()?.parse().ok()?,
        published: Reverse(parts.next()?.parse().ok()?),
        id: Reverse(parts.next()?.parse().ok()?),
        is_near: false,
    };
    // What is read otherwise than it is written was made up.
    (parts.next().is_none() && written(&place) == cursor).then_some(place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rank: u64, pressure: u32, day in 0_i32..40_000, id: u128) {
            let place = Place {
                rank,
                pressure,
                published: Reverse(chrono::NaiveDate::from_num_days_from_ce_opt(700_000 + day).unwrap()),
                id: Reverse(domain::id::VacancyId::from_u128(id)),
                is_near: false,
            };
            prop_assert_eq!(read(&written(&place)), Some(place));
        }

        #[test]
        fn anything_else_is_no_place(text in "[0-9a-f_-]{0,60}") {
            if let Some(place) = read(&text) {
                prop_assert_eq!(written(&place), text);
            }
        }
    }
}
