//! Many seekers, laid out by place, with planes that say who has what.

use std::collections::HashMap;

use domain::code::{SkillIx, Skills};
use domain::id::SeekerId;
use domain::seeker::Seeker;

use super::layout::{Layout, Spots};
use super::planes::Planes;
use super::row::{Row, blank, pack, unpack, unpack_facts};
use super::skill_planes::SkillCounts;
use super::summary::{Summary, Summing};

/// Seekers that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    pub(super) rows: Vec<Row>,
    /// By row: when they registered (microseconds), and who they are.
    pub(super) who: Vec<(i64, SeekerId)>,
    skills: Vec<SkillIx>,
    spilled: HashMap<u32, Seeker>,
    by_id: Vec<u32>,
    pub(super) layout: Layout,
    pub(super) planes: Planes,
    pub(super) summary: Option<Summary>,
}

impl Segment {
    /// Lays these seekers out. They are read in the order in which they come, since they and
    /// their lists lie all over the memory, and written to where they belong.
    pub(super) fn new(seekers: &[Seeker], spots: &Spots, skills: Option<&Skills>) -> Self {
        let (layout, row_of) = Layout::new(seekers, spots);
        let mut lengths = vec![0_u8; seekers.len()];
        for (seeker, &row) in seekers.iter().zip(&row_of) {
            if let Some(length) = lengths.get_mut(row as usize) {
                *length = held(seeker).len() as u8;
            }
        }
        let mut starts = Vec::with_capacity(seekers.len());
        let mut all = 0;
        for &length in &lengths {
            starts.push(all);
            all += u32::from(length);
        }
        let mut segment = Self {
            rows: vec![Row::default(); seekers.len()],
            who: vec![(0, SeekerId::from_u128(0)); seekers.len()],
            skills: vec![SkillIx(0); all as usize],
            spilled: HashMap::new(),
            by_id: Vec::new(),
            planes: Planes::default(),
            summary: None,
            layout,
        };
        for (seeker, &row) in seekers.iter().zip(&row_of) {
            let start = starts.get(row as usize).copied().unwrap_or(0);
            segment.set(row, pack(seeker, start), seeker);
        }
        segment.fill_planes(seekers, skills);
        let mut by_id: Vec<(u128, u32)> = seekers
            .iter()
            .map(|seeker| seeker.id.as_u128())
            .zip(row_of)
            .collect();
        by_id.sort_unstable();
        segment.by_id = by_id.into_iter().map(|(_, row)| row).collect();
        segment
    }

    fn set(&mut self, at: u32, row: Row, seeker: &Seeker) {
        let start = row.skills_start as usize;
        let skills = held(seeker);
        if let Some(places) = self.skills.get_mut(start..start + skills.len()) {
            places.copy_from_slice(skills);
        }
        if row.is_spilled() {
            self.spilled.insert(at, seeker.clone());
        }
        let at = at as usize;
        if let (Some(place), Some(who)) = (self.rows.get_mut(at), self.who.get_mut(at)) {
            *place = row;
            *who = (seeker.registered_at.timestamp_micros(), seeker.id);
        }
    }

    fn fill_planes(&mut self, seekers: &[Seeker], skills: Option<&Skills>) {
        let mut someone = blank();
        let places = self.layout.places();
        let counts = SkillCounts::new(seekers);
        let mut planes = Planes::new(&counts, skills, places);
        let mut summary = Summing::new(&counts, skills, places);
        planes.fill(places, |place, set| {
            let Some(at) = self.layout.row(place) else {
                return;
            };
            let mut add = |seeker: &Seeker| {
                set(seeker);
                if let Some(summary) = &mut summary {
                    summary.add(place, seeker);
                }
            };
            if let Some(seeker) = self.spilled.get(&at) {
                add(seeker);
            } else if let Some(row) = self.rows.get(at as usize) {
                unpack_facts(row, self.skills_of(row), &mut someone);
                add(&someone);
            }
        });
        self.planes = planes;
        self.summary = summary.map(Summing::finish);
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The row of a seeker.
    pub(super) fn find(&self, id: SeekerId) -> Option<u32> {
        self.by_id
            .binary_search_by_key(&Some(id), |&row| Some(self.who.get(row as usize)?.1))
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
        let &(registered, id) = self.who.get(at as usize)?;
        Some(unpack(row, id, registered, self.skills_of(row)))
    }
}

/// The skills that are kept beside the row; of more than it can count the seeker itself is kept.
fn held(seeker: &Seeker) -> &[SkillIx] {
    let most = usize::from(u8::MAX).min(seeker.skills.len());
    seeker.skills.get(..most).unwrap_or_default()
}
