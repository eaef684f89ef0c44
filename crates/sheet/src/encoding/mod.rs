//! The encodings in which Vietnamese has been written.

mod syllable;
mod tcvn3;
mod vni;

use domain::text::nfc;

use syllable::is_syllable;

/// How letters are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// Windows-1258: letters with their tones behind them.
    Windows1258,
    /// TCVN 5712:1993, third table: the "ABC" fonts (.VnTime).
    Tcvn3,
    /// The fonts VNI-Times and the like: a letter, then its marks.
    Vni,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1258,
        Self::Tcvn3,
        Self::Vni,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1258 => "Windows-1258",
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
        }
    }

    /// The encoding of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str().eq_ignore_ascii_case(name.trim()))
    }

    /// The text of these bytes in NFC; `None` where they are not of this encoding. UTF-16 is read
    /// before cells are told apart, so that what comes here is UTF-8.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<String> {
        if bytes.is_ascii() {
            return String::from_utf8(bytes.to_vec()).ok();
        }
        match self {
            Self::Utf8 => std::str::from_utf8(bytes)
                .ok()
                .map(|text| nfc(text).into_owned()),
            Self::Utf16Le | Self::Utf16Be => std::str::from_utf8(bytes)
                .ok()
                // What was half a letter.
                .filter(|text| !text.contains('\u{fffd}'))
                .map(|text| nfc(text).into_owned()),
            Self::Windows1258 => encoding_rs::WINDOWS_1258
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(|text| nfc(&text).into_owned()),
            Self::Tcvn3 => Some(nfc(&tcvn3::decode(bytes)).into_owned()),
            Self::Vni => Some(nfc(&vni::decode(bytes)).into_owned()),
        }
    }
}

/// The encoding of a text of which this is the beginning; `None` where it is none that is known.
pub(crate) fn guess(sample: &[u8]) -> Option<Encoding> {
    match std::str::from_utf8(sample) {
        Ok(_) => return Some(Encoding::Utf8),
        // The sample ends within a letter.
        Err(error) if error.error_len().is_none() => return Some(Encoding::Utf8),
        Err(_) => {}
    }
    let (letters, broken) = utf8_letters(sample);
    if letters > broken {
        return Some(Encoding::Utf8);
    }
    [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni]
        .into_iter()
        .filter_map(|encoding| Some((encoding, likeness(&encoding.decode(sample)?))))
        .filter(|&(_, likeness)| likeness >= LEAST)
        // Of equals the first: they say the same.
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
        .map(|(encoding, _)| encoding)
        // A broken letter here and there refuses its row, not the file.
        .or_else(|| (broken * 3 <= lines(sample)).then_some(Encoding::Utf8))
}

fn lines(sample: &[u8]) -> usize {
    sample.iter().filter(|&&byte| byte == b'\n').count()
}

/// So many syllables at least: one letter by itself is a syllable in some table.
const LEAST: i64 = 3;

/// How many letters beyond ASCII are UTF-8, and how many bytes are not.
fn utf8_letters(sample: &[u8]) -> (usize, usize) {
    sample
        .utf8_chunks()
        .fold((0, 0), |(letters, broken), chunk| {
            let more = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            (
                letters + more,
                broken + usize::from(!chunk.invalid().is_empty()),
            )
        })
}

/// Words with marks that are syllables, less twice those that are none.
fn likeness(text: &str) -> i64 {
    text.split(|c: char| !c.is_alphabetic() && !is_symbol(c))
        .filter(|word| !word.is_ascii())
        .map(|word| if is_syllable(word) { 1 } else { -2 })
        .sum()
}

/// What a wrong table makes of letters within words.
const fn is_symbol(c: char) -> bool {
    matches!(c, '\u{a1}'..='\u{bf}' | '×' | '÷' | '\u{300}'..='\u{36f}' | '₫')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Tiêu đề;Doanh nghiệp;Nơi làm việc\r\nThợ hàn bậc cao, lương thoả thuận;Cơ khí Đắk Hà;\
                        Xã Măng Đen, tỉnh Quảng Ngãi\r\nKế toán trưởng;Hợp tác xã Nông nghiệp;Phường Kon Tum\r\n";

    /// The bytes of a text in an encoding that has a table, letter by letter.
    fn encoded(encoding: Encoding, text: &str) -> Vec<u8> {
        let letter = |c: char| -> Vec<u8> {
            if c.is_ascii() {
                return vec![c as u8];
            }
            let one = (0x80_u8..=0xff).map(|byte| vec![byte]);
            let two = b"aeouyAEOUY\xf4\xf6\xd4\xd6"
                .iter()
                .flat_map(|&base| (0x80_u8..=0xff).map(move |mark| vec![base, mark]));
            two.chain(one)
                .find(|bytes| encoding.decode(bytes).as_deref() == Some(c.to_string().as_str()))
                .unwrap_or_else(|| panic!("{encoding:?} has no {c}"))
        };
        text.chars().flat_map(letter).collect()
    }

    /// Base letters with the tones behind them, as Windows writes them.
    fn in_1258(text: &str) -> Vec<u8> {
        let one = |c: char| {
            let text = c.to_string();
            let (bytes, _, failed) = encoding_rs::WINDOWS_1258.encode(&text);
            (!failed).then(|| bytes.into_owned())
        };
        text.chars()
            .flat_map(|c| {
                one(c).unwrap_or_else(|| {
                    let (base, tone) = syllable::split_tone(c).unwrap();
                    [one(base).unwrap(), one(tone).unwrap()].concat()
                })
            })
            .collect()
    }

    #[test]
    fn each_encoding_is_told_from_the_others_and_read() {
        for (encoding, bytes) in [
            (Encoding::Utf8, TEXT.as_bytes().to_vec()),
            (Encoding::Windows1258, in_1258(TEXT)),
            (
                Encoding::Tcvn3,
                encoded(Encoding::Tcvn3, &TEXT.replace('Đ', "đ")),
            ),
            (Encoding::Vni, encoded(Encoding::Vni, TEXT)),
        ] {
            assert_eq!(guess(&bytes), Some(encoding));
            let text = encoding.decode(&bytes).unwrap();
            assert_eq!(text.to_lowercase(), TEXT.to_lowercase(), "{encoding:?}");
        }
    }

    #[test]
    fn what_is_no_vietnamese_is_not_guessed() {
        assert_eq!(guess(b"title,employer\xff\nabc,\xfe\xfa\xf0\n"), None);
        assert_eq!(
            guess(b"title,employer\na,b\nc,\xff\n"),
            Some(Encoding::Utf8)
        );
        assert_eq!(guess(b"Caf\xe9,na\xefve,\xbfque?"), None);
        // One broken letter in a long text of UTF-8 is one broken letter.
        let mut text = TEXT.as_bytes().to_vec();
        text.push(0xff);
        text.extend_from_slice(TEXT.as_bytes());
        assert_eq!(guess(&text), Some(Encoding::Utf8));
        let cut = "Thợ".as_bytes();
        assert_eq!(guess(&cut[..cut.len() - 1]), Some(Encoding::Utf8));
    }

    #[test]
    fn names_are_read_back() {
        for encoding in Encoding::ALL {
            assert_eq!(
                Encoding::parse(&encoding.as_str().to_lowercase()),
                Some(encoding)
            );
        }
        assert_eq!(Encoding::parse("latin"), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_a_table(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = guess(&bytes);
            for encoding in Encoding::ALL {
                if let Some(text) = encoding.decode(&bytes) {
                    proptest::prop_assert_eq!(nfc(&text), text.as_str());
                }
            }
        }
    }
}
