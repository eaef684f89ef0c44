//! From what the model says to how often that is right: isotonic regression, kept as a few points.

/// Points that rise: what is said and how often it is right, both in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    points: Vec<(u16, u16)>,
}

/// A run of answers that are taken together.
struct Pool {
    said: f64,
    right: f64,
    count: f64,
}

impl Curve {
    /// From answers: what was said, and whether it was right. Answers of like confidence are taken
    /// together, at least `least` at a time, and the result never falls.
    #[must_use]
    pub fn fit(mut answers: Vec<(f32, bool)>, least: usize) -> Self {
        answers.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut pools: Vec<Pool> = Vec::new();
        for run in answers.chunks(least.max(1)) {
            let mut pool = Pool::of(run);
            while let Some(before) = pools.pop_if(|before| before.rate() >= pool.rate()) {
                pool = pool.and(&before);
            }
            pools.push(pool);
        }
        Self {
            points: pools.iter().map(Pool::point).collect(),
        }
    }

    /// From points, as they are kept.
    #[must_use]
    pub(crate) const fn from_points(points: Vec<(u16, u16)>) -> Self {
        Self { points }
    }

    /// The points.
    pub(crate) fn points(&self) -> &[(u16, u16)] {
        &self.points
    }

    /// How often what is said so surely is right, in thousandths, 1 to 999; between two points on
    /// the line.
    #[must_use]
    pub fn read(&self, said: f32) -> u16 {
        let said = f64::from(said) * 1_000.0;
        let above = self
            .points
            .iter()
            .position(|&(at, _)| f64::from(at) >= said);
        let above = above.unwrap_or(self.points.len());
        let upper = self.points.get(above);
        let lower = above.checked_sub(1).and_then(|at| self.points.get(at));
        let right = match (lower, upper) {
            (Some(&(from, low)), Some(&(to, high))) => {
                let way = (said - f64::from(from)) / f64::from(to - from).max(1.0);
                f64::from(low) + way * (f64::from(high) - f64::from(low))
            }
            // Below the first point: towards nothing.
            (None, Some(&(to, high))) => f64::from(high) * said / f64::from(to).max(1.0),
            (Some(&(_, low)), None) => f64::from(low),
            (None, None) => said,
        };
        whole(right).clamp(1, 999)
    }
}

impl Pool {
    fn of(run: &[(f32, bool)]) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand answers")]
        let count = |of: usize| of as f64;
        Self {
            said: run.iter().map(|(said, _)| f64::from(*said)).sum(),
            right: count(run.iter().filter(|(_, right)| *right).count()),
            count: count(run.len()),
        }
    }

    fn rate(&self) -> f64 {
        self.right / self.count
    }

    fn and(self, other: &Self) -> Self {
        Self {
            said: self.said + other.said,
            right: self.right + other.right,
            count: self.count + other.count,
        }
    }

    /// A pool of few that were all right is not yet sure: two more, one right, are thought of.
    fn point(&self) -> (u16, u16) {
        let said = whole(1_000.0 * self.said / self.count);
        let right = whole(1_000.0 * (self.right + 1.0) / (self.count + 2.0));
        (said, right)
    }
}

fn whole(thousandths: f64) -> u16 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a u16 by the line itself"
    )]
    let whole = libm::round(thousandths.clamp(0.0, 1_000.0)) as u16;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_becomes_how_often_it_is_right() {
        let answers = (0..1_000).map(|at| (if at % 2 == 0 { 0.9 } else { 0.2 }, at % 4 == 0));
        let curve = Curve::fit(answers.collect(), 100);
        assert!((490..=510).contains(&curve.read(0.9)), "{curve:?}");
        assert!(curve.read(0.2) < 20);
        assert!(curve.read(0.5) > curve.read(0.3));
    }

    #[test]
    fn without_answers_it_says_what_it_is_told() {
        assert_eq!(Curve::default().read(0.4), 400);
    }
}
