//! Makes workbooks, good ones and others.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook: sheets by name, each with the XML of what it holds.
#[derive(Clone, Default)]
pub(crate) struct Book {
    sheets: Vec<(String, &'static str, String)>,
    texts: Option<String>,
    more: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// One sheet with this between `<worksheet>` and `</worksheet>`.
    pub(crate) fn of(inner: &str) -> Self {
        Self::default().sheet("Trang1", "visible", inner)
    }

    /// One sheet with these rows of text.
    pub(crate) fn with_rows(rows: &[&[&str]]) -> Self {
        Self::of(&data(rows))
    }

    pub(crate) fn sheet(mut self, name: &str, state: &'static str, inner: &str) -> Self {
        self.sheets.push((name.to_owned(), state, inner.to_owned()));
        self
    }

    /// The list of texts, as XML.
    pub(crate) fn texts(mut self, xml: &str) -> Self {
        self.texts = Some(xml.to_owned());
        self
    }

    pub(crate) fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.more.push((name.to_owned(), bytes.into()));
        self
    }

    fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let mut names = String::new();
        let mut relations = String::new();
        let mut parts = Vec::new();
        for (place, (name, state, inner)) in self.sheets.iter().enumerate() {
            let number = place + 1;
            names += &format!(
                r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="rId{number}"/>"#
            );
            relations += &format!(
                r#"<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
            );
            let xml = format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">{inner}</worksheet>"#
            );
            parts.push((format!("xl/worksheets/sheet{number}.xml"), xml.into_bytes()));
        }
        let book = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{names}</sheets></workbook>"#
        );
        let relations = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
        );
        let mut all = vec![
            ("[Content_Types].xml".to_owned(), TYPES.into()),
            ("_rels/.rels".to_owned(), RELATIONS.into()),
            ("xl/workbook.xml".to_owned(), book.into_bytes()),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                relations.into_bytes(),
            ),
            ("xl/styles.xml".to_owned(), STYLES.into()),
        ];
        all.extend(parts);
        all.extend(
            self.texts
                .iter()
                .map(|xml| ("xl/sharedStrings.xml".to_owned(), xml.clone().into_bytes())),
        );
        all.extend(self.more.iter().cloned());
        all
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let parts = self.parts();
        zipped(
            parts
                .iter()
                .map(|(name, bytes)| (name.as_str(), bytes.as_slice())),
        )
    }
}

/// A zip file of these.
pub(crate) fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// `<sheetData>` with these rows of text, written into the cells.
pub(crate) fn data(rows: &[&[&str]]) -> String {
    let mut xml = "<sheetData>".to_owned();
    for (row, cells) in (1..).zip(rows) {
        xml += &format!(r#"<row r="{row}">"#);
        for (column, text) in cells.iter().enumerate() {
            let at = sheet::letters(column);
            if !text.is_empty() {
                xml += &format!(r#"<c r="{at}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#);
            }
        }
        xml += "</row>";
    }
    xml + "</sheetData>"
}
