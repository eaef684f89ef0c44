//! Training: its level, which is ranked, and its field.

use std::fmt;
use std::str::FromStr;

use super::ids::as_text;
use super::list::List;
use super::table::Files;
use super::{Dated, Lang, NotACode};

/// The rank of a training level: 0 untrained to 8 doctorate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingRank(u8);

impl TrainingRank {
    /// The rank; `None` above 8.
    pub const fn new(rank: u8) -> Option<Self> {
        if rank <= 8 { Some(Self(rank)) } else { None }
    }

    /// 0 to 8.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl fmt::Display for TrainingRank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TrainingRank {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        text.parse()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| NotACode::new(text, "training rank", "0 to 8"))
    }
}

as_text!(TrainingRank);

/// A detailed field of education and training (ISCED-F 2013, four digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrainingField(u16);

impl TrainingField {
    /// The field with these four digits; `None` above 9999.
    pub const fn new(value: u16) -> Option<Self> {
        if value <= 9_999 {
            Some(Self(value))
        } else {
            None
        }
    }

    /// The digits as a number.
    pub const fn value(self) -> u16 {
        self.0
    }

    /// The broad field: the first two digits.
    pub const fn broad(self) -> u8 {
        (self.0 / 100) as u8
    }
}

impl fmt::Display for TrainingField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for TrainingField {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        Some(text)
            .filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| Self::new(text.parse().ok()?))
            .ok_or_else(|| NotACode::new(text, "ISCED-F field", "four digits, such as 0715"))
    }
}

as_text!(TrainingField);

/// A training level.
#[derive(Debug, Clone)]
pub struct TrainingLevel {
    /// Its code; two levels may share a rank.
    pub code: String,
    /// Its rank.
    pub rank: TrainingRank,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// The step on the official sheets, 1 to 8.
    pub form_code: String,
    /// When it may be chosen.
    pub dated: Dated,
}

/// Levels and fields.
pub struct Training {
    levels: Vec<TrainingLevel>,
    /// Fields of ISCED-F 2013: broad (2 digits), narrow (3), detailed (4).
    pub fields: List,
}

impl Training {
    pub(super) fn read(files: &Files<'_, '_>) -> Self {
        let columns = ["code", "vi", "en", "rank", "form_code"];
        let levels = files.optional_rows("training_levels.csv", &columns, |row| {
            Ok(TrainingLevel {
                code: row.code()?,
                rank: row.value("rank", "0 to 8")?,
                vi: row.text("vi").to_owned(),
                en: row.text("en").to_owned(),
                form_code: row.text("form_code").to_owned(),
                dated: row.dated()?,
            })
        });
        Self {
            levels,
            fields: List::read(files, "training_fields.csv"),
        }
    }

    /// The levels, from the lowest.
    pub fn levels(&self) -> &[TrainingLevel] {
        &self.levels
    }

    /// The level with this code.
    pub fn level(&self, code: &str) -> Option<&TrainingLevel> {
        self.levels.iter().find(|level| level.code == code)
    }

    /// The name of a rank: of levels that share it, the first of the list.
    pub fn rank_name(&self, rank: TrainingRank, lang: Lang) -> Option<&str> {
        let level = self.levels.iter().find(|level| level.rank == rank)?;
        Some(lang.choose(&level.vi, &level.en))
    }

    /// The name of a field.
    pub fn field_name(&self, field: TrainingField, lang: Lang) -> Option<&str> {
        self.fields.name(&field.to_string(), lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_leading_zero_and_know_their_broad_field() {
        let metal: TrainingField = "0715".parse().unwrap();
        assert_eq!((metal.to_string().as_str(), metal.broad()), ("0715", 7));
        for text in ["715", "07155", "+715", "", "071a"] {
            assert!(text.parse::<TrainingField>().is_err(), "{text}");
        }
    }

    #[test]
    fn ranks_end_at_eight() {
        assert_eq!("8".parse::<TrainingRank>().unwrap().get(), 8);
        for text in ["9", "", "-1"] {
            assert!(text.parse::<TrainingRank>().is_err(), "{text}");
        }
    }
}
