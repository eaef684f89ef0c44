//! How many people reach a fit, now and after each of several changes of the offer.
//!
//! All changed offers are counted in one pass. A change alters one part, so that a row's parts are
//! computed once for the offer as it is, and once more only where a change reads them otherwise.
//! Tile by tile, the lists of all offers are brought together into a mask per row: which of the
//! skills that count for any of the offers the person has, or has a relative of, and whether they
//! have a code in one of its groups. The mask alone bounds the fit under every offer; few rows
//! are left to be read.

use std::ops::AddAssign;

use chrono::NaiveDate;
use domain::code::SkillIx;
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};

use super::people::{Effort, People, Shard};
use super::query::{Query, Term};
use super::row::{Row, code_place};
use super::segment::{Run, Segment};
use crate::definition::{
    Credit, ONE, Rules, SharedSkill, candidate_codes, location, occupation, shares,
};
use crate::scan::ranked;
use crate::settings::Part;

/// Bits of a mask: the skill itself from 0, a relative of it from here.
const RELATIVE: u32 = 24;
/// The person has a code in a group of the offer as it is.
const CODE: u64 = 1 << 62;
/// The person has a code in a group that leads only to an offer that asks for no skill.
const SHORT_CODE: u64 = 1 << 63;
const OWN_BITS: u64 = (1 << RELATIVE) - 1;

/// An offer with one part changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changed {
    /// The part in which it differs; never the occupation.
    pub(crate) part: Part,
    /// The offer after the change. Who may be ranked for it stays the same: whether it is open,
    /// its employer, contracts, whether it is abroad or suits minors.
    pub(crate) offer: Offer,
}

/// What a change brings: who reaches the fit only with it, and who only without it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Reached with the change, not without it.
    pub gained: usize,
    /// Reached without the change, not with it.
    pub lost: usize,
}

impl Moved {
    /// What is gained less what is lost.
    pub const fn net(self) -> isize {
        self.gained as isize - self.lost as isize
    }

    /// Notes one pair: whether it reaches the fit before and after.
    pub(crate) const fn note(&mut self, before: bool, after: bool) {
        match (before, after) {
            (false, true) => self.gained += 1,
            (true, false) => self.lost += 1,
            (true, true) | (false, false) => {}
        }
    }
}

impl AddAssign for Moved {
    fn add_assign(&mut self, other: Self) {
        self.gained += other.gained;
        self.lost += other.lost;
    }
}

/// Who reaches a fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reached {
    /// So many reach it now.
    pub(crate) now: usize,
    /// What each change brings, in the order of the changes.
    pub(crate) moved: Vec<Moved>,
    /// What had to be looked at.
    pub(crate) effort: Effort,
}

impl People {
    /// How many people reach `least` thousandths for the offer, and what each change of it
    /// brings: exactly what counting through [`crate::scan::ranked`] gives.
    pub(crate) fn count_from(
        &self,
        rules: &Rules,
        offer: &Offer,
        changes: &[Changed],
        as_of: NaiveDate,
        least: u16,
    ) -> Reached {
        let mut count = Count::new(rules, offer, changes, as_of, least);
        if offer.is_open(as_of) {
            for seeker in self.unsealed.values() {
                count.add_seeker(seeker);
            }
            for shard in &self.shards {
                count.add_shard(shard);
            }
        }
        count.into_reached()
    }
}

/// The skills that count for one offer, by their bits.
struct Skills {
    shares: Vec<(u32, u64)>,
    /// Who has one of these bits is a candidate.
    leads: u64,
    /// The value where no skill counts.
    without: u64,
}

impl Skills {
    fn value(&self, mask: u64) -> u64 {
        if self.shares.is_empty() {
            return self.without;
        }
        self.shares
            .iter()
            .map(|&(bit, share)| share * credit(mask, bit).tenths())
            .sum::<u64>()
            / 10
    }
}

const fn credit(mask: u64, bit: u32) -> Credit {
    if mask >> bit & 1 == 1 {
        Credit::Own
    } else if mask >> (bit + RELATIVE) & 1 == 1 {
        Credit::Relative
    } else {
        Credit::None
    }
}

/// How a change is counted.
enum Way<'a> {
    /// By reading the changed part of a row.
    Row(Part, Query<'a>),
    /// By other shares of the skills.
    Skills(Skills),
    /// As an earlier change, which brings the same.
    Same(usize),
}

/// A list of rows that the mask is made of.
struct Source {
    term: Term,
    bits: u64,
}

struct Count<'a> {
    rules: &'a Rules,
    offer: &'a Offer,
    changes: &'a [Changed],
    as_of: NaiveDate,
    least: u16,
    /// The sum from which the fit is reached.
    must: u64,
    query: Query<'a>,
    skills: Skills,
    ways: Vec<Way<'a>>,
    sources: Vec<Source>,
    ceiling: Ceiling,
    now: usize,
    moved: Vec<Moved>,
    effort: Effort,
}

/// The most that parts can bring under any of the offers, weighted.
struct Ceiling {
    /// Per bit: the largest share.
    shares: Vec<u64>,
    /// The value of skill where none counts, for who comes by a code.
    without: u64,
    occupation: u64,
    occupation_without_code: u64,
    /// Training, experience and terms.
    rest: u64,
}

impl Ceiling {
    fn skill(&self, mask: u64) -> u64 {
        let own = mask & OWN_BITS;
        let relative = mask >> RELATIVE & OWN_BITS & !own;
        let tenths =
            self.sum(own) * Credit::Own.tenths() + self.sum(relative) * Credit::Relative.tenths();
        let by_skill = (tenths / 10).min(ONE);
        if mask & (CODE | SHORT_CODE) == 0 {
            by_skill
        } else {
            by_skill.max(self.without)
        }
    }

    fn sum(&self, mut bits: u64) -> u64 {
        let mut sum = 0;
        while bits != 0 {
            sum += self
                .shares
                .get(bits.trailing_zeros() as usize)
                .unwrap_or(&0);
            bits &= bits - 1;
        }
        sum
    }

    const fn occupation(&self, mask: u64) -> u64 {
        if mask & (CODE | SHORT_CODE) == 0 {
            self.occupation_without_code
        } else {
            self.occupation
        }
    }
}

impl<'a> Count<'a> {
    fn new(
        rules: &'a Rules,
        offer: &'a Offer,
        changes: &'a [Changed],
        as_of: NaiveDate,
        least: u16,
    ) -> Self {
        let query = Query::new(rules, offer, as_of);
        let counted: Vec<Vec<SharedSkill>> = std::iter::once(offer)
            .chain(changes_of_skill(changes))
            .map(|offer| shares(rules, offer))
            .collect();
        let mut union: Vec<SkillIx> = counted.iter().flatten().map(|asked| asked.skill).collect();
        union.sort_unstable();
        union.dedup();
        let skills = skills(rules, offer, offer, &union);
        let mut ways = Vec::with_capacity(changes.len());
        for (at, changed) in changes.iter().enumerate() {
            let same = changes
                .iter()
                .take(at)
                .position(|earlier| brings_the_same(earlier, changed));
            ways.push(match (same, changed.part) {
                (Some(earlier), _) => Way::Same(earlier),
                (None, Part::Skill) => {
                    Way::Skills(self::skills(rules, offer, &changed.offer, &union))
                }
                (None, part) => Way::Row(part, Query::new(rules, &changed.offer, as_of)),
            });
        }
        let ceiling = ceiling(rules, &query, &skills, &ways, union.len());
        Self {
            sources: sources(rules, offer, changes, &union),
            must: u64::from(least) * ONE,
            moved: vec![Moved::default(); changes.len()],
            now: 0,
            effort: Effort::default(),
            rules,
            offer,
            changes,
            as_of,
            least,
            query,
            skills,
            ways,
            ceiling,
        }
    }

    const fn weight(&self, part: Part) -> u64 {
        self.rules.settings.weights.of(part)
    }

    fn add_seeker(&mut self, seeker: &Seeker) {
        let reaches = |offer: &Offer| {
            ranked(self.rules, offer, seeker, self.as_of)
                .is_some_and(|fit| fit.thousandths() >= self.least)
        };
        let before = reaches(self.offer);
        let after: Vec<bool> = self
            .changes
            .iter()
            .map(|changed| reaches(&changed.offer))
            .collect();
        self.now += usize::from(before);
        for (moved, after) in self.moved.iter_mut().zip(after) {
            moved.note(before, after);
        }
    }

    fn add_shard(&mut self, shard: &Shard) {
        let segment = &*shard.segment;
        let mut masks = vec![0_u64; segment.len()];
        let mut done = vec![0_u64; segment.len().div_ceil(64)];
        let mut touched: Vec<u32> = Vec::new();
        let mut runs = self.runs(segment);
        runs.sort_by_key(|(run, _)| run.tile);
        for of_tile in runs.chunk_by(|(one, _), (other, _)| one.tile == other.tile) {
            let Some(location) = of_tile
                .first()
                .and_then(|(run, _)| self.location_of_tile(segment, run.tile))
            else {
                continue;
            };
            for (run, source) in of_tile {
                let Some(source) = self.sources.get(*source) else {
                    continue;
                };
                let rows = rows_of(segment, source.term, *run);
                self.effort.runs += 1;
                self.effort.postings += rows.len();
                for &row in rows {
                    if let Some(mask) = masks.get_mut(row as usize) {
                        if *mask == 0 {
                            touched.push(row);
                        }
                        *mask |= source.bits;
                    }
                }
            }
            for row in touched.drain(..) {
                let Some(mask) = masks.get_mut(row as usize).map(std::mem::take) else {
                    continue;
                };
                let bound = self.weight(Part::Skill) * self.ceiling.skill(mask)
                    + self.ceiling.occupation(mask)
                    + self.ceiling.rest
                    + location;
                if bound < self.must || shard.is_gone(row) {
                    continue;
                }
                // Somebody stands in several tiles, and counts once.
                let (word, bit) = (row as usize / 64, 1 << (row % 64));
                match done.get_mut(word) {
                    Some(word) if *word & bit == 0 => *word |= bit,
                    _ => continue,
                }
                self.add_row(segment, row, mask);
            }
        }
    }

    fn runs(&self, segment: &Segment) -> Vec<(Run, usize)> {
        self.sources
            .iter()
            .enumerate()
            .flat_map(|(at, source)| {
                let runs = match source.term {
                    Term::Skill(term) => segment.by_skill.runs(term),
                    Term::Code(term) => segment.by_code.runs(term),
                };
                runs.iter().map(move |&run| (run, at))
            })
            .collect()
    }

    /// The most that location can bring in a tile, weighted; `None`: nobody there needs to be
    /// looked at.
    fn location_of_tile(&self, segment: &Segment, tile: u16) -> Option<u64> {
        let tile = segment.tiles.get(usize::from(tile))?;
        self.queries_of(Part::Location)
            .filter_map(|query| query.tile_bound(tile))
            .max()
            .map(|most| self.weight(Part::Location) * u64::from(most))
    }

    /// The offer as it is, and those whose change is in this part.
    fn queries_of(&self, part: Part) -> impl Iterator<Item = &Query<'a>> {
        std::iter::once(&self.query).chain(self.ways.iter().filter_map(move |way| match way {
            Way::Row(of, query) if *of == part => Some(query),
            _ => None,
        }))
    }

    fn add_row(&mut self, segment: &Segment, at: u32, mask: u64) {
        let Some(row) = segment.rows.get(at as usize) else {
            return;
        };
        if row.is_spilled() {
            if let Some(seeker) = segment.spilled(at) {
                self.add_seeker(seeker);
            }
            return;
        }
        self.effort.rows += 1;
        if !self.query.is_eligible(row) || !self.can_reach(row, mask) {
            return;
        }
        self.effort.scores += 1;
        let weigh = |part: Part, f: u64| self.rules.settings.weights.of(part) * f;
        let skill = weigh(Part::Skill, self.skills.value(mask));
        let sum: u64 = skill
            + Part::ALL
                .into_iter()
                .filter(|&part| part != Part::Skill)
                .map(|part| weigh(part, value(&self.query, part, row)))
                .sum::<u64>();
        let leads = mask & self.skills.leads != 0;
        let before = leads && sum >= self.must;
        self.now += usize::from(before);
        for (way, moved) in self.ways.iter().zip(&mut self.moved) {
            let (leads, after) = match way {
                Way::Row(part, query) => (
                    leads,
                    sum - weigh(*part, value(&self.query, *part, row))
                        + weigh(*part, value(query, *part, row)),
                ),
                Way::Skills(skills) => (
                    mask & skills.leads != 0,
                    sum - skill + weigh(Part::Skill, skills.value(mask)),
                ),
                Way::Same(_) => continue,
            };
            moved.note(before, leads && after >= self.must);
        }
    }

    /// Whether the row can reach the fit under one of the offers, by place and occupation.
    fn can_reach(&self, row: &Row, mask: u64) -> bool {
        let location = self
            .queries_of(Part::Location)
            .map(|query| query.location(row))
            .max()
            .unwrap_or(0);
        let sum = self.weight(Part::Skill) * self.ceiling.skill(mask)
            + self.weight(Part::Location) * u64::from(location)
            + self.weight(Part::Occupation) * self.query.occupation(row)
            + self.ceiling.rest;
        sum >= self.must
    }

    fn into_reached(mut self) -> Reached {
        for at in 0..self.ways.len() {
            if let Some(Way::Same(earlier)) = self.ways.get(at)
                && let Some(&same) = self.moved.get(*earlier)
                && let Some(moved) = self.moved.get_mut(at)
            {
                // Who was counted by the definition is in both already.
                *moved = same;
            }
        }
        Reached {
            now: self.now,
            moved: self.moved,
            effort: self.effort,
        }
    }
}

fn changes_of_skill(changes: &[Changed]) -> impl Iterator<Item = &Offer> {
    changes
        .iter()
        .filter(|changed| changed.part == Part::Skill)
        .map(|changed| &changed.offer)
}

/// Lodging and a shuttle reach as far as each other.
fn brings_the_same(one: &Changed, other: &Changed) -> bool {
    one.part == Part::Location
        && other.part == Part::Location
        && location::reach(&one.offer) == location::reach(&other.offer)
        && one.offer.remote == other.offer.remote
        && one.offer.workplaces == other.offer.workplaces
}

fn value(query: &Query<'_>, part: Part, row: &Row) -> u64 {
    match part {
        Part::Location => u64::from(query.location(row)),
        Part::Occupation => query.occupation(row),
        Part::Training => query.training(row),
        Part::Experience => query.experience(row),
        Part::Terms => query.terms(row),
        // By the mask.
        Part::Skill => 0,
    }
}

fn bit_of(union: &[SkillIx], skill: SkillIx) -> u32 {
    union.binary_search(&skill).unwrap_or(0) as u32
}

fn skills(rules: &Rules, base: &Offer, offer: &Offer, union: &[SkillIx]) -> Skills {
    let shares: Vec<(u32, u64)> = shares(rules, offer)
        .iter()
        .map(|asked| (bit_of(union, asked.skill), asked.share))
        .collect();
    let by_skill = shares
        .iter()
        .fold(0, |bits, (bit, _)| bits | 1 << bit | 1 << (bit + RELATIVE));
    let has_more_groups =
        candidate_codes(offer).any(|group| candidate_codes(base).all(|other| other != group));
    Skills {
        leads: by_skill | CODE | if has_more_groups { SHORT_CODE } else { 0 },
        without: match offer.skills {
            Asked::NotRequired => ONE,
            _ if shares.is_empty() => rules.neutral(Part::Skill),
            _ => 0,
        },
        shares,
    }
}

fn ceiling(
    rules: &Rules,
    query: &Query<'_>,
    skills: &Skills,
    ways: &[Way<'_>],
    count: usize,
) -> Ceiling {
    let all = || {
        std::iter::once(skills).chain(ways.iter().filter_map(|way| match way {
            Way::Skills(skills) => Some(skills),
            _ => None,
        }))
    };
    let mut largest = vec![0; count];
    for &(bit, share) in all().flat_map(|skills| &skills.shares) {
        if let Some(most) = largest.get_mut(bit as usize) {
            *most = share.max(*most);
        }
    }
    let weight = rules.settings.weights.of(Part::Occupation);
    let neutral = rules.neutral(Part::Occupation);
    let occupation = query.most.occupation;
    let rest = std::iter::once(query)
        .chain(ways.iter().filter_map(|way| match way {
            Way::Row(_, query) => Some(query),
            _ => None,
        }))
        .map(|query| query.most.training + query.most.experience + query.most.terms)
        .max()
        .unwrap_or(0);
    Ceiling {
        shares: largest,
        without: all()
            .filter(|skills| skills.shares.is_empty())
            .map(|skills| skills.without)
            .max()
            .unwrap_or(0),
        // Who has no code in a minor group in common has two digits at most.
        occupation_without_code: occupation.min(weight * occupation::worth(2).max(neutral)),
        occupation,
        rest,
    }
}

/// The lists that lead to any of the offers, with the bits they set.
fn sources(rules: &Rules, offer: &Offer, changes: &[Changed], union: &[SkillIx]) -> Vec<Source> {
    let mut by_skill: Vec<(usize, u64)> = Vec::new();
    for (bit, &skill) in union.iter().enumerate() {
        by_skill.push((skill.index(), 1 << bit));
        let relatives = rules.codes.skills.relatives(skill).iter();
        by_skill.extend(relatives.map(|other| (other.index(), 1 << (bit as u32 + RELATIVE))));
    }
    by_skill.sort_unstable();
    let mut sources: Vec<Source> = by_skill
        .chunk_by(|(one, _), (other, _)| one == other)
        .filter_map(|same| {
            Some(Source {
                term: Term::Skill(same.first()?.0),
                bits: same.iter().fold(0, |bits, (_, more)| bits | more),
            })
        })
        .collect();
    let mut groups: Vec<_> = candidate_codes(offer).collect();
    let own = groups.len();
    for group in changes_of_skill(changes).flat_map(candidate_codes) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    sources.extend(groups.iter().enumerate().map(|(at, &group)| Source {
        term: Term::Code(usize::from(code_place(group))),
        bits: if at < own { CODE } else { SHORT_CODE },
    }));
    sources
}

fn rows_of(segment: &Segment, term: Term, run: Run) -> &[u32] {
    match term {
        Term::Skill(_) => segment.by_skill.rows(run),
        Term::Code(_) => segment.by_code.rows(run),
    }
}

impl super::vacancies::Vacancies {
    /// All vacancies, by their ids.
    pub(crate) fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers.values().map(|offer| &**offer)
    }

    /// The rules under which they are ranked.
    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }
}
