//! The exchange as the pages and the API see it, over the snapshot in memory.

use std::sync::Arc;
use std::time::Duration;

use api::exchange::{
    Coded, Exchange, Label, Overview, PlaceRead, Readiness, SearchAnswer, SearchAsk, SkillAsked,
    Start, Trade, Trouble, Unready, VacancyDetail, VacancyRow, Wider,
};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::code::{Codes, Lang, ProvinceIx};
use domain::error::{Error, FieldError};
use domain::id::VacancyId;
use domain::text::fold;
use domain::vacancy::{Asked, Origin, Status, Vacancy, Workplace};
use matching::explain::Words;

use crate::clock::stamp;
use crate::live::{Live, Shown, Snapshot};

/// Seconds after which asking again makes sense.
const RETRY_AFTER: u32 = 2;
/// A change is to be seen within this time.
const MOST_BEHIND: Duration = Duration::from_secs(1);
/// How many of the newest vacancies the home page shows.
const NEWEST: usize = 5;

/// The exchange over what is kept in memory.
pub(crate) struct LiveExchange {
    /// What is kept.
    pub(crate) live: Arc<Live>,
    /// Code lists.
    pub(crate) codes: Arc<Codes>,
}

/// A place that a reader wrote.
enum Asks {
    Anywhere,
    Province(ProvinceIx),
    Commune(domain::code::CommuneIx),
    Unknown,
}

impl Exchange for LiveExchange {
    fn ready(&self) -> Readiness {
        let reason = if self.live.is_filled() {
            match self.live.behind() {
                Err(_) => Unready::DatabaseUnreachable,
                Ok(behind) if behind > 0 && self.live.is_older_than(MOST_BEHIND) => {
                    Unready::IndexBehind {
                        changes: u64::try_from(behind).unwrap_or(0),
                    }
                }
                Ok(_) => return Readiness::Ready,
            }
        } else {
            Unready::IndexRebuilding
        };
        Readiness::NotReady {
            reasons: vec![reason],
            retry_after: RETRY_AFTER,
        }
    }

    fn today(&self) -> NaiveDate {
        stamp().today()
    }

    fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, Trouble> {
        let snapshot = self.snapshot()?;
        let today = self.today();
        let place = self.place(&ask.place);
        let folded = fold(&ask.q);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let open = open(&snapshot, today);
        let count = |words: &[&str], place: &Asks, trade: Option<Trade>| {
            let hits = open.iter();
            hits.filter(|shown| self.fits(shown, words, place, trade))
                .count() as u64
        };
        let hits: Vec<&Arc<Shown>> = open
            .iter()
            .filter(|shown| self.fits(shown, &words, &place, ask.trade))
            .collect();
        let begin = match &ask.start {
            Start::First => 0,
            Start::Skip(skip) => *skip as usize,
            Start::After(cursor) => {
                let (day, id) = read_cursor(cursor)?;
                hits.iter()
                    .position(|shown| place_of(&shown.vacancy) < (day, id))
                    .unwrap_or(hits.len())
            }
        };
        let total = hits.len();
        let page: Vec<&Arc<Shown>> = hits
            .into_iter()
            .skip(begin)
            .take(usize::from(ask.limit))
            .collect();
        let items: Vec<VacancyRow> = page.iter().map(|shown| self.row(&shown.vacancy)).collect();
        let has_more = begin + items.len() < total;
        Ok(SearchAnswer {
            total: total as u64,
            next_cursor: page
                .last()
                .filter(|_| has_more)
                .map(|shown| cursor(&shown.vacancy)),
            wider: if total == 0 {
                Wider {
                    without_words: (!words.is_empty()).then(|| count(&[], &place, ask.trade)),
                    without_place: (!ask.place.is_empty())
                        .then(|| count(&words, &Asks::Anywhere, ask.trade)),
                    without_trade: ask.trade.map(|_| count(&words, &place, None)),
                }
            } else {
                Wider::default()
            },
            place: self.place_read(&place),
            items,
        })
    }

    fn vacancy(&self, id: &str) -> Result<VacancyDetail, Trouble> {
        let id: VacancyId = id.parse().map_err(|_| Trouble::NotFound)?;
        let conn = &mut *self.live.pool().get().map_err(trouble)?;
        let vacancy =
            store::vacancy::find(conn, &self.codes, Actor::Visitor, id).map_err(trouble)?;
        Ok(self.detail(&vacancy))
    }

    fn overview(&self) -> Result<Overview, Trouble> {
        let snapshot = self.snapshot()?;
        let open = open(&snapshot, self.today());
        let mut trades: Vec<(Trade, u64)> = Vec::new();
        for trade in open.iter().filter_map(|shown| trade_of(&shown.vacancy)) {
            match trades.iter_mut().find(|(known, _)| *known == trade) {
                Some((_, count)) => *count += 1,
                None => trades.push((trade, 1)),
            }
        }
        let left = |shown: &Arc<Shown>| {
            let offer = &shown.vacancy.offer;
            u64::from(offer.positions.saturating_sub(offer.filled))
        };
        Ok(Overview {
            vacancies: open.len() as u64,
            positions: open.iter().map(left).sum(),
            trades,
            newest: open
                .iter()
                .take(NEWEST)
                .map(|shown| self.row(&shown.vacancy))
                .collect(),
            places: self
                .codes
                .units
                .provinces()
                .iter()
                .map(|unit| unit.short.clone())
                .collect(),
        })
    }
}

impl LiveExchange {
    /// What is served, once there is something: nothing wrong is served before.
    fn snapshot(&self) -> Result<Arc<Snapshot>, Trouble> {
        if self.live.is_filled() {
            Ok(self.live.snapshot())
        } else {
            Err(Trouble::Unavailable {
                retry_after: RETRY_AFTER,
                reasons: vec![Unready::IndexRebuilding],
            })
        }
    }

    fn place(&self, text: &str) -> Asks {
        let units = &self.codes.units;
        let asked = fold(text);
        if asked.is_empty() {
            return Asks::Anywhere;
        }
        let named = |short: &str, name: &str| fold(short) == asked || fold(name) == asked;
        let provinces = (0_u8..).zip(units.provinces());
        if let Some((at, _)) = provinces
            .into_iter()
            .find(|(_, unit)| named(&unit.short, &unit.name))
        {
            return Asks::Province(ProvinceIx(at));
        }
        if let Some(unit) = units
            .legacy_provinces()
            .iter()
            .find(|unit| named(&unit.short, &unit.name))
        {
            return Asks::Province(unit.province);
        }
        let mut communes = (0_u16..)
            .zip(units.communes())
            .filter(|(_, unit)| named(&unit.short, &unit.name));
        match (communes.next(), communes.next()) {
            // A name that several communes have cannot be told.
            (Some((at, _)), None) => Asks::Commune(domain::code::CommuneIx(at)),
            _ => Asks::Unknown,
        }
    }

    fn place_read(&self, place: &Asks) -> PlaceRead {
        let units = &self.codes.units;
        let name = match place {
            Asks::Anywhere => return PlaceRead::Anywhere,
            Asks::Unknown => None,
            Asks::Province(at) => units.province(*at).map(|unit| unit.name.clone()),
            Asks::Commune(at) => units.commune(*at).map(|unit| unit.name.clone()),
        };
        name.map_or(PlaceRead::Unknown, PlaceRead::Known)
    }

    fn fits(&self, shown: &Shown, words: &[&str], place: &Asks, trade: Option<Trade>) -> bool {
        let offer = &shown.vacancy.offer;
        let here = match place {
            Asks::Anywhere | Asks::Unknown => true,
            Asks::Province(province) => {
                offer.remote
                    || offer
                        .workplaces
                        .iter()
                        .any(|&at| self.province_of(at) == Some(*province))
            }
            Asks::Commune(commune) => offer.workplaces.contains(&Workplace::Commune(*commune)),
        };
        here && trade.is_none_or(|trade| trade_of(&shown.vacancy) == Some(trade))
            && words.iter().all(|word| shown.words.contains(word))
    }

    fn province_of(&self, place: Workplace) -> Option<ProvinceIx> {
        let units = &self.codes.units;
        match place {
            Workplace::Commune(at) => units.commune(at).map(|unit| unit.province),
            Workplace::Province(at) => Some(at),
            Workplace::LegacyProvince(at) => units.legacy_province(at).map(|unit| unit.province),
        }
    }

    fn place_name(&self, place: Workplace) -> Option<String> {
        let units = &self.codes.units;
        Some(match place {
            Workplace::Commune(at) => {
                let commune = units.commune(at)?;
                format!(
                    "{}, {}",
                    commune.name,
                    units.province(commune.province)?.short
                )
            }
            Workplace::Province(at) => units.province(at)?.short.clone(),
            Workplace::LegacyProvince(at) => {
                let before = units.legacy_province(at)?;
                let today = units.province(before.province)?;
                if before.short == today.short {
                    today.short.clone()
                } else {
                    format!("{} (nay thuộc {})", before.short, today.short)
                }
            }
        })
    }

    fn row(&self, vacancy: &Vacancy) -> VacancyRow {
        let offer = &vacancy.offer;
        VacancyRow {
            id: offer.id.to_string(),
            title: vacancy.title.clone(),
            employer: vacancy.employer_name.clone(),
            verified: vacancy.origin == Origin::Own,
            origin: vacancy.origin,
            source: vacancy.source.clone(),
            wage: vacancy.wage,
            places: offer
                .workplaces
                .iter()
                .filter_map(|&place| self.place_name(place))
                .collect(),
            remote: offer.remote,
            benefits: vacancy.benefits,
            positions: offer.positions,
            posted: vacancy.published,
            closes: offer.closes,
        }
    }

    fn detail(&self, vacancy: &Vacancy) -> VacancyDetail {
        let offer = &vacancy.offer;
        let name = |of: &dyn Fn(Lang) -> String| Label {
            vi: of(Lang::Vi),
            en: of(Lang::En),
        };
        let skill = |asked: &domain::vacancy::AskedSkill| SkillAsked {
            skill: Coded {
                code: self
                    .codes
                    .skills
                    .get(asked.skill)
                    .map_or_else(String::new, |skill| skill.code.clone()),
                name: name(&|lang| self.codes.skills.label(asked.skill, lang).to_owned()),
            },
            essential: asked.essential,
        };
        VacancyDetail {
            row: self.row(vacancy),
            open: offer.is_open(self.today()) && offer.status != Status::Expired,
            description: vacancy.description.clone(),
            wage_text: vacancy.wage_text.clone(),
            place_text: vacancy.place_text.clone(),
            external_ref: vacancy.external_ref.clone(),
            occupations: offer
                .occupations
                .iter()
                .map(|&code| Coded {
                    code: code.to_string(),
                    name: name(&|lang| {
                        let occupations = &self.codes.occupations;
                        occupations.name(code, lang).unwrap_or_default().to_owned()
                    }),
                })
                .collect(),
            skills: match &offer.skills {
                Asked::NotSaid => Asked::NotSaid,
                Asked::NotRequired => Asked::NotRequired,
                Asked::Required(skills) => Asked::Required(skills.iter().map(skill).collect()),
            },
            level: match &offer.level {
                Asked::NotSaid => Asked::NotSaid,
                Asked::NotRequired => Asked::NotRequired,
                Asked::Required(rank) => {
                    Asked::Required(name(&|lang| Words::new(&self.codes, lang).level(*rank)))
                }
            },
            months: offer.months.clone(),
            contracts: offer.contracts,
            shifts: offer.shifts,
        }
    }
}

fn trade_of(vacancy: &Vacancy) -> Option<Trade> {
    vacancy
        .offer
        .occupations
        .first()
        .and_then(|code| Trade::of_isco(&code.to_string()))
}

/// What may be applied for, newest first.
fn open(snapshot: &Snapshot, today: NaiveDate) -> Vec<Arc<Shown>> {
    let mut open: Vec<Arc<Shown>> = snapshot
        .shown
        .values()
        .filter(|shown| shown.vacancy.offer.is_open(today))
        .cloned()
        .collect();
    open.sort_unstable_by_key(|shown| std::cmp::Reverse(place_of(&shown.vacancy)));
    open
}

/// Many are published on the same day: the id keeps the pages stable.
fn place_of(vacancy: &Vacancy) -> (NaiveDate, VacancyId) {
    (
        vacancy.published.unwrap_or(NaiveDate::MIN),
        vacancy.offer.id,
    )
}

fn cursor(vacancy: &Vacancy) -> String {
    let (day, id) = place_of(vacancy);
    format!("{day}_{id}")
}

fn read_cursor(cursor: &str) -> Result<(NaiveDate, VacancyId), Trouble> {
    cursor
        .split_once('_')
        .and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)))
        .ok_or_else(|| {
            Trouble::Invalid(vec![FieldError {
                field: "cursor".to_owned(),
                value: domain::text::shorten(cursor, 80),
                expected: "next_cursor of an earlier answer".to_owned(),
            }])
        })
}

fn trouble(error: Error) -> Trouble {
    match error {
        Error::NotFound | Error::Forbidden => Trouble::NotFound,
        Error::Invalid(fields) => Trouble::Invalid(fields),
        Error::Unavailable(_) => Trouble::Unavailable {
            retry_after: RETRY_AFTER,
            reasons: vec![Unready::DatabaseUnreachable],
        },
        other => Trouble::Internal(Box::new(other)),
    }
}
