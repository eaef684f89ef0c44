//! What is searched: every imported vacancy, of whatever source and also where it is over.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::id::VacancyId;
use domain::vacancy::Vacancy;
use search::TextIndex;
use search::ask::Ask;
use search::bm25::Bm25;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::house::House;

/// Answers that are looked at.
const MOST: usize = 10;

/// The search and plain BM25 over the same vacancies.
pub(super) struct Searched {
    index: TextIndex,
    plain: Bm25,
    by_ref: HashMap<String, Vec<VacancyId>>,
    /// How many there are.
    pub(super) vacancies: usize,
}

impl Searched {
    /// Reads them from the database.
    ///
    /// # Errors
    /// Where there is no database, or nothing in it was imported.
    pub(super) fn read(house: &House) -> Result<Self, Failure> {
        let pool = house.open_existing()?;
        let mut all: Vec<Vacancy> = store::vacancy::all(&mut *pool.get()?, &house.codes)?;
        all.retain(|vacancy| vacancy.external_ref.is_some());
        if all.is_empty() {
            return Err(Failure::Failed(
                "chưa nhận tin nào từ tệp; chạy `sanviec import vacancies TỆP` trước / nothing was \
                 imported yet; run `sanviec import vacancies FILE` first"
                    .to_owned(),
            ));
        }
        let mut by_ref: HashMap<String, Vec<VacancyId>> = HashMap::new();
        for vacancy in &all {
            let name = vacancy.external_ref.clone().unwrap_or_default();
            by_ref.entry(name).or_default().push(vacancy.offer.id);
        }
        // Read now, or the first query would be timed with it.
        house.classifier.get()?;
        let plain = Bm25::new(&all, &house.codes);
        let vacancies = all.len();
        let shared: Vec<Arc<Vacancy>> = all.into_iter().map(Arc::new).collect();
        Ok(Self {
            index: TextIndex::new(&shared, house.means()?),
            plain,
            by_ref,
            vacancies,
        })
    }

    /// The vacancies with this reference in their source.
    pub(super) fn named(&self, reference: &str) -> &[VacancyId] {
        self.by_ref
            .get(reference)
            .map_or(&[], |known| known.as_slice())
    }

    /// The first answers of the search, and how long it took.
    pub(super) fn ours(&self, query: &str) -> (Vec<VacancyId>, Duration) {
        timed(|| {
            let found = self.index.search(Ask::new(query, MOST));
            found.places.iter().map(|place| place.id.0).collect()
        })
    }

    /// The first answers of plain BM25, and how long it took.
    pub(super) fn plain(&self, query: &str) -> (Vec<VacancyId>, Duration) {
        timed(|| self.plain.search(query, MOST))
    }
}

fn timed(search: impl FnOnce() -> Vec<VacancyId>) -> (Vec<VacancyId>, Duration) {
    let begun = Instant::now();
    let found = search();
    (found, begun.elapsed())
}

/// Whether a row with this id may be read while tuning.
pub(super) fn is_tuned(id: &str) -> bool {
    let first = Sha256::digest(id).first().copied();
    first.is_some_and(|byte| byte % 2 == 0)
}
