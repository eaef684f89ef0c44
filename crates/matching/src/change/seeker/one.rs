//! One vacancy: whether a person reaches it, and would with one addition.

use chrono::NaiveDate;
use domain::code::{ProvinceIx, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::Addition;
use crate::definition::{
    Credit, ONE, Obstacle, Rules, SharedSkill, candidate_codes, experience, location, obstacles,
    occupation, shares, shares_group, skill, terms, training,
};
use crate::settings::Part;

/// The parts of a pair as they are, weighted.
pub(super) struct Before<'a> {
    rules: &'a Rules,
    offer: &'a Offer,
    seeker: &'a Seeker,
    /// Ranked but for a contract that the person excludes.
    excluded: bool,
    candidate: bool,
    shares: Vec<(SharedSkill, Credit)>,
    skill: u64,
    training: u64,
    location: u64,
    terms: u64,
    sum: u64,
}

impl<'a> Before<'a> {
    /// The parts; `None` where no single addition makes the pair ranked.
    pub(super) fn new(
        rules: &'a Rules,
        offer: &'a Offer,
        seeker: &'a Seeker,
        as_of: NaiveDate,
    ) -> Option<Self> {
        let mut excluded = false;
        for obstacle in obstacles(offer, seeker, as_of) {
            if obstacle != Obstacle::Contract {
                return None;
            }
            excluded = true;
        }
        let shares: Vec<(SharedSkill, Credit)> = shares(rules, offer)
            .into_iter()
            .map(|asked| (asked, asked.credit(&rules.codes, &seeker.skills)))
            .collect();
        let by_code = || {
            candidate_codes(offer).any(|group| {
                let mut codes = seeker.occupations.iter();
                codes.any(|&code| shares_group(group, code))
            })
        };
        let candidate = shares.iter().any(|(_, credit)| *credit != Credit::None) || by_code();
        let weigh = |part: Part, f: u64| rules.settings.weights.of(part) * f;
        let skill = weigh(Part::Skill, skill::fit(rules, offer, seeker).f);
        let training = weigh(Part::Training, training::fit(rules, offer, seeker).f);
        let location = weigh(Part::Location, location::fit(rules, offer, seeker).f);
        let terms = weigh(Part::Terms, terms::fit(rules, offer, seeker).f);
        let occupation = weigh(Part::Occupation, occupation::fit(rules, offer, seeker).f);
        let experience = weigh(Part::Experience, experience::fit(rules, offer, seeker).f);
        Some(Self {
            rules,
            offer,
            seeker,
            excluded,
            candidate,
            shares,
            skill,
            training,
            location,
            terms,
            sum: skill + training + location + terms + occupation + experience,
        })
    }

    const fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    /// Whether the pair is ranked and its sum is at least `must`.
    pub(super) const fn reaches(&self, must: u64) -> bool {
        self.candidate && !self.excluded && self.sum >= must
    }

    /// Whether it is so for the person after an addition that is neither a skill nor a province.
    pub(super) fn reaches_after(&self, addition: Addition, after: &Seeker, must: u64) -> bool {
        if !self.candidate || (self.excluded && addition != Addition::AnyContract) {
            return false;
        }
        let (part, before) = match addition {
            Addition::Training(_) => (Part::Training, self.training),
            Addition::Further | Addition::Anywhere => (Part::Location, self.location),
            Addition::AnyShift | Addition::AnyContract => (Part::Terms, self.terms),
            Addition::Skill(_) | Addition::Province(_) => return false,
        };
        // No part is more than one: most pairs need not be looked at again.
        let rest = self.sum - before;
        rest + self.weight(part) * ONE >= must && {
            let fit = match part {
                Part::Training => training::fit,
                Part::Location => location::fit,
                _ => terms::fit,
            };
            rest + self.weight(part) * fit(self.rules, self.offer, after).f >= must
        }
    }

    /// The provinces of which each one on its own, wished too, brings the pair to `must`.
    pub(super) fn provinces_to_wish(&self, must: u64) -> Vec<ProvinceIx> {
        let wished = self.sum - self.location + self.weight(Part::Location) * ONE;
        if !self.candidate || self.excluded || wished < must {
            return Vec::new();
        }
        let mut provinces: Vec<ProvinceIx> = self
            .offer
            .workplaces
            .iter()
            .filter_map(|&place| self.rules.geo.province_of_workplace(place))
            .collect();
        provinces.sort_unstable();
        provinces.dedup();
        provinces
    }

    /// The skills of which each one on its own brings the pair to `must`.
    pub(super) fn skills_to_learn(&self, must: u64) -> Vec<SkillIx> {
        let weight = self.weight(Part::Skill);
        let rest = self.sum - self.skill;
        if self.excluded || self.shares.is_empty() || rest + weight * ONE < must {
            return Vec::new();
        }
        // Share times tenths that each skill adds; the same one may stand for several asked.
        let mut adds: Vec<(SkillIx, u64)> = Vec::new();
        for &(asked, credit) in &self.shares {
            let missing = |to: Credit| asked.share * (to.tenths() - credit.tenths());
            match credit {
                Credit::Own => continue,
                Credit::None => {
                    let relatives = self.rules.codes.skills.relatives(asked.skill);
                    adds.extend(
                        relatives
                            .iter()
                            .map(|&has| (has, missing(Credit::Relative))),
                    );
                }
                Credit::Relative => {}
            }
            adds.push((asked.skill, missing(Credit::Own)));
        }
        adds.sort_unstable();
        let tenths: u64 = self
            .shares
            .iter()
            .map(|(asked, credit)| asked.share * credit.tenths())
            .sum();
        adds.chunk_by(|(one, _), (other, _)| one == other)
            .filter_map(|same| {
                let (skill, _) = *same.first()?;
                let added: u64 = same.iter().map(|(_, added)| added).sum();
                let reached = rest + weight * ((tenths + added) / 10) >= must;
                (reached && self.seeker.skills.binary_search(&skill).is_err()).then_some(skill)
            })
            .collect()
    }
}
