//! What a value may be, and how that is said.

use std::net::SocketAddr;

use store::DatabaseUrl;
use tracing_subscriber::filter::LevelFilter;

/// What may stand under a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number, with its unit in English and Vietnamese where it has one.
    Number {
        least: u64,
        most: u64,
        unit: Option<Unit>,
    },
    /// A text of so many characters, none of them a control character.
    Text { least: usize, most: usize },
    /// A folder.
    Path { least: usize },
    /// Where the database is.
    Database,
    /// Address and port.
    Address,
    /// The address that the public knows.
    BaseUrl,
    /// A telephone number.
    Phone,
    /// What is logged.
    Filter,
    /// One of a few words.
    Choice(&'static [&'static str]),
}

/// Of what a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Seconds,
    Milliseconds,
    Bytes,
}

/// A value that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(u64),
}

/// A value as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A text.
    Text(String),
    /// A whole number of any size, as it is written.
    Number(String),
    /// Something that no key takes: its name in TOML.
    Other(&'static str),
}

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) vi: String,
    pub(crate) en: String,
}

const LONGEST_PATH: usize = 1_000;
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

impl Kind {
    /// Takes a value from a file; `None` where it is not of this kind.
    pub(crate) fn take(self, found: &Found) -> Option<Value> {
        match (self, found) {
            (Self::Number { least, most, .. }, Found::Number(digits)) => digits
                .parse()
                .ok()
                .filter(|number| (least..=most).contains(number))
                .map(Value::Number),
            (Self::Number { .. }, _) | (_, Found::Number(_) | Found::Other(_)) => None,
            (_, Found::Text(text)) => self.is_text_good(text).then(|| Value::Text(text.clone())),
        }
    }

    /// Takes a value from the environment or the command line, where all is text.
    pub(crate) fn take_text(self, text: &str) -> Option<Value> {
        match self {
            // `parse` would take "+5" too, which TOML and people write otherwise.
            Self::Number { .. } if text.starts_with('+') => None,
            Self::Number { .. } => self.take(&Found::Number(text.to_owned())),
            _ => self.take(&Found::Text(text.to_owned())),
        }
    }

    fn is_text_good(self, text: &str) -> bool {
        let length = text.chars().count();
        if text.chars().any(char::is_control) {
            return false;
        }
        match self {
            Self::Number { .. } => false,
            Self::Text { least, most } => (least..=most).contains(&length) && text.trim() == text,
            Self::Path { least } => (least..=LONGEST_PATH).contains(&length),
            Self::Database => {
                text.is_empty() || (length <= LONGEST_PATH && text.parse::<DatabaseUrl>().is_ok())
            }
            Self::Address => text.parse::<SocketAddr>().is_ok(),
            Self::BaseUrl => text.is_empty() || is_base_url(text),
            Self::Phone => {
                (3..=20).contains(&length)
                    && text.starts_with(|first: char| first.is_ascii_digit())
                    && text
                        .chars()
                        .all(|c| c.is_ascii_digit() || c == ' ' || c == '.')
            }
            Self::Filter => text.split(',').all(is_directive),
            Self::Choice(words) => words.contains(&text),
        }
    }

    /// What is expected, in both languages.
    pub(crate) fn expected(self) -> Words {
        let (vi, en) = match self {
            Self::Number { least, most, unit } => {
                let (unit_vi, unit_en) = unit.map_or(("", ""), Unit::words);
                (
                    format!("số nguyên từ {least} đến {most}{unit_vi}"),
                    format!("a whole number from {least} to {most}{unit_en}"),
                )
            }
            Self::Text { least, most } => (
                format!("chuỗi trong ngoặc kép, {least} đến {most} ký tự"),
                format!("a text of {least} to {most} characters"),
            ),
            Self::Path { least } => (
                format!("đường dẫn trong ngoặc kép, {least} đến {LONGEST_PATH} ký tự"),
                format!("a path of {least} to {LONGEST_PATH} characters"),
            ),
            Self::Database => (
                "sqlite:ĐƯỜNG_DẪN, postgres://NGƯỜI_DÙNG@MÁY/TÊN, hoặc để trống".to_owned(),
                "sqlite:PATH, postgres://USER@HOST/NAME, or empty".to_owned(),
            ),
            Self::Address => (
                "ĐỊA_CHỈ:CỔNG, như 127.0.0.1:8080 hoặc [::1]:8080".to_owned(),
                "ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080".to_owned(),
            ),
            Self::BaseUrl => (
                "https://MÁY hoặc http://MÁY, không có dấu / ở cuối, hoặc để trống".to_owned(),
                "https://HOST or http://HOST without a slash at the end, or empty".to_owned(),
            ),
            Self::Phone => (
                "3 đến 20 chữ số, dấu cách và dấu chấm".to_owned(),
                "digits, spaces and dots, 3 to 20 of them".to_owned(),
            ),
            Self::Filter => (
                format!(
                    "các mức {} cách nhau bằng dấu phẩy; PHẦN=MỨC cho riêng một phần",
                    LEVELS.join(", ")
                ),
                format!(
                    "levels {}, separated by commas; PART=LEVEL for one part",
                    LEVELS.join(", ")
                ),
            ),
            Self::Choice(words) => (
                format!("một trong {}", words.join(", ")),
                format!("one of {}", words.join(", ")),
            ),
        };
        Words { vi, en }
    }

    /// The words of which a mistyped one may have been meant.
    pub(crate) const fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) => words,
            Self::Filter => &LEVELS,
            _ => &[],
        }
    }
}

impl Unit {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Seconds => (" (giây)", " (seconds)"),
            Self::Milliseconds => (" (mili giây)", " (milliseconds)"),
            Self::Bytes => (" (byte)", " (bytes)"),
        }
    }
}

fn is_base_url(text: &str) -> bool {
    let Some(host) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    text.len() <= 200
        && host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte))
}

/// `LEVEL` or `PART=LEVEL`. A part without a level would be taken by the log as "all of that part", so
/// that a mistyped level silences everything: it is refused here.
fn is_directive(part: &str) -> bool {
    let (target, level) = part.rsplit_once('=').unwrap_or(("all", part));
    !target.is_empty()
        && target
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':')
        && LEVELS.contains(&level)
        && level.parse::<LevelFilter>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_level_is_refused() {
        for good in ["info", "off", "info,api=debug", "warn,store::conn=trace"] {
            assert!(Kind::Filter.take_text(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "inof",
            "info,",
            "api=",
            "=info",
            "info,api=loud",
            "a b=info",
            "info, api=debug",
        ] {
            assert!(Kind::Filter.take_text(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn numbers_end_where_they_are_said_to() {
        let kind = Kind::Number {
            least: 1,
            most: 60,
            unit: None,
        };
        assert_eq!(kind.take_text("60"), Some(Value::Number(60)));
        for bad in [
            "0",
            "61",
            "-1",
            "+5",
            "1.0",
            "",
            " 1",
            "99999999999999999999999",
        ] {
            assert_eq!(kind.take_text(bad), None, "{bad}");
        }
        assert_eq!(kind.take(&Found::Text("5".to_owned())), None);
    }

    #[test]
    fn an_address_for_the_public_is_a_scheme_and_a_host() {
        for good in ["", "https://vieclam.example.vn", "http://localhost:8080"] {
            assert!(Kind::BaseUrl.take_text(good).is_some(), "{good}");
        }
        for bad in [
            "https://",
            "vieclam.vn",
            "https://a/",
            "https://a\"b",
            "ftp://a",
        ] {
            assert!(Kind::BaseUrl.take_text(bad).is_none(), "{bad}");
        }
    }
}
