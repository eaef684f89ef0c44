//! The vacancies that can be found, kept up as they come, change and go.

use std::sync::Arc;

use domain::code::{Codes, IscoCode};
use domain::id::VacancyId;
use domain::vacancy::Vacancy;

use crate::ask::{Answer, Ask};
use crate::facet::Trades;
use crate::lexicon::Lexicon;
use crate::part::{Entry, Laid, Part};
use crate::search::Search;
use crate::stats::Stats;
use crate::vocabulary::Vocabulary;

/// A part that is less than so many times as large as the one after it is laid out anew with it, so
/// that a change costs little and parts stay few.
const RATIO: usize = 4;
/// The first part is not laid out anew for fewer than these: what words tell is reckoned then.
const LEAST: usize = 1_000;

/// Says which occupation some words name.
pub type Trade = dyn Fn(&str) -> Option<IscoCode> + Send + Sync;

/// What an index is made with.
#[derive(Clone)]
pub struct Means {
    /// Code lists.
    pub codes: Arc<Codes>,
    /// What queries are understood with.
    pub vocabulary: Arc<Vocabulary>,
    /// Says which occupation the words of a query name.
    pub trade: Arc<Trade>,
    /// How trades are numbered.
    pub trades: Arc<Trades>,
}

/// All vacancies by their words. A clone shares what was laid out; who searches keeps the state
/// that it took.
///
/// How much a word tells is reckoned when all vacancies are laid out and stays so while they come
/// and go: places in a list do not move, and pages follow each other without a gap.
#[derive(Clone)]
pub struct TextIndex {
    /// What was laid out at once, and what has changed since: each much smaller than the one before.
    pub(crate) parts: Vec<Part>,
    pub(crate) stats: Arc<Stats>,
    pub(crate) codes: Arc<Codes>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) trade: Arc<Trade>,
    trades: Arc<Trades>,
}

impl TextIndex {
    /// The words of these vacancies.
    pub fn new(vacancies: &[Arc<Vacancy>], means: Means) -> Self {
        let laid = Laid::new(vacancies, &means.codes, &*means.trades, None);
        let stats = Stats::of(&laid.segment);
        let base = Part {
            laid: Arc::new(laid),
            ..Part::default()
        };
        Self {
            parts: vec![base],
            stats: Arc::new(stats),
            codes: means.codes,
            vocabulary: means.vocabulary,
            trade: means.trade,
            trades: means.trades,
        }
    }

    /// Takes in changes: vacancies as they are now, and those that are gone.
    pub fn change(&mut self, now: &[Arc<Vacancy>], gone: &[VacancyId]) {
        for &id in gone
            .iter()
            .chain(now.iter().map(|vacancy| &vacancy.offer.id))
        {
            for part in &mut self.parts {
                part.remove(id);
            }
        }
        let mut last: Vec<Arc<Vacancy>> = now.to_vec();
        while let Some(before) = self.parts.pop() {
            let is_base = self.parts.is_empty();
            let size = before.vacancies().count();
            let is_larger = size > 0 && size >= last.len().saturating_mul(RATIO);
            if is_larger || is_base && last.len() < LEAST {
                self.parts.push(before);
                break;
            }
            last.extend(before.vacancies().map(Arc::clone));
            if is_base {
                *self = Self::new(&last, self.means());
                return;
            }
        }
        if !last.is_empty() {
            let laid = Laid::new(&last, &self.codes, &*self.trades, Some(&self.stats));
            self.parts.push(Part {
                laid: Arc::new(laid),
                ..Part::default()
            });
        }
    }

    /// What it was made with.
    pub fn means(&self) -> Means {
        Means {
            codes: Arc::clone(&self.codes),
            vocabulary: Arc::clone(&self.vocabulary),
            trade: Arc::clone(&self.trade),
            trades: Arc::clone(&self.trades),
        }
    }

    /// How many vacancies there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.vacancies().count()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A vacancy by its id.
    pub fn get(&self, id: VacancyId) -> Option<&Arc<Vacancy>> {
        self.entry(id).map(|entry| &entry.vacancy)
    }

    pub(crate) fn entry(&self, id: VacancyId) -> Option<&Entry> {
        self.parts.iter().find_map(|part| {
            let row = part.laid.segment.row(id)?;
            part.laid.entry(row).filter(|_| !part.gone.contains(row))
        })
    }

    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon {
            segments: self.parts.iter().map(|part| &part.laid.segment).collect(),
        }
    }

    /// What was found.
    pub fn search(&self, ask: Ask<'_>) -> Answer {
        Search::new(self, ask).answer()
    }
}
