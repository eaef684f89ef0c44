//! The durable index of the real program.
//!
//! 1. Whatever is done to a file of the folder while it is stopped: the same answers, and the index
//!    is whole again.
//! 2. The same while it runs.
//! 3. Another database, an older copy of the folder, a removed folder: the same.
//! 4. `reindex` works beside a server and without one.
//! 5. A folder that cannot be written: the ranking goes on in memory.

use std::collections::BTreeMap;
use std::path::Path;

use crate::world::{Server, World};

const SHEET: &str = "title,employer,work_place\n\
    Thợ hàn,Cơ khí An,Kon Tum\nPhụ bếp,Nhà hàng Bình,Quảng Ngãi\nLái xe tải,Vận tải Cường,Gia Lai\n";

fn filled() -> (World, String) {
    let world = World::new();
    world.says(&["bench-data", "--seekers", "300", "--vacancies", "40"]);
    let sheet = world.file("sheet.csv", SHEET);
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
    let list = world.run(&["audit", "ranking"]);
    assert!(list.status.success());
    let server = world.serve(&[]);
    let found = server.json("/api/v1/vacancies?q=tho+han");
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(server.stop());
    (world, id)
}

type Files = BTreeMap<String, Vec<u8>>;

fn files(dir: &Path) -> Files {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".lock"))
        .filter_map(|name| {
            std::fs::read(dir.join(&name))
                .ok()
                .map(|bytes| (name, bytes))
        })
        .collect()
}

fn put_back(dir: &Path, files: &Files) {
    std::fs::remove_dir_all(dir).unwrap();
    std::fs::create_dir(dir).unwrap();
    for (name, bytes) in files {
        std::fs::write(dir.join(name), bytes).unwrap();
    }
}

/// Deleted, emptied, one bit flipped.
fn damage(file: &Path, way: usize) {
    let Ok(mut bytes) = std::fs::read(file) else {
        return;
    };
    match way {
        0 => std::fs::remove_file(file).unwrap(),
        1 => std::fs::write(file, b"").unwrap(),
        _ => {
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 4;
            }
            std::fs::write(file, bytes).unwrap();
        }
    }
}

fn ranking(world: &World, id: &str) -> String {
    world.says(&["match", "vacancy", id, "--limit", "100"])
}

fn until_whole(world: &World, server: &Server) {
    for _ in 0..60 {
        assert_eq!(server.get("/api/v1/vacancies?q=tho+han").0, 200);
        let output = world.run(&["doctor"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() && said.contains("(change ") {
            return;
        }
    }
    panic!("the index is not whole again");
}

#[test] // 1
fn a_stopped_index_is_mended_by_the_next_command() {
    let (world, id) = filled();
    let dir = world.data().join("index");
    let right = ranking(&world, &id);
    let whole = files(&dir);
    assert!(whole.len() >= 8, "{:?}", whole.keys());
    for name in whole.keys() {
        for way in 0..3 {
            put_back(&dir, &whole);
            damage(&dir.join(name), way);
            assert_eq!(ranking(&world, &id), right, "{name} in way {way}");
            let doctor = world.says(&["doctor"]);
            assert!(doctor.contains("(change "), "{name}: {doctor}");
        }
    }
}

#[test] // 2
fn a_running_server_mends_its_index_and_serves_on() {
    let (world, id) = filled();
    let dir = world.data().join("index");
    let right = ranking(&world, &id);
    let server = world.serve(&[]);
    // Something to write, so that the server holds the folder.
    world.says(&["reindex"]);
    for way in 0..3 {
        for name in files(&dir).keys() {
            damage(&dir.join(name), way);
        }
        until_whole(&world, &server);
        assert_eq!(ranking(&world, &id), right);
    }
    std::fs::remove_dir_all(&dir).unwrap();
    until_whole(&world, &server);
    assert!(server.stop());
    assert_eq!(ranking(&world, &id), right);
}

#[test] // 3
fn an_index_of_another_past_is_not_believed() {
    let (world, id) = filled();
    let dir = world.data().join("index");
    let right = ranking(&world, &id);
    let older = files(&dir);

    let more = world.file(
        "more.csv",
        "title,employer,work_place\nThợ hàn TIG,Cơ khí An,Kon Tum\n",
    );
    world.says(&["import", "vacancies", more.to_str().unwrap()]);
    assert_eq!(ranking(&world, &id), right);
    assert!(world.says(&["doctor"]).contains(", 0 behind"));
    put_back(&dir, &older);
    assert!(!world.says(&["doctor"]).contains(", 0 behind"));
    assert_eq!(ranking(&world, &id), right, "an older copy catches up");

    let (other, other_id) = filled();
    put_back(&other.data().join("index"), &files(&dir));
    let output = other.run(&["doctor"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("another database"), "{said}");
    let list = ranking(&other, &other_id);
    assert!(list.lines().count() > 1, "{list}");
    assert!(other.says(&["doctor"]).contains("(change "));
}

#[test] // 4
fn reindex_builds_it_anew() {
    let (world, id) = filled();
    let right = ranking(&world, &id);
    let said = world.says(&["reindex"]);
    assert!(said.contains("43 vacancies, 300 people"), "{said}");
    let server = world.serve(&[]);
    assert!(world.says(&["reindex"]).contains("300 people"));
    assert!(world.says(&["reindex"]).contains("300 people"));
    assert!(server.stop());
    assert_eq!(ranking(&world, &id), right);
}

#[test] // 5
fn a_folder_that_cannot_be_written_stops_nothing() {
    let (world, id) = filled();
    let dir = world.data().join("index");
    let right = ranking(&world, &id);
    std::fs::remove_dir_all(&dir).unwrap();
    std::fs::write(&dir, b"no folder").unwrap();
    assert_eq!(ranking(&world, &id), right);
    let server = world.serve(&[]);
    assert_eq!(server.get("/api/v1/vacancies?q=tho+han").0, 200);
    assert!(server.stop());
}
