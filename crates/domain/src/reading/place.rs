//! Places: "Hà Nội & 2 nơi khác", "KCN VSIP, Quảng Ngãi", "Toàn quốc".

use std::collections::HashMap;

use super::title::Lexicon;
use crate::code::AdminUnits;
use crate::text::fold;
use crate::vacancy::Workplace;

/// Words that stand before a name and say what kind of place it is.
const KINDS: [&str; 12] = [
    "thanh pho",
    "tp",
    "tinh",
    "thi xa",
    "tx",
    "quan",
    "huyen",
    "phuong",
    "xa",
    "thi tran",
    "dac khu",
    "city",
];

/// What a text says about places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Places that were understood, each once, in the order of the text.
    pub found: Vec<Workplace>,
    /// Anywhere in the country.
    pub nationwide: bool,
    /// The work can be done from anywhere.
    pub remote: bool,
    /// Parts that were not understood.
    pub unclear: Vec<String>,
}

impl Places {
    /// Whether anything was understood.
    pub const fn is_understood(&self) -> bool {
        !self.found.is_empty() || self.nationwide || self.remote
    }
}

/// The names of places.
pub struct Gazetteer {
    provinces: Lexicon<Workplace>,
    /// Communes of 2025 whose name, with its kind, is written once in a province.
    communes: HashMap<(String, usize), Workplace>,
}

impl Gazetteer {
    /// The names of these units. A name that is both a province of today and one of before is
    /// taken for today's: texts do not say which is meant.
    pub fn new(units: &AdminUnits) -> Self {
        let today = (0_u8..).zip(units.provinces()).map(|(at, unit)| {
            (
                unit.short.clone(),
                Workplace::Province(crate::code::ProvinceIx(at)),
            )
        });
        let before = (0_u8..)
            .zip(units.legacy_provinces())
            .flat_map(|(at, unit)| {
                let place = Workplace::LegacyProvince(crate::code::LegacyProvinceIx(at));
                let same = units
                    .provinces()
                    .iter()
                    .position(|today| today.short == unit.short)
                    .and_then(|at| u8::try_from(at).ok())
                    .map_or(place, |at| Workplace::Province(crate::code::ProvinceIx(at)));
                std::iter::once((unit.short.clone(), same))
                    .chain(unit.alt.iter().map(move |alt| (alt.clone(), same)))
            });
        Self {
            provinces: Lexicon::new(today.chain(before)),
            communes: communes(units),
        }
    }

    /// Reads a text: parts between commas, "&" and semicolons. A commune counts together with its
    /// province in the same text.
    pub fn read(&self, text: &str, units: &AdminUnits) -> Places {
        let mut places = Places::default();
        let mut named = Vec::new();
        for part in text.split([',', '&', ';', '/', '|', ':', '\n']) {
            let folded = fold(part);
            if folded.is_empty() {
                continue;
            }
            if is_nationwide(&folded) {
                places.nationwide = true;
            } else if is_remote(&folded) {
                places.remote = true;
            } else {
                let provinces = self.provinces.matches(&folded);
                if provinces.is_empty() && !is_more(&folded) {
                    named.push(folded);
                }
                for (place, _) in provinces {
                    if !places.found.contains(&place) {
                        places.found.push(place);
                    }
                }
            }
        }
        for part in named {
            match self.commune(&part, &places.found, units) {
                Some((province, commune)) => {
                    places.found.retain(|&place| place != province);
                    places.found.push(commune);
                }
                None => places.unclear.push(part),
            }
        }
        places
    }

    fn commune(
        &self,
        part: &str,
        provinces: &[Workplace],
        units: &AdminUnits,
    ) -> Option<(Workplace, Workplace)> {
        let name = without_kind(part);
        provinces.iter().find_map(|&province| {
            let of = match province {
                Workplace::Province(at) => at,
                Workplace::LegacyProvince(at) => units.legacy_province(at)?.province,
                Workplace::Commune(_) => return None,
            };
            let commune = self.communes.get(&(name.to_owned(), of.index()))?;
            Some((province, *commune))
        })
    }
}

fn communes(units: &AdminUnits) -> HashMap<(String, usize), Workplace> {
    let mut names: HashMap<(String, usize), Option<Workplace>> = HashMap::new();
    for (at, commune) in (0_u16..).zip(units.communes()) {
        let place = Workplace::Commune(crate::code::CommuneIx(at));
        names
            .entry((fold(&commune.short), commune.province.index()))
            // Two communes of one name in one province cannot be told apart.
            .and_modify(|other| *other = None)
            .or_insert(Some(place));
    }
    names
        .into_iter()
        .filter_map(|(name, place)| Some((name, place?)))
        .collect()
}

fn without_kind(part: &str) -> &str {
    KINDS
        .iter()
        .find_map(|kind| part.strip_prefix(kind)?.strip_prefix(' '))
        .unwrap_or(part)
}

fn is_nationwide(folded: &str) -> bool {
    ["toan quoc", "ca nuoc", "nationwide", "khap ca nuoc"]
        .iter()
        .any(|word| folded.contains(word))
}

fn is_remote(folded: &str) -> bool {
    ["tu xa", "remote", "online", "tai nha", "work from home"]
        .iter()
        .any(|word| folded.contains(word))
}

/// "2 nơi khác": there are more, which are not named.
fn is_more(folded: &str) -> bool {
    folded.contains("noi khac")
}
