//! How rare each skill is among those who look for work, in versions.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::change::Entity;
use domain::code::Codes;
use domain::error::Error;
use domain::skill_stats::SkillStats;
use domain::time::Stamp;

use crate::dialect::change;
use crate::fault::{corrupt, internal};
use crate::log::{Deed, ask, record};
use crate::schema::skill_stats;
use crate::{Conn, seeker};

/// Counts everybody who is looking, and keeps the table as the next version.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn compute(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    stamp: &Stamp,
) -> Result<SkillStats, Error> {
    ask(actor, Act::ComputeStatistics)?;
    // Counted before the transaction: among a million people that takes seconds, in which others
    // want to write.
    let counted = count(conn, codes)?;
    change(conn, |tx| {
        let stats = SkillStats {
            version: latest_version(tx)? + 1,
            ..counted.clone()
        };
        keep(tx, codes, &stats, stamp)?;
        let deed = Deed {
            actor,
            act: "compute",
            entity: Entity::SkillStats,
            id: &stats.version.to_string(),
        };
        record(tx, &deed, stamp)?;
        Ok(stats)
    })
}

fn count(conn: &mut Conn, codes: &Codes) -> Result<SkillStats, Error> {
    let mut stats = SkillStats {
        people: vec![0; codes.skills.len()],
        ..SkillStats::default()
    };
    seeker::each(conn, codes, |person| {
        if person.status.is_looking() {
            stats.looking += 1;
            for skill in person.skills {
                if let Some(count) = stats.people.get_mut(skill.index()) {
                    *count += 1;
                }
            }
        }
        Ok(())
    })?;
    Ok(stats)
}

fn latest_version(conn: &mut Conn) -> Result<i64, Error> {
    skill_stats::table
        .select(skill_stats::version)
        .order(skill_stats::version.desc())
        .first(conn)
        .optional()
        .map(|version| version.unwrap_or(0))
        .map_err(internal("reading the skill statistics"))
}

fn keep(conn: &mut Conn, codes: &Codes, stats: &SkillStats, stamp: &Stamp) -> Result<(), Error> {
    let people: BTreeMap<&str, u32> = codes
        .skills
        .all()
        .filter_map(|(at, skill)| Some((&*skill.code, *stats.people.get(at.index())?)))
        .filter(|&(_, count)| count > 0)
        .collect();
    let people = serde_json::to_string(&people)
        .map_err(|error| corrupt("writing the skill statistics", error))?;
    diesel::insert_into(skill_stats::table)
        .values((
            skill_stats::version.eq(stats.version),
            skill_stats::computed_at.eq(stamp.now().timestamp_micros()),
            skill_stats::looking.eq(i64::try_from(stats.looking).unwrap_or(i64::MAX)),
            skill_stats::people.eq(people),
        ))
        .execute(conn)
        .map(|_| ())
        .map_err(internal("writing the skill statistics"))
}

/// The newest version; version 0, in which nobody is known, before the first.
///
/// # Errors
/// What the database says.
pub fn latest(conn: &mut Conn, codes: &Codes) -> Result<SkillStats, Error> {
    let row: Option<(i64, i64, i64, String)> = skill_stats::table
        .order(skill_stats::version.desc())
        .first(conn)
        .optional()
        .map_err(internal("reading the skill statistics"))?;
    let mut stats = SkillStats {
        people: vec![0; codes.skills.len()],
        ..SkillStats::default()
    };
    if let Some((version, _, looking, people)) = row {
        stats.version = version;
        stats.looking = u64::try_from(looking).unwrap_or(0);
        let people: BTreeMap<String, u32> = serde_json::from_str(&people)
            .map_err(|error| corrupt("reading the skill statistics", error))?;
        for (code, count) in people {
            if let Some(place) = codes
                .skills
                .by_code(&code)
                .and_then(|at| stats.people.get_mut(at.index()))
            {
                *place = count;
            }
        }
    }
    Ok(stats)
}
