//! Places: "Hà Nội & 2 nơi khác", "KCN VSIP, Quảng Ngãi", "Toàn quốc", whole addresses.

mod area;
mod kind;
mod names;

use crate::code::AdminUnits;
use crate::text::{clean, fold, shorten, words};
use crate::vacancy::Workplace;
pub use area::Area;
use kind::{Kind, is_kind_alone, split_kind};
use names::{Hit, LONGEST_PROVINCE, Named, Names};

/// Characters; what follows in a longer text is not read.
const LONGEST: usize = 2_000;

/// What a text says about places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Places that were understood, each once, in the order of the text.
    pub found: Vec<Workplace>,
    /// Anywhere in the country.
    pub nationwide: bool,
    /// The work can be done from anywhere.
    pub remote: bool,
    /// In another country.
    pub abroad: bool,
    /// There are more places, which are not named: "& 2 nơi khác".
    pub more: bool,
    /// Parts that were not understood, as written.
    pub unclear: Vec<String>,
}

impl Places {
    /// Whether anything was understood.
    pub const fn is_understood(&self) -> bool {
        !self.found.is_empty() || self.nationwide || self.remote || self.abroad
    }
}

/// The names of places.
pub struct Gazetteer {
    names: Names,
}

/// A province in a text, and what is written as lying in it.
#[derive(Default)]
struct Group<'t> {
    named: Option<Named>,
    parts: Vec<Part<'t>>,
    /// A colon follows: what comes next lies in it.
    opens: bool,
}

/// A piece between separators.
#[derive(Clone)]
struct Part<'t> {
    written: &'t str,
    folded: String,
}

enum Meaning {
    Nothing,
    Country,
    Nationwide,
    Remote,
    Abroad,
    More,
    /// "(cũ)": what was written before it is meant as it was until 2025.
    Old,
    /// A province, and what stands before it in the same part.
    Province(Named, Option<String>),
    Other,
}

impl Gazetteer {
    /// The names of these units.
    pub fn new(units: &AdminUnits) -> Self {
        Self {
            names: Names::of(units),
        }
    }

    /// Reads a text: a list of places, or addresses whose last part is the broadest.
    ///
    /// A name of a province that is both today's and an older one counts as today's, unless a mark
    /// such as "(cũ)" follows. A district
    /// of before 2025 stands for its old province. A commune counts where it is the only one of
    /// its name in the province written, or in the country where none is written.
    pub fn read(&self, text: &str, units: &AdminUnits) -> Places {
        let text = shorten(text, LONGEST);
        let mut places = Places::default();
        let mut names_country = false;
        for segment in text.split([';', '\n', '|']) {
            for group in self.groups(segment, units, &mut places, &mut names_country) {
                self.resolve(&group, units, &mut places);
            }
        }
        places.nationwide |= names_country && !places.is_understood();
        places
    }

    /// The provinces of a segment with what lies in them: what stands before a province, and after
    /// the last; after a colon what follows.
    fn groups<'t>(
        &self,
        segment: &'t str,
        units: &AdminUnits,
        places: &mut Places,
        names_country: &mut bool,
    ) -> Vec<Group<'t>> {
        let mut groups: Vec<Group<'t>> = Vec::new();
        let mut pending = Vec::new();
        for (part, opens) in self.parts(segment) {
            match self.meaning(&part.folded, units) {
                Meaning::Nothing => {}
                // What stands last before the mark is meant: a province, or something in it.
                Meaning::Old if pending.is_empty() => {
                    if let Some(last) = groups.last_mut() {
                        last.named = last.named.map(Named::as_it_was);
                    }
                }
                Meaning::Old => {}
                Meaning::Country => *names_country = true,
                Meaning::Nationwide => places.nationwide = true,
                Meaning::Remote => places.remote = true,
                Meaning::Abroad => places.abroad = true,
                Meaning::More => places.more = true,
                Meaning::Other => pending.push(part),
                Meaning::Province(named, before) => {
                    if let Some(open) = groups.last_mut().filter(|group| group.opens) {
                        open.parts.append(&mut pending);
                    }
                    pending.extend(before.map(|folded| Part {
                        written: part.written,
                        folded,
                    }));
                    match groups.last_mut().filter(|last| last.named == Some(named)) {
                        Some(same) => same.parts.append(&mut pending),
                        None => groups.push(Group {
                            named: Some(named),
                            parts: std::mem::take(&mut pending),
                            opens: false,
                        }),
                    }
                    if let Some(last) = groups.last_mut() {
                        last.opens = opens;
                    }
                }
            }
        }
        if !pending.is_empty() {
            if groups.is_empty() {
                groups.push(Group::default());
            }
            if let Some(last) = groups.last_mut() {
                last.parts.append(&mut pending);
            }
        }
        groups
    }

    /// The parts of a segment, each with whether a colon follows it.
    fn parts<'t>(&self, segment: &'t str) -> Vec<(Part<'t>, bool)> {
        const DASHES: [char; 4] = ['-', '–', '—', '−'];
        let mut parts = Vec::new();
        let separators = [',', '&', '/', '(', ')', ':', '+', '•', '·', '、'];
        for piece in segment.split_inclusive(separators) {
            let opens = piece.ends_with(':');
            let piece = piece.trim_end_matches(separators);
            let name = fold(piece);
            let whole = split_kind(&name).map_or(name.as_str(), |(_, name)| name);
            let is_one = self.names.is_known(whole) || self.names.is_known(&name);
            let keep = |c: char| !is_one && DASHES.contains(&c);
            let from = parts.len();
            for written in piece.split(keep) {
                for folded in conjuncts(&fold(written)) {
                    parts.push((
                        Part {
                            written: written.trim(),
                            folded,
                        },
                        false,
                    ));
                }
            }
            if let Some(last) = parts.get_mut(from..).and_then(<[_]>::last_mut) {
                last.1 = opens;
            }
        }
        parts
    }

    fn meaning(&self, folded: &str, units: &AdminUnits) -> Meaning {
        let has = |phrases: &[&str]| phrases.iter().any(|phrase| contains(folded, phrase));
        if folded.is_empty() || is_kind_alone(folded) {
            Meaning::Nothing
        } else if matches!(folded, "viet nam" | "vietnam" | "vn") {
            Meaning::Country
        } else if has(&MORE) {
            Meaning::More
        } else if has(&NATIONWIDE) {
            Meaning::Nationwide
        } else if has(&REMOTE) {
            Meaning::Remote
        } else if let Some((named, before)) = self.province_with(folded, units) {
            Meaning::Province(named, before)
        } else if has(&ABROAD_IN_WORDS) || ABROAD.contains(&without_preposition(folded)) {
            Meaning::Abroad
        } else {
            match before_old_mark(folded) {
                Some("") => Meaning::Old,
                Some(name) => self
                    .province_with(name, units)
                    .map_or(Meaning::Other, |(named, before)| {
                        Meaning::Province(named.as_it_was(), before)
                    }),
                None => Meaning::Other,
            }
        }
    }

    /// A province alone, or at the end with what stands before it.
    fn province_with(&self, folded: &str, units: &AdminUnits) -> Option<(Named, Option<String>)> {
        self.province(folded)
            .map(|named| (named, None))
            .or_else(|| self.province_at_end(folded, units))
    }

    fn province(&self, folded: &str) -> Option<Named> {
        if let Some(named) = self.names.province(folded) {
            return Some(named);
        }
        let (kind, name) = split_kind(folded)?;
        let named = self.names.province(name)?;
        let is_meant = match kind {
            Kind::Province => true,
            // "TP Quảng Ngãi" was a district of the province of that name.
            Kind::City => named.is_city || !self.names.is_district_city(name),
            _ => false,
        };
        is_meant.then_some(named)
    }

    /// "KCN Quang Châu Bắc Ninh", "tại Hà Nội": a province at the end, where what stands before it
    /// is not the first half of a longer name, such as that of a street.
    fn province_at_end(&self, folded: &str, units: &AdminUnits) -> Option<(Named, Option<String>)> {
        let all: Vec<&str> = words(folded).collect();
        let first = all.len().saturating_sub(LONGEST_PROVINCE).max(1);
        (first..all.len()).find_map(|at| {
            let (before, name) = all.split_at_checked(at)?;
            let named = self.names.province(&name.join(" "))?;
            let is_city = named.is_city || !self.names.is_district_city(&name.join(" "));
            let (kept, is_marked) = match before {
                [kept @ .., "tai" | "o" | "in" | "at" | "tinh"] => (kept, true),
                [kept @ .., "tp"] | [kept @ .., "thanh", "pho"] => (kept, is_city),
                kept => (kept, false),
            };
            let text = kept.join(" ");
            let is_site = SITES.iter().any(|site| {
                text.strip_prefix(site)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            });
            let is_meant =
                is_marked || is_site || self.names.find(&text, Some(named), None, units).is_some();
            let rest = (!is_site && !text.is_empty()).then_some(text);
            is_meant.then_some((named, rest))
        })
    }

    /// From the broadest part to the narrowest: a district narrows where communes are looked for.
    fn resolve(&self, group: &Group<'_>, units: &AdminUnits, places: &mut Places) {
        let mut found = Vec::new();
        let mut unclear = Vec::new();
        let mut district: Option<(usize, Workplace)> = None;
        let mut has_commune = false;
        for part in group.parts.iter().rev() {
            let inside = district.map(|(at, _)| at);
            match self.names.find(&part.folded, group.named, inside, units) {
                Some(Hit::District(at, of)) => {
                    found.extend(district.filter(|_| !has_commune).map(|(_, place)| place));
                    district = Some((at, self.names.of_before(of, units)));
                    has_commune = false;
                }
                Some(Hit::Commune(at)) => {
                    found.push(Workplace::Commune(at));
                    has_commune = true;
                }
                None => unclear.push(clean(part.written)),
            }
        }
        found.extend(district.filter(|_| !has_commune).map(|(_, place)| place));
        if found.is_empty() {
            found.extend(group.named.and_then(|named| self.names.place(named, units)));
        }
        for place in found.into_iter().rev() {
            if !places.found.contains(&place) {
                places.found.push(place);
            }
        }
        places.unclear.extend(unclear.into_iter().rev());
    }
}

const MORE: [&str; 8] = [
    "noi khac",
    "tinh khac",
    "tinh thanh khac",
    "thanh pho khac",
    "dia diem khac",
    "khu vuc khac",
    "others",
    "other places",
];
const NATIONWIDE: [&str; 4] = ["toan quoc", "ca nuoc", "nationwide", "63 tinh thanh"];
const REMOTE: [&str; 7] = [
    "tu xa",
    "remote",
    "online",
    "tai nha",
    "work from home",
    "wfh",
    "truc tuyen",
];
/// Ways to say "abroad".
const ABROAD_IN_WORDS: [&str; 3] = ["nuoc ngoai", "abroad", "overseas"];
/// Countries to which workers are sent.
const ABROAD: [&str; 24] = [
    "nhat ban",
    "nhat",
    "japan",
    "han quoc",
    "korea",
    "dai loan",
    "taiwan",
    "trung quoc",
    "china",
    "duc",
    "germany",
    "singapore",
    "malaysia",
    "uc",
    "australia",
    "canada",
    "hoa ky",
    "thai lan",
    "lao",
    "campuchia",
    "hungary",
    "rumani",
    "ba lan",
    "dubai",
];
/// What a part that names a site rather than a unit begins with.
const SITES: [&str; 17] = [
    "kcn",
    "vsip",
    "kcx",
    "khu cong nghe cao",
    "khu cong nghiep",
    "ccn",
    "cum cong nghiep",
    "khu kinh te",
    "kkt",
    "khu che xuat",
    "chi nhanh",
    "van phong",
    "vp",
    "nha may",
    "cua hang",
    "kho",
    "showroom",
];

/// What stands before a mark that a name is meant as it was until 2025: "cũ", "trước đây", "trước
/// 1/7/2025", "trước sáp nhập"; `None` where there is no such mark.
fn before_old_mark(folded: &str) -> Option<&str> {
    let cut = |mark: &str| {
        let before = folded.strip_suffix(mark)?;
        (before.is_empty() || before.ends_with(' ')).then(|| before.trim_end())
    };
    let dated = || {
        let (before, day) = folded.rsplit_once("truoc ")?;
        let day = day.strip_prefix("ngay ").unwrap_or(day);
        let is_day = day.starts_with(|c: char| c.is_ascii_digit());
        (is_day && (before.is_empty() || before.ends_with(' '))).then(|| before.trim_end())
    };
    [
        "tinh cu",
        "cu",
        "truoc day",
        "truoc khi sap nhap",
        "truoc sap nhap",
    ]
    .into_iter()
    .find_map(cut)
    .or_else(dated)
}

/// "tại Nhật Bản", "nước Lào".
fn without_preposition(folded: &str) -> &str {
    ["tai ", "o ", "di ", "nuoc "]
        .into_iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(folded)
}

/// Whether a folded text has the phrase, at the bounds of words.
fn contains(folded: &str, phrase: &str) -> bool {
    folded.match_indices(phrase).any(|(at, found)| {
        let before = folded.get(..at).unwrap_or("");
        let after = folded.get(at.saturating_add(found.len())..).unwrap_or("");
        (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
    })
}

/// The texts between "và", "hoặc", "and", "or"; at the ends such a word belongs to a name.
fn conjuncts(folded: &str) -> Vec<String> {
    let all: Vec<&str> = words(folded).collect();
    let last = all.len().saturating_sub(1);
    let mut texts = vec![String::new()];
    for (at, word) in all.iter().enumerate() {
        let parts = at > 0 && at < last && matches!(*word, "va" | "and" | "hoac" | "or");
        if parts {
            texts.push(String::new());
        } else if let Some(text) = texts.last_mut() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    texts
}

#[cfg(test)]
mod tests;
