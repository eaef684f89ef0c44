//! Why a fit is what it is, in words, and what is missing.

use domain::code::{Lang, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};

use crate::definition::{Credit, Fit, Nearby, ONE, Rules, experience, shares};
use crate::settings::Part;

/// One part of a fit, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which part.
    pub part: Part,
    /// Its value, 0 to 1,000.
    pub thousandths: u64,
    /// Its weight, 0 to 1,000.
    pub weight: u64,
    /// Whether it was said, or stands at its neutral value.
    pub known: bool,
    /// Its name in the reader's language.
    pub name: &'static str,
    /// The reason in the reader's language.
    pub reason: String,
}

/// All parts, in the order of the definition.
pub fn explain(rules: &Rules, offer: &Offer, seeker: &Seeker, fit: &Fit, lang: Lang) -> Vec<Line> {
    let words = Words {
        rules,
        offer,
        seeker,
        lang,
    };
    Part::ALL
        .into_iter()
        .map(|part| {
            let value = fit.part(part);
            Line {
                part,
                thousandths: value.f / (ONE / 1_000),
                weight: rules.settings.weights.of(part),
                known: value.known,
                name: words.name(part),
                reason: if value.known {
                    words.reason(part, value.f)
                } else {
                    words
                        .say("chưa đủ thông tin", "not enough is known")
                        .to_owned()
                },
            }
        })
        .collect()
}

struct Words<'a> {
    rules: &'a Rules,
    offer: &'a Offer,
    seeker: &'a Seeker,
    lang: Lang,
}

impl Words<'_> {
    const fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    const fn name(&self, part: Part) -> &'static str {
        let (vi, en) = match part {
            Part::Skill => ("Kỹ năng", "Skills"),
            Part::Occupation => ("Nghề", "Occupation"),
            Part::Training => ("Trình độ", "Training"),
            Part::Location => ("Nơi làm việc", "Place"),
            Part::Experience => ("Kinh nghiệm", "Experience"),
            Part::Terms => ("Lương và điều kiện", "Pay and terms"),
        };
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn reason(&self, part: Part, f: u64) -> String {
        match part {
            Part::Skill => self.skill(),
            Part::Occupation => self.occupation(f).to_owned(),
            Part::Training => self.training(f),
            Part::Location => self.location(),
            Part::Experience => self.experience(),
            Part::Terms => self.terms(f),
        }
    }

    fn skill(&self) -> String {
        if self.offer.skills == Asked::NotRequired {
            return self
                .say("không yêu cầu kỹ năng", "no skills asked")
                .to_owned();
        }
        let counted = shares(self.rules, self.offer);
        let (mut own, mut near, mut missing) = (0, Vec::new(), Vec::new());
        for asked in &counted {
            match asked.credit(&self.rules.codes, &self.seeker.skills) {
                Credit::Own => own += 1,
                Credit::Relative => near.push(asked.skill),
                Credit::None => missing.push(asked.skill),
            }
        }
        let all = counted.len();
        let mut reason = match self.lang {
            Lang::Vi => format!("có {own}/{all} kỹ năng"),
            Lang::En => format!("has {own} of {all} skills"),
        };
        self.add(&mut reason, "gần với", "close to", &near);
        self.add(&mut reason, "còn thiếu", "missing", &missing);
        if self.is_read_from_text() {
            reason += self.say(
                "; kỹ năng suy ra từ tiêu đề tin",
                "; skills were read from the title",
            );
        }
        reason
    }

    fn add(&self, reason: &mut String, vi: &str, en: &str, skills: &[SkillIx]) {
        if skills.is_empty() {
            return;
        }
        let labels: Vec<&str> = skills
            .iter()
            .map(|&skill| self.rules.codes.skills.label(skill, self.lang))
            .collect();
        *reason += &format!("; {}: {}", self.say(vi, en), labels.join(", "));
    }

    fn is_read_from_text(&self) -> bool {
        self.offer
            .skills
            .required()
            .is_some_and(|skills| skills.iter().all(|asked| asked.confidence.get() < 1_000))
    }

    const fn occupation(&self, f: u64) -> &'static str {
        let (vi, en) = if f == ONE {
            ("đúng nghề", "the same occupation")
        } else if f >= ONE / 10 * 7 {
            ("nghề gần", "a close occupation")
        } else if f >= ONE / 10 * 4 {
            ("cùng nhóm nghề", "the same group of occupations")
        } else if f > 0 {
            ("cùng lĩnh vực rộng", "the same broad field")
        } else {
            ("nghề khác", "another occupation")
        };
        match self.lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }

    fn training(&self, f: u64) -> String {
        let Some(asked) = self.offer.level.required() else {
            return if self.offer.field.is_some() && f < ONE {
                self.say("chuyên ngành khác", "another field of training")
            } else if self.offer.field.is_some() {
                self.say("đúng chuyên ngành", "the field that is asked")
            } else {
                self.say("không yêu cầu trình độ", "no training asked")
            }
            .to_owned();
        };
        let best = self
            .seeker
            .trainings
            .iter()
            .filter_map(|pair| pair.level)
            .max();
        let asked = level_name(asked.get(), self.lang);
        match (best, self.lang) {
            (Some(level), Lang::Vi) => {
                format!(
                    "trình độ {} (yêu cầu: {asked})",
                    level_name(level.get(), self.lang)
                )
            }
            (Some(level), Lang::En) => {
                format!("{} (asked: {asked})", level_name(level.get(), self.lang))
            }
            (None, Lang::Vi) => format!("chưa rõ trình độ (yêu cầu: {asked})"),
            (None, Lang::En) => format!("level not known (asked: {asked})"),
        }
    }

    fn location(&self) -> String {
        match Nearby::of(self.rules, self.offer, self.seeker) {
            Nearby::Remote => self.say("làm từ xa", "remote work").to_owned(),
            Nearby::Wished => self.say("ở nơi mong muốn", "where it is wished").to_owned(),
            Nearby::Tenths(tenths) => match self.lang {
                Lang::Vi => format!("cách {},{} km", tenths / 10, tenths % 10),
                Lang::En => format!("{}.{} km away", tenths / 10, tenths % 10),
            },
            Nearby::Province(_) => self
                .say(
                    "mới biết tỉnh của nơi làm việc",
                    "only the province is known",
                )
                .to_owned(),
            Nearby::Unknown => self
                .say("chưa rõ nơi làm việc", "place not known")
                .to_owned(),
        }
    }

    fn experience(&self) -> String {
        let Some(asked) = self.offer.months.required() else {
            return self
                .say("không yêu cầu kinh nghiệm", "no experience asked")
                .to_owned();
        };
        let months = experience::months_in(self.offer, self.seeker);
        match self.lang {
            Lang::Vi => format!("{months} tháng trong nghề (yêu cầu: {asked})"),
            Lang::En => format!("{months} months in the trade (asked: {asked})"),
        }
    }

    fn terms(&self, f: u64) -> String {
        if f == ONE {
            self.say(
                "lương và điều kiện như mong muốn",
                "pay and terms as wished",
            )
        } else if f >= ONE / 2 {
            self.say(
                "lương và điều kiện gần mong muốn",
                "pay and terms close to the wish",
            )
        } else {
            self.say(
                "lương hoặc điều kiện khác mong muốn",
                "pay or terms differ from the wish",
            )
        }
        .to_owned()
    }
}

/// The name of a training level by its rank.
pub const fn level_name(rank: u8, lang: Lang) -> &'static str {
    let (vi, en) = match rank {
        0 => ("chưa qua đào tạo", "untrained"),
        1 => (
            "công nhân kỹ thuật không bằng",
            "skilled without a certificate",
        ),
        2 => ("chứng chỉ nghề dưới 3 tháng", "short certificate"),
        3 => ("sơ cấp", "elementary"),
        4 => ("trung cấp", "intermediate"),
        5 => ("cao đẳng", "college"),
        6 => ("đại học", "university"),
        7 => ("thạc sĩ", "master"),
        _ => ("tiến sĩ", "doctorate"),
    };
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}
