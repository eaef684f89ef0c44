//! Names that would be taken for one another.

use std::collections::HashMap;

use super::Report;
use crate::code::{Codes, Lang, List};
use crate::text::fold;

pub(super) fn check(codes: &Codes, report: &mut Report) {
    check_units(codes, report);
    for list in codes.lists.all().chain([&codes.training.fields]) {
        check_siblings(list, report);
    }
    check_occupations(codes, report);
    let mut phrases = Phrases::new("skills.csv");
    for (_, skill) in codes.skills.all() {
        // As the titles of advertisements are read: Vietnamese labels and synonyms.
        for phrase in std::iter::once(&skill.vi).chain(&skill.alt) {
            phrases.add("", phrase, &skill.code, report);
        }
    }
    let mut words = Phrases::new("occupation_words.csv");
    for (phrase, isco) in codes.occupations.words() {
        words.add("", phrase, &isco.to_string(), report);
    }
}

fn check_units(codes: &Codes, report: &mut Report) {
    let units = &codes.units;
    let mut names = Phrases::new("provinces.csv");
    for unit in units.provinces() {
        names.add("", &unit.short, &unit.code, report);
    }
    let mut names = Phrases::new("legacy_provinces.csv");
    for unit in units.legacy_provinces() {
        for name in std::iter::once(&unit.short).chain(&unit.alt) {
            names.add("", name, &unit.code, report);
        }
    }
    // Sơn Hà and Sơn Hạ, Ba Tô and Ba Tơ are neighbours: without accents communes may well be
    // the same.
    let mut names = Phrases::with_accents("communes.csv");
    for unit in units.communes() {
        let province = units.province(unit.province).map_or("", |of| &of.code);
        names.add(province, &unit.name, &unit.code, report);
    }
}

/// Entries of one group with one name, on the same day.
fn check_siblings(list: &List, report: &mut Report) {
    // ESCO names a group and the only group in it alike, and has hundreds of them.
    if list.file() == "skill_groups.csv" {
        return;
    }
    let mut seen: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for (at, entry) in list.entries().iter().enumerate() {
        let group = entry.parent.as_deref().unwrap_or_default();
        let same = seen.entry((group, fold(&entry.vi))).or_default();
        let others = same.iter().filter_map(|&other| list.entries().get(other));
        for other in others.filter(|other| other.dated.overlaps(entry.dated)) {
            let what = format!("has the name of {}", other.code);
            report.add(list.file(), &entry.code, what);
        }
        same.push(at);
    }
}

fn check_occupations(codes: &Codes, report: &mut Report) {
    let mut names = Phrases::new("isco08.csv");
    for code in codes.occupations.codes() {
        // A group with one member only may be called like it.
        let level = code.digits().to_string();
        let name = codes.occupations.name(code, Lang::Vi).unwrap_or_default();
        names.add(&level, name, &code.to_string(), report);
    }
}

/// Phrases, and what they stand for.
struct Phrases {
    file: &'static str,
    accents: bool,
    known: HashMap<(String, String), String>,
}

impl Phrases {
    fn new(file: &'static str) -> Self {
        Self {
            file,
            accents: false,
            known: HashMap::new(),
        }
    }

    fn with_accents(file: &'static str) -> Self {
        Self {
            accents: true,
            ..Self::new(file)
        }
    }

    fn add(&mut self, group: &str, phrase: &str, code: &str, report: &mut Report) {
        let key = if self.accents {
            phrase.to_lowercase()
        } else {
            fold(phrase)
        };
        if key.is_empty() {
            return;
        }
        let other = self
            .known
            .entry((group.to_owned(), key))
            .or_insert_with(|| code.to_owned());
        if other != code {
            let what = format!("{phrase:?} stands for {other} as well");
            report.add(self.file, code, what);
        }
    }
}
