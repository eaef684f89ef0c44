//! Why a list has nobody or nothing on it.

use std::borrow::Borrow;

use chrono::NaiveDate;
use domain::seeker::{self, Seeker};
use domain::vacancy::{self, Offer};

use super::Words;
use crate::definition::{Obstacle, Rules, candidate, candidate_codes, obstacles, shares, usable};

/// Why a list has nobody or nothing on it, the nearest reason first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Empty {
    /// The vacancy is not shown: its status.
    NotShown(vacancy::Status),
    /// All its openings are taken.
    Full,
    /// It was open up to this day.
    Ended(NaiveDate),
    /// It names neither a skill nor an occupation by which anybody could be ranked.
    VacancyNamesNothing,
    /// Nobody is registered.
    NobodyRegistered,
    /// Nobody has a skill or an occupation that it asks for.
    NobodyCan,
    /// Who has one may not be ranked on that day: all that stands between.
    NobodyMay(NaiveDate, Vec<Obstacle>),
    /// The person is not looking: their status.
    NotLooking(seeker::Status),
    /// The person turns 15 on this day only.
    UnderAge(NaiveDate),
    /// Nothing is known of what the person can do.
    PersonNamesNothing,
    /// No vacancy is open on that day.
    NoVacancyOpen(NaiveDate),
    /// No open vacancy asks for a skill or an occupation that the person has.
    NothingAsksForIt,
    /// Those that do may not be offered to the person on that day: all that stands between.
    NothingMay(NaiveDate, Vec<Obstacle>),
}

/// Why nobody is ranked for a vacancy; `None` where somebody is.
pub fn no_people<S: Borrow<Seeker>>(
    rules: &Rules,
    offer: &Offer,
    seekers: impl IntoIterator<Item = S>,
    as_of: NaiveDate,
) -> Option<Empty> {
    if let Some(closed) = closed(offer, as_of) {
        return Some(closed);
    }
    if shares(rules, offer).is_empty() && candidate_codes(offer).next().is_none() {
        return Some(Empty::VacancyNamesNothing);
    }
    let mut anybody = false;
    let seekers = seekers.into_iter().inspect(|_| anybody = true);
    let hindered = hindered(
        seekers.filter(|seeker| candidate(rules, offer, seeker.borrow())),
        |seeker| obstacles(offer, seeker.borrow(), as_of).collect(),
    );
    match hindered {
        Hindered::Not => None,
        Hindered::Nobody if anybody => Some(Empty::NobodyCan),
        Hindered::Nobody => Some(Empty::NobodyRegistered),
        Hindered::By(what) => Some(Empty::NobodyMay(as_of, what)),
    }
}

/// Why no vacancy is ranked for a person; `None` where one is.
pub fn no_vacancies<'a>(
    rules: &Rules,
    seeker: &Seeker,
    offers: impl IntoIterator<Item = &'a Offer>,
    as_of: NaiveDate,
) -> Option<Empty> {
    if !seeker.status.is_looking() {
        return Some(Empty::NotLooking(seeker.status));
    }
    if as_of < seeker.turns_15 {
        return Some(Empty::UnderAge(seeker.turns_15));
    }
    let has_code = seeker.occupations.iter().any(|&code| usable(code));
    if seeker.skills.is_empty() && !has_code {
        return Some(Empty::PersonNamesNothing);
    }
    let mut any_open = false;
    let open = offers
        .into_iter()
        .filter(|offer| offer.is_open(as_of))
        .inspect(|_| any_open = true);
    let hindered = hindered(
        open.filter(|offer| candidate(rules, offer, seeker)),
        |offer| obstacles(offer, seeker, as_of).collect(),
    );
    match hindered {
        Hindered::Not => None,
        Hindered::Nobody if any_open => Some(Empty::NothingAsksForIt),
        Hindered::Nobody => Some(Empty::NoVacancyOpen(as_of)),
        Hindered::By(what) => Some(Empty::NothingMay(as_of, what)),
    }
}

fn closed(offer: &Offer, as_of: NaiveDate) -> Option<Empty> {
    if offer.is_open(as_of) {
        None
    } else if !offer.status.is_shown() {
        Some(Empty::NotShown(offer.status))
    } else if offer.filled >= offer.positions {
        Some(Empty::Full)
    } else {
        offer.closes.map(Empty::Ended)
    }
}

/// What stands between those who could be ranked and a place on the list.
enum Hindered {
    /// Somebody has a place.
    Not,
    /// There is nobody.
    Nobody,
    /// All that hinders somebody, each once.
    By(Vec<Obstacle>),
}

fn hindered<T>(
    candidates: impl Iterator<Item = T>,
    obstacles: impl Fn(T) -> Vec<Obstacle>,
) -> Hindered {
    let mut all = Vec::new();
    for candidate in candidates {
        let these = obstacles(candidate);
        if these.is_empty() {
            return Hindered::Not;
        }
        for obstacle in these {
            if !all.contains(&obstacle) {
                all.push(obstacle);
            }
        }
    }
    if all.is_empty() {
        Hindered::Nobody
    } else {
        all.sort_unstable_by_key(|&obstacle| obstacle as u8);
        Hindered::By(all)
    }
}

impl Empty {
    /// The word for programs.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::NotShown(_) => "vacancy_not_shown",
            Self::Full => "vacancy_full",
            Self::Ended(_) => "vacancy_ended",
            Self::VacancyNamesNothing => "vacancy_names_nothing",
            Self::NobodyRegistered => "nobody_registered",
            Self::NobodyCan => "nobody_can",
            Self::NobodyMay(..) => "nobody_may",
            Self::NotLooking(_) => "not_looking",
            Self::UnderAge(_) => "under_age",
            Self::PersonNamesNothing => "person_names_nothing",
            Self::NoVacancyOpen(_) => "no_vacancy_open",
            Self::NothingAsksForIt => "nothing_asks_for_it",
            Self::NothingMay(..) => "nothing_may",
        }
    }

    pub(super) fn said(&self, words: &Words<'_>) -> String {
        match self {
            Self::NotShown(status) => words.with(
                "empty-not-shown",
                &[("status", &words.t(vacancy_status(*status)))],
            ),
            Self::Full => words.t("empty-full"),
            Self::Ended(day) => words.on("empty-ended", *day),
            Self::VacancyNamesNothing => words.t("empty-vacancy-names-nothing"),
            Self::NobodyRegistered => words.t("empty-nobody-registered"),
            Self::NobodyCan => words.t("empty-nobody-can"),
            Self::NobodyMay(day, what) => words.hindered("empty-nobody-may", *day, what),
            Self::NotLooking(status) => words.with(
                "empty-not-looking",
                &[("status", &words.t(seeker_status(*status)))],
            ),
            Self::UnderAge(day) => words.on("empty-under-age", *day),
            Self::PersonNamesNothing => words.t("empty-person-names-nothing"),
            Self::NoVacancyOpen(day) => words.on("empty-no-vacancy-open", *day),
            Self::NothingAsksForIt => words.t("empty-nothing-asks"),
            Self::NothingMay(day, what) => words.hindered("empty-nothing-may", *day, what),
        }
    }
}

impl Words<'_> {
    fn on(&self, key: &str, day: NaiveDate) -> String {
        self.with(key, &[("day", &self.day(day))])
    }

    fn hindered(&self, key: &str, day: NaiveDate, what: &[Obstacle]) -> String {
        let what: Vec<String> = what.iter().map(|&one| self.t(obstacle(one))).collect();
        let values = [("day", self.day(day)), ("what", what.join("; "))];
        let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
        self.with(key, &values)
    }
}

const fn obstacle(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::VacancyClosed => "empty-by-closed",
        Obstacle::NotLooking => "empty-by-not-looking",
        Obstacle::TooYoung => "empty-by-age",
        Obstacle::Contract => "empty-by-contract",
        Obstacle::Blocked => "empty-by-block",
        Obstacle::Abroad => "empty-by-abroad",
    }
}

const fn vacancy_status(status: vacancy::Status) -> &'static str {
    use vacancy::Status;
    match status {
        Status::Draft => "empty-status-draft",
        Status::Submitted => "empty-status-submitted",
        Status::Published | Status::Reopened => "empty-status-shown",
        Status::Paused => "empty-status-paused",
        Status::NeedsRenewing => "empty-status-needs-renewing",
        Status::Filled => "empty-status-filled",
        Status::Expired => "empty-status-expired",
        Status::Rejected => "empty-status-rejected",
        Status::Withdrawn => "empty-status-withdrawn",
    }
}

const fn seeker_status(status: seeker::Status) -> &'static str {
    use seeker::Status;
    match status {
        Status::Looking | Status::EmployedLooking => "empty-person-looking",
        Status::Paused => "empty-person-paused",
        Status::Placed => "empty-person-placed",
        Status::Withdrawn => "empty-person-withdrawn",
    }
}
