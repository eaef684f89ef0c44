//! Looks a database through: acknowledged ⊆ present ⊆ sent, and every use case whole.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::actor::Actor;
use domain::code::Codes;
use store::job::State;
use store::{Conn, Pool};

use crate::history::History;
use crate::world;

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Use cases that were sent.
    pub sent: usize,
    /// Those that were acknowledged.
    pub acked: usize,
    /// Those that are there.
    pub present: usize,
    /// Those that are there although nobody heard so.
    pub unheard: usize,
    /// What must not be.
    pub wrong: Vec<String>,
}

/// One line of the audit log.
#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = BigInt)]
    at: i64,
    #[diesel(sql_type = Text)]
    entity: String,
    #[diesel(sql_type = Text)]
    entity_id: String,
    #[diesel(sql_type = Text)]
    act: String,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Looks through what is in the database after `history` happened to it.
pub fn check(pool: &Pool, codes: &Codes, history: &History) -> Report {
    let conn = &mut *pool.get().unwrap();
    // What a killed program had sent may still be on its way in the server: all is read as it
    // stands at one moment.
    let is_server = matches!(conn, Conn::Postgres(_));
    if is_server {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        conn.batch_execute(begin).unwrap();
    }
    let mut report = Report {
        sent: history.sent.len(),
        acked: history.acked.len(),
        ..Report::default()
    };
    integrity(conn, &mut report);
    let entries: Vec<Entry> =
        diesel::sql_query("SELECT at, entity, entity_id, act FROM audit_log ORDER BY at, id")
            .load(conn)
            .unwrap();
    use_cases(&entries, history, &mut report);
    change_log(conn, &entries, &mut report);
    rows(conn, codes, &entries, &mut report);
    jobs(conn, history, &mut report);
    if is_server {
        conn.batch_execute("COMMIT").unwrap();
    }
    report
}

fn integrity(conn: &mut Conn, report: &mut Report) {
    if matches!(conn, Conn::Postgres(_)) {
        return;
    }
    let sql = "SELECT integrity_check AS word FROM pragma_integrity_check \
               UNION ALL SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check";
    let words: Vec<Word> = diesel::sql_query(sql).load(conn).unwrap();
    let found = words.into_iter().map(|row| row.word);
    report.wrong.extend(found.filter(|word| word != "ok"));
}

/// Each use case has all of its audit entries or none.
fn use_cases(entries: &[Entry], history: &History, report: &mut Report) {
    let mut found: BTreeMap<u64, usize> = BTreeMap::new();
    for entry in entries {
        match world::op_at(entry.at) {
            Some(op) if history.sent.contains_key(&op) => *found.entry(op).or_default() += 1,
            // A server counts by itself, as a job of the day.
            _ if entry.entity == "skill_stats" => {}
            _ => report.wrong.push(format!("not sent: {}", entry.at)),
        }
    }
    for (op, sent) in history.sent.iter().filter(|(_, sent)| sent.entries > 0) {
        let (there, acked) = (
            found.get(op).copied().unwrap_or(0),
            history.acked.contains(op),
        );
        if there == sent.entries {
            report.present += 1;
            report.unheard += usize::from(!acked);
        } else if there == 0 && acked {
            report
                .wrong
                .push(format!("acknowledged and lost: {} {op}", sent.what));
        } else if there != 0 {
            report.wrong.push(format!(
                "half: {} {op} has {there} of {} entries",
                sent.what, sent.entries
            ));
        }
    }
}

/// Each audit entry has its row of the change log, and the other way round.
fn change_log(conn: &mut Conn, entries: &[Entry], report: &mut Report) {
    let mut open: BTreeMap<String, i64> = BTreeMap::new();
    for entry in entries {
        *open
            .entry(format!("{} {}", entry.entity, entry.entity_id))
            .or_default() += 1;
    }
    let sql = "SELECT entity || ' ' || entity_id AS word, count(*) AS n \
               FROM change_log GROUP BY entity, entity_id";
    let logged: Vec<Counted> = diesel::sql_query(sql).load(conn).unwrap();
    for row in logged {
        *open.entry(row.word).or_default() -= row.n;
    }
    let uneven = open.into_iter().filter(|(_, n)| *n != 0);
    report.wrong.extend(
        uneven.map(|(thing, n)| format!("{thing}: {n} more audit entries than rows of changes")),
    );
}

/// A thing as its audit entries say it is: who wrote it last, and how often.
#[derive(Debug)]
struct Stands {
    op: u64,
    saves: i32,
}

/// Each row is as its last use case wrote it, and gone where that removed it.
fn rows(conn: &mut Conn, codes: &Codes, entries: &[Entry], report: &mut Report) {
    let mut expected: BTreeMap<(&str, String), Stands> = BTreeMap::new();
    for entry in entries {
        let key = (entry.entity.as_str(), entry.entity_id.clone());
        let op = world::op_at(entry.at).unwrap_or(0);
        if entry.act == "remove" {
            expected.remove(&key);
        } else {
            let stands = expected.entry(key).or_insert(Stands { op, saves: 0 });
            *stands = Stands {
                op,
                saves: stands.saves + 1,
            };
        }
    }
    let mut compare = |kind: &'static str, id: String, op: Option<u64>, revision: Option<i32>| {
        let wanted = expected.remove(&(kind, id.clone()));
        let is_right = wanted.as_ref().is_some_and(|wanted| {
            op == Some(wanted.op) && revision.is_none_or(|revision| revision == wanted.saves)
        });
        if !is_right {
            let text = format!(
                "{kind} {id} is of {op:?}, revision {revision:?}; its entries say {wanted:?}"
            );
            report.wrong.push(text);
        }
    };
    let mut people = Vec::new();
    store::seeker::each(conn, codes, |person| {
        people.push(person);
        Ok(())
    })
    .unwrap();
    for person in people {
        let op = world::op_at(person.registered_at.timestamp_micros());
        let is_whole = |op: &u64| person == world::seeker(person.id, *op);
        compare("seeker", person.id.to_string(), op.filter(is_whole), None);
    }
    let mut vacancies = Vec::new();
    store::vacancy::each(conn, codes, |vacancy| {
        vacancies.push(vacancy);
        Ok(())
    })
    .unwrap();
    for vacancy in vacancies {
        let op: Option<u64> = vacancy
            .title
            .rsplit(' ')
            .next()
            .and_then(|op| op.parse().ok());
        let is_whole = |op: &u64| vacancy.description == format!("{op} ").repeat(400);
        let id = vacancy.offer.id.to_string();
        compare("vacancy", id, op.filter(is_whole), Some(vacancy.revision));
    }
    let employers = "SELECT id AS word FROM employer";
    let employers: Vec<Word> = diesel::sql_query(employers).load(conn).unwrap();
    let versions = "SELECT CAST(version AS TEXT) AS word FROM skill_stats";
    let versions: Vec<Word> = diesel::sql_query(versions).load(conn).unwrap();
    let plain = [("employer", employers), ("skill_stats", versions)];
    for (kind, found) in plain {
        for Word { word } in found {
            if expected.remove(&(kind, word.clone())).is_none() {
                report
                    .wrong
                    .push(format!("{kind} {word} without an audit entry"));
            }
        }
    }
    let missing = expected.into_iter();
    report.wrong.extend(
        missing.map(|((kind, id), stands)| format!("{kind} {id} is missing, expected {stands:?}")),
    );
}

/// A job stands where its acknowledged steps brought it, or further, but no further than was sent.
fn jobs(conn: &mut Conn, history: &History, report: &mut Report) {
    let mut steps: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    for sent in history.sent.values().filter(|sent| sent.entries == 0) {
        let step = match sent.what.as_str() {
            "job-put" => 1,
            "job-lease" => 2,
            _ => 3,
        };
        let (most, least) = steps.entry(sent.of).or_default();
        *most = step.max(*most);
        if history.acked.contains(&sent.op) {
            *least = step.max(*least);
        }
    }
    let there: BTreeMap<u64, (u32, u32)> =
        store::job::list(conn, Actor::System, i64::from(i32::MAX))
            .unwrap()
            .into_iter()
            .filter(|job| job.kind != "skill-stats")
            .map(|job| {
                let step = match job.state {
                    State::Waiting => 1,
                    State::Running => 2,
                    State::Done => 3,
                    State::Failed => 4,
                };
                (job.payload.parse().unwrap_or(0), (step, job.attempts))
            })
            .collect();
    for (key, (most, least)) in &steps {
        let (step, attempts) = there.get(key).copied().unwrap_or((0, 0));
        let is_whole = attempts == u32::from(step >= 2);
        if step < *least || step > *most || !is_whole {
            report.wrong.push(format!(
                "job {key} is at step {step} with {attempts} attempts; acknowledged {least}, sent {most}"
            ));
        }
    }
    let strangers = there.keys().filter(|key| !steps.contains_key(key));
    report
        .wrong
        .extend(strangers.map(|key| format!("job {key} was not sent")));
}
