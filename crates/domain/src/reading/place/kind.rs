//! What kind of unit a text says a place is.

/// The kind of an administrative unit, as written before or after its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Tỉnh.
    Province,
    /// Thành phố: a province or, until 2025, a district.
    City,
    /// Quận.
    Quan,
    /// Huyện.
    Huyen,
    /// Thị xã.
    Town,
    /// "District", which may be any of the last four.
    District,
    /// Phường.
    Ward,
    /// Xã.
    Rural,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    Special,
}

/// The two levels below a province.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Abolished in 2025.
    District,
    /// Commune, ward, township.
    Commune,
}

impl Kind {
    /// Its level; `None` for provinces.
    pub(super) const fn level(self) -> Option<Level> {
        match self {
            Self::Province => None,
            Self::City | Self::Quan | Self::Huyen | Self::Town | Self::District => {
                Some(Level::District)
            }
            Self::Ward | Self::Rural | Self::Township | Self::Special => Some(Level::Commune),
        }
    }
}

const BEFORE: [(&str, Kind); 24] = [
    ("tinh", Kind::Province),
    ("province", Kind::Province),
    ("thanh pho", Kind::City),
    ("tp", Kind::City),
    ("t p", Kind::City),
    ("city", Kind::City),
    ("quan", Kind::Quan),
    ("q", Kind::Quan),
    ("huyen", Kind::Huyen),
    ("h", Kind::Huyen),
    ("thi xa", Kind::Town),
    ("tx", Kind::Town),
    ("district", Kind::District),
    ("dist", Kind::District),
    ("phuong", Kind::Ward),
    ("p", Kind::Ward),
    ("f", Kind::Ward),
    ("ward", Kind::Ward),
    ("xa", Kind::Rural),
    ("x", Kind::Rural),
    ("commune", Kind::Rural),
    ("thi tran", Kind::Township),
    ("tt", Kind::Township),
    ("dac khu", Kind::Special),
];

const AFTER: [(&str, Kind); 7] = [
    ("city", Kind::City),
    ("province", Kind::Province),
    ("district", Kind::District),
    ("dist", Kind::District),
    ("town", Kind::Town),
    ("ward", Kind::Ward),
    ("commune", Kind::Rural),
];

/// The kind and the name, where a folded text has both.
pub(super) fn split_kind(folded: &str) -> Option<(Kind, &str)> {
    let before = BEFORE
        .iter()
        .find_map(|(word, kind)| Some((*kind, folded.strip_prefix(word)?.strip_prefix(' ')?)));
    before.or_else(|| {
        AFTER
            .iter()
            .find_map(|(word, kind)| Some((*kind, folded.strip_suffix(word)?.strip_suffix(' ')?)))
    })
}

/// The kind at the start of these words, with its number of words; a name follows.
pub(super) fn prefix_kind(words: &[&str]) -> Option<(Kind, usize)> {
    BEFORE.iter().find_map(|(phrase, kind)| {
        let used = phrase.split(' ').count();
        let starts = phrase.split(' ').eq(words.get(..used)?.iter().copied());
        (starts && words.len() > used).then_some((*kind, used))
    })
}

/// The kind at the end of these words, with its number of words; a name stands before it.
pub(super) fn suffix_kind(words: &[&str]) -> Option<(Kind, usize)> {
    let (last, before) = words.split_last()?;
    let (_, kind) = AFTER.iter().find(|(word, _)| word == last)?;
    (!before.is_empty()).then_some((*kind, 1))
}

/// Whether a folded text is a kind without a name, as in "Tỉnh/Thành phố: Kon Tum".
pub(super) fn is_kind_alone(folded: &str) -> bool {
    BEFORE
        .iter()
        .any(|(word, _)| *word == folded && word.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_before_or_after_the_name() {
        for (text, kind, name) in [
            ("tp kon tum", Kind::City, "kon tum"),
            ("thi xa viet yen", Kind::Town, "viet yen"),
            ("p 22", Kind::Ward, "22"),
            ("doi can ward", Kind::Ward, "doi can"),
            ("hanoi city", Kind::City, "hanoi"),
        ] {
            assert_eq!(split_kind(text), Some((kind, name)), "{text}");
        }
        assert_eq!(split_kind("kon tum"), None);
        assert_eq!(split_kind("tp"), None);
        assert!(is_kind_alone("tinh") && !is_kind_alone("tinh khe"));
    }
}
