//! Names of the highlands are written with an apostrophe, with a gap, or as one word: "H'Drai",
//! "H Drai", "Hdrai". With the apostrophe they are two words, as with the gap.

use crate::lexicon::Lexicon;
use crate::query::{Asked, Group, Synonym};

/// Two consonants with which syllables begin anyway: "kho" is not "K'Ho".
const ONSETS: [&str; 8] = ["ch", "gh", "kh", "ng", "nh", "ph", "th", "tr"];

/// Lets two words of such a name stand for the one, and the one for the two.
pub(crate) fn widen(asked: &mut Asked, lexicon: &Lexicon<'_>) {
    let mut groups: Vec<Group> = Vec::with_capacity(asked.groups.len());
    for mut group in std::mem::take(&mut asked.groups) {
        let word = |at: usize| asked.word(at).map_or("", |word| &word.folded);
        if group.count == 1
            && let Some((onset, rest)) = parts(word(group.first))
            && lexicon.pair(onset, rest) > 0
        {
            group.synonyms.push(synonym([onset, rest]));
        }
        let before = groups
            .last_mut()
            .filter(|before| before.count == 1 && group.count == 1);
        if let Some(before) = before.filter(|before| before.synonyms.is_empty()) {
            let joined = format!("{}{}", word(before.first), word(group.first));
            let is_name = group.synonyms.is_empty()
                && word(before.first).len() == 1
                && parts(&joined).is_some()
                && lexicon.folded(&joined) > 0;
            if is_name {
                before.count = 2;
                before.synonyms.push(synonym([&joined]));
                continue;
            }
        }
        groups.push(group);
    }
    asked.groups = groups;
}

/// A consonant and the syllable after it, where the two do not make one syllable.
fn parts(word: &str) -> Option<(&str, &str)> {
    let (onset, rest) = word.split_at_checked(1)?;
    let is_consonant =
        |letter: &str| letter.is_ascii() && !letter.starts_with(['a', 'e', 'i', 'o', 'u']);
    let next = rest.get(..1)?;
    let is_name = is_consonant(onset)
        && onset.starts_with(|c: char| c.is_ascii_alphabetic())
        && next.starts_with(|c: char| c.is_ascii_alphabetic())
        && is_consonant(next)
        && rest.contains(['a', 'e', 'i', 'o', 'u', 'y'])
        && !ONSETS.iter().any(|known| word.starts_with(known));
    is_name.then_some((onset, rest))
}

fn synonym<const N: usize>(words: [&str; N]) -> Synonym {
    Synonym {
        words: words.map(str::to_owned).to_vec(),
        weight: 1_000,
        is_same: true,
        said: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_an_apostrophe_falls_apart_and_a_syllable_does_not() {
        for (word, expected) in [
            ("hdrai", Some(("h", "drai"))),
            ("kbang", Some(("k", "bang"))),
            ("hmong", Some(("h", "mong"))),
            ("kho", None),
            ("tran", None),
            ("an", None),
            ("sql", None),
            ("c++", None),
            ("3d", None),
            ("", None),
            ("đ", None),
        ] {
            assert_eq!(parts(word), expected, "{word}");
        }
    }
}
