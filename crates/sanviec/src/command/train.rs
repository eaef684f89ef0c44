//! `sanviec train`: the classifier from the lists and titles.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use classifier::{Model, TrainingFiles};
use serde_json::json;

use super::say;
use crate::arguments::Train;
use crate::failure::Failure;
use crate::house::House;
use crate::work::titles;

/// Trains, and writes the model; it is there whole or not at all.
pub(crate) fn run(house: &House, ask: &Train) -> Result<(), Failure> {
    let begun = Instant::now();
    let titles = titles(house.config.config_dir.as_deref())?;
    let files = TrainingFiles {
        occupation_titles: &titles,
    };
    let model = Model::train(&house.codes, &files)
        .map_err(|error| Failure::Configuration(format!("classifier: {error}")))?;
    let bytes = model.to_bytes();
    // Before it is written: it may be written there.
    let is_same = house
        .classifier
        .get()
        .is_ok_and(|now| now.model.to_bytes() == bytes);
    write(&ask.out, &bytes)?;
    let seconds = begun.elapsed().as_secs_f64();
    let out = ask.out.display();
    say(format_args!(
        "đã huấn luyện trong {seconds:.1} giây: {out}, {length} byte, từ {digest} / trained in \
         {seconds:.1} s",
        length = bytes.len(),
        digest = model.trained_from(),
    ))?;
    let (vi, en) = if is_same {
        (
            "giống hệt mô hình đang dùng",
            "the same as the model in use",
        )
    } else {
        (
            "khác mô hình đang dùng; muốn dùng: chép vào classifier/model.bin của thư mục --config-dir",
            "another than the model in use; to use it, put it into the folder --config-dir as \
             classifier/model.bin",
        )
    };
    say(format_args!("{vi} / {en}"))?;
    if ask.json {
        say(format_args!(
            "{}",
            json!({
                "out": out.to_string(), "bytes": bytes.len(), "trained_from": model.trained_from(),
                "same_as_in_use": is_same, "seconds": seconds,
            })
        ))?;
    }
    Ok(())
}

fn write(out: &std::path::Path, bytes: &[u8]) -> Result<(), Failure> {
    let place = out.display();
    let doing = format!("không ghi được {place}; chọn chỗ khác bằng --out / writing {place}");
    let mut part = out.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, out));
    written.map_err(Failure::io(&doing))
}
