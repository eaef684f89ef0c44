//! What a code list should not have, though it can be read.

use std::collections::HashMap;

use unicode_normalization::is_nfc;

use super::Codes;

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub file: &'static str,
    /// The code.
    pub code: String,
    /// What is wrong.
    pub what: String,
}

/// Looks all lists through.
pub fn check(codes: &Codes) -> Vec<Finding> {
    let units = &codes.units;
    let mut findings = Vec::new();
    let lists: [(&'static str, Vec<(&str, &str)>); 3] = [
        (
            "provinces.csv",
            units
                .provinces()
                .iter()
                .map(|unit| (&*unit.code, &*unit.name))
                .collect(),
        ),
        (
            "communes.csv",
            units
                .communes()
                .iter()
                .map(|unit| (&*unit.code, &*unit.name))
                .collect(),
        ),
        (
            "skills.csv",
            codes
                .skills
                .all()
                .map(|(_, skill)| (&*skill.code, &*skill.en))
                .collect(),
        ),
    ];
    for (file, entries) in &lists {
        findings.extend(check_list(file, entries));
    }
    for occupation in codes.occupations.codes() {
        if let Some(parent) = occupation.prefix(occupation.digits() - 1)
            && codes.occupations.name(parent, super::Lang::En).is_none()
        {
            findings.push(Finding {
                file: "isco08.csv",
                code: occupation.to_string(),
                what: format!("its group {parent} is missing"),
            });
        }
        if codes
            .occupations
            .name(occupation, super::Lang::Vi)
            .is_none_or(str::is_empty)
        {
            findings.push(Finding {
                file: "isco08.csv",
                code: occupation.to_string(),
                what: "no Vietnamese name".to_owned(),
            });
        }
    }
    findings.sort();
    findings
}

fn check_list(file: &'static str, entries: &[(&str, &str)]) -> Vec<Finding> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut findings = Vec::new();
    for &(code, name) in entries {
        let times = seen.entry(code).or_default();
        *times += 1;
        let what = if *times == 2 {
            "the code stands there twice"
        } else if name.is_empty() {
            "no name"
        } else if !is_nfc(name) {
            "the name is not in Unicode NFC"
        } else {
            continue;
        };
        findings.push(Finding {
            file,
            code: code.to_owned(),
            what: what.to_owned(),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn real(name: &str) -> Option<Cow<'static, str>> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    }

    fn codes() -> Codes {
        Codes::from_texts(&real).unwrap_or_else(|errors| panic!("{errors:?}"))
    }

    #[test]
    fn the_lists_that_ship_are_whole() {
        let codes = codes();
        assert_eq!(check(&codes), []);
        assert_eq!(codes.units.provinces().len(), 34);
        assert_eq!(codes.units.communes().len(), 3_321);
        assert_eq!(codes.units.legacy_provinces().len(), 63);
        assert_eq!(codes.occupations.codes().count(), 619);
        let kon_tum = codes.units.legacy_province_by_code("62").unwrap();
        assert_eq!(
            codes
                .units
                .province(codes.units.legacy_province(kon_tum).unwrap().province)
                .unwrap()
                .short,
            "Quảng Ngãi"
        );
    }

    #[test]
    fn every_word_of_titles_leads_to_a_known_occupation() {
        let codes = codes();
        for (phrase, code) in codes.occupations.words() {
            assert!(
                codes
                    .occupations
                    .name(*code, crate::code::Lang::Vi)
                    .is_some(),
                "{phrase} {code}"
            );
        }
    }

    #[test]
    fn relatives_are_never_the_skill_itself_and_stand_sorted() {
        let codes = codes();
        let mut some = 0;
        for (at, _) in codes.skills.all() {
            let relatives = codes.skills.relatives(at);
            assert!(relatives.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(!relatives.contains(&at));
            some += usize::from(!relatives.is_empty());
        }
        assert!(some > 1_000, "{some}");
    }

    #[test]
    fn a_wrong_line_is_named_and_the_rest_is_still_looked_at() {
        let broken = |name: &str| match name {
            "communes.csv" => Some(Cow::Borrowed(
                "code,vi,short,province,legacy_province,lat,lon\n1,A,A,99,62,14,108\n2,B,B,51,62,north,108\n",
            )),
            _ => real(name),
        };
        let errors = Codes::from_texts(&broken).err().unwrap();
        assert_eq!((errors[0].line, errors[0].column.as_str()), (2, "province"));
        assert_eq!((errors[1].line, errors[1].column.as_str()), (3, "lat"));
        assert!(Codes::from_texts(&|_| None).err().unwrap().len() >= 8);
    }
}
