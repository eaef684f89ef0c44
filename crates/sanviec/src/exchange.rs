//! The exchange as the pages and the API see it, over the snapshot in memory.

mod cursor;
mod facets;
pub(crate) mod place;
mod said;

use std::sync::Arc;
use std::time::Duration;

use api::exchange::{
    Coded, Exchange, Label, Overview, Readiness, SearchAnswer, SearchAsk, SkillAsked, Sort, Start,
    Suggestion, SuggestionKind, Trade, Trouble, Understood, Unready, VacancyDetail, VacancyRow,
    WayOut,
};
use chrono::NaiveDate;
use domain::actor::Actor;
use domain::code::{Codes, Lang};
use domain::error::Error;
use domain::id::VacancyId;
use domain::vacancy::{Asked as Demand, Confidence, Origin, Status, Vacancy};
use matching::explain::Words;
use search::TextIndex;
use search::ask::{self, Answer, Ask, ChipKind, Condition, Drop, Place};

use crate::clock::stamp;
use crate::live::{Live, Snapshot};
use place::workplace;
use said::said;

pub(crate) use facets::trade_number;
pub(crate) use place::{Places, home};

/// Seconds after which asking again makes sense.
const RETRY_AFTER: u32 = 2;
/// A change is to be seen within this time.
const MOST_BEHIND: Duration = Duration::from_secs(1);
/// How many of the newest vacancies the home page shows.
const NEWEST: usize = 5;
/// Conditions of a query that are tried without, where nothing is found.
const MOST_WIDER: usize = 6;
/// How many that are like a vacancy are shown with it.
const SIMILAR: usize = 5;
/// How many that have most of what was asked for are shown where few have all.
const NEAR: usize = 10;

/// The exchange over what is kept in memory.
pub(crate) struct LiveExchange {
    /// What is kept.
    pub(crate) live: Arc<Live>,
    /// Code lists.
    pub(crate) codes: Arc<Codes>,
    /// What readers may call a place.
    pub(crate) places: Places,
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
        let place = self.places.read(&ask.place, units);
        let Some(filters) = facets::filters(ask.trade, &ask.narrow, &self.codes) else {
            return Ok(nothing(place.understood(units)));
        };
        let start = match &ask.start {
            Start::First => ask::Start::Skip(0),
            Start::Skip(skip) => ask::Start::Skip(*skip as usize),
            Start::After(cursor) => ask::Start::After(
                cursor::read(cursor).ok_or_else(|| Trouble::StrangeCursor(cursor.clone()))?,
            ),
        };
        let sort = match (ask.sort, place.commune()) {
            (Sort::Newest, _) => ask::Sort::Newest,
            (Sort::Wage, _) => ask::Sort::Wage,
            (Sort::Nearest, Some(home)) => ask::Sort::Nearest(home),
            (Sort::Fit, _) | (Sort::Nearest, None) => ask::Sort::Fit,
        };
        let is_nearest = matches!(sort, ask::Sort::Nearest(_));
        let text = words_of(&snapshot)?;
        let asked = Ask {
            filters,
            // Who asks for the nearest is shown what lies further away, too.
            place: place.place().filter(|_| !is_nearest),
            today: Some(self.today()),
            sort,
            start,
            ..Ask::new(&ask.q, usize::from(ask.limit))
        };
        let mut answer = self.answer(&snapshot, text.search(asked));
        if answer.total == 0 {
            for read in answer.understood.iter_mut().take(MOST_WIDER) {
                let wider = Ask {
                    text: &read.without,
                    start: ask::Start::Skip(0),
                    limit: 0,
                    ..asked
                };
                read.gives = Some(text.search(wider).total);
            }
        }
        Ok(SearchAnswer {
            place: place.understood(units),
            ..answer
        })
    }

    fn suggest(&self, text: &str, limit: u16) -> Result<Vec<Suggestion>, Trouble> {
        let snapshot = self.snapshot()?;
        let found = words_of(&snapshot)?.suggest(text, Some(self.today()), usize::from(limit));
        let suggestions = found.into_iter().map(|known| Suggestion {
            kind: match known.kind {
                search::suggest::Kind::Title => SuggestionKind::Title,
                search::suggest::Kind::Skill => SuggestionKind::Skill,
                search::suggest::Kind::Employer => SuggestionKind::Employer,
                search::suggest::Kind::Place => SuggestionKind::Place,
            },
            text: known.text,
            count: known.count,
        });
        Ok(suggestions.collect())
    }

    fn vacancy(&self, id: &str) -> Result<VacancyDetail, Trouble> {
        let id: VacancyId = id.parse().map_err(|_| Trouble::NotFound)?;
        let conn = &mut *self.live.pool().get().map_err(trouble)?;
        let vacancy =
            store::vacancy::find(conn, &self.codes, Actor::Visitor, id).map_err(trouble)?;
        Ok(VacancyDetail {
            similar: self.similar(id),
            ..self.detail(&vacancy)
        })
    }

    fn overview(&self) -> Result<Overview, Trouble> {
        let snapshot = self.snapshot()?;
        let today = self.today();
        let newest = words_of(&snapshot)?.search(Ask {
            today: Some(today),
            sort: ask::Sort::Newest,
            ..Ask::new("", NEWEST)
        });
        let open = || {
            let shown = snapshot.shown.values();
            shown.filter(|vacancy| vacancy.offer.is_open(today))
        };
        let mut trades: Vec<(Trade, u64)> = Vec::new();
        for trade in open().filter_map(|vacancy| trade_of(vacancy)) {
            match trades.iter_mut().find(|(known, _)| *known == trade) {
                Some((_, count)) => *count += 1,
                None => trades.push((trade, 1)),
            }
        }
        let left = |vacancy: &Arc<Vacancy>| {
            let offer = &vacancy.offer;
            u64::from(offer.positions.saturating_sub(offer.filled))
        };
        Ok(Overview {
            vacancies: newest.total,
            positions: open().map(left).sum(),
            trades,
            newest: self.rows(&snapshot, &newest.places),
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

    fn answer(&self, snapshot: &Snapshot, found: Answer) -> SearchAnswer {
        let (near, whole): (Vec<Place>, Vec<Place>) =
            found.places.into_iter().partition(|place| place.is_near);
        let near = near.get(..NEAR).unwrap_or(&near);
        // What is near comes only where few are found, after the last of them.
        let is_last = near.is_empty() && !found.has_more || whole.len() as u64 >= found.total;
        SearchAnswer {
            next_cursor: whole.last().filter(|_| !is_last).map(cursor::written),
            items: self.rows(snapshot, &whole),
            near: self.rows(snapshot, near),
            total: found.total,
            place: api::exchange::PlaceRead::Anywhere,
            understood: found.chips.into_iter().map(understood).collect(),
            corrected: found.corrected,
            facets: facets::counts(&found.counts, &self.codes),
            ways_out: found.drops.iter().map(way_out).collect(),
        }
    }

    fn rows(&self, snapshot: &Snapshot, places: &[Place]) -> Vec<VacancyRow> {
        let vacancies = places
            .iter()
            .filter_map(|place| snapshot.shown.get(&place.id.0));
        vacancies.map(|vacancy| self.row(vacancy)).collect()
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
            similar: Vec::new(),
        }
    }

    /// Open vacancies that are like this one; none before there is something to search in.
    fn similar(&self, id: VacancyId) -> Vec<VacancyRow> {
        let snapshot = self.live.snapshot();
        let text = snapshot.text.as_ref();
        let ids = text.map(|text| text.similar(id, Some(self.today()), SIMILAR));
        let ids = ids.unwrap_or_default().into_iter();
        let vacancies = ids.filter_map(|id| snapshot.shown.get(&id));
        vacancies.map(|vacancy| self.row(vacancy)).collect()
    }
}

fn trade_of(vacancy: &Vacancy) -> Option<Trade> {
    vacancy
        .offer
        .occupations
        .first()
        .and_then(|code| Trade::of_isco(&code.to_string()))
}

/// The words of vacancies, which a server has.
fn words_of(snapshot: &Snapshot) -> Result<&TextIndex, Trouble> {
    let missing = || Trouble::Internal("the words of vacancies were not laid out".into());
    snapshot.text.as_ref().ok_or_else(missing)
}

fn understood(chip: ask::Chip) -> Understood {
    Understood {
        words: chip.text,
        is_not: chip.kind == ChipKind::Not,
        without: chip.without,
        gives: None,
    }
}

fn way_out(drop: &Drop) -> WayOut {
    let facets = drop
        .conditions
        .iter()
        .filter_map(|condition| match condition {
            Condition::Filter(facet) => facets::named(*facet),
            Condition::Words | Condition::Place => None,
        });
    WayOut {
        words: drop.conditions.contains(&Condition::Words),
        place: drop.conditions.contains(&Condition::Place),
        facets: facets.collect(),
        count: drop.count,
    }
}

/// The answer where a filter lets nothing through.
const fn nothing(place: api::exchange::PlaceRead) -> SearchAnswer {
    SearchAnswer {
        items: Vec::new(),
        total: 0,
        next_cursor: None,
        place,
        near: Vec::new(),
        understood: Vec::new(),
        corrected: None,
        facets: Vec::new(),
        ways_out: Vec::new(),
    }
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
