//! What every command stands on: configuration, code lists, the database.

use std::path::PathBuf;
use std::sync::Arc;

use domain::code::Codes;
use matching::index::WriteError;
use matching::settings::Settings;
use store::{DatabaseUrl, Pool};

use crate::arguments::Place;
use crate::embedded;
use crate::failure::Failure;
use crate::keeper::{Keeper, NotKept};
use crate::live::Live;

/// Connections to the database; more wait.
const CONNECTIONS: u32 = 10;

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
}

impl House {
    /// Reads the configuration.
    ///
    /// # Errors
    /// Configuration, with file and key.
    pub(crate) fn new(place: &Place) -> Result<Self, Failure> {
        let folder = place.config_dir.as_deref();
        if let Some(missing) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure::Configuration(format!(
                "--config-dir {}: no such folder",
                missing.display()
            )));
        }
        let database = match &place.database {
            None => DatabaseUrl::Sqlite(place.data_dir.join("sanviec.db")),
            Some(url) => url
                .parse()
                .map_err(|error| Failure::Configuration(format!("--database: {error}")))?,
        };
        Ok(Self {
            data_dir: place.data_dir.clone(),
            database,
            codes: Arc::new(embedded::codes(folder)?),
            settings: embedded::settings(folder)?,
        })
    }

    /// Opens the database, up to date; the data folder is made where it is missing.
    ///
    /// # Errors
    /// What could not be made or opened.
    pub(crate) fn open(&self) -> Result<Pool, Failure> {
        let folder = self.data_dir.display();
        std::fs::create_dir_all(&self.data_dir)
            .map_err(Failure::io(&format!("making the data folder {folder}")))?;
        let pool = Pool::open(&self.database, CONNECTIONS)?;
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
        if let DatabaseUrl::Sqlite(path) = &self.database
            && !path.is_file()
        {
            return Err(Failure::Failed(format!(
                "{}: there is no database; start with `sanviec serve` or `sanviec import`, or look at \
                 --data-dir",
                path.display()
            )));
        }
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
