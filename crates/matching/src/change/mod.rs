//! What would change it: the small changes that open the most, each with its number.
//!
//! Because the engine is exact, a change is reckoned again by the definition of fit, never
//! guessed: whoever applies a promised change and ranks again under the same rules on the same
//! day finds the promised number.
//!
//! * [`seeker`]: what a person could add, and how many vacancies come within reach.
//! * [`vacancy`]: what an employer could relax, and how many people come within reach.

pub mod seeker;
mod shown;
pub mod vacancy;

pub use crate::engine::count::Moved;
pub use shown::Shown;

/// The fit from which a vacancy or a person counts as within reach, in thousandths.
pub const REACH: u16 = 600;

/// A change, and what it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gain<Change> {
    /// What would be changed.
    pub change: Change,
    /// What comes within reach by it, and what goes.
    pub moved: Moved,
}
