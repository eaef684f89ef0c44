//! A person, with tables of what they bring.

use domain::code::SkillIx;
use domain::seeker::Seeker;
use domain::vacancy::{Offer, Workplace};

use crate::definition::{Credit, ONE, Reach, Rules, location};
use crate::settings::Part;

/// A person as all vacancies are held against them.
pub(super) struct Profile<'a> {
    pub(super) seeker: &'a Seeker,
    rules: &'a Rules,
    /// By skill.
    credits: Vec<Credit>,
    /// By commune of a workplace, at home each day and with lodging.
    near: [Vec<u32>; 2],
}

impl<'a> Profile<'a> {
    pub(super) fn new(rules: &'a Rules, seeker: &'a Seeker) -> Self {
        let skills = &rules.codes.skills;
        let has = |skill: &SkillIx| seeker.skills.binary_search(skill).is_ok();
        let credit = |(skill, _)| {
            if has(&skill) {
                Credit::Own
            } else if skills.relatives(skill).iter().any(has) {
                Credit::Relative
            } else {
                Credit::None
            }
        };
        let near = [Reach::Daily, Reach::Lodged].map(|reach| {
            let mut table = vec![0; rules.geo.communes()];
            // As far there as back.
            for point in location::points(seeker) {
                let place = Workplace::Commune(point);
                rules.geo.raise_nearness(place, reach, 0, &mut table);
            }
            table
        });
        Self {
            credits: skills.all().map(credit).collect(),
            near,
            seeker,
            rules,
        }
    }

    pub(super) const fn rules(&self) -> &'a Rules {
        self.rules
    }

    pub(super) fn credit(&self, skill: SkillIx) -> Credit {
        let credit = self.credits.get(skill.index());
        credit.copied().unwrap_or(Credit::None)
    }

    /// Location, as the definition has it, by the table where all workplaces are communes.
    pub(super) fn location(&self, offer: &Offer) -> u64 {
        let communes = || {
            offer.workplaces.iter().map(|place| match place {
                Workplace::Commune(commune) => Some(*commune),
                Workplace::Province(_) | Workplace::LegacyProvince(_) => None,
            })
        };
        let seeker = self.seeker;
        let by_table = !offer.remote
            && !offer.workplaces.is_empty()
            && !seeker.anywhere
            && location::points(seeker).next().is_some()
            && communes().all(|commune| commune.is_some());
        if !by_table {
            return location::fit(self.rules, offer, seeker).f;
        }
        let is_wished = !seeker.wished_provinces.is_empty()
            && communes()
                .flatten()
                .filter_map(|commune| self.rules.geo.province_of(commune))
                .any(|province| seeker.wished_provinces.contains(&province));
        if is_wished {
            return ONE;
        }
        let [daily, lodged] = &self.near;
        let table = match location::reach(offer) {
            Reach::Daily => daily,
            Reach::Lodged => lodged,
        };
        communes()
            .flatten()
            .filter_map(|commune| table.get(commune.index()))
            .max()
            .map_or_else(|| self.rules.neutral(Part::Location), |&near| near.into())
    }
}
