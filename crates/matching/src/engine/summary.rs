//! What of a segment can be told of 64 places at once: whether anybody there has a thing.
//!
//! Most of those who stand far away can reach a list only with all that a vacancy asks for. Of 64
//! people together that is seldom so: a few dozen lines tell for a million people in which of
//! their places somebody may be, and only there the planes of each are read.

use domain::code::{IscoCode, Skills};
use domain::seeker::Seeker;

use super::lines::{BLOCK, Line, Lines, ones_in};
use super::planes::lacking;
use super::row::{CODES, code_place};
use super::skill_planes::{Room, SkillCounts, SkillPlanes};
use crate::definition::usable;

/// So many places are a group.
pub(super) const GROUP: usize = 16;
/// So many groups are a block.
pub(super) const GROUPS: usize = BLOCK / GROUP;
/// Fewer blocks than this are sooner visited than told apart.
const FEW_BLOCKS: usize = 16;

/// Somebody in the group has no usable code.
pub(super) const NO_CODE: u16 = CODES as u16;
/// The most frequent skills have a plane each, the others share two.
const SKILLS: Room = Room {
    first: NO_CODE + 1,
    alone: 2_000,
    shared: 1_000,
    second: 250,
};
const FAMILIES: Room = Room {
    first: SKILLS.end(),
    alone: 1_000,
    shared: 500,
    second: 125,
};
const PLANES: usize = FAMILIES.end() as usize;

/// The plane of groups in which somebody has a code with this prefix.
pub(super) fn code(prefix: IscoCode) -> u16 {
    code_place(prefix)
}

/// Who has what, by groups.
pub(super) struct Summary {
    pub(super) lines: Lines,
    /// By plane: in how many groups somebody has it.
    groups: Vec<u32>,
    pub(super) skills: SkillPlanes,
}

impl Summary {
    /// In how many groups of a thousand nobody has any of these things, about.
    pub(super) fn lacking(&self, planes: &[u16]) -> u64 {
        lacking(&self.groups, self.lines.blocks() * BLOCK, planes)
    }
}

/// A summary on its way: the lines of one block of groups are gathered, since those of all blocks
/// lie all over the memory.
pub(super) struct Summing {
    summary: Summary,
    block: usize,
    /// By plane.
    gathered: Vec<Line>,
    /// The planes of which something is gathered.
    touched: Vec<u16>,
}

impl Summing {
    /// An empty summary of so many places of these people; `None` where they are few.
    pub(super) fn new(
        counts: &SkillCounts,
        skills: Option<&Skills>,
        places: usize,
    ) -> Option<Self> {
        (places >= FEW_BLOCKS * BLOCK).then(|| Self {
            summary: Summary {
                lines: Lines::new(PLANES, places.div_ceil(GROUP)),
                groups: vec![0; PLANES],
                skills: SkillPlanes::new(counts, skills, SKILLS, FAMILIES),
            },
            block: 0,
            gathered: vec![Line::default(); PLANES],
            touched: Vec::new(),
        })
    }

    /// Takes in who stands in a place; places come in their order.
    pub(super) fn add(&mut self, place: usize, seeker: &Seeker) {
        let group = place / GROUP;
        if group / BLOCK != self.block {
            self.write();
            self.block = group / BLOCK;
        }
        let Self {
            summary,
            gathered,
            touched,
            ..
        } = self;
        let (word, bit) = (group % BLOCK / 64, 1 << (group % 64));
        let mut set = |plane: u16| {
            let Some(line) = gathered.get_mut(usize::from(plane)) else {
                return;
            };
            if *line == Line::default() {
                touched.push(plane);
            }
            if let Some(word) = line.0.get_mut(word) {
                *word |= bit;
            }
        };
        for &skill in &seeker.skills {
            summary.skills.of(skill).for_each(&mut set);
        }
        let mut has_code = false;
        for &held in seeker.occupations.iter().filter(|&&code| usable(code)) {
            has_code = true;
            let prefixes = (1..=held.digits()).filter_map(|digits| held.prefix(digits));
            prefixes.map(code).for_each(&mut set);
        }
        if !has_code {
            set(NO_CODE);
        }
    }

    /// The whole summary.
    pub(super) fn finish(mut self) -> Summary {
        self.write();
        self.summary
    }

    fn write(&mut self) {
        for plane in self.touched.drain(..) {
            let at = usize::from(plane);
            if let (Some(line), Some(groups)) =
                (self.gathered.get_mut(at), self.summary.groups.get_mut(at))
            {
                *groups += ones_in(std::slice::from_ref(line));
                self.summary.lines.write(at, self.block, line);
                *line = Line::default();
            }
        }
    }
}
