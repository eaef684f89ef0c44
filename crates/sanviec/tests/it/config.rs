//! 1. `config show` says what holds and who said it, and no password.
//! 2. An option stands above a variable, that above the file, that above the default; the file is that of
//!    `--config`, else of SANVIEC_CONFIG, else `sanviec.toml` in the data folder.
//! 3. Every command refuses what is wrong, also a wrong option and variable, and a mistyped variable.
//! 4. What is configured is done: limits, name of the Centre, level and form of the log.
//! 5. A request leaves one line of JSON with its id, and nothing of what was asked, at every level.
//! 6. A code list of one's own that is wrong is refused with file, line and column.

use std::process::Output;

use crate::world::World;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn refused(output: &Output) -> String {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(!said.contains("panic"), "{said}");
    said
}

#[test] // 1
fn what_holds_is_shown_without_passwords() {
    let world = World::new();
    world.file(
        "own.toml",
        "[database]\nurl = \"postgres://anna:hide-me@db/x?password=hide-me\"\n",
    );
    let mut show = world.command(&["config", "show", "--config", "own.toml"]);
    let output = show.env("SANVIEC_SERVE_WORKERS", "3").output().unwrap();
    let said = text(&output.stdout);
    assert!(!said.contains("hide-me"), "{said}");
    for line in [
        "url = \"postgres://anna:[…]@db/x?[…]\"  # own.toml:2",
        "workers = 3  # biến môi trường / environment SANVIEC_SERVE_WORKERS",
        "max_bodies = 256  # mặc định / default",
        "  # dòng lệnh / command line --data-dir",
        "# skill = 400  # mặc định / default",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    // It is a file that can be read again.
    world.file("again.toml", &said);
    let again = text(
        &world
            .run(&["config", "show", "--config", "again.toml"])
            .stdout,
    );
    assert!(again.contains("workers = 3  # again.toml:"), "{again}");
    assert!(world.says(&["config", "default"]).contains("\nlisten = "));
}

#[test] // 2
fn the_file_is_found_where_it_was_said_to_be() {
    let world = World::new();
    let seed = |seed: u32| format!("[demo]\nseed = {seed}\n");
    world.file("named.toml", &seed(2));
    world.file("variable.toml", &seed(3));
    std::fs::create_dir(world.file("x", "").with_file_name("data")).unwrap();
    world.file("data/sanviec.toml", &seed(4));
    // Whatever else lies in the working directory is nobody's configuration.
    world.file("sanviec.toml", &seed(5));
    let shows = |words: &[&str], variable: Option<&str>| {
        let words = [&["config", "show"], words].concat();
        let mut show = world.command(&words);
        if let Some(variable) = variable {
            show.env("SANVIEC_CONFIG", variable);
        }
        let said = text(&show.output().unwrap().stdout);
        let line = said.lines().find(|line| line.starts_with("seed = "));
        line.unwrap().chars().nth(7).unwrap()
    };
    assert_eq!(
        shows(&["--config", "named.toml"], Some("variable.toml")),
        '2'
    );
    assert_eq!(shows(&[], Some("variable.toml")), '3');
    assert_eq!(shows(&[], None), '4');
    let said = refused(&world.run(&["config", "show", "--config", "none.toml"]));
    assert!(said.contains("none.toml\n  Không đọc được tệp"), "{said}");
    world.file("data/sanviec.toml", "data_dir = \"elsewhere\"\n");
    let said = refused(&world.run(&["config", "show"]));
    assert!(said.contains("sanviec.toml:1: data_dir"), "{said}");
}

#[test] // 3
fn every_command_refuses_what_is_wrong() {
    let world = World::new();
    world.file(
        "own.toml",
        "[serve]\nlisten = \"127.0.0.1:0\"\nmax_boddies = 3\n",
    );
    let nobody = "01938f7e-5b1a-7c3d-9e2f-0123456789ab";
    for words in [
        ["serve"].as_slice(),
        &["migrate"],
        &["import", "vacancies", "x.csv"],
        &["match", "seeker", nobody],
        &["match", "vacancy", nobody],
        &["audit", "ranking"],
        &["codes", "check"],
        &["doctor"],
        &["config", "show"],
    ] {
        let words = [words, &["--config", "own.toml"]].concat();
        let said = refused(&world.run(&words));
        assert!(
            said.contains("own.toml:3: serve.max_boddies")
                && said.contains("Có phải ý bạn là \"serve.max_bodies\"?")
                && said.contains("Did you mean \"serve.max_bodies\"?"),
            "{said}"
        );
    }
    let variable = |name: &str, value: &str| {
        let mut show = world.command(&["config", "show"]);
        refused(&show.env(name, value).output().unwrap())
    };
    let said = variable("SANVIEC_LOG_FORMAT", "jsson");
    assert!(
        said.contains("SANVIEC_LOG_FORMAT: log.format") && said.contains("Did you mean \"json\"?"),
        "{said}"
    );
    let said = variable("SANVIEC_SERVE_LISTN", "127.0.0.1:0");
    assert!(
        said.contains("Did you mean \"SANVIEC_SERVE_LISTEN\"?"),
        "{said}"
    );
    let said = variable("SANVIEC_DATABASE", "mysql://anna:hide-me@db");
    assert!(
        said.contains("SANVIEC_DATABASE: database.url") && !said.contains("hide-me"),
        "{said}"
    );
    let said = refused(&world.run(&["serve", "--listen", "somewhere"]));
    assert!(said.contains("--listen: serve.listen"), "{said}");
    let said = refused(&world.run(&["serve", "--seed=-1"]));
    assert!(said.contains("--seed"), "{said}");
}

#[test] // 4
fn what_is_configured_is_done() {
    let world = World::new();
    world.file(
        "own.toml",
        "[serve]\nmax_url_bytes = 256\n[centre]\nname = \"Trung tâm thử\"\n[log]\nfilter = \"error\"\n",
    );
    let (server, log) = world.serve_logging(&["--config", "own.toml"]);
    let (status, _, page) = server.get("/");
    assert!(status == 200 && page.contains("Trung tâm thử"));
    let long = format!("/api/v1/vacancies?q={}", "a".repeat(300));
    assert_eq!(server.get(&long).0, 414);
    assert!(server.stop());
    assert_eq!(std::fs::read_to_string(log).unwrap(), "");
}

#[test] // 5
fn a_request_leaves_its_id_and_nothing_of_what_was_asked() {
    for level in ["info", "trace"] {
        let world = World::new();
        world.file(
            "own.toml",
            &format!("[log]\nformat = \"json\"\nfilter = \"{level}\"\n"),
        );
        let (server, log) = world.serve_logging(&["--config", "own.toml"]);
        let (status, head, _) = server.get("/api/v1/vacancies?q=nguyen-thi-secret&limit=7");
        assert_eq!(status, 200);
        let (status, _, _) = server.get("/viec-lam/nguyen-thi-secret");
        assert_eq!(status, 404);
        let id = head
            .lines()
            .find_map(|line| line.strip_prefix("x-request-id: "))
            .unwrap()
            .trim();
        assert!(server.stop());
        let log = std::fs::read_to_string(log).unwrap();
        assert!(!log.contains("nguyen-thi-secret"), "{level}: {log}");
        let lines: Vec<serde_json::Value> = log
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let mine: Vec<_> = lines
            .iter()
            .filter(|line| line["request_id"] == id && line["target"] == "api::access")
            .collect();
        assert_eq!(mine.len(), 1, "{log}");
        assert_eq!(mine[0]["status"], 200);
        assert_eq!(mine[0]["method"], "GET");
        assert_eq!(mine[0]["route"], "/api/v1/vacancies");
    }
}

#[test] // 6
fn a_wrong_code_list_is_named() {
    let world = World::new();
    let folder = world.file("x", "").with_file_name("codes");
    std::fs::create_dir(&folder).unwrap();
    let built_in = include_str!("../../../../config/codes/shifts.csv");
    let with = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = world.run(&["codes", "check", "--config-dir", "."]);
        std::fs::remove_file(path).unwrap();
        output
    };
    assert!(with("shifts.csv", built_in.as_bytes()).status.success());
    let code = built_in.lines().nth(1).unwrap().split(',').next().unwrap();
    let twice = format!("{built_in}{}\n", built_in.lines().nth(1).unwrap());
    let mut broken = built_in.as_bytes().to_vec();
    let second = built_in.find(code).unwrap();
    broken[second] = 0xff;
    for (name, bytes, place) in [
        ("shifts.csv", b"".as_slice(), "shifts.csv:1: code"),
        ("shifts.csv", b"cod,vi,en\na,b,c\n", "shifts.csv:1: code"),
        ("shifts.csv", broken.as_slice(), "shifts.csv:2: file"),
        ("shifts.csv", b"code,vi,en\n,b,c\n", "shifts.csv:2: code"),
        ("shifts.csv", b"code,vi,en\na,\"b,c\n", "shifts.csv:2"),
        ("shifts.csv", b"code,vi,en\na,b,c,d\n", "shifts.csv:2"),
        ("shift.csv", b"code,vi,en\n", "shift.csv:0: file"),
    ] {
        let said = refused(&with(name, bytes));
        assert!(said.contains(place), "{place}\n{said}");
        assert!(said.contains("không dùng được"), "{said}");
    }
    let output = with("shifts.csv", twice.as_bytes());
    assert!(!output.status.success(), "a code stands twice");
}
