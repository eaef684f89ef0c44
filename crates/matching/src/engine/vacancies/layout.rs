//! Which vacancies stand together, so that one bound for location holds for many.

use std::collections::HashMap;

use domain::code::CommuneIx;
use domain::vacancy::{Offer, Workplace};

use crate::definition::{Geo, ONE, Reach, Rules, location};
use crate::settings::Part;

/// A tile holds about this many vacancies.
const PER_TILE: u32 = 1_500;
/// The tile of remote work.
pub(super) const REMOTE: u16 = 0;
/// The tile of vacancies without a known workplace.
pub(super) const NOWHERE: u16 = 1;
/// The tile of vacancies that do not fit into a row.
pub(super) const ODD: u16 = 2;
/// The first tile of known workplaces.
const FIRST: u16 = 3;

/// Workplaces that lie together, of vacancies that reach equally far.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    places: Vec<Workplace>,
    reach: Reach,
    /// The provinces in which they lie, a bit each.
    pub(super) provinces: u64,
}

impl Tile {
    /// The most for location that somebody in that commune has at one of these workplaces.
    fn nearness(&self, rules: &Rules, from: CommuneIx) -> u32 {
        self.places
            .iter()
            .map(|&place| nearness(rules, rules.geo.row(from), from, place, self.reach))
            .max()
            .unwrap_or(0)
    }
}

/// How near a workplace is, as [`location::from_commune`] has it; `row` holds the distances from
/// the commune of the person, which are few, and not from the workplace.
pub(super) fn nearness(
    rules: &Rules,
    row: &[u32],
    from: CommuneIx,
    place: Workplace,
    reach: Reach,
) -> u32 {
    match place {
        Workplace::Commune(to) if to == from => ONE as u32,
        Workplace::Commune(to) => row
            .get(to.index())
            .map_or(0, |&tenths| rules.geo.fade(tenths, reach)),
        Workplace::Province(_) | Workplace::LegacyProvince(_) => {
            let near = rules.geo.nearness(from, place, reach) as u32;
            if rules.geo.lies_in(from, place) {
                near.max(rules.neutral(Part::Location) as u32)
            } else {
                near
            }
        }
    }
}

/// The tiles, and which workplace lies in which.
pub(super) struct Layout {
    tiles: Vec<Tile>,
    of_place: HashMap<(bool, Workplace), u16>,
}

/// A workplace with where it lies and how many vacancies are there.
#[derive(Clone, Copy)]
struct Site {
    place: Workplace,
    position: (f64, f64),
    vacancies: u32,
}

impl Layout {
    pub(super) fn new<'a>(offers: impl Iterator<Item = &'a Offer>, geo: &Geo) -> Self {
        let mut counts: HashMap<(bool, Workplace), u32> = HashMap::new();
        for offer in offers.filter(|offer| !offer.remote) {
            for &place in &offer.workplaces {
                *counts.entry((is_lodged(offer), place)).or_default() += 1;
            }
        }
        // Sites in the order of their places, so that the same vacancies give the same tiles.
        let mut counts: Vec<((bool, Workplace), u32)> = counts.into_iter().collect();
        counts.sort_unstable();
        let mut groups: HashMap<(bool, u8), Vec<Site>> = HashMap::new();
        for ((lodged, place), vacancies) in counts {
            let group = match place {
                Workplace::Commune(commune) if !lodged => geo
                    .province_of(commune)
                    .map_or(u8::MAX, |province| province.0),
                Workplace::Commune(_) => u8::MAX - 1,
                Workplace::Province(_) | Workplace::LegacyProvince(_) => u8::MAX - 2,
            };
            groups.entry((lodged, group)).or_default().push(Site {
                place,
                position: position(geo, place),
                vacancies,
            });
        }
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_unstable_by_key(|&(group, _)| group);
        let mut layout = Self {
            tiles: Vec::new(),
            of_place: HashMap::new(),
        };
        for ((lodged, _), sites) in groups {
            let vacancies: u32 = sites.iter().map(|site| site.vacancies).sum();
            let mut parts = Vec::new();
            split(sites, vacancies.div_ceil(PER_TILE), &mut parts);
            for part in parts {
                layout.push(lodged, &part, geo);
            }
        }
        layout
    }

    fn push(&mut self, lodged: bool, sites: &[Site], geo: &Geo) {
        let at = FIRST + self.tiles.len() as u16;
        let places: Vec<Workplace> = sites.iter().map(|site| site.place).collect();
        for &place in &places {
            self.of_place.insert((lodged, place), at);
        }
        self.tiles.push(Tile {
            provinces: provinces(geo, &places),
            places,
            reach: if lodged { Reach::Lodged } else { Reach::Daily },
        });
    }

    /// The tiles in which a vacancy stands.
    pub(super) fn tiles_of(&self, offer: &Offer) -> Vec<u16> {
        if offer.remote {
            return vec![REMOTE];
        }
        if offer.workplaces.is_empty() {
            return vec![NOWHERE];
        }
        let lodged = is_lodged(offer);
        let mut tiles: Vec<u16> = offer
            .workplaces
            .iter()
            .filter_map(|&place| self.of_place.get(&(lodged, place)).copied())
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        tiles
    }

    pub(super) fn into_tiles(self) -> Vec<Tile> {
        self.tiles
    }
}

/// For each tile of known workplaces: the most for location from that commune.
pub(super) fn nearness_of_tiles(rules: &Rules, tiles: &[Tile], from: CommuneIx) -> Box<[u32]> {
    tiles
        .iter()
        .map(|tile| tile.nearness(rules, from))
        .collect()
}

/// Provinces as bits; those beyond 64 have none.
pub(super) fn provinces(geo: &Geo, places: &[Workplace]) -> u64 {
    places
        .iter()
        .filter_map(|&place| geo.province_of_workplace(place))
        .filter(|province| province.index() < 64)
        .fold(0, |bits, province| bits | 1 << province.index())
}

fn is_lodged(offer: &Offer) -> bool {
    location::reach(offer) == Reach::Lodged
}

/// The centroid of a commune; of a province, that of one of its communes.
fn position(geo: &Geo, place: Workplace) -> (f64, f64) {
    if let Workplace::Commune(commune) = place {
        return geo.position(commune);
    }
    (0..geo.communes())
        .filter_map(|commune| u16::try_from(commune).ok().map(CommuneIx))
        .find(|&commune| geo.lies_in(commune, place))
        .map_or((0.0, 0.0), |commune| geo.position(commune))
}

/// Splits sites at the median of the vacancies along the longer side, until there are `wanted`.
fn split(mut sites: Vec<Site>, wanted: u32, parts: &mut Vec<Vec<Site>>) {
    if wanted <= 1 || sites.len() <= 1 {
        parts.push(sites);
        return;
    }
    let extent = |side: fn((f64, f64)) -> f64| {
        let values = sites.iter().map(|site| side(site.position));
        let (least, most) = values.fold((f64::MAX, f64::MIN), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        most - least
    };
    let side: fn((f64, f64)) -> f64 = if extent(|(lat, _)| lat) >= extent(|(_, lon)| lon) {
        |(lat, _)| lat
    } else {
        |(_, lon)| lon
    };
    sites.sort_by(|one, other| side(one.position).total_cmp(&side(other.position)));
    let total: u32 = sites.iter().map(|site| site.vacancies).sum();
    let mut before = 0;
    let cut = sites
        .iter()
        .position(|site| {
            before += site.vacancies;
            2 * before >= total
        })
        .map_or(1, |at| at + 1)
        .clamp(1, sites.len() - 1);
    let rest = sites.split_off(cut);
    split(sites, wanted / 2, parts);
    split(rest, wanted - wanted / 2, parts);
}
