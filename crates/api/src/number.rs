//! Numbers as a reader writes them.

use domain::code::Lang;

/// A number with its thousands parted: `1.284` in Vietnamese, `1,284` in English.
///
/// ```
/// use domain::code::Lang;
/// assert_eq!(api::words::number(Lang::Vi, 1_284), "1.284");
/// assert_eq!(api::words::number(Lang::En, 1_284), "1,284");
/// ```
pub fn number(lang: Lang, n: u64) -> String {
    let digits = n.to_string();
    let mut parted = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            parted.push(thousands_mark(lang));
        }
        parted.push(digit);
    }
    parted
}

const fn thousands_mark(lang: Lang) -> char {
    match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    }
}
