//! What vacancies are found by their words with: lists that are built in, and the code lists.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use api::exchange::Trade;
use domain::code::{Codes, IscoCode, ProvinceIx};
use rust_embed::RustEmbed;
use search::Means;
use search::vocabulary::{BadVocabulary, Texts, Vocabulary};

use crate::exchange::trade_number;
use crate::work::LazyClassifier;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../config/search"]
#[include = "*.csv"]
struct Lists;

/// A list of the search that cannot be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadMeans {
    /// A file of the folder that cannot be read.
    #[error("search/{name}: {error}")]
    File {
        /// Its name.
        name: &'static str,
        /// Why.
        error: std::io::Error,
    },
    /// A line that cannot be read.
    #[error("search/{0}")]
    List(#[from] BadVocabulary),
}

/// The lists; files in `folder/search` stand above those built in.
///
/// # Errors
/// The first that cannot be read.
pub(crate) fn means(
    folder: Option<&Path>,
    home: Option<ProvinceIx>,
    codes: &Arc<Codes>,
    classifier: LazyClassifier,
) -> Result<Means, BadMeans> {
    let own = folder.map(|folder| folder.join("search"));
    let text = |name| list(own.as_deref(), name);
    let texts = Texts {
        synonyms: &text("synonyms.csv")?,
        phrases: &text("phrases.csv")?,
        places: &text("places.csv")?,
        ambiguous: &text("ambiguous.csv")?,
    };
    Ok(Means {
        vocabulary: Arc::new(Vocabulary::read(texts, home, codes)?),
        codes: Arc::clone(codes),
        trade: Arc::new(move |words| classifier.trade(words)),
        trades: Arc::new(number),
    })
}

fn number(code: IscoCode) -> Option<u8> {
    trade_number(Trade::of_isco(&code.to_string())?)
}

fn list(folder: Option<&Path>, name: &'static str) -> Result<Cow<'static, str>, BadMeans> {
    let own = folder
        .map(|folder| folder.join(name))
        .filter(|path| path.exists());
    if let Some(path) = own {
        let text = std::fs::read_to_string(path);
        return text
            .map(Cow::Owned)
            .map_err(|error| BadMeans::File { name, error });
    }
    let built_in = Lists::get(name).map(|file| file.data).unwrap_or_default();
    Ok(match built_in {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    })
}
