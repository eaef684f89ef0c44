//! How many texts of the yardstick are read as it says: `id,kind,text,expected`.
//!
//! A row belongs to the tuned half if the first byte of the SHA-256 of its id is even. Of the
//! untouched half nothing but totals leaves this module.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::date::parse_date;
use super::experience::{Experience, read_experience};
use super::place::{Gazetteer, rows};
use super::wage::{SaidWage, read_wage};
use crate::code::AdminUnits;

/// What a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A wage.
    Wage,
    /// A place of work.
    Place,
    /// Experience asked.
    Experience,
    /// A day.
    Date,
}

impl Kind {
    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wage => "wage",
            Self::Place => "place",
            Self::Experience => "experience",
            Self::Date => "date",
        }
    }
}

/// The half to which a row belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Half {
    /// May be read while tuning.
    Tuned,
    /// Only its totals are looked at.
    Untouched,
}

impl Half {
    /// The half of the row with this id.
    pub fn of(id: &str) -> Self {
        match Sha256::digest(id).first() {
            Some(byte) if byte % 2 == 0 => Self::Tuned,
            _ => Self::Untouched,
        }
    }

    /// The word in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tuned => "tuned",
            Self::Untouched => "untouched",
        }
    }
}

/// How many are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Read exactly as the yardstick says.
    pub right: u32,
    /// All.
    pub total: u32,
}

impl Tally {
    fn add(&mut self, is_right: bool) {
        self.right = self.right.saturating_add(u32::from(is_right));
        self.total = self.total.saturating_add(1);
    }
}

/// A row of the tuned half that was read otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// Its id.
    pub id: String,
    /// The text.
    pub text: String,
    /// What the yardstick says.
    pub expected: String,
    /// What was read.
    pub found: String,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    tallies: BTreeMap<(Kind, Half), Tally>,
    misses: Vec<Miss>,
}

/// The yardstick cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("not a yardstick of the form id,kind,text,expected: {0}")]
pub struct NoYardstick(#[from] csv::Error);

#[derive(Deserialize)]
struct Row {
    id: String,
    kind: Kind,
    text: String,
    expected: String,
}

impl Report {
    /// Per kind and half, in their order.
    pub fn tallies(&self) -> impl Iterator<Item = (Kind, Half, Tally)> + '_ {
        self.tallies
            .iter()
            .map(|(&(kind, half), &tally)| (kind, half, tally))
    }

    /// All of a half together.
    pub fn whole(&self, half: Half) -> Tally {
        let of_half = self.tallies().filter(|(_, this, _)| *this == half);
        of_half.fold(Tally::default(), |all, (_, _, tally)| Tally {
            right: all.right.saturating_add(tally.right),
            total: all.total.saturating_add(tally.total),
        })
    }

    /// The rows of the tuned half that were read otherwise.
    pub fn misses(&self) -> &[Miss] {
        &self.misses
    }
}

/// Reads all texts of a yardstick and compares.
///
/// # Errors
/// Where it is no CSV text with the columns id, kind, text, expected.
pub fn evaluate(
    yardstick: &[u8],
    gazetteer: &Gazetteer,
    units: &AdminUnits,
) -> Result<Report, NoYardstick> {
    let mut report = Report::default();
    for row in csv::Reader::from_reader(yardstick).deserialize() {
        let row: Row = row?;
        let found = match row.kind {
            Kind::Wage => read_wage(&row.text).unwrap_or(SaidWage::NotSaid).row(),
            Kind::Place => rows(&gazetteer.read(&row.text), units).join("|"),
            Kind::Experience => read_experience(&row.text)
                .unwrap_or(Experience::NotSaid)
                .row(),
            Kind::Date => {
                parse_date(&row.text).map_or_else(|_| String::new(), |day| day.to_string())
            }
        };
        let is_right = match row.kind {
            Kind::Place => set(&found) == set(&row.expected),
            Kind::Wage | Kind::Experience | Kind::Date => found == row.expected,
        };
        let half = Half::of(&row.id);
        report
            .tallies
            .entry((row.kind, half))
            .or_default()
            .add(is_right);
        if !is_right && half == Half::Tuned {
            report.misses.push(Miss {
                id: row.id,
                text: row.text,
                expected: row.expected,
                found,
            });
        }
    }
    Ok(report)
}

fn set(places: &str) -> BTreeSet<&str> {
    places.split('|').collect()
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_thousand = u64::from(self.right)
            .saturating_mul(1_000)
            .checked_div(u64::from(self.total))
            .unwrap_or(0);
        let (percent, tenth) = (of_thousand / 10, of_thousand % 10);
        write!(f, "{}/{} ({percent}.{tenth} %)", self.right, self.total)
    }
}

/// A line for each kind and half, one for each half, then the misses of the tuned half.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, half, tally) in self.tallies() {
            writeln!(f, "{:10} {:9} {tally}", kind.as_str(), half.as_str())?;
        }
        for half in [Half::Tuned, Half::Untouched] {
            writeln!(f, "{:10} {:9} {}", "all", half.as_str(), self.whole(half))?;
        }
        for miss in &self.misses {
            writeln!(
                f,
                "{}: {:?}: expected {}, read {}",
                miss.id, miss.text, miss.expected, miss.found
            )?;
        }
        Ok(())
    }
}
