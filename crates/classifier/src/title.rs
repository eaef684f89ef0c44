//! A title as the classifier reads it: words in segments, without wages, places and years.

use domain::text::{fold, shorten, toned};

/// What follows in a longer title is not read.
const MOST_CHARACTERS: usize = 400;
/// As above, in words.
const MOST_WORDS: usize = 48;

/// Short forms in folded letters, and what they are read as, with accents.
const SHORT_FORMS: [(&str, &str); 40] = [
    ("nv", "nhân viên"),
    ("nvkd", "nhân viên kinh doanh"),
    ("cv", "chuyên viên"),
    ("cvc", "chuyên viên"),
    ("cvcc", "chuyên viên"),
    ("cn", "công nhân"),
    ("ktv", "kỹ thuật viên"),
    ("tts", "thực tập sinh"),
    ("gv", "giáo viên"),
    ("gd", "giám đốc"),
    ("tp", "trưởng phòng"),
    ("kh", "khách hàng"),
    ("kd", "kinh doanh"),
    ("bds", "bất động sản"),
    ("ldpt", "lao động phổ thông"),
    ("cskh", "chăm sóc khách hàng"),
    ("hdv", "hướng dẫn viên"),
    ("hlv", "huấn luyện viên"),
    ("hcns", "hành chính nhân sự"),
    ("xnk", "xuất nhập khẩu"),
    ("tmdt", "thương mại điện tử"),
    ("sx", "sản xuất"),
    ("ql", "quản lý"),
    ("mkt", "marketing"),
    ("vlxd", "vật liệu xây dựng"),
    ("bvtv", "bảo vệ thực vật"),
    ("cntt", "công nghệ thông tin"),
    ("xkld", "xuất khẩu lao động"),
    ("bhxh", "bảo hiểm xã hội"),
    ("attp", "an toàn thực phẩm"),
    ("bv", "bảo vệ"),
    ("oto", "ô tô"),
    ("tx", "tài xế"),
    ("ks", "kỹ sư"),
    ("bs", "bác sĩ"),
    ("dd", "điều dưỡng"),
    ("lx", "lái xe"),
    ("ctv", "cộng tác viên"),
    ("dvkh", "dịch vụ khách hàng"),
    ("ktt", "kế toán trưởng"),
];
/// Short forms that are read only where a title begins with them: "TP" is a city elsewhere.
const ONLY_FIRST: [&str; 10] = ["cn", "tp", "cv", "gd", "bv", "tx", "ks", "bs", "dd", "lx"];

/// Folded words with which what is no job begins; the rest of the segment is left out.
const NOISE: [&[&str]; 25] = [
    &["luong"],
    &["thu", "nhap"],
    &["up", "to"],
    &["upto"],
    &["di", "lam"],
    &["khong", "yeu", "cau"],
    &["khong", "can"],
    &["khong", "ap"],
    &["yeu", "cau"],
    &["uu", "tien"],
    &["lam", "viec"],
    &["co", "kinh", "nghiem"],
    &["kinh", "nghiem"],
    &["chi", "tuyen"],
    &["chap", "nhan"],
    &["duoc", "dao", "tao"],
    &["phuc", "loi"],
    &["co", "hoi"],
    &["hoa", "hong"],
    &["nghi", "thu"],
    &["phu", "cap"],
    &["bao", "an"],
    &["ki", "tuc"],
    &["viec", "tot"],
    &["nhieu", "dai", "ngo"],
];
/// Folded words at the very beginning that ask for somebody, without saying for what.
const OPENING: [&str; 12] = [
    "tuyen", "can", "gap", "hot", "nam", "nu", "va", "nguoi", "tim", "vi", "tri", "hn",
];

/// Words behind which the trade of the firm stands and not the job.
const LEADS_TO_TRADE: [&str; 5] = ["ngành", "nghành", "mảng", "lĩnh", "thị"];

/// A word of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As it stands in the title, small letters.
    pub(crate) shown: String,
    /// The same with the mark of the tone at the end, as it is compared.
    pub(crate) said: String,
    /// Without.
    pub(crate) folded: String,
    /// How far the segment that it stands in is from the first that names a job.
    pub(crate) segment: u8,
}

/// The words of a title that may name the job. Where all of it looks like something else, all.
pub(crate) fn read(title: &str) -> Vec<Word> {
    let title = shorten(title, MOST_CHARACTERS);
    let segments: Vec<Vec<String>> = segments(&title).iter().map(|part| shown(part)).collect();
    let words = number(segments.iter().map(|words| job_words(words)));
    if words.is_empty() {
        number(segments.into_iter())
    } else {
        words
    }
}

fn number(segments: impl Iterator<Item = Vec<String>>) -> Vec<Word> {
    let mut words = Vec::new();
    let named = segments.filter(|segment| !segment.is_empty());
    for (segment, shown) in (0_u8..=u8::MAX).zip(named) {
        for word in shown {
            let is_first = words.is_empty();
            for shown in long_form(&word, is_first).split(' ') {
                let folded = one_spelling(fold(shown));
                if folded.chars().any(char::is_alphanumeric) {
                    words.push(Word {
                        shown: shown.to_owned(),
                        said: toned(shown).concat(),
                        folded,
                        segment,
                    });
                }
            }
        }
    }
    words.truncate(MOST_WORDS);
    set_back(&mut words);
    words
}

/// From a word that leads to the trade of the firm, a segment stands one further back.
fn set_back(words: &mut [Word]) {
    let mut back = 0;
    let mut segment = 0;
    for (at, word) in words.iter_mut().enumerate() {
        if word.segment != segment {
            segment = word.segment;
            back = 0;
        }
        if at > 1 && LEADS_TO_TRADE.contains(&word.shown.as_str()) {
            back = 1;
        }
        word.segment = word.segment.saturating_add(back);
    }
}

/// The parts between marks; a hyphen or dot inside a word parts nothing.
fn segments(title: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    let mut rest = title.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let parting = match c {
            '-' | '–' | '—' => before.is_whitespace() || after.is_whitespace(),
            '/' | '|' | '_' | '(' | ')' | '[' | ']' | '{' | '}' | ',' | ';' | ':' | '•' | '*'
            | '!' | '?' | '…' | '~' | '"' | '“' | '”' => true,
            _ => false,
        };
        if parting {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        before = c;
    }
    parts
}

/// The words of one segment, small letters with their accents.
fn shown(segment: &str) -> Vec<String> {
    let is_apart = |c: char| !(c.is_alphanumeric() || c == '+' || c == '#' || is_mark(c));
    let words = segment.split(is_apart).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What is left of an accent that no letter is composed with.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The words of one segment up to the first that speaks of wage, place or time.
fn job_words(shown: &[String]) -> Vec<String> {
    let folded: Vec<String> = shown.iter().map(|word| one_spelling(fold(word))).collect();
    let is_opening = |word: &String| OPENING.contains(&word.as_str()) || is_number(word);
    let Some(begins) = folded.iter().position(|word| !is_opening(word)) else {
        return Vec::new();
    };
    let begins = if is_trade(&folded, begins) { 0 } else { begins };
    let ends = (0..folded.len())
        .find(|&at| is_noise(&folded, shown, at))
        .unwrap_or(folded.len());
    shown.get(begins..ends).unwrap_or_default().to_vec()
}

/// "tuyển dụng", "cần trục", "vị trí": the opening words that are part of a trade.
fn is_trade(folded: &[String], at: usize) -> bool {
    matches!(
        folded.get(at).map(String::as_str),
        Some("dung" | "sinh" | "truc" | "kiem" | "nguon")
    )
}

fn is_noise(folded: &[String], shown: &[String], at: usize) -> bool {
    let rest = folded.get(at..).unwrap_or_default();
    let named = !is_quality(folded, at)
        && NOISE.iter().any(|noise| {
            noise.len() <= rest.len() && noise.iter().zip(rest).all(|(one, other)| one == other)
        });
    // "tại" with its accent only: without it may be "tài xế".
    let is_place = at > 0 && shown.get(at).is_some_and(|word| word == "tại");
    let is_amount = rest.first().is_some_and(|word| is_number(word))
        && rest.get(1).is_some_and(|unit| {
            matches!(
                unit.as_str(),
                "tr" | "trieu" | "nam" | "thang" | "usd" | "m" | "k" | "ngay"
            )
        });
    named || is_place || is_amount || rest.first().is_some_and(|word| is_wage(word))
}

/// "chất lượng", "năng lượng": no wage.
fn is_quality(folded: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| folded.get(before));
    before.is_some_and(|word| matches!(word.as_str(), "chat" | "nang" | "khoi" | "so"))
        && folded.get(at).is_some_and(|word| word == "luong")
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

/// "15m", "20tr", "8tr5", "300k".
fn is_wage(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit = unit.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+');
    unit.len() < word.len() && matches!(unit, "m" | "tr" | "k" | "trieu" | "usd")
}

fn long_form(shown: &str, is_first: bool) -> &str {
    let folded = fold(shown);
    let known = SHORT_FORMS.iter().find(|(short, _)| *short == folded);
    match known {
        Some((short, long)) if is_first || !ONLY_FIRST.contains(short) => long,
        _ => shown,
    }
}

/// "kỹ" and "kĩ", "lý" and "lí" are written either way.
pub(crate) fn one_spelling(mut folded: String) -> String {
    let mut ends = folded.chars().rev();
    let last = ends.next();
    let before = ends.next();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if last == Some('y') && before.is_some_and(|c| !is_vowel(c)) {
        folded.pop();
        folded.push('i');
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> String {
        let words = read(title).into_iter();
        words.map(|word| word.folded).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_no_job_is_left_out() {
        assert_eq!(
            words("Nhân Viên Kinh Doanh - Up To 30M, Đi Làm Ngay"),
            "nhan vien kinh doanh"
        );
        assert_eq!(
            words("TUYỂN GẤP: 05 THỢ HÀN tại Ngọc Hồi lương 12tr"),
            "tho han"
        );
        assert_eq!(words("NV Kho (15-20 triệu)"), "nhan vien kho");
        assert_eq!(words("Lương 20 triệu"), "luong 20 trieu");
        assert_eq!(words("Quản lý chất lượng"), "quan li chat luong");
    }

    #[test]
    fn both_spellings_are_one_and_a_hyphen_inside_a_word_parts_nothing() {
        assert_eq!(words("Kĩ sư"), words("Kỹ sư"));
        let read = read("Full-stack Developer - Java");
        let segments: Vec<u8> = read.iter().map(|word| word.segment).collect();
        assert_eq!(segments, [0, 0, 0, 1]);
    }
}
