//! The form in which names of places are compared, however they are spelt.

use std::fmt::Write as _;

/// "Kon Tum", "Kontum" and "Con Tum" are the same, "Đăk" and "Đắc", "Ngọk" and "Ngọc", "Quy" and
/// "Qui", "Cư M'gar" and "Cư Mgar", "07" and "7".
pub(super) fn key<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut key = String::new();
    for word in words {
        if let Ok(number) = word.parse::<u16>() {
            let _ = write!(key, "{number}");
            continue;
        }
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            key.push(match letter {
                'k' if letters.peek() != Some(&'h') => 'c',
                'y' => 'i',
                letter => letter,
            });
        }
    }
    key
}

/// Whether two keys differ by at most so many letters that are wrong, missing, too many, or
/// swapped with their neighbour.
pub(super) fn is_near(one: &[char], other: &[char], most: usize) -> bool {
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, &a) in one.iter().enumerate() {
        let mut this = vec![row.saturating_add(1)];
        for (column, &b) in other.iter().enumerate() {
            let at = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(usize::MAX);
            let next = column.saturating_add(1);
            let mut least = at(&last, column).saturating_add(usize::from(a != b));
            least = least.min(at(&last, next).saturating_add(1));
            least = least.min(at(&this, column).saturating_add(1));
            let swapped = row > 0
                && column > 0
                && one.get(row.saturating_sub(1)) == Some(&b)
                && other.get(column.saturating_sub(1)) == Some(&a);
            if swapped {
                least = least.min(at(&before, column.saturating_sub(1)).saturating_add(1));
            }
            this.push(least);
        }
        if this.iter().all(|&distance| distance > most) {
            return false;
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().is_some_and(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("kon tum", "kontum"),
            ("con tum", "kon tum"),
            ("dak lak", "dac lac"),
            ("ngok bay", "ngoc bai"),
            ("cu m gar", "cu mgar"),
            ("07", "7"),
        ] {
            assert_eq!(key(one.split(' ')), key(other.split(' ')), "{one}");
        }
        assert_ne!(key(["khanh", "hoa"]), key(["chanh", "hoa"]));
    }

    #[test]
    fn letters_wrong_missing_or_swapped_are_counted() {
        let near = |one: &str, other: &str, most| {
            let [one, other] = [one, other].map(|word| word.chars().collect::<Vec<_>>());
            is_near(&one, &other, most)
        };
        for other in ["contun", "conum", "contumm", "cnotum"] {
            assert!(near("contum", other, 1), "{other}");
            assert!(!near("contum", other, 0), "{other}");
        }
        assert!(!near("contum", "cantun", 1) && near("contum", "cantun", 2));
    }
}
