//! What must hold for any pair.
//!
//! 1. A fit is at most 1,000 thousandths, and its parts at most 1.
//! 2. A further skill of the seeker never lowers a fit.
//! 3. Relaxed experience, a higher wage, a shuttle or lodging never lower a fit.
//! 4. What the ranking must not see does not change a fit: the day of birth within a legal band,
//!    the day of registration, the pseudonym.

use domain::code::SkillIx;
use domain::id::SeekerId;
use domain::vacancy::{Asked, Offer};
use matching::definition::{ONE, score, shares};
use matching::settings::Part;
use proptest::prelude::*;

use crate::world::{SKILLS, offer, person, rules, stats};

proptest! {
    #[test] // 1
    fn a_fit_stays_in_its_range(stats in stats(), offer in offer(), seeker in person()) {
        let rules = rules(stats);
        let fit = score(&rules, &offer, &seeker);
        prop_assert!(fit.thousandths() <= 1_000);
        prop_assert!(Part::ALL.iter().all(|&part| fit.part(part).f <= ONE));
        let shares = shares(&rules, &offer);
        prop_assert!(shares.is_empty() || shares.iter().map(|skill| skill.share).sum::<u64>() == ONE);
    }

    #[test] // 2
    fn a_further_skill_never_lowers_a_fit(
        stats in stats(), offer in offer(), seeker in person(), skill in 0..SKILLS,
    ) {
        let rules = rules(stats);
        let mut more = seeker.clone();
        more.skills.push(SkillIx(skill));
        more.skills.sort_unstable();
        more.skills.dedup();
        prop_assert!(
            score(&rules, &offer, &more).thousandths() >= score(&rules, &offer, &seeker).thousandths()
        );
    }

    #[test] // 3
    fn a_better_offer_never_lowers_a_fit(stats in stats(), offer in offer(), seeker in person()) {
        let rules = rules(stats);
        let before = score(&rules, &offer, &seeker).thousandths();
        let better = [
            Offer { shuttle: true, ..offer.clone() },
            Offer { lodging: true, ..offer.clone() },
            Offer { months: Asked::NotRequired, ..offer.clone() },
            Offer { wage: offer.wage.map(|wage| wage + 500_000), ..offer.clone() },
        ];
        for better in better {
            prop_assert!(score(&rules, &better, &seeker).thousandths() >= before);
        }
    }

    #[test] // 4
    fn who_somebody_is_does_not_count(
        stats in stats(), offer in offer(), seeker in person(), id in any::<u128>(), days in 0_i64..9_000,
    ) {
        let rules = rules(stats);
        let mut other = seeker.clone();
        other.id = SeekerId::from_u128(id);
        other.turns_15 = seeker.turns_15 - chrono::TimeDelta::days(days);
        other.turns_18 = seeker.turns_18 - chrono::TimeDelta::days(days);
        other.registered_at = seeker.registered_at + chrono::TimeDelta::days(days);
        prop_assert_eq!(score(&rules, &offer, &other), score(&rules, &offer, &seeker));
    }
}
