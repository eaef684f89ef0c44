use std::collections::HashSet;

use std::sync::OnceLock;

use domain::code::Codes;
use domain::vacancy::{Asked, Offer, Workplace};

use super::*;

fn lists() -> &'static Codes {
    static CODES: OnceLock<Codes> = OnceLock::new();
    CODES.get_or_init(|| codes().unwrap())
}

fn world() -> World<'static> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    World::new(lists(), 5, today)
}

fn percent<T>(all: &[T], counts: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| counts(one)).count() * 100 / all.len()
}

#[test]
fn people_are_as_the_world_says_and_a_smaller_world_is_its_beginning() {
    let world = world();
    let seekers: Vec<Seeker> = world.seekers(10_000).collect();
    assert_eq!(seekers.len(), 10_000);
    assert!(world.seekers(100).eq(seekers.iter().take(100).cloned()));
    assert!((53..=57).contains(&percent(&seekers, |seeker| {
        !seeker.anywhere && seeker.wished_provinces.is_empty()
    })));
    assert!((2..=4).contains(&percent(&seekers, |seeker| seeker.residence.is_none())));
    assert!(
        seekers
            .iter()
            .all(|seeker| (3..=12).contains(&seeker.skills.len()))
    );
    let occupations: usize = seekers.iter().map(|seeker| seeker.occupations.len()).sum();
    assert!((19_000..21_000).contains(&occupations), "{occupations}");
    let named: Vec<SkillIx> = seekers
        .iter()
        .flat_map(|seeker| seeker.skills.clone())
        .collect();
    let different: HashSet<SkillIx> = named.iter().copied().collect();
    assert!(
        (7_000..=8_000).contains(&different.len()),
        "{}",
        different.len()
    );
    let related = percent(&named, |&at| !world.codes.skills.relatives(at).is_empty());
    assert!((42..=52).contains(&related), "{related}");
}

#[test]
fn vacancies_are_as_the_world_says() {
    let world = world();
    let vacancies: Vec<Vacancy> = world.vacancies(5_000).collect();
    let employers: HashSet<_> = world.employers(5_000).map(|employer| employer.id).collect();
    assert_eq!((vacancies.len(), employers.len()), (5_000, 250));
    assert!(
        vacancies
            .iter()
            .all(|vacancy| employers.contains(&vacancy.offer.employer))
    );
    let offers: Vec<&Offer> = vacancies.iter().map(|vacancy| &vacancy.offer).collect();
    let places = |least, most| {
        percent(&offers, |offer| {
            (least..=most).contains(&offer.workplaces.len())
        })
    };
    assert!((4..=6).contains(&places(0, 0)) && (17..=21).contains(&places(2, 4)));
    let by_province = |place: &Workplace| matches!(place, Workplace::Province(_));
    assert!((28..=32).contains(&percent(&offers, |offer| {
        offer.workplaces.iter().any(by_province)
    })));
    assert!((4..=6).contains(&percent(&offers, |offer| offer.skills == Asked::NotSaid)));
    assert!((13..=17).contains(&percent(&offers, |offer| offer.lodging)));
    let long = |offer: &&Offer| {
        offer
            .skills
            .required()
            .is_some_and(|skills| skills.len() > 8)
    };
    assert!((1..=3).contains(&percent(&offers, long)));
}

#[test]
fn each_class_has_its_vacancies_and_they_are_those_of_the_world() {
    let world = world();
    let all: HashSet<_> = world.vacancies(5_000).map(|one| one.offer.id).collect();
    for class in Class::ALL {
        let some: Vec<Vacancy> = world.vacancies_of(class, 20).collect();
        assert_eq!(some.len(), 20);
        assert!(
            some.iter()
                .all(|one| Class::of(&one.offer) == class && all.contains(&one.offer.id))
        );
    }
}

#[test]
fn statistics_count_who_looks() {
    let world = world();
    let mut seekers: Vec<Seeker> = world.seekers(50).collect();
    seekers[0].status = seeker::Status::Paused;
    let stats = skill_stats(lists(), &seekers);
    let named: usize = seekers[1..].iter().map(|seeker| seeker.skills.len()).sum();
    assert_eq!(stats.looking, 49);
    assert_eq!(stats.people.iter().sum::<u32>() as usize, named);
}
