//! The model that is built in is the one that the files of the repository give.

use std::borrow::Cow;
use std::collections::HashSet;

use classifier::{Model, ModelError, TrainError, TrainingFiles, digest_of};
use domain::code::Codes;
use domain::text::fold;

use crate::files;

fn built_in() -> Vec<u8> {
    std::fs::read(files::path("config/classifier/model.bin")).unwrap()
}

#[test]
fn the_model_was_trained_from_these_files() {
    let titles = files::text("config/classifier/occupation_titles.csv");
    let training = TrainingFiles {
        occupation_titles: &titles,
    };
    let model = Model::from_bytes(&built_in()).unwrap();
    assert_eq!(
        model.trained_from(),
        digest_of(&files::codes(), &training),
        "train again"
    );
    assert!(built_in().len() <= 3_000_000);
}

#[test]
#[cfg_attr(debug_assertions, ignore = "minutes without optimisation")]
fn training_again_gives_the_same_bytes() {
    let titles = files::text("config/classifier/occupation_titles.csv");
    let training = TrainingFiles {
        occupation_titles: &titles,
    };
    let model = Model::train(&files::codes(), &training).unwrap();
    assert!(model.to_bytes() == built_in(), "train again");
}

#[test]
fn a_small_training_is_the_same_twice_and_survives_as_bytes() {
    let small = Codes::from_texts(&|name| {
        let list = std::fs::read_to_string(files::path("config/codes").join(name)).ok()?;
        Some(Cow::Owned(match name {
            "isco08.csv" | "occupation_words.csv" => {
                list.lines().take(1).collect::<String>() + "\n"
            }
            _ => list,
        }))
    })
    .unwrap();
    let titles = "phrase,isco,source\nThợ hàn MIG,7212,own\nNhân viên kế toán,3313|2411,own\n";
    let training = TrainingFiles {
        occupation_titles: titles,
    };
    let model = Model::train(&small, &training).unwrap();
    assert_eq!(model, Model::train(&small, &training).unwrap());
    assert_eq!(Model::from_bytes(&model.to_bytes()).unwrap(), model);
    let welder = model.occupation("thợ hàn", None).unwrap();
    assert_eq!(welder.code().unwrap().to_string(), "7212");
}

#[test]
fn damaged_and_foreign_bytes_are_told_apart() {
    let mut bytes = built_in();
    assert_eq!(Model::from_bytes(b"no model"), Err(ModelError::Mark));
    assert_eq!(Model::from_bytes(&bytes[..1_000]), Err(ModelError::Damaged));
    *bytes.last_mut().unwrap() ^= 1;
    assert_eq!(Model::from_bytes(&bytes), Err(ModelError::Damaged));
}

#[test]
fn a_wrong_line_is_named() {
    let training = TrainingFiles {
        occupation_titles: "phrase,isco,source\nThợ hàn,7212,own\nThợ tiện,72x,own\n",
    };
    let error = Model::train(&files::codes(), &training).unwrap_err();
    assert!(matches!(error, TrainError::Line { line: 3, .. }), "{error}");
}

#[test]
fn no_title_of_a_yardstick_is_learnt_from() {
    let mut judged = HashSet::new();
    for name in ["occupations.csv", "skills.csv", "known_items_titles.csv"] {
        let labels = files::text(&format!("tests/yardsticks/{name}"));
        let mut rows = csv::Reader::from_reader(labels.as_bytes());
        judged.extend(rows.records().map(|row| fold(&row.unwrap()[1])));
    }
    let titles = files::text("config/classifier/occupation_titles.csv");
    let mut rows = csv::Reader::from_reader(titles.as_bytes());
    for row in rows.records() {
        let row = row.unwrap();
        assert!(!judged.contains(&fold(&row[0])), "{}", &row[0]);
    }
}
