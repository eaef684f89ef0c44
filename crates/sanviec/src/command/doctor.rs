//! `sanviec doctor`: what is wrong, and how to mend it.
//!
//! The checks are called by [`run`], in the order in which things stand on each other. Each says at once
//! what is good, or adds a finding; what stands on something broken is left out. Nothing is changed.

mod codes;
mod folder;
mod remedy;

pub(super) use codes::check as stored_codes;
use store::SchemaState;

use super::finding::finding;
use super::say;
use crate::config::Config;
use crate::failure::{Failure, newer};
use crate::house::{House, connect, must_be_there};

/// Looks at code lists, folder and database; the configuration has been read already.
pub(crate) fn run(config: Config) -> Result<(), Failure> {
    let mut findings = Findings::default();
    good("cấu hình / configuration")?;
    match folder::check(&config.data_dir) {
        Ok(name) => good(&name)?,
        Err(finding) => findings.add(Failure::Failed(finding)),
    }
    let is_database_good = database(&config, &mut findings)?;
    let house = lists(config, &mut findings)?;
    if let Some(house) = house.filter(|_| is_database_good) {
        content(&house, &mut findings)?;
    }
    findings.told()
}

fn lists(config: Config, findings: &mut Findings) -> Result<Option<House>, Failure> {
    match House::new(config) {
        Ok(house) => {
            let lists = domain::code::check(&house.codes);
            if let Some(first) = lists.first() {
                findings.add(Failure::Configuration(finding(
                    "danh mục / code lists",
                    [
                        &format!("{} {}: {}", first.file, first.code, first.what),
                        "chạy `sanviec codes check` để xem hết, rồi sửa tệp trong config_dir",
                    ],
                    [
                        &format!("{} finding(s)", lists.len()),
                        "run `sanviec codes check` to see all, and mend the file in config_dir",
                    ],
                )));
            } else {
                good("danh mục và xếp hạng / code lists and ranking")?;
            }
            Ok(Some(house))
        }
        Err(failure) => {
            findings.add(Failure::Configuration(format!(
                "{failure}\n  Cách sửa: sửa dòng đó, hoặc bỏ tệp để dùng bản đóng sẵn.\n  \
                 Mend: correct that line, or take the file away: the built-in one is then used."
            )));
            Ok(None)
        }
    }
}

/// Whether the database can be read by this program.
fn database(config: &Config, findings: &mut Findings) -> Result<bool, Failure> {
    let name = format!("cơ sở dữ liệu / database {:?}", config.database);
    if let Err(failure) = must_be_there(&config.database) {
        findings.add(failure);
        return Ok(false);
    }
    let state = connect(config).and_then(|pool| {
        let conn = &mut *pool.get()?;
        let state = store::schema_state(conn)?;
        let is_current = state == SchemaState::default();
        // Before all steps are done, some are rightly missing.
        let missing = if is_current {
            store::missing_tables(conn)?
        } else {
            Vec::new()
        };
        Ok((state, missing))
    });
    match state {
        Err(failure) => {
            let said = failure.to_string();
            let [vi, en] = remedy::remedy(&config.database, &said);
            findings.add(Failure::Failed(finding(
                &name,
                [&format!("không dùng được: {said}"), vi],
                ["it cannot be used", en],
            )));
        }
        Ok((SchemaState { unknown, .. }, _)) if !unknown.is_empty() => {
            findings.add(Failure::NewerDatabase(format!(
                "{name}: {}",
                newer(&unknown)
            )));
        }
        Ok((SchemaState { pending, .. }, _)) if !pending.is_empty() => {
            findings.add(Failure::Failed(finding(
                &name,
                [
                    &format!("chưa cập nhật, còn thiếu {}", pending.join(", ")),
                    "sao lưu rồi chạy `sanviec migrate`; `sanviec serve` cũng tự làm khi khởi động",
                ],
                [
                    "it is not up to date",
                    "back it up and run `sanviec migrate`; `sanviec serve` does it at start, too",
                ],
            )));
        }
        Ok((_, missing)) if !missing.is_empty() => {
            findings.add(Failure::Failed(finding(
                &name,
                [
                    &format!("thiếu bảng: {}", missing.join(", ")),
                    "phục hồi bản sao lưu; `sanviec migrate` không tạo lại bảng đã bị xóa",
                ],
                [
                    &format!("tables are missing: {}", missing.join(", ")),
                    "restore a backup; `sanviec migrate` does not make a table again that was removed",
                ],
            )));
        }
        Ok(_) => {
            good(&name)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads all there is, and holds the index against it.
fn content(house: &House, findings: &mut Findings) -> Result<(), Failure> {
    let live = house.live_over(connect(&house.config)?);
    let read = live
        .fill_from_database()
        .map_err(Failure::from)
        .and_then(|()| super::index::check(house, &live));
    match read {
        Ok(Ok(state)) => good(&state)?,
        Ok(Err(damage)) => findings.add(damage),
        Err(failure) => {
            findings.add(Failure::Failed(finding(
                "nội dung / content",
                [
                    &failure.to_string(),
                    "phục hồi bản sao lưu; nếu vừa đổi danh mục, trả lại các mã đã bỏ",
                ],
                [
                    "it cannot be read",
                    "restore a backup; after a change of code lists, put the codes back that went",
                ],
            )));
            return Ok(());
        }
    }
    match codes::check(&mut *live.pool().get()?, &house.codes)? {
        Ok(name) => good(name)?,
        Err(finding) => findings.add(Failure::Configuration(finding)),
    }
    let snapshot = live.snapshot();
    say(format_args!(
        "{} vacancies, {} people, statistics version {}",
        snapshot.vacancies.len(),
        snapshot.people.len(),
        snapshot.rules.stats.version
    ))?;
    if !snapshot.people.is_empty() && snapshot.rules.stats.version == 0 {
        say(format_args!(
            "chưa có thống kê kỹ năng: mọi kỹ năng tính như nhau\n\
             skill statistics: none yet, every skill counts the same"
        ))?;
    }
    Ok(())
}

#[derive(Default)]
struct Findings(Vec<Failure>);

impl Findings {
    fn add(&mut self, failure: Failure) {
        self.0.push(failure);
    }

    /// All in one; the exit code is that of what has to be mended first.
    fn told(self) -> Result<(), Failure> {
        let text: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        let text = text.join("\n");
        let has = |kind: fn(&Failure) -> bool| self.0.iter().any(kind);
        if self.0.is_empty() {
            Ok(())
        } else if has(|failure| matches!(failure, Failure::Configuration(_))) {
            Err(Failure::Configuration(text))
        } else if has(|failure| matches!(failure, Failure::NewerDatabase(_))) {
            Err(Failure::NewerDatabase(text))
        } else {
            Err(Failure::Failed(text))
        }
    }
}

fn good(what: &str) -> Result<(), Failure> {
    say(format_args!("{what}: tốt / good"))
}
