//! The exchange as the pages and the API see it, over the snapshot in memory.

mod place;
mod said;
mod words;

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::Duration;

use api::exchange::{
    Coded, Exchange, Label, Overview, Readiness, SearchAnswer, SearchAsk, SkillAsked, Start, Trade,
    Trouble, Unready, VacancyDetail, VacancyRow, Wider,
};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::code::{AdminUnits, Codes, Lang};
use domain::error::Error;
use domain::id::VacancyId;
use domain::vacancy::{Asked as Demand, Confidence, Origin, Status, Vacancy};
use matching::explain::Words;

use crate::clock::stamp;
use crate::live::{Live, Shown, Snapshot};
use place::{Asks, workplace};
use said::said;
use words::{Asked, Tier};

pub(crate) use place::Places;
pub(crate) use words::FoundBy;

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
    /// What readers may call a place.
    pub(crate) places: Places,
}

/// The vacancies that may be applied for now.
struct Query<'c> {
    open: Vec<Arc<Shown>>,
    units: &'c AdminUnits,
}

/// A vacancy that has the words of a search.
struct Hit<'s> {
    shown: &'s Shown,
    tier: Tier,
}

/// Where a hit stands, the best first: many are published on the same day, and the id keeps the
/// pages stable.
type Rank = (Tier, Reverse<(NaiveDate, VacancyId)>);

impl Hit<'_> {
    fn rank(&self) -> Rank {
        (self.tier, Reverse(place_of(&self.shown.vacancy)))
    }
}

impl Query<'_> {
    fn hits(&self, q: &str, place: &Asks, trade: Option<Trade>) -> Vec<Hit<'_>> {
        let fits = |shown: &Shown| {
            place.fits(&shown.vacancy.offer, self.units)
                && trade.is_none_or(|trade| trade_of(&shown.vacancy) == Some(trade))
        };
        let open = self.open.iter().map(Arc::as_ref);
        let here: Vec<&Shown> = open.filter(|shown| fits(shown)).collect();
        let hits = |asked: Asked| -> Vec<Hit<'_>> {
            let tiers = here.iter().map(|shown| asked.tier(&shown.found_by));
            let hits = here.iter().zip(tiers);
            hits.filter_map(|(&shown, tier)| tier.map(|tier| Hit { shown, tier }))
                .collect()
        };
        let mut read = Asked::readings(q).into_iter().map(hits);
        let mut hits = read.find(|hits| !hits.is_empty()).unwrap_or_default();
        hits.sort_unstable_by_key(Hit::rank);
        hits
    }

    /// How many there would be with a condition fewer.
    fn wider(&self, ask: &SearchAsk, place: &Asks) -> Wider {
        let count = |q: &str, place: &Asks, trade| self.hits(q, place, trade).len() as u64;
        Wider {
            without_words: (!ask.q.is_empty()).then(|| count("", place, ask.trade)),
            without_place: (!ask.place.is_empty())
                .then(|| count(&ask.q, &Asks::Anywhere, ask.trade)),
            without_trade: ask.trade.map(|_| count(&ask.q, place, None)),
        }
    }
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
        let units = &self.codes.units;
        let query = Query {
            open: open(&snapshot, self.today()),
            units,
        };
        let place = self.places.read(&ask.place, units);
        let hits = query.hits(&ask.q, &place, ask.trade);
        let begin = match &ask.start {
            Start::First => 0,
            Start::Skip(skip) => *skip as usize,
            Start::After(cursor) => {
                let last = read_cursor(cursor)?;
                hits.partition_point(|hit| hit.rank() <= last)
            }
        };
        let total = hits.len();
        let page: Vec<&Hit<'_>> = hits
            .iter()
            .skip(begin)
            .take(usize::from(ask.limit))
            .collect();
        let has_more = begin.saturating_add(page.len()) < total;
        Ok(SearchAnswer {
            total: total as u64,
            next_cursor: page.last().filter(|_| has_more).map(|hit| cursor(hit)),
            wider: if total == 0 {
                query.wider(ask, &place)
            } else {
                Wider::default()
            },
            place: place.understood(units),
            items: page
                .iter()
                .map(|hit| self.row(&hit.shown.vacancy))
                .collect(),
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

    fn row(&self, vacancy: &Vacancy) -> VacancyRow {
        let offer = &vacancy.offer;
        let said = said(vacancy);
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
                .filter_map(|&place| workplace(place, &self.codes.units))
                .collect(),
            remote: offer.remote,
            benefits: vacancy.benefits,
            positions: said.positions,
            posted: said.posted,
            fetched: said.fetched,
            closes: said.closes,
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
            inferred: asked.confidence < Confidence::SURE,
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
                Demand::NotSaid => Demand::NotSaid,
                Demand::NotRequired => Demand::NotRequired,
                Demand::Required(skills) => Demand::Required(skills.iter().map(skill).collect()),
            },
            level: match &offer.level {
                Demand::NotSaid => Demand::NotSaid,
                Demand::NotRequired => Demand::NotRequired,
                Demand::Required(rank) => {
                    Demand::Required(name(&|lang| Words::new(&self.codes, lang).level(*rank)))
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

fn place_of(vacancy: &Vacancy) -> (NaiveDate, VacancyId) {
    (
        vacancy.published.unwrap_or(NaiveDate::MIN),
        vacancy.offer.id,
    )
}

fn cursor(hit: &Hit<'_>) -> String {
    let (tier, Reverse((day, id))) = hit.rank();
    format!("{}_{day}_{id}", tier as u8)
}

fn read_cursor(cursor: &str) -> Result<Rank, Trouble> {
    let read = || {
        let (tier, place) = cursor.split_once('_')?;
        let (day, id) = place.split_once('_')?;
        let tier = Tier::ALL
            .into_iter()
            .find(|known| (*known as u8).to_string() == tier)?;
        Some((tier, Reverse((day.parse().ok()?, id.parse().ok()?))))
    };
    read().ok_or_else(|| Trouble::StrangeCursor(cursor.to_owned()))
}

fn trouble(error: Error) -> Trouble {
    match error {
        Error::NotFound | Error::Forbidden => Trouble::NotFound,
        Error::Unavailable(_) => Trouble::Unavailable {
            retry_after: RETRY_AFTER,
            reasons: vec![Unready::DatabaseUnreachable],
        },
        other => Trouble::Internal(Box::new(other)),
    }
}
