//! The names of all units, and what they may stand for.

use std::collections::HashMap;

use super::area::Area;
use super::key::{is_near, key};
use super::kind::{Kind, split_kind};
use crate::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use crate::text::{fold, toned, words};

/// A unit under one of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) area: Area,
    pub(super) kind: Option<Kind>,
    /// The province of 2025 in which it lies, or that it is.
    pub(super) today: ProvinceIx,
    /// The province of before.
    pub(super) before: Option<LegacyProvinceIx>,
    /// The district of before.
    pub(super) district: Option<usize>,
    /// Its name as it is said, to tell "Hòa" from "Hoa".
    pub(super) said: String,
}

impl Entry {
    pub(super) const fn is_province(&self) -> bool {
        matches!(self.area, Area::Province(_) | Area::LegacyProvince(_))
    }

    pub(super) const fn is_district(&self) -> bool {
        matches!(self.area, Area::LegacyDistrict(_))
    }
}

/// All names by their keys.
pub(super) struct Names {
    entries: HashMap<String, Vec<Entry>>,
    /// The keys of the provinces and districts, and of the communes of each province of 2025, to
    /// look for what was misspelt.
    wide: Vec<Vec<char>>,
    of_province: Vec<Vec<Vec<char>>>,
}

/// Words of the longest name.
pub(super) const LONGEST_NAME: usize = 7;
/// Letters of a name that may be misspelt by one, and by two.
const MISSPELT: [usize; 2] = [6, 10];

/// Other names of districts. Those of provinces stand in the list of units.
const DISTRICT_ALIASES: [(&str, &str); 10] = [
    ("bmt", "buon ma thuot"),
    ("buon me thuot", "buon ma thuot"),
    ("ban me thuot", "buon ma thuot"),
    ("ban ma thuot", "buon ma thuot"),
    ("ban me", "buon ma thuot"),
    ("play cu", "pleiku"),
    ("plei cu", "pleiku"),
    ("phan rang", "phan rang thap cham"),
    ("sapa", "sa pa"),
    ("dalat", "da lat"),
];

/// Other names of provinces that stand in no list.
const PROVINCE_ALIASES: [(&str, &str); 5] = [
    ("sg", "ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("tp hcm", "ho chi minh"),
    ("hn", "ha noi"),
    ("dnang", "da nang"),
];

impl Names {
    pub(super) fn of(units: &AdminUnits) -> Self {
        let mut names = Self {
            entries: HashMap::new(),
            wide: Vec::new(),
            of_province: vec![Vec::new(); units.provinces().len()],
        };
        names.add_districts(units);
        names.add_provinces(units);
        names.add_communes(units);
        for (name, entries) in &names.entries {
            let letters: Vec<char> = name.chars().collect();
            if entries
                .iter()
                .any(|entry| entry.is_province() || entry.is_district())
            {
                names.wide.push(letters.clone());
            }
            let mut provinces: Vec<ProvinceIx> = entries.iter().map(|entry| entry.today).collect();
            provinces.dedup();
            for province in provinces {
                if let Some(list) = names.of_province.get_mut(province.index()) {
                    list.push(letters.clone());
                }
            }
        }
        names
    }

    /// What the name in these folded words stands for.
    pub(super) fn find(&self, name: &[&str]) -> &[Entry] {
        let found = self.entries.get(&key(name.iter().copied()));
        found.map_or(&[], Vec::as_slice)
    }

    /// What a misspelt name may stand for: near to one name of the first of these provinces that
    /// has one, or else of the provinces and districts of the country.
    pub(super) fn find_misspelt(&self, name: &[&str], home: &[ProvinceIx]) -> &[Entry] {
        let letters: Vec<char> = key(name.iter().copied()).chars().collect();
        let most = MISSPELT
            .iter()
            .filter(|&&least| letters.len() >= least)
            .count();
        if name.len() > LONGEST_NAME || letters.iter().any(char::is_ascii_digit) {
            return &[];
        }
        let at_home = home
            .iter()
            .filter_map(|at| self.of_province.get(at.index()));
        for list in at_home.chain([&self.wide]) {
            for most in 1..=most {
                let mut near = list.iter().filter(|other| is_near(&letters, other, most));
                if let Some(only) = near.next() {
                    let name: String = only.iter().collect();
                    let is_only = near.next().is_none();
                    return self
                        .entries
                        .get(&name)
                        .filter(|_| is_only)
                        .map_or(&[], Vec::as_slice);
                }
            }
        }
        &[]
    }

    fn add(&mut self, name: &str, entry: &Entry) {
        // "Cao Lãnh (Huyện)": the list tells two of one name apart.
        let folded = fold(name.split('(').next().unwrap_or(name));
        let all: Vec<&str> = words(&folded).collect();
        let key = match split_kind(&folded) {
            // Written "Quận 1" where others are "Ba Đình".
            Some((_, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => key([number]),
            _ => key(all),
        };
        let entries = self.entries.entry(key).or_default();
        if !entries.contains(entry) {
            entries.push(entry.clone());
        }
    }

    fn add_districts(&mut self, units: &AdminUnits) {
        for (at, district) in units.legacy_districts().iter().enumerate() {
            let Some(province) = units.legacy_province(district.province) else {
                continue;
            };
            let entry = Entry {
                area: Area::LegacyDistrict(at),
                kind: kind(&district.name),
                today: province.province,
                before: Some(district.province),
                district: None,
                said: toned(&district.short).concat(),
            };
            self.add(&district.short, &entry);
            let short = fold(&district.short);
            for (alias, _) in DISTRICT_ALIASES.iter().filter(|(_, name)| *name == short) {
                self.add(alias, &entry);
            }
        }
    }

    /// A name of a province that is one of a district as well ("Pleiku") means the district.
    fn add_provinces(&mut self, units: &AdminUnits) {
        for (at, province) in (0_u8..).zip(units.provinces()) {
            let entry = Entry {
                area: Area::Province(ProvinceIx(at)),
                kind: kind(&province.name),
                today: ProvinceIx(at),
                before: None,
                district: None,
                said: toned(&province.short).concat(),
            };
            let same = units.legacy_provinces().iter();
            let other = same
                .filter(|legacy| legacy.short == province.short)
                .flat_map(|legacy| legacy.alt.clone());
            self.add_with_aliases(&province.short, other, &entry);
        }
        for (at, province) in (0_u8..).zip(units.legacy_provinces()) {
            let entry = Entry {
                area: Area::LegacyProvince(LegacyProvinceIx(at)),
                kind: kind(&province.name),
                today: province.province,
                before: Some(LegacyProvinceIx(at)),
                district: None,
                said: toned(&province.short).concat(),
            };
            self.add_with_aliases(&province.short, province.alt.clone(), &entry);
        }
    }

    fn add_with_aliases(
        &mut self,
        short: &str,
        other: impl IntoIterator<Item = String>,
        entry: &Entry,
    ) {
        self.add(short, entry);
        let folded = fold(short);
        let aliases = PROVINCE_ALIASES.iter().filter(|(_, name)| *name == folded);
        let aliases = aliases.map(|(alias, _)| (*alias).to_owned());
        for name in other.into_iter().chain(aliases) {
            let folded = fold(&name);
            let all: Vec<&str> = words(&folded).collect();
            if !self.find(&all).iter().any(Entry::is_district) {
                self.add(&name, entry);
            }
        }
    }

    fn add_communes(&mut self, units: &AdminUnits) {
        let districts: HashMap<&str, (usize, LegacyProvinceIx)> = units
            .legacy_districts()
            .iter()
            .enumerate()
            .map(|(at, district)| (district.code.as_str(), (at, district.province)))
            .collect();
        for (at, commune) in (0_u16..).zip(units.communes()) {
            let entry = Entry {
                area: Area::Commune(CommuneIx(at)),
                kind: kind(&commune.name),
                today: commune.province,
                before: Some(commune.legacy_province),
                district: None,
                said: toned(&commune.short).concat(),
            };
            self.add(&commune.short, &entry);
        }
        for (at, commune) in units.legacy_communes().iter().enumerate() {
            let Some(&(district, before)) = districts.get(commune.district.as_str()) else {
                continue;
            };
            let Some(province) = units.legacy_province(before) else {
                continue;
            };
            let entry = Entry {
                area: Area::LegacyCommune(at),
                kind: kind(&commune.name),
                today: province.province,
                before: Some(before),
                district: Some(district),
                said: toned(&commune.short).concat(),
            };
            self.add(&commune.short, &entry);
        }
    }
}

fn kind(name: &str) -> Option<Kind> {
    split_kind(&fold(name)).map(|(kind, _)| kind)
}
