//! A seeker in one cache line.

use chrono::{DateTime, Datelike, NaiveDate};
use domain::code::{
    CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, SkillIx, TrainingField, TrainingRank,
};
use domain::id::SeekerId;
use domain::seeker::{Seeker, Status, Training, Worked};

use crate::definition::usable;

/// Not there.
pub(super) const NONE: u16 = u16::MAX;
/// The codes known to one, two, three and four digits have places of their own.
const CODE_BASE: [u16; 4] = [0, 10, 110, 1_110];
/// How many places of codes there are.
pub(super) const CODES: usize = 11_110;

const STATUS_BITS: u8 = 7;
const FLAG_ANYWHERE: u8 = 1 << 3;
const FLAG_ABROAD: u8 = 1 << 4;
const FLAG_TOLD: u8 = 1 << 5;
const FLAG_SPILLED: u8 = 1 << 6;
const FLAG_NO_RESIDENCE: u8 = 1 << 7;

/// Days are counted from here: 16 bits reach to 2079.
const FIRST_DAY: i32 = 693_596;

/// The place of a code in tables.
pub(super) fn code_place(code: IscoCode) -> u16 {
    let base = CODE_BASE
        .get(usize::from(code.digits()).saturating_sub(1))
        .copied()
        .unwrap_or(0);
    base + code.value()
}

fn code_at(place: u16) -> Option<IscoCode> {
    let (digits, base) = (1_u8..=4)
        .zip(CODE_BASE)
        .rev()
        .find(|&(_, base)| place >= base)?;
    IscoCode::new(digits, place - base)
}

/// The range of places of the codes with `digits` digits that begin with `prefix`.
pub(super) fn code_range(prefix: IscoCode, digits: u8) -> std::ops::Range<usize> {
    let more = u32::from(digits.saturating_sub(prefix.digits()));
    let width = 10_usize.pow(more);
    let base = CODE_BASE
        .get(usize::from(digits).saturating_sub(1))
        .copied()
        .unwrap_or(0);
    let start = usize::from(base) + usize::from(prefix.value()) * width;
    start..start + width
}

/// A pair of level and field: level + 1 in the low four bits (0: none), field + 1 above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Pair(pub(super) u32);

impl Pair {
    const NONE: Self = Self(0);

    fn new(training: Training) -> Self {
        let level = training.level.map_or(0, |level| u32::from(level.get()) + 1);
        let field = training
            .field
            .map_or(0, |field| u32::from(field.value()) + 1);
        Self(level | field << 4)
    }

    pub(super) fn training(self) -> Option<Training> {
        let level = (self.0 & 15)
            .checked_sub(1)
            .and_then(|level| TrainingRank::new(u8::try_from(level).ok()?));
        let field = (self.0 >> 4)
            .checked_sub(1)
            .and_then(|field| TrainingField::new(u16::try_from(field).ok()?));
        (level.is_some() || field.is_some()).then_some(Training { level, field })
    }
}

/// What scoring needs of a person.
#[derive(Debug, Clone, Default)]
#[repr(align(64))]
pub(super) struct Row {
    pub(super) provinces: u64,
    pub(super) wage: u32,
    pub(super) skills_start: u32,
    pub(super) pairs: [Pair; 2],
    pub(super) turns_15: u16,
    pub(super) turns_18: u16,
    pub(super) codes: [u16; 5],
    pub(super) points: [u16; 3],
    pub(super) months: [u16; 5],
    pub(super) groups: [u8; 5],
    pub(super) skills_len: u8,
    pub(super) contracts: u8,
    pub(super) excluded: u8,
    pub(super) shifts: u8,
    flags: u8,
}

impl Row {
    pub(super) const fn is_spilled(&self) -> bool {
        self.flags & FLAG_SPILLED != 0
    }

    pub(super) const fn anywhere(&self) -> bool {
        self.flags & FLAG_ANYWHERE != 0
    }

    pub(super) const fn abroad(&self) -> bool {
        self.flags & FLAG_ABROAD != 0
    }

    pub(super) const fn told(&self) -> bool {
        self.flags & FLAG_TOLD != 0
    }

    pub(super) fn wished_wage(&self) -> Option<u64> {
        (self.wage != u32::MAX).then_some(u64::from(self.wage))
    }

    /// Whether the person may stand at several communes.
    pub(super) fn has_several_points(&self) -> bool {
        self.points[1] != NONE
    }

    pub(super) fn points(&self) -> impl Iterator<Item = u16> {
        self.points.into_iter().filter(|&point| point != NONE)
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = u16> {
        self.codes.into_iter().filter(|&code| code != NONE)
    }
}

/// Packs a seeker; one that does not fit whole is marked as spilled, and who reads the row must
/// take the seeker itself.
pub(super) fn pack(seeker: &Seeker, skills_start: u32) -> Row {
    let mut row = Row {
        provinces: seeker
            .wished_provinces
            .iter()
            .filter(|province| province.index() < 64)
            .fold(0, |bits, province| bits | 1 << province.index()),
        wage: seeker
            .wished_wage
            .map_or(u32::MAX, |wage| u32::try_from(wage).unwrap_or(u32::MAX)),
        skills_start,
        pairs: [Pair::NONE; 2],
        turns_15: day_number(seeker.turns_15).unwrap_or(u16::MAX),
        turns_18: day_number(seeker.turns_18).unwrap_or(u16::MAX),
        codes: [NONE; 5],
        points: [NONE; 3],
        months: [0; 5],
        groups: [u8::MAX; 5],
        skills_len: u8::try_from(seeker.skills.len()).unwrap_or(u8::MAX),
        contracts: seeker.contracts.bits(),
        excluded: seeker.excluded_contracts.bits(),
        shifts: seeker.shifts.bits(),
        flags: flags(seeker),
    };
    fill(
        &mut row.pairs,
        seeker.trainings.iter().map(|&pair| Pair::new(pair)),
    );
    fill(
        &mut row.codes,
        seeker.occupations.iter().map(|&code| code_place(code)),
    );
    fill(
        &mut row.points,
        seeker
            .residence
            .iter()
            .chain(&seeker.wished_communes)
            .map(|commune| commune.0),
    );
    fill(
        &mut row.months,
        seeker.worked.iter().map(|worked| worked.months),
    );
    fill(
        &mut row.groups,
        seeker
            .worked
            .iter()
            .map(|worked| u8::try_from(worked.group.value()).unwrap_or(u8::MAX)),
    );
    if !fits(seeker) {
        row.flags |= FLAG_SPILLED;
    }
    row
}

/// Whether [`unpack`] gives back the whole seeker, and the row is enough to score.
fn fits(seeker: &Seeker) -> bool {
    let points = usize::from(seeker.residence.is_some()) + seeker.wished_communes.len();
    seeker.blocked.is_empty()
        && seeker
            .registered_at
            .timestamp_subsec_nanos()
            .is_multiple_of(1_000)
        && day_number(seeker.turns_15).is_some()
        && day_number(seeker.turns_18).is_some()
        && seeker.skills.len() < usize::from(u8::MAX)
        && seeker.occupations.len() <= 5
        && seeker.occupations.iter().all(|&code| usable(code))
        && seeker.trainings.len() <= 2
        && seeker.worked.len() <= 5
        && seeker
            .worked
            .iter()
            .all(|worked| worked.group.digits() == 2)
        && points <= 3
        && points_are_known(seeker)
        && seeker
            .wished_provinces
            .iter()
            .all(|province| province.index() < 64)
        && seeker
            .wished_provinces
            .is_sorted_by(|one, other| one < other)
        && seeker
            .wished_wage
            .is_none_or(|wage| wage < u64::from(u32::MAX))
}

fn points_are_known(seeker: &Seeker) -> bool {
    seeker
        .residence
        .iter()
        .chain(&seeker.wished_communes)
        .all(|commune| commune.0 != NONE)
}

fn fill<T>(places: &mut [T], values: impl Iterator<Item = T>) {
    for (place, value) in places.iter_mut().zip(values) {
        *place = value;
    }
}

/// The number of a day, as rows have it.
pub(super) fn days(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - FIRST_DAY
}

fn day_number(day: NaiveDate) -> Option<u16> {
    u16::try_from(days(day)).ok()
}

fn day_at(number: u16) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(FIRST_DAY + i32::from(number)).unwrap_or(NaiveDate::MAX)
}

fn flags(seeker: &Seeker) -> u8 {
    let status = Status::ALL
        .iter()
        .position(|&status| status == seeker.status);
    [
        (seeker.anywhere, FLAG_ANYWHERE),
        (seeker.abroad, FLAG_ABROAD),
        (seeker.work_told, FLAG_TOLD),
        (seeker.residence.is_none(), FLAG_NO_RESIDENCE),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(
        status.unwrap_or(0) as u8 & STATUS_BITS,
        |flags, (_, flag)| flags | flag,
    )
}

/// The seeker that was packed, where it is not spilled.
pub(super) fn unpack(row: &Row, id: SeekerId, registered: i64, skills: &[SkillIx]) -> Seeker {
    let mut seeker = blank();
    seeker.id = id;
    seeker.registered_at = DateTime::from_timestamp_micros(registered).unwrap_or_default();
    unpack_facts(row, skills, &mut seeker);
    seeker
}

/// Somebody of whom nothing is known.
pub(super) fn blank() -> Seeker {
    Seeker {
        id: SeekerId::from_u128(0),
        status: Status::Withdrawn,
        registered_at: DateTime::default(),
        turns_15: NaiveDate::MAX,
        turns_18: NaiveDate::MAX,
        skills: Vec::new(),
        occupations: Vec::new(),
        trainings: Vec::new(),
        worked: Vec::new(),
        work_told: false,
        residence: None,
        wished_communes: Vec::new(),
        wished_provinces: Vec::new(),
        anywhere: false,
        abroad: false,
        wished_wage: None,
        contracts: Contracts::EMPTY,
        excluded_contracts: Contracts::EMPTY,
        shifts: Shifts::EMPTY,
        blocked: Vec::new(),
    }
}

/// All but who it is, into a seeker whose memory is used again.
pub(super) fn unpack_facts(row: &Row, skills: &[SkillIx], into: &mut Seeker) {
    fn refill<T>(list: &mut Vec<T>, with: impl Iterator<Item = T>) {
        list.clear();
        list.extend(with);
    }
    let mut points = row.points().map(CommuneIx);
    into.status = Status::ALL
        .get(usize::from(row.flags & STATUS_BITS))
        .copied()
        .unwrap_or(Status::Withdrawn);
    into.turns_15 = day_at(row.turns_15);
    into.turns_18 = day_at(row.turns_18);
    into.residence = if row.flags & FLAG_NO_RESIDENCE == 0 {
        points.next()
    } else {
        None
    };
    into.work_told = row.told();
    into.anywhere = row.anywhere();
    into.abroad = row.abroad();
    into.wished_wage = row.wished_wage();
    into.contracts = Contracts::from_bits(row.contracts);
    into.excluded_contracts = Contracts::from_bits(row.excluded);
    into.shifts = Shifts::from_bits(row.shifts);
    refill(&mut into.skills, skills.iter().copied());
    refill(&mut into.occupations, row.codes().filter_map(code_at));
    refill(
        &mut into.trainings,
        row.pairs.into_iter().filter_map(Pair::training),
    );
    refill(
        &mut into.worked,
        row.groups
            .into_iter()
            .zip(row.months)
            .filter(|&(group, _)| group != u8::MAX)
            .filter_map(|(group, months)| {
                IscoCode::new(2, u16::from(group)).map(|group| Worked { group, months })
            }),
    );
    refill(&mut into.wished_communes, points);
    refill(
        &mut into.wished_provinces,
        (0_u8..64)
            .filter(|bit| row.provinces >> bit & 1 == 1)
            .map(ProvinceIx),
    );
}
