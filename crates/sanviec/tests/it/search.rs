//! The search of the pages and the API over imported vacancies:
//! 1. whole words count, those of the title first, and cursors keep that order;
//! 2. accents count where they are typed;
//! 3. a place is read as import reads it: districts and provinces of before are the communes that
//!    came of them;
//! 4. what no row said is not shown as said;
//! 5. a place, a wage and the like in the words are conditions that can be taken off, facets count, and
//!    a mistyped word is corrected, and said so;
//! 6. suggestions complete what is typed;
//! 7. the page of a vacancy names others like it.

use serde_json::Value;

use crate::world::{Server, World};

const SHEET: &str = "title,employer,work_place\n\
    Nhân viên bán hàng,Hàn Việt,Hà Nội\n\
    Nhân viên nhà hàng,Bếp Xanh,\"Xã Bờ Y, Quảng Ngãi\"\n\
    Phụ việc hàn cho thợ,Cơ khí Một,\"Phường Kon Tum, Quảng Ngãi\"\n\
    Thợ hàn điện,Cơ khí Hai,\"Xã Đăk Hà, Quảng Ngãi\"\n\
    Thợ máy,Cơ khí Ba,\"Phường Cẩm Thành, Quảng Ngãi\"\n\
    Thợ may,May Bốn,\"Xã Ngọc Hồi, Hà Nội\"\n\
    Thủ kho,Thợ Hàn Năm,Kon Tum\n";

fn filled() -> (World, Server) {
    let world = World::new();
    let sheet = world.file("sheet.csv", SHEET);
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let server = world.serve(&[]);
    (world, server)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

fn found(server: &Server, field: &str, text: &str) -> Value {
    server.json(&format!("/api/v1/vacancies?{field}={}", encoded(text)))
}

fn titles(found: &Value) -> Vec<String> {
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|item| item["title"].as_str().unwrap().to_owned())
        .collect()
}

#[test] // 1
fn whole_words_are_found_those_of_the_title_first() {
    let (_world, server) = filled();
    let expected = ["Thợ hàn điện", "Phụ việc hàn cho thợ", "Thủ kho"];
    assert_eq!(titles(&found(&server, "q", "thợ hàn")), expected);

    let mut paged = Vec::new();
    let mut cursor = String::new();
    for _ in 0..expected.len() {
        let path = format!("/api/v1/vacancies?q={}&limit=1{cursor}", encoded("thợ hàn"));
        let page = server.json(&path);
        paged.extend(titles(&page));
        let next = page["next_cursor"].as_str();
        cursor = next.map_or_else(String::new, |next| format!("&cursor={next}"));
    }
    assert_eq!(paged, expected);
    assert!(cursor.is_empty());
    assert!(server.stop());
}

#[test] // 2
fn accents_count_where_they_are_typed() {
    let (_world, server) = filled();
    assert_eq!(titles(&found(&server, "q", "thợ may")), ["Thợ may"]);
    assert_eq!(titles(&found(&server, "q", "hàng")).len(), 2);
    assert_eq!(found(&server, "q", "tho may")["total"], 2);
    // An occupation is known in both languages.
    assert_eq!(titles(&found(&server, "q", "welders")), ["Thợ hàn điện"]);
    assert!(server.stop());
}

#[test] // 3
fn a_place_is_read_as_import_reads_it() {
    let (_world, server) = filled();
    for (place, count, understood) in [
        ("Ngọc Hồi", 1, "Huyện Ngọc Hồi, Kon Tum"),
        ("TP Kon Tum", 1, "Thành phố Kon Tum, Kon Tum"),
        ("kontum", 4, "Tỉnh Kon Tum"),
        ("Quảng Ngãi", 5, "Tỉnh Quảng Ngãi"),
        ("xã Ngọc Hồi, Hà Nội", 1, "Xã Ngọc Hồi, Hà Nội"),
        ("Hà Nội", 2, "Thành phố Hà Nội"),
    ] {
        let answer = found(&server, "place", place);
        assert_eq!(answer["place"], understood, "{place}");
        assert_eq!(answer["total"], count, "{place}: {answer}");
    }
    assert_eq!(
        titles(&found(&server, "place", "Ngọc Hồi")),
        ["Nhân viên nhà hàng"]
    );
    let (_, _, page) = server.get(&format!("/viec-lam?noi={}", encoded("Ngọc Hồi")));
    let said =
        "Huyện Ngọc Hồi, Kon Tum (trước tháng 7/2025), nay là 3 xã, phường thuộc Tỉnh Quảng Ngãi";
    assert!(page.contains(said), "{page}");
    assert!(server.stop());
}

#[test] // 4
fn what_no_row_said_is_not_shown_as_said() {
    let (_world, server) = filled();
    let answer = found(&server, "q", "thợ hàn điện");
    let item = &answer["items"][0];
    for unsaid in ["positions", "posted_on", "closes_on"] {
        assert_eq!(item[unsaid], Value::Null, "{unsaid}");
    }
    assert!(item["fetched_on"].is_string());
    let one = server.json(&format!(
        "/api/v1/vacancies/{}",
        item["id"].as_str().unwrap()
    ));
    assert_eq!(one["skills"]["value"][0]["inferred"], true, "{one}");
    assert!(server.stop());
}

#[test] // 5
fn words_are_understood_counted_and_corrected() {
    let (_world, server) = filled();
    let none = found(&server, "q", "thủ kho ở hà nội");
    assert_eq!(none["total"], 0);
    let read = &none["query"]["understood"][0];
    assert_eq!(read["words"], "ở hà nội");
    assert_eq!(read["without"], "thủ kho");
    assert_eq!(read["vacancies_without"], 1);
    let (_, _, page) = server.get(&format!("/viec-lam?q={}", encoded("thủ kho ở hà nội")));
    assert!(page.contains("Bỏ “ở hà nội”"), "{page}");

    let all = server.json("/api/v1/vacancies");
    assert_eq!(all["facets"]["province"]["51"], 5);
    let there = server.json("/api/v1/vacancies?province=51");
    assert_eq!(there["total"], all["facets"]["province"]["51"]);
    assert_eq!(there["facets"]["province"], all["facets"]["province"]);
    assert_eq!(
        server.json("/api/v1/vacancies?province=nowhere")["total"],
        0
    );

    let mended = found(&server, "q", "nhân viên nhà hàngg");
    assert_eq!(titles(&mended), ["Nhân viên nhà hàng"]);
    assert!(mended["query"]["corrected"].is_string(), "{mended}");
    assert!(server.stop());
}

#[test] // 7
fn a_vacancy_names_others_like_it() {
    let (_world, server) = filled();
    let id = found(&server, "q", "thợ hàn điện")["items"][0]["id"].clone();
    let (_, _, page) = server.get(&format!("/viec-lam/{}", id.as_str().unwrap()));
    assert!(page.contains("Việc tương tự"), "{page}");
    assert!(page.contains("Phụ việc hàn cho thợ"), "{page}");
    assert!(server.stop());
}

#[test] // 6
fn what_is_typed_is_completed() {
    let (_world, server) = filled();
    let found = server.json(&format!("/api/v1/suggest?q={}", encoded("tho ha")));
    assert_eq!(found["items"][0]["text"], "Thợ hàn điện");
    assert_eq!(
        server.json("/api/v1/suggest?q=t")["items"],
        serde_json::json!([])
    );
    assert!(server.stop());
}
