//! The demonstration province: Quảng Ngãi of 2025, with the old Kon Tum, its employers, vacancies
//! and people who look for work. All of them are invented; the same seed and day give the same
//! province.

mod employers;
mod seekers;
mod tables;
mod vacancies;

use bench_world::draw;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::code::Codes;
use domain::employer::Employer;
use domain::seeker::Seeker;
use domain::vacancy::Vacancy;

use draw::Draw;
pub(crate) use tables::BadTable;
use tables::Tables;

/// How many employers, vacancies and seekers there are.
const EMPLOYERS: usize = 400;
const VACANCIES: usize = 3_000;
const SEEKERS: usize = 20_000;

/// Streams of draws, one for each kind of thing.
const EMPLOYER_STREAM: u64 = 1;
const VACANCY_STREAM: u64 = 2;
const SEEKER_STREAM: u64 = 3;

/// A province to try things out with.
pub(crate) struct Province {
    /// Who employs.
    pub(crate) employers: Vec<Employer>,
    /// What is offered.
    pub(crate) vacancies: Vec<Vacancy>,
    /// Who looks for work.
    pub(crate) seekers: Vec<Seeker>,
}

/// The province of that seed, as it is on that day.
///
/// # Errors
/// Where a table of `config/demo` does not go together with the code lists.
pub(crate) fn province(codes: &Codes, seed: u64, today: NaiveDate) -> Result<Province, BadTable> {
    let tables = Tables::read(codes)?;
    let hirers = employers::all(&tables, Draw::new(seed, EMPLOYER_STREAM), today, EMPLOYERS);
    let vacancies = vacancies::all(
        &tables,
        &hirers,
        Draw::new(seed, VACANCY_STREAM),
        today,
        VACANCIES,
    );
    let seekers = seekers::all(
        codes,
        &tables,
        Draw::new(seed, SEEKER_STREAM),
        today,
        SEEKERS,
    );
    Ok(Province {
        employers: hirers.into_iter().map(|hirer| hirer.employer).collect(),
        vacancies,
        seekers,
    })
}

/// An instant of office hours in Viet Nam, so many days before.
fn office_hours(draw: &mut Draw, today: NaiveDate, days_before: u64) -> DateTime<Utc> {
    let day = today
        .checked_sub_days(Days::new(days_before))
        .unwrap_or(today);
    // 07:30 to 16:30 in Viet Nam.
    let millis = draw.between(30 * 60_000, 570 * 60_000);
    let since = TimeDelta::milliseconds(i64::try_from(millis).unwrap_or(0));
    (day.and_time(chrono::NaiveTime::MIN) + since).and_utc()
}

#[cfg(test)]
pub(crate) mod tests;
