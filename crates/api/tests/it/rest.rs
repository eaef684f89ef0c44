//! 1. A list has one array at the top, `items`, and cursors that give each vacancy once.
//! 2. What cannot be taken is named with what is expected, all at once, in the caller's language.
//! 3. `health` is 200 while the process answers; `ready` says what stands in the way.

use api::exchange::{Readiness, Unready};
use serde_json::{Value, json};

use super::{Answer, Server};
use crate::fake;

const LIST: &str = "/api/v1/vacancies";
const WELDER: &str = "/api/v1/vacancies/01938f7e-5b1a-7c3d-9e2f-000000000001";

fn problem(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(
        problem["request_id"],
        answer.header("x-request-id").unwrap()
    );
    assert!(
        problem["type"]
            .as_str()
            .unwrap()
            .starts_with("urn:sanviec:problem:")
    );
    for text in ["title", "detail"] {
        let text = problem[text].as_str().unwrap();
        assert!(
            !text.is_empty() && !text.contains("Unknown localization"),
            "{text}"
        );
    }
    problem
}

#[test]
fn a_list_has_its_items_at_the_top() {
    let server = Server::start();
    let list = server.get(&format!("{LIST}?q=h%C3%A0n+mig")).json();
    let arrays = list
        .as_object()
        .unwrap()
        .values()
        .filter(|value| value.is_array());
    assert_eq!(arrays.count(), 1);
    assert_eq!(list["total"], 1);
    assert_eq!(list["next_cursor"], Value::Null);
    assert_eq!(
        list["items"],
        json!([{
            "id": "01938f7e-5b1a-7c3d-9e2f-000000000001",
            "title": "Thợ hàn MIG, hàn điện",
            "employer": { "name": "Cơ khí Thành Đạt", "verified": true },
            "origin": "own",
            "source": null,
            "wage": { "kind": "range", "from": 8_000_000, "to": 10_000_000, "per": "month",
                      "words": "8\u{a0}–\u{a0}10 triệu/tháng" },
            "places": ["Phường Kon Tum"],
            "remote": false,
            "benefits": ["social_insurance", "meals", "shuttle"],
            "positions": 6,
            "posted_on": "2026-11-22",
            "fetched_on": null,
            "closes_on": "2026-12-01",
            "url": "/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000001",
        }])
    );
    let place = server
        .get(&format!("{LIST}?place=dak+ha&trade=shop&limit=1"))
        .json();
    assert_eq!(
        (&place["place"], &place["total"]),
        (&json!("Xã Đăk Hà"), &json!(60))
    );
    assert_eq!(place["items"].as_array().unwrap().len(), 1);
}

#[test]
fn cursors_give_each_vacancy_once() {
    let server = Server::start();
    let mut ids = Vec::new();
    let mut path = format!("{LIST}?limit=30");
    loop {
        let page = server.get(&path).json();
        let items = page["items"].as_array().unwrap();
        ids.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("{LIST}?limit=30&cursor={cursor}");
    }
    assert_eq!(ids.len(), 65);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 65);
}

#[test]
fn a_vacancy_is_whole() {
    let server = Server::start();
    let job = server.get_with(WELDER, &[("accept-language", "en")]).json();
    assert_eq!(job["open"], true);
    assert_eq!(job["skills"]["asked"], "required");
    assert_eq!(
        job["skills"]["value"][2],
        json!({ "code": "metal.01", "name": "TIG welding", "essential": false, "inferred": false })
    );
    assert_eq!(
        job["training_level"],
        json!({ "asked": "required", "value": "Elementary" })
    );
    assert_eq!(
        job["experience_months"],
        json!({ "asked": "required", "value": 24 })
    );
    assert_eq!(job["occupations"][0]["code"], "7212");
    assert_eq!(
        (&job["contracts"], &job["shifts"]),
        (&json!(["fixed_12_36"]), &json!(["shifts"]))
    );
    assert_eq!(job["wage"]["words"], "8\u{a0}–\u{a0}10 million VND/month");
    assert_eq!(
        job["url"],
        "/en/viec-lam/01938f7e-5b1a-7c3d-9e2f-000000000001"
    );

    let missing = problem(&server.get("/api/v1/vacancies/42"), 404);
    assert_eq!(missing["type"], "urn:sanviec:problem:not-found");
    problem(&server.get("/api/v1/nothing"), 404);
}

#[test]
fn all_that_cannot_be_taken_is_named_at_once_with_the_nearest_right_name() {
    let server = Server::start();
    let long = "ơ".repeat(201);
    let path =
        format!("{LIST}?limti=5&limit=101&q={long}&trade=sewer&cursor=%3Cx%3E&place=a&place=b");
    let encoded: String = path
        .chars()
        .map(|c| {
            if c == 'ơ' {
                "%C6%A1".to_owned()
            } else {
                c.to_string()
            }
        })
        .collect();
    let problem = problem(
        &server.get_with(&encoded, &[("accept-language", "en-GB")]),
        400,
    );
    let errors = problem["errors"].as_array().unwrap();
    let said = |field: &str| {
        let error = errors.iter().find(|error| error["field"] == field);
        error.unwrap_or_else(|| panic!("{field} in {errors:?}"))
    };
    assert_eq!(errors.len(), 6, "{errors:?}");
    assert_eq!(said("limti")["expected"], "Did you mean “limit”?");
    assert_eq!(said("limit")["value"], "101");
    assert_eq!(
        said("limit")["expected"],
        "A number from 1 to 100 is expected."
    );
    assert_eq!(
        said("q")["expected"],
        "At most 200 characters are expected."
    );
    assert!(said("q")["value"].as_str().unwrap().chars().count() <= 80);
    assert_eq!(said("trade")["expected"], "Did you mean “sew”?");
    assert_eq!(said("cursor")["value"], "<x>");
    assert_eq!(said("place")["expected"], "Each field is given once.");
}

#[test]
fn problems_are_told_in_the_language_of_the_caller() {
    let server = Server::start();
    let vi = problem(&server.get(&format!("{LIST}?limit=0")), 400);
    assert_eq!(vi["title"], "Có chỗ cần sửa");
    assert_eq!(vi["errors"][0]["expected"], "Cần một số từ 1 đến 100.");
    let en = problem(
        &server.get_with(&format!("{LIST}?limit=0"), &[("accept-language", "en")]),
        400,
    );
    assert_eq!(en["title"], "Something needs correcting");
}

#[test]
fn a_cursor_that_the_exchange_does_not_know_is_refused() {
    let problem = problem(
        &Server::start().get(&format!("{LIST}?cursor=stranger")),
        400,
    );
    assert_eq!(
        problem["errors"],
        json!([{
            "field": "cursor", "value": "stranger",
            "expected": "Dùng đúng giá trị next_cursor của câu trả lời trước.",
        }])
    );
}

#[test]
fn what_nobody_said_is_null_and_what_was_inferred_is_marked() {
    let job = Server::start().get(&format!("{LIST}/01938f7e-5b1a-7c3d-9e2f-000000000002"));
    let job = job.json();
    for unsaid in ["positions", "posted_on", "closes_on"] {
        assert_eq!(job[unsaid], Value::Null, "{unsaid}");
    }
    assert_eq!(job["fetched_on"], "2026-11-25");
    assert_eq!(job["skills"]["value"][0]["inferred"], true);
}

#[test]
fn odd_queries_are_refused_and_never_break_the_server() {
    let server = Server::start();
    let many = "q=&".repeat(60);
    for query in [
        "q=%FF",
        "q=%00%01",
        "limit=-1",
        "limit=99999999999999999999",
        "limit=1e2",
        "=&=",
        "%=1",
        &many,
        "limit=%EF%BC%95",
    ] {
        let status = server.get(&format!("{LIST}?{query}")).status;
        assert!(status == 200 || status == 400, "{query}: {status}");
    }
}

#[test]
fn failures_inside_stay_inside() {
    let server = Server::start();
    for word in [fake::FAILS, fake::PANICS] {
        let answer = server.get(&format!("{LIST}/{word}"));
        let problem = problem(&answer, 500);
        assert_eq!(problem["type"], "urn:sanviec:problem:internal");
        assert!(!answer.text().contains("secret42") && !answer.text().contains("as asked"));
    }
}

#[test]
fn ready_says_what_stands_in_the_way_and_health_does_not_care() {
    let server = Server::start();
    assert_eq!(
        server.get("/api/v1/ready").json(),
        json!({ "status": "ready" })
    );
    *server.exchange.readiness.lock().unwrap() = Readiness::NotReady {
        reasons: vec![
            Unready::DatabaseUnreachable,
            Unready::IndexBehind { changes: 1_234 },
        ],
        retry_after: 3,
    };
    let answer = server.get("/api/v1/ready");
    let problem = problem(&answer, 503);
    assert_eq!(answer.header("retry-after"), Some("3"));
    assert_eq!(
        problem["reasons"],
        json!([
            { "code": "database-unreachable", "detail": "Cơ sở dữ liệu chưa trả lời." },
            { "code": "index-behind", "detail": "Chỉ mục tìm kiếm còn thiếu 1.234 thay đổi." },
        ])
    );
    let health = server.get("/api/v1/health");
    assert_eq!(
        (health.status, &health.json()["status"]),
        (200, &json!("ok"))
    );
}
