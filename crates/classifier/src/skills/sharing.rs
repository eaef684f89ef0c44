//! Words that several tasks share: "lắp đèn, quạt trần" mounts fans as well, "lắp đặt và bảo trì
//! điều hòa" is mounting air conditioners too.

use super::clauses::Clause;
use super::phrases::{Hit, Phrases, TextWord};

/// Words of a verb at most.
const LONGEST_VERB: usize = 2;
/// Folded words that join two tasks.
const JOINING: [&str; 3] = ["va", "hoac", "hay"];

/// A phrase that is only found where words are shared.
pub(crate) struct Shared {
    /// What was found; its place is that of the words that follow the shared ones.
    pub(crate) hit: Hit,
    /// The words that it stands for.
    pub(crate) because: String,
}

/// What a clause names with the verb that the one before it in the sentence begins with.
pub(crate) fn with_verb_of(
    phrases: &Phrases,
    before: &Clause,
    clause: &Clause,
    with_accents: bool,
) -> Option<Shared> {
    verbs(&before.words).find_map(|verb| found(phrases, verb, &clause.words, 0, with_accents))
}

/// What "và" joins within a clause: a verb with the object of another, or another object with it.
pub(crate) fn joined(phrases: &Phrases, clause: &Clause, with_accents: bool) -> Vec<Shared> {
    let words = &clause.words;
    let joins = (1..words.len()).filter(|&at| {
        words
            .get(at)
            .is_some_and(|word| JOINING.contains(&word.folded()))
    });
    joins
        .flat_map(|at| {
            let before = words.get(..at).unwrap_or_default();
            let behind = words.get(at + 1..).unwrap_or_default();
            let object_of_first = verbs(before)
                .filter(|verb| verb.len() < before.len())
                .find_map(|verb| found(phrases, verb, behind, at + 1, with_accents));
            let verb_of_second = last_verbs(before).find_map(|verb| {
                (1..=LONGEST_VERB).find_map(|skipped| {
                    let object = behind.get(skipped..)?;
                    found(phrases, verb, object, at + 1 + skipped, with_accents)
                })
            });
            object_of_first.into_iter().chain(verb_of_second)
        })
        .collect()
}

/// The longer ones first.
fn verbs(words: &[TextWord]) -> impl Iterator<Item = &[TextWord]> {
    (1..=LONGEST_VERB)
        .rev()
        .filter_map(move |count| words.get(..count))
}

fn last_verbs(words: &[TextWord]) -> impl Iterator<Item = &[TextWord]> {
    (1..=LONGEST_VERB).rev().filter_map(move |count| {
        let from = words.len().checked_sub(count)?;
        words.get(from..)
    })
}

/// The phrase of a verb and the beginning of some words, where both have a part in it.
fn found(
    phrases: &Phrases,
    verb: &[TextWord],
    words: &[TextWord],
    from: usize,
    with_accents: bool,
) -> Option<Shared> {
    let all: Vec<TextWord> = verb.iter().chain(words).cloned().collect();
    let hit = phrases.begins(&all, with_accents)?;
    let run = all.get(..hit.count)?;
    (hit.count > verb.len()).then(|| Shared {
        hit: Hit {
            from,
            count: hit.count - verb.len(),
            ..hit
        },
        because: run
            .iter()
            .map(|word| word.shown.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    })
}
