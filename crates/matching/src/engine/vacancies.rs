//! Vacancies for a seeker.
//!
//! A vacancy is a candidate through a skill that the person has (or whose relative they have), or
//! through a group of one of their codes: both are kept as lists, so that only candidates are
//! scored. Which vacancies count a skill depends on the statistics, which is why the lists belong
//! to one version of the rules.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::code::{IscoCode, SkillIx};
use domain::id::VacancyId;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::best::Best;
use crate::definition::{Rules, candidate_codes, eligible, score, shares};
use crate::scan::{MOST, Page, VacancyPlace};

/// All vacancies, as they stand at one moment.
#[derive(Clone)]
pub struct Vacancies {
    rules: Arc<Rules>,
    pub(super) offers: BTreeMap<VacancyId, Arc<Offer>>,
    by_skill: HashMap<SkillIx, Vec<VacancyId>>,
    by_group: HashMap<IscoCode, Vec<VacancyId>>,
}

impl Vacancies {
    /// No vacancies, under these rules.
    pub fn new(rules: Arc<Rules>) -> Self {
        Self {
            rules,
            offers: BTreeMap::new(),
            by_skill: HashMap::new(),
            by_group: HashMap::new(),
        }
    }

    /// How many vacancies there are.
    pub fn len(&self) -> usize {
        self.offers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.offers.is_empty()
    }

    /// The vacancy with this id, as last put in.
    pub fn find(&self, id: VacancyId) -> Option<&Offer> {
        self.offers.get(&id).map(|offer| &**offer)
    }

    /// All of them, in the order of ids.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers.values().map(|offer| &**offer)
    }

    /// Puts a new or changed vacancy in.
    pub fn put(&mut self, offer: Offer) {
        self.remove(offer.id);
        for skill in self.skills_that_lead_to(&offer) {
            self.by_skill.entry(skill).or_default().push(offer.id);
        }
        for group in candidate_codes(&offer) {
            self.by_group.entry(group).or_default().push(offer.id);
        }
        self.offers.insert(offer.id, Arc::new(offer));
    }

    /// Takes a vacancy out.
    pub fn remove(&mut self, id: VacancyId) {
        let Some(offer) = self.offers.remove(&id) else {
            return;
        };
        for skill in self.skills_that_lead_to(&offer) {
            if let Some(list) = self.by_skill.get_mut(&skill) {
                list.retain(|&other| other != id);
            }
        }
        for group in candidate_codes(&offer) {
            if let Some(list) = self.by_group.get_mut(&group) {
                list.retain(|&other| other != id);
            }
        }
    }

    /// The vacancies for a seeker, exactly as [`crate::scan::vacancies`] has them.
    pub fn rank(&self, seeker: &Seeker, page: Page<VacancyPlace>) -> Vec<VacancyPlace> {
        let mut ids: Vec<VacancyId> = seeker
            .skills
            .iter()
            .filter_map(|skill| self.by_skill.get(skill))
            .chain(
                groups_of(seeker)
                    .iter()
                    .filter_map(|group| self.by_group.get(group)),
            )
            .flatten()
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut best = Best::new(page.k.min(MOST), page.after);
        for offer in ids.iter().filter_map(|id| self.offers.get(id)) {
            if eligible(offer, seeker, page.as_of) {
                let fit = score(&self.rules, offer, seeker);
                best.offer(VacancyPlace::new(fit.thousandths(), 0, offer.id));
            }
        }
        best.into_sorted()
    }

    /// The skills that count for the vacancy, and their relatives.
    fn skills_that_lead_to(&self, offer: &Offer) -> Vec<SkillIx> {
        let mut skills: Vec<SkillIx> = shares(&self.rules, offer)
            .iter()
            .flat_map(|asked| {
                std::iter::once(asked.skill).chain(
                    self.rules
                        .codes
                        .skills
                        .relatives(asked.skill)
                        .iter()
                        .copied(),
                )
            })
            .collect();
        skills.sort_unstable();
        skills.dedup();
        skills
    }
}

/// The groups in which a seeker's codes lie, of every length.
fn groups_of(seeker: &Seeker) -> Vec<IscoCode> {
    let mut groups: Vec<IscoCode> = seeker
        .occupations
        .iter()
        .filter(|&&code| crate::definition::usable(code))
        .flat_map(|&code| (1..=4).filter_map(move |digits| code.prefix(digits)))
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}
