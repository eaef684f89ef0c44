//! From all who may say something to what holds.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::fault::{Fault, Faults, Place, Problem};
use super::keys::{KEYS, Key};
use super::kind::{Found, Kind, Value, Words};
use super::near::nearest;
use super::read::{self, refused};
use super::{Config, DEFAULT, Origin, Values, beside};

/// The variable that names the file.
const FILE_VARIABLE: &str = "SANVIEC_CONFIG";
/// The file that is looked for in the data folder.
const FILE_NAME: &str = "sanviec.toml";
/// With what the names of all variables begin.
const PREFIX: &str = "SANVIEC_";

/// What the command line says.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// `--config`.
    pub(crate) file: Option<PathBuf>,
    /// Options by their name, such as `--listen`.
    pub(crate) options: Vec<(&'static str, OsString)>,
}

/// The variables that are ours; one that is empty counts as not set.
pub(crate) fn environment() -> Vec<(String, OsString)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .filter(|(name, value)| name.starts_with(PREFIX) && !value.is_empty())
        .collect()
}

/// What holds.
///
/// # Errors
/// All that is wrong.
pub(crate) fn load(given: &Given, environment: &[(String, OsString)]) -> Result<Config, Faults> {
    let mut loading = Loading::default();
    loading.built_in();
    loading.misspelt_variables(environment);
    let mut above = Values::default();
    loading.variables(environment, &mut above);
    loading.options(given, &mut above);
    let folder = data_folder(&above, &loading.values);
    if let Some((path, is_in_data)) = loading.find(given, environment, &folder) {
        loading.file(&path, is_in_data);
    }
    loading.values.0.extend(above.0);
    if loading.faults.is_empty() {
        Config::new(loading.values)
    } else {
        Err(Faults(loading.faults))
    }
}

fn data_folder(above: &Values, below: &Values) -> PathBuf {
    let said = above.get("data_dir").or_else(|| below.get("data_dir"));
    match said {
        Some(Value::Text(folder)) => PathBuf::from(folder),
        _ => PathBuf::new(),
    }
}

#[derive(Default)]
struct Loading {
    values: Values,
    faults: Vec<Fault>,
}

impl Loading {
    fn built_in(&mut self) {
        match read::text(DEFAULT, Path::new("default.toml"), KEYS) {
            Ok(entries) => {
                for entry in entries {
                    self.values.set(entry.key, entry.value, Origin::Default);
                }
            }
            Err(faults) => self.faults.extend(faults),
        }
    }

    /// The file, and whether it was found in the data folder rather than named.
    fn find(
        &mut self,
        given: &Given,
        environment: &[(String, OsString)],
        folder: &Path,
    ) -> Option<(PathBuf, bool)> {
        if let Some(path) = &given.file {
            return Some((path.clone(), false));
        }
        let variable = environment.iter().find(|(name, _)| name == FILE_VARIABLE);
        if let Some((_, path)) = variable {
            return Some((PathBuf::from(path), false));
        }
        let path = folder.join(FILE_NAME);
        match std::fs::symlink_metadata(&path) {
            Ok(_) => Some((path, true)),
            Err(error) if is_absence(&error) => None,
            Err(error) => {
                self.faults.push(Fault {
                    place: Place::File(path, None),
                    key: String::new(),
                    problem: Problem::Other(Words {
                        vi: format!("Không đọc được tệp: {error}."),
                        en: format!("The file cannot be read: {error}."),
                    }),
                });
                None
            }
        }
    }

    fn file(&mut self, path: &Path, is_in_data: bool) {
        let text = match read::file(path) {
            Ok(text) => text,
            Err(fault) => return self.faults.push(fault),
        };
        match read::text(&text, path, KEYS) {
            Err(faults) => self.faults.extend(faults),
            Ok(entries) => {
                for entry in entries {
                    if is_in_data && entry.key == "data_dir" {
                        self.faults.push(moved(path, entry.line));
                        continue;
                    }
                    let origin = Origin::File(path.to_owned(), entry.line);
                    let value = from_folder_of(path, entry.key, entry.value);
                    self.values.set(entry.key, value, origin);
                }
            }
        }
    }

    fn variables(&mut self, environment: &[(String, OsString)], above: &mut Values) {
        for key in KEYS {
            let variable = key.variable();
            let said = environment.iter().find(|(name, _)| *name == variable);
            if let Some((_, value)) = said {
                let place = Place::Variable(variable.clone());
                if let Some(value) = self.take(key, value, place) {
                    above.set(key.name, value, Origin::Variable(variable));
                }
            }
        }
    }

    fn options(&mut self, given: &Given, above: &mut Values) {
        for (option, value) in &given.options {
            let Some(key) = KEYS.iter().find(|key| key.option == Some(*option)) else {
                continue;
            };
            if let Some(value) = self.take(key, value, Place::Option(option)) {
                above.set(key.name, value, Origin::Option(option));
            }
        }
    }

    fn take(&mut self, key: &Key, value: &OsString, place: Place) -> Option<Value> {
        let text = value.to_str().unwrap_or("\u{0}");
        let taken = key.kind.take_text(text);
        if taken.is_none() {
            self.faults.push(Fault {
                place,
                key: key.name.to_owned(),
                problem: refused(key, Found::Text(value.to_string_lossy().into_owned())),
            });
        }
        taken
    }

    /// A variable that is nearly one of ours was meant to be it. Others that begin like ours belong to
    /// somebody else, such as the tests.
    fn misspelt_variables(&mut self, environment: &[(String, OsString)]) {
        let mut ours: Vec<String> = KEYS.iter().map(Key::variable).collect();
        ours.push(FILE_VARIABLE.to_owned());
        for (name, _) in environment {
            if ours.contains(name) {
                continue;
            }
            let word = |name: &str| name.trim_start_matches(PREFIX).to_lowercase();
            let words: Vec<String> = ours.iter().map(|name| word(name)).collect();
            let near = nearest(&word(name), words.iter().map(String::as_str));
            if let Some(near) = near {
                self.faults.push(Fault {
                    place: Place::Variable(name.clone()),
                    key: String::new(),
                    problem: Problem::UnknownKey {
                        near: Some(format!("{PREFIX}{}", near.to_uppercase())),
                        known: Vec::new(),
                    },
                });
            }
        }
    }
}

/// Neither the file nor the folder is there.
fn is_absence(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

/// A file in the data folder cannot send the program to another one.
fn moved(path: &Path, line: usize) -> Fault {
    Fault {
        place: Place::File(path.to_owned(), Some(line)),
        key: "data_dir".to_owned(),
        problem: Problem::Other(Words {
            vi: "Tệp này nằm trong thư mục dữ liệu nên không đổi được thư mục dữ liệu. Hãy dùng \
                 --data-dir, SANVIEC_DATA_DIR hoặc tệp ở --config."
                .to_owned(),
            en: "This file lies in the data folder and cannot name another one. Use --data-dir, \
                 SANVIEC_DATA_DIR or a file named by --config."
                .to_owned(),
        }),
    }
}

/// Paths of a file begin at its folder, from wherever the program is started.
fn from_folder_of(file: &Path, key: &str, value: Value) -> Value {
    let Value::Text(text) = value else {
        return value;
    };
    let kind = KEYS
        .iter()
        .find(|known| known.name == key)
        .map(|key| key.kind);
    let folder = file.parent().unwrap_or(Path::new(""));
    let placed = |path: &str| beside(folder, path).to_string_lossy().into_owned();
    Value::Text(match kind {
        Some(Kind::Path { .. }) if !text.is_empty() => placed(&text),
        Some(Kind::Database) => match text.strip_prefix("sqlite:") {
            Some(path) => format!("sqlite:{}", placed(path.strip_prefix("//").unwrap_or(path))),
            None => text,
        },
        _ => text,
    })
}
