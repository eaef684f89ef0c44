//! Where somebody looks for work, and whether a workplace lies there.

use std::collections::HashSet;

use domain::code::{AdminUnits, CommuneIx, LegacyProvinceIx, ProvinceIx};
use domain::reading::place::Area;
use domain::vacancy::{Offer, Workplace};

/// Where somebody looks for work.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceAsked {
    /// As narrow as it was written.
    pub areas: Vec<Area>,
    communes: HashSet<CommuneIx>,
    /// The provinces in which those lie, of 2025 and of before.
    provinces: HashSet<ProvinceIx>,
    legacy_provinces: HashSet<LegacyProvinceIx>,
}

/// How a workplace stands to the place that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stands {
    /// In it.
    There,
    /// Somewhere in the province of before July 2025 around it.
    InLegacyProvince,
    /// Somewhere in the province around it.
    InProvince,
}

impl PlaceAsked {
    /// These areas.
    pub fn new(areas: Vec<Area>, units: &AdminUnits) -> Self {
        let communes: HashSet<CommuneIx> =
            areas.iter().flat_map(|area| area.communes(units)).collect();
        let known = || communes.iter().filter_map(|&at| units.commune(at));
        Self {
            provinces: known().map(|unit| unit.province).collect(),
            legacy_provinces: known().map(|unit| unit.legacy_province).collect(),
            communes,
            areas,
        }
    }

    /// Whether the work is there. What is only known to be somewhere in a province is found where
    /// all of that province is asked for.
    pub fn fits(&self, offer: &Offer, units: &AdminUnits) -> bool {
        let is_there = |&place| self.stands(place, units) == Some(Stands::There);
        offer.remote && self.is_wide() || offer.workplaces.iter().any(is_there)
    }

    /// Whether all of a province is asked for.
    pub(crate) fn is_wide(&self) -> bool {
        let is_wide = |area: &Area| matches!(area, Area::Province(_) | Area::LegacyProvince(_));
        self.areas.iter().any(is_wide)
    }

    /// How a workplace stands to the place; `None` where it is elsewhere.
    pub(crate) fn stands(&self, place: Workplace, units: &AdminUnits) -> Option<Stands> {
        match place {
            Workplace::Commune(at) => self.communes.contains(&at).then_some(Stands::There),
            Workplace::Province(at) if self.areas.contains(&Area::Province(at)) => {
                Some(Stands::There)
            }
            Workplace::Province(at) => self.provinces.contains(&at).then_some(Stands::InProvince),
            Workplace::LegacyProvince(at) => {
                let today = units.legacy_province(at).map(|unit| unit.province);
                let is_there = self.areas.contains(&Area::LegacyProvince(at))
                    || today.is_some_and(|today| self.areas.contains(&Area::Province(today)));
                if is_there {
                    Some(Stands::There)
                } else {
                    self.legacy_provinces
                        .contains(&at)
                        .then_some(Stands::InLegacyProvince)
                }
            }
        }
    }
}
