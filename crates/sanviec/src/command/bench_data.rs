//! `sanviec bench-data`: a made-up world of any size, written as it is drawn.

use bench_world::World;
use domain::actor::Actor;
use indicatif::ProgressBar;

use super::say;
use crate::arguments::BenchData;
use crate::clock::stamp;
use crate::failure::Failure;
use crate::house::House;

/// Rows of one transaction, which is all that is kept in memory.
const BATCH: usize = 1_000;

/// Fills an empty database.
pub(crate) fn run(house: &House, ask: &BenchData) -> Result<(), Failure> {
    let pool = house.open()?;
    let conn = &mut *pool.get()?;
    let codes = &house.codes;
    if store::skill_stats::latest(conn, codes)?.version > 0 {
        return Err(Failure::Failed(
            "there is something in the database; name an empty --data-dir".to_owned(),
        ));
    }
    let stamp = stamp();
    let world = World::new(codes, ask.seed, stamp.today());
    let bar = ProgressBar::new(ask.seekers + ask.vacancies);
    let employers: Vec<_> = world.employers(ask.vacancies).collect();
    store::vacancy::save_employers(conn, Actor::System, &employers, &stamp)?;
    in_batches(world.seekers(ask.seekers), |people| {
        bar.inc(people.len() as u64);
        Ok(store::seeker::save(
            conn,
            codes,
            Actor::System,
            people,
            &stamp,
        )?)
    })?;
    in_batches(world.vacancies(ask.vacancies), |vacancies| {
        bar.inc(vacancies.len() as u64);
        Ok(store::vacancy::save(
            conn,
            codes,
            Actor::System,
            vacancies,
            &stamp,
        )?)
    })?;
    store::skill_stats::compute(conn, codes, Actor::System, &stamp)?;
    bar.finish_and_clear();
    say(format_args!(
        "{} people, {} vacancies, {} employers",
        ask.seekers,
        ask.vacancies,
        employers.len()
    ))
}

fn in_batches<T>(
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&[T]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut batch = Vec::with_capacity(BATCH);
    for item in items {
        batch.push(item);
        if batch.len() == BATCH {
            write(&batch)?;
            batch.clear();
        }
    }
    write(&batch)
}
