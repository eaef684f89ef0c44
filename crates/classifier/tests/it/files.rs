//! Files of the repository.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use domain::code::Codes;

/// Where a file of the repository is.
pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

/// Its text.
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// The code lists.
pub(crate) fn codes() -> Codes {
    let list = |name: &str| std::fs::read_to_string(path("config/codes").join(name)).ok();
    Codes::from_texts(&|name| list(name).map(Cow::Owned)).unwrap()
}

/// Labels of occupations, labels of skills, the texts of these, and what their phrases mean.
pub(crate) fn yardsticks() -> [String; 4] {
    [
        "occupations.csv",
        "skills.csv",
        "skills_own_texts.csv",
        "skills_map.csv",
    ]
    .map(|name| text(&format!("tests/yardsticks/{name}")))
}
