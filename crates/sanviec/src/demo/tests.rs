use std::collections::HashSet;
use std::sync::OnceLock;

use domain::text::fold;
use domain::vacancy::{Asked, Workplace};

use super::*;

pub(crate) fn codes() -> &'static Codes {
    static CODES: OnceLock<Codes> = OnceLock::new();
    CODES.get_or_init(|| crate::embedded::codes(None).unwrap())
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 25).unwrap()
}

fn the_province() -> &'static Province {
    static PROVINCE: OnceLock<Province> = OnceLock::new();
    PROVINCE.get_or_init(|| province(codes(), 1, today()).unwrap())
}

fn share<T>(all: &[T], counts: impl Fn(&T) -> bool) -> f64 {
    let some = all.iter().filter(|one| counts(one)).count();
    f64::from(u32::try_from(some).unwrap()) / f64::from(u32::try_from(all.len()).unwrap())
}

#[test]
fn the_same_seed_and_day_give_the_same_province_and_others_another() {
    let again = province(codes(), 1, today()).unwrap();
    let known = the_province();
    assert_eq!(known.employers, again.employers);
    assert!(known.vacancies == again.vacancies && known.seekers == again.seekers);
    let other = province(codes(), 2, today()).unwrap();
    assert!(known.seekers != other.seekers && known.vacancies != other.vacancies);
}

#[test]
fn it_has_its_size_and_every_id_once() {
    let known = the_province();
    assert_eq!(known.employers.len(), EMPLOYERS);
    assert_eq!(known.vacancies.len(), VACANCIES);
    assert_eq!(known.seekers.len(), SEEKERS);
    let names: HashSet<_> = known
        .employers
        .iter()
        .map(|employer| &employer.name)
        .collect();
    assert_eq!(names.len(), EMPLOYERS);
    let ids: HashSet<u128> = known
        .employers
        .iter()
        .map(|employer| employer.id.as_u128())
        .chain(
            known
                .vacancies
                .iter()
                .map(|vacancy| vacancy.offer.id.as_u128()),
        )
        .chain(known.seekers.iter().map(|seeker| seeker.id.as_u128()))
        .collect();
    assert_eq!(ids.len(), EMPLOYERS + VACANCIES + SEEKERS);
}

#[test]
fn vacancies_are_whole_and_believable() {
    let known = the_province();
    let employers: HashSet<_> = known.employers.iter().map(|employer| employer.id).collect();
    for vacancy in &known.vacancies {
        let offer = &vacancy.offer;
        assert!(employers.contains(&offer.employer));
        for text in [&vacancy.title, &vacancy.description, &vacancy.place_text] {
            assert!(!text.contains(['{', '}']) && !text.is_empty(), "{text}");
        }
        assert!((1..=50).contains(&offer.positions));
        assert!(!offer.workplaces.is_empty() && !vacancy.place_text.is_empty());
        // The minimum wage of region III, where most of the province lies, in 2026.
        assert!(
            offer.wage.is_none_or(|wage| wage >= 4_140_000),
            "{:?}",
            vacancy.wage
        );
        assert_eq!(
            offer.lodging,
            vacancy.description.contains("chỗ ở") || vacancy.description.contains("nhà ở")
        );
        let part_time = offer.contracts.codes().any(|code| code == "part_time");
        let office_hours = offer.shifts.codes().any(|code| code == "day");
        assert!(!(part_time && office_hours), "{}", vacancy.title);
        let mut skills: Vec<_> = offer
            .skills
            .required()
            .into_iter()
            .flatten()
            .map(|asked| asked.skill)
            .collect();
        let all = skills.len();
        skills.dedup();
        assert_eq!(skills.len(), all);
    }
    assert!(share(&known.vacancies, |vacancy| vacancy.offer.is_open(today())) > 0.9);
    assert!(share(&known.vacancies, |vacancy| vacancy.offer.wage.is_some()) > 0.75);
    assert!(
        share(&known.vacancies, |vacancy| vacancy.offer.skills
            == Asked::NotSaid)
            < 0.08
    );
    let titles: HashSet<_> = known
        .vacancies
        .iter()
        .map(|vacancy| fold(&vacancy.title))
        .collect();
    assert!(titles.len() > 500, "{}", titles.len());
}

#[test]
fn people_are_as_the_table_says() {
    let seekers = &the_province().seekers;
    let told = |test: fn(&Seeker) -> bool| share(seekers, test);
    let none = told(|seeker| {
        seeker.wished_provinces.is_empty() && seeker.wished_communes.is_empty() && !seeker.anywhere
    });
    assert!((0.53..0.57).contains(&none), "{none}");
    let anywhere = told(|seeker| seeker.anywhere);
    assert!((0.015..0.025).contains(&anywhere), "{anywhere}");
    let homeless = told(|seeker| seeker.residence.is_none());
    assert!((0.01..0.03).contains(&homeless), "{homeless}");
    for seeker in seekers {
        assert!(seeker.turns_15 <= today());
        assert!(seeker.skills.is_empty() || (3..=12).contains(&seeker.skills.len()));
        assert!(seeker.skills.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(seeker.occupations.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(seeker.work_told || seeker.worked.is_empty());
        assert!(seeker.registered_at.date_naive() <= today());
    }
}

#[test]
fn every_commune_is_there_and_the_old_kon_tum_weighs() {
    let known = the_province();
    let homes: HashSet<_> = known
        .seekers
        .iter()
        .filter_map(|seeker| seeker.residence)
        .collect();
    assert_eq!(homes.len(), 96);
    let kon_tum = codes().units.legacy_province_by_code("62").unwrap();
    let old = share(&known.seekers, |seeker| {
        let unit = seeker.residence.and_then(|at| codes().units.commune(at));
        unit.is_some_and(|unit| unit.legacy_province == kon_tum)
    });
    assert!((0.4..0.7).contains(&old), "{old}");
    let work: HashSet<_> = known
        .vacancies
        .iter()
        .flat_map(|vacancy| &vacancy.offer.workplaces)
        .filter(|place| matches!(place, Workplace::Commune(_)))
        .collect();
    assert!(work.len() > 80, "{}", work.len());
}
