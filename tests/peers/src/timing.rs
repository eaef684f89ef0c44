//! Time, measured so that neighbours on the machine hit all peers alike.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

use crate::Failure;

/// Queries that one peer runs in a row before the next has its turn: each finds its own data in the
/// caches, as a server would, and all of them have the same weather.
const BLOCK: usize = 20;

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    /// By the clock on the wall.
    pub(crate) wall: Duration,
    /// Of the processor, by this thread.
    pub(crate) cpu: Duration,
}

impl Took {
    const NEVER: Self = Self {
        wall: Duration::MAX,
        cpu: Duration::MAX,
    };

    fn min(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
        }
    }
}

/// Runs it, and says what it took.
pub(crate) fn timed<T>(run: impl FnOnce() -> T) -> (T, Took) {
    let (wall, cpu) = (Instant::now(), thread_time());
    let done = run();
    let took = Took {
        wall: wall.elapsed(),
        cpu: thread_time().saturating_sub(cpu),
    };
    (done, took)
}

fn thread_time() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

/// What this process used of the processor, all threads together.
pub(crate) fn process_time() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

fn clock(clock: ClockId) -> Duration {
    let time = clock_gettime(clock);
    Duration::new(
        u64::try_from(time.tv_sec).unwrap_or(0),
        u32::try_from(time.tv_nsec).unwrap_or(0),
    )
}

type Answering<'p, Question, Answer> = dyn FnMut(&Question) -> Result<Answer, Failure> + 'p;

/// Somebody who answers questions.
pub(crate) struct Peer<'p, Question, Answer> {
    name: &'static str,
    answer: Box<Answering<'p, Question, Answer>>,
    /// Another process that works for it.
    helper: Option<i32>,
}

impl<'p, Question, Answer> Peer<'p, Question, Answer> {
    /// One that answers in this thread.
    pub(crate) fn new(
        name: &'static str,
        answer: impl FnMut(&Question) -> Result<Answer, Failure> + 'p,
    ) -> Self {
        Self {
            name,
            answer: Box::new(answer),
            helper: None,
        }
    }

    /// The same, with another process whose time on the processor counts too.
    pub(crate) const fn helped_by(mut self, process: i32) -> Self {
        self.helper = Some(process);
        self
    }

    fn timed(&mut self, question: &Question) -> Result<Took, Failure> {
        let before = self.helper_time();
        let (answer, took) = timed(|| (self.answer)(question));
        answer?;
        Ok(Took {
            cpu: took.cpu + self.helper_time().saturating_sub(before),
            ..took
        })
    }

    /// Linux counts it in nanoseconds, as the first number of `schedstat`.
    fn helper_time(&self) -> Duration {
        let read = |process| std::fs::read_to_string(format!("/proc/{process}/schedstat")).ok();
        let time = self.helper.and_then(read).and_then(|text| {
            let first = text.split_whitespace().next()?;
            first.parse().ok()
        });
        Duration::from_nanos(time.unwrap_or(0))
    }
}

/// What a peer took for all questions: of each question the best round.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub(crate) name: &'static str,
    took: Vec<Took>,
}

impl Series {
    /// How many questions there were.
    pub(crate) const fn len(&self) -> usize {
        self.took.len()
    }

    /// So many percent of the questions took no longer, in milliseconds.
    pub(crate) fn wall(&self, percent: usize) -> f64 {
        percentile(self.took.iter().map(|took| took.wall).collect(), percent)
    }

    /// The same, of the processor.
    pub(crate) fn cpu(&self, percent: usize) -> f64 {
        percentile(self.took.iter().map(|took| took.cpu).collect(), percent)
    }

    /// A series of runs that were timed elsewhere.
    pub(crate) const fn of(name: &'static str, took: Vec<Took>) -> Self {
        Self { name, took }
    }
}

fn percentile(mut values: Vec<Duration>, percent: usize) -> f64 {
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100).max(1);
    values
        .get(rank - 1)
        .map_or(0.0, |value| value.as_secs_f64() * 1e3)
}

/// All peers answer all questions. First each answer is held against that of the first peer; then
/// they run so many rounds by turns.
pub(crate) fn race<Question, Answer: PartialEq + std::fmt::Debug>(
    peers: &mut [Peer<'_, Question, Answer>],
    questions: &[Question],
    rounds: usize,
) -> Result<Vec<Series>, Failure> {
    for (at, question) in questions.iter().enumerate() {
        let mut expected: Option<Answer> = None;
        for peer in &mut *peers {
            let answer = (peer.answer)(question)?;
            match &expected {
                None => expected = Some(answer),
                Some(expected) if *expected == answer => {}
                Some(expected) => {
                    let name = peer.name;
                    return Err(format!(
                        "question {at}: {name} answers\n{answer:?}\nexpected\n{expected:?}"
                    )
                    .into());
                }
            }
        }
    }
    let mut took = vec![vec![Took::NEVER; questions.len()]; peers.len()];
    for _ in 0..rounds {
        for first in (0..questions.len()).step_by(BLOCK) {
            let block = first..(first + BLOCK).min(questions.len());
            for (peer, took) in peers.iter_mut().zip(&mut took) {
                for at in block.clone() {
                    took[at] = took[at].min(peer.timed(&questions[at])?);
                }
            }
        }
    }
    let names = peers.iter().map(|peer| peer.name);
    Ok(names
        .zip(took)
        .map(|(name, took)| Series { name, took })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_differs_ends_the_race() {
        let peer = |name, wrong_at| {
            Peer::new(name, move |question: &u8| {
                Ok(u8::from(*question == wrong_at))
            })
        };
        assert!(race(&mut [peer("one", 9), peer("other", 9)], &[1, 2], 1).is_ok());
        let error = race(&mut [peer("one", 9), peer("other", 2)], &[1, 2], 1).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("question 1: other"), "{error}");
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert!((percentile(values.clone(), 50) - 100.0).abs() < 1e-9);
        assert!((percentile(values, 99) - 198.0).abs() < 1e-9);
        assert!(percentile(Vec::new(), 50).abs() < 1e-9);
    }
}
