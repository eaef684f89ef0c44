//! The texts of pages and messages, from `config/locales`, built into the binary.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::code::Lang;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::number::number;

static_loader! {
    static LOCALES = {
        locales: "../../config/locales",
        fallback_language: "vi",
        // Isolating marks around every value would show as boxes on old phones.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// The texts in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Texts(pub(crate) Lang);

impl Texts {
    fn id(self) -> &'static LanguageIdentifier {
        match self.0 {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }

    /// The text with this key.
    pub(crate) fn t(self, key: &str) -> String {
        LOCALES.lookup(self.id(), key)
    }

    /// The text with this key and values in it.
    pub(crate) fn with(self, key: &str, values: &[(&'static str, &str)]) -> String {
        let values: Vec<_> = values
            .iter()
            .map(|&(name, value)| (name, FluentValue::from(value)))
            .collect();
        self.fill(key, values)
    }

    /// The text with this key for a count: `$n` chooses the form, `$shown` is the number in words.
    pub(crate) fn count(self, key: &str, n: u64) -> String {
        self.count_with(key, n, &[])
    }

    /// As [`Self::count`], with further values.
    pub(crate) fn count_with(self, key: &str, n: u64, more: &[(&'static str, &str)]) -> String {
        let mut values = vec![
            ("n", FluentValue::from(n)),
            ("shown", FluentValue::from(number(self.0, n))),
        ];
        values.extend(
            more.iter()
                .map(|&(name, value)| (name, FluentValue::from(value))),
        );
        self.fill(key, values)
    }

    fn fill(self, key: &str, values: Vec<(&'static str, FluentValue<'_>)>) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> = values
            .into_iter()
            .map(|(name, value)| (Cow::Borrowed(name), value))
            .collect();
        LOCALES.lookup_with_args(self.id(), key, &values)
    }
}
