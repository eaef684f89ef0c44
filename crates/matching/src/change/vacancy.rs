//! What an employer could relax in a vacancy, and whom that would bring within reach.

use chrono::NaiveDate;
use domain::code::{SkillIx, TrainingRank};
use domain::vacancy::{Asked, AskedSkill, Offer};

use super::{Gain, REACH};
use crate::definition::Rules;
use crate::engine::people::{Effort, People};

/// How much more the relaxed wage offers, in VND a month.
pub const WAGE_STEP: u64 = 500_000;

/// A single relaxation of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relaxation {
    /// The training level asked is one rank lower.
    LevelDown(TrainingRank),
    /// The wage offered is [`WAGE_STEP`] higher.
    WageUp,
    /// A shuttle is offered.
    Shuttle,
    /// Lodging is offered.
    Lodging,
    /// Expressly, no experience is asked.
    NoExperience,
    /// An essential skill is only desirable.
    MadeDesirable(SkillIx),
    /// An essential skill is not asked; where it was the only one, expressly no skill is.
    Dropped(SkillIx),
}

impl Relaxation {
    /// All that can be relaxed in a vacancy.
    ///
    /// A level of rank 0 is not lowered. A wage that is not said in dong a month is not raised.
    /// A shuttle or lodging is named only where neither is there yet: either one widens the reach
    /// of the whole vacancy, and the other adds nothing. That no experience is needed helps also
    /// where nothing was said about it.
    pub fn all(offer: &Offer) -> Vec<Self> {
        let lower = offer
            .level
            .required()
            .and_then(|level| TrainingRank::new(level.get().checked_sub(1)?));
        let near = !offer.lodging && !offer.shuttle;
        let essential = || {
            let asked = offer.skills.required().into_iter().flatten();
            asked
                .filter(|asked| asked.essential)
                .map(|asked| asked.skill)
        };
        lower
            .map(Self::LevelDown)
            .into_iter()
            .chain(offer.wage.map(|_| Self::WageUp))
            .chain([Self::Shuttle, Self::Lodging].into_iter().filter(|_| near))
            .chain((offer.months != Asked::NotRequired).then_some(Self::NoExperience))
            .chain(essential().map(Self::MadeDesirable))
            .chain(essential().map(Self::Dropped))
            .collect()
    }

    /// The offer with this relaxation.
    pub fn apply(self, offer: &Offer) -> Offer {
        let mut relaxed = offer.clone();
        match self {
            Self::LevelDown(level) => relaxed.level = Asked::Required(level),
            Self::WageUp => relaxed.wage = offer.wage.map(|wage| wage.saturating_add(WAGE_STEP)),
            Self::Shuttle => relaxed.shuttle = true,
            Self::Lodging => relaxed.lodging = true,
            Self::NoExperience => relaxed.months = Asked::NotRequired,
            Self::MadeDesirable(skill) => {
                for asked in asked_mut(&mut relaxed) {
                    asked.essential &= asked.skill != skill;
                }
            }
            Self::Dropped(skill) => {
                if let Asked::Required(asked) = &mut relaxed.skills {
                    asked.retain(|asked| asked.skill != skill);
                    if asked.is_empty() {
                        relaxed.skills = Asked::NotRequired;
                    }
                }
            }
        }
        relaxed
    }
}

fn asked_mut(offer: &mut Offer) -> impl Iterator<Item = &mut AskedSkill> {
    match &mut offer.skills {
        Asked::Required(asked) => Some(asked.iter_mut()),
        Asked::NotSaid | Asked::NotRequired => None,
    }
    .into_iter()
    .flatten()
}

/// Whom a vacancy reaches, and whom it would reach relaxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// So many people have a fit of [`REACH`] now. Show it through [`super::Shown`] only.
    pub now: usize,
    /// What each relaxation brings, the most first; equal ones in the order of
    /// [`Relaxation::all`]. Those that bring nothing are there too.
    pub gains: Vec<Gain<Relaxation>>,
    /// What had to be looked at.
    pub effort: Effort,
}

/// Counts whom the vacancy reaches now and with each relaxation on its own.
pub fn relax(rules: &Rules, people: &People, offer: &Offer, as_of: NaiveDate) -> Relaxed {
    let relaxations = Relaxation::all(offer);
    let changes: Vec<Offer> = relaxations
        .iter()
        .map(|relaxation| relaxation.apply(offer))
        .collect();
    let reached = people.count_from(rules, offer, &changes, as_of, REACH);
    let mut gains: Vec<Gain<Relaxation>> = relaxations
        .into_iter()
        .zip(reached.moved)
        .map(|(change, moved)| Gain { change, moved })
        .collect();
    gains.sort_by_key(|gain| -gain.moved.net());
    Relaxed {
        now: reached.now,
        gains,
        effort: reached.effort,
    }
}
