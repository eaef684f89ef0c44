//! Places in a list, and the reader's language.

use serde::{Deserialize, Serialize};

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

// Deliberately without serde: a place changes with the next version of its list.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The tag in addresses and headers.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Of two texts the one in this language; where it is empty, the other.
    pub const fn choose<'t>(self, vi: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Vi if !vi.is_empty() => vi,
            Self::En if en.is_empty() => vi,
            Self::Vi | Self::En => en,
        }
    }
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

impl NotACode {
    pub(super) fn new(value: &str, what: &'static str, expected: &'static str) -> Self {
        Self {
            value: value.chars().take(20).collect(),
            what,
            expected,
        }
    }
}

/// Codes that are written as text are read and written as text by serde too.
macro_rules! as_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(super) use as_text;

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_missing_translation_falls_back_to_the_other_language() {
        assert_eq!(Lang::Vi.choose("thợ hàn", "welder"), "thợ hàn");
        assert_eq!(Lang::Vi.choose("", "welder"), "welder");
        assert_eq!(Lang::En.choose("thợ hàn", ""), "thợ hàn");
        assert_eq!(Lang::En.tag(), "en");
    }
}
