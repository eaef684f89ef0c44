//! Vietnamese text: one form of Unicode, and a folded form in which it is compared.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode NFC: decomposed letters break tokenizers and comparisons.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// What a door lets in: NFC, without control and invisible characters, one space for each run
/// of white space, none at the ends.
pub fn clean(text: &str) -> String {
    let kept = text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut cleaned = String::with_capacity(text.len());
    for c in kept.filter(|&c| !c.is_control() && !is_invisible(c)) {
        if c != ' ' || !(cleaned.is_empty() || cleaned.ends_with(' ')) {
            cleaned.push(c);
        }
    }
    cleaned.truncate(cleaned.trim_end().len());
    cleaned
}

/// Whether nobody sees it: a control character that is no white space, or an invisible one.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || is_invisible(c)
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{ad}')
}

/// The text as it is compared: small letters without accents, đ as d, one space for everything
/// that is neither letter nor digit.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            // Some keyboards give the eth of Iceland, which looks the same in capitals.
            'đ' | 'ð' => folded.push('d'),
            // What lower case or decomposition leaves of an accent.
            _ if is_mark(c) => {}
            _ if c.is_alphanumeric() || (c == '+' || c == '#') => folded.push(c),
            _ if is_invisible(c) => {}
            _ if !(folded.is_empty() || folded.ends_with(' ')) => folded.push(' '),
            _ => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a text as they are said: small letters with their accents, the mark of the tone at
/// the end of its word, so that "hoà" and "hòa" are the same. Folded, they are the words of
/// [`fold`].
pub fn toned(text: &str) -> Vec<String> {
    let mut said: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for c in text.nfkd().flat_map(char::to_lowercase) {
        let is_letter = c.is_alphanumeric() || c == '+' || c == '#';
        match said.last_mut().filter(|_| is_inside) {
            Some((_, tones)) if is_tone(c) => tones.push(c),
            Some((letters, _)) if is_letter || is_mark(c) => letters.push(c),
            _ if is_mark(c) || is_invisible(c) => {}
            _ if is_letter => {
                said.push((c.to_string(), String::new()));
                is_inside = true;
            }
            _ => is_inside = false,
        }
    }
    said.into_iter()
        .map(|(letters, tones)| letters + &tones)
        .collect()
}

/// Grave, acute, tilde, hook, dot below: the marks of the five tones that have one.
const fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The words of a folded text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// At most `most` characters.
pub fn shorten(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_and_forms_of_unicode_do_not_matter() {
        let composed = "Thợ hàn – Đăk Hà (Kon Tum)";
        let decomposed: String = composed.nfd().collect();
        assert_eq!(fold(composed), "tho han dak ha kon tum");
        assert_eq!(fold(&decomposed), fold(composed));
        assert_eq!(clean(&format!("  {decomposed}\t\u{200b}\n")), composed);
    }

    #[test]
    fn shortening_counts_characters_and_never_cuts_one() {
        assert_eq!(shorten("Đăk Hà", 3), "Đăk");
        assert_eq!(shorten("Đăk Hà", 30), "Đăk Hà");
    }

    #[test]
    fn a_tone_is_the_same_wherever_its_mark_is_put() {
        assert_eq!(toned("Hoà HÒA"), [toned("hòa"), toned("hoà")].concat());
        assert_ne!(toned("tiện"), toned("tiền"));
        assert_ne!(toned("nhôm"), toned("nhóm"));
        assert_eq!(toned(" C# / Đo "), ["c#", "đo"]);
    }

    #[test]
    fn words_of_nothing_are_none() {
        assert_eq!(words(&fold("C# / .NET")).collect::<Vec<_>>(), ["c#", "net"]);
        assert_eq!(words("").count(), 0);
    }

    proptest! {
        #[test]
        fn words_as_they_are_said_fold_to_the_words_of_the_folded_text(text in "\\PC{0,60}") {
            let said: Vec<String> = toned(&text).iter().map(|word| fold(word)).collect();
            let folded = fold(&text);
            prop_assert_eq!(said, words(&folded).collect::<Vec<_>>());
        }

        #[test]
        fn folding_twice_is_folding_once(text in ".{0,60}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }

        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC{0,60}") {
            let cleaned = clean(&text);
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
    }
}
