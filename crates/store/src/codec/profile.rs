//! A seeker as JSON.

use domain::code::{Codes, CommuneIx, IscoCode, SkillIx, TrainingField, TrainingRank};
use domain::id::{EmployerId, SeekerId};
use domain::seeker::{Seeker, Status, Training, Worked};
use serde::{Deserialize, Serialize};

use super::{Unknown, read_contracts, read_shifts, texts};

/// A seeker but for what stands in columns of its own.
#[derive(Serialize, Deserialize)]
pub(crate) struct ProfileText {
    turns_15: chrono::NaiveDate,
    turns_18: chrono::NaiveDate,
    skills: Vec<String>,
    occupations: Vec<String>,
    trainings: Vec<(Option<u8>, Option<u16>)>,
    worked: Vec<(String, u16)>,
    work_told: bool,
    residence: Option<String>,
    wished_communes: Vec<String>,
    wished_provinces: Vec<String>,
    anywhere: bool,
    abroad: bool,
    wished_wage: Option<u64>,
    contracts: Vec<String>,
    excluded_contracts: Vec<String>,
    shifts: Vec<String>,
    blocked: Vec<String>,
}

impl ProfileText {
    pub(crate) fn new(codes: &Codes, seeker: &Seeker) -> Self {
        let commune = |&at: &CommuneIx| codes.units.commune(at).map(|unit| unit.code.clone());
        let skill = |&at: &SkillIx| codes.skills.get(at).map(|skill| skill.code.clone());
        Self {
            turns_15: seeker.turns_15,
            turns_18: seeker.turns_18,
            skills: seeker.skills.iter().filter_map(skill).collect(),
            occupations: seeker.occupations.iter().map(IscoCode::to_string).collect(),
            trainings: seeker
                .trainings
                .iter()
                .map(|pair| {
                    (
                        pair.level.map(TrainingRank::get),
                        pair.field.map(TrainingField::value),
                    )
                })
                .collect(),
            worked: seeker
                .worked
                .iter()
                .map(|worked| (worked.group.to_string(), worked.months))
                .collect(),
            work_told: seeker.work_told,
            residence: seeker.residence.as_ref().and_then(commune),
            wished_communes: seeker.wished_communes.iter().filter_map(commune).collect(),
            wished_provinces: seeker
                .wished_provinces
                .iter()
                .filter_map(|&at| codes.units.province(at))
                .map(|unit| unit.code.clone())
                .collect(),
            anywhere: seeker.anywhere,
            abroad: seeker.abroad,
            wished_wage: seeker.wished_wage,
            contracts: texts(seeker.contracts.codes()),
            excluded_contracts: texts(seeker.excluded_contracts.codes()),
            shifts: texts(seeker.shifts.codes()),
            blocked: seeker.blocked.iter().map(EmployerId::to_string).collect(),
        }
    }

    pub(crate) fn read(
        self,
        codes: &Codes,
        id: SeekerId,
        status: Status,
        registered_at: chrono::DateTime<chrono::Utc>,
    ) -> Seeker {
        let commune = |code: &String| codes.units.commune_by_code(code);
        let mut skills: Vec<SkillIx> = self
            .skills
            .iter()
            .filter_map(|code| codes.skills.by_code(code))
            .collect();
        // The order of the list may have changed since it was stored.
        skills.sort_unstable();
        skills.dedup();
        Seeker {
            id,
            status,
            registered_at,
            turns_15: self.turns_15,
            turns_18: self.turns_18,
            skills,
            occupations: self
                .occupations
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
            trainings: self
                .trainings
                .into_iter()
                .map(|(level, field)| Training {
                    level: level.and_then(TrainingRank::new),
                    field: field.and_then(TrainingField::new),
                })
                .filter(|pair| pair.level.is_some() || pair.field.is_some())
                .collect(),
            worked: self
                .worked
                .iter()
                .filter_map(|(group, months)| {
                    Some(Worked {
                        group: group.parse().ok()?,
                        months: *months,
                    })
                })
                .collect(),
            work_told: self.work_told,
            residence: self.residence.as_ref().and_then(commune),
            wished_communes: self.wished_communes.iter().filter_map(commune).collect(),
            wished_provinces: self
                .wished_provinces
                .iter()
                .filter_map(|code| codes.units.province_by_code(code))
                .collect(),
            anywhere: self.anywhere,
            abroad: self.abroad,
            wished_wage: self.wished_wage,
            contracts: read_contracts(&self.contracts),
            excluded_contracts: read_contracts(&self.excluded_contracts),
            shifts: read_shifts(&self.shifts),
            blocked: self
                .blocked
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
        }
    }
}

impl ProfileText {
    /// Codes in here that the lists do not know, with the file of their list.
    pub(crate) fn unknown(&self, codes: &Codes) -> Vec<(&'static str, String)> {
        let mut unknown = Unknown::new(codes);
        unknown.skills(self.skills.iter().collect());
        unknown.occupations(&self.occupations);
        for code in self.residence.iter().chain(&self.wished_communes) {
            let is_known = codes.units.commune_by_code(code).is_some();
            unknown.add("communes.csv", code, is_known);
        }
        for code in &self.wished_provinces {
            let is_known = codes.units.province_by_code(code).is_some();
            unknown.add("provinces.csv", code, is_known);
        }
        unknown.terms(&self.contracts, &self.shifts);
        unknown.terms(&self.excluded_contracts, &[]);
        unknown.found
    }
}
