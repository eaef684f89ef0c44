//! One change until it is seen, and what a million takes in memory.

use bench_world::World;
use domain::code::Codes;
use domain::seeker::Seeker;
use matching::engine::people::People;

use crate::Failure;
use crate::inverted::Inverted;
use crate::people::{ENGINE, Everybody, Size, TANTIVY};
use crate::timing::{Series, Took, timed};

/// Changes to the engine: enough for several seals of its delta.
const ENGINE_CHANGES: usize = 5_000;
/// Commits of tantivy.
const COMMITS: usize = 50;

/// The engine's (a new snapshot with the change in it, the one before still served), then tantivy's
/// (delete, add, commit, reload).
pub(crate) fn race(
    everybody: &Everybody,
    codes: &Codes,
    size: &Size,
    people: People,
    inverted: &Inverted,
) -> Result<Vec<Series>, Failure> {
    let ids = &everybody.columns.ids;
    let step = (ids.len() / ENGINE_CHANGES).max(1);
    let others = World::new(codes, size.seed + 1, size.day);
    let changed = others
        .seekers(size.seekers.min(ENGINE_CHANGES as u64))
        .zip(ids.iter().step_by(step))
        .map(|(seeker, &id)| Seeker { id, ..seeker });
    let engine = engine_changes(people, changed.collect())?;
    let mut writer = inverted.writer()?;
    let mut tantivy = Vec::new();
    for at in (0..ids.len()).step_by((ids.len() / COMMITS).max(1)) {
        let (done, took) = timed(|| inverted.change(&mut writer, &everybody.columns, at));
        done?;
        tantivy.push(took);
    }
    writer.wait_merging_threads()?;
    Ok(vec![
        Series::of(ENGINE, engine),
        Series::of(TANTIVY, tantivy),
    ])
}

fn engine_changes(mut served: People, changed: Vec<Seeker>) -> Result<Vec<Took>, Failure> {
    let mut took = Vec::with_capacity(changed.len());
    for seeker in changed {
        let (next, once) = timed(|| {
            let mut next = served.clone();
            next.put(seeker.clone());
            next
        });
        if next.find(seeker.id).as_ref() != Some(&seeker) {
            return Err(format!("{}: the change is not seen", seeker.id).into());
        }
        served = next;
        took.push(once);
    }
    Ok(took)
}

/// Resident memory of this process in MB: now, and at its highest.
pub(crate) fn resident() -> Result<(u64, u64), Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let megabytes = |key: &str| -> Result<u64, Failure> {
        let line = status.lines().find(|line| line.starts_with(key));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
        Ok(kilobytes
            .ok_or("no such line in /proc/self/status")?
            .parse::<u64>()?
            / 1_024)
    };
    Ok((megabytes("VmRSS:")?, megabytes("VmHWM:")?))
}
