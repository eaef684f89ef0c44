//! The lists that ship, read as they are:
//! 1. They are whole, and nothing is found in them.
//! 2. Old units resolve to those of today.
//! 3. Relatives are what the definition of fit says.
//! 4. Reports count each occupation in one group of VSCO.
//! 5. A wrong line is named and the rest is still looked at.
//! 6. A list that is not right is found out.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::*;

static CODES: LazyLock<Codes> =
    LazyLock::new(|| Codes::from_texts(&real).unwrap_or_else(|errors| panic!("{errors:?}")));

fn real(name: &str) -> Option<Cow<'static, str>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    std::fs::read_to_string(format!("{folder}{name}"))
        .ok()
        .map(Cow::Owned)
}

/// The lists that ship, one of them with a line changed.
fn with(file: &str, from: &str, to: &str) -> Result<Codes, Vec<CodeError>> {
    let text = real(file).unwrap();
    assert!(text.contains(from), "{file}: {from}");
    Codes::from_texts(&|name| match name == file {
        true => Some(Cow::Owned(text.replacen(from, to, 1))),
        false => real(name),
    })
}

fn found(file: &str, from: &str, to: &str) -> Vec<String> {
    let codes = with(file, from, to).unwrap_or_else(|errors| panic!("{errors:?}"));
    check(&codes)
        .into_iter()
        .map(|finding| format!("{} {}: {}", finding.file, finding.code, finding.what))
        .collect()
}

fn isco(text: &str) -> IscoCode {
    text.parse().unwrap()
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_lists_that_ship_are_whole() {
    assert_eq!(check(&CODES), []);
    let units = &CODES.units;
    assert_eq!(units.provinces().len(), 34);
    assert_eq!(units.communes().len(), 3_321);
    assert_eq!(units.legacy_provinces().len(), 63);
    assert_eq!(units.legacy_districts().len(), 696);
    assert_eq!(units.legacy_communes().len(), 10_035);
    assert_eq!(CODES.occupations.codes().count(), 619);
    assert_eq!(CODES.occupations.major_groups().count(), 10);
    assert_eq!(CODES.lists.vsic_2025.entries().len(), 22 + 87 + 259);
    assert_eq!(CODES.training.fields.entries().len(), 11 + 29 + 80);
    let esco = |skill: &Skill| skill.esco.is_some() || skill.code.len() == 36;
    assert_eq!(
        CODES.skills.all().filter(|(_, skill)| esco(skill)).count(),
        13_931
    );
}

#[test]
fn old_units_resolve_to_those_of_today() {
    let units = &CODES.units;
    let kon_tum = units.legacy_province_by_code("62").unwrap();
    let today = units.legacy_province(kon_tum).unwrap().province;
    assert_eq!(units.province(today).unwrap().short, "Quảng Ngãi");
    let communes = units.communes_of_legacy(kon_tum);
    assert!(communes.len() > 30);
    assert!(
        communes
            .iter()
            .all(|at| units.communes_of(today).contains(at))
    );
    let both = units.communes_of(today).len();
    let old = units.legacy_province_by_code("51").unwrap();
    assert_eq!(communes.len() + units.communes_of_legacy(old).len(), both);
    // Islands without a predecessor in the map.
    for (code, legacy) in [
        ("11948", "Hải Phòng"),
        ("19742", "Quảng Trị"),
        ("20333", "Đà Nẵng"),
        ("21548", "Quảng Ngãi"),
        ("26732", "Bà Rịa - Vũng Tàu"),
    ] {
        let commune = units.commune(units.commune_by_code(code).unwrap()).unwrap();
        assert_eq!(commune.kind, "Đặc khu");
        let old = units.legacy_province(commune.legacy_province).unwrap();
        assert_eq!(old.short, legacy);
    }
}

/// The definition again, in the plainest way: every pair is looked at.
fn are_relatives(wanted: &Skill, has: &Skill) -> bool {
    wanted.code != has.code
        && wanted.parent == has.parent
        && wanted.isco.iter().any(|isco| {
            let family = CODES
                .skills
                .all()
                .filter(|(_, other)| other.parent == wanted.parent && other.isco.contains(isco));
            has.isco.contains(isco) && (2..=12).contains(&family.count())
        })
}

#[test]
fn relatives_are_families_of_2_to_12_and_pairs_in_one_direction() {
    let skills = &CODES.skills;
    let at = |code: &str| skills.by_code(code).unwrap();
    for code in [
        "mech.02",
        "food.02",
        "soft.02",
        "9bc3b9ae-50d8-4a32-857e-8cf8d9b4ba8e",
    ] {
        let wanted = skills.get(at(code)).unwrap();
        let expected: Vec<SkillIx> = skills
            .all()
            .filter(|(_, has)| are_relatives(wanted, has))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(skills.relatives(at(code)), expected, "{code}");
    }
    assert!(skills.relatives(at("mech.03")).contains(&at("mech.02")));
    // Who may drive class C may drive class B, not the other way round.
    assert!(skills.relatives(at("drive.01")).contains(&at("drive.02")));
    assert!(!skills.relatives(at("drive.02")).contains(&at("drive.01")));
    let mut some = 0;
    for (at, _) in skills.all() {
        let relatives = skills.relatives(at);
        assert!(relatives.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(!relatives.contains(&at));
        some += usize::from(!relatives.is_empty());
    }
    assert!(some > 1_000, "{some}");
}

#[test]
fn a_skill_is_found_by_the_code_of_esco_too() {
    let skills = &CODES.skills;
    let english = skills.by_code("lang.01").unwrap();
    let esco = skills.get(english).unwrap().esco.clone().unwrap();
    assert_eq!(skills.by_code(&esco), Some(english));
    assert_eq!(skills.label(english, Lang::Vi), "Tiếng Anh");
    assert_eq!(skills.label(english, Lang::En), "English");
    let welding = skills.of_occupation(isco("7212"));
    assert!((5..=25).contains(&welding.len()));
    let linked = |&at: &SkillIx| skills.get(at).unwrap().isco.contains(&isco("7212"));
    assert!(welding.iter().all(linked));
}

#[test]
fn reports_count_each_occupation_once() {
    let occupations = &CODES.occupations;
    let vsco = |text: &str| occupations.vsco2(isco(text)).map(|code| code.to_string());
    for (code, group) in [
        ("7212", Some("72")),
        ("72", Some("72")),
        ("7", None),
        ("0310", Some("01")),
        ("1111", Some("11")),
        ("1412", Some("17")),
        ("2330", Some("23")),
        ("2342", Some("36")),
        ("23", None),
    ] {
        assert_eq!(vsco(code).as_deref(), group, "{code}");
    }
    let used: HashSet<VscoCode> = occupations
        .codes()
        .filter_map(|code| occupations.vsco2(code))
        .collect();
    assert!(used.len() > 38);
    let welders: Vec<_> = occupations.children(isco("721")).collect();
    assert_eq!(welders.first(), Some(&isco("7211")));
    assert_eq!(welders.len(), 5);
    assert_eq!(
        occupations.name(isco("7212"), Lang::En),
        Some("Welders and flamecutters")
    );
}

#[test]
fn levels_and_fields_have_names() {
    let training = &CODES.training;
    let rank = TrainingRank::new(4).unwrap();
    assert_eq!(training.rank_name(rank, Lang::Vi), Some("Trung cấp"));
    let vocational = training.level("vocational_upper_secondary").unwrap();
    assert_eq!(vocational.rank, rank);
    assert!(!vocational.dated.valid_on(day("2025-12-31")));
    let metal = "0715".parse().unwrap();
    assert_eq!(
        training.field_name(metal, Lang::Vi),
        Some("Cơ khí và gia công kim loại")
    );
}

#[test]
fn the_minimum_wage_is_that_of_the_day_and_the_commune() {
    let commune = CODES.units.commune_by_code("00004").unwrap();
    let wage = CODES.wages.at(commune, day("2026-11-25")).unwrap();
    assert_eq!(
        (wage.region.as_str(), wage.month, wage.hour),
        ("I", 5_310_000, 25_500)
    );
    // Before 2026 regions followed districts, which are gone.
    assert!(CODES.wages.at(commune, day("2025-12-31")).is_none());
}

#[test]
fn a_list_says_what_may_be_chosen_on_a_day() {
    let lists = &CODES.lists;
    assert_eq!(lists.contracts.valid_on(day("2020-12-31")).count(), 3);
    assert_eq!(lists.contracts.valid_on(day("2026-11-25")).count(), 6);
    let hands = lists.working_conditions.children(Some("hand")).count();
    assert_eq!(hands, 3);
    assert_eq!(lists.vsic_2025.children(None).count(), 22);
    assert_eq!(lists.benefits.name("meals", Lang::Vi), Some("Hỗ trợ ăn"));
    assert_eq!(lists.benefits.name("yacht", Lang::Vi), None);
}

#[test]
fn a_wrong_line_is_named_and_the_rest_is_still_looked_at() {
    let communes = "code,vi,short,province,legacy_province,lat,lon\n1,A,A,99,62,14,108\n2,B,B,51,62,north,108\n3,C,C,51,62,14\n,D,D,51,62,14,108\n5,E,E,51,62,NaN,108\n";
    let broken = |name: &str| match name {
        "communes.csv" => Some(Cow::Borrowed(communes)),
        _ => real(name),
    };
    let errors = Codes::from_texts(&broken).err().unwrap();
    let named: Vec<_> = errors
        .iter()
        .filter(|error| error.file == "communes.csv")
        .map(|error| (error.line, error.column.as_str(), error.value.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            (2, "province", "99"),
            (3, "lat", "north"),
            (4, "row", "6 cells"),
            (5, "code", ""),
            (6, "lat", "NaN"),
        ]
    );
    let missing = Codes::from_texts(&|_| None).err().unwrap();
    let files: Vec<_> = missing.iter().map(|error| error.file.as_str()).collect();
    for file in FILES {
        assert!(files.contains(&file), "{file}");
    }
}

#[test]
fn the_mark_of_a_spreadsheet_is_no_part_of_a_heading() {
    let codes = with("shifts.csv", "code,", "\u{feff}code,").unwrap();
    assert_eq!(codes.lists.shifts.entries().len(), 5);
}

#[test]
fn what_is_not_right_in_a_list_is_found() {
    for (file, from, to, finding) in [
        (
            "shifts.csv",
            "night,Ca đêm",
            "night,",
            "shifts.csv night: no name",
        ),
        (
            "shifts.csv",
            "Ca đêm",
            "Ca đe\u{302}m",
            "shifts.csv night: not in Unicode NFC",
        ),
        (
            "shifts.csv",
            "Ca đêm",
            "Gio hanh chinh",
            "shifts.csv night: has the name of day",
        ),
        (
            "shifts.csv",
            "night,",
            "dawn,",
            "shifts.csv dawn: the program does not know this code",
        ),
        (
            "provinces.csv",
            "04,Tỉnh Cao Bằng",
            "04,Tỉnh Cao Bằng ",
            "provinces.csv 04: white space at the ends",
        ),
        (
            "legacy_districts.csv",
            "002,Quận Hoàn Kiếm",
            "001,Quận Hoàn Kiếm",
            "legacy_districts.csv 001: the code stands there twice",
        ),
        (
            "communes.csv",
            "00008,Phường Ngọc Hà",
            "00008,Phường Ba Đình",
            "communes.csv 00008: \"Phường Ba Đình\" stands for 00004 as well",
        ),
        (
            "skills.csv",
            ",mech.weld,",
            ",mach.weld,",
            "skills.csv mech.01: its group \"mach.weld\" is missing",
        ),
        (
            "vsic_2025.csv",
            "2025-11-15,",
            "2025-11-15,2025-11-14",
            "vsic_2025.csv A: valid_to lies before valid_from",
        ),
        (
            "minimum_wage.csv",
            "2025-12-31",
            "2026-01-01",
            "minimum_wage.csv I: two minimum wages on the same day",
        ),
        (
            "isco08.csv",
            "Armed forces occupations,,",
            "Armed forces occupations,01,",
            "isco08.csv 0: it names 01 as its group, and is a major group itself",
        ),
        (
            "isco08.csv",
            "011,Sĩ quan quân đội,Commissioned armed forces officers,01,",
            "011,Sĩ quan quân đội,Commissioned armed forces officers,02,",
            "isco08.csv 011: it names 02 as its group, its digits say 01",
        ),
        (
            "skill_groups.csv",
            "Wood and handicraft,,",
            "Wood and handicraft,wood,",
            "skill_groups.csv wood: it stands in itself: wood < wood",
        ),
        (
            "vsic_2025.csv",
            "forestry and fishing\",,",
            "forestry and fishing\",01,",
            "vsic_2025.csv 01: it stands in itself: 01 < A < 01",
        ),
    ] {
        let findings = found(file, from, to);
        assert!(
            findings.iter().any(|found| found == finding),
            "{finding}: {findings:?}"
        );
    }
}

#[test]
fn a_list_that_is_missing_is_found() {
    let without = |name: &str| real(name).filter(|_| name != "working_conditions.csv");
    let codes = Codes::from_texts(&without).unwrap_or_else(|errors| panic!("{errors:?}"));
    let findings: Vec<_> = check(&codes)
        .into_iter()
        .map(|finding| (finding.file, finding.what))
        .collect();
    let expected = ("working_conditions.csv", "the file is missing".to_owned());
    assert_eq!(findings, [expected]);
}
