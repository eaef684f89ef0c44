//! Identifiers and small sets of the code lists.

use std::fmt;
use std::str::FromStr;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// The place in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A commune of 2025, by its place in `communes.csv`. Never stored: codes are.
    CommuneIx(u16)
);
index!(
    /// A province of 2025, by its place in `provinces.csv`.
    ProvinceIx(u8)
);
index!(
    /// A province of before July 2025, by its place in `legacy_provinces.csv`.
    LegacyProvinceIx(u8)
);
index!(
    /// A skill, by its place in `skills.csv`.
    SkillIx(u32)
);

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// A text that is not a code of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is no {what}: expected {expected}")]
pub struct NotACode {
    /// What was given.
    pub value: String,
    /// What it should be.
    pub what: &'static str,
    /// How one looks.
    pub expected: &'static str,
}

/// An occupation group of ISCO-08, known to one to four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IscoCode {
    digits: u8,
    value: u16,
}

impl IscoCode {
    /// The code with so many digits and this value; `None` where they do not go together.
    pub const fn new(digits: u8, value: u16) -> Option<Self> {
        let most = match digits {
            1 => 9,
            2 => 99,
            3 => 999,
            4 => 9_999,
            _ => return None,
        };
        if value <= most {
            Some(Self { digits, value })
        } else {
            None
        }
    }

    /// How many digits are known, 1 to 4.
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// The digits as a number.
    pub const fn value(self) -> u16 {
        self.value
    }

    /// The first `digits` digits, where so many are known.
    pub const fn prefix(self, digits: u8) -> Option<Self> {
        if digits == 0 || digits > self.digits {
            return None;
        }
        let mut value = self.value;
        let mut left = self.digits;
        while left > digits {
            value /= 10;
            left -= 1;
        }
        Some(Self { digits, value })
    }
}

impl fmt::Display for IscoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:0width$}",
            self.value,
            width = usize::from(self.digits)
        )
    }
}

impl FromStr for IscoCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let wrong = || NotACode {
            value: text.chars().take(20).collect(),
            what: "ISCO-08 code",
            expected: "1 to 4 digits, such as 7212",
        };
        if text.is_empty() || text.len() > 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let digits = u8::try_from(text.len()).map_err(|_| wrong())?;
        text.parse()
            .ok()
            .and_then(|value| Self::new(digits, value))
            .ok_or_else(wrong)
    }
}

impl PartialOrd for IscoCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IscoCode {
    /// As texts: a group stands before its members.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let whole = |code: &Self| {
            let missing = 4_u32.saturating_sub(u32::from(code.digits));
            u32::from(code.value) * 10_u32.pow(missing)
        };
        whole(self)
            .cmp(&whole(other))
            .then(self.digits.cmp(&other.digits))
    }
}

/// The rank of a training level: 0 untrained to 8 doctorate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingRank(u8);

impl TrainingRank {
    /// The rank; `None` above 8.
    pub const fn new(rank: u8) -> Option<Self> {
        if rank <= 8 { Some(Self(rank)) } else { None }
    }

    /// 0 to 8.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A detailed field of education and training (ISCED-F 2013, four digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingField(u16);

impl TrainingField {
    /// The field with these four digits; `None` above 9999.
    pub const fn new(value: u16) -> Option<Self> {
        if value <= 9_999 {
            Some(Self(value))
        } else {
            None
        }
    }

    /// The digits as a number.
    pub const fn value(self) -> u16 {
        self.0
    }

    /// The broad field: the first two digits.
    pub const fn broad(self) -> u8 {
        (self.0 / 100) as u8
    }
}

impl fmt::Display for TrainingField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

macro_rules! set {
    ($(#[$doc:meta])* $name:ident($inner:ty) { $($code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub struct $name($inner);

        impl $name {
            /// The codes, in the order of the bits.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// Nothing said.
            pub const EMPTY: Self = Self(0);

            /// The set with these bits; others are dropped.
            pub const fn from_bits(bits: $inner) -> Self {
                Self(bits & Self::all().0)
            }

            /// All of them.
            pub const fn all() -> Self {
                Self(((1_u32 << Self::CODES.len()) - 1) as $inner)
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
    use super::*;

    #[test]
    fn codes_read_what_they_write_and_keep_leading_zeros() {
        for text in ["0", "01", "0110", "7212", "72"] {
            assert_eq!(text.parse::<IscoCode>().unwrap().to_string(), text);
        }
        for text in ["", "72123", "7a", "-1", "７"] {
            assert!(text.parse::<IscoCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes_are_groups_and_sort_before_their_members() {
        let unit: IscoCode = "0110".parse().unwrap();
        assert_eq!(unit.prefix(2).unwrap().to_string(), "01");
        assert_eq!(unit.prefix(5), None);
        assert!(unit.prefix(3).unwrap() < unit);
        assert!(unit < "1".parse().unwrap());
    }

    #[test]
    fn sets_hold_their_codes() {
        let set = Shifts::EMPTY.with("day").unwrap().with("night").unwrap();
        assert_eq!(set.codes().collect::<Vec<_>>(), ["day", "night"]);
        assert_eq!(Shifts::EMPTY.with("dawn"), None);
        assert_eq!(Shifts::from_bits(255), Shifts::all());
    }
}
