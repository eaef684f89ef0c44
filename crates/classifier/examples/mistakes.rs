//! Prints the rows of the tuned half that are answered otherwise than labelled; the other half is
//! not to be read. With three files (labels, texts, map of skills) those of another set.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool for a terminal"
)]

#[path = "../tests/it/files.rs"]
mod files;

use classifier::{Model, SkillReader, evaluate};

fn main() {
    let bytes = std::fs::read(files::path("config/classifier/model.bin")).unwrap();
    let model = Model::from_bytes(&bytes).unwrap();
    let [occupations, skills, texts, map] = files::yardsticks();
    let mut arguments = std::env::args().skip(1);
    if let (Some(skills), Some(texts), Some(more)) =
        (arguments.next(), arguments.next(), arguments.next())
    {
        let [skills, texts, more] =
            [skills, texts, more].map(|path| std::fs::read_to_string(path).unwrap());
        let files = evaluate::SkillFiles {
            labels: skills.as_bytes(),
            texts: texts.as_bytes(),
            map: more.as_bytes(),
        };
        found_skills(&model, &files, |_| true);
        return;
    }
    mistaken_occupations(&model, &occupations);
    let files = evaluate::SkillFiles {
        labels: skills.as_bytes(),
        texts: texts.as_bytes(),
        map: map.as_bytes(),
    };
    found_skills(&model, &files, evaluate::is_tuned);
}

fn mistaken_occupations(model: &Model, labels: &str) {
    for row in csv::Reader::from_reader(labels.as_bytes()).records() {
        let row = row.unwrap();
        let (reference, title, strict, accepted) = (&row[0], &row[1], &row[2], &row[3]);
        if !evaluate::is_tuned(reference) {
            continue;
        }
        let Some(said) = model.occupation(title, None) else {
            println!("nothing | {title}");
            continue;
        };
        let is_right = |code: &str| {
            let mut codes = strict.split('|');
            codes.any(|right| right.starts_with(code) || code.starts_with(right))
        };
        let codes = said.levels.iter().map(|(code, _)| code.to_string());
        let right = codes.take_while(|code| is_right(code)).count();
        if right < said.levels.len() {
            let levels: Vec<String> = said
                .levels
                .iter()
                .map(|(code, confidence)| format!("{code}:{confidence}"))
                .collect();
            let because = said.because.join("; ");
            println!("{right} | {title} | {strict} ({accepted}) | {levels:?} | {because}");
        }
    }
}

fn found_skills(model: &Model, files: &evaluate::SkillFiles<'_>, is_read: fn(&str) -> bool) {
    let codes = files::codes();
    let reader = SkillReader::new(&codes);
    let rows = evaluate::skill_rows(model, &reader, &codes, files).unwrap();
    let mut all = evaluate::SkillScore::default();
    for row in rows.into_iter().filter(|row| is_read(&row.reference)) {
        all = all.and(row.score);
        println!("{} | {}", row.reference, row.title);
        println!("   missed: {}", row.missed.join(" | "));
        for found in row.right {
            let skill = codes.skills.get(found.skill).unwrap();
            println!("   right: {} {} ({})", skill.code, skill.vi, found.because);
        }
        for found in row.wrong {
            let skill = codes.skills.get(found.skill).unwrap();
            println!("   wrong: {} {} ({})", skill.code, skill.vi, found.because);
        }
    }
    println!("{all:?}");
}
