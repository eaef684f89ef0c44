//! Identifiers: UUIDv7, a type of its own for each kind of thing.
//!
//! An id tells when a thing was made and is never a secret.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected a UUID such as 01938f7e-5b1a-7c3d-9e2f-0123456789ab")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with these 128 bits.
            pub const fn from_u128(bits: u128) -> Self {
                Self(Uuid::from_u128(bits))
            }

            /// The 128 bits, in the order in which ids compare.
            pub const fn as_u128(self) -> u128 {
                self.0.as_u128()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text.trim()).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(
    /// A vacancy: one occupation, one or more openings.
    VacancyId
);
id!(
    /// A person who looks for work, under a pseudonym.
    SeekerId
);
id!(
    /// Who employs.
    EmployerId
);
id!(
    /// One taking of a file.
    BatchId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_what_it_writes_and_refuses_the_rest() {
        let id = VacancyId::from_u128(7);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("7".parse::<VacancyId>(), Err(NotAnId));
    }
}
