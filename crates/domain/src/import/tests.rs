use std::borrow::Cow;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::code::SkillIx;
use crate::reading::wage::Period;
use crate::vacancy::{AskedSkill, Confidence};

/// Knows one trade and one skill.
struct Welding;

impl WorkReader for Welding {
    fn read(&self, title: &str, text: &str) -> Work {
        let words = format!("{title} {text}");
        if !words.contains("hàn") {
            return Work::default();
        }
        Work {
            occupation: Some(ReadOccupation {
                code: "7212".parse().unwrap(),
                confidence: Confidence::thousandths(if text.is_empty() { 830 } else { 910 })
                    .unwrap(),
                because: vec!["hàn".to_owned()],
            }),
            skills: vec![ReadSkill {
                asked: AskedSkill {
                    skill: SkillIx(3),
                    essential: true,
                    confidence: Confidence::thousandths(870).unwrap(),
                },
                because: "hàn".to_owned(),
            }],
        }
    }
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes/");
    let text = |name: &str| {
        std::fs::read_to_string(format!("{folder}{name}"))
            .ok()
            .map(Cow::Owned)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
});
static INTERPRETER: LazyLock<Interpreter<'static>> = LazyLock::new(|| {
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    Interpreter::new(&CODES, rates, 25_000).with_work(&Welding)
});

fn context() -> Context {
    Context {
        source: "sheet.csv".to_owned(),
        today: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        line: 7,
    }
}

fn row(cells: &[(Field, &str)]) -> RawRow {
    RawRow::new(cells.iter().map(|&(field, text)| (field, text.to_owned())))
}

fn welder() -> Vec<(Field, &'static str)> {
    vec![
        (Field::Title, "Tuyển  thợ hàn TIG tại xưởng"),
        (Field::Employer, "Công ty TNHH Cơ khí Sông Trà"),
        (Field::Place, "Quảng Ngãi"),
        (Field::Wage, "9 - 13 triệu"),
        (Field::Experience, "1 năm"),
    ]
}

fn with(field: Field, text: &'static str) -> RawRow {
    let mut cells = vec![(field, text)];
    cells.extend(welder());
    row(&cells)
}

fn interpret(row: &RawRow) -> Result<Understood, Vec<FieldError>> {
    INTERPRETER.interpret(row, &context())
}

#[test]
fn a_row_is_read_into_a_vacancy() {
    let understood = interpret(&row(&welder())).unwrap();
    assert!(understood.wage_understood && understood.place_understood);
    assert_eq!(understood.line, 7);
    assert_eq!(understood.work, Welding.read("hàn", ""));
    let vacancy = understood.into_vacancy(VacancyId::from_u128(3), EmployerId::from_u128(4));
    assert_eq!(vacancy.title, "Tuyển thợ hàn TIG tại xưởng");
    assert_eq!(vacancy.offer.occupations, ["7212".parse().unwrap()]);
    assert_eq!(vacancy.occupation_confidence, Confidence::thousandths(830));
    let skills = vacancy.offer.skills.required().unwrap();
    assert_eq!(
        (skills[0].skill, skills[0].confidence.get()),
        (SkillIx(3), 870)
    );
    assert_eq!(
        vacancy.wage,
        Wage::Range(9_000_000, 13_000_000, Period::Month)
    );
    assert_eq!(vacancy.offer.wage, Some(11_000_000));
    assert_eq!(vacancy.offer.months, Asked::Required(12));
    assert_eq!(vacancy.offer.positions, 1);
    assert_eq!(
        (vacancy.origin, vacancy.offer.status),
        (Origin::Imported, Status::Published)
    );
    assert_eq!(vacancy.offer.closes.unwrap().to_string(), "2026-12-25");
    assert_eq!(
        (vacancy.offer.id.as_u128(), vacancy.offer.employer.as_u128()),
        (3, 4)
    );
    assert_eq!(vacancy.offer.workplaces.len(), 1);
}

#[test]
fn a_title_and_an_employer_must_be_there_and_all_that_is_wrong_is_named() {
    let errors = interpret(&row(&[
        (Field::Title, " \u{200b} … "),
        (Field::Closes, "31/02/2026"),
        (Field::Positions, "nhiều"),
    ]))
    .unwrap_err();
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["title", "employer", "closes_on", "positions"]);
    assert_eq!(errors[2].value, "31/02/2026");
}

#[test]
fn what_is_not_understood_stays_as_written_and_counts_as_not_said() {
    let cells = [
        (Field::Title, "Người giữ nhịp"),
        (Field::Employer, "Hộ kinh doanh A Thút"),
        (Field::Place, "sau đồi"),
        (Field::Wage, "xem sau"),
        (Field::Experience, "nhiều"),
    ];
    let understood = interpret(&row(&cells)).unwrap();
    assert!(!understood.wage_understood && !understood.place_understood);
    let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
    assert_eq!((vacancy.wage, vacancy.offer.wage), (Wage::NotSaid, None));
    assert_eq!(
        (vacancy.wage_text.as_str(), vacancy.place_text.as_str()),
        ("xem sau", "sau đồi")
    );
    assert_eq!(vacancy.offer.months, Asked::NotSaid);
    assert!(vacancy.offer.workplaces.is_empty());
    assert!(
        interpret(&with(Field::Wage, "Thoả thuận"))
            .unwrap()
            .wage_understood
    );
}

#[test]
fn a_vacancy_ends_on_its_deadline_or_thirty_days_after_posting_or_import() {
    for (field, text, closes, status) in [
        (Field::Closes, "25/11/2026", "2026-11-25", Status::Published),
        (Field::Closes, "24/11/2026", "2026-11-24", Status::Expired),
        (
            Field::Closes,
            "hết ngày 5/1",
            "2027-01-05",
            Status::Published,
        ),
        (
            Field::Closes,
            "hết ngày 5/11",
            "2026-11-05",
            Status::Expired,
        ),
        (Field::Posted, "2026-11-01", "2026-12-01", Status::Published),
        (Field::Posted, "2026-10-01", "2026-10-31", Status::Expired),
        (Field::Posted, "2027-11-25", "2026-12-25", Status::Published),
        (Field::Positions, "5 người", "2026-12-25", Status::Published),
    ] {
        let understood = interpret(&with(field, text)).unwrap();
        assert_eq!(understood.status(), status, "{text}");
        let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
        assert_eq!(vacancy.offer.closes.unwrap().to_string(), closes, "{text}");
    }
}

#[test]
fn what_was_not_said_is_marked_as_assumed() {
    let assumed = |row: &RawRow| {
        let understood = interpret(row).unwrap();
        let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
        vacancy.assumed
    };
    let all = Assumed {
        published: true,
        closes: true,
        positions: true,
    };
    assert_eq!(assumed(&row(&welder())), all);
    for (field, text, expected) in [
        (
            Field::Posted,
            "2026-11-01",
            Assumed {
                published: false,
                ..all
            },
        ),
        (
            Field::Closes,
            "2026-12-01",
            Assumed {
                closes: false,
                ..all
            },
        ),
        (
            Field::Positions,
            "1",
            Assumed {
                positions: false,
                ..all
            },
        ),
    ] {
        assert_eq!(assumed(&with(field, text)), expected, "{text}");
    }
}

#[test]
fn days_that_cannot_be_meant_refuse_the_row() {
    let errors = interpret(&with(Field::Posted, "26/11/2027")).unwrap_err();
    assert_eq!(errors[0].field, "posted_on");
    assert!(errors[0].expected.contains("not more than a year"));
    let mut cells = welder();
    cells.push((Field::Posted, "20/11/2026"));
    let closing = |text| interpret(&row(&[cells.as_slice(), &[(Field::Closes, text)]].concat()));
    let errors = closing("19/11/2026").unwrap_err();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        (errors[0].field.as_str(), errors[0].value.as_str()),
        ("closes_on", "19/11/2026")
    );
    assert!(closing("20/11/2026").is_ok());
}

#[test]
fn work_in_another_country_is_abroad() {
    for text in [
        "Nước Ngoài",
        "Nhật Bản",
        "Lào",
        "Đài Loan",
        "Làm việc ở nước ngoài",
    ] {
        let mut cells = welder();
        cells.retain(|(field, _)| *field != Field::Place);
        cells.push((Field::Place, text));
        let understood = interpret(&row(&cells)).unwrap();
        assert!(understood.place_understood, "{text}");
        let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
        assert!(vacancy.offer.abroad, "{text}");
        assert!(vacancy.offer.workplaces.is_empty());
    }
    let both = interpret(&with(Field::Place, "Hà Nội, Nhật Bản")).unwrap();
    let vacancy = both.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
    assert!(!vacancy.offer.abroad && vacancy.offer.workplaces.len() == 1);
}

#[test]
fn the_text_is_read_as_well_and_what_names_no_work_has_none() {
    let work = |title, text| {
        let cells = [
            (Field::Title, title),
            (Field::Employer, "Xưởng A Khoa"),
            (Field::Description, text),
        ];
        let understood = interpret(&row(&cells)).unwrap();
        understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1))
    };
    let read = work("Thợ cơ khí", "Hàn khung,\nbiết hàn MIG");
    assert_eq!(read.occupation_confidence, Confidence::thousandths(910));
    let nothing = work("Người giữ nhịp", "");
    assert_eq!(
        (nothing.occupation_confidence, nothing.offer.skills),
        (None, Asked::NotSaid)
    );
    assert!(nothing.offer.occupations.is_empty());
}

#[test]
fn what_was_read_counts_into_the_hash() {
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    let without = Interpreter::new(&CODES, rates, 25_000);
    let row = row(&welder());
    let unread = without.interpret(&row, &context()).unwrap();
    assert_ne!(unread.hash, interpret(&row).unwrap().hash);
}

#[test]
fn a_name_that_several_bear_is_read_from_home() {
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    let home = CODES.units.province_by_code("51").unwrap();
    let at_home = Interpreter::new(&CODES, rates, 25_000).at(vec![home]);
    let mut cells = welder();
    cells.retain(|(field, _)| *field != Field::Place);
    cells.push((Field::Place, "Xã Mỏ Cày"));
    let row = row(&cells);
    let anywhere = interpret(&row).unwrap();
    let read = at_home.interpret(&row, &context()).unwrap();
    assert!(!anywhere.place_understood && read.place_understood);
}

#[test]
fn the_address_tells_the_place_where_the_place_does_not() {
    let cells = [
        (Field::Title, "Thợ hàn"),
        (Field::Employer, "Xưởng hàn A Khoa"),
        (Field::Address, "Xã Măng Đen, Quảng Ngãi"),
    ];
    let vacancy = |cells: &[(Field, &str)]| {
        let understood = interpret(&row(cells)).unwrap();
        understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1))
    };
    let commune = CODES.units.commune_by_code("23473").unwrap();
    assert_eq!(
        vacancy(&cells).offer.workplaces,
        [Workplace::Commune(commune)]
    );
    let mut placed = cells.to_vec();
    placed.push((Field::Place, "Đà Nẵng"));
    let city = CODES.units.province_by_code("48").unwrap();
    assert_eq!(
        vacancy(&placed).offer.workplaces,
        [Workplace::Province(city)]
    );
}

#[test]
fn a_wage_in_two_columns_is_one_wage() {
    for (from, to, expected) in [
        (
            "8 triệu",
            "10 triệu",
            Wage::Range(8_000_000, 10_000_000, Period::Month),
        ),
        ("8", "10", Wage::Range(8_000_000, 10_000_000, Period::Month)),
        ("", "10 triệu", Wage::UpTo(10_000_000, Period::Month)),
        ("9 triệu", "9 triệu", parse_wage("9 triệu", 25_000).unwrap()),
    ] {
        let cells = [
            (Field::Title, "Thợ hàn"),
            (Field::Employer, "Xưởng hàn A Khoa"),
            (Field::Wage, from),
            (Field::WageTo, to),
        ];
        let understood = interpret(&row(&cells)).unwrap();
        let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
        assert_eq!(vacancy.wage, expected, "{from} - {to}");
    }
}

#[test]
fn what_is_not_understood_is_noted_at_its_cell() {
    let noted = |field, text| {
        let understood = interpret(&with(field, text)).unwrap();
        understood
            .notes
            .into_iter()
            .map(|note| note.field)
            .collect::<Vec<_>>()
    };
    assert_eq!(noted(Field::Wage, "tuỳ mùa vụ nhé"), [Field::Wage]);
    assert_eq!(noted(Field::Place, "atlantis"), [Field::Place]);
    assert_eq!(noted(Field::Wage, "Thoả thuận"), []);
    assert_eq!(noted(Field::Wage, ""), []);
}

#[test]
fn what_an_officer_looks_at_is_noted_and_nothing_is_refused() {
    let cells = [
        (Field::Title, "Nhân viên bán hàng dưới 30 tuổi"),
        (Field::Employer, "Cửa hàng Một"),
        (Field::Place, "Phường Kon Tum, Quảng Ngãi"),
        (Field::Wage, "2 triệu"),
        (
            Field::Description,
            "Bán hàng tại quầy.\nĐóng phí đào tạo 500.000 đồng khi nhận việc.",
        ),
    ];
    let notes = interpret(&row(&cells)).unwrap().notes;
    let about: Vec<_> = notes.iter().map(|note| (note.field, note.about)).collect();
    assert_eq!(
        about,
        [
            (Field::Wage, About::BelowMinimum),
            (Field::Title, About::Wording),
            (Field::Description, About::Wording),
        ],
        "{notes:?}"
    );
    assert!(notes[0].text.contains("2.000.000 VND a month"), "{notes:?}");
    assert!(notes[1].text.contains("discriminate by age"), "{notes:?}");
    assert!(notes[2].text.contains("money may be asked"), "{notes:?}");
    assert!(interpret(&row(&welder())).unwrap().notes.is_empty());
}

#[test]
fn limits_count_characters_and_come_before_everything_else() {
    let cell = |field: Field, characters: usize| {
        let mut cells = vec![(field, "ơ".repeat(characters))];
        cells.extend(
            welder()
                .into_iter()
                .map(|(field, text)| (field, text.to_owned())),
        );
        interpret(&RawRow::new(cells))
    };
    for (field, most) in [
        (Field::Title, 500),
        (Field::Description, 20_000),
        (Field::Place, 1_000),
    ] {
        assert!(cell(field, most).is_ok(), "{field:?}");
        let errors = cell(field, most + 1).unwrap_err();
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].field, field.as_str());
        assert_eq!(errors[0].value.chars().count(), 60);
        assert!(
            errors[0]
                .expected
                .ends_with(&format!("at most {most} characters"))
        );
    }
}

#[test]
fn the_ref_is_the_given_one_or_a_hash_of_employer_title_and_place() {
    assert_eq!(
        interpret(&with(Field::Ref, " a-1 ")).unwrap().external_ref,
        "a-1"
    );
    let first = interpret(&row(&welder())).unwrap();
    let other_wage = interpret(&with(Field::Wage, "20 triệu")).unwrap();
    assert_eq!(first.external_ref, other_wage.external_ref);
    assert_ne!(first.hash, other_wage.hash);
    let other_place = interpret(&with(Field::Place, "Đà Nẵng")).unwrap();
    assert_ne!(first.external_ref, other_place.external_ref);
    assert_eq!(first.external_ref.len(), 37);
}

#[test]
fn numbers_of_openings_are_not_guessed() {
    for text in ["0", "-5", "1.000", "10001", "99999999999", "không"] {
        assert!(interpret(&with(Field::Positions, text)).is_err(), "{text}");
    }
}

#[test]
fn a_description_keeps_its_lines() {
    let understood = interpret(&with(
        Field::Description,
        "Hàn khung\r\n\r\n\r\n\r\n -  Mài  ",
    ))
    .unwrap();
    let vacancy = understood.into_vacancy(VacancyId::from_u128(1), EmployerId::from_u128(1));
    assert_eq!(vacancy.description, "Hàn khung\n\n- Mài");
}

proptest! {
    #[test]
    fn any_row_is_taken_or_refused_with_a_reason(
        cells in proptest::collection::vec("\\PC{0,80}", Field::ALL.len()),
        days in proptest::array::uniform2("|[0-3]?[0-9]/1?[0-9]/2026|\\PC{0,12}"),
        positions in "|[0-9]{1,5}|\\PC{0,8}",
    ) {
        let [posted, closes] = days;
        let written = [
            (Field::Posted, posted), (Field::Closes, closes), (Field::Positions, positions),
        ];
        let random = Field::ALL.into_iter().zip(cells);
        let random = random.filter(|(field, _)| written.iter().all(|(other, _)| field != other));
        let row = RawRow::new(random.collect::<Vec<_>>().into_iter().chain(written));
        match interpret(&row) {
            Ok(understood) => {
                prop_assert!(!understood.external_ref.is_empty());
                let again = interpret(&row);
                prop_assert_eq!(Ok(understood), again);
            }
            Err(errors) => prop_assert!(errors.iter().all(|error| !error.expected.is_empty())),
        }
    }

    #[test]
    fn white_space_around_a_cell_changes_nothing(before in "[ \t]{0,3}", after in "[ \t\u{a0}]{0,3}") {
        let padded = RawRow::new(
            welder().into_iter().map(|(field, text)| (field, format!("{before}{text}{after}"))),
        );
        prop_assert_eq!(interpret(&padded), interpret(&row(&welder())));
    }

    #[test]
    fn a_changed_cell_changes_the_hash(wage in "[1-9][0-9]{0,2} triệu") {
        let mut cells: Vec<_> =
            welder().into_iter().map(|(field, text)| (field, text.to_owned())).collect();
        cells.retain(|(field, _)| *field != Field::Wage);
        cells.push((Field::Wage, wage));
        let changed = interpret(&RawRow::new(cells)).unwrap();
        prop_assert_ne!(changed.hash, interpret(&row(&welder())).unwrap().hash);
    }
}
