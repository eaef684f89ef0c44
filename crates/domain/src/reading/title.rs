//! Phrases in a text, by plain look-up: the longest wins.

use std::collections::HashMap;

use crate::text::fold;

/// Folded phrases and what they stand for.
pub struct Lexicon<T> {
    phrases: HashMap<String, T>,
    longest: usize,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon; of phrases that fold alike the first stays.
    pub fn new(phrases: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut lexicon = Self {
            phrases: HashMap::new(),
            longest: 0,
        };
        for (phrase, meaning) in phrases {
            let folded = fold(phrase.as_ref());
            if !folded.is_empty() {
                lexicon.longest = lexicon.longest.max(folded.split(' ').count());
                lexicon.phrases.entry(folded).or_insert(meaning);
            }
        }
        lexicon
    }

    /// The phrases of a text, from left to right, at each place the longest, none over another:
    /// what they stand for and how many words they have.
    pub fn matches(&self, text: &str) -> Vec<(T, usize)> {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let most = self.longest.min(words.len() - at);
            let hit = (1..=most).rev().find_map(|count| {
                let phrase = words.get(at..at + count)?.join(" ");
                self.phrases.get(&phrase).map(|&meaning| (meaning, count))
            });
            at += hit.map_or(1, |(_, count)| count);
            found.extend(hit);
        }
        found
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
    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_words_stay_whole() {
        let lexicon = Lexicon::new([("Kế toán", 1), ("Kế toán trưởng", 2), ("Lái xe", 3)]);
        assert_eq!(lexicon.longest("Tuyển KE TOAN truong gấp"), Some(2));
        assert_eq!(lexicon.matches("Lái xe kiêm kế toán"), [(3, 2), (1, 2)]);
        assert_eq!(lexicon.longest("kế toáng"), None);
        assert_eq!(lexicon.longest(""), None);
    }
}
