//! 1. A workbook is read cell by cell: texts, numbers, days, what formulas last gave.
//! 2. The first sheet that can be seen and has headings is read, or the one that is named.
//! 3. What a merged cell says holds for its rows.
//! 4. What the sheet claims of its size does not matter.
//! 5. The process that reads is bounded in memory and time.

use std::io::BufReader;
use std::time::{Duration, Instant};

use domain::reading::headings::Mapping;
use sheet::{Form, Opening, Program, Table};

use crate::book::{Book, data};
use crate::read::{all, open, read};

const HEAD: [&str; 4] = ["Vị trí tuyển dụng", "Doanh nghiệp", "Số lượng", "Hạn nộp"];

#[test] // 1
fn cells_are_read_as_they_are_shown() {
    let xml = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Số lượng</t></is></c><c r="D1" t="inlineStr"><is><r><t>Hạn</t></r><r><t xml:space="preserve"> nộp</t></r></is></c></row>
        <row r="3"><c r="A3" t="str"><f>CONCAT("Thợ"," hàn")</f><v>Thợ hàn</v></c><c r="B3" t="inlineStr"><is><t>Cơ khí &amp; xây dựng</t></is></c><c r="C3"><v>5</v></c><c r="D3" s="1"><v>45952</v></c></row>
        <row><c t="inlineStr"><is><t>Phụ hồ</t></is></c><c t="inlineStr"><is><t>B</t></is></c><c><v>2.0</v></c><c t="e"><v>#N/A</v></c></row></sheetData>"#;
    let texts = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="2" uniqueCount="2"><si><t>Vị trí tuyển dụng</t></si><si><t>Doanh nghiệp</t></si></sst>"#;
    let found = read(&Book::of(xml).texts(texts).bytes());
    assert_eq!(found.said(), "");
    let expected = [
        (3, "Thợ hàn|Cơ khí & xây dựng|5|2025-10-22".to_owned()),
        (4, "Phụ hồ|B|2|#N/A".to_owned()),
    ];
    assert_eq!(found.rows, expected);
}

#[test] // 2
fn the_sheet_with_headings_is_found() {
    let rows = |title: &str| data(&[&["UBND XÃ ĐẮK HÀ"], &[], &HEAD, &[title, "Cơ khí", "5", ""]]);
    let bytes = Book::default()
        .sheet("Ẩn", "hidden", &rows("ẩn"))
        .sheet("Ẩn kỹ", "veryHidden", &rows("ẩn kỹ"))
        .sheet("Hướng dẫn", "visible", &data(&[&["Cách điền"]]))
        .sheet("Tuyển dụng", "visible", &rows("Thợ hàn"))
        .sheet("Xã khác", "visible", &rows("Phụ hồ"))
        .bytes();
    let table = open(&bytes, &Mapping::default(), None).unwrap();
    let others = ["Hướng dẫn", "Xã khác"].map(str::to_owned).to_vec();
    assert_eq!(
        table.form(),
        Form::Workbook {
            sheet: "Tuyển dụng".to_owned(),
            others
        }
    );
    assert_eq!(table.heading_line(), 3);
    assert_eq!(all(table).rows, [(4, "Thợ hàn|Cơ khí|5".to_owned())]);
    let named = open(&bytes, &Mapping::default(), Some("Xã khác")).unwrap();
    assert_eq!(all(named).rows[0].1, "Phụ hồ|Cơ khí|5");
    for hidden in ["Ẩn", "Không có"] {
        let said = open(&bytes, &Mapping::default(), Some(hidden))
            .err()
            .unwrap();
        assert!(
            said.contains("no sheet") && said.contains("Tuyển dụng"),
            "{said}"
        );
    }
    let none = Book::default().sheet("Ẩn", "hidden", &rows("ẩn")).bytes();
    assert!(read(&none).said().contains("no sheet that can be seen"));
    assert!(
        read(&Book::of("<sheetData/>").bytes())
            .said()
            .contains("the sheet is empty")
    );
    assert!(
        read(&Book::with_rows(&[&["a", "b"]]).bytes())
            .said()
            .contains("no column for \"title\"")
    );
}

#[test] // 3
fn a_merged_cell_speaks_for_its_rows() {
    let xml = data(&[
        &["Vị trí", "Doanh nghiệp", "Thông tin thêm", ""],
        &["", "", "Số lượng", "Mức lương"],
        &["Thợ hàn", "Cơ khí Đắk Hà", "5", "8 triệu"],
        &["Phụ hồ", "", "2", "7 triệu"],
        &[],
        &["Kế toán", "Hợp tác xã", "1", ""],
    ]);
    let merges = r#"<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/><mergeCell ref="B3:B5"/></mergeCells>"#;
    let found = read(&Book::of(&format!("{xml}{merges}")).bytes());
    let rows: Vec<&str> = found.rows.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        rows,
        [
            "Thợ hàn|Cơ khí Đắk Hà|5|8 triệu",
            "Phụ hồ|Cơ khí Đắk Hà|2|7 triệu",
            "Kế toán|Hợp tác xã|1"
        ]
    );
}

#[test] // 4
fn what_a_sheet_claims_of_its_size_is_not_believed() {
    let rows = data(&[&HEAD, &["Thợ hàn", "Cơ khí", "5", ""]]);
    for claim in ["A1", "A1:XFD1048576", "B7:C8"] {
        let bytes = Book::of(&format!(r#"<dimension ref="{claim}"/>{rows}"#)).bytes();
        assert_eq!(
            read(&bytes).rows,
            [(2, "Thợ hàn|Cơ khí|5".to_owned())],
            "{claim}"
        );
    }
}

#[test] // 5
fn a_process_that_does_not_answer_is_ended() {
    let bytes = Book::with_rows(&[&HEAD]).bytes();
    let started = Instant::now();
    let mapping = Mapping::default();
    let program = Program::new("/bin/sleep", ["600".into()]).within(Duration::from_millis(100));
    let ask = Opening {
        mapping: &mapping,
        program: &program,
        encoding: None,
        separator: None,
        sheet: None,
    };
    let said = Table::open(BufReader::new(std::io::Cursor::new(bytes)), &ask)
        .err()
        .unwrap();
    assert!(said.contains("more memory or time"), "{said}");
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test] // 5
fn fifty_thousand_rows_are_read() {
    let mut xml = "<sheetData>".to_owned();
    xml += data(&[&HEAD])
        .strip_prefix("<sheetData>")
        .unwrap()
        .strip_suffix("</sheetData>")
        .unwrap();
    for row in 2..=50_001 {
        xml += &format!(
            r#"<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Thợ hàn {row}</t></is></c><c r="B{row}" t="inlineStr"><is><t>Cơ khí {}</t></is></c><c r="C{row}"><v>{}</v></c></row>"#,
            row * 7_919 % 99_991,
            row % 9 + 1
        );
    }
    let bytes = Book::of(&(xml + "</sheetData>")).bytes();
    let mut table = open(&bytes, &Mapping::default(), None).unwrap();
    let mut count = 0;
    while let sheet::Next::Row(_) = table.next_row().unwrap() {
        count += 1;
    }
    assert_eq!(count, 50_000);
}
