//! Draws: the same seed gives the same numbers, on every machine and in every version.
//!
//! The stream is ChaCha with 8 rounds (D. J. Bernstein, "ChaCha, a variant of Salsa20", 2008), a
//! numbered stream for each kind of thing, so that one more vacancy changes no seeker. Numbers are
//! brought into a range here, since libraries change how they do it.

use chrono::{DateTime, Utc};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of draws.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// The stream with this number.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number under `end`; 0 where that is 0. (D. Lemire, "Fast Random Integer Generation in an
    /// Interval", 2019, without the rejection: the bias is under 2^-40 for the ranges used here.)
    pub fn below(&mut self, end: u64) -> u64 {
        let product = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(product >> 64).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// True in so many of a thousand draws.
    pub fn chance(&mut self, thousandths: u64) -> bool {
        self.below(1_000) < thousandths
    }

    /// One of the things.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        let at = self.below(u64::try_from(things.len()).ok()?);
        things.get(usize::try_from(at).ok()?)
    }

    /// Brings the things into a drawn order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for left in (2..=things.len()).rev() {
            let other = u64::try_from(left).map_or(0, |left| self.below(left));
            things.swap(left - 1, usize::try_from(other).unwrap_or(0));
        }
    }

    /// The bits of a UUIDv7 (RFC 9562) of that instant.
    pub fn id(&mut self, at: DateTime<Utc>) -> u128 {
        let millis = u128::from(u64::try_from(at.timestamp_millis()).unwrap_or(0));
        let random = u128::from(self.0.next_u64()) << 64 | u128::from(self.0.next_u64());
        let time = (millis & 0xffff_ffff_ffff) << 80;
        let version = 0x7 << 76;
        let variant = 0b10 << 62;
        let free = random & !(u128::MAX << 80) & !(0xf << 76) & !(0b11 << 62);
        time | version | variant | free
    }
}

/// Things of which some are drawn more often.
pub struct Weighted<T> {
    things: Vec<T>,
    sums: Vec<u64>,
}

impl<T> Weighted<T> {
    /// The things with their weights; those of weight 0 are never drawn.
    pub fn new(things: impl IntoIterator<Item = (T, u64)>) -> Self {
        let mut sum = 0;
        let (things, sums) = things
            .into_iter()
            .filter(|(_, weight)| *weight > 0)
            .map(|(thing, weight)| {
                sum += weight;
                (thing, sum)
            })
            .unzip();
        Self { things, sums }
    }

    /// One of them; `None` where there is none.
    pub fn draw(&self, draw: &mut Draw) -> Option<&T> {
        let at = draw.below(*self.sums.last()?);
        self.things.get(self.sums.partition_point(|&sum| sum <= at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_fixed_and_streams_differ() {
        let mut draw = Draw::new(7, 0);
        let drawn = [(); 4].map(|()| draw.below(1_000_000));
        assert_eq!(drawn, [157_796, 167_989, 704_276, 726_741]);
        let mut ones = Draw::new(7, 1);
        let mut twos = Draw::new(7, 2);
        let same = (0..100)
            .filter(|_| ones.below(1_000) == twos.below(1_000))
            .count();
        assert!(same < 5);
        assert_eq!(ones.below(0), 0);
        assert!((0..100).all(|_| (3..=5).contains(&ones.between(3, 5))));
    }

    #[test]
    fn an_id_carries_its_time_version_and_variant() {
        let at = DateTime::from_timestamp_millis(1_763_000_000_123).unwrap();
        let id = Draw::new(1, 1).id(at);
        assert_eq!(id >> 80, 1_763_000_000_123);
        assert_eq!(id >> 76 & 0xf, 7);
        assert_eq!(id >> 62 & 0b11, 0b10);
    }

    #[test]
    fn weights_count() {
        let weighted = Weighted::new([("never", 0), ("often", 9), ("seldom", 1)]);
        let mut draw = Draw::new(3, 3);
        let often = (0..1_000)
            .filter(|_| weighted.draw(&mut draw) == Some(&"often"))
            .count();
        assert!((850..950).contains(&often), "{often}");
        assert!(Weighted::<u8>::new([]).draw(&mut draw).is_none());
    }
}
