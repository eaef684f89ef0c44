//! Words of a text as they are searched: as they are said, and folded.

use std::collections::HashMap;

use domain::text::{fold, nfc, toned};

/// Texts between two spaces that are remembered while many are read.
const MOST_REMEMBERED: usize = 200_000;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    /// Small letters with accents, the mark of the tone last: "hoà" and "hòa" are the same.
    pub(crate) said: String,
    /// Without accents.
    pub(crate) folded: String,
    /// As it is spelled, in small letters and NFC, so that "hòa" comes before "hoà" for who types
    /// it so.
    pub(crate) spelled: String,
}

impl Word {
    pub(crate) fn of(said: String) -> Option<Self> {
        // A letter may fold to several words ("½"): they count as one.
        let folded = fold(&said).replace(' ', "");
        (!folded.is_empty()).then(|| Self {
            spelled: spell(&said),
            said,
            folded,
        })
    }

    /// Whether it was written with accents.
    pub(crate) fn has_accents(&self) -> bool {
        self.said != self.folded
    }
}

/// Whether these words may be this phrase: a word without accents may lack them.
pub(crate) fn may_be(words: &[Word], said: &[String]) -> bool {
    let mut pairs = words.iter().zip(said);
    // Their folded words are the same: that is how the phrase was found.
    words.len() == said.len() && pairs.all(|(word, said)| !word.has_accents() || word.said == *said)
}

/// The first words of a text, at most so many.
pub(crate) fn words(text: &str, most: usize) -> Vec<Word> {
    text.split_whitespace().flat_map(read).take(most).collect()
}

/// Reads many texts, of which most have the same words.
#[derive(Default)]
pub(crate) struct Memory(HashMap<Box<str>, Vec<Word>>);

impl Memory {
    /// As [`words`].
    pub(crate) fn words(&mut self, text: &str, most: usize) -> Vec<Word> {
        let mut found = Vec::new();
        for token in text.split_whitespace() {
            if found.len() >= most {
                break;
            }
            if let Some(known) = self.0.get(token) {
                found.extend_from_slice(known);
                continue;
            }
            let fresh = read(token);
            found.extend_from_slice(&fresh);
            if self.0.len() < MOST_REMEMBERED {
                self.0.insert(token.into(), fresh);
            }
        }
        found.truncate(most);
        found
    }
}

/// The words of what stands between two spaces.
fn read(token: &str) -> Vec<Word> {
    let token = token.replace(is_apostrophe, "'");
    let all = toned(&token);
    let token = nfc(&token).to_lowercase();
    let is_in = |c: char| c.is_alphanumeric() || c == '+' || c == '#';
    let spelled: Vec<&str> = token
        .split(|c| !is_in(c))
        .filter(|word| !word.is_empty())
        .collect();
    // Where letters fall apart ("½") the two are not the same words.
    let is_same = spelled.len() == all.len();
    let mut spelled = spelled.into_iter();
    let mut found = Vec::new();
    for said in all {
        let spelled = spelled.next().filter(|_| is_same);
        if let Some(mut word) = Word::of(without_plus(said)) {
            if let Some(spelled) = spelled {
                word.spelled = spelled.trim_end_matches('+').to_owned();
            }
            found.push(word);
        }
    }
    found
}

/// Letters of Unicode that stand for an apostrophe in names of the highlands.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{a78c}')
}

/// The words as a text.
pub(crate) fn spelled(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.spelled.as_str()).collect();
    words.join(" ")
}

/// FNV-1a (Fowler, Noll and Vo).
pub(crate) fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// A word as it is said, spelled as people do: the mark of the tone over its vowel. That is the one
/// with a mark of its own, else the last before a final consonant, else the first of two ("hòa"),
/// where the "u" of "qu" and the "i" of "gi" are none.
fn spell(said: &str) -> String {
    let mut letters: Vec<String> = Vec::new();
    for c in said.chars() {
        match letters.last_mut().filter(|_| is_mark(c)) {
            Some(letter) => letter.push(c),
            None => letters.push(c.to_string()),
        }
    }
    let Some((last, tone)) = said
        .chars()
        .next_back()
        .zip(letters.last_mut())
        .filter(|(c, _)| is_tone(*c))
    else {
        return nfc(said).into_owned();
    };
    tone.pop();
    let is_vowel = |letter: &&String| letter.starts_with(['a', 'e', 'i', 'o', 'u', 'y']);
    let begins = |prefix: [&str; 2]| letters.iter().take(2).eq(prefix.iter());
    let skipped = if begins(["q", "u"])
        || begins(["g", "i"]) && letters.iter().filter(is_vowel).count() > 1
    {
        2
    } else {
        0
    };
    let vowels: Vec<usize> = letters
        .iter()
        .enumerate()
        .skip(skipped)
        .filter(|(_, letter)| is_vowel(letter))
        .map(|(at, _)| at)
        .collect();
    let marked = vowels
        .iter()
        .rev()
        .find(|&&at| letters.get(at).is_some_and(|letter| letter.len() > 1));
    let is_open = letters.last().is_some_and(|letter| is_vowel(&letter));
    let place = marked.copied().or_else(|| match *vowels {
        [.., one, _] if is_open => Some(one),
        [.., last] => Some(last),
        [] => None,
    });
    if let Some(letter) = place.and_then(|at| letters.get_mut(at)) {
        letter.push(last);
    }
    nfc(&letters.concat()).into_owned()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

const fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// "15tr++" is "15tr", but "c++" is another word than "c".
fn without_plus(mut said: String) -> String {
    let end = said.trim_end_matches('+').len();
    if end > 1 {
        said.truncate(end);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_spelled_as_people_do() {
        for word in [
            "toán", "hòa", "hoàng", "quốc", "giám", "gì", "người", "thủy", "việc", "nghề", "c++",
            "được", "thuở", "mía", "quý", "đ", "áo", "giữa",
        ] {
            assert_eq!(spell(&toned(word).concat()), word, "{word}");
        }
    }

    #[test]
    fn a_word_is_known_by_both_forms() {
        let found = words("Hoà hòa, C++ / đăk-hà", 10);
        assert_eq!(found[0].said, found[1].said);
        assert_ne!(found[0].spelled, found[1].spelled);
        let folded: Vec<_> = found.iter().map(|word| word.folded.as_str()).collect();
        assert_eq!(folded, ["hoa", "hoa", "c++", "dak", "ha"]);
        assert_eq!(words("một hai ba", 2).len(), 2);
    }
}
