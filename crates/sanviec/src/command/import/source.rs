//! What is said of a file on the command line.

use std::path::Path;

use sheet::Encoding;

use crate::arguments::ImportFile;
use crate::failure::Failure;

/// What the name of a file of refused rows has before its number.
pub(super) const REFUSED: &str = ".refused";

/// The name under which rows are known. A mended file bears the name of the file that it came from.
pub(super) fn name(ask: &ImportFile) -> String {
    ask.source
        .clone()
        .unwrap_or_else(|| origin(&ask.file).to_owned())
}

/// The name of a file without its ending, and without what a file of refused rows adds.
fn origin(path: &Path) -> &str {
    let mut stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    while let Some((before, after)) = stem.rsplit_once(REFUSED) {
        let number = after.strip_prefix('-').unwrap_or(after);
        let is_number = after.is_empty() || after.starts_with('-') && !number.is_empty();
        if before.is_empty() || !is_number || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        stem = before;
    }
    stem
}

/// The encoding that is named.
pub(super) fn encoding(name: &str) -> Result<Encoding, Failure> {
    Encoding::parse(name).ok_or_else(|| {
        let known = Encoding::ALL.map(Encoding::as_str).join(", ");
        Failure::Configuration(format!(
            "--encoding {name:?}: cần một trong / expected one of: {known}"
        ))
    })
}

/// The separator that is named.
pub(super) fn separator(name: &str) -> Result<u8, Failure> {
    match name.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii_punctuation() && *one != b'"' || *one == b'\t' => Ok(*one),
        _ => Err(Failure::Configuration(format!(
            "--separator {name:?}: cần một dấu như , ; | hoặc tab / expected one sign such as , ; | \
             or tab"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mended_file_bears_the_name_of_where_it_came_from() {
        for (file, expected) in [
            ("a/phiếu.csv", "phiếu"),
            ("phiếu.refused.csv", "phiếu"),
            ("phiếu.refused-12.csv", "phiếu"),
            ("phiếu.refused-2.refused.csv", "phiếu"),
            ("phiếu.refused-x.csv", "phiếu.refused-x"),
            (".refused.csv", ".refused"),
            ("sổ.xlsx", "sổ"),
        ] {
            assert_eq!(origin(Path::new(file)), expected, "{file}");
        }
    }

    #[test]
    fn one_sign_stands_between_cells() {
        assert_eq!(separator("tab").ok(), Some(b'\t'));
        assert_eq!(separator("|").ok(), Some(b'|'));
        for wrong in ["", ",,", "a", "\"", "đ"] {
            assert!(separator(wrong).is_err(), "{wrong}");
        }
    }
}
