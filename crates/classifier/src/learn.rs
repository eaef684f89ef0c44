//! Learning: two steps of multinomial logistic regression, the major group first, then the code
//! within it. Every sum runs in a fixed order and `exp` is `libm`'s, so that every machine learns
//! the same.

use std::collections::BTreeMap;

use crate::classes::{Classes, MAJORS, major_of};
use crate::features::Feature;

/// How often all examples are gone through.
const ROUNDS: u32 = 9;
/// Step of AdaGrad.
const STEP: f32 = 0.7;
/// What a weight loses each time that it is touched, as a share of the step.
const DECAY: f32 = 0.000_4;
/// Keeps the first steps finite.
const SMALL: f32 = 0.01;

/// A title that somebody has read.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// As it stands, with its accents.
    pub(crate) features: Vec<Feature>,
    /// Its classes with their shares; the shares sum to 1.
    pub(crate) truth: Vec<(usize, f32)>,
    /// How much it counts.
    pub(crate) weight: f32,
}

/// Weights of one feature.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// For the ten major groups.
    pub(crate) majors: Vec<Cell>,
    /// For the codes of a major group; empty where the feature was never seen in it.
    pub(crate) codes: Vec<Vec<Cell>>,
}

/// A weight and the sum of its squared gradients.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cell {
    /// The weight.
    pub(crate) weight: f32,
    squares: f32,
}

/// The rows by the number of the feature.
pub(crate) type Rows = BTreeMap<u32, Row>;

/// Learns from examples.
pub(crate) fn learn(classes: &Classes, examples: &[Example]) -> Rows {
    let mut learner = Learner::new(classes, examples);
    for round in 0..ROUNDS {
        for at in order(examples.len(), round) {
            if let Some(example) = examples.get(at) {
                // Every other time as if it had no accents.
                let with_accents = (at as u32 ^ round) & 1 == 0;
                learner.step(example, with_accents);
            }
        }
    }
    learner.into_rows()
}

struct Learner {
    /// The numbers of the features, in order.
    hashes: Vec<u32>,
    rows: Vec<Row>,
    /// The first code and the number of codes of each major group.
    spans: Vec<(usize, usize)>,
    major_of: Vec<usize>,
}

impl Learner {
    fn new(classes: &Classes, examples: &[Example]) -> Self {
        let mut hashes: Vec<u32> = examples
            .iter()
            .flat_map(|example| example.features.iter().map(|feature| feature.hash))
            .collect();
        hashes.sort_unstable();
        let hashes = frequent(&hashes);
        let row = Row {
            majors: vec![Cell::default(); MAJORS],
            codes: vec![Vec::new(); MAJORS],
        };
        Self {
            rows: vec![row; hashes.len()],
            hashes,
            spans: (0..MAJORS).map(|major| classes.of_major(major)).collect(),
            major_of: classes.codes().iter().map(|&code| major_of(code)).collect(),
        }
    }

    fn step(&mut self, example: &Example, with_accents: bool) {
        let seen: Vec<(usize, f32)> = example
            .features
            .iter()
            .filter(|feature| with_accents || !feature.is_said)
            .filter_map(|feature| {
                let at = self.hashes.binary_search(&feature.hash).ok()?;
                Some((at, feature.value))
            })
            .collect();
        let mut target = vec![0.0; MAJORS];
        for &(class, share) in &example.truth {
            if let Some(mass) = self
                .major_of
                .get(class)
                .and_then(|&major| target.get_mut(major))
            {
                *mass += share;
            }
        }
        let gradient = self.gradient(&seen, None, &target);
        self.update(&seen, None, &gradient, example.weight);
        for (major, mass) in target.into_iter().enumerate() {
            if mass > 0.0 {
                self.step_inside(&seen, major, mass, example);
            }
        }
    }

    fn step_inside(&mut self, seen: &[(usize, f32)], major: usize, mass: f32, example: &Example) {
        let (from, count) = self.spans.get(major).copied().unwrap_or_default();
        let mut target = vec![0.0; count];
        for &(class, share) in &example.truth {
            if let Some(slot) = class.checked_sub(from).and_then(|at| target.get_mut(at)) {
                *slot += share / mass;
            }
        }
        let gradient = self.gradient(seen, Some(major), &target);
        self.update(seen, Some(major), &gradient, example.weight * mass);
    }

    /// What is said too much of each class.
    fn gradient(&self, seen: &[(usize, f32)], major: Option<usize>, target: &[f32]) -> Vec<f32> {
        let mut scores = vec![0.0; target.len()];
        for &(at, value) in seen {
            let cells = self.rows.get(at).and_then(|row| match major {
                None => Some(&row.majors),
                Some(major) => row.codes.get(major),
            });
            for (score, cell) in scores.iter_mut().zip(cells.into_iter().flatten()) {
                *score += value * cell.weight;
            }
        }
        softmax(&mut scores);
        scores
            .iter()
            .zip(target)
            .map(|(said, meant)| said - meant)
            .collect()
    }

    fn update(
        &mut self,
        seen: &[(usize, f32)],
        major: Option<usize>,
        gradient: &[f32],
        weight: f32,
    ) {
        for &(at, value) in seen {
            let cells = self.rows.get_mut(at).and_then(|row| match major {
                None => Some(&mut row.majors),
                Some(major) => row.codes.get_mut(major),
            });
            let Some(cells) = cells else { continue };
            cells.resize(gradient.len(), Cell::default());
            for (cell, slope) in cells.iter_mut().zip(gradient) {
                let slope = weight * value * slope + DECAY * cell.weight;
                cell.squares += slope * slope;
                cell.weight -= STEP * slope / (SMALL + libm::sqrtf(cell.squares));
            }
        }
    }

    fn into_rows(self) -> Rows {
        self.hashes.into_iter().zip(self.rows).collect()
    }
}

/// Numbers that occur at least twice; of a sorted list. What was seen once teaches nothing that
/// its parts do not.
fn frequent(sorted: &[u32]) -> Vec<u32> {
    let runs = sorted.chunk_by(|one, other| one == other);
    runs.filter(|run| !run.is_empty())
        .filter_map(|run| run.first().copied())
        .collect()
}

/// Scores to shares.
pub(crate) fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::expf(*score - largest);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// All places once, in an order that looks like chance and is the same everywhere.
fn order(count: usize, round: u32) -> Vec<usize> {
    let mut keyed: Vec<(u64, usize)> = (0..count)
        .map(|at| (mix(at as u64 ^ (u64::from(round) << 40)), at))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// SplitMix64.
pub(crate) const fn mix(seed: u64) -> u64 {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
