//! The measures, the classifier and its corrections as commands:
//! 1. Each measure says how much is right, of all and of both halves.
//! 2. A search is measured over everything that was imported, whatever its source and also where it
//!    is over.
//! 3. Titles are classified, whatever stands in their cells.
//! 4. Training gives the model that is built in; a model of one's own is used, a broken one is named.
//! 5. What an officer has put right holds at the next import.
//! 6. What is wrong with a file is said, with its line.
//! 7. On real vacancies what is looked for comes first.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::world::{World, real_data};

fn yardstick(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/yardsticks")
        .join(name)
}

fn measured(world: &World, words: &[&str]) -> Value {
    let said = world.says(&[&["evaluate"], words, &["--json"]].concat());
    assert_eq!(said.lines().count(), 1, "{said}");
    serde_json::from_str(&said).unwrap()
}

fn at(value: &Value, pointer: &str) -> f64 {
    let found = value.pointer(pointer).and_then(Value::as_f64);
    found.unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

#[test] // 1
fn texts_are_measured() {
    let world = World::new();
    let file = world.file(
        "parse.csv",
        "id,kind,text,expected\n\
         a,wage,8 - 10 triệu,month;8000000;10000000;\n\
         b,wage,8 - 10 triệu,month;1;2;\n\
         c,place,Măng Đen,\"commune:Măng Đen,Quảng Ngãi\"\n\
         d,date,31/12/2026,2026-12-31\n",
    );
    let said = measured(&world, &["parse", file.to_str().unwrap()]);
    assert_eq!(at(&said, "/kinds/wage/exact"), 0.5);
    assert_eq!(at(&said, "/kinds/place/exact"), 1.0);
    assert_eq!(at(&said, "/all/rows"), 4.0);
    let halves = ["/all/tuned/rows", "/all/untouched/rows"].map(|half| at(&said, half));
    assert_eq!(halves[0] + halves[1], 4.0);
    let words = world.says(&["evaluate", "parse", file.to_str().unwrap()]);
    assert!(words.contains("lương / wages"), "{words}");

    let whole = yardstick("parse.csv");
    let said = measured(&world, &["parse", whole.to_str().unwrap()]);
    assert!(at(&said, "/all/untouched/exact") >= 0.97, "{said}");
    assert_eq!(at(&said, "/all/rows"), 500.0);
}

#[test] // 1
fn occupations_and_skills_are_measured() {
    let world = World::new();
    let file = world.file(
        "labels.csv",
        "\u{feff}ref,title,codes,accepted\n\
         a,Thợ hàn MIG,7212,\n\
         b,Thợ hàn TIG,9999,7212|7213\n\
         c,\"=cmd|'/c calc'!A1\",7212,\n",
    );
    let said = measured(&world, &["occupations", file.to_str().unwrap()]);
    assert_eq!(at(&said, "/rows"), 3.0);
    assert_eq!(at(&said, "/strict/unit"), 0.3333);
    assert_eq!(at(&said, "/tolerant/unit"), 0.6667);
    assert!(said["calibration"]["unit"].as_array().is_some());
    let whole = yardstick("occupations.csv");
    let said = measured(&world, &["occupations", whole.to_str().unwrap()]);
    for (level, strict, tolerant) in [
        ("major", 0.88, 0.95),
        ("sub_major", 0.80, 0.90),
        ("unit", 0.62, 0.82),
    ] {
        let of = |half: &str, how: &str| at(&said, &format!("{half}/{how}/{level}"));
        assert!(of("/untouched", "strict") >= strict, "{said}");
        assert!(of("/untouched", "tolerant") >= tolerant, "{said}");
        assert!(of("", "strict") >= strict, "{said}");
    }

    let [labels, texts, map] =
        ["skills.csv", "skills_own_texts.csv", "skills_map.csv"].map(yardstick);
    let [labels, texts, map] = [&labels, &texts, &map].map(|path| path.to_str().unwrap());
    let said = measured(&world, &["skills", labels, "--texts", texts, "--map", map]);
    assert!(at(&said, "/untouched/precision") > 0.7, "{said}");
    assert!(
        at(&said, "/untouched/titles/with_a_right_one") > 0.75,
        "{said}"
    );
    let without = measured(&world, &["skills", labels]);
    assert!(at(&without, "/recall") < at(&said, "/recall"), "{without}");
}

const SHEET: &str = "ref,title,employer,work_place,closes_on\n\
    v1,Thợ hàn TIG,Cơ khí Một,Kon Tum,\n\
    v2,Kế toán tổng hợp,Hợp tác xã,Kon Tum,01/02/2020\n\
    v3,Lái xe hạng C,Vận tải Ba,Gia Lai,\n\
    v4,Phụ hồ,Xây dựng Bốn,Kon Tum,\n";

#[test] // 2
fn a_search_is_measured_over_all_that_was_imported() {
    let world = World::new();
    let sheet = world.file("sheet.csv", SHEET);
    world.says(&[
        "import",
        "vacancies",
        sheet.to_str().unwrap(),
        "--source",
        "một",
    ]);
    let other = world.file("other.csv", "ref,title,employer\nw1,Tạp vụ văn phòng,Năm\n");
    world.says(&["import", "vacancies", other.to_str().unwrap()]);
    let queries = world.file(
        "queries.csv",
        "kind,query,refs\n\
         as_written,Thợ hàn TIG,v1\n\
         as_written,Kế toán tổng hợp,v9|v2\n\
         as_written,Phụ hồ,v3\n\
         no_accents,tap vu van phong,w1\n\
         no_accents,,v1\n\
         no_accents,\"!!! ((( \"\" \u{202e} \u{200b}\",v1\n",
    );
    let said = measured(&world, &["search", queries.to_str().unwrap()]);
    assert_eq!(at(&said, "/vacancies"), 5.0);
    assert_eq!(at(&said, "/unknown_refs"), 1.0);
    assert_eq!(at(&said, "/kinds/as_written/queries"), 3.0);
    assert_eq!(at(&said, "/kinds/as_written/success_at_1"), 0.6667);
    assert!(at(&said, "/kinds/as_written/mrr") >= 0.6667);
    assert!(at(&said, "/kinds/as_written/p99_ms") >= at(&said, "/kinds/as_written/p50_ms"));
    assert_eq!(at(&said, "/kinds/as_written/bm25/success_at_1"), 0.6667);
    assert!(at(&said, "/kinds/no_accents/success_at_10") >= 0.3333);

    let intents = world.file("intents.csv", "id,query,need\ni1,tho han,x\ni2,tho han,x\n");
    let grades = world.file("grades.csv", "id,ref,grade\ni1,v1,3\ni1,v3,0\ni2,v1,0\n");
    let words = ["search", intents.to_str().unwrap(), "--grades"];
    let words = [&words[..], &[grades.to_str().unwrap()]].concat();
    let said = measured(&world, &words);
    assert_eq!(
        (at(&said, "/queries"), at(&said, "/ndcg_at_10")),
        (1.0, 1.0)
    );
    assert_eq!(at(&said, "/bm25/ndcg_at_10"), 1.0);
}

#[test] // 3
fn titles_are_classified() {
    let world = World::new();
    let long = "thợ hàn ".repeat(20_000);
    let file = world.file(
        "titles.csv",
        &format!(
            "Ref,title,text\n1,Thợ hàn MIG,\n2,=1+1,\n3,,\n4,\"\u{202e}\0\u{200b}\",\n5,{long},{long}\n\
             6,Tuyển người làm,\"Hàn khung thép, biết hàn TIG\"\n"
        ),
    );
    let said = world.says(&["classify", file.to_str().unwrap()]);
    let mut reader = csv::Reader::from_reader(said.as_bytes());
    let headings = reader.headers().unwrap().clone();
    assert_eq!(
        headings.iter().collect::<Vec<_>>().join(","),
        "ref,title,isco,confidence,occupation,skills,because,sure"
    );
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    assert_eq!((&rows[0][2], &rows[0][7]), ("7212", "7212"));
    let confidence: f64 = rows[0][3].parse().unwrap();
    assert!((0.5..=1.0).contains(&confidence));
    assert!(
        rows[0][5].contains(":0.") && rows[0][6].contains("hàn"),
        "{said}"
    );
    // No spreadsheet reckons with a title.
    assert_eq!(&rows[1][1], "'=1+1");
    assert_eq!((&rows[2][2], &rows[2][3]), ("", ""));
    assert_eq!(&rows[4][2], "7212");
    assert!(!rows[5][5].is_empty(), "{:?}", rows[5]);
    let lines = world.says(&["classify", file.to_str().unwrap(), "--json"]);
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["isco"], &first["ref"]),
        (&"7212".into(), &"1".into())
    );
}

#[test] // 4
fn a_model_is_trained_and_used() {
    let world = World::new();
    let folder = world.file("x", "").with_file_name("config");
    std::fs::create_dir_all(folder.join("classifier")).unwrap();
    let titles = "phrase,isco,source\n".to_owned()
        + &"Người giữ nhịp,2652,own\n".repeat(12)
        + &"Nhịp viên,2652,own\n".repeat(12);
    std::fs::write(folder.join("classifier/occupation_titles.csv"), titles).unwrap();
    let model = folder.join("classifier/model.bin");
    let config = ["--config-dir", folder.to_str().unwrap()];
    let train = ["train", "--json", "--out", model.to_str().unwrap()];
    let said = world.says(&[&train[..], &config[..]].concat());
    let last: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(last["same_as_in_use"], false);
    assert_eq!(last["bytes"], std::fs::metadata(&model).unwrap().len());

    let file = world.file("titles.csv", "title\nNgười giữ nhịp\n");
    let classify = ["classify", file.to_str().unwrap()];
    let own = world.says(&[&classify[..], &config[..]].concat());
    assert!(own.contains(",2652,"), "{own}");
    assert!(!world.says(&classify).contains(",2652,"));

    std::fs::write(&model, "nothing").unwrap();
    let output = world.run(&[&classify[..], &config[..]].concat());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("model.bin") && text.contains("sanviec train"),
        "{text}"
    );
}

fn occupation(world: &World, words: &[&str]) -> String {
    let said = world.says(&[&["import", "vacancies", "--json"], words].concat());
    let line = said.lines().find(|line| line.contains("nghề / occupation"));
    line.unwrap_or_else(|| panic!("{said}")).trim().to_owned()
}

#[test] // 5
fn what_was_put_right_holds_at_the_next_import() {
    let world = World::new();
    let sheet = world.file(
        "sheet.csv",
        "ref,title,employer\nr1,Thợ hàn TIG,Cơ khí Một\n",
    );
    let import = [sheet.to_str().unwrap(), "--show"];
    assert!(occupation(&world, &import).contains("(7212)"));
    assert_eq!(world.says(&["correct", "list"]), "");
    world.says(&["correct", "occupation", "Thợ hàn TIG", "7213"]);
    world.says(&["correct", "occupation", " thợ hàn  TIG", "7214"]);
    let listed = world.says(&["correct", "list", "--json"]);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    let known: Value = serde_json::from_str(listed.trim()).unwrap();
    assert_eq!(known["isco"], "7214");
    // The same row is read again, and its vacancy has the code.
    let again = world.says(&["import", "vacancies", import[0], "--json"]);
    let counts: Value = serde_json::from_str(again.lines().last().unwrap()).unwrap();
    assert_eq!(counts["changed"], 1, "{again}");
    assert!(occupation(&world, &import).contains("(7214)"));
    for words in [["Thợ hàn", "72a"], ["Thợ hàn", "0999"], [" ", "7212"]] {
        let output = world.run(&[&["correct", "occupation"], &words[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}");
    }
}

#[test] // 6
fn what_is_wrong_with_a_file_is_said() {
    let world = World::new();
    let sheet = world.file("sheet.csv", SHEET);
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let bytes = world.bytes("bytes.csv", b"kind,query,refs\na,\xff\xfe,b\n");
    let other = world.file("other.csv", "a,b\n1,2\n");
    let grades = world.file("grades.csv", "id,ref,grade\ni1,v1,3\ni1,v2,9\n");
    let labels = world.file("labels.csv", "ref,title,codes,accepted\na,b,12345,\n");
    let intents = world.file("intents.csv", "id,query\ni1,x\n");
    let path = |path: &PathBuf| path.to_str().unwrap().to_owned();
    for (words, expected) in [
        (vec!["search".to_owned(), path(&bytes)], "UTF-8"),
        (vec!["search".to_owned(), path(&other)], "\"query\""),
        (
            vec![
                "search".to_owned(),
                path(&intents),
                "--grades".to_owned(),
                path(&grades),
            ],
            "line 3",
        ),
        (vec!["occupations".to_owned(), path(&labels)], "line 2"),
        (vec!["parse".to_owned(), path(&other)], "id,kind,text"),
        (vec!["skills".to_owned(), path(&other)], "line 2"),
        (vec!["parse".to_owned(), "/nowhere".to_owned()], "/nowhere"),
    ] {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = world.run(&[&["evaluate"], &words[..]].concat());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {text}");
        assert!(text.contains(expected), "{words:?}: {text}");
    }
    let empty = World::new();
    let output = empty.run(&["evaluate", "search", &path(&intents)]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        text.contains("there is no database") || text.contains("\"refs\""),
        "{text}"
    );
}

#[test] // 7
fn what_is_looked_for_among_real_vacancies_comes_first() {
    let Some(file) = real_data("vacancies_2025_10.csv") else {
        return;
    };
    let world = World::new();
    world.says(&["import", "vacancies", file.to_str().unwrap()]);
    // Every twentieth title in all its spellings.
    let text = std::fs::read_to_string(yardstick("known_items.csv")).unwrap();
    let mut lines = text.lines();
    let mut sample = lines.next().unwrap().to_owned();
    for (_, line) in lines.enumerate().filter(|(at, _)| at / 12 % 20 == 0) {
        sample = sample + "\n" + line;
    }
    let queries = world.file("queries.csv", &sample);
    let said = measured(&world, &["search", queries.to_str().unwrap()]);
    eprintln!("{said}");
    assert_eq!(at(&said, "/unknown_refs"), 0.0);
    let kinds = said["kinds"].as_object().unwrap();
    assert_eq!(kinds.len(), 12);
    for (kind, least) in [
        ("as_written", 0.95),
        ("no_accents", 0.95),
        ("one_typo", 0.9),
        ("telex", 0.9),
        ("vni", 0.9),
    ] {
        let found = at(&said, &format!("/kinds/{kind}/success_at_1"));
        assert!(found >= least, "{kind}: {found}");
    }
}
