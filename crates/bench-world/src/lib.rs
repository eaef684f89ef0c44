//! The world of the benches: as many people and vacancies as wished, one after the other, so that
//! a million need no more memory than one. The same seed and day give the same world; the first
//! thousand of a million are the thousand of a smaller world.
//!
//! 8,000 skills with Zipf's exponent .885, half of what is named with relatives; 3 to 12 skills and 1 to 5
//! occupations (mean 2) a person; communes of the whole country with skewed weights; wishes of
//! 55 % none, 35 % one province, 8 % two or three, 2 % anywhere; 10 % of people with an unknown
//! part, 3 % without a commune. Vacancies: 20 % with 2 to 4 workplaces, 30 % by province only, 5 %
//! without a place, 5 % without a skill, 15 % with lodging, 2 % with 9 to 16 skills.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod draw;
mod repository;
mod vacancies;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::code::{
    Codes, CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use domain::employer::Employer;
use domain::id::{EmployerId, SeekerId};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::skill_stats::SkillStats;
use domain::time::birthday;
use domain::vacancy::{Origin, Vacancy};

use draw::{Draw, Weighted};
pub use repository::{codes, settings};
pub use vacancies::Class;

/// How many skills there are.
const SKILLS: usize = 8_000;
const SKILL_EXPONENT: f64 = 0.885;
const OCCUPATION_EXPONENT: f64 = 0.6;
/// An employer for so many vacancies.
const VACANCIES_AN_EMPLOYER: u64 = 20;
/// Detailed fields of ISCED-F 2013 that are drawn from.
const FIELDS: [u16; 16] = [
    112, 113, 114, 231, 411, 413, 416, 612, 613, 713, 715, 723, 732, 811, 913, 1013,
];

/// Streams of draws, apart from those of the demonstration province.
const SETTING_STREAM: u64 = 100;
const SEEKER_STREAM: u64 = 101;
const VACANCY_STREAM: u64 = 102;
const EMPLOYER_STREAM: u64 = 103;

/// What the draws are made from.
pub struct World<'c> {
    codes: &'c Codes,
    seed: u64,
    today: NaiveDate,
    skills: Weighted<SkillIx>,
    occupations: Weighted<IscoCode>,
    communes: Weighted<CommuneIx>,
}

impl<'c> World<'c> {
    /// The world of that seed, as it is on that day.
    pub fn new(codes: &'c Codes, seed: u64, today: NaiveDate) -> Self {
        let mut draw = Draw::new(seed, SETTING_STREAM);
        let mut units: Vec<IscoCode> = codes
            .occupations
            .codes()
            .filter(|code| code.digits() == 4)
            .collect();
        units.sort_unstable();
        draw.shuffle(&mut units);
        Self {
            codes,
            seed,
            today,
            skills: zipf(skills(codes, &mut draw), SKILL_EXPONENT),
            occupations: zipf(units, OCCUPATION_EXPONENT),
            communes: communes(codes, &mut draw),
        }
    }

    /// So many employers.
    pub fn employers(&self, vacancies: u64) -> impl Iterator<Item = Employer> + '_ {
        (0..vacancies.div_ceil(VACANCIES_AN_EMPLOYER)).map(|number| Employer {
            id: self.employer(number),
            name: format!("Công ty TNHH Thử nghiệm {}", number + 1),
            origin: Origin::Own,
            verified: true,
        })
    }

    /// So many people.
    pub fn seekers(&self, count: u64) -> impl Iterator<Item = Seeker> + '_ {
        let mut draw = Draw::new(self.seed, SEEKER_STREAM);
        (0..count).filter_map(move |_| self.seeker(&mut draw))
    }

    /// So many vacancies; their employers are the first of [`World::employers`].
    pub fn vacancies(&self, count: u64) -> impl Iterator<Item = Vacancy> + '_ {
        let mut draw = Draw::new(self.seed, VACANCY_STREAM);
        (0..count).filter_map(move |number| self.vacancy(number, &mut draw))
    }

    /// The id is drawn from a stream of its own, so that nobody has to remember it.
    fn employer(&self, number: u64) -> EmployerId {
        let mut draw = Draw::new(self.seed, EMPLOYER_STREAM + number);
        EmployerId::from_u128(draw.id(self.instant(800, 0)))
    }

    fn instant(&self, days_before: u64, millis: u64) -> DateTime<Utc> {
        let day = self.today.checked_sub_days(Days::new(days_before));
        let since = TimeDelta::milliseconds(i64::try_from(millis).unwrap_or(0));
        let midnight = day.unwrap_or(self.today).and_time(chrono::NaiveTime::MIN);
        (midnight + since).and_utc()
    }

    fn seeker(&self, draw: &mut Draw) -> Option<Seeker> {
        let registered_at = self.instant(draw.between(1, 730), draw.below(86_400_000));
        let age_days = draw.between(15 * 366, 60 * 365);
        let born = self.today.checked_sub_days(Days::new(age_days))?;
        let skills = draw.between(3, 12);
        let occupations = self.occupations(draw);
        let wishes = self.wishes(draw);
        let residence = self.communes.draw(draw).copied();
        let mut seeker = Seeker {
            id: SeekerId::from_u128(draw.id(registered_at)),
            status: seeker::Status::Looking,
            registered_at,
            turns_15: birthday(born, 15)?,
            turns_18: birthday(born, 18)?,
            skills: self.some_skills(skills, draw),
            trainings: vec![training(draw)],
            worked: worked(&occupations, draw),
            work_told: true,
            occupations,
            residence: residence.filter(|_| !draw.chance(30)),
            wished_communes: Vec::new(),
            anywhere: wishes.is_none(),
            wished_provinces: wishes.unwrap_or_default(),
            abroad: draw.chance(30),
            wished_wage: Some(draw.between(10, 50) * 500_000),
            contracts: Contracts::from_bits(bits(draw, 6)),
            excluded_contracts: Contracts::EMPTY,
            shifts: Shifts::from_bits(bits(draw, 5)),
            blocked: Vec::new(),
        };
        if draw.chance(100) {
            leave_out(&mut seeker, draw);
        }
        Some(seeker)
    }

    /// Provinces; `None` for "anywhere".
    fn wishes(&self, draw: &mut Draw) -> Option<Vec<ProvinceIx>> {
        let count = match draw.below(100) {
            0..55 => 0,
            55..90 => 1,
            90..98 => draw.between(2, 3),
            _ => return None,
        };
        let drawn = (0..count).filter_map(|_| {
            let commune = self.communes.draw(draw)?;
            Some(self.codes.units.commune(*commune)?.province)
        });
        let mut provinces: Vec<ProvinceIx> = drawn.collect();
        provinces.sort_unstable();
        provinces.dedup();
        Some(provinces)
    }

    /// One to five, two in the mean.
    fn occupations(&self, draw: &mut Draw) -> Vec<IscoCode> {
        let count = match draw.below(100) {
            0..40 => 1,
            40..73 => 2,
            73..89 => 3,
            89..97 => 4,
            _ => 5,
        };
        let drawn = (0..count).filter_map(|_| self.occupations.draw(draw).copied());
        let mut occupations: Vec<IscoCode> = drawn.collect();
        occupations.sort_unstable();
        occupations.dedup();
        occupations
    }

    /// So many different skills.
    fn some_skills(&self, count: u64, draw: &mut Draw) -> Vec<SkillIx> {
        let count = usize::try_from(count).unwrap_or(0);
        let mut skills = Vec::with_capacity(count);
        while skills.len() < count {
            match self.skills.draw(draw) {
                Some(skill) if !skills.contains(skill) => skills.push(*skill),
                Some(_) => {}
                None => break,
            }
        }
        skills.sort_unstable();
        skills
    }
}

/// How many of these people look for work, and how many of those have each skill.
pub fn skill_stats<'s>(codes: &Codes, seekers: impl IntoIterator<Item = &'s Seeker>) -> SkillStats {
    let mut stats = SkillStats {
        version: 1,
        looking: 0,
        people: vec![0; codes.skills.len()],
    };
    for seeker in seekers {
        if !seeker.status.is_looking() {
            continue;
        }
        stats.looking += 1;
        for skill in &seeker.skills {
            if let Some(people) = stats.people.get_mut(skill.index()) {
                *people += 1;
            }
        }
    }
    stats
}

/// Skills by rank: one with relatives, one without, and so on; the list has fewer of the former,
/// so that they stand among the frequent ones and make about half of what people name.
fn skills(codes: &Codes, draw: &mut Draw) -> Vec<SkillIx> {
    let (mut with, mut without): (Vec<SkillIx>, Vec<SkillIx>) = codes
        .skills
        .all()
        .map(|(at, _)| at)
        .partition(|&at| !codes.skills.relatives(at).is_empty());
    draw.shuffle(&mut with);
    draw.shuffle(&mut without);
    let mut with = with.into_iter();
    without
        .into_iter()
        .flat_map(|alone| with.next().into_iter().chain([alone]))
        .take(SKILLS)
        .collect()
}

/// The things with weights that fall by a power of their rank.
fn zipf<T>(things: Vec<T>, exponent: f64) -> Weighted<T> {
    let weights = (1_u32..).map(|rank| {
        // Always the same digits, on every machine.
        let weight = libm::round(1e9 / libm::pow(f64::from(rank), exponent));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number between 0 and 1e9"
        )]
        let weight = weight as u64;
        weight
    });
    Weighted::new(things.into_iter().zip(weights))
}

/// Wards weigh more than rural communes, and some of either sixteen times others.
fn communes(codes: &Codes, draw: &mut Draw) -> Weighted<CommuneIx> {
    let weights = (0_u16..)
        .map(CommuneIx)
        .zip(codes.units.communes())
        .map(|(at, unit)| {
            let kind = if unit.name.starts_with("Phường") {
                3
            } else {
                1
            };
            (at, kind * (1 << draw.below(5)))
        });
    Weighted::new(weights.collect::<Vec<_>>())
}

/// Nothing said by a third, or any of so many.
fn bits<B: TryFrom<u64> + Default>(draw: &mut Draw, count: u32) -> B {
    if draw.chance(333) {
        return B::default();
    }
    B::try_from(draw.between(1, (1 << count) - 1)).unwrap_or_default()
}

fn field(draw: &mut Draw) -> Option<TrainingField> {
    draw.pick(&FIELDS).copied().and_then(TrainingField::new)
}

fn training(draw: &mut Draw) -> Training {
    let rank = draw.between(0, 8).min(draw.between(0, 8));
    Training {
        level: u8::try_from(rank).ok().and_then(TrainingRank::new),
        field: field(draw).filter(|_| draw.chance(700)),
    }
}

fn worked(occupations: &[IscoCode], draw: &mut Draw) -> Vec<Worked> {
    let mut groups: Vec<IscoCode> = occupations
        .iter()
        .filter_map(|code| code.prefix(2))
        .collect();
    groups.dedup();
    groups
        .into_iter()
        .filter_map(|group| {
            let months = u16::try_from(draw.between(1, 120)).ok()?;
            draw.chance(700).then_some(Worked { group, months })
        })
        .collect()
}

/// One part of the profile is not known.
fn leave_out(seeker: &mut Seeker, draw: &mut Draw) {
    match draw.below(3) {
        0 => seeker.trainings.clear(),
        1 => {
            seeker.worked.clear();
            seeker.work_told = false;
        }
        _ => seeker.wished_wage = None,
    }
}

#[cfg(test)]
mod tests;
