//! What stands around every page: head, navigation, footer.

use domain::code::Lang;

use super::link;
use crate::app::App;
use crate::texts::Texts;
use crate::visit::Visit;

/// Which part of the site a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Jobs,
    About,
    None,
}

/// The finished values of the frame.
pub(super) struct Frame {
    pub(super) t: Texts,
    pub(super) lang: &'static str,
    pub(super) title: String,
    pub(super) section: Section,
    pub(super) style: String,
    pub(super) icon: String,
    /// Fonts to fetch at once; none for readers who save data.
    pub(super) fonts: Vec<String>,
    pub(super) home: String,
    pub(super) jobs: String,
    pub(super) about: String,
    /// This page in the other language.
    pub(super) other: String,
    pub(super) other_code: &'static str,
    /// Full addresses of this page in both languages, where the server knows its own.
    pub(super) canonical: Option<Canonical>,
    pub(super) indexed: bool,
    pub(super) centre: String,
    pub(super) centre_short: String,
    pub(super) address: String,
    pub(super) superior: String,
    pub(super) phone: String,
    pub(super) phone_link: String,
}

pub(super) struct Canonical {
    pub(super) this: String,
    pub(super) vi: String,
    pub(super) en: String,
}

impl Frame {
    pub(super) fn new(app: &App, visit: &Visit, section: Section, title: String) -> Self {
        let (lang, centre) = (visit.lang, &app.config.centre);
        let (code, other_code, other) = match lang {
            Lang::Vi => ("vi", "en", Lang::En),
            Lang::En => ("en", "vi", Lang::Vi),
        };
        let (style, fonts) = if visit.save_data {
            (app.assets.style_lean.url(), Vec::new())
        } else {
            let fonts = vec![app.assets.regular.url(), app.assets.bold.url()];
            (app.assets.style.url(), fonts)
        };
        Self {
            t: visit.texts(),
            lang: code,
            title,
            section,
            style,
            icon: app.assets.icon.url(),
            fonts,
            home: link::home(lang),
            jobs: link::jobs(lang),
            about: link::about(lang),
            other: link::here(other, &visit.path, &visit.query),
            other_code,
            canonical: app.config.public_base_url.as_deref().map(|base| {
                let full = |lang| format!("{base}{}", link::here(lang, &visit.path, &visit.query));
                Canonical {
                    this: full(lang),
                    vi: full(Lang::Vi),
                    en: full(Lang::En),
                }
            }),
            indexed: true,
            centre: centre.name.clone(),
            centre_short: centre.short_name.clone(),
            address: centre.address.clone(),
            superior: centre.superior.clone(),
            phone: centre.phone.replace(' ', "\u{a0}"),
            phone_link: centre.phone_link(),
        }
    }

    /// The language that this page is not in.
    pub(super) const fn other_lang(&self) -> Lang {
        match self.t.0 {
            Lang::Vi => Lang::En,
            Lang::En => Lang::Vi,
        }
    }
}
