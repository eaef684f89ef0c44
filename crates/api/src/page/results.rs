//! What a search found, page by page.

use actix_web::web::Data;
use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::error::FieldError;

use super::facet::{self, Chip, FacetLinks, SortLink, facet_name};
use super::home::trade_name;
use super::link::{FACETS, Search};
use super::{Card, Frame, Section, answer};
use crate::app::App;
use crate::ask::{LONGEST_TEXT, Query};
use crate::exchange::{
    Facet, Narrow, PlaceName, PlaceRead, SearchAnswer, SearchAsk, Sort, Start, Trade, Understood,
};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::visit::Visit;

/// Vacancies on a page.
const PAGE_SIZE: u32 = 20;
/// No exchange has so many vacancies: every one of them stands on some page.
const LAST_PAGE: u32 = 1_000_000;
/// Characters of a facet's value at most.
const LONGEST_VALUE: usize = 40;
/// Pages named on either side of this one.
const NEIGHBOURS: u32 = 1;

#[derive(Template)]
#[template(path = "results.html")]
struct Page {
    f: Frame,
    headline: String,
    /// Where, or what was not understood.
    place_line: Option<String>,
    place_unknown: Option<String>,
    search: Search,
    /// The search in few words, for the folded form.
    summary: String,
    chips: Vec<Chip>,
    /// Words that were understood as conditions.
    understood: Vec<Chip>,
    /// What was searched for in place of what was typed.
    corrected: Option<String>,
    sorts: Vec<SortLink>,
    facets: Vec<FacetLinks>,
    /// What has most of what was asked for, where few have all.
    near: Vec<Card>,
    errors: Vec<Wrong>,
    jobs: Vec<Card>,
    heading: &'static str,
    /// What to do where nothing is shown.
    hint: String,
    ways_out: Vec<WayOut>,
    pages: Vec<PageLink>,
    next: Option<String>,
}

/// A field that cannot be taken.
struct Wrong {
    href: &'static str,
    words: String,
}

/// A condition to drop.
struct WayOut {
    href: String,
    icon: &'static str,
    words: String,
    count: Option<String>,
}

/// A page of results; `None` between two stands for those left out.
struct PageLink {
    number: u32,
    href: Option<String>,
    gap: bool,
}

/// `GET /viec-lam?q=&noi=&nghe=&trang=`
pub(crate) async fn results(app: Data<App>, visit: Visit) -> Result<HttpResponse, Problem> {
    let t = visit.texts();
    let (search, wrong) = read(&visit.query, t);
    if !wrong.is_empty() {
        let mut page = Page::empty(&app, &visit, search, t.t("problem-invalid-title"));
        page.f.indexed = false;
        page.errors = wrong.iter().map(|error| said(error, t)).collect();
        let mut answer = answer(&visit, &page)?;
        *answer.status_mut() = StatusCode::BAD_REQUEST;
        answer.headers_mut().insert(
            actix_web::http::header::CACHE_CONTROL,
            actix_web::http::header::HeaderValue::from_static("no-store"),
        );
        return Ok(answer);
    }
    let ask = SearchAsk {
        q: search.q.clone(),
        place: search.place.clone(),
        trade: search.trade,
        narrow: search.narrow.clone(),
        sort: search.sort,
        limit: PAGE_SIZE as u16,
        start: match search.page {
            0 | 1 => Start::First,
            page => Start::Skip((page - 1) * PAGE_SIZE),
        },
    };
    let (found, today) = app
        .ask(move |exchange| Ok((exchange.search(&ask)?, exchange.today())))
        .await?;
    let mut page = Page::empty(&app, &visit, search, String::new());
    page.jobs = found
        .items
        .iter()
        .map(|row| Card::of(row, t, today))
        .collect();
    page.near = found
        .near
        .iter()
        .map(|row| Card::of(row, t, today))
        .collect();
    page.tell(&found, t);
    answer(&visit, &page)
}

impl Page {
    fn empty(app: &App, visit: &Visit, search: Search, headline: String) -> Self {
        let t = visit.texts();
        Self {
            f: Frame::new(app, visit, Section::Jobs, headline.clone()),
            headline,
            place_line: None,
            place_unknown: None,
            summary: summary(&search, t),
            chips: Vec::new(),
            understood: Vec::new(),
            corrected: None,
            sorts: Vec::new(),
            facets: Vec::new(),
            near: Vec::new(),
            search,
            errors: Vec::new(),
            jobs: Vec::new(),
            heading: "h2",
            hint: String::new(),
            ways_out: Vec::new(),
            pages: Vec::new(),
            next: None,
        }
    }

    /// Puts an answer into words.
    fn tell(&mut self, found: &SearchAnswer, t: Texts) {
        self.headline = headline(&self.search, found, t);
        self.f.title.clone_from(&self.headline);
        match &found.place {
            PlaceRead::Anywhere => {}
            PlaceRead::Known(places) => self.place_line = Some(place_line(places, t)),
            PlaceRead::Unknown => {
                let place = [("place", self.search.place.as_str())];
                self.place_unknown = Some(t.with("results-place-unknown", &place));
            }
        }
        self.chips = facet::chips(&self.search, &found.facets, t);
        self.facets = facet::links(&self.search, &found.facets, t);
        self.understood = understood(&self.search, found, t);
        self.corrected = found.corrected.as_ref().map(|words| {
            let words = [("words", words.as_str()), ("typed", self.search.q.as_str())];
            t.with("results-corrected", &words)
        });
        if found.total > 1 {
            self.sorts = facet::sorts(&self.search, t);
        }
        if self.jobs.is_empty() {
            self.hint = hint(&self.search, found, t);
            self.ways_out = ways_out(&self.search, found, t);
        } else {
            let last = last_page(found.total);
            self.pages = pages(&self.search, last, t);
            let page = self.search.page.max(1);
            self.next = (page < last).then(|| self.search.at(page + 1).address(t.0));
        }
    }
}

/// The search, and all fields that cannot be taken; those are left as they were written.
fn read(raw: &str, t: Texts) -> (Search, Vec<FieldError>) {
    let query = match Query::parse(raw, t) {
        Ok(query) => query,
        Err(error) => return (Search::default(), vec![error]),
    };
    let mut wrong = Vec::new();
    let mut text = |name: &str| match query.text(name, t) {
        Ok(text) => text,
        Err(error) => {
            wrong.push(error);
            domain::text::shorten(query.get(name).unwrap_or_default(), LONGEST_TEXT)
        }
    };
    let (q, place) = (text("q"), text("noi"));
    let trade = query
        .choice("nghe", Trade::parse, &Trade::ALL.map(Trade::as_str), t)
        .unwrap_or_else(|error| {
            wrong.push(error);
            None
        });
    let sort = query
        .choice("xep", Sort::parse, &Sort::ALL.map(Sort::as_str), t)
        .unwrap_or_else(|error| {
            wrong.push(error);
            None
        });
    let narrow = FACETS.iter().filter_map(|(facet, name)| {
        let value = query.get(name).filter(|value| !value.is_empty())?;
        Some(Narrow {
            facet: *facet,
            value: domain::text::shorten(value, LONGEST_VALUE),
        })
    });
    let narrow = narrow.collect();
    let page = query
        .number("trang", (1, LAST_PAGE), 1, t)
        .unwrap_or_else(|error| {
            wrong.push(error);
            1
        });
    let search = Search {
        q,
        place,
        trade,
        narrow,
        sort: sort.unwrap_or_default(),
        page,
    };
    (search, wrong)
}

fn said(error: &FieldError, t: Texts) -> Wrong {
    let (href, field) = match error.field.as_str() {
        "q" => ("#q", t.t("field-words")),
        "noi" => ("#noi", t.t("field-place")),
        "nghe" => ("#q", t.t("field-trade")),
        "trang" => ("#q", t.t("field-page")),
        "xep" => ("#q", t.t("field-sort")),
        other => ("#q", other.to_owned()),
    };
    let values = [
        ("field", field.as_str()),
        ("value", error.value.as_str()),
        ("expected", error.expected.as_str()),
    ];
    Wrong {
        href,
        words: t.with("problem-field", &values),
    }
}

/// How the place was understood; for a unit of before, what became of it.
fn place_line(places: &[PlaceName], t: Texts) -> String {
    let said: Vec<String> = places
        .iter()
        .map(|place| match &place.now {
            None => place.name.clone(),
            Some(now) => t.count_with(
                "results-place-before",
                now.communes,
                &[("place", &place.name), ("province", &now.province)],
            ),
        })
        .collect();
    t.with("results-place", &[("place", &said.join("; "))])
}

/// What to do where no vacancy is shown: drop a condition, if there is one.
fn hint(search: &Search, found: &SearchAnswer, t: Texts) -> String {
    if found.total > 0 {
        let last = last_page(found.total);
        t.count("results-past-hint", u64::from(last))
    } else if search.is_everything() {
        t.t("home-lead-empty")
    } else {
        t.t("results-none-hint")
    }
}

fn headline(search: &Search, found: &SearchAnswer, t: Texts) -> String {
    let words = [("words", search.q.as_str())];
    match (found.total, search.q.is_empty()) {
        (0, true) if search.is_everything() => t.t("results-empty"),
        (0, true) => t.t("results-none"),
        (0, false) => t.with("results-none-for", &words),
        (total, true) => t.count("results-open", total),
        (total, false) => t.count_with("results-for", total, &words),
    }
}

fn summary(search: &Search, t: Texts) -> String {
    let parts: Vec<&str> = [search.q.as_str(), search.place.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        t.t("search-all")
    } else {
        parts.join(" · ")
    }
}

/// Conditions that were read from the words, each to be dropped.
fn understood(search: &Search, found: &SearchAnswer, t: Texts) -> Vec<Chip> {
    let chip = |read: &Understood| {
        let without = Search {
            q: read.without.clone(),
            ..search.at(1)
        };
        Chip {
            name: read.words.clone(),
            without: without.address(t.0),
        }
    };
    found.understood.iter().map(chip).collect()
}

/// Whether something is found then.
fn worth_it(count: Option<u64>) -> bool {
    count.is_some_and(|count| count > 0)
}

/// What to drop when nothing was found, with the number that it gives back.
fn ways_out(search: &Search, found: &SearchAnswer, t: Texts) -> Vec<WayOut> {
    let first = search.at(1);
    let way = |search: Search, icon, words, count: Option<u64>| WayOut {
        href: search.address(t.0),
        icon,
        words,
        count: count.map(|count| t.count("jobs-count", count)),
    };
    let mut ways = Vec::new();
    if found.total > 0 {
        // A page past the last.
        ways.push(way(
            first.clone(),
            "back",
            t.t("results-first-page"),
            Some(found.total),
        ));
        return ways;
    }
    for read in found.understood.iter().filter(|read| worth_it(read.gives)) {
        let wider = Search {
            q: read.without.clone(),
            ..first.clone()
        };
        let words = t.with("results-drop", &[("what", &read.words)]);
        ways.push(way(wider, "close", words, read.gives));
    }
    for out in &found.ways_out {
        let mut wider = first.clone();
        let mut dropped = Vec::new();
        if out.words {
            dropped.push(std::mem::take(&mut wider.q));
        }
        for &facet in &out.facets {
            dropped.push(match search.trade.filter(|_| facet == Facet::Trade) {
                Some(trade) => trade_name(trade, t),
                None => facet_name(facet, t),
            });
            wider = wider.without(facet);
        }
        if out.place {
            dropped.push(std::mem::take(&mut wider.place));
        }
        let is_place = out.place && dropped.len() == 1;
        let words = if is_place {
            t.t("results-drop-place")
        } else {
            t.with("results-drop", &[("what", &dropped.join("”, “"))])
        };
        let icon = if is_place { "place" } else { "close" };
        ways.push(way(wider, icon, words, Some(out.count)));
    }
    if !search.is_everything() {
        ways.push(way(Search::default(), "search", t.t("results-all"), None));
    }
    ways
}

fn last_page(total: u64) -> u32 {
    let pages = total.div_ceil(u64::from(PAGE_SIZE));
    u32::try_from(pages).unwrap_or(LAST_PAGE).min(LAST_PAGE)
}

/// The first page, those around this one, and the last.
fn pages(search: &Search, last: u32, t: Texts) -> Vec<PageLink> {
    let this = search.page.max(1);
    let mut links: Vec<PageLink> = Vec::new();
    if last < 2 {
        return links;
    }
    let named =
        |number: &u32| *number == 1 || *number == last || number.abs_diff(this) <= NEIGHBOURS;
    for number in (1..=last).filter(named) {
        let before = links.last().map_or(0, |link| link.number);
        links.push(PageLink {
            number,
            href: (number != this).then(|| search.at(number).address(t.0)),
            gap: number > before + 1,
        });
    }
    links
}

#[cfg(test)]
mod tests {
    use domain::code::Lang;

    use super::*;

    fn numbers(this: u32, last: u32) -> String {
        pages(&Search::default().at(this), last, Texts(Lang::Vi))
            .iter()
            .map(|link| {
                let gap = if link.gap { "…" } else { "" };
                let mark = if link.href.is_none() { "*" } else { "" };
                format!("{gap}{}{mark}", link.number)
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn pages_are_few_and_this_one_is_no_link() {
        assert_eq!(numbers(1, 1), "");
        assert_eq!(numbers(1, 2), "1* 2");
        assert_eq!(numbers(1, 9), "1* 2 …9");
        assert_eq!(numbers(5, 9), "1 …4 5* 6 …9");
        assert_eq!(numbers(9, 9), "1 …8 9*");
        assert_eq!(numbers(3, 5), "1 2 3* 4 5");
    }

    #[test]
    fn the_last_page_is_bounded() {
        assert_eq!(last_page(0), 0);
        assert_eq!(last_page(20), 1);
        assert_eq!(last_page(21), 2);
        assert_eq!(last_page(u64::MAX), LAST_PAGE);
    }
}
