//! What is left of Telex and VNI where the input method was off: "kees toasn", "ke61 toa1n".
//!
//! The rules of both are public: a letter typed twice or a digit puts the mark of a vowel, and a
//! letter or a digit the tone of the syllable.

const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const HORN: char = '\u{31b}';
const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const HOOK: char = '\u{309}';
const TILDE: char = '\u{303}';
const DOT: char = '\u{323}';

/// A letter and the mark over it.
#[derive(Clone, Copy)]
struct Letter {
    base: char,
    mark: Option<char>,
}

/// A syllable as it is put together.
#[derive(Default)]
struct Syllable {
    letters: Vec<Letter>,
    tone: Option<char>,
    changed: bool,
}

impl Syllable {
    fn push(&mut self, base: char) {
        self.letters.push(Letter { base, mark: None });
    }

    /// Puts the mark on the last of these letters that has none.
    fn mark(&mut self, on: &[char], mark: char) -> bool {
        let mut letters = self.letters.iter_mut().rev();
        let last = letters.find(|letter| on.contains(&letter.base) && letter.mark.is_none());
        let is_there = last.is_some();
        if let Some(letter) = last {
            letter.mark = Some(mark);
        }
        self.changed |= is_there;
        is_there
    }

    /// The horn: of "uo" both have it.
    fn horn(&mut self) -> bool {
        let at = self.letters.windows(2).rposition(|pair| {
            matches!(
                pair,
                [
                    Letter {
                        base: 'u',
                        mark: None
                    },
                    Letter {
                        base: 'o',
                        mark: None
                    }
                ]
            )
        });
        let is_after_q = at
            .and_then(|at| at.checked_sub(1))
            .and_then(|before| self.letters.get(before))
            .is_some_and(|letter| letter.base == 'q');
        if let Some(at) = at.filter(|_| !is_after_q) {
            for letter in self.letters.iter_mut().skip(at).take(2) {
                letter.mark = Some(HORN);
            }
            self.changed = true;
            return true;
        }
        self.mark(&['o', 'u'], HORN)
    }

    /// The bar of đ, on the first d.
    fn bar(&mut self) -> bool {
        let first = self.letters.first_mut().filter(|letter| letter.base == 'd');
        let is_there = first.is_some();
        if let Some(letter) = first {
            letter.base = 'đ';
        }
        self.changed |= is_there;
        is_there
    }

    fn has_vowel(&self) -> bool {
        let is_vowel = |letter: &Letter| "aeiouy".contains(letter.base);
        self.letters.iter().any(is_vowel)
    }

    /// As [`crate::words::Word::said`] has it; `None` where nothing was put.
    fn said(self) -> Option<String> {
        if !self.changed {
            return None;
        }
        let mut said = String::new();
        for letter in self.letters {
            said.push(letter.base);
            said.extend(letter.mark);
        }
        said.extend(self.tone);
        Some(said)
    }
}

/// A word typed in Telex, as it would be said.
pub(crate) fn telex(word: &str) -> Option<String> {
    let mut syllable = Syllable::default();
    for c in word.chars() {
        if !c.is_ascii_lowercase() {
            return None;
        }
        let is_put = match c {
            's' | 'f' | 'r' | 'x' | 'j' if syllable.has_vowel() => {
                syllable.tone = Some(tone_of_letter(c));
                syllable.changed = true;
                true
            }
            'a' | 'e' | 'o' => syllable.mark_plain(c),
            'd' => syllable.bar(),
            'w' => syllable.mark_if_last(&['a'], BREVE) || syllable.horn() || syllable.lone_w(),
            _ => false,
        };
        if !is_put {
            syllable.push(c);
        }
    }
    syllable.said()
}

impl Syllable {
    /// A vowel typed again: at once, or after the end of the syllable.
    fn mark_plain(&mut self, vowel: char) -> bool {
        let is_there = self.letters.iter().any(|letter| letter.base == vowel);
        let is_last = self
            .letters
            .last()
            .is_some_and(|letter| letter.base == vowel);
        let is_closed = self
            .letters
            .last()
            .is_some_and(|letter| "cghmnpt".contains(letter.base));
        is_there && (is_last || is_closed) && self.mark(&[vowel], CIRCUMFLEX)
    }

    /// The mark where this is the last vowel.
    fn mark_if_last(&mut self, on: &[char], mark: char) -> bool {
        let mut letters = self.letters.iter().rev();
        let last = letters.find(|letter| "aeiouy".contains(letter.base));
        last.is_some_and(|letter| on.contains(&letter.base)) && self.mark(on, mark)
    }

    /// A "w" by itself is "ư".
    fn lone_w(&mut self) -> bool {
        if self.has_vowel() {
            return false;
        }
        self.letters.push(Letter {
            base: 'u',
            mark: Some(HORN),
        });
        self.changed = true;
        true
    }
}

/// A word typed in VNI, as it would be said.
pub(crate) fn vni(word: &str) -> Option<String> {
    let mut syllable = Syllable::default();
    for c in word.chars() {
        let is_put = match c {
            '1'..='5' if syllable.has_vowel() => {
                syllable.tone = Some(tone_of_digit(c));
                syllable.changed = true;
                true
            }
            '6' => syllable.mark(&['a', 'e', 'o'], CIRCUMFLEX),
            '7' => syllable.horn(),
            '8' => syllable.mark(&['a'], BREVE),
            '9' => syllable.bar(),
            'a'..='z' => {
                syllable.push(c);
                true
            }
            _ => false,
        };
        if !is_put {
            return None;
        }
    }
    let typed = syllable.letters.iter();
    // "b2", "c1": classes and levels, not syllables.
    let is_word = typed.filter(|letter| letter.base.is_alphabetic()).count() > 1;
    syllable.said().filter(|_| is_word)
}

const fn tone_of_letter(c: char) -> char {
    match c {
        's' => ACUTE,
        'f' => GRAVE,
        'r' => HOOK,
        'x' => TILDE,
        _ => DOT,
    }
}

const fn tone_of_digit(c: char) -> char {
    match c {
        '1' => ACUTE,
        '2' => GRAVE,
        '3' => HOOK,
        '4' => TILDE,
        _ => DOT,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(word: &str) -> String {
        domain::text::toned(word).concat()
    }

    #[test]
    fn telex_is_read() {
        for (typed, meant) in [
            ("kees", "kế"),
            ("toasn", "toán"),
            ("toans", "toán"),
            ("nguwowif", "người"),
            ("nguoiwf", "người"),
            ("dduwowcj", "được"),
            ("vieejt", "việt"),
            ("vietej", "việt"),
            ("truwowngr", "trưởng"),
            ("ddawks", "đắk"),
            ("quoocs", "quốc"),
            ("xaay", "xây"),
            ("luw", "lư"),
            ("hwowng", "hương"),
            ("suwar", "sửa"),
        ] {
            assert_eq!(telex(typed), Some(said(meant)), "{typed}");
        }
        for plain in ["nam", "kon", "it", "c++", "", "tin"] {
            assert_eq!(telex(plain), None, "{plain}");
        }
    }

    #[test]
    fn vni_is_read() {
        for (typed, meant) in [
            ("ke61", "kế"),
            ("toan1", "toán"),
            ("ngu7o7i2", "người"),
            ("nguo7i2", "người"),
            ("d9u7o7c5", "được"),
            ("vie65t", "việt"),
            ("d9a8k1", "đắk"),
            ("tru7o7ng3", "trưởng"),
        ] {
            assert_eq!(vni(typed), Some(said(meant)), "{typed}");
        }
        for plain in ["nam", "b2", "10", "", "c1"] {
            assert_eq!(vni(plain), None, "{plain}");
        }
    }

    proptest! {
        #[test]
        fn any_word_is_read_without_a_panic(word in "\\PC{0,20}") {
            let _ = (telex(&word), vni(&word));
        }
    }
}
