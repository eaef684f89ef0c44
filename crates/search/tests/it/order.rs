//! 1. Every order is total: what is equal goes by the newer day, then the newer id.
//! 2. A hit in the title counts more than one elsewhere, and is always found.
//! 3. Of equally good ones, the one with fewer applications per opening comes first.

use std::collections::HashMap;

use domain::vacancy::Workplace;
use search::TextIndex;
use search::ask::{Ask, Sort};

use crate::world::{Draft, commune, day, exact, found, id, index, old_province, province, titles};

fn sorted(index: &TextIndex, sort: Sort) -> Vec<u32> {
    let mut ask = Ask::new("", 100);
    ask.sort = sort;
    exact(&index.search(ask))
}

#[test]
fn the_newest_come_first() {
    let days = [3, 9, 3, 5];
    let all = (1..).zip(days).map(|(number, published)| {
        let draft = Draft::new(number, "Thợ xây");
        draft
            .with(|vacancy| vacancy.published = Some(day(published)))
            .done()
    });
    let unknown = Draft::new(9, "Thợ xây")
        .with(|vacancy| vacancy.published = None)
        .done();
    let all: Vec<_> = all.chain([unknown]).collect();
    let index = index(&all);
    assert_eq!(sorted(&index, Sort::Newest), [2, 4, 3, 1, 9]);
    // Equally good ones, too.
    assert_eq!(found(&index, "thợ xây"), [2, 4, 3, 1, 9]);
}

#[test]
fn the_highest_wage_comes_first_and_an_unknown_one_last() {
    let all = [
        Draft::new(1, "Thợ xây").wage(7),
        Draft::new(2, "Thợ xây"),
        Draft::new(3, "Thợ xây").wage(12),
        Draft::new(4, "Thợ xây").wage(7),
    ];
    assert_eq!(
        sorted(&index(&all.map(Draft::done)), Sort::Wage),
        [3, 4, 1, 2]
    );
}

#[test]
fn the_nearest_come_first_and_an_unknown_place_last() {
    let home = commune("Phường Kon Tum");
    let all = [
        Draft::new(1, "Thợ xây").at(Workplace::Province(province("Hà Nội"))),
        Draft::new(2, "Thợ xây"),
        Draft::new(3, "Thợ xây").at(Workplace::Commune(home)),
        Draft::new(4, "Thợ xây").at(Workplace::Commune(commune("Xã Đăk Hà"))),
        // As near as the nearest of its communes.
        Draft::new(5, "Thợ xây").at(Workplace::LegacyProvince(old_province("Kon Tum"))),
        Draft::new(6, "Thợ xây")
            .at(Workplace::Province(province("Hà Nội")))
            .at(Workplace::Commune(commune("Xã Đăk Hà"))),
    ];
    let index = index(&all.map(Draft::done));
    assert_eq!(sorted(&index, Sort::Nearest(home)), [5, 3, 6, 4, 1, 2]);
}

#[test]
fn fewer_applications_come_first_among_equals_only() {
    let index = titles(&[
        "Thợ xây",
        "Thợ xây",
        "Thợ xây",
        "Cần gấp nhiều thợ xây lành nghề",
    ]);
    let pressures: HashMap<_, _> = [(id(1), 500), (id(2), 0), (id(3), 2_000)].into();
    let mut ask = Ask::new("thợ xây", 10);
    assert_eq!(exact(&index.search(ask)), [3, 2, 1, 4]);
    ask.pressures = Some(&pressures);
    assert_eq!(exact(&index.search(ask)), [2, 1, 3, 4]);
}

#[test]
fn a_title_counts_more_than_a_name_and_a_name_more_than_a_text() {
    let all = [
        Draft::new(1, "Việc ở xưởng")
            .with(|vacancy| vacancy.description = "biết pha chế".to_owned()),
        Draft::new(2, "Việc ở quán")
            .with(|vacancy| vacancy.employer_name = "Quán Pha Chế".to_owned()),
        Draft::new(3, "Nhân viên pha chế"),
        Draft::new(4, "Việc khác"),
    ];
    let index = index(&all.map(Draft::done));
    assert_eq!(found(&index, "pha chế"), [3, 2, 1]);
}

#[test]
fn a_title_is_found_by_all_its_words_whatever_they_mean_besides() {
    // Each of these is also a place, a wage, noise or a shift.
    for title in [
        "Tuyển gấp nhân viên bán hàng tại Kon Tum lương 8 triệu",
        "Tìm việc làm ca đêm không cần bằng cấp",
        "Thợ hàn không phải sale",
        "Bảo vệ có chỗ ở, 45 tuổi, 2 năm kinh nghiệm",
    ] {
        let index = titles(&["Kế toán", title, "Thợ may"]);
        let answer = index.search(Ask::new(title, 5));
        assert_eq!(exact(&answer).first(), Some(&2), "{title}");
        assert!(answer.total >= 1);
    }
}
