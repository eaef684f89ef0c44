//! `sanviec audit ranking`: what must not matter does not.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::id::SeekerId;
use domain::seeker::Seeker;
use matching::definition::score;
use matching::scan::Page;

use super::say;
use crate::arguments::AuditRanking;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;

/// Swaps the pseudonym, the day of registration and the age within its legal band of those who
/// stand highest, and expects the same fit to the bit.
pub(crate) fn ranking(house: &House, ask: &AuditRanking) -> Result<(), Failure> {
    let live = house.live()?;
    let snapshot = live.snapshot();
    let page = Page {
        as_of: stamp().today(),
        k: 100,
        after: None,
    };
    let ids: BTreeSet<_> = snapshot.shown.keys().copied().collect();
    let (mut pairs, mut different) = (0_u64, 0_u64);
    let offers = ids.iter().filter_map(|&id| snapshot.vacancies.find(id));
    for offer in offers.take(ask.vacancies) {
        let (list, _) = snapshot.people.rank(&snapshot.rules, offer, page);
        for seeker in list
            .iter()
            .filter_map(|place| snapshot.people.find(place.id()))
        {
            let fit = score(&snapshot.rules, offer, &seeker);
            for swapped in swaps(&seeker) {
                pairs += 1;
                different += u64::from(score(&snapshot.rules, offer, &swapped) != fit);
            }
        }
    }
    say(format_args!("{pairs} swaps, {different} with another fit"))?;
    if pairs == 0 {
        Err(Failure::Failed(
            "chưa kiểm tra được gì: không tin nào xếp hạng được người nào\n  \
             Nothing was checked: nobody is ranked for any vacancy."
                .to_owned(),
        ))
    } else if different == 0 {
        Ok(())
    } else {
        Err(Failure::Failed(
            "the ranking looks at what it must not see".to_owned(),
        ))
    }
}

fn swaps(seeker: &Seeker) -> [Seeker; 3] {
    let other_id = Seeker {
        id: SeekerId::from_u128(!seeker.id.as_u128()),
        ..seeker.clone()
    };
    let other_registration = Seeker {
        registered_at: seeker.registered_at - TimeDelta::days(400),
        ..seeker.clone()
    };
    let older = Seeker {
        turns_15: seeker.turns_15 - TimeDelta::days(7_000),
        turns_18: seeker.turns_18 - TimeDelta::days(7_000),
        ..seeker.clone()
    };
    [other_id, other_registration, older]
}
