//! Skills, and which may stand for which.

use std::collections::HashMap;

use super::table::Files;
use super::{Lang, SkillIx};

/// A set of skills is a family, whose members are relatives, where it has this many members.
const FAMILY: std::ops::RangeInclusive<usize> = 2..=12;

/// A skill of the list.
#[derive(Debug, Clone)]
pub struct Skill {
    /// Its code.
    pub code: String,
    /// Vietnamese label; empty where there is none yet.
    pub vi: String,
    /// English label.
    pub en: String,
    /// The group in which it stands.
    pub parent: String,
    /// Other ways in which it is written.
    pub alt: Vec<String>,
    /// ISCO-08 groups that ask for it.
    pub isco: Vec<String>,
}

/// All of them.
pub struct Skills {
    list: Vec<Skill>,
    by_code: HashMap<String, SkillIx>,
    relatives: Vec<Vec<SkillIx>>,
}

impl Skills {
    pub(super) fn read(files: &Files<'_, '_>) -> Self {
        let columns = ["code", "vi", "en", "parent", "alt", "isco"];
        let skills = files.rows("skills.csv", &columns, |row| {
            Ok(Skill {
                code: row.text("code").to_owned(),
                vi: row.text("vi").to_owned(),
                en: row.text("en").to_owned(),
                parent: row.text("parent").to_owned(),
                alt: list(row.text("alt")),
                isco: list(row.text("isco")),
            })
        });
        let by_code: HashMap<String, SkillIx> = (0..)
            .map(SkillIx)
            .zip(&skills)
            .map(|(at, skill)| (skill.code.clone(), at))
            .collect();
        let pairs = files.rows("skill_relatives.csv", &["wanted", "has"], |row| {
            let find = |column: &str| {
                by_code
                    .get(row.text(column))
                    .copied()
                    .ok_or_else(|| row.wrong(column, "a code of skills.csv"))
            };
            Ok((find("wanted")?, find("has")?))
        });
        Self {
            relatives: relatives(&skills, &pairs),
            list: skills,
            by_code,
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The skill at this place.
    pub fn get(&self, at: SkillIx) -> Option<&Skill> {
        self.list.get(at.index())
    }

    /// All skills with their places.
    pub fn all(&self) -> impl Iterator<Item = (SkillIx, &Skill)> {
        (0..).map(SkillIx).zip(&self.list)
    }

    /// The place of the skill with this code.
    pub fn by_code(&self, code: &str) -> Option<SkillIx> {
        self.by_code.get(code).copied()
    }

    /// The label; English where there is no Vietnamese one yet.
    pub fn label(&self, at: SkillIx, lang: Lang) -> &str {
        self.get(at).map_or("", |skill| match lang {
            Lang::Vi if !skill.vi.is_empty() => &skill.vi,
            Lang::Vi | Lang::En => &skill.en,
        })
    }

    /// The skills that may stand for the wanted one, sorted; never itself, not transitive.
    pub fn relatives(&self, wanted: SkillIx) -> &[SkillIx] {
        self.relatives
            .get(wanted.index())
            .map_or(&[], Vec::as_slice)
    }
}

/// The parts of a cell that holds several, separated by semicolons.
pub(super) fn list(cell: &str) -> Vec<String> {
    cell.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Skills with the same parent and the same ISCO link, where that set has 2 to 12 members, and
/// the pairs (wanted, has) of `skill_relatives.csv`.
fn relatives(skills: &[Skill], pairs: &[(SkillIx, SkillIx)]) -> Vec<Vec<SkillIx>> {
    let mut families: HashMap<(&str, &str), Vec<SkillIx>> = HashMap::new();
    for (at, skill) in (0..).map(SkillIx).zip(skills) {
        for isco in &skill.isco {
            let family = families.entry((&skill.parent, isco)).or_default();
            if family.last() != Some(&at) {
                family.push(at);
            }
        }
    }
    let mut relatives = vec![Vec::new(); skills.len()];
    let families = families
        .values()
        .filter(|family| FAMILY.contains(&family.len()));
    for family in families {
        for &wanted in family {
            if let Some(has) = relatives.get_mut(wanted.index()) {
                has.extend(family.iter().copied().filter(|&other| other != wanted));
            }
        }
    }
    for &(wanted, has) in pairs {
        if let Some(list) = relatives.get_mut(wanted.index()).filter(|_| wanted != has) {
            list.push(has);
        }
    }
    for list in &mut relatives {
        list.sort_unstable();
        list.dedup();
    }
    relatives
}
