//! What the engine sees, as JSON with codes as text: places in lists change with the lists.

mod profile;

use domain::code::{
    Benefits, Codes, Contracts, IscoCode, Lang, Shifts, TrainingField, TrainingRank,
};
use domain::id::{EmployerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::vacancy::{self, Asked, AskedSkill, Assumed, Confidence, Offer, Vacancy, Workplace};
use serde::{Deserialize, Serialize};

pub(crate) use profile::ProfileText;

#[derive(Serialize, Deserialize)]
enum AskedText<T> {
    NotSaid,
    NotRequired,
    Required(T),
}

impl<T> AskedText<T> {
    fn of<U>(asked: &Asked<U>, text: impl Fn(&U) -> T) -> Self {
        match asked {
            Asked::NotSaid => Self::NotSaid,
            Asked::NotRequired => Self::NotRequired,
            Asked::Required(what) => Self::Required(text(what)),
        }
    }

    fn read<U>(self, value: impl Fn(T) -> Option<U>) -> Asked<U> {
        match self {
            Self::NotSaid => Asked::NotSaid,
            Self::NotRequired => Asked::NotRequired,
            // A code that is in no list any more says nothing.
            Self::Required(what) => value(what).map_or(Asked::NotSaid, Asked::Required),
        }
    }
}

#[derive(Serialize, Deserialize)]
enum PlaceText {
    Commune(String),
    Province(String),
    LegacyProvince(String),
}

#[derive(Serialize, Deserialize)]
enum WageText {
    NotSaid,
    Negotiable,
    Piece,
    From(u64, String),
    UpTo(u64, String),
    Range(u64, u64, String),
}

/// What was not said; rows of before say nothing about it.
#[derive(Default, Serialize, Deserialize)]
struct AssumedText {
    published: bool,
    closes: bool,
    positions: bool,
}

/// A vacancy but for what stands in columns of its own.
#[derive(Serialize, Deserialize)]
pub(crate) struct OfferText {
    skills: AskedText<Vec<(String, bool, u16)>>,
    occupations: Vec<String>,
    /// In thousandths; rows of before say nothing about it.
    #[serde(default)]
    occupation_confidence: Option<u16>,
    level: AskedText<u8>,
    field: Option<u16>,
    workplaces: Vec<PlaceText>,
    remote: bool,
    lodging: bool,
    shuttle: bool,
    abroad: bool,
    months: AskedText<u16>,
    wage_monthly: Option<u64>,
    wage: WageText,
    contracts: Vec<String>,
    shifts: Vec<String>,
    benefits: Vec<String>,
    suits_minors: bool,
    #[serde(default)]
    assumed: AssumedText,
}

/// What was read from it.
pub(crate) struct OfferRead {
    pub(crate) offer: Offer,
    pub(crate) occupation_confidence: Option<Confidence>,
    pub(crate) wage: Wage,
    pub(crate) benefits: Benefits,
    pub(crate) assumed: Assumed,
}

/// What stands in columns of its own.
pub(crate) struct OfferColumns {
    pub(crate) id: VacancyId,
    pub(crate) employer: EmployerId,
    pub(crate) status: vacancy::Status,
    pub(crate) closes: Option<chrono::NaiveDate>,
    pub(crate) positions: u32,
    pub(crate) filled: u32,
}

fn texts(codes: impl Iterator<Item = &'static str>) -> Vec<String> {
    codes.map(str::to_owned).collect()
}

impl OfferText {
    pub(crate) fn new(codes: &Codes, vacancy: &Vacancy) -> Self {
        let Vacancy {
            offer,
            wage,
            benefits,
            assumed,
            ..
        } = vacancy;
        Self {
            skills: AskedText::of(&offer.skills, |skills| {
                skills
                    .iter()
                    .filter_map(|asked| {
                        let code = codes.skills.get(asked.skill)?.code.clone();
                        Some((code, asked.essential, asked.confidence.get()))
                    })
                    .collect()
            }),
            occupations: offer.occupations.iter().map(IscoCode::to_string).collect(),
            occupation_confidence: vacancy.occupation_confidence.map(Confidence::get),
            level: AskedText::of(&offer.level, |level| level.get()),
            field: offer.field.map(TrainingField::value),
            workplaces: offer
                .workplaces
                .iter()
                .filter_map(|&place| place_text(codes, place))
                .collect(),
            remote: offer.remote,
            lodging: offer.lodging,
            shuttle: offer.shuttle,
            abroad: offer.abroad,
            months: AskedText::of(&offer.months, |&months| months),
            wage_monthly: offer.wage,
            wage: wage_text(*wage),
            contracts: texts(offer.contracts.codes()),
            shifts: texts(offer.shifts.codes()),
            benefits: texts(benefits.codes()),
            suits_minors: offer.suits_minors,
            assumed: AssumedText {
                published: assumed.published,
                closes: assumed.closes,
                positions: assumed.positions,
            },
        }
    }

    pub(crate) fn read(self, codes: &Codes, columns: OfferColumns) -> OfferRead {
        let benefits = self
            .benefits
            .iter()
            .fold(Benefits::EMPTY, |set, code| set.with(code).unwrap_or(set));
        let wage = read_wage(self.wage);
        let offer = Offer {
            id: columns.id,
            employer: columns.employer,
            status: columns.status,
            positions: columns.positions,
            filled: columns.filled,
            closes: columns.closes,
            skills: self.skills.read(|skills| {
                let asked: Vec<AskedSkill> = skills
                    .into_iter()
                    .filter_map(|(code, essential, confidence)| {
                        Some(AskedSkill {
                            skill: codes.skills.by_code(&code)?,
                            essential,
                            confidence: Confidence::thousandths(confidence)?,
                        })
                    })
                    .collect();
                (!asked.is_empty()).then_some(asked)
            }),
            occupations: self
                .occupations
                .iter()
                .filter_map(|code| code.parse().ok())
                .collect(),
            level: self.level.read(TrainingRank::new),
            field: self.field.and_then(TrainingField::new),
            workplaces: self
                .workplaces
                .iter()
                .filter_map(|place| read_place(codes, place))
                .collect(),
            remote: self.remote,
            lodging: self.lodging,
            shuttle: self.shuttle,
            abroad: self.abroad,
            months: self.months.read(Some),
            wage: self.wage_monthly,
            contracts: read_contracts(&self.contracts),
            shifts: read_shifts(&self.shifts),
            suits_minors: self.suits_minors,
        };
        let assumed = Assumed {
            published: self.assumed.published,
            closes: self.assumed.closes,
            positions: self.assumed.positions,
        };
        OfferRead {
            offer,
            occupation_confidence: self.occupation_confidence.and_then(Confidence::thousandths),
            wage,
            benefits,
            assumed,
        }
    }
}

impl OfferText {
    /// Codes in here that the lists do not know, with the file of their list.
    pub(crate) fn unknown(&self, codes: &Codes) -> Vec<(&'static str, String)> {
        let skills = match &self.skills {
            AskedText::Required(skills) => skills.iter().map(|(code, ..)| code).collect(),
            AskedText::NotSaid | AskedText::NotRequired => Vec::new(),
        };
        let mut unknown = Unknown::new(codes);
        unknown.skills(skills);
        unknown.occupations(&self.occupations);
        for place in &self.workplaces {
            let (file, code) = match place {
                PlaceText::Commune(code) => ("communes.csv", code),
                PlaceText::Province(code) => ("provinces.csv", code),
                PlaceText::LegacyProvince(code) => ("legacy_provinces.csv", code),
            };
            unknown.add(file, code, read_place(codes, place).is_some());
        }
        unknown.terms(&self.contracts, &self.shifts);
        for code in &self.benefits {
            let is_known = Benefits::EMPTY.with(code).is_some();
            unknown.add("benefits.csv", code, is_known);
        }
        unknown.found
    }
}

struct Unknown<'c> {
    codes: &'c Codes,
    found: Vec<(&'static str, String)>,
}

impl<'c> Unknown<'c> {
    const fn new(codes: &'c Codes) -> Self {
        Self {
            codes,
            found: Vec::new(),
        }
    }

    fn add(&mut self, file: &'static str, code: &str, is_known: bool) {
        if !is_known {
            self.found.push((file, code.to_owned()));
        }
    }

    fn skills(&mut self, skills: Vec<&String>) {
        for code in skills {
            self.add(
                "skills.csv",
                code,
                self.codes.skills.by_code(code).is_some(),
            );
        }
    }

    fn occupations(&mut self, occupations: &[String]) {
        for text in occupations {
            let code = text.parse::<IscoCode>().ok();
            let name = code.and_then(|code| self.codes.occupations.name(code, Lang::Vi));
            self.add("isco08.csv", text, name.is_some());
        }
    }

    fn terms(&mut self, contracts: &[String], shifts: &[String]) {
        for code in contracts {
            self.add("contracts.csv", code, Contracts::EMPTY.with(code).is_some());
        }
        for code in shifts {
            self.add("shifts.csv", code, Shifts::EMPTY.with(code).is_some());
        }
    }
}

fn read_contracts(codes: &[String]) -> Contracts {
    codes
        .iter()
        .fold(Contracts::EMPTY, |set, code| set.with(code).unwrap_or(set))
}

fn read_shifts(codes: &[String]) -> Shifts {
    codes
        .iter()
        .fold(Shifts::EMPTY, |set, code| set.with(code).unwrap_or(set))
}

fn place_text(codes: &Codes, place: Workplace) -> Option<PlaceText> {
    let units = &codes.units;
    Some(match place {
        Workplace::Commune(at) => PlaceText::Commune(units.commune(at)?.code.clone()),
        Workplace::Province(at) => PlaceText::Province(units.province(at)?.code.clone()),
        Workplace::LegacyProvince(at) => {
            PlaceText::LegacyProvince(units.legacy_province(at)?.code.clone())
        }
    })
}

fn read_place(codes: &Codes, place: &PlaceText) -> Option<Workplace> {
    let units = &codes.units;
    match place {
        PlaceText::Commune(code) => units.commune_by_code(code).map(Workplace::Commune),
        PlaceText::Province(code) => units.province_by_code(code).map(Workplace::Province),
        PlaceText::LegacyProvince(code) => units
            .legacy_province_by_code(code)
            .map(Workplace::LegacyProvince),
    }
}

fn wage_text(wage: Wage) -> WageText {
    let word = |period: Period| period.as_str().to_owned();
    match wage {
        Wage::NotSaid => WageText::NotSaid,
        Wage::Negotiable => WageText::Negotiable,
        Wage::Piece => WageText::Piece,
        Wage::From(from, period) => WageText::From(from, word(period)),
        Wage::UpTo(to, period) => WageText::UpTo(to, word(period)),
        Wage::Range(from, to, period) => WageText::Range(from, to, word(period)),
    }
}

fn read_wage(text: WageText) -> Wage {
    let period = |word: &str| Period::parse(word).unwrap_or(Period::Month);
    match text {
        WageText::NotSaid => Wage::NotSaid,
        WageText::Negotiable => Wage::Negotiable,
        WageText::Piece => Wage::Piece,
        WageText::From(from, word) => Wage::From(from, period(&word)),
        WageText::UpTo(to, word) => Wage::UpTo(to, period(&word)),
        WageText::Range(from, to, word) => Wage::Range(from, to, period(&word)),
    }
}
