//! `sanviec doctor`: what is wrong, and how to mend it.

use super::say;
use crate::failure::Failure;
use crate::house::House;

/// Looks at folder, database and index; the configuration has been read already.
pub(crate) fn run(house: &House) -> Result<(), Failure> {
    say(format_args!("configuration and code lists: good"))?;
    let folder = &house.data_dir;
    let probe = folder.join(".doctor");
    std::fs::write(&probe, b"")
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|error| {
            Failure::Failed(format!(
                "data folder {}: {error}\n  mend: give the user of the program the right to write \
                 there, or name another folder by --data-dir",
                folder.display()
            ))
        })?;
    say(format_args!("data folder {}: good", folder.display()))?;
    super::index::check(house)?;
    let live = house.live().map_err(|failure| {
        Failure::Failed(format!(
            "database {:?}: {failure}\n  mend: start the database server, or look at --database",
            house.database
        ))
    })?;
    let snapshot = live.snapshot();
    say(format_args!(
        "database {:?}: good; {} vacancies, {} people, statistics version {}",
        house.database,
        snapshot.vacancies.len(),
        snapshot.people.len(),
        snapshot.rules.stats.version
    ))?;
    if !snapshot.people.is_empty() && snapshot.rules.stats.version == 0 {
        say(format_args!(
            "skill statistics: none yet, every skill counts the same"
        ))?;
    }
    Ok(())
}
