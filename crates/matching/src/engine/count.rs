//! How many people reach a fit, now and after each of several changes of the offer.
//!
//! All changed offers are counted in one pass. A change alters one part, so that a row's parts are
//! computed once for the offer as it is, and once more only where a change reads them otherwise.
//! Tile by tile, the lists of all offers are brought together into a mask per row: which of the
//! skills that count for any of the offers the person has, or has a relative of, and whether they
//! have a code in one of its groups. The mask alone bounds the fit under every offer; few rows
//! are left to be read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use domain::code::{IscoCode, SkillIx};
use domain::seeker::Seeker;
use domain::vacancy::{Asked, Offer};

use super::people::{Effort, People, Shard};
use super::query::{Query, Term};
use super::row::{self, Row, code_place, code_range};
use super::segment::{Run, Segment, Tile};
use crate::definition::{
    Credit, ONE, Rules, SharedSkill, candidate_codes, eligible, experience, location, occupation,
    shares, terms, training, usable,
};
use crate::settings::Part;

/// Bits of a mask: the skill itself from 0, a relative of it from here.
const RELATIVE: u32 = 24;
/// The person has a code in a group of the offer as it is.
const CODE: u64 = 1 << 62;
/// The person has a code in a group that leads only to an offer that asks for no skill.
const SHORT_CODE: u64 = 1 << 63;
const CODES: u64 = CODE | SHORT_CODE;
const OWN_BITS: u64 = (1 << RELATIVE) - 1;
/// Nearness is taken in steps of this, rounded up.
const LOCATION_STEP: u64 = ONE / 64;

/// Reading one row costs as much as so many entries of a list: a closed list is gone through for
/// who is touched already where that is likely to spare rows.
const CHEAPER: usize = 16;

/// Memory for so many counts at once is kept.
const MOST_KEPT: usize = 4;
static KEPT: Mutex<Vec<Scratch>> = Mutex::new(Vec::new());

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
    /// brings: exactly what counting those of [`crate::scan::people`] gives.
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
    /// By another value of one part.
    Part(Part, Query<'a>),
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
    as_of: NaiveDate,
    /// The sum from which the fit is reached.
    must: u64,
    query: Query<'a>,
    skills: Skills,
    ways: Vec<Way<'a>>,
    sources: Vec<Source>,
    /// By skill, in order: its bits.
    by_skill: Vec<(usize, u64)>,
    /// By the place of a code: the bits of the groups in which it lies.
    by_code: Vec<u64>,
    ceiling: Ceiling,
    now: usize,
    moved: Vec<Moved>,
    effort: Effort,
}

/// The most that parts can bring under any of the offers, weighted.
struct Ceiling {
    skill_weight: u64,
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
    /// All parts but location.
    fn sum(&self, mask: u64) -> u64 {
        let occupation = if mask & CODES == 0 {
            self.occupation_without_code
        } else {
            self.occupation
        };
        self.skill(mask) + occupation + self.rest
    }

    fn skill(&self, mask: u64) -> u64 {
        let own = mask & OWN_BITS;
        let relative = mask >> RELATIVE & OWN_BITS & !own;
        let tenths = self.share(own) * Credit::Own.tenths()
            + self.share(relative) * Credit::Relative.tenths();
        let by_skill = (tenths / 10).min(ONE);
        let most = if mask & CODES == 0 {
            by_skill
        } else {
            by_skill.max(self.without)
        };
        self.skill_weight * most
    }

    fn share(&self, mut bits: u64) -> u64 {
        let mut sum = 0;
        while bits != 0 {
            let bit = bits.trailing_zeros() as usize;
            sum += self.shares.get(bit).unwrap_or(&0);
            bits &= bits - 1;
        }
        sum
    }
}

/// A list of rows with one term, tile by tile.
struct List<'s> {
    term: Term,
    bits: u64,
    runs: std::iter::Peekable<std::slice::Iter<'s, Run>>,
    length: usize,
}

impl<'s> List<'s> {
    fn new(segment: &'s Segment, source: &Source) -> Self {
        let runs = match source.term {
            Term::Skill(term) => segment.by_skill.runs(term),
            Term::Code(term) => segment.by_code.runs(term),
        };
        Self {
            term: source.term,
            bits: source.bits,
            length: runs
                .iter()
                .map(|&run| rows_of(segment, source.term, run).len())
                .sum(),
            runs: runs.iter().peekable(),
        }
    }

    /// The rows in a tile; tiles are asked for in order.
    fn rows_in(&mut self, segment: &'s Segment, tile: u16) -> Option<&'s [u32]> {
        while self.runs.next_if(|run| run.tile < tile).is_some() {}
        let run = self.runs.next_if(|run| run.tile == tile)?;
        Some(rows_of(segment, self.term, *run))
    }
}

/// Memory of a count, kept for the next one: fresh memory would cost more than the count.
#[derive(Default)]
struct Scratch {
    /// Per row; all 0 between tiles.
    masks: Vec<u64>,
    /// Per row a bit: it has been counted. Somebody stands in several tiles, and counts once.
    done: Vec<u64>,
    touched: Vec<u32>,
}

enum Looked {
    /// It cannot reach the fit by what it has in this tile.
    NotEnough,
    Done,
}

impl Scratch {
    fn take(rows: usize) -> Self {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = kept.pop().unwrap_or_default();
        scratch.masks.resize(rows, 0);
        scratch.done.clear();
        scratch.done.resize(rows.div_ceil(64), 0);
        scratch
    }

    fn give_back(self) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(self);
        }
    }

    fn note(&mut self, rows: &[u32], bits: u64) {
        for &row in rows {
            if let Some(mask) = self.masks.get_mut(row as usize) {
                if *mask == 0 {
                    self.touched.push(row);
                }
                *mask |= bits;
            }
        }
    }

    /// Notes the bits for rows that are touched already.
    fn complete(&mut self, rows: &[u32], bits: u64) {
        for &row in rows {
            if let Some(mask) = self.masks.get_mut(row as usize).filter(|mask| **mask != 0) {
                *mask |= bits;
            }
        }
    }

    fn drain(&mut self, mut look: impl FnMut(u32, u64) -> Looked) {
        for row in self.touched.drain(..) {
            let Some(mask) = self.masks.get_mut(row as usize).map(std::mem::take) else {
                continue;
            };
            let bit = 1 << (row % 64);
            if let Some(done) = self.done.get_mut(row as usize / 64)
                && *done & bit == 0
                && matches!(look(row, mask), Looked::Done)
            {
                *done |= bit;
            }
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
                (None, part) => Way::Part(part, Query::new(rules, &changed.offer, as_of)),
            });
        }
        let by_skill = skill_bits(rules, &union);
        let groups = group_bits(offer, changes);
        let by_code = groups.iter().map(|&(group, bits)| Source {
            term: Term::Code(usize::from(code_place(group))),
            bits,
        });
        let ceiling = ceiling(rules, &query, &skills, &ways, union.len());
        Self {
            sources: by_skill
                .iter()
                .map(|&(term, bits)| Source {
                    term: Term::Skill(term),
                    bits,
                })
                .chain(by_code)
                .collect(),
            by_code: code_table(&groups),
            by_skill,
            must: u64::from(least) * ONE,
            moved: vec![Moved::default(); changes.len()],
            now: 0,
            effort: Effort::default(),
            rules,
            offer,
            as_of,
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
        if !eligible(self.offer, seeker, self.as_of) {
            return;
        }
        let codes = seeker.occupations.iter().filter(|&&code| usable(code));
        let mask = self.mask_of(&seeker.skills, codes.map(|&code| code_place(code)));
        let rules = self.rules;
        self.add_pair(mask, |query, part| {
            let offer = query.offer;
            match part {
                Part::Location => location::fit(rules, offer, seeker).f,
                Part::Occupation => occupation::fit(rules, offer, seeker).f,
                Part::Training => training::fit(rules, offer, seeker).f,
                Part::Experience => experience::fit(rules, offer, seeker).f,
                Part::Terms => terms::fit(rules, offer, seeker).f,
                // By the mask.
                Part::Skill => 0,
            }
        });
    }

    fn add_shard(&mut self, shard: &Shard) {
        let segment = &*shard.segment;
        let mut scratch = Scratch::take(segment.len());
        let mut lists = self.lists(segment);
        let mut closed: Vec<(&[u32], u64)> = Vec::new();
        let mut plans: BTreeMap<u64, Vec<bool>> = BTreeMap::new();
        for (tile_at, tile) in (0..).zip(&segment.tiles) {
            let Some(location) = self.location_of_tile(tile) else {
                continue;
            };
            let plan = plans
                .entry(location)
                .or_insert_with(|| self.plan(&lists, location));
            closed.clear();
            for (&open, list) in plan.iter().zip(&mut lists) {
                let Some(rows) = list.rows_in(segment, tile_at) else {
                    continue;
                };
                if open {
                    self.effort.postings += rows.len();
                    scratch.note(rows, list.bits);
                } else {
                    closed.push((rows, list.bits));
                }
            }
            let mut unknown = 0;
            for &(rows, bits) in &closed {
                if rows.len() <= CHEAPER * scratch.touched.len() {
                    self.effort.postings += rows.len();
                    scratch.complete(rows, bits);
                } else {
                    unknown |= bits;
                }
            }
            scratch.drain(|row, mask| {
                let mask = mask | unknown;
                if self.ceiling.sum(mask) + location < self.must || shard.is_gone(row) {
                    Looked::NotEnough
                } else {
                    self.add_row(segment, row, mask);
                    Looked::Done
                }
            });
        }
        scratch.give_back();
    }

    /// The lists that lead to any of the offers, longest first.
    fn lists<'s>(&self, segment: &'s Segment) -> Vec<List<'s>> {
        let mut lists: Vec<List<'s>> = self
            .sources
            .iter()
            .map(|source| List::new(segment, source))
            .collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.length));
        lists
    }

    /// Which lists are opened in a tile with this bound for location. Who stands in none of the
    /// others cannot reach the fit by what those bring all together: long lists of frequent
    /// skills, which weigh little, stay closed.
    fn plan(&self, lists: &[List<'_>], location: u64) -> Vec<bool> {
        let mut skipped = 0;
        lists
            .iter()
            .map(|list| {
                let open = self.ceiling.sum(skipped | list.bits) + location >= self.must;
                if !open {
                    skipped |= list.bits;
                }
                open
            })
            .collect()
    }

    /// The most that location can bring in a tile, weighted; `None`: nobody there needs to be
    /// looked at.
    fn location_of_tile(&self, tile: &Tile) -> Option<u64> {
        let most = self
            .queries_of(Part::Location)
            .filter_map(|query| query.tile_bound(tile))
            .max()?;
        // In steps, so that many tiles share a plan.
        let most = u64::from(most).div_ceil(LOCATION_STEP) * LOCATION_STEP;
        Some(self.weight(Part::Location) * most.min(ONE))
    }

    /// The offer as it is, and those whose change is in this part.
    fn queries_of(&self, part: Part) -> impl Iterator<Item = &Query<'a>> {
        std::iter::once(&self.query).chain(self.ways.iter().filter_map(move |way| match way {
            Way::Part(of, query) if *of == part => Some(query),
            _ => None,
        }))
    }

    fn add_row(&mut self, segment: &Segment, at: u32, mask: u64) {
        let Some(row) = segment.rows.get(at as usize) else {
            return;
        };
        self.effort.rows += 1;
        if row.is_spilled() {
            if let Some(seeker) = segment.spilled(at) {
                self.add_seeker(seeker);
            }
        } else if self.query.is_eligible(row) && self.can_reach(mask, &of_row(row)) {
            let mask = self.mask_of(segment.skills_of(row), row.codes());
            self.add_pair(mask, of_row(row));
        }
    }

    /// Counts somebody who is eligible, by what they have and what each part is worth.
    fn add_pair(&mut self, mask: u64, value: impl Fn(&Query<'a>, Part) -> u64) {
        if !self.can_reach(mask, &value) {
            return;
        }
        self.effort.scores += 1;
        let weigh = |part: Part, f: u64| self.rules.settings.weights.of(part) * f;
        let skill = weigh(Part::Skill, self.skills.value(mask));
        let others = Part::ALL.into_iter().filter(|&part| part != Part::Skill);
        let sum = skill
            + others
                .map(|part| weigh(part, value(&self.query, part)))
                .sum::<u64>();
        let leads = mask & self.skills.leads != 0;
        let before = leads && sum >= self.must;
        self.now += usize::from(before);
        for (way, moved) in self.ways.iter().zip(&mut self.moved) {
            let (leads, after) = match way {
                Way::Part(part, query) => (
                    leads,
                    sum - weigh(*part, value(&self.query, *part))
                        + weigh(*part, value(query, *part)),
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

    /// What somebody with these skills and places of codes has.
    fn mask_of(&self, skills: &[SkillIx], codes: impl Iterator<Item = u16>) -> u64 {
        let skills = skills.iter().filter_map(|skill| {
            let term = |&(term, _): &(usize, u64)| term;
            let at = self.by_skill.binary_search_by_key(&skill.index(), term);
            self.by_skill.get(at.ok()?).map(|&(_, bits)| bits)
        });
        let codes = codes.filter_map(|code| self.by_code.get(usize::from(code)).copied());
        skills.chain(codes).fold(0, |mask, bits| mask | bits)
    }

    /// Whether somebody can reach the fit under one of the offers, by place and occupation.
    fn can_reach(&self, mask: u64, value: &impl Fn(&Query<'a>, Part) -> u64) -> bool {
        let room = self.ceiling.skill(mask) + self.ceiling.rest;
        let location = self
            .queries_of(Part::Location)
            .map(|query| value(query, Part::Location))
            .max()
            .unwrap_or(0);
        let room = room + self.weight(Part::Location) * location;
        room + self.weight(Part::Occupation) * value(&self.query, Part::Occupation) >= self.must
    }

    fn into_reached(mut self) -> Reached {
        for (at, way) in self.ways.iter().enumerate() {
            if let Way::Same(earlier) = way
                && let Some(&same) = self.moved.get(*earlier)
                && let Some(moved) = self.moved.get_mut(at)
            {
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

/// What the parts of a row are worth.
fn of_row<'q>(row: &Row) -> impl Fn(&Query<'q>, Part) -> u64 {
    move |query, part| match part {
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
            Way::Part(_, query) => Some(query),
            _ => None,
        }))
        .map(|query| query.most.training + query.most.experience + query.most.terms)
        .max()
        .unwrap_or(0);
    Ceiling {
        skill_weight: rules.settings.weights.of(Part::Skill),
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

/// The skills that lead to any of the offers, in order, with the bits they set.
fn skill_bits(rules: &Rules, union: &[SkillIx]) -> Vec<(usize, u64)> {
    let mut bits: Vec<(usize, u64)> = Vec::new();
    for (bit, &skill) in (0_u32..).zip(union) {
        bits.push((skill.index(), 1 << bit));
        let relatives = rules.codes.skills.relatives(skill).iter();
        bits.extend(relatives.map(|other| (other.index(), 1 << (bit + RELATIVE))));
    }
    bits.sort_unstable();
    bits.dedup_by(|(later, more), (term, bits)| {
        let is_same = later == term;
        if is_same {
            *bits |= *more;
        }
        is_same
    });
    bits
}

/// The groups of codes that lead to any of the offers, with the bit they set.
fn group_bits(offer: &Offer, changes: &[Changed]) -> Vec<(IscoCode, u64)> {
    let mut groups: Vec<(IscoCode, u64)> =
        candidate_codes(offer).map(|group| (group, CODE)).collect();
    for group in changes_of_skill(changes).flat_map(candidate_codes) {
        if groups.iter().all(|(other, _)| *other != group) {
            groups.push((group, SHORT_CODE));
        }
    }
    groups
}

fn code_table(groups: &[(IscoCode, u64)]) -> Vec<u64> {
    let mut table = vec![0; row::CODES];
    for &(group, bit) in groups {
        for digits in group.digits()..=4 {
            let places = table.get_mut(code_range(group, digits));
            for bits in places.into_iter().flatten() {
                *bits |= bit;
            }
        }
    }
    table
}

fn rows_of(segment: &Segment, term: Term, run: Run) -> &[u32] {
    match term {
        Term::Skill(_) => segment.by_skill.rows(run),
        Term::Code(_) => segment.by_code.rows(run),
    }
}

impl super::vacancies::Vacancies {
    /// All vacancies, by id.
    pub fn all(&self) -> Vec<Arc<Offer>> {
        self.offers.values().cloned().collect()
    }
}
