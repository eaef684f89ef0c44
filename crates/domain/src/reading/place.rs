//! Places: "Hà Nội & 2 nơi khác", "KCN VSIP, Quảng Ngãi", "Toàn quốc", whole addresses.

mod area;
mod country;
mod key;
mod kind;
mod names;
mod part;
mod phrases;
mod resolve;
mod segment;

use std::cell::Cell;

use crate::code::{AdminUnits, ProvinceIx};
use crate::text::shorten;
use crate::vacancy::Workplace;
pub use area::Area;
pub use country::{Abroad, Country};
use names::Names;
use segment::Segment;

/// Characters; what follows in a longer text is not read.
const LONGEST: usize = 2_000;
/// Pieces of a text that may be misspelt; further ones are to be spelt as they should be.
const MISSPELT: u8 = 12;

/// What a text says about places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Units that were understood, as narrow as they were written, each once, in the order of the
    /// text.
    pub areas: Vec<Area>,
    /// Anywhere in the country.
    pub nationwide: bool,
    /// The work can be done from anywhere.
    pub remote: bool,
    /// In other countries, each once.
    pub abroad: Vec<Abroad>,
    /// There are more places, which are not named: "& 2 nơi khác".
    pub more: bool,
    /// Parts that were not understood, as written.
    pub unclear: Vec<String>,
}

impl Places {
    /// Whether anything was understood.
    pub const fn is_understood(&self) -> bool {
        !self.areas.is_empty() || self.nationwide || self.remote || !self.abroad.is_empty()
    }

    /// The units as places of work, each once: a district of before stands for its province, a
    /// commune of before for the one that took it over.
    pub fn workplaces(&self, units: &AdminUnits) -> Vec<Workplace> {
        let mut places = Vec::with_capacity(self.areas.len());
        for place in self.areas.iter().filter_map(|area| area.workplace(units)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }
}

/// The names of places.
pub struct Gazetteer {
    names: Names,
    home: Vec<ProvinceIx>,
}

impl Gazetteer {
    /// The names of these units, read from nowhere: a name that several bear is none.
    pub fn new(units: &AdminUnits) -> Self {
        Self::at(units, Vec::new())
    }

    /// The names of these units, read from these provinces: a name that several units bear is that
    /// of the first of them in which there is one.
    pub fn at(units: &AdminUnits, home: Vec<ProvinceIx>) -> Self {
        Self {
            names: Names::of(units),
            home,
        }
    }

    /// Reads a text: a list of places, or addresses whose last part is the broadest.
    ///
    /// The finest unit that is said counts, not those around it. A name alone means a province
    /// before a district of before, that before a commune of 2025, that before an older one. A
    /// name of a province that is both today's and an older one is today's, unless a mark such as
    /// "(cũ)" follows. With a district or a province of before beside it, a commune is the old one.
    pub fn read(&self, text: &str) -> Places {
        self.read_at(text, &self.home)
    }

    fn read_at(&self, text: &str, home: &[ProvinceIx]) -> Places {
        let text = shorten(text, LONGEST);
        let mut places = Places::default();
        let comparisons = Cell::new(MISSPELT);
        let mut names_country = false;
        for written in text.split([';', '\n', '|']) {
            let segment = Segment::read(written, &self.names, home, &comparisons, &mut places);
            names_country |= segment.names_country;
            for area in segment.areas(home) {
                if !places.areas.contains(&area) {
                    places.areas.push(area);
                }
            }
        }
        if places
            .abroad
            .iter()
            .any(|place| *place != Abroad::Somewhere)
        {
            places.abroad.retain(|place| *place != Abroad::Somewhere);
        }
        places.nationwide |= names_country && !places.is_understood();
        places
    }
}

/// The units `province:`, `old_district:` and so on of the yardstick.
pub(super) fn rows(places: &Places, units: &AdminUnits) -> Vec<String> {
    let areas = places.areas.iter().filter_map(|area| area.row(units));
    let abroad = places.abroad.iter().map(|place| match place {
        Abroad::Somewhere => "abroad:".to_owned(),
        Abroad::In(country) => format!("abroad:{}", country.name()),
    });
    let anywhere = places.nationwide.then(|| "anywhere".to_owned());
    let remote = places.remote.then(|| "remote".to_owned());
    areas.chain(abroad).chain(anywhere).chain(remote).collect()
}

#[cfg(test)]
mod tests;
