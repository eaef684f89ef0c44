//! What vacancies ask for and offer, a bit for each place: planes of bits over blocks of 512.
//!
//! A set bit may be wrong (codes and fields share planes), a clear one never is. For a frequent
//! skill four planes together hold its share of the vacancy, in fifteenths, rounded up. Skills
//! that few ask for have postings instead.

use domain::code::{IscoCode, TrainingField};
use domain::vacancy::{Asked, Offer};

use super::super::lines::{Line, WORDS};
use super::layout::Layout;
use crate::definition::{ONE, SharedSkill, occupation, usable};

/// So many bits hold a share.
pub(super) const SHARE_BITS: usize = 4;
/// The whole, in the steps in which shares are held.
pub(super) const SHARE_STEPS: u64 = (1 << SHARE_BITS) - 1;

/// Is suitable for people of 15 to 17.
pub(super) const MINORS: u16 = 0;
/// Expressly asks for no skill.
pub(super) const NO_SKILL_ASKED: u16 = 1;
/// Does not say which skills count.
pub(super) const SKILL_NOT_SAID: u16 = 2;
/// Takes candidates by a code that is known to fewer than three digits.
pub(super) const SHORT_CANDIDATE_CODE: u16 = 3;
/// Expressly asks for no months.
pub(super) const NO_MONTHS_ASKED: u16 = 4;
/// Expressly asks for no months, or says how many.
pub(super) const MONTHS_SAID: u16 = 5;
/// Does not say how many months it asks for, or in which trade.
pub(super) const MONTHS_NOT_SAID: u16 = 6;
/// Expressly asks for no level, and names no field.
pub(super) const NO_TRAINING_ASKED: u16 = 7;
/// Does not say level nor field.
pub(super) const TRAINING_NOT_SAID: u16 = 8;
/// Names a field only.
pub(super) const FIELD_ONLY: u16 = 9;
/// Names no field.
pub(super) const NO_FIELD: u16 = 10;
/// Says nothing of contracts.
pub(super) const NO_CONTRACT: u16 = 11;
/// Says nothing of shifts.
pub(super) const NO_SHIFT: u16 = 12;
const LEVELS: u16 = 13;
const FIELDS: u16 = LEVELS + 9;
const FIELDS_LEN: u16 = 31;
const BROAD_FIELDS: u16 = FIELDS + FIELDS_LEN;
const BROAD_FIELDS_LEN: u16 = 12;
const CONTRACTS: u16 = BROAD_FIELDS + BROAD_FIELDS_LEN;
const SHIFTS: u16 = CONTRACTS + 8;
const WAGES: u16 = SHIFTS + 8;
/// Wages offered from these bounds on (million VND a month) have planes.
pub(super) const WAGE_BOUNDS: [u64; 8] = [6, 8, 10, 12, 15, 18, 22, 30];
const MINOR_GROUPS: u16 = WAGES + WAGE_BOUNDS.len() as u16;
const MINOR_GROUPS_LEN: u16 = 10;
const UNIT_GROUPS: u16 = MINOR_GROUPS + MINOR_GROUPS_LEN;
const UNIT_GROUPS_LEN: u16 = 50;
const PLANES: usize = (UNIT_GROUPS + UNIT_GROUPS_LEN) as usize;

/// The plane of who asks for this rank or a lower one.
pub(super) const fn level_up_to(rank: u8) -> u16 {
    LEVELS + (rank % 9) as u16
}

/// The plane of who names this field.
pub(super) const fn field(field: TrainingField) -> u16 {
    FIELDS + field.value() % FIELDS_LEN
}

/// The plane of who names a field in this broad field.
pub(super) const fn broad_field(field: TrainingField) -> u16 {
    BROAD_FIELDS + field.broad() as u16 % BROAD_FIELDS_LEN
}

/// The planes of who offers one of these contracts.
pub(super) fn contracts(bits: u8) -> impl Iterator<Item = u16> {
    ones(bits).map(|bit| CONTRACTS + bit)
}

/// The planes of who offers one of these shifts.
pub(super) fn shifts(bits: u8) -> impl Iterator<Item = u16> {
    ones(bits).map(|bit| SHIFTS + bit)
}

/// The plane of who offers the bound at this place or more, or does not say.
pub(super) const fn wage_from(bound: usize) -> u16 {
    WAGES + bound as u16
}

/// The plane of a code in its minor group; of a code of group 1, which matches whole only, that of
/// its unit group. Trades stand apart: the last digits are enough.
pub(super) fn minor_group(code: IscoCode) -> Option<u16> {
    if code.prefix(1).is_some_and(|major| major.value() == 1) {
        return unit_group(code);
    }
    let group = code.prefix(3)?;
    Some(MINOR_GROUPS + group.value() % MINOR_GROUPS_LEN)
}

/// The plane of a code in its unit group.
pub(super) fn unit_group(code: IscoCode) -> Option<u16> {
    (code.digits() == 4).then(|| UNIT_GROUPS + code.value() % UNIT_GROUPS_LEN)
}

fn ones(bits: u8) -> impl Iterator<Item = u16> {
    (0..8).filter(move |bit| bits >> bit & 1 == 1)
}

/// The planes of a vacancy.
pub(super) struct Bits {
    planes: Vec<u16>,
    /// Places of frequent skills, with what they weigh in steps.
    shares: Vec<(u16, u8)>,
}

impl Bits {
    /// Of a vacancy with these skills that count; `slot` knows the frequent ones.
    pub(super) fn of(
        offer: &Offer,
        shared: &[SharedSkill],
        slot: impl Fn(u32) -> Option<u16>,
    ) -> Self {
        let mut bits = Self {
            planes: Vec::with_capacity(32),
            shares: Vec::new(),
        };
        for shared in shared {
            if let Some(slot) = slot(shared.skill.0) {
                let steps = (shared.share * SHARE_STEPS).div_ceil(ONE);
                bits.shares.push((slot, steps as u8));
            }
        }
        bits.flags(offer, shared);
        bits.codes(offer);
        bits.training(offer);
        bits.terms(offer);
        bits
    }

    fn flags(&mut self, offer: &Offer, shared: &[SharedSkill]) {
        let mut codes = offer.occupations.iter().filter(|&&code| usable(code));
        let in_trades = codes.any(|code| code.digits() >= 2);
        let asks_months = in_trades && offer.months.required().is_some();
        let no_months = offer.months == Asked::NotRequired;
        let without_skill = shared.is_empty();
        let no_skill = offer.skills == Asked::NotRequired;
        let short = occupation::candidate_codes(offer).any(|code| code.digits() < 3);
        let flags = [
            (offer.suits_minors && !offer.abroad, MINORS),
            (no_skill, NO_SKILL_ASKED),
            (without_skill && !no_skill, SKILL_NOT_SAID),
            (short, SHORT_CANDIDATE_CODE),
            (no_months, NO_MONTHS_ASKED),
            (asks_months || no_months, MONTHS_SAID),
            (!asks_months && !no_months, MONTHS_NOT_SAID),
        ];
        self.set_all(flags);
    }

    fn set_all(&mut self, flags: impl IntoIterator<Item = (bool, u16)>) {
        let flags = flags.into_iter().filter(|&(is, _)| is);
        self.planes.extend(flags.map(|(_, plane)| plane));
    }

    fn codes(&mut self, offer: &Offer) {
        let codes = offer.occupations.iter().filter(|&&code| usable(code));
        for &code in codes {
            self.planes.extend(minor_group(code));
            self.planes.extend(unit_group(code));
        }
    }

    fn training(&mut self, offer: &Offer) {
        let lowest = match offer.level {
            Asked::Required(rank) => Some(rank.get()),
            Asked::NotRequired => Some(0),
            Asked::NotSaid => None,
        };
        if let Some(rank) = lowest {
            self.planes.extend((rank..9).map(level_up_to));
        }
        let none = offer.field.is_none();
        self.set_all([
            (none && offer.level == Asked::NotRequired, NO_TRAINING_ASKED),
            (none && offer.level == Asked::NotSaid, TRAINING_NOT_SAID),
            (!none && offer.level == Asked::NotSaid, FIELD_ONLY),
            (none, NO_FIELD),
        ]);
        if let Some(named) = offer.field {
            self.planes.extend([field(named), broad_field(named)]);
        }
    }

    fn terms(&mut self, offer: &Offer) {
        self.planes.extend(contracts(offer.contracts.bits()));
        self.planes.extend(shifts(offer.shifts.bits()));
        self.set_all([
            (offer.contracts.is_empty(), NO_CONTRACT),
            (offer.shifts.is_empty(), NO_SHIFT),
        ]);
        for (at, bound) in WAGE_BOUNDS.into_iter().enumerate() {
            if offer.wage.is_none_or(|wage| wage >= bound * 1_000_000) {
                self.planes.push(wage_from(at));
            }
        }
    }
}

/// All planes of a segment.
pub(super) struct Planes {
    blocks: usize,
    /// By plane, then by block; then by frequent skill, block and bit.
    lines: Vec<Line>,
}

impl Planes {
    /// Planes for these places, of which `bits` tells what stands in the row.
    pub(super) fn new(layout: &Layout, frequent: usize, bits: &[Bits]) -> Self {
        let blocks = layout.blocks();
        let lines = (PLANES + SHARE_BITS * frequent) * blocks;
        let mut planes = Self {
            blocks,
            lines: vec![Line::default(); lines],
        };
        for (place, entry) in layout.standing() {
            if let Some(bits) = bits.get(entry.row as usize) {
                planes.set(place as usize, bits);
            }
        }
        planes
    }

    /// Planes of one block with these bits in the first of them, and these shares.
    #[cfg(test)]
    pub(super) fn of_lines(lines: &[Line], shares: &[Line]) -> Self {
        let mut all = vec![Line::default(); PLANES];
        all[..lines.len()].copy_from_slice(lines);
        all.extend(shares);
        Self {
            blocks: 1,
            lines: all,
        }
    }

    fn set(&mut self, place: usize, bits: &Bits) {
        let (block, word) = (place / (WORDS * 64), place / 64 % WORDS);
        for &plane in &bits.planes {
            self.set_bit(self.at(plane, block), word, place);
        }
        for &(slot, share) in &bits.shares {
            let lines = self.at_share(slot, block);
            for bit in (0..SHARE_BITS).filter(|bit| share >> bit & 1 == 1) {
                self.set_bit(lines + bit, word, place);
            }
        }
    }

    fn set_bit(&mut self, line: usize, word: usize, place: usize) {
        let line = self.lines.get_mut(line);
        if let Some(word) = line.and_then(|line| line.0.get_mut(word)) {
            *word |= 1 << (place % 64);
        }
    }

    #[inline]
    fn at(&self, plane: u16, block: usize) -> usize {
        usize::from(plane) * self.blocks + block
    }

    #[inline]
    fn at_share(&self, slot: u16, block: usize) -> usize {
        PLANES * self.blocks + (usize::from(slot) * self.blocks + block) * SHARE_BITS
    }

    /// The bits of a plane in a block.
    #[inline]
    pub(super) fn line(&self, plane: u16, block: usize) -> Option<&Line> {
        self.lines.get(self.at(plane, block))
    }

    /// What a frequent skill weighs in the vacancies of a block, bit by bit.
    #[inline]
    pub(super) fn share(&self, slot: u16, block: usize) -> Option<&[Line; SHARE_BITS]> {
        self.lines.get(self.at_share(slot, block)..)?.first_chunk()
    }
}
