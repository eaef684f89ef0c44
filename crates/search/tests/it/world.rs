//! A small world: vacancies as they are needed, code lists and vocabulary of the repository.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::{Days, NaiveDate};
use domain::code::{
    Benefits, Codes, CommuneIx, Contracts, IscoCode, LegacyProvinceIx, ProvinceIx, Shifts,
};
use domain::id::{EmployerId, VacancyId};
use domain::reading::wage::{Period, Wage};
use domain::text::fold;
use domain::vacancy::{Asked, Assumed, Offer, Origin, Status, Vacancy, Workplace};
use search::ask::{Answer, Ask};
use search::vocabulary::{Texts, Vocabulary};
use search::{Means, TextIndex};

pub(crate) fn codes() -> &'static Arc<Codes> {
    static CODES: LazyLock<Arc<Codes>> = LazyLock::new(|| Arc::new(bench_world::codes().unwrap()));
    &CODES
}

fn vocabulary() -> Arc<Vocabulary> {
    static VOCABULARY: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/search");
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let texts = Texts {
            synonyms: &text("synonyms.csv"),
            phrases: &text("phrases.csv"),
            places: &text("places.csv"),
            ambiguous: &text("ambiguous.csv"),
        };
        let home = codes().units.province_by_code("51");
        Arc::new(Vocabulary::read(texts, home, codes()).unwrap())
    });
    Arc::clone(&VOCABULARY)
}

/// Drivers are the only trade that is known by its words.
pub(crate) fn means() -> Means {
    let driver: IscoCode = "8322".parse().unwrap();
    Means {
        codes: Arc::clone(codes()),
        vocabulary: vocabulary(),
        trade: Arc::new(move |words| fold(words).contains("lai xe").then_some(driver)),
        trades: Arc::new(|code| Some(u8::try_from(code.prefix(1)?.value()).unwrap())),
    }
}

pub(crate) fn index(vacancies: &[Arc<Vacancy>]) -> TextIndex {
    TextIndex::new(vacancies, means())
}

/// An index of vacancies with these titles, numbered from 1.
pub(crate) fn titles(titles: &[&str]) -> TextIndex {
    let all = (1..).zip(titles);
    let all: Vec<_> = all
        .map(|(number, title)| Draft::new(number, title).done())
        .collect();
    index(&all)
}

pub(crate) fn id(number: u32) -> VacancyId {
    VacancyId::from_u128(number.into())
}

pub(crate) fn number(id: VacancyId) -> u32 {
    u32::try_from(id.as_u128()).unwrap()
}

pub(crate) fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(number)
}

/// Those that have all that was asked for, in their order.
pub(crate) fn found(index: &TextIndex, text: &str) -> Vec<u32> {
    exact(&index.search(Ask::new(text, 1_000)))
}

pub(crate) fn exact(answer: &Answer) -> Vec<u32> {
    let exact = answer.places.iter().filter(|place| !place.is_near);
    exact.map(|place| number(place.id.0)).collect()
}

pub(crate) fn commune(name: &str) -> CommuneIx {
    let mut all = (0..).map(CommuneIx).zip(codes().units.communes());
    all.find(|(_, unit)| unit.name == name).unwrap().0
}

pub(crate) fn province(name: &str) -> ProvinceIx {
    let mut all = (0..).map(ProvinceIx).zip(codes().units.provinces());
    all.find(|(_, unit)| unit.short == name).unwrap().0
}

pub(crate) fn old_province(name: &str) -> LegacyProvinceIx {
    let mut all = (0..)
        .map(LegacyProvinceIx)
        .zip(codes().units.legacy_provinces());
    all.find(|(_, unit)| unit.short == name).unwrap().0
}

/// A vacancy that is being written.
pub(crate) struct Draft(pub(crate) Vacancy);

impl Draft {
    pub(crate) fn new(number: u32, title: &str) -> Self {
        Self(Vacancy {
            occupation_confidence: None,
            offer: Offer {
                id: id(number),
                employer: EmployerId::from_u128(1),
                status: Status::Published,
                positions: 1,
                filled: 0,
                closes: None,
                skills: Asked::NotSaid,
                occupations: Vec::new(),
                level: Asked::NotSaid,
                field: None,
                workplaces: Vec::new(),
                remote: false,
                lodging: false,
                shuttle: false,
                abroad: false,
                months: Asked::NotSaid,
                wage: None,
                contracts: Contracts::EMPTY,
                shifts: Shifts::EMPTY,
                suits_minors: false,
            },
            title: title.to_owned(),
            description: String::new(),
            employer_name: "Cơ sở Bình Minh".to_owned(),
            origin: Origin::Own,
            source: None,
            external_ref: None,
            wage: Wage::NotSaid,
            wage_text: String::new(),
            place_text: String::new(),
            benefits: Benefits::EMPTY,
            published: Some(day(0)),
            assumed: Assumed::default(),
            revision: 1,
        })
    }

    pub(crate) fn at(mut self, place: Workplace) -> Self {
        self.0.offer.workplaces.push(place);
        self
    }

    pub(crate) fn wage(mut self, millions: u64) -> Self {
        let wage = millions * 1_000_000;
        self.0.wage = Wage::Range(wage, wage, Period::Month);
        self.0.offer.wage = Some(wage);
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Vacancy)) -> Self {
        change(&mut self.0);
        self
    }

    pub(crate) fn done(self) -> Arc<Vacancy> {
        Arc::new(self.0)
    }
}
