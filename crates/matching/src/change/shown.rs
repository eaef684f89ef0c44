//! A number of people as it may be shown.

/// A number of people, so rounded that nobody is told apart by it: people outside the Centre see
/// numbers of registered people only like this.
///
/// ```
/// use matching::change::Shown;
/// assert_eq!(Shown::of(4), Shown::Few);
/// assert_eq!(Shown::of(13), Shown::About(15));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Fewer than five, perhaps nobody.
    Few,
    /// About so many.
    About(usize),
}

impl Shown {
    /// Rounded half up: to fives below a hundred, to tens below a thousand, then to hundreds.
    pub const fn of(people: usize) -> Self {
        let step = match people {
            0..5 => return Self::Few,
            5..100 => 5,
            100..1_000 => 10,
            _ => 100,
        };
        Self::About((people + step / 2) / step * step)
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn a_number_under_five_is_never_shown() {
        for people in 0..5 {
            assert_eq!(Shown::of(people), Shown::Few);
        }
        for people in 5..20_000 {
            let Shown::About(shown) = Shown::of(people) else {
                panic!("{people}");
            };
            assert!(shown >= 5 && shown % 5 == 0, "{people}: {shown}");
            assert!(
                shown.abs_diff(people) * 20 <= people.max(60),
                "{people}: {shown}"
            );
        }
    }

    #[test]
    fn larger_numbers_are_rounded_more() {
        let cases = [
            (5, 5),
            (7, 5),
            (8, 10),
            (98, 100),
            (104, 100),
            (105, 110),
            (1_049, 1_000),
        ];
        for (people, shown) in cases {
            assert_eq!(Shown::of(people), Shown::About(shown));
        }
    }
}
