//! What a query string asks.

use std::borrow::Cow;

use domain::error::FieldError;
use percent_encoding::percent_decode_str;

use crate::problem::field_error;
use crate::texts::Texts;

/// Characters of a word or place at most.
pub(crate) const LONGEST_TEXT: usize = 200;
/// Fields of a query at most; a form of ours has four.
const MOST_FIELDS: usize = 50;
/// Names further away than this are no slip of the hand.
const FARTHEST: usize = 3;

/// A query string, taken apart.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads it; what is not UTF-8 is refused by name.
    pub(crate) fn parse(raw: &str, t: Texts) -> Result<Self, FieldError> {
        let mut fields = Vec::new();
        for part in raw.split('&').filter(|part| !part.is_empty()) {
            if fields.len() == MOST_FIELDS {
                return Err(field_error(
                    "?",
                    "",
                    t.count("expected-few-fields", MOST_FIELDS as u64),
                ));
            }
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match (decoded(name), decoded(value)) {
                (Some(name), Some(value)) => fields.push((name, value)),
                _ => return Err(field_error(name, value, t.t("expected-utf8"))),
            }
        }
        Ok(Self(fields))
    }

    /// The first value with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// What is wrong with the names: one that is not known, or stands there twice.
    pub(crate) fn strangers(&self, known: &[&str], t: Texts) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        for (at, (name, value)) in self.0.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                wrong.push(field_error(name, value, suggestion(name, known, t)));
            } else if self.0.iter().take(at).any(|(earlier, _)| earlier == name) {
                wrong.push(field_error(name, value, t.t("expected-once")));
            }
        }
        wrong
    }

    /// A text for people: cleaned, of bounded length; missing is empty.
    pub(crate) fn text(&self, name: &str, t: Texts) -> Result<String, FieldError> {
        let given = self.get(name).unwrap_or_default();
        if given.chars().count() > LONGEST_TEXT {
            let expected = t.count("expected-short-text", LONGEST_TEXT as u64);
            return Err(field_error(name, given, expected));
        }
        Ok(domain::text::clean(given))
    }

    /// A whole number within bounds; missing or empty is `other`.
    pub(crate) fn number(
        &self,
        name: &str,
        (least, most): (u32, u32),
        other: u32,
        t: Texts,
    ) -> Result<u32, FieldError> {
        let given = self.get(name).unwrap_or_default().trim();
        if given.is_empty() {
            return Ok(other);
        }
        given
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                let shown = |bound| crate::number::number(t.0, u64::from(bound));
                let (least, most) = (shown(least), shown(most));
                let expected = t.with("expected-number", &[("least", &least), ("most", &most)]);
                field_error(name, given, expected)
            })
    }

    /// One of a list of words; missing or empty is none.
    pub(crate) fn choice<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
        known: &[&str],
        t: Texts,
    ) -> Result<Option<T>, FieldError> {
        let given = self.get(name).unwrap_or_default().trim();
        if given.is_empty() {
            return Ok(None);
        }
        parse(given)
            .map(Some)
            .ok_or_else(|| field_error(name, given, suggestion(given, known, t)))
    }
}

fn decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8()
        .ok()
        .map(Cow::into_owned)
}

/// The known word that was probably meant, or all of them.
fn suggestion(given: &str, known: &[&str], t: Texts) -> String {
    if known.is_empty() {
        return t.t("expected-no-field");
    }
    match nearest(given, known) {
        Some(word) => t.with("expected-nearest", &[("word", word)]),
        None => t.with("expected-one-of", &[("words", &known.join(", "))]),
    }
}

/// The known word that is the fewest slips away, if they are few.
fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    known
        .iter()
        .map(|&word| (slips(given, word), word))
        .filter(|&(slips, word)| slips <= FARTHEST.min(word.len().div_ceil(2)))
        .min_by_key(|&(slips, _)| slips)
        .map(|(_, word)| word)
}

/// Letters to add, drop or change to get from one word to the other (Levenshtein).
fn slips(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().take(LONGEST_TEXT).enumerate() {
        let mut next = vec![line + 1];
        for ((other, above), corner) in to.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or(line + 1);
            let changed = corner + usize::from(letter != *other);
            next.push(changed.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(to.len())
}

#[cfg(test)]
mod tests {
    use domain::code::Lang;
    use proptest::prelude::*;

    use super::*;

    const T: Texts = Texts(Lang::En);

    fn query(raw: &str) -> Query {
        Query::parse(raw, T).map_err(|error| error.field).unwrap()
    }

    #[test]
    fn fields_are_decoded_and_cleaned() {
        let query = query("q=th%E1%BB%A3+h%C3%A0n%20%00&&noi&q=x");
        assert_eq!(query.text("q", T).unwrap(), "thợ hàn");
        assert_eq!(query.text("noi", T).unwrap(), "");
        assert_eq!(query.text("trang", T).unwrap(), "");
        let Err(error) = Query::parse("q=%FF", T) else {
            panic!("taken")
        };
        assert_eq!((error.field.as_str(), error.value.as_str()), ("q", "%FF"));
    }

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let known = ["q", "place", "trade", "limit", "cursor"];
        for (given, meant) in [
            ("limti", Some("limit")),
            ("plase", Some("place")),
            ("curser", Some("cursor")),
            ("query", None),
            ("utm_source", None),
        ] {
            assert_eq!(nearest(given, &known), meant, "{given}");
        }
    }

    #[test]
    fn what_cannot_be_taken_is_named_with_what_is_expected() {
        let query = query("q=a&limti=5&q=b&limit=0");
        let wrong = query.strangers(&["q", "limit"], T);
        let named: Vec<_> = wrong.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(named, ["limti", "q"]);
        assert!(wrong[0].expected.contains("limit"));
        let error = query.number("limit", (1, 100), 20, T).unwrap_err();
        assert!(error.expected.contains("100"), "{}", error.expected);
        assert_eq!(query.number("page", (1, 100), 20, T), Ok(20));
    }

    #[test]
    fn long_texts_are_refused_not_cut() {
        let exactly = "ơ".repeat(LONGEST_TEXT);
        assert_eq!(
            query(&format!("q={exactly}")).text("q", T).unwrap(),
            exactly
        );
        let error = query(&format!("q={exactly}x")).text("q", T).unwrap_err();
        assert!(error.value.chars().count() < 100);
    }

    proptest! {
        #[test]
        fn any_query_is_read_or_refused(raw in "\\PC{0,80}") {
            if let Ok(query) = Query::parse(&raw, T) {
                let _ = query.strangers(&["q"], T);
                let _ = query.text("q", T);
                let _ = query.number("q", (1, 9), 1, T);
            }
        }

        #[test]
        fn no_slips_means_the_same_word(one in "[a-c]{0,6}", other in "[a-c]{0,6}") {
            prop_assert_eq!(slips(&one, &other), slips(&other, &one));
            prop_assert_eq!(slips(&one, &other) == 0, one == other);
        }
    }
}
