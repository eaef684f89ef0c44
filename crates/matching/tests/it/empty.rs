//! Why a list is empty.
//!
//! 1. A reason is given exactly where the list is empty.
//! 2. The reason is the one that is true, for vacancies and for people.

use chrono::NaiveDate;
use domain::code::{Contracts, Lang, SkillIx};
use domain::id::EmployerId;
use domain::seeker::{self, Seeker};
use domain::vacancy::{self, Asked, AskedSkill, Confidence, Offer};
use matching::definition::Obstacle;
use matching::explain::{Empty, Words, no_people, no_vacancies};
use matching::scan::{Page, people, vacancies};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::{day, offer, person, rules, stats};

fn some<T>(of: impl Strategy<Value = T>) -> T {
    of.new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current()
}

proptest! {
    #[test] // 1
    fn a_reason_is_given_where_a_list_is_empty_and_only_there(
        stats in stats(), seekers in vec(person(), 0..6), offers in vec(offer(), 0..6),
    ) {
        let rules = rules(stats);
        for offer in &offers {
            let page = Page { as_of: day(), k: 10, after: None };
            let list = people(&rules, offer, &seekers, page);
            let why = no_people(&rules, offer, &seekers, day());
            prop_assert_eq!(list.is_empty(), why.is_some(), "{:?}", why);
        }
        for seeker in &seekers {
            let page = Page { as_of: day(), k: 10, after: None };
            let all = offers.iter().map(|offer| (offer, 0));
            let list = vacancies(&rules, seeker, all, page);
            let why = no_vacancies(&rules, seeker, &offers, day());
            prop_assert_eq!(list.is_empty(), why.is_some(), "{:?}", why);
        }
    }
}

fn vacancy() -> Offer {
    Offer {
        filled: 0,
        skills: Asked::Required(vec![AskedSkill {
            skill: SkillIx(0),
            essential: true,
            confidence: Confidence::SURE,
        }]),
        occupations: vec!["7212".parse().unwrap()],
        abroad: false,
        contracts: Contracts::EMPTY,
        suits_minors: false,
        ..some(offer())
    }
}

fn welder() -> Seeker {
    Seeker {
        status: seeker::Status::Looking,
        turns_15: day() - chrono::Days::new(4_000),
        turns_18: day() - chrono::Days::new(3_000),
        skills: vec![SkillIx(0)],
        occupations: vec!["7212".parse().unwrap()],
        blocked: Vec::new(),
        ..some(person())
    }
}

fn of_vacancy(offer: &Offer, seekers: &[Seeker], as_of: NaiveDate) -> Option<Empty> {
    no_people(&rules(some(stats())), offer, seekers, as_of)
}

#[test] // 2
fn a_vacancy_says_why_it_has_nobody() {
    let (good, somebody) = (vacancy(), vec![welder()]);
    let why = |offer: &Offer| of_vacancy(offer, &somebody, day());
    assert_eq!(why(&good), None);
    let change = |change: fn(&mut Offer)| {
        let mut offer = good.clone();
        change(&mut offer);
        why(&offer)
    };
    assert_eq!(
        change(|offer| offer.status = vacancy::Status::Paused),
        Some(Empty::NotShown(vacancy::Status::Paused))
    );
    assert_eq!(
        change(|offer| offer.filled = offer.positions),
        Some(Empty::Full)
    );
    assert_eq!(
        change(|offer| offer.closes = day().pred_opt()),
        Some(Empty::Ended(day().pred_opt().unwrap()))
    );
    assert_eq!(
        change(|offer| {
            offer.skills = Asked::NotSaid;
            offer.occupations = vec!["1".parse().unwrap()];
        }),
        Some(Empty::VacancyNamesNothing)
    );
    assert_eq!(
        change(|offer| {
            offer.skills = Asked::NotSaid;
            offer.occupations = vec!["5120".parse().unwrap()];
        }),
        Some(Empty::NobodyCan)
    );
    assert_eq!(of_vacancy(&good, &[], day()), Some(Empty::NobodyRegistered));
    // On a day long ago everybody was too young.
    let long_ago: NaiveDate = "1900-01-01".parse().unwrap();
    assert_eq!(
        of_vacancy(&good, &somebody, long_ago),
        Some(Empty::NobodyMay(long_ago, vec![Obstacle::TooYoung]))
    );
    let mut blocked = welder();
    blocked.blocked = vec![EmployerId::from_u128(9)];
    let mut paused = welder();
    paused.status = seeker::Status::Paused;
    let mut offer = good;
    offer.employer = EmployerId::from_u128(9);
    let hindered = of_vacancy(&offer, &[blocked, paused], day()).unwrap();
    let both = vec![Obstacle::NotLooking, Obstacle::Blocked];
    assert_eq!(hindered, Empty::NobodyMay(day(), both));
    let codes = crate::world::codes();
    assert_eq!(
        Words::new(&codes, Lang::Vi).empty(&hindered),
        "có người có kỹ năng hoặc nghề mà tin này cần, nhưng ngày 25/11/2026 chưa ai được xếp hạng: \
         không còn tìm việc; hai bên đã chặn nhau"
    );
}

#[test] // 2
fn a_person_is_told_why_there_is_nothing() {
    let rules = rules(some(stats()));
    let why = |seeker: &Seeker, offers: &[Offer]| no_vacancies(&rules, seeker, offers, day());
    let good = [vacancy()];
    assert_eq!(why(&welder(), &good), None);
    let paused = Seeker {
        status: seeker::Status::Paused,
        ..welder()
    };
    let not_looking = why(&paused, &good).unwrap();
    assert_eq!(not_looking, Empty::NotLooking(seeker::Status::Paused));
    let words = Words::new(&rules.codes, Lang::Vi);
    assert_eq!(
        words.empty(&not_looking),
        "người này hiện không tìm việc: đang tạm dừng"
    );
    let tomorrow = day().succ_opt().unwrap();
    let child = Seeker {
        turns_15: tomorrow,
        turns_18: tomorrow,
        ..welder()
    };
    assert_eq!(why(&child, &good), Some(Empty::UnderAge(tomorrow)));
    let minor = Seeker {
        turns_18: tomorrow,
        ..welder()
    };
    let too_young = why(&minor, &good).unwrap();
    assert_eq!(
        too_young,
        Empty::NothingMay(day(), vec![Obstacle::TooYoung])
    );
    assert_eq!(too_young.as_str(), "nothing_may");
    let unknown = Seeker {
        skills: Vec::new(),
        occupations: Vec::new(),
        ..welder()
    };
    assert_eq!(why(&unknown, &good), Some(Empty::PersonNamesNothing));
    assert_eq!(why(&welder(), &[]), Some(Empty::NoVacancyOpen(day())));
    let cook = Seeker {
        skills: vec![SkillIx(11)],
        occupations: vec!["5120".parse().unwrap()],
        ..welder()
    };
    assert_eq!(why(&cook, &good), Some(Empty::NothingAsksForIt));
}
