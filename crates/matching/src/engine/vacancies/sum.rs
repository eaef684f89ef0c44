//! The fit of one row, part by part.

use domain::vacancy::Asked;

use super::layout::nearness;
use super::query::{Query, Trade};
use super::row::Row;
use super::runs::Limits;
use super::segment::Segment;
use crate::definition::{ONE, ratio, terms};
use crate::settings::Part;

impl Query<'_> {
    /// What the person has for skill, where some skills count.
    fn skill(&self, segment: &Segment, row: &Row) -> u64 {
        let shares = segment.skills_of(row).iter();
        let tenths: u64 = shares
            .filter_map(|shared| {
                let credit = self.tables.credits.get(shared.skill.index())?;
                Some(shared.share * u64::from(*credit))
            })
            .sum();
        tenths / 10
    }

    /// S of a row that is not odd, unless it is closed or does not reach `must`; `skill` is what
    /// the person has for it, where that is known already.
    pub(super) fn sum(
        &mut self,
        segment: &Segment,
        row: &Row,
        skill: Option<u64>,
        must: u64,
    ) -> Option<u64> {
        if !row.is_open(self.day) {
            return None;
        }
        let trade = self.trade(segment, row.occupation);
        let training = u64::from(self.training(segment, row.training));
        let rest = self.weight(Part::Experience) + self.weight(Part::Terms);
        let known = self.weight(Part::Occupation) * self.occupation(trade.digits)
            + self.weight(Part::Training) * training
            + self.weight(Part::Skill) * skill.unwrap_or_else(|| self.skill(segment, row));
        if known + (rest + self.weight(Part::Location)) * ONE < must {
            return None;
        }
        let known = known + self.weight(Part::Location) * self.location(segment, row);
        if known + rest * ONE < must {
            return None;
        }
        let sum = known
            + self.weight(Part::Experience) * self.experience(row, trade)
            + self.weight(Part::Terms) * self.terms(row);
        (sum >= must).then_some(sum)
    }

    /// Whether the person may be taken, but for the deadline and blocks.
    pub(super) const fn is_eligible(&self, limits: Limits) -> bool {
        limits.flags & self.refused_flags == 0
            && (limits.contracts == 0 || limits.contracts & self.contracts != 0)
    }

    fn location(&self, segment: &Segment, row: &Row) -> u64 {
        if row.is_remote() {
            return ONE;
        }
        let places = segment.places_of(row);
        let neutral = self.rules.neutral(Part::Location);
        if places.is_empty() {
            return neutral;
        }
        if self.seeker.anywhere || row.provinces & self.provinces != 0 {
            return ONE;
        }
        let reach = row.reach();
        self.points
            .iter()
            .flat_map(|&(from, distances)| {
                places
                    .iter()
                    .map(move |&place| nearness(self.rules, distances, from, place, reach))
            })
            .max()
            .map_or(neutral, u64::from)
    }

    fn experience(&self, row: &Row, trade: Trade) -> u64 {
        match row.months() {
            Asked::NotRequired => ONE,
            Asked::Required(asked) if self.seeker.work_told && trade.has_groups => {
                ratio(u64::from(trade.months), u64::from(asked))
            }
            Asked::NotSaid | Asked::Required(_) => self.rules.neutral(Part::Experience),
        }
    }

    fn terms(&self, row: &Row) -> u64 {
        let neutral = self.rules.neutral(Part::Terms);
        let seeker = self.seeker;
        let wage = row
            .wage()
            .zip(seeker.wished_wage)
            .map(|(offered, wished)| ratio(u64::from(offered), wished));
        let said = [
            wage,
            terms::one_of(row.contracts.into(), seeker.contracts.bits().into()),
            terms::one_of(row.shifts.into(), seeker.shifts.bits().into()),
        ];
        said.into_iter()
            .map(|part| part.unwrap_or(neutral))
            .sum::<u64>()
            / 3
    }
}
