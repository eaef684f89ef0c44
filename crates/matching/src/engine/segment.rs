//! Many seekers, laid out by place, with planes that say who has what.

use std::collections::HashMap;

use domain::code::{SkillIx, Skills};
use domain::id::SeekerId;
use domain::seeker::Seeker;

use super::layout::{Layout, Spots};
use super::planes::Planes;
use super::row::{Row, pack, unpack};

/// Seekers that do not change any more; one that changes is marked as gone outside.
pub(super) struct Segment {
    pub(super) rows: Vec<Row>,
    pub(super) ids: Vec<SeekerId>,
    pub(super) registered: Vec<i64>,
    skills: Vec<SkillIx>,
    spilled: HashMap<u32, Seeker>,
    by_id: Vec<u32>,
    pub(super) layout: Layout,
    pub(super) planes: Planes,
}

impl Segment {
    /// Lays these seekers out.
    pub(super) fn new(seekers: &[Seeker], spots: &Spots, skills: Option<&Skills>) -> Self {
        let mut layout = Layout::new(seekers, spots);
        let order = std::mem::take(&mut layout.order);
        let planes = Planes::new(seekers, skills, layout.places(), |place| {
            let row = layout.row(place)?;
            order.get(row as usize).map(|&number| number as usize)
        });
        let mut segment = Self {
            rows: Vec::with_capacity(seekers.len()),
            ids: Vec::with_capacity(seekers.len()),
            registered: Vec::with_capacity(seekers.len()),
            skills: Vec::with_capacity(seekers.iter().map(|seeker| seeker.skills.len()).sum()),
            spilled: HashMap::new(),
            by_id: Vec::new(),
            layout,
            planes,
        };
        for seeker in order
            .iter()
            .filter_map(|&number| seekers.get(number as usize))
        {
            segment.push(seeker);
        }
        let ids = &segment.ids;
        let mut by_id: Vec<(u128, u32)> = ids.iter().map(|id| id.as_u128()).zip(0..).collect();
        by_id.sort_unstable();
        segment.by_id = by_id.into_iter().map(|(_, row)| row).collect();
        segment
    }

    fn push(&mut self, seeker: &Seeker) {
        let row = pack(seeker, self.skills.len() as u32);
        self.ids.push(seeker.id);
        self.registered
            .push(seeker.registered_at.timestamp_micros());
        self.skills.extend(&seeker.skills);
        if row.is_spilled() {
            self.spilled.insert(self.rows.len() as u32, seeker.clone());
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
