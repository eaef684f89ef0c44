//! One mutation of a file, with what has to come of it.

use std::fmt::Write;

use super::sheets::{Row, Sheet};

/// What has to come of a mutation.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is taken, and this line is among those that hold.
    Taken(Option<String>),
    /// It is refused at that line and key; the key that was meant is named.
    Refused {
        line: Option<usize>,
        key: String,
        meant: Option<String>,
    },
}

/// Numbers that are the same in every run.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % end as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The lines of the file; `places` gives the line of each row, from 0.
struct Text {
    lines: Vec<String>,
    places: Vec<usize>,
}

fn text(sheet: &Sheet) -> Text {
    let (mut lines, mut places, mut section) = (Vec::new(), Vec::new(), "");
    for row in &sheet.rows {
        if row.section != section {
            section = row.section;
            lines.push(format!("[{section}]"));
        }
        places.push(lines.len());
        lines.push(format!("{} = {}", row.key, row.right[0]));
    }
    Text { lines, places }
}

/// One slip of the finger.
fn mistyped(dice: &mut Dice, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = dice.below(letters.len() - 1);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = 'z',
    }
    letters.into_iter().collect()
}

/// Whether no other section has a key of this name.
fn is_once(row: &Row, rows: &[Row]) -> bool {
    rows.iter().filter(|other| other.key == row.key).count() == 1
}

pub(super) const KINDS: usize = 20;

/// A mutation of that kind, with what has to come of it.
pub(super) fn mutated(sheet: &Sheet, kind: usize, dice: &mut Dice) -> (Vec<u8>, Verdict) {
    let Text { mut lines, places } = text(sheet);
    let at = dice.below(sheet.rows.len());
    let (row, place) = (&sheet.rows[at], places[at]);
    let name = format!("{}.{}", row.section, row.key);
    let refused = |line: usize, key: &str| Verdict::Refused {
        line: Some(line + 1),
        key: key.to_owned(),
        meant: None,
    };
    let header = |lines: &[String]| {
        let header = format!("[{}]", row.section);
        lines.iter().position(|line| *line == header).unwrap()
    };
    let verdict = match kind {
        // A mistyped key.
        0 | 1 => {
            let wrong = mistyped(dice, row.key);
            lines[place] = format!("{wrong} = {}", row.right[0]);
            Verdict::Refused {
                line: Some(place + 1),
                key: format!("{}.{wrong}", row.section),
                meant: Some(name),
            }
        }
        // A value of the wrong type, out of range, or huge.
        2..=4 => {
            lines[place] = format!("{} = {}", row.key, dice.one_of(row.wrong));
            refused(place, &name)
        }
        // The same key twice.
        5 => {
            lines.insert(place + 1, lines[place].clone());
            refused(place + 1, &name)
        }
        // A quote too few, or a word where a number is due.
        6 | 7 => {
            let value = row.right[0];
            let value = if value.starts_with('"') && value.len() > 2 {
                match dice.below(3) {
                    0 => &value[1..],
                    1 => &value[..value.len() - 1],
                    _ => value.trim_matches('"'),
                }
            } else {
                "many"
            };
            lines[place] = format!("{} = {value}", row.key);
            refused(place, &name)
        }
        // A line that was cut before its value.
        8 => {
            let end = 1 + dice.below(row.key.len() + 2);
            lines[place].truncate(end);
            let key = lines[place].trim_end_matches([' ', '=']);
            refused(place, &format!("{}.{key}", row.section))
        }
        // A character that no text has, in key or value.
        9 => {
            let end = lines[place].len();
            let at = 1 + dice.below(end - 1);
            let at = (1..=at).rev().find(|at| lines[place].is_char_boundary(*at));
            lines[place].insert(at.unwrap(), *dice.one_of(&['\0', '\u{1b}', '\u{7}']));
            let key = &row.key[..row.key.len().min(at.unwrap())];
            refused(place, &format!("{}.{key}", row.section))
        }
        // A key in another section.
        10 => {
            let has_it = |section: &str, rows: &[Row]| {
                rows.iter()
                    .any(|other| other.section == section && other.key == row.key)
            };
            let other = loop {
                let other = dice.one_of(&sheet.rows).section;
                if !has_it(other, &sheet.rows) {
                    break other;
                }
            };
            let line = lines.remove(place);
            let under = format!("[{other}]");
            let at = lines.iter().position(|line| *line == under).unwrap() + 1;
            lines.insert(at, line);
            Verdict::Refused {
                line: Some(at + 1),
                key: format!("{other}.{}", row.key),
                // The parts of a fit stand in two sections; either may have been meant.
                meant: Some(name).filter(|_| is_once(row, &sheet.rows)),
            }
        }
        // A mistyped section: its keys are looked for elsewhere.
        11 => {
            let wrong = mistyped(dice, row.section);
            let at = header(&lines);
            lines[at] = format!("[{wrong}]");
            Verdict::Refused {
                line: Some(place + 1),
                key: format!("{wrong}.{}", row.key),
                meant: None,
            }
        }
        // A section that is not closed, stands twice, is a list, or is a value.
        12 => {
            let at = header(&lines);
            let again = lines.len();
            match dice.below(3) {
                0 => lines[at] = format!("[{}", row.section),
                1 => lines[at] = format!("[[{}]]", row.section),
                _ => {
                    lines.push(format!("[{}]", row.section));
                    return (joined(&lines), refused(again, row.section));
                }
            }
            refused(at, row.section)
        }
        // Signs that are not TOML.
        13 => {
            let (before, after) = *dice.one_of(&[
                (" : ", ""),
                (" == ", ""),
                (" = ", " ]"),
                (" = ", " x"),
                (" ", ""),
            ]);
            lines[place] = format!("{}{before}{}{after}", row.key, row.right[0]);
            refused(place, &name)
        }
        // Not UTF-8.
        14 => {
            lines[place].push_str(" # \u{e4}");
            let mut bytes = joined(&lines);
            let at = bytes.windows(2).position(|pair| pair == [0xc3, 0xa4]);
            bytes[at.unwrap()] = 0xff;
            return (bytes, refused(place, &name));
        }
        // So deep that a careless reader would run out of stack.
        15 => {
            lines[place] = format!("{} = {}", row.key, "[".repeat(20_000));
            refused(place, &name)
        }
        // A line that is not there.
        16 => {
            lines.remove(place);
            if sheet.is_whole {
                Verdict::Refused {
                    line: None,
                    key: name,
                    meant: None,
                }
            } else {
                Verdict::Taken(None)
            }
        }
        // Another right value, written in its own way.
        17 => {
            let value = *dice.one_of(row.right);
            lines[place] = match dice.below(4) {
                0 => format!("\t{}  =\t{value}   # why", row.key),
                1 => format!("\"{}\" = {}", row.key, value.replace('"', "'")),
                2 if value.starts_with('"') => format!("{} = \"\"{value}\"\"", row.key),
                _ => format!("{}={value}", row.key),
            };
            Verdict::Taken(shown(row, value))
        }
        // A file as other editors and people write it.
        18 => {
            let value = row.right[0];
            let mut text = lines.join(*dice.one_of(&["\r\n", "\n\n# x\n"]));
            if dice.below(2) == 0 {
                text.insert(0, '\u{feff}');
            }
            return (text.into_bytes(), Verdict::Taken(shown(row, value)));
        }
        // Sections in another order, the keys with their section in front.
        _ => {
            let mut text = String::new();
            for row in sheet.rows.iter().rev() {
                writeln!(text, "{}.{} = {}", row.section, row.key, row.right[0]).unwrap();
            }
            return (text.into_bytes(), Verdict::Taken(shown(row, row.right[0])));
        }
    };
    (joined(&lines), verdict)
}

fn joined(lines: &[String]) -> Vec<u8> {
    (lines.join("\n") + "\n").into_bytes()
}

/// How a value is shown that holds; an address of a database is shown otherwise.
fn shown(row: &Row, value: &str) -> Option<String> {
    (row.key != "url").then(|| format!("{} = {value}  #", row.key))
}
