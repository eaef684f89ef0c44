//! What the model sees of a title: syllables, and runs of up to four, each as a number.

use crate::title::Word;

/// Longest run of syllables.
const LONGEST_RUN: usize = 3;
/// What a word counts that stands behind the first segment.
const BEHIND: f32 = 0.5;
/// Letters in a piece of a long word.
const PIECE: usize = 4;
/// Words of at least as many letters are also seen in pieces: "telesale" and "telesales".
const LONG_WORD: usize = 6;

/// One thing seen in a title.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Feature {
    /// Its number.
    pub(crate) hash: u32,
    /// How strongly it is seen.
    pub(crate) value: f32,
    /// Which words of the title it is made of: from, and how many; none for the rest.
    pub(crate) from: u8,
    /// See `from`.
    pub(crate) count: u8,
    /// Whether it needs the accents.
    pub(crate) is_said: bool,
}

/// All that is seen; the vector has length one. Without accents where `with_accents` is not set.
pub(crate) fn features(words: &[Word], with_accents: bool) -> Vec<Feature> {
    let mut seen = vec![Feature {
        hash: hash(b"", &[]),
        value: 0.5,
        from: 0,
        count: 0,
        is_said: false,
    }];
    for at in 0..words.len() {
        runs(words, at, with_accents, &mut seen);
        pieces(words, at, &mut seen);
    }
    openings(words, &mut seen);
    merge(seen)
}

fn runs(words: &[Word], at: usize, with_accents: bool, seen: &mut Vec<Feature>) {
    let rest = words.get(at..).unwrap_or_default();
    let Some(first) = rest.first() else { return };
    let weight = if first.segment == 0 { 1.0 } else { BEHIND };
    for count in 1..=LONGEST_RUN.min(rest.len()) {
        let run = rest.get(..count).unwrap_or_default();
        if run.last().is_some_and(|last| last.segment != first.segment) {
            break;
        }
        // A run says more than its syllables, but is seen less often.
        let value = weight * if count == 1 { 1.2 } else { 1.0 };
        let mut push = |kind: &[u8], parts: &[&str], is_said| {
            seen.push(Feature {
                hash: hash(kind, parts),
                value,
                from: small(at),
                count: small(count),
                is_said,
            });
        };
        let folded: Vec<&str> = run.iter().map(|word| word.folded.as_str()).collect();
        push(b"f", &folded, false);
        if with_accents && count <= 2 {
            let said: Vec<&str> = run.iter().map(|word| word.said.as_str()).collect();
            if said != folded {
                push(b"s", &said, true);
            }
        }
    }
}

fn pieces(words: &[Word], at: usize, seen: &mut Vec<Feature>) {
    let Some(word) = words.get(at) else { return };
    let letters: Vec<char> = word.folded.chars().collect();
    if letters.len() < LONG_WORD {
        return;
    }
    let weight = if word.segment == 0 { 0.4 } else { 0.4 * BEHIND };
    for piece in letters.windows(PIECE) {
        let piece: String = piece.iter().collect();
        seen.push(Feature {
            hash: hash(b"p", &[&piece]),
            value: weight,
            from: small(at),
            count: 1,
            is_said: false,
        });
    }
}

/// The first one, two and three words: what stands first is the job.
fn openings(words: &[Word], seen: &mut Vec<Feature>) {
    for count in 1..=3_usize.min(words.len()) {
        let run = words.get(..count).unwrap_or_default();
        let folded: Vec<&str> = run.iter().map(|word| word.folded.as_str()).collect();
        seen.push(Feature {
            hash: hash(b"o", &folded),
            value: 0.7,
            from: 0,
            count: small(count),
            is_said: false,
        });
    }
}

/// The same thing seen twice counts once, with the larger value; all is scaled to length one.
fn merge(mut seen: Vec<Feature>) -> Vec<Feature> {
    seen.sort_by(|one, other| {
        (one.hash, other.value)
            .partial_cmp(&(other.hash, one.value))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    seen.dedup_by_key(|feature| feature.hash);
    let length: f32 = seen
        .iter()
        .map(|feature| feature.value * feature.value)
        .sum();
    let length = libm::sqrtf(length).max(1.0);
    for feature in &mut seen {
        feature.value /= length;
    }
    seen
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// FNV-1a over a kind and parts, folded to 32 bits.
fn hash(kind: &[u8], parts: &[&str]) -> u32 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let step = |state: u64, byte: &u8| (state ^ u64::from(*byte)).wrapping_mul(PRIME);
    let mut state = kind.iter().fold(BASIS, step);
    for part in parts {
        state = part.as_bytes().iter().fold(step(state, &b' '), step);
    }
    let folded = (state >> 32) ^ (state & u64::from(u32::MAX));
    u32::try_from(folded).unwrap_or(u32::MAX)
}
