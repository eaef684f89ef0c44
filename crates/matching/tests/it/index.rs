//! 1. What was put is what is loaded and ranked, after any row of puts, changes, removals and
//!    restarts.
//! 2. Whatever is done to a file of a stopped index is found out, or does no harm.
//! 3. Whatever is done to a file of an index that is being written is found out by looking after.
//! 4. An index of another edition of the code lists, or of no content, is not taken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::{SeekerId, VacancyId};
use domain::seeker::Seeker;
use domain::skill_stats::SkillStats;
use domain::vacancy::Offer;
use matching::engine::people::People;
use matching::index::{Damage, Loaded, WriteError, Writer, load};
use matching::scan::{self, Page};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::world::{day, offer, person, rules};

const BASIS: &str = "lists";

#[derive(Default, Debug, PartialEq, Clone)]
struct Held {
    people: BTreeMap<SeekerId, Seeker>,
    offers: BTreeMap<VacancyId, Offer>,
}

impl Held {
    fn of(loaded: Loaded) -> Self {
        let people = loaded.people.into_iter().map(|person| (person.id, person));
        let offers = loaded.offers.into_iter().map(|offer| (offer.id, offer));
        Self {
            people: people.collect(),
            offers: offers.collect(),
        }
    }

    fn put_person(&mut self, writer: &mut Writer, now: Option<Seeker>, id: SeekerId) {
        let before = self.people.remove(&id);
        writer.put_seeker(before.as_ref(), now.as_ref()).unwrap();
        self.people.extend(now.map(|person| (id, person)));
    }

    fn put_offer(&mut self, writer: &mut Writer, now: Option<Offer>, id: VacancyId) {
        let before = self.offers.remove(&id);
        writer.put_offer(before.as_ref(), now.as_ref()).unwrap();
        self.offers.extend(now.map(|offer| (id, offer)));
    }
}

fn loaded(dir: &Path) -> Result<Held, Damage> {
    load(dir, BASIS).map(Held::of)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test] // 1
    fn what_was_put_is_loaded(
        rounds in vec((vec((person(), any::<bool>()), 0..12), vec((offer(), any::<bool>()), 0..8)), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("index");
        let mut held = Held::default();
        let mut writer = Writer::create(&dir, BASIS).unwrap();
        for (round, (people, offers)) in rounds.into_iter().enumerate() {
            for (person, stays) in people {
                let id = person.id;
                held.put_person(&mut writer, stays.then_some(person), id);
            }
            for (offer, stays) in offers {
                let id = offer.id;
                held.put_offer(&mut writer, stays.then_some(offer), id);
            }
            writer.commit(round as i64, "log").unwrap();
            writer.look_after().unwrap();
            let again = load(&dir, BASIS).unwrap();
            prop_assert_eq!(again.place.seq, round as i64);
            prop_assert_eq!(&again.place.history, "log");
            let rules = rules(SkillStats::default());
            let people = People::new(again.people.clone(), Arc::clone(&rules.geo));
            let page = Page { as_of: day(), k: 20, after: None };
            for offer in held.offers.values() {
                prop_assert_eq!(
                    people.rank(&rules, offer, page).0,
                    scan::people(&rules, offer, held.people.values(), page)
                );
            }
            prop_assert_eq!(&Held::of(again), &held);
            // The next round goes on after a stop.
            writer.close().unwrap();
            writer = Writer::open(&dir, BASIS).unwrap();
        }
    }
}

/// An index with a few commits, deletions among them.
fn sample(dir: &Path) -> (Writer, Held) {
    let mut runner = TestRunner::deterministic();
    let people = vec(person(), 30..40)
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let offers = vec(offer(), 10..20)
        .new_tree(&mut runner)
        .unwrap()
        .current();
    let mut held = Held::default();
    let mut writer = Writer::create(dir, BASIS).unwrap();
    for (seq, people) in (0..).zip(people.chunks(12)) {
        for person in people {
            held.put_person(&mut writer, Some(person.clone()), person.id);
        }
        for offer in &offers {
            held.put_offer(&mut writer, Some(offer.clone()), offer.id);
        }
        writer.commit(seq, "log").unwrap();
    }
    (writer, held)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_none_or(|kind| kind != "lock"))
        .collect();
    files.sort();
    files
}

/// Deleted, emptied, cut in half, and one bit flipped at ten places.
fn damaged(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut ways = vec![
        None,
        Some(Vec::new()),
        Some(bytes[..bytes.len() / 2].to_vec()),
    ];
    for at in 0..10 {
        let mut flipped = bytes.to_vec();
        if let Some(byte) = flipped.get_mut(at * bytes.len() / 10) {
            *byte ^= 0x10;
        }
        ways.push(Some(flipped));
    }
    ways
}

fn put_back(file: &Path, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => std::fs::write(file, bytes).unwrap(),
        None => std::fs::remove_file(file).unwrap(),
    }
}

#[test] // 2
fn no_damage_of_a_stopped_index_goes_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let (writer, held) = sample(folder.path());
    writer.close().unwrap();
    let files = files(folder.path());
    assert!(files.len() >= 8, "{files:?}");
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        for (way, damage) in damaged(&bytes).into_iter().enumerate() {
            put_back(file, damage.as_deref());
            if let Ok(found) = loaded(folder.path()) {
                assert_eq!(found, held, "{} in way {way}", file.display());
                assert!(damage.is_some(), "{} is needed", file.display());
            }
            put_back(file, Some(&bytes));
        }
        assert_eq!(loaded(folder.path()).as_ref(), Ok(&held));
    }
}

#[test]
fn an_index_that_was_only_begun_is_none() {
    let folder = tempfile::tempdir().unwrap();
    drop(Writer::create(folder.path(), BASIS).unwrap());
    assert_eq!(loaded(folder.path()), Err(Damage::Missing));
}

#[test] // 3
fn no_damage_under_a_writer_goes_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let (mut writer, held) = sample(folder.path());
    writer.look_after().unwrap();
    for file in files(folder.path()) {
        let Ok(bytes) = std::fs::read(&file) else {
            continue;
        };
        for (way, damage) in damaged(&bytes).into_iter().enumerate() {
            put_back(&file, damage.as_deref());
            if writer.look_after().is_ok() {
                let found = loaded(folder.path());
                assert_eq!(found, Ok(held.clone()), "{} in way {way}", file.display());
            }
            put_back(&file, Some(&bytes));
        }
    }
    writer.look_after().unwrap();
}

#[test] // 4
fn an_index_of_other_code_lists_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = folder.path().join("nothing");
    assert_eq!(loaded(&nothing), Err(Damage::Missing));
    let (writer, _) = sample(folder.path());
    assert!(matches!(
        Writer::open(folder.path(), BASIS),
        Err(WriteError::Busy)
    ));
    writer.close().unwrap();
    let other = load(folder.path(), "other lists").map(|_| ());
    assert_eq!(other, Err(Damage::OtherBasis));
    assert!(matches!(
        Writer::open(folder.path(), "other lists"),
        Err(WriteError::Damaged(Damage::OtherBasis))
    ));
}
