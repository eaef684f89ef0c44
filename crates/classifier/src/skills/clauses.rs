//! A text in clauses, and which of them say what is asked for.

use super::phrases::{TextWord, words};

/// What ends a sentence.
const STOPS: [char; 7] = ['.', ';', '\n', '!', '?', '•', '*'];
/// What ends a clause within it.
const PAUSES: [char; 6] = [',', ':', '(', ')', '/', '+'];

/// Folded beginnings of sentences that offer and do not ask.
const OFFERS: [&str; 37] = [
    "quyen loi",
    "che do",
    "phuc loi",
    "dai ngo",
    "luong ",
    "thu nhap",
    "duoc huong",
    "muc luong",
    "thuong le",
    "thuong tet",
    "thuong theo",
    "thuong thang",
    "thuong quy",
    "thuong doanh",
    "thuong chuyen",
    "thuong cuoi",
    "thuong nang",
    "thuong san",
    "thuong them",
    "phu cap",
    "bao hiem",
    "co nha o",
    "co cho o",
    "lien he so",
    "lien he chi",
    "lien he anh",
    "lien he gap",
    "lien he qua",
    "lien he truc",
    "lien he 0",
    "nop ho so",
    "tra luong",
    "tra theo",
    "tra cong",
    "tra 1",
    "dong bh",
    "dong bao hiem",
];
/// Folded beginnings of clauses that offer something beside what others ask for.
const ONE_OFFER: [&str; 22] = [
    "luong ",
    "thuong ",
    "phu cap",
    "bao an",
    "bao com",
    "bao o",
    "com ",
    "an ca",
    "an trua",
    "an giua",
    "an 2",
    "an 3",
    "duoc ",
    "co bao hiem",
    "dong bao hiem",
    "dong bh",
    "bhxh ",
    "nghi ",
    "cong tac phi",
    "tang ca",
    "xe dua",
    "co xe dua",
];
/// Folded words after which a clause asks for nothing.
const DENIALS: [&str; 9] = [
    "khong can",
    "khong yeu cau",
    "khong bat buoc",
    "khong doi hoi",
    "chua biet",
    "chua co",
    "khong phai",
    "cho di hoc",
    "duoc dao tao",
];

/// Words behind which others are named, or where something is, and not what is asked for.
const OTHERS: [&str; 13] = [
    "cho", "với", "báo", "cùng", "của", "tại", "ở", "từ", "là", "ngoài", "khỏi", "thành", "mới",
];
/// The same in a text without accents.
const FOLDED_OTHERS: [&str; 13] = [
    "cho", "voi", "bao", "cung", "cua", "tai", "o", "tu", "la", "ngoai", "khoi", "thanh", "moi",
];
/// Folded words behind which a field of study stands.
const STUDIES: [&str; 9] = [
    "tot nghiep",
    "trung cap",
    "cao dang",
    "dai hoc",
    "cu nhan",
    "bang so cap",
    "chuyen nganh",
    "ki su nganh",
    "thac si",
];

/// Folded words behind which a task or something to master is named.
const ASKING: [&str; 14] = [
    "biet", "thao", "dung", "kiem", "co", "duoc", "nang", "hieu", "va", "phu", "lam", "ve", "ho",
    "tro",
];

/// Folded words behind which a language is named that somebody is to know.
const MASTERING: [&str; 16] = [
    "biet", "noi", "giao", "doc", "viet", "nghe", "thao", "trinh", "hieu", "gioi", "kha", "co",
    "dung", "dich", "yeu", "can",
];

/// Folded beginnings of phrases that say who or where somebody is, and not what they can do.
const PEOPLE_AND_PLACES: [&[&str]; 20] = [
    &["nha", "may"],
    &["nhan", "vien"],
    &["cong", "nhan"],
    &["chuyen", "vien"],
    &["cong", "ty"],
    &["cua", "hang"],
    &["sieu", "thi"],
    &["ki", "su"],
    &["bac", "si"],
    &["y", "si"],
    &["i", "si"],
    &["duoc", "si"],
    &["luat", "su"],
    &["lap", "trinh", "vien"],
    &["hoi", "phu", "nu"],
    &["nguoi"],
    &["truong"],
    &["xuong"],
    &["khach", "san"],
    &["ca", "dem"],
];
/// Folded words up to which a sentence tells who is looking.
const LOOKING: [&str; 2] = ["tuyen", "can"];

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its words.
    pub(crate) words: Vec<TextWord>,
    /// Whether it offers something, or stands in a sentence that does.
    is_offer: bool,
    /// The number of its sentence.
    pub(crate) sentence: usize,
}

impl Clause {
    /// Whether it may ask for something.
    pub(crate) const fn asks(&self) -> bool {
        !self.is_offer
    }

    /// Whether so many words from one on say who or where somebody is.
    pub(crate) fn is_somebody(&self, at: usize, count: usize) -> bool {
        let run = self.words.get(at..at + count).unwrap_or_default();
        PEOPLE_AND_PLACES.iter().any(|somebody| {
            somebody.len() <= run.len()
                && somebody
                    .iter()
                    .zip(run)
                    .all(|(one, word)| *one == word.folded())
        })
    }

    /// Whether a task is named at a word: at the beginning of the clause, or behind "biết".
    pub(crate) fn is_task(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.words.get(before));
        before.is_none_or(|word| ASKING.contains(&word.folded()))
    }

    /// Whether a language that so many words from one on name is to be spoken or read.
    pub(crate) fn is_mastered(&self, at: usize, count: usize) -> bool {
        let up_to = self.words.get(..at + count).unwrap_or_default();
        let is_said = |word: &TextWord| MASTERING.contains(&word.folded());
        at == 0 || up_to.iter().any(is_said)
    }

    /// Whether what stands at a word is asked for, and not named beside it: somebody to work with,
    /// a place, a field of study.
    pub(crate) fn asks_at(&self, at: usize) -> bool {
        let before = self.words.get(..at).unwrap_or_default();
        let is_other = before.last().is_some_and(|word| {
            let shown = word.shown.as_str();
            OTHERS.contains(&shown) || FOLDED_OTHERS.contains(&shown)
        });
        let is_other = is_other || folded(before).starts_with("phoi hop");
        let all: Vec<&str> = before.iter().map(TextWord::folded).collect();
        let all = format!("{} ", all.join(" "));
        let is_study = STUDIES
            .iter()
            .any(|study| all.contains(&format!("{study} ")));
        !is_other && !is_study
    }
}

/// The clauses of a text; of one that denies, what stands before the denial.
pub(crate) fn clauses(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    for (number, sentence) in text.split(STOPS).enumerate() {
        let is_offer = offers(&words(sentence), &OFFERS);
        for clause in sentence.split(PAUSES) {
            let words = words(clause);
            all.push(Clause {
                is_offer: is_offer || offers(&words, &ONE_OFFER),
                words: asked(words),
                sentence: number,
            });
        }
    }
    all
}

fn offers(words: &[TextWord], openings: &[&str]) -> bool {
    let opening = folded(words);
    openings.iter().any(|offer| opening.starts_with(offer))
}

fn asked(mut words: Vec<TextWord>) -> Vec<TextWord> {
    let employer = words
        .iter()
        .position(|word| LOOKING.contains(&word.folded()));
    if let Some(looking) = employer.filter(|&at| is_somebodys(&words, at)) {
        words.drain(..=looking);
    }
    let denied = (0..words.len()).find(|&at| {
        let rest = folded(words.get(at..).unwrap_or_default());
        DENIALS.iter().any(|denial| rest.starts_with(denial))
    });
    words.truncate(denied.unwrap_or(words.len()));
    words
}

/// "Công ty xây lắp điện tuyển": what begins with an employer and goes on to what it looks for.
fn is_somebodys(words: &[TextWord], looking: usize) -> bool {
    const EMPLOYERS: [&str; 14] = [
        "cong", "nha", "xuong", "quan", "truong", "trung", "cua", "khach", "benh", "htx", "hop",
        "chuoi", "doanh", "van",
    ];
    looking > 0
        && words
            .first()
            .is_some_and(|word| EMPLOYERS.contains(&word.folded()))
}

fn folded(words: &[TextWord]) -> String {
    let some = words.iter().take(4);
    some.map(TextWord::folded).collect::<Vec<_>>().join(" ")
}
