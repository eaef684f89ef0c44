//! 1. It starts empty and says what to do next; Ctrl-C stops it; the next start goes on.
//! 2. The demonstration is whole: it is searched, and ranked in both directions with reasons.
//! 5. While a change cannot be taken in, the server says that it is behind, and goes on when it can.
//! 6. What a caller sends is no error of the server.
//! 4. The statistics of the day are counted once, on any number of starts.
//! 3. What another process writes is seen within a second or two, also after a kill.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::world::{Server, World};

#[test] // 1
fn it_starts_empty_and_stops_on_ctrl_c() {
    let world = World::new();
    let server = world.serve(&[]);
    assert_eq!(server.get("/api/v1/health").0, 200);
    assert_eq!(server.get("/api/v1/ready").0, 200);
    assert_eq!(
        server.json("/api/v1/vacancies?q=")["items"],
        serde_json::json!([])
    );
    assert!(server.stop());
    let again = world.serve(&[]);
    assert_eq!(again.get("/").0, 200);
    assert!(again.stop());
}

#[test] // 2
fn the_demonstration_is_a_whole_province() {
    let world = World::new();
    let server = world.serve(&["--demo"]);
    let found = server.json("/api/v1/vacancies?q=&limit=100");
    let items = found["items"].as_array().unwrap();
    assert_eq!(items.len(), 100);
    let id = items[0]["id"].as_str().unwrap();
    assert_eq!(server.get(&format!("/viec-lam/{id}")).0, 200);
    assert_eq!(server.get("/viec-lam?q=tho").0, 200);
    let tried: Vec<Vec<&str>> = server
        .said
        .iter()
        .filter_map(|line| line.trim().strip_prefix("sanviec "))
        .map(|line| line.split(' ').collect())
        .collect();
    assert_eq!(tried.len(), 2, "{:?}", server.said);
    for words in &tried {
        assert_eq!(
            words[3..],
            ["--why", "--data-dir", world.data().to_str().unwrap()]
        );
        let list = world.says(&words[..3]);
        assert!(list.lines().count() > 5, "{list}");
    }

    assert!(server.stop());
    let again = world.serve(&["--demo"]);
    let said = again.said.join("\n");
    assert!(said.contains("--demo added nothing"), "{said}");
    assert!(again.stop());

    let people = world.says(&["match", "vacancy", id, "--why", "--limit", "3"]);
    let ranked = people
        .lines()
        .find(|line| line.trim_start().starts_with("1 "))
        .unwrap();
    assert!(
        people.contains("Kỹ năng") && people.contains("Nơi làm việc"),
        "{people}"
    );
    let seeker = ranked.split_whitespace().nth(2).unwrap();
    let vacancies = world.says(&["match", "seeker", seeker, "--english", "--limit", "1000"]);
    assert!(vacancies.contains(id), "the pair is on both lists");
    assert!(
        world
            .says(&["audit", "ranking"])
            .contains(" 0 with another fit")
    );
    assert!(
        world
            .says(&["doctor"])
            .contains("3000 vacancies, 20000 people")
    );
}

#[test] // 3
fn what_another_process_writes_is_seen() {
    let world = World::new();
    let server = world.serve(&[]);
    let sheet = world.file(
        "sheet.csv",
        "title,employer,work_place\nThợ hàn,Cơ khí,Kon Tum\n",
    );
    let import = ["import", "vacancies", sheet.to_str().unwrap()];
    world.says(&import);
    let is_one = |found: &serde_json::Value| found["items"].as_array().unwrap().len() == 1;
    server.until("/api/v1/vacancies?q=tho+han", is_one);
    server.kill();
    let again = world.serve(&[]);
    assert!(is_one(&again.json("/api/v1/vacancies?q=tho+han")));
    world.file(
        "sheet.csv",
        "title,employer,work_place\nThợ tiện,Cơ khí,Kon Tum\n",
    );
    world.says(&import);
    again.until("/api/v1/vacancies?q=tho+tien", is_one);
    assert!(again.stop());
}

#[test] // 4
fn the_statistics_are_counted_once_a_day() {
    let world = World::new();
    let done = || {
        let jobs = world.says(&["jobs", "list"]);
        assert!(jobs.lines().count() <= 1, "{jobs}");
        jobs.contains("done")
    };
    let server = world.serve(&[]);
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(20));
    }
    assert!(server.stop());
    assert!(world.serve(&[]).stop());
    assert!(done());
    let before = world.says(&["doctor"]);
    assert!(before.contains("statistics version 1"), "{before}");
    world.says(&["jobs", "run", "skill-stats"]);
    let after = world.says(&["doctor"]);
    assert!(after.contains("statistics version 2"), "{after}");
}

fn until_ready_says(server: &Server, status: u16) -> String {
    let started = Instant::now();
    loop {
        let (said, head, _) = server.get("/api/v1/ready");
        if said == status {
            return head;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{head}");
    }
}

#[test] // 5
fn a_change_that_cannot_be_taken_in_is_not_hidden() {
    let world = World::new();
    let sheet = world.file(
        "sheet.csv",
        "title,employer,work_place\nThợ hàn,Cơ khí,Kon Tum\n",
    );
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let server = world.serve(&[]);
    assert_eq!(server.get("/api/v1/ready").0, 200);
    let path = world.data().join("sanviec.db");
    let mut database = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    let changed = "INSERT INTO change_log (entity, entity_id) SELECT 'vacancy', id FROM vacancy";
    let mut run = |sql: &str| database.batch_execute(&format!("{sql};{changed}")).unwrap();
    run("PRAGMA busy_timeout = 5000; UPDATE vacancy SET offer = '!' || offer");
    assert!(until_ready_says(&server, 503).contains("retry-after"));
    assert_eq!(server.get("/api/v1/vacancies?q=tho+han").0, 200);
    run("UPDATE vacancy SET offer = substr(offer, 2)");
    until_ready_says(&server, 200);
    assert!(server.stop());
}

#[test] // 6
fn a_request_that_cannot_be_read_is_no_error_of_the_server() {
    let world = World::new();
    let (server, log) = world.serve_logging(&[]);
    let answer = server.send(b"GET / HTTP/9.9\r\nhost\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let started = Instant::now();
    let logged = loop {
        let logged = std::fs::read_to_string(&log).unwrap();
        if logged.contains("a request could not be read") {
            break logged;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{logged}");
    };
    assert!(!logged.contains("ERROR"), "{logged}");
    assert!(server.stop());
}
