//! The configuration: what the command line, the environment and a file say, and what then holds.
//!
//! An option of the command line stands above a variable, that above the file, that above the default.
//! All that is wrong is told at once, each with its place, its key and what is expected.

mod fault;
mod keys;
mod kind;
mod load;
mod near;
mod ranking;
mod read;
mod settings;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub(crate) use fault::Faults;
pub(crate) use load::{Given, environment, load};
pub(crate) use near::nearest;
pub(crate) use ranking::ranking;
pub(crate) use settings::{Config, IndexConfig, LogConfig, LogFormat};

use fault::shortened;
use keys::{KEYS, Key};
use kind::Value;

/// Every key with its default and what it does; built into the program.
pub(crate) const DEFAULT: &str = include_str!("../../../../config/default.toml");

/// Who said a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody: it is built in.
    Default,
    /// A line of a file.
    File(PathBuf, usize),
    /// An environment variable.
    Variable(String),
    /// An option of the command line.
    Option(&'static str),
}

/// A value that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set {
    value: Value,
    origin: Origin,
}

/// What holds, by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Values(BTreeMap<&'static str, Set>);

impl Values {
    fn set(&mut self, key: &'static str, value: Value, origin: Origin) {
        self.0.insert(key, Set { value, origin });
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key).map(|set| &set.value)
    }

    /// The values as a file that could be read again, each with its origin; passwords are masked.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines(KEYS, self)
    }
}

fn lines(keys: &[Key], values: &Values) -> Vec<String> {
    let mut lines = Vec::new();
    let mut section = "";
    for key in keys {
        let Some(set) = values.0.get(key.name) else {
            continue;
        };
        let (under, name) = key.name.split_once('.').unwrap_or(("", key.name));
        if under != section {
            lines.push(format!("[{under}]"));
            section = under;
        }
        let value = match &set.value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) if key.is_secret() => quoted(&masked(text)),
            Value::Text(text) => quoted(text),
        };
        lines.push(format!("{name} = {value}  # {}", set.origin));
    }
    lines
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A database's URL without the password, wherever it may stand.
pub(crate) fn masked(url: &str) -> String {
    let (url, query) = match url.split_once('?') {
        Some((url, _)) if url.contains("://") => (url, "?[…]"),
        _ => (url, ""),
    };
    let shown = match password(url) {
        Some(password) => url.replacen(&format!(":{password}@"), ":[…]@", 1),
        None => url.to_owned(),
    };
    shown + query
}

/// The password of a database's URL.
pub(crate) fn password(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let (who, _) = rest.rsplit_once('@')?;
    let (_, password) = who.split_once(':')?;
    Some(password).filter(|password| !password.is_empty())
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("mặc định / default"),
            Self::File(path, line) => {
                write!(f, "{}:{line}", shortened(&path.display().to_string()))
            }
            Self::Variable(name) => write!(f, "biến môi trường / environment {name}"),
            Self::Option(name) => write!(f, "dòng lệnh / command line {name}"),
        }
    }
}

/// A path that begins at `folder` where it is relative.
fn beside(folder: &Path, path: &str) -> PathBuf {
    // An empty folder is that of a file named without one: the working directory.
    folder.join(path)
}
