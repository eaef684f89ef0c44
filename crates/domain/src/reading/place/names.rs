//! The names of all units, folded, and what they may stand for.

use std::collections::HashMap;

use super::kind::{Kind, Level, split_kind};
use crate::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use crate::text::{fold, words};
use crate::vacancy::Workplace;

/// A province as it was written: the name may be today's, an older one, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Named {
    /// The province of 2025 with this name.
    pub(super) today: Option<ProvinceIx>,
    /// The province of before with this name.
    pub(super) before: Option<LegacyProvinceIx>,
    /// Whether it is a city: "TP Hà Nội" is the province, "TP Kon Tum" is not.
    pub(super) is_city: bool,
}

impl Named {
    /// The province of before, where there was one of this name.
    pub(super) const fn as_it_was(self) -> Self {
        match self.before {
            Some(_) => Self {
                today: None,
                ..self
            },
            None => self,
        }
    }
}

/// What lies below a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    District {
        at: usize,
        of: LegacyProvinceIx,
    },
    Commune(CommuneIx),
    OldCommune {
        to: CommuneIx,
        district: usize,
        of: LegacyProvinceIx,
    },
}

/// What a name below a province was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    /// A district, by its place in the list, and its province.
    District(usize, LegacyProvinceIx),
    /// A commune of 2025, or what became of an older one.
    Commune(CommuneIx),
}

pub(super) struct Names {
    provinces: HashMap<String, Named>,
    units: HashMap<String, Vec<(Option<Kind>, Unit)>>,
    /// How many provinces of before went into each of today.
    parts: Vec<u8>,
}

/// Words of the longest name of a province.
pub(super) const LONGEST_PROVINCE: usize = 4;

impl Names {
    pub(super) fn of(units: &AdminUnits) -> Self {
        let mut parts = vec![0_u8; units.provinces().len()];
        for legacy in units.legacy_provinces() {
            if let Some(count) = parts.get_mut(legacy.province.index()) {
                *count = count.saturating_add(1);
            }
        }
        Self {
            provinces: provinces(units),
            units: below(units),
            parts,
        }
    }

    /// The province with this folded name.
    pub(super) fn province(&self, name: &str) -> Option<Named> {
        self.provinces.get(name).copied()
    }

    pub(super) fn is_known(&self, name: &str) -> bool {
        self.provinces.contains_key(name) || self.units.contains_key(name)
    }

    /// Whether there was a city of this name below a province.
    pub(super) fn is_district_city(&self, name: &str) -> bool {
        self.units.get(name).is_some_and(|units| {
            units.iter().any(|(kind, unit)| {
                *kind == Some(Kind::City) && matches!(unit, Unit::District { .. })
            })
        })
    }

    /// Where a province was written. A name of today and of before is taken for today's: texts do
    /// not say which is meant.
    pub(super) fn place(&self, named: Named, units: &AdminUnits) -> Option<Workplace> {
        match (named.today, named.before) {
            (Some(today), _) => Some(Workplace::Province(today)),
            (None, Some(before)) => Some(self.of_before(before, units)),
            (None, None) => None,
        }
    }

    /// A province of before; today's, where it did not change.
    pub(super) fn of_before(&self, before: LegacyProvinceIx, units: &AdminUnits) -> Workplace {
        units
            .legacy_province(before)
            .map(|legacy| legacy.province)
            .filter(|today| self.parts.get(today.index()) == Some(&1))
            .map_or(Workplace::LegacyProvince(before), Workplace::Province)
    }

    /// The one unit below a province with this folded name: in the district, where one is known;
    /// in the province, where one was written; else in the country. A district goes before a
    /// commune of the same name, since it is the broader of the two.
    pub(super) fn find(
        &self,
        text: &str,
        named: Option<Named>,
        district: Option<usize>,
        units: &AdminUnits,
    ) -> Option<Hit> {
        let text = numbered(text);
        let whole = self.units.get(&text).map(|found| (None, found));
        let split =
            split_kind(&text).and_then(|(kind, name)| Some((Some(kind), self.units.get(name)?)));
        [whole, split]
            .into_iter()
            .flatten()
            .filter(|(kind, _)| may_be_meant(&text, *kind, named))
            .find_map(|(kind, found)| {
                let search = Search {
                    found,
                    kind,
                    named,
                    units,
                };
                search.run(district)
            })
    }
}

/// A number or a single word without a kind is no name of a place; the word is where its province
/// was written.
fn may_be_meant(text: &str, kind: Option<Kind>, named: Option<Named>) -> bool {
    kind.is_some()
        || !text.bytes().all(|byte| byte.is_ascii_digit())
            && (named.is_some() || text.contains(' '))
}

struct Search<'n> {
    found: &'n [(Option<Kind>, Unit)],
    kind: Option<Kind>,
    named: Option<Named>,
    units: &'n AdminUnits,
}

impl Search<'_> {
    fn run(&self, district: Option<usize>) -> Option<Hit> {
        let wanted = self.kind.and_then(Kind::level);
        let may_be = |level| wanted.is_none() || wanted == Some(level);
        let districts = || {
            self.one(|unit| match unit {
                Unit::District { at, of } => Some(Hit::District(at, of)),
                _ => None,
            })
        };
        let in_district = || {
            self.one(|unit| match unit {
                Unit::OldCommune {
                    to, district: of, ..
                } if Some(of) == district => Some(Hit::Commune(to)),
                _ => None,
            })
        };
        let communes = || {
            self.one(|unit| match unit {
                Unit::Commune(at) => Some(Hit::Commune(at)),
                _ => None,
            })
        };
        let old_communes = || {
            self.one(|unit| match unit {
                Unit::OldCommune { to, .. } => Some(Hit::Commune(to)),
                _ => None,
            })
        };
        let is_commune = may_be(Level::Commune);
        // Where there are several of today, an older one is not meant either.
        let is_new = self
            .found
            .iter()
            .any(|(_, unit)| matches!(unit, Unit::Commune(_)) && self.is_in(*unit, false));
        let is_placed = self.kind.is_some() || self.named.is_some();
        None.or_else(|| {
            (is_commune && district.is_some())
                .then(in_district)
                .flatten()
        })
        .or_else(|| may_be(Level::District).then(districts).flatten())
        .or_else(|| is_commune.then(communes).flatten())
        .or_else(|| {
            (is_commune && is_placed && !is_new)
                .then(old_communes)
                .flatten()
        })
    }

    /// The only hit in the province: of the kind written, else of any kind; in the province as it
    /// was, else as it is.
    fn one(&self, hit: impl Fn(Unit) -> Option<Hit>) -> Option<Hit> {
        let only = |keep: &dyn Fn(Option<Kind>, Unit) -> bool| {
            let mut hits = self
                .found
                .iter()
                .filter(|(kind, unit)| keep(*kind, *unit))
                .filter_map(|(_, unit)| hit(*unit));
            let first = hits.next()?;
            hits.all(|other| other == first).then_some(first)
        };
        let is_kind = |kind: Option<Kind>| self.kind.is_none() || self.kind == kind;
        only(&|kind, unit| is_kind(kind) && self.is_in(unit, true))
            .or_else(|| only(&|kind, unit| is_kind(kind) && self.is_in(unit, false)))
            .or_else(|| only(&|_, unit| self.is_in(unit, false)))
    }

    fn is_in(&self, unit: Unit, as_it_was: bool) -> bool {
        let Some(named) = self.named else { return true };
        // A commune of today lies in the whole province of today.
        let as_it_was = as_it_was && !matches!(unit, Unit::Commune(_));
        let (today, before) = match unit {
            Unit::District { of, .. } | Unit::OldCommune { of, .. } => {
                let today = self.units.legacy_province(of);
                (today.map(|legacy| legacy.province), Some(of))
            }
            Unit::Commune(at) => {
                let commune = self.units.commune(at);
                (
                    commune.map(|commune| commune.province),
                    commune.map(|commune| commune.legacy_province),
                )
            }
        };
        named.before.is_some() && named.before == before
            || !as_it_was && named.today.is_some() && named.today == today
    }
}

fn provinces(units: &AdminUnits) -> HashMap<String, Named> {
    let is_city = |name: &str| matches!(split_kind(&fold(name)), Some((Kind::City, _)));
    let mut names: HashMap<String, Named> = HashMap::new();
    for (at, province) in (0_u8..).zip(units.provinces()) {
        let named = names.entry(fold(&province.short)).or_default();
        named.today = Some(ProvinceIx(at));
        named.is_city = is_city(&province.name);
    }
    for (at, province) in (0_u8..).zip(units.legacy_provinces()) {
        let named = names.entry(fold(&province.short)).or_default();
        named.before = Some(LegacyProvinceIx(at));
        named.is_city |= is_city(&province.name);
    }
    let other: Vec<(String, Named)> = units
        .legacy_provinces()
        .iter()
        .flat_map(|province| {
            let named = names.get(&fold(&province.short)).copied();
            let alt = province.alt.iter().map(|alt| fold(alt));
            alt.filter_map(move |alt| Some((alt, named?)))
        })
        // "Hanoi", "Kontum".
        .chain(
            names
                .iter()
                .map(|(name, named)| (name.replace(' ', ""), *named)),
        )
        .collect();
    for (name, named) in other {
        names.entry(name).or_insert(named);
    }
    names
}

fn below(units: &AdminUnits) -> HashMap<String, Vec<(Option<Kind>, Unit)>> {
    let mut names: HashMap<String, Vec<(Option<Kind>, Unit)>> = HashMap::new();
    let mut add = |name: &str, short: &str, unit: Unit| {
        let short = numbered(&fold(short));
        let name = fold(name);
        let kind = split_kind(&name).map(|(kind, _)| kind);
        let key = match split_kind(&short) {
            // Written "Quận 1" where others are "Ba Đình".
            Some((_, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
            _ => &short,
        };
        names.entry(key.to_owned()).or_default().push((kind, unit));
    };
    let mut districts = HashMap::new();
    for (at, district) in units.legacy_districts().iter().enumerate() {
        districts.insert(district.code.as_str(), (at, district.province));
        let of = district.province;
        add(&district.name, &district.short, Unit::District { at, of });
    }
    for (at, commune) in (0_u16..).zip(units.communes()) {
        add(&commune.name, &commune.short, Unit::Commune(CommuneIx(at)));
    }
    for commune in units.legacy_communes() {
        if let Some(&(district, of)) = districts.get(commune.district.as_str()) {
            let to = commune.commune;
            add(
                &commune.name,
                &commune.short,
                Unit::OldCommune { to, district, of },
            );
        }
    }
    names
}

/// "q7" as "q 7", "phuong 01" as "phuong 1".
fn numbered(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len().saturating_add(1));
    for word in words(folded) {
        let (letter, digits) = match word.strip_prefix(['q', 'p', 'f']) {
            Some(digits) => (word.get(..1).unwrap_or(""), digits),
            None => ("", word),
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        for part in if is_number {
            let digits = digits.trim_start_matches('0');
            [letter, if digits.is_empty() { "0" } else { digits }]
        } else {
            ["", word]
        } {
            if !part.is_empty() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(part);
            }
        }
    }
    text
}
