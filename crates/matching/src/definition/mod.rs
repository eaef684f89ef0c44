//! The definition of fit, in plain code.
//!
//! Numbers are whole: each part f is 0 to 1,000,000,000, weights are thousandths that add up to
//! 1,000, S = Σ w·f, and the fit in thousandths is floor(S / 1e9). The same digits on every
//! machine: `exp` and `ln` come from the crate `libm`, and only into tables.

mod eligible;
pub mod experience;
mod geo;
pub mod location;
pub mod occupation;
pub(crate) mod skill;
pub mod terms;
pub mod training;

use std::sync::Arc;

use domain::code::Codes;
use domain::seeker::Seeker;
use domain::skill_stats::SkillStats;
use domain::vacancy::Offer;

pub use eligible::{Obstacle, eligible, obstacles};
pub use geo::{Geo, Reach};
pub use location::Nearby;
pub use occupation::{candidate_codes, shares_group, usable};
pub use skill::{Credit, MOST_SKILLS, SharedSkill, shares};

use crate::settings::{Part, Settings};

/// A part that fits wholly.
pub const ONE: u64 = 1_000_000_000;

/// What the definition stands on besides the pair: the same for scan, index and all servers.
pub struct Rules {
    /// Weights and other choices.
    pub settings: Settings,
    /// Code lists.
    pub codes: Arc<Codes>,
    /// Distances.
    pub geo: Arc<Geo>,
    /// How rare each skill is, with its version.
    pub stats: Arc<SkillStats>,
}

impl Rules {
    /// The rules with these choices.
    pub fn new(settings: Settings, codes: Arc<Codes>, stats: Arc<SkillStats>) -> Self {
        let geo = Arc::new(Geo::new(&codes.units, settings.location));
        Self {
            settings,
            codes,
            geo,
            stats,
        }
    }

    /// The same rules with other statistics.
    pub fn with_stats(&self, stats: Arc<SkillStats>) -> Self {
        Self {
            settings: self.settings,
            codes: Arc::clone(&self.codes),
            geo: Arc::clone(&self.geo),
            stats,
        }
    }

    /// What a part counts where neither side said it.
    pub const fn neutral(&self, part: Part) -> u64 {
        self.settings.neutral.of(part) * (ONE / 1_000)
    }

    /// ln(1 + (N + 1) / (1 + n)): N people looking, n of them with the skill.
    pub fn idf(&self, skill: domain::code::SkillIx) -> f64 {
        let people = self.stats.people.get(skill.index()).copied().unwrap_or(0);
        libm::log(1.0 + (self.stats.looking as f64 + 1.0) / (1.0 + f64::from(people)))
    }
}

/// The value of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartFit {
    /// 0 to 1e9.
    pub f: u64,
    /// Whether it was said, or stands at its neutral value.
    pub known: bool,
}

impl PartFit {
    pub(crate) const fn known(f: u64) -> Self {
        Self { f, known: true }
    }

    pub(crate) const fn neutral(f: u64) -> Self {
        Self { f, known: false }
    }
}

/// How well a pair fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    parts: [PartFit; 6],
    sum: u64,
    known: u64,
    stats_version: i64,
}

impl Fit {
    /// The value of one part.
    pub const fn part(&self, part: Part) -> PartFit {
        let [skill, occupation, training, location, experience, terms] = self.parts;
        match part {
            Part::Skill => skill,
            Part::Occupation => occupation,
            Part::Training => training,
            Part::Location => location,
            Part::Experience => experience,
            Part::Terms => terms,
        }
    }

    /// The fit in thousandths: what orders a list.
    pub const fn thousandths(&self) -> u16 {
        (self.sum / ONE) as u16
    }

    /// The percent shown, never embellished.
    pub const fn percent(&self) -> u16 {
        self.thousandths() / 10
    }

    /// How much of the weight was known, in thousandths.
    pub const fn known_thousandths(&self) -> u64 {
        self.known
    }

    /// The version of the skill statistics.
    pub const fn stats_version(&self) -> i64 {
        self.stats_version
    }
}

/// How well the pair fits.
pub fn score(rules: &Rules, offer: &Offer, seeker: &Seeker) -> Fit {
    let terms = terms::fit(rules, offer, seeker);
    let parts = [
        skill::fit(rules, offer, seeker),
        occupation::fit(rules, offer, seeker),
        training::fit(rules, offer, seeker),
        location::fit(rules, offer, seeker),
        experience::fit(rules, offer, seeker),
        terms,
    ];
    let weigh = |part: Part, fit: &PartFit| rules.settings.weights.of(part) * fit.f;
    Fit {
        sum: Part::ALL
            .iter()
            .zip(&parts)
            .map(|(&part, fit)| weigh(part, fit))
            .sum(),
        known: Part::ALL
            .iter()
            .zip(&parts)
            .filter(|(_, fit)| fit.known)
            .map(|(&part, _)| rules.settings.weights.of(part))
            .sum(),
        parts,
        stats_version: rules.stats.version,
    }
}

/// Whether the pair is ranked at all: the person has one of the skills that count or a relative
/// of one, or a code in the minor group of one of the vacancy's; a vacancy without skills whose
/// code is known to fewer than three digits takes who shares what is known of it.
pub fn candidate(rules: &Rules, offer: &Offer, seeker: &Seeker) -> bool {
    let by_skill = shares(rules, offer)
        .iter()
        .any(|asked| asked.credit(&rules.codes, &seeker.skills) != Credit::None);
    by_skill
        || candidate_codes(offer).any(|group| {
            seeker
                .occupations
                .iter()
                .any(|&code| shares_group(group, code))
        })
}

/// `round(value · factor / 10)` is exact where both are multiples of ten; factor in tenths.
pub(crate) const fn tenths(value: u64, factor: u64) -> u64 {
    value * factor / 10
}

/// `min(1, have / want)` in 1e9, rounded half up; `want` of 0 is met.
pub fn ratio(have: u64, want: u64) -> u64 {
    if have >= want {
        return ONE;
    }
    // Wages and months are far below this, and a division of 64 bits is several times faster.
    if want < 1 << 32 {
        return (2 * have * ONE + want) / (2 * want);
    }
    let (have, want) = (u128::from(have), u128::from(want));
    let rounded = (2 * have * u128::from(ONE) + want) / (2 * want);
    u64::try_from(rounded).unwrap_or(ONE)
}
