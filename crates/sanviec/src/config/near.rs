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
        .filter(|(distance, name)| *distance <= allowed(&wrong, name))
        .map(|(_, name)| name)
}

fn distance(wrong: &str, name: &str) -> usize {
    let whole = osa_distance(wrong, &name.to_lowercase());
    // One for the wrong section.
    let last = osa_distance(last(wrong), last(name)) + 1;
    whole.min(last)
}

/// A third of the letters of the key itself, and never so many that anything would do.
fn allowed(wrong: &str, name: &str) -> usize {
    let letters = last(wrong).chars().count().min(last(name).chars().count());
    (letters / 3 + 1).min(5)
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
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
        for wrong in ["password", "", "x", "serve.xyz"] {
            assert_eq!(nearest(wrong, NAMES.into_iter()), None, "{wrong}");
        }
        assert_eq!(nearest(&"a".repeat(10_000), NAMES.into_iter()), None);
    }
}
