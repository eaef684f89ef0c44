//! The phrases about experience that are not lengths.

use crate::reading::token::Token;

/// Ways to write "not".
const NOT: [&str; 7] = ["khong", "ko", "k", "kg", "hong", "chua", "khg"];
/// What need not be: after a "not".
const NOT_NEEDED: [&str; 16] = [
    "yeu", "can", "doi", "bat", "quan", "kinh", "kn", "co", "biet", "tung", "y", "yc", "lam",
    "thao", "phai", "nhat",
];
/// Phrases by which nothing is required.
const NOT_REQUIRED: [&str; 26] = [
    "no experience",
    "not required",
    "no need",
    "none",
    "moi tot nghiep",
    "moi ra truong",
    "vua tot nghiep",
    "sinh vien moi",
    "fresher",
    "freshers",
    "hoc viec",
    "vao hoc",
    "se duoc dao tao",
    "duoc dao tao",
    "dao tao tu dau",
    "dao tao mien phi",
    "se dao tao",
    "duoc huong dan",
    "se huong dan",
    "chi viec",
    "chi tan tinh",
    "se duoc chi",
    "cam tay chi viec",
    "nhan ca nguoi moi",
    "nhan nguoi moi",
    "mien kinh nghiem",
];
const PREFERRED: [&str; 9] = [
    "uu tien",
    "loi the",
    "cang tot",
    "diem cong",
    "khuyen khich",
    "preferred",
    "a plus",
    "advantage",
    "nice to have",
];
const SOME: [&str; 26] = [
    "kinh nghiem",
    "kinh ngiem",
    "kinh nghiep",
    "kn",
    "experience",
    "experienced",
    "biet viec",
    "biet nghe",
    "biet lam",
    "biet may",
    "da tung",
    "tung lam",
    "da lam",
    "da qua",
    "da biet",
    "lanh nghe",
    "tay nghe",
    "thao viec",
    "thao nghe",
    "thanh thao",
    "quen viec",
    "rang nghe",
    "co nghe",
    "vung nghe",
    "tho chinh",
    "cung tay",
];

/// The words of a text; signs part them.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let word = |token: &Token| match token {
            Token::Word(word) => word.clone(),
            Token::Number(_) => "0".to_owned(),
            Token::Sign(sign) => sign.to_string(),
        };
        Self(tokens.iter().map(word).collect())
    }

    fn find(&self, phrases: &[&str]) -> Option<usize> {
        (0..self.0.len()).find(|&at| {
            let rest = self.0.get(at..).unwrap_or_default();
            phrases.iter().any(|phrase| {
                let mut words = phrase.split(' ').enumerate();
                words.all(|(nth, word)| rest.get(nth).is_some_and(|this| this == word))
            })
        })
    }

    /// "Không cần KN", "chưa có kinh nghiệm", a lone "Không". "Không dưới 2 năm" and "không quá 3
    /// năm" are lengths.
    pub(super) fn is_not_required(&self) -> bool {
        let next = |at: usize| self.0.get(at.saturating_add(1)).map(String::as_str);
        let is_not = |at: usize, word: &String| {
            NOT.contains(&word.as_str())
                && match next(at) {
                    None | Some("." | "," | ";" | ")") => true,
                    Some(next) => NOT_NEEDED.contains(&next),
                }
        };
        let mut words = self.0.iter().enumerate();
        words.any(|(at, word)| is_not(at, word))
            || self.find(&NOT_REQUIRED).is_some()
            || matches!(self.0.as_slice(), [only] if only == "no")
    }

    /// Whether it is said before this token that experience is only preferred.
    pub(super) fn is_preferred_before(&self, token: usize) -> bool {
        self.find(&PREFERRED).is_some_and(|at| at < token)
    }

    pub(super) fn is_preferred(&self) -> bool {
        self.find(&PREFERRED).is_some()
    }

    pub(super) fn asks_for_some(&self) -> bool {
        self.find(&SOME).is_some()
    }
}
