//! The arrows between the crates go down only.

use std::collections::BTreeMap;
use std::process::Command;

#[test]
fn crates_know_only_what_stands_below_them() {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let allowed = BTreeMap::from([
        ("domain", vec![]),
        ("store", vec!["domain"]),
        ("matching", vec!["bench-world for tests", "domain"]),
        ("api", vec!["domain"]),
        ("sheet", vec!["domain"]),
        ("bench-world", vec!["domain"]),
        (
            "search",
            vec!["bench-world for tests", "classifier for tests", "domain"],
        ),
        ("classifier", vec!["domain"]),
        ("peers", vec!["bench-world", "domain", "matching"]),
        (
            "sanviec",
            vec![
                "api",
                "bench-world",
                "classifier",
                "domain",
                "matching",
                "search",
                "sheet",
                "store",
            ],
        ),
        // Stands beside the house and breaks it: `tests/hammer`.
        ("hammer", vec!["domain", "matching", "store"]),
    ]);
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), allowed.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let mut below: Vec<String> = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["path"].is_string())
            .map(|dependency| {
                let name = dependency["name"].as_str().unwrap();
                match dependency["kind"].as_str() {
                    None => name.to_owned(),
                    Some(_) => format!("{name} for tests"),
                }
            })
            .collect();
        below.sort_unstable();
        assert_eq!(below, allowed[name], "{name}");
    }
}
