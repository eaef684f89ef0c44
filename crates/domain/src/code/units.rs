//! Administrative units: two tiers since 1 July 2025, three before.

use std::collections::HashMap;

use super::table::{CodeError, Files, Row};
use super::{CommuneIx, Dated, LegacyProvinceIx, ProvinceIx};

/// A province of 2025.
#[derive(Debug, Clone)]
pub struct Province {
    /// Code of the statistics office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name without its kind.
    pub short: String,
    /// While it is in force.
    pub dated: Dated,
}

/// A commune of 2025.
#[derive(Debug, Clone)]
pub struct Commune {
    /// Code of the statistics office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name without its kind.
    pub short: String,
    /// What it is: Xã, Phường, Đặc khu.
    pub kind: String,
    /// Its province.
    pub province: ProvinceIx,
    /// The province of before July 2025 in which most of it lay.
    pub legacy_province: LegacyProvinceIx,
    /// Latitude of the centroid, degrees (WGS 84).
    pub lat: f64,
    /// Longitude of the centroid, degrees (WGS 84).
    pub lon: f64,
    /// While it is in force.
    pub dated: Dated,
}

/// A province of before July 2025.
#[derive(Debug, Clone)]
pub struct LegacyProvince {
    /// Code of the statistics office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name without its kind.
    pub short: String,
    /// Other ways in which it is written.
    pub alt: Vec<String>,
    /// The province of 2025 that it became a part of.
    pub province: ProvinceIx,
}

/// A district of before July 2025.
#[derive(Debug, Clone)]
pub struct LegacyDistrict {
    /// Code of the statistics office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name without its kind.
    pub short: String,
    /// What it was: Huyện, Quận, Thị xã, Thành phố.
    pub kind: String,
    /// Its province.
    pub province: LegacyProvinceIx,
}

/// A commune of before July 2025.
#[derive(Debug, Clone)]
pub struct LegacyCommune {
    /// Code of the statistics office.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name without its kind.
    pub short: String,
    /// What it was: Xã, Phường, Thị trấn.
    pub kind: String,
    /// Code of its district.
    pub district: String,
    /// The commune of 2025 that took it over, or most of it.
    pub commune: CommuneIx,
}

/// All of them.
pub struct AdminUnits {
    provinces: Vec<Province>,
    communes: Vec<Commune>,
    legacy_provinces: Vec<LegacyProvince>,
    legacy_districts: Vec<LegacyDistrict>,
    legacy_communes: Vec<LegacyCommune>,
    commune_by_code: HashMap<String, CommuneIx>,
    province_by_code: HashMap<String, ProvinceIx>,
    legacy_province_by_code: HashMap<String, LegacyProvinceIx>,
    of_province: Vec<Vec<CommuneIx>>,
    of_legacy: Vec<Vec<CommuneIx>>,
}

fn indexed<'l, T, Ix>(
    list: &'l [T],
    code: impl Fn(&'l T) -> &'l str,
    index: impl Fn(usize) -> Option<Ix>,
) -> HashMap<String, Ix> {
    list.iter()
        .enumerate()
        .filter_map(|(at, item)| Some((code(item).to_owned(), index(at)?)))
        .collect()
}

fn grouped(
    communes: &[Commune],
    groups: usize,
    group: impl Fn(&Commune) -> usize,
) -> Vec<Vec<CommuneIx>> {
    let mut members = vec![Vec::new(); groups];
    for (at, commune) in (0..=u16::MAX).map(CommuneIx).zip(communes) {
        if let Some(list) = members.get_mut(group(commune)) {
            list.push(at);
        }
    }
    members
}

impl AdminUnits {
    pub(super) fn read(files: &Files<'_, '_>) -> Self {
        let provinces = files.rows("provinces.csv", &["code", "vi", "short"], |row| {
            Ok(Province {
                code: row.code()?,
                name: row.text("vi").to_owned(),
                short: row.text("short").to_owned(),
                dated: row.dated()?,
            })
        });
        files.at_most("provinces.csv", provinces.len(), 1 << 8);
        let province_by_code = indexed(
            &provinces,
            |province| &province.code,
            |at| u8::try_from(at).ok().map(ProvinceIx),
        );
        let legacy_provinces = read_legacy_provinces(files, &province_by_code);
        files.at_most("legacy_provinces.csv", legacy_provinces.len(), 1 << 8);
        let legacy_province_by_code = indexed(
            &legacy_provinces,
            |province| &province.code,
            |at| u8::try_from(at).ok().map(LegacyProvinceIx),
        );
        let communes = read_communes(files, &province_by_code, &legacy_province_by_code);
        files.at_most("communes.csv", communes.len(), 1 << 16);
        let commune_by_code = indexed(
            &communes,
            |commune| &commune.code,
            |at| u16::try_from(at).ok().map(CommuneIx),
        );
        let legacy_districts = read_legacy_districts(files, &legacy_province_by_code);
        let legacy_communes = read_legacy_communes(files, &commune_by_code);
        Self {
            of_province: grouped(&communes, provinces.len(), |commune| {
                commune.province.index()
            }),
            of_legacy: grouped(&communes, legacy_provinces.len(), |commune| {
                commune.legacy_province.index()
            }),
            provinces,
            communes,
            legacy_provinces,
            legacy_districts,
            legacy_communes,
            commune_by_code,
            province_by_code,
            legacy_province_by_code,
        }
    }

    /// The provinces of 2025, in the order of [`ProvinceIx`].
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The communes of 2025, in the order of [`CommuneIx`].
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// The provinces of before, in the order of [`LegacyProvinceIx`].
    pub fn legacy_provinces(&self) -> &[LegacyProvince] {
        &self.legacy_provinces
    }

    /// The districts of before.
    pub fn legacy_districts(&self) -> &[LegacyDistrict] {
        &self.legacy_districts
    }

    /// The communes of before.
    pub fn legacy_communes(&self) -> &[LegacyCommune] {
        &self.legacy_communes
    }

    /// The commune with this code.
    pub fn commune_by_code(&self, code: &str) -> Option<CommuneIx> {
        self.commune_by_code.get(code).copied()
    }

    /// The province with this code.
    pub fn province_by_code(&self, code: &str) -> Option<ProvinceIx> {
        self.province_by_code.get(code).copied()
    }

    /// The province of before with this code.
    pub fn legacy_province_by_code(&self, code: &str) -> Option<LegacyProvinceIx> {
        self.legacy_province_by_code.get(code).copied()
    }

    /// The communes of a province, sorted.
    pub fn communes_of(&self, province: ProvinceIx) -> &[CommuneIx] {
        self.of_province
            .get(province.index())
            .map_or(&[], Vec::as_slice)
    }

    /// The communes that lie, for the most part, in a province of before; sorted.
    pub fn communes_of_legacy(&self, province: LegacyProvinceIx) -> &[CommuneIx] {
        self.of_legacy
            .get(province.index())
            .map_or(&[], Vec::as_slice)
    }

    /// The commune at this place.
    pub fn commune(&self, at: CommuneIx) -> Option<&Commune> {
        self.communes.get(at.index())
    }

    /// The province at this place.
    pub fn province(&self, at: ProvinceIx) -> Option<&Province> {
        self.provinces.get(at.index())
    }

    /// The province of before at this place.
    pub fn legacy_province(&self, at: LegacyProvinceIx) -> Option<&LegacyProvince> {
        self.legacy_provinces.get(at.index())
    }
}

fn read_legacy_provinces(
    files: &Files<'_, '_>,
    provinces: &HashMap<String, ProvinceIx>,
) -> Vec<LegacyProvince> {
    files.rows(
        "legacy_provinces.csv",
        &["code", "vi", "short", "province", "alt"],
        |row| {
            Ok(LegacyProvince {
                code: row.code()?,
                name: row.text("vi").to_owned(),
                short: row.text("short").to_owned(),
                alt: row.parts("alt").map(str::to_owned).collect(),
                province: provinces
                    .get(row.text("province"))
                    .copied()
                    .ok_or_else(|| row.wrong("province", "a code of provinces.csv"))?,
            })
        },
    )
}

fn read_communes(
    files: &Files<'_, '_>,
    provinces: &HashMap<String, ProvinceIx>,
    legacy: &HashMap<String, LegacyProvinceIx>,
) -> Vec<Commune> {
    let columns = [
        "code",
        "vi",
        "short",
        "province",
        "legacy_province",
        "lat",
        "lon",
    ];
    files.rows("communes.csv", &columns, |row| {
        Ok(Commune {
            code: row.code()?,
            name: row.text("vi").to_owned(),
            short: row.text("short").to_owned(),
            kind: row.text("kind").to_owned(),
            province: provinces
                .get(row.text("province"))
                .copied()
                .ok_or_else(|| row.wrong("province", "a code of provinces.csv"))?,
            legacy_province: legacy
                .get(row.text("legacy_province"))
                .copied()
                .ok_or_else(|| row.wrong("legacy_province", "a code of legacy_provinces.csv"))?,
            lat: degrees(row, "lat", 90.0)?,
            lon: degrees(row, "lon", 180.0)?,
            dated: row.dated()?,
        })
    })
}

fn read_legacy_districts(
    files: &Files<'_, '_>,
    legacy: &HashMap<String, LegacyProvinceIx>,
) -> Vec<LegacyDistrict> {
    let columns = ["code", "vi", "short", "legacy_province"];
    files.rows("legacy_districts.csv", &columns, |row| {
        Ok(LegacyDistrict {
            code: row.code()?,
            name: row.text("vi").to_owned(),
            short: row.text("short").to_owned(),
            kind: row.text("kind").to_owned(),
            province: legacy
                .get(row.text("legacy_province"))
                .copied()
                .ok_or_else(|| row.wrong("legacy_province", "a code of legacy_provinces.csv"))?,
        })
    })
}

fn read_legacy_communes(
    files: &Files<'_, '_>,
    communes: &HashMap<String, CommuneIx>,
) -> Vec<LegacyCommune> {
    let columns = ["code", "vi", "short", "district", "commune"];
    files.rows("legacy_communes.csv", &columns, |row| {
        Ok(LegacyCommune {
            code: row.code()?,
            name: row.text("vi").to_owned(),
            short: row.text("short").to_owned(),
            kind: row.text("kind").to_owned(),
            district: row.text("district").to_owned(),
            commune: communes
                .get(row.text("commune"))
                .copied()
                .ok_or_else(|| row.wrong("commune", "a code of communes.csv"))?,
        })
    })
}

fn degrees(row: &Row<'_>, column: &str, most: f64) -> Result<f64, CodeError> {
    let expected = format!("degrees from -{most} to {most}, such as 14.35");
    let value: f64 = row.value(column, &expected)?;
    // Not-a-number is in no range.
    if (-most..=most).contains(&value) {
        Ok(value)
    } else {
        Err(row.wrong(column, &expected))
    }
}
