//! What holds for each entry of any list by itself.

use std::collections::HashSet;

use unicode_normalization::is_nfc;

use super::Report;
use crate::code::{Codes, Dated};

/// An entry, whatever its list.
struct Line<'l> {
    code: &'l str,
    /// The name that may not be empty.
    name: &'l str,
    others: Vec<&'l str>,
    dated: Dated,
}

impl<'l> Line<'l> {
    const fn new(code: &'l str, name: &'l str, others: Vec<&'l str>, dated: Dated) -> Self {
        Self {
            code,
            name,
            others,
            dated,
        }
    }
}

pub(super) fn check(codes: &Codes, report: &mut Report) {
    check_units(codes, report);
    check_occupations(codes, report);
    let skills = codes.skills.all().map(|(_, skill)| {
        // Most of ESCO waits for its translation: the English label stands in.
        let others = std::iter::once(&skill.vi).chain(&skill.alt);
        let others = others.map(String::as_str).collect();
        Line::new(&skill.code, &skill.en, others, Dated::default())
    });
    check_list("skills.csv", skills, report);
    let levels = codes.training.levels().iter();
    check_list(
        "training_levels.csv",
        levels.map(|level| Line::new(&level.code, &level.vi, vec![&level.en], level.dated)),
        report,
    );
    for list in codes.lists.all().chain([&codes.training.fields]) {
        // Groups of ESCO wait for their translation too.
        let translated = list.file() != "skill_groups.csv";
        let lines = list.entries().iter().map(|entry| {
            let (name, other) = if translated {
                (&entry.vi, &entry.en)
            } else {
                (&entry.en, &entry.vi)
            };
            Line::new(&entry.code, name, vec![other], entry.dated)
        });
        check_list(list.file(), lines, report);
    }
}

fn check_units(codes: &Codes, report: &mut Report) {
    let units = &codes.units;
    let lines = units.provinces().iter();
    check_list(
        "provinces.csv",
        lines.map(|unit| Line::new(&unit.code, &unit.name, vec![&unit.short], unit.dated)),
        report,
    );
    let lines = units.communes().iter();
    check_list(
        "communes.csv",
        lines.map(|unit| Line::new(&unit.code, &unit.name, vec![&unit.short], unit.dated)),
        report,
    );
    let lines = units.legacy_provinces().iter().map(|unit| {
        let others = std::iter::once(&unit.short).chain(&unit.alt);
        let others = others.map(String::as_str).collect();
        Line::new(&unit.code, &unit.name, others, Dated::default())
    });
    check_list("legacy_provinces.csv", lines, report);
    let lines = units.legacy_districts().iter();
    check_list(
        "legacy_districts.csv",
        lines.map(|unit| Line::new(&unit.code, &unit.name, vec![&unit.short], Dated::default())),
        report,
    );
    let lines = units.legacy_communes().iter();
    check_list(
        "legacy_communes.csv",
        lines.map(|unit| Line::new(&unit.code, &unit.name, vec![&unit.short], Dated::default())),
        report,
    );
}

fn check_occupations(codes: &Codes, report: &mut Report) {
    let occupations = &codes.occupations;
    let texts: Vec<_> = occupations
        .codes()
        .map(|code| (code, code.to_string()))
        .collect();
    let lines = texts.iter().map(|(code, text)| {
        let name = occupations.vietnamese(*code).unwrap_or_default();
        Line::new(text, name, Vec::new(), Dated::default())
    });
    check_list("isco08.csv", lines, report);
    let words = occupations.words().iter();
    check_list(
        "occupation_words.csv",
        words.map(|(phrase, _)| Line::new(phrase, phrase, Vec::new(), Dated::default())),
        report,
    );
}

fn check_list<'l>(file: &'static str, lines: impl Iterator<Item = Line<'l>>, report: &mut Report) {
    let mut seen = HashSet::new();
    for line in lines {
        if !seen.insert(line.code) {
            report.add(file, line.code, "the code stands there twice");
        }
        if line.name.trim().is_empty() {
            report.add(file, line.code, "no name");
        }
        let texts = || line.others.iter().copied().chain([line.code, line.name]);
        if !texts().all(is_nfc) {
            report.add(file, line.code, "not in Unicode NFC");
        }
        if texts().any(|text| text.trim() != text) {
            report.add(file, line.code, "white space at the ends");
        }
        if !line.dated.is_in_order() {
            report.add(file, line.code, "valid_to lies before valid_from");
        }
    }
    if seen.is_empty() && !report.names(file) {
        report.add(file, "", "no rows");
    }
}
