//! Which planes skills and their families have.

use std::collections::HashMap;

use domain::code::{SkillIx, Skills};
use domain::seeker::Seeker;

/// By skill: how many people have it.
pub(super) struct SkillCounts(Vec<u32>);

impl SkillCounts {
    /// Counts what these people have.
    pub(super) fn new(seekers: &[Seeker]) -> Self {
        let mut people: Vec<u32> = Vec::new();
        for skill in seekers.iter().flat_map(|seeker| &seeker.skills) {
            if people.len() <= skill.index() {
                people.resize(skill.index() + 1, 0);
            }
            if let Some(count) = people.get_mut(skill.index()) {
                *count += 1;
            }
        }
        Self(people)
    }
}

/// Planes one after the other: one each for the most frequent things; the others share a first
/// and a second plane with other things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) first: u16,
    pub(super) alone: u16,
    pub(super) shared: u16,
    pub(super) second: u16,
}

impl Room {
    /// The plane behind the last.
    pub(super) const fn end(self) -> u16 {
        self.first + self.alone + self.shared + self.second
    }
}

/// Which planes skills have.
#[derive(Default)]
pub(super) struct SkillPlanes {
    own: Vec<Pair>,
    families: Families,
}

impl SkillPlanes {
    /// Shares the planes out by how many people have each skill.
    pub(super) fn new(
        counts: &SkillCounts,
        skills: Option<&Skills>,
        room: Room,
        of_families: Room,
    ) -> Self {
        let counts = &counts.0;
        Self {
            own: shared_out(counts, room),
            families: skills.map_or_else(Families::default, |skills| {
                Families::new(skills, counts, of_families)
            }),
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

    /// All planes in which who has this skill has a bit.
    pub(super) fn of(&self, skill: SkillIx) -> impl Iterator<Item = u16> {
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

/// Planes for numbers by how many people each has.
fn shared_out(people: &[u32], room: Room) -> Vec<Pair> {
    let mut by_count: Vec<(u32, usize)> = people
        .iter()
        .copied()
        .zip(0..)
        .filter(|&(count, _)| count > 0)
        .collect();
    by_count.sort_unstable_by(|one, other| other.cmp(one));
    let [alone, shared, second] = [room.alone, room.shared, room.second].map(usize::from);
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
                first: room.first + one as u16,
                second: room.first + other as u16,
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
    fn new(skills: &Skills, people: &[u32], room: Room) -> Self {
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
        let by_number = shared_out(&counts, room);
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
