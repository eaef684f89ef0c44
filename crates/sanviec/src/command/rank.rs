//! `sanviec match`: who fits, and why; page after page; and what would change it.

mod cursor;
mod what_if;
mod which;

use chrono::NaiveDate;
use domain::code::Lang;
use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::{Fit, score};
use matching::explain::{Empty, Words, explain, no_people, no_vacancies};
use matching::scan::Page;
use serde_json::{Value, json};

use super::say;
use crate::arguments::Ranking;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use crate::live::Snapshot;
use cursor::{Cursor, Place};
pub(super) use which::read_id;

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
    let seeker = which::seeker(&snapshot, id)?;
    let of = format!("seeker {id}");
    let (way, after) = way(&snapshot, ask, &of)?;
    if ask.what_if {
        return what_if::of_seeker(&snapshot, &seeker, way);
    }
    let (list, _) = snapshot.vacancies.rank(&seeker, page(way, after));
    say_head(&snapshot, way, list.len())?;
    let before = after.map_or(0, |cursor| cursor.shown);
    if list.is_empty() {
        let why = || nothing_for(&snapshot, &seeker, way.as_of);
        say_empty(&snapshot, way, first_page(before, why).as_ref())?;
    }
    for (at, place) in list.iter().enumerate() {
        let Some(shown) = snapshot.shown.get(&place.id()) else {
            continue;
        };
        let vacancy = shown;
        let result = Ranked {
            at: before + at + 1,
            thousandths: place.thousandths(),
            id: place.id().to_string(),
            title: Some((&vacancy.title, &vacancy.employer_name)),
        };
        result.say(&snapshot, way, &vacancy.offer, &seeker)?;
    }
    say_way_on(&snapshot, way, &of, before, &list)
}

/// People for a vacancy.
pub(crate) fn vacancy(house: &House, ask: &Ranking) -> Result<(), Failure> {
    let id: VacancyId = read_id(&ask.id)?;
    let live = house.live()?;
    let snapshot = live.snapshot();
    let shown = which::vacancy(&snapshot, id)?;
    let offer = &shown.offer;
    let of = format!("vacancy {id}");
    let (way, after) = way(&snapshot, ask, &of)?;
    if !way.json {
        say(format_args!("{} — {}", shown.title, shown.employer_name))?;
    }
    if ask.what_if {
        return what_if::of_vacancy(&snapshot, offer, way);
    }
    let (list, _) = snapshot
        .people
        .rank(&snapshot.rules, offer, page(way, after));
    say_head(&snapshot, way, list.len())?;
    let before = after.map_or(0, |cursor| cursor.shown);
    if list.is_empty() {
        let why = || nobody_for(&snapshot, offer, way.as_of);
        say_empty(&snapshot, way, first_page(before, why).as_ref())?;
    }
    for (at, place) in list.iter().enumerate() {
        let Some(seeker) = snapshot.people.find(place.id()) else {
            continue;
        };
        let result = Ranked {
            at: before + at + 1,
            thousandths: place.thousandths(),
            id: place.id().to_string(),
            title: None,
        };
        result.say(&snapshot, way, offer, &seeker)?;
    }
    say_way_on(&snapshot, way, &of, before, &list)
}

/// Why nobody is ranked for a vacancy.
fn nobody_for(snapshot: &Snapshot, offer: &Offer, as_of: NaiveDate) -> Option<Empty> {
    let people = snapshot.people.seekers();
    no_people(&snapshot.rules, offer, people, as_of)
}

/// Why no vacancy is ranked for a person.
fn nothing_for(snapshot: &Snapshot, seeker: &Seeker, as_of: NaiveDate) -> Option<Empty> {
    let offers = snapshot.vacancies.offers();
    no_vacancies(&snapshot.rules, seeker, offers.map(|offer| &**offer), as_of)
}

/// The reason where there was no page before; else the list has simply ended.
fn first_page(before: usize, why: impl FnOnce() -> Option<Empty>) -> Option<Empty> {
    if before == 0 { why() } else { None }
}

/// Says why there is nothing on this page.
fn say_empty(snapshot: &Snapshot, way: Way, empty: Option<&Empty>) -> Result<(), Failure> {
    let words = Words::new(&snapshot.rules.codes, way.lang);
    let (reason, text) = match empty {
        Some(empty) => (empty.as_str(), words.empty(empty)),
        None => ("end", words.end_of_list()),
    };
    if way.json {
        return say_json(&json!({ "type": "empty", "reason": reason, "text": text }));
    }
    say(format_args!("{text}"))
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
        offer: &Offer,
        seeker: &Seeker,
    ) -> Result<(), Failure> {
        let fit = score(&snapshot.rules, offer, seeker);
        let percent = self.thousandths / 10;
        if way.json {
            let mut line = json!({
                "type": "result",
                "at": self.at,
                "id": self.id,
                "thousandths": self.thousandths,
                "percent": percent,
                "known_thousandths": fit.known_thousandths(),
            });
            if let (Some((title, employer)), Some(line)) = (self.title, line.as_object_mut()) {
                line.insert("title".to_owned(), title.into());
                line.insert("employer".to_owned(), employer.into());
            }
            if let Some(line) = line.as_object_mut().filter(|_| way.why) {
                line.insert("why".to_owned(), why(snapshot, way, offer, seeker, &fit));
            }
            return say_json(&line);
        }
        let known = Words::new(&snapshot.rules.codes, way.lang).known(fit.known_thousandths());
        match self.title {
            Some((title, employer)) => say(format_args!(
                "{:>4}  {percent:>3}%  {}  ({known})  {title} — {employer}",
                self.at, self.id
            ))?,
            None => say(format_args!(
                "{:>4}  {percent:>3}%  {}  ({known})",
                self.at, self.id
            ))?,
        }
        if way.why {
            say_why(snapshot, way, offer, seeker, &fit)?;
        }
        Ok(())
    }
}

/// How it is asked for, and after which place; a place is good only on the list that it is from.
fn way<P: Place>(
    snapshot: &Snapshot,
    ask: &Ranking,
    of: &str,
) -> Result<(Way, Option<Cursor<P>>), Failure> {
    let after = ask.after.as_deref().map(|text| read_cursor(text, of));
    let after = after.transpose()?;
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
        limit: ask.limit,
        why: ask.why,
        json: ask.json,
        lang: if ask.english { Lang::En } else { Lang::Vi },
    };
    Ok((way, after))
}

fn read_cursor<P: Place>(text: &str, of: &str) -> Result<Cursor<P>, Failure> {
    Cursor::read(text, of).ok_or_else(|| {
        let start: String = text.chars().take(80).collect();
        Failure::Configuration(format!(
            "--after {start:?}: không phải chỗ dừng của chính danh sách này ({of}); bỏ --after để xem \
             từ đầu\n  Expected what an earlier page of this list ({of}) printed at its end."
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
    of: &str,
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
    }
    .text(of);
    if way.json {
        return say_json(&json!({ "type": "next", "after": cursor }));
    }
    match way.lang {
        Lang::Vi => say(format_args!("xem tiếp: --after {cursor}")),
        Lang::En => say(format_args!("to go on: --after {cursor}")),
    }
}

fn why(snapshot: &Snapshot, way: Way, offer: &Offer, seeker: &Seeker, fit: &Fit) -> Value {
    let words = Words::new(&snapshot.rules.codes, way.lang);
    explain(&snapshot.rules, offer, seeker, fit)
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

fn say_why(
    snapshot: &Snapshot,
    way: Way,
    offer: &Offer,
    seeker: &Seeker,
    fit: &Fit,
) -> Result<(), Failure> {
    let words = Words::new(&snapshot.rules.codes, way.lang);
    for line in explain(&snapshot.rules, offer, seeker, fit) {
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
