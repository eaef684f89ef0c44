//! Vacancies of the demonstration province.

use chrono::{Days, NaiveDate};
use domain::code::{Benefits, LegacyProvinceIx, TrainingRank};
use domain::id::VacancyId;
use domain::reading::wage::{Period, Rates, Wage};
use domain::time::days_after;
use domain::vacancy::{
    Asked, AskedSkill, Assumed, Confidence, Offer, Origin, Status, Vacancy, Workplace,
};

use super::draw::{Draw, Weighted};
use super::employers::Hirer;
use super::office_hours;
use super::tables::{Pay, Place, Tables, Title};

/// As `matching.toml` reckons a month.
const RATES: Rates = Rates {
    hours: 208,
    days: 26,
    up_to: 750,
};
const PROVINCE: &str = "Quảng Ngãi";
/// A small employer looks for no more people at once.
const MOST_OF_A_HOUSEHOLD: u64 = 5;

/// So many vacancies, by the trades' shares and the employers' sizes.
pub(super) fn all(
    tables: &Tables,
    hirers: &[Hirer],
    mut draw: Draw,
    today: NaiveDate,
    count: usize,
) -> Vec<Vacancy> {
    let of_trade: Vec<Weighted<&Hirer>> = (0..tables.trades.len())
        .map(|trade| {
            let own = hirers.iter().filter(|hirer| hirer.trade == trade);
            Weighted::new(own.map(|hirer| (hirer, hirer.size)))
        })
        .collect();
    let trades = Weighted::new(
        of_trade
            .iter()
            .zip(&tables.trades)
            .map(|(hirers, trade)| (hirers, trade.vacancies)),
    );
    (0..count)
        .filter_map(|_| {
            let hirer = trades.draw(&mut draw)?.draw(&mut draw)?;
            one(tables, hirer, &mut draw, today)
        })
        .collect()
}

fn one(tables: &Tables, hirer: &Hirer, draw: &mut Draw, today: NaiveDate) -> Option<Vacancy> {
    let title = tables.titles.get(*draw.pick(&hirer.titles)?)?;
    let home = tables.places.get(hirer.place)?;
    let days = draw.between(1, 25);
    let posted = office_hours(draw, today, days);
    let most = if hirer.is_small() {
        title.positions.min(MOST_OF_A_HOUSEHOLD)
    } else {
        title.positions
    };
    let positions = u32::try_from(draw.between(1, most)).ok()?;
    let (status, closes) = stands(draw, today);
    let (workplaces, place_text) = places(tables, home, draw);
    let (wage, wage_text) = wage(title, draw);
    let benefits = benefits(title, draw);
    let has = |code: &str| benefits.codes().any(|benefit| benefit == code);
    let offer = Offer {
        id: VacancyId::from_u128(draw.id(posted)),
        employer: hirer.employer.id,
        status,
        positions,
        filled: if status == Status::Filled {
            positions
        } else {
            0
        },
        closes: Some(closes),
        skills: skills(title, draw),
        occupations: vec![title.occupation],
        level: asked(title.level, title.level.get() > 0, draw),
        field: title.field,
        workplaces,
        remote: title.shifts.codes().any(|shift| shift == "remote"),
        lodging: has("dormitory"),
        shuttle: has("shuttle"),
        abroad: false,
        months: asked(title.months, title.months > 0, draw),
        wage: wage.monthly(RATES),
        contracts: title.contracts,
        shifts: title.shifts,
        suits_minors: title.minors,
    };
    Some(Vacancy {
        title: heading(tables, title, home, positions, draw),
        description: description(tables, title, &offer, benefits, draw),
        offer,
        occupation_confidence: Some(Confidence::SURE),
        employer_name: hirer.employer.name.clone(),
        origin: Origin::Own,
        source: None,
        external_ref: None,
        wage,
        wage_text,
        place_text,
        benefits,
        published: today.checked_sub_days(Days::new(days)),
        assumed: Assumed::default(),
        revision: 0,
    })
}

/// Most are open; a few show the other stages.
fn stands(draw: &mut Draw, today: NaiveDate) -> (Status, NaiveDate) {
    let closes = days_after(today, draw.between(3, 60));
    match draw.below(1_000) {
        0..920 => (Status::Published, closes),
        920..945 => {
            let past = today.checked_sub_days(Days::new(draw.between(1, 30)));
            (Status::Expired, past.unwrap_or(today))
        }
        945..965 => (Status::Filled, closes),
        965..980 => (Status::Paused, closes),
        980..990 => (Status::Submitted, closes),
        _ => (Status::Reopened, closes),
    }
}

/// What is asked: in one of eight advertisements nothing is said about it.
fn asked<T>(what: T, required: bool, draw: &mut Draw) -> Asked<T> {
    if draw.chance(125) {
        Asked::NotSaid
    } else if required {
        Asked::Required(what)
    } else {
        Asked::NotRequired
    }
}

fn skills(title: &Title, draw: &mut Draw) -> Asked<Vec<AskedSkill>> {
    if draw.chance(40) {
        return Asked::NotSaid;
    }
    let asked = |skill, essential| AskedSkill {
        skill,
        essential,
        confidence: Confidence::SURE,
    };
    let mut skills: Vec<AskedSkill> = title
        .essential
        .iter()
        .map(|&skill| asked(skill, true))
        .collect();
    for &skill in &title.desirable {
        if draw.chance(700) {
            skills.push(asked(skill, false));
        }
    }
    skills.sort_unstable_by_key(|asked| asked.skill);
    skills.dedup_by_key(|asked| asked.skill);
    if skills.is_empty() {
        Asked::NotRequired
    } else {
        Asked::Required(skills)
    }
}

/// Mostly the employer's commune; some name two, some only the province of today or of before.
fn places(tables: &Tables, home: &Place, draw: &mut Draw) -> (Vec<Workplace>, String) {
    let here = Workplace::Commune(home.commune);
    let mut address = String::new();
    if !home.zone.is_empty() && draw.chance(600) {
        address = format!("{}, ", home.zone);
    }
    match draw.below(1_000) {
        0..60 => (
            vec![Workplace::Province(tables.province)],
            PROVINCE.to_owned(),
        ),
        60..100 => before(home.legacy, home.in_old_kon_tum),
        100..160 => {
            let other = draw
                .pick(&tables.places)
                .filter(|place| place.commune != home.commune && place.legacy == home.legacy);
            match other {
                Some(other) => (
                    vec![here, Workplace::Commune(other.commune)],
                    format!("{}, {}, {PROVINCE}", home.name, other.name),
                ),
                None => (vec![here], format!("{}, {PROVINCE}", home.name)),
            }
        }
        _ => (vec![here], format!("{address}{}, {PROVINCE}", home.name)),
    }
}

fn before(legacy: LegacyProvinceIx, kon_tum: bool) -> (Vec<Workplace>, String) {
    let name = if kon_tum { "Kon Tum" } else { PROVINCE };
    (
        vec![Workplace::LegacyProvince(legacy)],
        format!("Tỉnh {name} (cũ)"),
    )
}

fn benefits(title: &Title, draw: &mut Draw) -> Benefits {
    let mut benefits = Benefits::EMPTY;
    for perk in title.perks.codes() {
        if draw.chance(700) {
            benefits = benefits.with(perk).unwrap_or(benefits);
        }
    }
    let insured = title
        .contracts
        .codes()
        .any(|contract| matches!(contract, "indefinite" | "fixed_12_36"));
    let more: &[&str] = if insured {
        &["social_insurance", "health_insurance"]
    } else {
        &[]
    };
    for benefit in more {
        benefits = benefits.with(benefit).unwrap_or(benefits);
    }
    for (benefit, chance) in [("thirteenth_salary", 500), ("training", 250)] {
        if insured && draw.chance(chance) {
            benefits = benefits.with(benefit).unwrap_or(benefits);
        }
    }
    benefits
}

fn wage(title: &Title, draw: &mut Draw) -> (Wage, String) {
    let (period, step) = match title.pay {
        Pay::Month => (Period::Month, 100_000),
        Pay::Day => (Period::Day, 10_000),
        Pay::Piece => return (Wage::Piece, "Theo sản phẩm".to_owned()),
    };
    let percent = draw.between(92, 112);
    let scaled = |amount: u64| (amount * percent / 100).div_ceil(step) * step;
    let (from, to) = (scaled(title.wage.0), scaled(title.wage.1));
    let wage = match draw.below(1_000) {
        0..720 => Wage::Range(from, to, period),
        720..810 => Wage::From(from, period),
        810..870 => Wage::UpTo(to, period),
        870..970 => Wage::Negotiable,
        _ => Wage::NotSaid,
    };
    (wage, wage_words(wage))
}

fn wage_words(wage: Wage) -> String {
    let unit = |period| match period {
        Period::Month => "triệu đồng/tháng",
        Period::Day => "nghìn đồng/ngày",
        Period::Hour => "nghìn đồng/giờ",
    };
    match wage {
        Wage::NotSaid => String::new(),
        Wage::Negotiable => "Thỏa thuận".to_owned(),
        Wage::Piece => "Theo sản phẩm".to_owned(),
        Wage::From(from, period) => format!("Từ {} {}", amount(from, period), unit(period)),
        Wage::UpTo(to, period) => format!("Tới {} {}", amount(to, period), unit(period)),
        Wage::Range(from, to, period) => format!(
            "{} - {} {}",
            amount(from, period),
            amount(to, period),
            unit(period)
        ),
    }
}

/// Millions with one decimal for a month, thousands otherwise.
fn amount(vnd: u64, period: Period) -> String {
    if period != Period::Month {
        return (vnd / 1_000).to_string();
    }
    match vnd / 100_000 % 10 {
        0 => (vnd / 1_000_000).to_string(),
        tenth => format!("{},{tenth}", vnd / 1_000_000),
    }
}

fn heading(
    tables: &Tables,
    title: &Title,
    place: &Place,
    positions: u32,
    draw: &mut Draw,
) -> String {
    let form = draw
        .pick(tables.sentences("*", "form"))
        .map(String::as_str)
        .filter(|form| positions > 1 || !form.contains("{positions}"))
        .unwrap_or("{title}");
    form.replace("{title}", &title.text)
        .replace("{lower}", &small_first(&title.text))
        .replace("{place}", &small_first(&place.name))
        .replace("{positions}", &positions.to_string())
}

fn small_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

fn description(
    tables: &Tables,
    title: &Title,
    offer: &Offer,
    benefits: Benefits,
    draw: &mut Draw,
) -> String {
    let mut own = |kind: &str| draw.pick(tables.sentences(&title.trade, kind)).cloned();
    let mut duties = vec![title.duty.clone()];
    duties.extend(own("duty"));
    let mut requirements: Vec<String> = own("requirement").into_iter().collect();
    let mut offered: Vec<String> = own("benefit").into_iter().collect();
    let mut general = |kind: &str| draw.pick(tables.sentences("*", kind)).cloned();
    requirements.extend(match &offer.months {
        Asked::Required(months) => {
            general("months").map(|text| text.replace("{months}", &time_words(*months)))
        }
        Asked::NotRequired => general("no_months"),
        Asked::NotSaid => None,
    });
    requirements.extend(match &offer.level {
        Asked::Required(level) => level_words(tables, *level)
            .and_then(|words| Some(general("level")?.replace("{level}", words))),
        Asked::NotRequired => general("no_level"),
        Asked::NotSaid => None,
    });
    offered.extend(benefits.codes().filter_map(&mut general));
    let apply = general("apply").unwrap_or_default();
    format!(
        "Công việc:\n{}\nYêu cầu:\n{}\nQuyền lợi:\n{}\n{apply}",
        points(&duties),
        points(&requirements),
        points(&offered),
    )
}

fn level_words(tables: &Tables, level: TrainingRank) -> Option<&str> {
    let words = tables.sentences("*", &format!("level_{}", level.get()));
    words.first().map(String::as_str)
}

fn points(sentences: &[String]) -> String {
    let lines: Vec<String> = sentences.iter().map(|text| format!("- {text}")).collect();
    lines.join("\n")
}

fn time_words(months: u16) -> String {
    if months >= 12 && months.is_multiple_of(12) {
        format!("{} năm", months / 12)
    } else {
        format!("{months} tháng")
    }
}

#[cfg(test)]
mod tests {
    use domain::reading::wage::parse_wage;

    use super::*;

    #[test]
    fn wages_are_written_as_they_are_read() {
        for wage in [
            Wage::Range(7_500_000, 9_000_000, Period::Month),
            Wage::From(8_000_000, Period::Month),
            Wage::UpTo(12_300_000, Period::Month),
            Wage::Range(280_000, 350_000, Period::Day),
            Wage::Negotiable,
            Wage::Piece,
            Wage::NotSaid,
        ] {
            assert_eq!(parse_wage(&wage_words(wage), 25_000), Ok(wage));
        }
    }

    #[test]
    fn months_are_said_in_years_where_they_are() {
        assert_eq!(time_words(6), "6 tháng");
        assert_eq!(time_words(18), "18 tháng");
        assert_eq!(time_words(24), "2 năm");
        assert_eq!(small_first("Điều dưỡng"), "điều dưỡng");
    }
}
