//! What every command stands on: configuration, code lists, the database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::code::{Codes, ProvinceIx};
use matching::index::WriteError;
use matching::settings::Settings;
use search::Means;
use store::{DatabaseUrl, Pool};

use crate::command::finding;
use crate::config::{self, Config};
use crate::embedded;
use crate::exchange::home;
use crate::failure::Failure;
use crate::keeper::{Keeper, NotKept};
use crate::live::Live;
use crate::means::means;
use crate::work::LazyClassifier;

/// The provinces of the highlands, to which the Centre belongs: Quảng Ngãi with what was Kon Tum,
/// Gia Lai, Đắk Lắk, Lâm Đồng.
const HIGHLANDS: [&str; 4] = ["51", "52", "66", "68"];

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
    /// The provinces from which names of places are read: the Centre's own, then its neighbours.
    pub(crate) home: Vec<ProvinceIx>,
    /// What tells occupations and skills.
    pub(crate) classifier: LazyClassifier,
    /// The Centre's own province.
    centre: Option<ProvinceIx>,
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
        let codes = Arc::new(embedded::codes(folder)?);
        let home = home(config.serve.centre.places(), &codes.units);
        let classifier = LazyClassifier::new(folder.map(Path::to_path_buf), Arc::clone(&codes));
        Ok(Self {
            home: around(home, &codes),
            classifier,
            centre: home,
            data_dir: config.data_dir.clone(),
            database: config.database.clone(),
            settings: config::ranking(folder)?.settings,
            codes,
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

    /// What is kept in memory of this database: nothing yet, and never the words.
    pub(crate) fn live_over(&self, pool: Pool) -> Live {
        Live::new(pool, Arc::clone(&self.codes), self.settings, None)
    }

    /// As [`Self::live_over`], with the words of vacancies.
    ///
    /// # Errors
    /// As [`Self::means`].
    pub(crate) fn searched_over(&self, pool: Pool) -> Result<Live, Failure> {
        let means = Some(self.means()?);
        Ok(Live::new(
            pool,
            Arc::clone(&self.codes),
            self.settings,
            means,
        ))
    }

    /// What vacancies are found by their words with.
    ///
    /// # Errors
    /// A list of the search that cannot be read.
    pub(crate) fn means(&self) -> Result<Means, Failure> {
        let folder = self.config.config_dir.as_deref();
        means(folder, self.centre, &self.codes, self.classifier.clone())
            .map_err(|error| Failure::Configuration(error.to_string()))
    }

    /// Where the index is.
    pub(crate) fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }
}

/// The Centre's province first; where that is one of the highlands, then the others of them.
fn around(home: Option<ProvinceIx>, codes: &Codes) -> Vec<ProvinceIx> {
    let highlands = HIGHLANDS
        .iter()
        .filter_map(|code| codes.units.province_by_code(code));
    let highlands: Vec<ProvinceIx> = highlands.collect();
    let others = highlands
        .iter()
        .filter(|&&other| Some(other) != home && home.is_some_and(|at| highlands.contains(&at)));
    home.into_iter().chain(others.copied()).collect()
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
