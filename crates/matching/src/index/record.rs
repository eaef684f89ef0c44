//! Seekers and vacancies as columns of whole numbers, and back.
//!
//! Places in code lists are written as they are: the index belongs to one edition of the lists
//! ([`super::place::Place::basis`]) and is built anew with the next.

use chrono::DateTime;
use domain::code::{
    CommuneIx, Contracts, IscoCode, ProvinceIx, Shifts, TrainingField, TrainingRank,
};
use domain::id::{EmployerId, SeekerId, VacancyId};
use domain::seeker::{self, Seeker};
use domain::vacancy::{self, Asked, AskedSkill, Confidence, Offer};
use sha2::{Digest, Sha256};

use super::number::{
    cases, code, code_number, day, day_number, flags, nth, place, skill, training, training_number,
    worked, workplace, workplace_number,
};

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// A column of the index.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column {
            $($(#[$doc])* $name),*
        }

        impl Column {
            /// All of them, in the order in which a record keeps them.
            pub(super) const ALL: [Self; [$($word),*].len()] = [$(Self::$name),*];

            /// The name of its field.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $word),*
                }
            }
        }
    };
}

columns! {
    /// 0: a seeker, 1: a vacancy.
    Kind = "kind",
    /// The id, high and low half.
    Id = "id",
    /// Its place among all states.
    Status = "status",
    /// Yes and no.
    Flags = "flags",
    /// Skills had or asked; also postings.
    Skill = "skill",
    /// Occupations, value and digits; also postings.
    Occupation = "occupation",
    /// Trainings had; or the field asked.
    Training = "training",
    /// The wage wished or offered.
    Wage = "wage",
    /// Contracts, contracts excluded, shifts.
    Terms = "terms",
    /// Residence; at most one.
    Residence = "residence",
    /// Communes wished.
    WishedCommune = "wished_commune",
    /// Provinces wished.
    WishedProvince = "wished_province",
    /// Months by group.
    Worked = "worked",
    /// The moment of registration, in microseconds.
    Registered = "registered",
    /// The days of turning 15 and 18; or the last day.
    Day = "day",
    /// Employers blocked; or the vacancy's.
    Employer = "employer",
    /// How a skill is asked: essential and confidence, beside [`Self::Skill`].
    Asked = "asked",
    /// Openings and those taken.
    Openings = "openings",
    /// Workplaces.
    Workplace = "workplace",
    /// The level asked.
    Level = "level",
    /// Months asked.
    Months = "months",
}

const SEEKER: u64 = 0;
const VACANCY: u64 = 1;

/// One row: the values of every column, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Record {
    values: [Vec<u64>; Column::ALL.len()],
}

/// What a record holds.
pub(super) enum Thing {
    Seeker(Seeker),
    Offer(Offer),
}

impl Record {
    pub(super) fn clear(&mut self) {
        for values in &mut self.values {
            values.clear();
        }
    }

    pub(super) fn of(&self, column: Column) -> &[u64] {
        self.values.get(column as usize).map_or(&[], Vec::as_slice)
    }

    pub(super) fn put(&mut self, column: Column, values: impl IntoIterator<Item = u64>) {
        if let Some(place) = self.values.get_mut(column as usize) {
            place.extend(values);
        }
    }

    fn put_id(&mut self, column: Column, id: u128) {
        self.put(column, [(id >> 64) as u64, id as u64]);
    }

    /// What tells this record from every other: kind and id.
    pub(super) fn key(&self) -> Vec<u8> {
        [Column::Kind, Column::Id]
            .into_iter()
            .flat_map(|column| self.of(column).iter().flat_map(|value| value.to_be_bytes()))
            .collect()
    }

    /// A number that another content would not give; the sum over all records tells whether an
    /// index holds what it should.
    pub(super) fn digest(&self) -> u128 {
        let mut hash = Sha256::new();
        for values in &self.values {
            hash.update((values.len() as u64).to_le_bytes());
            for value in values {
                hash.update(value.to_le_bytes());
            }
        }
        hash.finalize()
            .iter()
            .take(16)
            .fold(0, |number, &byte| number << 8 | u128::from(byte))
    }

    /// The thing that was packed; `None` where the values cannot have come from one.
    pub(super) fn unpack(&self) -> Option<Thing> {
        match self.of(Column::Kind) {
            [SEEKER] => self.seeker().map(Thing::Seeker),
            [VACANCY] => self.offer().map(Thing::Offer),
            _ => None,
        }
    }

    fn one(&self, column: Column) -> Option<u64> {
        match self.of(column) {
            [value] => Some(*value),
            _ => None,
        }
    }

    fn flag(&self, bit: u32) -> bool {
        self.one(Column::Flags)
            .is_some_and(|flags| flags >> bit & 1 == 1)
    }

    fn ids(&self, column: Column) -> impl Iterator<Item = u128> + '_ {
        self.of(column)
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |id, &half| id << 64 | u128::from(half)))
    }

    fn occupations(&self) -> Option<Vec<IscoCode>> {
        self.of(Column::Occupation)
            .iter()
            .map(|&value| code(value))
            .collect()
    }

    fn terms(&self) -> Option<(Contracts, Contracts, Shifts)> {
        let &[contracts, excluded, shifts] = self.of(Column::Terms) else {
            return None;
        };
        Some((
            Contracts::from_bits(contracts.try_into().ok()?),
            Contracts::from_bits(excluded.try_into().ok()?),
            Shifts::from_bits(shifts.try_into().ok()?),
        ))
    }

    fn seeker(&self) -> Option<Seeker> {
        let &[turns_15, turns_18] = self.of(Column::Day) else {
            return None;
        };
        let (contracts, excluded_contracts, shifts) = self.terms()?;
        let registered = self.one(Column::Registered)?.cast_signed();
        Some(Seeker {
            id: SeekerId::from_u128(self.ids(Column::Id).next()?),
            status: nth(&seeker::Status::ALL, self.one(Column::Status)?)?,
            registered_at: DateTime::from_timestamp_micros(registered)?,
            turns_15: day(turns_15)?,
            turns_18: day(turns_18)?,
            skills: self
                .of(Column::Skill)
                .iter()
                .map(skill)
                .collect::<Option<_>>()?,
            occupations: self.occupations()?,
            trainings: self
                .of(Column::Training)
                .iter()
                .map(|&value| training(value))
                .collect::<Option<_>>()?,
            worked: self
                .of(Column::Worked)
                .iter()
                .map(|&value| worked(value))
                .collect::<Option<_>>()?,
            work_told: self.flag(0),
            residence: match self.of(Column::Residence) {
                [] => None,
                [commune] => Some(CommuneIx(u16::try_from(*commune).ok()?)),
                _ => return None,
            },
            wished_communes: self
                .of(Column::WishedCommune)
                .iter()
                .map(|&at| u16::try_from(at).ok().map(CommuneIx))
                .collect::<Option<_>>()?,
            wished_provinces: self
                .of(Column::WishedProvince)
                .iter()
                .map(|&at| u8::try_from(at).ok().map(ProvinceIx))
                .collect::<Option<_>>()?,
            anywhere: self.flag(1),
            abroad: self.flag(2),
            wished_wage: self.one(Column::Wage),
            contracts,
            excluded_contracts,
            shifts,
            blocked: self
                .ids(Column::Employer)
                .map(EmployerId::from_u128)
                .collect(),
        })
    }

    fn offer(&self) -> Option<Offer> {
        let &[positions, filled] = self.of(Column::Openings) else {
            return None;
        };
        let (contracts, _, shifts) = self.terms()?;
        Some(Offer {
            id: VacancyId::from_u128(self.ids(Column::Id).next()?),
            employer: EmployerId::from_u128(self.ids(Column::Employer).next()?),
            status: nth(&vacancy::Status::ALL, self.one(Column::Status)?)?,
            positions: positions.try_into().ok()?,
            filled: filled.try_into().ok()?,
            closes: match self.of(Column::Day) {
                [] => None,
                [last] => Some(day(*last)?),
                _ => return None,
            },
            skills: self.asked(SKILLS_ASKED, || self.asked_skills())?,
            occupations: self.occupations()?,
            level: self.asked(LEVEL_ASKED, || {
                TrainingRank::new(self.one(Column::Level)?.try_into().ok()?)
            })?,
            field: match self.of(Column::Training) {
                [] => None,
                [field] => Some(TrainingField::new(u16::try_from(*field).ok()?)?),
                _ => return None,
            },
            workplaces: self
                .of(Column::Workplace)
                .iter()
                .map(|&value| workplace(value))
                .collect::<Option<_>>()?,
            remote: self.flag(0),
            lodging: self.flag(1),
            shuttle: self.flag(2),
            abroad: self.flag(3),
            months: self.asked(MONTHS_ASKED, || self.one(Column::Months)?.try_into().ok())?,
            wage: self.one(Column::Wage),
            contracts,
            shifts,
            suits_minors: self.flag(4),
        })
    }

    /// One of the three cases: two bits of the flags, and what is asked beside them.
    fn asked<T>(&self, bit: u32, what: impl FnOnce() -> Option<T>) -> Option<Asked<T>> {
        match (self.flag(bit), self.flag(bit + 1)) {
            (false, false) => Some(Asked::NotSaid),
            (true, false) => Some(Asked::NotRequired),
            (false, true) => what().map(Asked::Required),
            (true, true) => None,
        }
    }

    fn asked_skills(&self) -> Option<Vec<AskedSkill>> {
        let (skills, how) = (self.of(Column::Skill), self.of(Column::Asked));
        if skills.len() != how.len() {
            return None;
        }
        skills
            .iter()
            .zip(how)
            .map(|(at, &how)| {
                Some(AskedSkill {
                    skill: skill(at)?,
                    essential: how >> 16 & 1 == 1,
                    confidence: Confidence::thousandths(how as u16)?,
                })
            })
            .collect()
    }
}

const SKILLS_ASKED: u32 = 5;
const LEVEL_ASKED: u32 = 7;
const MONTHS_ASKED: u32 = 9;

impl From<&Seeker> for Record {
    fn from(person: &Seeker) -> Self {
        let mut record = Self::default();
        record.put(Column::Kind, [SEEKER]);
        record.put_id(Column::Id, person.id.as_u128());
        record.put(Column::Status, place(&seeker::Status::ALL, person.status));
        record.put(
            Column::Flags,
            [flags(&[person.work_told, person.anywhere, person.abroad])],
        );
        record.put(
            Column::Skill,
            person.skills.iter().map(|skill| skill.0.into()),
        );
        record.put(
            Column::Occupation,
            person.occupations.iter().map(code_number),
        );
        record.put(
            Column::Training,
            person.trainings.iter().map(training_number),
        );
        record.put(Column::Wage, person.wished_wage);
        record.put(
            Column::Terms,
            [
                person.contracts.bits().into(),
                person.excluded_contracts.bits().into(),
                person.shifts.bits().into(),
            ],
        );
        record.put(Column::Residence, person.residence.map(|at| at.0.into()));
        record.put(
            Column::WishedCommune,
            person.wished_communes.iter().map(|at| at.0.into()),
        );
        record.put(
            Column::WishedProvince,
            person.wished_provinces.iter().map(|at| at.0.into()),
        );
        record.put(
            Column::Worked,
            person
                .worked
                .iter()
                .map(|worked| code_number(&worked.group) << 16 | u64::from(worked.months)),
        );
        record.put(
            Column::Registered,
            [person.registered_at.timestamp_micros().cast_unsigned()],
        );
        record.put(
            Column::Day,
            [day_number(person.turns_15), day_number(person.turns_18)],
        );
        for employer in &person.blocked {
            record.put_id(Column::Employer, employer.as_u128());
        }
        record
    }
}

impl From<&Offer> for Record {
    fn from(offer: &Offer) -> Self {
        let mut record = Self::default();
        record.put(Column::Kind, [VACANCY]);
        record.put_id(Column::Id, offer.id.as_u128());
        record.put_id(Column::Employer, offer.employer.as_u128());
        record.put(Column::Status, place(&vacancy::Status::ALL, offer.status));
        record.put(
            Column::Openings,
            [offer.positions.into(), offer.filled.into()],
        );
        record.put(Column::Day, offer.closes.map(day_number));
        let [no_skills, skills] = cases(&offer.skills);
        let [no_level, level] = cases(&offer.level);
        let [no_months, months] = cases(&offer.months);
        record.put(
            Column::Flags,
            [flags(&[
                offer.remote,
                offer.lodging,
                offer.shuttle,
                offer.abroad,
                offer.suits_minors,
                no_skills,
                skills,
                no_level,
                level,
                no_months,
                months,
            ])],
        );
        for asked in offer.skills.required().into_iter().flatten() {
            record.put(Column::Skill, [asked.skill.0.into()]);
            record.put(
                Column::Asked,
                [u64::from(asked.essential) << 16 | u64::from(asked.confidence.get())],
            );
        }
        record.put(
            Column::Occupation,
            offer.occupations.iter().map(code_number),
        );
        record.put(
            Column::Level,
            offer.level.required().map(|level| level.get().into()),
        );
        record.put(
            Column::Training,
            offer.field.map(|field| field.value().into()),
        );
        record.put(
            Column::Workplace,
            offer.workplaces.iter().map(workplace_number),
        );
        record.put(
            Column::Months,
            offer.months.required().map(|&months| months.into()),
        );
        record.put(Column::Wage, offer.wage);
        record.put(
            Column::Terms,
            [offer.contracts.bits().into(), 0, offer.shifts.bits().into()],
        );
        record
    }
}
