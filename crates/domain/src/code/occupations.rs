//! Occupations: ISCO-08 with Vietnamese names, where reports count them (VSCO), and the words of
//! titles that lead to them.

use std::collections::BTreeMap;

use super::table::Files;
use super::{IscoCode, Lang, VscoCode};

struct Names {
    vi: String,
    en: String,
    /// The group, as the file names it.
    parent: String,
}

/// ISCO-08.
pub struct Occupations {
    names: BTreeMap<IscoCode, Names>,
    vsco: BTreeMap<IscoCode, VscoCode>,
    words: Vec<(String, IscoCode)>,
}

impl Occupations {
    pub(super) fn read(files: &Files<'_, '_>) -> Self {
        let expected = "1 to 4 digits of ISCO-08";
        let names = files
            .rows("isco08.csv", &["code", "vi", "en"], |row| {
                let names = Names {
                    vi: row.text("vi").to_owned(),
                    en: row.text("en").to_owned(),
                    parent: row.text("parent").to_owned(),
                };
                Ok((row.value("code", expected)?, names))
            })
            .into_iter()
            .collect();
        let words = files.rows("occupation_words.csv", &["phrase", "isco"], |row| {
            Ok((row.text("phrase").to_owned(), row.value("isco", expected)?))
        });
        let vsco = files
            .optional_rows("isco_to_vsco2.csv", &["isco", "vsco"], |row| {
                let unit = row.value("isco", expected)?;
                Ok((unit, row.value("vsco", "two digits of VSCO")?))
            })
            .into_iter()
            .collect();
        Self { names, vsco, words }
    }

    /// The name of a group.
    pub fn name(&self, code: IscoCode, lang: Lang) -> Option<&str> {
        self.names
            .get(&code)
            .map(|names| lang.choose(&names.vi, &names.en))
    }

    pub(super) fn vietnamese(&self, code: IscoCode) -> Option<&str> {
        self.names.get(&code).map(|names| names.vi.as_str())
    }

    /// The group that the file names, which should be the one that the digits say.
    pub(super) fn named_parent(&self, code: IscoCode) -> &str {
        self.names.get(&code).map_or("", |names| &names.parent)
    }

    /// All groups, each before its members.
    pub fn codes(&self) -> impl Iterator<Item = IscoCode> + '_ {
        self.names.keys().copied()
    }

    /// The major groups.
    pub fn major_groups(&self) -> impl Iterator<Item = IscoCode> + '_ {
        self.codes().filter(|code| code.digits() == 1)
    }

    /// The groups that stand directly in this one.
    pub fn children(&self, group: IscoCode) -> impl Iterator<Item = IscoCode> + '_ {
        self.names
            .range(group..)
            .map(|(&code, _)| code)
            .take_while(move |code| code.is_in(group))
            .filter(move |code| code.digits() == group.digits().saturating_add(1))
    }

    /// The sub-major group of VSCO in which reports count this occupation; `None` where the code
    /// is known to so few digits that more than one would do.
    pub fn vsco2(&self, code: IscoCode) -> Option<VscoCode> {
        let mut units = self
            .vsco
            .range(code..)
            .take_while(|(unit, _)| unit.is_in(code))
            .map(|(_, &vsco)| vsco);
        let first = units.next()?;
        units.all(|other| other == first).then_some(first)
    }

    pub(super) fn vsco_codes(&self) -> impl Iterator<Item = (IscoCode, VscoCode)> + '_ {
        self.vsco.iter().map(|(&unit, &vsco)| (unit, vsco))
    }

    /// What employers write in titles, and the code it stands for.
    pub fn words(&self) -> &[(String, IscoCode)] {
        &self.words
    }
}
