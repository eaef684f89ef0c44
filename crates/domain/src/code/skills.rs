//! Skills, and which may stand for which.

use std::collections::HashMap;

use super::table::{CodeError, Files, Row};
use super::{IscoCode, Lang, SkillIx};

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
    pub isco: Vec<IscoCode>,
    /// Its Vietnamese wording is still to be confirmed.
    pub draft: bool,
    /// The code of the same skill in ESCO, where `code` is not that code.
    pub esco: Option<String>,
}

/// All of them.
pub struct Skills {
    list: Vec<Skill>,
    by_code: HashMap<String, SkillIx>,
    relatives: Vec<Vec<SkillIx>>,
    by_unit: HashMap<IscoCode, Vec<SkillIx>>,
}

impl Skills {
    pub(super) fn read(files: &Files<'_, '_>) -> Self {
        let columns = ["code", "vi", "en", "parent", "alt", "isco"];
        let list = files.rows("skills.csv", &columns, read_skill);
        let mut by_code = HashMap::with_capacity(list.len());
        for (at, skill) in (0..).map(SkillIx).zip(&list) {
            // A record that came with the code of ESCO finds its skill too.
            for code in std::iter::once(&skill.code).chain(&skill.esco) {
                by_code.insert(code.clone(), at);
            }
        }
        let find = |row: &Row<'_>, column: &str| {
            by_code
                .get(row.text(column))
                .copied()
                .ok_or_else(|| row.wrong(column, "a code of skills.csv"))
        };
        let pairs = files.rows("skill_relatives.csv", &["wanted", "has"], |row| {
            Ok((find(row, "wanted")?, find(row, "has")?))
        });
        let links = files.optional_rows("skill_occupations.csv", &["isco", "skill"], |row| {
            let unit: IscoCode = row.value("isco", "1 to 4 digits of ISCO-08")?;
            Ok((unit, find(row, "skill")?))
        });
        let mut by_unit: HashMap<IscoCode, Vec<SkillIx>> = HashMap::new();
        for (unit, skill) in links {
            by_unit.entry(unit).or_default().push(skill);
        }
        Self {
            relatives: relatives(&list, &pairs),
            list,
            by_code,
            by_unit,
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
        self.get(at)
            .map_or("", |skill| lang.choose(&skill.vi, &skill.en))
    }

    /// What most of a unit group's occupations ask for, the most common first; a start for a form.
    pub fn of_occupation(&self, unit: IscoCode) -> &[SkillIx] {
        self.by_unit.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The skills that may stand for the wanted one, sorted; never itself, not transitive.
    pub fn relatives(&self, wanted: SkillIx) -> &[SkillIx] {
        self.relatives
            .get(wanted.index())
            .map_or(&[], Vec::as_slice)
    }
}

fn read_skill(row: &Row<'_>) -> Result<Skill, CodeError> {
    let isco = row.parts("isco").map(str::parse).collect::<Result<_, _>>();
    Ok(Skill {
        code: row.code()?,
        vi: row.text("vi").to_owned(),
        en: row.text("en").to_owned(),
        parent: row.text("parent").to_owned(),
        alt: row.parts("alt").map(str::to_owned).collect(),
        isco: isco.map_err(|_| row.wrong("isco", "codes of ISCO-08, such as 7212;7213"))?,
        draft: row.text("draft") == "1",
        esco: Some(row.text("esco").to_owned()).filter(|code| !code.is_empty()),
    })
}

/// Skills with the same parent and the same ISCO link, where that set has 2 to 12 members, and
/// the pairs (wanted, has) of `skill_relatives.csv`.
fn relatives(skills: &[Skill], pairs: &[(SkillIx, SkillIx)]) -> Vec<Vec<SkillIx>> {
    let mut families: HashMap<(&str, IscoCode), Vec<SkillIx>> = HashMap::new();
    for (at, skill) in (0..).map(SkillIx).zip(skills) {
        for &isco in &skill.isco {
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
