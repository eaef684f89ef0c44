//! Code lists: data, not enums. One file each under `config/codes`.
//!
//! Inside the program things are known by their place in a list ([`SkillIx`], [`CommuneIx`] ...),
//! which may change from one version of a list to the next; what is stored is the code.

mod check;
mod ids;
mod occupations;
mod skills;
mod table;
mod units;

use std::borrow::Cow;

pub use check::{Finding, check};
pub use ids::{
    Benefits, CommuneIx, Contracts, IscoCode, Lang, LegacyProvinceIx, NotACode, ProvinceIx, Shifts,
    SkillIx, TrainingField, TrainingRank,
};
pub use occupations::Occupations;
pub use skills::{Skill, Skills};
pub use table::CodeError;
pub use units::{AdminUnits, Commune, LegacyCommune, LegacyDistrict, LegacyProvince, Province};

/// All code lists.
pub struct Codes {
    /// Provinces and communes.
    pub units: AdminUnits,
    /// ISCO-08.
    pub occupations: Occupations,
    /// Skills and their relatives.
    pub skills: Skills,
}

/// The files that are read.
pub const FILES: [&str; 8] = [
    "provinces.csv",
    "communes.csv",
    "legacy_provinces.csv",
    "legacy_districts.csv",
    "legacy_communes.csv",
    "isco08.csv",
    "occupation_words.csv",
    "skills.csv",
];

impl Codes {
    /// Reads the lists; `text` gives a file by its name.
    ///
    /// # Errors
    /// All that is wrong, with file and line.
    pub fn from_texts<'a>(
        text: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    ) -> Result<Self, Vec<CodeError>> {
        let files = table::Files::new(text);
        let units = AdminUnits::read(&files);
        let occupations = Occupations::read(&files);
        let skills = Skills::read(&files);
        let errors = files.into_errors();
        if errors.is_empty() {
            Ok(Self {
                units,
                occupations,
                skills,
            })
        } else {
            Err(errors)
        }
    }
}
