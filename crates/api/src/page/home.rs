//! The home page: one search box and twelve trades.

use actix_web::HttpResponse;
use actix_web::web::Data;
use askama::Template;

use super::link::Search;
use super::{Card, Frame, Section, answer};
use crate::app::App;
use crate::exchange::{Overview, Trade};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::visit::Visit;
use crate::words;

#[derive(Template)]
#[template(path = "home.html")]
struct Page {
    f: Frame,
    lead: String,
    search: Search,
    places: Vec<String>,
    tiles: Vec<Tile>,
    jobs: Vec<Card>,
    heading: &'static str,
}

/// A trade to choose.
struct Tile {
    href: String,
    icon: &'static str,
    name: String,
    count: Option<String>,
}

/// `GET /`
pub(crate) async fn home(app: Data<App>, visit: Visit) -> Result<HttpResponse, Problem> {
    let (overview, today) = app
        .ask(|exchange| Ok((exchange.overview()?, exchange.today())))
        .await?;
    let t = visit.texts();
    let frame = Frame::new(&app, &visit, Section::None, t.t("home-page-title"));
    answer(
        &visit,
        &Page {
            lead: lead(&overview, t),
            search: Search::default(),
            tiles: Trade::ALL
                .map(|trade| tile(trade, &overview, t))
                .into_iter()
                .collect(),
            jobs: overview
                .newest
                .iter()
                .map(|row| Card::of(row, t, today))
                .collect(),
            places: overview.places,
            heading: "h3",
            f: frame,
        },
    )
}

/// How much there is to find; an empty exchange says so.
fn lead(overview: &Overview, t: Texts) -> String {
    if overview.vacancies == 0 {
        return t.t("home-lead-empty");
    }
    let positions = t.count("home-positions", overview.positions);
    t.count_with(
        "home-lead",
        overview.vacancies,
        &[("positions", &positions)],
    )
}

fn tile(trade: Trade, overview: &Overview, t: Texts) -> Tile {
    let counted = overview.trades.iter().find(|(known, _)| *known == trade);
    Tile {
        href: Search {
            trade: Some(trade),
            ..Search::default()
        }
        .address(t.0),
        icon: trade.as_str(),
        name: trade_name(trade, t),
        count: counted.map(|(_, count)| words::number(t.0, *count)),
    }
}

/// A trade's name.
pub(super) fn trade_name(trade: Trade, t: Texts) -> String {
    match trade {
        Trade::Farm => t.t("trade-farm"),
        Trade::Build => t.t("trade-build"),
        Trade::Factory => t.t("trade-factory"),
        Trade::Sew => t.t("trade-sew"),
        Trade::Drive => t.t("trade-drive"),
        Trade::Cook => t.t("trade-cook"),
        Trade::Shop => t.t("trade-shop"),
        Trade::Office => t.t("trade-office"),
        Trade::Electric => t.t("trade-electric"),
        Trade::Care => t.t("trade-care"),
        Trade::Teach => t.t("trade-teach"),
        Trade::It => t.t("trade-it"),
    }
}
