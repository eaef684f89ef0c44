//! TCVN 5712:1993, the table of the "ABC" fonts.

/// 0xA0 to 0xFF. Capitals with a tone have no bytes of their own in the third table: they are written
/// small, in a font that shows them as capitals. Where the first table has one, it is read.
const LETTERS: [char; 96] = [
    '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ', //
    '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ',
    'ẵ', 'ắ', 'Ẵ', //
    'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', //
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', //
    'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', //
    'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// The text of these bytes.
pub(super) fn decode(bytes: &[u8]) -> String {
    let text: String = bytes.iter().map(|&byte| letter(byte)).collect();
    text.split_inclusive(|c: char| !c.is_alphabetic())
        .map(capitals)
        .collect()
}

fn letter(byte: u8) -> char {
    let place = usize::from(byte).checked_sub(0xa0);
    match place.and_then(|place| LETTERS.get(place)) {
        Some(&letter) => letter,
        // Quotation marks and dashes of Windows are there, too.
        None => super::vni::windows(byte),
    }
}

/// A word in capitals whose letters with a tone had to be written small.
fn capitals(word: &str) -> String {
    let ascii = || word.chars().filter(char::is_ascii_alphabetic);
    let is_capital = ascii().count() > 1 && ascii().all(|c| c.is_ascii_uppercase());
    if is_capital {
        word.to_uppercase()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_that_were_written_small_are_capitals_again() {
        assert_eq!(decode(b"TH\xee H\xb5N"), "THỢ HÀN");
        assert_eq!(decode(b"DOANH NGHI\xd6P"), "DOANH NGHIỆP");
        assert_eq!(decode(b"H\xb5 N\xe9i"), "Hà Nội");
        assert_eq!(decode(b"\x93Th\xee h\xb5n\x94"), "“Thợ hàn”");
    }
}
