//! What a file is, by its first bytes.

use crate::encoding::Encoding;

/// What can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text; in UTF-16 where that can be seen.
    Text(Option<Encoding>),
    /// A zip file, perhaps a workbook.
    Zip,
}

const EMPTY: &str = "tệp trống / the file is empty";
const NO_TEXT: &str = "tệp không phải văn bản hay bảng tính: hãy lưu thành .xlsx hoặc CSV UTF-8 / \
                       the file is no text and no workbook: save it as .xlsx or CSV UTF-8";
const OLD_BOOK: &str = "tệp là sổ Excel kiểu cũ (.xls) hoặc sổ có mật khẩu: mở bằng Excel, bỏ mật khẩu, \
                        lưu thành .xlsx / the file is an old workbook (.xls) or has a password: open \
                        it in Excel, remove the password, save it as .xlsx";
const WEB_PAGE: &str = "tệp là trang web hoặc XML mang tên bảng tính: mở bằng Excel rồi lưu thành .xlsx / \
                        the file is a web page or XML under the name of a sheet: open it in Excel and \
                        save it as .xlsx";
const DOCUMENT: &str = "tệp là PDF, RTF, ảnh hoặc tệp nén, không phải bảng tính: gửi bảng dạng .xlsx hoặc \
                        CSV / the file is a PDF, RTF, picture or archive, no sheet: send the table as \
                        .xlsx or CSV";

/// What begins like this.
///
/// # Errors
/// In words, what cannot be read and what to do.
pub(crate) fn kind(start: &[u8]) -> Result<Kind, &'static str> {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(EMPTY);
    }
    match start {
        [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => return Ok(Kind::Zip),
        // The second is how a workbook of before 1997 begins.
        [0xd0, 0xcf, 0x11, 0xe0, ..] | [9, 0 | 2 | 4 | 8, 4 | 6 | 8 | 16, 0, ..] => {
            return Err(OLD_BOOK);
        }
        [0xff, 0xfe, ..] => return Ok(Kind::Text(Some(Encoding::Utf16Le))),
        [0xfe, 0xff, ..] => return Ok(Kind::Text(Some(Encoding::Utf16Be))),
        _ => {}
    }
    if DOCUMENTS.iter().any(|magic| start.starts_with(magic)) {
        return Err(DOCUMENT);
    }
    if is_page(text) {
        return Err(WEB_PAGE);
    }
    wide(start)
}

const DOCUMENTS: [&[u8]; 8] = [
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
];

fn is_page(text: &[u8]) -> bool {
    let trimmed = text.trim_ascii_start();
    let begins = |tag: &[u8]| {
        trimmed
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    let tags: [&[u8]; 8] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<table",
        b"<meta",
        b"<?xml",
        b"mime-version:",
    ];
    tags.iter().any(|tag| begins(tag))
}

/// Latin letters in UTF-16 without a mark: every second byte is nought.
fn wide(start: &[u8]) -> Result<Kind, &'static str> {
    let beginning = start.get(..start.len().min(64)).unwrap_or_default();
    let nought = |odd: usize| {
        let bytes = beginning.iter().skip(odd).step_by(2);
        (
            bytes.clone().filter(|&&byte| byte == 0).count(),
            bytes.count(),
        )
    };
    let ((even, evens), (odd, odds)) = (nought(0), nought(1));
    let mostly = |some: usize, all: usize| all > 3 && some * 2 > all;
    match (mostly(even, evens), mostly(odd, odds)) {
        (false, true) => Ok(Kind::Text(Some(Encoding::Utf16Le))),
        (true, false) => Ok(Kind::Text(Some(Encoding::Utf16Be))),
        (true, true) => Err(NO_TEXT),
        // A single NUL is named by its line; many are no text.
        _ if start.iter().filter(|&&byte| byte == 0).count() > 2 + start.len() / 20 => Err(NO_TEXT),
        _ => Ok(Kind::Text(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_sheet_is_told_what_it_is() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"\xef\xbb\xbf \r\n", "empty"),
            (&[0; 9_000], "no text"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old workbook"),
            (b"\x09\x08\x10\x00\x00\x06", "old workbook"),
            (b"  <HTML><table>", "web page"),
            (b"<?xml version=\"1.0\"?>", "web page"),
            (b"%PDF-1.7", "PDF"),
            (b"{\\rtf1", "RTF"),
        ] {
            let said = kind(bytes).unwrap_err();
            assert!(said.contains(word), "{word}: {said}");
        }
    }

    #[test]
    fn utf_16_is_seen_with_and_without_its_mark() {
        let wide = |text: &str, to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(to).collect()
        };
        for (bytes, expected) in [
            (wide("\u{feff}Tiêu đề", u16::to_le_bytes), Encoding::Utf16Le),
            (wide("\u{feff}Tiêu đề", u16::to_be_bytes), Encoding::Utf16Be),
            (wide("title,employer", u16::to_le_bytes), Encoding::Utf16Le),
            (wide("title,employer", u16::to_be_bytes), Encoding::Utf16Be),
        ] {
            assert_eq!(kind(&bytes), Ok(Kind::Text(Some(expected))));
        }
        assert_eq!(kind(b"title,employer\na\0,b"), Ok(Kind::Text(None)));
        assert_eq!(kind(b"PK\x03\x04"), Ok(Kind::Zip));
    }
}
