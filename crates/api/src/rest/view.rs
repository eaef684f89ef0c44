//! Vacancies as JSON: types of their own, so that nothing is shown that is not named here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::code::Lang;
use domain::reading::wage::{Period, Wage};
use domain::vacancy::Asked;
use serde::Serialize;

use crate::exchange::{
    Coded, SkillAsked, Suggestion, SuggestionKind, Understood, VacancyDetail, VacancyRow,
};
use crate::words;

/// A page of vacancies.
#[derive(Serialize)]
pub(super) struct VacanciesJson {
    pub(super) items: Vec<VacancyJson>,
    pub(super) total: u64,
    pub(super) next_cursor: Option<String>,
    /// How the words were read.
    pub(super) query: QueryJson,
    /// By facet and value, how many there would be under the other conditions.
    pub(super) facets: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// The place as it was understood; null where none was asked for or it was not understood.
    pub(super) place: Option<String>,
}

/// How the words of a query were read.
#[derive(Serialize)]
pub(super) struct QueryJson {
    /// The words that were searched for in place of mistyped ones.
    pub(super) corrected: Option<String>,
    /// Words that were read as conditions.
    pub(super) understood: Vec<UnderstoodJson>,
}

/// Some words of a query that were read as a condition.
#[derive(Serialize)]
pub(super) struct UnderstoodJson {
    words: String,
    /// Whether they say what is not wanted.
    unwanted: bool,
    /// The query without them.
    without: String,
    /// Where nothing was found: how many there would be without them.
    vacancies_without: Option<u64>,
}

impl UnderstoodJson {
    pub(super) fn of(read: Understood) -> Self {
        Self {
            words: read.words,
            unwanted: read.is_not,
            without: read.without,
            vacancies_without: read.gives,
        }
    }
}

/// What somebody who types may mean.
#[derive(Serialize)]
pub(super) struct SuggestionsJson {
    pub(super) items: Vec<SuggestionJson>,
}

/// A suggestion.
#[derive(Serialize)]
pub(super) struct SuggestionJson {
    kind: &'static str,
    text: String,
    vacancies: u64,
}

impl SuggestionJson {
    pub(super) fn of(suggestion: Suggestion) -> Self {
        Self {
            kind: match suggestion.kind {
                SuggestionKind::Title => "title",
                SuggestionKind::Skill => "skill",
                SuggestionKind::Employer => "employer",
                SuggestionKind::Place => "place",
            },
            text: suggestion.text,
            vacancies: suggestion.count,
        }
    }
}

/// A vacancy in a list.
#[derive(Serialize)]
pub(super) struct VacancyJson {
    id: String,
    title: String,
    employer: EmployerJson,
    origin: &'static str,
    source: Option<String>,
    wage: WageJson,
    places: Vec<String>,
    remote: bool,
    benefits: Vec<&'static str>,
    /// Null where nobody said how many; so are the days.
    positions: Option<u32>,
    posted_on: Option<NaiveDate>,
    /// The day on which it was taken from elsewhere.
    fetched_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    url: String,
}

#[derive(Serialize)]
struct EmployerJson {
    name: String,
    verified: bool,
}

/// Amounts are VND.
#[derive(Serialize)]
struct WageJson {
    kind: &'static str,
    from: Option<u64>,
    to: Option<u64>,
    per: Option<&'static str>,
    words: String,
}

/// A vacancy as a whole.
#[derive(Serialize)]
pub(super) struct VacancyDetailJson {
    #[serde(flatten)]
    row: VacancyJson,
    open: bool,
    description: String,
    wage_text: String,
    place_text: String,
    external_ref: Option<String>,
    occupations: Vec<CodedJson>,
    skills: AskedJson<Vec<SkillJson>>,
    training_level: AskedJson<String>,
    experience_months: AskedJson<u16>,
    contracts: Vec<&'static str>,
    shifts: Vec<&'static str>,
}

#[derive(Serialize)]
struct CodedJson {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct SkillJson {
    #[serde(flatten)]
    skill: CodedJson,
    essential: bool,
    /// Read from the title; nobody said so.
    inferred: bool,
}

/// `asked` is `not_said`, `not_required` or `required`.
#[derive(Serialize)]
struct AskedJson<T> {
    asked: &'static str,
    value: Option<T>,
}

impl VacancyJson {
    pub(super) fn of(row: VacancyRow, lang: Lang) -> Self {
        Self {
            url: crate::page::link::vacancy(lang, &row.id),
            id: row.id,
            title: row.title,
            employer: EmployerJson {
                name: row.employer,
                verified: row.verified,
            },
            origin: row.origin.as_str(),
            source: row.source,
            wage: WageJson::of(row.wage, lang),
            places: row.places,
            remote: row.remote,
            benefits: row.benefits.codes().collect(),
            positions: row.positions,
            posted_on: row.posted,
            fetched_on: row.fetched,
            closes_on: row.closes,
        }
    }
}

impl WageJson {
    fn of(wage: Wage, lang: Lang) -> Self {
        let (kind, from, to, per): (_, _, _, Option<Period>) = match wage {
            Wage::NotSaid => ("not_said", None, None, None),
            Wage::Negotiable => ("negotiable", None, None, None),
            Wage::Piece => ("piece", None, None, None),
            Wage::From(from, per) => ("from", Some(from), None, Some(per)),
            Wage::UpTo(to, per) => ("up_to", None, Some(to), Some(per)),
            Wage::Range(from, to, per) => ("range", Some(from), Some(to), Some(per)),
        };
        Self {
            kind,
            from,
            to,
            per: per.map(Period::as_str),
            words: words::wage(lang, wage),
        }
    }
}

impl VacancyDetailJson {
    pub(super) fn of(detail: VacancyDetail, lang: Lang) -> Self {
        Self {
            open: detail.open,
            description: detail.description,
            wage_text: detail.wage_text,
            place_text: detail.place_text,
            external_ref: detail.external_ref,
            occupations: detail
                .occupations
                .into_iter()
                .map(|occupation| CodedJson::of(occupation, lang))
                .collect(),
            skills: AskedJson::of(detail.skills, |skills| {
                skills
                    .into_iter()
                    .map(|skill| SkillJson::of(skill, lang))
                    .collect()
            }),
            training_level: AskedJson::of(detail.level, |level| level.in_lang(lang).to_owned()),
            experience_months: AskedJson::of(detail.months, |months| months),
            contracts: detail.contracts.codes().collect(),
            shifts: detail.shifts.codes().collect(),
            row: VacancyJson::of(detail.row, lang),
        }
    }
}

impl CodedJson {
    fn of(coded: Coded, lang: Lang) -> Self {
        Self {
            name: coded.name.in_lang(lang).to_owned(),
            code: coded.code,
        }
    }
}

impl SkillJson {
    fn of(asked: SkillAsked, lang: Lang) -> Self {
        Self {
            skill: CodedJson::of(asked.skill, lang),
            essential: asked.essential,
            inferred: asked.inferred,
        }
    }
}

impl<T> AskedJson<T> {
    fn of<From>(asked: Asked<From>, view: impl FnOnce(From) -> T) -> Self {
        let (asked, value) = match asked {
            Asked::NotSaid => ("not_said", None),
            Asked::NotRequired => ("not_required", None),
            Asked::Required(what) => ("required", Some(view(what))),
        };
        Self { asked, value }
    }
}
