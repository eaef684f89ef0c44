//! Who has what, a bit for each place: planes of bits over blocks of 512 places.
//!
//! A plane says of everybody in a segment whether they have one thing. A set bit may be wrong
//! (things share planes), a clear bit never is: so planes give bounds, and only who passes them
//! is looked at.

use domain::code::{IscoCode, Skills, TrainingField};
use domain::seeker::Seeker;

use super::lines::{BLOCK, Line, Lines, ones_in};
use super::skill_planes::{Room, SkillCounts, SkillPlanes};
use crate::definition::usable;

/// So many blocks are filled at once: what is written of a plane then lies together.
const FILLED_AT_ONCE: usize = 8;

/// Would work abroad.
pub(super) const ABROAD: u16 = 0;
/// Said nothing about past work.
pub(super) const NOT_TOLD: u16 = 1;
/// Has no usable code.
pub(super) const NO_CODE: u16 = 2;
/// Has no training.
pub(super) const NO_PAIR: u16 = 3;
/// Has a training whose level is not known.
pub(super) const NO_LEVEL: u16 = 4;
/// Has a training whose field is not known.
pub(super) const NO_FIELD: u16 = 5;
/// Said nothing about contracts.
pub(super) const NO_CONTRACT: u16 = 6;
/// Said nothing about shifts.
pub(super) const NO_SHIFT: u16 = 7;

const LEVELS: u16 = 8;
const BROAD_FIELDS: u16 = LEVELS + 9;
const BROAD_FIELDS_LEN: u16 = 12;
const FIELDS: u16 = BROAD_FIELDS + BROAD_FIELDS_LEN;
const FIELDS_LEN: u16 = 31;
const CONTRACTS: u16 = FIELDS + FIELDS_LEN;
const SHIFTS: u16 = CONTRACTS + 8;
const WAGES: u16 = SHIFTS + 8;
/// Wages wished up to these bounds (million VND a month) have planes.
pub(super) const WAGE_BOUNDS: [u64; 8] = [6, 8, 10, 12, 15, 18, 22, 30];
const MAJOR_GROUPS: u16 = WAGES + WAGE_BOUNDS.len() as u16;
const SUB_GROUPS: u16 = MAJOR_GROUPS + 10;
const SUB_GROUPS_LEN: u16 = 70;
const MINOR_GROUPS: u16 = SUB_GROUPS + SUB_GROUPS_LEN;
const MINOR_GROUPS_LEN: u16 = 127;
const UNIT_GROUPS: u16 = MINOR_GROUPS + MINOR_GROUPS_LEN;
const UNIT_GROUPS_LEN: u16 = 113;
const WORKED: u16 = UNIT_GROUPS + UNIT_GROUPS_LEN;
const SKILLS: u16 = WORKED + SUB_GROUPS_LEN;
/// A quarter of the planes is for the most frequent skills, a sixteenth for the second planes of the
/// others, and the rest for their first ones.
const SKILLS_ROOM: Room = Room {
    first: SKILLS,
    alone: 128,
    shared: 352,
    second: 32,
};
const FAMILIES_ROOM: Room = Room {
    first: SKILLS_ROOM.end(),
    alone: 64,
    shared: 176,
    second: 16,
};
const PLANES: usize = FAMILIES_ROOM.end() as usize;

/// The plane of who has a training of this rank or above.
pub(super) const fn level_from(rank: u8) -> u16 {
    LEVELS + (rank % 9) as u16
}

/// The plane of who has a training in this broad field.
pub(super) const fn broad_field(field: TrainingField) -> u16 {
    BROAD_FIELDS + field.broad() as u16 % BROAD_FIELDS_LEN
}

/// The plane of who has a training in this field.
pub(super) const fn field(field: TrainingField) -> u16 {
    FIELDS + field.value() % FIELDS_LEN
}

/// The planes of who wishes one of these contracts.
pub(super) fn contracts(bits: u8) -> impl Iterator<Item = u16> {
    ones(bits).map(|bit| CONTRACTS + bit)
}

/// The planes of who wishes one of these shifts.
pub(super) fn shifts(bits: u8) -> impl Iterator<Item = u16> {
    ones(bits).map(|bit| SHIFTS + bit)
}

/// The plane of who wishes at most so much as the bound at this place, or did not say.
pub(super) const fn wage(bound: usize) -> u16 {
    WAGES + bound as u16
}

/// The plane of who has a code with this prefix.
pub(super) fn code(prefix: IscoCode) -> u16 {
    match prefix.digits() {
        1 => MAJOR_GROUPS + prefix.value() % 10,
        2 => SUB_GROUPS + sub_group(prefix),
        3 => MINOR_GROUPS + prefix.value() % MINOR_GROUPS_LEN,
        _ => UNIT_GROUPS + prefix.value() % UNIT_GROUPS_LEN,
    }
}

/// The plane of who has worked in this sub-major group.
pub(super) fn worked(group: IscoCode) -> u16 {
    WORKED + sub_group(group)
}

const fn sub_group(group: IscoCode) -> u16 {
    (group.value() / 10 * 7 + group.value() % 10 % 7) % SUB_GROUPS_LEN
}

fn ones(bits: u8) -> impl Iterator<Item = u16> {
    (0..8).filter(move |bit| bits >> bit & 1 == 1)
}

/// All planes of a segment.
#[derive(Default)]
pub(super) struct Planes {
    pub(super) lines: Lines,
    /// By plane: how many stand in it.
    people: Vec<u32>,
    pub(super) skills: SkillPlanes,
}

impl Planes {
    /// Empty planes for so many places of these people.
    pub(super) fn new(counts: &SkillCounts, skills: Option<&Skills>, places: usize) -> Self {
        Self {
            lines: Lines::new(PLANES, places),
            people: vec![0; PLANES],
            skills: SkillPlanes::new(counts, skills, SKILLS_ROOM, FAMILIES_ROOM),
        }
    }

    /// Sets the bits of everybody; `who` hands in who stands in a place.
    pub(super) fn fill(
        &mut self,
        places: usize,
        mut who: impl FnMut(usize, &mut dyn FnMut(&Seeker)),
    ) {
        let mut buffer = vec![[Line::default(); FILLED_AT_ONCE]; PLANES];
        for first in (0..self.lines.blocks()).step_by(FILLED_AT_ONCE) {
            buffer.fill([Line::default(); FILLED_AT_ONCE]);
            for inside in 0..(FILLED_AT_ONCE * BLOCK).min(places - first * BLOCK) {
                let mut set = |plane: u16| {
                    if let Some(word) = buffer
                        .get_mut(usize::from(plane))
                        .and_then(|lines| lines.get_mut(inside / BLOCK))
                        .and_then(|line| line.0.get_mut(inside % BLOCK / 64))
                    {
                        *word |= 1 << (inside % 64);
                    }
                };
                who(first * BLOCK + inside, &mut |seeker| {
                    planes_of(seeker, &self.skills, &mut set);
                });
            }
            for ((plane, filled), people) in (0..).zip(&buffer).zip(&mut self.people) {
                *people += ones_in(filled);
                for (block, line) in (first..self.lines.blocks()).zip(filled) {
                    if *line != Line::default() {
                        self.lines.write(plane, block, line);
                    }
                }
            }
        }
    }

    /// How many of a thousand stand in none of these planes, about.
    pub(super) fn lacking(&self, planes: &[u16]) -> u64 {
        lacking(&self.people, self.lines.blocks() * BLOCK, planes)
    }
}

/// How many of a thousand are in none of these planes, about, by how many are in each.
pub(super) fn lacking(counts: &[u32], places: usize, planes: &[u16]) -> u64 {
    let places = places.max(1) as u64;
    planes.iter().fold(1_000, |lacking, &plane| {
        let count = counts.get(usize::from(plane)).copied().unwrap_or(0);
        lacking * (places - u64::from(count).min(places)) / places
    })
}

/// All planes in which a person has a bit.
fn planes_of(seeker: &Seeker, skills: &SkillPlanes, mut set: impl FnMut(u16)) {
    for &skill in &seeker.skills {
        skills.of(skill).for_each(&mut set);
    }
    let mut has_code = false;
    for &held in seeker.occupations.iter().filter(|&&code| usable(code)) {
        has_code = true;
        for prefix in (1..=held.digits()).filter_map(|digits| held.prefix(digits)) {
            set(code(prefix));
        }
    }
    for pair in &seeker.trainings {
        match pair.level {
            Some(rank) => (0..=rank.get()).map(level_from).for_each(&mut set),
            None => set(NO_LEVEL),
        }
        match pair.field {
            Some(known) => {
                set(field(known));
                set(broad_field(known));
            }
            None => set(NO_FIELD),
        }
    }
    for past in &seeker.worked {
        set(worked(past.group));
    }
    contracts(seeker.contracts.bits()).for_each(&mut set);
    shifts(seeker.shifts.bits()).for_each(&mut set);
    for (at, bound) in WAGE_BOUNDS.into_iter().enumerate() {
        if seeker
            .wished_wage
            .is_none_or(|wished| wished <= bound * 1_000_000)
        {
            set(wage(at));
        }
    }
    for (is, plane) in [
        (seeker.abroad, ABROAD),
        (!seeker.work_told, NOT_TOLD),
        (!has_code, NO_CODE),
        (seeker.trainings.is_empty(), NO_PAIR),
        (seeker.contracts.is_empty(), NO_CONTRACT),
        (seeker.shifts.is_empty(), NO_SHIFT),
    ] {
        if is {
            set(plane);
        }
    }
}
