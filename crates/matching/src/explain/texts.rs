//! The sentences, from `config/locales/*/matching.ftl`, built in.

use std::sync::LazyLock;

use domain::code::Lang;
use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_templates::{LanguageIdentifier, langid};

type Bundle = FluentBundle<FluentResource>;

static VI: LazyLock<Bundle> = LazyLock::new(|| {
    let text = include_str!("../../../../config/locales/vi/matching.ftl");
    bundle(langid!("vi"), text)
});
static EN: LazyLock<Bundle> = LazyLock::new(|| {
    let text = include_str!("../../../../config/locales/en/matching.ftl");
    bundle(langid!("en"), text)
});

fn bundle(lang: LanguageIdentifier, text: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![lang]);
    // Isolating marks around every value would show as boxes on old phones.
    bundle.set_use_isolating(false);
    // What cannot be read is left out, and a test says so.
    let resource = FluentResource::try_new(text.to_owned());
    bundle.add_resource_overriding(resource.unwrap_or_else(|(resource, _)| resource));
    bundle
}

/// A value in a sentence.
pub(super) enum Value<'v> {
    Text(&'v str),
    Count(usize),
}

/// The sentence with this key and values in it; the key where there is none.
pub(super) fn say(lang: Lang, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let bundle = match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    };
    let mut args = FluentArgs::new();
    for (name, value) in values {
        match value {
            Value::Text(text) => args.set(*name, *text),
            Value::Count(count) => args.set(*name, FluentValue::from(*count)),
        }
    }
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    let mut errors = Vec::new();
    pattern.map_or_else(
        || key.to_owned(),
        |pattern| {
            bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned()
        },
    )
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    const TEXTS: [&str; 2] = [
        include_str!("../../../../config/locales/vi/matching.ftl"),
        include_str!("../../../../config/locales/en/matching.ftl"),
    ];
    const USES: [&str; 2] = [include_str!("words.rs"), include_str!("empty.rs")];

    /// Keys with the values that their texts name; `n` only chooses a form.
    fn texts(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                key = line.split_once(" =").unwrap().0.to_owned();
                let before = texts.insert(key.clone(), BTreeSet::new());
                assert!(before.is_none(), "{key} stands there twice");
            }
            for value in line.split("{ $").skip(1) {
                let name = value.split([' ', '}']).next().unwrap();
                if name != "n" {
                    texts.get_mut(&key).unwrap().insert(name.to_owned());
                }
            }
        }
        texts
    }

    #[test]
    fn the_sentences_can_be_read_and_are_the_same_in_both_languages() {
        for text in TEXTS {
            let read = FluentResource::try_new(text.to_owned());
            assert!(read.is_ok(), "{:?}", read.map_err(|(_, errors)| errors));
        }
        let [vi, en] = TEXTS.map(texts);
        assert_eq!(vi, en);
    }

    #[test]
    fn every_sentence_is_used_and_every_used_one_is_there() {
        let there: BTreeSet<String> = texts(TEXTS[0]).into_keys().collect();
        let used: BTreeSet<String> = USES
            .iter()
            .flat_map(|text| text.split('"').skip(1).step_by(2))
            .filter(|word| {
                ["fit-", "change-", "relax-", "empty-"]
                    .iter()
                    .any(|start| word.starts_with(start))
            })
            .map(str::to_owned)
            .collect();
        assert_eq!(there, used);
    }
}
