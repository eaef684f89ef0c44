//! Databases: the candidates found and scored by one statement, which gives the list.
//!
//! The numbers that the tables of a query hold are handed in with the statement (arrays in
//! PostgreSQL, a function in SQLite), so that every part is a look-up there too.

pub(crate) mod postgres;
mod server;
pub(crate) mod sqlite;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use domain::id::SeekerId;
use matching::scan::PersonPlace;

use crate::Failure;
use crate::row::{ANYWHERE, CODES, Columns, NONE, NOWHERE, Row, TOLD};
use crate::tables::{DIGITS, Tables};

/// Has a code of an occupation: a flag that only databases need.
const CODED: u8 = 1 << 4;

/// A line of a list.
pub(crate) type Line = (u16, SeekerId);

/// The lines of a list.
pub(crate) fn lines(places: &[PersonPlace]) -> Vec<Line> {
    let line = |place: &PersonPlace| (place.thousandths(), place.id());
    places.iter().map(line).collect()
}

/// A line as a database gives it.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = BigInt)]
    thousandths: i64,
}

impl Found {
    fn line(&self) -> Result<Line, Failure> {
        Ok((u16::try_from(self.thousandths)?, self.id.parse()?))
    }
}

/// The columns of the table `seeker` that both databases share.
const SEEKER: &str = "n integer primary key, registered bigint not null, commune integer not null, \
    training integer not null, wage integer not null, contracts integer not null, \
    excluded integer not null, shifts integer not null, flags integer not null, \
    turns_15 integer not null, turns_18 integer not null";

/// The values of those columns.
fn seeker_values(columns: &Columns, at: usize, communes: usize) -> String {
    let row = &columns.rows[at];
    let commune = if row.commune == NOWHERE {
        communes
    } else {
        row.commune.into()
    };
    let coded = if codes(row).next().is_some() {
        CODED
    } else {
        0
    };
    format!(
        "{at},{},{commune},{},{},{},{},{},{},{},{}",
        columns.registered[at],
        row.training,
        row.wage,
        row.contracts,
        row.excluded,
        row.shifts,
        row.flags | coded,
        row.turns_15,
        row.turns_18
    )
}

fn skills<'r>(columns: &'r Columns, row: &'r Row) -> impl Iterator<Item = u16> + 'r {
    let is_skill = |skill: &u16| columns.is_skill(*skill);
    row.skills.iter().copied().filter(is_skill)
}

fn codes(row: &Row) -> impl Iterator<Item = u16> + '_ {
    row.codes.iter().copied().filter(|&code| code != CODES)
}

fn provinces(row: &Row) -> impl Iterator<Item = u8> + '_ {
    let provinces = row.provinces.iter().copied();
    provinces.filter(|&province| province != NONE)
}

/// (group, months).
fn worked(row: &Row) -> impl Iterator<Item = (u8, u8)> + '_ {
    let worked = row.groups.iter().copied().zip(row.months);
    worked.filter(|&(group, _)| group != NONE)
}

/// What a table of the query is called in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Near,
    Training,
    Wage,
    Contracts,
    Shifts,
    Months,
    Occupation,
}

impl Look {
    const ALL: [Self; 7] = [
        Self::Near,
        Self::Training,
        Self::Wage,
        Self::Contracts,
        Self::Shifts,
        Self::Months,
        Self::Occupation,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Training => "training",
            Self::Wage => "wage",
            Self::Contracts => "contracts",
            Self::Shifts => "shifts",
            Self::Months => "months",
            Self::Occupation => "occupation",
        }
    }

    fn values(self, tables: &Tables) -> &[u64] {
        match self {
            Self::Near => &tables.by_commune,
            Self::Training => &tables.training,
            Self::Wage => &tables.wage,
            Self::Contracts => &tables.contracts,
            Self::Shifts => &tables.shifts,
            Self::Months => &tables.months,
            Self::Occupation => &tables.occupation,
        }
    }
}

/// What a dialect says for the parts that are found in a way of its own.
struct Parts<'p> {
    look: &'p dyn Fn(Look, &str) -> String,
    /// Ten times the sum of shares.
    tenths: &'p str,
    /// Digits in common and 1, of the best code; null where there is none.
    digits: &'p str,
    /// Whether a workplace lies in a wished province.
    wished: &'p str,
    /// Months in a group of the vacancy; null where there are none.
    months: &'p str,
}

/// The sum of a person `s`.
fn sum(tables: &Tables, parts: &Parts<'_>) -> String {
    let look = parts.look;
    let skill = match tables.skill_same {
        Some(same) => same.to_string(),
        None => format!("({}) / 10 * {}", parts.tenths, tables.skill_weight),
    };
    let digits = format!(
        "coalesce({}, case when s.flags & {CODED} <> 0 then 1 else 0 end)",
        parts.digits
    );
    let location = tables.same_place.map_or_else(
        || {
            format!(
                "case when s.flags & {ANYWHERE} <> 0 or {} then {} else {} end",
                parts.wished,
                tables.location_one,
                look(Look::Near, "s.commune")
            )
        },
        |same| same.to_string(),
    );
    let experience = tables.experience_same.map_or_else(
        || {
            format!(
                "case when s.flags & {TOLD} = 0 then {} else {} end",
                tables.experience_neutral,
                look(Look::Months, &format!("coalesce({}, 0)", parts.months))
            )
        },
        |same| same.to_string(),
    );
    format!(
        "{skill} + {} + {} + {location} + {experience} + ({} + {} + {}) / 3 * {}",
        look(Look::Occupation, &digits),
        look(Look::Training, "s.training"),
        look(Look::Wage, "s.wage"),
        look(Look::Contracts, "s.contracts"),
        look(Look::Shifts, "s.shifts"),
        tables.terms_weight
    )
}

/// Who may be ranked.
fn eligible(tables: &Tables) -> String {
    let of_age = if tables.minors {
        "turns_15"
    } else {
        "turns_18"
    };
    let mut text = format!(
        "s.flags & {} <> 0 and s.{of_age} <= {}",
        crate::row::LOOKING,
        tables.day
    );
    if tables.offered != 0 {
        text += &format!(" and {} & ~s.excluded <> 0", tables.offered);
    }
    if tables.abroad {
        text += &format!(" and s.flags & {} <> 0", crate::row::ABROAD);
    }
    text
}

/// Codes that have something in common with one of the vacancy's, as (code, digits and 1).
fn codes_in_common(tables: &Tables) -> impl Iterator<Item = (usize, u8)> + '_ {
    let codes = tables.codes.iter().enumerate();
    codes
        .map(|(code, &value)| (code, value & DIGITS))
        .filter(|&(_, digits)| digits > 1)
}

fn listed<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    texts.join(",")
}

/// The places of a table that are set.
fn set(table: &[bool]) -> String {
    listed(
        table
            .iter()
            .enumerate()
            .filter(|(_, is)| **is)
            .map(|(at, _)| at),
    )
}

/// A list that no table is without: `in ()` is no SQL in PostgreSQL.
fn listed_or_nothing(list: String) -> String {
    if list.is_empty() {
        "-1".to_owned()
    } else {
        list
    }
}
