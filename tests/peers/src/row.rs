//! Everybody in compact rows of 64 bytes: the columns in memory of the scan and of MaxScore.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::code::IscoCode;
use domain::id::SeekerId;
use domain::seeker::{Seeker, Worked};
use matching::definition::usable;
use matching::scan::PersonPlace;

use crate::Failure;

/// No commune.
pub(crate) const NOWHERE: u16 = u16::MAX;
/// No code, group or province.
pub(crate) const NONE: u8 = u8::MAX;
/// The codes known to one, two, three and four digits have places of their own; the last is no code.
const CODE_BASE: [u16; 4] = [0, 10, 110, 1_110];
/// How many places of codes there are; the place after them stands for no code.
pub(crate) const CODES: u16 = 11_110;

pub(crate) const LOOKING: u8 = 1;
pub(crate) const ANYWHERE: u8 = 1 << 1;
pub(crate) const ABROAD: u8 = 1 << 2;
pub(crate) const TOLD: u8 = 1 << 3;

/// The place of a code in tables.
pub(crate) fn code_place(code: IscoCode) -> u16 {
    CODE_BASE[usize::from(code.digits()) - 1] + code.value()
}

/// A day as a number that fits into two bytes: days since 1970, earlier ones as 0.
pub(crate) fn day_number(day: NaiveDate) -> u16 {
    let days = day.signed_duration_since(NaiveDate::default()).num_days();
    u16::try_from(days.max(0)).unwrap_or(u16::MAX)
}

/// What scoring needs of a person.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Row {
    pub(crate) skills: [u16; 12],
    pub(crate) codes: [u16; 5],
    pub(crate) commune: u16,
    pub(crate) turns_15: u16,
    pub(crate) turns_18: u16,
    /// By [`Dictionary::training`].
    pub(crate) training: u16,
    /// By [`Dictionary::wage`].
    pub(crate) wage: u8,
    pub(crate) groups: [u8; 5],
    pub(crate) months: [u8; 5],
    pub(crate) provinces: [u8; 3],
    pub(crate) contracts: u8,
    pub(crate) excluded: u8,
    pub(crate) shifts: u8,
    pub(crate) flags: u8,
}

/// Values that occur, numbered from 1; 0 is "not said".
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    /// Wages wished.
    pub(crate) wages: Vec<u64>,
    /// Fields of training.
    pub(crate) fields: Vec<u16>,
    wage_at: HashMap<u64, u8>,
    field_at: HashMap<u16, u8>,
}

impl Dictionary {
    fn wage(&mut self, wage: Option<u64>) -> Result<u8, Failure> {
        let Some(wage) = wage else { return Ok(0) };
        if let Some(&at) = self.wage_at.get(&wage) {
            return Ok(at);
        }
        self.wages.push(wage);
        let at = u8::try_from(self.wages.len())?;
        self.wage_at.insert(wage, at);
        Ok(at)
    }

    fn field(&mut self, field: Option<u16>) -> Result<u8, Failure> {
        let Some(field) = field else { return Ok(0) };
        if let Some(&at) = self.field_at.get(&field) {
            return Ok(at);
        }
        self.fields.push(field);
        let at = u8::try_from(self.fields.len())?;
        self.field_at.insert(field, at);
        Ok(at)
    }
}

/// Levels (and "not known") of the number of a training.
pub(crate) const LEVELS: u16 = 10;

/// Everybody.
pub(crate) struct Columns {
    pub(crate) rows: Vec<Row>,
    pub(crate) ids: Vec<SeekerId>,
    pub(crate) registered: Vec<i64>,
    pub(crate) dictionary: Dictionary,
    no_skill: u16,
}

impl Columns {
    /// No one yet; so many skills are in the list.
    pub(crate) fn new(skills: usize, people: usize) -> Result<Self, Failure> {
        Ok(Self {
            rows: Vec::with_capacity(people),
            ids: Vec::with_capacity(people),
            registered: Vec::with_capacity(people),
            dictionary: Dictionary::default(),
            no_skill: u16::try_from(skills)?,
        })
    }

    /// Adds a person; one of the world always fits.
    pub(crate) fn push(&mut self, seeker: &Seeker) -> Result<(), Failure> {
        let fits = seeker.trainings.len() <= 1
            && seeker.wished_communes.is_empty()
            && seeker.blocked.is_empty()
            && seeker.occupations.iter().all(|&code| usable(code));
        if !fits {
            return Err("a person of the world does not fit into a row".into());
        }
        let training = seeker.trainings.first();
        let level = training.and_then(|training| training.level);
        let field = training.and_then(|training| training.field);
        let field = self.dictionary.field(field.map(|field| field.value()))?;
        let wage = self.dictionary.wage(seeker.wished_wage)?;
        let months = |worked: &Worked| u8::try_from(worked.months);
        let worked: Vec<u8> = seeker.worked.iter().map(months).collect::<Result<_, _>>()?;
        self.rows.push(Row {
            skills: filled(
                self.no_skill,
                seeker.skills.iter().map(|skill| skill.0 as u16),
            )?,
            codes: filled(
                CODES,
                seeker.occupations.iter().map(|&code| code_place(code)),
            )?,
            commune: seeker.residence.map_or(NOWHERE, |commune| commune.0),
            turns_15: day_number(seeker.turns_15),
            turns_18: day_number(seeker.turns_18),
            training: u16::from(field) * LEVELS + level.map_or(0, |level| level.get() + 1) as u16,
            wage,
            groups: filled(
                NONE,
                seeker.worked.iter().map(|one| one.group.value() as u8),
            )?,
            months: filled(0, worked.into_iter())?,
            provinces: filled(NONE, seeker.wished_provinces.iter().map(|one| one.0))?,
            contracts: seeker.contracts.bits(),
            excluded: seeker.excluded_contracts.bits(),
            shifts: seeker.shifts.bits(),
            flags: flags(seeker),
        });
        self.ids.push(seeker.id);
        self.registered
            .push(seeker.registered_at.timestamp_micros());
        Ok(())
    }

    /// Whether the value of a row names a skill.
    pub(crate) const fn is_skill(&self, skill: u16) -> bool {
        skill != self.no_skill
    }

    /// The place of a person with this sum.
    pub(crate) fn place(&self, at: usize, sum: u64) -> PersonPlace {
        let thousandths = (sum / matching::definition::ONE) as u16;
        PersonPlace::new(thousandths, self.registered[at], self.ids[at])
    }
}

fn flags(seeker: &Seeker) -> u8 {
    [
        (seeker.status.is_looking(), LOOKING),
        (seeker.anywhere, ANYWHERE),
        (seeker.abroad, ABROAD),
        (seeker.work_told, TOLD),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .fold(0, |flags, (_, flag)| flags | flag)
}

fn filled<T: Copy, const N: usize>(
    blank: T,
    values: impl ExactSizeIterator<Item = T>,
) -> Result<[T; N], Failure> {
    if values.len() > N {
        return Err(format!("{} values for {N} places of a row", values.len()).into());
    }
    let mut places = [blank; N];
    for (place, value) in places.iter_mut().zip(values) {
        *place = value;
    }
    Ok(places)
}
