//! A unit of today or of before July 2025, as narrow as it was written.

use super::{Gazetteer, Workplace};
use crate::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};

/// A unit of today or of before July 2025.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// A province of 2025.
    Province(ProvinceIx),
    /// A province of before.
    LegacyProvince(LegacyProvinceIx),
    /// A district of before, by its place in [`AdminUnits::legacy_districts`].
    LegacyDistrict(usize),
    /// A commune of 2025.
    Commune(CommuneIx),
    /// A commune of before, by its place in [`AdminUnits::legacy_communes`].
    LegacyCommune(usize),
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
            Self::LegacyCommune(at) => {
                let old = units.legacy_communes().get(at);
                old.map(|old| old.commune).into_iter().collect()
            }
        }
    }

    /// Where somebody works who works there. A province of before that did not change is today's.
    pub fn workplace(self, units: &AdminUnits) -> Option<Workplace> {
        Some(match self {
            Self::Province(at) => Workplace::Province(at),
            Self::LegacyProvince(at) => of_before(at, units),
            Self::LegacyDistrict(at) => {
                of_before(units.legacy_districts().get(at)?.province, units)
            }
            Self::Commune(at) => Workplace::Commune(at),
            Self::LegacyCommune(at) => Workplace::Commune(units.legacy_communes().get(at)?.commune),
        })
    }

    /// The unit as the yardstick writes it: `old_district:Đăk Hà,Kon Tum`.
    pub(super) fn row(self, units: &AdminUnits) -> Option<String> {
        let legacy = units.legacy_districts();
        Some(match self {
            Self::Province(at) => format!("province:{}", units.province(at)?.short),
            Self::LegacyProvince(at) => {
                format!("old_province:{}", units.legacy_province(at)?.short)
            }
            Self::LegacyDistrict(at) => {
                let district = legacy.get(at)?;
                let province = units.legacy_province(district.province)?;
                format!("old_district:{},{}", district.short, province.short)
            }
            Self::Commune(at) => {
                let commune = units.commune(at)?;
                let province = units.province(commune.province)?;
                format!("commune:{},{}", commune.short, province.short)
            }
            Self::LegacyCommune(at) => {
                let commune = units.legacy_communes().get(at)?;
                let district = legacy.iter().find(|unit| unit.code == commune.district)?;
                format!("old_commune:{},{}", commune.short, district.short)
            }
        })
    }
}

/// A province of before; today's, where it did not change.
fn of_before(before: LegacyProvinceIx, units: &AdminUnits) -> Workplace {
    let today = units.legacy_province(before).map(|legacy| legacy.province);
    let is_whole = |today: &ProvinceIx| {
        let mut parts = units.legacy_provinces().iter();
        parts
            .by_ref()
            .filter(|legacy| legacy.province == *today)
            .take(2)
            .count()
            == 1
    };
    today
        .filter(is_whole)
        .map_or(Workplace::LegacyProvince(before), Workplace::Province)
}

impl Gazetteer {
    /// Where somebody looks for work who wrote this; empty where it is not understood. A name that
    /// several units bear is looked for at home first.
    pub fn areas(&self, text: &str, home: Option<ProvinceIx>) -> Vec<Area> {
        let home: Vec<ProvinceIx> = home.into_iter().collect();
        self.read_at(text, &home).areas
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
                Area::LegacyCommune(at) => format!("cũ {}", units.legacy_communes()[at].name),
                Area::Commune(at) => {
                    let commune = units.commune(at).unwrap();
                    let province = units.province(commune.province).unwrap();
                    format!("{}, {}", commune.name, province.short)
                }
            };
            format!("{name} {}", area.communes(units).len())
        };
        let found = GAZETTEER.areas(text, home);
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
            ("Đăk Mar, Đăk Hà", "cũ Xã Đăk Mar 1"),
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
