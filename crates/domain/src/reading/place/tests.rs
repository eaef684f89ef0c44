use std::borrow::Cow;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::code::Codes;
use crate::text::fold;

pub(super) static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
});
pub(super) static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&CODES.units));

fn read(text: &str) -> Places {
    GAZETTEER.read(text)
}

/// The places as names: today's as they are, older ones after "cũ".
fn names(text: &str) -> Vec<String> {
    let units = &CODES.units;
    read(text)
        .workplaces(units)
        .into_iter()
        .map(|place| match place {
            Workplace::Commune(at) => units.commune(at).unwrap().name.clone(),
            Workplace::Province(at) => units.province(at).unwrap().short.clone(),
            Workplace::LegacyProvince(at) => {
                format!("cũ {}", units.legacy_province(at).unwrap().short)
            }
        })
        .collect()
}

#[test]
fn provinces_are_known_by_all_their_names() {
    for (text, expected) in [
        ("Hà Nội", "Hà Nội"),
        ("Ha Noi", "Hà Nội"),
        ("Hanoi, Vietnam", "Hà Nội"),
        ("Hanoi City", "Hà Nội"),
        ("Thành phố Hà Nội", "Hà Nội"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Ho Chi Minh City", "Hồ Chí Minh"),
        ("Tỉnh Quảng Ngãi", "Quảng Ngãi"),
        ("Đồng Nai", "Đồng Nai"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("Thừa Thiên Huế", "Huế"),
        ("TP Huế", "Huế"),
        ("Kon Tum", "cũ Kon Tum"),
        ("Kontum", "cũ Kon Tum"),
        ("TP. Kon Tum", "cũ Kon Tum"),
        ("TP Quảng Ngãi", "cũ Quảng Ngãi"),
        ("Bình Dương", "cũ Bình Dương"),
        ("Long An", "cũ Long An"),
        ("Bà Rịa-Vũng Tàu", "cũ Bà Rịa - Vũng Tàu"),
        ("BR-VT", "cũ Bà Rịa - Vũng Tàu"),
        ("Đắc Nông", "cũ Đắk Nông"),
        ("Hội sở (tại Hà Nội)", "Hà Nội"),
        ("KCN Quang Châu - Bắc Giang", "cũ Bắc Giang"),
        ("Khu công nghiệp VSIP Quảng Ngãi", "Quảng Ngãi"),
    ] {
        assert_eq!(names(text), [expected], "{text}");
    }
}

#[test]
fn a_province_marked_as_old_is_the_one_of_before() {
    for (text, expected) in [
        ("Quảng Ngãi (cũ)", "cũ Quảng Ngãi"),
        ("Tỉnh Quảng Ngãi cũ", "cũ Quảng Ngãi"),
        ("Quang Ngai cu", "cũ Quảng Ngãi"),
        ("Quảng Ngãi (tỉnh cũ)", "cũ Quảng Ngãi"),
        ("Quảng Ngãi trước đây", "cũ Quảng Ngãi"),
        ("Quảng Ngãi (trước 1/7/2025)", "cũ Quảng Ngãi"),
        ("Quảng Ngãi trước ngày 01-07-2025", "cũ Quảng Ngãi"),
        ("Quảng Ngãi (trước sáp nhập)", "cũ Quảng Ngãi"),
        ("KCN VSIP Quảng Ngãi (cũ)", "cũ Quảng Ngãi"),
        // Not changed in 2025, or only of before.
        ("Hà Nội (cũ)", "Hà Nội"),
        ("Kon Tum (cũ)", "cũ Kon Tum"),
    ] {
        assert_eq!(names(text), [expected], "{text}");
    }
    assert_eq!(
        names("Đà Nẵng, Quảng Ngãi (cũ)"),
        ["Đà Nẵng", "cũ Quảng Ngãi"]
    );
}

#[test]
fn a_site_that_bears_the_name_of_its_province_lies_in_it() {
    for text in [
        "VSIP Quảng Ngãi",
        "KCN Tịnh Phong Quảng Ngãi",
        "Khu công nghiệp VSIP II Quảng Ngãi",
        "VSIP II, Quảng Ngãi",
    ] {
        assert_eq!(names(text), ["Quảng Ngãi"], "{text}");
    }
}

#[test]
fn lists_name_several_places() {
    assert_eq!(
        names("Bình Dương, Hồ Chí Minh"),
        ["cũ Bình Dương", "Hồ Chí Minh"]
    );
    assert_eq!(names("Hà Nội - Đà Nẵng; Huế"), ["Hà Nội", "Đà Nẵng", "Huế"]);
    assert_eq!(names("Hà Nội và HCM"), ["Hà Nội", "Hồ Chí Minh"]);
    assert_eq!(names("Hà Nội, Hà Nội"), ["Hà Nội"]);
    let places = read("Hà Nội & 2 nơi khác");
    assert!(places.more && places.areas.len() == 1 && places.unclear.is_empty());
}

#[test]
fn addresses_are_read_from_their_broad_end() {
    for (text, expected) in [
        ("Xã Đăk Hà, Quảng Ngãi", "Xã Đăk Hà"),
        ("xa Dak Ha, tinh Quang Ngai", "Xã Đăk Hà"),
        ("Huyện Đăk Hà, Kon Tum", "cũ Kon Tum"),
        ("Thị trấn Đăk Hà, huyện Đăk Hà, Kon Tum", "Xã Đăk Hà"),
        ("12 Lê Lợi, TP. Kon Tum, Quảng Ngãi", "cũ Kon Tum"),
        ("Hồ Chí Minh: Quận 7", "cũ Hồ Chí Minh"),
        ("Quận 7, Tân Bình, TP.HCM", "cũ Hồ Chí Minh"),
        (
            "92 Nguyễn Hữu Cảnh, P22, Quận Bình Thạnh",
            "Phường Thạnh Mỹ Tây",
        ),
        ("Số 7 Ngõ 92, Cầu Giấy, Hà Nội", "Hà Nội"),
        (
            "CJ BUILDING, 06 Lê Thánh Tôn, Phường Sài Gòn, Hồ Chí Minh, Việt Nam",
            "Phường Sài Gòn",
        ),
        ("Phường Sài Gòn", "Phường Sài Gòn"),
    ] {
        assert_eq!(names(text), [expected], "{text}");
    }
    assert_eq!(
        names("KCN Quang Châu, Phường Nếnh, Bắc Ninh; thị xã Việt Yên, Bắc Giang; Hà Nội"),
        ["Phường Nếnh", "cũ Bắc Giang", "Hà Nội"]
    );
    assert_eq!(
        names("Hà Nội: Cầu Giấy, Hồ Chí Minh: Quận 7"),
        ["Hà Nội", "cũ Hồ Chí Minh"]
    );
}

#[test]
fn a_place_that_is_nowhere_stays_as_written() {
    for text in [
        "sau đồi",
        "12",
        "Tầng 2",
        "Thái Bình Dương",
        "Phường 1",
        "???",
        "",
    ] {
        let places = read(text);
        assert!(!places.is_understood(), "{text}: {places:?}");
    }
    let places = read("Tòa nhà Sông Trà, Kon Tum");
    assert_eq!(places.unclear, ["Tòa nhà Sông Trà"]);
    assert_eq!(names("Tòa nhà Sông Trà, Kon Tum"), ["cũ Kon Tum"]);
}

#[test]
fn anywhere_from_home_and_abroad_are_not_provinces() {
    for text in ["Toàn quốc", "Cả nước", "Việt Nam", "Nationwide"] {
        assert!(read(text).nationwide, "{text}");
    }
    for text in ["Remote", "Làm việc từ xa", "Online", "Tại nhà"] {
        assert!(read(text).remote, "{text}");
    }
    let places = read("Hà Nội, Nhật Bản");
    assert!(!places.abroad.is_empty() && !places.nationwide && places.areas.len() == 1);
    for text in [
        "Nước Ngoài",
        "Làm việc tại nước ngoài",
        "Tại Nhật Bản",
        "Lào",
        "Đài Loan",
    ] {
        let places = read(text);
        assert!(
            !places.abroad.is_empty() && places.areas.is_empty(),
            "{text}"
        );
    }
}

/// A commune's name with its province's is that commune or, where the name is not the only one,
/// a district of the name or nothing narrower than the province: never another commune.
#[test]
fn every_commune_with_its_province_is_never_another() {
    let units = &CODES.units;
    let mut found = 0;
    for (at, commune) in (0_u16..).zip(units.communes()) {
        let province = units.province(commune.province).unwrap();
        let text = format!("{}, {}", commune.name, province.name);
        let places = read(&text).workplaces(units);
        let is_it = places == [Workplace::Commune(crate::code::CommuneIx(at))];
        found += usize::from(is_it);
        let has_commune = places
            .iter()
            .any(|place| matches!(place, Workplace::Commune(_)));
        assert!(is_it || !has_commune, "{text}: {places:?}");
    }
    assert!(found * 1_000 >= units.communes().len() * 995, "{found}");
}

#[test]
fn every_province_with_its_kind_is_itself() {
    let units = &CODES.units;
    for (at, province) in (0_u8..).zip(units.provinces()) {
        let place = Workplace::Province(crate::code::ProvinceIx(at));
        assert_eq!(
            read(&province.name).workplaces(units),
            [place],
            "{}",
            province.name
        );
        assert_eq!(read(&fold(&province.short)).workplaces(units), [place]);
    }
    for province in units.legacy_provinces() {
        assert_eq!(read(&province.name).areas.len(), 1, "{}", province.name);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(
        text in "\\PC{0,80}|((Quận|TP\\.|P|xã|KCN)? ?(Hà Nội|7|Kon Tum|Đăk Hà|22)?[,:&/ -]{1,2}){0,6}",
    ) {
        let places = read(&text);
        let mut once = places.areas.clone();
        once.dedup();
        prop_assert_eq!(once, places.areas);
    }
}

/// Read from the Centre's seat and the provinces around it.
fn rows_at_home(text: &str) -> Vec<String> {
    static AT_HOME: LazyLock<Gazetteer> = LazyLock::new(|| {
        let home = ["51", "52", "66", "68"].into_iter();
        let home = home.map(|code| CODES.units.province_by_code(code).unwrap());
        Gazetteer::at(&CODES.units, home.collect())
    });
    rows(&AT_HOME.read(text), &CODES.units)
}

#[test]
fn a_name_is_read_from_home_outward_and_as_narrow_as_it_is_said() {
    for (text, expected) in [
        ("huyen dak to", "old_district:Đắk Tô,Kon Tum"),
        ("Đắc Hà", "old_district:Đăk Hà,Kon Tum"),
        ("Con Tum", "old_province:Kon Tum"),
        ("Kom Tum", "old_province:Kon Tum"),
        ("Tu Mơ Rôngg", "old_district:Tu Mơ Rông,Kon Tum"),
        ("Kon Tum, Quảng Ngãi", "old_province:Kon Tum"),
        ("Kon Tum, Kon Tum", "old_district:Kon Tum,Kon Tum"),
        ("thị trấn Đăk Hà", "old_commune:Đăk Hà,Đăk Hà"),
        (
            "xã Đăk Mar, huyện Đăk Hà, tỉnh Kon Tum",
            "old_commune:Đăk Mar,Đăk Hà",
        ),
        ("rẫy cà phê Đăk Hà", "old_district:Đăk Hà,Kon Tum"),
        ("ngã tư Plei Kần", "old_commune:Plei Kần,Ngọc Hồi"),
        (
            "số 5 Lê Lợi phường Kon Tum gần chợ",
            "commune:Kon Tum,Quảng Ngãi",
        ),
        ("Pleiku", "old_district:Pleiku,Gia Lai"),
        ("Nhà máy đường Quảng Ngãi", "province:Quảng Ngãi"),
        ("tại nhà máy Kon Tum", "old_province:Kon Tum"),
        ("đơn hàng Nhật", "abroad:Nhật Bản"),
    ] {
        assert_eq!(rows_at_home(text), [expected], "{text}");
    }
    for text in [
        "KCN Hòa Bình",
        "12 Phan Đình Phùng",
        "Tây Nguyên",
        "đường Hà Nội",
        "Công ty Bình Minh",
    ] {
        assert!(
            rows_at_home(text).is_empty(),
            "{text}: {:?}",
            rows_at_home(text)
        );
    }
}

#[test]
fn long_and_hostile_texts_are_read_without_a_panic() {
    for piece in [
        "Kon Tum, ",
        "xã Đăk ",
        "-",
        "\u{0}",
        "\u{200f}",
        "\u{301}",
        "Q7",
        "abcdef xyz; ",
        "(",
        "và ",
    ] {
        let _ = rows_at_home(&piece.repeat(10_000));
    }
    assert_eq!(
        rows_at_home("K\u{200b}on\u{202e} Tum\u{0}"),
        ["old_province:Kon Tum"]
    );
}

proptest! {
    #[test]
    fn every_unit_printed_is_read_back(at in 0_usize..690) {
        let units = &CODES.units;
        let district = &units.legacy_districts()[at];
        let province = units.legacy_province(district.province).unwrap();
        let text = format!("{}, {}", district.name, province.name);
        prop_assert_eq!(
            rows(&GAZETTEER.read(&text), units),
            [format!("old_district:{},{}", district.short, province.short)],
            "{}", text
        );
    }
}
