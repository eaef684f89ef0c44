//! All vacancies, with the shares of their skills at hand.

use std::sync::Arc;

use domain::vacancy::Offer;

use crate::definition::{Rules, SharedSkill, shares};

/// All vacancies, laid out to be gone through: made once for many people, under one version of
/// the rules.
pub struct Openings {
    /// Copies, one after the other: to go through them from pointer to pointer takes longer.
    offers: Vec<Offer>,
    /// Per vacancy: where its shares end.
    ends: Vec<usize>,
    shares: Vec<SharedSkill>,
}

/// One of them.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    pub(super) offer: &'a Offer,
    pub(super) shares: &'a [SharedSkill],
}

impl Openings {
    /// These vacancies, under these rules.
    pub fn new(rules: &Rules, offers: &[Arc<Offer>]) -> Self {
        let mut ends = Vec::with_capacity(offers.len());
        let mut all = Vec::new();
        for offer in offers {
            all.extend(shares(rules, offer));
            ends.push(all.len());
        }
        Self {
            offers: offers.iter().map(|offer| Offer::clone(offer)).collect(),
            ends,
            shares: all,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Opening<'_>> {
        let mut start = 0;
        self.offers
            .iter()
            .zip(&self.ends)
            .map(move |(offer, &end)| {
                let shares = self.shares.get(start..end).unwrap_or(&[]);
                start = end;
                Opening { offer, shares }
            })
    }
}
