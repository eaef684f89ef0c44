//! 1. CSV of each encoding and separator is read, and both are told.
//! 2. Headings may stand below titles and be named by the person; what repeats them is no row.
//! 3. Rows have as many cells as there are headings, or are refused by line and column.
//! 4. A cell that was made safe for a spreadsheet is as it was.
//! 5. Whatever the bytes are, reading ends, and no row is wider than a sheet may be.

use domain::reading::headings::{Field, Mapping};
use rstest::rstest;
use sheet::{Encoding, Form, MOST_COLUMNS};

use crate::read::{Found, all, open, read};

const ROW: &str = "Thợ hàn;Cơ khí Đắk Hà;8 - 10 triệu";

fn form(bytes: &[u8]) -> (Encoding, char) {
    match open(bytes, &Mapping::default(), None).unwrap().form() {
        Form::Csv {
            encoding,
            separator,
        } => (encoding, separator),
        Form::Workbook { .. } => panic!("a workbook"),
    }
}

#[rstest] // 1
fn the_separator_is_told(#[values(',', ';', '\t', '|')] separator: char) {
    let text = "Tiêu đề;Ghi chú;Doanh nghiệp;Mức lương\nThợ hàn;\"x, y | z\";Cơ khí;8 triệu\n";
    let text = text.replace(';', &separator.to_string());
    assert_eq!(form(text.as_bytes()), (Encoding::Utf8, separator));
    assert_eq!(
        read(text.as_bytes()).rows[0].1,
        "Thợ hàn|x, y | z|Cơ khí|8 triệu"
    );
    let told = format!("sep={separator}\r\n{text}");
    assert_eq!(form(told.as_bytes()).1, separator);
    assert_eq!(read(told.as_bytes()).rows.len(), 1);
}

#[test] // 1
fn utf_16_is_read_either_way_and_utf_8_with_its_mark() {
    let text = format!("\u{feff}Tiêu đề;Doanh nghiệp;Mức lương\r\n{ROW}\r\n");
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    for (bytes, encoding) in [
        (wide(u16::to_le_bytes), Encoding::Utf16Le),
        (wide(u16::to_be_bytes), Encoding::Utf16Be),
        (text.clone().into_bytes(), Encoding::Utf8),
    ] {
        assert_eq!(form(&bytes), (encoding, ';'));
        assert_eq!(read(&bytes).rows, [(2, ROW.replace(';', "|"))]);
    }
}

#[test] // 1
fn the_old_fonts_are_read() {
    let abc = b"Ti\xaau \xae\xd2;Doanh nghi\xd6p;M\xf8c l\xad\xacng\r\nTh\xee h\xb5n;C\xac kh\xdd \xae\xbek H\xb5;8 - 10 tri\xd6u\r\n";
    assert_eq!(form(abc), (Encoding::Tcvn3, ';'));
    assert_eq!(read(abc).rows[0].1, "Thợ hàn|Cơ khí đắk Hà|8 - 10 triệu");
    let vni = b"Tie\xe2u \xf1e\xe0;Doanh nghie\xe4p;M\xf6\xf9c l\xf6\xf4ng\r\nTh\xf4\xef ha\xf8n;C\xf4 kh\xed \xd1a\xe9k Ha\xf8;8 - 10 trie\xe4u\r\n";
    assert_eq!(form(vni), (Encoding::Vni, ';'));
    assert_eq!(read(vni).rows[0].1, ROW.replace(';', "|"));
    let windows = b"Ti\xeau \xf0\xea\xcc;Doanh nghi\xea\xf2p;M\xfd\xecc l\xfd\xf5ng\r\nTh\xf5\xf2 ha\xccn;C\xf5 khi\xec \xd0\xe3\xeck Ha\xcc;8 - 10 tri\xea\xf2u\r\n";
    assert_eq!(form(windows), (Encoding::Windows1258, ';'));
    assert_eq!(read(windows).rows[0].1, ROW.replace(';', "|"));
}

#[test] // 2
fn headings_stand_below_titles_and_are_not_rows() {
    let text = "SỞ NỘI VỤ TỈNH QUẢNG NGÃI,,,\nDANH SÁCH NHU CẦU TUYỂN DỤNG,,,\n,,,\n\
                STT,Vị trí tuyển dụng,Tên doanh nghiệp,Mức lương (triệu đồng)\n(1),(2),(3),(4)\n\
                1,Thợ hàn,Cơ khí,8\nSTT,Vị trí tuyển dụng,Tên doanh nghiệp,Mức lương (triệu đồng)\n2,Phụ hồ,Cơ khí,7\n";
    let found = read(text.as_bytes());
    assert_eq!(
        found.rows,
        [
            (6, "1|Thợ hàn|Cơ khí|8".into()),
            (8, "2|Phụ hồ|Cơ khí|7".into())
        ]
    );
    let table = open(text.as_bytes(), &Mapping::default(), None).unwrap();
    assert_eq!(table.heading_line(), 4);
    let fields: Vec<_> = table.columns().iter().map(|column| column.field).collect();
    assert_eq!(
        fields,
        [
            None,
            Some(Field::Title),
            Some(Field::Employer),
            Some(Field::Wage)
        ]
    );
    let late = format!("{}Tiêu đề,Doanh nghiệp\na,b\n", "x,y\n".repeat(20));
    assert!(
        read(late.as_bytes())
            .said()
            .contains("no column for \"title\"")
    );
}

#[test] // 2
fn a_heading_is_what_the_person_says() {
    let text = "Cần người làm gì,Ai cần,Mức lương\nThợ hàn,Cơ khí,8 triệu\n".as_bytes();
    let said = read(text).said();
    assert!(
        said.contains("--map \"Heading=title\"") && said.contains("A: Cần người làm gì"),
        "{said}"
    );
    let mapping = Mapping::default()
        .with("cần người làm gì", Some(Field::Title))
        .with("Ai cần", Some(Field::Employer));
    let found = all(open(text, &mapping, None).unwrap());
    assert_eq!(found.rows, [(2, "Thợ hàn|Cơ khí|8 triệu".to_owned())]);
}

#[test] // 3
fn rows_have_as_many_cells_as_there_are_headings() {
    let text =
        b"title,employer,wage,\na,b,c,\na,b,c,,,\na,b,\na,b,c\na,b,c,d,e\n\"a,1\",b,c,\na,b\n";
    let found = read(text);
    let lines: Vec<u64> = found.rows.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 7]);
    let refused: Vec<_> = found.refused.iter().map(|(line, _, _)| *line).collect();
    assert_eq!(refused, [6, 8]);
    assert!(
        found.said().contains("5 cells under 3 headings"),
        "{}",
        found.said()
    );
    let twice = read(b"title,employer,Title \n").said();
    assert!(twice.contains("\"Title\" is there twice"), "{twice}");
}

#[test] // 3
fn an_open_quotation_is_found_where_its_row_begins() {
    let found = read(b"title,employer\na,b\n\"a \"\"x\"\"\",5\" b\n\"c,d\ne,f\ng,h\n");
    assert_eq!(found.rows, [(2, "a|b".into()), (3, "a \"x\"|5\" b".into())]);
    assert_eq!(found.refused[0].0, 4);
    assert!(found.said().contains("not closed"));
    assert_eq!(read(b"title,employer\na,\"b\"").rows.len(), 1);
}

#[test] // 3
fn what_cannot_be_in_a_cell_is_refused_by_its_column() {
    let mut bytes = b"title,employer,wage\na,b\0c,d\na,b,\xff\na,b,".to_vec();
    bytes.extend(std::iter::repeat_n(b'x', 33_000));
    bytes.extend(b"\na,b,");
    bytes.extend(std::iter::repeat_n(b'x', 70_000));
    bytes.extend(b"\na,b,d\n");
    let found = read(&bytes);
    assert_eq!(found.rows, [(6, "a|b|d".to_owned())]);
    let at: Vec<_> = found
        .refused
        .iter()
        .map(|(line, column, _)| (*line, *column))
        .collect();
    assert_eq!(at, [(2, Some(1)), (3, Some(2)), (4, Some(2)), (5, None)]);
    for words in ["NUL", "not UTF-8", "32767 characters", "more than 64 KiB"] {
        assert!(found.said().contains(words), "{words}: {}", found.said());
    }
}

#[test] // 4
fn an_apostrophe_that_guards_a_formula_is_taken_away() {
    let found = read("title,employer\n'=1+1,'@b\n'a','\n'-x,'\n".as_bytes());
    let texts: Vec<&str> = found.rows.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["=1+1|@b", "'a'|'", "-x|'"]);
    assert_eq!(Found::default().said(), "");
}

proptest::proptest! {
    #[test] // 5
    fn no_bytes_break_the_reader(
        start in "(title,employer\n|Tiêu đề;Doanh nghiệp\r\n|)",
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400),
        text in "[a-zđ,;\"\t\r\n\u{0}\u{202e}\u{300}]{0,200}",
    ) {
        // A workbook starts a process: that is tried elsewhere.
        let file = [start.as_bytes(), text.as_bytes(), &bytes].concat();
        if !file.starts_with(b"PK") {
            let found = read(&file);
            let is_narrow = |cells: &str| cells.split('|').count() <= MOST_COLUMNS + text.matches('|').count();
            proptest::prop_assert!(found.rows.iter().all(|(_, cells)| is_narrow(cells)));
            proptest::prop_assert!(found.refused.iter().all(|(line, _, reason)| *line > 0 && reason.contains(" / ")));
        }
    }
}
