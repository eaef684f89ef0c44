//! Addresses of pages, in one place.

use domain::code::Lang;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::exchange::{Facet, Narrow, Sort, Trade};
use crate::visit::ENGLISH_ROOT;

/// What may stand in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

const fn root(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "",
        Lang::En => ENGLISH_ROOT,
    }
}

/// The home page.
pub(crate) fn home(lang: Lang) -> String {
    here(lang, "/", "")
}

/// What the exchange is.
pub(crate) fn about(lang: Lang) -> String {
    format!("{}/gioi-thieu", root(lang))
}

/// All vacancies; also where the search form goes.
pub(crate) fn jobs(lang: Lang) -> String {
    format!("{}/viec-lam", root(lang))
}

/// A vacancy.
pub(crate) fn vacancy(lang: Lang, id: &str) -> String {
    format!("{}/viec-lam/{}", root(lang), encoded(id))
}

/// The same page in a language; `path` is without the mark of the language.
pub(crate) fn here(lang: Lang, path: &str, query: &str) -> String {
    let path = match (lang, path) {
        (Lang::Vi, path) => path.to_owned(),
        (Lang::En, "/") => ENGLISH_ROOT.to_owned(),
        (Lang::En, path) => format!("{ENGLISH_ROOT}{path}"),
    };
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

/// A search, as its address holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Search {
    pub(crate) q: String,
    pub(crate) place: String,
    pub(crate) trade: Option<Trade>,
    /// Values of facets, each facet at most once.
    pub(crate) narrow: Vec<Narrow>,
    pub(crate) sort: Sort,
    /// From 1.
    pub(crate) page: u32,
}

/// The facets of a page's address, with the names of their fields; the trade has one of its own.
pub(crate) const FACETS: [(Facet, &str); 8] = [
    (Facet::Province, "tinh"),
    (Facet::Wage, "luong"),
    (Facet::Experience, "kinh-nghiem"),
    (Facet::Level, "trinh-do"),
    (Facet::Contract, "hop-dong"),
    (Facet::Shift, "ca"),
    (Facet::Benefit, "phuc-loi"),
    (Facet::Origin, "nguon"),
];

impl Search {
    /// Its address; what is empty is left out.
    pub(crate) fn address(&self, lang: Lang) -> String {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        let sort = if self.sort == Sort::Fit {
            ""
        } else {
            self.sort.as_str()
        };
        let fields = [
            ("q", self.q.as_str()),
            ("noi", self.place.as_str()),
            ("nghe", self.trade.map_or("", Trade::as_str)),
        ];
        let query: Vec<String> = fields
            .into_iter()
            .chain(self.fields())
            .chain([("xep", sort), ("trang", page.as_str())])
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let jobs = jobs(lang);
        if query.is_empty() {
            jobs
        } else {
            format!("{jobs}?{}", query.join("&"))
        }
    }

    /// The values of facets under the names of their fields.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        FACETS.iter().filter_map(|(facet, name)| {
            let narrow = self.narrow.iter().find(|narrow| narrow.facet == *facet)?;
            Some((*name, narrow.value.as_str()))
        })
    }

    /// The first page with this value of a facet, in place of another.
    pub(crate) fn with(&self, facet: Facet, value: &str) -> Self {
        let mut search = self.without(facet);
        if facet == Facet::Trade {
            search.trade = Trade::parse(value);
        } else {
            search.narrow.push(Narrow {
                facet,
                value: value.to_owned(),
            });
        }
        search
    }

    /// The first page without a facet.
    pub(crate) fn without(&self, facet: Facet) -> Self {
        let mut search = self.at(1);
        if facet == Facet::Trade {
            search.trade = None;
        }
        search.narrow.retain(|narrow| narrow.facet != facet);
        search
    }

    /// Whether no condition is set.
    pub(crate) fn is_everything(&self) -> bool {
        self.q.is_empty() && self.place.is_empty() && self.trade.is_none() && self.narrow.is_empty()
    }

    /// The same search at another page.
    pub(crate) fn at(&self, page: u32) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_an_address_without_empty_fields() {
        let search = Search {
            q: "thợ hàn & \"sắt\"".to_owned(),
            trade: Some(Trade::Electric),
            page: 2,
            ..Search::default()
        };
        assert_eq!(
            search.address(Lang::En),
            "/en/viec-lam?q=th%E1%BB%A3%20h%C3%A0n%20%26%20%22s%E1%BA%AFt%22&nghe=electric&trang=2"
        );
        assert_eq!(Search::default().at(1).address(Lang::Vi), "/viec-lam");
        assert_eq!(home(Lang::Vi), "/");
        assert_eq!(home(Lang::En), "/en");
    }
}
