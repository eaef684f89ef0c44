//! The tables of `config/demo`: what the demonstration province is drawn from.

use std::collections::HashMap;

use domain::code::{
    Benefits, Codes, CommuneIx, Contracts, IscoCode, LegacyProvinceIx, ProvinceIx, Shifts, SkillIx,
    TrainingField, TrainingRank,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::draw::Weighted;

/// A line of a table that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("config/demo/{file}, line {line}: {what}")]
pub(crate) struct BadTable {
    file: &'static str,
    line: u64,
    what: String,
}

/// A branch of work.
pub(super) struct Trade {
    /// Of a thousand vacancies.
    pub(super) vacancies: u64,
    /// Of a thousand seekers.
    pub(super) seekers: u64,
    /// Its places of work.
    pub(super) places: Weighted<usize>,
    /// Its titles.
    pub(super) titles: Vec<usize>,
    /// Its employers' names, with the titles that each hires.
    pub(super) patterns: Vec<(String, Vec<usize>)>,
}

/// What a wage of the table is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pay {
    /// A month.
    Month,
    /// A day.
    Day,
    /// By piece; the amounts are what people earn a month.
    Piece,
}

/// A title with what belongs to it.
pub(super) struct Title {
    pub(super) trade: String,
    pub(super) text: String,
    pub(super) occupation: IscoCode,
    pub(super) essential: Vec<SkillIx>,
    pub(super) desirable: Vec<SkillIx>,
    pub(super) level: TrainingRank,
    pub(super) field: Option<TrainingField>,
    pub(super) months: u16,
    pub(super) wage: (u64, u64),
    pub(super) pay: Pay,
    pub(super) contracts: Contracts,
    pub(super) shifts: Shifts,
    pub(super) perks: Benefits,
    pub(super) positions: u64,
    pub(super) minors: bool,
    pub(super) duty: String,
}

/// A commune of the province.
pub(super) struct Place {
    pub(super) commune: CommuneIx,
    pub(super) weight: u64,
    pub(super) zone: String,
    pub(super) language: Option<SkillIx>,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) legacy: LegacyProvinceIx,
    pub(super) in_old_kon_tum: bool,
}

/// All tables.
pub(super) struct Tables {
    pub(super) trades: Vec<Trade>,
    pub(super) titles: Vec<Title>,
    pub(super) places: Vec<Place>,
    pub(super) wishes: Weighted<ProvinceIx>,
    pub(super) province: ProvinceIx,
    sentences: HashMap<(String, String), Vec<String>>,
    names: HashMap<String, Vec<String>>,
}

/// Code of the old province of Kon Tum.
const OLD_KON_TUM: &str = "62";

#[derive(Deserialize)]
struct TradeRow {
    trade: String,
    vacancies: u64,
    seekers: u64,
    drawn_only: u8,
}

#[derive(Deserialize)]
struct TitleRow {
    trade: String,
    title: String,
    isco: String,
    essential: String,
    desirable: String,
    level: u8,
    field: Option<u16>,
    months: u16,
    wage_from: u64,
    wage_to: u64,
    period: Pay,
    contracts: String,
    shifts: String,
    perks: String,
    positions: u64,
    minors: u8,
    duty: String,
}

#[derive(Deserialize)]
struct SentenceRow {
    trade: String,
    kind: String,
    text: String,
}

#[derive(Deserialize)]
struct PatternRow {
    trade: String,
    pattern: String,
    hires: String,
}

#[derive(Deserialize)]
struct PlaceRow {
    commune: String,
    weight: u64,
    draws: String,
    zone: String,
    language: String,
}

#[derive(Deserialize)]
struct WishRow {
    province: String,
    weight: u64,
}

#[derive(Deserialize)]
struct NameRow {
    part: String,
    text: String,
}

impl Tables {
    /// Reads the tables that are built in.
    pub(super) fn read(codes: &Codes) -> Result<Self, BadTable> {
        let titles = rows(
            "titles.csv",
            include_str!("../../../../config/demo/titles.csv"),
            |row| title(codes, row),
        )?;
        let mut draws = Vec::new();
        let places = rows(
            "places.csv",
            include_str!("../../../../config/demo/places.csv"),
            |row| {
                let (place, drawn) = place(codes, row)?;
                draws.push(drawn);
                Ok(place)
            },
        )?;
        let patterns = rows(
            "employers.csv",
            include_str!("../../../../config/demo/employers.csv"),
            |row: PatternRow| {
                let hires = hired(&row, &titles);
                if hires.is_empty() {
                    return Err(format!("{:?} hires no title of {}", row.pattern, row.trade));
                }
                Ok((row.trade, row.pattern, hires))
            },
        )?;
        let trades = rows(
            "trades.csv",
            include_str!("../../../../config/demo/trades.csv"),
            |row| Ok(trade(&row, &titles, &patterns, &places, &draws)),
        )?;
        let province = places
            .first()
            .and_then(|place| codes.units.commune(place.commune))
            .map(|commune| commune.province)
            .ok_or_else(|| bad("places.csv", 1, "no commune".to_owned()))?;
        let wishes = rows(
            "wishes.csv",
            include_str!("../../../../config/demo/wishes.csv"),
            |row: WishRow| {
                let province = codes.units.province_by_code(&row.province);
                Ok((province.ok_or("not a code of provinces.csv")?, row.weight))
            },
        )?;
        let sentences = rows(
            "sentences.csv",
            include_str!("../../../../config/demo/sentences.csv"),
            |row: SentenceRow| Ok(((row.trade, row.kind), row.text)),
        )?;
        let names = rows(
            "names.csv",
            include_str!("../../../../config/demo/names.csv"),
            |row: NameRow| Ok((row.part, row.text)),
        )?;
        Ok(Self {
            trades,
            titles,
            places,
            wishes: Weighted::new(wishes),
            province,
            sentences: grouped(sentences),
            names: grouped(names),
        })
    }

    /// Sentences of a kind; `*` for those of every trade.
    pub(super) fn sentences(&self, trade: &str, kind: &str) -> &[String] {
        self.sentences
            .get(&(trade.to_owned(), kind.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    /// Parts of names.
    pub(super) fn names(&self, part: &str) -> &[String] {
        self.names.get(part).map_or(&[], Vec::as_slice)
    }
}

fn grouped<K: std::hash::Hash + Eq>(pairs: Vec<(K, String)>) -> HashMap<K, Vec<String>> {
    let mut groups: HashMap<K, Vec<String>> = HashMap::new();
    for (key, text) in pairs {
        groups.entry(key).or_default().push(text);
    }
    groups
}

const fn bad(file: &'static str, line: u64, what: String) -> BadTable {
    BadTable { file, line, what }
}

fn rows<R: DeserializeOwned, T>(
    file: &'static str,
    text: &str,
    mut read: impl FnMut(R) -> Result<T, String>,
) -> Result<Vec<T>, BadTable> {
    (2..)
        .zip(csv::Reader::from_reader(text.as_bytes()).into_deserialize())
        .map(|(line, row)| {
            let row = row.map_err(|error| bad(file, line, error.to_string()))?;
            read(row).map_err(|what| bad(file, line, what))
        })
        .collect()
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|part| !part.is_empty())
}

fn skills(codes: &Codes, cell: &str) -> Result<Vec<SkillIx>, String> {
    list(cell)
        .map(|code| {
            let skill = codes.skills.by_code(code);
            skill.ok_or_else(|| format!("{code:?} is no code of skills.csv"))
        })
        .collect()
}

fn title(codes: &Codes, row: TitleRow) -> Result<Title, String> {
    let contracts = list(&row.contracts)
        .try_fold(Contracts::EMPTY, |set, code| set.with(code))
        .ok_or("contracts: not a code of contracts.csv")?;
    let shifts = list(&row.shifts)
        .try_fold(Shifts::EMPTY, |set, code| set.with(code))
        .ok_or("shifts: not a code of shifts.csv")?;
    let perks = list(&row.perks)
        .try_fold(Benefits::EMPTY, |set, code| set.with(code))
        .ok_or("perks: not a code of benefits.csv")?;
    Ok(Title {
        occupation: row
            .isco
            .parse()
            .ok()
            .filter(|code: &IscoCode| code.digits() == 4)
            .ok_or("isco: not a unit group")?,
        essential: skills(codes, &row.essential)?,
        desirable: skills(codes, &row.desirable)?,
        level: TrainingRank::new(row.level).ok_or("level: expected 0 to 8")?,
        field: row.field.and_then(TrainingField::new),
        months: row.months,
        wage: (row.wage_from, row.wage_to.max(row.wage_from)),
        pay: row.period,
        contracts,
        shifts,
        perks,
        positions: row.positions,
        minors: row.minors == 1,
        trade: row.trade,
        text: row.title,
        duty: row.duty,
    })
}

/// A place, and how much stronger some trades are there.
fn place(codes: &Codes, row: PlaceRow) -> Result<(Place, HashMap<String, u64>), String> {
    let commune = codes
        .units
        .commune_by_code(&row.commune)
        .ok_or("commune: not a code of communes.csv")?;
    let unit = codes.units.commune(commune).ok_or("commune: not known")?;
    let language = skills(codes, &row.language)?.first().copied();
    let draws = list(&row.draws)
        .map(|part| {
            let (trade, factor) = part.split_once(':')?;
            Some((trade.to_owned(), factor.parse().ok()?))
        })
        .collect::<Option<_>>()
        .ok_or("draws: expected trade:factor")?;
    let old = codes.units.legacy_province(unit.legacy_province);
    let place = Place {
        commune,
        weight: row.weight,
        zone: row.zone,
        language,
        name: unit.name.clone(),
        short: unit.short.clone(),
        legacy: unit.legacy_province,
        in_old_kon_tum: old.is_some_and(|old| old.code == OLD_KON_TUM),
    };
    Ok((place, draws))
}

/// The titles of its trade that hold one of the fragments; all where none is named.
fn hired(row: &PatternRow, titles: &[Title]) -> Vec<usize> {
    titles
        .iter()
        .enumerate()
        .filter(|(_, title)| title.trade == row.trade)
        .filter(|(_, title)| {
            let text = title.text.to_lowercase();
            row.hires.is_empty() || list(&row.hires).any(|fragment| text.contains(fragment))
        })
        .map(|(at, _)| at)
        .collect()
}

fn trade(
    row: &TradeRow,
    titles: &[Title],
    patterns: &[(String, String, Vec<usize>)],
    places: &[Place],
    draws: &[HashMap<String, u64>],
) -> Trade {
    let weights = places
        .iter()
        .zip(draws)
        .enumerate()
        .map(|(at, (place, draws))| {
            let otherwise = u64::from(row.drawn_only == 0);
            let factor = draws.get(&row.trade).copied().unwrap_or(otherwise);
            (at, place.weight * factor)
        });
    Trade {
        vacancies: row.vacancies,
        seekers: row.seekers,
        places: Weighted::new(weights),
        titles: (0..)
            .zip(titles)
            .filter(|(_, title)| title.trade == row.trade)
            .map(|(at, _)| at)
            .collect(),
        patterns: patterns
            .iter()
            .filter(|(trade, _, _)| *trade == row.trade)
            .map(|(_, pattern, hires)| (pattern.clone(), hires.clone()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_tables_hold_together() {
        let tables = Tables::read(super::super::tests::codes()).unwrap();
        assert_eq!(tables.places.len(), 96);
        assert!(
            tables
                .places
                .iter()
                .filter(|place| place.in_old_kon_tum)
                .count()
                >= 39
        );
        assert_eq!(
            tables
                .trades
                .iter()
                .map(|trade| trade.vacancies)
                .sum::<u64>(),
            1_000
        );
        assert_eq!(
            tables.trades.iter().map(|trade| trade.seekers).sum::<u64>(),
            1_000
        );
        let hired: HashSet<usize> = tables
            .trades
            .iter()
            .flat_map(|trade| &trade.patterns)
            .flat_map(|(_, hires)| hires.iter().copied())
            .collect();
        for (at, title) in tables.titles.iter().enumerate() {
            assert!(hired.contains(&at), "nobody hires {}", title.text);
            assert!(
                title.wage.0 > 0 && (1..=50).contains(&title.positions),
                "{}",
                title.text
            );
            assert!(
                !tables.sentences(&title.trade, "duty").is_empty(),
                "{}",
                title.trade
            );
        }
        assert!(tables.titles.len() >= 150);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let read = |_: WishRow| Err::<(), _>("wrong".to_owned());
        let error = rows("wishes.csv", "province,weight\n51,1\n", read).unwrap_err();
        assert_eq!(error.to_string(), "config/demo/wishes.csv, line 2: wrong");
    }
}
