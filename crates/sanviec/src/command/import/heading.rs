//! Which heading means which field: what is known, what was said before, what is said now.

use domain::actor::Actor;
use domain::reading::headings::{Field, Mapping};
use sheet::{Form, Table, letters};
use store::Pool;

use super::say;
use crate::failure::Failure;

/// What holds for a source.
pub(super) struct Headings {
    /// All of it.
    pub(super) all: Mapping,
    /// What is said now.
    pub(super) said: Mapping,
}

/// What was kept for this source, and above it what is said now.
pub(super) fn mapping(
    known: Option<&Pool>,
    source: &str,
    said: &[String],
) -> Result<Headings, Failure> {
    let mut headings = Headings {
        all: kept(known, source)?,
        said: Mapping::default(),
    };
    for words in said {
        let (heading, field) = read(words)?;
        headings.all = headings.all.with(heading, field);
        headings.said = headings.said.with(heading, field);
    }
    Ok(headings)
}

/// A database of before headings were kept has none.
fn kept(known: Option<&Pool>, source: &str) -> Result<Mapping, Failure> {
    let Some(pool) = known else {
        return Ok(Mapping::default());
    };
    let conn = &mut *pool.get()?;
    if store::missing_tables(conn)?.contains(&"import_heading") {
        return Ok(Mapping::default());
    }
    Ok(store::batch::headings(conn, Actor::Operator, source)?)
}

/// "Tên việc=title"; "Ghi chú=" for what is not read.
fn read(words: &str) -> Result<(&str, Option<Field>), Failure> {
    let wrong = || {
        let known = Field::ALL.map(Field::as_str).join(", ");
        Failure::Configuration(format!(
            "--map {words:?}: cần \"Tên cột=trường\", trường là một trong / expected \
             \"Heading=field\", where field is one of: {known}"
        ))
    };
    let (heading, name) = words.rsplit_once('=').ok_or_else(wrong)?;
    match name.trim() {
        "" => Ok((heading, None)),
        name => Field::parse(name)
            .map(|field| (heading, Some(field)))
            .ok_or_else(wrong),
    }
}

/// Says how the file is read.
pub(super) fn show(table: &Table) -> Result<(), Failure> {
    match table.form() {
        Form::Csv {
            encoding,
            separator,
        } => say(format_args!(
            "CSV, {}, ngăn cách bởi / separated by {separator:?}",
            encoding.as_str()
        ))?,
        Form::Workbook { sheet, others } if others.is_empty() => {
            say(format_args!("XLSX, trang / sheet {sheet:?}"))?;
        }
        Form::Workbook { sheet, others } => say(format_args!(
            "XLSX, trang / sheet {sheet:?}; không đọc / not read: {} (--sheet)",
            others.join(", ")
        ))?,
    }
    let columns: Vec<String> = table
        .columns()
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.heading.is_empty())
        .map(|(place, column)| {
            let field = column.field.map_or("—", Field::as_str);
            format!("{} «{}» {field}", letters(place), column.heading)
        })
        .collect();
    say(format_args!(
        "tiêu đề ở dòng / headings in line {}: {}",
        table.heading_line(),
        columns.join("; ")
    ))
}
