//! How many people reach a fit, now and after each of several changes of the offer.
//!
//! * [`offers`]: what the offer and its changes ask for, as bits of a mask.
//! * [`tiles`]: who of a segment can reach the fit at all; the only file that knows how people are
//!   laid out.
//!
//! All changed offers are counted in one pass. A change alters one part, so that a row's parts are
//! computed once for the offer as it is, and once more only where a change reads them otherwise.
//! Tile by tile, the lists of all offers are brought together into a mask per row: which of the
//! skills that count for any of the offers the person has, or has a relative of, and whether they
//! have a code in one of its groups. The mask alone bounds the fit under every offer; few rows
//! are left to be read.

mod offers;
mod tiles;

use std::sync::Arc;

use chrono::NaiveDate;
use domain::code::SkillIx;
use domain::seeker::Seeker;
use domain::vacancy::Offer;

use super::people::{Effort, People};
use super::query::{Query, Term};
use super::row::code_place;
use crate::definition::{
    ONE, Rules, SharedSkill, eligible, experience, location, occupation, shares, terms, training,
    usable,
};
use crate::settings::Part;
use offers::{Ceiling, Skills};

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
        let skills = offers::skills(rules, offer, offer, &union);
        let mut ways = Vec::with_capacity(changes.len());
        for (at, changed) in changes.iter().enumerate() {
            let same = changes
                .iter()
                .take(at)
                .position(|earlier| brings_the_same(earlier, changed));
            ways.push(match (same, changed.part) {
                (Some(earlier), _) => Way::Same(earlier),
                (None, Part::Skill) => {
                    Way::Skills(offers::skills(rules, offer, &changed.offer, &union))
                }
                (None, part) => Way::Part(part, Query::new(rules, &changed.offer, as_of)),
            });
        }
        let by_skill = offers::skill_bits(rules, &union);
        let groups = offers::group_bits(offer, changes);
        let by_code = groups.iter().map(|&(group, bits)| Source {
            term: Term::Code(usize::from(code_place(group))),
            bits,
        });
        let ceiling = offers::ceiling(rules, &query, &skills, &ways, union.len());
        Self {
            sources: by_skill
                .iter()
                .map(|&(term, bits)| Source {
                    term: Term::Skill(term),
                    bits,
                })
                .chain(by_code)
                .collect(),
            by_code: offers::code_table(&groups),
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

    /// The offer as it is, and those whose change is in this part.
    fn queries_of(&self, part: Part) -> impl Iterator<Item = &Query<'a>> {
        std::iter::once(&self.query).chain(self.ways.iter().filter_map(move |way| match way {
            Way::Part(of, query) if *of == part => Some(query),
            _ => None,
        }))
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

impl super::vacancies::Vacancies {
    /// All vacancies, by id.
    pub fn all(&self) -> Vec<Arc<Offer>> {
        self.offers.values().cloned().collect()
    }
}
