//! What can be a syllable of Vietnamese: a beginning, a rime, a tone.

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât \
    âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im \
    in inh ip it iu o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen \
    oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât \
    uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uyn \
    uynh uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ăk âk ôk ơk uôk";

/// Whether the word, in NFC, can be one.
pub(super) fn is_syllable(word: &str) -> bool {
    let mut tones = 0;
    let plain: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match split_tone(c) {
            Some((base, _)) => {
                tones += 1;
                base
            }
            None => c,
        })
        .collect();
    tones < 2
        && ONSETS.iter().any(|onset| {
            plain
                .strip_prefix(onset)
                .is_some_and(|rest| RIMES.split_ascii_whitespace().any(|rime| rime == rest))
        })
}

/// A letter with a tone, as the letter and the tone.
pub(super) fn split_tone(c: char) -> Option<(char, char)> {
    const ROWS: [(&str, char); 5] = [
        ("àằầèềìòồờùừỳÀẰẦÈỀÌÒỒỜÙỪỲ", '\u{300}'),
        ("áắấéếíóốớúứýÁẮẤÉẾÍÓỐỚÚỨÝ", '\u{301}'),
        ("ãẵẫẽễĩõỗỡũữỹÃẴẪẼỄĨÕỖỠŨỮỸ", '\u{303}'),
        ("ảẳẩẻểỉỏổởủửỷẢẲẨẺỂỈỎỔỞỦỬỶ", '\u{309}'),
        ("ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ", '\u{323}'),
    ];
    const PLAIN: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    ROWS.iter().find_map(|(letters, tone)| {
        let place = letters.chars().position(|letter| letter == c)?;
        Some((PLAIN.chars().nth(place)?, *tone))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_what_a_wrong_table_makes() {
        for word in [
            "Thợ", "nghiệp", "Đắk", "QUẢNG", "giấy", "gì", "quyền", "ương", "huỳnh",
        ] {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["thîn", "hµn", "NghiÖp", "café", "ngãĩ", "Đ", "ï"] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
