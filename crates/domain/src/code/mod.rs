//! Code lists: data, not enums. One file each under `config/codes`.
//!
//! Inside the program things are known by their place in a list ([`SkillIx`], [`CommuneIx`] ...),
//! which may change from one version of a list to the next; what is stored is the code.

mod check;
mod dated;
mod ids;
mod isco;
mod list;
mod occupations;
mod sets;
mod skills;
mod table;
mod training;
mod units;
mod wages;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;

use sha2::{Digest, Sha256};

pub use check::{Finding, check};
pub use dated::Dated;
pub use ids::{CommuneIx, Lang, LegacyProvinceIx, NotACode, ProvinceIx, SkillIx};
pub use isco::{IscoCode, VscoCode};
pub use list::{Entry, List, Lists};
pub use occupations::Occupations;
pub use sets::{Benefits, Contracts, Shifts};
pub use skills::{Skill, Skills};
pub use table::CodeError;
pub use training::{Training, TrainingField, TrainingLevel, TrainingRank};
pub use units::{AdminUnits, Commune, LegacyCommune, LegacyDistrict, LegacyProvince, Province};
pub use wages::{MinimumWage, MinimumWages};

/// All code lists.
pub struct Codes {
    /// Provinces and communes.
    pub units: AdminUnits,
    /// ISCO-08.
    pub occupations: Occupations,
    /// Skills and their relatives.
    pub skills: Skills,
    /// Training levels and fields.
    pub training: Training,
    /// The small lists of the forms, and industries.
    pub lists: Lists,
    /// Minimum wages.
    pub wages: MinimumWages,
    /// What tells this edition of all lists from any other: a digest of their texts.
    pub edition: String,
    missing: Vec<&'static str>,
}

/// The files without which nothing works. The others may be missing; [`check`] names them.
pub const FILES: [&str; 9] = [
    "provinces.csv",
    "communes.csv",
    "legacy_provinces.csv",
    "legacy_districts.csv",
    "legacy_communes.csv",
    "isco08.csv",
    "occupation_words.csv",
    "skills.csv",
    "skill_relatives.csv",
];

impl Codes {
    /// Reads the lists; `text` gives a file by its name.
    ///
    /// # Errors
    /// All that is wrong, with file and line.
    pub fn from_texts<'a>(
        text: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<Self, Vec<CodeError>> {
        let texts = RefCell::new(Sha256::new());
        let read = |name: &str| {
            let text = text(name);
            let mut texts = texts.borrow_mut();
            texts.update(name.as_bytes());
            texts.update(text.as_deref().unwrap_or_default().as_bytes());
            // A byte that no text has keeps names and texts apart.
            texts.update([0xff]);
            text
        };
        let files = table::Files::new(&read);
        let units = AdminUnits::read(&files);
        let occupations = Occupations::read(&files);
        let skills = Skills::read(&files);
        let training = Training::read(&files);
        let lists = Lists::read(&files);
        let wages = MinimumWages::read(&files, &units);
        let missing = files.finish()?;
        let edition = texts.borrow_mut().finalize_reset();
        Ok(Self {
            missing,
            edition: edition.iter().map(|byte| format!("{byte:02x}")).collect(),
            units,
            occupations,
            skills,
            training,
            lists,
            wages,
        })
    }
}
