//! `sanviec classify`: what each title is about.

use domain::code::Lang;
use domain::import::{Work, WorkReader};
use serde_json::json;

use super::say;
use super::sheets::{Sheet, cell};
use crate::arguments::Classify;
use crate::command::correct::corrections;
use crate::failure::Failure;
use crate::house::House;
use crate::work::RowReader;

/// The columns that are written.
const COLUMNS: [&str; 8] = [
    "ref",
    "title",
    "isco",
    "confidence",
    "occupation",
    "skills",
    "because",
    "sure",
];

/// What was found of a title, in words.
struct Answer {
    /// The code of four digits, however unsure, with its confidence in thousandths and its name.
    code: Option<(String, u16, String)>,
    /// The part of the code that an import takes.
    sure: String,
    /// Codes of skills with their confidence in thousandths.
    skills: Vec<(String, u16)>,
    because: Vec<String>,
}

/// Says of each title which occupation and skills it names.
pub(crate) fn run(house: &House, ask: &Classify) -> Result<(), Failure> {
    let sheet = Sheet::read(&ask.file)?;
    let title = sheet.need("title")?;
    let (name, text) = (sheet.column("ref"), sheet.column("text"));
    let corrected = corrections(house)?;
    let reader = RowReader::new(house.classifier.get()?, &corrected);
    if !ask.json {
        line(&COLUMNS.map(str::to_owned))?;
    }
    for (_, row) in sheet.rows() {
        let (name, title) = (cell(row, name), cell(row, Some(title)));
        let answer = answer(house, &reader, title, cell(row, text));
        if ask.json {
            say(format_args!("{}", as_json(name, title, &answer)))?;
        } else {
            line(&as_cells(name, title, &answer))?;
        }
    }
    Ok(())
}

fn answer(house: &House, reader: &RowReader<'_>, title: &str, text: &str) -> Answer {
    let Work { occupation, skills } = reader.read(title, text);
    let code = reader.whole(title, text).map(|(code, confidence)| {
        let name = house.codes.occupations.name(code, Lang::Vi);
        let name = name.unwrap_or_default().to_owned();
        (code.to_string(), confidence, name)
    });
    Answer {
        code,
        sure: occupation
            .as_ref()
            .map_or_else(String::new, |found| found.code.to_string()),
        skills: skills
            .iter()
            .filter_map(|found| {
                let skill = house.codes.skills.get(found.asked.skill)?;
                Some((skill.code.clone(), found.asked.confidence.get()))
            })
            .collect(),
        because: occupation.map(|found| found.because).unwrap_or_default(),
    }
}

/// ".875".
fn share(thousandths: u16) -> String {
    format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000)
}

fn as_cells(name: &str, title: &str, answer: &Answer) -> [String; 8] {
    let (code, confidence, occupation) = answer.code.clone().unwrap_or_default();
    let confidence = answer.code.as_ref().map(|_| share(confidence));
    let skills = answer.skills.iter();
    let skills = skills.map(|(code, confidence)| format!("{code}:{}", share(*confidence)));
    [
        name.to_owned(),
        title.to_owned(),
        code,
        confidence.unwrap_or_default(),
        occupation,
        skills.collect::<Vec<_>>().join("|"),
        answer.because.join("|"),
        answer.sure.clone(),
    ]
}

fn as_json(name: &str, title: &str, answer: &Answer) -> serde_json::Value {
    let code = answer.code.as_ref();
    let confidence = |thousandths: u16| f64::from(thousandths) / 1_000.0;
    json!({
        "ref": name, "title": title,
        "isco": code.map(|(code, ..)| code),
        "confidence": code.map(|&(_, thousandths, _)| confidence(thousandths)),
        "occupation": code.map(|(.., name)| name),
        "sure": (!answer.sure.is_empty()).then_some(&answer.sure),
        "skills": answer.skills.iter().map(|(code, thousandths)| json!({
            "code": code, "confidence": confidence(*thousandths),
        })).collect::<Vec<_>>(),
        "because": answer.because,
    })
}

/// A line of CSV that no spreadsheet reckons with.
fn line(cells: &[String]) -> Result<(), Failure> {
    let failed = |error: String| Failure::Failed(format!("writing the answer: {error}"));
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let cells = cells.iter().map(|cell| super::import::safe(cell));
    writer
        .write_record(cells)
        .map_err(|error| failed(error.to_string()))?;
    let bytes = writer
        .into_inner()
        .map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&bytes);
    say(format_args!("{}", text.trim_end_matches('\n')))
}
