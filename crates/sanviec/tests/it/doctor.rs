//! `doctor` says what is wrong and how to mend it, changes nothing, and its exit code tells:
//! 1. 0 where all is good.
//! 2. 2 for configuration and code lists.
//! 3. 1 for a data folder that is missing, no folder, or not to be written.
//! 4. 1 for a database that is missing, unreachable or not up to date.
//! 5. 3 for a database that is newer than the program; nothing else touches that one either.
//! 6. What looks good and is not: a table that is gone, a disk that takes no more, stored codes that no
//!    list knows, a row that cannot be read.
//! 7. The remedy fits the trouble, and nothing is said twice or at length.

use crate::world::World;

/// Exit code and words of `doctor`.
fn doctor(world: &World, more: &[&str]) -> (Option<i32>, String) {
    let output = world.run(&[&["doctor"], more].concat());
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// As [`doctor`], in another data folder.
fn doctor_of(world: &World, folder: &str) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sanviec"));
    let output = command
        .args(["doctor", "--data-dir", folder])
        .current_dir(world.file("x", "").parent().unwrap())
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

fn is_finding(said: &str) -> bool {
    said.contains("Cách sửa:") && said.contains("Mend:")
}

/// An SQL command on the database of the world.
fn sql(world: &World, command: &str) {
    use diesel::connection::{Connection, SimpleConnection};
    let path = world
        .file("x", "")
        .with_file_name("data")
        .join("sanviec.db");
    diesel::SqliteConnection::establish(path.to_str().unwrap())
        .unwrap()
        .batch_execute(command)
        .unwrap();
}

#[test] // 1
fn a_good_house_is_found_good() {
    let world = World::new();
    world.says(&["migrate"]);
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("0 vacancies, 0 people"), "{said}");
}

#[test] // 2
fn wrong_lists_are_found_and_the_rest_is_still_looked_at() {
    let world = World::new();
    world.says(&["migrate"]);
    std::fs::create_dir(world.file("x", "").with_file_name("codes")).unwrap();
    world.file("codes/communes.csv", "code,name\n1,x\n");
    let (code, said) = doctor(&world, &["--config-dir", "."]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        is_finding(&said) && said.contains("communes.csv:1"),
        "{said}"
    );
    assert!(said.contains("sanviec.db: tốt / good"), "{said}");
    let (code, said) = doctor(&world, &["--config-dir", "none"]);
    assert!(code == Some(2) && said.contains("no such folder"), "{said}");
    // A list that is there, but without its rows.
    let isco = include_str!("../../../../config/codes/isco08.csv");
    let heading = isco.lines().next().unwrap();
    std::fs::remove_file(world.file("codes/communes.csv", "")).unwrap();
    world.file("codes/isco08.csv", &format!("{heading}\n"));
    let (code, said) = doctor(&world, &["--config-dir", "."]);
    assert!(code == Some(2) && is_finding(&said), "{said}");
}

#[test] // 3
fn a_data_folder_that_cannot_be_used_is_found() {
    let world = World::new();
    let (code, said) = doctor(&world, &[]);
    assert!(code == Some(1) && is_finding(&said), "{said}");
    assert!(said.contains("it is not there yet"), "{said}");
    assert!(!world.file("x", "").with_file_name("data").exists());
    let (code, said) = doctor_of(&world, "x");
    assert!(
        code == Some(1) && said.contains("it is no folder"),
        "{said}"
    );
    // A folder in which not even root makes a file.
    let (code, said) = doctor_of(&world, "/proc");
    assert!(
        code == Some(1) && said.contains("it cannot be written"),
        "{said}"
    );
    assert!(is_finding(&said), "{said}");
}

#[test] // 4
fn a_database_that_cannot_be_used_is_found() {
    let world = World::new();
    world.says(&["migrate"]);
    // Nobody listens on the first port of them all.
    let url = "postgres://anna:hide-me@127.0.0.1:1/x?connect_timeout=2";
    let mut command = world.command(&["doctor", "--database", url]);
    let output = command
        .env("SANVIEC_DATABASE_CONNECT_SECONDS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        is_finding(&said) && said.contains("database server"),
        "{said}"
    );
    assert!(!said.contains("hide-me"), "{said}");

    std::fs::write(
        world
            .file("x", "")
            .with_file_name("data")
            .join("sanviec.db"),
        "no database",
    )
    .unwrap();
    let (code, said) = doctor(&world, &[]);
    assert!(code == Some(1) && is_finding(&said), "{said}");
    std::fs::remove_file(
        world
            .file("x", "")
            .with_file_name("data")
            .join("sanviec.db"),
    )
    .unwrap();
    let (code, said) = doctor(&world, &[]);
    assert!(
        code == Some(1) && said.contains("there is no database"),
        "{said}"
    );
}

#[test] // 4
fn a_database_that_is_not_up_to_date_is_found_and_left_so() {
    let world = World::new();
    world.says(&["migrate"]);
    sql(
        &world,
        "DROP TABLE occupation_correction; DROP TABLE import_heading; DROP TABLE import_row;
         DROP TABLE import_batch; DROP TABLE job;
         DELETE FROM __diesel_schema_migrations WHERE version > '20261125000001'",
    );
    for _ in 0..2 {
        let (code, said) = doctor(&world, &[]);
        assert_eq!(code, Some(1), "{said}");
        assert!(is_finding(&said) && said.contains("000002_jobs"), "{said}");
    }
    world.says(&["migrate"]);
    assert_eq!(doctor(&world, &[]).0, Some(0));
}

#[test] // 5
fn a_newer_database_is_left_alone() {
    let world = World::new();
    world.says(&["migrate"]);
    sql(
        &world,
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')",
    );
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(3), "{said}");
    let sheet = world.file("sheet.csv", "title,employer,work_place\na,b,Kon Tum\n");
    let nobody = "01938f7e-5b1a-7c3d-9e2f-0123456789ab";
    for words in [
        ["serve", "--listen", "127.0.0.1:0"].as_slice(),
        &["migrate"],
        &["import", "vacancies", sheet.to_str().unwrap()],
        &["match", "seeker", nobody],
        &["match", "vacancy", nobody],
        &["audit", "ranking"],
        &["bench-data", "--seekers", "1", "--vacancies", "1"],
    ] {
        let output = world.run(words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{words:?}: {said}");
        assert!(
            said.contains("mới hơn chương trình này")
                && said.contains("newer than this program")
                && said.contains("20991231000001"),
            "{said}"
        );
    }
    sql(
        &world,
        "DELETE FROM __diesel_schema_migrations WHERE version = '20991231000001'",
    );
    assert!(world.says(&["doctor"]).contains("0 vacancies"));
}

#[test] // 6
fn a_table_that_is_gone_is_found() {
    let world = World::new();
    world.says(&["migrate"]);
    sql(&world, "DROP TABLE job");
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        is_finding(&said) && said.contains("tables are missing: job"),
        "{said}"
    );
}

#[test] // 6
fn a_disk_that_takes_no_more_is_found() {
    let world = World::new();
    world.says(&["migrate"]);
    // No file may grow beyond a few kilobytes: as on a disk that is nearly full.
    let output = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"])
        .arg(env!("CARGO_BIN_EXE_sanviec"))
        .args(["doctor", "--data-dir"])
        .arg(world.data())
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("make room on the disk"), "{said}");
    let left = std::fs::read_dir(world.data()).unwrap();
    let left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().starts_with(".doctor")),
        "{left:?}"
    );
}

#[test] // 6
fn a_stored_code_that_no_list_knows_is_found() {
    let world = World::new();
    world.says(&["bench-data", "--seekers", "300", "--vacancies", "40"]);
    assert_eq!(doctor(&world, &[]).0, Some(0));
    assert!(world.run(&["codes", "check"]).status.success());
    sql(
        &world,
        "UPDATE seeker SET profile = replace(profile, '\"skills\":[', '\"skills\":[\"gone.1\",')
             WHERE profile NOT LIKE '%\"skills\":[]%'",
    );
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        is_finding(&said) && said.contains("skills.csv gone.1 (× "),
        "{said}"
    );
    let check = world.run(&["codes", "check"]);
    assert_eq!(check.status.code(), Some(2));
    let said = String::from_utf8(check.stdout).unwrap();
    assert!(said.contains("skills.csv gone.1"), "{said}");
}

#[test] // 6
fn a_row_that_cannot_be_read_is_named() {
    let world = World::new();
    world.says(&["bench-data", "--seekers", "3", "--vacancies", "2"]);
    let listed = world.says(&["list", "seekers"]);
    let id = listed.lines().nth(1).unwrap().split(' ').next().unwrap();
    sql(
        &world,
        &format!("UPDATE seeker SET profile = '{{' WHERE id = '{id}'"),
    );
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        is_finding(&said) && said.contains(&format!("row {id}")),
        "{said}"
    );
}

#[test] // 7
fn the_remedy_fits_the_file() {
    let world = World::new();
    world.says(&["migrate"]);
    let file = world.data().join("sanviec.db");
    std::fs::write(&file, [b'x'; 8_192]).unwrap();
    for name in ["sanviec.db-wal", "sanviec.db-shm"] {
        let _ = std::fs::remove_file(world.data().join(name));
    }
    let mut command = world.command(&["doctor"]);
    let output = command
        .env("SANVIEC_DATABASE_CONNECT_SECONDS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the file is no database") && !said.contains("mật khẩu"),
        "{said}"
    );
    assert_eq!(said.matches("file is not a database").count(), 1, "{said}");

    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        is_finding(&said) && said.contains("this is a folder") && !said.contains("start with"),
        "{said}"
    );
}

#[test] // 7
fn a_damaged_index_is_told_of_in_a_line() {
    let world = World::new();
    world.says(&["bench-data", "--seekers", "300", "--vacancies", "40"]);
    world.says(&["reindex"]);
    let meta = world.data().join("index/meta.json");
    let text = std::fs::read_to_string(&meta).unwrap();
    std::fs::write(&meta, text.replacen("\"segments\"", "\"sogments\"", 1)).unwrap();
    let (code, said) = doctor(&world, &[]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("sanviec reindex"), "{said}");
    let longest = said.lines().map(|line| line.chars().count()).max();
    assert!(longest < Some(240), "{said}");
}
