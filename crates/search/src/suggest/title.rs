//! A title as somebody would type it: without "tuyển gấp" before it, and place and wage after it.

use domain::text::{clean, fold};

/// What parts a title from what is said besides.
const ENDS: [char; 14] = [
    '(', '[', '{', '|', ';', ':', '–', '—', '/', ',', '!', '.', '+', '*',
];
/// What stands before a title, folded; the longer first.
const BEFORE: [&str; 9] = [
    "tuyen dung gap",
    "can tuyen gap",
    "tuyen dung",
    "can tuyen",
    "tuyen gap",
    "can gap",
    "can tim",
    "tuyen",
    "hot",
];
/// Words after which a wage or a place follows, in small letters: "tại" is not "tải".
const AFTER: [&str; 4] = ["tại", "upto", "kv", "thu nhập"];
/// What follows "lương" where it is no job: "kế toán lương" is one.
const WAGES: [&str; 13] = [
    "cao", "tu", "toi", "den", "upto", "up", "canh", "hap", "cung", "tren", "co", "khoang", "thoa",
];
/// What is left before the name of a place, in small letters.
const LEFT: [&str; 8] = ["ở", "tại", "tỉnh", "tp", "xã", "phường", "huyện", "quận"];
/// Words that a title should have.
const LEAST: usize = 2;

/// A place of work by its full and its short name.
#[derive(Clone, Copy)]
pub(super) struct Place<'c> {
    pub(super) full: &'c str,
    short: &'c str,
}

impl<'c> Place<'c> {
    pub(super) const fn new(full: &'c str, short: &'c str) -> Self {
        Self { full, short }
    }
}

/// A word as it is written, in small letters, and folded.
struct Word<'t> {
    text: &'t str,
    small: String,
    folded: String,
}

/// The title without what is said besides; `None` where nothing is left.
pub(super) fn plain(title: &str, places: &[Place<'_>]) -> Option<String> {
    let title = clean(title).replace(" - ", "|");
    let parts: Vec<Vec<Word<'_>>> = title.split(ENDS).map(|part| job(part, places)).collect();
    let long = parts.iter().find(|words| words.len() >= LEAST);
    let words = long.or_else(|| parts.iter().find(|words| !words.is_empty()))?;
    let words: Vec<&str> = words.iter().map(|word| word.text).collect();
    Some(quietly(words.join(" ")))
}

/// The words of a part that name the job.
fn job<'t>(part: &'t str, places: &[Place<'_>]) -> Vec<Word<'t>> {
    let words = part.split(' ').map(|text| Word {
        text,
        small: text.to_lowercase(),
        folded: fold(text),
    });
    let mut words: Vec<Word<'_>> = words.filter(|word| !word.folded.is_empty()).collect();
    while let Some(phrase) = BEFORE.iter().find(|phrase| begins(&words, phrase)) {
        words.drain(..phrase.split(' ').count());
    }
    let end = (1..words.len()).find(|&at| is_besides(words.get(at..).unwrap_or_default()));
    words.truncate(end.unwrap_or(words.len()));
    while let Some(count) = place(&words, places) {
        words.truncate(words.len() - count);
    }
    words
}

fn begins(words: &[Word<'_>], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase
        .split(' ')
        .all(|wanted| words.next().is_some_and(|word| word.folded == wanted))
}

fn begins_small(words: &[Word<'_>], phrase: &str) -> bool {
    let mut words = words.iter();
    let mut wanted = phrase.split(' ');
    wanted.all(|wanted| words.next().is_some_and(|word| word.small == wanted))
}

/// Whether a wage or a place begins here.
fn is_besides(words: &[Word<'_>]) -> bool {
    let folded = |at: usize| words.get(at).map_or("", |word| word.folded.as_str());
    let is_amount = |word: &str, next: &str| {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = word.get(digits.len()..).unwrap_or_default();
        !digits.is_empty()
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && (matches!(unit, "tr" | "trieu" | "m" | "k") || matches!(next, "tr" | "trieu" | "cu"))
    };
    AFTER.iter().any(|phrase| begins_small(words, phrase))
        || begins(words, "up to")
        || is_amount(folded(0), folded(1))
        || folded(0) == "luong"
            && (WAGES.contains(&folded(1)) || folded(1).starts_with(|c: char| c.is_ascii_digit()))
}

/// How many words at the end are the name of a place of work, or what is left before one; never
/// all.
fn place(words: &[Word<'_>], places: &[Place<'_>]) -> Option<usize> {
    let names = places.iter().flat_map(|place| [place.full, place.short]);
    let counts = names.filter_map(|name| {
        let name = fold(name);
        let count = name.split(' ').count();
        let end = words.get(words.len().checked_sub(count)?..)?;
        begins(end, &name).then_some(count)
    });
    let left = words
        .last()
        .filter(|word| LEFT.contains(&word.small.as_str()))
        .map(|_| 1);
    counts.max().or(left).filter(|&count| count < words.len())
}

/// Not in capitals throughout.
fn quietly(text: String) -> String {
    if text.chars().any(char::is_lowercase) {
        return text;
    }
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_job_is_left_of_a_title() {
        let places = [
            Place::new("Xã Đăk Hà", "Đăk Hà"),
            Place::new("Tỉnh Kon Tum", "Kon Tum"),
        ];
        for (title, expected) in [
            (
                "Nhân Viên Kinh Doanh - Up To 30M, Đi Làm Ngay",
                "Nhân Viên Kinh Doanh",
            ),
            ("TUYỂN GẤP KẾ TOÁN KHO", "Kế toán kho"),
            ("HOT: Cần tuyển phụ bếp Đăk Hà", "phụ bếp"),
            ("Lái xe tải 15 triệu", "Lái xe tải"),
            ("Lái xe tải lương 15-20tr tại Kon Tum", "Lái xe tải"),
            ("Thợ xây ở tỉnh Kon Tum", "Thợ xây"),
            ("Kế toán lương", "Kế toán lương"),
            ("Chuyên viên tiền lương (C&B)", "Chuyên viên tiền lương"),
            ("Bảo vệ", "Bảo vệ"),
            ("Lái xe tải Kon Tum up to 20M", "Lái xe tải"),
            ("Kon Tum", "Kon Tum"),
            ("IT", "It"),
        ] {
            assert_eq!(plain(title, &places).as_deref(), Some(expected), "{title}");
        }
        assert_eq!(plain("!!! ---", &places), None);
        assert_eq!(plain("", &places), None);
    }
}
