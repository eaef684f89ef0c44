//! 1. A person is read back as written; removing and changing goes into the change log.
//! 2. Skill statistics count those who look, by skill, and grow in versions.
//! 3. A visitor writes nothing.

use domain::actor::Actor;
use domain::change::Entity;
use domain::code::SkillIx;
use domain::error::Error;
use domain::seeker::{Seeker, Status};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rstest::rstest;
use store::{seeker as seekers, skill_stats};

use crate::support::{Backend, Database, codes, seeker, stamp};

#[rstest]
fn a_person_is_read_back_as_written(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let mut written: Vec<Seeker> = vec![seeker(1, &[0, 7]), seeker(2, &[])];
    written[1].status = Status::Paused;
    written[1].residence = None;
    written[1].wished_wage = None;
    seekers::save(&mut conn, codes(), Actor::Operator, &written, &stamp()).unwrap();
    assert_eq!(seekers::all(&mut conn, codes()).unwrap(), written);

    written[0].status = Status::Placed;
    seekers::save(&mut conn, codes(), Actor::Operator, &written[..1], &stamp()).unwrap();
    assert_eq!(
        seekers::find(&mut conn, codes(), written[0].id).unwrap(),
        written[0]
    );

    seekers::remove(&mut conn, Actor::Operator, written[1].id, &stamp()).unwrap();
    let gone = seekers::find(&mut conn, codes(), written[1].id);
    assert!(matches!(gone, Err(Error::NotFound)));

    let log: Vec<(Entity, String)> = database
        .changes()
        .into_iter()
        .map(|change| (change.entity, change.id))
        .collect();
    let of = |n: usize| (Entity::Seeker, written[n].id.to_string());
    assert_eq!(log, [of(0), of(1), of(0), of(1)]);
}

#[test]
fn any_person_is_read_back_as_written() {
    let database = Database::new(Backend::Sqlite).unwrap();
    let skills = u32::try_from(codes().skills.len()).unwrap();
    let people = (
        1_u128..1_000,
        proptest::collection::btree_set(0..skills, 0..9),
        proptest::option::of(0_u64..4_000_000_000),
        0_usize..Status::ALL.len(),
        any::<(u8, u8, bool, bool)>(),
    );
    let mut runner = TestRunner::new(Config::with_cases(64));
    runner
        .run(
            &people,
            |(id, skills, wage, status, (contracts, shifts, told, anywhere))| {
                let skills: Vec<u32> = skills.into_iter().collect();
                let mut person = seeker(id, &skills);
                person.wished_wage = wage;
                person.status = Status::ALL[status];
                person.contracts = domain::code::Contracts::from_bits(contracts);
                person.shifts = domain::code::Shifts::from_bits(shifts);
                person.work_told = told;
                person.anywhere = anywhere;
                let one = std::slice::from_ref(&person);
                let mut conn = database.conn();
                seekers::save(&mut conn, codes(), Actor::System, one, &stamp()).unwrap();
                prop_assert_eq!(
                    seekers::find(&mut conn, codes(), person.id).unwrap(),
                    person
                );
                Ok(())
            },
        )
        .unwrap();
}

#[rstest]
fn statistics_count_those_who_look(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    assert_eq!(skill_stats::latest(&mut conn, codes()).unwrap().version, 0);

    let mut people = [
        seeker(1, &[1, 4]),
        seeker(2, &[4]),
        seeker(3, &[4]),
        seeker(4, &[]),
    ];
    people[1].status = Status::EmployedLooking;
    people[2].status = Status::Withdrawn;
    seekers::save(&mut conn, codes(), Actor::System, &people, &stamp()).unwrap();
    let computed = skill_stats::compute(&mut conn, codes(), Actor::System, &stamp()).unwrap();

    let count = |ix: u32| computed.people[SkillIx(ix).index()];
    assert_eq!((computed.version, computed.looking), (1, 3));
    assert_eq!((count(1), count(4), count(5)), (1, 2, 0));
    assert_eq!(computed.people.iter().sum::<u32>(), 3);
    assert_eq!(skill_stats::latest(&mut conn, codes()).unwrap(), computed);
    let again = skill_stats::compute(&mut conn, codes(), Actor::System, &stamp()).unwrap();
    assert_eq!(again.version, 2);
    assert_eq!(
        database.changes().last().unwrap().entity,
        Entity::SkillStats
    );
}

#[rstest]
fn a_visitor_writes_nothing(#[values(Backend::Sqlite, Backend::Postgres)] on: Backend) {
    let Some(database) = Database::new(on) else {
        return;
    };
    let mut conn = database.conn();
    let one = [seeker(1, &[])];
    let refused = [
        seekers::save(&mut conn, codes(), Actor::Visitor, &one, &stamp()),
        seekers::remove(&mut conn, Actor::Visitor, one[0].id, &stamp()),
        skill_stats::compute(&mut conn, codes(), Actor::Visitor, &stamp()).map(|_| ()),
    ];
    for result in refused {
        assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    }
    assert_eq!(database.changes(), []);
}
