//! The vacancies of the world, and the classes in which they are looked for.

use domain::code::{Benefits, Contracts, Lang, Shifts, TrainingRank};
use domain::id::VacancyId;
use domain::reading::wage::{Period, Wage};
use domain::time::days_after;
use domain::vacancy::{
    Asked, AskedSkill, Assumed, Confidence, Offer, Origin, Status, Vacancy, Workplace,
};

use crate::draw::Draw;
use crate::{VACANCIES_AN_EMPLOYER, World, bits, field};

/// What kind of question a vacancy is to an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// It names skills, and where the work is.
    SkillAndPlace,
    /// It names no skill.
    WithoutSkill,
    /// It names skills; the work is remote or its place is not said.
    WithoutPlace,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SkillAndPlace, Self::WithoutSkill, Self::WithoutPlace];

    /// The class of a vacancy.
    pub fn of(offer: &Offer) -> Self {
        if offer.skills.required().is_none_or(Vec::is_empty) {
            Self::WithoutSkill
        } else if offer.remote || offer.workplaces.is_empty() {
            Self::WithoutPlace
        } else {
            Self::SkillAndPlace
        }
    }

    /// What tables call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SkillAndPlace => "skill and place",
            Self::WithoutSkill => "without skill",
            Self::WithoutPlace => "without place",
        }
    }
}

impl World<'_> {
    /// The first so many vacancies of a class; others of the world are passed over.
    pub fn vacancies_of(&self, class: Class, count: usize) -> impl Iterator<Item = Vacancy> + '_ {
        self.vacancies(u64::MAX)
            .filter(move |vacancy| Class::of(&vacancy.offer) == class)
            .take(count)
    }

    pub(crate) fn vacancy(&self, number: u64, draw: &mut Draw) -> Option<Vacancy> {
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
            occupation_confidence: Some(Confidence::SURE),
            origin: Origin::Own,
            source: None,
            external_ref: None,
            wage: Wage::Range(from, to, Period::Month),
            wage_text: format!("{} - {} nghìn đồng/tháng", from / 1_000, to / 1_000),
            place_text,
            benefits,
            published: Some(posted.date_naive()),
            assumed: Assumed::default(),
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

fn asked<T>(what: T, draw: &mut Draw) -> Asked<T> {
    match draw.below(10) {
        0..2 => Asked::NotSaid,
        2..4 => Asked::NotRequired,
        _ => Asked::Required(what),
    }
}
