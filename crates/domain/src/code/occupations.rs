//! Occupations: ISCO-08 with Vietnamese names, and the words of titles that lead to them.

use std::collections::HashMap;

use super::table::Files;
use super::{IscoCode, Lang};

struct Names {
    vi: String,
    en: String,
}

/// ISCO-08.
pub struct Occupations {
    names: HashMap<IscoCode, Names>,
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
                };
                Ok((row.value("code", expected)?, names))
            })
            .into_iter()
            .collect();
        let words = files.rows("occupation_words.csv", &["phrase", "isco"], |row| {
            Ok((row.text("phrase").to_owned(), row.value("isco", expected)?))
        });
        Self { names, words }
    }

    /// The name of a group.
    pub fn name(&self, code: IscoCode, lang: Lang) -> Option<&str> {
        self.names.get(&code).map(|names| match lang {
            Lang::Vi => names.vi.as_str(),
            Lang::En => names.en.as_str(),
        })
    }

    /// All groups, in no order.
    pub fn codes(&self) -> impl Iterator<Item = IscoCode> + '_ {
        self.names.keys().copied()
    }

    /// What employers write in titles, and the code it stands for.
    pub fn words(&self) -> &[(String, IscoCode)] {
        &self.words
    }
}
