use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::code::Codes;
use crate::reading::wage::{Period, Wage};
use crate::vacancy::Workplace;

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
});

fn found(text: &str) -> Vec<(&'static str, &str)> {
    let all = findings(text);
    all.iter()
        .map(|finding| (finding.concern.as_str(), finding.words(text)))
        .collect()
}

#[test]
fn wording_that_discriminates_is_found_with_its_words() {
    for (text, concern, words) in [
        ("Chỉ tuyển nam, làm ca đêm", "sex", "Chỉ tuyển nam"),
        ("Cần 2 lao động nữ phụ bếp", "sex", "Cần 2 lao động nữ"),
        ("Giới tính: Nữ", "sex", "Giới tính: Nữ"),
        ("Ưu tiên nam giới", "sex", "Ưu tiên nam"),
        ("can tuyen nu phuc vu quan", "sex", "can tuyen nu"),
        ("Tuyển thợ hàn từ 18 - 35 tuổi", "age", "18 - 35 tuổi"),
        ("Tuổi không quá 40", "age", "Tuổi không quá 40"),
        ("Nhận người dưới 45 tuổi", "age", "dưới 45 tuổi"),
        ("Độ tuổi: 20-30", "age", "tuổi: 20-30"),
        ("Sinh năm 1990 đến 2003", "age", "Sinh năm 1990 đến 2003"),
        (
            "không nhận người ngoại tỉnh",
            "origin",
            "không nhận người ngoại tỉnh",
        ),
        ("Nói giọng miền Bắc, rõ ràng", "origin", "giọng miền Bắc"),
        ("Có hộ khẩu tại Kon Tum", "origin", "Có hộ khẩu tại"),
        (
            "không nhận người dân tộc",
            "ethnicity",
            "không nhận người dân tộc",
        ),
        ("Chỉ tuyển người Kinh", "ethnicity", "Chỉ tuyển người Kinh"),
        (
            "Cam kết không sinh con trong 2 năm",
            "pregnancy",
            "Cam kết không sinh con",
        ),
        ("Nữ độc thân", "marriage", "độc thân"),
        ("ưu tiên chưa lập gia đình", "marriage", "chưa lập gia đình"),
        (
            "không vướng bận con cái",
            "family_duties",
            "không vướng bận",
        ),
        ("Không theo đạo", "religion", "Không theo đạo"),
        ("Sức khỏe tốt, không dị tật", "disability", "không dị tật"),
        ("nộp giấy xét nghiệm HIV", "hiv", "xét nghiệm HIV"),
        (
            "không tham gia công đoàn",
            "union",
            "không tham gia công đoàn",
        ),
        ("phải là đảng viên", "politics", "phải là đảng viên"),
        ("Ngoại hình cao ráo, da trắng", "colour", "da trắng"),
    ] {
        assert!(
            found(text).contains(&(concern, words)),
            "{text}: {:?}",
            found(text)
        );
        let decomposed: String = text.nfd().collect();
        let same = findings(&decomposed);
        assert!(
            same.iter()
                .any(|finding| finding.concern.as_str() == concern),
            "{text}"
        );
    }
}

#[test]
fn money_papers_and_messengers_are_found() {
    for (text, concern, words) in [
        ("Đóng phí hồ sơ 300k khi nhận việc", "fee", "Đóng phí"),
        ("Ứng viên đặt cọc 500.000đ giữ chỗ", "fee", "đặt cọc"),
        ("phải nộp tiền đồng phục trước", "fee", "nộp tiền"),
        ("Phí giới thiệu 1 triệu", "fee", "Phí giới thiệu"),
        (
            "Công ty yêu cầu nhân viên nộp tiền đồng phục",
            "fee",
            "nộp tiền",
        ),
        ("mang theo 200k thế chân", "fee", "thế chân"),
        (
            "Công ty giữ bằng gốc 12 tháng",
            "original_papers",
            "giữ bằng gốc",
        ),
        (
            "nộp bản gốc bằng tốt nghiệp",
            "original_papers",
            "nộp bản gốc",
        ),
        (
            "Kết bạn Zalo để được hướng dẫn",
            "messenger",
            "Kết bạn Zalo",
        ),
        ("liên hệ qua Telegram nhận việc", "messenger", "Telegram"),
    ] {
        assert!(
            found(text).contains(&(concern, words)),
            "{text}: {:?}",
            found(text)
        );
    }
}

#[test]
fn what_says_the_opposite_or_is_the_work_is_no_finding() {
    for text in [
        "Hoàn toàn không thu phí người lao động",
        "Không đặt cọc, không đóng phí",
        "khong thu phi, khong dat coc",
        "Miễn phí hồ sơ",
        "Trung tâm không thu bất kỳ khoản phí hồ sơ nào",
        "Phí đào tạo do công ty chi trả",
        "Công ty đóng phí bảo hiểm đầy đủ",
        "Tuyển nhân viên thu phí cao tốc",
        "Làm tại trạm thu phí",
        "Tư vấn cho khách đặt cọc căn hộ",
        "Không giữ bằng gốc",
        "Không phân biệt nam nữ",
        "Tuyển nam/nữ làm ca",
        "Tuyển nam, nữ từ 18 tuổi trở lên",
        "Cần 5 nam và nữ phụ kho",
        "cả nữ lẫn nam",
        "Bình đẳng giới trong tuyển dụng",
        "Không phân biệt giới tính, độ tuổi, dân tộc",
        "Nhân viên bán thời trang nữ",
        "Tuyển thợ cắt tóc nam",
        "Tuyển 3 nhân viên kinh doanh tại Quảng Nam",
        "Cần người đi Nam Định",
        "2 năm kinh nghiệm",
        "Cần 1 năm kinh nghiệm",
        "Đủ 18 tuổi trở lên",
        "Từ 18 tuổi",
        "Chăm bé 3 - 5 tuổi",
        "Nhận người từ 18 đến 60 tuổi",
        "Công ty 20 tuổi",
        "Ưu tiên người khuyết tật",
        "Ưu tiên người dân tộc thiểu số",
        "Nhận người khuyết tật",
        "Chế độ thai sản cho lao động nữ",
        "photo sổ hộ khẩu",
        "Tôn trọng đạo đức nghề nghiệp",
        "Trợ lý đạo diễn",
        "SĐT/Zalo: gặp chị Lan",
        "",
        "???",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn of_two_findings_for_the_same_words_the_longer_stays() {
    assert_eq!(
        found("Chỉ tuyển nam dưới 35 tuổi; đặt cọc trước 1 triệu"),
        [
            ("sex", "Chỉ tuyển nam"),
            ("age", "dưới 35 tuổi"),
            ("fee", "đặt cọc")
        ]
    );
}

#[test]
fn a_wage_below_the_minimum_of_its_region_is_found() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    let commune = |code: &str| Workplace::Commune(CODES.units.commune_by_code(code).unwrap());
    let capital = commune("00004");
    let below = |wage, places: &[Workplace]| {
        below_minimum(wage, places, day, &CODES)
            .map(|below| (below.minimum, below.rule.region.clone()))
    };
    let month = |vnd| Wage::Range(vnd, vnd, Period::Month);
    let region_one = Some((5_310_000, "I".to_owned()));
    assert_eq!(below(month(5_309_999), &[capital]), region_one);
    assert_eq!(below(month(5_310_000), &[capital]), None);
    assert_eq!(
        below(Wage::UpTo(5_000_000, Period::Month), &[capital]),
        region_one
    );
    // The lower end of a range, and the dearest of several places.
    let range = Wage::Range(4_500_000, 9_000_000, Period::Month);
    assert_eq!(below(range, &[commune("00691"), capital]), region_one);
    assert_eq!(below(range, &[commune("00691")]), None);
    let hour = |vnd| Wage::From(vnd, Period::Hour);
    assert_eq!(
        below(hour(25_499), &[capital]),
        Some((25_500, "I".to_owned()))
    );
    assert_eq!(below(hour(25_500), &[capital]), None);
    let shift = Wage::Range(200_000, 200_000, Period::Day);
    assert_eq!(below(shift, &[capital]), Some((204_000, "I".to_owned())));
    // Of a province, and of no place at all, only the lowest is sure.
    let province = Workplace::Province(CODES.units.province_by_code("01").unwrap());
    assert_eq!(
        below(month(3_500_000), &[]),
        Some((3_700_000, "IV".to_owned()))
    );
    assert!(below(month(3_900_000), &[]).is_none());
    assert!(below(month(3_000_000), &[province]).is_some());
    for wage in [Wage::NotSaid, Wage::Negotiable, Wage::Piece] {
        assert_eq!(below(wage, &[capital]), None);
    }
    let long_ago = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    assert!(below_minimum(month(1), &[capital], long_ago, &CODES).is_none());
}

proptest! {
    #[test]
    fn any_text_is_looked_at_and_spans_are_words_of_it(
        text in "\\PC{0,120}|((tuyển|nam|nữ|không|đặt cọc|18|35|tuổi|phí|zalo|\u{0}|\u{200f}|,|\n) ?){0,20}",
    ) {
        for finding in findings(&text) {
            prop_assert!(!finding.words(&text).is_empty());
        }
    }
}
