//! (c): MaxScore over the postings, with columns in memory.

use matching::scan::PersonPlace;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

use super::Inverted;
use crate::Failure;
use crate::best::Best;
use crate::row::Columns;
use crate::tables::{Tables, Term as SkillTerm};

impl Inverted {
    /// (c): lists by what they can bring, the most first; it ends at the first whose people cannot
    /// reach the last place any more. Columns in memory.
    pub(crate) fn max_score(
        &self,
        columns: &Columns,
        tables: &Tables,
        seen: &mut Seen,
        k: usize,
    ) -> Result<Vec<PersonPlace>, Failure> {
        let mut best = Best::new(k);
        if !tables.is_open() {
            return Ok(Vec::new());
        }
        seen.start(columns.rows.len());
        let searcher = self.reader.searcher();
        let segment = searcher.segment_reader(0);
        let skills = segment.inverted_index(self.fields.skill)?;
        let groups = segment.inverted_index(self.fields.group)?;
        let mut must = 0;
        for list in lists(tables) {
            if list.most() + tables.most.location + tables.most.others < must {
                break;
            }
            let postings = match list.source {
                Source::Skill(term) => {
                    skills.read_postings(&self.skill_term(&term), IndexRecordOption::Basic)?
                }
                Source::Group(group) => {
                    groups.read_postings(&self.group_term(group), IndexRecordOption::Basic)?
                }
            };
            let Some(mut postings) = postings else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if seen.mark(doc)
                    && let Some(sum) = tables.sum(&columns.rows[doc as usize], list.skill, must)
                {
                    best.offer(columns.place(doc as usize, sum));
                    must = best.must(PersonPlace::thousandths);
                }
                doc = postings.advance();
            }
        }
        Ok(best.into_sorted())
    }
}

/// Whom a query has looked at: a bit each.
#[derive(Default)]
pub(crate) struct Seen(Vec<u64>);

impl Seen {
    fn start(&mut self, people: usize) {
        self.0.clear();
        self.0.resize(people.div_ceil(64), 0);
    }

    fn mark(&mut self, doc: DocId) -> bool {
        let word = &mut self.0[doc as usize / 64];
        let bit = 1 << (doc % 64);
        let first = *word & bit == 0;
        *word |= bit;
        first
    }
}

#[derive(Clone, Copy)]
enum Source {
    Skill(SkillTerm),
    Group(u16),
}

/// A list with the most that somebody has who stands in it and in none before it.
struct List {
    source: Source,
    skill: u64,
    occupation: u64,
}

impl List {
    const fn most(&self) -> u64 {
        self.skill + self.occupation
    }
}

/// Lists by what they add, the most first: a skill its share, a group what its people have over
/// those outside.
fn lists(tables: &Tables) -> Vec<List> {
    let outside = tables.most_outside_groups();
    let inside = tables.most.occupation;
    let mut sources: Vec<(u64, Source)> = tables
        .terms
        .iter()
        .map(|&term| (tables.skill(term.brings), Source::Skill(term)))
        .chain(
            tables
                .groups
                .iter()
                .map(|&(group, _)| (inside - outside, Source::Group(group))),
        )
        .collect();
    sources.sort_by_key(|&(adds, _)| std::cmp::Reverse(adds));
    let mut mask = 0;
    let mut occupation = outside;
    let mut lists: Vec<List> = Vec::with_capacity(sources.len());
    for &(_, source) in sources.iter().rev() {
        match source {
            Source::Skill(term) => mask |= term.brings,
            Source::Group(_) => occupation = inside,
        }
        lists.push(List {
            source,
            skill: tables.skill(mask),
            occupation,
        });
    }
    lists.reverse();
    lists
}
