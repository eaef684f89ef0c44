//! The durable index: `sanviec reindex`, and what the doctor says of it.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use domain::change::{ChangeFeed, Entity};
use domain::error::Error;
use matching::index::{Damage, Loaded, WriteError};
use store::Feed;

use super::say;
use crate::failure::Failure;
use crate::house::House;
use crate::keeper::{Keeper, NotKept};
use crate::live::Live;

/// How often it is asked whether a server has built its index.
const ASK_EVERY: Duration = Duration::from_millis(200);
/// How long a server may take for it.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the index anew from the database; where a server keeps it, has the server do so.
pub(crate) fn rebuild(house: &House) -> Result<(), Failure> {
    let started = Instant::now();
    let live = house.live_over(house.open_existing()?);
    live.fill_from_database()?;
    let mut keeper = Keeper::new(house.index_dir(), None);
    match keeper.keep(&live) {
        Ok(_) => keeper.close(),
        Err(NotKept::Index(WriteError::Busy)) => have_it_built(house, &live)?,
        Err(error) => return Err(failed(&error)),
    }
    let snapshot = live.snapshot();
    say(format_args!(
        "index {}: {} vacancies, {} people, {:.1} s",
        house.index_dir().display(),
        snapshot.vacancies.len(),
        snapshot.people.len(),
        started.elapsed().as_secs_f32()
    ))
}

/// A server that finds its index gone builds it anew.
fn have_it_built(house: &House, live: &Live) -> Result<(), Failure> {
    let dir = house.index_dir();
    std::fs::remove_file(dir.join("meta.json")).map_err(Failure::io(&format!(
        "removing {}/meta.json",
        dir.display()
    )))?;
    let asked = Instant::now();
    while live.held(&dir)?.is_err() {
        if asked.elapsed() > PATIENCE {
            return Err(Failure::Failed(
                "the server that keeps the index has not built it; look into its log".to_owned(),
            ));
        }
        std::thread::sleep(ASK_EVERY);
    }
    Ok(())
}

fn failed(error: &NotKept) -> Failure {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    Failure::Failed(text)
}

/// Holds the index against the database, row by row.
pub(crate) fn check(house: &House) -> Result<(), Failure> {
    let live = house.live_over(house.open_existing()?);
    let dir = house.index_dir();
    match live.held(&dir)? {
        Err(Damage::Missing) => say(format_args!(
            "index {}: none yet, it is built when it is needed",
            dir.display()
        )),
        Err(damage) => Err(Failure::Failed(format!(
            "index {}: {damage}\n  mend: sanviec reindex (a server that starts, or runs, does so by \
             itself)",
            dir.display()
        ))),
        Ok(loaded) => {
            let seq = loaded.place.seq;
            let (wrong, behind) = compare(&live, loaded)?;
            if wrong > 0 {
                return Err(Failure::Failed(format!(
                    "index {}: {wrong} records are not as in the database\n  mend: sanviec reindex",
                    dir.display()
                )));
            }
            say(format_args!(
                "index {}: good; at change {seq}, {behind} behind",
                dir.display()
            ))
        }
    }
}

/// How many records differ that have not changed since, and how many changes there were since.
fn compare(live: &Live, loaded: Loaded) -> Result<(usize, usize), Error> {
    let seq = loaded.place.seq;
    let mut people: HashMap<_, _> = loaded
        .people
        .into_iter()
        .map(|person| (person.id.to_string(), person))
        .collect();
    let mut offers: HashMap<_, _> = loaded
        .offers
        .into_iter()
        .map(|offer| (offer.id.to_string(), offer))
        .collect();
    let mut differ: Vec<(Entity, String)> = Vec::new();
    let conn = &mut *live.pool().get()?;
    store::seeker::each(conn, live.codes(), |person| {
        let id = person.id.to_string();
        if people.remove(&id) != Some(person) {
            differ.push((Entity::Seeker, id));
        }
        Ok(())
    })?;
    store::vacancy::each(conn, live.codes(), |vacancy| {
        let id = vacancy.offer.id.to_string();
        if offers.remove(&id) != Some(vacancy.offer) {
            differ.push((Entity::Vacancy, id));
        }
        Ok(())
    })?;
    differ.extend(people.into_keys().map(|id| (Entity::Seeker, id)));
    differ.extend(offers.into_keys().map(|id| (Entity::Vacancy, id)));
    // Read last: what changed while reading is among them.
    let changes = Feed(live.pool().clone()).after(seq, usize::MAX)?;
    let changed: HashSet<(Entity, &str)> = changes
        .iter()
        .map(|change| (change.entity, &*change.id))
        .collect();
    let wrong = differ
        .iter()
        .filter(|(entity, id)| !changed.contains(&(*entity, id)))
        .count();
    Ok((wrong, changes.len()))
}
