//! 1. From two letters on, titles, skills, employers and places are suggested that have the typed
//!    words, the last of which is only begun, in any spelling.
//! 2. Each with how many vacancies have it that may be applied for; none with nothing.
//! 3. What begins as it was typed comes first, then what more vacancies have.
//! 4. Changes are suggested at once, as if all had been laid out together.

use domain::code::SkillIx;
use domain::vacancy::{Asked, AskedSkill, Confidence, Workplace};
use proptest::prelude::*;
use search::TextIndex;
use search::suggest::Kind;

use crate::world::{Draft, codes, commune, day, id, index, province, titles};

fn texts(index: &TextIndex, text: &str) -> Vec<String> {
    index
        .suggest(text, None, 8)
        .into_iter()
        .map(|known| known.text)
        .collect()
}

fn bartending() -> SkillIx {
    codes().skills.by_code("service.04").unwrap()
}

fn world() -> TextIndex {
    let asked = AskedSkill {
        skill: bartending(),
        essential: true,
        confidence: Confidence::SURE,
    };
    let all = [
        Draft::new(1, "Tuyển gấp kế toán kho - lương 8 triệu"),
        Draft::new(2, "Kế toán kho tại Kon Tum").at(Workplace::Commune(commune("Phường Kon Tum"))),
        Draft::new(3, "Kế toán trưởng"),
        Draft::new(4, "Nhân viên kế toán"),
        Draft::new(5, "Thợ máy").at(Workplace::Commune(commune("Xã Đăk Hà"))),
        Draft::new(6, "Thợ may").at(Workplace::Province(province("Gia Lai"))),
        Draft::new(7, "Phục vụ").with(|vacancy| {
            vacancy.employer_name = "Quán Kẹo Ngọt".to_owned();
            vacancy.offer.skills = Asked::Required(vec![asked]);
        }),
        Draft::new(8, "KẾ TOÁN KHO").with(|vacancy| vacancy.offer.closes = Some(day(1))),
    ];
    index(&all.map(Draft::done))
}

#[test]
fn titles_are_completed_in_any_spelling() {
    let index = world();
    for typed in [
        "kế toán k",
        "ke toan k",
        "KE TOAN KH",
        "toán kho k",
        "kees toasn k",
        "ke61 toan1 k",
        "kế toán kho",
    ] {
        assert_eq!(
            texts(&index, typed).first().map(String::as_str),
            Some("kế toán kho"),
            "{typed}"
        );
    }
    // What begins so, then by count.
    assert_eq!(
        texts(&index, "ke to"),
        ["kế toán kho", "Kế toán trưởng", "Nhân viên kế toán"]
    );
    assert_eq!(
        texts(&index, "toan"),
        ["kế toán kho", "Kế toán trưởng", "Nhân viên kế toán"]
    );
    assert_eq!(texts(&index, "thợ má"), ["Thợ máy"]);
    let mut both = texts(&index, "tho ma");
    both.sort();
    assert_eq!(both, ["Thợ may", "Thợ máy"]);
}

#[test]
fn a_title_without_accents_is_shown_with_them() {
    let index = titles(&["Ke toan kho", "Kế toán kho", "Phu ho", "Thợ máy", "Thợ may"]);
    let known = index.suggest("ke toan", None, 8);
    assert_eq!(
        (known.len(), known[0].text.as_str(), known[0].count),
        (1, "Kế toán kho", 2)
    );
    assert_eq!(texts(&index, "phu h"), ["Phu ho"]);
    assert_eq!(texts(&index, "tho ma").len(), 2);
}

#[test]
fn other_kinds_are_suggested() {
    let index = world();
    let known = |text: &str| {
        let all = index.suggest(text, None, 8).into_iter();
        all.map(|known| (known.kind, known.text, known.count))
            .collect::<Vec<_>>()
    };
    let one = |kind, text: &str, count| vec![(kind, text.to_owned(), count)];
    assert_eq!(known("dak h"), one(Kind::Place, "Xã Đăk Hà", 1));
    assert_eq!(known("gia l"), one(Kind::Place, "Tỉnh Gia Lai", 1));
    assert_eq!(known("quang ng"), one(Kind::Place, "Tỉnh Quảng Ngãi", 2));
    assert_eq!(known("pha ch"), one(Kind::Skill, "Pha chế", 1));
    // By another way to say it, too.
    assert_eq!(known("pha nuo"), one(Kind::Skill, "Pha chế", 1));
    assert_eq!(known("quan k"), one(Kind::Employer, "Quán Kẹo Ngọt", 1));
    assert_eq!(known("binh mi"), one(Kind::Employer, "Cơ sở Bình Minh", 7));
    // Of each kind something.
    let kinds: Vec<Kind> = index
        .suggest("ke", None, 2)
        .into_iter()
        .map(|known| known.kind)
        .collect();
    assert_eq!(kinds, [Kind::Title, Kind::Title]);
    let kinds: Vec<Kind> = index
        .suggest("ke", None, 4)
        .into_iter()
        .map(|known| known.kind)
        .collect();
    assert_eq!(
        kinds,
        [Kind::Title, Kind::Title, Kind::Title, Kind::Employer]
    );
}

#[test]
fn what_may_not_be_applied_for_does_not_count() {
    let index = world();
    let count = |today| {
        index
            .suggest("kế toán kho", today, 1)
            .first()
            .map(|known| known.count)
    };
    assert_eq!(count(None), Some(3));
    assert_eq!(count(Some(day(1))), Some(3));
    assert_eq!(count(Some(day(2))), Some(2));
    let closed = titles(&[]);
    assert!(closed.suggest("ke", None, 8).is_empty());
}

#[test]
fn nothing_is_suggested_for_a_letter_or_for_what_nobody_has() {
    let index = world();
    for typed in ["", "k", "  k ", "?!", "xyzzy", "kế toán xyz", "\0", "🙂"] {
        assert!(texts(&index, typed).is_empty(), "{typed:?}");
    }
    assert!(index.suggest("ke toan", None, 0).is_empty());
}

#[test]
fn changes_are_suggested_at_once() {
    let mut index = world();
    index.change(
        &[
            Draft::new(9, "Kế toán kho").done(),
            Draft::new(3, "Kế toán thuế").done(),
        ],
        &[id(1)],
    );
    let counts: Vec<(String, u64)> = index
        .suggest("ke toan", None, 8)
        .into_iter()
        .map(|known| (known.text.to_lowercase(), known.count))
        .collect();
    assert_eq!(
        counts,
        [
            ("kế toán kho".to_owned(), 3),
            ("kế toán thuế".to_owned(), 1),
            ("nhân viên kế toán".to_owned(), 1)
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_answered_within_the_limit(text in ".{0,60}", limit in 0_usize..10) {
        let index = titles(&["Kế toán kho", "Thợ máy"]);
        prop_assert!(index.suggest(&text, None, limit).len() <= limit);
    }
}
