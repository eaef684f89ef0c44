//! A place in which somebody looks for work, kept as narrow as it was written.

use super::names::{Hit, Named};
use super::{Gazetteer, Group, LONGEST, Places};
use crate::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use crate::text::shorten;
use crate::vacancy::Workplace;

/// A unit of today or of before July 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// A province of 2025.
    Province(ProvinceIx),
    /// A province of before.
    LegacyProvince(LegacyProvinceIx),
    /// A district of before, by its place in [`AdminUnits::legacy_districts`].
    LegacyDistrict(usize),
    /// A commune of 2025.
    Commune(CommuneIx),
}

impl Area {
    /// The communes of today that it is made of, or that came of it; sorted, each once.
    pub fn communes(self, units: &AdminUnits) -> Vec<CommuneIx> {
        match self {
            Self::Province(at) => units.communes_of(at).to_vec(),
            Self::LegacyProvince(at) => units.communes_of_legacy(at).to_vec(),
            Self::LegacyDistrict(at) => {
                let district = units.legacy_districts().get(at);
                let old = units.legacy_communes().iter();
                let mut communes: Vec<CommuneIx> = old
                    .filter(|old| district.is_some_and(|district| district.code == old.district))
                    .map(|old| old.commune)
                    .collect();
                communes.sort_unstable();
                communes.dedup();
                communes
            }
            Self::Commune(at) => vec![at],
        }
    }
}

impl Gazetteer {
    /// Where somebody looks for work who wrote this; empty where it is not understood.
    ///
    /// Unlike [`Self::read`], a district of before stays a district, and a name without its
    /// province is looked for at home first.
    pub fn areas(&self, text: &str, home: Option<ProvinceIx>, units: &AdminUnits) -> Vec<Area> {
        let text = shorten(text, LONGEST);
        let mut other = Places::default();
        let mut names_country = false;
        let mut areas = Vec::new();
        for segment in text.split([';', '\n', '|']) {
            for group in self.groups(segment, units, &mut other, &mut names_country) {
                for area in self.areas_of(&group, home, units) {
                    if !areas.contains(&area) {
                        areas.push(area);
                    }
                }
            }
        }
        areas
    }

    fn areas_of(
        &self,
        group: &Group<'_>,
        home: Option<ProvinceIx>,
        units: &AdminUnits,
    ) -> Vec<Area> {
        let home = home.map(|today| Named {
            today: Some(today),
            ..Named::default()
        });
        let find = |text: &str, district| {
            let at_home = home.filter(|_| group.named.is_none());
            let here = at_home.and_then(|_| self.names.find(text, at_home, district, units));
            here.or_else(|| self.names.find(text, group.named, district, units))
        };
        let mut found: Vec<Area> = Vec::new();
        let mut district = None;
        for part in group.parts.iter().rev() {
            match find(&part.folded, district) {
                Some(Hit::District(at, _)) => {
                    district = Some(at);
                    found.push(Area::LegacyDistrict(at));
                }
                Some(Hit::Commune(at)) => {
                    // The district only said where the commune lies.
                    found.pop_if(|last| matches!(last, Area::LegacyDistrict(_)));
                    found.push(Area::Commune(at));
                }
                None => {}
            }
        }
        if found.is_empty() {
            let place = group.named.and_then(|named| self.names.place(named, units));
            found.extend(place.map(|place| match place {
                Workplace::Commune(at) => Area::Commune(at),
                Workplace::Province(at) => Area::Province(at),
                Workplace::LegacyProvince(at) => Area::LegacyProvince(at),
            }));
        }
        found.reverse();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{CODES, GAZETTEER};
    use super::*;

    /// The areas as names, with the number of today's communes.
    fn areas(text: &str, home: &str) -> Vec<String> {
        let units = &CODES.units;
        let home = units.province_by_code(home);
        let named = |area: Area| {
            let name = match area {
                Area::Province(at) => units.province(at).unwrap().name.clone(),
                Area::LegacyProvince(at) => {
                    format!("cũ {}", units.legacy_province(at).unwrap().name)
                }
                Area::LegacyDistrict(at) => format!("cũ {}", units.legacy_districts()[at].name),
                Area::Commune(at) => {
                    let commune = units.commune(at).unwrap();
                    let province = units.province(commune.province).unwrap();
                    format!("{}, {}", commune.name, province.short)
                }
            };
            format!("{name} {}", area.communes(units).len())
        };
        let found = GAZETTEER.areas(text, home, units);
        found.into_iter().map(named).collect()
    }

    const QUANG_NGAI: &str = "51";
    const HA_NOI: &str = "01";

    #[test]
    fn a_place_is_kept_as_narrow_as_it_was_written() {
        for (text, expected) in [
            ("Kon Tum", "cũ Tỉnh Kon Tum 40"),
            ("kontum", "cũ Tỉnh Kon Tum 40"),
            ("TP Kon Tum", "cũ Thành phố Kon Tum 6"),
            ("thành phố Kon Tum", "cũ Thành phố Kon Tum 6"),
            ("phường Kon Tum", "Phường Kon Tum, Quảng Ngãi 1"),
            ("Quảng Ngãi", "Tỉnh Quảng Ngãi 96"),
            ("Ngọc Hồi", "cũ Huyện Ngọc Hồi 3"),
            ("xã Đăk Hà", "Xã Đăk Hà, Quảng Ngãi 1"),
            ("Đăk Mar, Đăk Hà", "Xã Đăk Mar, Quảng Ngãi 1"),
            ("Hà Nội", "Thành phố Hà Nội 126"),
        ] {
            assert_eq!(areas(text, QUANG_NGAI), [expected], "{text}");
        }
        assert!(areas("atlantis", QUANG_NGAI).is_empty());
    }

    #[test]
    fn a_bare_name_is_looked_for_at_home_first() {
        assert_eq!(areas("xã Ngọc Hồi", HA_NOI), ["Xã Ngọc Hồi, Hà Nội 1"]);
        assert_eq!(
            areas("Ngọc Hồi, Hà Nội", QUANG_NGAI),
            ["Xã Ngọc Hồi, Hà Nội 1"]
        );
        assert_eq!(areas("Ngọc Hồi", HA_NOI), ["Xã Ngọc Hồi, Hà Nội 1"]);
    }

    #[test]
    fn several_places_are_all_kept() {
        assert_eq!(
            areas("Ngọc Hồi; Gia Lai", QUANG_NGAI),
            ["cũ Huyện Ngọc Hồi 3", "Tỉnh Gia Lai 135"]
        );
    }
}
