//! `sanviec match`: who fits, and why; page after page; and what would change it.

mod cursor;
mod what_if;

use chrono::NaiveDate;
use domain::code::Lang;
use domain::error::Error;
use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::score;
use matching::explain::{Words, explain};
use matching::scan::{MOST, Page};
use serde_json::{Value, json};

use super::say;
use crate::arguments::Ranking;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use crate::live::Snapshot;
use cursor::{Cursor, Place};

/// How a ranking is asked for and said.
#[derive(Clone, Copy)]
struct Way {
    as_of: NaiveDate,
    limit: usize,
    why: bool,
    json: bool,
    lang: Lang,
}

/// Vacancies for a seeker.
pub(crate) fn seeker(house: &House, ask: &Ranking) -> Result<(), Failure> {
    let id: SeekerId = read_id(&ask.id)?;
    let live = house.live()?;
    let snapshot = live.snapshot();
    let seeker = snapshot.people.find(id).ok_or(Error::NotFound)?;
    let (way, after) = way(&snapshot, ask)?;
    if ask.what_if {
        return what_if::of_seeker(&snapshot, &seeker, way);
    }
    let (list, _) = snapshot.vacancies.rank(&seeker, page(way, after));
    say_head(&snapshot, way, list.len())?;
    let before = after.map_or(0, |cursor| cursor.shown);
    for (at, place) in list.iter().enumerate() {
        let Some(shown) = snapshot.shown.get(&place.id()) else {
            continue;
        };
        let vacancy = &shown.vacancy;
        let result = Ranked {
            at: before + at + 1,
            thousandths: place.thousandths(),
            id: place.id().to_string(),
            title: Some((&vacancy.title, &vacancy.employer_name)),
        };
        result.say(&snapshot, way, Some((&vacancy.offer, &seeker)))?;
    }
    say_way_on(&snapshot, way, before, &list)
}

/// People for a vacancy.
pub(crate) fn vacancy(house: &House, ask: &Ranking) -> Result<(), Failure> {
    let id: VacancyId = read_id(&ask.id)?;
    let live = house.live()?;
    let snapshot = live.snapshot();
    let shown = snapshot.shown.get(&id).ok_or(Error::NotFound)?;
    let offer = &shown.vacancy.offer;
    let (way, after) = way(&snapshot, ask)?;
    if !way.json {
        say(format_args!(
            "{} — {}",
            shown.vacancy.title, shown.vacancy.employer_name
        ))?;
    }
    if ask.what_if {
        return what_if::of_vacancy(&snapshot, offer, way);
    }
    let (list, _) = snapshot
        .people
        .rank(&snapshot.rules, offer, page(way, after));
    say_head(&snapshot, way, list.len())?;
    if list.is_empty() && after.is_none() && !way.json {
        say(format_args!("{}", why_nobody(&snapshot, offer, way)))?;
    }
    let before = after.map_or(0, |cursor| cursor.shown);
    for (at, place) in list.iter().enumerate() {
        let seeker = snapshot.people.find(place.id()).filter(|_| way.why);
        let result = Ranked {
            at: before + at + 1,
            thousandths: place.thousandths(),
            id: place.id().to_string(),
            title: None,
        };
        result.say(
            &snapshot,
            way,
            seeker.as_ref().map(|seeker| (offer, seeker)),
        )?;
    }
    say_way_on(&snapshot, way, before, &list)
}

/// One result of a list.
struct Ranked<'a> {
    at: usize,
    thousandths: u16,
    id: String,
    /// Title and employer.
    title: Option<(&'a str, &'a str)>,
}

impl Ranked<'_> {
    fn say(
        &self,
        snapshot: &Snapshot,
        way: Way,
        pair: Option<(&Offer, &Seeker)>,
    ) -> Result<(), Failure> {
        let pair = pair.filter(|_| way.why);
        let percent = self.thousandths / 10;
        if way.json {
            let mut line = json!({
                "type": "result",
                "at": self.at,
                "id": self.id,
                "thousandths": self.thousandths,
                "percent": percent,
            });
            if let (Some((title, employer)), Some(line)) = (self.title, line.as_object_mut()) {
                line.insert("title".to_owned(), title.into());
                line.insert("employer".to_owned(), employer.into());
            }
            if let (Some((offer, seeker)), Some(line)) = (pair, line.as_object_mut()) {
                line.insert("why".to_owned(), why(snapshot, way, offer, seeker));
            }
            return say_json(&line);
        }
        match self.title {
            Some((title, employer)) => say(format_args!(
                "{:>4}  {percent:>3}%  {}  {title} — {employer}",
                self.at, self.id
            ))?,
            None => say(format_args!("{:>4}  {percent:>3}%  {}", self.at, self.id))?,
        }
        pair.map_or(Ok(()), |(offer, seeker)| {
            say_why(snapshot, way, offer, seeker)
        })
    }
}

fn why_nobody(snapshot: &Snapshot, offer: &Offer, way: Way) -> &'static str {
    let named = offer.skills.required().is_some() || !offer.occupations.is_empty();
    let (vi, en) = if !offer.is_open(way.as_of) {
        ("tin này không còn mở", "this vacancy is not open")
    } else if !named {
        (
            "tin không nêu kỹ năng hay nghề nào, nên không xếp hạng được ai",
            "the vacancy names neither a skill nor an occupation: nobody can be ranked",
        )
    } else if snapshot.people.is_empty() {
        ("chưa có người tìm việc nào", "there are no seekers yet")
    } else {
        (
            "chưa có ai có kỹ năng hoặc nghề mà tin này cần",
            "nobody has a skill or occupation that this vacancy asks for",
        )
    };
    match way.lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

fn read_id<Id: std::str::FromStr<Err = domain::id::NotAnId>>(text: &str) -> Result<Id, Failure> {
    text.parse()
        .map_err(|error| Failure::Configuration(format!("{text:?}: {error}")))
}

/// How it is asked for, and after which place; a place is good only on the list that it is from.
fn way<P: Place>(snapshot: &Snapshot, ask: &Ranking) -> Result<(Way, Option<Cursor<P>>), Failure> {
    let after = ask.after.as_deref().map(read_cursor).transpose()?;
    let day = after.map_or_else(|| stamp().today(), |cursor| cursor.as_of);
    let as_of = ask.as_of.unwrap_or(day);
    if let Some(cursor) = after {
        let (then, now) = (cursor.stats_version, snapshot.rules.stats.version);
        if then != now || cursor.as_of != as_of {
            return Err(Failure::Configuration(format!(
                "--after: the list is another one by now (skill statistics version {then} as of {}, \
                 now version {now} as of {as_of}); begin again without --after",
                cursor.as_of
            )));
        }
    }
    let way = Way {
        as_of,
        limit: ask.limit.min(MOST),
        why: ask.why,
        json: ask.json,
        lang: if ask.english { Lang::En } else { Lang::Vi },
    };
    Ok((way, after))
}

fn read_cursor<P: Place>(text: &str) -> Result<Cursor<P>, Failure> {
    text.parse().map_err(|()| {
        let start: String = text.chars().take(80).collect();
        Failure::Configuration(format!(
            "--after {start:?}: expected what an earlier page of this list printed at its end"
        ))
    })
}

fn page<P: Place>(way: Way, after: Option<Cursor<P>>) -> Page<P> {
    Page {
        as_of: way.as_of,
        k: way.limit,
        after: after.map(|cursor| cursor.last),
    }
}

fn say_head(snapshot: &Snapshot, way: Way, count: usize) -> Result<(), Failure> {
    let (day, version) = (way.as_of, snapshot.rules.stats.version);
    if way.json {
        return say_json(&json!({
            "type": "head", "count": count, "as_of": day, "stats_version": version,
        }));
    }
    match way.lang {
        Lang::Vi => say(format_args!(
            "{count} kết quả, ngày {}, thống kê kỹ năng bản {version}",
            day.format("%d/%m/%Y")
        )),
        Lang::En => say(format_args!(
            "{count} results, as of {day}, skill statistics version {version}"
        )),
    }
}

/// Where the next page begins, after a full one.
fn say_way_on<P: Place>(
    snapshot: &Snapshot,
    way: Way,
    before: usize,
    list: &[P],
) -> Result<(), Failure> {
    let Some(&last) = list.last().filter(|_| list.len() == way.limit) else {
        return Ok(());
    };
    let cursor = Cursor {
        as_of: way.as_of,
        stats_version: snapshot.rules.stats.version,
        shown: before + list.len(),
        last,
    };
    if way.json {
        return say_json(&json!({ "type": "next", "after": cursor.to_string() }));
    }
    match way.lang {
        Lang::Vi => say(format_args!("xem tiếp: --after {cursor}")),
        Lang::En => say(format_args!("to go on: --after {cursor}")),
    }
}

fn why(snapshot: &Snapshot, way: Way, offer: &Offer, seeker: &Seeker) -> Value {
    let words = Words::new(&snapshot.rules.codes, way.lang);
    let fit = score(&snapshot.rules, offer, seeker);
    explain(&snapshot.rules, offer, seeker, &fit)
        .iter()
        .map(|line| {
            json!({
                "part": line.part.as_str(),
                "thousandths": line.thousandths,
                "weight": line.weight,
                "reason": words.reason(&line.reason),
            })
        })
        .collect()
}

fn say_why(snapshot: &Snapshot, way: Way, offer: &Offer, seeker: &Seeker) -> Result<(), Failure> {
    let words = Words::new(&snapshot.rules.codes, way.lang);
    let fit = score(&snapshot.rules, offer, seeker);
    for line in explain(&snapshot.rules, offer, seeker, &fit) {
        say(format_args!(
            "            {:<20} {:>4}‰ × {:>3}  {}",
            words.part(line.part),
            line.thousandths,
            line.weight,
            words.reason(&line.reason)
        ))?;
    }
    Ok(())
}

fn say_json(line: &Value) -> Result<(), Failure> {
    say(format_args!("{line}"))
}
