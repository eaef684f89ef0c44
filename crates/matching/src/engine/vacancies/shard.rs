//! A segment with what has changed of it since.

use std::sync::Arc;

use domain::id::VacancyId;
use domain::vacancy::Offer;

use super::pressures::Pressures;
use super::segment::Segment;

#[derive(Clone)]
pub(super) struct Shard {
    pub(super) segment: Arc<Segment>,
    /// By row: thousandths of an application per opening.
    pressures: Arc<Vec<u32>>,
    /// A bit per row: it has changed or gone.
    gone: Arc<Vec<u64>>,
    live: usize,
}

impl Shard {
    pub(super) fn new(segment: Segment, pressures: &Pressures) -> Self {
        let mut shard = Self {
            pressures: Arc::default(),
            gone: Arc::new(vec![0; segment.len().div_ceil(64)]),
            live: segment.len(),
            segment: Arc::new(segment),
        };
        shard.set_pressures(pressures);
        shard
    }

    pub(super) fn set_pressures(&mut self, pressures: &Pressures) {
        let offers = self.segment.offers.iter();
        self.pressures = Arc::new(offers.map(|offer| pressures.of(offer.id)).collect());
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.segment.len()
    }

    /// How many of them stand.
    pub(super) const fn live(&self) -> usize {
        self.live
    }

    pub(super) fn pressure(&self, row: u32) -> u32 {
        self.pressures.get(row as usize).copied().unwrap_or(0)
    }

    pub(super) fn is_gone(&self, row: u32) -> bool {
        self.gone
            .get(row as usize / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(super) fn mark_gone(&mut self, id: VacancyId) {
        let Some(row) = self.segment.find(id).filter(|&row| !self.is_gone(row)) else {
            return;
        };
        if let Some(word) = Arc::make_mut(&mut self.gone).get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
            self.live -= 1;
        }
    }

    pub(super) fn find(&self, id: VacancyId) -> Option<&Arc<Offer>> {
        let row = self.segment.find(id).filter(|&row| !self.is_gone(row))?;
        self.segment.offers.get(row as usize)
    }

    /// The vacancies that stand.
    pub(super) fn offers(&self) -> impl Iterator<Item = &Arc<Offer>> {
        (0_u32..)
            .zip(&self.segment.offers)
            .filter(|&(row, _)| !self.is_gone(row))
            .map(|(_, offer)| offer)
    }
}
