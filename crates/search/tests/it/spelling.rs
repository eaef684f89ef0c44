//! 1. Accents that are typed count; without them all words are meant that lose theirs.
//! 2. One text is one text: NFC and NFD, "hoà" and "hòa", Telex, VNI, words written together.
//! 3. Where nothing has the words, the likely ones are searched for, and it is said so.
//! 4. A word that nobody has narrows: what has only the others is near, and not counted.

use proptest::prelude::*;
use search::ask::Ask;

use crate::world::{exact, found, titles};

#[test]
fn typed_accents_count_and_missing_ones_may_be_any() {
    let index = titles(&["Thợ may", "Thợ máy", "Kế toán"]);
    assert_eq!(found(&index, "thợ may"), [1]);
    assert_eq!(found(&index, "thợ máy"), [2]);
    let mut both = found(&index, "tho may");
    both.sort_unstable();
    assert_eq!(both, [1, 2]);
}

#[test]
fn a_text_is_the_same_in_all_its_forms() {
    let index = titles(&[
        "Nhân viên kế toán Đông Hòa",
        "Thợ hồ",
        "Phục vụ quán nhậu",
        "Lái xe nâng",
    ]);
    for text in [
        "nhân viên kế toán",
        "NHÂN VIÊN KẾ TOÁN",
        "nha\u{302}n vie\u{302}n ke\u{302}\u{301} toa\u{301}n",
        "nhan vien ke toan",
        "nhaan vieen kees toasn",
        "nha6n vie6n ke61 toan1",
        "nhânviên kế toán",
        "nhanvien ketoan",
        "kế toán nhân viên",
        "kế toán Đông Hòa",
        "kế toán Đông Hoà",
        "ke toan dong ho",
    ] {
        let answer = index.search(Ask::new(text, 5));
        assert_eq!((exact(&answer), answer.total), (vec![1], 1), "{text}");
        assert_eq!(answer.corrected, None, "{text}");
    }
}

#[test]
fn what_is_mistyped_is_corrected_and_it_is_said_so() {
    let index = titles(&["Nhân viên kế toán", "Thợ hàn", "Bảo vệ"]);
    for text in [
        "nhan vien ke toann",
        "nhan vienn ke toan",
        "nhân viênn kế toán",
    ] {
        let answer = index.search(Ask::new(text, 5));
        assert_eq!(
            answer
                .corrected
                .as_deref()
                .map(domain::text::fold)
                .as_deref(),
            Some("nhan vien ke toan"),
            "{text}"
        );
        assert_eq!(exact(&answer).first(), Some(&1), "{text}");
    }
    assert_eq!(index.search(Ask::new("thợ hàn", 5)).corrected, None);
}

#[test]
fn an_unknown_word_narrows() {
    let index = titles(&["Nhân viên kế toán", "Nhân viên bán hàng", "Thợ hàn"]);
    let answer = index.search(Ask::new("nhân viên xyzzyqwv", 5));
    assert_eq!((answer.total, exact(&answer)), (0, vec![]));
    assert!(!answer.places.is_empty() && answer.places.iter().all(|place| place.is_near));
    assert!(
        answer
            .counts
            .of(search::facet::Facet::Origin)
            .next()
            .is_none()
    );
    let nothing = index.search(Ask::new("xyzzyqwv", 5));
    assert_eq!((nothing.total, nothing.places.len()), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A letter left out, doubled or exchanged in a long word of a title: it still comes first.
    #[test]
    fn a_slip_in_a_long_word_is_forgiven(word in 0_usize..3, at in 1_usize..5, kind in 0_u8..3) {
        let words = ["nghiệm", "trưởng", "phòng"];
        let index = titles(&["Trưởng phòng thí nghiệm", "Kế toán", "Lái xe tải", "Thợ hàn"]);
        let mut letters: Vec<char> = domain::text::fold(words[word]).chars().collect();
        match kind {
            0 => { letters.remove(at.min(letters.len() - 1)); }
            1 => { let letter = letters[at.min(letters.len() - 1)]; letters.insert(at.min(letters.len()), letter); }
            _ => { let last = letters.len() - 1; letters.swap(at.min(last) - 1, at.min(last)); }
        }
        let mut query = ["nghiem", "truong", "phong"].map(str::to_owned);
        query[word] = letters.into_iter().collect();
        let answer = index.search(Ask::new(&query.join(" "), 5));
        prop_assert_eq!(answer.places.first().map(|place| crate::world::number(place.id.0)), Some(1));
    }
}
