//! Trains, writes the model where it is built in from, and prints how long that took, how large
//! it is, how fast it answers, and how good.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for a terminal"
)]

#[path = "../tests/it/files.rs"]
mod files;

use std::time::Instant;

use classifier::{Model, SkillReader, TrainingFiles, evaluate};

fn main() {
    let codes = files::codes();
    let titles = files::text("config/classifier/occupation_titles.csv");
    let training = TrainingFiles {
        occupation_titles: &titles,
    };
    let start = Instant::now();
    let model = Model::train(&codes, &training).unwrap();
    println!("trained in {:?}", start.elapsed());
    let bytes = model.to_bytes();
    std::fs::write(files::path("config/classifier/model.bin"), &bytes).unwrap();
    let start = Instant::now();
    assert_eq!(Model::from_bytes(&bytes).unwrap(), model);
    println!("{} bytes, read in {:?}", bytes.len(), start.elapsed());
    let start = Instant::now();
    let reader = SkillReader::new(&codes);
    println!("reader of skills in {:?}", start.elapsed());

    let [labels, skills, texts, map] = files::yardsticks();
    let start = Instant::now();
    let report = evaluate::occupations(&model, labels.as_bytes()).unwrap();
    let rows = u32::try_from(report.all.levels[0].strict.all).unwrap();
    println!("occupation: {:?} a title\n{report}", start.elapsed() / rows);
    let start = Instant::now();
    let skill_files = evaluate::SkillFiles {
        labels: skills.as_bytes(),
        texts: texts.as_bytes(),
        map: map.as_bytes(),
    };
    let report = evaluate::skills(&model, &reader, &codes, &skill_files).unwrap();
    println!("skills: {:?} for all\n{report}", start.elapsed());
}
