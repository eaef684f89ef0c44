//! Answers of the model that is built in.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use classifier::{Model, SkillReader};
use domain::code::{Codes, Lang};
use proptest::prelude::*;

use crate::files;

static CODES: LazyLock<Codes> = LazyLock::new(files::codes);
static READER: LazyLock<SkillReader> = LazyLock::new(|| SkillReader::new(&CODES));
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let bytes = std::fs::read(files::path("config/classifier/model.bin")).unwrap();
    Model::from_bytes(&bytes).unwrap()
});

fn code(title: &str) -> String {
    let said = MODEL.occupation(title, None).unwrap();
    said.code().unwrap().to_string()
}

fn skills(title: &str, text: Option<&str>) -> Vec<String> {
    let found = READER.skills(&MODEL, title, text);
    found
        .iter()
        .map(|found| CODES.skills.label(found.skill, Lang::Vi).to_owned())
        .collect()
}

#[test]
fn what_stands_first_is_the_job() {
    assert_eq!(
        code("Nhân Viên Kinh Doanh - Up To 30M, Đi Làm Ngay"),
        "3322"
    );
    assert_eq!(code("cn may, luong san pham"), "8153");
    assert_eq!(code("TAI XE XE TAI BANG C"), "8332");
}

#[test]
fn deeper_is_never_surer_and_each_stands_in_the_one_before() {
    let said = MODEL.occupation("Kỹ sư điện", None).unwrap();
    assert_eq!(said.levels.len(), 4);
    for pair in said.levels.windows(2) {
        assert!(pair[1].0.is_in(pair[0].0) && pair[1].1 <= pair[0].1);
    }
    let (sure, confidence) = said.sure(500).unwrap();
    assert!(confidence >= 500 && said.code().unwrap().is_in(sure));
}

#[test]
fn reasons_are_words_of_the_title() {
    let said = MODEL.occupation("Thợ Hàn MIG nhà xưởng", None).unwrap();
    assert!(
        said.because.iter().any(|reason| reason.contains("hàn")),
        "{said:?}"
    );
    assert!(
        said.because
            .iter()
            .all(|reason| "thợ hàn mig nhà xưởng".contains(reason.as_str()))
    );
}

#[test]
fn the_text_tells_what_the_title_leaves_open() {
    let title = "Tuyển nhân viên đi làm ngay";
    let before = MODEL.occupation(title, None).unwrap();
    let after = MODEL
        .occupation(title, Some("Bảo vệ trực cổng nhà máy ca đêm"))
        .unwrap();
    assert_ne!(before.levels, after.levels);
}

#[test]
fn a_correction_counts_for_the_title_and_those_nearly_the_same() {
    let title = "Nhân viên đa nhiệm xưởng gốm";
    assert_ne!(code(title), "5223", "the correction would show nothing");
    let corrected = MODEL.clone().with_corrections(&[
        (title, "7549".parse().unwrap()),
        (title, "5223".parse().unwrap()),
    ]);
    for same in [title, "NHÂN VIÊN ĐA NHIỆM XƯỞNG GỐM - Lương 8 triệu"] {
        let said = corrected.occupation(same, None).unwrap();
        assert_eq!(said.code().unwrap().to_string(), "5223");
        assert_eq!(said.levels[3].1, 1_000);
    }
    let near = corrected
        .occupation("nhan vien da nhiem xuong gom", None)
        .unwrap();
    assert_eq!(near.code().unwrap().to_string(), "5223");
    let other = corrected.occupation("Thợ hàn", None).unwrap();
    assert_eq!(other.code().unwrap().to_string(), "7212");
}

#[test]
fn skills_stand_in_the_title() {
    assert!(skills("Phiên dịch tiếng Trung", None).contains(&"Tiếng Trung".to_owned()));
    assert!(skills("Thợ hàn TIG", None).contains(&"Hàn TIG".to_owned()));
}

#[test]
fn what_is_offered_denied_or_about_others_is_not_asked_for() {
    let title = "Thợ hàn";
    let asks = |text: &str| skills(title, Some(text)).contains(&"Tiếng Anh".to_owned());
    assert!(asks("Yêu cầu biết tiếng Anh."));
    assert!(!asks("Không cần tiếng Anh."));
    assert!(!asks("Quyền lợi: được học tiếng Anh miễn phí."));
    assert!(!skills("Nấu cơm cho thợ hồ", None).contains(&"Xây gạch".to_owned()));
    let text = "Báo cáo cho kế toán. Làm tại siêu thị điện máy.";
    assert_eq!(skills(title, Some(text)), skills(title, None));
}

#[test]
fn verbs_and_objects_that_tasks_share_are_put_together() {
    let finds = |title: &str, text: &str, skill: &str| {
        let found = skills(title, Some(text));
        assert!(found.contains(&skill.to_owned()), "{text}: {found:?}");
    };
    finds(
        "Kỹ thuật viên điện lạnh",
        "Lắp đặt và bảo trì điều hòa.",
        "Lắp máy lạnh",
    );
    finds(
        "Thợ điện nước",
        "Sửa máy giặt, tủ lạnh.",
        "Sửa tủ lạnh, máy giặt",
    );
    finds(
        "Nhân viên tạp vụ",
        "Hằng ngày lau các kính.",
        "Lau kính, đu dây",
    );
}

#[test]
fn of_two_phrases_that_cross_the_one_that_says_more_is_meant() {
    let found = skills("Nhân viên kế toán nội bộ", None);
    assert_eq!(found, ["Kế toán nội bộ"]);
    let found = skills("Nhân viên livestream bán hàng online", None);
    for skill in ["Livestream bán hàng", "Bán hàng online"] {
        assert!(found.contains(&skill.to_owned()), "{found:?}");
    }
}

#[test]
fn tasks_of_another_trade_and_wide_trades_are_left_out() {
    let found = skills("Thợ hàn inox", Some("Cắt chấn, uốn, đánh bóng."));
    assert!(!found.contains(&"Uốn, duỗi tóc".to_owned()), "{found:?}");
    let found = skills("Lập trình viên", Some("Thành thạo Laravel, Git."));
    assert!(found.contains(&"Laravel".to_owned()), "{found:?}");
    assert!(!found.contains(&"Lập trình ứng dụng".to_owned()));
}

#[test]
fn a_wage_is_no_quality() {
    let found = skills("Trưởng nhóm kiểm soát chất lượng", None);
    assert!(found.contains(&"Kiểm tra chất lượng".to_owned()));
}

#[test]
fn long_texts_are_bounded_in_time() {
    let long = "Tuyển thợ hàn MIG biết đọc bản vẽ, ".repeat(300);
    assert!(long.chars().count() >= 10_000);
    // Read once before, so that no list is counted.
    let before = READER.skills(&MODEL, "thợ", None).len();
    let start = Instant::now();
    let found = READER.skills(&MODEL, &long, Some(&long));
    assert!(start.elapsed() < Duration::from_secs(2) && found.len() >= before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_too_odd(title in "\\PC{0,80}", text in "[\\PC\n]{0,200}") {
        let said = MODEL.occupation(&title, Some(&text));
        let found = READER.skills(&MODEL, &title, Some(&text));
        prop_assert_eq!(said, MODEL.occupation(&title, Some(&text)));
        prop_assert_eq!(found, READER.skills(&MODEL, &title, Some(&text)));
    }

    #[test]
    fn both_forms_of_unicode_are_one(
        title in "(thợ|kỹ sư|nhân viên|lái xe|giáo viên) (hàn|điện|bán hàng|tiếng Đức|cơ khí)",
    ) {
        use unicode_normalization::UnicodeNormalization;
        let decomposed: String = title.nfd().collect();
        prop_assert_eq!(
            MODEL.occupation(&title, None),
            MODEL.occupation(&decomposed, None)
        );
        prop_assert_eq!(
            READER.skills(&MODEL, &title, Some(&title)),
            READER.skills(&MODEL, &decomposed, Some(&decomposed))
        );
    }
}
