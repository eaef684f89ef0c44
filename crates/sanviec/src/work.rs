//! What work words are about: the trained model and the phrases of the skills, read once, where a
//! command first needs them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use classifier::{FoundSkill, Model, ModelError, SkillReader};
use domain::code::{Codes, IscoCode};
use domain::import::{ReadOccupation, ReadSkill, Work, WorkReader};
use domain::vacancy::{AskedSkill, Confidence};

use crate::failure::Failure;

/// Where a model of one's own is in the configuration folder.
const FILE: &str = "classifier/model.bin";
/// Where titles of one's own are.
const TITLES: &str = "classifier/occupation_titles.csv";
/// The titles that are built in.
const BUILT_IN_TITLES: &str = include_str!("../../../config/classifier/occupation_titles.csv");
/// The trained model that is built in.
const BUILT_IN: &[u8] = include_bytes!("../../../config/classifier/model.bin");
/// An occupation is cut to the longest part that is at least so sure, in thousandths.
const SURE_ENOUGH: u16 = 500;

/// The classifier cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{place}: {why}\n  {mend}", mend = MEND)]
pub(crate) struct NoModel {
    place: String,
    why: String,
}

const MEND: &str = "Tạo lại bằng `sanviec train --out TỆP`, hoặc bỏ tệp đi để dùng mô hình có sẵn.\n  \
                    Make it anew with `sanviec train --out FILE`, or remove the file: one is built in.";

/// Reads occupations and skills.
pub(crate) struct Classifier {
    /// What tells occupations.
    pub(crate) model: Model,
    /// What finds skills.
    pub(crate) skills: SkillReader,
}

impl Classifier {
    /// The occupation that words name, as far as it is sure.
    fn trade(&self, words: &str) -> Option<IscoCode> {
        let found = self.model.occupation(words, None)?.sure(SURE_ENOUGH);
        found.map(|(code, _)| code)
    }
}

/// The classifier, once somebody needs it. A clone shares it.
#[derive(Clone)]
pub(crate) struct LazyClassifier {
    codes: Arc<Codes>,
    folder: Option<PathBuf>,
    read: Arc<OnceLock<Result<Classifier, NoModel>>>,
}

impl LazyClassifier {
    /// Nothing is read yet; a file of the folder stands above the one built in.
    pub(crate) fn new(folder: Option<PathBuf>, codes: Arc<Codes>) -> Self {
        Self {
            codes,
            folder,
            read: Arc::default(),
        }
    }

    /// The classifier.
    ///
    /// # Errors
    /// Where a file of the folder is no model.
    pub(crate) fn get(&self) -> Result<&Classifier, NoModel> {
        let read = self.read.get_or_init(|| {
            Ok(Classifier {
                model: self.model()?,
                skills: SkillReader::new(&self.codes),
            })
        });
        read.as_ref().map_err(NoModel::clone)
    }

    /// The occupation that words of a query name.
    pub(crate) fn trade(&self, words: &str) -> Option<IscoCode> {
        self.get().ok()?.trade(words)
    }

    fn model(&self) -> Result<Model, NoModel> {
        let own = self.folder.as_ref().map(|folder| folder.join(FILE));
        let own = own.filter(|path| path.exists());
        let place = own
            .as_ref()
            .map_or_else(|| FILE.to_owned(), |path| path.display().to_string());
        let failed = |why: String| NoModel {
            place: place.clone(),
            why,
        };
        let bytes = match &own {
            Some(path) => std::fs::read(path)
                .map(Cow::Owned)
                .map_err(|error| failed(error.to_string()))?,
            None => Cow::Borrowed(BUILT_IN),
        };
        Model::from_bytes(&bytes).map_err(|error| {
            let why = match error {
                ModelError::Mark => "không phải mô hình của bản này / no model of this version",
                ModelError::Damaged => "mô hình đã hỏng / the model is damaged",
            };
            failed(why.to_owned())
        })
    }
}

/// The titles from which the classifier is trained; a file of the folder stands above those built
/// in.
///
/// # Errors
/// Where the file cannot be read.
pub(crate) fn titles(folder: Option<&Path>) -> Result<Cow<'static, str>, Failure> {
    let own = folder.map(|folder| folder.join(TITLES));
    match own.filter(|path| path.exists()) {
        Some(path) => std::fs::read_to_string(&path)
            .map(Cow::Owned)
            .map_err(|error| Failure::Configuration(format!("{}: {error}", path.display()))),
        None => Ok(Cow::Borrowed(BUILT_IN_TITLES)),
    }
}

/// Reads what rows of a sheet are about.
pub(crate) struct RowReader<'c> {
    model: Cow<'c, Model>,
    skills: &'c SkillReader,
}

impl<'c> RowReader<'c> {
    /// With what officers have corrected.
    pub(crate) fn new(classifier: &'c Classifier, corrections: &[(String, IscoCode)]) -> Self {
        let model = if corrections.is_empty() {
            Cow::Borrowed(&classifier.model)
        } else {
            let corrections = corrections.iter();
            let corrections: Vec<_> = corrections.map(|(title, code)| (&**title, *code)).collect();
            Cow::Owned(classifier.model.clone().with_corrections(&corrections))
        };
        Self {
            model,
            skills: &classifier.skills,
        }
    }

    /// The whole code of the occupation, however unsure, with its confidence in thousandths.
    pub(crate) fn whole(&self, title: &str, text: &str) -> Option<(IscoCode, u16)> {
        let said = self.model.occupation(title, written(text))?;
        said.levels.last().copied()
    }
}

/// The text, where there is one.
fn written(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

impl WorkReader for RowReader<'_> {
    fn read(&self, title: &str, text: &str) -> Work {
        let text = written(text);
        let occupation = self.model.occupation(title, text).and_then(|said| {
            let (code, confidence) = said.sure(SURE_ENOUGH)?;
            Some(ReadOccupation {
                code,
                confidence: Confidence::thousandths(confidence)?,
                because: said.because,
            })
        });
        let found = self.skills.skills(&self.model, title, text);
        let mut skills: Vec<ReadSkill> = found.into_iter().map(asked).collect();
        skills.sort_by_key(|read| read.asked.skill);
        Work { occupation, skills }
    }
}

/// What the words ask for counts as essential: that it is only desirable, no text says reliably.
fn asked(found: FoundSkill) -> ReadSkill {
    ReadSkill {
        asked: AskedSkill {
            skill: found.skill,
            essential: true,
            confidence: found.confidence,
        },
        because: found.because,
    }
}
