//! Whether a skill that a text names belongs to the job: "điều dưỡng" in the advertisement of a
//! hospital that looks for somebody who mends computers does not.

use std::collections::{HashMap, HashSet};

use domain::code::{Codes, IscoCode, SkillIx};

use super::FoundSkill;

/// Digits that the groups of a skill and a job must share.
const SHARED: u8 = 2;
/// Digits of a minor group.
const MINOR: u8 = 3;

/// Branches whose tasks are found beside those of any trade: packing, filing, driving.
const ANYBODYS: [&str; 8] = [
    "cs", "drive", "office", "prod", "safety", "sales", "soft", "store",
];

/// Skills that say enough of a job for one that names a whole trade to add nothing.
const ENOUGH: usize = 5;
/// What names a whole trade: left out where something narrower of the branch is found.
const WIDE: [&str; 6] = [
    "it.04",
    "prod.01",
    "prod.line.01",
    "mech.maint.02",
    "mkt.brand.01",
    "eng.civil.01",
];

/// What a text names beside the tasks of most jobs, and the wide group that it is a task of.
const BESIDE: [(&str, &str); 4] = [
    ("mech.maint.09", "72"),
    ("prod.line.02", "-"),
    ("soft.self.08", "-"),
    ("safety.18", "72"),
];

/// What a skill has to do with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Nobody in particular asks for it.
    Anybodys,
    /// The job asks for it.
    Job,
    /// A job like this one does, or the title names something of its branch.
    Near,
    /// Nothing is known.
    Beside,
}

/// Where each skill stands, and which groups ask for it.
#[derive(Debug, Default)]
pub(crate) struct Fits {
    skills: HashMap<SkillIx, (String, Vec<IscoCode>)>,
    /// Of [`WIDE`].
    wide: HashSet<SkillIx>,
    /// Of [`BESIDE`], with the group.
    beside: HashMap<SkillIx, &'static str>,
    /// By the branch: the wide groups that ask for one of its skills.
    branches: HashMap<String, HashSet<IscoCode>>,
}

impl Fits {
    pub(crate) fn new(codes: &Codes) -> Self {
        let said = codes.skills.all().filter(|(_, skill)| !skill.vi.is_empty());
        let mut fits = Self {
            wide: WIDE
                .iter()
                .filter_map(|code| codes.skills.by_code(code))
                .collect(),
            beside: BESIDE
                .iter()
                .filter_map(|&(code, group)| Some((codes.skills.by_code(code)?, group)))
                .collect(),
            ..Self::default()
        };
        for (at, skill) in said {
            let branch = branch(&skill.parent);
            let wide = skill.isco.iter().filter_map(|group| group.prefix(SHARED));
            fits.branches
                .entry(branch.clone())
                .or_default()
                .extend(wide);
            fits.skills.insert(at, (branch, skill.isco.clone()));
        }
        fits
    }

    /// Whether nobody in particular asks for it (a language, a licence), or the job does, or it
    /// stands in one branch with what the title names.
    pub(crate) fn fits(&self, skill: SkillIx, job: Option<IscoCode>, named: &[SkillIx]) -> bool {
        let Some((branch, groups)) = self.skills.get(&skill) else {
            return false;
        };
        let is_asked = |job: IscoCode| {
            groups.iter().any(|group| {
                group.prefix(SHARED).is_some() && group.prefix(SHARED) == job.prefix(SHARED)
            })
        };
        groups.is_empty()
            || job.is_some_and(is_asked)
            || named
                .iter()
                .filter_map(|named| self.skills.get(named))
                .any(|(other, _)| other == branch)
    }

    /// What it has to do with the job.
    pub(crate) fn ground(
        &self,
        skill: SkillIx,
        job: Option<IscoCode>,
        named: &[SkillIx],
    ) -> Ground {
        let groups = self.skills.get(&skill).map(|(_, groups)| groups.as_slice());
        let is_jobs = |group: &IscoCode| {
            let minor = group.prefix(MINOR);
            minor.is_some() && job.is_some_and(|job| job.prefix(MINOR) == minor)
        };
        match groups {
            Some([]) => Ground::Anybodys,
            Some(groups) if groups.iter().any(is_jobs) => Ground::Job,
            _ if self.fits(skill, job, named) => Ground::Near,
            _ => Ground::Beside,
        }
    }

    /// Whether it is a language.
    pub(crate) fn is_language(&self, skill: SkillIx) -> bool {
        let found = self.skills.get(&skill);
        found.is_some_and(|(branch, _)| branch == "lang")
    }

    /// Whether a text names it in passing, and the job is not that of somebody who does it.
    pub(crate) fn is_beside(&self, skill: SkillIx, job: Option<IscoCode>) -> bool {
        let is_its = |group: &str| job.is_some_and(|job| job.to_string().starts_with(group));
        self.beside.get(&skill).is_some_and(|group| !is_its(group))
    }

    /// Leaves out what names a whole trade where something narrower of it is found.
    pub(crate) fn leave_out_wider(&self, found: &mut Vec<FoundSkill>) {
        let branch = |found: &FoundSkill| self.skills.get(&found.skill).map(|(branch, _)| branch);
        let narrower: HashSet<&String> = found
            .iter()
            .filter(|found| !self.wide.contains(&found.skill))
            .filter_map(branch)
            .collect();
        let is_said = found.len() >= ENOUGH;
        found.retain(|found| {
            !self.wide.contains(&found.skill)
                || !is_said && branch(found).is_none_or(|branch| !narrower.contains(branch))
        });
    }

    /// As [`Self::fits`], but it is enough where the job asks for another skill of the branch.
    pub(crate) fn fits_loosely(
        &self,
        skill: SkillIx,
        job: Option<IscoCode>,
        named: &[SkillIx],
    ) -> bool {
        let wide = job.and_then(|job| job.prefix(SHARED));
        let is_near = self.skills.get(&skill).is_some_and(|(branch, _)| {
            let groups = self.branches.get(branch);
            ANYBODYS.contains(&branch.as_str())
                || wide.is_none_or(|wide| groups.is_some_and(|groups| groups.contains(&wide)))
        });
        is_near || self.fits(skill, job, named)
    }

    /// As [`Self::fits`], for what is found in an uncertain way: somebody in particular asks for it.
    pub(crate) fn fits_closely(
        &self,
        skill: SkillIx,
        job: Option<IscoCode>,
        named: &[SkillIx],
    ) -> bool {
        let is_anybodys = self
            .skills
            .get(&skill)
            .is_none_or(|(_, groups)| groups.is_empty());
        !is_anybodys && self.fits(skill, job, named)
    }
}

/// "garment" of "garment.sew".
fn branch(parent: &str) -> String {
    parent.split('.').next().unwrap_or_default().to_owned()
}
