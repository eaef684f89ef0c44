//! How good the answers are: both halves are printed, and neither may fall.

use classifier::{Model, SkillReader, evaluate};

use crate::files;

fn built_in() -> Model {
    let bytes = std::fs::read(files::path("config/classifier/model.bin")).unwrap();
    Model::from_bytes(&bytes).unwrap()
}

#[test]
fn occupations_are_as_good_as_they_were() {
    let [labels, ..] = files::yardsticks();
    let report = evaluate::occupations(&built_in(), labels.as_bytes()).unwrap();
    println!("{report}");
    assert_eq!(report.all.levels[0].strict.all, 500);
    // Major, sub-major, minor and unit group, in thousandths.
    let floors = [
        (&report.tuned, STRICT[0], TOLERANT[0]),
        (&report.untouched, STRICT[1], TOLERANT[1]),
    ];
    for (half, strict, tolerant) in floors {
        for (at, level) in half.levels.iter().enumerate() {
            assert!(level.strict.thousandths() >= strict[at], "{at} {level:?}");
            assert!(
                level.tolerant.thousandths() >= tolerant[at],
                "{at} {level:?}"
            );
        }
    }
}

#[test]
fn a_confidence_means_what_it_says() {
    let [labels, ..] = files::yardsticks();
    let report = evaluate::occupations(&built_in(), labels.as_bytes()).unwrap();
    for bins in &report.untouched.bins {
        let all: usize = bins.iter().map(|(_, share)| share.all).sum();
        let right = |share: &evaluate::Share| share.right * 1_000;
        let apart: usize = bins
            .iter()
            .map(|(said, share)| said.abs_diff(right(share)))
            .sum();
        let claimed: usize = bins
            .iter()
            .map(|(said, share)| said.saturating_sub(right(share)))
            .sum();
        println!("apart {} claimed {}", apart / all, claimed / all);
        assert!(apart / all <= 80, "{} thousandths apart", apart / all);
        assert!(
            claimed / all <= 40,
            "{} thousandths too sure",
            claimed / all
        );
    }
}

#[test]
fn skills_are_as_good_as_they_were() {
    let [_, labels, texts, map] = files::yardsticks();
    let codes = files::codes();
    let files = evaluate::SkillFiles {
        labels: labels.as_bytes(),
        texts: texts.as_bytes(),
        map: map.as_bytes(),
    };
    let reader = SkillReader::new(&codes);
    let report = evaluate::skills(&built_in(), &reader, &codes, &files).unwrap();
    println!("{report}");
    for (score, [recall, precision, titles]) in [
        (report.all_tuned(), [890, 815, 980]),
        (report.all_untouched(), [755, 760, 910]),
    ] {
        assert!(score.recall.thousandths() >= recall, "{score:?}");
        assert!(score.precision.thousandths() >= precision, "{score:?}");
        assert!(score.titles.thousandths() >= titles, "{score:?}");
    }
    let [titles, _] = report.untouched;
    assert!(titles.titles.thousandths() >= 860, "{titles:?}");
}

#[test]
fn labels_that_cannot_be_read_are_named_by_line() {
    let labels = "ref,title,codes,accepted\na,Thợ hàn,7212,\nb,Thợ tiện,x,\n";
    let error = evaluate::occupations(&built_in(), labels.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "line 3: \"x\" is no ISCO-08 code");
}

/// Thousandths of the tuned and the untouched half that must be reached.
const STRICT: [[usize; 4]; 2] = [[950, 935, 920, 905], [880, 840, 805, 770]];
/// As above.
const TOLERANT: [[usize; 4]; 2] = [[985, 980, 970, 970], [970, 950, 940, 925]];
