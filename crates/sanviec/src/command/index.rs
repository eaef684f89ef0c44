//! The durable index: `sanviec reindex`, and what the doctor says of it.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use domain::change::{ChangeFeed, Entity};
use domain::error::Error;
use matching::index::{Damage, Loaded, WriteError};
use store::Feed;

use super::finding::finding;
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

/// Holds the index against what was read from the database, row by row: what is good, or what is
/// wrong with it.
///
/// # Errors
/// What the database says.
pub(super) fn check(house: &House, live: &Live) -> Result<Result<String, Failure>, Failure> {
    let dir = house.index_dir();
    let name = format!("chỉ mục / index {}", dir.display());
    let loaded = match live.held(&dir)? {
        Ok(loaded) => loaded,
        Err(Damage::Missing) => return Ok(Ok(format!("{name} (chưa có / none yet)"))),
        Err(damage) => return Ok(Err(wrong(&name, &damage.to_string()))),
    };
    let seq = loaded.place.seq;
    let (different, behind) = compare(live, loaded)?;
    Ok(if different > 0 {
        let said = format!("{different} records are not as in the database");
        Err(wrong(&name, &said))
    } else {
        Ok(format!("{name} (change {seq}, {behind} behind)"))
    })
}

fn wrong(name: &str, said: &str) -> Failure {
    Failure::Failed(finding(
        name,
        [
            "không tin được",
            "chạy `sanviec reindex`; máy chủ khi khởi động hoặc đang chạy cũng tự dựng lại",
        ],
        [
            said,
            "run `sanviec reindex`; a server that starts, or runs, builds it anew by itself",
        ],
    ))
}

/// How many records differ that have not changed since, and how many changes there were since.
fn compare(live: &Live, loaded: Loaded) -> Result<(usize, usize), Error> {
    let seq = loaded.place.seq;
    let now = live.snapshot();
    let mut differ: HashSet<(Entity, String)> = HashSet::new();
    let (mut people, mut offers) = (HashSet::new(), HashSet::new());
    for person in loaded.people {
        let id = person.id;
        people.insert(id);
        if now.people.find(id) != Some(person) {
            differ.insert((Entity::Seeker, id.to_string()));
        }
    }
    for offer in loaded.offers {
        offers.insert(offer.id);
        if now.vacancies.find(offer.id) != Some(&offer) {
            differ.insert((Entity::Vacancy, offer.id.to_string()));
        }
    }
    let missing = now
        .people
        .seekers()
        .filter(|seeker| !people.contains(&seeker.id));
    differ.extend(missing.map(|seeker| (Entity::Seeker, seeker.id.to_string())));
    let missing = now
        .vacancies
        .offers()
        .filter(|offer| !offers.contains(&offer.id));
    differ.extend(missing.map(|offer| (Entity::Vacancy, offer.id.to_string())));
    // Read last: what changed while reading is among them.
    let changes = Feed(live.pool().clone()).after(seq, usize::MAX)?;
    for change in &changes {
        differ.remove(&(change.entity, change.id.clone()));
    }
    Ok((differ.len(), changes.len()))
}
