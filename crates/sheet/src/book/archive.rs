//! The zip file that a workbook is, before anything in it is believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::limits::{MOST_ENTRIES, MOST_ENTRY, MOST_RATIO, MOST_UNPACKED, SMALL_ENTRY};

/// What is looked at of an entry beyond its size: what may not be there stands at its beginning.
const BEGINNING: usize = 64 << 10;
/// No text of the list of texts is shorter.
const SHORTEST_TEXT: u64 = 5;

pub(super) const DAMAGED: &str = "sổ Excel hỏng hoặc tải chưa xong: mở bằng Excel và lưu lại thành .xlsx / \
                                  the workbook is damaged or was not loaded to its end: open it in \
                                  Excel and save it again as .xlsx";
const MANY: &str = "sổ Excel có quá nhiều phần bên trong / the workbook has too many parts inside";
const BOMB: &str = "sổ Excel phình quá mức khi mở: hãy xoá dòng, cột trống đã định dạng rồi lưu lại / the \
                    workbook grows too much when it is opened: delete formatted rows and columns that \
                    are empty and save it again";
const LIES: &str = "sổ Excel không như nó tự khai (các phần chồng nhau, trùng tên hoặc sai độ dài) / the \
                    workbook is not what it says (parts that overlap, have the same name or another \
                    length)";
const LOCKED: &str = "sổ Excel có mật khẩu: bỏ mật khẩu rồi lưu lại / the workbook has a password: remove \
                      it and save again";
const PATHS: &str =
    "sổ Excel có phần mang đường dẫn lạ / the workbook has parts with strange paths";
const ENTITIES: &str = "sổ Excel có khai báo DTD hoặc mã hoá lạ trong XML, Excel không bao giờ viết thế / the \
                        workbook has a DTD or a strange encoding in its XML, which Excel never writes";
const COUNT: &str = "sổ Excel khai số ô chữ nhiều hơn chỗ chứa / the workbook claims to hold more texts than \
                     there is room for";
const MACROS: &str = "sổ Excel có macro: lưu lại thành .xlsx (không macro) / the workbook has macros: save it \
                      as .xlsx (without macros)";
const BINARY: &str = "tệp là .xlsb: mở bằng Excel rồi lưu thành .xlsx / the file is .xlsb: open it in Excel and \
                      save it as .xlsx";
const OPEN_DOCUMENT: &str = "tệp là OpenDocument (.ods): lưu thành .xlsx / the file is OpenDocument (.ods): save \
                             it as .xlsx";
const WORD: &str = "tệp là văn bản Word: chép bảng sang Excel rồi lưu thành .xlsx / the file is a Word document: \
                    copy the table to Excel and save it as .xlsx";
const NO_BOOK: &str = "tệp nén không chứa sổ Excel: giải nén rồi gửi chính tệp .xlsx / the archive holds no \
                       workbook: unpack it and send the .xlsx itself";

/// Unpacks every entry once, keeps none, and counts what really comes.
///
/// # Errors
/// In words, why this is not opened.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    if archive.len() > MOST_ENTRIES {
        return Err(MANY.to_owned());
    }
    if archive.offset() != 0 || archive.has_duplicate_names() {
        return Err(LIES.to_owned());
    }
    if archive.has_overlapping_entries().map_err(|_| DAMAGED)? {
        return Err(LIES.to_owned());
    }
    kind_of(&archive)?;
    let mut unpacked = 0_u64;
    for place in 0..archive.len() {
        named_well(&mut archive, place)?;
        let mut entry = archive.by_index(place).map_err(|_| DAMAGED)?;
        unpacked = unpacked.saturating_add(entry_size(&mut entry)?);
        if unpacked > MOST_UNPACKED {
            return Err(BOMB.to_owned());
        }
    }
    Ok(())
}

/// What the names in it say that it is.
fn kind_of(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), &'static str> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/vbaProject.bin") || has("xl/macrosheets/sheet1.xml") {
        Err(MACROS)
    } else if has("xl/workbook.xml") {
        Ok(())
    } else if has("xl/workbook.bin") {
        Err(BINARY)
    } else if has("mimetype") && has("content.xml") {
        Err(OPEN_DOCUMENT)
    } else if has("word/document.xml") {
        Err(WORD)
    } else {
        Err(NO_BOOK)
    }
}

fn named_well(archive: &mut ZipArchive<Cursor<&[u8]>>, place: usize) -> Result<(), &'static str> {
    let entry = archive.by_index_raw(place).map_err(|_| DAMAGED)?;
    if entry.encrypted() {
        return Err(LOCKED);
    }
    let is_absolute = entry.name_raw().first() == Some(&b'/');
    if entry.is_symlink() || is_absolute || entry.enclosed_name().is_none() {
        return Err(PATHS);
    }
    Ok(())
}

fn entry_size<R: Read>(entry: &mut ZipFile<'_, R>) -> Result<u64, &'static str> {
    let name = entry.name().map_err(|_| PATHS)?.to_ascii_lowercase();
    let (said, packed) = (entry.size(), entry.compressed_size());
    let most = MOST_ENTRY
        .min(packed.saturating_mul(MOST_RATIO).max(SMALL_ENTRY))
        .min(said.saturating_add(1));
    let mut beginning = Vec::new();
    let mut count = 0_u64;
    let mut buffer = vec![0; BEGINNING];
    loop {
        let read = entry.read(&mut buffer).map_err(|_| DAMAGED)?;
        if read == 0 {
            break;
        }
        if beginning.len() < BEGINNING {
            let more = read.min(BEGINNING - beginning.len());
            beginning.extend_from_slice(buffer.get(..more).unwrap_or_default());
        }
        count = count.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if count > most {
            return Err(if count > said { LIES } else { BOMB });
        }
    }
    if count != said {
        return Err(LIES);
    }
    if name.ends_with(".xml") || name.ends_with(".rels") {
        harmless(&beginning)?;
    }
    if name.ends_with("sharedstrings.xml") && texts_claimed(&beginning) > count / SHORTEST_TEXT {
        return Err(COUNT);
    }
    Ok(count)
}

/// Refuses what Excel never writes: declarations of entities, and encodings in which they would not
/// be seen.
fn harmless(beginning: &[u8]) -> Result<(), &'static str> {
    let is_wide = beginning.iter().take(4).any(|&byte| byte == 0)
        || matches!(beginning, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let has_declaration = beginning
        .windows(9)
        .any(|bytes| bytes.eq_ignore_ascii_case(b"<!DOCTYPE") || bytes.starts_with(b"<!ENTITY"));
    if is_wide || has_declaration {
        Err(ENTITIES)
    } else {
        Ok(())
    }
}

/// How many texts the list claims to hold: a reader may make room for as many.
fn texts_claimed(beginning: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniquecount=";
    let lower = beginning.to_ascii_lowercase();
    let Some(place) = lower.windows(NAME.len()).position(|bytes| bytes == NAME) else {
        return 0;
    };
    let digits: String = lower
        .iter()
        .skip(place + NAME.len() + 1)
        .take_while(|byte| byte.is_ascii_digit())
        .map(|&byte| char::from(byte))
        .collect();
    if digits.is_empty() {
        return 0;
    }
    // A number that does not fit is too many.
    digits.parse().unwrap_or(u64::MAX)
}
