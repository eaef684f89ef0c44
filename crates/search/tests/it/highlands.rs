//! Names of the highlands are found with and without their marks and apostrophes, whichever way
//! the vacancy writes them.

use domain::reading::place::Area;
use domain::vacancy::Workplace;
use search::ask::{Ask, ChipKind};

use crate::world::{Draft, codes, commune, exact, found, index, titles};

/// The ways to write a name, all of which should be found whichever stands in the title.
const NAMES: [&[&str]; 7] = [
    &[
        "Ia H'Drai",
        "Ia H’Drai",
        "Ia HʼDrai",
        "ia h'drai",
        "ia hdrai",
        "Ia H Drai",
        "ia h drai",
    ],
    &[
        "Đăk Tờ Re",
        "đăk tờ re",
        "dak to re",
        "ĐĂK TỜ RE",
        "Đa\u{306}k Tơ\u{300} Re",
    ],
    &["Y Blưn", "y blưn", "y blun", "Y BLƯN"],
    &["Gié Triêng", "gié triêng", "gie trieng", "Gié - Triêng"],
    &[
        "Kŏn Plŏng",
        "kon plong",
        "Ko\u{306}n Plo\u{306}ng",
        "KŎN PLŎNG",
    ],
    &[
        "Đĭ Mĭn Čư Ñar",
        "đĭ mĭn čư ñar",
        "di min cu nar",
        "Đi\u{306} Mi\u{306}n C\u{30c}ư N\u{303}ar",
    ],
    &["Êđê Rŭng Sĕt", "êđê rŭng sĕt", "ede rung set"],
];

#[test]
fn a_name_is_found_however_it_is_written() {
    for ways in NAMES {
        for written in ways {
            let index = titles(&["Thợ xây", &format!("Trồng rừng {written}"), "Trồng rau"]);
            for typed in ways {
                // Accents that are typed count: without marks in the title nothing else is there.
                let text = format!("trồng rừng {typed}");
                let answer = index.search(Ask::new(&text, 5));
                assert_eq!(exact(&answer).first(), Some(&2), "{written:?} by {typed:?}");
                assert_eq!(answer.total, 1, "{written:?} by {typed:?}");
            }
        }
    }
}

#[test]
fn both_ways_to_write_a_name_are_found_at_once() {
    let index = titles(&["Trồng rừng Ia H'Drai", "Trồng rừng Ia Hdrai", "Trồng rừng"]);
    for typed in ["ia h'drai", "ia hdrai", "ia h drai", "Ia H’Drai"] {
        let mut numbers = found(&index, typed);
        numbers.sort_unstable();
        assert_eq!(numbers, [1, 2], "{typed}");
    }
}

#[test]
fn such_a_name_is_a_place() {
    let home = commune("Xã Ea H'Leo");
    let all = [
        Draft::new(1, "Cạo mủ").at(Workplace::Commune(home)),
        Draft::new(2, "Cạo mủ").at(Workplace::Commune(commune("Phường Kon Tum"))),
    ];
    assert_eq!(Area::Commune(home).communes(&codes().units), [home]);
    let index = index(&all.map(Draft::done));
    for typed in [
        "ở xã ea h'leo",
        "ở ea h’leo",
        "tại ea hleo",
        "o ea h leo",
        "xã Ea HʼLeo",
    ] {
        let answer = index.search(Ask::new(&format!("cạo mủ {typed}"), 5));
        let kinds: Vec<_> = answer.chips.iter().map(|chip| chip.kind).collect();
        assert_eq!(
            (kinds, exact(&answer)),
            (vec![ChipKind::Place], vec![1]),
            "{typed}"
        );
    }
}
