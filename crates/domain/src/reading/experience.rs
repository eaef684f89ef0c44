//! Experience: "1 năm", "Dưới 1 năm", "Không yêu cầu", "3 - 5 năm", "6 tháng".

use super::token::{Token, tokens};
use crate::vacancy::Asked;

/// The text says nothing about experience that can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not understood as experience: expected such as 1 năm, 6 tháng, không yêu cầu")]
pub struct ExperienceUnclear;

/// Characters; longer texts are not read.
const LONGEST: usize = 300;
/// Months; nobody asks for more.
const MOST: u64 = 60 * 12;

/// Phrases by which nothing is required.
const NOT_REQUIRED: [&str; 9] = [
    "khong yeu cau",
    "khong can",
    "khong doi hoi",
    "khong bat buoc",
    "chua co",
    "no experience",
    "not required",
    "moi tot nghiep",
    "moi ra truong",
];
/// Words that make the length the upper end of a band.
const AT_MOST: [&str; 5] = ["duoi", "toi da", "it hon", "under", "less than"];

/// Reads months of experience: the lower end of the band.
///
/// "Dưới 1 năm" (less than a year) and "tối đa 2 năm" (two years at most) are bands whose lower
/// end is nothing: somebody without any is taken, so nothing is required. "Có kinh nghiệm"
/// without a length asks for some: one month.
///
/// # Errors
/// Where neither a number with years or months nor a known phrase is found.
pub fn parse_experience(text: &str) -> Result<Asked<u16>, ExperienceUnclear> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(ExperienceUnclear);
    }
    let tokens = tokens(text);
    let words = tokens
        .iter()
        .filter_map(Token::word)
        .fold(" ".to_owned(), |all, word| all + word + " ");
    let has = |phrases: &[&str]| {
        phrases
            .iter()
            .any(|phrase| words.contains(&format!(" {phrase} ")))
    };
    if tokens.iter().all(|token| token.is_sign('-')) {
        return Ok(Asked::NotSaid);
    }
    if has(&NOT_REQUIRED) || has(&AT_MOST) {
        return Ok(Asked::NotRequired);
    }
    match months(&tokens) {
        Some(0) => Ok(Asked::NotRequired),
        Some(months) if months <= MOST => u16::try_from(months)
            .map(Asked::Required)
            .map_err(|_| ExperienceUnclear),
        None if has(&["co kinh nghiem", "yeu cau kinh nghiem"]) && !has(&["uu tien"]) => {
            Ok(Asked::Required(1))
        }
        _ => Err(ExperienceUnclear),
    }
}

/// The length in whole months: the first number, in the first unit after it, and the months of
/// "1 năm 6 tháng".
fn months(tokens: &[Token]) -> Option<u64> {
    let (first, value) = tokens
        .iter()
        .enumerate()
        .find_map(|(at, token)| Some((at, thousandths(token)?)))?;
    let second = first.saturating_add(1);
    let (at, unit) = tokens
        .iter()
        .enumerate()
        .skip(second)
        .find_map(|(at, token)| Some((at, unit(token)?)))?;
    let mut after = tokens.iter().skip(at.saturating_add(1));
    let more = match (after.next(), after.next()) {
        (Some(number), Some(next)) if unit == 12 && at == second && self::unit(next) == Some(1) => {
            thousandths(number).unwrap_or(0)
        }
        (Some(half), _) if unit == 12 && half.word() == Some("ruoi") => 6_000,
        _ => 0,
    };
    Some(value.saturating_mul(unit).saturating_add(more) / 1_000)
}

fn thousandths(token: &Token) -> Option<u64> {
    if let Some(number) = token.number() {
        return Some(number.thousandths);
    }
    Some(match token.word()? {
        "nua" | "half" => 500,
        "mot" | "one" => 1_000,
        "hai" | "two" => 2_000,
        "ba" | "three" => 3_000,
        "bon" | "four" => 4_000,
        "five" => 5_000,
        "sau" | "six" => 6_000,
        // "nam" is a year as well as five.
        _ => return None,
    })
}

/// Months of a unit.
fn unit(token: &Token) -> Option<u64> {
    match token.word()? {
        "nam" | "year" | "years" | "yr" | "yrs" => Some(12),
        "thang" | "month" | "months" => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bands_count_by_their_lower_end() {
        for (text, months) in [
            ("1 năm", Asked::Required(12)),
            ("Trên 5 năm", Asked::Required(60)),
            ("3 - 5 năm", Asked::Required(36)),
            ("3-5 years", Asked::Required(36)),
            ("từ 1 đến 2 năm", Asked::Required(12)),
            ("6 tháng", Asked::Required(6)),
            ("6 tháng - 1 năm", Asked::Required(6)),
            ("1,5 năm", Asked::Required(18)),
            ("1 năm rưỡi", Asked::Required(18)),
            ("1 năm 6 tháng", Asked::Required(18)),
            ("Ít nhất hai năm kinh nghiệm", Asked::Required(24)),
            ("nửa năm", Asked::Required(6)),
            ("Có kinh nghiệm", Asked::Required(1)),
            ("0 - 2 năm", Asked::NotRequired),
            ("Dưới 1 năm", Asked::NotRequired),
            ("tối đa 2 năm", Asked::NotRequired),
            ("Không yêu cầu", Asked::NotRequired),
            ("Chưa có kinh nghiệm", Asked::NotRequired),
            ("KHONG YEU CAU KINH NGHIEM", Asked::NotRequired),
            ("", Asked::NotSaid),
            (" - ", Asked::NotSaid),
        ] {
            assert_eq!(parse_experience(text), Ok(months), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_is_refused() {
        for text in ["nhiều", "5", "1000 năm", "ưu tiên có kinh nghiệm", "năm"] {
            assert_eq!(parse_experience(text), Err(ExperienceUnclear), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,80}|([0-9.,]{1,20} ?(năm|tháng)? ?){0,4}") {
            if let Ok(Asked::Required(months)) = parse_experience(&text) {
                prop_assert!(months > 0 && u64::from(months) <= MOST);
            }
        }

        #[test]
        fn whole_months_come_back(months in 1_u16..=600) {
            prop_assert_eq!(parse_experience(&format!("{months} tháng")), Ok(Asked::Required(months)));
        }
    }
}
