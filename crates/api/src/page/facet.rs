//! Facets in words: what a list can be narrowed by.

use super::home::trade_name;
use super::link::Search;
use crate::exchange::{Facet, FacetCounts, FacetValue, Sort, Trade};
use crate::texts::Texts;

/// A facet with its values as links.
pub(super) struct FacetLinks {
    pub(super) name: String,
    pub(super) values: Vec<FacetLink>,
}

/// A value of a facet.
pub(super) struct FacetLink {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) count: String,
    pub(super) is_chosen: bool,
}

/// An order to choose; the chosen one is no link.
pub(super) struct SortLink {
    pub(super) href: Option<String>,
    pub(super) name: String,
}

/// A chosen condition, and the search without it.
pub(super) struct Chip {
    pub(super) name: String,
    pub(super) without: String,
}

/// The facets with more than one value, or a chosen one.
pub(super) fn links(search: &Search, facets: &[FacetCounts], t: Texts) -> Vec<FacetLinks> {
    let chosen = |facet: Facet| match facet {
        Facet::Trade => search.trade.map(Trade::as_str),
        _ => {
            let narrow = search.narrow.iter().find(|narrow| narrow.facet == facet);
            narrow.map(|narrow| narrow.value.as_str())
        }
    };
    let worth = facets
        .iter()
        .filter(|facet| facet.values.len() > 1 || chosen(facet.facet).is_some());
    worth
        .map(|facet| FacetLinks {
            name: facet_name(facet.facet, t),
            values: facet
                .values
                .iter()
                .map(|value| {
                    let is_chosen = chosen(facet.facet) == Some(value.value.as_str());
                    let next = if is_chosen {
                        search.without(facet.facet)
                    } else {
                        search.with(facet.facet, &value.value)
                    };
                    FacetLink {
                        href: next.address(t.0),
                        name: value_name(facet.facet, value, t),
                        count: crate::number::number(t.0, value.count),
                        is_chosen,
                    }
                })
                .collect(),
        })
        .collect()
}

/// The chosen values, each to be dropped.
pub(super) fn chips(search: &Search, facets: &[FacetCounts], t: Texts) -> Vec<Chip> {
    let trade = search.trade.map(|trade| Chip {
        name: trade_name(trade, t),
        without: search.without(Facet::Trade).address(t.0),
    });
    let others = search.narrow.iter().map(|narrow| {
        let known = facets.iter().find(|facet| facet.facet == narrow.facet);
        let known = known.and_then(|facet| {
            let mut values = facet.values.iter();
            values.find(|value| value.value == narrow.value)
        });
        let name = known.map_or_else(
            || facet_name(narrow.facet, t),
            |value| value_name(narrow.facet, value, t),
        );
        Chip {
            name,
            without: search.without(narrow.facet).address(t.0),
        }
    });
    trade.into_iter().chain(others).collect()
}

/// The orders.
pub(super) fn sorts(search: &Search, t: Texts) -> Vec<SortLink> {
    let is_worth = |sort: &Sort| *sort != Sort::Nearest || !search.place.is_empty();
    let orders = Sort::ALL.into_iter().filter(is_worth);
    let link = |sort: Sort| SortLink {
        href: (sort != search.sort).then(|| {
            Search {
                sort,
                ..search.at(1)
            }
            .address(t.0)
        }),
        name: match sort {
            Sort::Fit => t.t("sort-fit"),
            Sort::Newest => t.t("sort-newest"),
            Sort::Wage => t.t("sort-wage"),
            Sort::Nearest => t.t("sort-nearest"),
        },
    };
    orders.map(link).collect()
}

pub(super) fn facet_name(facet: Facet, t: Texts) -> String {
    match facet {
        Facet::Province => t.t("facet-province"),
        Facet::Trade => t.t("facet-trade"),
        Facet::Wage => t.t("facet-wage"),
        Facet::Experience => t.t("facet-experience"),
        Facet::Level => t.t("facet-level"),
        Facet::Contract => t.t("facet-contract"),
        Facet::Shift => t.t("facet-shift"),
        Facet::Benefit => t.t("facet-benefit"),
        Facet::Origin => t.t("facet-origin"),
    }
}

fn value_name(facet: Facet, value: &FacetValue, t: Texts) -> String {
    if let Some(name) = &value.name {
        return name.in_lang(t.0).to_owned();
    }
    match (facet, value.value.as_str()) {
        (Facet::Trade, word) => {
            Trade::parse(word).map_or_else(String::new, |trade| trade_name(trade, t))
        }
        (Facet::Wage, "0") => t.t("wage-band-0"),
        (Facet::Wage, "1") => t.t("wage-band-1"),
        (Facet::Wage, "2") => t.t("wage-band-2"),
        (Facet::Wage, "3") => t.t("wage-band-3"),
        (Facet::Wage, "4") => t.t("wage-band-4"),
        (Facet::Wage, _) => t.t("wage-band-5"),
        (Facet::Experience, "0") => t.t("experience-band-0"),
        (Facet::Experience, "1") => t.t("experience-band-1"),
        (Facet::Experience, "2") => t.t("experience-band-2"),
        (Facet::Experience, "3") => t.t("experience-band-3"),
        (Facet::Experience, _) => t.t("experience-band-4"),
        (Facet::Origin, "own") => t.t("facet-origin-own"),
        (Facet::Origin, "national") => t.t("facet-origin-national"),
        (Facet::Origin, "neighbour") => t.t("facet-origin-neighbour"),
        (Facet::Origin, _) => t.t("facet-origin-imported"),
        (_, other) => other.to_owned(),
    }
}
