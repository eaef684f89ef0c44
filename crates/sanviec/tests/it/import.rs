//! 1. A dry run says what is new, changed (old and new) and refused, and writes nothing.
//! 2. Refused rows come back as a file to mend, which is taken as it is once it is mended.
//! 3. A batch is listed and undone.
//! 4. A heading is what somebody said of it, also the next time.
//! 5. Workbooks are read by a process of its own; a hostile one is refused in words.
//! 6. Files of before Unicode are read.
//! 7. What is wrong on the command line is said before anything is done.
//! 8. A workbook whose import is killed goes on: no row twice, each refused row in the file to mend.

use std::io::{Cursor, Write};
use std::process::Stdio;

use serde_json::Value;

use crate::world::World;

const SHEET: &str = "Mã tin;Tiêu đề;Doanh nghiệp;Nơi làm việc;Mức lương;Hạn nộp
a1;Đầu bếp;Nhà hàng Măng Đen;Măng Đen, Quảng Ngãi;8 - 10 triệu;
a2;Thợ hàn TIG;Cơ khí Đăk Hà;Kon Tum;tuỳ mùa vụ nhé;
a3;;Không tên;Kon Tum;;
a4;Kế toán;=cmd|'/c calc'!A1;Kon Tum;;31/02/2027
";

fn counts(said: &str) -> Value {
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

fn import(world: &World, file: &std::path::Path, more: &[&str]) -> String {
    world.says(
        &[
            &["import", "vacancies", file.to_str().unwrap(), "--json"],
            more,
        ]
        .concat(),
    )
}

#[test] // 1
fn a_dry_run_says_what_would_be_done() {
    let world = World::new();
    let sheet = world.file("phiếu.csv", SHEET);
    let said = import(&world, &sheet, &["--dry-run", "--show"]);
    let first = counts(&said);
    assert_eq!(
        (&first["new"], &first["refused"], &first["noted"]),
        (&2.into(), &2.into(), &1.into())
    );
    for words in [
        "UTF-8, ngăn cách bởi / separated by ';'",
        "E «Mức lương» salary",
        "line 2: new: Đầu bếp",
        "«8 - 10 triệu» = 8 – 10 triệu/tháng",
        "Xã Măng Đen, Quảng Ngãi",
        "Hàn TIG",
        "line 4: refused: title \"\" (cột / column B «Tiêu đề»)",
        "line 3: to look at: salary (cột / column E «Mức lương»)",
        "nothing was written",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!world.data().exists() && first["batch"].is_null());
    assert!(!sheet.with_file_name("phiếu.refused.csv").exists());

    import(&world, &sheet, &[]);
    let changed = SHEET
        .replace("8 - 10 triệu", "9 - 11 triệu")
        .replace("a2;", "a5;Phụ hồ;B;Kon Tum;;\na2;");
    let sheet = world.file("phiếu.csv", &changed);
    let said = import(&world, &sheet, &["--dry-run"]);
    let second = counts(&said);
    let expected = [("new", 1), ("changed", 1), ("same", 1), ("refused", 2)];
    assert!(
        expected.iter().all(|(key, count)| second[key] == *count),
        "{second}"
    );
    assert!(
        said.contains("8 – 10 triệu/tháng → «9 - 11 triệu» = 9 – 11 triệu/tháng"),
        "{said}"
    );
    let listed = world.says(&["list", "vacancies"]);
    assert!(!listed.contains("Phụ hồ"), "{listed}");
    assert_eq!(world.says(&["import", "list"]).lines().count(), 1);
    // What it said comes true.
    let third = counts(&import(&world, &sheet, &[]));
    assert!(
        expected.iter().all(|(key, count)| third[key] == *count),
        "{third}"
    );
}

#[test] // 2
fn refused_rows_are_mended_and_taken() {
    let world = World::new();
    let sheet = world.file("phiếu.csv", SHEET);
    let first = counts(&import(&world, &sheet, &[]));
    let path = std::path::PathBuf::from(first["refused_file"].as_str().unwrap());
    assert_eq!(path.file_name().unwrap(), "phiếu.refused.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with("\u{feff}Cần sửa gì / What to mend,Mã tin,"),
        "{text}"
    );
    assert!(
        text.contains("cột C «Tiêu đề»") && text.contains("cột G «Hạn nộp»"),
        "{text}"
    );
    assert!(text.contains("'=cmd"), "{text}");
    // Again: the same rows need no second file.
    assert_eq!(
        counts(&import(&world, &sheet, &[]))["refused_file"],
        first["refused_file"]
    );

    let mended = text
        .replace("a3,,", "a3,Tạp vụ,")
        .replace("31/02/2027", "28/02/2027");
    std::fs::write(&path, mended).unwrap();
    let second = counts(&import(&world, &path, &[]));
    assert_eq!(
        (&second["new"], &second["refused"]),
        (&2.into(), &0.into()),
        "{second}"
    );
    assert!(second["refused_file"].is_null());
    let listed = world.says(&["list", "vacancies"]);
    assert!(listed.contains("Kế toán — =cmd|'/c calc'!A1"), "{listed}");
    // They bear the source of the file that they came from: taken with it, they are the same.
    let whole = SHEET
        .replace("a3;;", "a3;Tạp vụ;")
        .replace("31/02/2027", "28/02/2027");
    let third = counts(&import(&world, &world.file("phiếu.csv", &whole), &[]));
    assert_eq!(third["same"], 4, "{third}");

    let elsewhere = world.file("x", "").with_file_name("sửa.csv");
    let sheet = world.file("khác.csv", SHEET);
    import(&world, &sheet, &["--refused", elsewhere.to_str().unwrap()]);
    assert!(
        std::fs::read_to_string(elsewhere)
            .unwrap()
            .contains("cột G")
    );
}

#[test] // 2
fn a_file_that_is_being_mended_is_not_overwritten() {
    let world = World::new();
    let sheet = world.file("phiếu.csv", SHEET);
    let mending = world.file("phiếu.refused.csv", "đang sửa\n");
    let first = counts(&import(&world, &sheet, &[]));
    assert!(
        first["refused_file"]
            .as_str()
            .unwrap()
            .ends_with("phiếu.refused-2.csv")
    );
    assert_eq!(std::fs::read_to_string(mending).unwrap(), "đang sửa\n");
    // A row with a separator too many keeps its cells.
    let shifted = world.file("lệch.csv", "title,employer\na,b\nThợ, giỏi,b\n");
    let path = counts(&import(&world, &shifted, &[]))["refused_file"]
        .as_str()
        .unwrap()
        .to_owned();
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(",Thợ, giỏi,b"), "{text}");
}

#[test] // 3
fn a_batch_is_undone() {
    let world = World::new();
    let sheet = world.file("phiếu.csv", SHEET);
    import(&world, &sheet, &[]);
    let before = world.says(&["list", "vacancies", "--json"]);
    let sheet = world.file(
        "phiếu.csv",
        &SHEET.replace("Đầu bếp", "Bếp trưởng").replace("a2;", "a9;"),
    );
    let second = counts(&import(&world, &sheet, &[]));
    let batch = second["batch"].as_str().unwrap();
    let listed: Value = serde_json::from_str(
        world
            .says(&["import", "list", "--json"])
            .lines()
            .next()
            .unwrap(),
    )
    .unwrap();
    assert_eq!(
        (&listed["batch"], &listed["new"], &listed["changed"]),
        (&second["batch"], &1.into(), &1.into())
    );
    let undone = counts(&world.says(&["import", "undo", batch, "--json"]));
    assert_eq!(undone.to_string(), r#"{"left":0,"removed":1,"restored":1}"#);
    assert_eq!(world.says(&["list", "vacancies", "--json"]), before);
    let again = world.run(&["import", "undo", batch]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("undone already"));
    let nobody = world.run(&["import", "undo", "01938f7e-5b1a-7c3d-9e2f-0123456789ab"]);
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("there is no batch"));
    assert_eq!(world.run(&["import", "undo", "7"]).status.code(), Some(2));
    world.says(&["doctor"]);
}

#[test] // 4
fn a_heading_is_kept_for_its_source() {
    let world = World::new();
    let sheet = world.file(
        "xã.csv",
        "Việc gì,Ai cần,Mức lương\nThợ hàn,Cơ khí,8 triệu\n",
    );
    let output = world.run(&["import", "vacancies", sheet.to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--map \"Heading=title\""));
    let named = [
        "--map",
        "Việc gì=title",
        "--map",
        "AI CẦN = employer",
        "--map",
        "Mức lương=",
    ];
    let said = import(&world, &sheet, &named);
    assert_eq!(counts(&said)["new"], 1);
    assert!(
        said.contains("A «Việc gì» title") && said.contains("C «Mức lương» —"),
        "{said}"
    );
    assert_eq!(counts(&import(&world, &sheet, &[]))["same"], 1);
    assert_eq!(counts(&import(&world, &sheet, &["--dry-run"]))["same"], 1);
    let other = world.run(&[
        "import",
        "vacancies",
        sheet.to_str().unwrap(),
        "--source",
        "khác",
    ]);
    assert_eq!(other.status.code(), Some(1));
}

/// A workbook whose one sheet holds this.
fn workbook(data: &str, texts: Option<&str>) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    let mut parts = vec![
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Tuyển dụng" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}">{data}</worksheet>"#),
        ),
    ];
    parts.extend(texts.map(|xml| ("xl/sharedStrings.xml", xml.to_owned())));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(xml.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn rows(rows: &[&[&str]]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (line, cells) in (1..).zip(rows) {
        xml += &format!(r#"<row r="{line}">"#);
        for (column, text) in ('A'..).zip(*cells) {
            xml += &format!(r#"<c r="{column}{line}" t="inlineStr"><is><t>{text}</t></is></c>"#);
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}

#[test] // 5
fn a_workbook_is_taken() {
    let world = World::new();
    let data = rows(&[
        &["UBND XÃ ĐẮK HÀ"],
        &[
            "STT",
            "Vị trí tuyển dụng",
            "Tên doanh nghiệp",
            "Số lượng cần tuyển",
            "Hạn nộp hồ sơ",
        ],
        &["1", "Thợ hàn TIG", "Cơ khí Đắk Hà", "5", "2027-01-31"],
        &["2", "", "Cơ khí Đắk Hà", "nhiều", ""],
    ]);
    let sheet = world.bytes("xã.xlsx", &workbook(&data, None));
    let said = import(&world, &sheet, &[]);
    let first = counts(&said);
    assert_eq!(
        (&first["new"], &first["refused"]),
        (&1.into(), &1.into()),
        "{said}"
    );
    for words in [
        "XLSX, trang / sheet \"Tuyển dụng\"",
        "headings in line 2",
        "line 4: refused",
        "column D «Số lượng cần tuyển»",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(counts(&import(&world, &sheet, &[]))["same"], 1);
    let named = world.run(&[
        "import",
        "vacancies",
        sheet.to_str().unwrap(),
        "--sheet",
        "Khác",
    ]);
    assert!(String::from_utf8_lossy(&named.stderr).contains("no sheet \"Khác\""));
}

#[test] // 5
fn a_hostile_workbook_ends_its_reader_only() {
    let world = World::new();
    let good = rows(&[&["title", "employer"], &["a", "b"]]);
    let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#;
    let mut texts = String::from("<sst>");
    for number in 0..400_000_u32 {
        texts += &format!(
            "<si><t>{}</t></si>",
            number.wrapping_mul(2_654_435_761) >> 28
        );
    }
    for (name, bytes, words) in [
        ("far", workbook(far, None), "more than 60000 rows"),
        (
            "count",
            workbook(&good, Some(r#"<sst uniqueCount="4000000000"></sst>"#)),
            "claims to hold",
        ),
        (
            "dtd",
            workbook(&good, Some("<!DOCTYPE x []><sst></sst>")),
            "DTD",
        ),
        ("cut", workbook(&good, None)[..200].to_vec(), "damaged"),
        ("old", b"\xd0\xcf\x11\xe0".to_vec(), "old workbook"),
    ] {
        let sheet = world.bytes(&format!("{name}.xlsx"), &bytes);
        let output = world.run(&["import", "vacancies", sheet.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(
            said.contains(words) && !said.contains("panicked"),
            "{name}: {said}"
        );
    }
    assert!(!world.data().exists());
    // Under its limits the allocator of the program still reads what people send.
    let large = world.bytes("large.xlsx", &workbook(&good, Some(&(texts + "</sst>"))));
    assert_eq!(counts(&import(&world, &large, &[]))["new"], 1);
}

#[test] // 6
fn the_old_fonts_are_taken() {
    let world = World::new();
    let abc = b"Ti\xaau \xae\xd2,Doanh nghi\xd6p,M\xf8c l\xad\xacng\r\nTh\xee h\xb5n,C\xac kh\xdd,8 - 10 tri\xd6u\r\n";
    let sheet = world.bytes("abc.csv", abc);
    let said = import(&world, &sheet, &["--show"]);
    assert!(
        said.contains("CSV, TCVN3") && said.contains("Thợ hàn — Cơ khí"),
        "{said}"
    );
    let wrong = import(
        &world,
        &sheet,
        &["--dry-run", "--encoding", "tcvn3", "--separator", ","],
    );
    assert_eq!(counts(&wrong)["same"], 1);
}

#[test] // 7
fn what_is_wrong_on_the_command_line_is_said_first() {
    let world = World::new();
    let sheet = world.file("a.csv", "title,employer\na,b\n");
    for (more, words) in [
        (["--encoding", "latin"], "Windows-1258"),
        (["--separator", "ab"], "tab"),
        (["--map", "title"], "Heading=field"),
        (["--map", "title=wages"], "salary"),
    ] {
        let words_given = [
            &["import", "vacancies", sheet.to_str().unwrap()],
            more.as_slice(),
        ]
        .concat();
        let output = world.run(&words_given);
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains(words),
            "{more:?}"
        );
    }
    assert!(!world.data().exists());
}

#[test] // 8
fn a_killed_import_of_a_workbook_goes_on() {
    let world = World::new();
    let titles: Vec<String> = (0..3_000)
        .map(|row| {
            if row % 100 == 50 {
                String::new()
            } else {
                format!("Thợ hàn {row}")
            }
        })
        .collect();
    let employers: Vec<String> = (0..3_000).map(|row| format!("Công ty {row}")).collect();
    let cells: Vec<[&str; 2]> = titles
        .iter()
        .zip(&employers)
        .map(|(title, employer)| [title.as_str(), employer.as_str()])
        .collect();
    let mut all: Vec<&[&str]> = vec![&["title", "employer"]];
    all.extend(cells.iter().map(<[&str; 2]>::as_slice));
    let sheet = world.bytes("sổ.xlsx", &workbook(&rows(&all), None));
    let mend = sheet.with_file_name("sổ.refused.csv");
    // As soon as the database is there, and as soon as a row was refused.
    for sign in [
        world.data().join("sanviec.db"),
        mend.with_file_name("sổ.refused.csv.part"),
    ] {
        let words = ["import", "vacancies", sheet.to_str().unwrap()];
        let mut child = world
            .command(&words)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while !sign.exists() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let rest = counts(&import(&world, &sheet, &[]));
    let count = |key: &str| rest[key].as_u64().unwrap();
    assert_eq!(
        (count("new") + count("same"), count("refused")),
        (2_970, 30),
        "{rest}"
    );
    assert_eq!(std::fs::read_to_string(&mend).unwrap().lines().count(), 31);
    assert_eq!(counts(&import(&world, &sheet, &[]))["same"], 2_970);
    let listed = world.says(&["import", "list"]);
    assert!(
        listed.contains("not ended") && listed.contains("done"),
        "{listed}"
    );
    // What the killed ones took can be undone as well.
    for line in listed.lines() {
        world.says(&["import", "undo", line.split(' ').next().unwrap()]);
    }
    assert!(!world.says(&["list", "vacancies"]).contains("Công ty"));
}
