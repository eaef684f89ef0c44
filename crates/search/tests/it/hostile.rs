//! No text breaks a search or takes it long; what cannot be seen does not matter.

use std::sync::LazyLock;

use proptest::prelude::*;
use search::TextIndex;
use search::ask::{Ask, Start};

use crate::world::{found, titles};

/// Words of a query that are looked at.
const MOST_WORDS: usize = 40;

fn world() -> &'static TextIndex {
    static WORLD: LazyLock<TextIndex> = LazyLock::new(|| {
        titles(&[
            "Lái xe tải hạng C",
            "Kế toán kho",
            "Nhân viên bán hàng Ia H'Drai",
            "Thợ hàn 3G",
        ])
    });
    &WORLD
}

#[test]
fn what_cannot_be_seen_does_not_matter() {
    for text in [
        "ke\u{200b} toan",
        "\u{feff}kế toán",
        "\u{202e}kế toán\u{202c}",
        "kế\u{ad} toán",
        "\0kế\0 toán\0",
        "kế\u{a0}toán",
        "kế\t\r\n toán",
    ] {
        assert_eq!(found(world(), text), [2], "{text:?}");
    }
}

#[test]
fn a_text_without_a_word_asks_for_everything() {
    for text in [
        "",
        "   ",
        "?!.,;:()[]{}",
        "'''''",
        "🙂🙂🙂",
        "\0",
        "\u{202e}",
        "\u{301}\u{301}",
        "---",
    ] {
        let answer = world().search(Ask::new(text, 10));
        assert_eq!((answer.total, answer.places.len()), (4, 4), "{text:?}");
        assert!(answer.chips.is_empty() && answer.corrected.is_none());
    }
}

#[test]
fn words_beyond_the_most_are_not_looked_at() {
    let chips = |count: usize| {
        let text = "kế toán ".repeat(count / 2) + "ở đăk hà";
        world().search(Ask::new(&text, 10)).chips.len()
    };
    assert_eq!(chips(MOST_WORDS - 4), 1);
    assert_eq!(chips(MOST_WORDS), 0);
    assert_eq!(found(world(), &"kế toán ".repeat(100)), [2]);
}

#[test]
fn long_texts_are_answered() {
    for text in [
        "a".repeat(10_000),
        "hồ".repeat(10_000),
        "\u{301}".repeat(10_000),
        "1".repeat(10_000),
        "h'".repeat(10_000),
        "không phải ".repeat(200),
        "a b c d ".repeat(2_000),
        "🙂".repeat(10_000),
        "ﷺ".repeat(10_000),
        format!("kế toán{}", " ".repeat(1_000_000)),
    ] {
        let answer = world().search(Ask::new(&text, 10));
        assert!(answer.places.len() <= 4);
    }
}

#[test]
fn any_page_may_be_asked_for() {
    for (skip, limit) in [
        (0, 0),
        (usize::MAX, 10),
        (0, usize::MAX),
        (usize::MAX, usize::MAX),
    ] {
        let mut ask = Ask::new("kế toán", limit);
        ask.start = Start::Skip(skip);
        let answer = world().search(ask);
        assert!(answer.places.len() <= 4 && answer.total == 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_breaks_a_search(text in ".{0,200}") {
        let answer = world().search(Ask::new(&text, 10));
        prop_assert!(answer.places.len() <= 4 && answer.total <= 4);
    }

    /// Words that mean something, in any order, with anything between them.
    #[test]
    fn no_order_of_words_breaks_a_search(
        words in proptest::collection::vec(
            prop::sample::select(vec![
                "kế", "toán", "không", "phải", "lương", "15tr", "-", "trên", "ở", "tại", "xã",
                "đăk", "hà", "kon", "tum", "h'", "drai", "2", "năm", "kinh", "nghiệm", "ca", "đêm",
                "quận", "7", "99999999999999999999", "tr", "tuổi", "gần", "nhà", "kees", "toan1",
                "nhanvien", "c++", "c", "½", "ǆ", "İ", "ß", "\u{301}", "ʼ",
            ]),
            0..20,
        ),
        gap in prop::sample::select(vec![" ", "", ", ", "\u{200b}", "'"]),
    ) {
        let answer = world().search(Ask::new(&words.join(gap), 10));
        for chip in &answer.chips {
            prop_assert!(chip.without.len() < words.join(gap).len() * 3 + 1);
            world().search(Ask::new(&chip.without, 10));
        }
    }
}
