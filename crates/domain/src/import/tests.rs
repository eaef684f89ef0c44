use std::borrow::Cow;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::code::Lang;
use crate::reading::wage::Period;

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
    Interpreter::new(&CODES, rates, 25_000)
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
    let (code, confidence) = understood.occupation.unwrap();
    assert_eq!((code.to_string().as_str(), confidence.get()), ("7212", 500));
    let labels: Vec<_> = understood
        .skills
        .iter()
        .map(|asked| CODES.skills.label(asked.skill, Lang::Vi))
        .collect();
    assert_eq!(labels, ["Hàn TIG"]);
    let vacancy = understood.into_vacancy(VacancyId::from_u128(3), EmployerId::from_u128(4));
    assert_eq!(vacancy.title, "Tuyển thợ hàn TIG tại xưởng");
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
fn a_skill_is_not_read_from_words_with_other_accents() {
    let labels = |title: &'static str| -> Vec<String> {
        let understood = interpret(&with(Field::Title, title)).unwrap();
        let label = |asked: &AskedSkill| CODES.skills.label(asked.skill, Lang::Vi).to_owned();
        understood.skills.iter().map(label).collect()
    };
    for title in [
        "Nhân viên pha chế, ưu tiên có kinh nghiệm",
        "Trưởng nhóm kinh doanh thị trường Tiền Giang",
        "Thủ quỹ kiêm kế toán",
        "Quản lý phương tiện",
        "Chuoi cua hang tien loi",
    ] {
        let found = labels(title);
        for other in ["Tiện", "nhôm kính", "iểm kê"] {
            assert!(
                !found.iter().any(|label| label.contains(other)),
                "{title}: {found:?}"
            );
        }
    }
    assert!(labels("Thợ tiện").iter().any(|label| label.contains("iện")));
    assert_eq!(labels("Tho han TIG"), ["Hàn TIG"]);
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
