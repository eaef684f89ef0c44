//! What a stream of use cases said: one line for each thing that happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A use case as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its number; also the instant it is stamped with, so that its audit entries are known.
    pub op: u64,
    /// Which use case.
    pub what: String,
    /// How many audit entries it writes.
    pub entries: usize,
    /// The use case that it goes on from: the job that is leased or finished.
    pub of: u64,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A use case is about to run.
    Sent(Sent),
    /// It said that it is done.
    Acked(u64),
    /// It said that it could not be done.
    Failed(u64, String),
    /// Something was read, well or not.
    Read(bool),
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sent(sent) => write!(
                f,
                "sent {} {} {} {}",
                sent.op, sent.what, sent.entries, sent.of
            ),
            Self::Acked(op) => write!(f, "acked {op}"),
            Self::Failed(op, why) => write!(f, "failed {op} {}", why.replace('\n', " ")),
            Self::Read(well) => write!(f, "read {well}"),
        }
    }
}

impl FromStr for Line {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let not_a_line = || format!("not a line of the log: {text:?}");
        let number = |word: &str| word.parse().map_err(|_| not_a_line());
        let words: Vec<&str> = text.splitn(5, ' ').collect();
        match words.as_slice() {
            ["sent", op, what, entries, of] => Ok(Self::Sent(Sent {
                op: number(op)?,
                what: (*what).to_owned(),
                entries: entries.parse().map_err(|_| not_a_line())?,
                of: number(of)?,
            })),
            ["acked", op] => Ok(Self::Acked(number(op)?)),
            ["failed", op, why @ ..] => Ok(Self::Failed(number(op)?, why.join(" "))),
            ["read", well] => Ok(Self::Read(well.parse().map_err(|_| not_a_line())?)),
            _ => Err(not_a_line()),
        }
    }
}

/// All that happened to one database.
#[derive(Debug, Default, Clone)]
pub struct History {
    /// What was sent, by number.
    pub sent: BTreeMap<u64, Sent>,
    /// What was acknowledged.
    pub acked: BTreeSet<u64>,
    /// What failed, and why.
    pub failed: BTreeMap<u64, String>,
    /// How many reads went well.
    pub reads: usize,
    /// How many did not.
    pub bad_reads: usize,
    /// When something was acknowledged last.
    pub last_ack: Option<Instant>,
}

impl History {
    /// Takes a line in.
    pub fn take(&mut self, line: Line) {
        match line {
            Line::Sent(sent) => {
                self.sent.insert(sent.op, sent);
            }
            Line::Acked(op) => {
                self.acked.insert(op);
                self.last_ack = Some(Instant::now());
            }
            Line::Failed(op, why) => {
                self.failed.insert(op, why);
            }
            Line::Read(true) => self.reads += 1,
            Line::Read(false) => self.bad_reads += 1,
        }
    }

    /// The failures that are not of the kind "not now, try again".
    pub fn faults(&self) -> Vec<&str> {
        let faults = self.failed.values().map(String::as_str);
        faults
            .filter(|why| !why.starts_with("not available now"))
            .collect()
    }
}

/// A history that grows while others look at it.
#[derive(Debug, Default)]
pub struct Growing(Mutex<History>);

impl Growing {
    /// Takes a line in.
    pub fn take(&self, line: Line) {
        self.with(|history| history.take(line));
    }

    /// Looks at it as it is now.
    pub fn with<T>(&self, look: impl FnOnce(&mut History) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many were acknowledged by now.
    pub fn acks(&self) -> usize {
        self.with(|history| history.acked.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_what_it_writes() {
        let sent = Sent {
            op: 7,
            what: "seeker".to_owned(),
            entries: 2,
            of: 0,
        };
        for line in [
            Line::Sent(sent),
            Line::Acked(8),
            Line::Failed(9, "not available now: a b c d e f".to_owned()),
            Line::Read(false),
        ] {
            assert_eq!(line.to_string().parse(), Ok(line));
        }
        assert!("sent 7".parse::<Line>().is_err());
    }
}
