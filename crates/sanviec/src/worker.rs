//! Does the jobs of the table, once on any number of servers.

use std::fmt;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use chrono::TimeDelta;
use clap::ValueEnum;
use domain::actor::Actor;
use domain::error::Error;
use store::Conn;
use store::job::{self, Job, NewJob};
use uuid::Uuid;

use crate::clock::stamp;
use crate::live::Live;

/// How often the table is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// A server that has not ended a job by then is taken for dead.
const LEASE: TimeDelta = TimeDelta::minutes(30);

/// What can be done in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Counts how rare each skill is among those who look for work.
    SkillStats,
}

impl Kind {
    /// All of them; each is done once a day.
    const ALL: [Self; 1] = [Self::SkillStats];

    /// The word in the table.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SkillStats => "skill-stats",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Does it.
    ///
    /// # Errors
    /// What the database says.
    pub(crate) fn run(self, conn: &mut Conn, live: &Live) -> Result<(), Error> {
        match self {
            Self::SkillStats => {
                store::skill_stats::compute(conn, live.codes(), Actor::System, &stamp()).map(|_| ())
            }
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Does jobs until the sender is gone; one that is begun is ended.
pub(crate) fn run(live: &Live, stopped: &Receiver<()>) {
    let me = stamp().fresh::<Uuid>().to_string();
    loop {
        if let Err(error) = work(live, &me) {
            tracing::warn!(%error, "jobs could not be looked at; trying again");
        }
        if stopped.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Puts today's jobs in line, and does what is due.
fn work(live: &Live, me: &str) -> Result<(), Error> {
    let conn = &mut *live.pool().get()?;
    for kind in Kind::ALL {
        let once = format!("{kind} {}", stamp().today());
        let new = NewJob {
            kind: kind.as_str(),
            payload: "",
            once: Some(&once),
        };
        job::enqueue(conn, Actor::System, &new, &stamp())?;
    }
    let kinds = Kind::ALL.map(Kind::as_str);
    while let Some(due) = job::lease(conn, Actor::System, &kinds, me, LEASE, &stamp())? {
        end(conn, live, &due, me)?;
    }
    Ok(())
}

fn end(conn: &mut Conn, live: &Live, due: &Job, me: &str) -> Result<(), Error> {
    let done = Kind::parse(&due.kind).map_or(Err(Error::NotFound), |kind| kind.run(conn, live));
    let ended = match done {
        Ok(()) => job::finish(conn, due, me),
        Err(error) => {
            tracing::warn!(%error, kind = due.kind, "a job failed");
            job::fail(conn, due, me, &error.to_string(), &stamp())
        }
    };
    match ended {
        // Its lease ran out, and another server has it: that one ends it.
        Err(Error::Conflict) => Ok(()),
        ended => ended,
    }
}
