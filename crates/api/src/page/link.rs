//! Addresses of pages, in one place.

use domain::code::Lang;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::exchange::Trade;
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
    /// From 1.
    pub(crate) page: u32,
}

impl Search {
    /// Its address; what is empty is left out.
    pub(crate) fn address(&self, lang: Lang) -> String {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        let fields = [
            ("q", self.q.as_str()),
            ("noi", self.place.as_str()),
            ("nghe", self.trade.map_or("", Trade::as_str)),
            ("trang", page.as_str()),
        ];
        let query: Vec<String> = fields
            .into_iter()
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

    /// Whether no condition is set.
    pub(crate) fn is_everything(&self) -> bool {
        self.q.is_empty() && self.place.is_empty() && self.trade.is_none()
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
