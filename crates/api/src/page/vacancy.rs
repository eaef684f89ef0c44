//! A vacancy: six facts first.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::NaiveDate;
use domain::code::Lang;
use domain::text::{fold, words as words_of};
use domain::vacancy::Asked;

use super::card::{self, employer, places, source};
use super::link::Search;
use super::{Frame, Section, answer};
use crate::app::App;
use crate::exchange::VacancyDetail;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::visit::Visit;
use crate::words;

/// Workplaces named on the page of a vacancy.
const PLACES_SHOWN: usize = 8;
/// Skills named in the facts; all of them stand below.
const SKILLS_IN_FACTS: usize = 3;

/// A vacancy like the one that is shown.
struct Alike {
    href: String,
    title: String,
    wage: String,
}

#[derive(Template)]
#[template(path = "vacancy.html")]
struct Page {
    f: Frame,
    title: String,
    employer: String,
    verified: bool,
    source: Option<String>,
    open: bool,
    facts: Vec<Fact>,
    positions: Option<String>,
    description: Vec<Block>,
    skills: Vec<String>,
    skills_desired: Vec<String>,
    contracts: Vec<String>,
    benefits: Vec<String>,
    as_written: Vec<(String, String)>,
    /// Vacancies like this one.
    alike: Vec<Alike>,
    reference: Vec<String>,
    similar: String,
}

/// A fact: what, in bold, and a small line under it.
struct Fact {
    icon: &'static str,
    name: String,
    value: String,
    more: Option<String>,
}

/// A piece of a description.
enum Block {
    Paragraph(String),
    List(Vec<String>),
}

/// `GET /viec-lam/{id}`
pub(crate) async fn vacancy(
    app: Data<App>,
    visit: Visit,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let (detail, today) = app
        .ask(move |exchange| Ok((exchange.vacancy(&id)?, exchange.today())))
        .await?;
    let t = visit.texts();
    let title = format!(
        "{}, {}",
        detail.row.title,
        words::wage(t.0, detail.row.wage)
    );
    let mut frame = Frame::new(&app, &visit, Section::Jobs, title);
    frame.indexed = detail.open;
    answer(&visit, &page(frame, &detail, t, today))
}

fn page(f: Frame, detail: &VacancyDetail, t: Texts, today: NaiveDate) -> Page {
    let row = &detail.row;
    let (skills, skills_desired) = skills(detail, t);
    Page {
        f,
        title: row.title.clone(),
        employer: employer(row, t),
        verified: row.verified,
        source: source(row, t),
        open: detail.open,
        facts: facts(detail, &skills, t, today),
        alike: detail
            .similar
            .iter()
            .map(|row| Alike {
                href: super::link::vacancy(t.0, &row.id),
                title: row.title.clone(),
                wage: words::wage(t.0, row.wage),
            })
            .collect(),
        positions: row
            .positions
            .map(|positions| t.count("positions", u64::from(positions))),
        description: blocks(&detail.description),
        skills,
        skills_desired,
        contracts: detail
            .contracts
            .codes()
            .map(|code| contract(code, t))
            .collect(),
        benefits: all_benefits(detail, t),
        as_written: as_written(detail, t),
        reference: reference(detail, t),
        similar: Search {
            q: row.title.clone(),
            ..Search::default()
        }
        .address(t.0),
    }
}

fn facts(detail: &VacancyDetail, skills: &[String], t: Texts, today: NaiveDate) -> Vec<Fact> {
    let row = &detail.row;
    let fact = |icon, name, value, more| Fact {
        icon,
        name,
        value,
        more,
    };
    let (shift, contract) = hours(detail, t);
    let (wanted, wanted_more) = wanted(detail, skills, t);
    let mut given = card::benefits(row.benefits, t)
        .into_iter()
        .map(|benefit| benefit.name);
    // The employer's own text may name what no code does.
    let first_given = given.next().unwrap_or_else(|| {
        if detail.description.is_empty() {
            t.t("benefit-unknown")
        } else {
            t.t("benefit-see-text")
        }
    });
    let left = if detail.open {
        words::days_left(t.0, row.closes, today)
    } else {
        t.t("closes-past")
    };
    vec![
        fact("money", t.t("fact-wage"), words::wage(t.0, row.wage), None),
        fact(
            "place",
            t.t("fact-place"),
            places(row, t, PLACES_SHOWN),
            None,
        ),
        fact("clock", t.t("fact-hours"), shift, contract),
        fact("cap", t.t("fact-wanted"), wanted, wanted_more),
        fact("shield", t.t("fact-given"), first_given, listed(given)),
        fact(
            "cal",
            t.t("fact-closes"),
            left,
            row.closes.map(|day| words::date_with_weekday(t.0, day)),
        ),
    ]
}

/// Shifts, and the contract under them.
fn hours(detail: &VacancyDetail, t: Texts) -> (String, Option<String>) {
    let shifts = listed(detail.shifts.codes().map(|code| shift(code, t)));
    let contract = listed(detail.contracts.codes().map(|code| contract(code, t)));
    match (shifts, contract) {
        (None, None) => (t.t("shift-unknown"), None),
        (None, Some(contract)) => (contract, None),
        (Some(shifts), contract) => (shifts, contract),
    }
}

/// What is asked for: skills or level first, experience under it.
fn wanted(detail: &VacancyDetail, skills: &[String], t: Texts) -> (String, Option<String>) {
    let level = match &detail.level {
        Asked::Required(level) => Some(level.in_lang(t.0).to_owned()),
        Asked::NotRequired => Some(t.t("level-any")),
        Asked::NotSaid => None,
    };
    let months = match &detail.months {
        Asked::Required(months) => {
            Some(t.with("experience", &[("span", &words::months(t.0, *months))]))
        }
        Asked::NotRequired => Some(t.t("experience-none")),
        Asked::NotSaid => None,
    };
    let skills = skills.iter().take(SKILLS_IN_FACTS).cloned();
    // The name of a skill may hold commas.
    let skills: Vec<String> = skills.collect();
    let skills = (!skills.is_empty()).then(|| skills.join("; "));
    let mut said = [skills, level, months].into_iter().flatten();
    match said.next() {
        None => (t.t("wanted-unknown"), None),
        Some(first) => (words::capitalised(&first), listed(said)),
    }
}

fn skills(detail: &VacancyDetail, t: Texts) -> (Vec<String>, Vec<String>) {
    let asked = detail.skills.required().map_or(&[][..], Vec::as_slice);
    let named = |essential: bool| {
        asked
            .iter()
            .filter(|asked| asked.essential == essential)
            .map(|asked| {
                let name = words::capitalised(asked.skill.name.in_lang(t.0));
                if asked.inferred {
                    t.with("skill-inferred", &[("skill", &name)])
                } else {
                    name
                }
            })
            .collect()
    };
    (named(true), named(false))
}

fn joined(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// As [`joined`], with one capital, at the beginning.
fn listed(parts: impl Iterator<Item = String>) -> Option<String> {
    let small = parts.map(|part| words::small_first(&part));
    joined(small).map(|list| words::capitalised(&list))
}

fn contract(code: &str, t: Texts) -> String {
    match code {
        "indefinite" => t.t("contract-indefinite"),
        "fixed_under_12" => t.t("contract-fixed-under-12"),
        "fixed_12_36" => t.t("contract-fixed-12-36"),
        "seasonal" => t.t("contract-seasonal"),
        "part_time" => t.t("contract-part-time"),
        "internship" => t.t("contract-internship"),
        other => other.to_owned(),
    }
}

fn shift(code: &str, t: Texts) -> String {
    match code {
        "day" => t.t("shift-day"),
        "shifts" => t.t("shift-shifts"),
        "night" => t.t("shift-night"),
        "flexible" => t.t("shift-flexible"),
        "remote" => t.t("shift-remote"),
        other => other.to_owned(),
    }
}

/// All benefits by their full names.
fn all_benefits(detail: &VacancyDetail, t: Texts) -> Vec<String> {
    let name = |code: &str| match code {
        "social_insurance" => t.t("benefit-social-insurance"),
        "health_insurance" => t.t("benefit-health-insurance"),
        "meals" => t.t("benefit-meals"),
        "dormitory" => t.t("benefit-dormitory"),
        "shuttle" => t.t("benefit-shuttle"),
        "thirteenth_salary" => t.t("benefit-thirteenth"),
        "training" => t.t("benefit-training"),
        "childcare" => t.t("benefit-childcare"),
        _ => t.t("benefit-other"),
    };
    detail.row.benefits.codes().map(name).collect()
}

/// Wage and place as the employer wrote them, where that says more than what was understood.
fn as_written(detail: &VacancyDetail, t: Texts) -> Vec<(String, String)> {
    let row = &detail.row;
    let wage = words::wage(Lang::Vi, row.wage);
    let place = places(row, t, PLACES_SHOWN);
    [
        (t.t("fact-wage"), detail.wage_text.trim(), wage),
        (t.t("fact-place"), detail.place_text.trim(), place),
    ]
    .into_iter()
    .filter(|(_, text, shown)| says_more(text, shown))
    .map(|(name, text, _)| (name, text.to_owned()))
    .collect()
}

/// Whether a text has words that are not among those shown; "triệu" is said for "triệu đồng".
fn says_more(text: &str, shown: &str) -> bool {
    let shown = fold(shown);
    words_of(&fold(text)).any(|word| word != "dong" && words_of(&shown).all(|known| known != word))
}

fn reference(detail: &VacancyDetail, t: Texts) -> Vec<String> {
    let date = |day| words::date(t.0, day);
    let posted = detail.row.posted.map(date);
    let posted = posted.map(|day| t.with("vacancy-posted", &[("date", &day)]));
    let fetched = detail.row.fetched.map(date);
    let fetched = fetched.map(|day| t.with("vacancy-fetched", &[("date", &day)]));
    let occupations = joined(
        detail
            .occupations
            .iter()
            .map(|occupation| format!("{} ({})", occupation.name.in_lang(t.0), occupation.code)),
    );
    let occupation = occupations.map(|names| t.with("vacancy-occupation", &[("names", &names)]));
    let external = detail
        .external_ref
        .as_deref()
        .map(|code| t.with("vacancy-source-ref", &[("code", code)]));
    let own = t.with("vacancy-ref", &[("code", &detail.row.id)]);
    [occupation, posted, fetched, external, Some(own)]
        .into_iter()
        .flatten()
        .collect()
}

/// What a description begins with under a heading that says the same.
const OPENINGS: [&str; 3] = ["cong viec", "mo ta cong viec", "noi dung cong viec"];

/// Lines become paragraphs and lists; a line that begins with a dash or bullet is an item.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim) {
        let item = ["- ", "• ", "* ", "+ "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
            .map(str::trim);
        match (item, blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(item.to_owned()),
            (Some(item), _) => blocks.push(Block::List(vec![item.to_owned()])),
            (None, _) if line.is_empty() => {}
            // The heading above says it already.
            (None, None) if OPENINGS.contains(&fold(line).as_str()) => {}
            (None, _) => blocks.push(Block::Paragraph(line.to_owned())),
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_lists() {
        let shown: Vec<String> = blocks("Hàn cửa.\n\n- Đo\n• Cắt\nĐứng nhiều.\r\n- Quét dọn")
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(text) => text,
                Block::List(items) => format!("[{}]", items.join("|")),
            })
            .collect();
        assert_eq!(shown, ["Hàn cửa.", "[Đo|Cắt]", "Đứng nhiều.", "[Quét dọn]"]);
    }

    #[test]
    fn a_description_does_not_repeat_the_heading_above_it() {
        let first = |text| match blocks(text).into_iter().next() {
            Some(Block::Paragraph(text)) => text,
            Some(Block::List(items)) => items.join("|"),
            None => String::new(),
        };
        assert_eq!(first("Công việc:\n- Cắt tôn"), "Cắt tôn");
        assert_eq!(first("MÔ TẢ CÔNG VIỆC\nHàn cửa"), "Hàn cửa");
        assert_eq!(first("Công việc nhẹ nhàng"), "Công việc nhẹ nhàng");
    }

    #[test]
    fn what_is_shown_already_is_not_repeated_as_written() {
        for (text, shown, more) in [
            (
                "10,4 - 14,2 triệu đồng/tháng",
                "10,4 – 14,2 triệu/tháng",
                false,
            ),
            ("Xã Ya Ly, Quảng Ngãi", "Xã Ya Ly, Quảng Ngãi", false),
            (
                "KCN Hòa Bình, phường Kon Tum",
                "Phường Kon Tum, Quảng Ngãi",
                true,
            ),
            ("Tới 9 triệu + thưởng", "Đến 9 triệu/tháng", true),
            ("", "Chưa ghi mức lương", false),
        ] {
            assert_eq!(says_more(text, shown), more, "{text}");
        }
    }
}
