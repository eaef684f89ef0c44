//! `sanviec evaluate skills`: which skills of titles and texts are found.

use std::path::PathBuf;

use classifier::evaluate::{Share, SkillFiles, SkillReport, SkillScore, skills};
use serde_json::{Value, json};

use super::{json as say_json, percent, say, share};
use crate::arguments::EvaluateSkills;
use crate::command::sheets;
use crate::failure::Failure;
use crate::house::House;

pub(super) fn run(house: &House, ask: &EvaluateSkills) -> Result<(), Failure> {
    let classifier = house.classifier.get()?;
    let labels = sheets::bytes(&ask.labels.file)?;
    let other = |path: &Option<PathBuf>, none: &str| match path {
        Some(path) => sheets::bytes(path),
        None => Ok(none.as_bytes().to_vec()),
    };
    let texts = other(&ask.texts, "ref,text\n")?;
    let map = other(&ask.map, "phrase,codes\n")?;
    let files = SkillFiles {
        labels: &labels,
        texts: &texts,
        map: &map,
    };
    let report = skills(&classifier.model, &classifier.skills, &house.codes, &files)
        .map_err(|error| Failure::Failed(format!("{}: {error}", ask.labels.file.display())))?;
    if ask.labels.json {
        return say_json(&as_json(&report));
    }
    let halves = [
        ("nửa chỉnh / tuned", report.tuned, report.all_tuned()),
        (
            "nửa chưa đụng / untouched",
            report.untouched,
            report.all_untouched(),
        ),
    ];
    for (half, [titles, texts], all) in halves {
        say(format_args!("{half}"))?;
        for (what, score) in [
            ("tên việc / titles", titles),
            ("cả bài / texts", texts),
            ("tất cả / all", all),
        ] {
            let SkillScore {
                titles,
                recall,
                precision,
                ..
            } = score;
            say(format_args!(
                "  {what}: đúng / precision {} ({}), tìm đủ / recall {} ({}), có ít nhất một / with a \
                 right one {} ({})",
                percent(precision.right, precision.all),
                precision.all,
                percent(recall.right, recall.all),
                recall.all,
                percent(titles.right, titles.all),
                titles.all
            ))?;
        }
    }
    Ok(())
}

fn as_json(report: &SkillReport) -> Value {
    let half = |[titles, texts]: [SkillScore; 2], all: SkillScore| {
        let mut half = score(all);
        if let Some(map) = half.as_object_mut() {
            map.insert("titles".to_owned(), score(titles));
            map.insert("texts".to_owned(), score(texts));
        }
        half
    };
    let mut all = score(whole(report));
    if let Some(map) = all.as_object_mut() {
        let (tuned, untouched) = (report.all_tuned(), report.all_untouched());
        map.insert("tuned".to_owned(), half(report.tuned, tuned));
        map.insert("untouched".to_owned(), half(report.untouched, untouched));
    }
    all
}

fn score(score: SkillScore) -> Value {
    let of = |found: Share| share(found.right, found.all);
    json!({
        "precision": of(score.precision), "precision_named": of(score.precision_named), "recall": of(score.recall),
        "recall_of_listed": of(score.listed), "with_a_right_one": of(score.titles),
    })
}

fn whole(report: &SkillReport) -> SkillScore {
    let (one, other) = (report.all_tuned(), report.all_untouched());
    let sum = |one: Share, other: Share| Share {
        right: one.right + other.right,
        all: one.all + other.all,
    };
    SkillScore {
        titles: sum(one.titles, other.titles),
        recall: sum(one.recall, other.recall),
        listed: sum(one.listed, other.listed),
        precision: sum(one.precision, other.precision),
        precision_named: sum(one.precision_named, other.precision_named),
    }
}
