//! `matching.toml`: the choices of the ranking, read as the configuration is.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use matching::settings::{RANGES, Settings, SettingsError};

use super::fault::{Fault, Faults, Place, Problem};
use super::keys::{Key, number};
use super::kind::Words;
use super::read::{self, Entry};
use super::{Origin, Values, lines};

/// Its keys; all of them must be there, since its weights hold only together.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    RANGES
        .iter()
        .map(|range| number(range.key, range.least, range.most))
        .collect()
});

/// The built-in file.
const RANKING: &str = include_str!("../../../../config/matching.toml");

/// The choices, and who made them.
pub(crate) struct Ranking {
    /// The choices.
    pub(crate) settings: Settings,
    values: Values,
}

impl Ranking {
    /// The values as a file that could be read again, each with its origin.
    pub(crate) fn lines(&self) -> Vec<String> {
        lines(&KEYS, &self.values)
    }
}

/// Reads `matching.toml` of the folder, or what is built in.
///
/// # Errors
/// All that is wrong, with file, line and key.
pub(crate) fn ranking(folder: Option<&Path>) -> Result<Ranking, Faults> {
    let own = folder.map(|folder| folder.join("matching.toml"));
    let (path, text) = match own.filter(|path| path.symlink_metadata().is_ok()) {
        Some(path) => {
            let text = read::file(&path).map_err(|fault| Faults(vec![fault]))?;
            (Some(path), text)
        }
        None => (None, RANKING.to_owned()),
    };
    let place = path
        .clone()
        .unwrap_or_else(|| PathBuf::from("matching.toml"));
    let entries = read::text(&text, &place, &KEYS).map_err(Faults)?;
    let missing = missing(&entries, &place);
    if !missing.is_empty() {
        return Err(Faults(missing));
    }
    let settings =
        Settings::parse(&text).map_err(|error| Faults(vec![fault(&error, &entries, &place)]))?;
    let mut values = Values::default();
    for entry in entries {
        let origin = path
            .clone()
            .map_or(Origin::Default, |path| Origin::File(path, entry.line));
        values.set(entry.key, entry.value, origin);
    }
    Ok(Ranking { settings, values })
}

fn missing(entries: &[Entry], path: &Path) -> Vec<Fault> {
    KEYS.iter()
        .filter(|key| entries.iter().all(|entry| entry.key != key.name))
        .map(|key| Fault {
            place: Place::File(path.to_owned(), None),
            key: key.name.to_owned(),
            problem: Problem::Missing(key.kind.expected()),
        })
        .collect()
}

/// What only shows when all is read.
fn fault(error: &SettingsError, entries: &[Entry], path: &Path) -> Fault {
    let first = entries
        .iter()
        .filter(|entry| entry.key.starts_with("weights."))
        .map(|entry| entry.line)
        .min();
    let (key, words) = match error {
        SettingsError::Weights(sum) => (
            "weights",
            Words {
                vi: format!("Các trọng số cộng lại được {sum}; phải đúng 1000."),
                en: format!("The weights add up to {sum}; it must be 1000."),
            },
        ),
        other => (
            "",
            Words {
                vi: format!("Không dùng được: {other}."),
                en: format!("Cannot be taken: {other}."),
            },
        ),
    };
    Fault {
        place: Place::File(path.to_owned(), first),
        key: key.to_owned(),
        problem: Problem::Other(words),
    }
}
