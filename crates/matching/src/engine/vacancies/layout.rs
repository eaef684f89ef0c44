//! Where vacancies stand: by what of the skills is frequent, then along a curve through the
//! country, once for each workplace. They do so twice: trade by trade, for those who have the
//! trade, and in the *country* all together, for all others.

use std::collections::HashMap;

use domain::code::{CommuneIx, IscoCode};
use domain::vacancy::{Offer, Workplace};

use super::super::lines::BLOCK;
use super::basis::Basis;
use super::words::Words;
use crate::definition::{ONE, Reach, Rules, location, usable};

/// Nobody stands in this place.
const NOBODY: u32 = u32::MAX;
/// In the country, whose frequent skills weigh more stands apart: so the bounds of the others are
/// lower.
const SHARES: [u64; 3] = [ONE / 10 * 5, ONE / 100 * 65, ONE / 10 * 8];

/// The trade of vacancies without a code.
pub(super) const NO_TRADE: u8 = 0;
/// How many trades there are.
pub(super) const TRADES: usize = 111;

/// What stands for the trade of all that stand in the country.
pub(super) const COUNTRY: u8 = u8::MAX;

/// The trade of a code: its sub-major group, or its major group where no more is known.
pub(super) fn trade(code: IscoCode) -> u8 {
    let number = match code.prefix(2) {
        Some(group) => 11 + group.value(),
        None => 1 + code.value(),
    };
    number as u8
}

/// The major group of a trade.
pub(super) const fn major_of(trade: u8) -> Option<u8> {
    match trade {
        NO_TRADE => None,
        1..=10 => Some(trade - 1),
        _ => Some((trade - 11) / 10),
    }
}

/// A place of work, as far as location tells places apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Site {
    /// A workplace, and whether the vacancy reaches as far as with lodging.
    At(Workplace, bool),
    Remote,
    Nowhere,
}

impl Site {
    /// All of a vacancy, each once.
    fn of(offer: &Offer) -> Vec<Self> {
        if offer.remote {
            return vec![Self::Remote];
        }
        let lodged = location::reach(offer) == Reach::Lodged;
        let mut sites: Vec<Self> = Vec::with_capacity(offer.workplaces.len());
        for &place in &offer.workplaces {
            let site = Self::At(place, lodged);
            if !sites.contains(&site) {
                sites.push(site);
            }
        }
        if sites.is_empty() {
            sites.push(Self::Nowhere);
        }
        sites
    }

    /// Sites with like bounds stand together: those that reach equally far, along the curve.
    fn order(self, curve: &[u16]) -> (u8, u16) {
        let at = |commune: CommuneIx| curve.get(commune.index()).copied().unwrap_or(0);
        match self {
            Self::At(Workplace::Commune(commune), lodged) => (u8::from(lodged), at(commune)),
            Self::At(Workplace::Province(province), lodged) => {
                (2 + u8::from(lodged), province.0.into())
            }
            Self::At(Workplace::LegacyProvince(province), lodged) => {
                (4 + u8::from(lodged), province.0.into())
            }
            Self::Remote => (6, 0),
            Self::Nowhere => (7, 0),
        }
    }
}

/// The trades of a vacancy, each once.
pub(super) fn trades(offer: &Offer) -> Vec<u8> {
    let codes = offer.occupations.iter().filter(|&&code| usable(code));
    let mut trades: Vec<u8> = codes.map(|&code| trade(code)).collect();
    if trades.is_empty() {
        trades.push(NO_TRADE);
    }
    trades.sort_unstable();
    trades.dedup();
    trades
}

/// What somebody must know of a vacancy to give it its places.
pub(super) struct Standing<'o> {
    pub(super) offer: &'o Offer,
    /// The most that it can bring for skill where none of its rare skills is met.
    pub(super) frequent: u64,
}

/// Who stands in a place, and where that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) row: u32,
    pub(super) site: u32,
}

impl Entry {
    const EMPTY: Self = Self {
        row: NOBODY,
        site: 0,
    };
}

/// Who stands in which place.
pub(super) struct Layout {
    places: Vec<Entry>,
    pub(super) words: Words,
}

/// A vacancy in a place, in the order of places.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    trade: u8,
    class: u8,
    site: u32,
    at: u32,
}

impl Layout {
    /// Lays these out; with it, for each, its row: neighbours have neighbouring rows. Who is not
    /// to stand anywhere has none, and comes last.
    pub(super) fn new(
        all: &[Option<Standing<'_>>],
        rules: &Rules,
        basis: &Basis,
    ) -> (Self, Vec<u32>) {
        let mut numbers: HashMap<Site, u32> = HashMap::new();
        let mut sites = Vec::new();
        let mut stands = Vec::new();
        for (at, one) in (0_u32..).zip(all) {
            let Some(one) = one else { continue };
            let class = SHARES.iter().filter(|&&share| one.frequent > share);
            let class = class.count() as u8;
            let trades = trades(one.offer);
            for site in Site::of(one.offer) {
                let site = *numbers.entry(site).or_insert_with(|| {
                    sites.push(site);
                    sites.len() as u32 - 1
                });
                let mut stand = |trade: u8, class: u8| {
                    stands.push(Stand {
                        trade,
                        class,
                        site,
                        at,
                    });
                };
                for &trade in &trades {
                    stand(trade, 0);
                }
                if trades != [NO_TRADE] {
                    stand(COUNTRY, class);
                }
            }
        }
        let sites = in_order(&mut stands, sites, &basis.curve);
        stands.sort_unstable();
        let mut words = Words::new(sites, rules);
        let mut places = Vec::new();
        let mut row_of = vec![NOBODY; all.len()];
        let mut next_row = 0;
        let mut last = NO_TRADE;
        for stand in stands {
            if stand.trade != last {
                let whole = if stand.trade == COUNTRY { BLOCK } else { 64 };
                places.resize(places.len().next_multiple_of(whole), Entry::EMPTY);
                last = stand.trade;
            }
            let Some(row) = row_of.get_mut(stand.at as usize) else {
                continue;
            };
            if *row == NOBODY {
                *row = next_row;
                next_row += 1;
            }
            let frequent = all.get(stand.at as usize).and_then(Option::as_ref);
            let frequent = frequent.map_or(0, |one| one.frequent);
            words.stand(places.len(), stand.trade, stand.site, frequent);
            places.push(Entry {
                row: *row,
                site: stand.site,
            });
        }
        places.resize(places.len().next_multiple_of(BLOCK), Entry::EMPTY);
        words.finish(places.len(), rules);
        for row in row_of.iter_mut().filter(|row| **row == NOBODY) {
            *row = next_row;
            next_row += 1;
        }
        (Self { places, words }, row_of)
    }

    /// How many blocks of places there are.
    pub(super) fn blocks(&self) -> usize {
        self.places.len() / BLOCK
    }

    /// Who stands in a place.
    pub(super) fn entry(&self, place: usize) -> Option<&Entry> {
        self.places.get(place)
    }

    /// The places in which somebody stands.
    pub(super) fn standing(&self) -> impl Iterator<Item = (u32, Entry)> {
        let places = (0_u32..).zip(self.places.iter().copied());
        places.filter(|&(_, entry)| entry.row != NOBODY)
    }
}

/// Numbers the sites anew, in their order.
fn in_order(stands: &mut [Stand], sites: Vec<Site>, curve: &[u16]) -> Vec<Site> {
    let mut order: Vec<(Site, u32)> = sites.into_iter().zip(0..).collect();
    order.sort_by_key(|&(site, number)| (site.order(curve), number));
    let mut new = vec![0; order.len()];
    for (at, &(_, number)) in (0..).zip(&order) {
        if let Some(place) = new.get_mut(number as usize) {
            *place = at;
        }
    }
    for stand in stands {
        stand.site = new.get(stand.site as usize).copied().unwrap_or(0);
    }
    order.into_iter().map(|(site, _)| site).collect()
}
