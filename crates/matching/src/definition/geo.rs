//! Distances between communes, and how nearness fades.

use std::sync::OnceLock;

use domain::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use domain::vacancy::Workplace;

use super::ONE;
use crate::settings::Nearness;

/// Mean radius of the earth in km (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.008_8;
/// Half the way round the earth is 20,016 km: every distance in 0.1 km is below this.
const LONGEST_TENTHS: usize = 200_200;

/// How far one may live: the scale of the decay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// One goes home each day by one's own means.
    Daily,
    /// Lodging or a shuttle is offered.
    Lodged,
}

struct Point {
    lat: f64,
    lon: f64,
    cos_lat: f64,
    province: ProvinceIx,
    legacy: LegacyProvinceIx,
}

type Row = Box<[u32]>;

/// Distances and decay, as tables that fill on first use.
pub struct Geo {
    points: Vec<Point>,
    of_province: Vec<Vec<CommuneIx>>,
    of_legacy: Vec<Vec<CommuneIx>>,
    /// Per commune: tenths of a km to each commune.
    distances: Vec<OnceLock<Row>>,
    /// Per reach: nearness by tenths of a km.
    decay: [Vec<u32>; 2],
    /// Per reach and province: the mean nearness of its communes, by commune of the seeker.
    province_means: [Vec<OnceLock<Row>>; 2],
    legacy_means: [Vec<OnceLock<Row>>; 2],
}

impl Geo {
    /// Tables for these units.
    pub fn new(units: &AdminUnits, nearness: Nearness) -> Self {
        let points: Vec<Point> = units
            .communes()
            .iter()
            .map(|commune| Point {
                lat: commune.lat.to_radians(),
                lon: commune.lon.to_radians(),
                cos_lat: libm::cos(commune.lat.to_radians()),
                province: commune.province,
                legacy: commune.legacy_province,
            })
            .collect();
        let mut of_province = vec![Vec::new(); units.provinces().len()];
        let mut of_legacy = vec![Vec::new(); units.legacy_provinces().len()];
        for (index, point) in points.iter().enumerate() {
            let Ok(index) = u16::try_from(index) else {
                break;
            };
            if let Some(list) = of_province.get_mut(point.province.index()) {
                list.push(CommuneIx(index));
            }
            if let Some(list) = of_legacy.get_mut(point.legacy.index()) {
                list.push(CommuneIx(index));
            }
        }
        let blank = |length: usize| (0..length).map(|_| OnceLock::new()).collect::<Vec<_>>();
        Self {
            distances: blank(points.len()),
            decay: [nearness.lambda_km, nearness.lambda_km_with_lodging]
                .map(|lambda| decay_table(nearness.free_km, lambda)),
            province_means: [blank(of_province.len()), blank(of_province.len())],
            legacy_means: [blank(of_legacy.len()), blank(of_legacy.len())],
            points,
            of_province,
            of_legacy,
        }
    }

    /// How many communes there are.
    pub fn communes(&self) -> usize {
        self.points.len()
    }

    /// How many provinces of 2025 there are.
    pub fn provinces(&self) -> usize {
        self.of_province.len()
    }

    /// Latitude and longitude of the centroid, in radians.
    pub fn position(&self, commune: CommuneIx) -> (f64, f64) {
        self.points
            .get(commune.index())
            .map_or((0.0, 0.0), |point| (point.lat, point.lon))
    }

    /// Tenths of a kilometre between the centroids (haversine), rounded half up.
    pub fn tenths_of_km(&self, from: CommuneIx, to: CommuneIx) -> u32 {
        self.row(from)
            .get(to.index())
            .copied()
            .unwrap_or(LONGEST_TENTHS as u32)
    }

    /// The province of 2025 in which the commune lies.
    pub fn province_of(&self, commune: CommuneIx) -> Option<ProvinceIx> {
        self.points.get(commune.index()).map(|point| point.province)
    }

    /// The province of before July 2025 in which the commune lies.
    pub fn legacy_province_of(&self, commune: CommuneIx) -> Option<LegacyProvinceIx> {
        self.points.get(commune.index()).map(|point| point.legacy)
    }

    /// The province of 2025 in which a workplace lies.
    pub fn province_of_workplace(&self, place: Workplace) -> Option<ProvinceIx> {
        match place {
            Workplace::Commune(commune) => self.province_of(commune),
            Workplace::Province(province) => Some(province),
            Workplace::LegacyProvince(legacy) => self
                .of_legacy
                .get(legacy.index())
                .and_then(|communes| communes.first())
                .and_then(|&commune| self.province_of(commune)),
        }
    }

    /// Whether the commune lies in a workplace that is known by its province only.
    pub fn lies_in(&self, commune: CommuneIx, place: Workplace) -> bool {
        match place {
            Workplace::Commune(_) => false,
            Workplace::Province(province) => self.province_of(commune) == Some(province),
            Workplace::LegacyProvince(legacy) => self.legacy_province_of(commune) == Some(legacy),
        }
    }

    /// How near a workplace is to somebody in `from`, 0 to 1e9: the same commune 1, else
    /// exp(-max(0, km - 5) / lambda); known by its province only, the mean over its communes.
    pub fn nearness(&self, from: CommuneIx, place: Workplace, reach: Reach) -> u64 {
        let value = match place {
            Workplace::Commune(commune) => Some(self.between(from, commune, reach)),
            Workplace::Province(province) => self
                .means(
                    &self.province_means,
                    &self.of_province,
                    province.index(),
                    reach,
                )
                .and_then(|row| row.get(from.index()))
                .copied(),
            Workplace::LegacyProvince(legacy) => self
                .means(&self.legacy_means, &self.of_legacy, legacy.index(), reach)
                .and_then(|row| row.get(from.index()))
                .copied(),
        };
        u64::from(value.unwrap_or(0))
    }

    /// [`Self::nearness`] for every commune at once, and at least `inside` in a province that is
    /// all that is known: raises the values of `table` that are lower.
    pub fn raise_nearness(&self, place: Workplace, reach: Reach, inside: u32, table: &mut [u32]) {
        let raise = |value: &mut u32, near: u32| *value = near.max(*value);
        match place {
            Workplace::Commune(commune) => {
                for (value, &tenths) in table.iter_mut().zip(self.row(commune)) {
                    raise(value, self.fade(tenths, reach));
                }
                if let Some(value) = table.get_mut(commune.index()) {
                    *value = ONE as u32;
                }
            }
            Workplace::Province(province) => {
                let unit = province.index();
                let means = self.means(&self.province_means, &self.of_province, unit, reach);
                self.raise_means(means, self.of_province.get(unit), inside, table);
            }
            Workplace::LegacyProvince(legacy) => {
                let unit = legacy.index();
                let means = self.means(&self.legacy_means, &self.of_legacy, unit, reach);
                self.raise_means(means, self.of_legacy.get(unit), inside, table);
            }
        }
    }

    fn raise_means(
        &self,
        means: Option<&Row>,
        members: Option<&Vec<CommuneIx>>,
        inside: u32,
        table: &mut [u32],
    ) {
        for (value, &near) in table.iter_mut().zip(means.into_iter().flatten()) {
            *value = near.max(*value);
        }
        for commune in members.into_iter().flatten() {
            if let Some(value) = table.get_mut(commune.index()) {
                *value = inside.max(*value);
            }
        }
    }

    fn between(&self, from: CommuneIx, to: CommuneIx, reach: Reach) -> u32 {
        if from == to {
            return ONE as u32;
        }
        // Rows are kept for workplaces: few communes have one, and seekers live in all of them.
        self.fade(self.tenths_of_km(to, from), reach)
    }

    /// Nearness at that distance.
    pub(crate) fn fade(&self, tenths: u32, reach: Reach) -> u32 {
        let [daily, lodged] = &self.decay;
        let table = match reach {
            Reach::Daily => daily,
            Reach::Lodged => lodged,
        };
        table.get(tenths as usize).copied().unwrap_or(0)
    }

    /// Tenths of a kilometre to every commune; the same there and back.
    pub(crate) fn row(&self, from: CommuneIx) -> &[u32] {
        let (Some(cell), Some(origin)) = (
            self.distances.get(from.index()),
            self.points.get(from.index()),
        ) else {
            return &[];
        };
        cell.get_or_init(|| {
            self.points
                .iter()
                .map(|point| tenths_between(origin, point))
                .collect()
        })
    }

    fn means<'a>(
        &'a self,
        cells: &'a [Vec<OnceLock<Row>>; 2],
        members: &[Vec<CommuneIx>],
        unit: usize,
        reach: Reach,
    ) -> Option<&'a Row> {
        let [daily, lodged] = cells;
        let cell = match reach {
            Reach::Daily => daily,
            Reach::Lodged => lodged,
        }
        .get(unit)?;
        let communes = members.get(unit)?;
        Some(cell.get_or_init(|| self.mean_row(communes, reach)))
    }

    fn mean_row(&self, communes: &[CommuneIx], reach: Reach) -> Row {
        let mut sums = vec![0_u64; self.points.len()];
        for &commune in communes {
            for (from, sum) in sums.iter_mut().enumerate() {
                let Ok(from) = u16::try_from(from) else { break };
                *sum += u64::from(self.between(CommuneIx(from), commune, reach));
            }
        }
        let count = communes.len().max(1) as u64;
        sums.into_iter()
            .map(|sum| ((2 * sum + count) / (2 * count)) as u32)
            .collect()
    }
}

/// Haversine: a = sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2); d = 2R asin √a.
fn tenths_between(from: &Point, to: &Point) -> u32 {
    let half_lat = libm::sin((to.lat - from.lat) / 2.0);
    let half_lon = libm::sin((to.lon - from.lon) / 2.0);
    let a = half_lat * half_lat + from.cos_lat * to.cos_lat * half_lon * half_lon;
    let km = 2.0 * EARTH_RADIUS_KM * libm::asin(libm::sqrt(a.min(1.0)));
    libm::floor(km * 10.0 + 0.5) as u32
}

fn decay_table(free_km: u16, lambda_km: u16) -> Vec<u32> {
    let (free, lambda) = (f64::from(free_km), f64::from(lambda_km));
    (0..LONGEST_TENTHS as u32)
        .map(|tenths| {
            let beyond = (f64::from(tenths) / 10.0 - free).max(0.0);
            libm::floor(libm::exp(-beyond / lambda) * ONE as f64 + 0.5) as u32
        })
        .collect()
}
