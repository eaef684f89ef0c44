//! The world of the benches: as many people and vacancies as wished, one after the other, so that
//! a million need no more memory than one. The same seed and day give the same world; the first
//! thousand of a million are the thousand of a smaller world.
//!
//! 8,000 skills with Zipf's exponent .885, half of what is named with relatives; 3 to 12 skills and 1 to 5
//! occupations (mean 2) a person; communes of the whole country with skewed weights; wishes of
//! 55 % none, 35 % one province, 8 % two or three, 2 % anywhere; 10 % of people with an unknown
//! part, 3 % without a commune. Vacancies: 20 % with 2 to 4 workplaces, 30 % by province only, 5 %
//! without a place, 5 % without a skill, 15 % with lodging, 2 % with 9 to 16 skills.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::code::{
    Benefits, Codes, CommuneIx, Contracts, IscoCode, Lang, ProvinceIx, Shifts, SkillIx,
    TrainingField, TrainingRank,
};
use domain::employer::Employer;
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::time::{birthday, days_after};
use domain::vacancy::{Asked, AskedSkill, Confidence, Offer, Origin, Status, Vacancy, Workplace};

use crate::demo::draw::{Draw, Weighted};

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
pub(crate) struct World<'c> {
    codes: &'c Codes,
    seed: u64,
    today: NaiveDate,
    skills: Weighted<SkillIx>,
    occupations: Weighted<IscoCode>,
    communes: Weighted<CommuneIx>,
}

impl<'c> World<'c> {
    /// The world of that seed, as it is on that day.
    pub(crate) fn new(codes: &'c Codes, seed: u64, today: NaiveDate) -> Self {
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
    pub(crate) fn employers(&self, vacancies: u64) -> impl Iterator<Item = Employer> + '_ {
        (0..vacancies.div_ceil(VACANCIES_AN_EMPLOYER)).map(|number| Employer {
            id: self.employer(number),
            name: format!("Công ty TNHH Thử nghiệm {}", number + 1),
            origin: Origin::Own,
            verified: true,
        })
    }

    /// So many people.
    pub(crate) fn seekers(&self, count: u64) -> impl Iterator<Item = Seeker> + '_ {
        let mut draw = Draw::new(self.seed, SEEKER_STREAM);
        (0..count).filter_map(move |_| self.seeker(&mut draw))
    }

    /// So many vacancies; their employers are the first of [`World::employers`].
    pub(crate) fn vacancies(&self, count: u64) -> impl Iterator<Item = Vacancy> + '_ {
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

    fn vacancy(&self, number: u64, draw: &mut Draw) -> Option<Vacancy> {
        let posted = self.instant(draw.between(1, 25), draw.below(86_400_000));
        let occupation = *self.occupations.draw(draw)?;
        let (workplaces, place_text) = self.workplaces(draw);
        let from = draw.between(10, 40) * 500_000;
        let to = from + draw.between(0, 10) * 500_000;
        let lodging = draw.chance(150);
        let offer = Offer {
            id: VacancyId::from_u128(draw.id(posted)),
            employer: self.employer(number / VACANCIES_AN_EMPLOYER),
            status: Status::Published,
            positions: u32::try_from(draw.between(1, 50)).ok()?,
            filled: 0,
            closes: Some(days_after(self.today, draw.between(5, 90))),
            skills: self.asked_skills(draw),
            occupations: vec![occupation],
            level: asked(
                TrainingRank::new(u8::try_from(draw.between(1, 6)).ok()?)?,
                draw,
            ),
            field: field(draw).filter(|_| draw.chance(400)),
            workplaces,
            remote: draw.chance(10),
            lodging,
            shuttle: draw.chance(50),
            abroad: draw.chance(5),
            months: asked(u16::try_from(draw.between(1, 10)).ok()? * 6, draw),
            wage: Some(from.midpoint(to)),
            contracts: Contracts::from_bits(bits(draw, 6)),
            shifts: Shifts::from_bits(bits(draw, 5)),
            suits_minors: false,
        };
        let benefits = if lodging {
            Benefits::EMPTY.with("dormitory").unwrap_or_default()
        } else {
            Benefits::EMPTY
        };
        let name = self
            .codes
            .occupations
            .name(occupation, Lang::Vi)
            .unwrap_or_default();
        Some(Vacancy {
            title: name.to_owned(),
            description: self.description(&offer),
            employer_name: format!(
                "Công ty TNHH Thử nghiệm {}",
                number / VACANCIES_AN_EMPLOYER + 1
            ),
            offer,
            origin: Origin::Own,
            source: None,
            external_ref: None,
            wage: Wage::Range(from, to, Period::Month),
            wage_text: format!("{} - {} nghìn đồng/tháng", from / 1_000, to / 1_000),
            place_text,
            benefits,
            published: Some(posted.date_naive()),
            revision: 0,
        })
    }

    fn description(&self, offer: &Offer) -> String {
        let labels = offer.skills.required().into_iter().flatten();
        let labels = labels.map(|asked| self.codes.skills.label(asked.skill, Lang::Vi));
        labels.collect::<Vec<_>>().join("; ")
    }

    fn asked_skills(&self, draw: &mut Draw) -> Asked<Vec<AskedSkill>> {
        let count = match draw.below(100) {
            0..5 => return Asked::NotSaid,
            5..7 => draw.between(9, 16),
            _ => draw.between(3, 8),
        };
        let skills = self
            .some_skills(count, draw)
            .into_iter()
            .map(|skill| AskedSkill {
                skill,
                essential: draw.chance(600),
                confidence: Confidence::SURE,
            });
        Asked::Required(skills.collect())
    }

    fn workplaces(&self, draw: &mut Draw) -> (Vec<Workplace>, String) {
        let kind = draw.below(100);
        let count = match kind {
            0..5 => 0,
            5..25 => draw.between(2, 4),
            _ => 1,
        };
        let by_province = (25..55).contains(&kind);
        let mut workplaces = Vec::new();
        let mut names = Vec::new();
        for _ in 0..count {
            let drawn = self.communes.draw(draw);
            let Some((&at, unit)) = drawn.and_then(|at| Some((at, self.codes.units.commune(*at)?)))
            else {
                continue;
            };
            let (place, name) = if by_province {
                let province = self.codes.units.province(unit.province);
                let name = province.map_or("", |province| province.name.as_str());
                (Workplace::Province(unit.province), name)
            } else {
                (Workplace::Commune(at), unit.name.as_str())
            };
            if !workplaces.contains(&place) {
                workplaces.push(place);
                names.push(name);
            }
        }
        (workplaces, names.join(", "))
    }
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

fn asked<T>(what: T, draw: &mut Draw) -> Asked<T> {
    match draw.below(10) {
        0..2 => Asked::NotSaid,
        2..4 => Asked::NotRequired,
        _ => Asked::Required(what),
    }
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
