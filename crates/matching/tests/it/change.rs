//! What is promised of a change is what one finds after it.
//!
//! 1. A relaxed vacancy, ranked again by the scan, reaches exactly the people that were promised:
//!    so many more, so many fewer; after any interleaving of puts, removals and seals.
//! 2. A person with an addition, ranked again, reaches exactly the vacancies that were promised;
//!    what is not named brings nothing.
//! 3. What one would expect by hand.
//! 4. Few people are read for all changes together: counted, not timed.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::code::{
    CommuneIx, Contracts, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use domain::id::{SeekerId, VacancyId};
use domain::seeker::{Seeker, Status, Training};
use domain::skill_stats::SkillStats;
use domain::vacancy::{Asked, AskedSkill, Confidence, Offer, Workplace};
use matching::change::seeker::{Addition, add};
use matching::change::vacancy::{Relaxation, relax};
use matching::change::{Moved, REACH};
use matching::definition::Rules;
use matching::engine::people::People;
use matching::engine::vacancies::Vacancies;
use matching::scan::ranked;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::{SKILLS, day, offer, person, rules, stats};

fn reaches(rules: &Rules, offer: &Offer, seeker: &Seeker) -> bool {
    ranked(rules, offer, seeker, day()).is_some_and(|fit| fit.thousandths() >= REACH)
}

fn people_for(rules: &Rules, offer: &Offer, people: &[Seeker]) -> BTreeSet<SeekerId> {
    let reached = people.iter().filter(|seeker| reaches(rules, offer, seeker));
    reached.map(|seeker| seeker.id).collect()
}

fn vacancies_for(rules: &Rules, seeker: &Seeker, offers: &[Offer]) -> BTreeSet<VacancyId> {
    let reached = offers.iter().filter(|offer| reaches(rules, offer, seeker));
    reached.map(|offer| offer.id).collect()
}

fn moved<Id: Ord>(before: &BTreeSet<Id>, after: &BTreeSet<Id>) -> Moved {
    Moved {
        gained: after.difference(before).count(),
        lost: before.difference(after).count(),
    }
}

fn unique<T, Id: Ord>(things: Vec<T>, id: impl Fn(&T) -> Id) -> Vec<T> {
    let mut seen = BTreeSet::new();
    things
        .into_iter()
        .filter(|thing| seen.insert(id(thing)))
        .collect()
}

/// Random people and offers seldom come near the reach: these do more often.
fn keen(mut seeker: Seeker) -> Seeker {
    seeker.status = Status::Looking;
    seeker.excluded_contracts = Contracts::from_bits(seeker.excluded_contracts.bits() & 1);
    seeker
}

fn open(mut offer: Offer) -> Offer {
    offer.filled = 0;
    offer
}

fn additions(rules: &Rules, seeker: &Seeker, named: &[Addition]) -> Vec<Addition> {
    let skills = (0..SKILLS).map(|skill| Addition::Skill(SkillIx(skill)));
    let provinces = (0..2).map(|province| Addition::Province(ProvinceIx(province)));
    let plain = [
        Addition::Further,
        Addition::Anywhere,
        Addition::AnyShift,
        Addition::AnyContract,
    ];
    skills
        .chain(provinces)
        .chain(plain)
        .chain(named.iter().copied())
        .filter(|addition| addition.apply(&rules.geo, seeker) != *seeker)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test] // 1
    fn a_relaxed_vacancy_reaches_whom_it_was_promised(
        stats in stats(),
        sealed in vec(person().prop_map(keen), 0..60),
        later in vec(person().prop_map(keen), 0..20),
        gone in vec(0_u128..60, 0..4),
        offers in vec(offer().prop_map(open), 1..6),
    ) {
        let rules = rules(stats);
        let (half, rest) = later.split_at(later.len() / 2);
        let mut people = People::new(
            unique(sealed.clone(), |seeker| seeker.id), Arc::clone(&rules.geo),
        );
        for seeker in half {
            people.put(seeker.clone());
        }
        people.seal();
        for seeker in rest {
            people.put(seeker.clone());
        }
        for &id in &gone {
            people.remove(SeekerId::from_u128(id));
        }
        // The last one put in stands; of those laid out at first, the first.
        let mut truth = later;
        truth.reverse();
        truth.extend(sealed);
        let mut truth = unique(truth, |seeker| seeker.id);
        truth.retain(|seeker| gone.iter().all(|&id| SeekerId::from_u128(id) != seeker.id));
        for offer in &offers {
            let before = people_for(&rules, offer, &truth);
            let relaxed = relax(&rules, &people, offer, day());
            prop_assert_eq!(relaxed.now, before.len());
            prop_assert_eq!(relaxed.gains.len(), Relaxation::all(offer).len());
            for gain in relaxed.gains {
                let after = people_for(&rules, &gain.change.apply(offer), &truth);
                prop_assert_eq!(gain.moved, moved(&before, &after), "{:?}", gain.change);
            }
        }
    }

    #[test] // 2
    fn an_addition_reaches_the_vacancies_that_were_promised(
        stats in stats(),
        seekers in vec(person().prop_map(keen), 1..6),
        offers in vec(offer().prop_map(open), 0..60),
    ) {
        let rules = Arc::new(rules(stats));
        let offers = unique(offers, |offer| offer.id);
        let mut vacancies = Vacancies::new(Arc::clone(&rules));
        for offer in &offers {
            vacancies.put(offer.clone());
        }
        for seeker in &seekers {
            let before = vacancies_for(&rules, seeker, &offers);
            let promised = add(&rules, &vacancies, seeker, day());
            prop_assert_eq!(promised.now, before.len());
            let named: Vec<Addition> = promised.gains.iter().map(|gain| gain.change).collect();
            for addition in additions(&rules, seeker, &named) {
                let after = addition.apply(&rules.geo, seeker);
                let found = moved(&before, &vacancies_for(&rules, &after, &offers));
                let said = promised.gains.iter().find(|gain| gain.change == addition);
                prop_assert_eq!(
                    said.map(|gain| gain.moved).unwrap_or_default(), found, "{:?}", addition
                );
            }
        }
    }
}

fn plain_stats() -> SkillStats {
    SkillStats {
        version: 1,
        looking: 40,
        people: vec![4; SKILLS as usize],
    }
}

fn sure(skills: &[u32]) -> Asked<Vec<AskedSkill>> {
    let sure = |&skill: &u32| AskedSkill {
        skill: SkillIx(skill),
        essential: true,
        confidence: Confidence::SURE,
    };
    Asked::Required(skills.iter().map(sure).collect())
}

fn level(rank: u8) -> TrainingRank {
    TrainingRank::new(rank).unwrap()
}

/// A welder of skill 7 asked with 9, level 4, in commune 2, nothing said of terms.
fn workshop() -> Offer {
    let mut runner = TestRunner::deterministic();
    let mut offer = offer().new_tree(&mut runner).unwrap().current();
    offer.filled = 0;
    offer.skills = sure(&[7, 9]);
    offer.occupations = vec!["7212".parse().unwrap()];
    offer.level = Asked::Required(level(4));
    offer.field = None;
    offer.workplaces = vec![Workplace::Commune(CommuneIx(2))];
    (offer.remote, offer.lodging, offer.shuttle, offer.abroad) = (false, false, false, false);
    offer.months = Asked::NotSaid;
    offer.wage = None;
    offer.contracts = Contracts::EMPTY;
    offer.shifts = Shifts::EMPTY;
    offer
}

/// Lives next to the workshop, of its occupation and level, with none of its skills.
fn neighbour() -> Seeker {
    let mut runner = TestRunner::deterministic();
    let mut seeker = keen(person().new_tree(&mut runner).unwrap().current());
    seeker.id = SeekerId::from_u128(1);
    (seeker.turns_15, seeker.turns_18) = (day(), day());
    seeker.skills = Vec::new();
    seeker.occupations = vec!["7212".parse().unwrap()];
    seeker.trainings = vec![Training {
        level: Some(level(4)),
        field: None,
    }];
    (seeker.worked, seeker.work_told) = (Vec::new(), false);
    seeker.residence = Some(CommuneIx(2));
    (seeker.wished_communes, seeker.wished_provinces) = (Vec::new(), Vec::new());
    (seeker.anywhere, seeker.abroad, seeker.wished_wage) = (false, false, None);
    (seeker.contracts, seeker.shifts) = (Contracts::EMPTY, Shifts::EMPTY);
    seeker.excluded_contracts = Contracts::EMPTY;
    seeker.blocked = Vec::new();
    seeker
}

fn gain_of<C: PartialEq + Copy>(gains: &[matching::change::Gain<C>], change: C) -> Option<Moved> {
    gains
        .iter()
        .find(|gain| gain.change == change)
        .map(|gain| gain.moved)
}

#[test] // 3
fn a_skill_opens_the_workshop_next_door() {
    // Occupation 150, training 150, place 200, experience and terms .5 of 100: 550 in all. One of
    // two skills brings 200 more; a relative of one (8 stands for 7) 120.
    let rules = Arc::new(rules(plain_stats()));
    let mut vacancies = Vacancies::new(Arc::clone(&rules));
    vacancies.put(workshop());
    let promised = add(&rules, &vacancies, &neighbour(), day());
    assert_eq!(promised.now, 0);
    let one = Some(Moved { gained: 1, lost: 0 });
    for skill in [7, 8, 9] {
        assert_eq!(
            gain_of(&promised.gains, Addition::Skill(SkillIx(skill))),
            one
        );
    }
    assert_eq!(promised.gains.len(), 3, "{:?}", promised.gains);
}

#[test] // 3
fn ten_kilometres_further_reach_the_next_commune_and_no_other() {
    // Communes lie 15.0 km apart: none is within 10 km, but a person in between ...
    let rules = Arc::new(rules(plain_stats()));
    let far = rules.geo.tenths_of_km(CommuneIx(2), CommuneIx(3));
    assert!(far > 100, "{far}");
    let seeker = neighbour();
    assert_eq!(Addition::Further.apply(&rules.geo, &seeker), seeker);
    let mut vacancies = Vacancies::new(Arc::clone(&rules));
    let mut away = workshop();
    away.skills = sure(&[7]);
    away.workplaces = vec![Workplace::Commune(CommuneIx(6))];
    vacancies.put(away);
    // Without the place 350 + 400 with the skill: reached wherever it is. Half of it: not.
    let mut welder = seeker.clone();
    welder.skills = vec![SkillIx(8)];
    welder.residence = Some(CommuneIx(0));
    let promised = add(&rules, &vacancies, &welder, day());
    assert_eq!(promised.now, 0, "350 + 240 + nearness of 90 km");
    let one = Some(Moved { gained: 1, lost: 0 });
    assert_eq!(
        gain_of(&promised.gains, Addition::Province(ProvinceIx(1))),
        one
    );
    assert_eq!(
        gain_of(&promised.gains, Addition::Province(ProvinceIx(0))),
        None
    );
    assert_eq!(gain_of(&promised.gains, Addition::Anywhere), one);
    assert_eq!(gain_of(&promised.gains, Addition::Further), None);
}

#[test] // 3
fn a_level_up_keeps_its_field_or_takes_one_that_is_asked() {
    let rules = Arc::new(rules(plain_stats()));
    let mut vacancies = Vacancies::new(Arc::clone(&rules));
    let welding = TrainingField::new(715).unwrap();
    let mut asking = workshop();
    asking.field = Some(welding);
    asking.level = Asked::Required(level(5));
    asking.workplaces.clear();
    vacancies.put(asking);
    // 150 + .5 of 200, 100 = 300; half of the skills 200; level 5 of 4 asked: .5 · .9 = 67: 567.
    // With the level 135 or, in the field, 150: 635 and 650.
    let mut seeker = neighbour();
    seeker.skills = vec![SkillIx(7)];
    let promised = add(&rules, &vacancies, &seeker, day());
    let up = |field| {
        Addition::Training(Training {
            level: Some(level(5)),
            field,
        })
    };
    let one = Some(Moved { gained: 1, lost: 0 });
    assert_eq!(gain_of(&promised.gains, up(None)), one);
    assert_eq!(gain_of(&promised.gains, up(Some(welding))), one);
    seeker.trainings = vec![Training {
        level: Some(level(4)),
        field: Some(welding),
    }];
    let promised = add(&rules, &vacancies, &seeker, day());
    assert_eq!(gain_of(&promised.gains, up(None)), None);
    assert_eq!(gain_of(&promised.gains, up(Some(welding))), one);
    seeker.trainings = vec![Training {
        level: Some(level(8)),
        field: None,
    }];
    let promised = add(&rules, &vacancies, &seeker, day());
    assert!(
        promised
            .gains
            .iter()
            .all(|gain| !matches!(gain.change, Addition::Training(_)))
    );
}

#[test] // 3
fn a_lower_level_wins_some_and_loses_the_over_qualified() {
    // 150 + 200 + .5 of 100 = 400, and training; half of one skill by a relative ...
    let rules = rules(plain_stats());
    let mut offer = workshop();
    offer.skills = Asked::NotSaid;
    offer.workplaces.clear();
    // .5·400 + 150 + .5·200 + .5·100 = 500; training must bring 100 of 150.
    let of_level = |id: u128, rank: u8| {
        let mut seeker = neighbour();
        seeker.id = SeekerId::from_u128(id);
        seeker.trainings = vec![Training {
            level: Some(level(rank)),
            field: None,
        }];
        seeker
    };
    let people: Vec<Seeker> = [2, 3, 3, 4]
        .into_iter()
        .zip(1..)
        .map(|(r, id)| of_level(id, r))
        .collect();
    let people = People::new(people, Arc::clone(&rules.geo));
    let relaxed = relax(&rules, &people, &offer, day());
    assert_eq!(relaxed.now, 1);
    let moved = gain_of(&relaxed.gains, Relaxation::LevelDown(level(3))).unwrap();
    assert_eq!(moved, Moved { gained: 2, lost: 0 });
    // At exactly 600 a further step of over-qualification loses who was reached.
    offer.level = Asked::Required(level(1));
    offer.months = Asked::Required(12);
    let mut seeker = of_level(9, 5);
    seeker.work_told = true;
    let at = |offer: &Offer| ranked(&rules, offer, &seeker, day()).unwrap().thousandths();
    assert_eq!(at(&offer), 500 - 25 + 120);
    seeker.skills = vec![];
    let lowered = Relaxation::LevelDown(level(0)).apply(&offer);
    assert_eq!(lowered.level, Asked::Required(level(0)));
    assert!(
        Relaxation::all(&lowered)
            .iter()
            .all(|r| !matches!(r, Relaxation::LevelDown(_)))
    );
}

#[test] // 3
fn relaxations_are_those_that_make_sense() {
    let mut offer = workshop();
    assert_eq!(
        Relaxation::all(&offer),
        [
            Relaxation::LevelDown(level(3)),
            Relaxation::Shuttle,
            Relaxation::Lodging,
            Relaxation::NoExperience,
            Relaxation::MadeDesirable(SkillIx(7)),
            Relaxation::MadeDesirable(SkillIx(9)),
            Relaxation::Dropped(SkillIx(7)),
            Relaxation::Dropped(SkillIx(9)),
        ]
    );
    offer.shuttle = true;
    offer.wage = Some(7_000_000);
    offer.skills = sure(&[7]);
    offer.months = Asked::NotRequired;
    let all = Relaxation::all(&offer);
    assert!(!all.contains(&Relaxation::Lodging) && !all.contains(&Relaxation::NoExperience));
    assert_eq!(Relaxation::WageUp.apply(&offer).wage, Some(7_500_000));
    assert_eq!(
        Relaxation::Dropped(SkillIx(7)).apply(&offer).skills,
        Asked::NotRequired
    );
}

#[test] // 4
fn few_people_are_read_for_all_changes() {
    let mut runner = TestRunner::deterministic();
    let rules = rules(stats().new_tree(&mut runner).unwrap().current());
    let seekers: Vec<Seeker> = (0..20_000)
        .map(|id| {
            let mut seeker = person().new_tree(&mut runner).unwrap().current();
            seeker.id = SeekerId::from_u128(id);
            seeker
        })
        .collect();
    let people = People::new(seekers.clone(), Arc::clone(&rules.geo));
    let offer = workshop();
    let relaxed = relax(&rules, &people, &offer, day());
    assert_eq!(relaxed.now, people_for(&rules, &offer, &seekers).len());
    let effort = relaxed.effort;
    assert!(
        effort.rows < 20_000 && effort.scores < 8_000 && effort.scores > 0,
        "a bound was lost: {effort:?}"
    );
}
