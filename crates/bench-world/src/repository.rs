//! The code lists and settings of this repository, for benches and tests; the binary has its own
//! copy built in.

use std::borrow::Cow;
use std::path::Path;

use domain::code::Codes;

const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config");

/// The code lists under `config/codes`.
///
/// # Errors
/// All that is wrong in them, in one text.
pub fn codes() -> Result<Codes, String> {
    Codes::from_texts(&|name| {
        let path = Path::new(CONFIG).join("codes").join(name);
        std::fs::read_to_string(path).ok().map(Cow::Owned)
    })
    .map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })
}

/// The text of `config/matching.toml`.
///
/// # Errors
/// Where it cannot be read.
pub fn settings() -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(CONFIG).join("matching.toml"))
}
