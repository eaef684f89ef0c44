//! What the planes of a segment tell of one person: step by step, what a vacancy that lacks a
//! thing loses at least.
//!
//! Trades in which the person has a code, or has worked, are *near*: what they bring is bounded by
//! the best, and steps take the rest. Who has another trade is looked for in the country: there
//! trade brings little, the person has no experience, and only skills make candidates.

use domain::code::{IscoCode, TrainingRank};

use super::super::plan::{ALL, BITS};
use super::layout::{COUNTRY, NO_TRADE, TRADES, major_of, trade};
use super::planes::{
    self, FIELD_ONLY, MINORS, MONTHS_NOT_SAID, MONTHS_SAID, NO_CONTRACT, NO_FIELD, NO_MONTHS_ASKED,
    NO_SHIFT, NO_TRAINING_ASKED, SHARE_BITS, SHARE_STEPS, SHORT_CANDIDATE_CODE, TRAINING_NOT_SAID,
    WAGE_BOUNDS,
};
use super::postings::Months;
use super::query::Query;
use super::segment::Segment;
use super::words::{PER_THOUSANDTH, units};
use crate::definition::{ONE, occupation, ratio, training};
use crate::settings::Part;

/// One thing that a vacancy has or lacks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Step {
    first_plane: u32,
    planes: u32,
    /// What who stands in none of its planes loses, in thousandths.
    pub(super) loss: u16,
    /// The same, bit by bit: all ones or none.
    pub(super) bits: [u64; BITS],
}

impl Step {
    fn new(loss: u16) -> Self {
        Self {
            first_plane: 0,
            planes: 0,
            loss,
            bits: std::array::from_fn(|bit| (u64::from(loss) >> bit & 1).wrapping_neg()),
        }
    }
}

/// The steps of one kind of blocks.
#[derive(Debug, Default)]
pub(super) struct Kind {
    pub(super) steps: Vec<Step>,
    planes: Vec<u16>,
    /// Who stands in these is a candidate, whatever the skills.
    pub(super) candidates: Vec<u16>,
}

impl Kind {
    /// The planes of a step.
    pub(super) fn planes(&self, step: &Step) -> &[u16] {
        let first = step.first_plane as usize;
        self.planes
            .get(first..first + step.planes as usize)
            .unwrap_or_default()
    }

    /// The planes of the first steps, at most so many.
    pub(super) fn first_planes(&self, many: usize) -> &[u16] {
        self.planes.get(..many).unwrap_or(&self.planes)
    }

    /// Who stands in none of these planes loses so much; gives back what is lost.
    fn push(&mut self, planes: impl IntoIterator<Item = u16>, loss: u16) -> u16 {
        if loss > 0 {
            let first = self.planes.len();
            for plane in planes {
                if !self.planes.iter().skip(first).any(|&other| other == plane) {
                    self.planes.push(plane);
                }
            }
            self.steps.push(Step {
                first_plane: first as u32,
                planes: (self.planes.len() - first) as u32,
                ..Step::new(loss)
            });
        }
        loss
    }
}

/// The steps of a query in a segment.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The frequent skills of which the person has something.
    pub(super) slots: Vec<u16>,
    /// By bit of what skills bring: what is lost without it.
    pub(super) shares: [Step; SHARE_BITS],
    /// What is brought where skills are not said, bit by bit.
    pub(super) unsaid: [u64; SHARE_BITS],
    pub(super) near: Kind,
    pub(super) far: Kind,
    /// By trade: whether it is near.
    is_near: Vec<bool>,
    /// By trade: the most that it brings, in units.
    pub(super) trades: Vec<u16>,
    /// The same before the steps of near blocks.
    pub(super) near_trades: Vec<u16>,
    /// What a trade brings at most that is not near, in units.
    pub(super) far_trade: u16,
    any_trade: u16,
    /// By [`Months`], what experience brings at most in a trade that is not near; weighted.
    months: [u64; 3],
}

impl Plan {
    pub(super) fn new(query: &Query<'_>, segment: &Segment) -> Self {
        let weight = query.weight(Part::Skill);
        let unsaid = (query.rules.neutral(Part::Skill) * SHARE_STEPS).div_ceil(ONE);
        let slots = query.terms.iter();
        let mut slots: Vec<u16> = slots.filter_map(|term| segment.slot(term.skill)).collect();
        slots.sort_unstable();
        slots.dedup();
        let mut plan = Self {
            slots,
            shares: shares(weight),
            unsaid: std::array::from_fn(|bit| (unsaid >> bit & 1).wrapping_neg()),
            ..Self::default()
        };
        plan.occupation(query);
        plan.months = months(query);
        for (kind, is_near) in [(&mut plan.near, true), (&mut plan.far, false)] {
            kind.training(query);
            kind.experience(query, is_near);
            kind.terms(query);
            if query.is_minor() {
                kind.push([MINORS], ALL);
            }
        }
        plan
    }

    /// A plan of so many frequent skills and these steps for the country.
    #[cfg(test)]
    pub(super) fn of_steps(slots: u16, steps: &[(Vec<u16>, u16)]) -> Self {
        let mut plan = Self {
            slots: (0..slots).collect(),
            shares: shares(400),
            ..Self::default()
        };
        for (planes, loss) in steps {
            plan.far.push(planes.iter().copied(), *loss);
        }
        plan
    }

    /// What a trade brings at most, in units; of the country, what any brings.
    pub(super) fn brings(&self, trade: u8) -> u16 {
        let trades = self.trades.get(usize::from(trade)).copied();
        trades.unwrap_or(self.any_trade)
    }

    /// What experience brings at most, weighted.
    pub(super) fn experience(&self, trade: u8, months: Months) -> u64 {
        let [most, ..] = self.months;
        let far = self.months.get(months as usize).copied().unwrap_or(most);
        if trade == COUNTRY || self.is_near(trade) {
            most
        } else {
            far
        }
    }

    /// Whether a trade is near.
    pub(super) fn is_near(&self, trade: u8) -> bool {
        self.is_near.get(usize::from(trade)) == Some(&true)
    }

    fn occupation(&mut self, query: &Query<'_>) {
        let weight = query.weight(Part::Occupation);
        let codes = &query.codes;
        let minor = || codes.iter().filter_map(|&code| planes::minor_group(code));
        let unit = || codes.iter().filter_map(|&code| planes::unit_group(code));
        self.near.candidates = minor().collect();
        self.near.candidates.push(SHORT_CANDIDATE_CODE);
        let step = |digits: u8| {
            thousandths(
                weight,
                occupation::worth(digits) - occupation::worth(digits - 1),
            )
        };
        let (mut below_minor, mut below_unit) = (0, 0);
        if !codes.is_empty() {
            below_minor = self.near.push(minor(), step(3)) * PER_THOUSANDTH;
            below_unit = self.near.push(unit(), step(4)) * PER_THOUSANDTH;
        }
        self.is_near = vec![false; TRADES];
        self.trades = Vec::with_capacity(TRADES);
        self.near_trades = Vec::with_capacity(TRADES);
        let held: Vec<Held> = codes.iter().filter_map(|&code| Held::new(code)).collect();
        for of in (0..).take(TRADES) {
            let best = best_in(query, &held, of);
            let brings = |f: u64| units(weight * f);
            let most = brings(best.most);
            let lacking = brings(best.by_trade) + below_minor + below_unit;
            let with_minor = brings(best.by_minor_group) + below_unit;
            self.trades.push(most);
            self.any_trade = self.any_trade.max(most);
            self.near_trades.push(most.max(lacking).max(with_minor));
            if let Some(is_near) = self.is_near.get_mut(usize::from(of)) {
                *is_near = of == NO_TRADE || best.is_candidate || query.has_worked_in(of);
                if !*is_near {
                    self.far_trade = self.far_trade.max(most);
                }
            }
        }
    }
}

/// By bit: what is lost without it.
fn shares(weight: u64) -> [Step; SHARE_BITS] {
    std::array::from_fn(|bit| Step::new(((weight << bit) / SHARE_STEPS) as u16))
}

/// By [`Months`]: what experience brings where the person never worked.
fn months(query: &Query<'_>) -> [u64; 3] {
    let neutral = query.rules.neutral(Part::Experience);
    let nothing = if query.seeker.work_told { 0 } else { neutral };
    [ONE, neutral, nothing].map(|f| query.weight(Part::Experience) * f)
}

/// A code of the person.
struct Held {
    trade: u8,
    major: u8,
    digits: u8,
}

impl Held {
    fn new(code: IscoCode) -> Option<Self> {
        Some(Self {
            trade: trade(code),
            major: code.prefix(1)?.value() as u8,
            digits: code.digits(),
        })
    }
}

/// What occupation brings in a trade.
struct InTrade {
    /// At most.
    most: u64,
    /// At most outside the minor groups of the person.
    by_trade: u64,
    /// At most outside their unit groups.
    by_minor_group: u64,
    /// Whether codes make candidates.
    is_candidate: bool,
}

fn best_in(query: &Query<'_>, held: &[Held], of: u8) -> InTrade {
    let all = |f: u64| InTrade {
        most: f,
        by_trade: f,
        by_minor_group: f,
        is_candidate: false,
    };
    if held.is_empty() || of == NO_TRADE {
        return all(query.rules.neutral(Part::Occupation));
    }
    let inside = held.iter().filter(|held| held.trade == of);
    let digits = inside.map(|held| held.digits).max();
    let major = major_of(of);
    let by_major = held.iter().any(|held| Some(held.major) == major) && major != Some(1);
    let far = all(if by_major { occupation::worth(1) } else { 0 });
    match digits {
        Some(digits) if major == Some(1) => InTrade {
            most: occupation::worth(digits),
            is_candidate: true,
            ..all(0)
        },
        Some(digits) => InTrade {
            most: occupation::worth(digits),
            by_trade: occupation::worth(digits.min(2)),
            by_minor_group: occupation::worth(digits.min(3)),
            is_candidate: true,
        },
        // Of a trade known to one digit people of the whole major group may be candidates.
        None => InTrade {
            is_candidate: of <= 10 && by_major,
            ..far
        },
    }
}

impl Kind {
    fn training(&mut self, query: &Query<'_>) {
        let weight = query.weight(Part::Training);
        let neutral = query.rules.neutral(Part::Training);
        let pairs = &query.seeker.trainings;
        if pairs.is_empty() {
            self.push([NO_TRAINING_ASKED], thousandths(weight, ONE - neutral));
            return;
        }
        let top = pairs.iter().filter_map(|pair| pair.level).max();
        let top = top.map_or(0, |level| level.get());
        // The most that who asks for so high a level gives, with this factor of the field.
        let most = |rank: u8, tenths: u64| {
            let Some(asked) = TrainingRank::new(rank) else {
                return 0;
            };
            let worth = pairs.iter().map(|pair| match pair.level {
                Some(level) => training::level_worth(asked, level) / 10 * tenths,
                None => ONE / 2,
            });
            worth.max().unwrap_or(0)
        };
        let field = ONE / 20;
        let left = |rank: u8, unnamed: u64| {
            let named = (ONE - most(rank, 9)).saturating_sub(field);
            let other = (ONE - most(rank, 8)).saturating_sub(2 * field);
            (ONE - most(rank, 10).max(unnamed)).min(named).min(other)
        };
        let below = left(top + 1, neutral);
        let far_below = left(top + 2, 0).saturating_sub(below);
        let level = [planes::level_up_to(top), FIELD_ONLY];
        self.push(level, thousandths(weight, below));
        let next = (top < 8).then(|| planes::level_up_to(top + 1));
        let next = level.into_iter().chain([TRAINING_NOT_SAID]).chain(next);
        self.push(next, thousandths(weight, far_below));
        let fields = || pairs.iter().filter_map(|pair| pair.field);
        let same = fields().map(planes::field).chain([NO_FIELD]);
        self.push(same, thousandths(weight, field));
        if pairs.iter().all(|pair| pair.field.is_some()) {
            let like = fields().map(planes::broad_field).chain([NO_FIELD]);
            self.push(like, thousandths(weight, field));
        }
    }

    fn experience(&mut self, query: &Query<'_>, is_near: bool) {
        let weight = query.weight(Part::Experience);
        let neutral = query.rules.neutral(Part::Experience);
        let unsaid = thousandths(weight, ONE - neutral);
        if !query.seeker.work_told {
            self.push([NO_MONTHS_ASKED], unsaid);
        } else if is_near {
            self.push([MONTHS_SAID], unsaid);
        } else {
            self.push([NO_MONTHS_ASKED], unsaid);
            let nothing = thousandths(weight, neutral);
            self.push([NO_MONTHS_ASKED, MONTHS_NOT_SAID], nothing);
        }
    }

    fn terms(&mut self, query: &Query<'_>) {
        let weight = query.weight(Part::Terms);
        let neutral = query.rules.neutral(Part::Terms);
        let third = |f: u64| thousandths(weight, f / 3);
        let seeker = query.seeker;
        if !seeker.contracts.is_empty() {
            let wished = || planes::contracts(seeker.contracts.bits());
            self.push(wished(), third(ONE - neutral));
            self.push(wished().chain([NO_CONTRACT]), third(neutral));
        }
        if !seeker.shifts.is_empty() {
            let wished = || planes::shifts(seeker.shifts.bits());
            self.push(wished(), third(ONE - neutral));
            self.push(wished().chain([NO_SHIFT]), third(neutral));
        }
        let Some(wished) = seeker.wished_wage else {
            return;
        };
        let mut before = 0;
        for (at, bound) in WAGE_BOUNDS.into_iter().enumerate().rev() {
            // Less than the bound is at most what the bound would be.
            let loss = third(ONE - ratio(bound * 1_000_000, wished));
            if loss >= before + 3 {
                self.push([planes::wage_from(at)], loss - before);
                before = loss;
            }
        }
    }
}

/// A part of 1e9 in whole thousandths of the fit, rounded down.
const fn thousandths(weight: u64, f: u64) -> u16 {
    (weight * f / ONE) as u16
}
