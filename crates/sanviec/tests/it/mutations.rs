//! 1. Of 300 mutations of `sanviec.toml`, each that is wrong ends with 2 and names file, line and key;
//!    a mistyped key finds the right one; each that is still right is taken.
//! 2. The same of 150 mutations of `matching.toml`.
//! 3. Each code list, broken in one of six ways, is refused with file and line.
//!
//! What is right and wrong is said here, by hand, and not asked of the program.

use std::fmt::Write;

use crate::world::World;

/// A key with values that are right (the first stands in the file) and wrong.
struct Row {
    section: &'static str,
    key: &'static str,
    right: &'static [&'static str],
    wrong: &'static [&'static str],
}

/// A whole file.
struct Sheet {
    rows: Vec<Row>,
    /// Whether every key has to be there.
    is_whole: bool,
}

/// What has to come of a mutation.
#[derive(Debug)]
enum Verdict {
    /// It is taken, and this line is among those that hold.
    Taken(Option<String>),
    /// It is refused at that line and key; the key that was meant is named.
    Refused {
        line: Option<usize>,
        key: String,
        meant: Option<String>,
    },
}

const fn row(
    section: &'static str,
    key: &'static str,
    right: &'static [&'static str],
    wrong: &'static [&'static str],
) -> Row {
    Row {
        section,
        key,
        right,
        wrong,
    }
}

fn settings() -> Sheet {
    let text = ["\"Trung tâm A\"", "\"x\""].as_slice();
    let no_text = ["\"\"", "5", "\" a\"", "\"a\\tb\""].as_slice();
    let rows = vec![
        row(
            "database",
            "url",
            &["\"sqlite:x.db\"", "\"postgres://a@b/c\""],
            &["\"mysql://a@b\"", "\"x.db\"", "3"],
        ),
        row(
            "database",
            "connections",
            &["10", "1", "500"],
            &["0", "501", "-1", "\"10\"", "10.0"],
        ),
        row(
            "database",
            "connect_seconds",
            &["5", "60"],
            &["0", "61", "5.5"],
        ),
        row(
            "database",
            "busy_ms",
            &["5000", "100"],
            &["99", "60001", "\"5s\""],
        ),
        row(
            "serve",
            "listen",
            &["\"127.0.0.1:0\"", "\"[::1]:80\""],
            &[
                "\"localhost\"",
                "\"127.0.0.1\"",
                "8080",
                "\"127.0.0.1:99999\"",
            ],
        ),
        row(
            "serve",
            "public_base_url",
            &["\"https://a.vn\"", "\"\""],
            &["\"a.vn\"", "\"https://a.vn/\"", "true"],
        ),
        row(
            "serve",
            "head_seconds",
            &["10", "120"],
            &["0", "121", "1979-05-27"],
        ),
        row(
            "serve",
            "max_body_bytes",
            &["65536", "1024"],
            &["1023", "8388609", "99999999999999999999999999"],
        ),
        row(
            "serve",
            "max_questions",
            &["256", "10000"],
            &["0", "10001", "nan"],
        ),
        row("centre", "name", text, no_text),
        row(
            "centre",
            "phone",
            &["\"0260 3000 000\"", "\"1900.1234\""],
            &["\"abc\"", "\"\"", "0260", "1900"],
        ),
        row(
            "changes",
            "look_every_ms",
            &["300", "20", "1000"],
            &["19", "1001", "inf"],
        ),
        row(
            "index",
            "commit_every_seconds",
            &["30", "3600"],
            &["0", "3601", "[30]"],
        ),
        row(
            "index",
            "commit_after_changes",
            &["10000", "1"],
            &["0", "1000001", "{}"],
        ),
        row(
            "log",
            "filter",
            &["\"info\"", "\"warn,api=debug\""],
            &["\"inof\"", "\"\"", "\"api=\"", "1"],
        ),
        row(
            "log",
            "format",
            &["\"json\"", "\"human\""],
            &["\"jsn\"", "\"JSON\"", "true"],
        ),
        row("demo", "seed", &["1", "0"], &["-1", "1000000001", "\"1\""]),
    ];
    Sheet {
        rows,
        is_whole: false,
    }
}

fn ranking() -> Sheet {
    let weight = ["-1", "1001", "0.4", "\"400\"", "18446744073709551616"].as_slice();
    let neutral = ["500", "0", "1000"].as_slice();
    let kilometres = ["0", "1001", "-1", "2.5", "[]"].as_slice();
    let mut rows = Vec::new();
    let weights: [(&str, &[&str]); 6] = [
        ("skill", &["400"]),
        ("occupation", &["150"]),
        ("training", &["150"]),
        ("location", &["200"]),
        ("experience", &["50"]),
        ("terms", &["50"]),
    ];
    for (key, right) in weights {
        rows.push(row("weights", key, right, weight));
    }
    for (key, _) in weights {
        rows.push(row("neutral", key, neutral, weight));
    }
    rows.push(row(
        "location",
        "free_km",
        &["5", "0"],
        &["1001", "-5", "\"5\"", "{}"],
    ));
    rows.push(row("location", "lambda_km", &["25", "1"], kilometres));
    rows.push(row(
        "location",
        "lambda_km_with_lodging",
        &["60", "1000"],
        kilometres,
    ));
    rows.push(row(
        "wage",
        "hours_per_month",
        &["208", "744"],
        &["0", "745", "true"],
    ));
    rows.push(row(
        "wage",
        "days_per_month",
        &["26", "31"],
        &["0", "32", "26.0"],
    ));
    rows.push(row("wage", "up_to", &["750", "1"], &["0", "1001", "\"¾\""]));
    rows.push(row(
        "wage",
        "usd_vnd",
        &["26300", "1000000"],
        &["999", "1000001", "26_300_000_000"],
    ));
    Sheet {
        rows,
        is_whole: true,
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

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

const KINDS: usize = 20;

/// A mutation of that kind, with what has to come of it.
fn mutated(sheet: &Sheet, kind: usize, dice: &mut Dice) -> (Vec<u8>, Verdict) {
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

fn run(sheet: &Sheet, count: usize, file: &str, option: [&str; 2]) {
    let world = World::new();
    let mut dice = Dice(22);
    let (mut taken, mut wrong) = (0, Vec::new());
    for number in 0..count {
        let (bytes, verdict) = mutated(sheet, number % KINDS, &mut dice);
        world.bytes(file, &bytes);
        let output = world.run(&[&["config", "show"], option.as_slice()].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        let held = String::from_utf8_lossy(&output.stdout);
        let is_right = match &verdict {
            Verdict::Taken(line) => {
                taken += 1;
                output.status.success()
                    && line
                        .as_ref()
                        .is_none_or(|line| held.contains(line.as_str()))
            }
            Verdict::Refused { line, key, meant } => {
                let place = line.map_or_else(
                    || format!("{file}: {key}\n"),
                    |line| format!("{file}:{line}: {key}\n"),
                );
                let meant = meant.as_ref().map(|key| format!("Did you mean \"{key}\"?"));
                output.status.code() == Some(2)
                    && said.contains(&place)
                    && meant.is_none_or(|meant| said.contains(&meant))
            }
        };
        if !is_right || said.contains("panic") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let text: String = text.chars().take(3_000).collect();
            wrong.push(format!(
                "{number} (kind {}) {verdict:?}\n{:?}\n{said}\n{text}",
                number % KINDS,
                output.status
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(taken * 10 > count && taken * 4 < count, "{taken} taken");
}

#[test] // 1
fn a_wrong_setting_is_named() {
    run(&settings(), 300, "own.toml", ["--config", "own.toml"]);
}

#[test] // 2
fn a_wrong_choice_of_the_ranking_is_named() {
    run(&ranking(), 150, "matching.toml", ["--config-dir", "."]);
}

/// The lists that are read; one more in the folder only serves as a source.
fn lists() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/codes");
    let mut lists: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .filter(|(name, _)| name != "vsic_section_2018_to_2025.csv")
        .collect();
    lists.sort();
    lists
}

#[test] // 3
fn a_broken_code_list_is_named() {
    let world = World::new();
    std::fs::create_dir(world.file("x", "").with_file_name("codes")).unwrap();
    let lists = lists();
    assert!(lists.len() > 20);
    for (at, (name, bytes)) in lists.iter().enumerate() {
        let way = at % 6;
        let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(Vec::from).collect();
        let middle = lines.len() / 2;
        let line = &mut lines[middle];
        match way {
            0 => line.insert(1, 0xff),
            1 => line.insert(0, 0),
            2 => line.extend(b",x"),
            3 => line.truncate(line.iter().position(|b| *b == b',').unwrap()),
            4 => {
                let same = line.clone();
                lines.insert(middle, same);
            }
            _ => lines[0].insert(0, b'x'),
        }
        let line = match way {
            4 => middle + 2,
            5 => 1,
            _ => middle + 1,
        };
        let file = format!("codes/{name}");
        world.bytes(&file, &lines.join(&b'\n'));
        let output = world.run(&["codes", "check", "--config-dir", "."]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name} {way}: {said}");
        assert!(said.contains(&format!("{file}:{line}: ")), "{way}: {said}");
        assert!(!said.contains("panic"), "{said}");
        std::fs::remove_file(world.file(&file, "")).unwrap();
    }
}
