//! Files that are made to do harm, or picked by mistake. Each is refused within a second and 256 MiB,
//! in words that say what to do; nothing of it is taken for a row.
//!
//! Memory: the process that reads workbooks cannot have more (`RLIMIT_DATA`), and this one is
//! measured.

use std::io::Cursor;
use std::time::{Duration, Instant};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::book::{Book, zipped};
use crate::read::read;

/// What an optimized program may take; one that is not is given more.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 4 } else { 1 });

/// The most memory that this process has had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1_024
}

/// Refused as a whole, in these words.
fn refused(name: &str, bytes: &[u8], words: &str) {
    let before = peak();
    let started = Instant::now();
    let found = read(bytes);
    let took = started.elapsed();
    eprintln!(
        "{name}: {} KiB, {took:?}: {}",
        bytes.len() >> 10,
        found.said()
    );
    assert!(
        !found.said().is_empty() && found.said().contains(words),
        "{name}: {found:?}"
    );
    assert_eq!(found.rows, [], "{name}");
    assert!(took < MOST, "{name}: {took:?}");
    assert!(peak() - before < 256, "{name}: {} MiB", peak() - before);
}

fn good() -> Book {
    Book::with_rows(&[&["title", "employer"], &["Thợ hàn", "Cơ khí"]])
}

#[test]
fn the_good_file_is_read() {
    assert_eq!(
        read(&good().bytes()).rows,
        [(2, "Thợ hàn|Cơ khí".to_owned())]
    );
}

#[test]
fn what_grows_when_it_is_opened() {
    let zeros = vec![0; 300 << 20];
    refused(
        "zip of zeros",
        &good().part("xl/media/a.bin", zeros.clone()).bytes(),
        "grows too much",
    );
    let many: Vec<(String, Vec<u8>)> = (0..5_000)
        .map(|number| (format!("xl/{number}.xml"), Vec::new()))
        .collect();
    let book = many
        .into_iter()
        .fold(good(), |book, (name, bytes)| book.part(&name, bytes));
    refused("many entries", &book.bytes(), "too many parts");
    let wide = |text: String| {
        format!(
            r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row></sheetData>"#
        )
    };
    drop(zeros);
    refused(
        "spaces",
        &Book::of(&wide(" ".repeat(300 << 20))).bytes(),
        "grows too much",
    );
    refused(
        "a long text",
        &Book::of(&wide("x".repeat(300 << 20))).bytes(),
        "grows too much",
    );
}

#[test]
fn what_is_no_workbook_within() {
    let inner = good().bytes();
    refused(
        "nested",
        &zipped([("a.xlsx", inner.as_slice())]),
        "holds no workbook",
    );
    refused("empty zip", &zipped([]), "holds no workbook");
    refused("xlsb", &zipped([("xl/workbook.bin", &b"x"[..])]), ".xlsb");
    refused(
        "ods",
        &zipped([("mimetype", &b"x"[..]), ("content.xml", b"x")]),
        "OpenDocument",
    );
    refused("docx", &zipped([("word/document.xml", &b"x"[..])]), "Word");
    refused(
        "macros",
        &good().part("xl/vbaProject.bin", "x").bytes(),
        "macros",
    );
}

#[test]
fn what_is_cut_short() {
    let bytes = good().bytes();
    for part in 0..50 {
        let cut = &bytes[..bytes.len() * part / 50];
        refused(
            &format!("{part}/50"),
            cut,
            if part == 0 { "empty" } else { "damaged" },
        );
    }
}

#[test]
fn what_lies_about_its_parts() {
    let bytes = good().bytes();
    let directory = bytes
        .windows(4)
        .position(|bytes| bytes == b"PK\x01\x02")
        .unwrap();
    let changed = |from: usize, with: &[u8]| {
        let mut bytes = bytes.clone();
        bytes[from..from + with.len()].copy_from_slice(with);
        bytes
    };
    // The second entry of the directory is said to stand where the first does.
    let second = directory
        + 4
        + bytes[directory + 4..]
            .windows(4)
            .position(|bytes| bytes == b"PK\x01\x02")
            .unwrap();
    refused(
        "overlap",
        &changed(second + 42, &[0; 4]),
        "is not what it says",
    );
    refused(
        "size",
        &changed(directory + 24, &7_u32.to_le_bytes()),
        "workbook is",
    );
    refused(
        "zip64",
        &changed(directory + 24, &u32::MAX.to_le_bytes()),
        "workbook is",
    );
    refused("locked", &changed(directory + 8, &[1, 0]), "password");
    let mut behind = b"PK\x03\x04 not yet".to_vec();
    behind.extend_from_slice(&bytes);
    refused("something before", &behind, "workbook is");
}

#[test]
fn what_has_names_that_lead_elsewhere() {
    refused(
        "path",
        &good().part("../../etc/cron.d/x", "x").bytes(),
        "strange paths",
    );
    refused(
        "absolute",
        &good().part("/etc/x", "x").bytes(),
        "strange paths",
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .add_symlink(
            "xl/workbook.xml",
            "/etc/passwd",
            SimpleFileOptions::default(),
        )
        .unwrap();
    refused(
        "link",
        &writer.finish().unwrap().into_inner(),
        "strange paths",
    );
}

#[test]
fn what_stands_far_outside() {
    let corners = |at: &str, row: &str| {
        Book::of(&format!(
            r#"<sheetData><row r="1"><c r="A1" t="str"><v>title</v></c><c r="B1" t="str"><v>employer</v></c></row><row r="{row}"><c r="{at}"><v>1</v></c></row></sheetData>"#
        ))
        .bytes()
    };
    refused(
        "two far corners",
        &corners("XFD1048576", "1048576"),
        "more than 60000 rows",
    );
    refused(
        "far down",
        &corners("ZZ200000", "200000"),
        "more than 60000 rows",
    );
    refused("far right", &corners("XFD2", "2"), "beyond 100 columns");
    refused(
        "a reference that is too large",
        &corners("A99999999999", "2"),
        "",
    );
    refused("a reference that wraps", &corners("ZZZZZZZZZZZZ1", "2"), "");
    let mut wide = "<sheetData><row r=\"1\">".to_owned();
    for _ in 0..100_000 {
        wide += "<c><v>1</v></c>";
    }
    refused(
        "10^5 columns",
        &Book::of(&(wide + "</row></sheetData>")).bytes(),
        "beyond 100 columns",
    );
}

#[test]
fn what_xml_can_do() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    refused("entities", &good().texts(bomb).bytes(), "DTD");
    let outer = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>"#;
    refused("external entity", &good().texts(outer).bytes(), "DTD");
    let wide: Vec<u8> = bomb.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(
        "UTF-16",
        &good().part("xl/sharedStrings.xml", wide).bytes(),
        "DTD",
    );
    let deep = "<x>".repeat(100_000);
    refused(
        "deep",
        &Book::of(&format!("<sheetData>{deep}")).bytes(),
        "workbook",
    );
}

#[test]
fn what_lies_about_its_texts() {
    let list = |count: &str, index: &str| {
        let texts =
            format!(r#"<sst count="{count}" uniqueCount="{count}"><si><t>title</t></si></sst>"#);
        let cells = format!(
            r#"<sheetData><row r="1"><c r="A1" t="s"><v>{index}</v></c></row></sheetData>"#
        );
        Book::of(&cells).texts(&texts).bytes()
    };
    refused(
        "4 billion texts",
        &list("4000000000", "0"),
        "claims to hold more texts",
    );
    refused(
        "more than can be counted",
        &list("99999999999999999999999", "0"),
        "claims to hold more texts",
    );
    refused("a text that is not there", &list("1", "7"), "damaged");
}

#[test]
fn what_wants_more_memory_than_there_is() {
    // 90 MiB of short texts that do not pack well are four times as much in memory.
    let mut block = String::new();
    let mut number = 1_u64;
    while block.len() < 1 << 20 {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        block += &format!("<si><t>{:x}</t></si>", number >> 60);
    }
    let texts = format!("<sst>{}</sst>", block.repeat(90));
    let bytes = good().texts(&texts).bytes();
    let before = Instant::now();
    let found = read(&bytes);
    eprintln!(
        "{} KiB, {:?}: {}",
        bytes.len() >> 10,
        before.elapsed(),
        found.said()
    );
    assert!(found.said().contains("more memory"), "{}", found.said());
}

#[test]
fn days_that_are_none_are_numbers() {
    for day in ["0", "-1", "1e308", "-1e308", "NaN"] {
        let xml = format!(
            r#"<sheetData><row r="1"><c r="A1" t="str"><v>title</v></c><c r="B1" t="str"><v>employer</v></c><c r="C1" t="str"><v>deadline</v></c></row>
            <row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="str"><v>b</v></c><c r="C2" s="1"><v>{day}</v></c></row></sheetData>"#
        );
        let found = read(&Book::of(&xml).bytes());
        let text = &found.rows[0].1;
        assert!(
            !text.contains("19") && !text.contains("9999-"),
            "{day}: {text}"
        );
    }
}

#[test]
fn what_bears_another_name() {
    refused(
        "xls",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
        "old workbook",
    );
    refused(
        "html",
        b"<html><body><table><tr><td>title</td></tr></table>",
        "web page",
    );
    refused("XML", b"<?xml version=\"1.0\"?><Workbook/>", "web page");
    refused("pdf", b"%PDF-1.7\n1 0 obj <</JS (app.alert(1))>>", "PDF");
    refused(
        "svg",
        b"<?xml version=\"1.0\"?><svg onload=\"x\"/>",
        "web page",
    );
    let polyglot = [b"%PDF-1.7\n".to_vec(), good().bytes()].concat();
    refused("PDF and workbook", &polyglot, "PDF");
    let polyglot = [b"title,employer\na,b\n".to_vec(), good().bytes()].concat();
    let found = read(&polyglot);
    assert!(
        found.rows.len() <= 1 || !found.said().is_empty(),
        "{found:?}"
    );
    refused("noughts", &vec![0; 1 << 20], "no text");
    refused(
        "larger than a workbook may be",
        &[b"PK\x03\x04".to_vec(), vec![1; 11 << 20]].concat(),
        "more than 10 MiB",
    );
}

#[test]
fn what_csv_can_do() {
    let columns = "x,".repeat(1_000_000);
    refused("10^6 columns", columns.as_bytes(), "more than 1 MiB");
    let cell = format!("title,employer\n{},b\n", "x".repeat(10 << 20));
    refused("a cell of 10 MB", cell.as_bytes(), "more than 1 MiB");
    let open = format!("title,employer\n\"{}", "a,b\n".repeat(1 << 20));
    refused(
        "a quotation that is never closed",
        open.as_bytes(),
        "not closed",
    );
    refused(
        "only quotation marks",
        "\"".repeat(5 << 20).as_bytes(),
        "1 MiB",
    );
    refused("spaces", " ".repeat(64 << 20).as_bytes(), "empty");
    let found = read(format!("title,employer\n{}\na,b\n", ",".repeat(30_000)).as_bytes());
    assert_eq!(found.rows, [(3, "a|b".to_owned())], "{}", found.said());
    let found = read("title,employer\na\u{202e}b,c\u{200b}\n".as_bytes());
    assert_eq!(
        found.rows.len(),
        1,
        "marks that turn text round are taken away where it is read"
    );
}

#[test]
fn what_was_changed_on_the_way() {
    let bytes = good().bytes();
    let mut number = 7_u64;
    let mut next = |most: usize| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(number >> 33).unwrap() % most
    };
    let mut refusals = 0;
    for _ in 0..150 {
        let mut changed = bytes.clone();
        for _ in 0..=next(4) {
            let place = next(changed.len());
            changed[place] = u8::try_from(next(256)).unwrap();
        }
        let started = Instant::now();
        let found = read(&changed);
        refusals += usize::from(!found.said().is_empty());
        assert!(
            !found.said().is_empty() || found.rows.len() <= 2,
            "{found:?}"
        );
        assert!(started.elapsed() < MOST);
    }
    assert!(refusals > 50, "{refusals}");
}
