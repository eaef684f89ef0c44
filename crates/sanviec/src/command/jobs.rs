//! `sanviec jobs`: what is done in the background.

use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::time::time_in_viet_nam;
use store::job::{Job, State};

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
        say(format_args!("{}", line(&job).trim_end()))?;
    }
    Ok(())
}

fn line(job: &Job) -> String {
    let when = match (job.state, job.lease_until) {
        (State::Running, Some(until)) => format!("leased until {}", time(until)),
        (State::Waiting, _) => format!("due {}", time(job.due_at)),
        (State::Running | State::Done | State::Failed, _) => {
            format!("was due {}", time(job.due_at))
        }
    };
    let tries = if job.attempts == 1 { "try" } else { "tries" };
    format!(
        "{}  {:<12} {:<8} {when}  {} {tries}  {}",
        job.id,
        job.kind,
        job.state.as_str(),
        job.attempts,
        job.problem.as_deref().unwrap_or_default()
    )
}

/// The time of the clock in Viet Nam.
fn time(at: DateTime<Utc>) -> String {
    time_in_viet_nam(at).format("%Y-%m-%d %H:%M").to_string()
}

/// Does a job at once, whatever the table says.
pub(crate) fn run(house: &House, kind: Kind) -> Result<(), Failure> {
    let live = house.live_over(house.open_existing()?);
    kind.run(&mut *live.pool().get()?, &live)?;
    say(format_args!("{kind}: done"))
}
