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
        ("matching", vec!["domain"]),
        ("api", vec!["domain"]),
        ("sanviec", vec!["api", "domain", "matching", "store"]),
        // Stands beside the house and breaks it: `tests/hammer`.
        ("hammer", vec!["domain", "matching", "store"]),
    ]);
    let packages = metadata["packages"].as_array().unwrap();
    assert_eq!(packages.len(), allowed.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let mut below: Vec<&str> = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["path"].is_string())
            .map(|dependency| dependency["name"].as_str().unwrap())
            .collect();
        below.sort_unstable();
        assert_eq!(below, allowed[name], "{name}");
    }
}
