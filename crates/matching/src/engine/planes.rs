//! Who has what, a bit for each place: planes of bits over blocks of 512 places.
//!
//! A plane says of everybody in a segment whether they have one thing. A set bit may be wrong
//! (things share planes), a clear bit never is: so planes give bounds, and only who passes them
//! is looked at.

use std::collections::HashMap;

use domain::code::{IscoCode, SkillIx, Skills, TrainingField};
use domain::seeker::Seeker;

use crate::definition::usable;

/// So many places stand in a block.
pub(super) const BLOCK: usize = 512;
/// So many words hold the bits of a block.
pub(super) const WORDS: usize = BLOCK / 64;
/// So many blocks are filled at once: what is written of a plane then lies together.
const FILLED_AT_ONCE: usize = 8;

/// The bits of one block, one cache line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Line(pub(super) [u64; WORDS]);

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
const SKILLS_LEN: u16 = 512;
const FAMILIES: u16 = SKILLS + SKILLS_LEN;
const FAMILIES_LEN: u16 = 256;
const PLANES: usize = (FAMILIES + FAMILIES_LEN) as usize;

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

/// Which planes skills have.
#[derive(Default)]
pub(super) struct SkillPlanes {
    own: Vec<Pair>,
    families: Families,
}

impl SkillPlanes {
    /// Shares the planes out by how many people have each skill.
    fn new(seekers: &[Seeker], skills: Option<&Skills>) -> Self {
        let mut people: Vec<u32> = Vec::new();
        for skill in seekers.iter().flat_map(|seeker| &seeker.skills) {
            if people.len() <= skill.index() {
                people.resize(skill.index() + 1, 0);
            }
            if let Some(count) = people.get_mut(skill.index()) {
                *count += 1;
            }
        }
        Self {
            own: shared_out(&people, SKILLS, SKILLS_LEN),
            families: skills
                .map_or_else(Families::default, |skills| Families::new(skills, &people)),
        }
    }

    /// The planes of who has this skill; `None`: nobody has it.
    pub(super) fn own(&self, skill: SkillIx) -> Option<Pair> {
        self.own.get(skill.index()).copied().filter(Pair::is_some)
    }

    /// The planes of who has this skill or one of its relatives, where the segment knows them as
    /// a family.
    pub(super) fn family(&self, skill: SkillIx, relatives: &[SkillIx]) -> Option<Pair> {
        self.families.pair(skill, relatives)
    }

    fn of(&self, skill: SkillIx) -> impl Iterator<Item = u16> {
        self.own(skill)
            .into_iter()
            .chain(self.families.with(skill).iter().copied())
            .flat_map(Pair::planes)
    }
}

/// The planes of one thing: those of a frequent one are one and the same, the others share both,
/// with other things each. Who is in both most likely has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) first: u16,
    pub(super) second: u16,
}

impl Pair {
    const NONE: Self = Self {
        first: u16::MAX,
        second: u16::MAX,
    };

    fn is_some(&self) -> bool {
        *self != Self::NONE
    }

    fn planes(self) -> impl Iterator<Item = u16> {
        [self.first, self.second].into_iter()
    }
}

/// Planes for numbers by how many people each has: a quarter of the planes for the most frequent,
/// a sixteenth for the second planes of the others, and the rest for their first ones.
fn shared_out(people: &[u32], first: u16, len: u16) -> Vec<Pair> {
    let mut by_count: Vec<(u32, usize)> = people
        .iter()
        .copied()
        .zip(0..)
        .filter(|&(count, _)| count > 0)
        .collect();
    by_count.sort_unstable_by(|one, other| other.cmp(one));
    let alone = usize::from(len / 4);
    let second = usize::from(len / 16);
    let shared = usize::from(len) - alone - second;
    let mut pairs = vec![Pair::NONE; people.len()];
    for (at, (_, number)) in by_count.into_iter().enumerate() {
        let (one, other) = match at.checked_sub(alone) {
            None => (at, at),
            // Who shares the first plane does not share the second.
            Some(rest) => (
                alone + rest % shared,
                alone + shared + (rest + rest / shared * 11) % second,
            ),
        };
        if let Some(pair) = pairs.get_mut(number) {
            *pair = Pair {
                first: first + one as u16,
                second: first + other as u16,
            };
        }
    }
    pairs
}

/// Sets of a skill and its relatives, with a plane each.
#[derive(Default)]
struct Families {
    /// By skill: itself and its relatives, sorted; and their planes.
    of: HashMap<SkillIx, (Vec<SkillIx>, Pair)>,
    /// By skill: the planes of the families that have it.
    pairs: Vec<Vec<Pair>>,
}

impl Families {
    fn new(skills: &Skills, people: &[u32]) -> Self {
        let mut numbers: HashMap<Vec<SkillIx>, usize> = HashMap::new();
        let mut of_skill = Vec::new();
        for (skill, _) in skills.all() {
            let relatives = skills.relatives(skill);
            if !relatives.is_empty() {
                let next = numbers.len();
                let family = family(skill, relatives);
                let number = *numbers.entry(family.clone()).or_insert(next);
                of_skill.push((skill, family, number));
            }
        }
        let mut counts = vec![0; numbers.len()];
        for (family, &number) in &numbers {
            let members = family.iter().filter_map(|skill| people.get(skill.index()));
            if let Some(count) = counts.get_mut(number) {
                *count = members.sum();
            }
        }
        let by_number = shared_out(&counts, FAMILIES, FAMILIES_LEN);
        let mut families = Self {
            of: HashMap::with_capacity(of_skill.len()),
            pairs: vec![Vec::new(); skills.len()],
        };
        for (family, number) in numbers {
            let Some(&pair) = by_number.get(number).filter(|pair| pair.is_some()) else {
                continue;
            };
            for skill in family {
                if let Some(pairs) = families.pairs.get_mut(skill.index())
                    && !pairs.contains(&pair)
                {
                    pairs.push(pair);
                }
            }
        }
        for (skill, family, number) in of_skill {
            if let Some(&pair) = by_number.get(number).filter(|pair| pair.is_some()) {
                families.of.insert(skill, (family, pair));
            }
        }
        families
    }

    /// The planes of this family, if it is the one that the planes were filled for.
    fn pair(&self, skill: SkillIx, relatives: &[SkillIx]) -> Option<Pair> {
        let (known, pair) = self.of.get(&skill)?;
        let mut others = known.iter().filter(|&&other| other != skill);
        let same = relatives
            .iter()
            .all(|relative| others.next() == Some(relative));
        (same && others.next().is_none()).then_some(*pair)
    }

    fn with(&self, skill: SkillIx) -> &[Pair] {
        self.pairs.get(skill.index()).map_or(&[], Vec::as_slice)
    }
}

fn family(skill: SkillIx, relatives: &[SkillIx]) -> Vec<SkillIx> {
    let mut family: Vec<SkillIx> = relatives.iter().copied().chain([skill]).collect();
    family.sort_unstable();
    family
}

/// All planes of a segment.
#[derive(Default)]
pub(super) struct Planes {
    blocks: usize,
    /// The words of the lines, by plane, then by block.
    words: Vec<u64>,
    /// Where the first line begins, so that each is one line of the cache.
    first: usize,
    /// By plane: how many stand in it.
    people: Vec<u32>,
    pub(super) skills: SkillPlanes,
}

impl Planes {
    /// Empty planes for so many places of these people.
    pub(super) fn new(seekers: &[Seeker], skills: Option<&Skills>, places: usize) -> Self {
        let blocks = places.div_ceil(BLOCK);
        // Numbers come from the allocator as zeros that take no memory until they are written:
        // many planes stay empty.
        let words = vec![0; (PLANES * blocks + 1) * WORDS];
        let first = words.as_ptr().align_offset(size_of::<Line>()).min(WORDS);
        Self {
            blocks,
            words,
            first,
            people: vec![0; PLANES],
            skills: SkillPlanes::new(seekers, skills),
        }
    }

    /// Sets the bits of everybody; `who` hands in who stands in a place.
    pub(super) fn fill(
        &mut self,
        places: usize,
        mut who: impl FnMut(usize, &mut dyn FnMut(&Seeker)),
    ) {
        let mut buffer = vec![[Line::default(); FILLED_AT_ONCE]; PLANES];
        for first in (0..self.blocks).step_by(FILLED_AT_ONCE) {
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
                for (block, filled) in (first..self.blocks).zip(filled) {
                    let start = self.first + (plane * self.blocks + block) * WORDS;
                    if *filled != Line::default()
                        && let Some(words) = self.words.get_mut(start..start + WORDS)
                    {
                        words.copy_from_slice(&filled.0);
                    }
                }
            }
        }
    }

    /// Planes of one block with these bits in the first of them.
    #[cfg(test)]
    pub(super) fn of_lines(lines: &[Line]) -> Self {
        let mut planes = Self::new(&[], None, BLOCK);
        for (plane, line) in lines.iter().enumerate() {
            let start = planes.first + plane * WORDS;
            planes.words[start..start + WORDS].copy_from_slice(&line.0);
        }
        planes
    }

    /// How many of a thousand stand in none of these planes, about.
    pub(super) fn lacking(&self, planes: &[u16]) -> u64 {
        let places = (self.blocks * BLOCK).max(1) as u64;
        planes.iter().fold(1_000, |lacking, &plane| {
            let people = self.people.get(usize::from(plane)).copied().unwrap_or(0);
            lacking * (places - u64::from(people).min(places)) / places
        })
    }

    /// The bits of a plane in a block.
    #[inline]
    pub(super) fn line(&self, plane: u16, block: usize) -> Option<&[u64; WORDS]> {
        let start = self.first + (usize::from(plane) * self.blocks + block) * WORDS;
        self.words.get(start..)?.first_chunk()
    }
}

fn ones_in(lines: &[Line]) -> u32 {
    lines
        .iter()
        .flat_map(|line| line.0)
        .map(u64::count_ones)
        .sum()
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
