//! `sanviec match`: who fits, and why.

use domain::code::Lang;
use domain::error::Error;
use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::vacancy::Offer;
use matching::definition::score;
use matching::explain::explain;
use matching::scan::Page;

use super::say;
use crate::arguments::Ranking;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;
use crate::live::Snapshot;

/// Vacancies for a seeker.
pub(crate) fn seeker(house: &House, ask: &Ranking) -> Result<(), Failure> {
    let id: SeekerId = read_id(&ask.id)?;
    let live = house.live()?;
    let snapshot = live.snapshot();
    let seeker = snapshot.people.find(id).ok_or(Error::NotFound)?;
    let (list, _) = snapshot.vacancies.rank(&seeker, page(ask));
    say_head(&snapshot, ask, list.len())?;
    for (at, place) in list.iter().enumerate() {
        let Some(shown) = snapshot.shown.get(&place.id()) else {
            continue;
        };
        say(format_args!(
            "{:>4}  {:>3}%  {}  {} — {}",
            at + 1,
            place.thousandths() / 10,
            place.id(),
            shown.vacancy.title,
            shown.vacancy.employer_name
        ))?;
        if ask.why {
            say_why(&snapshot, &shown.vacancy.offer, &seeker, lang(ask))?;
        }
    }
    Ok(())
}

/// People for a vacancy.
pub(crate) fn vacancy(house: &House, ask: &Ranking) -> Result<(), Failure> {
    let id: VacancyId = read_id(&ask.id)?;
    let live = house.live()?;
    let snapshot = live.snapshot();
    let shown = snapshot.shown.get(&id).ok_or(Error::NotFound)?;
    let offer = &shown.vacancy.offer;
    say(format_args!(
        "{} — {}",
        shown.vacancy.title, shown.vacancy.employer_name
    ))?;
    let (list, _) = snapshot.people.rank(&snapshot.rules, offer, page(ask));
    say_head(&snapshot, ask, list.len())?;
    if list.is_empty() {
        say(format_args!("{}", why_nobody(&snapshot, offer, ask)))?;
    }
    for (at, place) in list.iter().enumerate() {
        say(format_args!(
            "{:>4}  {:>3}%  {}",
            at + 1,
            place.thousandths() / 10,
            place.id()
        ))?;
        if ask.why
            && let Some(seeker) = snapshot.people.find(place.id())
        {
            say_why(&snapshot, offer, &seeker, lang(ask))?;
        }
    }
    Ok(())
}

fn why_nobody(snapshot: &Snapshot, offer: &Offer, ask: &Ranking) -> &'static str {
    let named = offer.skills.required().is_some() || !offer.occupations.is_empty();
    let (vi, en) = if !offer.is_open(page::<()>(ask).as_of) {
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
    match lang(ask) {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

fn read_id<Id: std::str::FromStr<Err = domain::id::NotAnId>>(text: &str) -> Result<Id, Failure> {
    text.parse()
        .map_err(|error| Failure::Configuration(format!("{text:?}: {error}")))
}

fn page<Place>(ask: &Ranking) -> Page<Place> {
    Page {
        as_of: ask.as_of.unwrap_or_else(|| stamp().today()),
        k: ask.limit,
        after: None,
    }
}

const fn lang(ask: &Ranking) -> Lang {
    if ask.english { Lang::En } else { Lang::Vi }
}

fn say_head(snapshot: &Snapshot, ask: &Ranking, count: usize) -> Result<(), Failure> {
    let (day, version) = (page::<()>(ask).as_of, snapshot.rules.stats.version);
    match lang(ask) {
        Lang::Vi => say(format_args!(
            "{count} kết quả, ngày {}, thống kê kỹ năng bản {version}",
            day.format("%d/%m/%Y")
        )),
        Lang::En => say(format_args!(
            "{count} results, as of {day}, skill statistics version {version}"
        )),
    }
}

fn say_why(snapshot: &Snapshot, offer: &Offer, seeker: &Seeker, lang: Lang) -> Result<(), Failure> {
    let fit = score(&snapshot.rules, offer, seeker);
    for line in explain(&snapshot.rules, offer, seeker, &fit, lang) {
        say(format_args!(
            "            {:<20} {:>4}‰ × {:>3}  {}",
            line.name, line.thousandths, line.weight, line.reason
        ))?;
    }
    Ok(())
}
