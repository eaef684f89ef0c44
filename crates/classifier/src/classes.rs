//! The codes that the model tells apart, and the tree that they form.

use std::collections::BTreeSet;

use domain::code::IscoCode;

/// Codes in order of their digits, so that each group stands in one piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Classes {
    codes: Vec<IscoCode>,
    /// Of each major group the place of the first code, and how many there are.
    majors: Vec<(usize, usize)>,
}

impl Classes {
    /// The codes that occur.
    pub(crate) fn new(codes: impl IntoIterator<Item = IscoCode>) -> Self {
        let distinct: BTreeSet<IscoCode> = codes.into_iter().collect();
        let codes: Vec<IscoCode> = distinct.into_iter().collect();
        let span = |major: usize| {
            let is_in = |code: &&IscoCode| major_of(**code) == major;
            let from = codes.iter().take_while(|code| !is_in(code)).count();
            (from, codes.iter().filter(is_in).count())
        };
        Self {
            majors: (0..MAJORS).map(span).collect(),
            codes,
        }
    }

    /// How many.
    pub(crate) const fn len(&self) -> usize {
        self.codes.len()
    }

    /// All.
    pub(crate) fn codes(&self) -> &[IscoCode] {
        &self.codes
    }

    /// Where a code stands.
    pub(crate) fn index(&self, code: IscoCode) -> Option<usize> {
        self.codes.iter().position(|&known| known == code)
    }

    /// The codes of a major group: the place of the first, and how many.
    pub(crate) fn of_major(&self, major: usize) -> (usize, usize) {
        self.majors.get(major).copied().unwrap_or_default()
    }
}

/// Major groups: 0 to 9.
pub(crate) const MAJORS: usize = 10;

/// The major group of a code.
pub(crate) fn major_of(code: IscoCode) -> usize {
    code.prefix(1).map_or(0, |major| usize::from(major.value()))
}
