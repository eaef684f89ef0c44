//! 1. Both databases end with the same tables, columns, nullability and unique keys.
//! 2. Two servers that migrate at once: one does, the other waits; the next start does nothing.
//! 3. The bundled SQLite is new enough, and each connection is set up.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use rstest::rstest;
use store::Conn;

use crate::support::{Backend, Database};

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    not_null: bool,
}

#[derive(QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    in_table: String,
    #[diesel(sql_type = Text)]
    columns: String,
}

#[derive(Debug, PartialEq, Eq)]
struct Schema {
    columns: BTreeMap<(String, String), (String, bool)>,
    unique: BTreeSet<(String, String)>,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS in_table, c.name, lower(c.type) AS kind, \
    c.\"notnull\" <> 0 AS not_null FROM sqlite_master t, pragma_table_info(t.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
const SQLITE_KEYS: &str = "SELECT t.name AS in_table, group_concat(c.name, ',' ORDER BY c.seqno) \
    AS columns FROM sqlite_master t, pragma_index_list(t.name) i, pragma_index_info(i.name) c \
    WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND i.\"unique\" \
    GROUP BY t.name, i.name \
    UNION SELECT t.name, group_concat(c.name, ',' ORDER BY c.pk) FROM sqlite_master t, \
    pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' \
    AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND c.pk > 0 GROUP BY t.name";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text AS in_table, column_name::text AS name, \
    data_type::text AS kind, is_nullable = 'NO' AS not_null FROM information_schema.columns \
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";
const POSTGRES_KEYS: &str = "SELECT t.relname::text AS in_table, \
    string_agg(a.attname::text, ',' ORDER BY array_position(i.indkey::int2[], a.attnum)) AS columns \
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
    JOIN pg_namespace n ON n.oid = t.relnamespace \
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey) \
    WHERE n.nspname = 'public' AND i.indisunique AND t.relname NOT LIKE '\\_\\_%' \
    GROUP BY t.relname, i.indexrelid";

fn schema(conn: &mut Conn) -> Schema {
    let (columns, keys) = match conn {
        Conn::Sqlite(_) => (SQLITE_COLUMNS, SQLITE_KEYS),
        Conn::Postgres(_) => (POSTGRES_COLUMNS, POSTGRES_KEYS),
    };
    let columns: Vec<Column> = diesel::sql_query(columns).load(conn).unwrap();
    let keys: Vec<Key> = diesel::sql_query(keys).load(conn).unwrap();
    Schema {
        columns: columns
            .into_iter()
            .map(|column| {
                let kind = match column.kind.as_str() {
                    // SQLite has one kind of whole number.
                    "integer" | "bigint" => "whole number".to_owned(),
                    _ => column.kind,
                };
                ((column.in_table, column.name), (kind, column.not_null))
            })
            .collect(),
        unique: keys
            .into_iter()
            .map(|key| (key.in_table, key.columns))
            .collect(),
    }
}

#[test]
fn both_databases_have_the_same_schema() {
    let sqlite = Database::new(Backend::Sqlite).unwrap();
    let Some(postgres) = Database::new(Backend::Postgres) else {
        return;
    };
    let (sqlite, postgres) = (schema(&mut sqlite.conn()), schema(&mut postgres.conn()));
    assert!(sqlite.columns.len() > 40, "{sqlite:?}");
    assert!(
        sqlite
            .unique
            .contains(&("vacancy".to_owned(), "source,external_ref".to_owned()))
    );
    assert_eq!(sqlite, postgres);
}

#[rstest]
fn servers_that_start_at_once_migrate_once(
    #[values(Backend::Sqlite, Backend::Postgres)] on: Backend,
) {
    let Some(database) = Database::bare(on) else {
        return;
    };
    let steps: usize = std::thread::scope(|threads| {
        let servers: Vec<_> = (0..6)
            .map(|_| threads.spawn(|| store::migrate(&mut database.conn()).unwrap()))
            .collect();
        servers
            .into_iter()
            .map(|server| server.join().unwrap())
            .sum()
    });
    let twice = store::migrate(&mut database.conn()).unwrap();
    assert!(steps >= 1);
    assert_eq!(twice, 0);
    let folder = match on {
        Backend::Sqlite => "sqlite",
        Backend::Postgres => "postgres",
    };
    let written = std::fs::read_dir(format!(
        "{}/../../migrations/{folder}",
        env!("CARGO_MANIFEST_DIR")
    ));
    assert_eq!(steps, written.unwrap().count());
}

#[test]
fn the_bundled_sqlite_does_not_lose_pages_of_the_log() {
    #[derive(QueryableByName)]
    struct Version {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let database = Database::bare(Backend::Sqlite).unwrap();
    let found: Version = diesel::sql_query("SELECT sqlite_version() AS version")
        .get_result::<Version>(&mut *database.conn())
        .unwrap();
    let parts: Vec<u32> = found
        .version
        .split('.')
        .map(|part| part.parse().unwrap())
        .collect();
    assert!(parts >= vec![3, 53, 0], "{}", found.version);
}

#[test]
fn each_connection_of_sqlite_is_durable_and_checks_references() {
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let database = Database::bare(Backend::Sqlite).unwrap();
    let (one, other) = (database.conn(), database.conn());
    for mut conn in [one, other] {
        for (setting, expected) in [
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("journal_mode", "wal"),
        ] {
            let sql = format!("SELECT CAST({setting} AS TEXT) AS value FROM pragma_{setting}");
            let found: Setting = diesel::sql_query(sql).get_result(&mut *conn).unwrap();
            assert_eq!(found.value, expected, "{setting}");
        }
    }
}
