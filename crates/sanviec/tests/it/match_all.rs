//! 1. The people for all vacancies are those of `match vacancy`, whatever the number of threads.
//! 2. A run that is killed and resumed gives the same file as one that was let be.
//! 3. A run is not resumed over what has changed; without `--resume` it starts anew.

use std::process::Stdio;

use crate::world::World;

fn world() -> World {
    let world = World::new();
    world.says(&["bench-data", "--seekers", "600", "--vacancies", "300"]);
    world
}

#[test] // 1, 2
fn a_killed_run_gives_the_same_file() {
    let world = world();
    let folder = world.file("x", "").parent().unwrap().to_owned();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let ask = |out: &'static str| {
        let mut ask = vec!["match", "all", "--limit", "7", "--as-of", "2026-11-25"];
        ask.extend(["--chunk", "5", "--out", out]);
        ask
    };
    let said = world.says(&[ask("whole.jsonl"), vec!["--threads", "1"]].concat());
    let whole = read("whole.jsonl");
    assert!(
        said.contains(&format!("{} vacancies", whole.lines().count())),
        "{said}"
    );
    assert!(!folder.join("whole.jsonl.state").exists());

    let mut child = world
        .command(&ask("killed.jsonl"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let part = folder.join("killed.jsonl.part");
    // Somewhere on the way: as soon as something is in the file.
    while part.metadata().map_or(0, |part| part.len()) == 0 {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before it was killed"
        );
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        !folder.join("killed.jsonl").exists(),
        "half a file under its name"
    );
    // The end of a write that a crash may leave.
    let mut half = read("killed.jsonl.part");
    half.push_str("{\"vacancy\":\"01");
    std::fs::write(&part, half).unwrap();
    world.says(&[ask("killed.jsonl"), vec!["--resume", "--threads", "3"]].concat());
    assert_eq!(read("killed.jsonl"), whole);

    for line in whole.lines().step_by(100) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let vacancy = line["vacancy"].as_str().unwrap();
        let single = [
            "match",
            "vacancy",
            vacancy,
            "--limit",
            "7",
            "--as-of",
            "2026-11-25",
        ];
        let said = world.says(&single);
        let seekers = line["seekers"].as_array().unwrap();
        assert!(
            seekers
                .iter()
                .all(|seeker| said.contains(seeker["seeker"].as_str().unwrap())),
            "{said}"
        );
    }
}

#[test] // 3
fn what_has_changed_is_not_resumed() {
    let world = world();
    let folder = world.file("x", "").parent().unwrap().to_owned();
    let ask = [
        "match",
        "all",
        "--limit",
        "3",
        "--out",
        "all.jsonl",
        "--chunk",
        "5",
    ];
    let mut child = world
        .command(&ask)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while !folder.join("all.jsonl.state").exists() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before it was killed"
        );
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let refused = |words: &[&str]| {
        let output = world.run(words);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let other = [
        "match",
        "all",
        "--limit",
        "4",
        "--out",
        "all.jsonl",
        "--resume",
    ];
    assert!(refused(&other).contains("--limit"));
    let sheet = world.file(
        "s.csv",
        "title,employer,work_place\nThợ hàn,Công ty,Kon Tum\n",
    );
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let said = refused(&[&ask[..], &["--resume"]].concat());
    assert!(said.contains("the database is not what it was"), "{said}");
    world.says(&ask);
    assert!(folder.join("all.jsonl").exists());
}
