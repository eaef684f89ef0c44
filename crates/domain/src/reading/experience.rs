//! Experience: "1 năm", "Dưới 1 năm", "Không yêu cầu", "3 - 5 năm", "6 tháng".

use crate::text::fold;
use crate::vacancy::Asked;

/// The text says nothing about experience that can be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not understood as experience: expected such as 1 năm, 6 tháng, không yêu cầu")]
pub struct ExperienceUnclear;

/// Reads months of experience: the lower end of the band.
///
/// "Dưới 1 năm" (less than a year) has no lower end: somebody without any is taken, so nothing is
/// required.
///
/// # Errors
/// Where neither a number with years or months nor a known word is found.
pub fn parse_experience(text: &str) -> Result<Asked<u16>, ExperienceUnclear> {
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(Asked::NotSaid);
    }
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if has(&[
        "khong yeu cau",
        "khong can",
        "chua co",
        "no experience",
        "khong doi hoi",
        "duoi",
    ]) {
        return Ok(Asked::NotRequired);
    }
    let number = folded
        .split(' ')
        .find_map(|word| word.parse::<u16>().ok())
        .filter(|&number| number <= 60)
        .ok_or(ExperienceUnclear)?;
    let months = if has(&["nam", "year"]) {
        number * 12
    } else if has(&["thang", "month"]) {
        number
    } else {
        return Err(ExperienceUnclear);
    };
    Ok(if months == 0 {
        Asked::NotRequired
    } else {
        Asked::Required(months)
    })
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
            ("6 tháng", Asked::Required(6)),
            ("Dưới 1 năm", Asked::NotRequired),
            ("Không yêu cầu", Asked::NotRequired),
            ("", Asked::NotSaid),
        ] {
            assert_eq!(parse_experience(text), Ok(months), "{text}");
        }
        assert_eq!(parse_experience("nhiều"), Err(ExperienceUnclear));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,80}") {
            let _ = parse_experience(&text);
        }
    }
}
