//! `sanviec doctor`: what is wrong, and how to mend it.
//!
//! The checks are called by [`run`], in the order in which things stand on each other. Each says at once
//! what is good, or adds a finding; what stands on something broken is left out. Nothing is changed.

use std::path::Path;

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
    data_folder(&config.data_dir, &mut findings)?;
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

fn data_folder(folder: &Path, findings: &mut Findings) -> Result<(), Failure> {
    let name = format!("thư mục dữ liệu / data folder {}", folder.display());
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    let written = std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe));
    let (vi, en) = match written {
        Ok(()) => return good(&name),
        Err(_) if !folder.exists() => (
            [
                "chưa có thư mục này",
                "`sanviec serve` hoặc `sanviec import` sẽ tạo; nếu gõ nhầm, xem lại --data-dir",
            ],
            [
                "it is not there yet",
                "`sanviec serve` or `sanviec import` makes it; if it was mistyped, look at --data-dir",
            ],
        ),
        Err(_) if !folder.is_dir() => (
            ["đây không phải thư mục", "chỉ một thư mục bằng --data-dir"],
            ["it is no folder", "name a folder by --data-dir"],
        ),
        Err(_) => (
            [
                "không ghi được",
                "cho người dùng chạy chương trình quyền ghi ở đó, dọn chỗ trống, hoặc chọn thư mục \
                 khác bằng --data-dir",
            ],
            [
                "it cannot be written",
                "give the user of the program the right to write there, make room on the disk, or \
                 name another folder by --data-dir",
            ],
        ),
    };
    let cause = written.err().map(|error| error.to_string());
    findings.add(Failure::Failed(finding(
        &format!("{name} ({})", cause.unwrap_or_default()),
        vi,
        en,
    )));
    Ok(())
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
        Ok(store::schema_state(conn)?)
    });
    match state {
        Err(failure) => findings.add(Failure::Failed(finding(
            &name,
            [
                &format!("không dùng được: {failure}"),
                "khởi động máy chủ cơ sở dữ liệu, hoặc xem lại --database và mật khẩu",
            ],
            [
                "it cannot be used",
                "start the database server, or look at --database and its password",
            ],
        ))),
        Ok(SchemaState { unknown, .. }) if !unknown.is_empty() => {
            findings.add(Failure::NewerDatabase(format!(
                "{name}: {}",
                newer(&unknown)
            )));
        }
        Ok(SchemaState { pending, .. }) if !pending.is_empty() => {
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
