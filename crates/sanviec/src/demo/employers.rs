//! Employers of the demonstration province.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::employer::Employer;
use domain::id::EmployerId;
use domain::vacancy::Origin;

use super::draw::{Draw, Weighted};
use super::office_hours;
use super::tables::{Place, Tables};

/// An employer, where it is and whom it looks for.
pub(super) struct Hirer {
    pub(super) employer: Employer,
    pub(super) trade: usize,
    pub(super) place: usize,
    pub(super) titles: Vec<usize>,
    /// How often it posts, against the others.
    pub(super) size: u64,
}

impl Hirer {
    /// Whether it is a household or a shop of one person, with few openings.
    pub(super) const fn is_small(&self) -> bool {
        self.size == 1
    }
}

/// So many employers with different names: of each trade's patterns at least one, the others by
/// the trades' shares of vacancies.
pub(super) fn all(tables: &Tables, mut draw: Draw, today: NaiveDate, count: usize) -> Vec<Hirer> {
    let by_share = Weighted::new(
        tables
            .trades
            .iter()
            .enumerate()
            .map(|(at, trade)| (at, trade.vacancies)),
    );
    let each: Vec<(usize, usize)> = tables
        .trades
        .iter()
        .enumerate()
        .flat_map(|(trade, rows)| (0..rows.patterns.len()).map(move |pattern| (trade, pattern)))
        .collect();
    let mut names = HashSet::new();
    let mut hirers = Vec::with_capacity(count);
    // A name that is taken is drawn again; there are far more names than employers.
    for turn in 0..count * 20 {
        if hirers.len() == count {
            break;
        }
        let planned = each.get(turn).copied().or_else(|| {
            let &trade = by_share.draw(&mut draw)?;
            let patterns = tables.trades.get(trade)?.patterns.len();
            let pattern = draw.below(u64::try_from(patterns).ok()?);
            Some((trade, usize::try_from(pattern).ok()?))
        });
        let hirer = planned
            .and_then(|(trade, pattern)| one(tables, &mut draw, today, trade, pattern))
            .filter(|hirer| names.insert(hirer.employer.name.clone()));
        hirers.extend(hirer);
    }
    hirers
}

fn one(
    tables: &Tables,
    draw: &mut Draw,
    today: NaiveDate,
    trade_at: usize,
    pattern_at: usize,
) -> Option<Hirer> {
    let trade = tables.trades.get(trade_at)?;
    let (pattern, titles) = trade.patterns.get(pattern_at)?;
    let &place_at = trade.places.draw(draw)?;
    let place = tables.places.get(place_at)?;
    let name = if pattern.contains("{person}") {
        pattern.replace("{person}", &person(tables, draw, place)?)
    } else {
        pattern.replace("{name}", &company(tables, draw)?)
    };
    let days = draw.between(30, 700);
    let registered = office_hours(draw, today, days);
    Some(Hirer {
        employer: Employer {
            id: EmployerId::from_u128(draw.id(registered)),
            name,
            origin: Origin::Own,
            verified: true,
        },
        trade: trade_at,
        place: place_at,
        titles: titles.clone(),
        size: if pattern.contains("{person}") {
            1
        } else {
            draw.between(2, 8)
        },
    })
}

fn company(tables: &Tables, draw: &mut Draw) -> Option<String> {
    let [first, second, third] = ["first", "second", "third"].map(|part| {
        let names = tables.names(part);
        draw.pick(names)
    });
    Some(format!("{} {} {}", first?, second?, third?))
}

/// A person's name with the place, since many are called alike.
fn person(tables: &Tables, draw: &mut Draw, place: &Place) -> Option<String> {
    let part = if place.in_old_kon_tum && draw.chance(500) {
        "person_kon_tum"
    } else {
        "person"
    };
    let name = draw.pick(tables.names(part))?;
    Some(format!("{name} ({})", place.short))
}
