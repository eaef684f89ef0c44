//! Minimum wages, by region and day.

use chrono::NaiveDate;

use super::table::Files;
use super::{AdminUnits, CommuneIx, Dated};

/// The minimum wage of a region while a decree is in force.
#[derive(Debug, Clone)]
pub struct MinimumWage {
    /// The region: I to IV.
    pub region: String,
    /// VND a month.
    pub month: u64,
    /// VND an hour.
    pub hour: u64,
    /// While it is in force.
    pub dated: Dated,
    /// The decree.
    pub source: String,
}

struct InRegion {
    region: String,
    dated: Dated,
}

/// All of them, and the region of each commune.
pub struct MinimumWages {
    wages: Vec<MinimumWage>,
    regions: Vec<Vec<InRegion>>,
}

impl MinimumWages {
    pub(super) fn read(files: &Files<'_, '_>, units: &AdminUnits) -> Self {
        let columns = ["code", "month_vnd", "hour_vnd", "source"];
        let wages = files.optional_rows("minimum_wage.csv", &columns, |row| {
            Ok(MinimumWage {
                region: row.code()?,
                month: row.value("month_vnd", "VND, a whole number")?,
                hour: row.value("hour_vnd", "VND, a whole number")?,
                dated: row.dated()?,
                source: row.text("source").to_owned(),
            })
        });
        let columns = ["commune", "region"];
        let rows = files.optional_rows("minimum_wage_region.csv", &columns, |row| {
            let commune = units
                .commune_by_code(row.text("commune"))
                .ok_or_else(|| row.wrong("commune", "a code of communes.csv"))?;
            let region = row.text("region").to_owned();
            if !wages.iter().any(|wage: &MinimumWage| wage.region == region) {
                return Err(row.wrong("region", "a code of minimum_wage.csv"));
            }
            let dated = row.dated()?;
            Ok((commune, InRegion { region, dated }))
        });
        let mut regions: Vec<Vec<InRegion>> = Vec::new();
        regions.resize_with(units.communes().len(), Vec::new);
        for (commune, region) in rows {
            if let Some(list) = regions.get_mut(commune.index()) {
                list.push(region);
            }
        }
        Self { wages, regions }
    }

    /// All of them, of all times.
    pub fn wages(&self) -> &[MinimumWage] {
        &self.wages
    }

    /// For each commune, in the order of its list, when it is in which region.
    pub(super) fn spans(&self) -> impl Iterator<Item = Vec<Dated>> + '_ {
        let dated = |regions: &Vec<InRegion>| regions.iter().map(|region| region.dated).collect();
        self.regions.iter().map(dated)
    }

    /// The region of a commune on that day; `None` before regions followed the communes of 2025.
    pub fn region(&self, commune: CommuneIx, day: NaiveDate) -> Option<&str> {
        let regions = self.regions.get(commune.index())?;
        let region = regions.iter().find(|region| region.dated.valid_on(day))?;
        Some(&region.region)
    }

    /// The minimum wage in a commune on that day.
    pub fn at(&self, commune: CommuneIx, day: NaiveDate) -> Option<&MinimumWage> {
        let region = self.region(commune, day)?;
        self.wages
            .iter()
            .find(|wage| wage.region == region && wage.dated.valid_on(day))
    }
}
