//! 1. Every answer carries the headers, whatever its route and status.
//! 2. A wrong method is 405 with `Allow`; `HEAD` is `GET` without a body.
//! 3. Heads, bodies, addresses and questions have bounds; beyond them there is an answer, at once.
//! 4. A panic is one 500, and the server goes on.
//! 5. The log names request, route and status, and nothing that anybody typed.

use std::io::{Read, Write};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{Answer, PAGES, Server};
use crate::client::PATIENCE;
use crate::fake;

const ROUTES: [&str; 10] = [
    "/",
    "/en",
    "/viec-lam",
    "/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000001",
    "/gioi-thieu",
    "/assets/x",
    "/api/v1/health",
    "/api/v1/ready",
    "/api/v1/vacancies",
    "/api/v1/vacancies/01938f7e-5b1a-7c3d-9e2f-000000000001",
];

fn assert_headers(answer: &Answer, what: &str) {
    let csp = answer
        .header("content-security-policy")
        .unwrap_or_else(|| panic!("{what}"));
    for rule in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(csp.contains(rule), "{what}: {csp}");
    }
    assert!(
        !csp.contains("unsafe") && !csp.contains("script-src"),
        "{what}: {csp}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{what}");
    }
    assert!(answer.header("cache-control").is_some(), "{what}");
    assert_eq!(
        answer
            .headers
            .iter()
            .filter(|(name, _)| name == "x-request-id")
            .count(),
        1,
        "{what}"
    );
    assert_eq!(answer.header("set-cookie"), None, "{what}");
}

#[test]
fn every_answer_carries_the_headers() {
    let server = Server::start();
    let long = format!("/viec-lam?q={}", "a".repeat(3_000));
    let bad = [
        format!("/viec-lam/{}", fake::FAILS),
        format!("/viec-lam/{}", fake::PANICS),
        format!("/viec-lam?q={}", fake::REBUILDING),
        format!("/api/v1/vacancies/{}", fake::PANICS),
        "/api/v1/vacancies?limit=0".to_owned(),
        "/api/v2".to_owned(),
        long,
    ];
    let mut statuses = Vec::new();
    for path in PAGES
        .iter()
        .chain(&ROUTES)
        .copied()
        .chain(bad.iter().map(String::as_str))
    {
        for method in ["GET", "HEAD", "POST"] {
            let answer = server.send(method, path, &[]);
            assert_headers(&answer, &format!("{method} {path}"));
            statuses.push(answer.status);
        }
    }
    for status in [200, 400, 404, 405, 414, 500, 503] {
        assert!(statuses.contains(&status), "no answer was {status}");
    }
}

#[test]
fn a_wrong_method_is_405_and_says_which_are_right() {
    let server = Server::start();
    for path in ROUTES {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"] {
            let answer = server.send(method, path, &[]);
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{method} {path}");
        }
    }
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::start();
    for path in ROUTES {
        let (get, head) = (server.get(path), server.send("HEAD", path, &[]));
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
        assert!(head.body.is_empty(), "{path}");
    }
}

#[test]
fn a_request_keeps_a_sane_name_and_gets_a_fresh_one_otherwise() {
    let server = Server::start();
    let named = |name: &str| {
        let answer = server.get_with("/", &[("x-request-id", name)]);
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(named("proxy-0000-1"), "proxy-0000-1");
    let fresh = named("<b>not a name</b>");
    assert_eq!(fresh.len(), 14, "{fresh}");
    assert_ne!(fresh, named("<b>not a name</b>"));
}

#[test]
fn a_panic_is_one_500_and_the_server_goes_on() {
    let server = Server::start();
    let mut stream = server.connect();
    // On one connection: the panic is answered and the next request too.
    let panics = format!("GET /viec-lam/{} HTTP/1.1\r\nhost: x\r\n\r\n", fake::PANICS);
    stream.write_all(panics.as_bytes()).unwrap();
    stream
        .write_all(b"GET /api/v1/health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut both = String::new();
    stream.read_to_string(&mut both).unwrap();
    assert_eq!(both.matches("HTTP/1.1 500").count(), 1, "{both}");
    assert_eq!(both.matches("HTTP/1.1 200 OK").count(), 1, "{both}");
}

#[test]
fn a_long_address_is_refused() {
    let server = Server::start();
    let fits = format!("/viec-lam?x={}", "a".repeat(2_048 - 12));
    assert_eq!(server.get(&fits).status, 200);
    assert_eq!(server.get(&format!("{fits}a")).status, 414);
}

#[test]
fn a_slow_body_is_cut() {
    let server = Server::with(|config| config.body_deadline = Duration::from_millis(200));
    for head in [
        "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\na",
        "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
    ] {
        let began = Instant::now();
        let mut stream = server.connect();
        stream.write_all(head.as_bytes()).unwrap();
        // Reads to the end of the connection: it is closed although the body never came.
        let answer = Answer::read(stream);
        assert_eq!(answer.status, 408, "{head}");
        assert!(began.elapsed() < PATIENCE / 2, "{:?}", began.elapsed());
        assert_headers(&answer, head);
    }
}

#[test]
fn a_large_body_is_refused_and_a_small_one_is_not() {
    let server = Server::with(|config| config.max_body = 100);
    let post = |body: &str, head: &str| {
        let mut stream = server.connect();
        let head = format!("POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{head}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        Answer::read(stream).status
    };
    assert_eq!(post(&"a".repeat(100), "content-length: 100"), 405);
    assert_eq!(post("", "content-length: 101"), 413);
    let chunk = format!("65\r\n{}\r\n0\r\n\r\n", "a".repeat(101));
    assert_eq!(post(&chunk, "transfer-encoding: chunked"), 413);
}

#[test]
fn a_body_that_is_not_wanted_does_not_keep_the_connection() {
    let server = Server::start();
    let long = format!("/viec-lam?x={}", "a".repeat(3_000));
    let mut stream = server.connect();
    let head =
        format!("POST {long} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab");
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(Answer::read(stream).status, 414);
}

#[test]
fn a_slow_head_is_cut() {
    let server = Server::with(|config| config.head_deadline = Duration::from_millis(300));
    let began = Instant::now();
    let mut stream = server.connect();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").unwrap();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    assert!(began.elapsed() < PATIENCE / 2, "{:?}", began.elapsed());
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"));
}

#[test]
fn a_question_that_takes_too_long_is_answered_with_503() {
    let server = Server::with(|config| config.handler_deadline = Duration::from_millis(200));
    let gate = server.exchange.gate.lock().unwrap();
    for path in ["/viec-lam?q=slow", "/api/v1/vacancies?q=slow"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.header("retry-after").is_some(), "{path}");
        assert_headers(&answer, path);
    }
    drop(gate);
    assert_eq!(server.get("/viec-lam?q=slow").status, 200);
}

#[test]
fn too_many_questions_at_once_are_turned_away_at_once() {
    let server = Server::with(|config| {
        config.max_questions = 1;
        config.workers = 2;
    });
    let gate = server.exchange.gate.lock().unwrap();
    let mut first = server.connect();
    first
        .write_all(b"GET /viec-lam?q=slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        .unwrap();
    let began = Instant::now();
    while !server.exchange.waits.load(Ordering::SeqCst) {
        assert!(
            began.elapsed() < PATIENCE,
            "the slow question never came in"
        );
        std::thread::yield_now();
    }
    let turned_away = server.get("/api/v1/vacancies");
    assert_eq!(turned_away.status, 503);
    assert_eq!(turned_away.json()["type"], "urn:sanviec:problem:busy");
    // What asks nothing is answered all the same.
    assert_eq!(server.get("/api/v1/health").status, 200);
    drop(gate);
    assert_eq!(Answer::read(first).status, 200);
    assert_eq!(server.get("/api/v1/vacancies").status, 200);
}

#[test]
fn answers_are_compressed_for_those_who_can_read_it() {
    let server = Server::start();
    for (wanted, got) in [
        ("gzip", Some("gzip")),
        ("br", Some("br")),
        ("identity", None),
    ] {
        let answer = server.get_with("/viec-lam", &[("accept-encoding", wanted)]);
        assert_eq!(answer.header("content-encoding"), got);
    }
}

#[test]
fn the_log_names_the_route_and_nothing_that_was_typed() {
    let log = Arc::new(Log::default());
    let listening = tracing_subscriber::fmt()
        .with_writer(Arc::clone(&log))
        .with_ansi(false)
        .try_init();
    assert!(listening.is_ok(), "another test listens to the log");
    let server = Server::start();
    for (id, path) in [
        ("log-test-search", "/viec-lam?q=Nguyen+Van+A&noi=0905"),
        (
            "log-test-id",
            "/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000001",
        ),
        ("log-test-typed", "/Nguyen-Van-A"),
        ("log-test-fails", "/viec-lam/fails"),
    ] {
        server.get_with(path, &[("x-request-id", id)]);
    }
    drop(server);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let line = |id: &str| {
        let found = log
            .lines()
            .find(|line| line.contains(id) && line.contains("answered"));
        found.unwrap_or_else(|| panic!("{id} in {log}"))
    };
    for (id, parts) in [
        (
            "log-test-search",
            "method=GET route=\"/viec-lam\" status=200 ms=",
        ),
        (
            "log-test-id",
            "method=GET route=\"/viec-lam/{id}\" status=200 ms=",
        ),
        ("log-test-typed", "method=GET route=\"-\" status=404 ms="),
        ("log-test-fails", "status=500"),
    ] {
        assert!(line(id).contains(parts), "{}", line(id));
    }
    assert!(!log.contains("Nguyen") && !log.contains("0905"), "{log}");
    // The cause of a failure is there, once, under the name that the reader was given.
    let causes: Vec<_> = log
        .lines()
        .filter(|line| line.contains(fake::SECRET_CAUSE))
        .collect();
    assert_eq!(causes.len(), 1, "{log}");
    assert!(causes[0].contains("log-test-fails"), "{log}");
}

#[derive(Default)]
struct Log(Mutex<Vec<u8>>);

impl Write for &Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
