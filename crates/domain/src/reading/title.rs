//! Phrases in a text, by plain look-up: the longest wins.

use std::collections::HashMap;

use crate::text::{fold, toned};

/// Words; what follows in a longer text is not read.
const MOST_WORDS: usize = 500;
/// Phrases that fold to everyday words: "kiểm kê" and "kiêm kế toán", "nhôm kính" and "nhóm kinh
/// doanh". Where their accents are missing they may be either.
const AMBIGUOUS: [&str; 2] = ["kiem ke", "nhom kinh"];

/// Phrases and what they stand for: a tree of folded words.
///
/// Accents part words: "tiện" (turning) is not "tiền" (money). A text with accents is taken at its
/// word, so a phrase must stand in it with its own. A text without any may mean each phrase that
/// folds alike, except those that are a single syllable or everyday words.
pub struct Lexicon<T> {
    words: HashMap<String, u32>,
    /// From a node by a word to the next; the root is 0.
    steps: HashMap<(u32, u32), u32>,
    /// The phrases that end at a node.
    phrases: Vec<Vec<Phrase<T>>>,
}

struct Phrase<T> {
    said: Vec<String>,
    /// Whether it is read where a text has no accents.
    is_plain: bool,
    meaning: T,
}

/// A word of a text as it was said, and its number in the lexicon.
struct Word {
    said: String,
    known: Option<u32>,
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon; of phrases that are said alike the first stays.
    pub fn new(phrases: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut lexicon = Self {
            words: HashMap::new(),
            steps: HashMap::new(),
            phrases: vec![Vec::new()],
        };
        for (phrase, meaning) in phrases {
            lexicon.add(phrase.as_ref(), meaning);
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, meaning: T) {
        let said = toned(phrase);
        let mut node = 0;
        for word in &said {
            let known = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = *self.words.entry(fold(word)).or_insert(known);
            let fresh = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.phrases.push(Vec::new());
            }
        }
        if node != 0
            && let Some(known) = self.phrases.get_mut(node as usize)
            && known.iter().all(|other| other.said != said)
        {
            known.push(Phrase {
                is_plain: !has_accents(&said)
                    || said.len() > 1 && !AMBIGUOUS.contains(&fold(phrase).as_str()),
                said,
                meaning,
            });
        }
    }

    /// The phrases of a text, from left to right, at each place the longest, none over another:
    /// what they stand for and how many words they have.
    pub fn matches(&self, text: &str) -> Vec<(T, usize)> {
        let said = toned(text);
        let has_accents = has_accents(&said);
        self.read(said, has_accents)
    }

    fn read(&self, mut said: Vec<String>, has_accents: bool) -> Vec<(T, usize)> {
        said.truncate(MOST_WORDS);
        let all: Vec<Word> = said
            .into_iter()
            .map(|said| Word {
                known: self.words.get(&fold(&said)).copied(),
                said,
            })
            .collect();
        let mut found = Vec::new();
        let mut rest = all.as_slice();
        while !rest.is_empty() {
            let hit = self.longest_at(rest, has_accents);
            let used = hit.map_or(1, |(_, count)| count);
            rest = rest.get(used..).unwrap_or_default();
            found.extend(hit);
        }
        found
    }

    /// The longest phrase with which these words begin.
    fn longest_at(&self, words: &[Word], has_accents: bool) -> Option<(T, usize)> {
        let mut node = 0;
        let mut longest = None;
        for (count, word) in (1..).zip(words) {
            let next = word.known.and_then(|known| self.steps.get(&(node, known)));
            let Some(&next) = next else { break };
            node = next;
            let is_meant = |phrase: &&Phrase<T>| {
                if has_accents {
                    let said = words.iter().map(|word| &word.said);
                    phrase
                        .said
                        .iter()
                        .zip(said)
                        .all(|(one, other)| one == other)
                } else {
                    phrase.is_plain
                }
            };
            let phrases = self.phrases.get(node as usize);
            if let Some(phrase) = phrases.and_then(|known| known.iter().find(is_meant)) {
                longest = Some((phrase.meaning, count));
            }
        }
        longest
    }

    /// The longest phrase of a text; of equals the first. Where there is none with the accents of
    /// the text, some may be mistyped: it is read once more as if it had none.
    pub fn longest(&self, text: &str) -> Option<T> {
        let mut found = self.matches(text);
        if found.is_empty() {
            found = self.read(toned(text), false);
        }
        found
            .into_iter()
            .rev()
            .max_by_key(|&(_, count)| count)
            .map(|(meaning, _)| meaning)
    }
}

fn has_accents(said: &[String]) -> bool {
    said.iter().any(|word| fold(word) != *word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_phrase_wins_and_words_stay_whole() {
        let lexicon = Lexicon::new([("Kế toán", 1), ("Kế toán trưởng", 2), ("Lái xe", 3)]);
        assert_eq!(lexicon.longest("Tuyen KE TOAN truong gap"), Some(2));
        assert_eq!(lexicon.matches("Lái xe kiêm kế toán"), [(3, 2), (1, 2)]);
        assert_eq!(lexicon.longest("Tuyển Kế Toán trưởng gấp"), Some(2));
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
    fn accents_part_words_where_a_text_has_any() {
        let lexicon = Lexicon::new([
            ("Tiện", 1),
            ("Nhôm kính", 2),
            ("Kiểm kê", 3),
            ("Điều hòa", 4),
            ("CNC", 5),
            ("Thợ tiện", 6),
        ]);
        for text in [
            "Ưu Tiên Ứng Viên Lũy Tiến",
            "Đón Tiễn Khách Tiền Giang",
            "Trưởng Nhóm Kinh Doanh",
            "Thủ kho Kiêm Kế toán",
            "Uu tien ung vien tien giang",
            "Truong nhom kinh doanh",
            "Thu kho kiem ke toan",
        ] {
            assert_eq!(lexicon.matches(text), [], "{text}");
        }
        for (text, expected) in [
            ("Thợ phay, tiện CNC", vec![(1, 1), (5, 1)]),
            ("Thi công nhôm kính", vec![(2, 2)]),
            ("Kiểm kê kho điều hoà", vec![(3, 2), (4, 2)]),
            ("Tho tien cnc, dieu hoa", vec![(6, 2), (5, 1), (4, 2)]),
        ] {
            assert_eq!(lexicon.matches(text), expected, "{text}");
        }
    }

    #[test]
    fn the_longest_may_be_mistyped_where_there_is_no_other() {
        let lexicon = Lexicon::new([("Lái xe", 1), ("Lái xe tải", 2), ("Tiện", 3)]);
        assert_eq!(lexicon.longest("Lái xe tại Hà Nội"), Some(1));
        assert_eq!(lexicon.longest("Lai xe tải"), Some(2));
        assert_eq!(lexicon.longest("Tiền thưởng"), None);
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
