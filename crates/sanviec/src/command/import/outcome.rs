//! What became of rows, in words.

use domain::code::{Codes, Lang};
use domain::error::FieldError;
use domain::import::{Note, Work};
use domain::reading::headings::Field;
use serde::Serialize;
use sheet::{Column, letters};
use store::vacancy::Incoming;

use super::say;
use super::target::Verdict;
use super::words::{differences, said};
use crate::arguments::ImportFile;
use crate::failure::Failure;

/// How many rows came to what.
#[derive(Default, Serialize)]
pub(super) struct Counts {
    pub(super) rows: u64,
    pub(super) new: u64,
    pub(super) changed: u64,
    pub(super) same: u64,
    pub(super) refused: u64,
    /// Taken, with something that a person should look at.
    pub(super) noted: u64,
    /// Of these: with a wage below the minimum of the region.
    pub(super) below_minimum: u64,
    /// Of these: with wording that may discriminate, or asks workers for money or papers.
    pub(super) wording: u64,
    pub(super) wages_understood: u64,
    pub(super) places_understood: u64,
    /// Rows with an occupation.
    pub(super) occupations: u64,
    /// Rows with at least one skill.
    pub(super) with_skills: u64,
    pub(super) dry_run: bool,
    pub(super) batch: Option<String>,
    pub(super) refused_file: Option<String>,
}

/// The last lines.
pub(super) fn say_counts(counts: &Counts, ask: &ImportFile) -> Result<(), Failure> {
    let Counts {
        rows,
        new,
        changed,
        same,
        refused,
        noted,
        below_minimum,
        wording,
        wages_understood: wages,
        places_understood: places,
        occupations,
        with_skills,
        ..
    } = counts;
    if ask.dry_run {
        say(format_args!(
            "chạy thử, không ghi gì / a dry run: nothing was written"
        ))?;
    }
    say(format_args!(
        "{rows} dòng: {new} mới, {changed} đổi, {same} như cũ, {refused} không nhận, {noted} cần xem lại (lương \
         dưới mức tối thiểu {below_minimum}, lời lẽ {wording}); hiểu {wages} mức lương, {places} nơi làm \
         việc, {occupations} nghề; {with_skills} tin có kỹ năng"
    ))?;
    say(format_args!(
        "{rows} rows: {new} new, {changed} changed, {same} same, {refused} refused, {noted} to look at (wage \
         below the minimum {below_minimum}, wording {wording}); understood: wages {wages}, places \
         {places}, occupations {occupations}; with skills {with_skills}"
    ))?;
    if let Some(path) = &counts.refused_file {
        say(format_args!(
            "dòng không nhận ở {path}: sửa rồi nhận lại tệp ấy / refused rows are in {path}: mend them \
             and take that file"
        ))?;
    }
    if let Some(batch) = counts.batch.as_deref().filter(|_| new + changed > 0) {
        say(format_args!(
            "đợt {batch}; bỏ cả đợt: / batch {batch}; to undo it: sanviec import undo {batch}"
        ))?;
    }
    if ask.json {
        let line = serde_json::to_string(counts)
            .map_err(|error| Failure::Failed(format!("writing the answer: {error}")))?;
        say(format_args!("{line}"))?;
    }
    Ok(())
}

/// A row that is not taken.
pub(super) fn say_refused(line: u64, reason: &str) -> Result<(), Failure> {
    say(format_args!(
        "dòng {line}: không nhận / line {line}: refused: {reason}"
    ))
}

/// What becomes of a row, and what was understood of it, or what differs.
pub(super) fn say_row(
    line: u64,
    incoming: &Incoming,
    verdict: &Verdict,
    codes: &Codes,
) -> Result<(), Failure> {
    let new = &incoming.vacancy;
    let (vi, en) = match verdict {
        Verdict::New => ("mới", "new"),
        Verdict::Changed(_) => ("đổi", "changed"),
        Verdict::Same => ("như cũ", "same"),
    };
    say(format_args!(
        "dòng {line}: {vi} / line {line}: {en}: {} — {}",
        new.title, new.employer_name
    ))?;
    let details = match verdict {
        Verdict::Changed(Some(was)) => differences(was, new, codes),
        _ => said(new, codes)
            .into_iter()
            .map(|said| format!("{}: {}", said.what, said.text))
            .collect(),
    };
    for detail in details {
        say(format_args!("    {detail}"))?;
    }
    Ok(())
}

/// The words by which occupation and skills were found.
pub(super) fn say_work(work: &Work, codes: &Codes) -> Result<(), Failure> {
    let mut reasons = Vec::new();
    if let Some(found) = work
        .occupation
        .as_ref()
        .filter(|found| !found.because.is_empty())
    {
        let name = codes.occupations.name(found.code, Lang::Vi);
        let name = name.unwrap_or_default();
        reasons.push(format!("{name}: «{}»", found.because.join("», «")));
    }
    reasons.extend(work.skills.iter().map(|found| {
        let label = codes.skills.label(found.asked.skill, Lang::Vi);
        format!("{label}: «{}»", found.because)
    }));
    if reasons.is_empty() {
        return Ok(());
    }
    say(format_args!("    vì / because: {}", reasons.join("; ")))
}

/// What a person should look at.
pub(super) fn say_notes(line: u64, notes: &[Note], columns: &[Column]) -> Result<(), Failure> {
    for note in notes {
        let at = cell(note.field, columns);
        say(format_args!(
            "dòng {line}: xem lại / line {line}: to look at: {}{at}: {}",
            note.field.as_str(),
            note.text
        ))?;
    }
    Ok(())
}

/// All reasons of a row, with their columns.
pub(super) fn reasons(errors: &[FieldError], columns: &[Column]) -> String {
    errors
        .iter()
        .map(|error| {
            let at =
                Field::parse(&error.field).map_or_else(String::new, |field| cell(field, columns));
            format!(
                "{} {:?}{at}: cần / expected {}",
                error.field, error.value, error.expected
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// " (cột C «Hạn nộp»)": where the cell of a field is.
fn cell(field: Field, columns: &[Column]) -> String {
    let found = columns
        .iter()
        .enumerate()
        .find(|(_, column)| column.field == Some(field));
    found.map_or_else(String::new, |(place, column)| {
        format!(" (cột / column {} «{}»)", letters(place), column.heading)
    })
}
