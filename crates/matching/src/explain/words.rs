//! Reasons and changes in the reader's language.

use chrono::NaiveDate;
use domain::code::{Codes, IscoCode, Lang, ProvinceIx, SkillIx, TrainingField, TrainingRank};
use domain::vacancy::Workplace;

use super::texts::{Value, say};
use super::{Empty, FieldMatch, Likeness, Reason, Tally};
use crate::change::seeker::Addition;
use crate::change::vacancy::{Relaxation, WAGE_STEP};
use crate::change::{Gain, Shown};
use crate::definition::Nearby;
use crate::settings::Part;

/// Says reasons and changes in one language, with the names of the code lists.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    codes: &'a Codes,
    lang: Lang,
}

impl<'a> Words<'a> {
    /// Words in this language.
    pub const fn new(codes: &'a Codes, lang: Lang) -> Self {
        Self { codes, lang }
    }

    /// The name of a part: `Kỹ năng`.
    pub fn part(&self, part: Part) -> String {
        self.t(match part {
            Part::Skill => "fit-part-skill",
            Part::Occupation => "fit-part-occupation",
            Part::Training => "fit-part-training",
            Part::Location => "fit-part-location",
            Part::Experience => "fit-part-experience",
            Part::Terms => "fit-part-terms",
        })
    }

    /// A reason: `có 3/4 kỹ năng bắt buộc; còn thiếu: hàn TIG`.
    pub fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::NotKnown => self.t("fit-not-known"),
            Reason::NotAsked(Part::Skill) => self.t("fit-skill-not-asked"),
            Reason::NotAsked(Part::Experience) => self.t("fit-experience-not-asked"),
            Reason::NotAsked(_) => self.t("fit-training-not-asked"),
            Reason::Skills {
                essential,
                desirable,
                near,
                missing,
                read_from_text,
            } => join([
                self.tally("fit-skill-essential", *essential),
                self.tally("fit-skill-desirable", *desirable),
                self.skills("fit-skill-near", near),
                self.skills("fit-skill-missing", missing),
                read_from_text.then(|| self.t("fit-skill-from-text")),
            ]),
            Reason::Occupation(likeness) => self.t(match likeness {
                Likeness::Same => "fit-occupation-same",
                Likeness::Close => "fit-occupation-close",
                Likeness::Group => "fit-occupation-group",
                Likeness::Broad => "fit-occupation-broad",
                Likeness::Other => "fit-occupation-other",
            }),
            Reason::Training { level, field } => join([
                level.map(|(has, asked)| self.level_against(has, asked)),
                field.map(|field| {
                    self.t(match field {
                        FieldMatch::Same => "fit-training-field-same",
                        FieldMatch::Near => "fit-training-field-near",
                        FieldMatch::Other => "fit-training-field-other",
                    })
                }),
            ]),
            Reason::Place(nearby) => self.place(*nearby),
            Reason::Province { place, away } => self.in_province(*place, *away),
            Reason::Experience { group, has, asked } => {
                let months = |n: u16| self.count("fit-months", n.into(), &[]);
                let (has, asked) = (months(*has), months(*asked));
                let group = group.map(|group| self.group(group)).unwrap_or_default();
                let values = [("has", has.as_str()), ("group", &group), ("asked", &asked)];
                self.with("fit-experience-months", &values)
            }
            Reason::Terms {
                wage,
                contract,
                shift,
            } => join([
                wage.map(|thousandths| self.wage(thousandths)),
                contract.map(|is_wished| {
                    self.t(if is_wished {
                        "fit-contract-wished"
                    } else {
                        "fit-contract-other"
                    })
                }),
                shift.map(|is_wished| {
                    self.t(if is_wished {
                        "fit-shift-wished"
                    } else {
                        "fit-shift-other"
                    })
                }),
                self.not_said([
                    ("fit-term-wage", wage.is_none()),
                    ("fit-term-contract", contract.is_none()),
                    ("fit-term-shift", shift.is_none()),
                ]),
            ]),
        }
    }

    /// What a person could add: `thêm kỹ năng hàn TIG`.
    pub fn addition(&self, addition: Addition) -> String {
        match addition {
            Addition::Skill(skill) => self.with("change-skill", &[("skill", &self.skill(skill))]),
            Addition::Training(training) => {
                let level = training.level.map(|level| self.level(level));
                let level = level.unwrap_or_default();
                match training.field {
                    None => self.with("change-training", &[("level", &level)]),
                    Some(field) => {
                        let field = self.field(field);
                        let values = [("level", level.as_str()), ("field", &field)];
                        self.with("change-training-field", &values)
                    }
                }
            }
            Addition::Further => self.t("change-further"),
            Addition::Province(province) => {
                let name = self.province(province);
                self.with("change-province", &[("province", name)])
            }
            Addition::Anywhere => self.t("change-anywhere"),
            Addition::AnyShift => self.t("change-any-shift"),
            Addition::AnyContract => self.t("change-any-contract"),
        }
    }

    /// What an addition brings: `thêm kỹ năng hàn TIG: 12 việc nữa phù hợp`.
    pub fn opens(&self, gain: &Gain<Addition>) -> String {
        let change = self.addition(gain.change);
        let count = usize::try_from(gain.moved.net()).unwrap_or(0);
        self.count("change-opens", count, &[("change", &change)])
    }

    /// How many vacancies a person reaches.
    pub fn vacancies_reached(&self, count: usize) -> String {
        self.count("change-reached", count, &[])
    }

    /// That no addition brings anything.
    pub fn nothing_to_add(&self) -> String {
        self.t("change-none")
    }

    /// What an employer could relax: `hạ yêu cầu trình độ xuống sơ cấp`.
    pub fn relaxation(&self, relaxation: Relaxation) -> String {
        match relaxation {
            Relaxation::LevelDown(level) => {
                self.with("relax-level", &[("level", &self.level(level))])
            }
            Relaxation::WageUp => {
                let amount = self.number(WAGE_STEP);
                self.with("relax-wage", &[("amount", &amount)])
            }
            Relaxation::Shuttle => self.t("relax-shuttle"),
            Relaxation::Lodging => self.t("relax-lodging"),
            Relaxation::NoExperience => self.t("relax-no-experience"),
            Relaxation::MadeDesirable(skill) => {
                self.with("relax-desirable", &[("skill", &self.skill(skill))])
            }
            Relaxation::Dropped(skill) => {
                self.with("relax-dropped", &[("skill", &self.skill(skill))])
            }
        }
    }

    /// What a relaxation brings, as it may be shown: rounded, never a number under five.
    pub fn brings(&self, gain: &Gain<Relaxation>) -> String {
        let change = self.relaxation(gain.change);
        let net = gain.moved.net();
        let keys = if net < 0 {
            ("relax-loses", "relax-loses-few")
        } else {
            ("relax-brings", "relax-brings-few")
        };
        self.people(keys, net.unsigned_abs(), &[("change", &change)])
    }

    /// How many people a vacancy reaches, as it may be shown.
    pub fn people_reached(&self, count: usize) -> String {
        self.people(("relax-reached", "relax-reached-few"), count, &[])
    }

    /// That nothing is left to relax.
    pub fn nothing_to_relax(&self) -> String {
        self.t("relax-none")
    }

    /// That no relaxation brings anybody.
    pub fn no_relaxation_helps(&self) -> String {
        self.t("relax-no-gain")
    }

    /// How much of the weight of a fit is known: `đủ thông tin 70%`.
    pub fn known(&self, thousandths: u64) -> String {
        let percent = (thousandths / 10).to_string();
        self.with("fit-known", &[("percent", &percent)])
    }

    /// The name of a training level within a sentence: `trung cấp`.
    pub fn level(&self, rank: TrainingRank) -> String {
        let name = self.codes.training.rank_name(rank, self.lang);
        name.map_or_else(|| rank.to_string(), with_small_letter)
    }

    fn people(
        &self,
        (about, few): (&str, &str),
        count: usize,
        more: &[(&'static str, &str)],
    ) -> String {
        match Shown::of(count) {
            Shown::Few => self.with(few, more),
            Shown::About(count) => self.count(about, count, more),
        }
    }

    fn tally(&self, key: &str, tally: Tally) -> Option<String> {
        let (own, asked) = (tally.own.to_string(), tally.asked.to_string());
        let values = [("own", own.as_str()), ("asked", &asked)];
        (tally.asked > 0).then(|| self.count(key, tally.asked, &values))
    }

    fn skills(&self, key: &str, skills: &[SkillIx]) -> Option<String> {
        let labels: Vec<String> = skills.iter().map(|&skill| self.skill(skill)).collect();
        (!labels.is_empty()).then(|| self.with(key, &[("skills", &labels.join(", "))]))
    }

    fn level_against(&self, has: Option<TrainingRank>, asked: TrainingRank) -> String {
        let asked = self.level(asked);
        match has {
            Some(has) => {
                let has = self.level(has);
                self.with("fit-training-level", &[("has", &has), ("asked", &asked)])
            }
            None => self.with("fit-training-level-not-known", &[("asked", &asked)]),
        }
    }

    fn place(&self, nearby: Nearby) -> String {
        match nearby {
            Nearby::Remote => self.t("fit-place-remote"),
            Nearby::Wished => self.t("fit-place-wished"),
            Nearby::Tenths(0) => self.t("fit-place-same"),
            Nearby::Tenths(tenths) => {
                let mark = match self.lang {
                    Lang::Vi => ',',
                    Lang::En => '.',
                };
                let whole = self.number(u64::from(tenths / 10));
                let km = match tenths % 10 {
                    0 => whole,
                    rest => format!("{whole}{mark}{rest}"),
                };
                self.with("fit-place-distance", &[("km", &km)])
            }
            Nearby::Province(place) => self.in_province(place, None),
            Nearby::Unknown => self.t("fit-not-known"),
        }
    }

    /// The vacancy names a province only: whether the person is there, or how far from it.
    fn in_province(&self, place: Workplace, away: Option<u32>) -> String {
        let units = &self.codes.units;
        let name = match place {
            Workplace::Province(at) => units.province(at).map(|unit| unit.short.as_str()),
            Workplace::LegacyProvince(at) => units.legacy_province(at).map(|unit| &*unit.short),
            Workplace::Commune(_) => None,
        };
        let name = name.unwrap_or_default();
        let Some(tenths) = away else {
            return self.with("fit-place-province", &[("province", name)]);
        };
        // Whole km: what is measured is the way to the border of the province, more or less.
        let km = self.number(u64::from(tenths / 10));
        let values = [("province", name), ("km", km.as_str())];
        self.with("fit-place-province-away", &values)
    }

    /// Which terms are not known.
    fn not_said(&self, terms: [(&str, bool); 3]) -> Option<String> {
        let names = terms.into_iter().filter(|(_, is_missing)| *is_missing);
        let names: Vec<String> = names.map(|(key, _)| self.t(key)).collect();
        (!names.is_empty())
            .then(|| self.with("fit-terms-not-said", &[("terms", &names.join(", "))]))
    }

    /// The name of a group of occupations within a sentence.
    fn group(&self, code: IscoCode) -> String {
        let name = self.codes.occupations.name(code, self.lang);
        name.map_or_else(|| code.to_string(), with_small_letter)
    }

    /// That a page has nothing on it because the pages before had all.
    pub fn end_of_list(&self) -> String {
        self.t("empty-end")
    }

    /// Why a list has nobody or nothing on it.
    pub fn empty(&self, empty: &Empty) -> String {
        empty.said(self)
    }

    fn wage(&self, thousandths: u64) -> String {
        if thousandths >= 1_000 {
            return self.t("fit-wage-enough");
        }
        let percent = (thousandths / 10).to_string();
        self.with("fit-wage-below", &[("percent", &percent)])
    }

    fn skill(&self, skill: SkillIx) -> String {
        let label = self.codes.skills.label(skill, self.lang);
        // One word alone may be a name: Python.
        if label.contains(' ') {
            with_small_letter(label)
        } else {
            label.to_owned()
        }
    }

    fn field(&self, field: TrainingField) -> String {
        let name = self.codes.training.field_name(field, self.lang);
        name.map_or_else(|| field.to_string(), str::to_owned)
    }

    fn province(&self, province: ProvinceIx) -> &'a str {
        let province = self.codes.units.province(province);
        province.map_or("", |province| province.name.as_str())
    }

    /// A day as it is written: `25/11/2026`.
    pub(super) fn day(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::Vi => day.format("%d/%m/%Y").to_string(),
            Lang::En => day.to_string(),
        }
    }

    /// With its thousands parted.
    fn number(&self, n: u64) -> String {
        let mark = match self.lang {
            Lang::Vi => '.',
            Lang::En => ',',
        };
        let digits = n.to_string();
        let mut parted = String::with_capacity(digits.len() * 4 / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                parted.push(mark);
            }
            parted.push(digit);
        }
        parted
    }

    pub(super) fn t(&self, key: &str) -> String {
        say(self.lang, key, &[])
    }

    pub(super) fn with(&self, key: &str, values: &[(&'static str, &str)]) -> String {
        let values: Vec<_> = values
            .iter()
            .map(|&(name, value)| (name, Value::Text(value)))
            .collect();
        say(self.lang, key, &values)
    }

    fn count(&self, key: &str, n: usize, more: &[(&'static str, &str)]) -> String {
        let shown = self.number(n as u64);
        let mut values = vec![("n", Value::Count(n)), ("shown", Value::Text(&shown))];
        values.extend(more.iter().map(|&(name, value)| (name, Value::Text(value))));
        say(self.lang, key, &values)
    }
}

/// Clauses, one after the other.
fn join(clauses: impl IntoIterator<Item = Option<String>>) -> String {
    let said: Vec<String> = clauses.into_iter().flatten().collect();
    said.join("; ")
}

/// As within a sentence: `Hàn TIG` begins small, `TIG` does not.
fn with_small_letter(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}
