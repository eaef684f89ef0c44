//! What a code list should not have, though it can be read.

mod entries;
mod links;
mod names;

use super::Codes;

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub file: &'static str,
    /// The code; empty where the list as a whole is meant.
    pub code: String,
    /// What is wrong.
    pub what: String,
}

/// Looks all lists through: what is missing or stands there twice, groups that are unknown, names
/// that are empty, not in Unicode NFC or taken for one another, days out of order.
pub fn check(codes: &Codes) -> Vec<Finding> {
    let mut report = Report(Vec::new());
    for &file in &codes.missing {
        report.add(file, "", "the file is missing");
    }
    entries::check(codes, &mut report);
    names::check(codes, &mut report);
    links::check(codes, &mut report);
    report.0.sort();
    report.0
}

struct Report(Vec<Finding>);

impl Report {
    /// Whether there is something about this file already.
    fn names(&self, file: &str) -> bool {
        self.0.iter().any(|finding| finding.file == file)
    }

    fn add(&mut self, file: &'static str, code: &str, what: impl Into<String>) {
        self.0.push(Finding {
            file,
            code: code.to_owned(),
            what: what.into(),
        });
    }
}
