use proptest::prelude::*;

use super::*;

#[test]
fn bands_count_by_their_lower_end() {
    for (text, months) in [
        ("1 năm", Asked::Required(12)),
        ("Trên 5 năm", Asked::Required(60)),
        ("3 - 5 năm", Asked::Required(36)),
        ("3-5 years", Asked::Required(36)),
        ("từ 1 đến 2 năm", Asked::Required(12)),
        ("6 tháng", Asked::Required(6)),
        ("6 tháng - 1 năm", Asked::Required(6)),
        ("1,5 năm", Asked::Required(18)),
        ("1 năm rưỡi", Asked::Required(18)),
        ("1 năm 6 tháng", Asked::Required(18)),
        ("Ít nhất hai năm kinh nghiệm", Asked::Required(24)),
        ("nửa năm", Asked::Required(6)),
        ("Có kinh nghiệm", Asked::Required(1)),
        ("0 - 2 năm", Asked::NotRequired),
        ("Dưới 1 năm", Asked::NotRequired),
        ("tối đa 2 năm", Asked::NotRequired),
        ("Không yêu cầu", Asked::NotRequired),
        ("Chưa có kinh nghiệm", Asked::NotRequired),
        ("KHONG YEU CAU KINH NGHIEM", Asked::NotRequired),
        ("ưu tiên có kinh nghiệm", Asked::NotRequired),
        ("", Asked::NotSaid),
        (" - ", Asked::NotSaid),
    ] {
        assert_eq!(parse_experience(text), Ok(months), "{text}");
    }
}

#[test]
fn what_is_no_length_is_refused() {
    for text in ["nhiều", "5", "1000 năm", "năm"] {
        assert_eq!(parse_experience(text), Err(ExperienceUnclear), "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,80}|([0-9.,]{1,20} ?(năm|tháng)? ?){0,4}") {
        if let Ok(Asked::Required(months)) = parse_experience(&text) {
            prop_assert!(months > 0 && u64::from(months) <= MOST);
        }
    }

    #[test]
    fn whole_months_come_back(months in 1_u16..=600) {
        prop_assert_eq!(parse_experience(&format!("{months} tháng")), Ok(Asked::Required(months)));
    }
}

#[test]
fn what_is_said_is_kept_with_both_ends() {
    let row = |text| read_experience(text).unwrap_or(Experience::NotSaid).row();
    for (text, expected) in [
        ("1 - 2 năm", "required;12;24"),
        ("từ 1-2 năm", "required;12;24"),
        ("2 năm trở lên", "required;24;"),
        ("hơn 2 năm", "required;24;"),
        ("không dưới 2 năm", "required;24;"),
        ("không quá 3 năm", "required;;36"),
        ("dưới 1 năm", "required;;12"),
        ("1 năm, ưu tiên biết may", "required;12;12"),
        ("ưu tiên 1 năm kinh nghiệm", "none_required;;"),
        ("có KN là một lợi thế", "none_required;;"),
        ("ko cần kn", "none_required;;"),
        ("0 - 1 năm", "none_required;;"),
        ("đã từng làm phụ hồ", "required;;"),
        ("thử việc 2 tháng", "not_said;;"),
        ("hợp đồng 1 năm", "not_said;;"),
        ("lương 8 triệu", "not_said;;"),
    ] {
        assert_eq!(row(text), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(from in 0_u16..=720, to in 0_u16..=720, ends in 0_u8..3) {
        let (from, to) = match ends {
            0 => (Some(from), None),
            1 => (None, Some(to)),
            _ => (Some(from), Some(to)),
        };
        let lengths = [Length::new(from, to), Some(Length::SOME)];
        let said = lengths.into_iter().flatten().map(Experience::Required);
        for said in said.chain([Experience::NotSaid, Experience::NotRequired]) {
            prop_assert_eq!(read_experience(&said.to_string()), Ok(said), "{}", said);
        }
    }
}

#[test]
fn hostile_texts_are_refused_or_read_without_a_panic() {
    for piece in ["2 ", "năm ", "-", "\u{0}", "\u{200f}", "\u{301}", "không "] {
        assert_eq!(
            read_experience(&piece.repeat(10_000)),
            Err(ExperienceUnclear)
        );
        let _ = read_experience(&piece.repeat(40));
    }
    assert_eq!(
        read_experience("2\u{200b} n\u{202e}ăm\u{0}").unwrap().row(),
        "required;24;24"
    );
}
