//! 1. Each page says what it is for, in Vietnamese and under `/en` in English.
//! 2. What people typed is shown as text, never as markup.
//! 3. A page carries no script, no style attribute, no foreign address, and is small.
//! 4. Whatever goes wrong, the page says what to do next.

use super::{Answer, PAGES, Server, vacancy};
use crate::fake;

/// What the texts answer for a key that they do not have.
const MISSING_TEXT: &str = "Unknown localization";

#[test]
fn home_asks_one_question_and_offers_twelve_trades() {
    let home = Server::start().get("/");
    assert_eq!(home.status, 200);
    let shown = home.shown();
    assert!(shown.contains("Bạn tìm việc gì?"), "{shown}");
    assert!(
        shown.contains("65 việc đang tuyển, 167 chỗ làm."),
        "{shown}"
    );
    assert!(shown.contains("Công việc, kỹ năng, công ty") && shown.contains("Nơi làm việc"));
    assert!(shown.contains("Bán hàng 60 việc"), "{shown}");
    // A trade that was not counted shows no figure.
    assert!(shown.contains("Dạy học Tin học"), "{shown}");
    let html = home.text();
    assert_eq!(html.matches("href=\"/viec-lam?nghe=").count(), 12);
    assert!(html.contains("<option>Xã Đăk Hà</option>"));
}

#[test]
fn results_are_counted_and_paged() {
    let server = Server::start();
    let first = server.get("/viec-lam");
    assert!(
        first.shown().contains("65 việc đang tuyển"),
        "{}",
        first.shown()
    );
    assert!(first.shown().contains("Thợ hàn MIG, hàn điện 8 – 10 triệu/tháng Phường Kon Tum Cơ khí Thành Đạt Đã xác minh Xe đưa đón Hỗ trợ ăn Bảo hiểm Cần 6 người · Còn 6 ngày"), "{}", first.shown());
    assert!(
        first
            .text()
            .contains("href=\"/viec-lam?trang=2\" rel=\"next\"")
    );

    let mut seen: Vec<String> = (1..=4)
        .flat_map(|page| ids(&server.get(&format!("/viec-lam?trang={page}"))))
        .collect();
    assert_eq!(seen.len(), 65);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 65, "a vacancy stands on two pages");
    assert!(
        !server
            .get("/viec-lam?trang=4")
            .text()
            .contains("rel=\"next\"")
    );
    let beyond = server.get("/viec-lam?trang=9").shown();
    assert!(
        beyond.contains("Về trang kết quả đầu tiên 65 việc"),
        "{beyond}"
    );
}

fn ids(page: &Answer) -> Vec<String> {
    page.text()
        .split("href=\"/viec-lam/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(id, _)| id.to_owned())
        .collect()
}

#[test]
fn a_search_keeps_what_was_typed_and_links_keep_the_search() {
    let server = Server::start();
    let found = server.get("/viec-lam?q=nh%C3%A2n+vi%C3%AAn&noi=dak+ha&nghe=shop");
    let (shown, html) = (found.shown(), found.text());
    assert!(
        shown.contains("60 việc “nhân viên” Nơi làm: Xã Đăk Hà"),
        "{shown}"
    );
    assert!(html.contains("name=\"q\" value=\"nhân viên\""));
    assert!(html.contains("name=\"noi\" value=\"dak ha\""));
    assert!(html.contains("type=\"hidden\" name=\"nghe\" value=\"shop\""));
    // Without the trade; the next page; the same in English.
    let search = "/viec-lam?q=nh%C3%A2n%20vi%C3%AAn&#38;noi=dak%20ha";
    assert!(
        html.contains(&format!("class=\"chip\" href=\"{search}\"")),
        "{html}"
    );
    assert!(html.contains(&format!("href=\"{search}&#38;nghe=shop&#38;trang=2\"")));
    assert!(
        html.contains("href=\"/en/viec-lam?q=nh%C3%A2n+vi%C3%AAn&#38;noi=dak+ha&#38;nghe=shop\"")
    );
}

#[test]
fn an_empty_result_offers_what_to_drop_with_the_number_it_gives_back() {
    let server = Server::start();
    let shown = server
        .get("/viec-lam?q=h%C3%A1i&noi=B%E1%BB%9D+Y&nghe=farm")
        .shown();
    assert!(shown.contains("Chưa có việc nào khớp “hái”"), "{shown}");
    assert!(shown.contains("Tìm ở mọi nơi 1 việc"), "{shown}");
    // Dropping these gives nothing back.
    assert!(
        !shown.contains("Bỏ “hái”") && !shown.contains("Bỏ “Nông, lâm nghiệp”"),
        "{shown}"
    );
    assert!(shown.contains("Xem tất cả việc làm") && shown.contains("Gọi Trung tâm 0260 3000 000"));

    let unknown = server.get("/viec-lam?noi=atlantis").shown();
    assert!(
        unknown.contains("Chưa hiểu nơi “atlantis” nên tìm ở mọi nơi."),
        "{unknown}"
    );
    assert!(unknown.contains("65 việc đang tuyển"), "{unknown}");
}

#[test]
fn a_vacancy_says_six_facts_first_and_warns_of_fees() {
    let shown = Server::start().get(&vacancy(1)).shown();
    let facts = "Thợ hàn MIG, hàn điện Cơ khí Thành Đạt Đã xác minh \
                 Lương 8 – 10 triệu/tháng \
                 Nơi làm Phường Kon Tum \
                 Giờ làm Làm theo ca Từ 12 đến 36 tháng \
                 Cần gì Hàn MIG; Hàn điện Sơ cấp, 2 năm kinh nghiệm \
                 Được gì Xe đưa đón Hỗ trợ ăn, bảo hiểm \
                 Hạn nộp Còn 6 ngày Thứ Ba 01/12/2026 \
                 Cần 6 người Gọi hỏi việc này \
                 Công việc Làm tại xưởng";
    assert!(shown.contains(facts), "{shown}");
    assert!(shown.contains("Có thêm thì tốt Hàn TIG"), "{shown}");
    assert!(shown.contains("Không ai được thu tiền của bạn"), "{shown}");
    assert!(!shown.contains("chưa xác minh"), "{shown}");
}

#[test]
fn an_imported_vacancy_says_so_and_is_marked_unverified() {
    let server = Server::start();
    for (path, mark) in [
        (vacancy(2), "Tin lấy từ nơi khác, chưa xác minh"),
        (
            "/viec-lam?q=alert".to_owned(),
            "Tin lấy từ nơi khác, chưa xác minh",
        ),
        (
            format!("/en{}", vacancy(2)),
            "From another site, not verified",
        ),
    ] {
        let shown = server.get(&path).shown();
        // The name of a file says nothing to a reader.
        assert!(!shown.contains("tháng 10"), "{path}: {shown}");
        assert!(shown.contains(mark), "{path}: {shown}");
        assert!(!shown.contains("Đã xác minh"), "{path}: {shown}");
    }
}

#[test]
fn what_nobody_said_is_not_shown_as_said() {
    let server = Server::start();
    let list = server.get("/viec-lam?q=alert").shown();
    assert!(!list.contains("Mới hôm nay"), "{list}");
    let page = server.get(&vacancy(2)).shown();
    assert!(page.contains("Hạn nộp Không ghi hạn nộp"), "{page}");
    assert!(page.contains("Lấy về ngày 25/11/2026"), "{page}");
    for unsaid in ["Đăng ngày", "Cần 1 người", "Còn "] {
        assert!(!page.contains(unsaid), "{unsaid}: {page}");
    }
    // The description may say what is offered.
    assert!(page.contains("Được gì Xem phần mô tả"), "{page}");
    assert!(
        server
            .get("/viec-lam?q=may+ngoc")
            .shown()
            .contains("Mới hôm nay")
    );
}

#[test]
fn an_inferred_skill_is_marked_and_lists_keep_their_commas_apart() {
    let server = Server::start();
    let page = server.get(&vacancy(2)).shown();
    let wanted = "Cần gì Hàn 3G, 6G (suy ra từ tiêu đề) Sơ cấp, không cần kinh nghiệm";
    assert!(page.contains(wanted), "{page}");
    let places = "Xã Ya Ly, Quảng Ngãi; Xã Rờ Kơi, Quảng Ngãi";
    assert!(page.contains(places), "{page}");
    let english = server.get(&format!("/en{}", vacancy(2))).shown();
    let skill = "3G and 6G welding (inferred from the title)";
    assert!(english.contains(skill), "{english}");
}

#[test]
fn a_place_of_before_says_what_became_of_it() {
    let server = Server::start();
    let shown = server.get("/viec-lam?noi=bo+y").shown();
    let place = "Nơi làm: Xã Bờ Y (trước tháng 7/2025), nay là 3 xã, phường thuộc Tỉnh Quảng Ngãi";
    assert!(shown.contains(place), "{shown}");
    let english = server.get("/en/viec-lam?noi=bo+y").shown();
    let place = "now 3 communes and wards of Tỉnh Quảng Ngãi";
    assert!(english.contains(place), "{english}");
}

#[test]
fn only_a_condition_that_is_set_is_to_be_dropped() {
    let server = Server::start();
    let past = server.get("/viec-lam?trang=9").shown();
    assert!(past.contains("kết quả chỉ có 4 trang"), "{past}");
    let mut nobody = fake::FakeExchange::new();
    nobody.jobs.clear();
    let empty = Server::over(nobody);
    let nothing = empty.get("/viec-lam").shown();
    assert!(nothing.contains("Hiện chưa có việc nào."), "{nothing}");
    for shown in [past, nothing] {
        assert!(!shown.contains("Bỏ bớt một điều kiện"), "{shown}");
    }
    let none = empty.get("/viec-lam?q=han").shown();
    assert!(none.contains("Bỏ bớt một điều kiện"), "{none}");
}

#[test]
fn a_closed_vacancy_says_so_and_is_not_for_search_engines() {
    let page = Server::start().get(&vacancy(3));
    assert!(page.shown().contains("Tin này đã đóng"), "{}", page.shown());
    assert!(!page.shown().contains("Gọi hỏi việc này"));
    assert!(page.text().contains("content=\"noindex\""));
}

#[test]
fn english_pages_stay_english_and_switch_back_to_the_same_page() {
    let server = Server::start();
    let home = server.get("/en");
    assert!(
        home.shown().contains("What job are you looking for?"),
        "{}",
        home.shown()
    );
    assert!(
        home.shown().contains("65 open jobs, 167 openings"),
        "{}",
        home.shown()
    );
    assert!(home.text().contains("<html lang=\"en\">"));
    let results = server.get("/en/viec-lam?q=th%E1%BB%A3");
    assert!(
        results.shown().contains("2 jobs for “thợ”"),
        "{}",
        results.shown()
    );
    let html = results.text();
    assert!(html.contains("action=\"/en/viec-lam\""));
    assert!(html.contains("href=\"/viec-lam?q=th%E1%BB%A3\" lang=\"vi\""));
    let job = server.get(&format!("/en{}", vacancy(1))).shown();
    assert!(
        job.contains("Wage 8 – 10 million VND/month Place Phường Kon Tum"),
        "{job}"
    );
    assert!(
        job.contains("You need MIG welding; Arc welding Elementary, 2 years of experience"),
        "{job}"
    );
}

#[test]
fn what_people_typed_is_text_and_never_markup() {
    let server = Server::start();
    let typed = "%22%3E%3Cscript%3Ealert(7)%3C/script%3E%3Cimg%20src=x%20onerror=alert(8)%3E";
    let mut paths: Vec<String> = PAGES.iter().map(|&path| path.to_owned()).collect();
    for field in ["q", "noi", "nghe", "trang", typed] {
        paths.push(format!("/viec-lam?{field}={typed}"));
        paths.push(format!("/en/viec-lam?{field}={typed}"));
    }
    paths.push(format!("/viec-lam/{typed}"));
    paths.push(format!("/{typed}"));
    for path in paths {
        let page = server.get(&path);
        let html = page.text();
        for markup in ["<script", "<img", "<svg onload", "<b>tháng", " style="] {
            assert!(!html.contains(markup), "{path}: {markup}");
        }
        assert!(!html.contains(MISSING_TEXT), "{path}");
        assert!(
            !html.contains("http:") && !html.contains("https:"),
            "{path}"
        );
    }
    let hostile = server.get(&vacancy(2));
    assert!(
        hostile
            .shown()
            .contains("Công nhân hàn <script>alert(1)</script> \"&'")
    );
    assert!(
        hostile
            .shown()
            .contains("{{ 7*7 }} </li><script>alert(4)</script>")
    );
}

#[test]
fn fields_that_cannot_be_taken_are_named_and_kept() {
    let server = Server::start();
    let long = "a".repeat(201);
    let page = server.get(&format!(
        "/viec-lam?q={long}&trang=x&nghe=drvie&noi=Kon+Tum"
    ));
    assert_eq!(page.status, 400);
    let shown = page.shown();
    assert!(shown.contains("Có chỗ cần sửa"), "{shown}");
    assert!(shown.contains("Viết nhiều nhất 200 chữ cái."), "{shown}");
    assert!(
        shown.contains("Trang: không nhận “x”. Cần một số từ 1 đến 1.000.000."),
        "{shown}"
    );
    assert!(
        shown.contains("Nghề: không nhận “drvie”. Có phải bạn muốn viết “drive”?"),
        "{shown}"
    );
    assert!(page.text().contains("value=\"Kon Tum\""));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/viec-lam?q=%FF").status, 400);
    // Marks that other sites hang on links are none of our business.
    assert_eq!(server.get("/viec-lam?fbclid=1&q=may").status, 200);
}

#[test]
fn whatever_goes_wrong_the_page_says_what_to_do_next() {
    let server = Server::start();
    for (path, status, words) in [
        ("/khong-co", 404, "Không tìm thấy trang này"),
        ("/en/khong-co", 404, "We cannot find this page"),
        ("/viec-lam/42", 404, "Không tìm thấy trang này"),
        (
            &*format!("/viec-lam/{}", fake::FAILS),
            500,
            "Trang này gặp lỗi",
        ),
        (
            &*format!("/viec-lam/{}", fake::PANICS),
            500,
            "Trang này gặp lỗi",
        ),
        (
            &*format!("/viec-lam?q={}", fake::REBUILDING),
            503,
            "Chỉ mục tìm kiếm đang được dựng lại.",
        ),
    ] {
        let page = server.get(path);
        assert_eq!(page.status, status, "{path}");
        let shown = page.shown();
        assert!(shown.contains(words), "{path}: {shown}");
        assert!(shown.contains("0260 3000 000"), "{path}: {shown}");
        assert!(
            shown.contains(page.header("x-request-id").unwrap()),
            "{path}: {shown}"
        );
        assert!(page.text().contains("role=\"search\""), "{path}");
        assert!(!page.text().contains(fake::SECRET_CAUSE), "{path}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    }
    let down = server.get(&format!("/viec-lam?q={}", fake::REBUILDING));
    assert_eq!(down.header("retry-after"), Some("7"));
}

#[test]
fn the_first_view_is_small_and_its_parts_may_be_kept_for_a_year() {
    let server = Server::start();
    let zipped = [("accept-encoding", "gzip")];
    let home = server.get("/").text();
    let mut bytes = server.get_with("/", &zipped).body.len();
    let mut parts = 1;
    for asset in home
        .split("\"/assets/")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
    {
        let answer = server.get_with(&format!("/assets/{}", asset.0), &zipped);
        assert_eq!(answer.status, 200, "{}", asset.0);
        let kept = answer.header("cache-control").unwrap();
        assert_eq!(kept, "public, max-age=31536000, immutable");
        if asset.0.ends_with(".css") {
            assert!(
                answer.body.len() <= 15_000,
                "style: {} bytes",
                answer.body.len()
            );
        }
        bytes += answer.body.len();
        parts += 1;
    }
    assert_eq!(parts, 5, "page, style, two fonts, icon");
    assert!(bytes <= 60_000, "{bytes} bytes");
    assert_eq!(server.get("/assets/site.css").status, 404);
}

#[test]
fn readers_who_save_data_get_no_fonts() {
    let server = Server::start();
    let page = server.get_with("/", &[("save-data", "on")]);
    assert!(!page.text().contains("woff2"));
    assert!(
        page.headers
            .iter()
            .any(|(name, value)| name == "vary" && value.contains("save-data"))
    );
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let server = Server::start();
    for path in ["/", "/viec-lam", "/api/v1/vacancies"] {
        let page = server.get(path);
        let etag = page.header("etag").unwrap();
        assert!(
            page.header("cache-control")
                .unwrap()
                .starts_with("public, max-age="),
            "{path}"
        );
        let again = server.get_with(path, &[("if-none-match", etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(etag), "{path}");
        let other = server.get_with(path, &[("if-none-match", "W/\"0\"")]);
        assert_eq!(other.status, 200, "{path}");
    }
}

#[test]
fn canonical_addresses_are_named_where_the_server_knows_its_own() {
    let server = Server::with(|config| {
        config.public_base_url = Some("https://viec.example".to_owned());
    });
    let page = server.get("/en/gioi-thieu");
    let html = page.text();
    assert!(html.contains("rel=\"canonical\" href=\"https://viec.example/en/gioi-thieu\""));
    assert!(html.contains("hreflang=\"vi\" href=\"https://viec.example/gioi-thieu\""));
    assert!(page.header("strict-transport-security").is_some());
}
