//! 1. Places, wages, shifts, lodging and negations in a query are conditions; the rest is words.
//! 2. A condition that is taken away is gone, and nothing else.
//! 3. A condition that a vacancy fails keeps it out; one that nobody spoke of does not.

use domain::code::{Contracts, Shifts};
use domain::vacancy::{Asked, Workplace};
use search::ask::{Answer, Ask, ChipKind};
use search::phrases::Kind;

use crate::world::{Draft, commune, found, index, old_province, province, titles};

fn chips(answer: &Answer) -> Vec<(ChipKind, &str)> {
    answer
        .chips
        .iter()
        .map(|chip| (chip.kind, chip.text.as_str()))
        .collect()
}

#[test]
fn a_query_is_read() {
    let index = titles(&["Phụ bếp", "Lái xe", "Kế toán"]);
    use ChipKind::{Experience, Not, Phrase, Place, Wage};
    let cases: &[(&str, &[(ChipKind, &str)])] = &[
        ("phụ bếp kon tum", &[(Place, "kon tum")]),
        ("phụ bếp ở đăk hà", &[(Place, "ở đăk hà")]),
        ("tim viec phu bep gan dak ha", &[(Place, "gan dak ha")]),
        ("kế toán quảng ngãi", &[(Place, "quảng ngãi")]),
        ("ke toan tphcm", &[(Place, "tphcm")]),
        ("lái xe trên 15tr", &[(Wage, "trên 15tr")]),
        (
            "lái xe lương 10 triệu trở lên",
            &[(Wage, "lương 10 triệu trở lên")],
        ),
        (
            "kế toán 2 năm kinh nghiệm",
            &[(Experience, "2 năm kinh nghiệm")],
        ),
        ("phụ bếp ca đêm", &[(Phrase(Kind::Shift), "ca đêm")]),
        ("phụ bếp có chỗ ở", &[(Phrase(Kind::Lodging), "có chỗ ở")]),
        ("phu bep co cho o", &[(Phrase(Kind::Lodging), "co cho o")]),
        (
            "phụ bếp không cần bằng cấp",
            &[(Phrase(Kind::NoDegree), "không cần bằng cấp")],
        ),
        ("phụ bếp gần nhà", &[(Phrase(Kind::NearMe), "gần nhà")]),
        ("lái xe không phải sale", &[(Not, "không phải sale")]),
        (
            "phụ bếp đăk hà ca đêm trên 7tr",
            &[
                (Place, "đăk hà"),
                (Phrase(Kind::Shift), "ca đêm"),
                (Wage, "trên 7tr"),
            ],
        ),
        ("phụ bếp", &[]),
        ("kế toán trưởng", &[]),
    ];
    for (text, expected) in cases {
        let answer = index.search(Ask::new(text, 5));
        assert_eq!(chips(&answer), *expected, "{text}");
    }
}

#[test]
fn a_condition_that_is_taken_away_is_gone() {
    let index = titles(&["Phụ bếp", "Lái xe"]);
    let text = "phụ bếp ở đăk hà ca đêm trên 7tr không phải sale";
    let answer = index.search(Ask::new(text, 5));
    assert_eq!(answer.chips.len(), 4);
    for chip in &answer.chips {
        let rest = index.search(Ask::new(&chip.without, 5));
        let kinds = |answer: &Answer| {
            answer
                .chips
                .iter()
                .map(|chip| chip.kind)
                .collect::<Vec<_>>()
        };
        let mut expected = kinds(&answer);
        expected.retain(|kind| *kind != chip.kind);
        assert_eq!(kinds(&rest), expected, "{chip:?}");
        assert!(chip.without.starts_with("phụ bếp"));
    }
}

#[test]
fn a_place_is_a_place_however_it_is_written() {
    let all = [
        Draft::new(1, "Thợ may").at(Workplace::Commune(commune("Xã Đăk Hà"))),
        Draft::new(2, "Thợ may").at(Workplace::LegacyProvince(old_province("Kon Tum"))),
        Draft::new(3, "Thợ may").at(Workplace::Province(province("Quảng Ngãi"))),
        Draft::new(4, "Thợ may").at(Workplace::Province(province("Đắk Lắk"))),
    ];
    let index = index(&all.map(Draft::done));
    let sorted = |text: &str| {
        let mut numbers = found(&index, text);
        numbers.sort_unstable();
        numbers
    };
    // Of those that are only known by their province, the place may be theirs.
    for text in ["thợ may đăk hà", "tho may dak ha", "thợ may xã Đăk Hà"] {
        assert_eq!(found(&index, text).first(), Some(&1), "{text}");
        assert!(!found(&index, text).contains(&4), "{text}");
    }
    for text in ["thợ may tỉnh kon tum", "tho may tinh kon tum"] {
        assert_eq!(sorted(text).first(), Some(&1), "{text}");
        assert!(
            sorted(text).contains(&2) && !sorted(text).contains(&4),
            "{text}"
        );
    }
    for text in ["thợ may quảng ngãi", "tho may quang ngai"] {
        assert_eq!(sorted(text), [1, 2, 3], "{text}");
    }
    for text in ["thợ may đắk lắk", "tho may dak lak", "thợ may daklak"] {
        assert_eq!(sorted(text), [4], "{text}");
    }
}

#[test]
fn what_fails_a_condition_is_not_found_and_what_is_unknown_comes_later() {
    let all = [
        Draft::new(1, "Phụ bếp").wage(5),
        Draft::new(2, "Phụ bếp").wage(9),
        Draft::new(3, "Phụ bếp"),
        Draft::new(4, "Phụ bếp").with(|vacancy| {
            vacancy.offer.level = Asked::NotRequired;
            vacancy.offer.months = Asked::NotRequired;
            vacancy.offer.shifts = Shifts::EMPTY.with("night").unwrap();
            vacancy.offer.lodging = true;
        }),
        Draft::new(5, "Phụ bếp").with(|vacancy| {
            vacancy.offer.months = Asked::Required(36);
            vacancy.offer.contracts = Contracts::EMPTY.with("indefinite").unwrap();
        }),
        Draft::new(6, "Sale phụ bếp"),
    ];
    let index = index(&all.map(Draft::done));
    assert!(!found(&index, "phụ bếp trên 8tr").contains(&1));
    assert_eq!(found(&index, "phụ bếp trên 8tr").first(), Some(&2));
    assert_eq!(found(&index, "phụ bếp ca đêm").first(), Some(&4));
    assert_eq!(found(&index, "phụ bếp có chỗ ở").first(), Some(&4));
    assert_eq!(
        found(&index, "phụ bếp không cần bằng cấp").first(),
        Some(&4)
    );
    let beginners = found(&index, "phụ bếp không cần kinh nghiệm");
    assert_eq!(
        (beginners.first(), beginners.contains(&5)),
        (Some(&4), false)
    );
    assert!(!found(&index, "phụ bếp bán thời gian").contains(&5));
    assert!(found(&index, "phụ bếp").contains(&6));
    assert!(!found(&index, "phụ bếp không phải sale").contains(&6));
    assert_eq!(found(&index, "phụ bếp không phải sale").len(), 5);
}

#[test]
fn other_words_for_the_same_are_found_after_the_same_words() {
    let index = titles(&["Tài xế xe tải", "Lái xe tải", "Kế toán"]);
    assert_eq!(found(&index, "lái xe tải"), [2, 1]);
    assert_eq!(found(&index, "tài xế xe tải"), [1, 2]);
}
