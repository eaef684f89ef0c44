//! 1. Pages of both lists follow each other without a gap or a double, numbered through.
//! 2. What would change it is said in words and as lines of JSON; people are never counted under
//!    five.
//! 3. A cursor that is none, or of another list, ends with 2 and says what is expected.

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
    let limit = (all.len() / 2 + 1).to_string();
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
    let with_words = world.says(&[&seeker[..], &["--limit", "2", "--why"]].concat());
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
        error.contains("--after \"7\": expected what an earlier page"),
        "{error}"
    );
    let cursor = next.rsplit(' ').next().unwrap();
    let other_day = ["--after", cursor, "--as-of", "2020-01-01"];
    let error = refused(&[&seeker[..], &other_day].concat());
    assert!(error.contains("begin again without --after"), "{error}");
}
