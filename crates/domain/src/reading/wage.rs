//! Wages: "17 - 25 triệu", "Tới 3,000 USD", "450k/ngày", "Thoả thuận".

mod amount;
mod figure;
mod limits;
mod money;
mod per;
mod read;
mod said;
mod spelled;
mod words;

pub use read::read_wage;
pub use said::{Band, Figures, Money, Remark, SaidWage, Unit};

/// What a wage is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// A month.
    Month,
    /// A day.
    Day,
    /// An hour.
    Hour,
}

impl Period {
    /// The word in the database and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// The period with this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Month, Self::Day, Self::Hour]
            .into_iter()
            .find(|period| period.as_str() == word)
    }
}

/// A wage as understood; amounts in VND.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wage {
    /// Nothing was said.
    NotSaid,
    /// By agreement.
    Negotiable,
    /// By piece or commission alone.
    Piece,
    /// From an amount on.
    From(u64, Period),
    /// Up to an amount.
    UpTo(u64, Period),
    /// Between two amounts, the lower first; the same twice where one was said.
    Range(u64, u64, Period),
}

/// How other wages are brought to VND a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Hours of a month.
    pub hours: u64,
    /// Days of a month.
    pub days: u64,
    /// What "up to" counts, in thousandths.
    pub up_to: u64,
}

impl Wage {
    /// VND a month: the middle of a range, a lone "from" as it is, a lone "up to" at its share;
    /// `None` where no amount is known.
    pub fn monthly(self, rates: Rates) -> Option<u64> {
        let (amount, period) = match self {
            Self::NotSaid | Self::Negotiable | Self::Piece => return None,
            Self::From(from, period) => (from, period),
            Self::UpTo(to, period) => (to.saturating_mul(rates.up_to) / 1_000, period),
            Self::Range(from, to, period) => (from.midpoint(to), period),
        };
        Some(match period {
            Period::Month => amount,
            Period::Day => amount.saturating_mul(rates.days),
            Period::Hour => amount.saturating_mul(rates.hours),
        })
    }
}

/// Why a text is not understood as a wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WageUnclear {
    /// Neither an amount nor a known word.
    #[error(
        "not understood as a wage: expected such as 8 - 10 triệu, 300k/ngày, 500 USD, thoả thuận"
    )]
    NoAmount,
    /// An amount that nobody earns in that time: a unit or the period is missing or wrong.
    #[error("{vnd} VND a {} is no believable wage: expected a unit and a period, such as 300k/ngày", .per.as_str())]
    Unbelievable {
        /// The amount, as far as it was understood.
        vnd: u64,
        /// The period, as far as it was understood.
        per: Period,
    },
    /// Too long to be read.
    #[error("too long for a wage: expected at most {LONGEST} characters")]
    TooLong,
}

/// Characters; longer texts are not read.
const LONGEST: usize = 300;

/// Reads a wage in đồng; `usd_vnd` is the price of a US dollar. What it says before it is brought to
/// đồng is [`read_wage`].
///
/// # Errors
/// Where no amount and no known word is found, or the amounts cannot be meant.
pub fn parse_wage(text: &str, usd_vnd: u64) -> Result<Wage, WageUnclear> {
    read_wage(text)?.in_dong(usd_vnd)
}

/// Whether somebody may earn this: the price of a dollar, or a week brought to a month, may have
/// made more of it than is believable.
fn believe(wage: Wage) -> Result<Wage, WageUnclear> {
    let (from, to, period) = match wage {
        Wage::NotSaid | Wage::Negotiable | Wage::Piece => return Ok(wage),
        Wage::From(vnd, period) => (Some(vnd), None, period),
        Wage::UpTo(vnd, period) => (None, Some(vnd), period),
        Wage::Range(from, to, period) => (Some(from), Some(to), period),
    };
    let unit = match period {
        Period::Month => Unit::Month,
        Period::Day => Unit::Day,
        Period::Hour => Unit::Hour,
    };
    let band = Band::new(from, to).ok_or(WageUnclear::NoAmount)?;
    limits::check(band, unit, Money::Dong, true)?;
    Ok(wage)
}

#[cfg(test)]
mod tests;
