//! People of the demonstration province who look for work.

use chrono::{Days, NaiveDate};
use domain::code::{
    Codes, CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, SkillIx, TrainingRank,
};
use domain::id::SeekerId;
use domain::seeker::{Seeker, Status, Training, Worked};
use domain::time::birthday;

use super::draw::{Draw, Weighted};
use super::office_hours;
use super::tables::{Place, Tables, Title, Trade};

/// A seeker names no more skills.
const MOST_SKILLS: u64 = 12;
/// What many people can do whatever their trade, and of a thousand how many name it.
const COMMON: [(&str, u64); 12] = [
    ("soft.02", 320),
    ("soft.01", 280),
    ("soft.15", 260),
    ("drive.01", 90),
    ("soft.03", 200),
    ("soft.14", 200),
    ("soft.05", 180),
    ("soft.10", 160),
    ("office.01", 120),
    ("service.01", 90),
    ("agri.01", 60),
    ("agri.03", 60),
];

struct World<'t> {
    tables: &'t Tables,
    trades: Weighted<&'t Trade>,
    common: Vec<(SkillIx, u64)>,
}

/// So many people, by the trades' shares.
pub(super) fn all(
    codes: &Codes,
    tables: &Tables,
    mut draw: Draw,
    today: NaiveDate,
    count: usize,
) -> Vec<Seeker> {
    let world = World {
        tables,
        trades: Weighted::new(tables.trades.iter().map(|trade| (trade, trade.seekers))),
        common: COMMON
            .iter()
            .filter_map(|&(code, chance)| Some((codes.skills.by_code(code)?, chance)))
            .collect(),
    };
    (0..count)
        .filter_map(|_| one(&world, &mut draw, today))
        .collect()
}

fn one(world: &World<'_>, draw: &mut Draw, today: NaiveDate) -> Option<Seeker> {
    let trade = world.trades.draw(draw)?;
    let of_trade = |draw: &mut Draw| world.tables.titles.get(*draw.pick(&trade.titles)?);
    let main = of_trade(draw)?;
    let second = if draw.chance(450) {
        of_trade(draw)
    } else {
        None
    };
    let place = world.tables.places.get(*trade.places.draw(draw)?)?;
    let age = age(draw);
    let born = today.checked_sub_days(Days::new(age * 1461 / 4 + draw.between(0, 364)))?;
    let days = draw.between(1, 730).min(draw.between(1, 730));
    let registered_at = office_hours(draw, today, days);
    let grown = age.saturating_sub(17);
    let worked = worked(main, second, grown, draw);
    let wish = wish(world.tables, place, draw);
    let wage = (main.wage.0 + main.wage.1) / 2 * if main.wage.1 < 1_000_000 { 26 } else { 1 };
    let wished_wage = match draw.below(1_000) {
        0..200 => None,
        200..250 => Some(0),
        _ => Some((wage * draw.between(70, 115) / 100).div_ceil(500_000) * 500_000),
    };
    let mut seeker = Seeker {
        id: SeekerId::from_u128(draw.id(registered_at)),
        status: status(draw),
        registered_at,
        turns_15: birthday(born, 15)?,
        turns_18: birthday(born, 18)?,
        skills: skills(world, main, second, place, grown, draw),
        occupations: occupations(main, second),
        trainings: trainings(main, grown, draw),
        work_told: !worked.is_empty() || draw.chance(700),
        worked,
        residence: Some(place.commune),
        wished_communes: wish.communes,
        wished_provinces: wish.provinces,
        anywhere: wish.anywhere,
        abroad: grown > 0 && draw.chance(50),
        wished_wage,
        contracts: contracts(main, draw),
        excluded_contracts: excluded(main, draw),
        shifts: shifts(main, draw),
        blocked: Vec::new(),
    };
    if draw.chance(100) {
        leave_out(&mut seeker, draw);
    }
    Some(seeker)
}

/// 15 to 60, most in their twenties and thirties.
fn age(draw: &mut Draw) -> u64 {
    let (least, most) = match draw.below(1_000) {
        0..30 => (15, 17),
        30..330 => (18, 24),
        330..640 => (25, 34),
        640..850 => (35, 44),
        850..960 => (45, 54),
        _ => (55, 59),
    };
    draw.between(least, most)
}

fn status(draw: &mut Draw) -> Status {
    match draw.below(1_000) {
        0..780 => Status::Looking,
        780..940 => Status::EmployedLooking,
        940..970 => Status::Paused,
        970..995 => Status::Placed,
        _ => Status::Withdrawn,
    }
}

/// What the titles ask for, a language of the village, and what many people can do: 3 to 12.
fn skills(
    world: &World<'_>,
    main: &Title,
    second: Option<&Title>,
    place: &Place,
    grown: u64,
    draw: &mut Draw,
) -> Vec<SkillIx> {
    let most = draw
        .between(3, MOST_SKILLS)
        .min(draw.between(3, MOST_SKILLS));
    let most = usize::try_from(most).unwrap_or(3);
    let mut skills: Vec<SkillIx> = Vec::with_capacity(most);
    // Young people cannot do all of it yet.
    let essential = if grown > 3 { 930 } else { 700 };
    let wanted = main
        .essential
        .iter()
        .map(|&skill| (skill, essential))
        .chain(main.desirable.iter().map(|&skill| (skill, 450)))
        .chain(place.language.map(|skill| (skill, 400)))
        .chain(
            second
                .into_iter()
                .flat_map(|title| &title.essential)
                .map(|&skill| (skill, 800)),
        )
        .chain(
            second
                .into_iter()
                .flat_map(|title| &title.desirable)
                .map(|&skill| (skill, 250)),
        )
        .chain(world.common.iter().copied());
    for (skill, chance) in wanted {
        if skills.len() < most && draw.chance(chance) && !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    for &(skill, _) in &world.common {
        if skills.len() < 3 && !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    skills.sort_unstable();
    skills
}

fn occupations(main: &Title, second: Option<&Title>) -> Vec<IscoCode> {
    let mut codes: Vec<IscoCode> = std::iter::once(main)
        .chain(second)
        .map(|title| title.occupation)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// About the level that the trade asks for; one in eight says nothing.
fn trainings(main: &Title, grown: u64, draw: &mut Draw) -> Vec<Training> {
    if draw.chance(125) {
        return Vec::new();
    }
    let asked = u64::from(main.level.get());
    let rank = match draw.below(1_000) {
        0..150 => asked + 1,
        150..750 => asked,
        750..900 => asked.saturating_sub(1),
        _ => draw.between(0, 5),
    };
    let young = if grown < 2 { 2 } else { 7 };
    let level = u8::try_from(rank.min(young))
        .ok()
        .and_then(TrainingRank::new);
    let trained = level.is_some_and(|level| level.get() >= 3);
    vec![Training {
        level,
        field: main.field.filter(|_| trained && draw.chance(800)),
    }]
}

/// Months by sub-major group, no more than there were since school.
fn worked(main: &Title, second: Option<&Title>, grown: u64, draw: &mut Draw) -> Vec<Worked> {
    let mut left = grown * 12;
    let mut worked: Vec<Worked> = Vec::new();
    for title in std::iter::once(main).chain(second) {
        let group = title.occupation.prefix(2);
        if left < 3 || draw.chance(220) {
            continue;
        }
        let months = draw
            .between(1, left.min(180))
            .min(draw.between(1, left.min(180)));
        left -= months;
        let months = u16::try_from(months).unwrap_or(u16::MAX);
        match worked.iter_mut().find(|known| Some(known.group) == group) {
            Some(known) => known.months += months,
            None => worked.extend(group.map(|group| Worked { group, months })),
        }
    }
    worked.sort_unstable();
    worked
}

#[derive(Default)]
struct Wish {
    communes: Vec<CommuneIx>,
    provinces: Vec<ProvinceIx>,
    anywhere: bool,
}

/// 55 % say nothing, 35 % one province, 8 % two or three provinces or communes, 2 % anywhere.
fn wish(tables: &Tables, home: &Place, draw: &mut Draw) -> Wish {
    let mut wish = Wish::default();
    match draw.below(1_000) {
        0..550 => {}
        550..900 => wish.provinces.extend(tables.wishes.draw(draw)),
        900..940 => {
            for _ in 0..draw.between(2, 3) {
                wish.provinces.extend(tables.wishes.draw(draw));
            }
        }
        940..980 => {
            let near: Vec<CommuneIx> = tables
                .places
                .iter()
                .filter(|place| place.legacy == home.legacy)
                .map(|place| place.commune)
                .collect();
            for _ in 0..draw.between(2, 3) {
                wish.communes.extend(draw.pick(&near));
            }
        }
        _ => wish.anywhere = true,
    }
    wish.provinces.sort_unstable();
    wish.provinces.dedup();
    wish.communes.sort_unstable();
    wish.communes.dedup();
    wish
}

fn contracts(main: &Title, draw: &mut Draw) -> Contracts {
    match draw.below(1_000) {
        0..450 => Contracts::EMPTY,
        450..700 => main.contracts,
        700..900 => Contracts::EMPTY.with("indefinite").unwrap_or_default(),
        _ => Contracts::all(),
    }
}

/// A few do not take one kind of contract, never one that they wish.
fn excluded(main: &Title, draw: &mut Draw) -> Contracts {
    let code = if draw.chance(500) {
        "seasonal"
    } else {
        "internship"
    };
    let set = Contracts::EMPTY.with(code).unwrap_or_default();
    if draw.chance(60) && main.contracts.bits() & set.bits() == 0 {
        set
    } else {
        Contracts::EMPTY
    }
}

fn shifts(main: &Title, draw: &mut Draw) -> Shifts {
    match draw.below(1_000) {
        0..500 => Shifts::EMPTY,
        500..750 => main.shifts,
        750..930 => Shifts::EMPTY.with("day").unwrap_or_default(),
        _ => Shifts::all(),
    }
}

/// One part of the profile is not known.
fn leave_out(seeker: &mut Seeker, draw: &mut Draw) {
    match draw.below(5) {
        0 => seeker.residence = None,
        1 => seeker.trainings.clear(),
        2 => {
            seeker.worked.clear();
            seeker.work_told = false;
        }
        3 => seeker.wished_wage = None,
        _ => seeker.skills.clear(),
    }
}
