//! `sanviec jobs`: what is done in the background.

use domain::actor::Actor;

use super::say;
use crate::failure::Failure;
use crate::house::House;
use crate::worker::Kind;

/// So many are shown.
const SHOWN: i64 = 50;

/// The jobs, the newest first.
pub(crate) fn list(house: &House) -> Result<(), Failure> {
    let pool = house.open_existing()?;
    for job in store::job::list(&mut *pool.get()?, Actor::Operator, SHOWN)? {
        say(format_args!(
            "{}  {:<12} {:<8} {} tries  {}",
            job.id,
            job.kind,
            job.state.as_str(),
            job.attempts,
            job.problem.as_deref().unwrap_or_default()
        ))?;
    }
    Ok(())
}

/// Does a job at once, whatever the table says.
pub(crate) fn run(house: &House, kind: Kind) -> Result<(), Failure> {
    let live = house.live_over(house.open_existing()?);
    kind.run(&mut *live.pool().get()?, &live)?;
    say(format_args!("{kind}: done"))
}
