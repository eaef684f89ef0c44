//! 1. Of 300 mutations of `sanviec.toml`, each that is wrong ends with 2 and names file, line and key;
//!    a mistyped key finds the right one; each that is still right is taken.
//! 2. The same of 150 mutations of `matching.toml`.
//! 3. Each code list, broken in one of six ways, is refused with file and line.
//!
//! What is right and wrong is said here, by hand, and not asked of the program.

mod mutate;
mod sheets;

use crate::world::World;
use mutate::{Dice, KINDS, Verdict, mutated};
use sheets::{Sheet, ranking, settings};

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
