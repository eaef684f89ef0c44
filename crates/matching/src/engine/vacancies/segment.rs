//! Many vacancies, laid out by trade and place, with planes that say what each asks for, and
//! postings of the rare skills.

use std::sync::Arc;

use domain::id::VacancyId;
use domain::vacancy::{Asked, Offer};

use super::super::vector::prefetch;
use super::basis::{Basis, Families};
use super::classes::Classes;
use super::layout::{COUNTRY, Layout, Standing, trades};
use super::planes::{Bits, Planes};
use super::postings::{Months, Posting, Postings, step};
use super::row::{HELD, Links, Row};
use crate::definition::{ONE, Rules, SharedSkill, shares};
use crate::settings::Part;

/// A skill is frequent where more than one in so many vacancies asks for it.
const FREQUENT: usize = 300;
/// So few never make a skill frequent: in a small segment all are rare.
const FEW: usize = 12;
/// A skill that is not frequent.
const RARE: u16 = u16::MAX;

/// A skill that counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) skill: u32,
    /// Of 1e9.
    pub(super) share: u32,
}

/// Vacancies that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    /// First those that stand somewhere, by row.
    pub(super) offers: Vec<Arc<Offer>>,
    pub(super) rows: Vec<Row>,
    pub(super) ids: Vec<VacancyId>,
    /// Those that do not fit into a row: their own facts are taken.
    pub(super) odd: Vec<u32>,
    skills: Vec<Counted>,
    more_sites: Vec<u32>,
    by_id: Vec<u32>,
    pub(super) layout: Layout,
    pub(super) planes: Planes,
    pub(super) postings: Postings,
    pub(super) classes: Classes,
    /// By skill: its number among the frequent ones.
    slots: Vec<u16>,
}

/// A vacancy on its way into a segment.
struct Incoming {
    offer: Arc<Offer>,
    shared: Vec<SharedSkill>,
    row: Option<Row>,
}

impl Segment {
    /// Lays these vacancies out.
    pub(super) fn new(offers: Vec<Arc<Offer>>, rules: &Rules, basis: &Basis) -> Self {
        let mut classes = Classes::default();
        let mut incoming: Vec<Incoming> = offers
            .into_iter()
            .map(|offer| {
                let shared = shares(rules, &offer);
                let row = row(&mut classes, &offer, &shared);
                Incoming { offer, shared, row }
            })
            .collect();
        let (slots, frequent) = slots(&incoming, rules.codes.skills.len());
        let standing: Vec<Option<Standing<'_>>> = incoming
            .iter()
            .map(|one| {
                one.can_stand().then(|| Standing {
                    offer: &one.offer,
                    frequent: one.frequent(rules, &slots),
                })
            })
            .collect();
        let (layout, row_of) = Layout::new(&standing, rules, basis);
        drop(standing);
        let mut order: Vec<(u32, Incoming)> = row_of.into_iter().zip(incoming.drain(..)).collect();
        order.sort_unstable_by_key(|&(row, _)| row);
        let incoming: Vec<Incoming> = order.into_iter().map(|(_, one)| one).collect();
        let bits: Vec<Bits> = incoming
            .iter()
            .take_while(|one| one.can_stand())
            .map(|one| Bits::of(&one.offer, &one.shared, |skill| slot(&slots, skill)))
            .collect();
        let sites = sites(&layout);
        let mut segment = Self {
            offers: Vec::with_capacity(incoming.len()),
            rows: Vec::with_capacity(bits.len()),
            ids: Vec::with_capacity(incoming.len()),
            odd: Vec::new(),
            skills: Vec::new(),
            more_sites: Vec::new(),
            by_id: Vec::new(),
            planes: Planes::new(&layout, frequent, &bits),
            postings: postings(&sites, &incoming, &slots, basis),
            layout,
            classes,
            slots,
        };
        for (at, one) in (0_u32..).zip(incoming) {
            let start = sites.partition_point(|&(row, _)| row < at);
            let of_row = sites.get(start..).unwrap_or_default().iter();
            let of_row = of_row.take_while(|&&(row, _)| row == at);
            let of_row: Vec<u32> = of_row.map(|&(_, site)| site).collect();
            segment.push(one, &of_row);
        }
        let mut by_id: Vec<u32> = (0..segment.offers.len() as u32).collect();
        by_id.sort_unstable_by_key(|&row| segment.ids.get(row as usize));
        segment.by_id = by_id;
        segment
    }

    fn push(&mut self, one: Incoming, sites: &[u32]) {
        let at = self.offers.len() as u32;
        let can_stand = one.can_stand();
        match one.row {
            None => self.odd.push(at),
            Some(_) if !can_stand => {}
            Some(mut row) => {
                row.more_start = self.skills.len() as u32;
                row.set_sites(sites, self.more_sites.len() as u32);
                self.more_sites.extend(sites.iter().skip(1));
                self.rows.push(row);
                let more = one.shared.iter().skip(HELD);
                self.skills.extend(more.map(|shared| Counted {
                    skill: shared.skill.0,
                    share: shared.share as u32,
                }));
            }
        }
        self.ids.push(one.offer.id);
        self.offers.push(one.offer);
    }

    pub(super) const fn len(&self) -> usize {
        self.offers.len()
    }

    /// The row of a vacancy.
    pub(super) fn find(&self, id: VacancyId) -> Option<u32> {
        self.by_id
            .binary_search_by_key(&Some(&id), |&row| self.ids.get(row as usize))
            .ok()
            .and_then(|at| self.by_id.get(at).copied())
    }

    /// The number of a frequent skill.
    pub(super) fn slot(&self, skill: u32) -> Option<u16> {
        slot(&self.slots, skill)
    }

    /// The skills that count and do not stand in the row.
    pub(super) fn more_skills_of(&self, row: &Row) -> &[Counted] {
        let more = row.skills_len().saturating_sub(HELD);
        let start = row.more_start as usize;
        self.skills.get(start..start + more).unwrap_or(&[])
    }

    /// Asks the memory for what a row refers to.
    pub(super) fn prefetch_more(&self, row: &Row) {
        if let Some(skill) = self.more_skills_of(row).first() {
            prefetch(skill);
        }
        if let Some(site) = self.more_sites_of(row).first() {
            prefetch(site);
        }
    }

    /// The sites of a row but the first.
    pub(super) fn more_sites_of(&self, row: &Row) -> &[u32] {
        let start = row.more_sites_start as usize;
        self.more_sites
            .get(start..start + row.more_sites())
            .unwrap_or(&[])
    }
}

impl Incoming {
    /// Whether it can ever be applied for, and has a row.
    fn can_stand(&self) -> bool {
        self.row.is_some()
            && self.offer.status.is_shown()
            && self.offer.filled < self.offer.positions
    }

    /// The most that it can bring for skill where none of its rare skills is met.
    fn frequent(&self, rules: &Rules, slots: &[u16]) -> u64 {
        if self.offer.skills == Asked::NotRequired {
            ONE
        } else if self.shared.is_empty() {
            rules.neutral(Part::Skill)
        } else {
            let frequent = self.shared.iter();
            frequent
                .filter(|shared| slot(slots, shared.skill.0).is_some())
                .map(|shared| shared.share)
                .sum()
        }
    }
}

fn row(classes: &mut Classes, offer: &Offer, shared: &[SharedSkill]) -> Option<Row> {
    let links = Links {
        occupation: classes.of_codes(offer)?,
        training: classes.of_training(offer)?,
    };
    Row::new(offer, shared, links)
}

fn slot(slots: &[u16], skill: u32) -> Option<u16> {
    slots
        .get(skill as usize)
        .copied()
        .filter(|&slot| slot != RARE)
}

/// Numbers the frequent skills; with how many there are.
fn slots(incoming: &[Incoming], skills: usize) -> (Vec<u16>, usize) {
    let mut asked = vec![0_usize; skills];
    for shared in incoming.iter().flat_map(|one| &one.shared) {
        if let Some(asked) = asked.get_mut(shared.skill.index()) {
            *asked += 1;
        }
    }
    let least = (incoming.len() / FREQUENT).max(FEW);
    let mut next = 0;
    let slots = asked.into_iter().map(|asked| {
        if asked <= least {
            return RARE;
        }
        next += 1;
        next - 1
    });
    (slots.collect(), usize::from(next))
}

/// The sites of each row.
fn sites(layout: &Layout) -> Vec<(u32, u32)> {
    let standing = layout.standing();
    let mut sites: Vec<(u32, u32)> = standing.map(|(_, entry)| (entry.row, entry.site)).collect();
    sites.sort_unstable();
    sites.dedup();
    sites
}

fn postings(sites: &[(u32, u32)], incoming: &[Incoming], slots: &[u16], basis: &Basis) -> Postings {
    let mut entries = Vec::new();
    for &(at, site) in sites {
        let Some(one) = incoming.get(at as usize) else {
            continue;
        };
        let Some(row) = &one.row else { continue };
        let months = Months::of(&one.offer);
        let trade = match trades(&one.offer)[..] {
            [trade] => trade,
            _ => COUNTRY,
        };
        let is_frequent = |shared: &&SharedSkill| slot(slots, shared.skill.0).is_some();
        let frequent = one.shared.iter().filter(is_frequent);
        let (mut tail, mut others) = frequent.fold((0, Families::default()), |(sum, all), one| {
            (sum + one.share, all | basis.family(one.skill.0))
        });
        // From the least rare skill to the largest.
        for shared in one.shared.iter().rev().filter(|one| !is_frequent(one)) {
            tail += shared.share;
            let posting = Posting {
                others,
                row: at,
                site,
                training: row.training,
                tail: step(tail),
                share: step(shared.share),
                trade,
                months,
                suits_minors: row.suits_minors(),
            };
            entries.push((shared.skill.0, posting));
            others = others | basis.family(shared.skill.0);
        }
    }
    Postings::new(entries)
}
