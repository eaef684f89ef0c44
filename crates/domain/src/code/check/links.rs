//! Codes of one list that another one names.

use super::Report;
use crate::code::{Benefits, Codes, Contracts, Dated, Entry, List, Shifts, TrainingRank};

pub(super) fn check(codes: &Codes, report: &mut Report) {
    for list in codes.lists.all().chain([&codes.training.fields]) {
        check_parents(list, report);
    }
    check_occupations(codes, report);
    check_skills(codes, report);
    check_legacy(codes, report);
    check_set(&codes.lists.contracts, Contracts::CODES, report);
    check_set(&codes.lists.shifts, Shifts::CODES, report);
    check_set(&codes.lists.benefits, Benefits::CODES, report);
    check_levels(codes, report);
    check_wages(codes, report);
}

fn check_parents(list: &List, report: &mut Report) {
    for entry in list.entries() {
        if let Some(parent) = &entry.parent
            && list.get(parent).is_none()
        {
            let what = format!("its group {parent} is missing");
            report.add(list.file(), &entry.code, what);
        }
        if let Some(way) = way_round(list, entry) {
            let what = format!("it stands in itself: {way}");
            report.add(list.file(), &entry.code, what);
        }
    }
}

/// The way from group to group that leads back to this entry: `0 < 01 < 0`.
fn way_round(list: &List, entry: &Entry) -> Option<String> {
    let mut way = entry.code.clone();
    let mut at = entry;
    // Whoever only stands below a circle does not come back: no way is longer than the list.
    for _ in list.entries() {
        at = list.get(at.parent.as_deref()?)?;
        way = format!("{way} < {}", at.code);
        if at.code == entry.code {
            return Some(way);
        }
    }
    None
}

fn check_occupations(codes: &Codes, report: &mut Report) {
    let occupations = &codes.occupations;
    let known = |code| occupations.vietnamese(code).is_some();
    let reported = occupations.vsco_codes().next().is_some();
    for code in occupations.codes() {
        if let Some(parent) = code.parent().filter(|&parent| !known(parent)) {
            let what = format!("its group {parent} is missing");
            report.add("isco08.csv", &code.to_string(), what);
        }
        let named = occupations.named_parent(code);
        let said = code.parent().map(|parent| parent.to_string());
        if !named.is_empty() && said.as_deref() != Some(named) {
            let what = match said {
                Some(parent) => format!("it names {named} as its group, its digits say {parent}"),
                None => format!("it names {named} as its group, and is a major group itself"),
            };
            report.add("isco08.csv", &code.to_string(), what);
        }
        if reported && code.digits() == 4 && occupations.vsco2(code).is_none() {
            let what = "no group of VSCO";
            report.add("isco_to_vsco2.csv", &code.to_string(), what);
        }
    }
    for (unit, vsco) in occupations.vsco_codes() {
        if !known(unit) || codes.lists.vsco.get(&vsco.to_string()).is_none() {
            let what = format!("{unit} or {vsco} is not known");
            report.add("isco_to_vsco2.csv", &unit.to_string(), what);
        }
    }
    for (phrase, code) in occupations.words() {
        if !known(*code) {
            let what = format!("{code} is not in isco08.csv");
            report.add("occupation_words.csv", phrase, what);
        }
    }
}

fn check_skills(codes: &Codes, report: &mut Report) {
    let groups = &codes.lists.skill_groups;
    for (_, skill) in codes.skills.all() {
        if !groups.entries().is_empty() && groups.get(&skill.parent).is_none() {
            let what = format!("its group {:?} is missing", skill.parent);
            report.add("skills.csv", &skill.code, what);
        }
        for &isco in &skill.isco {
            if codes.occupations.vietnamese(isco).is_none() {
                let what = format!("{isco} is not in isco08.csv");
                report.add("skills.csv", &skill.code, what);
            }
        }
    }
}

fn check_legacy(codes: &Codes, report: &mut Report) {
    let units = &codes.units;
    let districts: std::collections::HashSet<&str> = units
        .legacy_districts()
        .iter()
        .map(|district| district.code.as_str())
        .collect();
    for commune in units.legacy_communes() {
        if !districts.contains(commune.district.as_str()) {
            let what = format!("its district {:?} is missing", commune.district);
            report.add("legacy_communes.csv", &commune.code, what);
        }
    }
    for commune in units.communes() {
        let old = units.legacy_province(commune.legacy_province);
        if old.is_none_or(|old| old.province != commune.province) {
            let what = "its old province belongs to another province today";
            report.add("communes.csv", &commune.code, what);
        }
    }
}

/// The program keeps these sets as bits: it and the list must have the same codes.
fn check_set(list: &List, codes: &[&str], report: &mut Report) {
    if list.entries().is_empty() {
        return;
    }
    for entry in list.entries() {
        if !codes.contains(&entry.code.as_str()) {
            report.add(
                list.file(),
                &entry.code,
                "the program does not know this code",
            );
        }
    }
    for code in codes {
        if list.get(code).is_none() {
            report.add(
                list.file(),
                code,
                "the program has this code, the list does not",
            );
        }
    }
}

fn check_levels(codes: &Codes, report: &mut Report) {
    let levels = codes.training.levels();
    for rank in (0..).map_while(TrainingRank::new) {
        if !levels.is_empty() && !levels.iter().any(|level| level.rank == rank) {
            let what = format!("no level has the rank {rank}");
            report.add("training_levels.csv", "", what);
        }
    }
}

fn check_wages(codes: &Codes, report: &mut Report) {
    let wages = codes.wages.wages();
    for (at, wage) in wages.iter().enumerate() {
        let earlier = wages.iter().take(at);
        let mut same = earlier.filter(|other| other.region == wage.region);
        if same.any(|other| other.dated.overlaps(wage.dated)) {
            let what = "two minimum wages on the same day";
            report.add("minimum_wage.csv", &wage.region, what);
        }
        if !wage.dated.is_in_order() {
            let what = "valid_to lies before valid_from";
            report.add("minimum_wage.csv", &wage.region, what);
        }
    }
    for (commune, spans) in codes.units.communes().iter().zip(codes.wages.spans()) {
        if !wages.is_empty() && spans.is_empty() {
            report.add("minimum_wage_region.csv", &commune.code, "no region");
        }
        if overlap(&spans) {
            let what = "two regions on the same day";
            report.add("minimum_wage_region.csv", &commune.code, what);
        }
    }
}

fn overlap(spans: &[Dated]) -> bool {
    let pairs = |at: usize| spans.iter().skip(at.saturating_add(1));
    spans
        .iter()
        .enumerate()
        .any(|(at, span)| pairs(at).any(|other| other.overlaps(*span)))
}
