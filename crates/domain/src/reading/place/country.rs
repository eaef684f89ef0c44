//! Countries to which workers go.

use super::phrases::{ABROAD, COUNTRIES, TO_COUNTRY};
use crate::text::fold;

/// A country other than Viet Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country(&'static str);

impl Country {
    /// Its short name in Vietnamese.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// Work in another country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Abroad {
    /// Which country is not said.
    Somewhere,
    /// In this country.
    In(Country),
}

/// What a folded piece says about another country; nothing else may stand in it.
pub(super) fn abroad(folded: &str) -> Option<Abroad> {
    let mut rest = folded;
    loop {
        if let Some(country) = country(rest) {
            return Some(Abroad::In(country));
        }
        if ABROAD.contains(&rest) {
            return Some(Abroad::Somewhere);
        }
        let before = |phrase: &&str| rest.strip_prefix(*phrase)?.strip_prefix(' ');
        rest = TO_COUNTRY
            .iter()
            .filter_map(before)
            .min_by_key(|after| after.len())?;
    }
}

fn country(folded: &str) -> Option<Country> {
    COUNTRIES
        .iter()
        .find(|(name, other)| other.contains(&folded) || fold(name) == folded)
        .map(|(name, _)| Country(name))
}
