//! What is wrong with the configuration: where, which key, what is expected.

use std::fmt;
use std::path::PathBuf;

use super::kind::{Found, Words};

/// Faults told at once; the others come when these are mended.
const MOST: usize = 20;
/// Characters of a wrong key or value that are shown.
const SHOWN: usize = 80;

/// Something that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) place: Place,
    /// The key with its sections; empty where the file as a whole is meant.
    pub(crate) key: String,
    pub(crate) problem: Problem,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file; the line where there is one.
    File(PathBuf, Option<usize>),
    /// An environment variable.
    Variable(String),
    /// An option of the command line.
    Option(&'static str),
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// Not TOML; what the parser says.
    Syntax(String),
    /// No such key; the one that was meant, and those that there are.
    UnknownKey {
        near: Option<String>,
        known: Vec<String>,
    },
    /// A key that must be there.
    Missing(Words),
    /// A value that is not allowed; it is not shown where it may hold a password.
    Value {
        found: Option<Found>,
        expected: Words,
        near: Option<&'static str>,
    },
    /// Anything else.
    Other(Words),
}

/// All that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) struct Faults(pub(crate) Vec<Fault>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, Some(line)) => write!(f, "{}:{line}", path.display()),
            Self::File(path, None) => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Option(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if !self.key.is_empty() {
            write!(f, ": {}", shortened(&self.key))?;
        }
        let Words { vi, en } = self.problem.words();
        write!(f, "\n  {vi}\n  {en}")
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.0.iter().take(MOST).enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        if let Some(more @ 1..) = self.0.len().checked_sub(MOST) {
            write!(f, "\n(và {more} lỗi nữa / and {more} more)")?;
        }
        Ok(())
    }
}

impl Problem {
    fn words(&self) -> Words {
        match self {
            Self::Syntax(said) => {
                let said = shortened(&said.replace('\n', "; "));
                Words {
                    vi: format!("Không đúng cú pháp TOML: {}.", in_vietnamese(&said)),
                    en: format!("This is not TOML: {said}."),
                }
            }
            Self::UnknownKey { near, known } => unknown(near.as_deref(), known),
            Self::Missing(expected) => Words {
                vi: format!("Thiếu khóa này. Cần: {}.", expected.vi),
                en: format!("This key is missing. Expected: {}.", expected.en),
            },
            Self::Value {
                found,
                expected,
                near,
            } => {
                let shown = found.as_ref().map(shown);
                let (vi, en) = shown.map_or_else(
                    || {
                        (
                            "Giá trị không dùng được".into(),
                            "The value cannot be taken".into(),
                        )
                    },
                    |shown| {
                        (
                            format!("Giá trị {shown} không dùng được"),
                            format!("{shown} cannot be taken"),
                        )
                    },
                );
                let (near_vi, near_en) = near.map_or_else(Default::default, |near| {
                    (
                        format!(" Có phải ý bạn là \"{near}\"?"),
                        format!(" Did you mean \"{near}\"?"),
                    )
                });
                Words {
                    vi: format!("{vi}. Cần: {}.{near_vi}", expected.vi),
                    en: format!("{en}. Expected: {}.{near_en}", expected.en),
                }
            }
            Self::Other(words) => words.clone(),
        }
    }
}

/// What a mistake of form mostly comes from; the words of the parser where it is another.
fn in_vietnamese(said: &str) -> &str {
    const CAUSES: [(&str, &str); 8] = [
        ("duplicate key", "khóa hoặc mục này được viết hai lần"),
        ("unclosed table", "thiếu dấu ] ở tên mục"),
        ("key with no value", "thiếu dấu = và giá trị"),
        (
            "string values must be quoted",
            "thiếu giá trị, hoặc chuỗi không nằm trong ngoặc kép",
        ),
        (
            "invalid float",
            "không phải số; chuỗi phải nằm trong ngoặc kép",
        ),
        (
            "invalid integer",
            "không phải số; chuỗi phải nằm trong ngoặc kép",
        ),
        (
            "invalid basic string",
            "ngoặc kép chưa đóng, hoặc có ký tự lạ trong chuỗi",
        ),
        ("unexpected key or value", "có chữ thừa sau giá trị"),
    ];
    CAUSES
        .iter()
        .find(|(start, _)| said.starts_with(start))
        .map_or(said, |(_, cause)| cause)
}

fn unknown(near: Option<&str>, known: &[String]) -> Words {
    match near {
        Some(near) => Words {
            vi: format!("Không có khóa này. Có phải ý bạn là \"{near}\"?"),
            en: format!("There is no such key. Did you mean \"{near}\"?"),
        },
        None => Words {
            vi: format!("Không có khóa này. Ở đây có: {}.", known.join(", ")),
            en: format!("There is no such key. There are: {}.", known.join(", ")),
        },
    }
}

fn shown(found: &Found) -> String {
    match found {
        Found::Text(text) => format!("\"{}\"", shortened(text)),
        Found::Number(digits) => shortened(digits),
        Found::Other(kind) => format!("({kind})"),
    }
}

/// Not endless, and without what could move a terminal's cursor.
pub(super) fn shortened(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
