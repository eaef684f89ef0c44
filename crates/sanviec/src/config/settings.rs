//! What holds, in the types of those who need it.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use std::net::SocketAddr;

use api::{Centre, ServeConfig};
use store::{DatabaseUrl, PoolLimits};
use tracing_subscriber::filter::Targets;

use super::Values;
use super::fault::{Fault, Faults, Place, Problem};
use super::kind::{Value, Words};

/// The configuration.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    /// The folder of all that is kept.
    pub(crate) data_dir: PathBuf,
    /// The folder that stands above what is built in.
    pub(crate) config_dir: Option<PathBuf>,
    /// The database.
    pub(crate) database: DatabaseUrl,
    /// Connections to it, and how long is waited.
    pub(crate) pool: PoolLimits,
    /// Where the server listens.
    pub(crate) listen: SocketAddr,
    /// How it serves.
    pub(crate) serve: ServeConfig,
    /// How often the change log is looked at.
    pub(crate) look_every: Duration,
    /// The index on disk.
    pub(crate) index: IndexConfig,
    /// The log.
    pub(crate) log: LogConfig,
    /// The seed of the made-up province.
    pub(crate) seed: u64,
    /// All values, with who said them.
    pub(crate) values: Values,
}

/// When the index on disk is committed: by whichever comes first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IndexConfig {
    /// At least so often.
    pub(crate) commit_every: Duration,
    /// After so many changes.
    pub(crate) commit_after_changes: u64,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub(crate) struct LogConfig {
    /// Levels, by the part of the program.
    pub(crate) filter: Targets,
    /// The form.
    pub(crate) format: LogFormat,
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Human,
    /// For programs: one object a line.
    Json,
}

impl Config {
    /// Gives each value its type.
    ///
    /// # Errors
    /// A key that nobody has set, not even the default.
    pub(super) fn new(values: Values) -> Result<Self, Faults> {
        let from = Typed(&values);
        let data_dir = PathBuf::from(from.text("data_dir")?);
        let database = match from.text("database.url")? {
            "" => DatabaseUrl::Sqlite(data_dir.join("sanviec.db")),
            _ => from.parsed("database.url")?,
        };
        Ok(Self {
            config_dir: from.optional("config_dir")?.map(PathBuf::from),
            database,
            pool: pool(&from)?,
            listen: from.parsed("serve.listen")?,
            serve: serve(&from)?,
            look_every: from.milliseconds("changes.look_every_ms")?,
            index: IndexConfig {
                commit_every: from.seconds("index.commit_every_seconds")?,
                commit_after_changes: from.number("index.commit_after_changes")?,
            },
            log: LogConfig {
                filter: from.parsed("log.filter")?,
                format: match from.text("log.format")? {
                    "json" => LogFormat::Json,
                    _ => LogFormat::Human,
                },
            },
            seed: from.number("demo.seed")?,
            data_dir,
            values,
        })
    }
}

fn pool(from: &Typed<'_>) -> Result<PoolLimits, Faults> {
    Ok(PoolLimits {
        connections: from.number("database.connections")?,
        connect: from.seconds("database.connect_seconds")?,
        busy: from.milliseconds("database.busy_ms")?,
        statement: from.seconds("database.statement_seconds")?,
        lock: from.seconds("database.lock_seconds")?,
        idle_in_transaction: from.seconds("database.idle_in_transaction_seconds")?,
    })
}

fn serve(from: &Typed<'_>) -> Result<ServeConfig, Faults> {
    let usual = ServeConfig::default();
    let text = |key| from.text(key).map(str::to_owned);
    Ok(ServeConfig {
        workers: match from.number("serve.workers")? {
            0 => usual.workers,
            workers => workers,
        },
        head_deadline: from.seconds("serve.head_seconds")?,
        body_deadline: from.seconds("serve.body_seconds")?,
        handler_deadline: from.seconds("serve.handler_seconds")?,
        keep_alive: from.seconds("serve.keep_alive_seconds")?,
        stop_seconds: from.number("serve.stop_seconds")?,
        max_url: from.number("serve.max_url_bytes")?,
        max_body: from.number("serve.max_body_bytes")?,
        max_bodies: from.number("serve.max_bodies")?,
        max_questions: from.number("serve.max_questions")?,
        public_base_url: from.optional("serve.public_base_url")?.map(str::to_owned),
        centre: Centre {
            name: text("centre.name")?,
            short_name: text("centre.short_name")?,
            address: text("centre.address")?,
            superior: text("centre.superior")?,
            phone: text("centre.phone")?,
        },
    })
}

struct Typed<'v>(&'v Values);

impl<'v> Typed<'v> {
    fn text(&self, key: &str) -> Result<&'v str, Faults> {
        match self.0.get(key) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(unset(key)),
        }
    }

    fn optional(&self, key: &str) -> Result<Option<&'v str>, Faults> {
        self.text(key)
            .map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn parsed<T: FromStr>(&self, key: &str) -> Result<T, Faults> {
        self.text(key)?.parse().map_err(|_| unset(key))
    }

    fn number<T: TryFrom<u64>>(&self, key: &str) -> Result<T, Faults> {
        match self.0.get(key) {
            Some(Value::Number(number)) => (*number).try_into().map_err(|_| unset(key)),
            _ => Err(unset(key)),
        }
    }

    fn seconds(&self, key: &str) -> Result<Duration, Faults> {
        self.number(key).map(Duration::from_secs)
    }

    fn milliseconds(&self, key: &str) -> Result<Duration, Faults> {
        self.number(key).map(Duration::from_millis)
    }
}

/// What was checked on reading is here with its type; only a default that is missing ends so.
fn unset(key: &str) -> Faults {
    Faults(vec![Fault {
        place: Place::File(PathBuf::from("default.toml"), None),
        key: key.to_owned(),
        problem: Problem::Missing(Words {
            vi: "một giá trị".to_owned(),
            en: "a value".to_owned(),
        }),
    }])
}
