//! Values of the domain as whole numbers, and back; `None` for a number that none of them has.

use chrono::{Datelike, NaiveDate};
use domain::code::{
    CommuneIx, IscoCode, LegacyProvinceIx, ProvinceIx, SkillIx, TrainingField, TrainingRank,
};
use domain::seeker::{Training, Worked};
use domain::vacancy::{Asked, Workplace};

pub(super) fn flags(bits: &[bool]) -> u64 {
    bits.iter()
        .rev()
        .fold(0, |flags, &bit| flags << 1 | u64::from(bit))
}

pub(super) const fn cases<T>(asked: &Asked<T>) -> [bool; 2] {
    match asked {
        Asked::NotSaid => [false, false],
        Asked::NotRequired => [true, false],
        Asked::Required(_) => [false, true],
    }
}

pub(super) fn place<T: PartialEq>(all: &[T], one: T) -> Option<u64> {
    all.iter()
        .position(|other| *other == one)
        .map(|at| at as u64)
}

pub(super) fn nth<T: Copy>(all: &[T], at: u64) -> Option<T> {
    all.get(usize::try_from(at).ok()?).copied()
}

pub(super) fn skill(at: &u64) -> Option<SkillIx> {
    u32::try_from(*at).ok().map(SkillIx)
}

pub(super) fn code_number(code: &IscoCode) -> u64 {
    u64::from(code.value()) << 3 | u64::from(code.digits())
}

pub(super) fn code(number: u64) -> Option<IscoCode> {
    IscoCode::new((number & 7) as u8, u16::try_from(number >> 3).ok()?)
}

pub(super) fn worked(number: u64) -> Option<Worked> {
    Some(Worked {
        group: code(number >> 16)?,
        months: number as u16,
    })
}

pub(super) fn training_number(training: &Training) -> u64 {
    let level = training.level.map_or(0, |level| u64::from(level.get()) + 1);
    let field = training
        .field
        .map_or(0, |field| u64::from(field.value()) + 1);
    field << 8 | level
}

pub(super) fn training(number: u64) -> Option<Training> {
    let level = match (number & 0xff) as u8 {
        0 => None,
        level => Some(TrainingRank::new(level - 1)?),
    };
    let field = match u16::try_from(number >> 8).ok()? {
        0 => None,
        field => Some(TrainingField::new(field - 1)?),
    };
    Some(Training { level, field })
}

pub(super) fn workplace_number(place: &Workplace) -> u64 {
    match *place {
        Workplace::Commune(at) => u64::from(at.0),
        Workplace::Province(at) => 1 << 16 | u64::from(at.0),
        Workplace::LegacyProvince(at) => 2 << 16 | u64::from(at.0),
    }
}

pub(super) fn workplace(number: u64) -> Option<Workplace> {
    let at = number as u16;
    match number >> 16 {
        0 => Some(Workplace::Commune(CommuneIx(at))),
        1 => Some(Workplace::Province(ProvinceIx(u8::try_from(at).ok()?))),
        2 => Some(Workplace::LegacyProvince(LegacyProvinceIx(
            u8::try_from(at).ok()?,
        ))),
        _ => None,
    }
}

pub(super) fn day_number(day: NaiveDate) -> u64 {
    i64::from(day.num_days_from_ce()).cast_unsigned()
}

pub(super) fn day(number: u64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number.cast_signed().try_into().ok()?)
}
