//! What every command stands on: configuration, code lists, the database.

use std::path::PathBuf;
use std::sync::Arc;

use domain::code::Codes;
use matching::index::WriteError;
use matching::settings::Settings;
use store::{DatabaseUrl, Pool};

use crate::command::finding;
use crate::config::{self, Config};
use crate::embedded;
use crate::failure::Failure;
use crate::keeper::{Keeper, NotKept};
use crate::live::Live;

/// Where things are, and what is configured.
pub(crate) struct House {
    /// The data folder.
    pub(crate) data_dir: PathBuf,
    /// The database.
    pub(crate) database: DatabaseUrl,
    /// Code lists.
    pub(crate) codes: Arc<Codes>,
    /// The ranking.
    pub(crate) settings: Settings,
    /// All that is configured.
    pub(crate) config: Config,
}

impl House {
    /// Reads what the configuration names.
    ///
    /// # Errors
    /// The ranking or code lists, with file, line and key.
    pub(crate) fn new(config: Config) -> Result<Self, Failure> {
        let folder = config.config_dir.as_deref();
        if let Some(missing) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure::Configuration(format!(
                "config_dir: {}\n  Không có thư mục này.\n  There is no such folder.",
                missing.display()
            )));
        }
        Ok(Self {
            data_dir: config.data_dir.clone(),
            database: config.database.clone(),
            settings: config::ranking(folder)?.settings,
            codes: Arc::new(embedded::codes(folder)?),
            config,
        })
    }

    /// Opens the database, up to date; the data folder is made where it is missing.
    ///
    /// # Errors
    /// What could not be made or opened; a database that is newer than the program.
    pub(crate) fn open(&self) -> Result<Pool, Failure> {
        let folder = self.data_dir.display();
        std::fs::create_dir_all(&self.data_dir)
            .map_err(Failure::io(&format!("making the data folder {folder}")))?;
        let pool = connect(&self.config)?;
        let steps = store::migrate(&mut *pool.get()?)?;
        if steps > 0 {
            tracing::info!(steps, "the database was brought up to date");
        }
        Ok(pool)
    }

    /// Opens a database that is there, reads it into memory and brings the index up to date.
    ///
    /// # Errors
    /// What could not be opened or read.
    pub(crate) fn live(&self) -> Result<Live, Failure> {
        let live = self.live_over(self.open_existing()?);
        let held = live.fill(&self.index_dir())?;
        let mut keeper = Keeper::new(self.index_dir(), held);
        match keeper.keep(&live) {
            Ok(_) => {}
            // The server that keeps it brings it up to date.
            Err(NotKept::Index(WriteError::Busy)) => {}
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the index could not be written"
            ),
        }
        keeper.close();
        Ok(live)
    }

    /// As [`Self::open`], of a database that is there: a mistyped path makes no new one.
    ///
    /// # Errors
    /// What could not be opened.
    pub(crate) fn open_existing(&self) -> Result<Pool, Failure> {
        must_be_there(&self.database)?;
        self.open()
    }

    /// What is kept in memory of this database: nothing yet.
    pub(crate) fn live_over(&self, pool: Pool) -> Live {
        Live::new(pool, Arc::clone(&self.codes), self.settings)
    }

    /// Where the index is.
    pub(crate) fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

/// Connects to the database as it is.
///
/// # Errors
/// Why there is no connection, without the password.
pub(crate) fn connect(config: &Config) -> Result<Pool, Failure> {
    Pool::open_within(&config.database, config.pool).map_err(|error| {
        let said = Failure::from(error).to_string();
        Failure::Failed(without_password(&config.database, said))
    })
}

/// A driver repeats an URL that it cannot read.
fn without_password(database: &DatabaseUrl, said: String) -> String {
    let DatabaseUrl::Postgres(url) = database else {
        return said;
    };
    let said = said.replace(url, &config::masked(url));
    match config::password(url) {
        Some(password) => said.replace(password, "[…]"),
        None => said,
    }
}

/// Says that there is no database, where one can see so without connecting.
///
/// # Errors
/// What to do then.
pub(crate) fn must_be_there(database: &DatabaseUrl) -> Result<(), Failure> {
    match database {
        DatabaseUrl::Sqlite(path) if path.exists() && !path.is_file() => {
            Err(Failure::Failed(finding(
                &format!("{}", path.display()),
                [
                    "đây là thư mục, không phải tệp cơ sở dữ liệu",
                    "đổi tên hoặc dời nó đi, hoặc xem lại --database và --data-dir",
                ],
                [
                    "this is a folder or a device, not the file of a database",
                    "rename it or move it away, or look at --database and --data-dir",
                ],
            )))
        }
        DatabaseUrl::Sqlite(path) if !path.exists() => Err(Failure::Failed(format!(
            "{}: there is no database; start with `sanviec serve` or `sanviec import`, or look at \
             --data-dir",
            path.display()
        ))),
        _ => Ok(()),
    }
}
