//! The made-up province: it is filled in, and whoever sees it first is told what to try.

use std::path::Path;

use domain::actor::Actor;
use domain::code::Codes;
use domain::error::Error;
use domain::id::SeekerId;
use domain::time::Stamp;
use matching::scan::Page;
use store::{Conn, Pool};

use super::super::say;
use crate::clock::stamp;
use crate::demo::{Province, province};
use crate::failure::Failure;
use crate::house::House;
use crate::live::Snapshot;

/// People or vacancies of one transaction.
const BATCH: usize = 1_000;
/// How many people are looked at for one who shows well what a ranking is.
const LOOKED_AT: usize = 40;
/// So many vacancies have to fit well.
const SHOWN: usize = 5;

/// What became of the demonstration.
pub(super) enum Filled {
    /// There were vacancies before: they stay alone.
    Kept,
    /// With a few of its people.
    Made(Vec<SeekerId>),
}

/// Fills an empty database with the made-up province; one that has something in it stays.
pub(super) fn fill(house: &House, pool: &Pool) -> Result<Filled, Failure> {
    let conn = &mut *pool.get()?;
    if !store::vacancy::all(conn, &house.codes)?.is_empty() {
        return Ok(Filled::Kept);
    }
    let stamp = stamp();
    let province = province(&house.codes, house.config.seed, stamp.today())
        .map_err(|error| Failure::Failed(format!("the demonstration: {error}")))?;
    save(conn, &house.codes, &province, &stamp).map_err(not_saved)?;
    let people = province.seekers.iter().take(LOOKED_AT);
    Ok(Filled::Made(people.map(|seeker| seeker.id).collect()))
}

fn save(conn: &mut Conn, codes: &Codes, made: &Province, stamp: &Stamp) -> Result<(), Error> {
    store::vacancy::save_employers(conn, Actor::System, &made.employers, stamp)?;
    for batch in made.seekers.chunks(BATCH) {
        store::seeker::save(conn, codes, Actor::System, batch, stamp)?;
    }
    store::skill_stats::compute(conn, codes, Actor::System, stamp)?;
    // Last and whole: an interrupted start leaves no vacancy, and the next one fills again.
    store::vacancy::save(conn, codes, Actor::System, &made.vacancies, stamp)?;
    Ok(())
}

/// Two that fill the same database find each other's rows.
fn not_saved(error: Error) -> Failure {
    match error {
        Error::Conflict => Failure::Failed(
            "một tiến trình khác đang điền dữ liệu dùng thử vào cùng cơ sở dữ liệu này; đợi nó xong rồi \
             chạy lại, hoặc dùng --data-dir khác\n  \
             Another process is filling this same database with the demonstration; wait until it is \
             done and start again, or use another --data-dir."
                .to_owned(),
        ),
        error => error.into(),
    }
}

impl Filled {
    /// Says what to try, or that nothing was filled in.
    pub(super) fn say(&self, snapshot: &Snapshot, data_dir: &Path) -> Result<(), Failure> {
        match self {
            Self::Kept => say(format_args!(
                "--demo không thêm gì: đã có việc làm trong cơ sở dữ liệu. Muốn bản dùng thử mới: --data-dir THU_MUC_TRONG\n\
                 --demo added nothing: the database holds vacancies. For a fresh demonstration: --data-dir EMPTY_FOLDER"
            )),
            Self::Made(people) => try_these(snapshot, people, data_dir),
        }
    }
}

/// A person with good matches, and the best of those, as commands to paste.
fn try_these(snapshot: &Snapshot, people: &[SeekerId], data_dir: &Path) -> Result<(), Failure> {
    let page = Page {
        as_of: stamp().today(),
        k: SHOWN,
        after: None,
    };
    let ranked = people.iter().filter_map(|&id| {
        let seeker = snapshot.people.find(id)?;
        let (list, _) = snapshot.vacancies.rank(&seeker, page);
        let least = list.get(SHOWN.saturating_sub(1))?.thousandths();
        Some((least, id, list.first()?.id()))
    });
    let Some((_, seeker, vacancy)) = ranked.max_by_key(|&(least, ..)| least) else {
        return Ok(());
    };
    let folder = pasted(data_dir);
    say(format_args!(
        "Thử ở cửa sổ lệnh khác. To try in another terminal:\n  \
         sanviec match seeker {seeker} --why --data-dir {folder}\n  \
         sanviec match vacancy {vacancy} --why --data-dir {folder}"
    ))
}

/// The folder as a shell takes it.
fn pasted(folder: &Path) -> String {
    let text = folder.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
    if text.chars().all(is_plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::tests::codes;

    #[test]
    fn a_folder_is_pasted_as_a_shell_takes_it() {
        assert_eq!(pasted(Path::new("./data")), "./data");
        assert_eq!(pasted(Path::new("/tmp/Kon Tum's")), r"'/tmp/Kon Tum'\''s'");
    }

    #[test]
    fn two_that_fill_the_same_database_are_told_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sanviec.db");
        let pool = Pool::open(&store::DatabaseUrl::Sqlite(path), 1).unwrap();
        let conn = &mut *pool.get().unwrap();
        store::migrate(conn).unwrap();
        let stamp = stamp();
        let mut made = province(codes(), 1, stamp.today()).unwrap();
        made.seekers.truncate(3);
        made.vacancies.truncate(3);
        save(conn, codes(), &made, &stamp).unwrap();
        let error = save(conn, codes(), &made, &stamp).unwrap_err();
        let said = not_saved(error).to_string();
        assert!(said.contains("Another process is filling"), "{said}");
    }
}
