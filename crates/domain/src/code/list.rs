//! A plain code list: code, names, group, validity.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::table::Files;
use super::{Dated, Lang};

/// An entry of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its code.
    pub code: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name; may be empty.
    pub en: String,
    /// The code of the group in which it stands.
    pub parent: Option<String>,
    /// Its number on the official sheets, where they have it.
    pub form_code: Option<String>,
    /// When it may be chosen.
    pub dated: Dated,
}

/// A list, in the order of its file.
pub struct List {
    file: &'static str,
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
}

impl List {
    pub(super) fn read(files: &Files<'_, '_>, file: &'static str) -> Self {
        let filled = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let entries = files.optional_rows(file, &["code", "vi", "en"], |row| {
            Ok(Entry {
                code: row.code()?,
                vi: row.text("vi").to_owned(),
                en: row.text("en").to_owned(),
                parent: filled(row.text("parent")),
                form_code: filled(row.text("form_code")),
                dated: row.dated()?,
            })
        });
        let by_code = (0..).zip(&entries);
        Self {
            file,
            by_code: by_code
                .map(|(at, entry)| (entry.code.clone(), at))
                .collect(),
            entries,
        }
    }

    /// The name of the file.
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What may be chosen on that day.
    pub fn valid_on(&self, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries
            .iter()
            .filter(move |entry| entry.dated.valid_on(day))
    }

    /// The entry with this code.
    pub fn get(&self, code: &str) -> Option<&Entry> {
        self.entries.get(*self.by_code.get(code)?)
    }

    /// The name of a code; the other language's where this one has none.
    pub fn name(&self, code: &str, lang: Lang) -> Option<&str> {
        self.get(code)
            .map(|entry| lang.choose(&entry.vi, &entry.en))
    }

    /// What stands directly in a group; the groups at the top for `None`.
    pub fn children<'l>(&'l self, parent: Option<&'l str>) -> impl Iterator<Item = &'l Entry> {
        self.entries
            .iter()
            .filter(move |entry| entry.parent.as_deref() == parent)
    }
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal),* $(,)?) => {
        /// The small lists of the forms, and those of industries.
        pub struct Lists {
            $($(#[$doc])* pub $name: List,)*
        }

        impl Lists {
            pub(super) fn read(files: &Files<'_, '_>) -> Self {
                Self { $($name: List::read(files, $file),)* }
            }

            /// All of them.
            pub fn all(&self) -> impl Iterator<Item = &List> {
                [$(&self.$name),*].into_iter()
            }
        }
    };
}

lists! {
    /// General schooling.
    general_schooling = "general_schooling.csv",
    /// Contracts; their codes are those of [`Contracts`](super::Contracts).
    contracts = "contracts.csv",
    /// What a job is for: long term, temporary, extra, seasonal.
    contract_purposes = "contract_purposes.csv",
    /// Full or part time.
    working_time = "working_time.csv",
    /// Shifts; their codes are those of [`Shifts`](super::Shifts).
    shifts = "shifts.csv",
    /// Benefits; their codes are those of [`Benefits`](super::Benefits).
    benefits = "benefits.csv",
    /// Benefits as finely as the official sheet has them.
    benefits_form = "benefits_form.csv",
    /// Working conditions, by which a person with a disability searches.
    working_conditions = "working_conditions.csv",
    /// Priority groups.
    priority_groups = "priority_groups.csv",
    /// Kinds of employers.
    employer_kinds = "employer_kinds.csv",
    /// Industries since November 2025.
    vsic_2025 = "vsic_2025.csv",
    /// Industries before, for older records.
    vsic_2018 = "vsic_2018.csv",
    /// Occupations as reports count them: VSCO, levels 1 and 2.
    vsco = "vsco2.csv",
    /// Groups of skills.
    skill_groups = "skill_groups.csv",
}
