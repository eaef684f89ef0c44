//! The twelve trades of the home page: groups of occupations in the words of a reader.

/// A trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trade {
    /// Farming and forestry.
    Farm,
    /// Building.
    Build,
    /// Factory.
    Factory,
    /// Sewing.
    Sew,
    /// Driving.
    Drive,
    /// Cooking and hotel.
    Cook,
    /// Shop and sales.
    Shop,
    /// Office and accounting.
    Office,
    /// Electrical and machines.
    Electric,
    /// Care and health.
    Care,
    /// Teaching.
    Teach,
    /// IT and technology.
    It,
}

/// Groups of ISCO-08 by trade; the longest prefix of a code decides.
const GROUPS: &[(Trade, &[&str])] = &[
    (
        Trade::Farm,
        &["131", "213", "2250", "314", "3240", "6", "834", "92"],
    ),
    (
        Trade::Build,
        &["1323", "2142", "216", "3112", "3123", "71", "9312", "9313"],
    ),
    (
        Trade::Factory,
        &[
            "1321", "2141", "3116", "3119", "3122", "3139", "73", "75", "81", "82", "932", "9333",
        ],
    ),
    (Trade::Sew, &["753", "8153", "8154", "8156", "2163"]),
    (
        Trade::Drive,
        &["315", "832", "833", "8344", "9331", "9332", "9621"],
    ),
    (
        Trade::Cook,
        &[
            "141", "3434", "4224", "5111", "512", "513", "515", "7511", "7512", "9112", "94",
        ],
    ),
    (
        Trade::Shop,
        &[
            "1221", "1222", "142", "2431", "2433", "2434", "3322", "3323", "3339", "4222", "52",
            "9334", "95",
        ],
    ),
    (
        Trade::Office,
        &[
            "121", "1349", "241", "242", "2432", "26", "331", "334", "3321", "3333", "3341", "335",
            "41", "42", "43", "44",
        ],
    ),
    (
        Trade::Electric,
        &[
            "2144", "215", "3113", "3114", "3115", "3118", "313", "72", "74", "8181",
        ],
    ),
    (
        Trade::Care,
        &["1342", "1343", "22", "2635", "32", "3412", "53", "5142"],
    ),
    (Trade::Teach, &["1345", "23", "3423", "5312"]),
    (Trade::It, &["133", "2152", "2153", "2166", "25", "35"]),
];

impl Trade {
    /// All of them, in the order of the home page.
    pub const ALL: [Self; 12] = [
        Self::Farm,
        Self::Build,
        Self::Factory,
        Self::Sew,
        Self::Drive,
        Self::Cook,
        Self::Shop,
        Self::Office,
        Self::Electric,
        Self::Care,
        Self::Teach,
        Self::It,
    ];

    /// The word in addresses and the API, and the name of its icon.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Farm => "farm",
            Self::Build => "build",
            Self::Factory => "factory",
            Self::Sew => "sew",
            Self::Drive => "drive",
            Self::Cook => "cook",
            Self::Shop => "shop",
            Self::Office => "office",
            Self::Electric => "electric",
            Self::Care => "care",
            Self::Teach => "teach",
            Self::It => "it",
        }
    }

    /// The trade with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trade| trade.as_str() == word)
    }

    /// The trade of an occupation of ISCO-08, by the longest known prefix of its code.
    ///
    /// ```
    /// use api::exchange::Trade;
    /// assert_eq!(Trade::of_isco("7212"), Some(Trade::Electric));
    /// assert_eq!(Trade::of_isco("8153"), Some(Trade::Sew));
    /// assert_eq!(Trade::of_isco("0110"), None);
    /// ```
    pub fn of_isco(code: &str) -> Option<Self> {
        GROUPS
            .iter()
            .flat_map(|(trade, prefixes)| prefixes.iter().map(move |prefix| (*trade, *prefix)))
            .filter(|(_, prefix)| code.starts_with(prefix))
            .max_by_key(|(_, prefix)| prefix.len())
            .map(|(trade, _)| trade)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_group_belongs_to_two_trades() {
        let mut seen = HashSet::new();
        for prefix in GROUPS.iter().flat_map(|(_, prefixes)| *prefixes) {
            assert!(seen.insert(prefix), "{prefix}");
        }
    }

    #[test]
    fn the_longest_prefix_decides() {
        assert_eq!(Trade::of_isco("7531"), Some(Trade::Sew));
        assert_eq!(Trade::of_isco("7522"), Some(Trade::Factory));
        assert_eq!(Trade::of_isco("5312"), Some(Trade::Teach));
        assert_eq!(Trade::of_isco("5322"), Some(Trade::Care));
        assert_eq!(Trade::of_isco("75"), Some(Trade::Factory));
    }

    #[test]
    fn words_are_read_back() {
        for trade in Trade::ALL {
            assert_eq!(Trade::parse(trade.as_str()), Some(trade));
        }
        assert_eq!(Trade::parse("pilot"), None);
    }
}
