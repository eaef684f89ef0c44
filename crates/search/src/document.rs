//! A vacancy as it is searched.

use domain::code::{Codes, Lang};
use domain::id::VacancyId;
use domain::text::fold;
use domain::vacancy::{Vacancy, Workplace};

use crate::words::{Memory, Word};

/// Words of a title that are looked at; no title of sense has more.
pub(crate) const TITLE_WORDS: usize = 64;
/// Words of names: employer, places, occupations, skills.
const NAME_WORDS: usize = 400;
/// Words of a description.
const TEXT_WORDS: usize = 5_000;

/// Skills that were read from text count from this confidence on, in thousandths.
const PROBABLE: u16 = 500;
/// What a wage in dollars is asked for by.
const DOLLARS: &str = "lương usd đô la";

/// The words of a vacancy.
pub(crate) struct Document {
    pub(crate) id: VacancyId,
    pub(crate) title: Vec<Word>,
    /// Each name by itself: words of two names are no pair.
    pub(crate) names: Vec<Vec<Word>>,
    pub(crate) text: Vec<Word>,
}

impl Document {
    pub(crate) fn of(vacancy: &Vacancy, codes: &Codes, memory: &mut Memory) -> Self {
        let mut names = Names {
            all: vec![memory.words(&vacancy.employer_name, NAME_WORDS)],
            left: NAME_WORDS,
            memory,
        };
        names.add(&vacancy.place_text);
        if fold(&vacancy.wage_text).contains("usd") {
            names.add(DOLLARS);
        }
        let offer = &vacancy.offer;
        for &place in &offer.workplaces {
            for name in place_names(place, codes) {
                names.add(name);
            }
        }
        for lang in [Lang::Vi, Lang::En] {
            for &code in &offer.occupations {
                names.add(codes.occupations.name(code, lang).unwrap_or_default());
            }
            let skills = offer.skills.required().into_iter().flatten();
            for asked in skills.filter(|asked| asked.confidence.get() >= PROBABLE) {
                names.add(codes.skills.label(asked.skill, lang));
            }
        }
        let Names { all, memory, .. } = names;
        Self {
            id: offer.id,
            title: memory.words(&vacancy.title, TITLE_WORDS),
            names: all,
            text: memory.words(&vacancy.description, TEXT_WORDS),
        }
    }
}

struct Names<'m> {
    all: Vec<Vec<Word>>,
    left: usize,
    memory: &'m mut Memory,
}

impl Names<'_> {
    fn add(&mut self, name: &str) {
        let found = self.memory.words(name, self.left);
        self.left = self.left.saturating_sub(found.len());
        if !found.is_empty() {
            self.all.push(found);
        }
    }
}

fn place_names(place: Workplace, codes: &Codes) -> Vec<&str> {
    let units = &codes.units;
    let province = |at| units.province(at).map(|unit| unit.short.as_str());
    let names = match place {
        Workplace::Commune(at) => {
            let commune = units.commune(at);
            [
                commune.map(|unit| unit.short.as_str()),
                commune.and_then(|unit| province(unit.province)),
            ]
        }
        Workplace::Province(at) => [province(at), None],
        Workplace::LegacyProvince(at) => {
            let old = units.legacy_province(at);
            [
                old.map(|unit| unit.short.as_str()),
                old.and_then(|unit| province(unit.province)),
            ]
        }
    };
    names.into_iter().flatten().collect()
}
