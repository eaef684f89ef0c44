//! From the figures and words of a text to what it says about a wage.

use super::figure::{Bound, Figure, figures};
use super::per::Per;
use super::spelled::with_numbers;
use super::words::{Role, Words};
use super::{Band, Figures, LONGEST, Money, Remark, SaidWage, Unit, WageUnclear, limits};
use crate::reading::token::{Token, tokens};
use crate::text::is_unseen;

/// Reads what a text says about a wage.
///
/// One figure is both ends. Without a unit a month is meant, unless the size leaves no doubt that
/// it is a day's pay. Of a base and a total the base counts, of a trial and a final wage the final
/// one; wages for several kinds of people or shifts reach from the lowest to the highest; meals,
/// overtime and the like are no wage.
///
/// # Errors
/// Where no figure and no known word is found, or the figures cannot be meant.
pub fn read_wage(text: &str) -> Result<SaidWage, WageUnclear> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(WageUnclear::TooLong);
    }
    let tokens = with_numbers(&tokens(text));
    let words = Words::of(&tokens);
    let figures = figures(&tokens);
    if has_negative(text) && !figures.is_empty() {
        return Err(WageUnclear::NoAmount);
    }
    let kept = kept(&figures);
    let Some(first) = kept.first() else {
        return without_figure(&tokens, &words, figures.is_empty());
    };
    if kept.iter().all(|figure| figure.money().is_none()) {
        return without_figure(&tokens, &words, false);
    }
    if words.any(&["he so"]) && kept.iter().all(is_bare) {
        return Ok(SaidWage::Vague);
    }
    let unit = per(&kept).or_else(|| unit_of_words(&words, &kept));
    let shared = kept.iter().find_map(|figure| figure.lower.scale);
    let bands: Vec<Band> = kept
        .iter()
        .filter_map(|figure| figure.band(unit, shared.filter(|_| figure.lower.is_bare())))
        .collect();
    let band = whole(&bands).ok_or(if bands.is_empty() && has_nought(&kept) {
        WageUnclear::Unbelievable {
            vnd: 0,
            per: super::Period::Month,
        }
    } else {
        WageUnclear::NoAmount
    })?;
    let money = first.money().unwrap_or(Money::Dong);
    let (band, unit, is_said) = in_unit(band, unit, money);
    limits::check(band, unit, money, is_said)?;
    Ok(SaidWage::Figures(Figures {
        band,
        unit,
        money,
        remark: remark(&words, &figures, first, unit),
    }))
}

/// The figures that are the wage: of one money and of one unit.
fn kept(all: &[Figure]) -> Vec<Figure> {
    let has = |role: Role| all.iter().any(|figure| figure.role == role);
    let in_dong = all.iter().any(|figure| figure.money().is_some());
    let wanted = |figure: &&Figure| match figure.role {
        Role::Base | Role::Final => true,
        Role::Wage => !has(Role::Base) && !has(Role::Final),
        Role::Total => !has(Role::Base) && !has(Role::Final) && !has(Role::Wage),
        Role::Trial => all
            .iter()
            .all(|figure| matches!(figure.role, Role::Trial | Role::Allowance)),
        Role::Allowance => false,
    };
    let mut kept: Vec<Figure> = all
        .iter()
        .filter(wanted)
        .filter(|figure| figure.money().is_some() == in_dong)
        .copied()
        .collect();
    let has_scale = kept.iter().any(|figure| !is_bare(figure));
    let mut scaled = kept.iter().filter(|figure| !is_bare(figure));
    let model = scaled.next().and_then(|figure| figure.band(None, None));
    // "Tuyển 5, lương 7 triệu": five is none, as it would be far from the other.
    kept.retain(|figure| {
        !has_scale || !is_bare(figure) || model.is_some_and(|model| is_like(figure, model))
    });
    let Some(first) = kept.first().copied() else {
        return kept;
    };
    let most = first.band(first.per, None).map_or(0, Band::most);
    kept.retain(|figure| {
        // "5 triệu + 5k/đơn": the second is of another unit, though that of the first is not said.
        let is_other = first.per.is_none()
            && figure.per.is_some()
            && figure
                .band(figure.per, None)
                .is_some_and(|band| band.most() < most / 20);
        figure.money() == first.money()
            && !is_other
            && (figure.per.is_none() || first.per.is_none() || figure.per == first.per)
    });
    kept
}

/// The unit that is said elsewhere, where that much can be meant: "ngày công 26, lương 7 triệu".
fn unit_of_words(words: &Words, kept: &[Figure]) -> Option<Per> {
    let unit = words.unit()?;
    let most = match unit {
        Unit::Day => 3_000_000,
        Unit::Hour => 1_000_000,
        Unit::Week => 10_000_000,
        Unit::Month | Unit::Piece => u64::MAX,
    };
    let per = Some(Per::Unit(unit));
    let bands = kept.iter().filter_map(|figure| figure.band(per, None));
    let fits = bands.map(Band::most).all(|amount| amount <= most);
    per.filter(|_| fits)
}

fn is_bare(figure: &Figure) -> bool {
    figure.lower.is_bare() && figure.upper.is_none_or(|upper| upper.is_bare())
}

/// At one of the usual scales a bare number comes near to the other figure.
fn is_like(figure: &Figure, model: Band) -> bool {
    [1, 1_000, 1_000_000].into_iter().any(|scale| {
        let value = figure.lower.at(scale);
        value >= model.least() / 2 && value <= model.most().saturating_mul(2)
    })
}

fn per(kept: &[Figure]) -> Option<Per> {
    kept.iter().find_map(|figure| figure.per)
}

fn has_nought(kept: &[Figure]) -> bool {
    kept.iter().any(|figure| figure.lower.thousandths == 0)
}

/// From the lowest to the highest.
fn whole(bands: &[Band]) -> Option<Band> {
    let [band] = bands else {
        let least = bands.iter().map(|band| band.least()).min()?;
        let most = bands.iter().map(|band| band.most()).max()?;
        let is_open = bands
            .iter()
            .any(|band| band.to().is_none() && band.least() == most);
        return Band::new(Some(least), (!is_open).then_some(most));
    };
    Some(*band)
}

/// The unit, whether it was said, and the band in it: a year is brought to a month.
fn in_unit(band: Band, per: Option<Per>, money: Money) -> (Band, Unit, bool) {
    match per {
        Some(Per::Unit(unit)) => (band, unit, true),
        Some(Per::Year) => {
            let month = |end: Option<u64>| end.map(|end| end / 12);
            let monthly = Band::new(month(band.from()), month(band.to()));
            (monthly.unwrap_or(band), Unit::Month, true)
        }
        None if money == Money::Dong && (100_000..1_000_000).contains(&band.most()) => {
            (band, Unit::Day, true)
        }
        None => (band, Unit::Month, false),
    }
}

fn remark(words: &Words, all: &[Figure], first: &Figure, unit: Unit) -> Remark {
    let is_base = all.iter().any(|figure| figure.role == Role::Base);
    let pays_pieces = all
        .iter()
        .any(|figure| figure.per == Some(Per::Unit(Unit::Piece)));
    let has_total = all.iter().any(|figure| figure.role == Role::Total);
    let adds = unit != Unit::Piece
        && (words.has_results(is_base)
            || pays_pieces && first.bound != Bound::Most
            || is_base && has_total);
    if adds {
        Remark::Plus
    } else if words.is_negotiable() {
        Remark::Negotiable
    } else {
        Remark::None
    }
}

fn without_figure(
    tokens: &[Token],
    words: &Words,
    has_none: bool,
) -> Result<SaidWage, WageUnclear> {
    let is_empty = tokens
        .iter()
        .all(|token| matches!(token, Token::Sign(sign) if *sign != '?' && !sign.is_numeric()));
    if is_empty {
        // Nothing, or a dash in its place.
        Ok(SaidWage::NotSaid)
    } else if words.is_negotiable() {
        Ok(SaidWage::Negotiable)
    } else if has_none && (words.is_base() || words.any(&["luong +"])) && words.has_results(true) {
        Ok(SaidWage::BaseAndMore)
    } else if words.is_commission() {
        Ok(SaidWage::Commission)
    } else if words.is_piecework() {
        Ok(SaidWage::Unpriced(Unit::Piece))
    } else if words.is_vague() {
        Ok(SaidWage::Vague)
    } else {
        let unit = words.unit().filter(|_| has_none);
        unit.map(SaidWage::Unpriced).ok_or(WageUnclear::NoAmount)
    }
}

/// "-5 triệu", "lương: -5tr": a minus before the first digit, with no space between.
fn has_negative(text: &str) -> bool {
    let seen: Vec<char> = text.chars().filter(|&c| !is_unseen(c)).collect();
    let Some(first) = seen.iter().position(char::is_ascii_digit) else {
        return false;
    };
    let before = |back: usize| first.checked_sub(back).and_then(|at| seen.get(at));
    let is_minus = matches!(before(1), Some('-' | '−' | '–'));
    is_minus && before(2).is_none_or(|c| !c.is_alphanumeric())
}
