//! A wage as the text says it, before it is brought to đồng.

use std::fmt;
use std::num::NonZeroU64;

use super::{Period, Wage, WageUnclear, believe};

/// What a wage is paid for, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A month.
    Month,
    /// Seven days.
    Week,
    /// A day, a shift.
    Day,
    /// An hour.
    Hour,
    /// A product, a kilogram, a tree, a trip.
    Piece,
}

impl Unit {
    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Piece => "piece",
        }
    }
}

/// The money of a wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Money {
    /// Vietnamese đồng.
    Dong,
    /// US dollars.
    Dollar,
}

/// One or two ends, the lower first, none of them nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Band(Ends);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Ends {
    From(NonZeroU64),
    UpTo(NonZeroU64),
    Between(NonZeroU64, NonZeroU64),
}

impl Band {
    /// A band of these ends, turned round where the upper stands first; nought is no end.
    pub fn new(from: Option<u64>, to: Option<u64>) -> Option<Self> {
        let [from, to] = [from, to].map(|end| end.and_then(NonZeroU64::new));
        Some(Self(match (from, to) {
            (None, None) => return None,
            (Some(from), None) => Ends::From(from),
            (None, Some(to)) => Ends::UpTo(to),
            (Some(one), Some(other)) => Ends::Between(one.min(other), one.max(other)),
        }))
    }

    /// The lower end.
    pub const fn from(self) -> Option<u64> {
        match self.0 {
            Ends::From(from) | Ends::Between(from, _) => Some(from.get()),
            Ends::UpTo(_) => None,
        }
    }

    /// The upper end.
    pub const fn to(self) -> Option<u64> {
        match self.0 {
            Ends::UpTo(to) | Ends::Between(_, to) => Some(to.get()),
            Ends::From(_) => None,
        }
    }

    /// The lower end, or the only one.
    pub(super) const fn least(self) -> u64 {
        match self.0 {
            Ends::From(end) | Ends::UpTo(end) | Ends::Between(end, _) => end.get(),
        }
    }

    /// The upper end, or the only one.
    pub(super) const fn most(self) -> u64 {
        match self.0 {
            Ends::From(end) | Ends::UpTo(end) | Ends::Between(_, end) => end.get(),
        }
    }
}

/// What is said about a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// Nothing.
    None,
    /// It can be talked about.
    Negotiable,
    /// It is a base: pay that hangs on results comes on top.
    Plus,
}

/// Figures, what they are paid for, and in which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Figures {
    /// From and to.
    pub band: Band,
    /// What they are paid for.
    pub unit: Unit,
    /// The money.
    pub money: Money,
    /// What is said about them.
    pub remark: Remark,
}

/// What a text says about a wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaidWage {
    /// Nothing.
    NotSaid,
    /// Praise or a rule without a figure: "hấp dẫn", "theo quy định".
    Vague,
    /// By agreement.
    Negotiable,
    /// Nothing but commission or a share of turnover.
    Commission,
    /// By the piece, the day or the like; how much is not said.
    Unpriced(Unit),
    /// A base, which is not said, and pay that hangs on results.
    BaseAndMore,
    /// Figures.
    Figures(Figures),
}

impl SaidWage {
    /// The row `unit;from;to;note` of the yardstick.
    pub fn row(self) -> String {
        let figures = match self {
            Self::NotSaid | Self::Vague => return "none;;;".to_owned(),
            Self::Negotiable => return "none;;;negotiable".to_owned(),
            Self::Commission => return "none;;;commission".to_owned(),
            Self::BaseAndMore => return "none;;;plus".to_owned(),
            Self::Unpriced(unit) => return format!("{};;;", unit.as_str()),
            Self::Figures(figures) => figures,
        };
        let end = |end: Option<u64>| end.map_or_else(String::new, |end| end.to_string());
        let note = match (figures.money, figures.remark) {
            (Money::Dollar, _) => "usd",
            (Money::Dong, Remark::Negotiable) => "negotiable",
            (Money::Dong, Remark::Plus) => "plus",
            (Money::Dong, Remark::None) => "",
        };
        let (from, to) = (end(figures.band.from()), end(figures.band.to()));
        format!("{};{from};{to};{note}", figures.unit.as_str())
    }

    /// The wage in đồng, as it is kept and ranked; `usd_vnd` is the price of a US dollar.
    ///
    /// A week counts as 12/52 of a month. A lone base to which results add is a lower end.
    ///
    /// # Errors
    /// Where the amount is none that can be meant.
    pub fn in_dong(self, usd_vnd: u64) -> Result<Wage, WageUnclear> {
        let figures = match self {
            Self::Negotiable => return Ok(Wage::Negotiable),
            Self::Commission | Self::Unpriced(Unit::Piece) => return Ok(Wage::Piece),
            Self::NotSaid | Self::Vague | Self::BaseAndMore | Self::Unpriced(_) => {
                return Ok(Wage::NotSaid);
            }
            Self::Figures(figures) => figures,
        };
        let period = match figures.unit {
            Unit::Piece => return Ok(Wage::Piece),
            Unit::Month | Unit::Week => Period::Month,
            Unit::Day => Period::Day,
            Unit::Hour => Period::Hour,
        };
        let amount = |end: u64| {
            let vnd = match figures.money {
                Money::Dong => end,
                Money::Dollar => end.saturating_mul(usd_vnd),
            };
            match figures.unit {
                Unit::Week => vnd.saturating_mul(52) / 12,
                _ => vnd,
            }
        };
        let is_base = figures.remark == Remark::Plus;
        believe(match (figures.band.from(), figures.band.to()) {
            (Some(from), Some(to)) if from == to && is_base => Wage::From(amount(from), period),
            (Some(from), Some(to)) => Wage::Range(amount(from), amount(to), period),
            (Some(from), None) => Wage::From(amount(from), period),
            (None, Some(to)) => Wage::UpTo(amount(to), period),
            (None, None) => Wage::NotSaid,
        })
    }
}

/// In Vietnamese, in the form that reading gives back: "từ 6.000.000 đồng/tháng + hoa hồng".
impl fmt::Display for SaidWage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSaid => Ok(()),
            Self::Vague => f.write_str("theo quy định"),
            Self::Negotiable => f.write_str("thỏa thuận"),
            Self::Commission => f.write_str("hoa hồng"),
            Self::Unpriced(unit) => f.write_str(match unit {
                Unit::Month => "lương tháng",
                Unit::Week => "theo tuần",
                Unit::Day => "theo ngày",
                Unit::Hour => "theo giờ",
                Unit::Piece => "theo sản phẩm",
            }),
            Self::BaseAndMore => f.write_str("lương cơ bản + hoa hồng"),
            Self::Figures(figures) => figures.fmt(f),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.band.from(), self.band.to()) {
            (Some(from), Some(to)) if from == to => f.write_str(&grouped(from))?,
            (Some(from), Some(to)) => write!(f, "{} - {}", grouped(from), grouped(to))?,
            (Some(from), None) => write!(f, "từ {}", grouped(from))?,
            (None, to) => write!(f, "tới {}", grouped(to.unwrap_or(0)))?,
        }
        f.write_str(match self.money {
            Money::Dong => " đồng",
            Money::Dollar => " USD",
        })?;
        f.write_str(match self.unit {
            Unit::Month => "/tháng",
            Unit::Week => "/tuần",
            Unit::Day => "/ngày",
            Unit::Hour => "/giờ",
            Unit::Piece => "/sản phẩm",
        })?;
        f.write_str(match self.remark {
            Remark::None => "",
            Remark::Negotiable => ", thỏa thuận",
            Remark::Plus => " + hoa hồng",
        })
    }
}

/// Thousands parted by dots.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len().saturating_mul(2));
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at) % 3 == 0 {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
