//! `doctor` says what is wrong and how to mend it, changes nothing, and its exit code tells:
//! 1. 0 where all is good.
//! 2. 2 for configuration and code lists.
//! 3. 1 for a data folder that is missing, no folder, or not to be written.
//! 4. 1 for a database that is missing, unreachable or not up to date.
//! 5. 3 for a database that is newer than the program; nothing else touches that one either.

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
        "DROP TABLE job; DELETE FROM __diesel_schema_migrations WHERE version > '20261125000001'",
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
