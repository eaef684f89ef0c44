//! VNI for Windows: a letter, then a byte for its marks; i, đ, ơ, ư have bytes of their own.

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const CIRCUMFLEX: char = '\u{302}';
const TILDE: char = '\u{303}';
const BREVE: char = '\u{306}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// The text of these bytes, letters apart from their marks.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut base = None;
    for &byte in bytes {
        match base.take().and_then(|base| marks(base, byte)) {
            Some((first, second)) => text.extend(std::iter::once(first).chain(second)),
            None => {
                let letter = letter(byte);
                base = Some(letter.to_ascii_lowercase());
                text.push(letter);
            }
        }
    }
    text
}

/// The marks that this byte puts on the letter before it.
fn marks(base: char, byte: u8) -> Option<(char, Option<char>)> {
    // Small and capital marks differ in one bit.
    let found = match byte | 0x20 {
        0xf9 => (ACUTE, None),
        0xf8 => (GRAVE, None),
        0xfb => (HOOK, None),
        0xf5 => (TILDE, None),
        0xef => (DOT, None),
        0xe2 => (CIRCUMFLEX, None),
        0xe1 => (CIRCUMFLEX, Some(ACUTE)),
        0xe0 => (CIRCUMFLEX, Some(GRAVE)),
        0xe5 => (CIRCUMFLEX, Some(HOOK)),
        0xe3 => (CIRCUMFLEX, Some(TILDE)),
        0xe4 => (CIRCUMFLEX, Some(DOT)),
        0xea => (BREVE, None),
        0xe9 => (BREVE, Some(ACUTE)),
        0xe8 => (BREVE, Some(GRAVE)),
        0xfa => (BREVE, Some(HOOK)),
        0xfc => (BREVE, Some(TILDE)),
        0xeb => (BREVE, Some(DOT)),
        _ => return None,
    };
    let fits = byte >= 0x80
        && match found.0 {
            CIRCUMFLEX => matches!(base, 'a' | 'e' | 'o'),
            BREVE => base == 'a',
            _ => matches!(base, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư' | 'Ơ' | 'Ư'),
        };
    fits.then_some(found)
}

fn letter(byte: u8) -> char {
    match byte {
        0xd1 => 'Đ',
        0xf1 => 'đ',
        0xd4 => 'Ơ',
        0xf4 => 'ơ',
        0xd6 => 'Ư',
        0xf6 => 'ư',
        0xcd => 'Í',
        0xed => 'í',
        0xcc => 'Ì',
        0xec => 'ì',
        0xc6 => 'Ỉ',
        0xe6 => 'ỉ',
        0xd3 => 'Ĩ',
        0xf3 => 'ĩ',
        0xd2 => 'Ị',
        0xf2 => 'ị',
        0xce => 'Ỵ',
        0xee => 'ỵ',
        _ => windows(byte),
    }
}

/// The letter of Windows-1252: what is Vietnamese in neither table.
pub(super) fn windows(byte: u8) -> char {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use domain::text::nfc;

    use super::*;

    #[test]
    fn a_letter_takes_its_marks_and_nothing_else() {
        let read = |bytes: &[u8]| nfc(&decode(bytes)).into_owned();
        assert_eq!(read(b"Th\xf4\xef ha\xf8n"), "Thợ hàn");
        assert_eq!(read(b"\xd1a\xe9k Ha\xf8"), "Đắk Hà");
        assert_eq!(read(b"Qua\xfbng Nga\xf5i"), "Quảng Ngãi");
        assert_eq!(read(b"c\xf4 kh\xed"), "cơ khí");
        assert_eq!(read(b"TH\xd4\xcf HA\xd8N"), "THỢ HÀN");
    }
}
