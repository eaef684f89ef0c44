//! How rare each skill is among those who look for work.

/// One version of the table; the same for scan, index and all servers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkillStats {
    /// The version; part of every fit.
    pub version: i64,
    /// People who are looking.
    pub looking: u64,
    /// Of those, people with the skill, by its place in the list. A skill younger than the table
    /// has none.
    pub people: Vec<u32>,
}
