//! What the tables of one seeker are filled with.

use domain::code::{IscoCode, TrainingRank};
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Workplace};
use matching::definition::{ONE, Reach, Rules, occupation, ratio, training, usable};
use matching::settings::Part;

use super::{All, LEVELS, NO_CODE};

/// By code: what it is worth, and whether it makes a candidate (the world's codes are all known
/// to four digits).
pub(super) fn codes(rules: &Rules, seeker: &Seeker) -> (Vec<u64>, Vec<bool>) {
    let weight = rules.settings.weights.of(Part::Occupation);
    let neutral = weight * rules.neutral(Part::Occupation);
    let held: Vec<IscoCode> = seeker
        .occupations
        .iter()
        .copied()
        .filter(|&code| usable(code))
        .collect();
    let nothing = if held.is_empty() { neutral } else { 0 };
    let mut worth = vec![nothing; usize::from(NO_CODE) + 1];
    let mut is_candidate = vec![false; usize::from(NO_CODE) + 1];
    worth[usize::from(NO_CODE)] = neutral;
    for code in held {
        let is_manager = code.value() / 1_000 == 1;
        let value = usize::from(code.value());
        for (digits, width) in [(1, 1_000), (2, 100), (3, 10), (4, 1)] {
            if is_manager && digits < 4 {
                continue;
            }
            let first = value / width * width;
            for at in first..first + width {
                worth[at] = worth[at].max(weight * occupation::worth(digits));
                is_candidate[at] |= digits >= 3;
            }
        }
    }
    (worth, is_candidate)
}

pub(super) fn training_table(all: &All<'_>, seeker: &Seeker) -> Vec<u64> {
    let weight = all.rules.settings.weights.of(Part::Training);
    let neutral = all.rules.neutral(Part::Training);
    let mut asked = all.any.clone();
    let mut table = Vec::with_capacity(all.fields.len() * LEVELS);
    for field in &all.fields {
        for level in 0..LEVELS {
            asked.field = *field;
            asked.level = match level {
                0 => Asked::NotSaid,
                1 => Asked::NotRequired,
                rank => TrainingRank::new(rank as u8 - 2).map_or(Asked::NotSaid, Asked::Required),
            };
            let pairs = seeker.trainings.iter();
            let best = pairs
                .filter_map(|&has| training::pair_worth(&asked, has))
                .max();
            let is_free = level == 1 && field.is_none();
            table.push(
                weight
                    * if is_free {
                        ONE
                    } else {
                        best.unwrap_or(neutral)
                    },
            );
        }
    }
    table
}

/// Nearness of every place, for either reach, and 1 where its province is wished.
pub(super) fn near(all: &All<'_>, seeker: &Seeker) -> Vec<u64> {
    let rules = all.rules;
    let weight = rules.settings.weights.of(Part::Location);
    let neutral = rules.neutral(Part::Location) as u32;
    let communes = rules.geo.communes();
    let points = || seeker.residence.iter().chain(&seeker.wished_communes);
    let nowhere = if points().next().is_none() {
        neutral
    } else {
        0
    };
    let mut table = Vec::with_capacity(2 * all.places.len());
    for reach in [Reach::Daily, Reach::Lodged] {
        let mut near = vec![nowhere; all.places.len()];
        for &home in points() {
            // Distances are the same both ways.
            rules
                .geo
                .raise_nearness(Workplace::Commune(home), reach, 0, &mut near[..communes]);
            for (value, &place) in near.iter_mut().zip(&all.places).skip(communes) {
                let mean = rules.geo.nearness(home, place, reach) as u32;
                let inside = if rules.geo.lies_in(home, place) {
                    neutral
                } else {
                    0
                };
                *value = mean.max(inside).max(*value);
            }
        }
        for (value, &place) in near.iter_mut().zip(&all.places) {
            let province = rules.geo.province_of_workplace(place);
            let is_wished =
                province.is_some_and(|province| seeker.wished_provinces.contains(&province));
            if seeker.anywhere || is_wished {
                *value = ONE as u32;
            }
        }
        table.extend(near.iter().map(|&f| weight * u64::from(f)));
    }
    table
}

/// By the first two digits of a code; the last: none.
pub(super) fn experience(rules: &Rules, seeker: &Seeker, asked: &Asked<u16>) -> [u64; 101] {
    let weight = rules.settings.weights.of(Part::Experience);
    let neutral = rules.neutral(Part::Experience);
    std::array::from_fn(|group| {
        weight
            * match asked {
                Asked::NotRequired => ONE,
                Asked::Required(asked) if seeker.work_told && group < 100 => {
                    let worked = seeker.worked.iter();
                    let months = worked
                        .filter(|worked| usize::from(worked.group.value()) == group)
                        .map(|worked| worked.months)
                        .max();
                    ratio(months.unwrap_or(0).into(), u64::from(*asked))
                }
                _ => neutral,
            }
    })
}
