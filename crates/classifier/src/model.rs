//! What was learnt as a whole, and what officers have corrected since.

use std::collections::HashMap;

use domain::code::IscoCode;
use domain::text::nfc;

use crate::calibration::Curve;
use crate::classes::Classes;
use crate::features::{Feature, features};
use crate::occupation::Occupation;
use crate::title::{self, Word};
use crate::weights::Weights;

/// How alike two titles are that are taken for the same, as the cosine between them.
const NEARLY_SAME: f32 = 0.86;
/// The confidence in a correction of this very title, and what it loses for one like it.
const CORRECTED: u16 = 1_000;

/// The trained classifier. Built from files by [`Model::train`], or read from the bytes of a
/// model that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// SHA-256 over the files that it was trained from.
    pub(crate) trained_from: [u8; 32],
    pub(crate) classes: Classes,
    pub(crate) weights: Weights,
    /// For one to four digits.
    pub(crate) curves: Vec<Curve>,
    /// By unit group the skill that its titles name most often, with the share of them.
    pub(crate) implied: Vec<(IscoCode, String, u16)>,
    pub(crate) corrections: Corrections,
}

impl Model {
    /// The skill that an occupation mostly asks for, and how often in thousandths.
    pub(crate) fn implied_skill(&self, code: IscoCode) -> Option<(&str, u16)> {
        let at = self
            .implied
            .binary_search_by_key(&code, |(known, _, _)| *known);
        let (_, skill, share) = self.implied.get(at.ok()?)?;
        Some((skill, *share))
    }

    /// Which files it was trained from, as hexadecimal digits; the same as
    /// [`crate::digest_of`] says of them.
    #[must_use]
    pub fn trained_from(&self) -> String {
        self.trained_from
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The model with what officers have said of titles; the last word on a title counts. The same
    /// title and one nearly the same get the corrected code.
    #[must_use]
    pub fn with_corrections(mut self, corrections: &[(&str, IscoCode)]) -> Self {
        for (title, code) in corrections {
            self.corrections.add(title, *code);
        }
        self
    }

    pub(crate) fn corrected(&self, words: &[Word]) -> Option<Occupation> {
        self.corrections.find(&features(words, false))
    }
}

/// Titles that were corrected, found by what they share with another, accents aside.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Corrections {
    titles: Vec<(String, IscoCode)>,
    by_feature: HashMap<u32, Vec<(u32, f32)>>,
}

// No value is ever NaN: each is a share of a length that is at least one.
impl Eq for Corrections {}

impl Corrections {
    fn add(&mut self, title: &str, code: IscoCode) {
        let words = title::read(&nfc(title));
        let at = u32::try_from(self.titles.len()).unwrap_or(u32::MAX);
        for feature in features(&words, false) {
            let known = self.by_feature.entry(feature.hash).or_default();
            known.push((at, feature.value));
        }
        self.titles.push((nfc(title).into_owned(), code));
    }

    /// The correction most like a title; of equals the last.
    fn find(&self, seen: &[Feature]) -> Option<Occupation> {
        let mut alike: HashMap<u32, f32> = HashMap::new();
        for feature in seen {
            for &(at, value) in self.by_feature.get(&feature.hash).into_iter().flatten() {
                *alike.entry(at).or_default() += value * feature.value;
            }
        }
        let (at, cosine) = alike.into_iter().max_by(|one, other| {
            // Sums of the same products in another order differ in their last digits.
            let rounded = |cosine: f32| libm::roundf(cosine * 10_000.0);
            rounded(one.1)
                .total_cmp(&rounded(other.1))
                .then(one.0.cmp(&other.0))
        })?;
        let (title, code) = self.titles.get(at as usize)?;
        let confidence = match cosine {
            same if same > 0.999 => CORRECTED,
            near if near >= NEARLY_SAME => CORRECTED - CORRECTED / 10,
            _ => return None,
        };
        let groups = (1..=code.digits()).filter_map(|digits| code.prefix(digits));
        Some(Occupation {
            levels: groups.map(|group| (group, confidence)).collect(),
            because: vec![title.clone()],
        })
    }
}
