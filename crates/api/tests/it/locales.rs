//! Every text that is used stands in both languages with the same values, and none is unused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Keys with the values that their texts name. `n` only chooses a form.
fn texts(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!(
        "{}/../../config/locales/{lang}.ftl",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut texts = BTreeMap::new();
    let mut key = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            key = line.split_once(" =").unwrap().0.to_owned();
            let before = texts.insert(key.clone(), BTreeSet::new());
            assert!(before.is_none(), "{lang}: {key} stands there twice");
        }
        for value in line.split("{ $").skip(1).filter(|_| !line.starts_with('#')) {
            let name = value.split([' ', '}']).next().unwrap();
            if name != "n" {
                texts.get_mut(&key).unwrap().insert(name.to_owned());
            }
        }
    }
    texts
}

/// Keys that the sources and templates ask for.
fn used() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for folder in ["src", "templates"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        collect(&root, &mut keys);
    }
    keys
}

fn collect(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, keys);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for call in [".t(", ".with(", ".count(", ".count_with("] {
            for after in text.split(call).skip(1) {
                let literal = after.trim_start().strip_prefix('"');
                if let Some((key, _)) = literal.and_then(|rest| rest.split_once('"')) {
                    keys.insert(key.to_owned());
                }
            }
        }
    }
}

#[test]
fn both_languages_hold_the_same_texts_with_the_same_values() {
    let (vi, en) = (texts("vi"), texts("en"));
    assert!(vi.len() > 100, "{} texts", vi.len());
    assert_eq!(vi, en);
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    let there: BTreeSet<String> = texts("vi").into_keys().collect();
    let used = used();
    let missing: Vec<_> = used.difference(&there).collect();
    let unused: Vec<_> = there.difference(&used).collect();
    assert!(missing.is_empty(), "used and not there: {missing:?}");
    assert!(unused.is_empty(), "there and not used: {unused:?}");
}
