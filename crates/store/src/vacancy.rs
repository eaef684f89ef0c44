//! Vacancies: write, import, find, list. Words are looked for in memory, not here.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::actor::{Act, Actor};
use domain::change::Entity;
use domain::code::Codes;
use domain::employer::Employer;
use domain::error::{Cause, Error};
use domain::id::{EmployerId, NotAnId, VacancyId};
use domain::text::fold;
use domain::time::Stamp;
use domain::vacancy::{Origin, Status, Vacancy};

use crate::Conn;
use crate::batch::Image;
use crate::codec::{OfferColumns, OfferRead, OfferText};
use crate::dialect::change;
use crate::fault::{conflict_or_internal, corrupt, internal, unreadable};
use crate::log::{Deed, ask, record};
use crate::schema::{employer, vacancy};

/// How many rows are read at a time.
const BATCH: i64 = 1_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = vacancy)]
struct Row {
    id: String,
    employer_id: String,
    origin: String,
    source: Option<String>,
    external_ref: Option<String>,
    status: String,
    title: String,
    description: String,
    wage_text: String,
    place_text: String,
    published: NaiveDate,
    closes: Option<NaiveDate>,
    positions: i32,
    filled: i32,
    offer: String,
    revision: i32,
}

/// A vacancy together with the content of the row that it came from, so that the same row is
/// known again.
pub struct Incoming {
    /// The vacancy; its id is taken only where it is new.
    pub vacancy: Vacancy,
    /// A digest of the row's content.
    pub row_hash: String,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was not known.
    New,
    /// It was known with another content.
    Changed,
    /// It was known as it is.
    Same,
}

/// Writes employers that are not there yet.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn save_employers(
    conn: &mut Conn,
    actor: Actor,
    employers: &[Employer],
    stamp: &Stamp,
) -> Result<(), Error> {
    ask(actor, Act::WriteVacancy)?;
    change(conn, |tx| {
        for employer in employers {
            save_employer(tx, actor, employer, stamp)?;
        }
        Ok(())
    })
}

fn save_employer(tx: &mut Conn, actor: Actor, who: &Employer, stamp: &Stamp) -> Result<(), Error> {
    let id = who.id.to_string();
    let failed = internal("writing an employer");
    let known: i64 = employer::table
        .find(&id)
        .count()
        .get_result(tx)
        .map_err(&failed)?;
    if known > 0 {
        return Ok(());
    }
    diesel::insert_into(employer::table)
        .values((
            employer::id.eq(&id),
            employer::name.eq(&who.name),
            employer::origin.eq(who.origin.as_str()),
            employer::verified.eq(who.verified),
        ))
        .execute(tx)
        .map_err(&failed)?;
    let deed = Deed {
        actor,
        act: "save",
        entity: Entity::Employer,
        id: &id,
    };
    record(tx, &deed, stamp)
}

/// Writes a new vacancy (revision 0) or a changed one (the revision that was read).
///
/// # Errors
/// Forbidden; Conflict where it has another revision by now; or what the database says.
pub fn save(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    vacancies: &[Vacancy],
    stamp: &Stamp,
) -> Result<(), Error> {
    ask(actor, Act::WriteVacancy)?;
    change(conn, |tx| {
        for vacancy in vacancies {
            save_one(tx, codes, actor, vacancy, None, stamp)?;
        }
        Ok(())
    })
}

/// Takes a batch of rows of a source, all or none: known by source and reference.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn import(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    batch: &[Incoming],
    stamp: &Stamp,
) -> Result<Vec<Taken>, Error> {
    ask(actor, Act::ImportVacancies)?;
    change(conn, |tx| {
        batch
            .iter()
            .map(|incoming| Ok(import_one(tx, codes, actor, incoming, stamp)?.taken))
            .collect()
    })
}

/// What became of a row, and what stood there before.
pub(crate) struct Imported {
    pub(crate) taken: Taken,
    pub(crate) id: String,
    /// The vacancy before it was changed.
    pub(crate) was: Option<Image>,
}

pub(crate) fn import_one(
    tx: &mut Conn,
    codes: &Codes,
    actor: Actor,
    incoming: &Incoming,
    stamp: &Stamp,
) -> Result<Imported, Error> {
    let new = &incoming.vacancy;
    let known = known_row(tx, new)?;
    let hash = Some(incoming.row_hash.as_str());
    let answer = |taken, id: &str, was| Imported {
        taken,
        id: id.to_owned(),
        was,
    };
    if let Some((id, known_hash, _)) = &known
        && known_hash.as_deref() == hash
    {
        return Ok(answer(Taken::Same, id, None));
    }
    let mut taken = new.clone();
    taken.offer.employer = imported_employer(tx, actor, new, stamp)?;
    let Some((id, _, revision)) = known else {
        save_one(tx, codes, actor, &taken, hash, stamp)?;
        return Ok(answer(Taken::New, &new.offer.id.to_string(), None));
    };
    taken.offer.id = id
        .parse()
        .map_err(|error| corrupt("looking a row up", error))?;
    taken.revision = revision;
    let was = Image::of(tx, &id)?;
    save_one(tx, codes, actor, &taken, hash, stamp)?;
    Ok(answer(Taken::Changed, &id, Some(was)))
}

/// Id, digest and revision of what is known by this source and reference.
type KnownRow = (String, Option<String>, i32);

fn known_row(conn: &mut Conn, new: &Vacancy) -> Result<Option<KnownRow>, Error> {
    vacancy::table
        .filter(vacancy::source.eq(&new.source))
        .filter(vacancy::external_ref.eq(&new.external_ref))
        .select((vacancy::id, vacancy::row_hash, vacancy::revision))
        .first(conn)
        .optional()
        .map_err(internal("looking a row up"))
}

/// What a row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// It is not known.
    New,
    /// It is known with another content: the vacancy as it is.
    Changed(Box<Vacancy>),
    /// It is known as it is.
    Same,
}

/// What [`import`] would do with a row; writes nothing.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn compare(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    incoming: &Incoming,
) -> Result<Compared, Error> {
    ask(actor, Act::ImportVacancies)?;
    match known_row(conn, &incoming.vacancy)? {
        None => Ok(Compared::New),
        Some((_, hash, _)) if hash.as_deref() == Some(incoming.row_hash.as_str()) => {
            Ok(Compared::Same)
        }
        Some((id, _, _)) => {
            let id = id
                .parse()
                .map_err(|error| corrupt("looking a row up", error))?;
            find(conn, codes, actor, id).map(|known| Compared::Changed(Box::new(known)))
        }
    }
}

/// Files know employers by name only: the same name is the same employer.
fn imported_employer(
    tx: &mut Conn,
    actor: Actor,
    new: &Vacancy,
    stamp: &Stamp,
) -> Result<EmployerId, Error> {
    const DOING: &str = "looking an employer up";
    let known: Option<String> = employer::table
        .filter(employer::name.eq(&new.employer_name))
        .filter(employer::origin.eq(Origin::Imported.as_str()))
        .select(employer::id)
        .order(employer::id)
        .first(tx)
        .optional()
        .map_err(internal(DOING))?;
    if let Some(id) = known {
        return id.parse().map_err(|error| corrupt(DOING, error));
    }
    let employer = Employer {
        id: new.offer.employer,
        name: new.employer_name.clone(),
        origin: Origin::Imported,
        verified: false,
    };
    save_employer(tx, actor, &employer, stamp)?;
    Ok(employer.id)
}

fn save_one(
    tx: &mut Conn,
    codes: &Codes,
    actor: Actor,
    new: &Vacancy,
    row_hash: Option<&str>,
    stamp: &Stamp,
) -> Result<(), Error> {
    let failed = conflict_or_internal("writing a vacancy");
    let id = new.offer.id.to_string();
    let offer = OfferText::new(codes, new);
    let offer =
        serde_json::to_string(&offer).map_err(|error| corrupt("writing a vacancy", error))?;
    let folded = fold(&format!(
        "{} {} {}",
        new.title, new.employer_name, new.place_text
    ));
    let published = new.published.unwrap_or_else(|| stamp.today());
    let values = (
        vacancy::employer_id.eq(new.offer.employer.to_string()),
        vacancy::origin.eq(new.origin.as_str()),
        vacancy::source.eq(&new.source),
        vacancy::external_ref.eq(&new.external_ref),
        vacancy::status.eq(new.offer.status.as_str()),
        vacancy::title.eq(&new.title),
        vacancy::description.eq(&new.description),
        vacancy::folded.eq(folded),
        vacancy::wage_text.eq(&new.wage_text),
        vacancy::place_text.eq(&new.place_text),
        vacancy::published.eq(published),
        vacancy::closes.eq(new.offer.closes),
        vacancy::positions.eq(column(new.offer.positions)),
        vacancy::filled.eq(column(new.offer.filled)),
        vacancy::offer.eq(offer),
        vacancy::revision.eq(new.revision + 1),
    );
    if new.revision == 0 {
        diesel::insert_into(vacancy::table)
            .values((vacancy::id.eq(&id), vacancy::row_hash.eq(row_hash), values))
            .execute(tx)
            .map_err(&failed)?;
    } else {
        let changed = diesel::update(
            vacancy::table
                .find(&id)
                .filter(vacancy::revision.eq(new.revision)),
        )
        // What was changed here by hand stays when the same row comes in again.
        .set((values, row_hash.map(|hash| vacancy::row_hash.eq(hash))))
        .execute(tx)
        .map_err(&failed)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
    }
    let deed = Deed {
        actor,
        act: "save",
        entity: Entity::Vacancy,
        id: &id,
    };
    record(tx, &deed, stamp)
}

/// A count as the databases hold it.
fn column(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Removes a vacancy.
///
/// # Errors
/// Forbidden, NotFound; or what the database says.
pub fn remove(conn: &mut Conn, actor: Actor, id: VacancyId, stamp: &Stamp) -> Result<(), Error> {
    ask(actor, Act::WriteVacancy)?;
    let id = id.to_string();
    change(conn, |tx| {
        let gone = diesel::delete(vacancy::table.find(&id))
            .execute(tx)
            .map_err(internal("removing a vacancy"))?;
        if gone == 0 {
            return Err(Error::NotFound);
        }
        let deed = Deed {
            actor,
            act: "remove",
            entity: Entity::Vacancy,
            id: &id,
        };
        record(tx, &deed, stamp)
    })
}

/// The vacancy with this id. A visitor finds only what has been shown to the public: open ones,
/// and those past their end, whose page says so.
///
/// # Errors
/// NotFound; or what the database says.
pub fn find(conn: &mut Conn, codes: &Codes, actor: Actor, id: VacancyId) -> Result<Vacancy, Error> {
    let (row, name): (Row, String) = vacancy::table
        .inner_join(employer::table)
        .filter(vacancy::id.eq(id.to_string()))
        .select((Row::as_select(), employer::name))
        .first(conn)
        .map_err(internal("reading a vacancy"))?;
    let found = read(codes, row, name)?;
    let status = found.offer.status;
    if actor == Actor::Visitor
        && !(status.is_shown() || matches!(status, Status::Expired | Status::Filled))
    {
        return Err(Error::NotFound);
    }
    Ok(found)
}

/// Every vacancy, in the order of ids.
///
/// # Errors
/// What the database says.
pub fn all(conn: &mut Conn, codes: &Codes) -> Result<Vec<Vacancy>, Error> {
    let mut vacancies = Vec::new();
    each(conn, codes, |vacancy| {
        vacancies.push(vacancy);
        Ok(())
    })?;
    Ok(vacancies)
}

/// Some vacancies in the order of ids, after this one, shown or not.
///
/// # Errors
/// Forbidden; or what the database says.
pub fn list(
    conn: &mut Conn,
    codes: &Codes,
    actor: Actor,
    after: Option<VacancyId>,
    limit: i64,
) -> Result<Vec<Vacancy>, Error> {
    ask(actor, Act::List)?;
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows: Vec<(Row, String)> = vacancy::table
        .inner_join(employer::table)
        .filter(vacancy::id.gt(after))
        .order(vacancy::id)
        .limit(limit)
        .select((Row::as_select(), employer::name))
        .load(conn)
        .map_err(internal("reading vacancies"))?;
    rows.into_iter()
        .map(|(row, name)| read(codes, row, name))
        .collect()
}

/// Hands over every vacancy, in the order of ids; a thousand are in memory at a time.
///
/// # Errors
/// What the database or the taker says.
pub fn each(
    conn: &mut Conn,
    codes: &Codes,
    mut take: impl FnMut(Vacancy) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut after = String::new();
    loop {
        let rows: Vec<(Row, String)> = vacancy::table
            .inner_join(employer::table)
            .filter(vacancy::id.gt(&after))
            .order(vacancy::id)
            .limit(BATCH)
            .select((Row::as_select(), employer::name))
            .load(conn)
            .map_err(internal("reading vacancies"))?;
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        after.clone_from(&last.id);
        for (row, name) in rows {
            take(read(codes, row, name)?)?;
        }
    }
}

fn read(codes: &Codes, row: Row, employer_name: String) -> Result<Vacancy, Error> {
    const DOING: &str = "reading a vacancy";
    let failed = |cause: Cause| unreadable(DOING, &row.id, cause);
    let not_an_id = |error: NotAnId| failed(error.into());
    let text: OfferText = serde_json::from_str(&row.offer).map_err(|error| failed(error.into()))?;
    let columns = OfferColumns {
        id: row.id.parse().map_err(not_an_id)?,
        employer: row.employer_id.parse().map_err(not_an_id)?,
        // A status that is not known is not shown.
        status: Status::parse(&row.status).unwrap_or(Status::Withdrawn),
        closes: row.closes,
        positions: u32::try_from(row.positions).unwrap_or(0),
        filled: u32::try_from(row.filled).unwrap_or(0),
    };
    let OfferRead {
        offer,
        occupation_confidence,
        wage,
        benefits,
        assumed,
    } = text.read(codes, columns);
    Ok(Vacancy {
        offer,
        occupation_confidence,
        title: row.title,
        description: row.description,
        employer_name,
        origin: Origin::parse(&row.origin).unwrap_or(Origin::Imported),
        source: row.source,
        external_ref: row.external_ref,
        wage,
        wage_text: row.wage_text,
        place_text: row.place_text,
        benefits,
        published: Some(row.published),
        assumed,
        revision: row.revision,
    })
}
