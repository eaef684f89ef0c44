//! Code lists that are built into the binary; a folder may override them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use domain::code::{CodeError, Codes};
use rust_embed::RustEmbed;

use crate::config::nearest;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../config/codes"]
#[include = "*.csv"]
struct Lists;

/// A list is no longer than this, in bytes; the longest that is built in has a tenth of it.
const LONGEST: u64 = 32 * 1_024 * 1_024;
/// Mistakes told at once.
const MOST: usize = 20;

/// Code lists that cannot be taken.
#[derive(Debug, thiserror::Error)]
#[error("{}", told(.folder.as_deref(), .errors))]
pub(crate) struct BadLists {
    folder: Option<PathBuf>,
    errors: Vec<CodeError>,
}

/// The code lists; files in `folder/codes` stand above those built in.
///
/// # Errors
/// All that is wrong, with file and line.
pub(crate) fn codes(folder: Option<&Path>) -> Result<Codes, BadLists> {
    let own = folder.map(|folder| folder.join("codes"));
    let unreadable = RefCell::new(Vec::new());
    let text = |name: &str| {
        let own = own.as_deref().map(|own| own_text(own, name));
        match own {
            Some(Ok(Some(text))) => Some(Cow::Owned(text)),
            Some(Err(error)) => {
                unreadable.borrow_mut().push(error);
                built_in(name)
            }
            Some(Ok(None)) | None => built_in(name),
        }
    };
    let read = Codes::from_texts(&text);
    let mut errors = own.as_deref().map(strangers).unwrap_or_default();
    errors.extend(unreadable.into_inner());
    match read {
        Ok(codes) if errors.is_empty() => return Ok(codes),
        Ok(_) => {}
        Err(more) => errors.extend(more),
    }
    Err(BadLists {
        folder: own,
        errors,
    })
}

fn built_in(name: &str) -> Option<Cow<'static, str>> {
    match Lists::get(name)?.data {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// A list of the folder; `None` where it has none of this name.
fn own_text(folder: &Path, name: &str) -> Result<Option<String>, CodeError> {
    let path = folder.join(name);
    let wrong = |line, value: &str, expected: &str| CodeError {
        file: name.to_owned(),
        line,
        column: "file".to_owned(),
        value: value.to_owned(),
        expected: expected.to_owned(),
    };
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    let unreadable = |error: std::io::Error| wrong(0, &error.to_string(), "a file to read");
    let length = path.metadata().map_err(unreadable)?.len();
    if length > LONGEST {
        let expected = format!("at most {LONGEST}");
        return Err(wrong(0, &format!("{length} bytes"), &expected));
    }
    let bytes = std::fs::read(&path).map_err(unreadable)?;
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(good);
        let lines = before.filter(|byte| **byte == b'\n').count();
        wrong(lines as u64 + 1, "not UTF-8", "UTF-8 text")
    })
}

/// Lists of the folder that nobody asks for: their names are mistyped.
fn strangers(folder: &Path) -> Vec<CodeError> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let known: Vec<String> = Lists::iter().map(Cow::into_owned).collect();
    let mut errors: Vec<CodeError> = files
        .filter_map(Result::ok)
        .filter_map(|file| file.file_name().into_string().ok())
        .filter(|name| has_rows(name) && !known.contains(name))
        .map(|name| {
            // The ending is the same in all of them, and says nothing.
            let near = nearest(stem(&name), known.iter().map(|known| stem(known)));
            let expected = near.map_or_else(
                || "a list that there is".to_owned(),
                |near| format!("\"{near}.csv\", perhaps"),
            );
            CodeError {
                file: name.clone(),
                line: 0,
                column: "file".to_owned(),
                value: name,
                expected,
            }
        })
        .collect();
    errors.sort_by(|one, other| one.file.cmp(&other.file));
    errors
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn has_rows(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn told(folder: Option<&Path>, errors: &[CodeError]) -> String {
    let mut lines: Vec<String> = errors
        .iter()
        .take(MOST)
        .map(|error| {
            let own = folder.map(|folder| folder.join(&error.file));
            let file = own
                .filter(|path| path.symlink_metadata().is_ok())
                .map_or_else(
                    || format!("codes/{}", error.file),
                    |path| path.display().to_string(),
                );
            let CodeError {
                line,
                column,
                value,
                expected,
                ..
            } = error;
            format!(
                "{file}:{line}: {column}\n  Giá trị {value:?} không dùng được. Cần: {expected}.\n  \
                 {value:?} cannot be taken. Expected: {expected}."
            )
        })
        .collect();
    if let Some(more @ 1..) = errors.len().checked_sub(MOST) {
        lines.push(format!("(và {more} lỗi nữa / and {more} more)"));
    }
    lines.join("\n")
}
