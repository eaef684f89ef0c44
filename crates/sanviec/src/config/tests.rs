//! 1. `default.toml` holds every key, nothing else, and says of each what it takes.
//! 2. A value is that of the option, else the variable, else the file, else the default.
//! 3. Passwords are not shown.

use std::ffi::OsString;

use super::kind::Value;
use super::load::{Given, load};
use super::read;
use super::{Config, DEFAULT, KEYS, Origin, masked};

fn loaded(file: &str, variables: &[(&str, &str)], options: &[(&'static str, &str)]) -> Config {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(&path, file).unwrap();
    let given = Given {
        file: Some(path),
        options: options
            .iter()
            .map(|(name, value)| (*name, OsString::from(value)))
            .collect(),
    };
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), OsString::from(value)))
        .collect();
    load(&given, &variables).unwrap()
}

#[test] // 1
fn every_key_is_explained() {
    let entries = read::text(DEFAULT, "default.toml".as_ref(), KEYS).unwrap();
    assert_eq!(
        entries.iter().map(|entry| entry.key).collect::<Vec<_>>(),
        KEYS.iter().map(|key| key.name).collect::<Vec<_>>()
    );
    let lines: Vec<&str> = DEFAULT.lines().collect();
    for (key, entry) in KEYS.iter().zip(&entries) {
        let value = match &entry.value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => format!("\"{text}\""),
        };
        let option = key
            .option
            .map_or_else(String::new, |option| format!(", {option}"));
        let facts = format!(
            "# {}. Default {value}. {}{option}.",
            key.kind.expected().en,
            key.variable()
        );
        assert_eq!(lines[entry.line - 2], facts, "{}", key.name);
        // A line in Vietnamese and one in English at least.
        for above in [3, 4] {
            assert!(lines[entry.line - above].starts_with("# "), "{}", key.name);
        }
    }
}

#[test] // 2
fn what_stands_above_holds() {
    let file = "[serve]\nlisten = \"127.0.0.1:1\"\nmax_bodies = 11\n[demo]\nseed = 5\n";
    let variables = [
        ("SANVIEC_SERVE_LISTEN", "127.0.0.1:2"),
        ("SANVIEC_DEMO_SEED", "6"),
    ];
    let config = loaded(file, &variables, &[("--listen", "127.0.0.1:3")]);
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.seed, 6);
    assert_eq!(config.serve.max_bodies, 11);
    assert_eq!(config.serve.max_questions, 256);
    let origin = |key: &str| config.values.0[key].origin.clone();
    assert_eq!(origin("serve.listen"), Origin::Option("--listen"));
    assert_eq!(
        origin("demo.seed"),
        Origin::Variable("SANVIEC_DEMO_SEED".to_owned())
    );
    assert!(matches!(origin("serve.max_bodies"), Origin::File(_, 3)));
    assert_eq!(origin("serve.max_questions"), Origin::Default);
}

#[test] // 2
fn the_defaults_are_those_of_the_crates() {
    let config = loaded("", &[], &[]);
    assert_eq!(config.pool, store::PoolLimits::default());
    assert_eq!(
        format!("{:?}", config.serve),
        format!("{:?}", api::ServeConfig::default())
    );
}

#[test] // 3
fn passwords_are_masked() {
    for (url, shown) in [
        ("postgres://a:s:cr@t@h/d", "postgres://a:[…]@h/d"),
        ("postgres://a@h/d", "postgres://a@h/d"),
        ("postgres://h/d?password=x", "postgres://h/d?[…]"),
        ("postgres://a:secret@h/d?x=y@z", "postgres://a:[…]@h/d?[…]"),
        ("sqlite:what?.db", "sqlite:what?.db"),
        ("", ""),
    ] {
        assert_eq!(masked(url), shown);
    }
}
