//! A vacancy in a list, in words.

use chrono::NaiveDate;
use domain::code::Benefits;
use domain::vacancy::Origin;

use super::link;
use crate::exchange::VacancyRow;
use crate::texts::Texts;
use crate::words;

/// Places shown in a row; the others are counted.
const PLACES_SHOWN: usize = 2;

/// The finished values of a row.
pub(super) struct Card {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) is_new: bool,
    pub(super) wage: String,
    pub(super) places: String,
    pub(super) employer: String,
    pub(super) verified: bool,
    /// Where it came from, for a record that is not the Centre's own.
    pub(super) source: Option<String>,
    pub(super) benefits: Vec<Benefit>,
    pub(super) left: String,
}

impl Card {
    pub(super) fn of(row: &VacancyRow, t: Texts, today: NaiveDate) -> Self {
        Self {
            href: link::vacancy(t.0, &row.id),
            title: row.title.clone(),
            is_new: row.posted == Some(today),
            wage: words::wage(t.0, row.wage),
            places: places(row, t, PLACES_SHOWN),
            employer: employer(row, t),
            verified: row.verified,
            source: source(row, t),
            benefits: benefits(row.benefits, t),
            left: left(row, t, today),
        }
    }
}

/// A benefit with its icon.
pub(super) struct Benefit {
    pub(super) icon: &'static str,
    pub(super) name: String,
}

/// The employer's name; not every imported record has one.
pub(super) fn employer(row: &VacancyRow, t: Texts) -> String {
    if row.employer.is_empty() {
        t.t("employer-unknown")
    } else {
        row.employer.clone()
    }
}

/// The first `most` workplaces, and how many more there are.
pub(super) fn places(row: &VacancyRow, t: Texts, most: usize) -> String {
    let mut named: Vec<String> = row.places.iter().take(most).cloned().collect();
    if row.remote {
        named.push(t.t("place-remote"));
    }
    if named.is_empty() {
        return t.t("place-unknown");
    }
    // A place may bear its province after a comma.
    let named = named.join("; ");
    match row.places.len().saturating_sub(most) {
        0 => named,
        more => t.count_with("place-and-more", more as u64, &[("places", &named)]),
    }
}

/// Where it is from, and that nobody has checked it, for what did not come in through the Centre.
/// The name of a file says nothing to a reader.
pub(super) fn source(row: &VacancyRow, t: Texts) -> Option<String> {
    match row.origin {
        Origin::Own => None,
        Origin::National => Some(t.t("origin-national")),
        Origin::Neighbour => Some(t.t("origin-neighbour")),
        Origin::Imported => Some(t.t("origin-imported")),
    }
}

/// Benefits in the order in which readers ask for them.
pub(super) fn benefits(offered: Benefits, t: Texts) -> Vec<Benefit> {
    let has = |code: &str| offered.codes().any(|known| known == code);
    let all = [
        (has("shuttle"), "bus", t.t("benefit-shuttle")),
        (has("dormitory"), "bed", t.t("benefit-dormitory")),
        (has("meals"), "meal", t.t("benefit-meals")),
        (
            has("social_insurance") || has("health_insurance"),
            "shield",
            t.t("benefit-insurance"),
        ),
        (has("training"), "cap", t.t("benefit-training")),
        (has("thirteenth_salary"), "money", t.t("benefit-thirteenth")),
        (has("childcare"), "care", t.t("benefit-childcare")),
    ];
    all.into_iter()
        .filter(|(offered, ..)| *offered)
        .map(|(_, icon, name)| Benefit { icon, name })
        .collect()
}

fn left(row: &VacancyRow, t: Texts, today: NaiveDate) -> String {
    let days = words::days_left(t.0, row.closes, today);
    match row.positions {
        Some(positions) if positions > 1 => {
            let wanted = t.count("positions", u64::from(positions));
            format!("{wanted} · {days}")
        }
        _ => days,
    }
}
