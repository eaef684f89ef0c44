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

    fn all(&self) -> [u64; 6] {
        Part::ALL.map(|part| self.of(part))
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

/// What a number of the file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The key, with its table before the dot.
    pub key: &'static str,
    /// The least.
    pub least: u64,
    /// The most.
    pub most: u64,
}

const fn range(key: &'static str, least: u64, most: u64) -> Range {
    Range { key, least, most }
}

/// All keys of the file, in its order; every one has to be there.
pub const RANGES: [Range; 19] = [
    range("weights.skill", 0, 1_000),
    range("weights.occupation", 0, 1_000),
    range("weights.training", 0, 1_000),
    range("weights.location", 0, 1_000),
    range("weights.experience", 0, 1_000),
    range("weights.terms", 0, 1_000),
    range("neutral.skill", 0, 1_000),
    range("neutral.occupation", 0, 1_000),
    range("neutral.training", 0, 1_000),
    range("neutral.location", 0, 1_000),
    range("neutral.experience", 0, 1_000),
    range("neutral.terms", 0, 1_000),
    range("location.free_km", 0, 1_000),
    range("location.lambda_km", 1, 1_000),
    range("location.lambda_km_with_lodging", 1, 1_000),
    range("wage.hours_per_month", 1, 744),
    range("wage.days_per_month", 1, 31),
    range("wage.up_to", 1, 1_000),
    range("wage.usd_vnd", 1_000, 1_000_000),
];

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
    #[error("{}: {value}, expected {} to {}", .range.key, .range.least, .range.most)]
    Range {
        /// What could be there.
        range: Range,
        /// What is there.
        value: u64,
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
        for (range, value) in RANGES.into_iter().zip(self.numbers()) {
            if !(range.least..=range.most).contains(&value) {
                return Err(SettingsError::Range { range, value });
            }
        }
        let sum = self.weights.all().iter().sum();
        if sum == 1_000 {
            Ok(())
        } else {
            Err(SettingsError::Weights(sum))
        }
    }

    /// All numbers, in the order of [`RANGES`].
    fn numbers(&self) -> impl Iterator<Item = u64> {
        let (near, wage) = (self.location, self.wage);
        let small = [
            near.free_km,
            near.lambda_km,
            near.lambda_km_with_lodging,
            wage.hours_per_month,
            wage.days_per_month,
            wage.up_to,
        ];
        (self.weights.all().into_iter())
            .chain(self.neutral.all())
            .chain(small.map(u64::from))
            .chain([wage.usd_vnd])
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
            Err(SettingsError::Range { range, .. }) if range.key == "location.lambda_km"
        ));
    }

    #[test]
    fn each_number_has_its_own_range() {
        let mut section = "";
        let mut keys = Vec::new();
        for line in DEFAULT.lines() {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
            } else if let Some((key, _)) = line.split_once(" = ") {
                keys.push(format!("{section}.{key}"));
            }
        }
        assert_eq!(keys, RANGES.map(|range| range.key));
        for range in RANGES {
            let name = range.key.rsplit('.').next().unwrap();
            let (start, rest) = DEFAULT.split_at(DEFAULT.find(&header(range.key)).unwrap());
            let line = rest
                .lines()
                .find(|line| line.starts_with(&format!("{name} =")))
                .unwrap();
            let high = rest.replacen(line, &format!("{name} = {}", range.most + 1), 1);
            let error = Settings::parse(&format!("{start}{high}")).unwrap_err();
            assert!(
                matches!(&error, SettingsError::Range { range: named, .. } if *named == range),
                "{}: {error}",
                range.key
            );
        }
    }

    fn header(key: &str) -> String {
        format!("[{}]", key.split('.').next().unwrap())
    }
}
