//! What is broken, one row of the goals each. Each driver gives its figures as a line of JSON and
//! says what was not as it must be.

pub mod busy;
pub mod disk;
pub mod kill;
pub mod migrate;
pub mod power;
pub mod power_postgres;
pub mod served;
pub mod soak;
pub mod statements;
pub mod stop;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::check::Report;
use crate::history::Growing;

/// What a driver found.
pub struct Figures {
    values: Map<String, Value>,
    /// What was not as it must be.
    pub wrong: Vec<String>,
}

impl Figures {
    /// Of a row of the goals.
    pub fn of(row: &str, on: &str) -> Self {
        let mut figures = Self {
            values: Map::new(),
            wrong: Vec::new(),
        };
        figures.note("row", row);
        figures.note("on", on);
        figures
    }

    /// A figure.
    pub fn note(&mut self, name: &str, value: impl Into<Value>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Adds to a figure.
    pub fn add(&mut self, name: &str, more: usize) {
        let before = self.values.get(name).and_then(Value::as_u64).unwrap_or(0);
        self.note(name, before + more as u64);
    }

    /// The larger of a figure and this.
    pub fn most(&mut self, name: &str, value: u64) {
        let before = self.values.get(name).and_then(Value::as_u64).unwrap_or(0);
        self.note(name, before.max(value));
    }

    /// Something that must not be.
    pub fn fail(&mut self, what: impl Into<String>) {
        self.wrong.push(what.into());
    }

    /// Something that must be.
    pub fn hold(&mut self, is_so: bool, what: impl FnOnce() -> String) {
        if !is_so {
            self.fail(what());
        }
    }

    /// Takes in what was found in a database; the use cases are those of the whole history.
    pub fn take(&mut self, report: Report) {
        self.add("sent", report.sent);
        self.add("acknowledged", report.acked);
        self.add("present", report.present);
        self.add("present_unheard", report.unheard);
        self.wrong.extend(report.wrong);
    }

    /// A figure as it is now.
    pub fn get(&self, name: &str) -> u64 {
        self.values.get(name).and_then(Value::as_u64).unwrap_or(0)
    }

    /// Panics with all that was not as it must be.
    pub fn must_hold(&self) {
        assert!(self.wrong.is_empty(), "{self}\n{}", self.wrong.join("\n"));
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut values = self.values.clone();
        values.insert("wrong".to_owned(), self.wrong.len().into());
        values.insert("held".to_owned(), self.wrong.is_empty().into());
        Value::Object(values).fmt(f)
    }
}

/// Copies a folder of plain files.
fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// A history to begin with.
fn new_history() -> Arc<Growing> {
    Arc::new(Growing::default())
}
