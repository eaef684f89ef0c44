//! 1. A sheet is taken; run again it is "same"; a changed row is "changed"; what is wrong is named.
//! 2. An import that is killed goes on without a double.
//! 3. Real advertisements are taken, and understood as far as was promised.
//! 4. What is wrong with the configuration or an id ends with 2 and says what is expected.
//! 5. The code lists are good.
//! 6. The list of jobs tells when.
//! 7. What is broken in a sheet is named by its line, what stands before it is taken, and it ends with 1.
//! 8. A sheet that is stopped says that it can go on, and does.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::world::{World, real_data};

const SHEET: &str = "\u{feff}Mã tin,Tiêu đề,Doanh nghiệp,Nơi làm việc,Mức lương,Kinh nghiệm,Hạn nộp
a1,Đầu bếp,Nhà hàng Măng Đen,\"Măng Đen, Quảng Ngãi\",8 - 10 triệu,1 năm,
a2,Thợ hàn TIG,Cơ khí Đăk Hà,Kon Tum,Thoả thuận,Không yêu cầu,
a3,,Không tên,Kon Tum,,,
a4,Kế toán,Hợp tác xã,Kon Tum,,,31/02/2027
";

fn counts(said: &str) -> serde_json::Value {
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

#[test] // 1
fn a_sheet_can_be_taken_again() {
    let world = World::new();
    let sheet = world.file("phiếu.csv", SHEET);
    let import = ["import", "vacancies", sheet.to_str().unwrap(), "--json"];
    let said = world.says(&import);
    let first = counts(&said);
    assert_eq!(
        (&first["rows"], &first["new"], &first["refused"]),
        (&4.into(), &2.into(), &2.into())
    );
    assert!(said.contains("line 4: refused: title"), "{said}");
    assert!(said.contains("closes_on \"31/02/2027\""), "{said}");
    assert_eq!(counts(&world.says(&import))["same"], 2);
    world.file("phiếu.csv", &SHEET.replace("8 - 10 triệu", "9 - 11 triệu"));
    let third = counts(&world.says(&import));
    assert_eq!((&third["changed"], &third["same"]), (&1.into(), &1.into()));
}

#[test] // 2
fn a_killed_import_goes_on() {
    let world = World::new();
    let mut sheet = "title,employer,work_place\n".to_owned();
    for row in 0..3_000 {
        sheet += &format!("Thợ hàn {row},Công ty {row},Kon Tum\n");
    }
    let sheet = world.file("sheet.csv", &sheet);
    let import = ["import", "vacancies", sheet.to_str().unwrap(), "--json"];
    let mut child = world
        .command(&import)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Somewhere on the way: as soon as the database is there.
    while !sheet.with_file_name("data").join("sanviec.db").exists() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let rest = counts(&world.says(&import));
    assert_eq!(
        rest["new"].as_u64().unwrap() + rest["same"].as_u64().unwrap(),
        3_000
    );
    assert_eq!(counts(&world.says(&import))["same"], 3_000);
}

#[test] // 3
fn real_advertisements_are_taken() {
    let Some(file) = real_data("vacancies_2025_10.csv") else {
        return;
    };
    let world = World::new();
    let counts = counts(&world.says(&["import", "vacancies", file.to_str().unwrap(), "--json"]));
    let count = |key: &str| counts[key].as_u64().unwrap();
    eprintln!("{counts}");
    assert_eq!(count("rows"), 5_288);
    assert!((count("new") + count("changed") + count("same")) * 1_000 >= 5_288 * 995);
    assert!(count("wages_understood") * 1_000 >= 5_288 * 995);
    assert!(count("places_understood") * 100 >= 5_288 * 99);
    assert!(count("occupations") * 100 >= 5_288 * 99);
    assert!(count("with_skills") * 100 >= 5_288 * 95);
    // Both are rare, and there are some.
    for noted in ["below_minimum", "wording"] {
        assert!((1..=5_288 / 20).contains(&count(noted)), "{noted}");
    }
}

#[test] // 4
fn what_is_wrong_is_said() {
    let world = World::new();
    let said = |words: &[&str]| {
        let output = world.run(words);
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, text) = said(&["match", "vacancy", "7"]);
    assert!(
        code == Some(2) && text.contains("expected a UUID"),
        "{text}"
    );
    let nobody = "01938f7e-5b1a-7c3d-9e2f-0123456789ab";
    let (code, text) = said(&["match", "seeker", nobody]);
    assert!(
        code == Some(1) && text.contains("there is no database"),
        "{text}"
    );
    assert!(
        !world.file("x", "").with_file_name("data").exists(),
        "a folder was made"
    );
    let (code, text) = said(&["doctor", "--database", "mysql://x"]);
    assert!(code == Some(2) && text.contains("postgres://"), "{text}");
    let settings = include_str!("../../../../config/matching.toml");
    world.file(
        "matching.toml",
        &settings.replace("skill = 400", "skill = 4000"),
    );
    let (code, text) = said(&["doctor", "--config-dir", "."]);
    assert!(code == Some(2) && text.contains("weights.skill"), "{text}");
    let (code, text) = said(&["import", "vacancies", "none.csv"]);
    assert!(code == Some(1) && text.contains("none.csv"), "{text}");
    let sheet = world.file("sheet.csv", "Tên,Ghi chú\na,b\n");
    let (code, text) = said(&["import", "vacancies", sheet.to_str().unwrap()]);
    assert!(
        code == Some(1) && text.contains("no column for \"title\""),
        "{text}"
    );
}

#[test] // 5
fn code_lists_are_good() {
    assert!(
        World::new()
            .says(&["codes", "check"])
            .contains("3321 communes")
    );
}

#[test] // 4
fn a_mistyped_key_or_list_leads_to_the_closest_one() {
    let world = World::new();
    std::fs::create_dir(world.file("x", "").with_file_name("codes")).unwrap();
    world.file("codes/skils.csv", "code,vi,en\n");
    let said = |words: &[&str]| {
        let output = world.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let text = said(&["codes", "check", "--config-dir", "."]);
    assert!(text.contains("\"skills.csv\", perhaps"), "{text}");
    std::fs::remove_dir_all(world.file("x", "").with_file_name("codes")).unwrap();
    let settings = include_str!("../../../../config/matching.toml");
    assert!(settings.contains("[weights]"));
    world.file("matching.toml", &settings.replace("[weights]", "[weigts]"));
    let text = said(&["config", "show", "--config-dir", "."]);
    assert!(
        text.contains("weights.skill") && !text.contains("neutral.skill"),
        "{text}"
    );
}

#[test] // 6
fn jobs_tell_their_times() {
    let world = World::new();
    world.says(&["migrate"]);
    let server = world.serve(&[]);
    assert!(server.stop());
    let said = world.says(&["jobs", "list"]);
    assert!(has_times(&said), "{said}");
    assert!(!said.contains("1 tries"), "{said}");
}

/// Whether every line has a day and the time of the clock.
fn has_times(said: &str) -> bool {
    !said.is_empty()
        && said.lines().all(|line| {
            line.split("due ")
                .nth(1)
                .or_else(|| line.split("leased until ").nth(1))
                .is_some_and(|rest| {
                    rest.len() >= 16 && rest.as_bytes()[4] == b'-' && rest.as_bytes()[13] == b':'
                })
        })
}

#[test] // 7
fn what_is_broken_in_a_sheet_is_named() {
    let world = World::new();
    let import = |text: &str| {
        let sheet = world.file("sheet.csv", text);
        let output = world.run(&["import", "vacancies", sheet.to_str().unwrap(), "--json"]);
        let said = String::from_utf8(output.stdout).unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), said, errors)
    };
    let head = "title,employer,work_place\n";
    let (code, said, errors) = import(&format!("{head}Thợ hàn,A,Kon Tum\n\"Thợ, B\nThợ,C,\n"));
    let first = counts(&said);
    assert_eq!(
        (code, &first["new"], &first["refused"]),
        (Some(1), &1.into(), &1.into())
    );
    assert!(
        errors.contains("line 3") && errors.contains("not closed"),
        "{errors}"
    );

    let (code, said, _) = import(&format!("{head}Thợ tiện,A,B,Kon Tum\nThợ nề,A,Kon Tum\n"));
    assert_eq!((code, &counts(&said)["refused"]), (Some(0), &1.into()));
    assert!(
        said.contains("line 2: refused") && said.contains("4 cells under 3"),
        "{said}"
    );

    let (code, said, errors) = import(&format!("{head},A,Kon Tum\n,B,\n"));
    assert_eq!((code, &counts(&said)["refused"]), (Some(1), &2.into()));
    assert!(errors.contains("none of the 2 rows"), "{errors}");

    let long = "x".repeat(3 << 20);
    let (code, said, errors) = import(&format!("{head}Thợ sơn,A,Kon Tum\n{long},B,\n"));
    assert_eq!((code, &counts(&said)["new"]), (Some(1), &1.into()));
    assert!(
        errors.contains("more than 1 MiB") && errors.len() < 1_000,
        "{errors}"
    );

    let (code, _, errors) = import("title,title,employer\na,b,c\n");
    assert!(
        code == Some(1) && errors.contains("\"title\" is there twice"),
        "{errors}"
    );
    let output = world.run(&["import", "vacancies", "/dev/zero"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test] // 8
fn a_stopped_import_says_that_it_can_go_on() {
    let world = World::new();
    let pipe = world.file("x", "").with_file_name("rows.csv");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let import = ["import", "vacancies", pipe.to_str().unwrap()];
    let child = world
        .command(&import)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut rows = std::fs::File::options().write(true).open(&pipe).unwrap();
    writeln!(rows, "title,employer,work_place").unwrap();
    let mut sent = 0;
    let mut send = || {
        sent += 1;
        writeln!(rows, "Thợ hàn {sent},Công ty {sent},Kon Tum")
    };
    // Long after it began to listen: the first batches are taken.
    for _ in 0..3_000 {
        send().unwrap();
    }
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    // It goes on reading until it looks: then nobody reads any more.
    for _ in 0..200_000 {
        if send().is_err() {
            break;
        }
    }
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("run the same command again"), "{errors}");
}
