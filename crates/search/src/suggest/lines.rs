//! Lines that can be suggested, by their words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use domain::code::{Codes, Lang};
use domain::text::{clean, fold};
use domain::vacancy::{Vacancy, Workplace};
use roaring::RoaringBitmap;

use super::Kind;
use super::title;
use crate::segment::Row;
use crate::spell::begins;
use crate::words::{Word, words};

/// Words of a line at most; what is longer is no line that somebody would type.
const MOST_WORDS: usize = 16;

/// The number of a line: of one kind those come first that more vacancies have.
type Line = u32;

/// Something that can be suggested.
pub(crate) struct Item {
    text: Box<str>,
    /// Its words as they are said: "hoà" and "hòa" are one.
    key: Box<str>,
    rows: RoaringBitmap,
}

impl Item {
    pub(super) const fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn key(&self) -> &str {
        &self.key
    }
}

/// The lines that have a word.
#[derive(Default)]
struct Having {
    first: RoaringBitmap,
    any: RoaringBitmap,
}

/// All lines of some vacancies.
#[derive(Default)]
pub(crate) struct Lines {
    items: Vec<Item>,
    kinds: [Range<Line>; Kind::ALL.len()],
    keys: HashMap<(Kind, Box<str>), Line>,
    /// By folded word, then as it is said.
    words: Vec<(Word, Having)>,
}

impl Lines {
    /// Lines with these words, of which the last is only begun: of each kind at most so many that
    /// begin with the first, and as many others.
    pub(super) fn begun(&self, words: &[Word], most: usize) -> Vec<(Kind, bool, &Item)> {
        let Some((last, whole)) = words.split_last() else {
            return Vec::new();
        };
        let mut found = self.beginning(last, |having| &having.any);
        for word in whole {
            found &= self.whole(word, |having| &having.any);
        }
        let heads = match whole.first() {
            Some(first) => self.whole(first, |having| &having.first),
            None => self.beginning(last, |having| &having.first),
        };
        let heads = &found & &heads;
        let others = &found - &heads;
        let mut all = Vec::new();
        for (kind, range) in Kind::ALL.into_iter().zip(&self.kinds) {
            for (begins, lines) in [(true, &heads), (false, &others)] {
                let lines = lines.range(range.clone()).take(most);
                let items = lines.filter_map(|line| self.items.get(line as usize));
                all.extend(items.map(|item| (kind, begins, item)));
            }
        }
        all
    }

    /// The vacancies with this line.
    pub(super) fn rows(&self, kind: Kind, key: &str) -> Option<&RoaringBitmap> {
        let line = self.keys.get(&(kind, Box::from(key)))?;
        Some(&self.items.get(*line as usize)?.rows)
    }

    fn beginning(&self, typed: &Word, of: impl Fn(&Having) -> &RoaringBitmap) -> RoaringBitmap {
        let rest = self.from(&typed.folded).iter();
        let near = rest.take_while(|(word, _)| word.folded.starts_with(&typed.folded));
        let meant = near.filter(|(word, _)| is_said(word, typed) || begins(word, typed));
        meant.fold(RoaringBitmap::new(), |all, (_, having)| all | of(having))
    }

    fn whole(&self, typed: &Word, of: impl Fn(&Having) -> &RoaringBitmap) -> RoaringBitmap {
        let rest = self.from(&typed.folded).iter();
        let same = rest.take_while(|(word, _)| word.folded == typed.folded);
        let meant = same.filter(|(word, _)| is_said(word, typed));
        meant.fold(RoaringBitmap::new(), |all, (_, having)| all | of(having))
    }

    fn from(&self, folded: &str) -> &[(Word, Having)] {
        let from = self
            .words
            .partition_point(|(word, _)| *word.folded < *folded);
        self.words.get(from..).unwrap_or_default()
    }
}

/// Whether this may be the word that was typed, whole.
fn is_said(word: &Word, typed: &Word) -> bool {
    word.folded == typed.folded && (!typed.has_accents() || word.said == typed.said)
}

/// A line that is being gathered.
struct Gathered {
    text: String,
    /// All ways in which it is written.
    words: Vec<Vec<Word>>,
    rows: Vec<Row>,
}

/// Takes vacancies one after the other.
pub(crate) struct Builder<'c> {
    codes: &'c Codes,
    lines: HashMap<(Kind, String), Gathered>,
}

impl<'c> Builder<'c> {
    pub(crate) fn new(codes: &'c Codes) -> Self {
        Self {
            codes,
            lines: HashMap::new(),
        }
    }

    /// Takes the lines of a vacancy.
    pub(crate) fn add(&mut self, row: Row, vacancy: &Vacancy) {
        let places = self.places(vacancy);
        if let Some(title) = title::plain(&vacancy.title, &places) {
            self.line(Kind::Title, &title, row);
        }
        self.line(Kind::Employer, &clean(&vacancy.employer_name), row);
        for place in &places {
            self.line(Kind::Place, place.full, row);
        }
        let codes = self.codes;
        for asked in vacancy.offer.skills.required().into_iter().flatten() {
            let Some(skill) = codes.skills.get(asked.skill) else {
                continue;
            };
            let label = codes.skills.label(asked.skill, Lang::Vi);
            if let Some(line) = self.line(Kind::Skill, label, row)
                && line.words.len() == 1
            {
                line.words
                    .extend(skill.alt.iter().map(|other| words(other, MOST_WORDS)));
            }
        }
    }

    fn line(&mut self, kind: Kind, text: &str, row: Row) -> Option<&mut Gathered> {
        let words = words(text, MOST_WORDS + 1);
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let said: Vec<&str> = words.iter().map(|word| word.said.as_str()).collect();
        let line = self
            .lines
            .entry((kind, said.join(" ")))
            .or_insert_with(|| Gathered {
                text: text.to_owned(),
                words: vec![words],
                rows: Vec::new(),
            });
        if line.rows.last() != Some(&row) {
            line.rows.push(row);
        }
        Some(line)
    }

    fn places(&self, vacancy: &Vacancy) -> Vec<title::Place<'c>> {
        let units = &self.codes.units;
        let province = |at| {
            let unit = units.province(at)?;
            Some(title::Place::new(&unit.name, &unit.short))
        };
        let places = vacancy
            .offer
            .workplaces
            .iter()
            .flat_map(|place| match *place {
                Workplace::Commune(at) => {
                    let unit = units.commune(at);
                    let old = unit.and_then(|unit| units.legacy_province(unit.legacy_province));
                    [
                        unit.map(|unit| title::Place::new(&unit.name, &unit.short)),
                        unit.and_then(|unit| province(unit.province)),
                        old.map(|unit| title::Place::new(&unit.name, &unit.short)),
                    ]
                }
                Workplace::Province(at) => [province(at), None, None],
                Workplace::LegacyProvince(at) => {
                    let unit = units.legacy_province(at);
                    [
                        unit.map(|unit| title::Place::new(&unit.name, &unit.short)),
                        unit.and_then(|unit| province(unit.province)),
                        None,
                    ]
                }
            });
        places.flatten().collect()
    }

    /// Lines without any accent become lines that fold to them: "ke toan" is "Kế toán", of which
    /// most vacancies have.
    fn join_plain(&mut self) {
        let mut accented: HashMap<(Kind, String), (usize, String)> = HashMap::new();
        let mut plain: Vec<(Kind, String)> = Vec::new();
        for ((kind, key), line) in &self.lines {
            let folded = fold(key);
            if folded == *key {
                plain.push((*kind, folded));
                continue;
            }
            let best = accented.entry((*kind, folded)).or_default();
            // Of as many the first by its letters, so that it is always the same.
            if (line.rows.len(), Reverse(key)) > (best.0, Reverse(&best.1)) {
                *best = (line.rows.len(), key.clone());
            }
        }
        for name in plain {
            let Some((_, key)) = accented.remove(&name) else {
                continue;
            };
            let rows = self
                .lines
                .remove(&name)
                .map_or_else(Vec::new, |line| line.rows);
            if let Some(line) = self.lines.get_mut(&(name.0, key)) {
                line.rows.extend(rows);
                line.rows.sort_unstable();
                line.rows.dedup();
            }
        }
    }

    pub(crate) fn finish(mut self) -> Lines {
        self.join_plain();
        let mut all: Vec<((Kind, String), Gathered)> = self.lines.into_iter().collect();
        all.sort_unstable_by(|(one, first), (other, second)| {
            let by_count = Reverse(first.rows.len()).cmp(&Reverse(second.rows.len()));
            one.0
                .cmp(&other.0)
                .then(by_count)
                .then_with(|| one.1.cmp(&other.1))
        });
        let mut lines = Lines::default();
        let mut words: BTreeMap<(String, String), (Word, Having)> = BTreeMap::new();
        for (line, ((kind, key), gathered)) in (0..).zip(all) {
            if let Some(range) = lines.kinds.get_mut(kind as usize) {
                let start = if range.start == range.end {
                    line
                } else {
                    range.start
                };
                *range = start..line + 1;
            }
            for way in gathered.words {
                for (at, word) in way.into_iter().enumerate() {
                    let name = (word.folded.clone(), word.said.clone());
                    let (_, having) = words
                        .entry(name)
                        .or_insert_with(|| (word, Having::default()));
                    having.any.insert(line);
                    if at == 0 {
                        having.first.insert(line);
                    }
                }
            }
            lines.keys.insert((kind, key.as_str().into()), line);
            lines.items.push(Item {
                text: gathered.text.into(),
                key: key.into(),
                rows: gathered.rows.into_iter().collect(),
            });
        }
        lines.words = words.into_values().collect();
        lines
    }
}
