//! Why a fit is what it is, and what is missing: as values, which page, API and command line put
//! into the same words through [`Words`].

mod empty;
mod texts;
mod words;

use domain::code::{CommuneIx, IscoCode, SkillIx, TrainingRank};
use domain::seeker::{Seeker, Training};
use domain::vacancy::{Asked, AskedSkill, Offer, Workplace};

pub use empty::{Empty, no_people, no_vacancies};
pub use words::Words;

use crate::definition::{
    Credit, Fit, Nearby, ONE, Rules, experience, location, occupation, shares, terms, training,
};
use crate::settings::Part;

/// One part of a fit, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which part.
    pub part: Part,
    /// Its value, 0 to 1,000.
    pub thousandths: u64,
    /// Its weight, 0 to 1,000.
    pub weight: u64,
    /// Why it has this value, and what is missing.
    pub reason: Reason,
}

/// How many of the skills asked somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// So many they have themselves.
    pub own: usize,
    /// Of so many.
    pub asked: usize,
}

/// How alike two occupations are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same unit group.
    Same,
    /// The same minor group.
    Close,
    /// The same sub-major group.
    Group,
    /// The same major group.
    Broad,
    /// Nothing in common.
    Other,
}

/// How near a field of training is to the one asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldMatch {
    /// The same.
    Same,
    /// The same broad field, or none known.
    Near,
    /// Another.
    Other,
}

/// Why a part has its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It was not said by either side: the part stands at its neutral value.
    NotKnown,
    /// The vacancy expressly asks for nothing here: skills, training or experience.
    NotAsked(Part),
    /// The skills that count.
    Skills {
        /// Essential ones.
        essential: Tally,
        /// Desirable ones.
        desirable: Tally,
        /// For these the person has a relative.
        near: Vec<SkillIx>,
        /// For these they have nothing.
        missing: Vec<SkillIx>,
        /// The skills were read from the text of the vacancy.
        read_from_text: bool,
    },
    /// The nearest pair of occupations.
    Occupation(Likeness),
    /// The training that fits best.
    Training {
        /// Its level and the level asked, where one is.
        level: Option<(Option<TrainingRank>, TrainingRank)>,
        /// Its field against the field asked, where one is.
        field: Option<FieldMatch>,
    },
    /// The nearest place.
    Place(Nearby),
    /// The nearest place is known by its province only.
    Province {
        /// The province, as written.
        place: Workplace,
        /// So many tenths of a km from the person to the nearest commune of it; `None` where the
        /// person has a commune in it.
        away: Option<u32>,
    },
    /// Months in the group of occupations that counts.
    Experience {
        /// The sub-major group: the one of the vacancy's in which the person has most.
        group: Option<IscoCode>,
        /// The person has so many.
        has: u16,
        /// So many are asked.
        asked: u16,
    },
    /// Wage, contract and shift; `None` where a side did not say it.
    Terms {
        /// What is offered of the wage wished, in thousandths, at most 1,000.
        wage: Option<u64>,
        /// Whether a contract wished is offered.
        contract: Option<bool>,
        /// Whether a shift wished is offered.
        shift: Option<bool>,
    },
}

/// All parts, in the order of the definition.
pub fn explain(rules: &Rules, offer: &Offer, seeker: &Seeker, fit: &Fit) -> Vec<Line> {
    Part::ALL
        .into_iter()
        .map(|part| {
            let value = fit.part(part);
            Line {
                part,
                thousandths: value.f / (ONE / 1_000),
                weight: rules.settings.weights.of(part),
                reason: if value.known {
                    reason(rules, offer, seeker, part, value.f)
                } else {
                    Reason::NotKnown
                },
            }
        })
        .collect()
}

fn reason(rules: &Rules, offer: &Offer, seeker: &Seeker, part: Part, f: u64) -> Reason {
    match part {
        Part::Skill => skills(rules, offer, seeker),
        Part::Occupation => Reason::Occupation(likeness(f)),
        Part::Training => best_training(offer, seeker),
        Part::Location => match Nearby::of(rules, offer, seeker) {
            Nearby::Province(place) => Reason::Province {
                place,
                away: away(rules, seeker, place),
            },
            nearby => Reason::Place(nearby),
        },
        Part::Experience => match offer.months {
            Asked::Required(asked) => {
                let most = experience::most(offer, seeker);
                Reason::Experience {
                    group: most
                        .map(|worked| worked.group)
                        .or_else(|| experience::groups(offer).next()),
                    has: most.map_or(0, |worked| worked.months),
                    asked,
                }
            }
            Asked::NotSaid | Asked::NotRequired => Reason::NotAsked(part),
        },
        Part::Terms => {
            let offers_one = |offered: u8, wished: u8| {
                terms::one_of(offered.into(), wished.into()).map(|f| f == ONE)
            };
            Reason::Terms {
                wage: terms::wage(offer, seeker.wished_wage).map(|f| f / (ONE / 1_000)),
                contract: offers_one(offer.contracts.bits(), seeker.contracts.bits()),
                shift: offers_one(offer.shifts.bits(), seeker.shifts.bits()),
            }
        }
    }
}

/// How far the person's nearest commune is from the nearest one of a province, in tenths of a km.
fn away(rules: &Rules, seeker: &Seeker, place: Workplace) -> Option<u32> {
    let lies_in = |commune: &CommuneIx| rules.geo.lies_in(*commune, place);
    if location::points(seeker).any(|commune| lies_in(&commune)) {
        return None;
    }
    let communes = || (0..).map(CommuneIx).take(rules.geo.communes());
    location::points(seeker)
        .flat_map(|from| {
            let inside = communes().filter(lies_in);
            inside.map(move |to| rules.geo.tenths_of_km(from, to))
        })
        .min()
}

fn skills(rules: &Rules, offer: &Offer, seeker: &Seeker) -> Reason {
    let Asked::Required(asked) = &offer.skills else {
        return Reason::NotAsked(Part::Skill);
    };
    let is_essential = |skill: SkillIx| {
        let of_skill = |asked: &&AskedSkill| asked.skill == skill;
        asked
            .iter()
            .find(of_skill)
            .is_some_and(|asked| asked.essential)
    };
    let (mut essential, mut desirable) = (Tally::default(), Tally::default());
    let (mut near, mut missing) = (Vec::new(), Vec::new());
    for counted in shares(rules, offer) {
        let tally = if is_essential(counted.skill) {
            &mut essential
        } else {
            &mut desirable
        };
        tally.asked += 1;
        match counted.credit(&rules.codes, &seeker.skills) {
            Credit::Own => tally.own += 1,
            Credit::Relative => near.push(counted.skill),
            Credit::None => missing.push(counted.skill),
        }
    }
    Reason::Skills {
        essential,
        desirable,
        near,
        missing,
        read_from_text: asked.iter().all(|asked| asked.confidence.get() < 1_000),
    }
}

const fn likeness(f: u64) -> Likeness {
    if f >= occupation::worth(4) {
        Likeness::Same
    } else if f >= occupation::worth(3) {
        Likeness::Close
    } else if f >= occupation::worth(2) {
        Likeness::Group
    } else if f >= occupation::worth(1) {
        Likeness::Broad
    } else {
        Likeness::Other
    }
}

fn best_training(offer: &Offer, seeker: &Seeker) -> Reason {
    let best: Option<Training> = seeker
        .trainings
        .iter()
        .copied()
        .max_by_key(|&pair| training::pair_worth(offer, pair));
    let Some(best) = best.filter(|_| offer.level.required().is_some() || offer.field.is_some())
    else {
        return Reason::NotAsked(Part::Training);
    };
    Reason::Training {
        level: offer.level.required().map(|&asked| (best.level, asked)),
        field: offer
            .field
            .map(|asked| match training::field_tenths(asked, best.field) {
                10 => FieldMatch::Same,
                9 => FieldMatch::Near,
                _ => FieldMatch::Other,
            }),
    }
}
