//! The fit of one row, part by part.

use domain::vacancy::Asked;

use super::query::{Query, Trade};
use super::row::Row;
use super::segment::Segment;
use crate::definition::{ONE, ratio, terms};
use crate::settings::Part;

impl Query<'_> {
    /// S of a row, unless the person is shut out or no candidate, or it does not reach `must`.
    pub(super) fn sum(&mut self, segment: &Segment, row: &Row, must: u64) -> Option<u64> {
        if !self.may_apply(row) {
            return None;
        }
        let tenths = self.tenths(segment, row);
        let trade = self.trade(segment, row.occupation);
        let by_code = if row.names_no_skill() {
            trade.is_candidate_without_skill
        } else {
            trade.is_candidate
        };
        if tenths == 0 && !by_code {
            return None;
        }
        let skill = if row.asks_no_skill() {
            ONE
        } else if row.skills_len() == 0 {
            self.rules.neutral(Part::Skill)
        } else {
            tenths / 10
        };
        let training = u64::from(self.training(row.training));
        let rest = self.weight(Part::Experience) + self.weight(Part::Terms);
        let known = self.weight(Part::Occupation) * u64::from(trade.worth)
            + self.weight(Part::Training) * training
            + self.weight(Part::Skill) * skill;
        if known + (rest + self.weight(Part::Location)) * ONE < must {
            return None;
        }
        let known = known
            + self.weight(Part::Experience) * self.experience(row, trade)
            + self.weight(Part::Terms) * self.terms(row);
        if known + self.weight(Part::Location) * ONE < must {
            return None;
        }
        let sum = known + self.weight(Part::Location) * self.location(segment, row);
        (sum >= must).then_some(sum)
    }

    /// Whether the person may be taken, but for blocks.
    fn may_apply(&self, row: &Row) -> bool {
        row.is_open(self.day)
            && (row.contracts == 0 || row.contracts & self.contracts != 0)
            && (!row.is_abroad() || self.seeker.abroad)
            && (row.suits_minors() || !self.is_minor())
    }

    /// Tenths of what the person has for skill.
    fn tenths(&self, segment: &Segment, row: &Row) -> u64 {
        let brings = |skill: usize, share: u32| {
            let credit = self.tables.credits.get(skill);
            u64::from(share) * u64::from(credit.copied().unwrap_or(0))
        };
        let held = row.skills.iter().zip(row.shares);
        let held: u64 = held
            .map(|(&skill, share)| brings(skill.into(), share))
            .sum();
        let more = segment.more_skills_of(row).iter();
        held + more
            .map(|one| brings(one.skill as usize, one.share))
            .sum::<u64>()
    }

    fn location(&self, segment: &Segment, row: &Row) -> u64 {
        let more = segment.more_sites_of(row).iter();
        let more = more.map(|&site| self.location_at(site)).max();
        self.location_at(row.site).max(more.unwrap_or(0)).into()
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
