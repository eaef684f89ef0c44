//! SQLite: normalised. The tables of a query are a function of its connection.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, RunQueryDsl, SqliteConnection, sql_query};

use super::{
    Found, Line, Look, Parts, SEEKER, codes, codes_in_common, eligible, listed, provinces,
    seeker_values, set, skills, sum, worked,
};
use crate::Failure;
use crate::people::K;
use crate::row::Columns;
use crate::tables::Tables;

/// Rows of one statement.
const BATCH: usize = 500;

#[diesel::declare_sql_function]
extern "SQL" {
    /// A value of a table of the query.
    fn look(table: BigInt, at: BigInt) -> BigInt;
}

/// A database with everybody in it.
pub(crate) struct Sqlite {
    conn: SqliteConnection,
    looks: Arc<Mutex<Vec<Vec<i64>>>>,
}

impl Sqlite {
    /// Makes and fills one in this folder.
    pub(crate) fn build(
        folder: &Path,
        columns: &Columns,
        communes: usize,
    ) -> Result<Self, Failure> {
        let path = folder.join("peers.db");
        let mut conn = SqliteConnection::establish(&path.to_string_lossy())?;
        conn.batch_execute(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000000; \
             pragma mmap_size = 4000000000; pragma temp_store = memory;",
        )?;
        conn.batch_execute(&format!(
            "create table seeker ({SEEKER}, id blob not null); \
             create table seeker_skill (skill integer, seeker integer, primary key (skill, seeker)) without rowid; \
             create table seeker_code (code integer, seeker integer, primary key (code, seeker)) without rowid; \
             create table seeker_province (province integer, seeker integer, primary key (province, seeker)) without rowid; \
             create table seeker_worked (grp integer, seeker integer, months integer, primary key (grp, seeker)) without rowid; \
             begin;"
        ))?;
        fill(&mut conn, columns, communes)?;
        conn.batch_execute("commit; analyze;")?;
        let looks: Arc<Mutex<Vec<Vec<i64>>>> = Arc::default();
        let tables = Arc::clone(&looks);
        look_utils::register_impl(&mut conn, move |table: i64, at: i64| -> i64 {
            let tables = tables.lock().unwrap_or_else(PoisonError::into_inner);
            let table = usize::try_from(table)
                .ok()
                .and_then(|table| tables.get(table));
            let at = usize::try_from(at).ok();
            table
                .zip(at)
                .and_then(|(table, at)| table.get(at).copied())
                .unwrap_or(0)
        })?;
        Ok(Self { conn, looks })
    }

    /// The list.
    pub(crate) fn list(&mut self, tables: &Tables) -> Result<Vec<Line>, Failure> {
        let values = Look::ALL.map(|look| {
            let values = look.values(tables).iter();
            values.map(|&value| value as i64).collect()
        });
        *self.looks.lock().unwrap_or_else(PoisonError::into_inner) = values.into();
        let found: Vec<Found> = sql_query(statement(tables)).load(&mut self.conn)?;
        found.iter().map(Found::line).collect()
    }
}

fn look_at(look: Look, at: &str) -> String {
    let place = Look::ALL.iter().position(|&other| other == look);
    format!("look({}, {at})", place.unwrap_or(0))
}

fn statement(tables: &Tables) -> String {
    let asked = tables.terms.iter().flat_map(|term| {
        let bits = (0..32).filter(|bit| term.brings >> bit & 1 == 1);
        bits.map(|bit| {
            let table = usize::from(bit >= 16) * 2 + bit % 16 / 8;
            let gain = tables.sums[table][1 << (bit % 8)];
            format!("({},{},{gain})", term.skill.0, bit % 16)
        })
        .collect::<Vec<_>>()
    });
    let asked = rows(asked, "(-1,0,0)");
    let group = rows(
        tables
            .groups
            .iter()
            .flat_map(|(_, codes)| codes)
            .map(|code| format!("({code})")),
        "(-1)",
    );
    let common = rows(
        codes_in_common(tables).map(|(code, digits)| format!("({code},{digits})")),
        "(-1,0)",
    );
    let sum = sum(
        tables,
        &Parts {
            look: &look_at,
            tenths: "h.tenths",
            digits: "o.digits",
            wished: "w.seeker is not null",
            months: "m.months",
        },
    );
    format!(
        "with asked (skill, place, gain) as materialized (values {asked}), \
         grouped (code) as materialized (values {group}), \
         digits (code, digits) as materialized (values {common}), \
         held as (select seeker, max(gain) as gain from asked cross join seeker_skill using (skill) \
            group by seeker, place), \
         hit as materialized (select seeker, sum(gain) as tenths from ( \
            select seeker, gain from held union all \
            select seeker, 0 from grouped cross join seeker_code using (code)) group by seeker), \
         common as materialized (select seeker, max(digits) as digits from digits \
            cross join seeker_code using (code) group by seeker), \
         wished as materialized (select distinct seeker from seeker_province where province in ({})), \
         worked as materialized (select seeker, max(months) as months from seeker_worked \
            where grp in ({}) group by seeker) \
         select lower(hex(s.id)) as id, ({sum}) / 1000000000 as thousandths \
         from hit h cross join seeker s on s.n = h.seeker left join common o on o.seeker = h.seeker \
         left join wished w on w.seeker = h.seeker left join worked m on m.seeker = h.seeker \
         where {} order by thousandths desc, registered desc, s.id limit {K}",
        set(&tables.province),
        set(&tables.group),
        eligible(tables)
    )
}

fn rows(rows: impl Iterator<Item = String>, none: &str) -> String {
    let rows: Vec<String> = rows.collect();
    if rows.is_empty() {
        none.to_owned()
    } else {
        rows.join(",")
    }
}

fn fill(conn: &mut SqliteConnection, columns: &Columns, communes: usize) -> Result<(), Failure> {
    let rows = || columns.rows.iter().enumerate();
    insert(
        conn,
        "seeker",
        rows().map(|(at, _)| {
            let id = columns.ids[at].as_u128();
            format!("{},x'{id:032x}'", seeker_values(columns, at, communes))
        }),
    )?;
    // In the order of the keys: trees are filled from left to right.
    let mut pairs: Vec<(u16, usize)> = rows()
        .flat_map(|(at, row)| skills(columns, row).map(move |skill| (skill, at)))
        .collect();
    insert_pairs(conn, "seeker_skill", &mut pairs)?;
    pairs = rows()
        .flat_map(|(at, row)| codes(row).map(move |code| (code, at)))
        .collect();
    insert_pairs(conn, "seeker_code", &mut pairs)?;
    pairs = rows()
        .flat_map(|(at, row)| provinces(row).map(move |province| (u16::from(province), at)))
        .collect();
    insert_pairs(conn, "seeker_province", &mut pairs)?;
    let mut months: Vec<(u8, usize, u8)> = rows()
        .flat_map(|(at, row)| worked(row).map(move |(group, months)| (group, at, months)))
        .collect();
    months.sort_unstable();
    insert(
        conn,
        "seeker_worked",
        months
            .iter()
            .map(|(group, at, months)| format!("{group},{at},{months}")),
    )
}

fn insert_pairs(
    conn: &mut SqliteConnection,
    table: &str,
    pairs: &mut [(u16, usize)],
) -> Result<(), Failure> {
    pairs.sort_unstable();
    insert(
        conn,
        table,
        pairs.iter().map(|(key, at)| format!("{key},{at}")),
    )
}

fn insert(
    conn: &mut SqliteConnection,
    table: &str,
    rows: impl Iterator<Item = String>,
) -> Result<(), Failure> {
    let mut rows = rows.map(|row| format!("({row})"));
    loop {
        let batch = listed(rows.by_ref().take(BATCH));
        if batch.is_empty() {
            return Ok(());
        }
        conn.batch_execute(&format!("insert into {table} values {batch}"))?;
    }
}
