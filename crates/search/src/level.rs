//! For whom a title is: learners, heads or others.

use crate::words::Word;

/// Words and pairs of words that say so, folded.
const LEARNERS: [&str; 8] = [
    "intern",
    "internship",
    "thuc tap",
    "tts",
    "hoc viec",
    "tap su",
    "trainee",
    "hoc nghe",
];
const HEADS: [&str; 22] = [
    "giam doc",
    "truong phong",
    "pho phong",
    "truong nhom",
    "to truong",
    "truong bo",
    "head",
    "manager",
    "leader",
    "lead",
    "director",
    "chief",
    "ceo",
    "cfo",
    "supervisor",
    "giam sat",
    "quan ly",
    "bep truong",
    "hang truong",
    "truong ca",
    "quan doc",
    "pho giam",
];

/// Languages, as they follow "tiếng", folded.
const LANGUAGES: [&str; 12] = [
    "anh", "trung", "hoa", "nhat", "han", "duc", "phap", "thai", "nga", "lao", "khmer", "dai",
];

/// The languages that some words name, a bit each.
pub(crate) fn languages(words: &[Word]) -> u16 {
    let pairs = words.windows(2);
    let named = pairs.filter_map(|pair| match pair {
        [one, other] if one.folded == "tieng" => {
            LANGUAGES.iter().position(|known| *known == other.folded)
        }
        _ => None,
    });
    // Chinese goes by two names.
    named.fold(0, |all, at| all | 1 << if at == 2 { 1 } else { at })
}

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Who learns.
    Learner,
    /// Who leads.
    Head,
    /// Others.
    Other,
}

impl Level {
    pub(crate) fn of_words(words: &[Word]) -> Self {
        let says = |list: &[&str]| {
            words.iter().enumerate().any(|(at, word)| {
                let next = words.get(at + 1).map_or("", |word| word.folded.as_str());
                let pair = format!("{} {next}", word.folded);
                list.contains(&word.folded.as_str()) || list.contains(&pair.as_str())
            })
        };
        if says(&LEARNERS) {
            Self::Learner
        } else if says(&HEADS) {
            Self::Head
        } else {
            Self::Other
        }
    }
}
