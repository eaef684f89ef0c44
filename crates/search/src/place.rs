//! Where work is looked for: names in a query, and whether a workplace lies there.

mod asked;

use std::collections::HashMap;

use domain::code::{AdminUnits, ProvinceIx};
use domain::reading::place::{Area, Gazetteer};
use domain::text::fold;

pub use asked::PlaceAsked;
pub(crate) use asked::Stands;

use crate::words::{Word, words};

/// Words of a name at most.
const LONGEST: usize = 7;
/// Words after which a place follows, folded.
const MARKERS: [&str; 14] = [
    "o", "tai", "quan", "huyen", "tinh", "tp", "xa", "phuong", "gan", "kv", "ve", "q", "vung", "tx",
];
/// Words for kinds of places, folded.
const KINDS: [&str; 13] = [
    "tinh", "thanh", "pho", "tp", "quan", "huyen", "thi", "xa", "tran", "phuong", "dac", "khu",
    "cu",
];
/// Markers of two words.
const MARKER_PAIRS: [[&str; 2]; 4] = [
    ["khu", "vuc"],
    ["thanh", "pho"],
    ["thi", "xa"],
    ["thi", "tran"],
];

/// A line of the list of names cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadPlaces {
    /// A name that is no place.
    #[error("line {line}: {name:?} is no place")]
    Unknown {
        /// The line, counted from 1.
        line: u64,
        /// The name.
        name: String,
    },
    /// A way to read a name that is not known.
    #[error("line {line}: {read_as:?} is no way to read a name")]
    ReadAs {
        /// The line, counted from 1.
        line: u64,
        /// What stands there.
        read_as: String,
    },
    /// Not CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

/// Names of places.
pub struct PlaceNames {
    gazetteer: Gazetteer,
    /// The Centre's own province.
    home: Option<ProvinceIx>,
    /// Regions and short names, by their words as said and as folded.
    names: HashMap<Vec<String>, Vec<Area>>,
    /// Names that are words too, folded.
    ambiguous: HashMap<String, ReadAs>,
}

/// A place with which some words begin.
pub(crate) struct Begun {
    /// How many words name it, with what marks it.
    pub(crate) count: usize,
    /// Where it is.
    pub(crate) areas: Vec<Area>,
}

/// How a name is read that is a word too, or borne by many places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReadAs {
    /// Words, unless a mark stands before.
    Word,
    /// Words, unless it has its accents.
    WordUnlessAccents,
    /// The one in the Centre's own province.
    AtHome,
}

impl PlaceNames {
    /// The names of these units; lines `name,places` of what people call regions and towns, where
    /// places are names of units, parted by ";"; and lines `word,read_as,why` of names that are
    /// words too.
    ///
    /// # Errors
    /// A place or a way to read that is not known.
    pub(crate) fn read(
        names: &str,
        ambiguous: &str,
        home: Option<ProvinceIx>,
        units: &AdminUnits,
    ) -> Result<Self, BadPlaces> {
        let mut places = Self {
            gazetteer: Gazetteer::new(units),
            home,
            names: HashMap::new(),
            ambiguous: HashMap::new(),
        };
        places.add_elided(units);
        let mut reader = csv::Reader::from_reader(names.as_bytes());
        for (line, record) in (2..).zip(reader.records()) {
            places.add_name(line, &record?)?;
        }
        let mut reader = csv::Reader::from_reader(ambiguous.as_bytes());
        for (line, record) in (2..).zip(reader.records()) {
            places.add_ambiguous(line, &record?)?;
        }
        Ok(places)
    }

    /// Names with an apostrophe are also written without one: "Ia Hdrai".
    fn add_elided(&mut self, units: &AdminUnits) {
        let communes = units.communes().iter().map(|unit| &unit.short);
        let districts = units.legacy_districts().iter().map(|unit| &unit.short);
        for name in communes.chain(districts).filter(|name| name.contains('\'')) {
            let areas = self.gazetteer.areas(name, self.home);
            let words = words(&name.replace('\'', ""), LONGEST);
            let said = words.iter().map(|word| word.said.clone()).collect();
            let folded = words.into_iter().map(|word| word.folded).collect();
            self.names.insert(said, areas.clone());
            self.names.insert(folded, areas);
        }
    }

    fn add_name(&mut self, line: u64, record: &csv::StringRecord) -> Result<(), BadPlaces> {
        let mut all = Vec::new();
        for name in record.get(1).unwrap_or_default().split(';') {
            let areas = self.gazetteer.areas(name, None);
            if areas.is_empty() {
                let name = name.to_owned();
                return Err(BadPlaces::Unknown { line, name });
            }
            all.extend(areas);
        }
        let words = words(record.get(0).unwrap_or_default(), LONGEST);
        let said = words.iter().map(|word| word.said.clone()).collect();
        let folded = words.into_iter().map(|word| word.folded).collect();
        self.names.insert(said, all.clone());
        self.names.insert(folded, all);
        Ok(())
    }

    fn add_ambiguous(&mut self, line: u64, record: &csv::StringRecord) -> Result<(), BadPlaces> {
        let read_as = match record.get(1).unwrap_or_default() {
            "word" | "number" => ReadAs::Word,
            "word_unless_accents" => ReadAs::WordUnlessAccents,
            "many_places" | "street_or_ward" => ReadAs::AtHome,
            other => {
                let read_as = other.to_owned();
                return Err(BadPlaces::ReadAs { line, read_as });
            }
        };
        let name = fold(record.get(0).unwrap_or_default());
        self.ambiguous.insert(name, read_as);
        Ok(())
    }

    /// Whether a name without a mark is taken for this place.
    fn is_meant(&self, area: Area, name: &[Word], units: &AdminUnits) -> bool {
        let folded: Vec<&str> = name.iter().map(|word| word.folded.as_str()).collect();
        let is_home = self.is_home(area, units);
        match self.ambiguous.get(&folded.join(" ")) {
            Some(ReadAs::Word) => false,
            Some(ReadAs::WordUnlessAccents) => {
                (is_wide(area) || is_home) && name.iter().any(Word::has_accents)
            }
            Some(ReadAs::AtHome) => is_home,
            None => is_wide(area) || is_home,
        }
    }

    /// The place with whose name these words begin.
    pub(crate) fn begin(&self, words: &[Word], units: &AdminUnits) -> Option<Begun> {
        let marked = marker(words);
        let rest = words.get(marked..)?;
        for count in (1..=LONGEST.min(rest.len())).rev() {
            let name = rest.get(..count)?;
            let said: Vec<String> = name.iter().map(|word| word.said.clone()).collect();
            if let Some(areas) = self.names.get(&said) {
                return Some(Begun {
                    count: marked + count,
                    areas: areas.clone(),
                });
            }
            // A number alone is a district of a city: "quận 7".
            let is_number = name
                .iter()
                .all(|word| word.folded.bytes().all(|c| c.is_ascii_digit()));
            if (count == 1 || is_number) && marked == 0 {
                continue;
            }
            let mut text = said.join(" ");
            if is_number {
                text.insert_str(0, "quận ");
            }
            let areas = self.gazetteer.areas(&text, self.home);
            let areas: Vec<Area> = areas
                .into_iter()
                .filter(|&area| marked > 0 || self.is_meant(area, name, units))
                .filter(|&area| is_number || is_said(area, name, units))
                .collect();
            if !areas.is_empty() {
                return Some(Begun {
                    count: marked + count,
                    areas,
                });
            }
        }
        None
    }

    fn is_home(&self, area: Area, units: &AdminUnits) -> bool {
        let commune = match area {
            Area::Commune(at) => Some(at),
            Area::LegacyCommune(at) => units.legacy_communes().get(at).map(|old| old.commune),
            Area::Province(_) | Area::LegacyProvince(_) | Area::LegacyDistrict(_) => None,
        };
        let province = commune
            .and_then(|at| units.commune(at))
            .map(|unit| unit.province);
        province.is_some() && province == self.home
    }
}

/// Whether a bare name is taken for this place: communes bear everyday words.
const fn is_wide(area: Area) -> bool {
    !matches!(area, Area::Commune(_) | Area::LegacyCommune(_))
}

/// Whether each of the words belongs to the name of the place or of one around it, with its accents
/// where it has some.
fn is_said(area: Area, words: &[Word], units: &AdminUnits) -> bool {
    let names = names(area, units).into_iter().flatten();
    let known: Vec<Word> = names.flat_map(|name| self::words(name, LONGEST)).collect();
    words.iter().all(|word| {
        let mut known = known.iter();
        KINDS.contains(&word.folded.as_str())
            || known.any(|known| known.folded == word.folded && may_be_said(word, known))
    })
}

fn may_be_said(word: &Word, known: &Word) -> bool {
    !word.has_accents() || word.said == known.said
}

/// The name of a place, and of those around it, then and now.
fn names(area: Area, units: &AdminUnits) -> Vec<Option<&str>> {
    let province = |at| units.province(at).map(|unit| unit.name.as_str());
    let before = |at| units.legacy_province(at);
    let of_commune = |at| {
        let commune = units.commune(at);
        let of_before = units
            .legacy_provinces()
            .iter()
            .map(|unit| Some(unit.short.as_str()));
        let own = [
            commune.map(|unit| unit.name.as_str()),
            commune.and_then(|unit| province(unit.province)),
        ];
        own.into_iter().chain(of_before).collect::<Vec<_>>()
    };
    match area {
        Area::Province(at) => vec![province(at)],
        Area::LegacyProvince(at) => vec![before(at).map(|unit| unit.name.as_str())],
        Area::LegacyDistrict(at) => {
            let district = units.legacy_districts().get(at);
            let around = district.and_then(|unit| before(unit.province));
            vec![
                district.map(|unit| unit.name.as_str()),
                around.map(|unit| unit.name.as_str()),
                around.and_then(|unit| province(unit.province)),
            ]
        }
        Area::Commune(at) => of_commune(at),
        Area::LegacyCommune(at) => {
            let old = units.legacy_communes().get(at);
            let mut districts = units.legacy_districts().iter();
            let district =
                old.and_then(|old| districts.find(|district| district.code == old.district));
            let mut all = old.map(|old| of_commune(old.commune)).unwrap_or_default();
            all.push(old.map(|old| old.name.as_str()));
            all.push(district.map(|unit| unit.name.as_str()));
            all
        }
    }
}

/// How many words mark that a place follows.
fn marker(words: &[Word]) -> usize {
    let mut marked = 0;
    loop {
        let rest = words.get(marked..).unwrap_or_default();
        let folded = |at: usize| rest.get(at).map_or("", |word| word.folded.as_str());
        if MARKER_PAIRS.contains(&[folded(0), folded(1)]) {
            marked += 2;
        } else if MARKERS.contains(&folded(0)) {
            marked += 1;
        } else {
            return marked;
        }
    }
}
