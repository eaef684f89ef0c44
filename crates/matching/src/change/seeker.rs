//! What a person could add, and which vacancies that would bring within reach.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::code::{
    CommuneIx, Contracts, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use domain::seeker::{Seeker, Training};

use super::{Gain, Moved, REACH};
use crate::definition::{Geo, ONE, Rules, location};

mod one;
mod openings;
mod profile;

use one::Before;
pub use openings::Openings;
use profile::Profile;

/// How far further [`Addition::Further`] goes, in tenths of a km.
pub const FURTHER_TENTHS: u32 = 100;

/// A single thing that a person could learn or agree to.
///
/// Each one only adds: no vacancy goes out of reach by it. Lodging is none of them: where it is
/// offered, it counts for everybody; who would live away from home says so by a wished province,
/// or by "anywhere".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Addition {
    /// One further skill.
    Skill(SkillIx),
    /// A further training one rank above the highest, in the field of that one; where that one
    /// has no field, also in each field that an open vacancy asks for. Nobody without a known
    /// level is asked to rise.
    Training(Training),
    /// 10 km more: every commune whose centroid is at most [`FURTHER_TENTHS`] from that of a
    /// commune where the person lives or would work is wished too.
    Further,
    /// One further province of 2025 is wished.
    Province(ProvinceIx),
    /// Would work anywhere.
    Anywhere,
    /// Any shift will do.
    AnyShift,
    /// Any contract will do, also those that were excluded.
    AnyContract,
}

impl Addition {
    /// The person after it.
    pub fn apply(self, geo: &Geo, seeker: &Seeker) -> Seeker {
        let mut more = seeker.clone();
        match self {
            Self::Skill(skill) => {
                if let Err(at) = more.skills.binary_search(&skill) {
                    more.skills.insert(at, skill);
                }
            }
            Self::Training(training) => more.trainings.push(training),
            Self::Further => more.wished_communes.extend(further(geo, seeker)),
            Self::Province(province) => {
                if !more.wished_provinces.contains(&province) {
                    more.wished_provinces.push(province);
                    more.wished_provinces.sort_unstable();
                }
            }
            Self::Anywhere => more.anywhere = true,
            Self::AnyShift => more.shifts = Shifts::all(),
            Self::AnyContract => {
                more.contracts = Contracts::all();
                more.excluded_contracts = Contracts::EMPTY;
            }
        }
        more
    }
}

/// The communes that come in by [`Addition::Further`]; none where no commune is known.
fn further(geo: &Geo, seeker: &Seeker) -> Vec<CommuneIx> {
    let points: Vec<CommuneIx> = location::points(seeker).collect();
    (0..geo.communes())
        .filter_map(|commune| u16::try_from(commune).ok().map(CommuneIx))
        .filter(|commune| !points.contains(commune))
        .filter(|&commune| {
            let near = |&point: &CommuneIx| geo.tenths_of_km(point, commune) <= FURTHER_TENTHS;
            points.iter().any(near)
        })
        .collect()
}

/// The trainings that a person could rise to.
fn next_trainings(seeker: &Seeker, asked: &[TrainingField]) -> Vec<Training> {
    let highest = seeker
        .trainings
        .iter()
        .filter(|training| training.level.is_some())
        .max();
    let Some((field, next)) = highest.and_then(|highest| {
        let next = TrainingRank::new(highest.level?.get() + 1)?;
        Some((highest.field, next))
    }) else {
        return Vec::new();
    };
    let fields = asked.iter().copied().map(Some);
    std::iter::once(field)
        .chain(fields.filter(|_| field.is_none()))
        .map(|field| Training {
            level: Some(next),
            field,
        })
        .collect()
}

/// What a person reaches, and what each addition brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Additions {
    /// So many vacancies have a fit of [`REACH`] now.
    pub now: usize,
    /// Every addition that brings something, the most first; equal ones in the order of
    /// [`Addition`].
    pub gains: Vec<Gain<Addition>>,
}

/// Counts which vacancies the person reaches now and with each addition on its own.
pub fn add(rules: &Rules, openings: &Openings, seeker: &Seeker, as_of: NaiveDate) -> Additions {
    let mut count = Count::new(rules, openings, seeker, as_of);
    let profile = Profile::new(rules, seeker);
    for opening in openings.iter() {
        if let Some(before) = Before::new(opening, &profile, as_of, count.must) {
            count.add(&before);
        }
    }
    let mut gains: Vec<Gain<Addition>> = count
        .gained
        .into_iter()
        .map(|(change, gained)| Gain {
            change,
            moved: Moved { gained, lost: 0 },
        })
        .collect();
    gains.sort_by_key(|gain| -gain.moved.net());
    Additions {
        now: count.now,
        gains,
    }
}

struct Count {
    must: u64,
    /// The person after each addition but skills and provinces, which depend on the vacancy.
    after: Vec<(Addition, Seeker)>,
    now: usize,
    gained: BTreeMap<Addition, usize>,
}

impl Count {
    fn new(rules: &Rules, openings: &Openings, seeker: &Seeker, as_of: NaiveDate) -> Self {
        let open = openings
            .iter()
            .filter(|opening| opening.offer.is_open(as_of));
        let mut fields: Vec<TrainingField> =
            open.filter_map(|opening| opening.offer.field).collect();
        fields.sort_unstable();
        fields.dedup();
        let mut additions: Vec<Addition> = next_trainings(seeker, &fields)
            .into_iter()
            .map(Addition::Training)
            .collect();
        additions.extend([
            Addition::Further,
            Addition::Anywhere,
            Addition::AnyShift,
            Addition::AnyContract,
        ]);
        Self {
            after: additions
                .into_iter()
                .map(|addition| (addition, addition.apply(&rules.geo, seeker)))
                .filter(|(_, after)| after != seeker)
                .collect(),
            must: u64::from(REACH) * ONE,
            now: 0,
            gained: BTreeMap::new(),
        }
    }

    fn add(&mut self, before: &Before<'_>) {
        if before.reaches(self.must) {
            self.now += 1;
            return;
        }
        let mut gained = |addition| *self.gained.entry(addition).or_default() += 1;
        for (addition, after) in &self.after {
            if before.reaches_after(*addition, after, self.must) {
                gained(*addition);
            }
        }
        for province in before.provinces_to_wish(self.must) {
            gained(Addition::Province(province));
        }
        for skill in before.skills_to_learn(self.must) {
            gained(Addition::Skill(skill));
        }
    }
}
