//! The right word that a wrong one was meant to be.

use strsim::osa_distance;

/// Longer words than this are not compared: nobody mistypes so much.
const LONGEST: usize = 100;

/// The name that is least unlike `wrong`, if it is not all too unlike.
///
/// A name in another section counts as near: `log.listen` is `serve.listen` in the wrong place.
pub(crate) fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase().replace('-', "_");
    names
        .map(|name| (distance(&wrong, name), name))
        .min()
        .filter(|((distance, _), name)| *distance <= allowed(&wrong, name))
        .map(|(_, name)| name)
}

/// How unlike they are; then, where that is the same, how unlike their sections are.
fn distance(wrong: &str, name: &str) -> (usize, usize) {
    let name = name.to_lowercase();
    let (wrong_section, wrong_last) = parts(wrong);
    let (section, last) = parts(&name);
    let sections = osa_distance(wrong_section, section);
    let lasts = osa_distance(wrong_last, last);
    // A wrong section counts as one slip, however unlike it is.
    (lasts + sections.min(1), sections).min((osa_distance(wrong, &name), sections))
}

/// A third of the letters of the key itself, and never so many that anything would do.
fn allowed(wrong: &str, name: &str) -> usize {
    let letters = last(wrong).chars().count().min(last(name).chars().count());
    (letters / 3 + 1).min(5)
}

/// The section, empty where there is none, and the key in it.
fn parts(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or(("", name))
}

fn last(name: &str) -> &str {
    parts(name).1
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["serve.listen", "serve.max_bodies", "log.format", "data_dir"];

    #[test]
    fn a_slip_finds_its_word() {
        for (wrong, right) in [
            ("serve.listn", "serve.listen"),
            ("serve.lsiten", "serve.listen"),
            ("listen", "serve.listen"),
            ("log.listen", "serve.listen"),
            ("servr.listen", "serve.listen"),
            ("Data-Dir", "data_dir"),
            ("log.formatt", "log.format"),
        ] {
            assert_eq!(nearest(wrong, NAMES.into_iter()), Some(right), "{wrong}");
        }
        // Keys of the same name: the closer section.
        let ranking = ["neutral.skill", "weights.skill", "neutral.terms"];
        for (wrong, right) in [
            ("weigts.skill", "weights.skill"),
            ("weights.skil", "weights.skill"),
            ("nuetral.skill", "neutral.skill"),
            ("weights.terms", "neutral.terms"),
        ] {
            assert_eq!(nearest(wrong, ranking.into_iter()), Some(right), "{wrong}");
            let backwards = ranking.into_iter().rev();
            assert_eq!(nearest(wrong, backwards), Some(right), "{wrong}");
        }
        for wrong in ["password", "", "x", "serve.xyz"] {
            assert_eq!(nearest(wrong, NAMES.into_iter()), None, "{wrong}");
        }
        assert_eq!(nearest(&"a".repeat(10_000), NAMES.into_iter()), None);
    }
}
