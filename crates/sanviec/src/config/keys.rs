//! All keys of the configuration. What each does stands in `config/default.toml`.

use super::kind::{Kind, Unit};

/// A key, and who besides a file may set it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// Sections and key, with dots between.
    pub(crate) name: &'static str,
    /// What may stand there.
    pub(crate) kind: Kind,
    /// A variable with a name of its own; else it follows from the key's.
    pub(crate) variable: Option<&'static str>,
    /// The option of the command line.
    pub(crate) option: Option<&'static str>,
}

impl Key {
    /// The environment variable.
    pub(crate) fn variable(&self) -> String {
        self.variable.map_or_else(
            || format!("SANVIEC_{}", self.name.replace('.', "_").to_uppercase()),
            str::to_owned,
        )
    }

    /// Whether its value may hold a password.
    pub(crate) const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Database)
    }
}

const fn key(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        kind,
        variable: None,
        option: None,
    }
}

const fn named(key: Key, variable: Option<&'static str>, option: Option<&'static str>) -> Key {
    Key {
        variable,
        option,
        ..key
    }
}

/// A number of a file that neither a variable nor an option may set.
pub(crate) const fn number(name: &'static str, least: u64, most: u64) -> Key {
    key(
        name,
        Kind::Number {
            least,
            most,
            unit: None,
        },
    )
}

const fn measured(name: &'static str, least: u64, most: u64, unit: Unit) -> Key {
    key(
        name,
        Kind::Number {
            least,
            most,
            unit: Some(unit),
        },
    )
}

const fn text(name: &'static str, most: usize) -> Key {
    key(name, Kind::Text { least: 1, most })
}

use Unit::{Bytes, Milliseconds, Seconds};

/// In the order of `config/default.toml`.
pub(crate) const KEYS: &[Key] = &[
    named(
        key("data_dir", Kind::Path { least: 1 }),
        None,
        Some("--data-dir"),
    ),
    named(
        key("config_dir", Kind::Path { least: 0 }),
        None,
        Some("--config-dir"),
    ),
    named(
        key("database.url", Kind::Database),
        Some("SANVIEC_DATABASE"),
        Some("--database"),
    ),
    number("database.connections", 1, 500),
    measured("database.connect_seconds", 1, 60, Seconds),
    measured("database.busy_ms", 100, 60_000, Milliseconds),
    measured("database.statement_seconds", 1, 600, Seconds),
    measured("database.lock_seconds", 1, 600, Seconds),
    measured("database.idle_in_transaction_seconds", 1, 600, Seconds),
    named(key("serve.listen", Kind::Address), None, Some("--listen")),
    key("serve.public_base_url", Kind::BaseUrl),
    number("serve.workers", 0, 256),
    measured("serve.head_seconds", 1, 120, Seconds),
    measured("serve.body_seconds", 1, 600, Seconds),
    measured("serve.handler_seconds", 1, 120, Seconds),
    measured("serve.keep_alive_seconds", 1, 600, Seconds),
    measured("serve.stop_seconds", 0, 60, Seconds),
    measured("serve.max_url_bytes", 256, 32_768, Bytes),
    measured("serve.max_body_bytes", 1_024, 8_388_608, Bytes),
    number("serve.max_bodies", 1, 10_000),
    number("serve.max_questions", 1, 10_000),
    text("centre.name", 200),
    text("centre.short_name", 100),
    text("centre.address", 200),
    text("centre.superior", 200),
    key("centre.phone", Kind::Phone),
    measured("changes.look_every_ms", 20, 1_000, Milliseconds),
    measured("index.commit_every_seconds", 1, 3_600, Seconds),
    number("index.commit_after_changes", 1, 1_000_000),
    named(key("log.filter", Kind::Filter), Some("SANVIEC_LOG"), None),
    key("log.format", Kind::Choice(&["human", "json"])),
    named(number("demo.seed", 0, 1_000_000_000), None, Some("--seed")),
];
