//! A vacancy in words: what was understood, and what differs.

use api::words;
use domain::code::{Codes, Lang};
use domain::text::shorten;
use domain::vacancy::{Asked, Confidence, Vacancy};

use crate::exchange::place::workplace;

/// How much of a long text is shown.
const SHOWN: usize = 100;
const NOT_SAID: &str = "không nói / not said";

/// One thing that is said of a vacancy.
pub(super) struct Said {
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// What was understood, in the order in which an officer reads it.
pub(super) fn said(vacancy: &Vacancy, codes: &Codes) -> Vec<Said> {
    all(vacancy, codes)
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(what, text)| Said {
            what,
            text: shorten(&text, SHOWN),
        })
        .collect()
}

/// What differs: the old, an arrow, the new.
pub(super) fn differences(was: &Vacancy, is: &Vacancy, codes: &Codes) -> Vec<String> {
    let both = all(was, codes).into_iter().zip(all(is, codes));
    let different: Vec<String> = both
        .filter(|(old, new)| old.1 != new.1)
        .map(|(old, new)| {
            let start = common_start(&old.1, &new.1);
            format!(
                "{}: {} → {}",
                old.0,
                from(&old.1, start),
                from(&new.1, start)
            )
        })
        .collect();
    if different.is_empty() {
        // Cells that are read and say the same in other words.
        return vec!["chỉ đổi cách viết / only written differently".to_owned()];
    }
    different
}

/// Everything that is said, at its full length.
fn all(vacancy: &Vacancy, codes: &Codes) -> [(&'static str, String); 12] {
    let (offer, assumed) = (&vacancy.offer, vacancy.assumed);
    let day = |day: Option<chrono::NaiveDate>| {
        day.map_or_else(|| NOT_SAID.to_owned(), |day| words::date(Lang::Vi, day))
    };
    let reckoned = |text: String, is_assumed: bool| {
        if is_assumed {
            format!("{text} (tự tính / assumed)")
        } else {
            text
        }
    };
    let wage = words::wage(Lang::Vi, vacancy.wage).replace('\u{a0}', " ");
    [
        ("tên / title", vacancy.title.clone()),
        ("doanh nghiệp / employer", vacancy.employer_name.clone()),
        ("lương / wage", read_as(&vacancy.wage_text, &wage)),
        (
            "nơi làm / place",
            read_as(&vacancy.place_text, &places(vacancy, codes)),
        ),
        ("kinh nghiệm / experience", experience(&offer.months)),
        ("nghề / occupation", occupations(vacancy, codes)),
        ("kỹ năng / skills", skills(vacancy, codes)),
        (
            "số lượng / openings",
            reckoned(offer.positions.to_string(), assumed.positions),
        ),
        (
            "ngày đăng / posted",
            reckoned(day(vacancy.published), assumed.published),
        ),
        (
            "hạn nộp / closes",
            reckoned(day(offer.closes), assumed.closes),
        ),
        ("trạng thái / status", offer.status.as_str().to_owned()),
        ("mô tả / description", vacancy.description.clone()),
    ]
}

/// «as it is written» and how that is read.
fn read_as(written: &str, read: &str) -> String {
    if written.is_empty() {
        read.to_owned()
    } else {
        format!("«{written}» = {read}")
    }
}

fn places(vacancy: &Vacancy, codes: &Codes) -> String {
    let offer = &vacancy.offer;
    let mut names: Vec<String> = offer
        .workplaces
        .iter()
        .filter_map(|&place| workplace(place, &codes.units))
        .collect();
    if offer.remote {
        names.push("ở đâu cũng được / anywhere".to_owned());
    }
    if offer.abroad {
        names.push("nước ngoài / abroad".to_owned());
    }
    or_not_said(names)
}

fn experience(months: &Asked<u16>) -> String {
    match months {
        Asked::NotSaid => NOT_SAID.to_owned(),
        Asked::NotRequired => "không yêu cầu / none asked".to_owned(),
        Asked::Required(months) => format!("từ {}", words::months(Lang::Vi, *months)),
    }
}

fn occupations(vacancy: &Vacancy, codes: &Codes) -> String {
    let names = vacancy.offer.occupations.iter().map(|&code| {
        let name = codes.occupations.name(code, Lang::Vi).unwrap_or_default();
        format!("{name} ({code}){}", sure(vacancy.occupation_confidence))
    });
    or_not_said(names.collect())
}

fn skills(vacancy: &Vacancy, codes: &Codes) -> String {
    let skills = vacancy.offer.skills.required().into_iter().flatten();
    let labels = skills.map(|asked| {
        let label = codes.skills.label(asked.skill, Lang::Vi);
        format!("{label}{}", sure(Some(asked.confidence)))
    });
    or_not_said(labels.collect())
}

/// " 87 %"; nothing where somebody has said so.
fn sure(confidence: Option<Confidence>) -> String {
    confidence
        .filter(|&confidence| confidence < Confidence::SURE)
        .map_or_else(String::new, |confidence| {
            format!(" {} %", confidence.get() / 10)
        })
}

fn or_not_said(names: Vec<String>) -> String {
    if names.is_empty() {
        NOT_SAID.to_owned()
    } else {
        names.join("; ")
    }
}

/// Where two long texts begin to differ, a few letters before.
fn common_start(old: &str, new: &str) -> usize {
    let is_long = |text: &str| text.chars().nth(SHOWN).is_some();
    if !is_long(old) && !is_long(new) {
        return 0;
    }
    let same = old
        .chars()
        .zip(new.chars())
        .take_while(|(one, other)| one == other);
    same.count().saturating_sub(10)
}

fn from(text: &str, start: usize) -> String {
    let rest: String = text
        .chars()
        .skip(start)
        .map(|c| if c == '\n' { ' ' } else { c })
        .collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if rest.chars().nth(SHOWN).is_some() {
        "…"
    } else {
        ""
    };
    format!("{before}{}{after}", shorten(&rest, SHOWN))
}
