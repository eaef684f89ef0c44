//! Small sets of codes, a bit for each.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! set {
    ($(#[$doc:meta])* $name:ident($inner:ty) { $($code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub struct $name($inner);

        impl $name {
            /// The codes, in the order of the bits. A new one goes to the end.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// Nothing said.
            pub const EMPTY: Self = Self(0);

            /// The set with these bits; others are dropped.
            pub const fn from_bits(bits: $inner) -> Self {
                Self(bits & Self::all().0)
            }

            /// All of them.
            pub const fn all() -> Self {
                Self((1_u32 << Self::CODES.len()).wrapping_sub(1) as $inner)
            }

            /// A bit for each code.
            pub const fn bits(self) -> $inner {
                self.0
            }

            /// Whether nothing was said.
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// The set with one more code; `None` where there is no such code.
            pub fn with(self, code: &str) -> Option<Self> {
                let bit = Self::CODES.iter().position(|&known| known == code)?;
                Some(Self(self.0 | 1 << bit))
            }

            /// The codes in the set.
            pub fn codes(self) -> impl Iterator<Item = &'static str> {
                Self::CODES
                    .iter()
                    .enumerate()
                    .filter(move |(bit, _)| self.0 >> bit & 1 == 1)
                    .map(|(_, &code)| code)
            }
        }

        // As a list of codes: bits would mean something else in the next version.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_seq(self.codes())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let codes = <Vec<Cow<'de, str>>>::deserialize(from)?;
                codes.iter().try_fold(Self::EMPTY, |set, code| {
                    set.with(code).ok_or_else(|| {
                        D::Error::custom(format!("{code:?}: expected one of {:?}", Self::CODES))
                    })
                })
            }
        }
    };
}

set!(
    /// Contracts (Labour Code 45/2019, art. 20, and forms of work).
    Contracts(u8) { "indefinite", "fixed_under_12", "fixed_12_36", "seasonal", "part_time", "internship" }
);
set!(
    /// Shifts.
    Shifts(u8) { "day", "shifts", "night", "flexible", "remote" }
);
set!(
    /// Benefits.
    Benefits(u16) {
        "social_insurance", "health_insurance", "meals", "dormitory", "shuttle",
        "thirteenth_salary", "training", "childcare", "other"
    }
);

#[cfg(test)]
mod tests {
    use serde::de::value::{Error, SeqDeserializer};

    use super::*;

    #[test]
    fn sets_hold_their_codes() {
        let set = Shifts::EMPTY.with("day").unwrap().with("night").unwrap();
        assert_eq!(set.codes().collect::<Vec<_>>(), ["day", "night"]);
        assert_eq!(Shifts::EMPTY.with("dawn"), None);
        assert_eq!(Shifts::from_bits(255), Shifts::all());
        assert_eq!(Benefits::all().codes().count(), 9);
        assert!(Contracts::default().is_empty());
    }

    #[test]
    fn sets_are_read_from_codes_and_name_what_they_do_not_know() {
        let read = |codes: [&'static str; 2]| {
            let list = SeqDeserializer::<_, Error>::new(codes.into_iter());
            Shifts::deserialize(list)
        };
        assert_eq!(read(["night", "day"]).unwrap().bits(), 0b101);
        let error = read(["day", "dawn"]).unwrap_err().to_string();
        assert!(
            error.contains("dawn") && error.contains("flexible"),
            "{error}"
        );
    }
}
