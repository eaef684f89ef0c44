//! Phrases in a text, by plain look-up: the longest wins.

use std::collections::HashMap;

use crate::text::{fold, words};

/// Words; what follows in a longer text is not read.
const MOST_WORDS: usize = 500;

/// Folded phrases and what they stand for: a tree of words.
pub struct Lexicon<T> {
    words: HashMap<String, u32>,
    /// From a node by a word to the next; the root is 0.
    steps: HashMap<(u32, u32), u32>,
    /// What the phrase that ends at a node stands for.
    meanings: Vec<Option<T>>,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon; of phrases that fold alike the first stays.
    pub fn new(phrases: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut lexicon = Self {
            words: HashMap::new(),
            steps: HashMap::new(),
            meanings: vec![None],
        };
        for (phrase, meaning) in phrases {
            lexicon.add(&fold(phrase.as_ref()), meaning);
        }
        lexicon
    }

    fn add(&mut self, folded: &str, meaning: T) {
        let mut node = 0;
        for word in words(folded) {
            let known = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = *self.words.entry(word.to_owned()).or_insert(known);
            let fresh = u32::try_from(self.meanings.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.meanings.push(None);
            }
        }
        if node != 0
            && let Some(place) = self.meanings.get_mut(node as usize)
        {
            place.get_or_insert(meaning);
        }
    }

    /// The phrases of a text, from left to right, at each place the longest, none over another:
    /// what they stand for and how many words they have.
    pub fn matches(&self, text: &str) -> Vec<(T, usize)> {
        let folded = fold(text);
        let known: Vec<Option<u32>> = words(&folded)
            .take(MOST_WORDS)
            .map(|word| self.words.get(word).copied())
            .collect();
        let mut found = Vec::new();
        let mut rest = known.as_slice();
        while !rest.is_empty() {
            let hit = self.longest_at(rest);
            let used = hit.map_or(1, |(_, count)| count);
            rest = rest.get(used..).unwrap_or_default();
            found.extend(hit);
        }
        found
    }

    /// The longest phrase with which these words begin.
    fn longest_at(&self, words: &[Option<u32>]) -> Option<(T, usize)> {
        let mut node = 0;
        let mut longest = None;
        for (count, word) in (1..).zip(words) {
            let next = word.and_then(|word| self.steps.get(&(node, word)));
            let Some(&next) = next else { break };
            node = next;
            if let Some(&Some(meaning)) = self.meanings.get(node as usize) {
                longest = Some((meaning, count));
            }
        }
        longest
    }

    /// The longest phrase of a text; of equals the first.
    pub fn longest(&self, text: &str) -> Option<T> {
        self.matches(text)
            .into_iter()
            .rev()
            .max_by_key(|&(_, count)| count)
            .map(|(meaning, _)| meaning)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_words_stay_whole() {
        let lexicon = Lexicon::new([("Kế toán", 1), ("Kế toán trưởng", 2), ("Lái xe", 3)]);
        assert_eq!(lexicon.longest("Tuyển KE TOAN truong gấp"), Some(2));
        assert_eq!(lexicon.matches("Lái xe kiêm kế toán"), [(3, 2), (1, 2)]);
        assert_eq!(lexicon.longest("kế toáng"), None);
        assert_eq!(lexicon.longest("toán kế"), None);
        assert_eq!(lexicon.longest(""), None);
    }

    #[test]
    fn of_equal_phrases_the_first_stays_and_an_empty_one_is_none() {
        let lexicon = Lexicon::new([("", 0), ("Hàn", 1), ("HÀN", 2), ("…", 3)]);
        assert_eq!(lexicon.matches("thợ hàn, hàn"), [(1, 1), (1, 1)]);
    }

    #[test]
    fn a_phrase_that_breaks_off_gives_what_was_whole() {
        let lexicon = Lexicon::new([("a", 1), ("a b c", 2), ("b", 3)]);
        assert_eq!(lexicon.matches("a b a b c"), [(1, 1), (3, 1), (2, 3)]);
    }

    proptest! {
        /// The definition, word for word: at each place the longest phrase, else one word on.
        #[test]
        fn matches_are_those_of_a_plain_scan(
            phrases in proptest::collection::vec("[abc]( [abc]){0,3}", 0..8),
            text in "([abcd] ){0,20}",
        ) {
            let lexicon = Lexicon::new(phrases.iter().map(|phrase| (phrase, phrase.len())));
            let words: Vec<&str> = text.split_whitespace().collect();
            let mut expected = Vec::new();
            let mut at = 0;
            while at < words.len() {
                let hit = (at + 1..=words.len()).rev().find(|&end| {
                    phrases.contains(&words[at..end].join(" "))
                });
                if let Some(end) = hit {
                    expected.push((words[at..end].join(" ").len(), end - at));
                }
                at = hit.unwrap_or(at + 1);
            }
            prop_assert_eq!(lexicon.matches(&text), expected);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,80}") {
            let _ = Lexicon::new([("kế toán", 1)]).longest(&text);
        }
    }
}
