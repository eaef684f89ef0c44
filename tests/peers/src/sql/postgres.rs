//! PostgreSQL: normalised, and with arrays under GIN.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Integer;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};

use super::server::Server;
use super::{
    Found, Line, Look, Parts, SEEKER, codes, codes_in_common, eligible, listed, listed_or_nothing,
    provinces, seeker_values, set, skills, sum, worked,
};
use crate::Failure;
use crate::inverted::groups_of;
use crate::people::K;
use crate::row::Columns;
use crate::tables::Tables;

/// Tables and their columns; each is filled from a file of its name.
fn tables() -> [(&'static str, String); 6] {
    let scalars = format!("{SEEKER}, id uuid not null");
    let arrays = "skills integer[] not null, codes integer[] not null, groups integer[] not null, \
        provinces integer[] not null, worked integer[] not null";
    [
        ("seeker", scalars.clone()),
        ("seeker_skill", "skill integer, seeker integer".to_owned()),
        ("seeker_code", "code integer, seeker integer".to_owned()),
        (
            "seeker_province",
            "province integer, seeker integer".to_owned(),
        ),
        (
            "seeker_worked",
            "grp integer, seeker integer, months integer".to_owned(),
        ),
        ("person", format!("{scalars}, {arrays}")),
    ]
}

const INDEXES: &str = "
    create index on seeker_skill (skill) include (seeker);
    create index on seeker_code (code) include (seeker);
    create index on seeker_province (province) include (seeker);
    create index on seeker_worked (grp) include (seeker, months);
    create index on person using gin (skills) with (fastupdate = off);
    create index on person using gin (groups) with (fastupdate = off);";

/// A server with everybody in it.
pub(crate) struct Postgres {
    conn: PgConnection,
    backend: i32,
    // After the connection: it is dropped last.
    _server: Server,
}

#[derive(QueryableByName)]
struct Backend {
    #[diesel(sql_type = Integer)]
    pid: i32,
}

impl Postgres {
    /// Starts a server and fills it; `None` where PostgreSQL is not installed.
    pub(crate) fn start(
        folder: &Path,
        columns: &Columns,
        communes: usize,
    ) -> Result<Option<Self>, Failure> {
        let Some(server) = Server::start(folder)? else {
            return Ok(None);
        };
        let mut conn = PgConnection::establish(&server.url())?;
        write_files(folder, columns, communes)?;
        for (table, definition) in tables() {
            let file = folder.join(table);
            conn.batch_execute(&format!(
                "create unlogged table {table} ({definition}); \
                 copy {table} from '{}' (delimiter ';')",
                file.display()
            ))?;
            std::fs::remove_file(file)?;
        }
        conn.batch_execute(INDEXES)?;
        conn.batch_execute("vacuum analyze")?;
        let backend: Backend = sql_query("select pg_backend_pid() as pid").get_result(&mut conn)?;
        Ok(Some(Self {
            conn,
            backend: backend.pid,
            _server: server,
        }))
    }

    /// The process that answers.
    pub(crate) const fn backend(&self) -> i32 {
        self.backend
    }

    /// The list, over one table for each thing of which a person has several.
    pub(crate) fn normalised(&mut self, tables: &Tables) -> Result<Vec<Line>, Failure> {
        self.list(&normalised(tables))
    }

    /// The list, over arrays.
    pub(crate) fn arrays(&mut self, tables: &Tables) -> Result<Vec<Line>, Failure> {
        self.list(&arrays(tables))
    }

    fn list(&mut self, statement: &str) -> Result<Vec<Line>, Failure> {
        let found: Vec<Found> = sql_query(statement).load(&mut self.conn)?;
        found.iter().map(Found::line).collect()
    }
}

/// The tables of the query as a row `q` of arrays.
fn arrays_of_query(tables: &Tables) -> String {
    let mut columns: Vec<String> = Look::ALL
        .iter()
        .map(|look| array("bigint", look.name(), look.values(tables)))
        .collect();
    for (name, sums) in ["own_low", "own_high", "relative_low", "relative_high"]
        .iter()
        .zip(&tables.sums)
    {
        columns.push(array("bigint", name, sums));
    }
    format!("(select {}) q", columns.join(", "))
}

fn array<T: ToString + Copy>(kind: &str, name: &str, values: &[T]) -> String {
    format!(
        "'{{{}}}'::{kind}[] as {name}",
        listed(values.iter().copied())
    )
}

fn look(look: Look, at: &str) -> String {
    format!("q.{}[{at} + 1]", look.name())
}

/// Ten times the sum of shares, from the bits of the skills.
const TENTHS: &str = "q.own_low[(h.bits & 255) + 1] + q.own_high[(h.bits >> 8 & 255) + 1] \
    + q.relative_low[(h.bits >> 16 & ~h.bits & 255) + 1] \
    + q.relative_high[(h.bits >> 24 & ~(h.bits >> 8) & 255) + 1]";

const ORDER: &str = "order by thousandths desc, registered desc, s.id";

fn normalised(tables: &Tables) -> String {
    let asked = tables.terms.iter().map(|term| {
        format!(
            "select seeker, {}::bigint as bits from seeker_skill where skill = {}",
            term.brings, term.skill.0
        )
    });
    let groups = tables.groups.iter().map(|(_, codes)| {
        let codes = listed(codes);
        format!("select seeker, 0::bigint as bits from seeker_code where code in ({codes})")
    });
    let candidates: Vec<String> = asked.chain(groups).collect();
    let nobody = "select 0 as seeker, 0::bigint as bits where false".to_owned();
    let candidates = if candidates.is_empty() {
        nobody
    } else {
        candidates.join(" union all ")
    };
    let common: Vec<String> = codes_in_common(tables)
        .map(|(code, digits)| format!("({code},{digits})"))
        .collect();
    let common = if common.is_empty() {
        "(-1,0)".to_owned()
    } else {
        common.join(",")
    };
    let sum = sum(
        tables,
        &Parts {
            look: &look,
            tenths: TENTHS,
            digits: "o.digits",
            wished: "w.seeker is not null",
            months: "m.months",
        },
    );
    format!(
        "with hit as (select seeker, bit_or(bits) as bits from ({candidates}) c group by seeker), \
         common as (select c.seeker, max(d.digits) as digits from (values {common}) d (code, digits) \
            join seeker_code c on c.code = d.code group by c.seeker), \
         wished as (select distinct seeker from seeker_province where province in ({})), \
         worked as (select seeker, max(months) as months from seeker_worked where grp in ({}) group by seeker) \
         select s.id::text as id, ({sum}) / 1000000000 as thousandths \
         from hit h join seeker s on s.n = h.seeker left join common o on o.seeker = s.n \
         left join wished w on w.seeker = s.n left join worked m on m.seeker = s.n \
         cross join {} where {} {ORDER} limit {K}",
        listed_or_nothing(set(&tables.province)),
        listed_or_nothing(set(&tables.group)),
        arrays_of_query(tables),
        eligible(tables)
    )
}

/// The value of a table for each place of an array.
fn each(table: &str, values: &str, most: usize) -> impl Iterator<Item = String> {
    (1..=most).map(move |at| format!("q.{table}[s.{values}[{at}] + 1]"))
}

fn arrays(tables: &Tables) -> String {
    let bits: Vec<String> = each("brings", "skills", 12)
        .map(|value| format!("coalesce({value}, 0)"))
        .collect();
    let digits: Vec<String> = each("common", "codes", 5).collect();
    let groups = listed_or_nothing(set(&tables.group));
    let months: Vec<String> = (1..=5)
        .map(|at| {
            format!("case when s.worked[{at}] >> 8 in ({groups}) then s.worked[{at}] & 255 end")
        })
        .collect();
    let wished = format!("s.provinces && '{{{}}}'::integer[]", set(&tables.province));
    let sum = sum(
        tables,
        &Parts {
            look: &look,
            tenths: TENTHS,
            digits: &format!("greatest({})", digits.join(",")),
            wished: &wished,
            months: &format!("greatest({})", months.join(",")),
        },
    );
    let skills = listed(tables.terms.iter().map(|term| term.skill.0));
    let groups = listed(tables.groups.iter().map(|(group, _)| group));
    let common: Vec<u8> = tables
        .codes
        .iter()
        .map(|&value| (value & crate::tables::DIGITS).max(1))
        .collect();
    // Only what somebody holds is looked up: the bits are computed where they are needed.
    let bits = if tables.skill_same.is_some() {
        "0".to_owned()
    } else {
        bits.join(" | ")
    };
    format!(
        "select s.id::text as id, ({sum}) / 1000000000 as thousandths \
         from person s cross join {} cross join (select {}, {}) b cross join lateral (select {} as bits offset 0) h \
         where (s.skills && '{{{skills}}}'::integer[] or s.groups && '{{{groups}}}'::integer[]) and {} \
         {ORDER} limit {K}",
        arrays_of_query(tables),
        array("bigint", "brings", &tables.brings),
        array("integer", "common", &common),
        bits.replace("q.brings", "b.brings"),
        eligible(tables)
    )
    .replace("q.common", "b.common")
}

fn write_files(folder: &Path, columns: &Columns, communes: usize) -> Result<(), Failure> {
    let mut files = Vec::new();
    for (table, _) in tables() {
        files.push(BufWriter::new(File::create(folder.join(table))?));
    }
    let [seeker, skill, code, province, work, person] = &mut files[..] else {
        return Err("six tables".into());
    };
    for (at, row) in columns.rows.iter().enumerate() {
        let scalars = seeker_values(columns, at, communes).replace(',', ";");
        let scalars = format!("{scalars};{}", columns.ids[at]);
        writeln!(seeker, "{scalars}")?;
        for one in skills(columns, row) {
            writeln!(skill, "{one};{at}")?;
        }
        for one in codes(row) {
            writeln!(code, "{one};{at}")?;
        }
        for one in provinces(row) {
            writeln!(province, "{one};{at}")?;
        }
        for (group, months) in worked(row) {
            writeln!(work, "{group};{at};{months}")?;
        }
        let mut groups: Vec<u16> = codes(row).flat_map(groups_of).collect();
        groups.sort_unstable();
        groups.dedup();
        let worked = worked(row).map(|(group, months)| u16::from(group) << 8 | u16::from(months));
        writeln!(
            person,
            "{scalars};{{{}}};{{{}}};{{{}}};{{{}}};{{{}}}",
            listed(skills(columns, row)),
            listed(codes(row)),
            listed(groups),
            listed(provinces(row)),
            listed(worked)
        )?;
    }
    for mut file in files {
        file.flush()?;
    }
    Ok(())
}
