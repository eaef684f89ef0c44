//! Words that nobody has: typed with the input method off, written together, or mistyped.

use std::cmp::Reverse;

use crate::keyboard::{telex, vni};
use crate::lexicon::Lexicon;
use crate::query::Alternative;
use crate::words::Word;

/// Words that are tried for one that nobody has.
const MOST_NEIGHBOURS: usize = 6;
/// Credits for a word that differs by one letter, and by two; in thousandths.
const ONE_SLIP: u32 = 760;
const TWO_SLIPS: u32 = 560;
/// Completions of the last word.
const MOST_COMPLETIONS: usize = 24;
/// The credit of a completion, in thousandths.
const COMPLETED: u32 = 900;

type Decoder = fn(&str) -> Option<String>;

/// The words as they were meant where they were typed with the input method off or written
/// together; `None` where there is no such word.
pub(crate) fn meant(words: &[Word], lexicon: &Lexicon<'_>) -> Option<Vec<Word>> {
    let decoders: [Decoder; 2] = [telex, vni];
    let decoded = decoders.map(|decoder| decode(words, lexicon, decoder));
    let best = decoded
        .into_iter()
        .flatten()
        .max_by_key(|&(known, _)| known);
    let typed = best.map(|(_, words)| words);
    let words = typed.as_deref().unwrap_or(words);
    let mut parted = Vec::with_capacity(words.len());
    for word in words {
        match part(word, lexicon) {
            Some(parts) => parted.extend(parts),
            None => parted.push(word.clone()),
        }
    }
    (typed.is_some() || parted.len() > words.len()).then_some(parted)
}

/// The words read by this decoder, and how many unknown ones became known; `None` for none.
fn decode(words: &[Word], lexicon: &Lexicon<'_>, decoder: Decoder) -> Option<(usize, Vec<Word>)> {
    let mut known = 0;
    let all: Vec<Word> = words
        .iter()
        .map(|word| {
            let Some(read) = decoder(&word.said).and_then(Word::of) else {
                return word.clone();
            };
            let before = lexicon.folded(&word.folded);
            let after = lexicon.said(&read.said);
            known += usize::from(before == 0 && after > 0);
            if before == 0 || after > before {
                read
            } else {
                word.clone()
            }
        })
        .collect();
    (known > 0).then_some((known, all))
}

/// Two words written together that often stand side by side.
fn part(word: &Word, lexicon: &Lexicon<'_>) -> Option<[Word; 2]> {
    if lexicon.folded(&word.folded) > 0 {
        return None;
    }
    let places = word.folded.char_indices().map(|(at, _)| at).skip(1);
    let parts = places.filter_map(|at| {
        let (one, other) = word.folded.split_at_checked(at)?;
        let often = lexicon.pair(one, other);
        (often > 0).then_some((often, one, other))
    });
    let (_, one, other) = parts.max_by_key(|&(often, _, _)| often)?;
    let marks = Marks::of(word);
    Some([
        marks.likeliest(one, lexicon)?,
        marks.likeliest(other, lexicon)?,
    ])
}

/// The accents of words that were written together, in which their places are lost.
struct Marks(Vec<char>);

impl Marks {
    fn of(word: &Word) -> Self {
        Self(word.said.chars().filter(|c| !c.is_ascii()).collect())
    }

    /// The word with accents out of these that most have.
    fn likeliest(&self, folded: &str, lexicon: &Lexicon<'_>) -> Option<Word> {
        if self.0.is_empty() {
            return Word::of(folded.to_owned());
        }
        let ways = lexicon.ways(folded).into_iter();
        let possible =
            ways.filter(|(said, _)| said.chars().all(|c| c.is_ascii() || self.0.contains(&c)));
        let (said, _) = possible.max_by_key(|&(said, having)| (having, Reverse(said)))?;
        Word::of(said.to_owned())
    }
}

/// Words like this one, the likeliest first; none where somebody has it.
pub(crate) fn neighbours(word: &Word, lexicon: &Lexicon<'_>) -> Vec<Alternative> {
    // With other accents it may be a word, but that is not what was typed.
    let is_known =
        lexicon.folded(&word.folded) > 0 && (!word.has_accents() || lexicon.said(&word.said) > 0);
    // "q12" is a code.
    let is_code = word.folded.bytes().any(|c| c.is_ascii_digit());
    if is_known || is_code {
        return Vec::new();
    }
    let reach = match word.folded.chars().count() {
        0..=2 => return Vec::new(),
        3..=5 => 1,
        _ => 2,
    };
    let near = lexicon.near(&word.folded, reach).into_iter();
    let mut near: Vec<(usize, Reverse<u64>, &str)> = near
        .map(|(known, (slips, having))| (slips, Reverse(having), known))
        .collect();
    near.sort_unstable();
    near.truncate(MOST_NEIGHBOURS);
    let near = near.into_iter().map(|(slips, _, known)| Alternative {
        word: Word {
            said: known.to_owned(),
            folded: known.to_owned(),
            spelled: known.to_owned(),
        },
        weight: if slips <= 1 { ONE_SLIP } else { TWO_SLIPS },
    });
    near.collect()
}

/// The words with each that nobody has replaced by a likely one: the one that most often stands
/// beside its neighbours, else the nearest. `None` where there is nothing to replace.
pub(crate) fn corrected(words: &[Word], lexicon: &Lexicon<'_>) -> Option<Vec<Word>> {
    let mut all = words.to_vec();
    let mut is_changed = false;
    for at in 0..all.len() {
        let Some(word) = all.get(at) else { continue };
        let near = neighbours(word, lexicon);
        let before = at.checked_sub(1).and_then(|before| all.get(before));
        let after = all.get(at + 1);
        let beside = |known: &Alternative| {
            let known = &known.word.folded;
            before.map_or(0, |word| lexicon.pair(&word.folded, known))
                + after.map_or(0, |word| lexicon.pair(known, &word.folded))
        };
        let best = near
            .iter()
            .rev()
            .max_by_key(|known| (beside(known), known.weight));
        if let Some(best) = best {
            let word = best.word.clone();
            if let Some(slot) = all.get_mut(at) {
                *slot = word;
                is_changed = true;
            }
        }
    }
    is_changed.then_some(all)
}

/// Words that begin with this one and follow the word before it in some title or name.
pub(crate) fn completions(before: &Word, word: &Word, lexicon: &Lexicon<'_>) -> Vec<Alternative> {
    if word.folded.len() < 2 {
        return Vec::new();
    }
    let mut found: Vec<(u64, Word)> = Vec::new();
    for folded in lexicon.beginning(&word.folded) {
        let often = lexicon.pair(&before.folded, folded);
        if often > 0 {
            let ways = lexicon
                .ways(folded)
                .into_keys()
                .filter_map(|said| Word::of(said.to_owned()));
            found.extend(
                ways.filter(|known| begins(known, word))
                    .map(|known| (often, known)),
            );
        }
    }
    found.sort_unstable_by(|one, other| (other.0, &other.1.said).cmp(&(one.0, &one.1.said)));
    found.truncate(MOST_COMPLETIONS);
    let found = found.into_iter().map(|(_, word)| Alternative {
        word,
        weight: COMPLETED,
    });
    found.collect()
}

/// Whether a known word begins with what was typed: with its accents, where it had any.
pub(crate) fn begins(known: &Word, typed: &Word) -> bool {
    if known.folded.len() <= typed.folded.len() || !known.folded.starts_with(&typed.folded) {
        return false;
    }
    // The tone stands last and may still have been missing; what was typed must be there.
    let mut rest = known.said.chars();
    typed.said.chars().all(|c| rest.any(|other| other == c))
}
