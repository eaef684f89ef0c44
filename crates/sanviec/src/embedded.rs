//! Code lists and settings that are built into the binary; a folder may override them.

use std::borrow::Cow;
use std::path::Path;

use domain::code::{CodeError, Codes};
use matching::settings::{Settings, SettingsError};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../config"]
#[include = "codes/*.csv"]
#[include = "matching.toml"]
struct Config;

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// Code lists that cannot be taken.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Codes(Vec<CodeError>),
    /// The settings of the ranking.
    #[error("matching.toml: {0}")]
    Settings(#[from] SettingsError),
    /// A file that is neither built in nor in the folder.
    #[error("matching.toml: missing or not UTF-8")]
    Missing,
}

fn text(folder: Option<&Path>, name: &str) -> Option<Cow<'static, str>> {
    if let Some(own) = folder.and_then(|folder| std::fs::read_to_string(folder.join(name)).ok()) {
        return Some(Cow::Owned(own));
    }
    match Config::get(name)?.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// The code lists; files in `folder/codes` stand above those built in.
///
/// # Errors
/// All that is wrong, with file and line.
pub(crate) fn codes(folder: Option<&Path>) -> Result<Codes, ConfigError> {
    Codes::from_texts(&|name| text(folder, &format!("codes/{name}"))).map_err(ConfigError::Codes)
}

/// The settings of the ranking.
///
/// # Errors
/// The key that is wrong, and what is expected.
pub(crate) fn settings(folder: Option<&Path>) -> Result<Settings, ConfigError> {
    let text = text(folder, "matching.toml").ok_or(ConfigError::Missing)?;
    Ok(Settings::parse(&text)?)
}
