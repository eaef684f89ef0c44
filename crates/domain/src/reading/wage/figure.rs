//! Figures: amounts put together as the ends of ranges, with what the words around make of them.

use super::amount::{Amount, amounts, is_joint};
use super::money::Currency;
use super::per::{Per, per_before};
use super::words::{Role, Words};
use super::{Band, Money, Unit};
use crate::reading::token::Token;

/// A wage, or a part of one, as it stands in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub(super) lower: Amount,
    /// The other end of a range.
    pub(super) upper: Option<Amount>,
    pub(super) role: Role,
    pub(super) bound: Bound,
    pub(super) per: Option<Per>,
}

/// Which end of a band a lone amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Least,
    Most,
    Is,
}

impl Figure {
    pub(super) fn end(&self) -> usize {
        self.upper.unwrap_or(self.lower).end
    }

    pub(super) fn currency(&self) -> Option<Currency> {
        self.upper
            .and_then(|upper| upper.currency)
            .or(self.lower.currency)
    }

    pub(super) fn money(&self) -> Option<Money> {
        match self.currency() {
            None | Some(Currency::Dong) => Some(Money::Dong),
            Some(Currency::Dollar) => Some(Money::Dollar),
            Some(Currency::Other) => None,
        }
    }

    /// The ends in whole đồng or dollars; `shared` is a scale written elsewhere. `None` where a
    /// bare number may mean anything.
    pub(super) fn band(&self, per: Option<Per>, shared: Option<u64>) -> Option<Band> {
        let counted = self.money() == Some(Money::Dollar);
        let scale = |amount: &Amount, other: Option<&Amount>| {
            // Written out in full: no scale can be meant.
            let in_full = amount.thousandths >= 100_000_000;
            let other = other.and_then(|other| other.scale).or(shared);
            match (amount.scale, other) {
                (Some(scale), _) => Some(scale),
                (None, Some(scale)) if !in_full => Some(scale),
                _ if counted || amount.currency.is_some() => Some(1),
                _ => usual_scale(amount.thousandths, per),
            }
        };
        let Some(upper) = self.upper else {
            let value = self.lower.at(scale(&self.lower, None)?);
            return match self.bound {
                Bound::Least => Band::new(Some(value), None),
                Bound::Most => Band::new(None, Some(value)),
                Bound::Is => Band::new(Some(value), Some(value)),
            };
        };
        let from = self.lower.at(scale(&self.lower, Some(&upper))?);
        let to = upper.at(scale(&upper, Some(&self.lower))?);
        // "500 - 1 triệu": the scale of the second is not the first one's.
        let is_finer = self.lower.is_bare() && from / 20 > to && from / 1_000 < to;
        Band::new(Some(if is_finer { from / 1_000 } else { from }), Some(to))
    }
}

/// What a bare number counts: "8 - 10" a month are millions, "300/ngày" are thousands. Between
/// the two nothing is sure.
const fn usual_scale(thousandths: u64, per: Option<Per>) -> Option<u64> {
    match (thousandths / 1_000, per) {
        (10_000.., _) => Some(1),
        (1_000.., Some(Per::Unit(Unit::Piece))) => Some(1),
        (_, Some(Per::Unit(Unit::Day | Unit::Hour | Unit::Piece))) => Some(1_000),
        (0..=100, _) => Some(1_000_000),
        // A day's pay: "phụ hồ 350".
        (150..=999, None) => Some(1_000),
        _ => None,
    }
}

/// All figures of a text, in its order.
pub(super) fn figures(tokens: &[Token]) -> Vec<Figure> {
    let amounts = amounts(tokens);
    let mut figures: Vec<Figure> = Vec::new();
    let mut rest = amounts.as_slice();
    while let Some((lower, after)) = rest.split_first() {
        let upper = after
            .first()
            .filter(|upper| are_joined(tokens, lower, upper))
            .copied();
        rest = after
            .get(usize::from(upper.is_some())..)
            .unwrap_or_default();
        let since = figures.last().map_or(0, Figure::end);
        let mut figure = Figure {
            lower: *lower,
            upper,
            role: lead(tokens, since, lower.start).role(),
            bound: bound(tokens, lower),
            per: None,
        };
        if figure.role == Role::Wage {
            let after = trail(tokens, figure.end()).role();
            let is_first = figures.is_empty();
            let says = after == Role::Trial || after == Role::Final || !is_first;
            figure.role = if says { after } else { figure.role };
        }
        figure.per = upper
            .and_then(|upper| upper.per)
            .or(lower.per)
            .or_else(|| per_before(tokens, lower.start));
        figures.push(figure);
    }
    figures
}

fn are_joined(tokens: &[Token], first: &Amount, second: &Amount) -> bool {
    tokens.get(first.end..second.start).is_some_and(|between| {
        between.iter().all(|token| match token {
            Token::Word(word) => is_joint(word),
            Token::Sign(sign) => matches!(sign, '-' | '>' | '<' | '/' | ',' | '.'),
            Token::Number(_) => false,
        })
    })
}

/// The words before a figure, from the last sign that parts it from what stands before.
fn lead(tokens: &[Token], since: usize, start: usize) -> Words {
    let before = tokens.get(since..start).unwrap_or_default();
    // "5tr thử việc - 7tr": a dash after a figure ends what is said of it.
    let follows = since > 0;
    let parts = |token: &Token| {
        follows && token.is_sign('-')
            || matches!(
                token,
                Token::Sign(',' | ';' | '+' | '(' | ')' | '.' | '&' | '|' | '/')
            )
            || matches!(token.word(), Some("cong" | "bao"))
    };
    let from = before
        .iter()
        .rposition(parts)
        .map_or(0, |at| at.saturating_add(1));
    // "Lương 8 giờ/ngày": where everything is cut away, what stands before tells more.
    Words::of(before.get(from..).unwrap_or_default())
}

/// The words just after a figure: "500k phụ cấp".
fn trail(tokens: &[Token], end: usize) -> Words {
    let after = tokens.get(end..).unwrap_or_default();
    // "18k (thử việc)".
    let after = match after {
        [open, inside @ ..] if open.is_sign('(') => {
            let closes = inside.iter().position(|token| token.is_sign(')'));
            closes
                .filter(|&at| at <= 2)
                .and_then(|at| inside.get(..at))
                .unwrap_or_default()
        }
        after => after,
    };
    let words = after.iter().take_while(|token| token.word().is_some());
    Words::of(&words.take(3).cloned().collect::<Vec<_>>())
}

/// Whether a lone amount is a lower end, an upper end, or the wage: by the nearest word before it,
/// or by what follows.
fn bound(tokens: &[Token], amount: &Amount) -> Bound {
    for at in (amount.start.saturating_sub(4)..amount.start).rev() {
        let word = |at: Option<usize>| at.and_then(|at| tokens.get(at)).and_then(Token::word);
        match tokens.get(at) {
            Some(Token::Sign('<')) => return Bound::Most,
            Some(Token::Sign('>')) => return Bound::Least,
            Some(Token::Word(this)) => match (word(at.checked_sub(1)), this.as_str()) {
                // "Trên dưới 10 triệu": about. "Ca tối": the evening shift.
                (Some("tren"), "duoi") | (Some("ca" | "buoi"), "toi") => return Bound::Is,
                (Some("khong" | "ko"), "duoi" | "it")
                | (Some("toi"), "thieu")
                | (Some("it" | "thap"), "nhat")
                | (Some("khoi"), "diem") => return Bound::Least,
                (Some("toi"), "da")
                | (Some("khong" | "ko"), "qua")
                | (Some("up"), "to")
                | (Some("cao"), "nhat") => return Bound::Most,
                (_, "tu" | "tren" | "hon" | "from" | "min" | "over" | "least") => {
                    return Bound::Least;
                }
                (_, "toi" | "den" | "upto" | "max" | "duoi" | "under") => return Bound::Most,
                _ => {}
            },
            Some(Token::Sign(':' | '=')) => {}
            _ => break,
        }
    }
    bound_after(tokens, amount.end)
}

/// "7tr+", "8 triệu trở lên", "10 triệu - không giới hạn".
fn bound_after(tokens: &[Token], end: usize) -> Bound {
    let follows = tokens.get(end);
    let next = tokens.get(end.saturating_add(1));
    // "7tr + hoa hồng" adds something.
    let is_open = next.is_none_or(|next| {
        !matches!(next, Token::Word(_) | Token::Number(_)) && !next.is_sign('%')
    });
    if follows.is_some_and(|token| token.is_sign('+')) && is_open
        || follows.and_then(Token::word) == Some("up")
    {
        return Bound::Least;
    }
    let near = tokens.get(end..end.saturating_add(5).min(tokens.len()));
    let near = Words::of(near.unwrap_or_default());
    if near.any(&[
        "tro len",
        "do len",
        "- khong gioi han",
        "den khong gioi han",
        "unlimited",
    ]) {
        Bound::Least
    } else if near.any(&["tro xuong", "tro lai"]) {
        Bound::Most
    } else {
        Bound::Is
    }
}
