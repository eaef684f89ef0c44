//! Phrases that are a finding wherever they stand, unless what stands around them says otherwise.

use std::sync::LazyLock;

use super::lists::{EQUAL, FEES, MESSENGERS, NOT, NOT_THE_WORKER, PAID_BY_OTHERS, PAPERS, TABLE};
use super::words::{Phrase, Words};
use super::{Concern, Finding};

/// Phrases of one concern, and what makes them none.
struct Rule {
    concern: Concern,
    phrases: Vec<Phrase>,
    /// A "not" that stands somewhere before, in the same clause.
    unless_not: Vec<Phrase>,
    /// Just before: somebody else pays, or it is the work.
    unless_before: Vec<Phrase>,
    /// Not far after.
    unless_after: Vec<Phrase>,
}

/// Words looked at for each of these.
const NOT_BEFORE: usize = 6;
const JUST_BEFORE: usize = 2;
const AFTER: usize = 5;

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let discriminating = TABLE.iter().map(|(ground, phrases)| Rule {
        concern: Concern::Discrimination(*ground),
        phrases: all(phrases),
        unless_not: all(&EQUAL),
        unless_before: all(&["bản sao", "photo", "sổ"]),
        unless_after: Vec::new(),
    });
    let fee = |phrases: &[&str], work: &[&str]| Rule {
        concern: Concern::Fee,
        phrases: all(phrases),
        unless_not: all(&NOT),
        unless_before: both(&NOT_THE_WORKER, work),
        unless_after: all(&PAID_BY_OTHERS),
    };
    let papers = Rule {
        concern: Concern::OriginalPapers,
        phrases: all(&PAPERS),
        unless_not: all(&NOT),
        unless_before: Vec::new(),
        unless_after: all(&["đối chiếu", "xem xong trả", "rồi trả lại"]),
    };
    let messenger = Rule {
        concern: Concern::Messenger,
        phrases: all(&MESSENGERS),
        unless_before: Vec::new(),
        unless_not: both(
            &NOT,
            &["khách", "chăm sóc", "quản lý", "trả lời", "phần mềm"],
        ),
        unless_after: all(&["khách"]),
    };
    let toll = fee(&["thu phí"], &["nhân viên", "viên", "trạm", "bot", "ca"]);
    discriminating
        .chain([fee(&FEES, &[]), toll, papers, messenger])
        .collect()
});

fn both(some: &[&str], others: &[&str]) -> Vec<Phrase> {
    let all = some.iter().chain(others);
    all.map(|phrase| Phrase::of(phrase)).collect()
}

pub(super) fn all(phrases: &[&str]) -> Vec<Phrase> {
    phrases.iter().map(|phrase| Phrase::of(phrase)).collect()
}

/// All findings by phrases.
pub(super) fn find(words: &Words) -> Vec<Finding> {
    let mut found = Vec::new();
    for at in 0..words.len() {
        for rule in RULES.iter() {
            let longest = rule
                .phrases
                .iter()
                .filter(|phrase| words.is(at, phrase))
                .map(Phrase::len)
                .max();
            let Some(length) = longest else { continue };
            let end = at.saturating_add(length);
            let is_meant = !words.has_before(at, NOT_BEFORE, &rule.unless_not)
                && !words.has_before(at, JUST_BEFORE, &rule.unless_before)
                && !words.has_after(end, AFTER, &rule.unless_after);
            found.extend(
                is_meant
                    .then(|| words.finding(rule.concern, at, end))
                    .flatten(),
            );
        }
    }
    found
}
