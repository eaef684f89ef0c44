//! Where a reader looks for work.

use api::exchange::{PlaceName, PlaceNow, PlaceRead};
use domain::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use domain::reading::place::{Area, Gazetteer};
use domain::vacancy::Workplace;
use search::place::PlaceAsked;

/// Reads what readers write.
pub(crate) struct Places {
    gazetteer: Gazetteer,
    /// The Centre's own province: a bare name is looked for here first.
    home: Option<ProvinceIx>,
}

/// A place that a reader wrote.
pub(super) enum Asks {
    Anywhere,
    Unknown,
    In(PlaceAsked),
}

impl Places {
    /// With the names of these units; `home` is the Centre's own province.
    pub(crate) fn new(units: &AdminUnits, home: Option<ProvinceIx>) -> Self {
        Self {
            gazetteer: Gazetteer::new(units),
            home,
        }
    }

    pub(super) fn read(&self, text: &str, units: &AdminUnits) -> Asks {
        if text.is_empty() {
            return Asks::Anywhere;
        }
        let areas = self.gazetteer.areas(text, self.home);
        if areas.is_empty() {
            return Asks::Unknown;
        }
        Asks::In(PlaceAsked::new(areas, units))
    }
}

/// The Centre's own province: the first of its texts that names one says where home is.
pub(crate) fn home(centre: [&str; 3], units: &AdminUnits) -> Option<ProvinceIx> {
    let gazetteer = Gazetteer::new(units);
    // A name ends with its place: "… việc làm Hà Nội".
    let mut ends = centre.into_iter().flat_map(|text| {
        let starts = text.split(' ').scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some(start)
        });
        starts.filter_map(|start| text.get(start..))
    });
    ends.find_map(|text| {
        let found = gazetteer.read(text).workplaces(units);
        found.first().and_then(|&place| province_of(place, units))
    })
}

impl Asks {
    /// The place, where it was understood.
    pub(super) const fn place(&self) -> Option<&PlaceAsked> {
        match self {
            Self::In(place) => Some(place),
            Self::Anywhere | Self::Unknown => None,
        }
    }

    /// The commune, where it is one.
    pub(super) fn commune(&self) -> Option<CommuneIx> {
        match self.place()?.areas.as_slice() {
            [Area::Commune(at)] => Some(*at),
            _ => None,
        }
    }

    /// How it was understood, by full names.
    pub(super) fn understood(&self, units: &AdminUnits) -> PlaceRead {
        match self {
            Self::Anywhere => PlaceRead::Anywhere,
            Self::Unknown => PlaceRead::Unknown,
            Self::In(place) => {
                let names = place.areas.iter().filter_map(|&area| name(area, units));
                PlaceRead::Known(names.collect())
            }
        }
    }
}

fn name(area: Area, units: &AdminUnits) -> Option<PlaceName> {
    let now = |before: LegacyProvinceIx| {
        let today = units.legacy_province(before)?.province;
        Some(PlaceNow {
            province: units.province(today)?.name.clone(),
            communes: area.communes(units).len() as u64,
        })
    };
    Some(match area {
        Area::Province(at) => PlaceName {
            name: units.province(at)?.name.clone(),
            now: None,
        },
        Area::LegacyProvince(at) => PlaceName {
            name: units.legacy_province(at)?.name.clone(),
            now: now(at),
        },
        Area::LegacyDistrict(at) => {
            let district = units.legacy_districts().get(at)?;
            let province = units.legacy_province(district.province)?;
            PlaceName {
                name: format!("{}, {}", district.name, province.short),
                now: now(district.province),
            }
        }
        Area::LegacyCommune(at) => {
            let commune = units.legacy_communes().get(at)?;
            let mut districts = units.legacy_districts().iter();
            let district = districts.find(|district| district.code == commune.district)?;
            PlaceName {
                name: format!("{}, {}", commune.name, district.short),
                now: now(district.province),
            }
        }
        Area::Commune(at) => PlaceName {
            name: workplace(Workplace::Commune(at), units)?,
            now: None,
        },
    })
}

/// Today's province in which a workplace is.
fn province_of(place: Workplace, units: &AdminUnits) -> Option<ProvinceIx> {
    match place {
        Workplace::Commune(at) => units.commune(at).map(|unit| unit.province),
        Workplace::Province(at) => Some(at),
        Workplace::LegacyProvince(at) => units.legacy_province(at).map(|unit| unit.province),
    }
}

/// The name of a workplace.
pub(crate) fn workplace(place: Workplace, units: &AdminUnits) -> Option<String> {
    Some(match place {
        Workplace::Commune(at) => {
            let commune = units.commune(at)?;
            let province = units.province(commune.province)?;
            format!("{}, {}", commune.name, province.short)
        }
        Workplace::Province(at) => units.province(at)?.short.clone(),
        Workplace::LegacyProvince(at) => {
            let before = units.legacy_province(at)?;
            let today = units.province(before.province)?;
            if before.short == today.short {
                today.short.clone()
            } else {
                format!("{} (nay thuộc {})", before.short, today.short)
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::tests::codes;

    fn understood(text: &str, centre: &str) -> String {
        let units = &codes().units;
        let places = Places::new(units, home(["", centre, ""], units));
        match places.read(text, units).understood(units) {
            PlaceRead::Known(names) => names
                .into_iter()
                .map(|place| match place.now {
                    None => place.name,
                    Some(now) => format!("{} → {} {}", place.name, now.communes, now.province),
                })
                .collect::<Vec<_>>()
                .join("; "),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_name_of_the_centre_says_where_home_is() {
        let quang_ngai = "Trung tâm Dịch vụ việc làm tỉnh Quảng Ngãi";
        for (text, expected) in [
            ("Ngọc Hồi", "Huyện Ngọc Hồi, Kon Tum → 3 Tỉnh Quảng Ngãi"),
            (
                "TP Kon Tum",
                "Thành phố Kon Tum, Kon Tum → 6 Tỉnh Quảng Ngãi",
            ),
            ("kontum", "Tỉnh Kon Tum → 40 Tỉnh Quảng Ngãi"),
            ("xã đăk hà", "Xã Đăk Hà, Quảng Ngãi"),
            ("Tỉnh Quảng Ngãi", "Tỉnh Quảng Ngãi"),
            ("atlantis", "Unknown"),
            ("", "Anywhere"),
        ] {
            assert_eq!(understood(text, quang_ngai), expected, "{text}");
        }
        let ha_noi = "Trung tâm Dịch vụ việc làm Hà Nội";
        assert_eq!(understood("Ngọc Hồi", ha_noi), "Xã Ngọc Hồi, Hà Nội");
    }
}
