//! Which of the units of a name is meant: by what stands beside it, then from home outward.

use super::area::Area;
use super::kind::{Kind, Level};
use super::names::Entry;
use super::part::Mention;
use crate::code::{LegacyProvinceIx, ProvinceIx};

/// A province that is named in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Province {
    today: Option<ProvinceIx>,
    before: Option<LegacyProvinceIx>,
    /// The province of 2025 in which it lies, or that it is.
    lies_in: ProvinceIx,
    /// As a unit of today or of before.
    area: Area,
}

impl Province {
    fn has(self, entry: &Entry) -> bool {
        let was_in = self.before.is_some() && self.before == entry.before;
        was_in || self.today.is_some() && self.today == Some(entry.today)
    }

    /// It is gone since July 2025, or meant as it was before.
    const fn is_gone(self) -> bool {
        self.today.is_none()
    }
}

/// What a mention was found to be.
#[derive(Debug, Clone, Copy)]
struct Found {
    area: Area,
    /// The mentions of wider units in which it lies.
    within: [Option<usize>; 2],
}

/// The units meant by the names of a list, the finest of those that lie in each other, in its
/// order; `None` for names that are not understood. `home`: the provinces from which a name that
/// several units bear is looked for.
pub(super) fn resolve(mentions: &[Mention<'_>], home: &[ProvinceIx]) -> Vec<Option<Area>> {
    let provinces: Vec<Option<Province>> = mentions.iter().map(province).collect();
    let mut found: Vec<Option<Found>> = vec![None; mentions.len()];
    for (at, mention) in mentions.iter().enumerate().rev() {
        let this = match provinces.get(at).copied().flatten() {
            Some(province) => within_itself(mentions, &provinces, at).unwrap_or(Found {
                area: province.area,
                within: [None, wider_at_home(&provinces, at, home)],
            }),
            None => match below(mention, at, &provinces, &found, home) {
                Some(this) => this,
                None => continue,
            },
        };
        if let Some(slot) = found.get_mut(at) {
            *slot = Some(this);
        }
    }
    let within: Vec<usize> = found
        .iter()
        .flatten()
        .flat_map(|this| this.within)
        .flatten()
        .collect();
    let areas = found.iter().enumerate();
    areas
        .map(|(at, this)| this.filter(|_| !within.contains(&at)).map(|this| this.area))
        .collect()
}

/// A name of a province means the province, unless its kind says otherwise: "TP Kon Tum" was a
/// district, "TP Hà Nội" is none.
fn province(mention: &Mention<'_>) -> Option<Province> {
    let is_district_city = mention
        .entries
        .iter()
        .any(|entry| entry.is_district() && entry.kind == Some(Kind::City));
    let fits = |entry: &&Entry| match mention.kind {
        None | Some(Kind::Province) => true,
        Some(Kind::City) => entry.kind == Some(Kind::City) || !is_district_city,
        Some(_) => false,
    };
    let entries = || {
        mention
            .entries
            .iter()
            .filter(|entry| entry.is_province())
            .filter(fits)
    };
    let today = entries().find_map(|entry| match entry.area {
        Area::Province(at) => Some(at),
        _ => None,
    });
    let before = entries().find_map(|entry| entry.before);
    let today = today.filter(|_| !mention.is_old || before.is_none());
    let area = today
        .map(Area::Province)
        .or(before.map(Area::LegacyProvince))?;
    let lies_in = entries().next()?.today;
    Some(Province {
        today,
        before,
        lies_in,
        area,
    })
}

/// "Kon Tum, Kon Tum": the town in its province.
fn within_itself(
    mentions: &[Mention<'_>],
    provinces: &[Option<Province>],
    at: usize,
) -> Option<Found> {
    let mention = mentions.get(at).filter(|mention| mention.kind.is_none())?;
    let next = at.saturating_add(1);
    let province = provinces.get(next).copied().flatten()?;
    let is_same = provinces.get(at).copied().flatten() == Some(province);
    let town = mention
        .entries
        .iter()
        .find(|entry| entry.is_district() && province.has(entry));
    town.filter(|_| is_same).map(|town| Found {
        area: town.area,
        within: [None, Some(next)],
    })
}

/// "Kon Tum, Quảng Ngãi": at home the second says where the first lies now; elsewhere such a pair
/// may be a list of two.
fn wider_at_home(provinces: &[Option<Province>], at: usize, home: &[ProvinceIx]) -> Option<usize> {
    let this = provinces.get(at).copied().flatten()?;
    let next = at.saturating_add(1);
    let wider = provinces.get(next).copied().flatten()?.today?;
    let is_within = this.is_gone() && this.lies_in == wider && home.first() == Some(&wider);
    is_within.then_some(next)
}

/// A unit below a province.
fn below(
    mention: &Mention<'_>,
    at: usize,
    provinces: &[Option<Province>],
    found: &[Option<Found>],
    home: &[ProvinceIx],
) -> Option<Found> {
    let after = at.saturating_add(1);
    let is_district = |at: usize| {
        let area = found.get(at).copied().flatten()?.area;
        match area {
            Area::LegacyDistrict(district) => Some((at, district)),
            _ => None,
        }
    };
    let next_province = (after..provinces.len())
        .find(|&at| provinces.get(at).copied().flatten().is_some())
        .unwrap_or(provinces.len());
    // In the district that follows, before a province does.
    let is_finer = mention.kind.and_then(Kind::level) != Some(Level::District);
    let next_district = (after..next_province).find_map(is_district);
    if let Some((district_at, district)) = next_district.filter(|_| is_finer) {
        let inside = |entry: &Entry| entry.district == Some(district);
        if let Some(entry) = pick(mention, &inside, &[is_old_commune]) {
            return Some(Found {
                area: entry.area,
                within: [Some(district_at), containing(district_at, found)],
            });
        }
    }
    let around = (after..provinces.len()).chain((0..at).rev());
    for other in around {
        let Some(province) = provinces.get(other).copied().flatten() else {
            continue;
        };
        if let Some(entry) = in_province(mention, province) {
            return Some(Found {
                area: entry.area,
                within: [None, Some(other)],
            });
        }
    }
    let is_followed = next_province < provinces.len();
    let entry = from_home(mention, home)?;
    // "Phan Đình Phùng, Kon Tum": a street rather than a ward elsewhere.
    let is_street = is_followed && mention.kind.is_none() && !entry.is_district();
    (!is_street).then_some(Found {
        area: entry.area,
        within: [None, None],
    })
}

/// The mention of the province in which a found district lies.
fn containing(district: usize, found: &[Option<Found>]) -> Option<usize> {
    found
        .get(district)
        .copied()
        .flatten()?
        .within
        .into_iter()
        .flatten()
        .last()
}

type Fits = fn(&Entry) -> bool;

const fn is_district(entry: &Entry) -> bool {
    matches!(entry.area, Area::LegacyDistrict(_))
}

const fn is_commune(entry: &Entry) -> bool {
    matches!(entry.area, Area::Commune(_))
}

const fn is_old_commune(entry: &Entry) -> bool {
    matches!(entry.area, Area::LegacyCommune(_))
}

/// The steps in which a mention is looked for, by the kind that is written.
fn steps(mention: &Mention<'_>, old_first: bool) -> &'static [Fits] {
    let old_first = old_first || mention.is_old;
    match mention.kind.and_then(Kind::level) {
        Some(Level::District) => &[is_district],
        Some(Level::Commune) if mention.kind == Some(Kind::Township) => {
            &[is_old_commune, is_commune]
        }
        Some(Level::Commune) if old_first => &[is_old_commune, is_commune],
        Some(Level::Commune) => &[is_commune, is_old_commune],
        None if mention.kind.is_some() => &[],
        None if old_first => &[is_district, is_old_commune, is_commune],
        None => &[is_district, is_commune, is_old_commune],
    }
}

fn in_province<'n>(mention: &Mention<'n>, province: Province) -> Option<&'n Entry> {
    let steps = steps(mention, province.is_gone());
    // As it was, then as it is: "TP Quảng Ngãi, Quảng Ngãi" and "TP Kon Tum, Quảng Ngãi".
    let as_it_was = |entry: &Entry| {
        province.before.is_some() && province.before == entry.before || is_commune(entry)
    };
    let inside = |entry: &Entry| province.has(entry);
    pick(mention, &|entry| as_it_was(entry) && inside(entry), steps)
        .or_else(|| pick(mention, &inside, steps))
}

/// From home outward, and in the country where it is the only one.
fn from_home<'n>(mention: &Mention<'n>, home: &[ProvinceIx]) -> Option<&'n Entry> {
    let steps = steps(mention, false);
    for province in home {
        let here = |entry: &Entry| entry.today == *province && !entry.is_province();
        if mention
            .entries
            .iter()
            .any(|entry| here(entry) && steps.iter().any(|fits| fits(entry)))
        {
            return pick(mention, &here, steps);
        }
    }
    let is_word = mention.kind.is_none() && mention.length == 1;
    let steps = if is_word {
        steps.get(..1).unwrap_or_default()
    } else {
        steps
    };
    pick(mention, &|_| true, steps)
}

/// The only unit of the first step that has any: of the kind that is written, and with the tones
/// that are written, where that tells several apart.
fn pick<'n>(
    mention: &Mention<'n>,
    keep: &dyn Fn(&Entry) -> bool,
    steps: &[Fits],
) -> Option<&'n Entry> {
    for fits in steps {
        let all: Vec<&'n Entry> = mention
            .entries
            .iter()
            .filter(|entry| fits(entry) && keep(entry))
            .collect();
        if all.is_empty() {
            continue;
        }
        let only = |keep: &dyn Fn(&Entry) -> bool| {
            let mut kept = all.iter().filter(|entry| keep(entry));
            let first = kept.next()?;
            kept.next().is_none().then_some(*first)
        };
        let is_kind = |entry: &Entry| mention.kind.is_some() && entry.kind == mention.kind;
        let is_said = |entry: &Entry| entry.said == mention.said;
        return only(&|_| true)
            .or_else(|| only(&is_said))
            .or_else(|| only(&is_kind))
            .or_else(|| only(&|entry| is_kind(entry) && is_said(entry)));
    }
    None
}
