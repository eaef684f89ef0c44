//! What of the ranking is a choice of the Centre: `config/matching.toml`.

use serde::Deserialize;

/// The six parts of a fit, in the order of the definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What the person can do.
    Skill,
    /// What they did or wish to do.
    Occupation,
    /// Level and field of training.
    Training,
    /// How near, or wished.
    Location,
    /// Months of work in the trade.
    Experience,
    /// Wage, contract, shift.
    Terms,
}

impl Part {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Skill,
        Self::Occupation,
        Self::Training,
        Self::Location,
        Self::Experience,
        Self::Terms,
    ];

    /// The word in configuration and API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skill => "skill",
            Self::Occupation => "occupation",
            Self::Training => "training",
            Self::Location => "location",
            Self::Experience => "experience",
            Self::Terms => "terms",
        }
    }
}

/// A number for each part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerPart {
    skill: u64,
    occupation: u64,
    training: u64,
    location: u64,
    experience: u64,
    terms: u64,
}

impl PerPart {
    /// The number of that part.
    pub const fn of(&self, part: Part) -> u64 {
        match part {
            Part::Skill => self.skill,
            Part::Occupation => self.occupation,
            Part::Training => self.training,
            Part::Location => self.location,
            Part::Experience => self.experience,
            Part::Terms => self.terms,
        }
    }

    fn all(&self) -> [(Part, u64); 6] {
        Part::ALL.map(|part| (part, self.of(part)))
    }
}

/// How fast nearness fades, in whole kilometres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nearness {
    /// Up to here it is as good as next door.
    pub free_km: u16,
    /// The scale of the decay.
    pub lambda_km: u16,
    /// The scale where lodging or a shuttle is offered.
    pub lambda_km_with_lodging: u16,
}

/// How wages are brought to a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WageRates {
    /// Hours of a month.
    pub hours_per_month: u16,
    /// Days of a month.
    pub days_per_month: u16,
    /// What "up to" counts, in thousandths.
    pub up_to: u16,
    /// VND for one US dollar.
    pub usd_vnd: u64,
}

/// The whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Weights in thousandths, together 1,000.
    pub weights: PerPart,
    /// Neutral values in thousandths.
    pub neutral: PerPart,
    /// Nearness.
    pub location: Nearness,
    /// Wages.
    pub wage: WageRates,
}

/// The settings cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not the expected TOML; the text names line and key.
    #[error("{0}")]
    Syntax(String),
    /// The weights do not add up.
    #[error("weights: they add up to {0}, expected 1000")]
    Weights(u64),
    /// A number is out of its range.
    #[error("{key}: {value}, expected {expected}")]
    Range {
        /// The key.
        key: String,
        /// What is there.
        value: u64,
        /// What could be there.
        expected: &'static str,
    },
}

impl Settings {
    /// Reads `matching.toml`.
    ///
    /// # Errors
    /// Names the key and what is expected.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let settings: Self =
            toml::from_str(text).map_err(|error| SettingsError::Syntax(error.to_string()))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        for (table, numbers) in [("weights", self.weights), ("neutral", self.neutral)] {
            for (part, value) in numbers.all() {
                in_range(
                    format!("{table}.{}", part.as_str()),
                    value,
                    0,
                    1_000,
                    "0 to 1000",
                )?;
            }
        }
        let sum = self.weights.all().iter().map(|(_, value)| value).sum();
        if sum != 1_000 {
            return Err(SettingsError::Weights(sum));
        }
        let near = self.location;
        let wage = self.wage;
        for (key, value, least, most, expected) in [
            ("location.free_km", near.free_km, 0, 1_000, "0 to 1000"),
            ("location.lambda_km", near.lambda_km, 1, 1_000, "1 to 1000"),
            (
                "location.lambda_km_with_lodging",
                near.lambda_km_with_lodging,
                1,
                1_000,
                "1 to 1000",
            ),
            (
                "wage.hours_per_month",
                wage.hours_per_month,
                1,
                744,
                "1 to 744",
            ),
            ("wage.days_per_month", wage.days_per_month, 1, 31, "1 to 31"),
            ("wage.up_to", wage.up_to, 1, 1_000, "1 to 1000"),
        ] {
            in_range(key.to_owned(), u64::from(value), least, most, expected)?;
        }
        in_range(
            "wage.usd_vnd".to_owned(),
            wage.usd_vnd,
            1_000,
            1_000_000,
            "1000 to 1000000",
        )
    }
}

fn in_range(
    key: String,
    value: u64,
    least: u64,
    most: u64,
    expected: &'static str,
) -> Result<(), SettingsError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(SettingsError::Range {
            key,
            value,
            expected,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../../../config/matching.toml");

    #[test]
    fn the_default_is_good() {
        let settings = Settings::parse(DEFAULT).unwrap();
        assert_eq!(settings.weights.of(Part::Skill), 400);
        assert_eq!(settings.location.lambda_km_with_lodging, 60);
    }

    #[test]
    fn wrong_settings_are_named() {
        let heavy = DEFAULT.replace("skill = 400", "skill = 401");
        assert_eq!(Settings::parse(&heavy), Err(SettingsError::Weights(1_001)));
        let misspelt = DEFAULT.replace("lambda_km =", "lambda_mk =");
        let error = Settings::parse(&misspelt).unwrap_err().to_string();
        assert!(error.contains("lambda_mk"), "{error}");
        let zero = DEFAULT.replace("lambda_km = 25", "lambda_km = 0");
        assert!(matches!(
            Settings::parse(&zero),
            Err(SettingsError::Range { key, .. }) if key == "location.lambda_km"
        ));
    }
}
