//! Two servers on one PostgreSQL database, each with an index of its own.

use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::world::{Server, World};

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A new database on the test server; `None` where there is no server, which fails where one is
/// required.
fn database() -> Option<String> {
    let Some(server) = std::env::var_os("SANVIEC_TEST_POSTGRES") else {
        assert!(
            std::env::var_os("SANVIEC_REQUIRE_POSTGRES").is_none(),
            "no PostgreSQL"
        );
        eprintln!("NOT RUN: no PostgreSQL");
        return None;
    };
    let server = server.into_string().unwrap();
    let name = format!(
        "sanviec_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    PgConnection::establish(&format!("{server}/postgres"))
        .unwrap()
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .unwrap();
    Some(format!("{server}/{name}"))
}

fn sheet(title: &str) -> String {
    format!("title,employer,work_place\n{title},Cơ khí,Kon Tum\n{title} bậc cao,Cơ khí,Gia Lai\n")
}

fn import(world: &World, title: &str) {
    let sheet = world.file("sheet.csv", &sheet(title));
    world.says(&["import", "vacancies", sheet.to_str().unwrap()]);
}

fn until_found(server: &Server, words: &str, count: usize) {
    server.until(&format!("/api/v1/vacancies?q={words}"), |found| {
        found["items"].as_array().unwrap().len() == count
    });
}

#[test]
fn two_servers_on_one_database_say_the_same() {
    let Some(database) = database() else { return };
    let (one, other) = (World::on(&database), World::on(&database));
    one.says(&["bench-data", "--seekers", "200", "--vacancies", "10"]);
    let (first, second) = (one.serve(&[]), other.serve(&[]));
    import(&one, "Thợ hàn");
    until_found(&first, "tho+han", 2);
    until_found(&second, "tho+han", 2);

    first.kill();
    import(&other, "Thợ tiện");
    let first = one.serve(&[]);
    until_found(&first, "tho+tien", 2);
    until_found(&second, "tho+tien", 2);
    let list = |server: &Server| server.json("/api/v1/vacancies?q=&limit=100")["items"].clone();
    assert_eq!(list(&first), list(&second));
    assert_eq!(list(&first).as_array().unwrap().len(), 14);
    let id = first.json("/api/v1/vacancies?q=tho+han")["items"][0]["id"].clone();
    assert!(first.stop() && second.stop());

    let ranking = ["match", "vacancy", id.as_str().unwrap(), "--limit", "50"];
    assert_eq!(one.says(&ranking), other.says(&ranking));
    for world in [&one, &other] {
        assert!(world.says(&["doctor"]).contains("(change "));
    }
}
