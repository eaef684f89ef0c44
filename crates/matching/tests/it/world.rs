//! Small and nasty worlds: few codes, so that ties, empty lists and relatives are common.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use domain::code::{
    Codes, CommuneIx, Contracts, IscoCode, LegacyProvinceIx, ProvinceIx, Shifts, SkillIx,
    TrainingField, TrainingRank,
};
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::skill_stats::SkillStats;
use domain::vacancy::{self, Asked, AskedSkill, Confidence, Offer, Workplace};
use matching::definition::Rules;
use matching::settings::Settings;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub(crate) const SKILLS: u32 = 12;
pub(crate) const COMMUNES: u16 = 8;
const CODES: [&str; 12] = [
    "5120", "5131", "51", "5", "7212", "7213", "721", "7", "9412", "1120", "1", "112",
];

pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

/// Provinces A (of old A1 and A2) and B; skills 0-3 and 4-6 are families.
pub(crate) fn codes() -> Codes {
    codes_with_step(0.135)
}

/// The same, with so many degrees from each commune to the next.
pub(crate) fn codes_with_step(step: f64) -> Codes {
    let text = |name: &str| -> Option<Cow<'static, str>> {
        Some(Cow::Owned(match name {
            "provinces.csv" => "code,vi,short\nA,A,A\nB,B,B\n".to_owned(),
            "legacy_provinces.csv" => {
                "code,vi,short,province,alt\na1,a1,a1,A,\na2,a2,a2,A,\nb,b,b,B,\n".to_owned()
            }
            "communes.csv" => {
                let mut text = "code,vi,short,province,legacy_province,lat,lon\n".to_owned();
                for at in 0..COMMUNES {
                    let (province, legacy) = match at {
                        0..3 => ("A", "a1"),
                        3..5 => ("A", "a2"),
                        _ => ("B", "b"),
                    };
                    let lat = 14.0 + f64::from(at) * step;
                    text += &format!("c{at},c{at},c{at},{province},{legacy},{lat},108.0\n");
                }
                text
            }
            "skills.csv" => {
                let mut text = "code,vi,en,parent,alt,isco\n".to_owned();
                for at in 0..SKILLS {
                    let (parent, isco) = match at {
                        0..4 => ("p", "7212"),
                        4..7 => ("p", "5120"),
                        _ => ("q", ""),
                    };
                    text += &format!("s{at},k{at},s{at},{parent},,{isco}\n");
                }
                text
            }
            "skill_relatives.csv" => "wanted,has\ns7,s8\n".to_owned(),
            "isco08.csv" => "code,vi,en\n7212,x,x\n".to_owned(),
            "occupation_words.csv" => "phrase,isco\nx,7212\n".to_owned(),
            "legacy_districts.csv" => "code,vi,short,legacy_province\n".to_owned(),
            "legacy_communes.csv" => "code,vi,short,district,commune\n".to_owned(),
            _ => return None,
        }))
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

pub(crate) fn rules(stats: SkillStats) -> Rules {
    let settings = Settings::parse(include_str!("../../../../config/matching.toml")).unwrap();
    Rules::new(settings, Arc::new(codes()), Arc::new(stats))
}

pub(crate) fn stats() -> impl Strategy<Value = SkillStats> {
    (vec(0_u32..40, SKILLS as usize), 40_u64..60).prop_map(|(people, looking)| SkillStats {
        version: 1,
        looking,
        people,
    })
}

pub(crate) fn code() -> impl Strategy<Value = IscoCode> {
    proptest::sample::select(&CODES[..]).prop_map(|text| text.parse().unwrap())
}

fn skill() -> impl Strategy<Value = SkillIx> {
    (0..SKILLS).prop_map(SkillIx)
}

fn commune() -> impl Strategy<Value = CommuneIx> {
    (0..COMMUNES).prop_map(CommuneIx)
}

fn rank() -> impl Strategy<Value = TrainingRank> {
    (0_u8..=8).prop_map(|rank| TrainingRank::new(rank).unwrap())
}

fn field() -> impl Strategy<Value = TrainingField> {
    proptest::sample::select(&[411_u16, 413, 715][..])
        .prop_map(|field| TrainingField::new(field).unwrap())
}

fn asked<T: std::fmt::Debug + Clone + 'static>(
    what: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Asked<T>> {
    prop_oneof![
        1 => Just(Asked::NotSaid),
        1 => Just(Asked::NotRequired),
        4 => what.prop_map(Asked::Required),
    ]
}

fn workplace() -> impl Strategy<Value = Workplace> {
    prop_oneof![
        4 => commune().prop_map(Workplace::Commune),
        1 => (0_u8..2).prop_map(|at| Workplace::Province(ProvinceIx(at))),
        1 => (0_u8..3).prop_map(|at| Workplace::LegacyProvince(LegacyProvinceIx(at))),
    ]
}

fn asked_skills() -> impl Strategy<Value = Vec<AskedSkill>> {
    vec((skill(), any::<bool>(), 1_u16..=1_000), 1..6).prop_map(|skills| {
        let mut asked: Vec<AskedSkill> = Vec::new();
        for (skill, essential, confidence) in skills {
            if asked.iter().all(|other| other.skill != skill) {
                asked.push(AskedSkill {
                    skill,
                    essential,
                    confidence: Confidence::thousandths(confidence).unwrap(),
                });
            }
        }
        asked
    })
}

pub(crate) fn offer() -> impl Strategy<Value = Offer> {
    let who = (any::<u16>(), 0_u128..4, 0_u32..3);
    let work = (
        asked(asked_skills()),
        vec(code(), 0..3),
        asked(rank()),
        option::of(field()),
    );
    let place = (
        vec(workplace(), 0..3),
        proptest::bool::weighted(0.1),
        any::<bool>(),
        any::<bool>(),
        proptest::bool::weighted(0.1),
    );
    let terms = (
        asked(1_u16..40),
        option::of(5_000_000_u64..20_000_000),
        0_u8..8,
        0_u8..8,
        any::<bool>(),
    );
    (who, work, place, terms).prop_map(
        |(
            (id, employer, filled),
            (skills, occupations, level, field),
            (workplaces, remote, lodging, shuttle, abroad),
            (months, wage, contracts, shifts, suits_minors),
        )| Offer {
            id: VacancyId::from_u128(u128::from(id)),
            employer: EmployerId::from_u128(employer),
            status: vacancy::Status::Published,
            positions: 3,
            filled,
            closes: None,
            skills,
            occupations,
            level,
            field,
            workplaces,
            remote,
            lodging,
            shuttle,
            abroad,
            months,
            wage,
            contracts: Contracts::from_bits(contracts),
            shifts: Shifts::from_bits(shifts),
            suits_minors,
        },
    )
}

pub(crate) fn person() -> impl Strategy<Value = Seeker> {
    let who = (
        0_u128..60,
        0_i64..3,
        0_usize..7,
        -800_i64..3_000,
        vec(0_u128..4, 0..2),
    );
    let can = (
        vec(skill(), 0..6),
        vec(code(), 0..7),
        vec((option::of(rank()), option::of(field())), 0..4),
        vec((0_u8..3, 0_u16..80), 0..5),
        any::<bool>(),
    );
    let wants = (
        option::of(commune()),
        vec(commune(), 0..4),
        vec((0_u8..2).prop_map(ProvinceIx), 0..2),
        proptest::bool::weighted(0.1),
        any::<bool>(),
    );
    let terms = (
        option::of(prop_oneof![Just(0_u64), 4_000_000_u64..20_000_000]),
        0_u8..8,
        0_u8..4,
        0_u8..8,
    );
    (who, can, wants, terms).prop_map(
        |(
            (id, registered, status, age, blocked),
            (mut skills, mut occupations, trainings, worked, work_told),
            (residence, wished_communes, mut wished_provinces, anywhere, abroad),
            (wished_wage, contracts, excluded, shifts),
        )| {
            skills.sort_unstable();
            skills.dedup();
            occupations.sort_unstable();
            occupations.dedup();
            wished_provinces.sort_unstable();
            wished_provinces.dedup();
            let groups = [51, 72, 94].map(|group| IscoCode::new(2, group).unwrap());
            Seeker {
                id: SeekerId::from_u128(id),
                status: *seeker::Status::ALL
                    .get(status)
                    .unwrap_or(&seeker::Status::Looking),
                registered_at: DateTime::from_timestamp(1_790_000_000 + registered, 0).unwrap(),
                turns_15: day() - chrono::Days::new(1_200) - chrono::TimeDelta::days(age),
                turns_18: day() - chrono::Days::new(104) - chrono::TimeDelta::days(age),
                skills,
                occupations,
                trainings: trainings
                    .into_iter()
                    .filter(|(level, field)| level.is_some() || field.is_some())
                    .map(|(level, field)| Training { level, field })
                    .collect(),
                worked: worked
                    .into_iter()
                    .map(|(group, months)| Worked {
                        group: groups[usize::from(group)],
                        months,
                    })
                    .collect(),
                work_told,
                residence,
                wished_communes,
                wished_provinces,
                anywhere,
                abroad,
                wished_wage,
                contracts: Contracts::from_bits(contracts),
                excluded_contracts: Contracts::from_bits(excluded),
                shifts: Shifts::from_bits(shifts),
                blocked: blocked
                    .into_iter()
                    .map(EmployerId::from_u128)
                    .take(1)
                    .collect(),
            }
        },
    )
}
