//! Codes of occupations: ISCO-08, and the two digits of VSCO in which reports count.

use std::fmt;
use std::str::FromStr;

use super::NotACode;
use super::ids::as_text;

/// An occupation group of ISCO-08, known to one to four digits.
///
/// ```
/// # use domain::code::IscoCode;
/// let welder: IscoCode = "7212".parse()?;
/// assert_eq!(welder.prefix(2).map(|group| group.to_string()), Some("72".to_owned()));
/// # Ok::<(), domain::code::NotACode>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct IscoCode {
    digits: u8,
    value: u16,
}

impl IscoCode {
    /// The code with so many digits and this value; `None` where they do not go together.
    pub const fn new(digits: u8, value: u16) -> Option<Self> {
        let most = match digits {
            1 => 9,
            2 => 99,
            3 => 999,
            4 => 9_999,
            _ => return None,
        };
        if value <= most {
            Some(Self { digits, value })
        } else {
            None
        }
    }

    /// How many digits are known, 1 to 4.
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// The digits as a number.
    pub const fn value(self) -> u16 {
        self.value
    }

    /// The first `digits` digits, where so many are known.
    pub const fn prefix(self, digits: u8) -> Option<Self> {
        if digits == 0 || digits > self.digits {
            return None;
        }
        let mut value = self.value;
        let mut left = self.digits;
        while left > digits {
            value /= 10;
            left = left.saturating_sub(1);
        }
        Some(Self { digits, value })
    }

    /// The group in which this one stands; `None` for a major group.
    pub const fn parent(self) -> Option<Self> {
        self.prefix(self.digits.saturating_sub(1))
    }

    /// Whether this is `group`, or stands somewhere in it.
    pub fn is_in(self, group: Self) -> bool {
        self.prefix(group.digits) == Some(group)
    }
}

impl fmt::Display for IscoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:0width$}",
            self.value,
            width = usize::from(self.digits)
        )
    }
}

impl FromStr for IscoCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        u8::try_from(text.len())
            .ok()
            .filter(|_| digits)
            .and_then(|length| Self::new(length, text.parse().ok()?))
            .ok_or_else(|| NotACode::new(text, "ISCO-08 code", "1 to 4 digits, such as 7212"))
    }
}

impl PartialOrd for IscoCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IscoCode {
    /// As texts: a group stands before its members.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let whole = |code: &Self| {
            let missing = 4_u32.saturating_sub(u32::from(code.digits));
            u32::from(code.value).saturating_mul(10_u32.saturating_pow(missing))
        };
        whole(self)
            .cmp(&whole(other))
            .then(self.digits.cmp(&other.digits))
    }
}

as_text!(IscoCode);

/// A sub-major group of VSCO (Decision 34/2020/QĐ-TTg): two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VscoCode(u8);

impl VscoCode {
    /// The digits as a number.
    pub const fn value(self) -> u8 {
        self.0
    }
}

impl fmt::Display for VscoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl FromStr for VscoCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Some(text)
            .filter(|text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| text.parse().ok())
            .map(Self)
            .ok_or_else(|| NotACode::new(text, "VSCO sub-major group", "two digits, such as 72"))
    }
}

as_text!(VscoCode);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_read_what_they_write_and_keep_leading_zeros() {
        for text in ["0", "01", "0110", "7212", "72"] {
            assert_eq!(text.parse::<IscoCode>().unwrap().to_string(), text);
        }
        for text in ["", "72123", "7a", "-1", "+1", "７", " 7"] {
            assert!(text.parse::<IscoCode>().is_err(), "{text}");
        }
        assert_eq!("02".parse::<VscoCode>().unwrap().to_string(), "02");
        for text in ["2", "022", "+2", ""] {
            assert!(text.parse::<VscoCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes_are_groups_and_sort_before_their_members() {
        let unit: IscoCode = "0110".parse().unwrap();
        assert_eq!(unit.prefix(2).unwrap().to_string(), "01");
        assert_eq!(unit.prefix(5), None);
        assert_eq!(unit.parent(), unit.prefix(3));
        assert_eq!(unit.prefix(1).unwrap().parent(), None);
        assert!(unit.is_in(unit) && unit.is_in("01".parse().unwrap()));
        assert!(!unit.is_in("1".parse().unwrap()));
        assert!(!unit.prefix(1).unwrap().is_in(unit));
    }

    proptest! {
        #[test]
        fn codes_sort_as_their_texts(a in "[0-9]{1,4}", b in "[0-9]{1,4}") {
            let (left, right): (IscoCode, IscoCode) = (a.parse().unwrap(), b.parse().unwrap());
            prop_assert_eq!(left.cmp(&right), a.cmp(&b));
        }

        #[test]
        fn no_text_brings_the_parser_down(text in ".{0,8}") {
            if let Ok(code) = text.parse::<IscoCode>() {
                prop_assert_eq!(code.to_string(), text);
            }
        }
    }
}
