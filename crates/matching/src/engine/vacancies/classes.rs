//! What many vacancies have in common: sets of codes, and levels with fields.

use std::collections::HashMap;
use std::hash::Hash;

use domain::code::{IscoCode, TrainingField, TrainingRank};
use domain::vacancy::{Asked, Offer};

use super::layout::trade;
use crate::definition::usable;

/// A code that says something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    pub(super) code: Digits,
    /// Its trade, where it is known to two digits.
    pub(super) trade: Option<u8>,
}

/// A code by its digits, the first one on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    nibbles: u16,
    pub(super) known: u8,
}

impl Digits {
    pub(super) fn new(code: IscoCode) -> Self {
        let nibbles = (1..=4).fold(0, |nibbles, digits| {
            let digit = code.prefix(digits).map_or(0, |prefix| prefix.value() % 10);
            nibbles << 4 | digit
        });
        Self {
            nibbles,
            known: code.digits(),
        }
    }

    /// The digits that two codes have in common, as
    /// [`occupation::common_digits`](crate::definition::occupation::common_digits) counts them.
    pub(super) const fn in_common(self, other: Self) -> u8 {
        let same = (self.nibbles ^ other.nibbles).leading_zeros() as u8 / 4;
        if self.nibbles >> 12 == 1 {
            return if same == 4 { 4 } else { 0 };
        }
        let known = if self.known < other.known {
            self.known
        } else {
            other.known
        };
        if same < known { same } else { known }
    }
}

/// Which level and field are asked.
#[derive(Debug, Clone)]
pub(super) struct Schooling {
    pub(super) level: Asked<TrainingRank>,
    pub(super) field: Option<TrainingField>,
}

/// Numbers for things that repeat.
struct Numbers<Key> {
    numbers: HashMap<Key, u16>,
}

impl<Key: Eq + Hash> Numbers<Key> {
    /// The number of this thing, and whether it is new; `None` when there are too many.
    fn number(&mut self, key: Key) -> Option<(u16, bool)> {
        let next = u16::try_from(self.numbers.len()).ok()?;
        if let Some(&number) = self.numbers.get(&key) {
            return Some((number, false));
        }
        self.numbers.insert(key, next);
        Some((next, true))
    }
}

impl<Key> Default for Numbers<Key> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
        }
    }
}

/// The classes of a segment, by number.
#[derive(Default)]
pub(super) struct Classes {
    codes: Vec<Code>,
    /// By class of codes: where they end.
    ends: Vec<u32>,
    pub(super) trainings: Vec<Schooling>,
    numbers_of_codes: Numbers<Vec<IscoCode>>,
    numbers_of_training: Numbers<(Option<Option<TrainingRank>>, Option<TrainingField>)>,
}

impl Classes {
    /// The class of the codes of a vacancy; `None` when there are too many.
    pub(super) fn of_codes(&mut self, offer: &Offer) -> Option<u16> {
        let codes = offer.occupations.iter().copied();
        let mut codes: Vec<IscoCode> = codes.filter(|&code| usable(code)).collect();
        codes.sort_unstable();
        codes.dedup();
        let (number, is_new) = self.numbers_of_codes.number(codes.clone())?;
        if is_new {
            let codes = codes.into_iter().map(|code| Code {
                code: Digits::new(code),
                trade: (code.digits() >= 2).then(|| trade(code)),
            });
            self.codes.extend(codes);
            self.ends.push(self.codes.len() as u32);
        }
        Some(number)
    }

    /// How many classes of codes there are.
    pub(super) const fn sets_of_codes(&self) -> usize {
        self.ends.len()
    }

    /// The codes of a class.
    pub(super) fn codes_of(&self, class: u16) -> &[Code] {
        let end = |class: Option<usize>| class.and_then(|class| self.ends.get(class).copied());
        let class = usize::from(class);
        let start = end(class.checked_sub(1)).unwrap_or(0) as usize;
        let end = end(Some(class)).map_or(start, |end| end as usize);
        self.codes.get(start..end).unwrap_or_default()
    }

    /// The class of the level and field of a vacancy; `None` when there are too many.
    pub(super) fn of_training(&mut self, offer: &Offer) -> Option<u16> {
        let level = match &offer.level {
            Asked::NotSaid => None,
            Asked::NotRequired => Some(None),
            Asked::Required(level) => Some(Some(*level)),
        };
        let (number, is_new) = self.numbers_of_training.number((level, offer.field))?;
        if is_new {
            self.trainings.push(Schooling {
                level: offer.level.clone(),
                field: offer.field,
            });
        }
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::occupation::common_digits;

    #[test]
    fn digits_in_common_are_those_of_the_definition() {
        let texts = [
            "7", "72", "721", "7212", "7213", "7220", "9412", "1120", "1121", "0", "01",
        ];
        let codes: Vec<IscoCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
        for &one in &codes {
            for &other in &codes {
                assert_eq!(
                    Digits::new(one).in_common(Digits::new(other)),
                    common_digits(one, other),
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
