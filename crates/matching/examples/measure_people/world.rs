//! People and vacancies by a seed: skills by Zipf's law, communes with skewed weights.

use chrono::{DateTime, Days, NaiveDate};
use domain::code::{
    Codes, CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::seeker::{self, Seeker, Training, Worked};
use domain::skill_stats::SkillStats;
use domain::vacancy::{Asked, AskedSkill, Confidence, Offer, Status, Workplace};

const SKILLS: usize = 8_000;
const FIELDS: [u16; 16] = [
    112, 113, 114, 231, 411, 413, 416, 612, 613, 713, 715, 723, 732, 811, 913, 1013,
];

struct Draw(u64);

impl Draw {
    /// Splitmix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    fn chance(&mut self, thousandths: u64) -> bool {
        self.below(1_000) < thousandths
    }
}

struct Weighted<T> {
    things: Vec<T>,
    sums: Vec<f64>,
}

impl<T: Copy> Weighted<T> {
    fn new(things: impl IntoIterator<Item = (T, f64)>) -> Self {
        let mut sum = 0.0;
        let (things, sums) = things
            .into_iter()
            .map(|(thing, weight)| {
                sum += weight;
                (thing, sum)
            })
            .unzip();
        Self { things, sums }
    }

    fn draw(&self, draw: &mut Draw) -> T {
        let total = self.sums.last().unwrap();
        let at = draw.next() as f64 / 2.0_f64.powi(64) * total;
        let at = self.sums.partition_point(|&sum| sum <= at);
        self.things[at.min(self.things.len() - 1)]
    }
}

pub(crate) struct World<'c> {
    codes: &'c Codes,
    today: NaiveDate,
    skills: Weighted<SkillIx>,
    occupations: Weighted<IscoCode>,
    communes: Weighted<CommuneIx>,
}

impl<'c> World<'c> {
    pub(crate) fn new(codes: &'c Codes, today: NaiveDate) -> Self {
        let mut draw = Draw(1);
        let mut units: Vec<IscoCode> = codes
            .occupations
            .codes()
            .filter(|code| code.digits() == 4)
            .collect();
        units.sort_unstable();
        shuffle(&mut units, &mut draw);
        let (mut with, mut without): (Vec<SkillIx>, Vec<SkillIx>) = codes
            .skills
            .all()
            .map(|(at, _)| at)
            .partition(|&at| !codes.skills.relatives(at).is_empty());
        shuffle(&mut with, &mut draw);
        shuffle(&mut without, &mut draw);
        let mut with = with.into_iter();
        let skills: Vec<SkillIx> = without
            .into_iter()
            .flat_map(|alone| with.next().into_iter().chain([alone]))
            .take(SKILLS)
            .collect();
        let communes: Vec<_> = (0..)
            .map(CommuneIx)
            .zip(codes.units.communes())
            .map(|(at, unit)| {
                let kind = if unit.name.starts_with("Phường") {
                    3
                } else {
                    1
                };
                (at, f64::from(kind * (1 << draw.below(5))))
            })
            .collect();
        Self {
            codes,
            today,
            skills: zipf(skills, 0.885),
            occupations: zipf(units, 0.6),
            communes: Weighted::new(communes),
        }
    }

    pub(crate) fn stats(&self, seekers: &[Seeker]) -> SkillStats {
        let mut people = vec![0; self.codes.skills.len()];
        for skill in seekers.iter().flat_map(|seeker| &seeker.skills) {
            people[skill.index()] += 1;
        }
        SkillStats {
            version: 1,
            looking: seekers.len() as u64,
            people,
        }
    }

    pub(crate) fn seekers(&self, count: usize) -> Vec<Seeker> {
        let mut draw = Draw(2);
        (0..count).map(|id| self.seeker(id, &mut draw)).collect()
    }

    pub(crate) fn offers(&self, count: usize) -> Vec<Offer> {
        let mut draw = Draw(3);
        (0..count).map(|id| self.offer(id, &mut draw)).collect()
    }

    fn seeker(&self, id: usize, draw: &mut Draw) -> Seeker {
        let born = self.today - Days::new(draw.between(15 * 366, 60 * 365));
        let occupations = self.some_occupations(draw);
        let wishes = self.wishes(draw);
        let residence = self.communes.draw(draw);
        let mut seeker = Seeker {
            id: SeekerId::from_u128(u128::from(draw.next()) << 64 | id as u128),
            status: seeker::Status::Looking,
            registered_at: DateTime::from_timestamp_millis(
                1_790_000_000_000 - draw.below(63_072_000_000) as i64,
            )
            .unwrap(),
            turns_15: born + Days::new(15 * 365 + 4),
            turns_18: born + Days::new(18 * 365 + 4),
            skills: self.some_skills(draw.between(3, 12), draw),
            trainings: vec![Training {
                level: TrainingRank::new(draw.below(9).min(draw.below(9)) as u8),
                field: field(draw).filter(|_| draw.chance(700)),
            }],
            worked: worked(&occupations, draw),
            work_told: true,
            occupations,
            residence: Some(residence).filter(|_| !draw.chance(30)),
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
        if draw.chance(50) {
            seeker.wished_communes = (0..draw.between(1, 2))
                .map(|_| self.communes.draw(draw))
                .collect();
        }
        if draw.chance(100) {
            match draw.below(3) {
                0 => seeker.trainings.clear(),
                1 => {
                    seeker.worked.clear();
                    seeker.work_told = false;
                }
                _ => seeker.wished_wage = None,
            }
        }
        seeker
    }

    fn wishes(&self, draw: &mut Draw) -> Option<Vec<ProvinceIx>> {
        let count = match draw.below(100) {
            0..55 => 0,
            55..90 => 1,
            90..98 => draw.between(2, 3),
            _ => return None,
        };
        let mut provinces: Vec<ProvinceIx> = (0..count)
            .map(|_| self.province_of(self.communes.draw(draw)))
            .collect();
        provinces.sort_unstable();
        provinces.dedup();
        Some(provinces)
    }

    fn province_of(&self, commune: CommuneIx) -> ProvinceIx {
        self.codes.units.commune(commune).unwrap().province
    }

    fn some_occupations(&self, draw: &mut Draw) -> Vec<IscoCode> {
        let count = match draw.below(100) {
            0..40 => 1,
            40..73 => 2,
            73..89 => 3,
            89..97 => 4,
            _ => 5,
        };
        let mut occupations: Vec<IscoCode> =
            (0..count).map(|_| self.occupations.draw(draw)).collect();
        occupations.sort_unstable();
        occupations.dedup();
        occupations
    }

    fn some_skills(&self, count: u64, draw: &mut Draw) -> Vec<SkillIx> {
        let mut skills = Vec::new();
        while skills.len() < count as usize {
            let skill = self.skills.draw(draw);
            if !skills.contains(&skill) {
                skills.push(skill);
            }
        }
        skills.sort_unstable();
        skills
    }

    fn offer(&self, id: usize, draw: &mut Draw) -> Offer {
        let from = draw.between(10, 40) * 500_000;
        let to = from + draw.between(0, 10) * 500_000;
        Offer {
            id: VacancyId::from_u128(id as u128),
            employer: EmployerId::from_u128(1),
            status: Status::Published,
            positions: 3,
            filled: 0,
            closes: None,
            skills: self.asked_skills(draw),
            occupations: vec![self.occupations.draw(draw)],
            level: asked(TrainingRank::new(draw.between(1, 6) as u8).unwrap(), draw),
            field: field(draw).filter(|_| draw.chance(400)),
            workplaces: self.workplaces(draw),
            remote: draw.chance(10),
            lodging: draw.chance(150),
            shuttle: draw.chance(50),
            abroad: draw.chance(5),
            months: asked(draw.between(1, 10) as u16 * 6, draw),
            wage: Some(from.midpoint(to)),
            contracts: Contracts::from_bits(bits(draw, 6)),
            shifts: Shifts::from_bits(bits(draw, 5)),
            suits_minors: false,
        }
    }

    fn asked_skills(&self, draw: &mut Draw) -> Asked<Vec<AskedSkill>> {
        let count = match draw.below(100) {
            0..5 => return Asked::NotSaid,
            5..7 => draw.between(9, 16),
            _ => draw.between(3, 8),
        };
        let skills = self.some_skills(count, draw).into_iter();
        Asked::Required(
            skills
                .map(|skill| AskedSkill {
                    skill,
                    essential: draw.chance(600),
                    confidence: Confidence::SURE,
                })
                .collect(),
        )
    }

    fn workplaces(&self, draw: &mut Draw) -> Vec<Workplace> {
        let kind = draw.below(100);
        let count = match kind {
            0..5 => 0,
            5..25 => draw.between(2, 4),
            _ => 1,
        };
        let mut places = Vec::new();
        for _ in 0..count {
            let commune = self.communes.draw(draw);
            let place = if (25..55).contains(&kind) {
                Workplace::Province(self.province_of(commune))
            } else {
                Workplace::Commune(commune)
            };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

fn shuffle<T>(things: &mut [T], draw: &mut Draw) {
    for at in (1..things.len()).rev() {
        things.swap(at, draw.below(at as u64 + 1) as usize);
    }
}

fn zipf<T: Copy>(things: Vec<T>, exponent: f64) -> Weighted<T> {
    let weights = (1_u32..).map(|rank| f64::from(rank).powf(-exponent));
    Weighted::new(things.into_iter().zip(weights))
}

fn bits(draw: &mut Draw, count: u32) -> u8 {
    if draw.chance(333) {
        0
    } else {
        draw.between(1, (1 << count) - 1) as u8
    }
}

fn field(draw: &mut Draw) -> Option<TrainingField> {
    TrainingField::new(FIELDS[draw.below(16) as usize])
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
            let months = draw.between(1, 120) as u16;
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
