//! Three pairs, reckoned on paper.
//!
//! The communes of the test world lie on one meridian, .135 degrees apart: neighbours are
//! 6371.0088 km × .135 π/180 = 15.0 km apart, the next ones 30.0 km. Nobody is in the statistics, so
//! every idf is ln(1 + 1/1) = ln 2.

use domain::code::{CommuneIx, Contracts, LegacyProvinceIx, Shifts, SkillIx, TrainingRank};
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::skill_stats::SkillStats;
use domain::vacancy::{self, Asked, AskedSkill, Confidence, Offer, Workplace};
use matching::definition::{Fit, score};
use matching::settings::Part;

use crate::world::{day, rules};

fn title_only() -> Offer {
    Offer {
        id: VacancyId::from_u128(1),
        employer: EmployerId::from_u128(1),
        status: vacancy::Status::Published,
        positions: 1,
        filled: 0,
        closes: None,
        skills: Asked::NotSaid,
        occupations: Vec::new(),
        level: Asked::NotSaid,
        field: None,
        workplaces: Vec::new(),
        remote: false,
        lodging: false,
        shuttle: false,
        abroad: false,
        months: Asked::NotSaid,
        wage: None,
        contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        suits_minors: false,
    }
}

fn silent() -> Seeker {
    Seeker {
        id: SeekerId::from_u128(1),
        status: seeker::Status::Looking,
        registered_at: chrono::DateTime::UNIX_EPOCH,
        turns_15: day(),
        turns_18: day(),
        skills: Vec::new(),
        occupations: Vec::new(),
        trainings: Vec::new(),
        worked: Vec::new(),
        work_told: false,
        residence: None,
        wished_communes: Vec::new(),
        wished_provinces: Vec::new(),
        anywhere: false,
        abroad: false,
        wished_wage: None,
        contracts: Contracts::EMPTY,
        excluded_contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        blocked: Vec::new(),
    }
}

fn parts(fit: &Fit) -> [u64; 6] {
    Part::ALL.map(|part| fit.part(part).f)
}

fn fit(offer: &Offer, seeker: &Seeker) -> Fit {
    score(&rules(SkillStats::default()), offer, seeker)
}

/// A title read with confidence .5 gives a code and nothing else; "Kon Tum" is the old province,
/// here a1 with three communes, and the person lives in the middle one.
#[test]
fn a_title_only_vacancy_in_an_old_province() {
    let offer = Offer {
        occupations: vec!["7212".parse().unwrap()],
        workplaces: vec![Workplace::LegacyProvince(LegacyProvinceIx(0))],
        ..title_only()
    };
    let seeker = Seeker {
        occupations: vec!["7212".parse().unwrap()],
        residence: Some(CommuneIx(1)),
        ..silent()
    };
    let fit = fit(&offer, &seeker);
    // exp(-(15 - 5) / 25) = .670320046; (1 + 2 × .670320046) / 3 = .780213364
    let half = 500_000_000;
    assert_eq!(
        parts(&fit),
        [half, 1_000_000_000, half, 780_213_364, half, half]
    );
    // 400/2 + 150 + 150/2 + 200 × .780213364 + 50/2 + 50/2 = 631.04
    assert_eq!((fit.thousandths(), fit.percent()), (631, 63));
    // Occupation and location were known: 150 + 200.
    assert_eq!(fit.known_thousandths(), 350);
}

#[test]
fn a_cook_fifteen_kilometres_away_where_lodging_is_offered() {
    let offer = Offer {
        skills: Asked::Required(vec![sure(4, true)]),
        occupations: vec!["5120".parse().unwrap()],
        level: Asked::Required(TrainingRank::new(3).unwrap()),
        field: domain::code::TrainingField::new(1013),
        workplaces: vec![Workplace::Commune(CommuneIx(1))],
        lodging: true,
        months: Asked::Required(24),
        wage: Some(9_000_000),
        shifts: Shifts::EMPTY.with("day").unwrap(),
        ..title_only()
    };
    let worked = |group: &str, months| Worked {
        group: group.parse().unwrap(),
        months,
    };
    let seeker = Seeker {
        skills: vec![SkillIx(4)],
        occupations: vec!["5120".parse().unwrap(), "9412".parse().unwrap()],
        trainings: vec![Training {
            level: TrainingRank::new(4),
            field: None,
        }],
        worked: vec![worked("51", 18), worked("94", 10)],
        work_told: true,
        residence: Some(CommuneIx(0)),
        wished_wage: Some(10_000_000),
        shifts: Shifts::EMPTY.with("day").unwrap(),
        ..silent()
    };
    let fit = fit(&offer, &seeker);
    assert_eq!(
        parts(&fit),
        [
            1_000_000_000,
            1_000_000_000,
            855_000_000, // one rank above .95, no field .9
            846_481_725, // exp(-(15 - 5) / 60)
            750_000_000, // 18 of 24 months
            800_000_000, // (.9 + .5 + 1) / 3
        ]
    );
    // 400 + 150 + 128.25 + 169.296345 + 37.5 + 40 = 925.046345
    assert_eq!(fit.thousandths(), 925);
}

/// s0 to s3 are one family, such as MIG, TIG and SMAW.
#[test]
fn one_welding_skill_stands_for_its_relatives_in_part() {
    let offer = Offer {
        skills: Asked::Required(vec![sure(0, true), sure(1, true), sure(2, false)]),
        ..title_only()
    };
    let seeker = Seeker {
        skills: vec![SkillIx(0)],
        ..silent()
    };
    let fit = fit(&offer, &seeker);
    // v = 693,147,181 twice and 346,573,590; shares 400,000,000 (and what is left over), ...
    assert_eq!(fit.part(Part::Skill).f, 760_000_000);
    assert_eq!(fit.thousandths(), 604);
}

fn sure(skill: u32, essential: bool) -> AskedSkill {
    AskedSkill {
        skill: SkillIx(skill),
        essential,
        confidence: Confidence::SURE,
    }
}
