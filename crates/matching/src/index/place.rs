//! How far an index has come, and what it must hold: the payload of its commit.

use sha2::{Digest, Sha256};

/// Raised when the columns or their meaning change: an older index is built anew.
const FORM: &str = "sanviec-index-1";

/// How far an index has come, and what it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The place in the change log: every change up to it is in.
    pub seq: i64,
    /// What tells the change log up to that place from any other.
    pub history: String,
    /// What tells the edition of the code lists from any other.
    pub basis: String,
    /// How many people and vacancies there are.
    pub records: u64,
    /// The sum over the digests of all of them.
    pub digest: u128,
}

impl Place {
    /// One line, with a check sum of its own.
    pub(super) fn write(&self) -> String {
        let body = format!(
            "{FORM} {} {} {} {} {:032x}",
            self.seq,
            word(&self.history),
            word(&self.basis),
            self.records,
            self.digest
        );
        let check = check(&body);
        format!("{body} {check}")
    }

    /// Reads what [`Self::write`] wrote; `None` for everything else.
    pub(super) fn read(line: &str) -> Option<Self> {
        let (body, sum) = line.rsplit_once(' ')?;
        if check(body) != sum {
            return None;
        }
        let mut words = body.split(' ');
        if words.next() != Some(FORM) {
            return None;
        }
        let place = Self {
            seq: words.next()?.parse().ok()?,
            history: words.next()?.to_owned(),
            basis: words.next()?.to_owned(),
            records: words.next()?.parse().ok()?,
            digest: u128::from_str_radix(words.next()?, 16).ok()?,
        };
        words.next().is_none().then_some(place)
    }
}

/// A word of the line may not be empty.
const fn word(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}

fn check(body: &str) -> String {
    Sha256::digest(body.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn no_flipped_character_goes_unseen() {
        let place = Place {
            seq: 1_234,
            history: "a1b2".to_owned(),
            basis: "ffee".to_owned(),
            records: 20_000,
            digest: 0xdead_beef,
        };
        let line = place.write();
        assert_eq!(Place::read(&line), Some(place));
        for at in 0..line.len() {
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= 1;
            let flipped = String::from_utf8(bytes).unwrap();
            assert_eq!(Place::read(&flipped), None, "byte {at} of {line:?}");
        }
    }
}
