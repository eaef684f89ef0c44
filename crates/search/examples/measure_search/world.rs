//! The real vacancies, laid out, and the yardsticks that are held against them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::code::Codes;
use domain::id::VacancyId;
use domain::import::{Context, Interpreter, RawRow, employer_id};
use domain::reading::headings::field;
use domain::reading::wage::Rates;
use domain::vacancy::Vacancy;
use search::ask::Ask;
use search::bm25::Bm25;
use search::vocabulary::{Texts, Vocabulary};
use search::{Means, TextIndex};
use sha2::{Digest, Sha256};

/// Vacancies, and both ways to search them.
pub struct World {
    pub index: TextIndex,
    pub plain: Bm25,
    /// By their reference in the file.
    pub ids: HashMap<String, VacancyId>,
    pub by_id: HashMap<VacancyId, Vacancy>,
    pub laid_out: Duration,
}

impl World {
    /// The vacancies of the real file, with occupations as the classifier reads them.
    pub fn real() -> Self {
        let codes = codes();
        let (mut all, ids) = vacancies(&codes);
        let titles = text("config/classifier/occupation_titles.csv");
        let files = classifier::TrainingFiles {
            occupation_titles: &titles,
        };
        let model = classifier::Model::train(&codes, &files).unwrap();
        for vacancy in &mut all {
            let found = model.occupation(&vacancy.title, None);
            let sure = found.and_then(|found| found.sure(500));
            vacancy.offer.occupations = sure.map(|(code, _)| code).into_iter().collect();
        }
        let trade = move |words: &str| {
            model
                .occupation(words, None)?
                .sure(500)
                .map(|(code, _)| code)
        };
        let plain = Bm25::new(&all, &codes);
        let means = Means {
            vocabulary: Arc::new(vocabulary(&codes)),
            codes: Arc::new(codes),
            trade: Arc::new(trade),
            trades: Arc::new(|_| None),
        };
        let shared: Vec<Arc<Vacancy>> = all.iter().cloned().map(Arc::new).collect();
        let begun = Instant::now();
        let index = TextIndex::new(&shared, means);
        Self {
            laid_out: begun.elapsed(),
            by_id: all
                .into_iter()
                .map(|vacancy| (vacancy.offer.id, vacancy))
                .collect(),
            index,
            plain,
            ids,
        }
    }

    /// The first ten.
    pub fn search(&self, query: &str) -> Vec<VacancyId> {
        let found = self.index.search(Ask::new(query, 10));
        found.places.iter().map(|place| place.id.0).collect()
    }
}

/// Whether this row of a yardstick may be looked at while tuning.
pub fn is_tuned(id: &str) -> bool {
    Sha256::digest(id.as_bytes())[0].is_multiple_of(2)
}

/// A yardstick.
pub fn table(name: &str) -> Vec<csv::StringRecord> {
    let path = workspace().join("tests/yardsticks").join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path)).unwrap()
}

fn codes() -> Codes {
    let folder = workspace().join("config/codes");
    let text = |name: &str| {
        std::fs::read_to_string(folder.join(name))
            .ok()
            .map(Cow::Owned)
    };
    Codes::from_texts(&text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn vocabulary(codes: &Codes) -> Vocabulary {
    let texts = Texts {
        synonyms: &text("config/search/synonyms.csv"),
        phrases: &text("config/search/phrases.csv"),
        places: &text("config/search/places.csv"),
        ambiguous: &text("config/search/ambiguous.csv"),
    };
    let home = codes.units.province_by_code("51");
    Vocabulary::read(texts, home, codes).unwrap_or_else(|error| panic!("{error}"))
}

fn vacancies(codes: &Codes) -> (Vec<Vacancy>, HashMap<String, VacancyId>) {
    let folder = std::env::var_os("SANVIEC_REAL_DATA")
        .map_or_else(|| workspace().join("../shared/data"), PathBuf::from);
    let rates = Rates {
        hours: 208,
        days: 26,
        up_to: 750,
    };
    let interpreter = Interpreter::new(codes, rates, 26_300);
    let mut reader = csv::Reader::from_path(folder.join("vacancies_2025_10.csv")).unwrap();
    let fields: Vec<_> = reader.headers().unwrap().iter().map(field).collect();
    let mut ids = HashMap::new();
    let mut all = Vec::new();
    for (line, record) in (2..).zip(reader.records()) {
        let record = record.unwrap();
        let cells = fields.iter().zip(&record);
        let cells = cells.filter_map(|(field, text)| Some(((*field)?, text.to_owned())));
        let context = Context {
            source: "real".to_owned(),
            today: "2025-11-01".parse().unwrap(),
            line,
        };
        let row = interpreter
            .interpret(&RawRow::new(cells), &context)
            .unwrap();
        let id = VacancyId::from_u128(u128::from(line));
        ids.insert(row.external_ref.clone(), id);
        let employer = employer_id(row.employer_name());
        all.push(row.into_vacancy(id, employer));
    }
    (all, ids)
}
