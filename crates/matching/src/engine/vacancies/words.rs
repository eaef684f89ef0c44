//! What bounds the fit of 64 places at once, without a look at who stands there: their trade,
//! where they are, and how much of their skills is frequent.

use std::ops::Range;
use std::sync::OnceLock;

use domain::code::CommuneIx;
use domain::vacancy::Workplace;

use super::layout::Site;
use crate::definition::{ONE, Reach, Rules};
use crate::settings::Part;

/// Bounds are counted in units of a 32nd of a thousandth of the fit, rounded up: all of a fit is
/// 32,000.
pub(super) const PER_THOUSANDTH: u16 = 32;

/// A weighted value in units, rounded up.
pub(super) const fn units(weighted: u64) -> u16 {
    weighted.div_ceil(ONE / PER_THOUSANDTH as u64) as u16
}

/// What location brings to somebody.
#[derive(Debug, Default)]
pub(super) struct Nearness {
    /// By word: at most, in units.
    pub(super) words: Box<[u16]>,
    /// By site: exactly, to 1e9.
    pub(super) sites: Box<[u32]>,
}

/// By words of 64 places.
pub(super) struct Words {
    /// All sites, in their order.
    sites: Vec<Site>,
    /// The words of each trade, in their order; the country last.
    pub(super) runs: Vec<(u8, Range<usize>)>,
    /// By word: the trade of all that stand in it.
    pub(super) trades: Vec<u8>,
    /// The most that they can bring for skill where no rare skill is met; in units.
    pub(super) skill: Vec<u16>,
    /// Where the numbers of its sites begin in the list; one more at the end.
    starts: Vec<u32>,
    numbers: Vec<u32>,
    /// What remote work and unknown workplaces bring to everybody; in units.
    pub(super) fixed: Nearness,
    /// What known workplaces bring to who would go anywhere.
    pub(super) anywhere: Nearness,
    /// What known workplaces bring to who has no commune.
    pub(super) unknown: Nearness,
    by_province: Vec<OnceLock<Nearness>>,
    by_commune: Vec<OnceLock<Nearness>>,
}

impl Words {
    pub(super) fn new(sites: Vec<Site>, rules: &Rules) -> Self {
        let blank = |many: usize| (0..many).map(|_| OnceLock::new()).collect();
        Self {
            sites,
            runs: Vec::new(),
            trades: Vec::new(),
            skill: Vec::new(),
            starts: Vec::new(),
            numbers: Vec::new(),
            fixed: Nearness::default(),
            anywhere: Nearness::default(),
            unknown: Nearness::default(),
            by_province: blank(rules.geo.provinces()),
            by_commune: blank(rules.geo.communes()),
        }
    }

    /// Somebody stands in the next place.
    pub(super) fn stand(&mut self, place: usize, trade: u8, site: u32, frequent: u64) {
        let word = place / 64;
        while self.trades.len() <= word {
            self.trades.push(trade);
            self.skill.push(0);
            self.starts.push(self.numbers.len() as u32);
        }
        match self.runs.last_mut() {
            Some((last, run)) if *last == trade => run.end = word + 1,
            _ => self.runs.push((trade, word..word + 1)),
        }
        let start = self.starts.last().map_or(0, |&start| start as usize);
        let known = self.numbers.get(start..).unwrap_or_default();
        if !known.contains(&site) {
            self.numbers.push(site);
        }
        // Weighted when all stand; until then a 32,000th of the part.
        if let Some(most) = self.skill.last_mut() {
            *most = units(1_000 * frequent).max(*most);
        }
    }

    /// Everybody stands.
    pub(super) fn finish(&mut self, places: usize, rules: &Rules) {
        let words = places / 64;
        let weight = rules.settings.weights.of(Part::Skill);
        for most in &mut self.skill {
            *most = units(weight * u64::from(*most) * (ONE / 32_000));
        }
        self.trades.resize(words, 0);
        self.skill.resize(words, 0);
        self.starts.resize(words + 1, self.numbers.len() as u32);
        let neutral = rules.neutral(Part::Location);
        self.fixed = self.nearness(rules, |site| match site {
            Site::Remote => ONE,
            Site::Nowhere => neutral,
            Site::At(..) => 0,
        });
        let known = |f: u64| {
            move |site| match site {
                Site::At(..) => f,
                Site::Remote | Site::Nowhere => 0,
            }
        };
        self.anywhere = self.nearness(rules, known(ONE));
        self.unknown = self.nearness(rules, known(neutral));
    }

    /// What known workplaces bring to who has this commune.
    pub(super) fn of_commune(&self, rules: &Rules, from: CommuneIx) -> Option<&Nearness> {
        let cell = self.by_commune.get(from.index())?;
        Some(cell.get_or_init(|| {
            let row = rules.geo.row(from);
            self.nearness(rules, |site| match site {
                Site::At(place, lodged) => {
                    let reach = if lodged { Reach::Lodged } else { Reach::Daily };
                    u64::from(nearness(rules, row, from, place, reach))
                }
                Site::Remote | Site::Nowhere => 0,
            })
        }))
    }

    /// What workplaces in this province bring to who wishes it.
    pub(super) fn of_province(&self, rules: &Rules, province: usize) -> Option<&Nearness> {
        let cell = self.by_province.get(province)?;
        Some(cell.get_or_init(|| {
            self.nearness(rules, |site| {
                let of = match site {
                    Site::At(place, _) => rules.geo.province_of_workplace(place),
                    Site::Remote | Site::Nowhere => None,
                };
                if of.is_some_and(|of| of.index() == province) {
                    ONE
                } else {
                    0
                }
            })
        }))
    }

    fn nearness(&self, rules: &Rules, of: impl Fn(Site) -> u64) -> Nearness {
        let weight = rules.settings.weights.of(Part::Location);
        let of_site: Box<[u32]> = self.sites.iter().map(|&site| of(site) as u32).collect();
        let ends = self.starts.iter().skip(1);
        let words = self.starts.iter().zip(ends).map(|(&start, &end)| {
            let numbers = self.numbers.get(start as usize..end as usize);
            let numbers = numbers.unwrap_or_default().iter();
            let near = numbers.filter_map(|&number| of_site.get(number as usize));
            units(weight * u64::from(near.copied().max().unwrap_or(0)))
        });
        Nearness {
            words: words.collect(),
            sites: of_site,
        }
    }
}

/// How near a workplace is, as [`location::from_commune`](crate::definition::location) has it;
/// `row` holds the distances from the commune of the person, which are few, and not from the
/// workplace.
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
