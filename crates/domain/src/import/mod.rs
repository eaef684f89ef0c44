//! From a row of a vacancy sheet to a vacancy: what the texts mean, and what is refused.
//!
//! Pure: no file, no clock, no database. A title and an employer must be there; a wage, place or
//! experience that is not understood stays as written and counts as not said; a day or a number
//! that cannot be read refuses the row, since guessing would show what nobody meant. So does a day
//! that cannot be meant: published more than a year from now, or closed before it was published. An
//! officer finds such a row by its line and mends it; a vacancy taken without its day would be
//! open too long or shown as new, and nobody would notice.
//!
//! Where nothing is said about days or openings the engine still needs something to go by: that is
//! filled in and marked as assumed.

mod note;
mod row;
#[cfg(test)]
mod tests;
mod work;

use chrono::{Datelike, NaiveDate};

pub use note::{About, Note};
pub use row::RawRow;
pub use work::{ReadOccupation, ReadSkill, Work, WorkReader};

use crate::code::{Benefits, Codes, Contracts, ProvinceIx, Shifts};
use crate::error::FieldError;
use crate::id::{EmployerId, VacancyId};
use crate::reading::date::{parse_date, parse_date_of};
use crate::reading::experience::parse_experience;
use crate::reading::headings::Field;
use crate::reading::place::Gazetteer;
use crate::reading::wage::{Rates, Wage, parse_wage};
use crate::text::fold;
use crate::time::days_after;
use crate::vacancy::{Asked, Assumed, Offer, Origin, Status, Vacancy, Workplace};
use row::wrong;

/// Days for which a vacancy without a deadline is shown.
const DAYS_SHOWN: u64 = 30;
/// No vacancy has more openings.
const MOST_POSITIONS: u32 = 10_000;

/// Days from the import to the last day on which a vacancy may be said to be published.
const DAYS_AHEAD: u64 = 365;

/// Where a row stands and when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// The file or system.
    pub source: String,
    /// The day of the import, in Viet Nam.
    pub today: NaiveDate,
    /// The line of the row, for messages.
    pub line: u64,
}

/// A row that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The line of the row.
    pub line: u64,
    /// Its id in the source.
    pub external_ref: String,
    /// A hash of what it says: the same hash, nothing to do.
    pub hash: [u8; 32],
    /// Whether the wage was understood; "by agreement" is.
    pub wage_understood: bool,
    /// Whether a place was understood.
    pub place_understood: bool,
    /// What a person should look at, though the row is taken.
    pub notes: Vec<Note>,
    /// What work it is about, and the words that say so.
    pub work: Work,
    vacancy: Vacancy,
}

impl Understood {
    /// The employer's name.
    pub fn employer_name(&self) -> &str {
        &self.vacancy.employer_name
    }

    /// Published, or expired where the last day is over.
    pub const fn status(&self) -> Status {
        self.vacancy.offer.status
    }

    /// The vacancy under its ids.
    pub fn into_vacancy(self, id: VacancyId, employer: EmployerId) -> Vacancy {
        let mut vacancy = self.vacancy;
        vacancy.offer.id = id;
        vacancy.offer.employer = employer;
        vacancy
    }
}

/// Reads rows with the code lists.
pub struct Interpreter<'c> {
    codes: &'c Codes,
    gazetteer: Gazetteer,
    work: &'c dyn WorkReader,
    rates: Rates,
    usd_vnd: u64,
}

impl<'c> Interpreter<'c> {
    /// An interpreter with these lists, which reads no occupation and no skill; `usd_vnd` is the
    /// price of a US dollar.
    pub fn new(codes: &'c Codes, rates: Rates, usd_vnd: u64) -> Self {
        Self {
            codes,
            gazetteer: Gazetteer::new(&codes.units),
            work: &work::Nothing,
            rates,
            usd_vnd,
        }
    }

    /// Names of places are read from these provinces: a name that several units bear is that of
    /// the first of them in which there is one.
    #[must_use]
    pub fn at(self, home: Vec<ProvinceIx>) -> Self {
        Self {
            gazetteer: Gazetteer::at(&self.codes.units, home),
            ..self
        }
    }

    /// Occupations and skills are read by this reader.
    #[must_use]
    pub fn with_work(self, work: &'c dyn WorkReader) -> Self {
        Self { work, ..self }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// All fields that cannot be taken.
    pub fn interpret(
        &self,
        row: &RawRow,
        context: &Context,
    ) -> Result<Understood, Vec<FieldError>> {
        let too_long = row.too_long();
        if !too_long.is_empty() {
            return Err(too_long);
        }
        let mut errors = Vec::new();
        let title = named(row, Field::Title, TITLE, &mut errors);
        let employer_name = named(row, Field::Employer, EMPLOYER, &mut errors);
        let published = day(row, Field::Posted, context.today, &mut errors);
        let deadline = day(row, Field::Closes, context.today, &mut errors);
        let said_positions = positions(row, &mut errors);
        errors.extend(impossible(row, published, deadline, context.today));
        if !errors.is_empty() {
            return Err(errors);
        }
        let closes = deadline.unwrap_or_else(|| last_day(published, context.today));
        let wage = parse_wage(row.get(Field::Wage), self.usd_vnd);
        let place = self.place(row);
        let description = row.lines(Field::Description);
        let work = self.work.read(&title, &description);
        let occupation = work.occupation.as_ref();
        let offer = Offer {
            id: VacancyId::from_u128(0),
            employer: EmployerId::from_u128(0),
            status: if closes < context.today {
                Status::Expired
            } else {
                Status::Published
            },
            positions: said_positions.unwrap_or(1),
            filled: 0,
            closes: Some(closes),
            skills: if work.skills.is_empty() {
                Asked::NotSaid
            } else {
                Asked::Required(work.skills.iter().map(|read| read.asked).collect())
            },
            occupations: occupation.map(|read| read.code).into_iter().collect(),
            level: Asked::NotSaid,
            field: None,
            workplaces: place.workplaces,
            remote: place.remote,
            lodging: false,
            shuttle: false,
            abroad: place.abroad,
            months: parse_experience(row.get(Field::Experience)).unwrap_or(Asked::NotSaid),
            wage: wage.ok().and_then(|wage| wage.monthly(self.rates)),
            contracts: Contracts::EMPTY,
            shifts: Shifts::EMPTY,
            suits_minors: false,
        };
        let external_ref = row.reference();
        let vacancy = Vacancy {
            offer,
            occupation_confidence: occupation.map(|read| read.confidence),
            title,
            description,
            employer_name,
            origin: Origin::Imported,
            source: Some(context.source.clone()),
            external_ref: Some(external_ref.clone()),
            wage: wage.unwrap_or(Wage::NotSaid),
            wage_text: row.line(Field::Wage),
            place_text: row.line(Field::Place),
            benefits: Benefits::EMPTY,
            published: Some(published.unwrap_or(context.today)),
            assumed: Assumed {
                published: published.is_none(),
                closes: deadline.is_none(),
                positions: said_positions.is_none(),
            },
            revision: 0,
        };
        let mut notes = note::not_understood(row, wage.is_ok(), place.understood);
        notes.extend(note::to_moderate(&vacancy, context.today, self.codes));
        Ok(Understood {
            line: context.line,
            hash: row.hash(occupation.map(|read| read.code)),
            wage_understood: wage.is_ok_and(|wage| wage != Wage::NotSaid),
            place_understood: place.understood,
            notes,
            work,
            vacancy,
            external_ref,
        })
    }

    /// The address helps only where the place says nothing: its streets bear names of provinces.
    fn place(&self, row: &RawRow) -> Place {
        let read = |field| self.gazetteer.read(row.get(field));
        let mut places = read(Field::Place);
        if !places.is_understood() {
            places = read(Field::Address);
        }
        Place {
            understood: places.is_understood(),
            // Who does not wish to leave may still work at the places here.
            abroad: !places.abroad.is_empty() && places.areas.is_empty() && !places.nationwide,
            workplaces: places.workplaces(&self.codes.units),
            remote: places.remote,
        }
    }
}

struct Place {
    workplaces: Vec<Workplace>,
    remote: bool,
    abroad: bool,
    understood: bool,
}

const TITLE: &str = "tên công việc / the title of a vacancy";
const EMPLOYER: &str = "tên doanh nghiệp / the employer's name";
const DAY: &str = "ngày như 22/10/2025 hoặc 2025-10-22 / a day such as 22/10/2025 or 2025-10-22";
const NOT_AHEAD: &str = "ngày đăng không quá một năm sau hôm nay / \
                         a day not more than a year from today";
const NOT_BEFORE: &str = "ngày không trước ngày đăng / a day not before that of posting";
const COUNT: &str = "số nguyên từ 1 đến 10000 / a whole number from 1 to 10000";

/// Days that can be read and cannot be meant.
fn impossible(
    row: &RawRow,
    published: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<FieldError> {
    let refused = |field, expected| Some(wrong(field, &row.line(field), expected));
    if published.is_some_and(|day| day > days_after(today, DAYS_AHEAD)) {
        return refused(Field::Posted, NOT_AHEAD);
    }
    match (published, deadline) {
        (Some(first), Some(last)) if last < first => refused(Field::Closes, NOT_BEFORE),
        _ => None,
    }
}

/// A day of publication that is still to come does not lengthen the time shown.
fn last_day(published: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    days_after(published.unwrap_or(today).min(today), DAYS_SHOWN)
}

fn named(row: &RawRow, field: Field, expected: &str, errors: &mut Vec<FieldError>) -> String {
    let text = row.line(field);
    if fold(&text).is_empty() {
        errors.push(wrong(field, &text, expected));
    }
    text
}

fn day(
    row: &RawRow,
    field: Field,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) -> Option<NaiveDate> {
    let text = row.line(field);
    if text.is_empty() {
        return None;
    }
    let day = parse_date(&text).ok().or_else(|| nearest(&text, today));
    if day.is_none() {
        errors.push(wrong(field, &text, DAY));
    }
    day
}

/// A day without its year ("hết ngày 5/11") is the one nearest to the import.
fn nearest(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let year = today.year();
    (year.saturating_sub(1)..=year.saturating_add(1))
        .filter_map(|year| parse_date_of(text, year).ok())
        .min_by_key(|day| day.signed_duration_since(today).num_days().abs())
}

/// Openings: the first number of the cell ("5 người").
fn positions(row: &RawRow, errors: &mut Vec<FieldError>) -> Option<u32> {
    let text = row.line(Field::Positions);
    if text.is_empty() {
        return None;
    }
    let number = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| !digits.is_empty())
        .and_then(|digits| digits.parse().ok())
        .filter(|number| (1..=MOST_POSITIONS).contains(number))
        // "-5" and "1.000" are not what the digits alone say.
        .filter(|_| !text.contains(['-', '.', ',']));
    if number.is_none() {
        errors.push(wrong(Field::Positions, &text, COUNT));
    }
    number
}

/// The id of an imported employer: the same name, however written, is the same employer.
pub fn employer_id(name: &str) -> EmployerId {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("employer\0{}", fold(name)));
    let bits = digest
        .iter()
        .take(16)
        .fold(0_u128, |bits, &byte| bits << 8 | u128::from(byte));
    EmployerId::from_u128(bits)
}
