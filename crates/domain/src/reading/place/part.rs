//! A piece of a text between separators: which units it names, and what else it says.

use std::cell::Cell;

use super::kind::{Kind, is_kind_alone, prefix_kind, suffix_kind};
use super::names::{Entry, LONGEST_NAME, Names};
use super::phrases::{BEFORE, FIRMS, LANDMARKS, PARKS, REGIONS, STREETS};
use crate::code::ProvinceIx;
use crate::text::words;

/// A name in a text, and what it may stand for.
#[derive(Debug, Clone)]
pub(super) struct Mention<'n> {
    pub(super) kind: Option<Kind>,
    pub(super) entries: &'n [Entry],
    /// The name without spaces as it is said, with its tones.
    pub(super) said: String,
    /// The words of the name.
    pub(super) length: usize,
    /// "(cũ)": as it was until July 2025.
    pub(super) is_old: bool,
}

impl Mention<'_> {
    pub(super) fn may_be_province(&self) -> bool {
        self.entries.iter().any(Entry::is_province)
    }
}

/// The words of a piece, folded and as they are said.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) folded: &'t [&'t str],
    pub(super) said: &'t [String],
}

impl<'t> Text<'t> {
    fn cut(self, from: usize, to: usize) -> Self {
        Self {
            folded: self.folded.get(from..to).unwrap_or_default(),
            said: self.said.get(from..to).unwrap_or_default(),
        }
    }

    fn len(self) -> usize {
        self.folded.len()
    }

    fn from(self, at: usize) -> Self {
        self.cut(at, self.len())
    }
}

/// What the piece begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    None,
    Landmark,
    Park,
    Firm,
    Street,
}

pub(super) struct Reader<'n> {
    pub(super) names: &'n Names,
    pub(super) home: &'n [ProvinceIx],
    /// How many more pieces of the text are compared with all names, which takes long.
    pub(super) comparisons: &'n Cell<u8>,
}

impl<'n> Reader<'n> {
    /// The units that a piece names, in its order; `None` where it says something that is not
    /// understood.
    pub(super) fn units(&self, text: Text<'_>) -> Option<Vec<Mention<'n>>> {
        if let Some(mention) = self.whole(text) {
            return Some(vec![mention]);
        }
        let (lead, text) = self.strip(text);
        if text.len() == 0 || is_kind_alone(&text.folded.join(" ")) {
            return (lead != Lead::Park).then(Vec::new);
        }
        if REGIONS.contains(&text.folded.join(" ").as_str()) {
            return Some(Vec::new());
        }
        if let Some(mention) = self
            .whole(text)
            .filter(|mention| self.may_follow(lead, mention))
        {
            return Some(vec![mention]);
        }
        let found = self.at_the_end(lead, text);
        if !found.is_empty() {
            return Some(found);
        }
        let anywhere = self.with_kinds(text);
        if !anywhere.is_empty() {
            return Some(anywhere);
        }
        let left = self.comparisons.get();
        let may_compare = left > 0 && matches!(lead, Lead::None | Lead::Landmark);
        self.comparisons
            .set(left.saturating_sub(u8::from(may_compare)));
        let misspelt = may_compare.then(|| self.misspelt(text)).flatten();
        misspelt.map(|mention| vec![mention])
    }

    /// Whether the words are a name of a unit, with or without its kind.
    pub(super) fn knows(&self, folded: &[&str]) -> bool {
        let said: Vec<String> = folded.iter().map(|&word| word.to_owned()).collect();
        let text = Text {
            folded,
            said: &said,
        };
        self.whole(text).is_some()
    }

    /// All of the text is one name, with its kind before or after it or without.
    fn whole(&self, text: Text<'_>) -> Option<Mention<'n>> {
        self.named(None, text)
            .or_else(|| {
                let (kind, used) = prefix_kind(text.folded)?;
                self.named(Some(kind), text.from(used))
            })
            .or_else(|| {
                let (kind, used) = suffix_kind(text.folded)?;
                self.named(Some(kind), text.cut(0, text.len().saturating_sub(used)))
            })
    }

    fn named(&self, kind: Option<Kind>, text: Text<'_>) -> Option<Mention<'n>> {
        let names: &'n Names = self.names;
        let entries = names.find(text.folded);
        let is_number = text
            .folded
            .iter()
            .all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        // "Quận 7" is a name, "7" is none.
        let is_counted = is_number && kind.is_none_or(|kind| kind.level().is_none());
        let fits = !entries.is_empty() && !is_counted && text.len() <= LONGEST_NAME;
        fits.then(|| Mention {
            kind,
            entries,
            said: text.said.concat(),
            length: text.len(),
            is_old: false,
        })
    }

    /// What the text begins with, and what is left after it.
    fn strip<'t>(&self, text: Text<'t>) -> (Lead, Text<'t>) {
        let mut rest = text;
        let mut lead = Lead::None;
        loop {
            let longest = |phrases: &[&str]| {
                phrases
                    .iter()
                    .filter_map(|phrase| starts_with(rest.folded, phrase))
                    .max()
            };
            let starts = [
                (Lead::Park, longest(&PARKS)),
                (Lead::Firm, longest(&FIRMS)),
                (
                    Lead::Street,
                    longest(&STREETS).or_else(|| house_number(rest.folded)),
                ),
                (Lead::Landmark, longest(&LANDMARKS)),
                (Lead::None, longest(&BEFORE)),
            ];
            let best = starts
                .iter()
                .filter_map(|(lead, used)| Some((*lead, (*used)?)));
            let Some((this, used)) = best.max_by_key(|(_, used)| *used) else {
                return (lead, rest);
            };
            if lead == Lead::None {
                lead = this;
            }
            rest = rest.from(used);
            // "Ngã tư Plei Kần": what is left may be a name that begins like a street.
            if matches!(lead, Lead::Park | Lead::Firm | Lead::Street) || self.whole(rest).is_some()
            {
                return (lead, rest);
            }
        }
    }

    /// A park's or street's name is none of a unit, unless a province stands after it; what is
    /// named after a unit tells the unit.
    fn may_follow(&self, lead: Lead, mention: &Mention<'_>) -> bool {
        let is_explicit = mention.kind.is_some();
        match lead {
            Lead::None | Lead::Landmark => true,
            Lead::Park => is_explicit || self.is_home_province(mention),
            Lead::Firm | Lead::Street => is_explicit,
        }
    }

    fn is_home_province(&self, mention: &Mention<'_>) -> bool {
        let at_home = |entry: &Entry| entry.is_province() && self.home.contains(&entry.today);
        mention.entries.iter().any(at_home) || self.home.is_empty() && mention.may_be_province()
    }

    /// Names one after the other up to the end: "duc co gia lai", "KCN Tịnh Phong Quảng Ngãi",
    /// "rẫy cà phê Đăk Hà".
    fn at_the_end(&self, lead: Lead, text: Text<'_>) -> Vec<Mention<'n>> {
        let mut found: Vec<Mention<'n>> = Vec::new();
        let mut rest = text;
        while rest.len() > 0 {
            let first = rest.len().saturating_sub(LONGEST_NAME.saturating_add(2));
            let Some((at, mention)) =
                (first..rest.len()).find_map(|at| Some((at, self.whole(rest.from(at))?)))
            else {
                break;
            };
            let before = rest.cut(0, at);
            if !self.may_end(lead, before, &mention) {
                break;
            }
            found.insert(0, mention);
            rest = strip_end(before);
        }
        found
    }

    fn may_end(&self, lead: Lead, before: Text<'_>, mention: &Mention<'n>) -> bool {
        if before.len() == 0 {
            return self.may_follow(lead, mention);
        }
        let is_marked = before.folded.last().is_some_and(|word| {
            matches!(*word, "tai" | "o" | "in" | "at" | "tinh" | "thuoc" | "cua")
        });
        let is_long = mention.length > 1 || mention.said.chars().count() > 5;
        let is_home = |entry: &Entry| {
            self.home.contains(&entry.today) && (entry.is_province() || entry.is_district())
        };
        let known = mention.entries.iter().any(is_home) && is_long;
        if mention.kind.is_some() || is_marked {
            return true;
        }
        match lead {
            Lead::Landmark => true,
            Lead::Park => mention.may_be_province(),
            Lead::Firm => false,
            Lead::Street => known && mention.may_be_province() && before.len() > 2,
            // Nothing but names stands before it.
            Lead::None => known || self.are_names(before),
        }
    }

    fn are_names(&self, text: Text<'_>) -> bool {
        if self.whole(text).is_some() {
            return true;
        }
        (1..text.len())
            .any(|at| self.whole(text.from(at)).is_some() && self.whole(text.cut(0, at)).is_some())
    }

    /// Names with their kinds among other words: "số 5 Lê Lợi phường Duy Tân gần chợ".
    fn with_kinds(&self, text: Text<'_>) -> Vec<Mention<'n>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = text.from(at);
            let mention = prefix_kind(rest.folded).and_then(|(kind, used)| {
                let longest = rest.len().min(used.saturating_add(LONGEST_NAME));
                (used.saturating_add(1)..=longest)
                    .rev()
                    .find_map(|end| Some((self.named(Some(kind), rest.cut(used, end))?, end)))
            });
            match mention {
                Some((mention, end)) => {
                    found.push(mention);
                    at = at.saturating_add(end);
                }
                None => at = at.saturating_add(1),
            }
        }
        found
    }

    /// One name that is spelt nearly so.
    fn misspelt(&self, text: Text<'_>) -> Option<Mention<'n>> {
        let (kind, name) = match prefix_kind(text.folded) {
            Some((kind, used)) => (Some(kind), text.from(used)),
            None => (None, text),
        };
        let names: &'n Names = self.names;
        let entries = names.find_misspelt(name.folded, self.home);
        (!entries.is_empty()).then(|| Mention {
            kind,
            entries,
            said: String::new(),
            length: name.len(),
            is_old: false,
        })
    }
}

/// "12", "12a".
fn house_number(folded: &[&str]) -> Option<usize> {
    let first = folded.first()?;
    first.starts_with(|c: char| c.is_ascii_digit()).then_some(1)
}

/// Words between two names.
fn strip_end(text: Text<'_>) -> Text<'_> {
    let is_between = |word: &&str| {
        matches!(
            *word,
            "tai" | "o" | "in" | "at" | "tinh" | "thuoc" | "cua" | "va" | "hoac"
        )
    };
    let kept = text.folded.iter().rposition(|word| !is_between(word));
    text.cut(0, kept.map_or(0, |at| at.saturating_add(1)))
}

/// How many words the phrase has, where the text starts with it.
fn starts_with(folded: &[&str], phrase: &str) -> Option<usize> {
    let mut used = 0_usize;
    for word in words(phrase) {
        if folded.get(used) != Some(&word) {
            return None;
        }
        used = used.saturating_add(1);
    }
    Some(used)
}
