//! How much each vacancy is asked for.

use std::collections::HashMap;

use domain::id::VacancyId;

/// Applications per opening in the last 14 days, as counted yesterday: among equal fits the
/// vacancy that fewer have asked for stands first. One version of the table holds for a whole day
/// and for all servers, so that pages follow each other; a vacancy that it does not know has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pressures {
    /// The version; part of the answer.
    pub version: i64,
    /// Thousandths of an application per opening.
    pub thousandths: HashMap<VacancyId, u32>,
}

impl Pressures {
    /// Thousandths of an application per opening of this vacancy.
    pub fn of(&self, id: VacancyId) -> u32 {
        self.thousandths.get(&id).copied().unwrap_or(0)
    }
}
