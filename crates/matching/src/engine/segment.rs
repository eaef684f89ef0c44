//! Many seekers, laid out by place, with who has which skill and code per tile.

use std::collections::HashMap;

use domain::code::{CommuneIx, IscoCode, SkillIx};
use domain::id::SeekerId;
use domain::seeker::Seeker;

use super::row::{Row, code_place, pack, unpack};
use crate::definition::{Geo, usable};

/// A tile holds about this many people.
const PER_TILE: usize = 4_000;
/// Never more tiles of communes than this.
const MOST_TILES: usize = 256;

/// Which people a tile holds. Somebody stands in the tile of each commune that they live in or
/// wish, and in that of each wished province: so each tile has a tight bound for location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tile {
    /// Who lives in or wishes one of these communes.
    Communes(Vec<u16>),
    /// Who wishes this province.
    Province(u8),
    /// Who would work anywhere.
    Anywhere,
    /// Who has no commune.
    Nowhere,
}

/// The rows of one term in one tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) tile: u16,
    start: u32,
    end: u32,
}

/// Rows by term and tile.
#[derive(Default)]
pub(super) struct Postings {
    /// Per term: where its runs begin; one more at the end.
    terms: Vec<u32>,
    runs: Vec<Run>,
    rows: Vec<u32>,
}

impl Postings {
    fn new(mut entries: Vec<(u32, u16, u32)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        let mut postings = Self::default();
        for (term, tile, row) in entries {
            let at = postings.rows.len() as u32;
            let is_new_term = postings.terms.len() <= term as usize;
            while postings.terms.len() <= term as usize {
                postings.terms.push(postings.runs.len() as u32);
            }
            match postings.runs.last_mut() {
                Some(run) if !is_new_term && run.tile == tile => run.end = at + 1,
                _ => postings.runs.push(Run {
                    tile,
                    start: at,
                    end: at + 1,
                }),
            }
            postings.rows.push(row);
        }
        postings.terms.push(postings.runs.len() as u32);
        postings
    }

    /// The runs of a term, by tile.
    pub(super) fn runs(&self, term: usize) -> &[Run] {
        let start = self.terms.get(term).copied().unwrap_or(0) as usize;
        let end = self.terms.get(term + 1).copied().unwrap_or(0) as usize;
        self.runs.get(start..end).unwrap_or(&[])
    }

    /// The rows of a run.
    pub(super) fn rows(&self, run: Run) -> &[u32] {
        self.rows
            .get(run.start as usize..run.end as usize)
            .unwrap_or(&[])
    }
}

/// Seekers that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    pub(super) rows: Vec<Row>,
    pub(super) ids: Vec<SeekerId>,
    pub(super) registered: Vec<i64>,
    skills: Vec<SkillIx>,
    spilled: HashMap<u32, Seeker>,
    by_id: Vec<u32>,
    pub(super) tiles: Vec<Tile>,
    pub(super) by_skill: Postings,
    pub(super) by_code: Postings,
}

impl Segment {
    /// Lays these seekers out.
    pub(super) fn new(seekers: Vec<Seeker>, geo: &Geo) -> Self {
        let layout = Layout::new(&seekers, geo);
        let mut placed: Vec<(Vec<u16>, Seeker)> = seekers
            .into_iter()
            .map(|seeker| (layout.tiles_of(&seeker), seeker))
            .collect();
        // Neighbours in a tile with like codes stand together: their rows share cache lines and
        // the branches on them go the same way.
        placed.sort_by(|(tiles, seeker), (other_tiles, other)| {
            (tiles.first(), seeker.occupations.first(), seeker.id).cmp(&(
                other_tiles.first(),
                other.occupations.first(),
                other.id,
            ))
        });
        let mut segment = Self {
            rows: Vec::with_capacity(placed.len()),
            ids: Vec::with_capacity(placed.len()),
            registered: Vec::with_capacity(placed.len()),
            skills: Vec::new(),
            spilled: HashMap::new(),
            by_id: Vec::new(),
            tiles: layout.tiles,
            by_skill: Postings::default(),
            by_code: Postings::default(),
        };
        let mut skills = Vec::new();
        let mut codes = Vec::new();
        for (tiles, seeker) in placed {
            let row = segment.rows.len() as u32;
            for tile in tiles {
                skills.extend(seeker.skills.iter().map(|skill| (skill.0, tile, row)));
                codes.extend(
                    seeker
                        .occupations
                        .iter()
                        .flat_map(|&code| code_terms(code))
                        .map(|term| (u32::from(term), tile, row)),
                );
            }
            segment.push(seeker);
        }
        segment.by_skill = Postings::new(skills);
        segment.by_code = Postings::new(codes);
        let ids = &segment.ids;
        let mut by_id: Vec<u32> = (0..ids.len() as u32).collect();
        by_id.sort_unstable_by_key(|&row| ids.get(row as usize));
        segment.by_id = by_id;
        segment
    }

    fn push(&mut self, seeker: Seeker) {
        let row = pack(&seeker, self.skills.len() as u32);
        self.ids.push(seeker.id);
        self.registered
            .push(seeker.registered_at.timestamp_micros());
        self.skills.extend(&seeker.skills);
        if row.is_spilled() {
            self.spilled.insert(self.rows.len() as u32, seeker);
        }
        self.rows.push(row);
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of a seeker.
    pub(super) fn find(&self, id: SeekerId) -> Option<u32> {
        self.by_id
            .binary_search_by_key(&Some(&id), |&row| self.ids.get(row as usize))
            .ok()
            .and_then(|at| self.by_id.get(at).copied())
    }

    /// What the person of a row can do.
    pub(super) fn skills_of(&self, row: &Row) -> &[SkillIx] {
        let start = row.skills_start as usize;
        self.skills
            .get(start..start + usize::from(row.skills_len))
            .unwrap_or(&[])
    }

    /// The seeker of a row that does not fit into it.
    pub(super) fn spilled(&self, row: u32) -> Option<&Seeker> {
        self.spilled.get(&row)
    }

    /// The seeker of a row, as it was put in.
    pub(super) fn seeker(&self, at: u32) -> Option<Seeker> {
        if let Some(seeker) = self.spilled.get(&at) {
            return Some(seeker.clone());
        }
        let row = self.rows.get(at as usize)?;
        Some(unpack(
            row,
            *self.ids.get(at as usize)?,
            *self.registered.get(at as usize)?,
            self.skills_of(row).to_vec(),
        ))
    }
}

/// The terms under which a code is found: its prefixes of one to three digits, and a whole code
/// of group 1.
fn code_terms(code: IscoCode) -> impl Iterator<Item = u16> {
    let is_manager = code.prefix(1).is_some_and(|major| major.value() == 1);
    (1..=4)
        .filter(move |&digits| usable(code) && (digits < 4 || is_manager))
        .filter_map(move |digits| code.prefix(digits))
        .map(code_place)
}

struct Layout {
    tiles: Vec<Tile>,
    tile_of_commune: Vec<u16>,
    first_province: u16,
}

impl Layout {
    fn new(seekers: &[Seeker], geo: &Geo) -> Self {
        let mut people = vec![0_u32; geo.communes()];
        for commune in seekers.iter().flat_map(points) {
            if let Some(count) = people.get_mut(commune.index()) {
                *count += 1;
            }
        }
        let wanted = (seekers.len() / PER_TILE).clamp(1, MOST_TILES);
        let communes: Vec<u16> = (0..geo.communes())
            .filter_map(|commune| u16::try_from(commune).ok())
            .collect();
        let mut tiles = Vec::new();
        split(communes, wanted, &people, geo, &mut tiles);
        let mut tile_of_commune = vec![0; geo.communes()];
        for (tile, communes) in (0_u16..).zip(&tiles) {
            for &commune in communes {
                if let Some(place) = tile_of_commune.get_mut(usize::from(commune)) {
                    *place = tile;
                }
            }
        }
        let first_province = tiles.len() as u16;
        let mut tiles: Vec<Tile> = tiles.into_iter().map(Tile::Communes).collect();
        tiles.extend((0..geo.provinces()).map(|province| Tile::Province(province as u8)));
        tiles.push(Tile::Anywhere);
        tiles.push(Tile::Nowhere);
        Self {
            tiles,
            tile_of_commune,
            first_province,
        }
    }

    /// The tiles in which a seeker stands, home first.
    fn tiles_of(&self, seeker: &Seeker) -> Vec<u16> {
        let mut tiles: Vec<u16> = points(seeker)
            .filter_map(|commune| self.tile_of_commune.get(commune.index()).copied())
            .collect();
        let last = self.tiles.len() as u16 - 1;
        if tiles.is_empty() {
            tiles.push(last);
        }
        tiles.extend(
            seeker
                .wished_provinces
                .iter()
                .map(|province| self.first_province + u16::from(province.0)),
        );
        if seeker.anywhere {
            tiles.push(last - 1);
        }
        let mut seen = Vec::with_capacity(tiles.len());
        tiles.retain(|tile| {
            let is_new = !seen.contains(tile);
            seen.push(*tile);
            is_new
        });
        tiles
    }
}

fn points(seeker: &Seeker) -> impl Iterator<Item = CommuneIx> + '_ {
    seeker
        .residence
        .into_iter()
        .chain(seeker.wished_communes.iter().copied())
}

/// Splits communes at the median of the people along the longer side, until there are `wanted`.
fn split(
    mut communes: Vec<u16>,
    wanted: usize,
    people: &[u32],
    geo: &Geo,
    tiles: &mut Vec<Vec<u16>>,
) {
    if wanted <= 1 || communes.len() <= 1 {
        tiles.push(communes);
        return;
    }
    let at = |&commune: &u16| geo.position(CommuneIx(commune));
    let extent = |side: fn((f64, f64)) -> f64| {
        let values = communes.iter().map(|commune| side(at(commune)));
        let (least, most) = values.fold((f64::MAX, f64::MIN), |(least, most), value| {
            (least.min(value), most.max(value))
        });
        most - least
    };
    let by_latitude = extent(|(lat, _)| lat) >= extent(|(_, lon)| lon);
    communes.sort_by(|one, other| {
        let ((lat, lon), (other_lat, other_lon)) = (at(one), at(other));
        if by_latitude {
            lat.total_cmp(&other_lat)
        } else {
            lon.total_cmp(&other_lon)
        }
    });
    let weight =
        |commune: &u16| u64::from(people.get(usize::from(*commune)).copied().unwrap_or(0)) + 1;
    let total: u64 = communes.iter().map(weight).sum();
    let mut before = 0;
    let cut = communes
        .iter()
        .position(|commune| {
            before += weight(commune);
            2 * before >= total
        })
        .map_or(1, |at| at + 1)
        .clamp(1, communes.len() - 1);
    let rest = communes.split_off(cut);
    split(communes, wanted / 2, people, geo, tiles);
    split(rest, wanted - wanted / 2, people, geo, tiles);
}
