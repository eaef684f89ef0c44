//! 1. Pages of both lists follow each other without a gap or a double, numbered through.
//! 2. What would change it is said in words and as lines of JSON; people are never counted under
//!    five.
//! 3. A cursor that is none, was changed or is of another list ends with 2 and says what is expected;
//!    so does a number of results that cannot be.
//! 4. An empty list says why, in words and JSON, and nothing useless is advised.
//! 5. An id of the other kind, or of nobody, leads to the right command; `list` shows the ids.
//! 6. Who reads no further is left in peace.

use std::collections::BTreeSet;

use crate::world::World;

fn lines(said: &str) -> Vec<serde_json::Value> {
    said.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}")))
        .collect()
}

fn of_type<'l>(lines: &'l [serde_json::Value], kind: &str) -> Vec<&'l serde_json::Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

/// The results of all pages of so many.
fn paged(world: &World, words: &[&str], limit: &str) -> Vec<serde_json::Value> {
    let mut results = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let mut words = [words, &["--json", "--limit", limit]].concat();
        if let Some(after) = &after {
            words.extend(["--after", after]);
        }
        let page = lines(&world.says(&words));
        results.extend(of_type(&page, "result").into_iter().cloned());
        match of_type(&page, "next").first() {
            Some(next) => after = Some(next["after"].as_str().unwrap().to_owned()),
            None => return results,
        }
    }
}

fn check_pages(world: &World, words: &[&str]) -> Vec<serde_json::Value> {
    let all = paged(world, words, "1000");
    assert!(all.len() > 20, "{words:?}: {} results", all.len());
    let limit = (all.len() / 2 + 1).min(1_000).to_string();
    assert_eq!(paged(world, words, &limit), all);
    let ids: BTreeSet<&str> = all
        .iter()
        .map(|line| line["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), all.len(), "somebody stands there twice");
    let places: Vec<u64> = all
        .iter()
        .map(|line| line["at"].as_u64().unwrap())
        .collect();
    assert_eq!(places, (1..=all.len() as u64).collect::<Vec<_>>());
    all
}

#[test]
fn the_demonstration_is_ranked_page_after_page_and_changed() {
    let world = World::new();
    let server = world.serve(&["--demo"]);
    let found = server.json("/api/v1/vacancies?q=&limit=100");
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(server.stop());

    // 1
    let vacancy = ["match", "vacancy", &id];
    let people = check_pages(&world, &vacancy);
    let somebody = people[0]["id"].as_str().unwrap();
    let seeker = ["match", "seeker", somebody];
    let vacancies = check_pages(&world, &seeker);
    assert!(vacancies[0]["title"].is_string() && people[0]["title"].is_null());
    let known = |line: &serde_json::Value| line["known_thousandths"].as_u64().unwrap();
    assert!(
        people
            .iter()
            .chain(&vacancies)
            .all(|line| (1..=1_000).contains(&known(line)))
    );
    let with_words = world.says(&[&seeker[..], &["--limit", "2", "--why"]].concat());
    let percent = known(&vacancies[0]) / 10;
    let told = format!("(đủ thông tin {percent}%)");
    assert!(
        with_words.lines().nth(1).unwrap().contains(&told),
        "{with_words}"
    );
    let next = with_words.lines().last().unwrap();
    assert!(next.starts_with("xem tiếp: --after "), "{with_words}");

    // 2
    let reached = vacancies
        .iter()
        .filter(|line| line["thousandths"].as_u64().unwrap() >= 600);
    let changes = lines(&world.says(&[&seeker[..], &["--what-if", "--json"]].concat()));
    assert_eq!(changes[0]["vacancies"], reached.count());
    let gains: Vec<u64> = of_type(&changes, "change")
        .iter()
        .map(|line| line["gained"].as_u64().unwrap())
        .collect();
    assert!(
        !gains.is_empty() && gains.is_sorted_by(|one, other| one >= other),
        "{gains:?}"
    );
    let said = world.says(&[&seeker[..], &["--what-if"]].concat());
    assert!(
        said.starts_with("hiện có ") && said.contains("việc nữa phù hợp"),
        "{said}"
    );

    let changes = lines(&world.says(&[&vacancy[..], &["--what-if", "--json"]].concat()));
    assert!(changes.len() > 1);
    for line in &changes {
        let shown = if line["type"] == "reached" {
            &line["people"]
        } else {
            &line["net"]
        };
        assert!(
            shown.as_i64().is_none_or(|shown| shown.abs() >= 5),
            "{line}"
        );
    }
    let said = world.says(&[&vacancy[..], &["--what-if", "--english"]].concat());
    assert!(
        said.contains("registered people fit") && said.contains(" people fit"),
        "{said}"
    );

    // 3
    let refused = |words: &[&str]| {
        let output = world.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let error = refused(&[&seeker[..], &["--after", "7"]].concat());
    assert!(
        error.contains("--after \"7\"") && error.contains("Expected what an earlier page"),
        "{error}"
    );
    let cursor = next.rsplit(' ').next().unwrap();
    let other = vacancies[1]["id"].as_str().unwrap();
    let page = lines(&world.says(&[&vacancy[..], &["--json", "--limit", "3"]].concat()));
    let of_vacancy = of_type(&page, "next")[0]["after"].as_str().unwrap();
    let error = refused(&["match", "vacancy", other, "--after", of_vacancy]);
    assert!(error.contains(other), "{error}");
    let forged = of_vacancy.replacen(".3.", ".999999999.", 1);
    assert_ne!(forged, of_vacancy);
    refused(&[&vacancy[..], &["--after", &forged]].concat());
    refused(&[&seeker[..], &["--after", of_vacancy]].concat());
    for limit in ["0", "1001", "x"] {
        let error = refused(&[&vacancy[..], &["--limit", limit]].concat());
        assert!(error.contains("--limit"), "{error}");
    }
    let other_day = ["--after", cursor, "--as-of", "2020-01-01"];
    let error = refused(&[&seeker[..], &other_day].concat());
    assert!(error.contains("begin again without --after"), "{error}");
}

/// A world with three vacancies and nobody.
fn without_people() -> (World, Vec<serde_json::Value>) {
    let world = World::new();
    let sheet = "title,employer,work_place\nThợ hàn,Cơ khí An,Kon Tum\n\
                 Phụ bếp,Nhà hàng Bình,Quảng Ngãi\nLái xe tải,Vận tải Cường,Gia Lai\n";
    let sheet = world.file("sheet.csv", sheet);
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let vacancies = lines(&world.says(&["list", "vacancies", "--json"]));
    (world, vacancies)
}

#[test] // 4
fn a_list_without_people_says_so_and_advises_nothing() {
    let (world, vacancies) = without_people();
    assert_eq!(vacancies.len(), 3);
    let id = vacancies[0]["id"].as_str().unwrap();
    for more in [&["--json"][..], &["--json", "--what-if"]] {
        let said = lines(&world.says(&[&["match", "vacancy", id], more].concat()));
        let empty = of_type(&said, "empty");
        assert_eq!(empty[0]["reason"], "nobody_registered", "{said:?}");
        assert!(of_type(&said, "change").is_empty(), "{said:?}");
    }
    let said = world.says(&["match", "vacancy", id, "--what-if"]);
    assert!(
        said.contains("chưa có người tìm việc nào") && !said.contains("thêm dưới 5"),
        "{said}"
    );
    let audit = world.run(&["audit", "ranking"]);
    assert_eq!(audit.status.code(), Some(1));
    let said = String::from_utf8(audit.stderr).unwrap();
    assert!(said.contains("Nothing was checked"), "{said}");
}

#[test] // 4
fn a_person_who_is_not_looking_is_told_so() {
    let world = World::new();
    let server = world.serve(&["--demo"]);
    assert!(server.stop());
    let everybody = lines(&world.says(&["list", "seekers", "--json", "--limit", "1000"]));
    let paused = everybody.iter().find(|line| line["status"] == "paused");
    let id = paused.unwrap()["id"].as_str().unwrap();
    for more in [&["--json"][..], &["--json", "--what-if"]] {
        let said = lines(&world.says(&[&["match", "seeker", id], more].concat()));
        assert_eq!(of_type(&said, "empty")[0]["reason"], "not_looking");
    }
    let said = world.says(&["match", "seeker", id]);
    assert!(
        said.contains("hiện không tìm việc: đang tạm dừng"),
        "{said}"
    );

    let looking = everybody.iter().find(|line| line["status"] == "looking");
    let id = looking.unwrap()["id"].as_str().unwrap();
    let vacancies = lines(&world.says(&["list", "vacancies", "--json", "--limit", "30"]));
    let mut changes = 0;
    for vacancy in of_type(&vacancies, "vacancy") {
        let vacancy = vacancy["id"].as_str().unwrap();
        let said = world.says(&["match", "vacancy", vacancy, "--what-if", "--limit", "100"]);
        assert!(!said.contains("bớt"), "{said}");
        changes += said.lines().count();
        // 5
        if changes > 10 {
            let output = world.run(&["match", "seeker", vacancy]);
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{error}");
            assert!(
                error.contains(&format!("sanviec match vacancy {vacancy}")),
                "{error}"
            );
            let output = world.run(&["match", "vacancy", id]);
            let error = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{error}");
            assert!(
                error.contains(&format!("sanviec match seeker {id}")),
                "{error}"
            );
            return;
        }
    }
    panic!("no vacancy has anything to relax");
}

#[test] // 5
fn a_newcomer_finds_an_id() {
    let (world, vacancies) = without_people();
    let nobody = "01938f7e-5b1a-7c3d-9e2f-0123456789ab";
    for kind in ["seeker", "vacancy"] {
        let output = world.run(&["match", kind, nobody]);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains("sanviec list "), "{error}");
    }
    let page = world.says(&["list", "vacancies", "--limit", "2"]);
    assert!(
        page.contains("Thợ hàn — Cơ khí An") && page.contains("published"),
        "{page}"
    );
    let after = page.lines().last().unwrap().rsplit(' ').next().unwrap();
    let rest = world.says(&["list", "vacancies", "--after", after]);
    assert_eq!(rest.lines().count(), 1);
    assert!(
        rest.starts_with(vacancies[2]["id"].as_str().unwrap()),
        "{rest}"
    );
    assert!(world.says(&["list", "seekers"]).contains("nothing more"));
    let refused = world.run(&["list", "seekers", "--after", "7"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test] // 6
fn a_reader_who_has_seen_enough_gets_no_complaint() {
    let world = World::new();
    let mut show = world.command(&["config", "show"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = show
        .stdout(writer)
        .stderr(std::process::Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(141));
}
