//! Where people stand: by commune along a curve through the country, so that neighbours stand
//! together and a word of 64 places has a tight bound for location.

use domain::code::CommuneIx;
use domain::seeker::Seeker;

use super::lines::{BLOCK, WORDS};
use crate::definition::Geo;

/// Nobody stands in this place.
const NOBODY: u32 = u32::MAX;
/// The sides of the grid through which the curve goes.
const GRID: u32 = 1 << 12;

/// The spots of a country, in their order: communes along the curve, provinces (who wishes
/// them), "anywhere", and "nowhere" (no commune is known).
pub(super) struct Spots {
    /// The communes in the order of the curve.
    pub(super) communes: Vec<u16>,
    /// By commune: its place on the curve.
    of_commune: Vec<u16>,
    provinces: u16,
}

impl Spots {
    /// The spots of this country.
    pub(super) fn new(geo: &Geo) -> Self {
        let positions: Vec<(f64, f64)> = (0..geo.communes())
            .filter_map(|at| u16::try_from(at).ok())
            .map(|at| geo.position(CommuneIx(at)))
            .collect();
        let span = |values: &dyn Fn(&(f64, f64)) -> f64| {
            positions
                .iter()
                .map(values)
                .fold((f64::MAX, f64::MIN), |(least, most), value| {
                    (least.min(value), most.max(value))
                })
        };
        let (south, north) = span(&|&(lat, _)| lat);
        let (west, east) = span(&|&(_, lon)| lon);
        let side = (north - south).max(east - west).max(f64::MIN_POSITIVE);
        let cell = |value: f64| ((value / side * f64::from(GRID)) as u32).min(GRID - 1);
        let mut along: Vec<(u64, u16)> = positions
            .iter()
            .map(|&(lat, lon)| curve(cell(lat - south), cell(lon - west)))
            .zip(0..)
            .collect();
        along.sort_unstable();
        let mut of_commune = vec![0; positions.len()];
        for (spot, &(_, commune)) in (0..).zip(&along) {
            if let Some(place) = of_commune.get_mut(usize::from(commune)) {
                *place = spot;
            }
        }
        Self {
            communes: along.into_iter().map(|(_, commune)| commune).collect(),
            of_commune,
            provinces: geo.provinces() as u16,
        }
    }

    /// Where the provinces begin.
    pub(super) fn first_province(&self) -> usize {
        self.communes.len()
    }

    /// The spot of who would work anywhere.
    pub(super) fn anywhere(&self) -> usize {
        self.first_province() + usize::from(self.provinces)
    }

    /// The spot of who has no commune.
    pub(super) fn nowhere(&self) -> usize {
        self.anywhere() + 1
    }

    fn len(&self) -> usize {
        self.nowhere() + 1
    }

    fn home(&self, seeker: &Seeker) -> usize {
        points(seeker)
            .find_map(|commune| self.of_commune.get(commune.index()))
            .map_or(self.nowhere(), |&spot| usize::from(spot))
    }

    /// The spots at which a person stands, each once, home first.
    fn of(&self, seeker: &Seeker, mut stand: impl FnMut(usize)) {
        let home = self.home(seeker);
        stand(home);
        if !seeker.wished_communes.is_empty() {
            let mut seen = vec![home];
            for commune in points(seeker) {
                let Some(&spot) = self.of_commune.get(commune.index()) else {
                    continue;
                };
                if !seen.contains(&usize::from(spot)) {
                    seen.push(usize::from(spot));
                    stand(usize::from(spot));
                }
            }
        }
        for province in &seeker.wished_provinces {
            if province.index() < usize::from(self.provinces) {
                stand(self.first_province() + province.index());
            }
        }
        if seeker.anywhere {
            stand(self.anywhere());
        }
    }
}

fn points(seeker: &Seeker) -> impl Iterator<Item = CommuneIx> + '_ {
    seeker
        .residence
        .into_iter()
        .chain(seeker.wished_communes.iter().copied())
}

/// The place of a cell on Hilbert's curve.
fn curve(mut x: u32, mut y: u32) -> u64 {
    let mut along = 0;
    let mut side = GRID / 2;
    while side > 0 {
        let right = u32::from(x & side > 0);
        let upper = u32::from(y & side > 0);
        along += u64::from(side) * u64::from(side) * u64::from((3 * right) ^ upper);
        if upper == 0 {
            if right == 1 {
                (x, y) = (GRID - 1 - x, GRID - 1 - y);
            }
            (x, y) = (y, x);
        }
        side /= 2;
    }
    along
}

/// The first and last spot in some places; empty where the first is behind the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) first: u16,
    pub(super) last: u16,
}

impl Range {
    const EMPTY: Self = Self {
        first: u16::MAX,
        last: 0,
    };

    fn add(&mut self, spot: u16) {
        self.first = self.first.min(spot);
        self.last = self.last.max(spot);
    }
}

/// Who stands in which place.
pub(super) struct Layout {
    /// By place: the row.
    rows: Vec<u32>,
    /// By 64 places: the spots.
    pub(super) words: Vec<Range>,
    /// By block: the spots.
    pub(super) blocks: Vec<Range>,
}

impl Layout {
    /// Lays out these people; with it the row of each. Who is not looking comes last, and stands
    /// nowhere.
    pub(super) fn new(seekers: &[Seeker], spots: &Spots) -> (Self, Vec<u32>) {
        let mut standing = vec![0_usize; spots.len()];
        let mut homes = vec![0_usize; spots.len() + 1];
        let mut home_of = Vec::with_capacity(seekers.len());
        for seeker in seekers {
            let mut home = spots.len();
            if seeker.status.is_looking() {
                spots.of(seeker, |spot| add_one(&mut standing, spot));
                home = spots.home(seeker);
            }
            add_one(&mut homes, home);
            home_of.push(home as u16);
        }
        let mut next_row = starts(&homes, |_, at| at);
        // Communes share words with their neighbours, other spots do not.
        let alone = spots.first_province();
        let mut next = starts(&standing, |spot, at| {
            if spot < alone {
                at
            } else {
                at.next_multiple_of(64)
            }
        });
        let places = next
            .last()
            .map_or(0, |last| last + standing.last().copied().unwrap_or(0));
        let blocks = places.div_ceil(BLOCK);
        let mut layout = Self {
            rows: vec![NOBODY; blocks * BLOCK],
            words: vec![Range::EMPTY; blocks * WORDS],
            blocks: vec![Range::EMPTY; blocks],
        };
        let mut row_of = Vec::with_capacity(seekers.len());
        for (seeker, home) in seekers.iter().zip(home_of) {
            let row = take(&mut next_row, home.into()).unwrap_or(0) as u32;
            row_of.push(row);
            if seeker.status.is_looking() {
                spots.of(seeker, |spot| {
                    if let Some(place) = take(&mut next, spot) {
                        layout.stand(place, row, spot as u16);
                    }
                });
            }
        }
        (layout, row_of)
    }

    fn stand(&mut self, place: usize, row: u32, spot: u16) {
        if let Some(at) = self.rows.get_mut(place) {
            *at = row;
        }
        if let Some(word) = self.words.get_mut(place / 64) {
            word.add(spot);
        }
        if let Some(block) = self.blocks.get_mut(place / BLOCK) {
            block.add(spot);
        }
    }

    /// How many places there are, empty ones included.
    pub(super) const fn places(&self) -> usize {
        self.rows.len()
    }

    /// What will be read to find who stands in a place.
    pub(super) fn entry(&self, place: usize) -> Option<&u32> {
        self.rows.get(place)
    }

    /// The row of who stands in a place.
    pub(super) fn row(&self, place: usize) -> Option<u32> {
        self.rows.get(place).copied().filter(|&row| row != NOBODY)
    }

    /// The spots of the words of a block.
    pub(super) fn words_of(&self, block: usize) -> &[Range] {
        self.words
            .get(block * WORDS..(block + 1) * WORDS)
            .unwrap_or_default()
    }
}

fn add_one(counts: &mut [usize], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// Where each begins, one after the other.
fn starts(counts: &[usize], align: impl Fn(usize, usize) -> usize) -> Vec<usize> {
    let mut at = 0;
    counts
        .iter()
        .enumerate()
        .map(|(index, count)| {
            let start = align(index, at);
            at = start + count;
            start
        })
        .collect()
}

fn take(next: &mut [usize], at: usize) -> Option<usize> {
    let place = next.get_mut(at)?;
    *place += 1;
    Some(*place - 1)
}
