//! One vacancy: whether a person reaches it, and would with one addition.

use chrono::NaiveDate;
use domain::code::{ProvinceIx, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::Addition;
use super::openings::Opening;
use super::profile::Profile;
use crate::definition::{
    Credit, MOST_SKILLS, ONE, Obstacle, Rules, SharedSkill, candidate_codes, experience, location,
    obstacles, occupation, shares_group, skill, terms, training,
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
    shares: &'a [SharedSkill],
    /// Of the shares, in their order.
    credits: [Credit; MOST_SKILLS],
    skill: u64,
    training: u64,
    location: u64,
    terms: u64,
    sum: u64,
}

impl<'a> Before<'a> {
    /// The parts; `None` where neither the person as they are nor any single addition brings the
    /// pair to `must`.
    pub(super) fn new(
        opening: Opening<'a>,
        profile: &Profile<'a>,
        as_of: NaiveDate,
        must: u64,
    ) -> Option<Self> {
        let Opening { offer, shares } = opening;
        let (rules, seeker) = (profile.rules(), profile.seeker);
        let mut excluded = false;
        for obstacle in obstacles(offer, seeker, as_of) {
            if obstacle != Obstacle::Contract {
                return None;
            }
            excluded = true;
        }
        let mut credits = [Credit::None; MOST_SKILLS];
        for (credit, asked) in credits.iter_mut().zip(shares) {
            *credit = profile.credit(asked.skill);
        }
        let mut before = Self {
            rules,
            offer,
            seeker,
            excluded,
            candidate: false,
            credits,
            shares,
            skill: 0,
            training: 0,
            location: 0,
            terms: 0,
            sum: 0,
        };
        before.weigh_parts(profile, must).then_some(before)
    }

    /// Weighs part after part, until no single addition can bring the pair to `must`; whether it
    /// can.
    fn weigh_parts(&mut self, profile: &Profile<'_>, must: u64) -> bool {
        let (rules, offer, seeker) = (self.rules, self.offer, self.seeker);
        let weigh = |part: Part, f: u64| rules.settings.weights.of(part) * f;
        self.candidate =
            self.credits.iter().any(|&credit| credit != Credit::None) || self.shares_a_group();
        if !self.candidate && self.excluded {
            return false;
        }
        let skill = if self.shares.is_empty() {
            skill::fit(rules, offer, seeker).f
        } else {
            self.tenths() / 10
        };
        self.skill = weigh(Part::Skill, skill);
        self.location = weigh(Part::Location, profile.location(offer));
        let occupation = weigh(Part::Occupation, occupation::fit(rules, offer, seeker).f);
        let most = |part: Part| weigh(part, ONE);
        let open = most(Part::Training) + most(Part::Experience) + most(Part::Terms);
        // One part changes at most: a skill, or where one would work.
        let learned = weigh(Part::Skill, self.skill_after_learning()) + self.location;
        let moved = self.skill + most(Part::Location);
        let best = if self.candidate {
            learned.max(moved)
        } else {
            learned
        };
        if best + occupation + open < must {
            return false;
        }
        self.training = weigh(Part::Training, training::fit(rules, offer, seeker).f);
        self.terms = weigh(Part::Terms, terms::fit(rules, offer, seeker).f);
        let rest = occupation + weigh(Part::Experience, experience::fit(rules, offer, seeker).f);
        self.sum = self.skill + self.location + self.training + self.terms + rest;
        let others = self.training + self.terms + rest;
        let lifted = [
            (Part::Training, self.training),
            (Part::Terms, self.terms),
            (Part::Location, self.location),
        ]
        .map(|(part, value)| self.sum - value + most(part));
        learned + others >= must || (self.candidate && lifted.iter().any(|&sum| sum >= must))
    }

    fn shares_a_group(&self) -> bool {
        candidate_codes(self.offer).any(|group| {
            let mut codes = self.seeker.occupations.iter();
            codes.any(|&code| shares_group(group, code))
        })
    }

    /// Share times tenths, of what the person has.
    fn tenths(&self) -> u64 {
        self.asked()
            .map(|(asked, credit)| asked.share * credit.tenths())
            .sum()
    }

    /// The most that skill can be worth with one further skill: it is one of those asked, and a
    /// relative of all others.
    fn skill_after_learning(&self) -> u64 {
        let missing = |to: Credit, (asked, credit): (&SharedSkill, Credit)| {
            asked.share * to.tenths().saturating_sub(credit.tenths())
        };
        let own = self.asked().map(|pair| missing(Credit::Own, pair)).max();
        let relative: u64 = self
            .asked()
            .map(|pair| missing(Credit::Relative, pair))
            .sum();
        ((self.tenths() + own.unwrap_or(0) + relative) / 10).min(ONE)
    }

    fn asked(&self) -> impl Iterator<Item = (&'a SharedSkill, Credit)> {
        self.shares.iter().zip(self.credits.iter().copied())
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
        for (asked, credit) in self.asked() {
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
        let tenths = self.tenths();
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
