//! Who employs.

use crate::id::EmployerId;
use crate::vacancy::Origin;

/// An employer, as far as a vacancy shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employer {
    /// Its id.
    pub id: EmployerId,
    /// Its name, as written.
    pub name: String,
    /// Where the record comes from.
    pub origin: Origin,
    /// Whether an officer has verified it.
    pub verified: bool,
}
